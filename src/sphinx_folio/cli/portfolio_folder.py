"""Where the portfolio is that a command is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def portfolio_at(folder: Path) -> Path:
    """Return the portfolio's folder for a command that is run there, in its pages or in any folder below.

    A folder that belongs to somebody else ends the search, since conf.py is a program. Without a portfolio, the folder
    itself is returned.
    """
    start = folder.resolve()
    for place in (start, *start.parents):
        if not place.is_dir() or place.stat().st_uid != start.stat().st_uid:
            break
        if (place / "docs" / "conf.py").is_file():
            return folder if place == start else place
        if (place / "conf.py").is_file():
            root = place.parent if place.name == "docs" else place
            return folder if root == start else root
    return folder
