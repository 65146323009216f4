"""What a portfolio is made of: frozen records in JSON Resume's words, and the portfolio that holds them.

A record holds plain values only, in the language of the build, so that it can be pickled, compared and exported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast
from unicodedata import normalize

from sphinx_folio._common.characters import fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_folio.portfolio.dates import PartialDate, Period

KEY_FORM = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
"""A key stands in addresses for as long as the site does: plain, given by the author, never derived from a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address and what stands for it: a type such as ``repository``, or the name of a network."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every object has: its key, the name that readers see, and the place where it stands."""

    objtype: ClassVar[str]

    key: str
    name: str
    docname: str
    node_id: str
    line: int
    summary: str = ""
    formerly: tuple[str, ...] = ()
    """The keys that it had before."""
    only: tuple[str, ...] = ()
    """The conditions around it (Sphinx's directive ``only``); it is part of a build where all of them hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entry):
    """Whom the portfolio is about."""

    objtype: ClassVar[str] = "person"

    label: str = ""
    email: str = ""
    url: str = ""
    profiles: tuple[Link, ...] = ()
    birth: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill(Entry):
    """Something that the person can do, at a level of the site's vocabulary."""

    objtype: ClassVar[str] = "skill"

    category: str = ""
    level: str = ""
    level_label: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Entry):
    """A role at an entity; its name is the role's title."""

    objtype: ClassVar[str] = "position"

    entity: str = ""
    period: Period | None = None
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Entry):
    """Something that was made; its summary says in a line what it is."""

    objtype: ClassVar[str] = "project"

    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    position: str = ""
    period: Period | None = None
    links: tuple[Link, ...] = ()
    sketch: str = ""
    """What it does in boxes: ``a → b | c`` leads from one to two that stand one above the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Education(Entry):
    """Studies at an institution; its name is the institution's."""

    objtype: ClassVar[str] = "education"

    area: str = ""
    study_type: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight(Entry):
    """A claim: a block of prose that shows skills, of a project or of a position; its summary is the prose."""

    objtype: ClassVar[str] = "highlight"

    project: str = ""
    position: str = ""
    skills: tuple[str, ...] = ()

    def owners(self) -> Iterator[tuple[str, str]]:
        """Yield type and key of the project and the position that it belongs to."""
        yield from ((kind, key) for kind, key in (("project", self.project), ("position", self.position)) if key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Entry):
    """Something public that proves skills, highlights or projects; its name is its title."""

    objtype: ClassVar[str] = "evidence"

    kind: str = ""
    url: str = ""
    date: PartialDate | None = None
    revision: str = ""
    by: str = ""
    """Whose work it is: ``own`` or ``team``."""
    skills: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    owner: tuple[str, str] | None = None
    """Type and key of the entry that it stands in."""

    def proves(self) -> Iterator[tuple[str, str]]:
        """Yield type and key of what it says it proves."""
        for objtype, keys in (("skill", self.skills), ("highlight", self.highlights), ("project", self.projects)):
            yield from ((objtype, key) for key in keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A block of prose that names a skill: where it stands, the title above it, and the sentence."""

    skill: str
    docname: str
    node_id: str
    heading: str
    text: str = ""
    only: tuple[str, ...] = ()
    """The conditions around it, as of an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that one page says: its title, its objects in their order, and the skills that its prose names."""

    docname: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    mentions: tuple[Mention, ...] = ()


EntryT = TypeVar("EntryT", bound=Entry)
ENTRY_TYPES: tuple[type[Entry], ...] = (Person, Skill, Position, Project, Education, Highlight, Evidence)

_REFERENCE = re.compile("\ue000([a-z]+):([^\ue001]*)\ue001")


def reference_mark(objtype: str, key: str) -> str:
    """Return what stands in a page's texts for the name of an object that another page may hold."""
    return f"\ue000{objtype}:{fit(key)}\ue001"


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
            for skill in portfolio.skills_of(entry):
                self.showing.setdefault(skill, []).append(entry)
            if isinstance(entry, Evidence):
                for proven in entry.proves():
                    self.evidence.setdefault(proven, []).append(entry)
            if isinstance(entry, Highlight):
                for owner in entry.owners():
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
    _index: _Index = field(default_factory=_Index, init=False, repr=False, compare=False)
    answers: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was asked of it, for whoever asks again; a portfolio never changes."""

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

    def find_renamed(self, objtype: str, key: str) -> Entry | None:
        """Return the object that had a key before, if no object has it now."""
        return None if self.find(objtype, key) else self._index.renamed.get((objtype, key))

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

    def skills_of(self, entry: Entry) -> tuple[str, ...]:
        """Return the keys of the skills that an entry says it shows, each once, a project's languages first."""
        if isinstance(entry, Project):
            return tuple(dict.fromkeys((*entry.languages, *entry.skills)))
        if isinstance(entry, Position | Highlight | Evidence):
            return entry.skills
        return ()

    def period_of(self, entry: Entry | None) -> Period | None:
        """Return when an entry happened: its own period, else that of what it belongs to."""
        if isinstance(entry, Position | Education):
            return entry.period
        if isinstance(entry, Project):
            return entry.period or self.period_of(self.find("position", entry.position))
        if isinstance(entry, Highlight):
            project = self.period_of(self.find("project", entry.project))
            return project or self.period_of(self.find("position", entry.position))
        return None

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


MOST_EDITS = 3
SHORTEST_BEGINNING = 3


def nearest(word: str, *known: Iterable[str]) -> str | None:
    """Return the known word that a mistyped one most likely means, or None if none is near.

    Near is what differs in case or width only, what at most three edits lead to, one for every three letters (as in
    rustc and cargo), and last what the mistyped word is the beginning of. Among equally near words, those of an
    earlier group come first, then the alphabet decides.
    """
    typed = _folded(word)
    ranked = (
        (rank, number, candidate)
        for number, group in enumerate(known)
        for candidate in group
        if (rank := _rank(typed, _folded(candidate))) is not None
    )
    return min(ranked, default=(0, 0, None))[2]


def _folded(word: str) -> str:
    return normalize("NFKC", word).casefold()


def _rank(typed: str, known: str) -> int | None:
    """Return how far a known word is from a typed one, both folded; None if it is not near."""
    if typed == known:
        return 0
    most = min(max(len(typed) // 3, 1), MOST_EDITS)
    if abs(len(typed) - len(known)) <= most:
        edits = _edits(typed, known)
        if edits <= most and edits < max(len(typed), len(known)):
            return edits
    if len(typed) >= SHORTEST_BEGINNING and known.startswith(typed):
        return len(known)  # more than any number of edits, and the shortest first
    return None


def _edits(one: str, other: str) -> int:
    """Count the insertions, deletions, exchanges and swaps of neighbors that turn one word into another.

    This is the optimal string alignment distance; the standard library has no edit distance.
    """
    before: list[int] = []
    last: list[int] = [*range(len(other) + 1)]
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            edits = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                edits = min(edits, before[column - 2] + 1)
            current.append(edits)
        before, last = last, current
    return last[-1]
