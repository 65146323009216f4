"""The addresses of a built site that others may link to: its pages and its objects.

At a release, ``python tests/site/addresses.py build/html > tests/site/data/addresses.txt`` notes them; from then on a
test holds the site to them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.util.inventory import InventoryFile


def addresses(site: Path) -> list[str]:
    """Return a line for each page, and for each object its type, key and address, of all languages."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    for path in sorted(site.rglob("objects.inv")):
        folder = path.parent.relative_to(site).as_posix().removeprefix(".")
        inventory = InventoryFile.loads(path.read_bytes(), uri=folder)
        for objtype, items in inventory.data.items():
            if objtype.startswith(("folio:", "std:label")):
                found |= {f"{objtype} {key} {item.uri}" for key, item in items.items()}
    return sorted(found)


if __name__ == "__main__":
    sys.stdout.write("\n".join(addresses(Path(sys.argv[1]))) + "\n")
