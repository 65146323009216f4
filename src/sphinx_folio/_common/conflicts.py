"""Find the marks of conflicts that ``update`` and ``git merge`` leave in files."""

from __future__ import annotations

import re

from sphinx_folio._common.i18n import mark

UNRESOLVED = mark(
    "unresolved conflict: keep what you want, and delete the lines with <<<<<<<, |||||||, ======= and >>>>>>>"
)
BEGIN, END = "<<<<<<< ", ">>>>>>> "
"""What the first and the last line of a conflict begin with."""
MARK = re.compile(f"^(?:{BEGIN}|{END})", re.MULTILINE)


def conflicts_in(text: str) -> list[int]:
    """Return the line of each conflict in a text: its first mark, or the last one if the first was deleted."""
    found: list[int] = []
    is_open = False
    for match in MARK.finditer(text):
        if match[0] == BEGIN or not is_open:
            found.append(text.count("\n", 0, match.start()) + 1)
        is_open = match[0] == BEGIN
    return found
