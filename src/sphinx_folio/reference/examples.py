"""Examples: a source and, beside it, what becomes of it, in a portfolio of its own that the site knows nothing of.

All examples of a page make one small portfolio. It is kept beside the page's nodes and not among them: neither the
site's portfolio nor its catalogs, search, exports or inventory see it. The very source that is shown is parsed.
"""

from __future__ import annotations

import copy
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeGuard, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, new_document
from sphinx.util.fileutil import copy_asset

from sphinx_folio._common.i18n import DateFormatter, _
from sphinx_folio.collect.records import collect
from sphinx_folio.listings import fill
from sphinx_folio.listings.base import Writer
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.queries import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.registry import SphinxComponentRegistry

    from sphinx_folio.domain import FolioDomain
    from sphinx_folio.portfolio.records import Page

SETTINGS: Mapping[str, Any] = {
    "folio_levels": ["aware", "working", "expert"],
    "folio_categories": {"languages": "Languages", "networking": "Networking"},
    "folio_today": "2026-01-01",
}
"""The settings of the examples' portfolio: whatever the site's are, an example looks the same on any day."""
STYLE = "folio-reference.css"
SYNTAXES = ("markdown", "restructuredtext")
"""What a source can be written in, as Sphinx calls it."""


class folio_example(nodes.container):  # noqa: N801  docutils' convention: node classes are lower case
    """A source; what becomes of it, and the record of that, are put beside it when the page is written."""

    result: nodes.document
    page: Page

    def copy(self) -> folio_example:
        """Return a copy without children, but with the result."""
        copied = super().copy()
        copied.result, copied.page = self.result, self.page
        return copied


class ExampleSettingsDirective(SphinxDirective):
    """Show the settings of the examples as they would stand in conf.py."""

    def run(self) -> list[nodes.Node]:
        """Return the lines."""
        return [_code("\n".join(f"{name} = {value!r}" for name, value in SETTINGS.items()), "python")]


class ExampleDirective(SphinxDirective):
    """Show its content as source and, unless it says ``no-result``, what becomes of it; ``wide`` puts that below."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "syntax": lambda value: directives.choice(value, SYNTAXES),
        "no-result": directives.flag,
        "wide": directives.flag,
    }
    registry: ClassVar[SphinxComponentRegistry]

    def run(self) -> list[nodes.Node]:
        """Return the source; what becomes of it is kept until the page is written."""
        self.assert_has_content()
        text = "\n".join(self.content)
        syntax = self.options.get("syntax", "markdown")
        source = _code(text, "rst" if syntax == "restructuredtext" else "text")
        self.set_source_info(source)
        if "no-result" in self.options:
            return [source]
        number = self.env.new_serialno("folio-example") + 1
        look = ["folio-example", *(["folio-wide"] if "wide" in self.options else [])]
        example = folio_example("", source, classes=look)
        example.result = self.parsed(text, syntax)
        types = cast("FolioDomain", self.env.domains["folio"]).registry.types
        with _settings(self.config):
            example.page, _queries = collect(f"example-{number}", example.result, types)
        # What belongs to the reading alone cannot be kept; Sphinx takes it out of the pages themselves, too.
        vars(example.result).update(settings=None, reporter=None, transformer=None)
        return [example]

    def parsed(self, text: str, syntax: str) -> nodes.document:
        """Return a source as a document of its own, its lines counted as those of the page."""
        source, _line = self.get_source_info()
        document = new_document(source, copy.copy(self.state.document.settings))
        document.reporter = self.state.document.reporter
        above = "\n" * self._lines_above()
        if syntax == "markdown":  # a page begins with a title; without one, MyST warns of lower headings
            above = f"# {_('Example')}{above}"
        parser = self.registry.create_source_parser(syntax, config=self.config, env=self.env)
        with _settings(self.config):
            parser.parse(above + text + "\n", document)
        return document

    def _lines_above(self) -> int:
        """Return how many lines of the page stand above the content; MyST counts its offset from the directive."""
        counted_from_page = self.content.offset(0) == self.content_offset > 0
        return self.content_offset if counted_from_page else self.lineno + self.content_offset


class ExampleWriter(Writer):
    """Writes what listings show; its links lead to the examples, which all stand on the page that is written."""

    def address(self, docname: str, node_id: str) -> str:
        """Return where a link to an example leads."""
        return f"#{_id_within_page(docname, node_id)}"


class ShowResults(SphinxPostTransform):
    """Put beside each source what becomes of it; before listings are filled and references resolved."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Fill the examples of the page at hand."""
        examples = list(self.document.findall(folio_example))
        if not examples:
            return
        domain = cast("FolioDomain", self.env.domains["folio"])
        portfolio = Portfolio(
            pages=tuple(example.page for example in examples),
            levels=tuple(SETTINGS["folio_levels"]),
            categories=SETTINGS["folio_categories"],
            today=PartialDate.parse(SETTINGS["folio_today"]),
            queries={name: listing.query for name, listing in domain.registry.listings.items()},
        )
        dates = DateFormatter(self.config.language, {})
        docname, levels = self.env.current_document.docname, len(portfolio.levels)
        writer = ExampleWriter(
            docname=docname,
            builder=domain.builder,
            dates=dates,
            levels=levels,
            plain=True,
            registry=domain.registry,
        )
        for example in examples:
            fill(example.result, portfolio, writer, domain.warn_unknown)
            for reference in list(example.result.findall(addnodes.pending_xref)):
                if reference.get("refdomain") != "folio":
                    continue
                if not portfolio.find(reference["reftype"], reference["reftarget"]):
                    domain.warn_unknown(reference["reftype"], reference["reftarget"], reference)
                reference.replace_self(_link(portfolio, reference))
            label = nodes.paragraph("", str(_("Result")), classes=["folio-example-label"])
            shown = [_without_heading(child) for child in _below_title(example.result)]
            result = nodes.container("", label, *shown, classes=["folio-example-result"])
            result["ids"] = _ids_of_title(example)
            example.append(result)
            _set_apart(example, example.page.docname)


def _code(text: str, language: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language=language, force=True)


@contextmanager
def _settings(config: Config) -> Iterator[None]:
    """Have the examples' settings for a while."""
    before = {name: config[name] for name in SETTINGS}
    try:
        for name, value in SETTINGS.items():
            config[name] = value
        yield
    finally:
        for name, value in before.items():
            config[name] = value


def _link(portfolio: Portfolio, reference: addnodes.pending_xref) -> nodes.Node:
    """Return a link within the page to an object of the examples."""
    shown = cast("nodes.Element", reference[0])
    entry = portfolio.find(reference["reftype"], reference["reftarget"])
    if entry is None:
        return shown
    found = target_of(entry)
    if not reference["refexplicit"]:
        shown = nodes.inline("", found.title, classes=shown["classes"])
    return _within_page(found.docname, found.node_id, shown)


def _within_page(docname: str, node_id: str, shown: nodes.Node) -> nodes.reference:
    """Return a link to a place of an example, or to an example."""
    return nodes.reference("", "", shown, refid=_id_within_page(docname, node_id), internal=True)


def _id_within_page(docname: str, node_id: str) -> str:
    return "_".join(filter(None, (docname, node_id)))


def _below_title(document: nodes.document) -> list[nodes.Node]:
    """Return what stands below the title that was put above a source, and beside it."""
    first, *others = document.children
    return [*first.children[1:], *others] if _is_above(first) else [first, *others]


def _is_above(node: nodes.Node) -> TypeGuard[nodes.section]:
    """Tell whether a node is the section whose title was put above a source."""
    return isinstance(node, nodes.section) and node[0].astext() == str(_("Example"))


def _ids_of_title(example: folio_example) -> list[str]:
    """Return the ids of entries on the title that was put above a source, where that is what they open."""
    first = example.result.children[0]
    entries = {entry.node_id for entry in example.page.entries}
    return [name for name in first["ids"] if name in entries] if _is_above(first) else []


def _without_heading(node: nodes.Node) -> nodes.Node:
    """Return a section as a block whose title is none of the page's headings; anything else as it is."""
    if not isinstance(node, nodes.section):
        return node
    block = nodes.container("", ids=node["ids"], classes=["folio-example-section"])
    for child in node.children:
        if isinstance(child, nodes.title):
            block += nodes.rubric("", "", *child.children)
        else:
            block += _without_heading(child)
    return block


def _set_apart(example: folio_example, prefix: str) -> None:
    """Give the ids of a result a prefix, so that they are nobody else's on the page."""
    for node in example.findall(nodes.Element):
        node["ids"] = [f"{prefix}_{name}" for name in node["ids"]]
        node["names"] = []
    example["ids"] = [prefix]


def copy_style(app: Sphinx) -> None:
    """Put the style sheet where Sphinx's own lie."""
    if app.builder.format == "html":
        copy_asset(Path(__file__).parent / "static", Path(app.outdir, "_static"), force=True)
