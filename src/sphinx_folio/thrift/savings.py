"""What takes the place of functions of docutils, Sphinx and MyST; each says what upstream could do in its stead."""

from __future__ import annotations

import inspect
from copy import copy
from itertools import count
from logging import DEBUG, getLogger
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.utils import DependencyList
from sphinx import addnodes, builders
from sphinx.util.logging import NAMESPACE

from sphinx_folio.thrift.replacing import Replacement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

# Looking for nodes. Upstream: docutils could loop by itself.


def _of_type(self: nodes.Node, cls: type | tuple[type, ...]) -> Iterator[nodes.Node]:
    """Yield a node and all below it that are of a type, in their order; what is changed meanwhile is seen as ever."""
    if isinstance(self, cls):
        yield self
    below = [iter(self.children)]
    while below:
        for child in below[-1]:
            if isinstance(child, cls):
                yield child
            if child.children:
                below.append(iter(child.children))
                break
        else:
            below.pop()


def find_by_type(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``Node._fast_findall`` with a stack of its own: the same nodes, at the same moments."""
    return _of_type


def find_all(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``Node._superfast_findall`` with a stack of its own."""

    def superfast_findall(self: nodes.Node) -> Iterator[nodes.Node]:
        yield self
        below = [iter(self.children)]
        while below:
            for child in below[-1]:
                yield child
                if child.children:
                    below.append(iter(child.children))
                    break
            else:
                below.pop()

    return superfast_findall


def find_by_condition(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``Node.findall`` without generators within others where a function is asked of each node, as Sphinx does.

    Children are counted through, as the original does by way of ``Element.__getitem__``: those that are exchanged
    meanwhile are seen.
    """

    def findall(
        self: nodes.Node,
        condition: Any = None,
        include_self: bool = True,
        descend: bool = True,
        siblings: bool = False,
        ascend: bool = False,
    ) -> Iterator[nodes.Node]:
        if not (include_self and descend) or siblings or ascend or isinstance(condition, type) or condition is None:
            return cast("Iterator[nodes.Node]", original(self, condition, include_self, descend, siblings, ascend))
        if not callable(condition):  # docutils 0.23 takes several types
            return cast("Iterator[nodes.Node]", original(self, condition))
        return _of_condition(self, condition)

    return findall


def _of_condition(self: nodes.Node, condition: Callable[[nodes.Node], bool]) -> Iterator[nodes.Node]:
    if condition(self):
        yield self
    if not self.children:
        return
    below: list[tuple[nodes.Node, Iterator[int]]] = [(self, count())]
    while below:
        parent, places = below[-1]
        place = next(places)
        if place >= len(parent.children):
            below.pop()
            continue
        child = parent.children[place]
        if condition(child):
            yield child
        if child.children:
            below.append((child, count()))


# Messages. Upstream: Sphinx could give its log the node, and have it written out when the log is.


def unseen_markup(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``repr_domxml`` that writes nodes out only if the log shows it: each translatable node is for the log."""
    logger = getLogger(f"{NAMESPACE}.sphinx.util.nodes")

    def repr_domxml(node: nodes.Node, length: int = 80) -> str:
        return str(original(node, length)) if logger.isEnabledFor(DEBUG) else ""

    return repr_domxml


# Settings. Upstream: Sphinx could keep its option parser for a build, MyST make a document only where it lacks one.


def settings_of_sphinx(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``_get_settings`` that makes settings anew only for other components or other defaults."""
    made: list[tuple[tuple[object, ...], dict[str, Any], bool, Any]] = []

    def get_settings(*components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Any:
        types = tuple(component if isinstance(component, type) else type(component) for component in components)
        asked = (types, dict(defaults), read_config_files)
        for *known, settings in made:
            if tuple(known) == asked:
                return _fresh(settings)
        settings = original(*components, defaults=defaults, read_config_files=read_config_files)
        made.append((types, {name: _apart(value) for name, value in defaults.items()}, read_config_files, settings))
        return _fresh(settings)

    return get_settings


def settings_of_myst(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``get_default_settings`` that makes the settings of a kind of component once."""
    made: dict[tuple[object, ...], Any] = {}

    def get_default_settings(*components: Any) -> Any:
        if components not in made:
            made[components] = original(*components)
        return _fresh(made[components])

    return get_default_settings


def _fresh(settings: Any) -> Any:
    """Return a copy of settings that shares nothing with them that can change."""
    fresh = copy(settings)
    for name, value in vars(settings).items():
        setattr(fresh, name, _apart(value))
    if isinstance(settings.record_dependencies, DependencyList):
        fresh.record_dependencies = DependencyList()
    return fresh


def _apart(value: Any) -> Any:
    """Return a copy of what can change in place; anything else as it is."""
    return value.copy() if isinstance(value, list | dict) else value


def leave_out_style_sheets(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Have docutils look for no style sheets of its own: Sphinx's templates do not ask for them."""
    settings = getattr(app.builder, "docsettings", None)
    if "settings" in app.config.folio_thrift and app.builder.format == "html" and settings is not None:
        settings.stylesheet = settings.stylesheet_path = None


# Translations. Upstream: Sphinx could do so when it puts a translation into the page.


def take_in_translations(app: Sphinx, doctree: nodes.document) -> None:
    """Have translated nodes belong to their page.

    Sphinx parses each message as a document of its own, to which its nodes belong ever after: all of them are saved to
    the disk with the page, settings included, and read back.
    """
    progress: dict[str, int] = doctree.get("translation_progress") or {}
    if "translations" in app.config.folio_thrift and progress.get("translated"):
        for node in doctree.findall():
            if node.document is not doctree:
                node.document = doctree


# Markdown. Upstream: MyST could keep the names by class.


def rules_of_renderer(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``DocutilsRenderer.__init__`` that looks for the methods of a class once."""
    names: dict[type, list[str]] = {}

    def init(self: Any, parser: Any) -> None:
        kind = type(self)
        if kind not in names:
            methods = inspect.getmembers(kind, predicate=inspect.isfunction)
            names[kind] = [name for name, _ in methods if name.startswith("render_") and name != "render_children"]
        self.md = parser
        self.rules = {name: getattr(self, name) for name in names[kind]}
        self._inventories = None

    return init


# Code blocks. Upstream: Sphinx could do as here.


def highlight_code_blocks(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``HighlightLanguageTransform.apply`` that goes over a page only if something there sets the language."""
    from sphinx.transforms.post_transforms.code import HighlightLanguageVisitor  # noqa: PLC0415  loaded by then

    def apply(self: Any, **kwargs: Any) -> None:
        found = list(_of_type(self.document, (nodes.literal_block, addnodes.highlightlang, addnodes.start_of_file)))
        blocks = [node for node in found if isinstance(node, nodes.literal_block)]
        if len(blocks) < len(found):
            original(self, **kwargs)
            return
        visitor = HighlightLanguageVisitor(self.document, self.config.highlight_language)
        visitor.visit_document(self.document)
        for block in blocks:
            visitor.visit_literal_block(block)

    return apply


# Processes that read. Upstream: Sphinx could send back what a process has read, not all that it knows.


def read_in_shares(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``Builder._read_parallel`` that gives each process one share of the pages.

    Sphinx cuts them into some twenty chunks and starts a process for each, which sends back its whole environment, with
    all that the chunks before have brought: it is packed and unpacked again and again.
    """

    def read_parallel(self: Any, docnames: list[str], nproc: int) -> None:
        module: Any = builders
        make_chunks, module.make_chunks = module.make_chunks, shares
        try:
            original(self, docnames, nproc)
        finally:
            module.make_chunks = make_chunks

    return read_parallel


def shares(names: Sequence[str], count: int) -> list[Sequence[str]]:
    """Return names in so many shares, in turn, so that long pages that stand together are read by all."""
    return [names[first::count] for first in range(min(count, len(names)))]


# Checksums. Upstream: Sphinx could keep the outer function's answers as it does the inner one's.


def checksum_of_asset(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``_file_checksum`` that looks a file up once, as Sphinx reads it once."""
    known: dict[tuple[Any, Any], str] = {}

    def file_checksum(outdir: Any, filename: Any) -> str:
        if (outdir, filename) not in known:
            known[outdir, filename] = original(outdir, filename)
        return known[outdir, filename]

    return file_checksum


REPLACEMENTS = (
    Replacement(
        saving="traversal",
        owner="docutils.nodes:Node",
        name="_fast_findall",
        known=frozenset({"6a2dcc10f1cc5b65", "128208a0bb3bc802", "621bcac81115e11d"}),  # docutils 0.20-0.23
        make=find_by_type,
    ),
    Replacement(
        saving="traversal",
        owner="docutils.nodes:Node",
        name="_superfast_findall",
        known=frozenset({"3535df779fbd3347", "4a7a23a55d91503b"}),  # docutils 0.20-0.23
        make=find_all,
    ),
    Replacement(
        saving="traversal",
        owner="docutils.nodes:Node",
        name="findall",
        known=frozenset({"c68fc2b1669cb999", "4d339999411eb72a", "a6122fe04f8edd6d"}),  # docutils 0.20-0.23
        make=find_by_condition,
    ),
    Replacement(
        saving="messages",
        owner="sphinx.util.nodes",
        name="repr_domxml",
        known=frozenset({"1c86152ee4c2deb5"}),  # Sphinx 9.0-9.2
        make=unseen_markup,
    ),
    Replacement(
        saving="settings",
        owner="sphinx.util.docutils",
        name="_get_settings",
        known=frozenset({"90f08e4896ef3bf4", "979325201112a14f"}),  # Sphinx 9.0-9.2
        make=settings_of_sphinx,
    ),
    Replacement(
        saving="settings",
        owner="myst_parser.mdit_to_docutils.base",
        name="get_default_settings",
        known=frozenset({"ce89e456456dd5cc", "78c88a49d4ff54f7", "52a33d559cdc8b65"}),  # docutils 0.20-0.23
        make=settings_of_myst,
    ),
    Replacement(
        saving="markdown",
        owner="myst_parser.mdit_to_docutils.base:DocutilsRenderer",
        name="__init__",
        known=frozenset({"ea907a1e5d14ae15", "f80c54a0476f30b9"}),  # MyST 5.0-5.2
        make=rules_of_renderer,
    ),
    Replacement(
        saving="highlighting",
        owner="sphinx.transforms.post_transforms.code:HighlightLanguageTransform",
        name="apply",
        known=frozenset({"25fdd029c36ca592"}),  # Sphinx 9.0-9.2
        make=highlight_code_blocks,
    ),
    Replacement(
        saving="processes",
        owner="sphinx.builders:Builder",
        name="_read_parallel",
        known=frozenset({"528729928f9a625e"}),  # Sphinx 9.0-9.2
        make=read_in_shares,
    ),
    Replacement(
        saving="assets",
        owner="sphinx.builders.html",
        name="_file_checksum",
        known=frozenset({"1767d3cb22a38f31"}),  # Sphinx 9.0-9.2
        make=checksum_of_asset,
    ),
)
