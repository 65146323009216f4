"""Report the conflicts that ``update`` leaves in files of the template."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sphinx_folio._common.conflicts import UNRESOLVED, conflicts_in
from sphinx_folio._common.i18n import __
from sphinx_folio.cli.portfolio_folder import RECORD

if TYPE_CHECKING:
    from pathlib import Path


def conflict_warnings(root: Path) -> list[str]:
    """Return a warning, as Sphinx prints them, for each conflict in the files of the template, apart from conf.py.

    Python reports a conflict in conf.py, a build those in pages and catalogs.
    """
    found = []
    for path in template_files(root):
        try:
            text = path.read_bytes().decode(errors="replace")
        except OSError:  # it has been removed, or cannot be read
            continue
        found += [f"{path}:{line}: WARNING: {__(UNRESOLVED)}" for line in conflicts_in(text)]
    return found


def template_files(root: Path) -> list[Path]:
    """Return the files that the template provides, apart from conf.py.

    There are none if the record is missing or damaged, as ``update`` reports.
    """
    try:
        names = sorted(map(str, json.loads((root / RECORD).read_bytes())["files"]))
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [root.resolve() / name for name in names if not name.endswith("conf.py")]
