"""Examples that show a source and its result; they form a separate portfolio, independent of the site's.

All examples of a page form one small portfolio. Their doctrees are attributes of a node and not its children, so the
site's portfolio, catalogs, search, exports and inventory do not contain them. The displayed source is the parsed one.
"""

from __future__ import annotations

import copy
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeGuard, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, new_document

from sphinx_folio._common.i18n import DateFormatter, _
from sphinx_folio._common.static_files import copy_static
from sphinx_folio.collect.records import collect
from sphinx_folio.domain import domain_of
from sphinx_folio.listings import fill_listings
from sphinx_folio.listings.base import ListingRenderer
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.queries import target_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.registry import SphinxComponentRegistry

    from sphinx_folio.portfolio.records import Page

SETTINGS: Mapping[str, Any] = {
    "folio_levels": ["aware", "working", "expert"],
    "folio_categories": {"languages": "Languages", "networking": "Networking"},
    "folio_today": "2026-01-01",
}
"""The settings of the examples' portfolio, so that results depend neither on the site's settings nor on the date."""
STYLE = "folio-reference.css"
SYNTAXES = ("markdown", "restructuredtext")
"""The markup languages of examples, by their names in Sphinx."""


class folio_example(nodes.container):  # noqa: N801  docutils' convention: node classes are lower case
    """An example: its child is the source; the result is added when the page is written."""

    result: nodes.document
    """The parsed source."""
    page: Page
    """The records that were collected from the result."""

    def copy(self) -> folio_example:
        """Return a copy without children but with the result, as docutils requires."""
        copied = super().copy()
        copied.result, copied.page = self.result, self.page
        return copied


class ExampleSettingsDirective(SphinxDirective):
    """Show the settings of the examples as Python code for conf.py."""

    def run(self) -> list[nodes.Node]:
        """Return a code block."""
        return [_code("\n".join(f"{name} = {value!r}" for name, value in SETTINGS.items()), "python")]


class ExampleDirective(SphinxDirective):
    """Show the content as source and, without the option ``no-result``, its result; ``wide`` puts the result below."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "syntax": lambda value: directives.choice(value, SYNTAXES),
        "no-result": directives.flag,
        "wide": directives.flag,
    }
    registry: ClassVar[SphinxComponentRegistry]

    def run(self) -> list[nodes.Node]:
        """Return the source as a code block, in a node that stores the result."""
        self.assert_has_content()
        text = "\n".join(self.content)
        syntax = self.options.get("syntax", "markdown")
        source = _code(text, "rst" if syntax == "restructuredtext" else "text")
        self.set_source_info(source)
        if "no-result" in self.options:
            return [source]
        number = self.env.new_serialno("folio-example") + 1
        classes = ["folio-example", *(["folio-wide"] if "wide" in self.options else [])]
        example = folio_example("", source, classes=classes)
        example.result = self.parse(text, syntax, number)
        types = domain_of(self.env).registry.types
        with _settings(self.config):
            example.page, _queries = collect(f"example-{number}", example.result, types)
        # These attributes cannot be pickled; Sphinx also removes them from the doctrees of pages.
        vars(example.result).update(settings=None, reporter=None, transformer=None)
        return [example]

    def parse(self, text: str, syntax: str, number: int) -> nodes.document:
        """Parse a source as a separate document whose line numbers are those of the page; its title has the number."""
        source, _line = self.get_source_info()
        document = new_document(source or "", copy.copy(self.state.document.settings))
        document.reporter = self.state.document.reporter
        padding = "\n" * self._lines_above()
        title = _("Example")
        if syntax == "markdown":  # without a title, MyST warns about lower headings
            padding = f"# {title} {number}{padding}"
        parser = self.registry.create_source_parser(syntax, config=self.config, env=self.env)
        with _settings(self.config):
            parser.parse(padding + text + "\n", document)
        return document

    def _lines_above(self) -> int:
        """Return the number of lines above the content; MyST counts ``content_offset`` from the directive."""
        counted_from_page = self.content.offset(0) == self.content_offset > 0
        return self.content_offset if counted_from_page else self.lineno + self.content_offset


class ExampleRenderer(ListingRenderer):
    """The renderer for listings in examples; its links lead to examples on the same page."""

    def address(self, docname: str, node_id: str) -> str:
        """Return the address of an example."""
        return f"#{_id_within_page(docname, node_id)}"


class ShowResults(SphinxPostTransform):
    """Add the results of examples. Priority 4: before listings are filled (5) and references resolved (10)."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Add the results of all examples; a document of several pages has the examples of each."""
        page_of = dict.fromkeys(self.document.findall(folio_example), self.env.current_document.docname)
        for file in self.document.findall(addnodes.start_of_file):  # one within another comes later
            page_of |= dict.fromkeys(file.findall(folio_example), file["docname"])
        for docname in dict.fromkeys(page_of.values()):
            self.show([example for example, page in page_of.items() if page == docname], docname)

    def show(self, examples: list[folio_example], docname: str) -> None:
        """Add the results of the examples of a page."""
        domain = domain_of(self.env)
        portfolio = Portfolio(
            pages=tuple(example.page for example in examples),
            levels=tuple(SETTINGS["folio_levels"]),
            categories=SETTINGS["folio_categories"],
            today=PartialDate.parse(SETTINGS["folio_today"]),
            queries={name: listing.query for name, listing in domain.registry.listings.items()},
        )
        dates = DateFormatter(self.config.language, {})
        levels = len(portfolio.levels) if self.config.folio_level_scale else 0
        renderer = ExampleRenderer(
            docname=docname,
            builder=domain.builder,
            dates=dates,
            levels=levels,
            plain=True,
            registry=domain.registry,
        )
        for example in examples:
            fill_listings(example.result, portfolio, renderer, domain.warn_unknown)
            for reference in list(example.result.findall(addnodes.pending_xref)):
                if reference.get("refdomain") != "folio":
                    continue
                if not portfolio.find(reference["reftype"], reference["reftarget"]):
                    domain.warn_unknown(reference["reftype"], reference["reftarget"], reference)
                reference.replace_self(_link(portfolio, reference))
            label = nodes.paragraph("", str(_("Result")), classes=["folio-example-label"])
            shown = [_without_heading(child) for child in _below_title(example.result)]
            result = nodes.container("", label, *shown, classes=["folio-example-result"])
            result["ids"] = _ids_from_title(example)
            example.append(result)
            _prefix_ids(example, example.page.docname)
            if domain.builder.format in {"latex", "texinfo"}:  # they ignore the ids of containers
                label.insert(0, nodes.target("", "", ids=example["ids"]))


def _code(text: str, language: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language=language, force=True)


@contextmanager
def _settings(config: Config) -> Iterator[None]:
    """Set the settings of the examples temporarily."""
    before = {name: config[name] for name in SETTINGS}
    try:
        for name, value in SETTINGS.items():
            config[name] = value
        yield
    finally:
        for name, value in before.items():
            config[name] = value


def _link(portfolio: Portfolio, reference: addnodes.pending_xref) -> nodes.Node:
    """Return a link to an object of the examples."""
    shown = cast("nodes.Element", reference[0])
    entry = portfolio.find(reference["reftype"], reference["reftarget"])
    if entry is None:
        return shown
    found = target_of(entry)
    if not reference["refexplicit"]:
        shown = nodes.inline("", found.title, classes=shown["classes"])
    return _within_page(found.docname, found.node_id, shown)


def _within_page(docname: str, node_id: str, shown: nodes.Node) -> nodes.reference:
    """Return a link to an example, or to a node in it."""
    return nodes.reference("", "", shown, refid=_id_within_page(docname, node_id), internal=True)


def _id_within_page(docname: str, node_id: str) -> str:
    return "_".join(filter(None, (docname, node_id)))


def _below_title(document: nodes.document) -> list[nodes.Node]:
    """Return the nodes of a result without the title that ``parse`` has added."""
    first, *others = document.children
    return [*first.children[1:], *others] if _has_added_title(first) else [first, *others]


def _has_added_title(node: nodes.Node) -> TypeGuard[nodes.section]:
    """Return whether a node is the section whose title ``parse`` has added."""
    return isinstance(node, nodes.section) and bool(re.fullmatch(rf"{_('Example')} \d+", node[0].astext()))


def _ids_from_title(example: folio_example) -> list[str]:
    """Return the ids of entries that are on the added title because the entry opens the section."""
    first = example.result.children[0]
    entries = {entry.node_id for entry in example.page.entries}
    return [name for name in first["ids"] if name in entries] if _has_added_title(first) else []


def _without_heading(node: nodes.Node) -> nodes.Node:
    """Replace a section by a container with a rubric, without a heading for the page; return other nodes unchanged."""
    if not isinstance(node, nodes.section):
        return node
    block = nodes.container("", ids=node["ids"], classes=["folio-example-section"])
    for child in node.children:
        if isinstance(child, nodes.title):
            block += nodes.rubric("", "", *child.children)
        else:
            block += _without_heading(child)
    return block


def _prefix_ids(example: folio_example, prefix: str) -> None:
    """Add a prefix to the ids of a result, so that they are unique on the page."""
    for node in example.findall(nodes.Element):
        node["ids"] = [f"{prefix}_{name}" for name in node["ids"]]
        node["names"] = []
    example["ids"] = [prefix]


def copy_style(app: Sphinx) -> None:
    """Copy the style sheet into the output folder."""
    if app.builder.format == "html":
        copy_static(app, Path(__file__).parent / "static" / STYLE)
