"""The program ``sphinx-folio``, also ``python -m sphinx_folio``; see ``exit_codes`` for what its commands return."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import ArgumentParser
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from sphinx.errors import ConfigError

from sphinx_folio import __version__
from sphinx_folio._common.i18n import __, init_messages, mark
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import did_you_mean
from sphinx_folio.cli import signals
from sphinx_folio.cli.completion import complete, is_asked_to_complete
from sphinx_folio.cli.examples import EXAMPLES
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError, UsageError
from sphinx_folio.cli.parsing import Parser, command_parser
from sphinx_folio.cli.paths import from_current_folder, problem_with
from sphinx_folio.cli.portfolio_folder import find_portfolio
from sphinx_folio.cli.program import program_name

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence


class Implementation(Protocol):
    """The interface of a module that implements a command."""

    @property
    def add_arguments(self) -> Callable[[ArgumentParser], None]:
        """Add the arguments of the command to a parser."""

    @property
    def run(self) -> Callable[[Namespace], int]:
        """Run the command; return the exit code."""


COMMANDS: Mapping[str, str] = {
    "init": mark("Create a new portfolio, with sample content or from a résumé in another format"),
    "import": mark("Convert a résumé in another format to portfolio pages"),
    "build": mark("Build the portfolio in all its languages; warnings are errors"),
    "check": mark("Report what a strict build would report, without a site; fast when little has changed"),
    "live": mark("Serve the portfolio to this machine, and show each edit in the browser at once"),
    "export": mark("Write single files of the portfolio, such as the résumé as PDF, without its site"),
    "messages": mark("Update the translation catalogs and list the strings to translate"),
    "languages": mark("List the languages with what is translated, or add one"),
    "match": mark("Compare job postings with the portfolio: proven, shown, named, near and missing skills"),
    "search-check": mark("Ask the search of the built site, and report what it does not find"),
    "language-server": mark("Serve an editor: completion, descriptions and warnings while you type"),
    "verify": mark("Check evidence and counts against clones of the repositories that they refer to"),
    "doctor": mark("Report what the portfolio needs and what is missing, with the command that installs it"),
    "update": mark("Merge what has changed in the template of init; pages are never touched"),
    "completion": mark("Print the script that completes commands and options in bash, zsh or fish"),
}
"""Name → summary."""
MODULES = {"import": "importing.command", "live": "live.command"}
"""The modules of commands whose names differ from those of the commands."""


def load(name: str) -> Implementation:
    """Return the module of a command; it is imported now, because some modules need much time to import."""
    module = MODULES.get(name, name.replace("-", "_"))
    return cast("Implementation", import_module(f"sphinx_folio.cli.{module}"))


def all_commands(*, with_arguments: bool) -> Parser:
    """Return a parser with all commands, for help and completion."""
    parser = Parser(program_name(), description=str(__("Create and build portfolio sites with Sphinx.")))
    parser.add_argument("--version", action="version", version=f"sphinx-folio {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=ArgumentParser)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=str(__(summary)))
        if with_arguments:
            load(name).add_arguments(command)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command with the given arguments, by default those of the process; return the exit code."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")  # of characters that encodings such as cp1252 lack
    try:
        with signals.raised():
            try:
                return _run(argv)
            finally:
                sys.stdout.flush()
    except signals.EndedError as error:
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write(__("Interrupted.") + "\n")
        return ExitCode.INTERRUPTED
    except OSError as error:
        if not error.filename:  # of the standard output; Python would try to write the rest at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return ExitCode.BROKEN_PIPE
        sys.stderr.write(from_current_folder(problem_with(error)) + "\n")
        return ExitCode.NOT_RUN


def _run(argv: Sequence[str] | None) -> int:
    init_messages()
    words = [*(sys.argv[1:] if argv is None else argv)]
    if is_asked_to_complete():
        complete(all_commands(with_arguments=True))
    parser = all_commands(with_arguments=False)
    if not words:
        parser.print_help(sys.stderr)
        return ExitCode.USAGE
    name, *rest = [*words[1:], "--help"] if words[0] == "help" else words
    if name not in COMMANDS:
        if not name.startswith("-"):
            parser.error(__("unknown command %r%s") % (name, did_you_mean(nearest(name, COMMANDS))))
        parser.parse_known_args([name])  # ends with the text of --help or --version
        parser.reject([name])
    module = load(name)
    command = command_parser(name, module, COMMANDS[name], prog=parser.prog, examples=EXAMPLES.get(name, ()))
    folder = None
    try:
        arguments = command.parsed(rest)
        folder = getattr(arguments, "folder", None)
        return int(module.run(arguments))
    except UsageError as error:
        sys.stderr.write(command.error_line(str(error)))
        return ExitCode.USAGE
    except (NotRunError, ConfigError) as error:
        from sphinx_folio.cli.missing_packages import with_cure  # noqa: PLC0415  only after an error

        if isinstance(error, ConfigError) and not {"-v", "--verbose"}.isdisjoint(rest):
            traceback.print_exception(error)
        message = with_cure(str(error), find_portfolio(folder if isinstance(folder, Path) else Path()))
        sys.stderr.write(from_current_folder(message) + "\n")
        return ExitCode.NOT_RUN
