"""The parsers of the command line: help with examples, and errors in one line with the nearest word."""

from __future__ import annotations

from argparse import PARSER, ArgumentParser, RawDescriptionHelpFormatter
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NoReturn

from sphinx_folio._common.i18n import __
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import did_you_mean
from sphinx_folio.cli.exit_codes import ExitCode
from sphinx_folio.cli.program import SCRIPT

if TYPE_CHECKING:
    from argparse import Action, Namespace
    from collections.abc import Sequence

    from sphinx_folio.cli.commands import Implementation


class Parser(ArgumentParser):
    """A parser whose errors are one line. It accepts no abbreviated options, which new options would make ambiguous."""

    def __init__(self, prog: str, *, examples: Sequence[str] = (), **others: Any) -> None:
        """Set the name, and the example command lines, which begin with the name of the script."""
        super().__init__(prog=prog, **{"formatter_class": RawDescriptionHelpFormatter, "allow_abbrev": False, **others})
        if examples:
            program = prog.rpartition(" ")[0]
            lines = (f"  {line.replace(SCRIPT, program, 1)}" for line in examples)
            self.epilog = "\n".join([str(__("examples:")), *lines])

    @property
    def actions(self) -> list[Action]:
        """Return the arguments except ``--help``; argparse has no public means."""
        return [action for action in self._actions if action.dest != "help"]

    def error(self, message: str) -> NoReturn:
        """Print an error in one line and exit."""
        self.exit(ExitCode.USAGE, self.error_line(message))

    def error_line(self, message: str) -> str:
        """Return an error in one line, with the command that helps unless the message has a suggestion."""
        more = "" if message.endswith("?") else str(__("; see “%s --help”")) % self.prog
        return f"{self.prog}: {message}{more}\n"

    def parsed(self, words: Sequence[str]) -> Namespace:
        """Return the arguments; options and other words may be mixed, unless the command has actions of its own."""
        has_actions = any(action.nargs == PARSER for action in self.actions)
        if not has_actions:  # before argparse, which would take its value for another argument, and report that
            known = {"--help", *(name for action in self.actions for name in action.option_strings)}
            options = (word for word in takewhile(lambda word: word != "--", words) if word.startswith("--"))
            if unknown := [word for word in options if word.partition("=")[0] not in known]:
                self.reject(unknown)
        parse = self.parse_known_args if has_actions else self.parse_known_intermixed_args
        arguments, unknown = parse(words)
        if unknown:
            self.reject(unknown)
        return arguments

    def reject(self, words: Sequence[str]) -> NoReturn:
        """Print the error for words that were not understood, and exit."""
        known = [name for action in self.actions for name in action.option_strings]
        option = words[0].partition("=")[0]
        hint = did_you_mean(nearest(option, known)) if option.startswith("-") else ""
        kind = __("unknown option %r%s") if option.startswith("-") else __("unexpected argument %r%s")
        self.error(kind % (option if option.startswith("-") else words[0], hint))


def command_parser(
    name: str, module: Implementation, summary: str, *, prog: str, examples: Sequence[str] = ()
) -> Parser:
    """Return the parser of a command; texts for help that are only marked for translation are translated.

    Args:
        name: The name of the command.
        module: The module that implements it.
        summary: Its summary, marked for translation.
        prog: The name of the program.
        examples: Command lines that begin with the name of the script.
    """
    parser = Parser(f"{prog} {name}", description=str(__(summary)), examples=examples)
    module.add_arguments(parser)
    _translate_help(parser)
    return parser


def _translate_help(parser: Parser) -> None:
    """Translate the help of the arguments of a command and of its actions."""
    for action in parser.actions:
        action.help = action.help and str(__(action.help))
        for part in action.choices.values() if isinstance(action.choices, dict) else ():
            _translate_help(part)
