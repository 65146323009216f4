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
    """Return Traditional → Simplified, of characters that Simplified text writes in one other way only.

    Where the database says that a character stays as it is, too, it does so if GB 2312 has it: 著 stays, 復 does not.
    """
    found = {}
    for code, forms in LINE.findall(text):
        character = chr(int(code, 16))
        simplified = [chr(int(form.removeprefix("U+"), 16)) for form in forms.split()]
        others = [form for form in simplified if form != character and form <= "\uffff"]
        stays = character in simplified and _is_in_use(character)
        if len(others) == 1 and not stays and character <= "\uffff":
            found[character] = others[0]
    return found


def _is_in_use(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


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
