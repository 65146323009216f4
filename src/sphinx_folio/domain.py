"""The domain: it keeps every page's records, resolves references to objects, and knows which pages to write again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from sphinx_folio.claims import ENTRY_DIRECTIVES
from sphinx_folio.collect import collect
from sphinx_folio.dates import PartialDate
from sphinx_folio.directives import listing_directives
from sphinx_folio.entries import SummaryDirective
from sphinx_folio.figures.chart import FigureChartDirective
from sphinx_folio.figures.key import KeyFigureDirective
from sphinx_folio.figures.table import FigureTableDirective
from sphinx_folio.i18n import _, __
from sphinx_folio.ledger import digest_of, state_of
from sphinx_folio.model import ENTRY_TYPES, Evidence, Highlight, Page, Person, Portfolio, Position, Project, Skill
from sphinx_folio.packed import Packed
from sphinx_folio.queries import Query, Target, answer, target_of
from sphinx_folio.roles import reference_role
from sphinx_folio.searchable import Facts
from sphinx_folio.warnings import Subtype, did_you_mean, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.model import Entry


class FolioData(TypedDict):
    """What the domain keeps between builds, all of it by page."""

    pages: dict[str, Packed[Page]]
    queries: dict[str, Packed[tuple[Query, ...]]]


def _unseen_references(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what an entry names without showing it as a link, which Sphinx would follow."""
    if isinstance(entry, Highlight):
        yield from entry.owners()
    if isinstance(entry, Evidence):
        yield from (proven for proven in entry.proves() if proven[0] != "skill")


IMPORTANT, DEFAULT, UNIMPORTANT, HIDDEN = 0, 1, 2, -1
"""How Sphinx's search ranks an object; hidden ones are in the inventory alone."""

PRIORITIES = {
    "skill": IMPORTANT,
    "project": IMPORTANT,
    "person": DEFAULT,
    "position": DEFAULT,
    "education": DEFAULT,
    "highlight": UNIMPORTANT,
    "evidence": UNIMPORTANT,
}


class FolioDomain(Domain):
    """People, skills, positions, projects, education, highlights and evidence, and what ties them together."""

    name = "folio"
    label = "Portfolio"
    object_types: ClassVar[dict[str, ObjType]] = {
        "person": ObjType(_("person"), "person"),
        "skill": ObjType(_("skill"), "skill"),
        "position": ObjType(_("position"), "position"),
        "project": ObjType(_("project"), "project"),
        "education": ObjType(_("education"), "education"),
        "highlight": ObjType(_("highlight"), "highlight"),
        "evidence": ObjType(_("evidence"), "evidence"),
    }
    directives: ClassVar[dict[str, Any]] = {
        **{directive.objtype: directive for directive in ENTRY_DIRECTIVES},
        **listing_directives(),
        "summary": SummaryDirective,
        "figure-chart": FigureChartDirective,
        "figure-table": FigureTableDirective,
        "key-figure": KeyFigureDirective,
    }
    roles: ClassVar[dict[str, Any]] = {kind.objtype: reference_role() for kind in ENTRY_TYPES}
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}, "queries": {}}
    data_version = 17
    builder: Builder
    """What pages are written by; noted when it is made, since only it knows the addresses that listings link to."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Begin with nothing derived."""
        super().__init__(env)
        self._portfolio: Portfolio | None = None

    @property
    def stored(self) -> FolioData:
        """Return what is kept, with its types."""
        return cast("FolioData", self.data)

    def portfolio(self) -> Portfolio:
        """Return the whole portfolio as of the pages read so far."""
        if self._portfolio is None:
            self._portfolio = Portfolio(
                pages=tuple(self.stored["pages"][docname].value for docname in self._page_order()),
                levels=tuple(self.env.config.folio_levels),
                categories=dict(self.env.config.folio_categories),
                today=PartialDate.parse(self.env.config.folio_today),
            )
        return self._portfolio

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
        page, queries = collect(docname, document)
        self._portfolio = None
        self.stored["pages"][docname] = Packed(page)
        self.stored["queries"][docname] = Packed(queries)

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._portfolio = None
        self.stored["pages"].pop(docname, None)
        self.stored["queries"].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that a parallel reader has read."""
        theirs = cast("FolioData", otherdata)
        self._portfolio = None
        for docname in docnames & theirs["pages"].keys():
            self.stored["pages"][docname] = theirs["pages"][docname]
            self.stored["queries"][docname] = theirs["queries"][docname]

    def state(self) -> str:
        """Return a digest of all that the portfolio is made of; cheaper than what is shown of it."""
        config = self.env.config
        settings = (config.folio_levels, config.folio_categories, config.folio_today, config.root_doc)
        return state_of(self.env, self.data_version, *settings)

    def digests(self) -> dict[str, str]:
        """Return, by page, the digest of all that it shows of other pages and of the day."""
        portfolio = self.portfolio()
        return {
            docname: digest_of([answer(portfolio, query) for query in queries.value])
            for docname, queries in sorted(self.stored["queries"].items())
        }

    def check_consistency(self) -> None:
        """Warn of what only all pages together show: keys claimed twice, entries that belong to nothing known."""
        portfolio = self.portfolio()
        for entry in portfolio.entries():
            first = portfolio.find(entry.objtype, entry.key)
            if first is not None and first is not entry:
                message = __("duplicate %s key %r; it was first given in %s, line %d")
                where = self.env.doc2path(first.docname, base=False)
                location = (entry.docname, entry.line)
                warn(Subtype.DUPLICATE_KEY, message, entry.objtype, entry.key, where, first.line, location=location)
            for key in entry.formerly:
                taken = portfolio.find(entry.objtype, key)
                if taken is not None or portfolio.find_renamed(entry.objtype, key) is not entry:
                    message = __("%s %r cannot have been %r: that is the key of another")
                    location = (entry.docname, entry.line)
                    warn(Subtype.DUPLICATE_KEY, message, entry.objtype, entry.key, key, location=location)
            for objtype, key in _unseen_references(entry):
                if not portfolio.find(objtype, key):
                    self.warn_unknown(objtype, key, (entry.docname, entry.line))
            if isinstance(entry, Evidence) and entry.date and portfolio.today and portfolio.today.precedes(entry.date):
                message = __("evidence %r has a date later than today, %s")
                location = (entry.docname, entry.line)
                warn(Subtype.FUTURE_DATE, message, entry.key, portfolio.today, location=location)
            if isinstance(entry, Evidence) and not any(entry.proves()):
                message = __("evidence %r supports nothing: put it into an entry, or name what it supports")
                warn(Subtype.IDLE_EVIDENCE, message, entry.key, location=(entry.docname, entry.line))

    def warn_unknown(self, objtype: str, key: str, location: nodes.Node | tuple[str, int]) -> None:
        """Warn that no page holds an object, and offer what it is called now, or the nearest that a page does hold."""
        renamed = self.portfolio().find_renamed(objtype, key)
        if renamed:
            message = __("%s %r is now %r; write the new key")
            warn(Subtype.RENAMED_KEY, message, objtype, key, renamed.key, location=location)
            return
        hint = did_you_mean(self.portfolio().suggest(objtype, key))
        warn(Subtype.unknown(objtype), __("unknown %s %r%s"), objtype, key, hint, location=location)

    # Looking up

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every object for the inventory and the search."""
        for kind in ENTRY_TYPES:
            for entry in self.portfolio().all(kind):
                found = target_of(entry)
                yield found.key, found.title, found.objtype, found.docname, found.node_id, PRIORITIES[found.objtype]
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
        found = (self.portfolio().find(kind.objtype, target) for kind in ENTRY_TYPES)
        return [
            (f"folio:{entry.objtype}", self._link(builder, fromdocname, entry, node, contnode))
            for entry in found
            if entry
        ]

    def _link(
        self, builder: Builder, fromdocname: str, entry: Entry, node: pending_xref, contnode: Element
    ) -> nodes.reference:
        shown: Target = target_of(entry)
        child: nodes.Element = contnode
        if not node.get("refexplicit"):
            child = nodes.inline("", shown.title, classes=contnode["classes"])
        return make_refnode(builder, fromdocname, shown.docname, shown.node_id, child)
