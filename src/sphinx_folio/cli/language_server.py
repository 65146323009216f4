"""The command ``language-server``: help for editors, over standard input and output."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.installation import with_extra
from sphinx_folio.cli.exit_codes import NotRunError
from sphinx_folio.cli.paths import named_path
from sphinx_folio.cli.portfolio_folder import conf_folder, find_portfolio, pages_folder
from sphinx_folio.cli.terminal import json_text
from sphinx_folio.editor.schema import built_in_schema
from sphinx_folio.editor.snippets import MARKUPS, snippets

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

ALL = "all"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    pages = mark("folder of the pages, relative to the folder that the editor has open (default: found by itself)")
    parser.add_argument("--pages", type=named_path, metavar="FOLDER", help=pages)
    parser.add_argument("--stdio", action="store_true", help=mark("ignored; editors add it"))
    printed = parser.add_mutually_exclusive_group()
    schema = mark("print the directives, options, roles and settings as JSON, then exit")
    printed.add_argument("--schema", action="store_true", help=schema)
    snippet = mark("print snippets for Visual Studio Code, of one markup or of all, then exit")
    printed.add_argument("--snippets", nargs="?", choices=(*MARKUPS, ALL), const=ALL, help=snippet)


def run(arguments: Namespace) -> int:
    """Serve an editor until it ends the connection, or print; return the exit code."""
    if arguments.schema or arguments.snippets:
        schema = built_in_schema(settings=conf_folder(find_portfolio(Path())))
        markups = MARKUPS if arguments.snippets == ALL else [arguments.snippets]
        shown = schema if arguments.schema else snippets(schema, markups)
        sys.stdout.write(json_text(shown))
        return 0
    if not find_spec("pygls"):
        raise NotRunError(str(__("language-server needs pygls; run “pip install %s”")) % with_extra("editor"))
    from sphinx_folio.editor.server import make_server  # noqa: PLC0415  pygls is an extra

    def find(folder: Path, root: Path) -> tuple[Path | None, Path]:
        portfolio = find_portfolio(folder)
        settings = conf_folder(portfolio)
        if arguments.pages:
            return settings, root / arguments.pages
        return settings, pages_folder(settings or portfolio)

    # The server closes its streams at the end; the standard ones stay open for whoever called this function.
    with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as requests, os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        make_server(find).start_io(requests, out)
    return 0
