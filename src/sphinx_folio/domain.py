"""The domain: it keeps every page's records, resolves references to objects, and knows which pages to write again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

from docutils import nodes
from jinja2 import TemplateSyntaxError
from sphinx import addnodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from sphinx_folio._common.i18n import __
from sphinx_folio._common.lazy_pickle import LazyPickle
from sphinx_folio._common.searchable import Facts
from sphinx_folio._common.spelling import bare_key, several_keys
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn
from sphinx_folio._common.write_log import build_fingerprint, fingerprint
from sphinx_folio.collect.consistency import Consistency
from sphinx_folio.collect.records import collect
from sphinx_folio.directives.markup import MarkupCheck
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.queries import Query, Target, answer, target_of
from sphinx_folio.portfolio.records import (
    Evidence,
    Page,
    Person,
    Position,
    Project,
    Skill,
)
from sphinx_folio.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.portfolio.records import Entry


class FolioData(TypedDict):
    """What the domain keeps between builds, all of it by page."""

    pages: dict[str, LazyPickle[Page]]
    queries: dict[str, LazyPickle[tuple[Query, ...]]]
    titles: dict[str, tuple[tuple[str, str], ...]]
    """Type and key of the objects whose names a page's titles show, for pages that have such titles."""


NAME_OF = "name-of"
"""The attribute of what shows an object's name in a title: type and key, so that copies of the title know them."""


def _mark_names(document: nodes.document) -> tuple[tuple[str, str], ...]:
    """Mark the names of objects in the titles of a page; return type and key of each."""
    found: dict[tuple[str, str], None] = {}
    for title in document.findall(nodes.title):
        for reference in title.findall(addnodes.pending_xref):
            if reference.get("refdomain") == "folio" and not reference.get("refexplicit"):
                found[reference["reftype"], reference["reftarget"]] = None
                for shown in reference.findall(nodes.inline):
                    shown[NAME_OF] = f"{reference['reftype']}:{reference['reftarget']}"
    return tuple(found)


HIDDEN = -1
"""How Sphinx's search ranks an object that is in the inventory alone."""


class FolioDomain(Domain):
    """People, skills, positions, projects, education, highlights and evidence, and what ties them together."""

    name = "folio"
    label = "Portfolio"
    registry: ClassVar[Registry] = Registry()
    """The types of entries and the listings; those of an application are given to a class of its own."""
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}, "queries": {}, "titles": {}}
    data_version = 19
    builder: Builder
    """What pages are written by; noted when it is made, since only it knows the addresses that listings link to."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Begin with nothing derived."""
        super().__init__(env)
        for name, kind in self.registry.types.items():
            self.add_object_type(name, ObjType(kind.name, name))
        self._portfolio: Portfolio | None = None

    @property
    def stored(self) -> FolioData:
        """Return what is kept, with its types."""
        return cast("FolioData", self.data)

    def portfolio(self) -> Portfolio:
        """Return the whole portfolio as of the pages read so far."""
        if self._portfolio is None:
            self._portfolio = Portfolio(
                pages=tuple(self._in_build(self.stored["pages"][docname].value) for docname in self._page_order()),
                levels=tuple(self.env.config.folio_levels),
                categories=dict(self.env.config.folio_categories),
                today=PartialDate.parse(self.env.config.folio_today),
                queries={name: listing.query for name, listing in self.registry.listings.items()},
            )
        return self._portfolio

    def _in_build(self, page: Page) -> Page:
        """Return a page without what ``only`` leaves out of this build."""
        if not any(entry.only for entry in page.entries) and not any(mention.only for mention in page.mentions):
            return page
        entries = tuple(entry for entry in page.entries if all(map(self._holds, entry.only)))
        mentions = tuple(mention for mention in page.mentions if all(map(self._holds, mention.only)))
        return replace(page, entries=entries, mentions=mentions)

    def _holds(self, condition: str) -> bool:
        """Tell whether a condition of ``only`` holds in this build; one that cannot be read does, as for Sphinx."""
        try:
            return self.builder.tags.eval_condition(condition)
        except (TemplateSyntaxError, TypeError, ValueError):  # Sphinx warns of it
            return True

    def _page_order(self) -> list[str]:
        """Return the pages as a reader meets them: along the tables of contents, then those in none by name."""
        order: dict[str, None] = {}
        waiting = [self.env.config.root_doc]
        while waiting:
            docname = waiting.pop()
            if docname not in order:
                order[docname] = None
                waiting += reversed(self.env.toctree_includes.get(docname, []))
        known = self.stored["pages"]
        return [docname for docname in (*order, *sorted(known.keys() - order.keys())) if docname in known]

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002  Sphinx fixes the name
        """Return what a kind of object is called in search results: the bare word, in the language of the build."""
        return str(type.lname)

    # Keeping

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Take over a page's records once it is translated and finished."""
        primary = env.config.primary_domain == self.name
        MarkupCheck(document, self.directive_options(), self.roles, primary=primary).run()
        page, queries = collect(docname, document, self.registry.types)
        self._portfolio = None
        self.stored["pages"][docname] = LazyPickle(page)
        self.stored["queries"][docname] = LazyPickle(queries)
        named = _mark_names(document)
        if named:
            self.stored["titles"][docname] = named

    def directive_options(self) -> dict[str, tuple[str, ...]]:
        """Return the names of the directives, and the options of each."""
        return {name: tuple(getattr(directive, "known_options", ())) for name, directive in self.directives.items()}

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._portfolio = None
        self.stored["pages"].pop(docname, None)
        self.stored["queries"].pop(docname, None)
        self.stored["titles"].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that a parallel reader has read."""
        theirs = cast("FolioData", otherdata)
        self._portfolio = None
        for docname in docnames & theirs["pages"].keys():
            self.stored["pages"][docname] = theirs["pages"][docname]
            self.stored["queries"][docname] = theirs["queries"][docname]
            if docname in theirs["titles"]:
                self.stored["titles"][docname] = theirs["titles"][docname]

    def name_titles(self) -> None:
        """Put names in the place of keys in the titles of pages and in tables of contents.

        Sphinx copies these while it reads a page, when no name is known.
        """
        for docname in self.stored["titles"]:
            for tree in (self.env.titles[docname], self.env.longtitles[docname], self.env.tocs[docname]):
                for node in tree.findall(nodes.inline):
                    if NAME_OF in node:
                        node[:] = [nodes.Text(self._name(*node[NAME_OF].split(":", 1)))]

    def _name(self, objtype: str, key: str) -> str:
        entry = self.portfolio().find(objtype, key) or self.portfolio().find_renamed(objtype, key)
        return target_of(entry).title if entry else key

    def state(self) -> str:
        """Return a digest of all that the portfolio is made of; cheaper than what is shown of it."""
        config = self.env.config
        tags = sorted(self.builder.tags)
        settings = (config.folio_levels, config.folio_categories, config.folio_today, config.root_doc, tags)
        return build_fingerprint(self.env, self.data_version, *settings)

    def digests(self) -> dict[str, str]:
        """Return, by page, the digest of all that it shows of other pages and of the day."""
        portfolio = self.portfolio()
        named = sorted({item for titles in self.stored["titles"].values() for item in titles})
        shown_everywhere = [self._name(*item) for item in named]  # any page may show any title
        return {
            docname: fingerprint([*(answer(portfolio, query) for query in queries.value), *shown_everywhere])
            for docname, queries in sorted(self.stored["queries"].items())
        }

    def check_consistency(self) -> None:
        """Warn of what only all pages together show."""
        Consistency(self.env, self.portfolio(), self.warn_unknown).check()

    def warn_unknown(self, objtype: str, key: str, location: nodes.Node | tuple[str, int]) -> None:
        """Warn that no page holds an object, and offer what it is called now, or the nearest that a page does hold."""
        renamed = self.portfolio().find_renamed(objtype, key)
        if renamed:
            message = __("%s %r is now %r; write the new key")
            warn(Subtype.RENAMED_KEY, message, objtype, key, renamed.key, location=location)
            return
        hint = did_you_mean(self.portfolio().suggest(objtype, key) or self.portfolio().suggest(objtype, bare_key(key)))
        if self.portfolio().find(objtype, bare_key(key)):
            hint = did_you_mean(bare_key(key))
        several = several_keys(key)
        if several and all(self.portfolio().find(objtype, part) for part in several):
            hint = __("; these are several keys: %s") % ", ".join(several)
        warn(Subtype.UNKNOWN_KEY, __("unknown %s %r%s"), objtype, key, hint, location=location)

    # Looking up

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every object for the inventory and the search."""
        for entry in self.portfolio().objects():
            found = target_of(entry)
            priority = self.registry.types[found.objtype].search_priority
            yield found.key, found.title, found.objtype, found.docname, found.node_id, priority
            for key in entry.formerly:
                if self.portfolio().find_renamed(entry.objtype, key) is entry:
                    yield key, found.title, found.objtype, found.docname, f"{entry.objtype}_{key}", HIDDEN

    def search_facts(self, objtype: str, key: str) -> Facts | None:
        """Return what search cannot read on the page of an object: its entity, level and dates."""
        entry = self.portfolio().find(objtype, key)
        if entry is None:
            return None
        return Facts(
            entry.name or "",
            (entry.entity,) if isinstance(entry, Position) else (),
            entry.level_label if isinstance(entry, Skill) else "",
            self._search_dates(entry),
            is_subject=isinstance(entry, Person | Project),
            repeats_name=isinstance(entry, Evidence),
        )

    def _search_dates(self, entry: Entry) -> tuple[str, ...]:
        if isinstance(entry, Evidence):
            return (str(entry.date), str(entry.date)) if entry.date else ()
        period = self.portfolio().period_of(entry)
        if period is None:
            return ()
        if period == getattr(entry, "period", None):
            return str(period.start), str(period.end or "")
        # The period is that of what the entry belongs to: only the years are its own.
        return str(period.start.year), str(period.end.year if period.end else "")

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
        """Return a link to the object of a role's type, or nothing if there is none."""
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
        """Return links to the objects of every type that have a key."""
        return [
            (f"folio:{entry.objtype}", self._link(builder, fromdocname, entry, node, contnode))
            for entry in self.portfolio().find_any(target)
        ]

    def _link(
        self, builder: Builder, fromdocname: str, entry: Entry, node: pending_xref, contnode: Element
    ) -> nodes.reference:
        shown: Target = target_of(entry)
        child: nodes.Element = contnode
        if not node.get("refexplicit"):
            child = nodes.inline("", shown.title, classes=contnode["classes"])
        return make_refnode(builder, fromdocname, shown.docname, shown.node_id, child)
