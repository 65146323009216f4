"""The addresses of a built site that others may link to: its pages and its objects.

At a release, ``python tests/site/addresses.py build/html > tests/site/data/addresses.txt`` notes them; from then on a
test holds the site to them. What moves keeps its old address by ``folio_redirects``, what gets another key by the
option ``formerly``.
"""

from __future__ import annotations

import posixpath
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def vanished(promised: Iterable[str], site: Path) -> list[str]:
    """Return those of the promised lines that a built site no longer keeps.

    A page is kept if it is there or leads to one that is. An object is kept if the inventory has its key still, and
    what its old address leads to has the anchor.
    """
    present = set(addresses(site))
    keys = {line.rpartition(" ")[0] for line in present}
    lost = []
    for line in promised:
        name, _space, address = line.rpartition(" ")
        if name and line in present:  # the inventory knows what is there, and pages that Sphinx makes itself
            continue
        if (name and name not in keys) or not _leads_somewhere(site, address):
            lost.append(line)
    return lost


def _leads_somewhere(site: Path, address: str) -> bool:
    """Tell whether an address leads to a page that is there and has the anchor, be it by way of a redirect."""
    page, anchor = urldefrag(address)
    for _step in range(3):  # a page that moved, a part of it that moved on, and the new place
        if not (site / page).is_file():
            return False
        text = (site / page).read_text(encoding="utf-8")
        if not anchor and "folio-moved-page" not in text:
            return True
        html = _parsed(text)
        part = html.find(id=anchor) if anchor else None
        moved = part is not None and "folio-moved" in (part.get("class") or ())
        link = part if moved else html.select_one(".folio-moved-page")
        if link is None:
            return not anchor or part is not None
        target = link.select_one("a")
        if target is None or "://" in target["href"]:
            return target is not None
        onward, new_anchor = urldefrag(str(target["href"]))
        page, anchor = posixpath.normpath(posixpath.join(posixpath.dirname(page), onward)), new_anchor or anchor
    return False


@lru_cache(maxsize=128)
def _parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


if __name__ == "__main__":
    sys.stdout.write("\n".join(addresses(Path(sys.argv[1]))) + "\n")
