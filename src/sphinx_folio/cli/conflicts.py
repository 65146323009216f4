"""Find the marks of conflicts that ``update`` or ``git merge`` leaves in files, and report them as warnings."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.portfolio_folder import RECORD

if TYPE_CHECKING:
    from pathlib import Path

BEGIN, END = "<<<<<<< ", ">>>>>>> "
"""What the first and the last line of a conflict begin with."""
MARK = re.compile(f"^(?:{BEGIN}|{END})", re.MULTILINE)


def conflicts_in(text: str) -> list[int]:
    """Return the line of each conflict in a text: its first mark, or the last one if the first was deleted."""
    found: list[int] = []
    is_open = False
    for mark in MARK.finditer(text):
        if mark[0] == BEGIN or not is_open:
            found.append(text.count("\n", 0, mark.start()) + 1)
        is_open = mark[0] == BEGIN
    return found


def conflict_warnings(root: Path) -> list[str]:
    """Return a warning, as Sphinx prints them, for each conflict in the files of the template, apart from conf.py.

    Python reports a conflict in conf.py. A page or a catalog with one has warnings of its own.
    """
    message = __("unresolved conflict: keep what you want, and delete the lines with <<<<<<<, ======= and >>>>>>>")
    found = []
    for path in (root.resolve() / name for name in _template_files(root) if not name.endswith("conf.py")):
        text = path.read_bytes().decode(errors="replace") if path.is_file() else ""
        found += [f"{path}:{line}: WARNING: {message}" for line in conflicts_in(text)]
    return found


def _template_files(root: Path) -> list[str]:
    """Return the files that the template provides; none if the record is missing or damaged, as ``update`` reports."""
    try:
        return sorted(json.loads((root / RECORD).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return []
