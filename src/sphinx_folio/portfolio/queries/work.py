"""Projects, positions, studies and highlights in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_folio.portfolio.dates import Period
from sphinx_folio.portfolio.queries.base import is_recent, target_of
from sphinx_folio.portfolio.queries.evidence import project_proof, rows_of
from sphinx_folio.portfolio.records import (
    Education,
    Entry,
    Highlight,
    Position,
    Project,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import EntryT, Portfolio
    from sphinx_folio.portfolio.queries.base import Query, Target
    from sphinx_folio.portfolio.queries.evidence import EvidenceRow, Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project in a list: where it is, what it is, for whom and when, its skills, its sketch, and what proves it."""

    target: Target
    summary: str
    position: Target | None
    period: Period | None
    skills: tuple[Target, ...]
    sketch: str
    proof: Proof | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """A position or studies, when, how long, what studies were in, and the projects of a position.

    ``spans`` are the months of its period and of its projects with dates of their own, from the first to the one after
    the last; months are counted from the year 0.
    """

    target: Target
    period: Period | None
    months: int
    detail: str
    projects: tuple[Target, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightRow:
    """A claim: where it is, what it says, of which project, the skills that it shows and what proves it."""

    target: Target
    text: str
    project: Target | None
    skills: tuple[Target, ...]
    evidence: tuple[EvidenceRow, ...]


def period(portfolio: Portfolio, query: Query) -> int:
    """Return how many months a period lasts."""
    if not query.period or not portfolio.today:
        return 0
    return query.period.months(portfolio.today)


def projects(portfolio: Portfolio, query: Query) -> tuple[ProjectRow, ...]:
    """Return the projects, the latest first; what has no date comes last, in page order."""
    rows = []
    for project in portfolio.all(Project):
        position = portfolio.find("position", project.position)
        when = portfolio.period_of(project)
        if not is_recent(when, query) or (query.skill and query.skill not in project.shown_skills()):
            continue
        rows.append(
            ProjectRow(
                target=target_of(project),
                summary=project.summary,
                position=target_of(position) if position else None,
                period=when,
                skills=_skills(portfolio, project.shown_skills()),
                sketch=project.sketch,
                proof=project_proof(portfolio, project.key),
            )
        )
    return tuple(sorted(rows, key=lambda row: latest_first(row.period)))


def timeline(portfolio: Portfolio, query: Query) -> tuple[TimelineRow, ...]:
    """Return positions, projects without a position, and studies, the latest first."""
    rows = []
    free = [project for project in portfolio.all(Project) if not portfolio.find("position", project.position)]
    stations: list[Entry] = [*portfolio.all(Position), *free, *portfolio.all(Education)]
    for entry in stations:
        when = portfolio.period_of(entry)
        if when is None or not is_recent(when, query):
            continue
        made = [item for item in portfolio.all(Project) if isinstance(entry, Position) and item.position == entry.key]
        studies = (entry.study_type, entry.area) if isinstance(entry, Education) else ()
        rows.append(
            TimelineRow(
                target=target_of(entry),
                period=when,
                months=when.months(portfolio.today) if portfolio.today else 0,
                detail=" · ".join(part for part in studies if part),
                projects=tuple(target_of(project) for project in made),
                spans=_spans(portfolio, (when, *(project.period for project in made if project.period))),
            )
        )
    return tuple(sorted(rows, key=lambda row: latest_first(row.period)))


def _spans(portfolio: Portfolio, periods: Iterable[Period]) -> tuple[tuple[int, int], ...]:
    """Return the months of periods, as they are counted everywhere: both ends included."""
    if not portfolio.today:
        return ()
    starts = [(when, when.start.year * 12 + (when.start.month or 1) - 1) for when in periods]
    return tuple((start, start + when.months(portfolio.today)) for when, start in starts)


def highlights(portfolio: Portfolio, query: Query) -> tuple[HighlightRow, ...]:
    """Return the highlights that show a skill, or of a project; all of them unless narrowed."""
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
                evidence=rows_of(portfolio, portfolio.evidence_for("highlight", highlight.key)),
            )
        )
    return tuple(rows)


def _skills(portfolio: Portfolio, keys: Iterable[str]) -> tuple[Target, ...]:
    found = (portfolio.find("skill", key) for key in keys)
    return tuple(target_of(skill) for skill in found if skill)


def latest_first(when: Period | None) -> tuple[bool, bool, int, int]:
    """Order by end, what goes on first and what has no date last; then by start."""
    if not when:
        return True, False, 0, 0
    end = -(when.end.year * 12 + (when.end.month or 12)) if when.end else 0
    return False, when.end is not None, end, -when.start.first_day.toordinal()


def in_time(portfolio: Portfolio, kind: type[EntryT]) -> list[EntryT]:
    """Return the objects of a type, the latest first; what has no date comes last, in page order."""
    return sorted(portfolio.all(kind), key=lambda entry: latest_first(portfolio.period_of(entry) or _day_of(entry)))


def _day_of(entry: Entry) -> Period | None:
    """Return the date of an entry that has one and no period, such as a publication."""
    date: PartialDate | None = getattr(entry, "date", None)
    return Period(date, date) if date else None
