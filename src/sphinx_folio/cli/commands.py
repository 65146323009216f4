"""The program ``sphinx-folio``, also ``python -m sphinx_folio``.

Exit codes of all commands: 0 if the command succeeded, 1 if nothing was written or the build failed, 2 for wrong
arguments, 130 if it was interrupted.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Protocol

from sphinx.errors import ConfigError
from sphinx.locale import init_console

from sphinx_folio import __version__
from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, __, mark
from sphinx_folio.cli import build, init, language_server, match, messages, search_check, verify
from sphinx_folio.cli.importing import command as import_
from sphinx_folio.cli.program import program_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 + SIGINT, as shells report it."""


class Command(Protocol):
    """The interface of a module that implements a command."""

    @property
    def add_arguments(self) -> Callable[[ArgumentParser], None]:
        """Add the arguments of the command to a parser."""

    @property
    def run(self) -> Callable[[Namespace], int]:
        """Run the command; return the exit code."""


COMMANDS: Mapping[str, tuple[Command, str]] = {
    "init": (init, mark("Create a new portfolio, with sample content or from a JSON Resume")),
    "import": (import_, mark("Convert a JSON Resume file to portfolio pages")),
    "build": (build, mark("Build the portfolio in all its languages; warnings are errors")),
    "messages": (messages, mark("Update the translation catalogs and list the strings to translate")),
    "match": (match, mark("Compare job postings with the portfolio: proven, shown, named, near and missing skills")),
    "search-check": (search_check, mark("Ask the search of the built site, and report what it does not find")),
    "language-server": (language_server, mark("Serve an editor: completion, descriptions and warnings while you type")),
    "verify": (verify, mark("Check evidence and counts against clones of the repositories that they refer to")),
}
"""Name → the module that implements the command, and its summary."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command with the given arguments, by default those of the process; return the exit code."""
    init_console()
    init_console(CATALOG_FOLDER, CATALOG)
    parser = ArgumentParser(prog=program_name(), description=str(__("Create and build portfolio sites with Sphinx.")))
    parser.add_argument("--version", action="version", version=f"sphinx-folio {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=str(__(summary)), description=str(__(summary)))
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(__("Interrupted.") + "\n")
        return INTERRUPTED
