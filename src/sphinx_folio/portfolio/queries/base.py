"""The parameters of a query, the filters that queries share, and link targets."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.cjk import HAN
from sphinx_folio.portfolio.records import Position, Project, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_folio.portfolio.dates import PartialDate, Period
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry, MarkedText


MAX_LENGTH = 120
"""The maximum length of a text in a list, in characters."""


class Query(NamedTuple):
    """The parameters of a query: its kind, its subject and its filters. Each query uses some of the fields."""

    kind: str
    """The name of a listing, or a key of ``QUERIES``."""
    objtype: str = ""
    """The type of the object that the query is about."""
    key: str = ""
    """The key of that object."""
    keys: tuple[str, ...] = ()
    """The keys of skills to show as tags."""
    period: Period | None = None
    """The period whose length is shown."""
    category: str = ""
    """Filter: only skills of this category."""
    level: str = ""
    """Filter: only skills of this level or a higher one."""
    project: str = ""
    """Filter: only rows that belong to the project with this key."""
    skill: str = ""
    """Filter: only rows that show the skill with this key."""
    types: tuple[str, ...] = ()
    """Filter: only rows about entries of these types."""
    selected: str = ""
    """Filter: if ``true``, only rows about entries that are marked as selected."""
    since: PartialDate | None = None
    """Filter: only rows that ended on this date or later, or are ongoing."""


class Target(NamedTuple):
    """The target of a link to an object. If the object does not exist, the page is empty and the title is the key."""

    objtype: str
    key: str
    title: str
    """The text of the link."""
    docname: str
    node_id: str
    level: str = ""
    """The level of a skill, in the language of the build."""
    marked: MarkedText | None = None
    """The part of the title that is in another language."""


def title_of(entry: Entry) -> str:
    """Return the text of links to an entry: its name, shortened; for a position, entity and title."""
    if isinstance(entry, Position) and entry.entity:
        return f"{entry.entity} · {entry.name}"
    return shortened(entry.name)


@lru_cache(maxsize=16_384)  # many lists show the same names
def shortened(text: str) -> str:
    """Return the first paragraph of a text on one line, cut after a word or a Han character if it is too long."""
    first = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    if len(first) <= MAX_LENGTH:
        return first
    cut = first[: MAX_LENGTH - 1]
    if not HAN.fullmatch(cut[-1]):
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip(" ，,、；;：:") + "…"


def target_of(entry: Entry) -> Target:
    """Return the link target of an entry."""
    return Target(
        objtype=entry.objtype,
        key=entry.key,
        title=title_of(entry),
        docname=entry.docname,
        node_id=entry.node_id,
        level=entry.level_label if isinstance(entry, Skill) else "",
        marked=entry.marked,
    )


def reference_target(portfolio: Portfolio, query: Query) -> Target | None:
    """Return the target of a reference, by current or former key, or None; without the level, which is not shown."""
    entry = portfolio.find(query.objtype, query.key) or portfolio.find_renamed(query.objtype, query.key)
    return target_of(entry)._replace(level="") if entry else None


def tags_by_key(portfolio: Portfolio, query: Query) -> tuple[Target, ...]:
    """Return the skills with the keys ``query.keys``, in this order, including skills that do not exist."""
    skills = ((key, portfolio.find("skill", key) or portfolio.find_renamed("skill", key)) for key in query.keys)
    return tuple(
        target_of(skill) if skill else Target(objtype="skill", key=key, title=key, docname="", node_id="")
        for key, skill in skills
    )


def any_targets(portfolio: Portfolio, query: Query) -> tuple[Target, ...]:
    """Return the objects of any type with a key, for Sphinx's role ``any``."""
    return tuple(target_of(entry) for entry in portfolio.find_any(query.key))


def selected_skills(portfolio: Portfolio, query: Query) -> list[Skill]:
    """Return the skills that match the filters category, level and project.

    They are in page order; in a view, those that come first do so.
    """
    skills = [*portfolio.all(Skill)]
    if query.category:
        skills = [skill for skill in skills if skill.category == query.category]
    if query.level:
        lowest = level_number(portfolio, query.level)
        skills = [skill for skill in skills if level_number(portfolio, skill.level) >= lowest]
    if query.project:
        project = portfolio.find("project", query.project)
        shown = project.shown_skills() if isinstance(project, Project) else ()
        skills = [skill for skill in skills if skill.key in shown]
    first = portfolio.first_skills
    return sorted(skills, key=lambda skill: rank(first, (skill.key,))) if first else skills


def in_display_order(portfolio: Portfolio, skills: Iterable[Skill]) -> list[Skill]:
    """Return skills, given in page order, as every list by category shows them.

    The order is by category, then those that come first in a view, then by level, highest first.
    """
    categories = [*portfolio.categories]

    def key(skill: Skill) -> tuple[int, int, int]:
        category = categories.index(skill.category) if skill.category in portfolio.categories else len(categories)
        return category, rank(portfolio.first_skills, (skill.key,)), -level_number(portfolio, skill.level)

    return sorted(skills, key=key)


def rank(first: Sequence[str], skills: Iterable[str]) -> int:
    """Return the place of something that shows skills, if some of them come first: lower is earlier."""
    return min((first.index(key) for key in skills if key in first), default=len(first))


def level_number(portfolio: Portfolio, level: str) -> int:
    """Return the position of a level among all levels, from 1 for the lowest; 0 if it is not a level."""
    return portfolio.levels.index(level) + 1 if level in portfolio.levels else 0


def is_recent(period: Period | None, query: Query) -> bool:
    """Return whether a period matches the filter ``since``; without a period, only if there is no filter."""
    if not query.since:
        return True
    return period is not None and (period.end is None or not period.end.precedes(query.since))
