"""Make ``traditional.py``: ``python -m sphinx_folio.search.make_traditional Unihan_Variants.txt``.

What it reads is part of the Unicode Character Database (UAX #38, kSimplifiedVariant); Debian has it
in ``unicode-data``.
"""

from __future__ import annotations

import bz2
import re
import sys
from pathlib import Path

HEAD = '''"""Traditional characters and their Simplified forms, one to one, made by ``make_traditional.py``.

From the Unihan database, kSimplifiedVariant (UAX #38); Unicode License v3, © Unicode, Inc.,
https://www.unicode.org/license.txt
"""

from __future__ import annotations

'''
LINE = re.compile(r"U\+([0-9A-F]+)\tkSimplifiedVariant\t(.+)")
WIDTH = 50


def pairs_of(text: str) -> dict[str, str]:
    """Return Traditional → Simplified, of characters that have one Simplified form other than themselves."""
    found = {}
    for code, forms in LINE.findall(text):
        character = chr(int(code, 16))
        simplified = [chr(int(form.removeprefix("U+"), 16)) for form in forms.split()]
        if character not in simplified and len(simplified) == 1 and max(character, simplified[0]) <= "\uffff":
            found[character] = simplified[0]
    return found


def main() -> None:
    """Write the table beside this file."""
    source = Path(sys.argv[1])
    raw = source.read_bytes()
    text = (bz2.decompress(raw) if source.suffix == ".bz2" else raw).decode("utf-8")
    pairs = sorted(pairs_of(text).items())
    body = HEAD
    for name, column in (("TRADITIONAL", 0), ("SIMPLIFIED", 1)):
        characters = "".join(pair[column] for pair in pairs)
        chunks = [characters[start : start + WIDTH] for start in range(0, len(characters), WIDTH)]
        body += f"{name} = (\n" + "".join(f'    "{chunk}"\n' for chunk in chunks) + ")\n"
    Path(__file__).with_name("traditional.py").write_text(body, encoding="utf-8")


if __name__ == "__main__":
    main()
