"""The folder of a portfolio: as arguments of commands, and found from a folder inside of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.output_pages import SITE_BUILDERS
from sphinx_folio._common.page_suffixes import PAGES
from sphinx_folio.cli.exit_codes import NotRunError
from sphinx_folio.cli.paths import checked_name, existing_folder
from sphinx_folio.cli.program import program_name

if TYPE_CHECKING:
    from argparse import ArgumentParser

RECORD = ".sphinx-folio.json"
"""The file with what ``init`` has made of the template."""
CONF_FOLDERS = ("docs", "", "docs/source", "source")
"""The folders of a portfolio that may have conf.py; those of ``sphinx-quickstart`` last."""
INDEX = (*(f"index{suffix}" for suffix in PAGES), "contents.rst")
"""The files with the page that Sphinx starts with; ``contents`` was its name in older versions."""
_FOLDER = mark("folder of the portfolio (default: the current folder)")
_PAGES = mark("folder of the pages (default: the folder of conf.py, or docs in it)")


def add_folder_argument(parser: ArgumentParser) -> None:
    """Add the folder of the portfolio to the arguments of a command."""
    parser.add_argument("folder", type=existing_folder, nargs="?", default=Path(), help=_FOLDER)


def add_folder_arguments(parser: ArgumentParser) -> None:
    """Add the folder of the portfolio and that of its pages to the arguments of a command."""
    add_folder_argument(parser)
    parser.add_argument("--pages", type=existing_folder, metavar="FOLDER", help=_PAGES)


def add_folder_options(parser: ArgumentParser) -> None:
    """Add these folders as options to a command whose arguments are something else."""
    parser.add_argument("--portfolio", type=existing_folder, default=Path(), metavar="FOLDER", help=_FOLDER)
    parser.add_argument("--pages", type=existing_folder, metavar="FOLDER", help=_PAGES)


def add_builder_argument(parser: ArgumentParser) -> None:
    """Add the builder to the arguments of a command."""
    builder = mark("Sphinx builder: html (default), or dirhtml for URLs without .html")
    parser.add_argument("--builder", choices=SITE_BUILDERS, default=SITE_BUILDERS[0], help=builder)


def pages_folder(settings: Path) -> Path:
    """Return the folder of the pages: that of conf.py, or its folder docs or source if only that has an index page."""
    folders = (settings, settings / "docs", settings / "source")
    return next((folder for folder in folders if any((folder / name).is_file() for name in INDEX)), settings)


def conf_folder(folder: Path) -> Path | None:
    """Return the folder of conf.py of a portfolio; None if there is no conf.py."""
    return next((path for name in CONF_FOLDERS if ((path := folder / name) / "conf.py").is_file()), None)


def find_portfolio(folder: Path) -> Path:
    """Return the nearest portfolio that contains a folder, or the folder itself if there is none.

    The search stops at a folder that another user owns, because conf.py is a program that will be run.
    """
    start = folder.resolve()
    owner = _owner(start)
    for candidate in (start, *start.parents):
        if owner is None or _owner(candidate) != owner:
            break
        found = conf_folder(candidate)
        if found:
            root = candidate
            while root.name in {"docs", "source"} and conf_folder(root.parent) == found:
                root = root.parent
            return folder if root == start else root
    return folder


def required_conf_folder(folder: Path) -> Path:
    """Return the folder of conf.py of the portfolio that contains a folder.

    Raises:
        NotRunError: There is no portfolio.
        OSError: Its conf.py cannot be read.
    """
    settings = conf_folder(find_portfolio(folder))
    if settings is None:
        raise NotRunError(missing_portfolio(folder))
    (settings / "conf.py").open("rb").close()
    checked_name(settings.resolve())
    return settings


def missing_portfolio(folder: Path) -> str:
    """Return the message that a folder contains no portfolio."""
    message = __("no conf.py in %s or its folders docs and source; run “%s init” to create a portfolio")
    return str(message) % (folder.resolve(), program_name())


def _owner(folder: Path) -> int | None:
    """Return the number of the user who owns a folder; None if there is none, or none can have this name."""
    try:
        return folder.stat().st_uid if folder.is_dir() else None
    except OSError:
        return None
