"""Directives whose tables of options, settings, warnings and commands are generated from the code."""

from __future__ import annotations

from argparse import PARSER, ArgumentParser
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id

from sphinx_folio._common.i18n import _, __, mark
from sphinx_folio._common.settings import EXTENSIONS
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean
from sphinx_folio.cli.commands import COMMANDS, load
from sphinx_folio.cli.examples import EXAMPLES
from sphinx_folio.cli.exit_codes import MEANINGS
from sphinx_folio.cli.program import SCRIPT
from sphinx_folio.doctree.elements import column_width
from sphinx_folio.doctree.nodes import STACKED

if TYPE_CHECKING:
    from argparse import Action
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_folio.directives.base import FolioDirective


OPTIONS, EXIT_CODE = mark("[options]"), mark("Exit code")

FITTING = 2
"""The number of columns that fit on a narrow screen."""


def literal(text: str) -> nodes.literal:
    """Return a text as inline code."""
    return nodes.literal(text, text)


def _literals(texts: Iterable[str]) -> nodes.inline:
    """Return texts as inline code, separated by commas."""
    separated = (node for text in texts for node in (nodes.Text(str(_(", "))), literal(text)))
    return nodes.inline("", "", *[*separated][1:])


def table(heads: Sequence[str], rows: Iterable[Sequence[nodes.Node]]) -> nodes.Element:
    """Return a table; each cell is one inline node. On narrow screens, more than two columns are stacked."""
    group = nodes.tgroup("", cols=len(heads))
    group += [nodes.colspec("", colwidth=column_width(len(heads))) for _head in heads]
    head = nodes.thead("", _row([nodes.Text(text) for text in heads]))
    group += [head, nodes.tbody("", *map(_row, rows))]
    if len(heads) <= FITTING:
        return nodes.table("", group, classes=["folio-reference"])
    return nodes.container("", nodes.table("", group, classes=["folio-reference", STACKED]), classes=["folio-scroll"])


def _row(cells: Sequence[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def _translated(text: str) -> str:
    """Return the translation of a description; the one of an empty text would be the header of the catalog."""
    return str(_(text)) if text else ""


class DirectiveDirective(SphinxDirective):
    """Show the summary and the options of a directive of the portfolio; required options are bold."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the summary and the table.

        Raises:
            docutils.parsers.rst.DirectiveError: There is no such directive.
        """
        name = self.arguments[0]
        known = cast("dict[str, type[FolioDirective]]", self.env.domains["folio"].directives)
        if name not in known:
            raise self.error(__("no directive %r%s") % (name, did_you_mean(nearest(name, known))))
        directive = known[name]
        sentence = nodes.paragraph("", _translated(directive.summary), translatable=False)
        rows: list[tuple[nodes.Node, nodes.Node]] = []
        if directive.argument_help:
            rows.append((nodes.Text(str(_("argument"))), nodes.Text(str(_(directive.argument_help)))))
        for name_of_option, option in directive.known_options.items():
            shown = nodes.strong("", "", literal(name_of_option)) if option.required else literal(name_of_option)
            rows.append((shown, nodes.Text(_translated(option.help))))
        return [sentence, *([table([str(_("Option")), str(_("Meaning"))], rows)] if rows else [])]


class SettingsDirective(SphinxDirective):
    """List the settings of all loaded extensions of this package; ``confval`` is the role for references to them."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        settings = self.config.values
        rows = [
            (
                self._target(name),
                _literals(extension for extension, names in EXTENSIONS.items() if name in names),
                literal(repr(settings[name].default)),
                nodes.Text(_translated(settings[name].description)),
            )
            for name in sorted(settings)
            if name.startswith("folio_")
        ]
        return [table([str(_("Setting")), str(_("Extension")), str(_("Default")), str(_("Meaning"))], rows)]

    def _target(self, name: str) -> nodes.target:
        """Return the name of a setting as the target of references, which search finds as well."""
        node_id = make_id(self.env, self.state.document, "confval", name)
        target = nodes.target("", "", literal(name), ids=[node_id])
        self.state.document.note_explicit_target(target)
        self.env.domains.standard_domain.note_object("confval", name, node_id, location=target)
        return target


class WarningsDirective(SphinxDirective):
    """List the subtypes of warnings, by their names in ``suppress_warnings``."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [(literal(f"folio.{item.subtype}"), nodes.Text(str(_(item.value)))) for item in Subtype]
        return [table([str(_("Warning")), str(_("Meaning"))], rows)]


class CommandsDirective(SphinxDirective):
    """List all commands, and describe each in a section with the anchor ``command-<name>``."""

    def run(self) -> list[nodes.Node]:
        """Return the table and the sections."""
        rows = []
        for name, summary in COMMANDS.items():
            link = nodes.reference("", "", literal(name), refid=f"command-{name}", internal=True)
            rows.append((link, nodes.Text(str(_(summary)))))
        return [table([str(_("Command")), str(_("Meaning"))], rows), *map(self._section, COMMANDS)]

    def _section(self, name: str) -> nodes.section:
        parser = ArgumentParser(prog=f"{SCRIPT} {name}", add_help=False)
        load(name).add_arguments(parser)
        section = nodes.section("", nodes.title("", "", literal(name), translatable=False), names=[f"command-{name}"])
        self.state.document.note_explicit_target(section, section)
        section += nodes.paragraph("", str(_(COMMANDS[name])), translatable=False)
        section += list(_command(parser))
        if name in EXAMPLES:
            text = "\n".join(EXAMPLES[name])
            section += nodes.literal_block(text, text, language="sh")
        return section


def _command(parser: ArgumentParser) -> Iterator[nodes.Node]:
    """Yield the synopsis and the table of the arguments of a command, then those of its actions."""
    actions = [action for action in parser._actions if action.dest != "help"]  # noqa: SLF001  argparse has no other
    parsers = [action.choices for action in actions if isinstance(action.choices, dict) and action.nargs == PARSER]
    arguments = [action for action in actions if action.nargs != PARSER]
    text = " ".join(filter(None, (parser.prog, *map(_synopsis, arguments))))
    if any(action.option_strings for action in arguments):
        text += " " + str(_(OPTIONS))
    if arguments or not parsers:
        yield nodes.literal_block(text, text, language="text")
    if arguments:
        rows = [(literal(_label(action)), nodes.Text(_meaning(action))) for action in arguments]
        yield table([str(_("Option")), str(_("Meaning"))], rows)
    for choices in parsers:
        for one in choices.values():
            yield from _command(one)


def _synopsis(action: Action) -> str:
    """Return how a positional argument is written; an empty string for an option."""
    if action.option_strings:
        return ""
    name = _label(action)
    return {"?": f"[{name}]", "*": f"[{name} …]", "+": f"{name} …"}.get(str(action.nargs), name)


def _label(action: Action) -> str:
    """Return an argument as the user writes it."""
    if not action.option_strings:
        return str(action.metavar or action.dest.upper())
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return ", ".join(action.option_strings) + value


def _meaning(action: Action) -> str:
    """Return the help of an argument in the language of the build."""
    values = {**vars(action), "choices": ", ".join(map(str, action.choices or ()))}
    return str(_(action.help)) % values if action.help else ""


class ExitCodesDirective(SphinxDirective):
    """List the exit codes of the commands."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [(literal(str(int(code))), nodes.Text(str(_(meaning)))) for code, meaning in MEANINGS.items()]
        return [table([str(_(EXIT_CODE)), str(_("Meaning"))], rows)]
