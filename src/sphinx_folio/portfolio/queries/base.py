"""A question, what narrows it, and where an object stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.cjk import HAN
from sphinx_folio.portfolio.records import (
    Position,
    Project,
    Skill,
)

if TYPE_CHECKING:
    from sphinx_folio.portfolio.dates import PartialDate, Period
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry


SHORT = 120
"""How many characters of a text a list shows at most."""


class Query(NamedTuple):
    """A question: its kind, what it is about, and what narrows it."""

    kind: str
    objtype: str = ""
    key: str = ""
    keys: tuple[str, ...] = ()
    period: Period | None = None
    category: str = ""
    level: str = ""
    """At least this level."""
    project: str = ""
    skill: str = ""
    since: PartialDate | None = None
    """Nothing that ended before this date."""


class Target(NamedTuple):
    """Where an object stands and what a link to it says; one that is nowhere has no page, and its key as title."""

    objtype: str
    key: str
    title: str
    docname: str
    node_id: str
    level: str = ""
    """What the level of a skill is called."""


def title_of(entry: Entry) -> str:
    """Return what a link to an object says."""
    if isinstance(entry, Position) and entry.entity:
        return f"{entry.entity} · {entry.name}"
    return shortened(entry.name)


@lru_cache(maxsize=16_384)  # an object's name is shown in many lists
def shortened(text: str) -> str:
    """Return the first paragraph of a text on one line; if it is long, cut after a word or a Han character."""
    first = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    if len(first) <= SHORT:
        return first
    cut = first[: SHORT - 1]
    if not HAN.fullmatch(cut[-1]):
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip(" ，,、；;：:") + "…"


def target_of(entry: Entry) -> Target:
    """Return where an object stands."""
    return Target(
        objtype=entry.objtype,
        key=entry.key,
        title=title_of(entry),
        docname=entry.docname,
        node_id=entry.node_id,
        level=entry.level_label if isinstance(entry, Skill) else "",
    )


def target(portfolio: Portfolio, query: Query) -> Target | None:
    """Return where an object stands, or nothing; its level is no matter of a plain link."""
    entry = portfolio.find(query.objtype, query.key) or portfolio.find_renamed(query.objtype, query.key)
    return target_of(entry)._replace(level="") if entry else None


def tags(portfolio: Portfolio, query: Query) -> tuple[Target, ...]:
    """Return where skills stand, in the order in which they are named; those included that no page holds."""
    named = ((key, portfolio.find("skill", key) or portfolio.find_renamed("skill", key)) for key in query.keys)
    return tuple(
        target_of(skill) if skill else Target(objtype="skill", key=key, title=key, docname="", node_id="")
        for key, skill in named
    )


def targets(portfolio: Portfolio, query: Query) -> tuple[Target, ...]:
    """Return where the objects of any type stand that have a key."""
    return tuple(target_of(entry) for entry in portfolio.find_any(query.key))


def skills_asked_for(portfolio: Portfolio, query: Query) -> list[Skill]:
    """Return the skills of a category, from a level on, or of a project; all of them unless narrowed."""
    skills = portfolio.all(Skill)
    if query.category:
        skills = [skill for skill in skills if skill.category == query.category]
    if query.level:
        lowest = step_of(portfolio, query.level)
        skills = [skill for skill in skills if step_of(portfolio, skill.level) >= lowest]
    if query.project:
        project = portfolio.find("project", query.project)
        shown = project.shown_skills() if isinstance(project, Project) else ()
        skills = [skill for skill in skills if skill.key in shown]
    return skills


def step_of(portfolio: Portfolio, level: str) -> int:
    """Return the step of a level, counted from 1; 0 for none."""
    return portfolio.levels.index(level) + 1 if level in portfolio.levels else 0


def is_recent(period: Period | None, query: Query) -> bool:
    """Tell whether a period reaches the time that is asked for; what has no date does not."""
    if not query.since:
        return True
    return period is not None and (period.end is None or not period.end.precedes(query.since))
