"""The Sphinx domain ``folio``: it stores the records of each page, resolves references, and tracks stale pages.

Records are stored by page. So a page can be removed, or merged from a parallel reader, without affecting other pages.
The portfolio is assembled from the records of all pages when it is needed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

from docutils import nodes
from jinja2 import TemplateSyntaxError
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode
from sphinx.util.osutil import relpath

from sphinx_folio import __version__
from sphinx_folio._common.i18n import DateFormatter
from sphinx_folio._common.lazy_pickle import LazyPickle
from sphinx_folio._common.trees import set_parents
from sphinx_folio._common.write_log import fingerprint
from sphinx_folio.collect.consistency import Consistency
from sphinx_folio.collect.records import collect
from sphinx_folio.collect.unknown_keys import warn_unknown_key
from sphinx_folio.directives.markup import MarkupCheck
from sphinx_folio.doctree.elements import marked_nodes
from sphinx_folio.doctree.references import reference_texts
from sphinx_folio.doctree.title_names import mark_names, update_names
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.model import Portfolio, references_in
from sphinx_folio.portfolio.queries import Query, Target, run_query, target_of
from sphinx_folio.portfolio.records import Evidence, Person
from sphinx_folio.portfolio.search_facts import search_facts
from sphinx_folio.portfolio.verification import DeadLink
from sphinx_folio.registry import Registry
from sphinx_folio.verification.lock import as_text, person_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_folio._common.searchable import Facts
    from sphinx_folio.portfolio.records import Entry, Page
    from sphinx_folio.portfolio.verification import Lock


class FolioData(TypedDict):
    """The data in the environment, which is pickled between builds. The keys of each dictionary are page names."""

    pages: dict[str, LazyPickle[Page]]
    """The records of the page."""
    queries: dict[str, LazyPickle[tuple[Query, ...]]]
    """The queries whose rows the page shows."""
    titles: dict[str, tuple[tuple[str, str], ...]]
    """Type and key of the objects whose names the titles of the page contain; only pages with such titles."""


HIDDEN = -1
"""The search priority of objects that are in the inventory but not in Sphinx's search results."""


class FolioDomain(Domain):
    """The domain of all types of entries."""

    name = "folio"
    label = "Portfolio"
    registry: ClassVar[Registry] = Registry()
    """The registered types of entries and listings. Each application uses a subclass with its own registry."""
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}, "queries": {}, "titles": {}}
    data_version = 39
    """Increase it when the stored data or the attributes of a node change; Sphinx then reads all pages again."""
    _latest: ClassVar[list[Any]] = [None, None]
    """What the latest portfolio of this process was made of, and the portfolio itself."""
    app: Sphinx
    """The application, set by the event ``builder-inited``, like the builder."""
    lock: Lock | None = None
    """The results of the command ``verify``, set by the event ``builder-inited``."""
    builder: Builder
    """The builder, set by the event ``builder-inited``; listings need it for the addresses of pages."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Add the registered object types."""
        super().__init__(env)
        for name, entry_type in self.registry.types.items():
            self.add_object_type(name, ObjType(entry_type.noun, name))
        self._portfolio: Portfolio | None = None
        self._showing: dict[str, str] = {}
        self._digested_lock: tuple[Lock | None, str] = (None, "")

    @property
    def stored(self) -> FolioData:
        """Return the data of the domain with its static type."""
        return cast("FolioData", self.data)

    def portfolio(self) -> Portfolio:
        """Return the portfolio of all pages that have been read so far."""
        if self._portfolio is None:
            folder = Path(relpath(self.builder.srcdir, self.builder.confdir)).as_posix()
            queries = {name: listing.query for name, listing in self.registry.listings.items()}
            made_of = (self._records_state(), folder, queries, {**self.registry.types})
            if self._latest[0] != made_of:
                pages = self._pages()
                contents = dict.fromkeys(references_in(pages), "")
                self._latest[:] = [made_of, self._new_portfolio(pages, folder, queries, contents)]
            self._portfolio = self._latest[1]
            if self._portfolio.references:  # to resolve those with the role `any`, the portfolio is needed
                texts = reference_texts(self.app, self.env, self._portfolio.references)
                if texts != self._portfolio.references:
                    self._portfolio = self._new_portfolio(self._pages(), folder, queries, texts)
                    self._latest[1] = self._portfolio
        return self._portfolio

    def _pages(self) -> tuple[Page, ...]:
        return tuple(self._in_build(self.stored["pages"][docname].value) for docname in self._page_order())

    def _new_portfolio(
        self,
        pages: tuple[Page, ...],
        folder: str,
        queries: Mapping[str, Callable[..., Any]],
        references: Mapping[str, str],
    ) -> Portfolio:
        people = (entry.key for page in pages for entry in page.entries if isinstance(entry, Person))
        return Portfolio(
            pages=pages,
            levels=tuple(self.env.config.folio_levels),
            categories=dict(self.env.config.folio_categories),
            today=PartialDate.parse(self.env.config.folio_today),
            queries=queries,
            lock=self.lock,
            folder=folder,
            person=person_digest(next(people, ""), self.env.config.folio_identities),
            references=references,
        )

    def _in_build(self, page: Page) -> Page:
        """Return a page without the entries and mentions that ``only`` directives exclude from this build."""
        if not any(entry.only for entry in page.entries) and not any(mention.only for mention in page.mentions):
            return page
        entries = tuple(entry for entry in page.entries if all(map(self.is_true, entry.only)))
        mentions = tuple(mention for mention in page.mentions if all(map(self.is_true, mention.only)))
        return replace(page, entries=entries, mentions=mentions)

    def is_true(self, condition: str) -> bool:
        """Return whether an ``only`` expression is true in this build; like in Sphinx, an invalid one is true."""
        try:
            return self.builder.tags.eval_condition(condition)
        except (TemplateSyntaxError, TypeError, ValueError):  # Sphinx emits the warning
            return True

    def _page_order(self) -> list[str]:
        """Return the names of pages in the order of the tables of contents, then those in no table, by name."""
        order: dict[str, None] = {}
        stack = [self.env.config.root_doc]
        while stack:
            docname = stack.pop()
            if docname not in order:
                order[docname] = None
                stack += reversed(self.env.toctree_includes.get(docname, []))
        known = self.stored["pages"]
        return [docname for docname in (*order, *sorted(known.keys() - order.keys())) if docname in known]

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002  Sphinx fixes the name
        """Return the label of an object type in search results, in the language of the build."""
        return str(type.lname)

    # Storage

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Store the records and queries of a page; Sphinx calls this after the page is translated."""
        set_parents(document)
        MarkupCheck(document, self.directive_options(), self.roles, env.config).run()
        page, queries = collect(docname, document, self.registry.types)
        self._discard_answers()
        self.stored["pages"][docname] = LazyPickle(page)
        self.stored["queries"][docname] = LazyPickle(queries)
        names = mark_names(document)
        if names:
            self.stored["titles"][docname] = names

    def _discard_answers(self) -> None:
        """Discard what was computed from all pages, because a page changes."""
        self._portfolio = None
        self._showing = {}

    def directive_options(self) -> dict[str, tuple[str, ...]]:
        """Return the name of each directive → the names of its options."""
        return {name: tuple(getattr(directive, "known_options", ())) for name, directive in self.directives.items()}

    def clear_doc(self, docname: str) -> None:
        """Remove the data of a page."""
        self._discard_answers()
        self.stored["pages"].pop(docname, None)
        self.stored["queries"].pop(docname, None)
        self.stored["titles"].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Add the pages that a parallel reader has read."""
        theirs = cast("FolioData", otherdata)
        self._discard_answers()
        for docname in docnames & theirs["pages"].keys():
            self.stored["pages"][docname] = theirs["pages"][docname]
            self.stored["queries"][docname] = theirs["queries"][docname]
            if docname in theirs["titles"]:
                self.stored["titles"][docname] = theirs["titles"][docname]

    def replace_keys_in_titles(self) -> None:
        """Replace keys by names in titles and tables of contents, see ``doctree.title_names``."""
        for docname in self.stored["titles"]:
            for tree in (self.env.titles[docname], self.env.longtitles[docname], self.env.tocs[docname]):
                update_names(tree, self._name)

    def fill_general_index(self) -> None:
        """Add the entries of this build to Sphinx's general index.

        They are not nodes in the pages, so neither pages nor the index of search become larger, and each object is
        found once.
        """
        index = self.env.domains.index_domain.entries
        for docname, page in self.stored["pages"].items():  # another build may have had other tags
            ours = {entry.node_id for entry in page.value.entries}
            index[docname] = [item for item in index.get(docname, []) if item[2] not in ours]
        for entry in self.portfolio().objects():
            names = dict.fromkeys(filter(None, entry.index_names()))
            index[entry.docname] += [("single", name, entry.node_id, "", None) for name in names]

    def _name(self, objtype: str, key: str) -> str:
        """Return the name of an object by current or former key; the key itself if there is no such object."""
        entry = self.portfolio().find(objtype, key) or self.portfolio().find_renamed(objtype, key)
        return target_of(entry).title if entry else key

    def state(self) -> str:
        """Return a digest of everything that the portfolio depends on; cheaper than :meth:`fingerprints`.

        It stays the same when a page is read again but has the same records, as after most edits of prose.
        """
        records = self._records_state()
        references = self.portfolio().references
        return fingerprint([records, references]) if references else records

    def _records_state(self) -> str:
        """Return a digest like :meth:`state`, but without what references to other pages show."""
        config = self.env.config
        tags = [*sorted(self.builder.tags), *self.registry.written]
        if self.lock is not self._digested_lock[0]:
            self._digested_lock = (self.lock, fingerprint(self.lock and as_text(self.lock)))
        checked = (self._digested_lock[1], config.folio_identities, config.folio_archived)
        shown = (config.folio_today, config.folio_date_formats)
        settings = (list(config.folio_levels), list(config.folio_categories.items()), shown, tags, checked)
        pages, queries, titles = self.stored["pages"], self.stored["queries"], self.stored["titles"]
        stored = [(name, pages[name].digest, queries[name].digest, titles.get(name)) for name in self._page_order()]
        return fingerprint([__version__, self.data_version, *settings, stored])

    def fingerprints(self) -> dict[str, str]:
        """Return page name → digest of all rows that the page shows, which depend on other pages and on the date."""
        portfolio = self.portfolio()
        in_titles = sorted({item for titles in self.stored["titles"].values() for item in titles})
        shared = [self._name(*item) for item in in_titles]  # any page may show any title
        shared += [self.page_showing("evidence-checks"), *map(str, sorted(self.dead_links().items()))]
        return {
            docname: fingerprint([*(run_query(portfolio, query) for query in queries.value), *shared])
            for docname, queries in sorted(self.stored["queries"].items())
        }

    def dead_links(self) -> dict[str, DeadLink]:
        """Return the addresses that the command ``verify`` found dead."""
        answers = self.lock.links if self.lock else {}
        dead = {address: answer.date for address, answer in answers.items() if answer.is_dead}
        if not dead:
            return {}
        copies = {
            proof.url: proof.archived for proof in self.portfolio().all(Evidence)
        } | self.env.config.folio_archived
        return {address: DeadLink(date, copies.get(address, "")) for address, date in dead.items()}

    def page_showing(self, kind: str) -> str:
        """Return the first page with a listing of a kind; an empty string if there is none."""
        if kind not in self._showing:
            queries = self.stored["queries"]
            found = (name for name in self._page_order() if any(query.kind == kind for query in queries[name].value))
            self._showing[kind] = next(found, "")
        return self._showing[kind]

    def kinds_on(self, docname: str) -> set[str]:
        """Return the kinds of the queries of a page, among them its listings."""
        return {query.kind for query in self.stored["queries"][docname].value}

    def check_consistency(self) -> None:
        """Run the checks that need all pages."""
        Consistency(self.env, self.portfolio()).check()

    def warn_unknown(self, objtype: str, key: str, location: nodes.Node) -> None:
        """Warn about a reference to an object that does not exist, see :func:`warn_unknown_key`."""
        warn_unknown_key(self.env.config, self.portfolio(), objtype, key, location)

    # Look-ups

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield all objects for the inventory and Sphinx's search; former keys are in the inventory only."""
        for entry in self.portfolio().objects():
            target = target_of(entry)
            priority = self.registry.types[target.objtype].search_priority
            yield target.key, target.title, target.objtype, target.docname, target.node_id, priority
            for key in entry.formerly:
                if self.portfolio().find_renamed(entry.objtype, key) is entry:
                    yield key, target.title, target.objtype, target.docname, f"{entry.objtype}_{key}", HIDDEN

    def search_facts(self, objtype: str, key: str) -> Facts | None:
        """Return the facts about an object that search cannot find in the text of its page, or None."""
        dates = DateFormatter.of(self.env.config)
        return search_facts(self.portfolio(), objtype, key, dates.duration)

    def search_nodes(self, docname: str, request: str) -> list[nodes.Node]:
        """Return the content of a placeholder, which is filled when its page is written."""
        options = json.loads(request)
        return self.registry.fillers[options["kind"]](self, docname, options)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return a link to the object with a type and key, or None; warn if the key is a former one."""
        entry = self.portfolio().find(typ, target)
        if entry is None and self.portfolio().find_renamed(typ, target):
            self.warn_unknown(typ, target, node)
            entry = self.portfolio().find_renamed(typ, target)
        return self._link(builder, fromdocname, entry, node, contnode) if entry else None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return links to the objects of all types with a key, for the role ``any``."""
        return [
            (f"folio:{entry.objtype}", self._link(builder, fromdocname, entry, node, contnode))
            for entry in self.portfolio().find_any(target)
        ]

    def _link(
        self, builder: Builder, fromdocname: str, entry: Entry, node: pending_xref, contnode: Element
    ) -> nodes.reference:
        target: Target = target_of(entry)
        child: nodes.Element = contnode
        if not node.get("refexplicit"):
            child = nodes.inline("", "", *marked_nodes(target.title, target.marked), classes=contnode["classes"])
        return make_refnode(builder, fromdocname, target.docname, target.node_id, child)


def domain_of(env: BuildEnvironment) -> FolioDomain:
    """Return the domain of an application that has loaded ``sphinx_folio``."""
    return cast("FolioDomain", env.domains["folio"])


def portfolio_of(env: BuildEnvironment) -> Portfolio:
    """Return the portfolio of all pages that have been read so far, in the language of the build.

    It is complete from the event ``env-updated`` on. It is immutable and cached, so calling this is cheap.

    Args:
        env: The environment of an application that has loaded ``sphinx_folio``.
    """
    return domain_of(env).portfolio()
