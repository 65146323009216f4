"""``python -m sphinx_folio build``: build a portfolio strictly, in every language that its conf.py names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.tags import Tags

from sphinx_folio.i18n import __
from sphinx_folio.starter.places import portfolio_at

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

STRICT = ("-n", "-W", "--keep-going")


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    folder = str(__("where the portfolio is; by default here"))
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help=folder)
    output = str(__("where the site is to be; by default build/html in the portfolio's folder"))
    parser.add_argument("--output", type=Path, help=output)
    private = str(__("tell private facts, into build/private/html: a copy that is not for publication"))
    parser.add_argument("--private", action="store_true", help=private)


def run(arguments: Namespace) -> int:
    """Build every language; return the exit code of the first that fails, else 0."""
    arguments.folder = portfolio_at(arguments.folder)
    pages = folder_of_pages(arguments.folder)
    if pages is None:
        return refuse(arguments.folder)
    try:
        languages = languages_of(pages)
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    usual = arguments.folder / "build" / ("private/html" if arguments.private else "html")
    output = (arguments.output or usual).resolve()
    asked = ("-D", "folio_private=1") if arguments.private else ()
    for language, folder in languages.items():
        beside = output.with_name(f"doctrees-{language}")  # what Sphinx remembers is not for readers
        command = (*("-b", "html", "-q", *STRICT, "-d", str(beside), "-D", f"language={language}"), *asked)
        done = sphinx(*command, str(pages), str(output / folder))
        if done:
            return done
    sys.stdout.write(str(__("The site stands. Open %s")) % (output / "index.html").as_uri() + "\n")
    return 0


def refuse(folder: Path) -> int:
    """Say that a folder holds no portfolio; return the exit code."""
    message = __("there is no conf.py in %s, nor in its folder docs; “python -m sphinx_folio init” makes one")
    sys.stderr.write(f"{message % folder.resolve()}\n")
    return 1


def sphinx(*arguments: str) -> int:
    """Run Sphinx in a process of its own, since its registries are global; return the exit code."""
    command = (sys.executable, "-m", "sphinx", *arguments)
    return subprocess.run(command, check=False).returncode  # noqa: S603  the command is ours, without a shell


def folder_of_pages(folder: Path) -> Path | None:
    """Return the folder that holds conf.py: ``docs`` in a portfolio's folder, or that folder; nothing if none does."""
    return next((place for place in (folder / "docs", folder) if (place / "conf.py").is_file()), None)


def languages_of(pages: Path) -> dict[str, str]:
    """Return the languages of a portfolio, each with its folder in the site; that of the pages first.

    Raises:
        ConfigError: conf.py cannot be run.
    """
    config = Config.read(pages.resolve(), overrides={}, tags=Tags())
    config.add("folio_languages", {}, "env", frozenset({dict}))
    config.init_values()
    return dict(config.folio_languages) or {config.language: ""}
