"""Queries for projects, positions, education and highlights, mostly newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.cjk import UNSPACED
from sphinx_folio.portfolio.dates import Period
from sphinx_folio.portfolio.queries.base import is_recent, rank, target_of
from sphinx_folio.portfolio.queries.evidence import make_evidence_rows, project_evidence_count
from sphinx_folio.portfolio.records import Education, Entry, Highlight, Position, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_folio.portfolio.dates import Duration, PartialDate
    from sphinx_folio.portfolio.model import EntryT, Portfolio
    from sphinx_folio.portfolio.queries.base import Query, Target
    from sphinx_folio.portfolio.queries.evidence import EvidenceCount, EvidenceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project in a list."""

    target: Target
    summary: str
    position: Target | None
    period: Period | None
    skills: tuple[Target, ...]
    sketch: str
    """See :class:`~sphinx_folio.portfolio.records.Project`."""
    evidence: EvidenceCount | None
    from_commits: bool
    """Whether the period is the span of the public commits."""
    is_internal: bool
    """Whether the source code is not public."""


class TimelineProject(NamedTuple):
    """A project of a position on a timeline."""

    target: Target
    period: Period | None
    from_commits: bool
    """Whether the period is the span of the public commits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """An entry with a period on a timeline."""

    target: Target
    period: Period | None
    duration: Duration | None
    """The length of the period, as far as it is certain."""
    detail: str
    """More facts, such as the degree and the field of study."""
    projects: tuple[TimelineProject, ...]
    """The projects of a position."""
    spans: tuple[tuple[int, int], ...]
    """Its period, then those of its projects that have one: first month and month after the last, since year 0."""
    roles: tuple[TimelineRow, ...] = ()
    """The consecutive roles at an entity, if there are several; the row itself is then about the entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightRow:
    """A highlight in a list."""

    target: Target
    text: str
    """The claim."""
    project: Target | None
    skills: tuple[Target, ...]
    evidence: tuple[EvidenceRow, ...]


def period(portfolio: Portfolio, query: Query) -> Duration | None:
    """Return the length of ``query.period``, as far as it is certain; None if the query has no period."""
    if not query.period or not portfolio.today:
        return None
    return query.period.duration(portfolio.today)


def is_over(portfolio: Portfolio, query: Query) -> bool:
    """Return whether ``query.period`` is over."""
    return query.period is not None and query.period.is_over(portfolio.today)


def projects(portfolio: Portfolio, query: Query) -> tuple[ProjectRow, ...]:
    """Return the projects that match the filters, newest first, those without dates by their positions.

    Undated ones are last, in page order.
    """
    rows = []
    for project in sorted(portfolio.all(Project), key=lambda entry: newest_first_key(portfolio.period_of(entry))):
        position = portfolio.find("position", project.position)
        is_wanted = is_recent(portfolio.period_of(project), query)
        if not is_wanted or (query.skill and query.skill not in project.shown_skills()):
            continue
        rows.append(
            ProjectRow(
                target=target_of(project),
                summary=project.summary,
                position=target_of(position) if position else None,
                period=project.period,
                skills=_skills(portfolio, project.shown_skills()),
                sketch=project.sketch,
                evidence=project_evidence_count(portfolio, project.key),
                from_commits=_is_from_commits(project),
                is_internal=bool(project.source),
            )
        )
    return tuple(rows)


def timeline(portfolio: Portfolio, query: Query) -> tuple[TimelineRow, ...]:
    """Return the entries with a period, newest first.

    A project with a position is part of the position's row; consecutive roles at one entity are parts of one row.
    """
    rows = []
    for entry in _career(portfolio):
        when = portfolio.period_of(entry)
        if when is None or not is_recent(when, query):
            continue
        own = [item for item in portfolio.all(Project) if isinstance(entry, Position) and item.position == entry.key]
        rows.append(
            TimelineRow(
                target=target_of(entry),
                period=when,
                duration=when.duration(portfolio.today) if portfolio.today else None,
                detail=" · ".join(filter(None, entry.timeline_details())),
                projects=tuple(map(_timeline_project, own)),
                spans=_spans(portfolio, (when, *(project.period for project in own if project.period))),
            )
        )
    rows.sort(key=lambda row: newest_first_key(row.period))
    return tuple(sorted(_with_entities(portfolio, rows), key=lambda row: newest_first_key(row.period)))


def _timeline_project(project: Project) -> TimelineProject:
    return TimelineProject(target_of(project), project.period, _is_from_commits(project))


def _is_from_commits(project: Project) -> bool:
    return bool(project.period and project.dates_from)


def _with_entities(portfolio: Portfolio, rows: Iterable[TimelineRow]) -> Iterator[TimelineRow]:
    """Yield rows, newest first, with one row for the consecutive roles at an entity."""
    roles: list[tuple[Position, TimelineRow]] = []
    for row in rows:
        position = portfolio.find(row.target.objtype, row.target.key)
        if not isinstance(position, Position):
            yield row
            continue
        if roles and not _continues((position, row), roles[-1]):
            yield _entity_row(portfolio, roles)
            roles = []
        roles.append((position, row))
    if roles:
        yield _entity_row(portfolio, roles)


def _continues(older: tuple[Position, TimelineRow], newer: tuple[Position, TimelineRow]) -> bool:
    """Return whether two roles are at one entity, with at most a month between them."""
    (position, row), (next_position, next_row) = older, newer
    is_same = position.entity.casefold() == next_position.entity.casefold() != ""
    return is_same and bool(row.spans and next_row.spans) and row.spans[0][1] + 1 >= next_row.spans[0][0]


def _entity_row(portfolio: Portfolio, roles: Sequence[tuple[Position, TimelineRow]]) -> TimelineRow:
    """Return a row for the roles at an entity, newest first; a single role is its own row."""
    position, newest = roles[0]
    if len(roles) == 1:
        return newest
    periods = [row.period for _position, row in roles if row.period]
    start = min((period.start for period in periods), key=lambda date: date.first_day)
    period = Period(start, periods[0].end)
    return TimelineRow(
        target=newest.target._replace(title=position.entity),
        period=period,
        duration=period.duration(portfolio.today) if portfolio.today else None,
        detail="",
        projects=(),
        spans=_spans(portfolio, [period]),
        roles=tuple(replace(row, target=row.target._replace(title=role.name)) for role, row in roles),
    )


def _career(portfolio: Portfolio) -> list[Entry]:
    """Return positions, projects without a position, education, and other entries with a period of their own."""
    projects = [project for project in portfolio.all(Project) if not portfolio.find("position", project.position)]
    others = [
        entry
        for entry in portfolio.objects()
        if entry.own_period() and not isinstance(entry, Position | Project | Education)
    ]
    return [*portfolio.all(Position), *projects, *portfolio.all(Education), *others]


def _spans(portfolio: Portfolio, periods: Iterable[Period]) -> tuple[tuple[int, int], ...]:
    """Return the first month of each period and the month after its last, since year 0."""
    if not portfolio.today:
        return ()
    ranges = (when.month_range(portfolio.today) for when in periods)
    return tuple((first - 1, last) for first, last in ranges)


def highlights(portfolio: Portfolio, query: Query) -> tuple[HighlightRow, ...]:
    """Return the highlights that match the filters skill, project and since, in page order."""
    rows = []
    for highlight in portfolio.all(Highlight):
        if query.skill and query.skill not in highlight.skills:
            continue
        if query.project and query.project != highlight.project:
            continue
        if not is_recent(portfolio.period_of(highlight), query):
            continue
        project = portfolio.find("project", highlight.project)
        rows.append(
            HighlightRow(
                target=target_of(highlight),
                text=highlight.summary,
                project=target_of(project) if project else None,
                skills=_skills(portfolio, highlight.skills),
                evidence=make_evidence_rows(portfolio, portfolio.evidence_for("highlight", highlight.key)),
            )
        )
    return tuple(rows)


def _skills(portfolio: Portfolio, keys: Iterable[str]) -> tuple[Target, ...]:
    ordered = sorted(keys, key=lambda key: rank(portfolio.first_skills, (key,)))
    found = (portfolio.find("skill", key) for key in ordered)
    return tuple(target_of(skill) for skill in found if skill)


def newest_first_key(when: Period | None) -> tuple[bool, bool, int, int]:
    """Return a sort key for periods: by end, ongoing ones first and missing ones last; then by start, latest first."""
    if not when:
        return True, False, 0, 0
    end = -(when.end.year * 12 + (when.end.month or 12)) if when.end else 0
    return False, when.end is not None, end, -when.start.first_day.toordinal()


def current_title(portfolio: Portfolio) -> str:
    """Return the title of the current or latest position, or nothing if there is none."""
    return next(iter(current_titles(portfolio)), "")


def current_titles(portfolio: Portfolio) -> list[str]:
    """Return the titles of all current positions, each once; if none is, of the latest, unless the person studies."""
    positions = newest_first(portfolio, Position)
    today = portfolio.today
    current = [position for position in positions if position.period and position.period.is_ongoing(today)]
    studies = any(item.period and item.period.is_ongoing(today) for item in portfolio.all(Education))
    return list(dict.fromkeys(position.name for position in current or positions[: 0 if studies else 1]))


def names(text: str, title: str) -> bool:
    """Return whether a text, such as “Lead at Acme”, says a title.

    The title may be a part of a word only in scripts that have no spaces between words.
    """
    if not title:
        return False
    before = "" if UNSPACED.match(title[0]) else r"(?<!\w)"
    after = "" if UNSPACED.match(title[-1]) else r"(?!\w)"
    found = re.search(before + re.escape(title) + after, text, re.IGNORECASE)
    return found is not None


def newest_first(portfolio: Portfolio, record: type[EntryT]) -> list[EntryT]:
    """Return the objects of a type, given by its record class, newest first; undated ones last, in page order."""
    return sorted(
        portfolio.all(record), key=lambda entry: newest_first_key(portfolio.period_of(entry) or _day_of(entry))
    )


def _day_of(entry: Entry) -> Period | None:
    """Return the date of an entry with a date instead of a period, such as a publication, as a period of that date."""
    date: PartialDate | None = getattr(entry, "date", None)
    return Period(date, date) if date else None
