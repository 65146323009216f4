"""The records of a portfolio: one frozen dataclass for each type of entry, and for mentions and pages.

The names of fields follow JSON Resume (https://jsonresume.org/schema). A record contains only plain values, in the
language of the build, so that it can be pickled, compared and exported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_folio.portfolio.dates import PartialDate, Period

KEY_PATTERN = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
"""The format of keys. Keys are part of permanent addresses: authors choose them, they are never made from names."""

X_FOLIO = "x-folio"
"""The property of a JSON Resume that contains all data for which the schema has no property."""

PARENT_TYPES = ("project", "position", "volunteer", "education")
"""The types that other entries can belong to, by a field that has the name of the type and contains a key."""

SKETCH_ARROW = "→"
"""The character between the steps of a project's sketch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address with a label: a link type such as ``repository``, or the name of a network such as GitHub."""

    label: str
    url: str

    @property
    def username(self) -> str:
        """Return the user of the query, as on Google Scholar, or the last part of the path, as on GitHub."""
        parts = urlsplit(self.url)
        user = dict(parse_qsl(parts.query)).get("user")
        return user or parts.path.strip("/").split("/")[-1].removeprefix("@")


class MarkedText(NamedTuple):
    """A text that the author has marked as another language than that of the page."""

    text: str
    language: str
    """A language tag (BCP 47)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The base class of all records of entries. Subclasses are frozen dataclasses and set ``objtype``."""

    objtype: ClassVar[str]
    """The name of the type: of its directive, its role and its Sphinx object type."""

    key: str
    """The identifier, unique among the entries of its type."""
    name: str
    """The display name."""
    docname: str
    """The page that describes the entry."""
    node_id: str
    """The anchor on that page."""
    line: int
    """The line of the directive in the source file."""
    summary: str = ""
    """The prose of the entry as plain text; paragraphs are separated by a blank line."""
    formerly: tuple[str, ...] = ()
    """The former keys."""
    only: tuple[str, ...] = ()
    """The expressions of the ``only`` directives around it; a build includes it if all are true."""
    marked: MarkedText | None = None
    """The name, or the part of it, that is in another language."""

    always_in_views: ClassVar[bool] = False
    """Whether all views include entries of this type, regardless of their skills."""
    is_evidence: ClassVar[bool] = False
    """Whether entries of this type that have an address (``url``) are evidence of their skills."""
    is_qualification: ClassVar[bool] = False
    """Whether the name says what the person has learned, as that of a certificate: a posting may ask for it."""

    def shown_skills(self) -> tuple[str, ...]:
        """Return the keys of the skills that it shows: by default the field ``skills``, if there is one."""
        return cast("tuple[str, ...]", getattr(self, "skills", ()))

    def own_period(self) -> Period | None:
        """Return its own period: by default the field ``period``, if there is one."""
        return cast("Period | None", getattr(self, "period", None))

    def parents(self) -> Iterator[tuple[str, str]]:
        """Yield type and key of the entries it belongs to: by default from the fields named in ``PARENT_TYPES``."""
        for objtype in PARENT_TYPES:
            key = getattr(self, objtype, "")
            if key:
                yield objtype, key

    def unlinked_references(self) -> Iterator[tuple[str, str]]:
        """Yield type and key of the entries that it refers to without a link: by default those it belongs to.

        Sphinx checks only links.
        """
        return self.parents()

    def distinguishing_values(self) -> tuple[object, ...]:
        """Return what tells it apart from others with its name: by default, its details in a timeline, and its date."""
        return *(detail.casefold() for detail in self.timeline_details()), getattr(self, "date", None)

    def timeline_details(self) -> tuple[str, ...]:
        """Return the facts that a timeline or a list of entries shows next to its name."""
        return ()

    def index_names(self) -> tuple[str, ...]:
        """Return the names under which Sphinx's general index lists it: by default none."""
        return ()

    def as_evidence(self) -> Evidence | None:
        """Return the entry as evidence of its skills, or None if its type is none or it has no address or no skills.

        Its key, such as ``certificate:cka``, differs from those of all evidence that authors describe.
        """
        address, skills = getattr(self, "url", ""), self.shown_skills()
        if not (self.is_evidence and address and skills):
            return None
        is_shared = len(getattr(self, "authors", ())) > 1
        by = str(getattr(self, "by", ""))
        return Evidence(
            key=f"{self.objtype}:{self.key}",
            name=self.name,
            docname=self.docname,
            node_id=self.node_id,
            line=self.line,
            summary=self.summary,
            only=self.only,
            kind=self.objtype,
            url=address,
            date=getattr(self, "date", None),
            by=by if by in {"own", "team"} else "team" if is_shared else "own",
            skills=skills,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entry):
    """The person the portfolio is about."""

    objtype: ClassVar[str] = "person"
    always_in_views: ClassVar[bool] = True

    label: str = ""
    """The profession, in a few words."""
    email: str = ""
    url: str = ""
    """The person's own site."""
    image: str = ""
    """The address of a picture of the person."""
    location: str = ""
    """The place of residence, such as a city; a postal address is a private fact."""
    profiles: tuple[Link, ...] = ()
    birth: PartialDate | None = None
    other_names: tuple[str, ...] = ()
    """Other names, such as that in publications; the same in all languages."""

    def names(self) -> tuple[str, ...]:
        """Return all names by which an author may be recognized."""
        return self.name, *self.other_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill(Entry):
    """Something that the person can do."""

    objtype: ClassVar[str] = "skill"

    category: str = ""
    """A key of the setting ``folio_categories``."""
    level: str = ""
    """A word of the setting ``folio_levels``."""
    level_label: str = ""
    """The level in the language of the build."""
    keywords: tuple[str, ...] = ()
    """Other names of the skill."""
    period: Period | None = None
    """The period of experience with it, if it is not that of the entries that show it."""

    def index_names(self) -> tuple[str, ...]:
        """Return its name and its other names."""
        return self.name, *self.keywords


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Entry):
    """A role at an entity, such as a company; its name is the title of the role."""

    objtype: ClassVar[str] = "position"
    always_in_views: ClassVar[bool] = True

    entity: str = ""
    period: Period | None = None
    location: str = ""
    work_type: str = ""
    """Such as full-time, freelance or internship."""
    entity_url: str = ""
    entity_description: str = ""
    skills: tuple[str, ...] = ()

    def distinguishing_values(self) -> tuple[object, ...]:
        """Return entity and period: a person may have the same title at several entities, or twice."""
        return self.entity.casefold(), self.period

    def index_names(self) -> tuple[str, ...]:
        """Return the entity: several positions there have one line in the index."""
        return (self.entity or self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Entry):
    """Something that the person made or contributed to; its summary is a short description."""

    objtype: ClassVar[str] = "project"

    languages: tuple[str, ...] = ()
    """The keys of the skills that are its programming languages."""
    skills: tuple[str, ...] = ()
    position: str = ""
    """The key of the position it belongs to."""
    entity: str = ""
    """The entity that it was made for, if it differs from that of the position."""
    type: str = ""
    """Such as application, talk or volunteering."""
    roles: tuple[str, ...] = ()
    """The person's roles in it, if they differ from that of the position."""
    period: Period | None = None
    dates_from: str = ""
    """Where the period comes from: ``commits`` if it is the span of the public commits, otherwise empty."""
    source: str = ""
    """``internal`` if the source code is not public, otherwise empty."""
    links: tuple[Link, ...] = ()
    sketch: str = ""
    """A block diagram in text form: in ``a → b | c``, an arrow leads from box a to the stacked boxes b and c."""

    def shown_skills(self) -> tuple[str, ...]:
        """Return the keys of its languages and skills, without duplicates."""
        return tuple(dict.fromkeys((*self.languages, *self.skills)))

    def index_names(self) -> tuple[str, ...]:
        """Return its name."""
        return (self.name,)

    def unlinked_references(self) -> Iterator[tuple[str, str]]:
        """Yield nothing: the position that it belongs to is a link."""
        yield from ()

    def own_period(self) -> Period | None:
        """Return its period, unless it is a span of commits: the work in its position began before the first commit."""
        return None if self.dates_from and self.position else self.period


@dataclass(frozen=True, slots=True, kw_only=True)
class Education(Entry):
    """Studies at an institution; its name is that of the institution."""

    objtype: ClassVar[str] = "education"
    always_in_views: ClassVar[bool] = True

    area: str = ""
    """The field of study."""
    study_type: str = ""
    """The degree."""
    period: Period | None = None
    location: str = ""
    url: str = ""
    score: str = ""
    """The final grade."""
    courses: tuple[str, ...] = ()
    """The names of courses, in addition to the entries that belong to it."""

    def distinguishing_values(self) -> tuple[object, ...]:
        """Return area, degree and period: a person may study twice at the same institution."""
        return self.area.casefold(), self.study_type.casefold(), self.period

    def timeline_details(self) -> tuple[str, ...]:
        """Return degree and area."""
        return self.study_type, self.area


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight(Entry):
    """A claim: a block of prose that shows skills. It belongs to what its keys name. Its summary is the prose."""

    objtype: ClassVar[str] = "highlight"

    project: str = ""
    position: str = ""
    volunteer: str = ""
    skills: tuple[str, ...] = ()

    def distinguishing_values(self) -> tuple[object, ...]:
        """Return the entries that it belongs to."""
        return tuple(self.parents())


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Entry):
    """Something public that proves skills, highlights or projects; its name is its title."""

    objtype: ClassVar[str] = "evidence"

    kind: str = ""
    """A key of ``EVIDENCE_KINDS``, such as ``release``; the type of the entry if that itself is the evidence."""
    url: str = ""
    date: PartialDate | None = None
    archived: str = ""
    """The address of an archived copy."""
    revision: str = ""
    """The tag or commit that the address refers to."""
    by: str = ""
    """Whose work it shows: ``own`` or ``team``."""
    skills: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    owner: tuple[str, str] | None = None
    """Type and key of the entry whose directive contains it."""
    has_mistakes: bool = False
    """Whether its directive has invalid options or lacks required ones, which has been reported."""

    def proves(self) -> Iterator[tuple[str, str]]:
        """Yield type and key of the objects that it proves: those that its options name, and the entry around it."""
        named = (("skill", self.skills), ("highlight", self.highlights), ("project", self.projects))
        yield from ((objtype, key) for objtype, keys in named for key in keys)
        if self.owner and self.owner[0] not in dict(named):
            yield self.owner

    def unlinked_references(self) -> Iterator[tuple[str, str]]:
        """Yield the highlights and projects that it proves; its skills are links."""
        return (proven for proven in self.proves() if proven[0] != "skill" and proven != self.owner)

    def parents(self) -> Iterator[tuple[str, str]]:
        """Yield type and key of the projects that it proves."""
        return (proven for proven in self.proves() if proven[0] == "project")

    def distinguishing_values(self) -> tuple[object, ...]:
        """Return its address."""
        return (self.url,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A block of prose that names a skill with a role."""

    skill: str
    """The key of the skill."""
    docname: str
    node_id: str
    """The anchor of the block."""
    heading: str
    """The title of the section."""
    marked: MarkedText | None = None
    """The part of that title that is in another language."""
    only: tuple[str, ...] = ()
    """As in :class:`Entry`."""


class ProjectHeading(NamedTuple):
    """A heading that names a project, in a section with several positions."""

    project: str
    line: int
    position: str
    """The position above it."""
    positions: tuple[str, ...]
    """All positions of the section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The records of one page: its title, its entries in source order, and its mentions of skills."""

    docname: str
    title: str = ""
    marked: MarkedText | None = None
    """The part of the title that is in another language."""
    entries: tuple[Entry, ...] = ()
    mentions: tuple[Mention, ...] = ()
    project_headings: tuple[ProjectHeading, ...] = ()
    included: tuple[tuple[str, str], ...] = ()
    """Anchor → file, relative to the folder of the page, of the entries that are in a file that the page includes."""
