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
    for candidate in (start, *start.parents):
        if not candidate.is_dir() or candidate.stat().st_uid != start.stat().st_uid:
            break
        if (candidate / "docs" / "conf.py").is_file():
            return folder if candidate == start else candidate
        if (candidate / "conf.py").is_file():
            root = candidate.parent if candidate.name == "docs" else candidate
            return folder if root == start else root
    return folder
