"""Skills at large: how long, how lately and how well proven each is; by category, and as a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.portfolio.dates import months_covered
from sphinx_folio.portfolio.queries.base import is_recent, skills_asked_for, step_of, target_of
from sphinx_folio.portfolio.queries.evidence import evidence_for_skill
from sphinx_folio.portfolio.records import (
    Entry,
    Position,
    Project,
)

if TYPE_CHECKING:
    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.base import Query, Target
    from sphinx_folio.portfolio.records import Skill


class SkillFacts(NamedTuple):
    """What the portfolio knows of a skill by counting.

    ``months`` is the time that the projects and positions showing it cover together; ``last_used`` is when the last
    of them ended, or nothing if it goes on or there is none.
    """

    target: Target
    level_label: str
    step: int
    months: int
    last_used: PartialDate | None
    ongoing: bool
    own_evidence: int
    team_evidence: int

    @property
    def evidence(self) -> int:
        """Return the number of pieces of evidence."""
        return self.own_evidence + self.team_evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """A category with its skills; the page is where they are described, if it is a single one."""

    key: str
    label: str
    docname: str
    skills: tuple[SkillFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Skills against the positions and projects that show them; a row's cells follow the columns."""

    columns: tuple[Target, ...]
    rows: tuple[tuple[SkillFacts, tuple[bool, ...]], ...]


def skill_facts(portfolio: Portfolio, query: Query) -> SkillFacts | None:
    """Return what is known of a skill, or nothing if there is no such skill."""
    skill = portfolio.find("skill", query.key)
    return _facts(portfolio, skill) if skill else None  # type: ignore[arg-type]  # found by its type


def skill_tags(portfolio: Portfolio, query: Query) -> tuple[Target, ...]:
    """Return the skills asked for, in page order."""
    return tuple(target_of(skill) for skill in skills_asked_for(portfolio, query))


def skill_index(portfolio: Portfolio, query: Query) -> tuple[CategoryRow, ...]:
    """Return the categories with the skills asked for, best mastered first; without those that are empty."""
    asked_for = skills_asked_for(portfolio, query)
    rows = []
    for key, label in portfolio.categories.items():
        skills = [skill for skill in asked_for if skill.category == key]
        shown = sorted((_facts(portfolio, skill) for skill in skills), key=lambda row: -row.step)
        shown = [row for row in shown if _used_since(row, query)]
        pages = {skill.docname for skill in skills}
        if shown:
            docname = pages.pop() if len(pages) == 1 else ""
            rows.append(CategoryRow(key=key, label=label, docname=docname, skills=tuple(shown)))
    return tuple(rows)


def skill_matrix(portfolio: Portfolio, query: Query) -> Matrix:
    """Return the skills that projects or positions show, against these, latest first."""
    columns: list[Entry] = [*portfolio.all(Project), *portfolio.all(Position)]
    columns = [entry for entry in columns if is_recent(portfolio.period_of(entry), query)]
    if query.project:
        columns = [entry for entry in columns if isinstance(entry, Project) and entry.key == query.project]
    shown_by = {entry: _shown_by(portfolio, entry) for entry in columns}
    columns = [entry for entry in columns if shown_by[entry]]
    order = list(portfolio.categories)
    skills = sorted(skills_asked_for(portfolio, query), key=lambda skill: _category_order(skill, order))
    rows = []
    for skill in skills:
        cells = tuple(skill.key in shown_by[entry] for entry in columns)
        if any(cells):
            rows.append((_facts(portfolio, skill), cells))
    return Matrix(columns=tuple(target_of(entry) for entry in columns), rows=tuple(rows))


def _category_order(skill: Skill, order: list[str]) -> int:
    return order.index(skill.category) if skill.category in order else len(order)


def _shown_by(portfolio: Portfolio, entry: Entry) -> set[str]:
    """Return the skills that a project or position shows, by itself or by its highlights."""
    highlights = portfolio.highlights_of(entry.objtype, entry.key)
    return {*entry.shown_skills(), *(key for highlight in highlights for key in highlight.skills)}


def _facts(portfolio: Portfolio, skill: Skill) -> SkillFacts:
    """Return what is known of a skill; counted once, for all that ask."""
    asked = (SkillFacts, skill.key)
    if asked not in portfolio.answers:
        portfolio.answers[asked] = _counted(portfolio, skill)
    facts: SkillFacts = portfolio.answers[asked]
    return facts


def _counted(portfolio: Portfolio, skill: Skill) -> SkillFacts:
    periods = [period for entry in portfolio.showing(skill.key) if (period := portfolio.period_of(entry))]
    ongoing = any(period.end is None for period in periods)
    proofs = evidence_for_skill(portfolio, skill.key)
    return SkillFacts(
        target=target_of(skill),
        level_label=skill.level_label,
        step=step_of(portfolio, skill.level),
        months=months_covered(periods, portfolio.today) if portfolio.today else 0,
        last_used=None if ongoing else max((period.end for period in periods if period.end), key=_last, default=None),
        ongoing=ongoing,
        own_evidence=sum(proof.by == "own" for proof in proofs),
        team_evidence=sum(proof.by == "team" for proof in proofs),
    )


def _last(end: PartialDate) -> tuple[int, int, int]:
    """Order dates by their last day: a year ends with its December."""
    return end.year, end.month or 12, end.day or 31


def _used_since(row: SkillFacts, query: Query) -> bool:
    if not query.since or row.ongoing:
        return True
    return row.last_used is not None and not row.last_used.precedes(query.since)
