"""What a portfolio is made of: frozen records in JSON Resume's words, and the portfolio that holds them.

A record holds plain values only, in the language of the build, so that it can be pickled, compared and exported.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_folio.dates import PartialDate, Period

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A block of prose that names a skill."""

    skill: str
    docname: str
    node_id: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that one page says: its title, its objects in their order, and the skills that its prose names."""

    docname: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    mentions: tuple[Mention, ...] = ()


EntryT = TypeVar("EntryT", bound=Entry)
ENTRY_TYPES: tuple[type[Entry], ...] = (Person, Skill, Position, Project, Education, Highlight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """The whole: every page's records, found by type and key.

    Pages count in the order of their names; of two entries with one key, the first is the object.
    """

    pages: tuple[Page, ...] = ()
    levels: tuple[str, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    today: PartialDate | None = None
    _found: dict[tuple[str, str], Entry] = field(default_factory=dict, init=False, repr=False, compare=False)
    _pages: dict[str, Page] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the objects by type and key."""
        for entry in self.entries():
            self._found.setdefault((entry.objtype, entry.key), entry)
        self._pages.update((page.docname, page) for page in self.pages)

    def entries(self) -> Iterator[Entry]:
        """Yield every entry in page order, those included whose key is taken."""
        for page in self.pages:
            yield from page.entries

    def page(self, docname: str) -> Page:
        """Return a page's records; a page that says nothing has none."""
        return self._pages.get(docname) or Page(docname=docname)

    def find(self, objtype: str, key: str) -> Entry | None:
        """Return the object of a type and key, or nothing."""
        return self._found.get((objtype, key))

    def all(self, kind: type[EntryT]) -> list[EntryT]:
        """Return the objects of a type, in page order."""
        return [entry for entry in self._found.values() if isinstance(entry, kind)]

    def skills_of(self, entry: Entry) -> tuple[str, ...]:
        """Return the keys of the skills that an entry says it shows, each once, a project's languages first."""
        if isinstance(entry, Project):
            return tuple(dict.fromkeys((*entry.languages, *entry.skills)))
        if isinstance(entry, Position | Highlight):
            return entry.skills
        return ()

    def suggest(self, objtype: str, key: str) -> str | None:
        """Return the known key of a type that is nearest to a mistyped one, looking at names and keywords too."""
        words: dict[str, str] = {}
        for (found_type, found_key), entry in self._found.items():
            if found_type == objtype:
                keywords = entry.keywords if isinstance(entry, Skill) else ()
                for word in (*keywords, entry.name, found_key):
                    words[word.casefold()] = found_key
        near = nearest(key.casefold(), words)
        return words[near] if near else None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a mistyped one, or nothing if none is like it."""
    matches: Sequence[str] = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return matches[0] if matches else None
