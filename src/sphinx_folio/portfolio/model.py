"""The class :class:`Portfolio`: the records of all pages, with look-ups by type and key.

A page may show the name of an entry that is described on another page. While pages are read, that name is unknown, so
the texts of a page contain placeholders, see :func:`name_placeholder`. The portfolio replaces them when it is created.
So it does with references to pages, sections, tables and figures, for whose titles and numbers it is given the texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sphinx_folio._common.characters import strip_forbidden
from sphinx_folio._common.suggestions import nearest, nearest_by_words
from sphinx_folio.portfolio.records import Entry, Evidence, Highlight, Position, Project, Skill
from sphinx_folio.portfolio.verification import Verification

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_folio.portfolio.dates import PartialDate, Period
    from sphinx_folio.portfolio.records import Mention, Page
    from sphinx_folio.portfolio.verification import Lock

EntryT = TypeVar("EntryT", bound=Entry)
KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")
_PLACEHOLDER = re.compile("\ue000([^:]+):([^\ue001]*)\ue001")
REFERENCE = "/reference"
"""The type in the placeholder of a reference that is not to an entry, see ``doctree.references``."""


def name_placeholder(objtype: str, key: str) -> str:
    """Return the placeholder for the name of an object; it uses private-use characters, which no text may contain."""
    return f"\ue000{objtype}:{strip_forbidden(key)}\ue001"


@dataclass(slots=True)
class _Index:
    """The look-up tables of a portfolio, whose values are in page order and immutable."""

    pages: dict[str, Page] = field(default_factory=dict)
    """Page name → page."""
    order: dict[str, int] = field(default_factory=dict)
    """Page name → position in the page order."""
    objects: dict[tuple[str, str], Entry] = field(default_factory=dict)
    """Type and key → object."""
    renamed: dict[tuple[str, str], Entry] = field(default_factory=dict)
    """Type and former key → object."""
    types: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    """Type → objects."""
    showing: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    """Key of a skill → entries that show it."""
    mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    """Key of a skill → mentions."""
    evidence: dict[tuple[str, str], tuple[Evidence, ...]] = field(default_factory=dict)
    """Type and key of an object → its evidence."""
    all_evidence: tuple[Evidence, ...] = ()
    """All evidence that has not expired, including entries of other types."""
    highlights: dict[tuple[str, str], tuple[Highlight, ...]] = field(default_factory=dict)
    """Type and key of a project or position → its highlights."""

    def fill(self, portfolio: Portfolio) -> None:
        """Fill the tables; if several entries of a type have the same key, only the first is added."""
        for entry in portfolio.entries():
            self.objects.setdefault((entry.objtype, entry.key), entry)
        objects = self.objects.values()
        self.types = _grouped((entry.objtype, entry) for entry in objects)
        self.showing = _grouped((skill, entry) for entry in objects for skill in entry.shown_skills())
        highlights = (entry for entry in objects if isinstance(entry, Highlight))
        self.highlights = _grouped((owner, entry) for entry in highlights for owner in entry.parents())
        self.all_evidence = tuple(self._evidence(portfolio))
        self.evidence = _grouped((proven, proof) for proof in self.all_evidence for proven in proof.proves())
        for number, page in enumerate(portfolio.pages):
            self.pages[page.docname], self.order[page.docname] = page, number
        self.mentions = _grouped((mention.skill, mention) for page in portfolio.pages for mention in page.mentions)
        self._fill_renamed()

    def _evidence(self, portfolio: Portfolio) -> Iterator[Evidence]:
        """Yield all evidence except what has expired.

        An entry whose address is that of described evidence is not counted again.
        """
        described = {entry.url for entry in self.types.get("evidence", ()) if isinstance(entry, Evidence)}
        for entry in self.objects.values():
            proof = entry if isinstance(entry, Evidence) else entry.as_evidence()
            if proof is None or (proof is not entry and proof.url in described) or portfolio.has_expired(entry):
                continue
            yield proof

    def _fill_renamed(self) -> None:
        """Fill the table of former keys; if several objects claim a former key, the first gets it."""
        for entry in self.objects.values():
            for key in entry.formerly:
                self.renamed.setdefault((entry.objtype, key), entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """The records of all pages, with look-ups by type and key. Immutable.

    *Page order* is the order of the tables of contents. An *object* is an entry that can be found by its type and key:
    if several entries of a type have the same key, only the first in page order is an object.
    """

    pages: tuple[Page, ...] = field(default=(), repr=False)  # Sphinx makes a repr of the arguments of each event
    """The pages, in page order."""
    levels: tuple[str, ...] = ()
    """The skill levels, lowest first (the setting ``folio_levels``)."""
    categories: Mapping[str, str] = field(default_factory=dict)
    """Key → label of the skill categories, in display order (the setting ``folio_categories``)."""
    today: PartialDate | None = None
    """The date at which ongoing periods end (the setting ``folio_today``)."""
    queries: Mapping[str, Callable[[Portfolio, Any], Any]] = field(default_factory=dict, repr=False, compare=False)
    """Name of a registered listing → its query function."""
    lock: Lock | None = field(default=None, repr=False)
    """The results of the command ``verify``, if there are any."""
    folder: str = "."
    """The folder of the pages, relative to that of conf.py, as in the names of counted files."""
    person: str = ""
    """The hash of the person, with which results for own work are compared."""
    first_skills: tuple[str, ...] = ()
    """The keys of the skills that come first among others, in a view that names such skills."""
    references: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The content of the placeholder of a reference that is not to an entry → what it shows."""
    _index: _Index = field(default_factory=_Index, init=False, repr=False, compare=False)
    _cache: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What :meth:`cached` keeps. It never becomes stale because a portfolio is immutable."""

    def __post_init__(self) -> None:
        """Replace the placeholders by names, fill the look-up tables, and let nobody change the categories."""
        names = {(REFERENCE, content): text for content, text in self.references.items()}
        for entry in self.entries():
            names.setdefault((entry.objtype, entry.key), entry.name)
        object.__setattr__(self, "pages", tuple(_with_names(page, names) for page in self.pages))
        object.__setattr__(self, "categories", MappingProxyType({**self.categories}))
        self._index.fill(self)

    def __reduce__(self) -> tuple[Callable[[], Portfolio], tuple[()]]:
        """Let pickles and copies be made of the arguments: the look-up tables are filled again."""
        arguments = {argument.name: getattr(self, argument.name) for argument in fields(self) if argument.init}
        return partial(Portfolio, **{**arguments, "categories": dict(self.categories)}), ()

    def cached(self, key: object, compute: Callable[[], ValueT]) -> ValueT:
        """Return what a function returns, and call it only the first time that something asks with this key."""
        if key not in self._cache:
            self._cache[key] = compute()
        return cast("ValueT", self._cache[key])

    def entries(self) -> Iterator[Entry]:
        """Yield all entries in page order, including those that are not objects because their key is a duplicate."""
        for page in self.pages:
            yield from page.entries

    def page(self, docname: str) -> Page:
        """Return the page with a name.

        Raises:
            KeyError: There is no such page.
        """
        return self._index.pages[docname]

    def order_of(self, docname: str) -> int:
        """Return the position of a page in the page order, counted from 0.

        Raises:
            KeyError: There is no such page.
        """
        return self._index.order[docname]

    def find(self, objtype: str, key: str) -> Entry | None:
        """Return the object with a type and key, or None."""
        return self._index.objects.get((objtype, key))

    def find_any(self, key: str) -> list[Entry]:
        """Return the objects with a key, at most one of each type, ordered by type."""
        return [entry for objtype in sorted(self._index.types) if (entry := self.find(objtype, key))]

    def find_renamed(self, objtype: str, key: str) -> Entry | None:
        """Return the object that formerly had a key, or None if there is none or if another object has the key now."""
        return None if self.find(objtype, key) else self._index.renamed.get((objtype, key))

    def objects(self) -> Iterator[Entry]:
        """Yield all objects in page order."""
        yield from self._index.objects.values()

    def all(self, record: type[EntryT]) -> tuple[EntryT, ...]:
        """Return the objects of a type, given by its record class such as ``Skill``, in page order."""
        return cast("tuple[EntryT, ...]", self._index.types.get(record.objtype, ()))

    def entries_showing(self, skill: str) -> tuple[Entry, ...]:
        """Return the objects that show a skill (see :meth:`Entry.shown_skills`), including evidence, in page order."""
        return self._index.showing.get(skill, ())

    def mentions_of(self, skill: str) -> tuple[Mention, ...]:
        """Return the mentions of a skill in prose, in page order."""
        return self._index.mentions.get(skill, ())

    def evidence_for(self, objtype: str, key: str) -> tuple[Evidence, ...]:
        """Return the evidence for an object itself that has not expired, in page order.

        For a skill, that for its highlights is not included.
        """
        return self._index.evidence.get((objtype, key), ())

    def all_evidence(self) -> tuple[Evidence, ...]:
        """Return all evidence that has not expired, in page order.

        Entries of other types are included, see :meth:`Entry.as_evidence`.
        """
        return self._index.all_evidence

    def has_expired(self, entry: Entry) -> bool:
        """Return whether an entry, such as a certificate, has expired; for evidence, the entry that contains it."""
        source = self.find(*entry.owner) if isinstance(entry, Evidence) and entry.owner else entry
        expires: PartialDate | None = getattr(source, "expires", None)
        return expires is not None and self.today is not None and expires.precedes(self.today)

    def highlights_of(self, objtype: str, key: str) -> tuple[Highlight, ...]:
        """Return the highlights of a project or a position, in page order."""
        return self._index.highlights.get((objtype, key), ())

    def verification_of(self, evidence: Evidence) -> Verification | None:
        """Return what was found about a piece of evidence; None if there are no results at all."""
        if self.lock is None:
            return None
        return self.lock.verification_of(evidence, self.person) or Verification()

    def period_of(self, entry: Entry | None, *, whole: bool = False) -> Period | None:
        """Return the period of an entry, or if it has none, that of the project or position that it belongs to.

        Args:
            entry: The entry.
            whole: Whether it must last as long. A project without dates took an unknown part of its position's time.
        """
        if entry is None:
            return None
        if period := entry.own_period():
            return period
        if whole and isinstance(entry, Project) and not entry.dates_from:
            return None
        inherited = (self.period_of(self.find(objtype, key), whole=whole) for objtype, key in entry.parents())
        return next(filter(None, inherited), None)

    def suggest(self, objtype: str, key: str) -> str | None:
        """Return the key of the object that a mistyped key most likely refers to, or None if no key or name is similar.

        Names and the keywords of skills are also compared. If a key and a name are equally similar, the key wins.
        If nothing is similar, a word of a key or name counts: ``kafka`` for ``apache-kafka``.
        """
        keys: dict[str, str] = {}
        others: dict[str, str] = {}
        for entry in self._index.types.get(objtype, ()):
            keys[entry.key] = entry.key
            for word in (entry.name, *(entry.keywords if isinstance(entry, Skill) else ())):
                others.setdefault(word, entry.key)
        near = nearest(key, keys, others) or nearest_by_words(key, keys, others)
        return (others | keys)[near] if near else None


def _grouped(pairs: Iterable[tuple[KeyT, ValueT]]) -> dict[KeyT, tuple[ValueT, ...]]:
    """Return key → its values, in the order of the pairs."""
    found: dict[KeyT, list[ValueT]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def references_in(pages: Iterable[Page]) -> dict[str, None]:
    """Return the contents of the placeholders of references on pages that are not to entries."""
    texts = (text for page in pages for text in _texts(page) if REFERENCE in text)
    found = (match for text in texts for match in _PLACEHOLDER.finditer(text))
    return {match[2]: None for match in found if match[1] == REFERENCE}


def _with_names(page: Page, names: Mapping[tuple[str, str], str]) -> Page:
    """Return a page whose placeholders are replaced by names.

    Args:
        page: The page.
        names: Type and key → name of an object, which may itself contain placeholders.
    """

    def resolve(text: str, seen: frozenset[tuple[str, str]] = frozenset()) -> str:
        return _PLACEHOLDER.sub(lambda match: name_of((match[1], match[2]), seen), text)

    def name_of(item: tuple[str, str], seen: frozenset[tuple[str, str]]) -> str:
        if item in seen:  # a name that contains itself
            return item[1]
        return resolve(names.get(item, item[1]), seen | {item})

    def entry_with_names(entry: Entry) -> Entry:
        if not any("\ue000" in text for text in _texts_of(entry)):
            return entry
        itself = frozenset({(entry.objtype, entry.key)})
        entry = replace(entry, name=resolve(entry.name, itself), summary=resolve(entry.summary))
        return replace(entry, entity=resolve(entry.entity)) if isinstance(entry, Position) else entry

    if not any("\ue000" in text for text in _texts(page)):
        return page
    mentions = (
        replace(item, heading=resolve(item.heading)) if "\ue000" in item.heading else item for item in page.mentions
    )
    return replace(
        page, title=resolve(page.title), entries=tuple(map(entry_with_names, page.entries)), mentions=tuple(mentions)
    )


def _texts(page: Page) -> Iterator[str]:
    yield page.title
    for entry in page.entries:
        yield from _texts_of(entry)
    for mention in page.mentions:
        yield mention.heading


def _texts_of(entry: Entry) -> tuple[str, str, str]:
    return entry.name, entry.summary, entry.entity if isinstance(entry, Position) else ""
