"""The reference of the package as tables, made from the code: add ``sphinx_folio.reference`` to ``extensions``.

``folio-options`` lists the directives with their options, ``folio-settings`` the settings of the extensions that are
loaded, ``folio-warnings`` the subtypes of warnings, ``folio-commands`` the commands.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_folio import __version__
from sphinx_folio.__main__ import COMMANDS
from sphinx_folio.i18n import CATALOG, FOLDER, _
from sphinx_folio.warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_folio.directives import FolioDirective


def literal(text: str) -> nodes.literal:
    """Return a text as code."""
    return nodes.literal(text, text)


def table(heads: Sequence[str], rows: Iterable[Sequence[nodes.Node]]) -> nodes.table:
    """Return a table of rows whose cells are inline nodes."""
    group = nodes.tgroup("", cols=len(heads))
    group += [nodes.colspec("", colwidth=1) for _head in heads]
    head = nodes.thead("", _row([nodes.Text(text) for text in heads]))
    group += [head, nodes.tbody("", *map(_row, rows))]
    return nodes.table("", group, classes=["folio-reference", "nosearch"])


def _row(cells: Sequence[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


class OptionsDirective(SphinxDirective):
    """List every directive of the portfolio with its options, those in bold that it cannot do without."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        known = cast("dict[str, type[FolioDirective]]", self.env.domains["folio"].directives)
        rows = [(literal(name), _options(known[name])) for name in sorted(known)]
        return [table([str(_("Directive")), str(_("Options"))], rows)]


def _options(directive: type[FolioDirective]) -> nodes.inline:
    found = nodes.inline()
    for name, option in directive.known_options.items():
        if len(found):
            found += nodes.Text(" ")
        found += nodes.strong("", "", literal(name)) if option.required else literal(name)
    return found


class SettingsDirective(SphinxDirective):
    """List the settings whose names begin with folio, of all extensions that are loaded."""

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
    """List every warning, by the name under which it can be silenced."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [(literal(f"folio.{item.subtype}"), nodes.Text(str(_(item.value)))) for item in Subtype]
        return [table([str(_("Warning")), str(_("Meaning"))], rows)]


class CommandsDirective(SphinxDirective):
    """List the commands with the words that they take."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = []
        for name, (module, summary) in COMMANDS.items():
            parser = ArgumentParser(prog=f"python -m sphinx_folio {name}", add_help=False)
            module.add_arguments(parser)
            usage = " ".join(parser.format_usage().split()[1:])
            rows.append((literal(usage), nodes.Text(str(_(summary)))))
        return [table([str(_("Command")), str(_("Meaning"))], rows)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    app.setup_extension("sphinx_folio")
    app.add_message_catalog(CATALOG, str(FOLDER))
    app.add_directive("folio-options", OptionsDirective)
    app.add_directive("folio-settings", SettingsDirective)
    app.add_directive("folio-warnings", WarningsDirective)
    app.add_directive("folio-commands", CommandsDirective)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
