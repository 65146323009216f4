"""Furo's sidebar for all pages from one making of its tree; where that would differ, furo makes it itself."""

from __future__ import annotations

from contextlib import contextmanager
from html import escape
from importlib.metadata import version
from logging import WARNING, LogRecord
from typing import TYPE_CHECKING, Any

from docutils.nodes import Text, list_item
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util import logging
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from sphinx_folio import __version__, caches
from sphinx_folio.i18n import __
from sphinx_folio.ledger import digest_of, note_of
from sphinx_folio.navigation.tree import Tree
from sphinx_folio.sources import digest_of_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

_logger = logging.getLogger(__name__)

KNOWN = {
    "furo.navigation": {"d38a557d277767f5"},  # 2025.9-2025.12
    "sphinx.environment.adapters.toctree": {"49dfa65911a04658", "c5999f7982a3f571", "31caa887d1a6cf75"},  # 9.0-9.2
}
"""Modules that make furo's tree, and digests of those of which ours is known to have the bytes; tests compare them."""
OUTSIDE = "-"
"""The name of no page: for it, nothing is marked."""
FURO_ASKS: dict[str, Any] = {"collapse": False, "titles_only": True, "maxdepth": -1, "includehidden": True}
"""What furo asks Sphinx for."""


class FuroSidebar:
    """The sidebar of one application."""

    def __init__(self) -> None:
        """Begin with nothing made; what is not known to be the same is compared."""
        self._tree: Tree | None = None
        self._folders: dict[str, Tree] = {}
        # With furo's own, on a page that it marks: once in each process.
        self._known = all(digest_of_module(module) in known for module, known in KNOWN.items())
        self._compared = self._known
        self._trusted = True

    def forget(self, app: Sphinx, env: object) -> list[str]:
        """Drop what was made of an older state of the pages."""
        self._tree, self._folders = None, {}
        return []

    def prepare(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Make the tree before the first page is written, in the process from which writers are forked."""
        if self._tree is None and self._is_ours(app):
            self._make(app)

    def take_over(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Let furo find no tree, so that it spends no time on it; other questions are answered as ever."""
        if not self._is_ours(app) or "toctree" not in context:
            return
        original: Callable[..., str] = context["toctree"]
        context["folio_navigation_original"] = original
        context["toctree"] = lambda **asked: "" if asked == FURO_ASKS else original(**asked)

    def fill_in(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        """Give the page its tree."""
        original = context.pop("folio_navigation_original", None)
        if original is None:
            return
        context["toctree"] = original
        if "furo_navigation_tree" not in context:
            return  # a furo that works in another way
        if self._tree is None:
            self._make(app)
        target = app.builder.get_target_uri(pagename)
        if self._trusted and not self._compared and doctree:  # a page of the site, not one such as the search page
            self._compare(app, target, original)
        if self._trusted:
            context["furo_navigation_tree"] = self._tree_for(target).at(target)
        else:
            context["furo_navigation_tree"] = _as_furo_does(original(**FURO_ASKS))

    def _is_ours(self, app: Sphinx) -> bool:
        return app.builder.format == "html" and app.config.html_theme == "furo"

    def _make(self, app: Sphinx) -> None:
        builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
        note = note_of(app, "sidebar")
        state = self._state(app)
        kept = caches.read(note, state) if state else None
        if kept is not None:
            markup = kept.decode()
        else:
            with _warnings_of("sphinx.environment.adapters.toctree") as warnings:
                tree = global_toctree_for_doc(app.env, OUTSIDE, builder, tags=app.tags, **FURO_ASKS)
            markup = _as_furo_does(builder.render_partial(tree)["fragment"])
            if state and not warnings:  # what is wrong has to be said at every build
                caches.write(note, state, markup.encode())
        way_up = "../" * builder.get_target_uri(OUTSIDE).count("/")  # some builders give every page a folder
        self._tree = Tree.parse(markup, app.config.folio_navigation_most, way_up)

    def _state(self, app: Sphinx) -> str:
        """Return a digest of all that the tree is made of; an empty text where it may be made of more.

        That is where Sphinx's or furo's part in it is not known, where pages are written in another way than Sphinx's,
        and where a title is more than text, which extensions may write as they like.
        """
        env = app.env
        titles = list(env.titles.items())
        usual = self._known and app.registry.get_translator_class(app.builder) is HTML5Translator
        if not usual or any(type(part) is not Text for _, title in titles for part in title.children):
            return ""
        tables = [(docname, str(env.tocs[docname])) for docname in sorted(env.toctree_includes) if docname in env.tocs]
        pages = [
            (docname, title.astext(), env.metadata[docname].get("tocdepth"), _own_entry(env.tocs.get(docname)))
            for docname, title in titles
        ]
        versions = [__version__, *map(version, ("sphinx", "docutils", "furo", "beautifulsoup4"))]
        settings = [app.config.language, app.config.html_secnumber_suffix, sorted(app.tags)]
        return digest_of([versions, settings, app.builder.get_target_uri(OUTSIDE), tables, sorted(pages)])

    def _tree_for(self, target: str) -> Tree:
        """Return the tree with the addresses for a page: the same for all pages of a folder."""
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            assert self._tree is not None  # noqa: S101  made before the first page asks
            here = f"{folder}/{OUTSIDE}" if folder else OUTSIDE
            self._folders[folder] = self._tree.relinked(
                lambda address: escape(relative_uri(here, address.partition("#")[0]) + _fragment(address))
            )
        return self._folders[folder]

    def _compare(self, app: Sphinx, target: str, original: Callable[..., str]) -> None:
        """Compare our tree with furo's; it stands for all pages if a page that it marks is the same."""
        expected = _as_furo_does(original(**FURO_ASKS))
        self._trusted = self._tree_for(target).without_limit().at(target) == expected
        self._compared = "current-page" in expected
        if not self._trusted:
            _logger.info(
                __("sphinx_folio.navigation: this furo's sidebar has another form; furo makes it, page by page")
            )


@contextmanager
def _warnings_of(module: str) -> Iterator[list[str]]:
    """Collect what a module of Sphinx warns of meanwhile; it is said all the same."""
    collected: list[str] = []

    def note(record: LogRecord) -> bool:
        if record.levelno >= WARNING:
            collected.append(record.getMessage())
        return True

    logger = logging.getLogger(module).logger
    logger.addFilter(note)
    try:
        yield collected
    finally:
        logger.removeFilter(note)


def _own_entry(toc: nodes.Node | None) -> str:
    """Return what a page's own table of contents says on its first level, where the tree shows it."""
    entries = toc.children if toc else ()
    if len(entries) == 1 and isinstance(entries[0], list_item) and entries[0].children:
        return str(entries[0].children[0])
    return str(toc)


def _fragment(address: str) -> str:
    _, sign, fragment = address.partition("#")
    return sign + fragment


def _as_furo_does(markup: str) -> str:
    """Return a tree with furo's switches, by furo's own function, without what it keeps of each page."""
    from furo.navigation import get_navigation_tree  # noqa: PLC0415  only where furo is the theme

    make: Callable[[str], str] = getattr(get_navigation_tree, "__wrapped__", get_navigation_tree)
    return make(markup)
