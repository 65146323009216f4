"""Directives whose tables of options, settings, warnings and commands are generated from the code."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_folio._common.i18n import _, __
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean
from sphinx_folio.cli.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_folio.directives.base import FolioDirective


def literal(text: str) -> nodes.literal:
    """Return a text as inline code."""
    return nodes.literal(text, text)


def table(heads: Sequence[str], rows: Iterable[Sequence[nodes.Node]]) -> nodes.table:
    """Return a table; each cell is one inline node."""
    group = nodes.tgroup("", cols=len(heads))
    group += [nodes.colspec("", colwidth=1) for _head in heads]
    head = nodes.thead("", _row([nodes.Text(text) for text in heads]))
    group += [head, nodes.tbody("", *map(_row, rows))]
    return nodes.table("", group, classes=["folio-reference", "nosearch"])


def _row(cells: Sequence[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


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
        sentence = nodes.paragraph("", str(_(directive.summary)), classes=["nosearch"], translatable=False)
        rows: list[tuple[nodes.Node, nodes.Node]] = []
        if directive.argument_help:
            rows.append((nodes.Text(str(_("argument"))), nodes.Text(str(_(directive.argument_help)))))
        for name_of_option, option in directive.known_options.items():
            shown = nodes.strong("", "", literal(name_of_option)) if option.required else literal(name_of_option)
            rows.append((shown, nodes.Text(str(_(option.help)))))
        return [sentence, *([table([str(_("Option")), str(_("Meaning"))], rows)] if rows else [])]


class SettingsDirective(SphinxDirective):
    """List the settings of all loaded extensions of this package."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        settings = self.config.values
        rows = [
            (literal(name), literal(repr(settings[name].default)), nodes.Text(str(_(settings[name].description))))
            for name in sorted(settings)
            if name.startswith("folio_")
        ]
        return [table([str(_("Setting")), str(_("Default")), str(_("Meaning"))], rows)]


class WarningsDirective(SphinxDirective):
    """List the subtypes of warnings, by their names in ``suppress_warnings``."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [(literal(f"folio.{item.subtype}"), nodes.Text(str(_(item.value)))) for item in Subtype]
        return [table([str(_("Warning")), str(_("Meaning"))], rows)]


class CommandsDirective(SphinxDirective):
    """List the commands with their arguments."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = []
        for name, (module, summary) in COMMANDS.items():
            parser = ArgumentParser(prog=f"python -m sphinx_folio {name}", add_help=False)
            module.add_arguments(parser)
            usage = " ".join(parser.format_usage().split()[1:])
            rows.append((literal(usage), nodes.Text(str(_(summary)))))
        return [table([str(_("Command")), str(_("Meaning"))], rows)]
