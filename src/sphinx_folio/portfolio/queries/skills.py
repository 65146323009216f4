"""Queries for skills: the computed facts about each, the index by category, and the matrix of skills and work."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.portfolio.dates import duration_covered, months_covered
from sphinx_folio.portfolio.queries.base import (
    in_display_order,
    is_recent,
    level_number,
    selected_skills,
    tags_by_key,
    target_of,
)
from sphinx_folio.portfolio.queries.evidence import evidence_for_skill
from sphinx_folio.portfolio.records import Entry, Position, Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_folio.portfolio.dates import Duration, PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.base import Query, Target
    from sphinx_folio.portfolio.records import Skill


class SkillFacts(NamedTuple):
    """The facts about a skill that are computed from the entries that show it."""

    target: Target
    level_label: str
    """The level in the language of the build."""
    level_number: int
    """The position of the level among all levels, from 1; 0 if the skill has no level."""
    months: int
    """The number of months in which at least one of these entries was in progress, or of the skill's own period.

    Only months that the dates prove count.
    """
    duration: Duration | None
    """The same to show; None if months are unknown and no year is certain."""
    last_used: PartialDate | None
    """The end of the latest of these entries; None if one is ongoing or none has a period."""
    ongoing: bool
    """Whether one of these entries is ongoing."""
    own_evidence: int
    """The number of pieces of evidence that show own work."""
    team_evidence: int
    """The number of all other pieces of evidence."""

    @property
    def evidence(self) -> int:
        """Return the number of pieces of evidence."""
        return self.own_evidence + self.team_evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """A category with its skills."""

    key: str
    label: str
    docname: str
    """The page that describes the skills; empty if there are several."""
    skills: tuple[SkillFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A table of skills (rows) and the projects and positions that show them (columns)."""

    columns: tuple[Target, ...]
    rows: tuple[tuple[SkillFacts, tuple[bool, ...]], ...]
    """A skill, and for each column whether it shows the skill."""


def skill_facts(portfolio: Portfolio, query: Query) -> SkillFacts | None:
    """Return the facts about a skill, or None if there is no such skill."""
    skill = portfolio.find("skill", query.key)
    return _facts(portfolio, skill) if skill else None  # type: ignore[arg-type]  # "skill" finds only skills


def skill_tags(portfolio: Portfolio, query: Query) -> tuple[Target, ...]:
    """Return the skills with the keys of the query; without keys, those that match its filters, in page order."""
    return tags_by_key(portfolio, query) or tuple(map(target_of, selected_skills(portfolio, query)))


def skill_index(portfolio: Portfolio, query: Query) -> tuple[CategoryRow, ...]:
    """Return the categories with the skills that match the filters, highest level first; without empty categories.

    In a view, the skills that come first do so in their categories.
    """
    selected = in_display_order(portfolio, selected_skills(portfolio, query))
    rows = []
    for key, label in portfolio.categories.items():
        skills = [skill for skill in selected if skill.category == key]
        shown = [row for skill in skills if _used_since(row := _facts(portfolio, skill), query)]
        pages = {skill.docname for skill in skills}
        if shown:
            docname = pages.pop() if len(pages) == 1 else ""
            rows.append(CategoryRow(key=key, label=label, docname=docname, skills=tuple(shown)))
    return tuple(rows)


def skill_matrix(portfolio: Portfolio, query: Query) -> Matrix:
    """Return the matrix of the skills and the projects and positions that match the filters, in page order."""
    columns: list[Entry] = [*portfolio.all(Project), *portfolio.all(Position)]
    columns = [entry for entry in columns if is_recent(portfolio.period_of(entry), query)]
    if query.project:
        columns = [entry for entry in columns if isinstance(entry, Project) and entry.key == query.project]
    shown_skills = {entry: _skills_shown_by(portfolio, entry) for entry in columns}
    columns = [entry for entry in columns if shown_skills[entry]]
    order = list(portfolio.categories)
    skills = sorted(selected_skills(portfolio, query), key=lambda skill: _category_order(skill, order))
    rows = []
    for skill in skills:
        cells = tuple(skill.key in shown_skills[entry] for entry in columns)
        if any(cells):
            rows.append((_facts(portfolio, skill), cells))
    return Matrix(columns=tuple(_columns(columns)), rows=tuple(rows))


def _columns(entries: Sequence[Entry]) -> Iterator[Target]:
    """Yield the targets of the columns; that of the only position at an entity has the name of the entity alone."""
    positions = Counter(entry.entity for entry in entries if isinstance(entry, Position))
    for entry in entries:
        target = target_of(entry)
        if isinstance(entry, Position) and positions[entry.entity] == 1:
            target = target._replace(title=entry.entity or target.title)
        yield target


def _category_order(skill: Skill, order: list[str]) -> int:
    return order.index(skill.category) if skill.category in order else len(order)


def _skills_shown_by(portfolio: Portfolio, entry: Entry) -> set[str]:
    """Return the keys of the skills that a project or position, one of its highlights or its evidence shows."""
    highlights = portfolio.highlights_of(entry.objtype, entry.key)
    parts: list[Entry] = [entry, *highlights, *portfolio.evidence_for(entry.objtype, entry.key)]
    return {key for part in parts for key in part.shown_skills()}


def _facts(portfolio: Portfolio, skill: Skill) -> SkillFacts:
    """Return the facts about a skill, from the cache if possible."""
    return portfolio.cached((SkillFacts, skill.key), lambda: _compute_facts(portfolio, skill))


def _compute_facts(portfolio: Portfolio, skill: Skill) -> SkillFacts:
    used_in = (  # a course takes a part of the time of its studies
        entry.own_period() if entry.is_evidence else portfolio.period_of(entry, whole=True)
        for entry in portfolio.entries_showing(skill.key)
    )
    periods = {skill.period} if skill.period else {period for period in used_in if period}
    ongoing = any(period.is_ongoing(portfolio.today) for period in periods)
    proofs = evidence_for_skill(portfolio, skill.key)
    return SkillFacts(
        target=target_of(skill),
        level_label=skill.level_label,
        level_number=level_number(portfolio, skill.level),
        months=months_covered(periods, portfolio.today) if portfolio.today else 0,
        duration=duration_covered(periods, portfolio.today) if portfolio.today else None,
        last_used=None
        if ongoing
        else max((period.end for period in periods if period.end), key=_last_day, default=None),
        ongoing=ongoing,
        own_evidence=sum(proof.by == "own" for proof in proofs),
        team_evidence=sum(proof.by != "own" for proof in proofs),
    )


def _last_day(end: PartialDate) -> tuple[int, int, int]:
    """Return a sort key: the last day of a date; the 31st of December for a year."""
    return end.year, end.month or 12, end.day or 31


def _used_since(row: SkillFacts, query: Query) -> bool:
    if not query.since or row.ongoing:
        return True
    return row.last_used is not None and not row.last_used.precedes(query.since)
