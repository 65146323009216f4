"""Find the portfolio that contains a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def find_portfolio(folder: Path) -> Path:
    """Return the nearest portfolio that contains a folder, or the folder itself if there is none.

    The search stops at a folder that another user owns, because conf.py is a program that will be run.
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
