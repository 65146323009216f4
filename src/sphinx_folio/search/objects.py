"""The objects of all domains, for page indexes: their names, the facts that domains add, and where they are.

Every lookup is recorded with its result, so that a cached page index can be checked: it is up to date if its records
are unchanged and each of its lookups still has the same result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_folio._common.domain_objects import objects_of
from sphinx_folio._common.searchable import Facts, FillingDomain, SearchableDomain
from sphinx_folio.search.records import RESOLVED, searched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.domains import Domain

Lookup = tuple[str, str, str]
"""``("name", kind, key)``, ``("facts", kind, key)``, ``("page", docname, "")`` or ``("filled", docname, request)``."""


class LocatedObject(NamedTuple):
    """An object of a domain and its anchor on a page."""

    anchor: str
    kind: str
    name: str
    title: str
    is_hidden: bool
    """Whether its domain excludes it from search results (a negative priority), as Sphinx does with labels."""


class ObjectLookup:
    """Look up objects, and record each lookup in :attr:`recorded`.

    A kind is the type of an object for a domain that is a :class:`SearchableDomain`, and ``domain:type`` for others,
    such as ``py:class``.
    """

    def __init__(
        self,
        domains: Iterable[Domain],
        read: Callable[[Sequence[nodes.Node]], str] = lambda _: "",
        resolve: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Read the objects of domains; all pages must have been read.

        Args:
            domains: The domains.
            read: Returns the text of nodes.
            resolve: Returns what a reference shows, see :class:`~sphinx_folio.search.records.ReferenceReader`.
        """
        self._read = read
        self._resolve = resolve
        self._filling_domains: dict[str, FillingDomain] = {}
        self._labels: dict[str, str] = {}
        self._searchable_domains: dict[str, SearchableDomain] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._located: dict[str, list[LocatedObject]] = {}
        self._results: dict[Lookup, Any] = {}
        self.recorded: dict[Lookup, Any] = {}
        """Lookup → result, since the caller last replaced this dictionary."""
        for domain in domains:
            self._add(domain)

    def _add(self, domain: Domain) -> None:
        """Add the objects of a domain; those of a searchable one are located by their nodes instead."""
        if isinstance(domain, FillingDomain):
            self._filling_domains[domain.name] = domain
        is_searchable = isinstance(domain, SearchableDomain)
        kinds = {objtype: objtype if is_searchable else f"{domain.name}:{objtype}" for objtype in domain.object_types}
        for objtype, kind in kinds.items():
            self._labels[kind] = str(domain.get_type_name(domain.object_types[objtype]))
            if isinstance(domain, SearchableDomain):
                self._searchable_domains[kind] = domain
        for name, title, objtype, docname, anchor, priority in objects_of(domain):
            if objtype not in kinds:
                continue
            if domain.name == "std" and objtype in {"label", "doc"}:
                self._names["ref" if objtype == "label" else "doc", name] = searched(str(title))
            if is_searchable:
                self._names[kinds[objtype], name] = str(title)
            elif anchor:
                located = LocatedObject(anchor, kinds[objtype], searched(str(name)), searched(str(title)), priority < 0)
                self._located.setdefault(docname, []).append(located)

    def labels(self, kinds: AbstractSet[str]) -> dict[str, str]:
        """Return kind → label in the language of the build, in the order of the domains."""
        return {kind: label for kind, label in self._labels.items() if kind in kinds}

    def names_of_kind(self, kind: str) -> dict[str, str]:
        """Return key → name of all objects of a kind."""
        return {key: name for (other, key), name in self._names.items() if other == kind}

    def name(self, kind: str, key: str) -> str | None:
        """Return the name of an object, or None if it does not exist."""
        name: str | None = self._look_up(("name", kind, key))
        return name

    def facts(self, kind: str, key: str) -> Facts | None:
        """Return the facts that the domain of an object adds, or None if there are none."""
        facts: tuple[Any, ...] | None = self._look_up(("facts", kind, key))
        return None if facts is None else Facts(*facts)

    def filled(self, docname: str, domain: str, request: str) -> str:
        """Return the text that a domain fills in on a page."""
        text: str = self._look_up(("filled", docname, f"{domain} {request}"))
        return text

    def on_page(self, docname: str) -> list[LocatedObject]:
        """Return the objects on a page: visible ones first, then by length of the name."""
        located: tuple[tuple[Any, ...], ...] = self._look_up(("page", docname, ""))
        return [LocatedObject(*fields) for fields in located]

    def are_unchanged(self, lookups: Iterable[tuple[Lookup, Any]], *, are_facts_unchanged: bool = False) -> bool:
        """Return whether all lookups still have the given results; those of facts may be known to be unchanged."""
        return all(
            self._result(lookup) == result
            for lookup, result in lookups
            if not (are_facts_unchanged and lookup[0] == "facts")
        )

    def _look_up(self, lookup: Lookup) -> Any:
        self.recorded[lookup] = result = self._result(lookup)
        return result

    def _result(self, lookup: Lookup) -> Any:
        if lookup not in self._results:
            self._results[lookup] = self._compute(*lookup)
        return self._results[lookup]

    def _compute(self, what: str, subject: str, key: str) -> Any:
        """Return a result as plain tuples and strings, see :class:`~sphinx_folio.search.page_index.PageIndex`."""
        if what == "name":
            return self._resolve(key) if subject == RESOLVED else self._names.get((subject, key))
        if what == "page":
            located = self._located.get(subject, [])
            return tuple(map(tuple, sorted(located, key=lambda found: (found.is_hidden, len(found.name), found))))
        if what == "filled":
            name, _, request = key.partition(" ")
            filling = self._filling_domains.get(name)
            return self._read(filling.search_nodes(subject, request)) if filling else ""
        domain = self._searchable_domains.get(subject)
        facts = domain.search_facts(subject, key) if domain else None
        return None if facts is None else tuple(facts)
