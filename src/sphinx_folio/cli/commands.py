"""The program ``sphinx-folio``, also ``python -m sphinx_folio``; see ``exit_codes`` for what its commands return."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Protocol

from sphinx.errors import ConfigError
from sphinx.locale import init_console

from sphinx_folio import __version__
from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, __, mark
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import did_you_mean
from sphinx_folio.cli import (
    build,
    check,
    completion,
    doctor,
    export,
    init,
    language_server,
    languages,
    match,
    messages,
    search_check,
    update,
    verify,
)
from sphinx_folio.cli.examples import EXAMPLES
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError, UsageError
from sphinx_folio.cli.importing import command as import_
from sphinx_folio.cli.live import command as live
from sphinx_folio.cli.parsing import Parser, command_parser
from sphinx_folio.cli.program import program_name

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence


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
    "check": (check, mark("Report what a strict build would report, without a site; fast when little has changed")),
    "live": (live, mark("Serve the portfolio to this machine, and show each edit in the browser at once")),
    "export": (export, mark("Write single files of the portfolio, such as the résumé as PDF, without its site")),
    "messages": (messages, mark("Update the translation catalogs and list the strings to translate")),
    "languages": (languages, mark("List the languages with what is translated, or add one")),
    "match": (match, mark("Compare job postings with the portfolio: proven, shown, named, near and missing skills")),
    "search-check": (search_check, mark("Ask the search of the built site, and report what it does not find")),
    "language-server": (language_server, mark("Serve an editor: completion, descriptions and warnings while you type")),
    "verify": (verify, mark("Check evidence and counts against clones of the repositories that they refer to")),
    "doctor": (doctor, mark("Report what the portfolio needs and what is missing, with the command that installs it")),
    "update": (update, mark("Merge what has changed in the template of init; pages are never touched")),
    "completion": (completion, mark("Print the script that completes commands and options in bash, zsh or fish")),
}
"""Name → the module that implements the command, and its summary."""


def all_commands() -> Parser:
    """Return a parser with all commands, for help and completion."""
    parser = Parser(program_name(), description=str(__("Create and build portfolio sites with Sphinx.")))
    parser.add_argument("--version", action="version", version=f"sphinx-folio {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=ArgumentParser)
    for name, (module, summary) in COMMANDS.items():
        module.add_arguments(commands.add_parser(name, help=str(__(summary))))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command with the given arguments, by default those of the process; return the exit code."""
    init_console()
    init_console(CATALOG_FOLDER, CATALOG)
    words = [*(sys.argv[1:] if argv is None else argv)]
    parser = all_commands()
    completion.complete(parser)
    if not words:
        parser.print_help(sys.stderr)
        return ExitCode.USAGE
    name, *rest = [*words[1:], "--help"] if words[0] == "help" else words
    if name not in COMMANDS:
        if not name.startswith("-"):
            parser.error(__("unknown command %r%s") % (name, did_you_mean(nearest(name, COMMANDS))))
        parser.parse_known_args([name])  # ends with the text of --help or --version
        parser.reject([name])
    module, summary = COMMANDS[name]
    command = command_parser(name, module, summary, prog=parser.prog, examples=EXAMPLES.get(name, ()))
    arguments = command.parsed(rest)
    try:
        code = int(module.run(arguments))
        sys.stdout.flush()
    except UsageError as error:
        sys.stderr.write(command.error_line(str(error)))
        return ExitCode.USAGE
    except (NotRunError, ConfigError) as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.NOT_RUN
    except BrokenPipeError:  # the reader of a pipe, such as head, has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except KeyboardInterrupt:
        sys.stderr.write(__("Interrupted.") + "\n")
        return ExitCode.INTERRUPTED
    return code
