"""The commands of ``python -m sphinx_folio``: their names, their options and the function that runs each."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Protocol

from sphinx.errors import ConfigError
from sphinx.locale import init_console

from sphinx_folio import __version__
from sphinx_folio._common.i18n import CATALOG, FOLDER, __, mark
from sphinx_folio.cli import build, init, messages
from sphinx_folio.cli.importing import command as import_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 + SIGINT, as shells report it."""


class Command(Protocol):
    """What a module offers that is a command."""

    @property
    def add_arguments(self) -> Callable[[ArgumentParser], None]:
        """Say what the command takes."""

    @property
    def run(self) -> Callable[[Namespace], int]:
        """Do it; return the exit code."""


COMMANDS: Mapping[str, tuple[Command, str]] = {
    "init": (init, mark("write a new portfolio with a sample in it")),
    "import": (import_, mark("write the pages of a portfolio from a JSON Resume")),
    "build": (build, mark("build a portfolio, strictly, in all its languages")),
    "messages": (messages, mark("update the catalogs of the translations, and list the strings to translate")),
}
"""Name → the module that does it, and what it does in a line."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that the words name; return its exit code."""
    init_console()
    init_console(FOLDER, CATALOG)
    parser = ArgumentParser(prog="python -m sphinx_folio", description=str(__("Portfolios built with Sphinx.")))
    parser.add_argument("--version", action="version", version=f"sphinx-folio {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        own = commands.add_parser(name, help=str(__(summary)), description=str(__(summary)))
        module.add_arguments(own)
        own.set_defaults(run=module.run)
    arguments = parser.parse_args(words)
    try:
        return int(arguments.run(arguments))
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(__("Interrupted.") + "\n")
        return INTERRUPTED
