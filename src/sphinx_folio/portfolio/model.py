"""The whole portfolio: the records of all pages, found by type and key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sphinx_folio._common.characters import strip_forbidden
from sphinx_folio._common.suggestions import nearest
from sphinx_folio.portfolio.records import Entry, Evidence, Highlight, Position, Skill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx_folio.portfolio.dates import PartialDate, Period
    from sphinx_folio.portfolio.records import Mention, Page

EntryT = TypeVar("EntryT", bound=Entry)
_REFERENCE = re.compile("\ue000([a-z]+):([^\ue001]*)\ue001")


def reference_mark(objtype: str, key: str) -> str:
    """Return what stands in a page's texts for the name of an object that another page may hold."""
    return f"\ue000{objtype}:{strip_forbidden(key)}\ue001"


@dataclass(slots=True)
class _Index:
    """A portfolio's objects, sorted by what is asked for."""

    pages: dict[str, tuple[int, Page]] = field(default_factory=dict)
    objects: dict[tuple[str, str], Entry] = field(default_factory=dict)
    renamed: dict[tuple[str, str], Entry] = field(default_factory=dict)
    types: dict[str, list[Entry]] = field(default_factory=dict)
    showing: dict[str, list[Entry]] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    evidence: dict[tuple[str, str], list[Evidence]] = field(default_factory=dict)
    highlights: dict[tuple[str, str], list[Highlight]] = field(default_factory=dict)

    def fill(self, portfolio: Portfolio) -> None:
        """Sort the objects of a portfolio in; of entries with one key, the first only."""
        for entry in portfolio.entries():
            if self.objects.setdefault((entry.objtype, entry.key), entry) is not entry:
                continue
            self.types.setdefault(entry.objtype, []).append(entry)
            for skill in entry.shown_skills():
                self.showing.setdefault(skill, []).append(entry)
            if isinstance(entry, Evidence):
                for proven in entry.proves():
                    self.evidence.setdefault(proven, []).append(entry)
            if isinstance(entry, Highlight):
                for owner in entry.parents():
                    self.highlights.setdefault(owner, []).append(entry)
        for place, page in enumerate(portfolio.pages):
            self.pages[page.docname] = place, page
            for mention in page.mentions:
                self.mentions.setdefault(mention.skill, []).append(mention)
        self._fill_renamed()

    def _fill_renamed(self) -> None:
        """Sort the objects in by the keys that they had before; of two that claim one, the first has it."""
        for entry in self.objects.values():
            for key in entry.formerly:
                self.renamed.setdefault((entry.objtype, key), entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """The whole: every page's records, found by type and key.

    Pages stand in the order in which a reader meets them; of two entries with one key, the first is the object.
    """

    pages: tuple[Page, ...] = ()
    levels: tuple[str, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    today: PartialDate | None = None
    queries: Mapping[str, Callable[[Portfolio, Any], Any]] = field(default_factory=dict, repr=False, compare=False)
    """The queries of the listings that are registered, by name."""
    _index: _Index = field(default_factory=_Index, init=False, repr=False, compare=False)
    answers: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The rows of each query, cached: a portfolio never changes."""

    def __post_init__(self) -> None:
        """Put names in the place of references, and sort the objects by type and key."""
        names: dict[tuple[str, str], str] = {}
        for entry in self.entries():
            names.setdefault((entry.objtype, entry.key), entry.name)
        object.__setattr__(self, "pages", tuple(_with_names(page, names) for page in self.pages))
        self._index.fill(self)

    def entries(self) -> Iterator[Entry]:
        """Yield every entry in page order, those included whose key is taken."""
        for page in self.pages:
            yield from page.entries

    def page(self, docname: str) -> tuple[int, Page]:
        """Return a page, after its place among all.

        Raises:
            KeyError: There is no such page.
        """
        return self._index.pages[docname]

    def find(self, objtype: str, key: str) -> Entry | None:
        """Return the object of a type and key, or nothing."""
        return self._index.objects.get((objtype, key))

    def find_any(self, key: str) -> list[Entry]:
        """Return the objects of every type that have a key."""
        return [entry for objtype in sorted(self._index.types) if (entry := self.find(objtype, key))]

    def find_renamed(self, objtype: str, key: str) -> Entry | None:
        """Return the object that had a key before, if no object has it now."""
        return None if self.find(objtype, key) else self._index.renamed.get((objtype, key))

    def objects(self) -> Iterator[Entry]:
        """Yield every object: of entries that share a key, the first."""
        yield from self._index.objects.values()

    def all(self, kind: type[EntryT]) -> list[EntryT]:
        """Return the objects of a type, in page order."""
        return cast("list[EntryT]", self._index.types.get(kind.objtype, []))

    def showing(self, skill: str) -> list[Entry]:
        """Return the entries that say they show a skill, evidence included, in page order."""
        return self._index.showing.get(skill, [])

    def mentions_of(self, skill: str) -> list[Mention]:
        """Return the passages that name a skill, in page order."""
        return self._index.mentions.get(skill, [])

    def evidence_for(self, objtype: str, key: str) -> list[Evidence]:
        """Return the evidence that says it proves an object, in page order."""
        return self._index.evidence.get((objtype, key), [])

    def highlights_of(self, objtype: str, key: str) -> list[Highlight]:
        """Return the highlights of a project or a position, in page order."""
        return self._index.highlights.get((objtype, key), [])

    def period_of(self, entry: Entry | None) -> Period | None:
        """Return when an entry happened: its own period, else that of what it belongs to."""
        if entry is None:
            return None
        if period := entry.own_period():
            return period
        around = (self.period_of(self.find(objtype, key)) for objtype, key in entry.parents())
        return next(filter(None, around), None)

    def suggest(self, objtype: str, key: str) -> str | None:
        """Return the key of the object of a type that a mistyped key most likely means, or None if none is near.

        Keys come before names and keywords that are equally near.
        """
        keys: dict[str, str] = {}
        others: dict[str, str] = {}
        for entry in self._index.types.get(objtype, []):
            keys[entry.key] = entry.key
            for word in (entry.name, *(entry.keywords if isinstance(entry, Skill) else ())):
                others.setdefault(word, entry.key)
        near = nearest(key, keys, others)
        return (others | keys)[near] if near else None


def _with_names(page: Page, names: Mapping[tuple[str, str], str]) -> Page:
    """Return a page with the names of objects in the place of references to them."""

    def plain(text: str, seen: frozenset[tuple[str, str]] = frozenset()) -> str:
        return _REFERENCE.sub(lambda match: name_of((match[1], match[2]), seen), text)

    def name_of(item: tuple[str, str], seen: frozenset[tuple[str, str]]) -> str:
        if item in seen:  # a name that leads back to itself
            return item[1]
        return plain(names.get(item, item[1]), seen | {item})

    def entry_with_names(entry: Entry) -> Entry:
        of_itself = frozenset({(entry.objtype, entry.key)})
        entry = replace(entry, name=plain(entry.name, of_itself), summary=plain(entry.summary))
        return replace(entry, entity=plain(entry.entity)) if isinstance(entry, Position) else entry

    if not any("\ue000" in text for text in _texts(page)):
        return page
    mentions = (replace(item, heading=plain(item.heading), text=plain(item.text)) for item in page.mentions)
    return replace(
        page, title=plain(page.title), entries=tuple(map(entry_with_names, page.entries)), mentions=tuple(mentions)
    )


def _texts(page: Page) -> Iterator[str]:
    yield page.title
    for entry in page.entries:
        yield from (entry.name, entry.summary, entry.entity if isinstance(entry, Position) else "")
    for mention in page.mentions:
        yield from (mention.heading, mention.text)
