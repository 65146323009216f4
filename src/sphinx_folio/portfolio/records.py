"""What a portfolio is made of: frozen records in JSON Resume's words, and the portfolio that holds them.

A record holds plain values only, in the language of the build, so that it can be pickled, compared and exported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_folio.portfolio.dates import PartialDate, Period

KEY_FORM = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
"""A key stands in addresses for as long as the site does: plain, given by the author, never derived from a name."""


X_FOLIO = "x-folio"
"""The key under which a JSON Resume holds what the schema has no word for."""

SKETCH_ARROW = "→"
"""The sign between the steps of a project's sketch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address and what stands for it: a type such as ``repository``, or the name of a network."""

    label: str
    url: str

    @property
    def username(self) -> str:
        """Return the last part of the address, by which a network such as GitHub knows the person."""
        return urlsplit(self.url).path.strip("/").split("/")[-1].removeprefix("@")


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

    always_in_views: ClassVar[bool] = False
    """Whether every view of the portfolio keeps it, whatever its skills."""

    def shown_skills(self) -> tuple[str, ...]:
        """Return the keys of the skills that it shows: those of its field ``skills``, if it has one."""
        return cast("tuple[str, ...]", getattr(self, "skills", ()))

    def own_period(self) -> Period | None:
        """Return when it happened, if it says so itself: its field ``period``, if it has one."""
        return cast("Period | None", getattr(self, "period", None))

    def parents(self) -> Iterator[tuple[str, str]]:
        """Yield type and key of what it belongs to: its fields ``project`` and ``position``, as far as it has them."""
        for objtype in ("project", "position"):
            key = getattr(self, objtype, "")
            if key:
                yield objtype, key

    def unlinked_references(self) -> Iterator[tuple[str, str]]:
        """Yield type and key of the entries that it names without a link, which Sphinx would check."""
        yield from ()

    def told_apart_by(self) -> tuple[object, ...]:
        """Return what readers can tell it apart by from another entry of its type and name."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entry):
    """Whom the portfolio is about."""

    objtype: ClassVar[str] = "person"
    always_in_views: ClassVar[bool] = True

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
    always_in_views: ClassVar[bool] = True

    entity: str = ""
    period: Period | None = None
    skills: tuple[str, ...] = ()

    def told_apart_by(self) -> tuple[object, ...]:
        """Return entity and period: people hold one title at several places, or twice."""
        return self.entity.casefold(), self.period


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
    """What it does in boxes: ``a → b | c`` leads from one box to two that are drawn one above the other."""

    def shown_skills(self) -> tuple[str, ...]:
        """Return the keys of its languages and its skills, each once."""
        return tuple(dict.fromkeys((*self.languages, *self.skills)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Education(Entry):
    """Studies at an institution; its name is the institution's."""

    objtype: ClassVar[str] = "education"
    always_in_views: ClassVar[bool] = True

    area: str = ""
    study_type: str = ""
    period: Period | None = None

    def told_apart_by(self) -> tuple[object, ...]:
        """Return area, degree and period: people study twice at one place."""
        return self.area.casefold(), self.study_type.casefold(), self.period


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight(Entry):
    """A claim: a block of prose that shows skills, of a project or of a position; its summary is the prose."""

    objtype: ClassVar[str] = "highlight"

    project: str = ""
    position: str = ""
    skills: tuple[str, ...] = ()

    def unlinked_references(self) -> Iterator[tuple[str, str]]:
        """Yield the project and the position that it belongs to."""
        return self.parents()

    def told_apart_by(self) -> tuple[object, ...]:
        """Return what it belongs to."""
        return tuple(self.parents())


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

    def unlinked_references(self) -> Iterator[tuple[str, str]]:
        """Yield the highlights and projects that it proves; its skills are shown as links."""
        return (proven for proven in self.proves() if proven[0] != "skill")

    def told_apart_by(self) -> tuple[object, ...]:
        """Return its address."""
        return (self.url,)


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
