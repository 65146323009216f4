"""A portfolio told for a purpose: narrowed to some skills, and to what shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.records import (
    Evidence,
    Highlight,
    Project,
    Skill,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry


TIES = {"skills": "skill", "languages": "skill", "highlights": "highlight", "projects": "project"}
"""The fields of entries that hold keys of other entries, and the type of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a view is called, in addresses and by readers, and the skills that it is about."""

    name: str
    title: str
    skills: frozenset[str]


def make_view(portfolio: Portfolio, name: str, title: str, *, skills: Iterable[str], categories: Iterable[str]) -> View:
    """Return a view of skills that are named, and of all those of the categories."""
    wanted = {*categories}
    of_categories = {skill.key for skill in portfolio.all(Skill) if skill.category in wanted}
    return View(name=name, title=title, skills=frozenset({*skills, *of_categories}))


def is_kept(portfolio: Portfolio, view: View, entry: Entry) -> bool:
    """Tell whether a view tells an entry.

    Person, positions and studies always are: a life has no gaps. A highlight that says no skills is told with its
    project. A project is told if it, or a highlight of it, shows a skill of the view.
    """
    if isinstance(entry, Skill):
        return entry.key in view.skills
    if isinstance(entry, Project):
        highlights = portfolio.highlights_of("project", entry.key)
        shown = {*entry.shown_skills(), *(skill for item in highlights for skill in item.skills)}
        return not view.skills.isdisjoint(shown)
    if isinstance(entry, Highlight):
        project = portfolio.find("project", entry.project)
        of_project = project is None or is_kept(portfolio, view, project)
        return not view.skills.isdisjoint(entry.skills) if entry.skills else of_project
    if isinstance(entry, Evidence):
        proven = (portfolio.find(*item) for item in entry.proves())
        return any(is_kept(portfolio, view, found) for found in proven if found)
    skills = entry.shown_skills()
    return entry.always_in_views or not skills or not view.skills.isdisjoint(skills)


def filtered(portfolio: Portfolio, view: View) -> Portfolio:
    """Return the portfolio as a view tells it: what it keeps names nothing that it leaves out."""
    kept = {(entry.objtype, entry.key) for entry in portfolio.entries() if is_kept(portfolio, view, entry)}
    pages = []
    for page in portfolio.pages:
        entries = (_narrowed(entry, kept) for entry in page.entries if (entry.objtype, entry.key) in kept)
        pages.append(replace(page, entries=tuple(entries), mentions=()))
    return replace(portfolio, pages=tuple(pages))


def _narrowed(entry: Entry, kept: set[tuple[str, str]]) -> Entry:
    """Return an entry with those of its ties that lead to what is kept."""

    def only(objtype: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if (objtype, key) in kept)

    ties: dict[str, Any] = {
        field: only(objtype, getattr(entry, field)) for field, objtype in TIES.items() if hasattr(entry, field)
    }
    return replace(entry, **ties)
