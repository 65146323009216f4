"""What a page can ask of a portfolio: pure functions from the records to the rows that will be shown.

A page's rows also tell when it has to be written again: whenever they differ from those it was written with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_folio.model import Position, Project, Skill

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_folio.dates import Period
    from sphinx_folio.model import Entry, Portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question: its kind, a key or a period that it is about, and what narrows it."""

    kind: str
    objtype: str = ""
    key: str = ""
    category: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where an object stands and what a link to it says."""

    objtype: str
    key: str
    title: str
    docname: str
    node_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """A place that shows or names a skill; the object type says which, ``mention`` stands for prose."""

    objtype: str
    title: str
    docname: str
    node_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageUsages:
    """The places of one page."""

    docname: str
    title: str
    usages: tuple[Usage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    """A skill in an index: where it is, its level's word and step, and by how many places it is shown or named."""

    target: Target
    level_label: str
    step: int
    usages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """A category with its skills; the page is where they are described, if it is a single one."""

    key: str
    label: str
    docname: str
    skills: tuple[SkillRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project in a list: where it is, what it is, for whom and when, and the skills that it shows."""

    target: Target
    summary: str
    position: Target | None
    period: Period | None
    skills: tuple[Target, ...]


def title_of(entry: Entry) -> str:
    """Return what a link to an object says."""
    if isinstance(entry, Position) and entry.entity:
        return f"{entry.entity} · {entry.name}"
    return entry.name


def target(portfolio: Portfolio, query: Query) -> Target | None:
    """Return where an object stands, or nothing."""
    entry = portfolio.find(query.objtype, query.key)
    return target_of(entry) if entry else None


def target_of(entry: Entry) -> Target:
    """Return where an object stands."""
    return Target(
        objtype=entry.objtype,
        key=entry.key,
        title=title_of(entry),
        docname=entry.docname,
        node_id=entry.node_id,
    )


def usages(portfolio: Portfolio, query: Query) -> tuple[PageUsages, ...]:
    """Return the places that show or name a skill, by page; a place that shows it is not listed as naming it too."""
    found: list[PageUsages] = []
    for page in portfolio.pages:
        shown = [
            Usage(objtype=entry.objtype, title=title_of(entry), docname=entry.docname, node_id=entry.node_id)
            for entry in page.entries
            if query.key in portfolio.skills_of(entry)
        ]
        places = {usage.node_id for usage in shown}
        named = [
            Usage(objtype="mention", title=mention.heading, docname=mention.docname, node_id=mention.node_id)
            for mention in page.mentions
            if mention.skill == query.key and mention.node_id not in places
        ]
        if shown or named:
            found.append(PageUsages(docname=page.docname, title=page.title, usages=(*shown, *named)))
    return tuple(found)


def skill_index(portfolio: Portfolio, query: Query) -> tuple[CategoryRow, ...]:
    """Return the categories, or the one that is asked for, with their skills, best mastered first."""
    rows = []
    for key, label in portfolio.categories.items():
        if query.category and query.category != key:
            continue
        skills = [skill for skill in portfolio.all(Skill) if skill.category == key]
        pages = {skill.docname for skill in skills}
        if skills:
            shown = sorted((_skill_row(portfolio, skill) for skill in skills), key=lambda row: -row.step)
            docname = pages.pop() if len(pages) == 1 else ""
            rows.append(CategoryRow(key=key, label=label, docname=docname, skills=tuple(shown)))
    return tuple(rows)


def _skill_row(portfolio: Portfolio, skill: Skill) -> SkillRow:
    places = usages(portfolio, Query(kind="usages", key=skill.key))
    return SkillRow(
        target=target_of(skill),
        level_label=skill.level_label,
        step=portfolio.levels.index(skill.level) + 1 if skill.level in portfolio.levels else 0,
        usages=sum(len(page.usages) for page in places),
    )


def projects(portfolio: Portfolio, query: Query) -> tuple[ProjectRow, ...]:
    """Return the projects, the latest first; what has no date comes last, in page order."""
    rows = []
    for project in portfolio.all(Project):
        position = portfolio.find("position", project.position)
        period = project.period or (position.period if isinstance(position, Position) else None)
        skills = (portfolio.find("skill", key) for key in portfolio.skills_of(project))
        rows.append(
            ProjectRow(
                target=target_of(project),
                summary=project.summary,
                position=target_of(position) if position else None,
                period=period,
                skills=tuple(target_of(skill) for skill in skills if skill),
            )
        )
    return tuple(sorted(rows, key=_latest_first))


def _latest_first(row: ProjectRow) -> tuple[bool, int, int]:
    if not row.period:
        return True, 0, 0
    if not row.period.end:
        return False, -9999, -row.period.start.year
    return False, -row.period.end.year, -(row.period.end.month or 12)


def period(portfolio: Portfolio, query: Query) -> int:
    """Return how many months a period lasts."""
    if not query.period or not portfolio.today:
        return 0
    return query.period.months(portfolio.today)


ANSWERS: dict[str, Callable[[Portfolio, Query], Any]] = {
    "target": target,
    "usages": usages,
    "skill-index": skill_index,
    "project-cards": projects,
    "period": period,
}


def answer(portfolio: Portfolio, query: Query) -> Any:
    """Return the rows that a question brings."""
    return ANSWERS[query.kind](portfolio, query)
