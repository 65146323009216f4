"""The folder of a portfolio: as arguments of commands, and found from a folder inside of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import mark
from sphinx_folio.cli.paths import existing

if TYPE_CHECKING:
    from argparse import ArgumentParser


def add_folder_arguments(parser: ArgumentParser) -> None:
    """Add the folder of the portfolio and that of its pages to the arguments of a command."""
    folder = mark("folder of the portfolio (default: the current folder)")
    parser.add_argument("folder", type=existing, nargs="?", default=Path(), help=folder)
    pages = mark("folder of the pages (default: the folder of conf.py)")
    parser.add_argument("--pages", type=existing, metavar="FOLDER", help=pages)


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
