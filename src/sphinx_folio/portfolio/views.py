"""Views: extracts of a portfolio for a purpose, which contain some skills, types of entries, and what shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.queries.base import rank
from sphinx_folio.portfolio.records import Evidence, Highlight, Position, Project, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry


REFERENCE_FIELDS = {"skills": "skill", "languages": "skill", "highlights": "highlight", "projects": "project"}
"""Fields of records that contain keys of other entries → the type of these entries."""
KEPT_TYPES = ("person", "position", "skill")
"""The types that a view cannot leave out as a whole: it is the résumé of a person, without gaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view: its name, which is part of file names, its title for readers, and the keys of its skills."""

    name: str
    title: str
    skills: frozenset[str] | None
    """None for all skills, and entries that show none."""
    first: tuple[str, ...] = ()
    """The keys of the skills that come first in lists without numbers, and what shows them."""
    without: frozenset[str] = frozenset()
    """The types of entries to leave out."""

    def has_any(self, skills: Iterable[str]) -> bool:
        """Return whether the view has one of some skills, or is not limited to skills."""
        return self.skills is None or not self.skills.isdisjoint(skills)

    def rank(self, skills: Iterable[str]) -> int:
        """Return the place in a list of something that shows skills: lower is earlier."""
        return rank(self.first, skills)


def make_view(
    portfolio: Portfolio,
    name: str,
    title: str,
    *,
    skills: Iterable[str],
    categories: Iterable[str],
    first: Iterable[str] = (),
    without: Iterable[str] = (),
) -> View:
    """Return a view of the given skills and of all skills in the given categories (keys); of all if both are empty."""
    selected = {*categories}
    in_categories = {skill.key for skill in portfolio.all(Skill) if skill.category in selected}
    chosen = frozenset({*skills, *in_categories}) if skills or selected else None
    return View(name=name, title=title, skills=chosen, first=tuple(first), without=frozenset(without))


def is_included(portfolio: Portfolio, view: View, entry: Entry) -> bool:
    """Return whether a view includes an entry.

    Entries of the types that the view leaves out are not included, nor is what belongs to such a project. The rules by
    type for the others, if the view is limited to skills:

    - Person, positions and education are always included, so that the career has no gaps.
    - A project is included if it, or one of its highlights, shows a skill of the view.
    - A highlight is included if it shows a skill of the view; without skills, if its project is included.
    - Evidence is included if it proves an included object.
    - Any other entry is included if it shows a skill of the view, or has no skills.
    """
    return entry.objtype not in view.without and _fits_skills(portfolio, view, entry)


def _fits_skills(portfolio: Portfolio, view: View, entry: Entry) -> bool:
    """Return whether the skills of a view include an entry of a type that the view does not leave out."""
    if isinstance(entry, Skill):
        return view.has_any((entry.key,))
    if isinstance(entry, Project):
        highlights = portfolio.highlights_of("project", entry.key)
        shown = {*entry.shown_skills(), *(skill for item in highlights for skill in item.skills)}
        return view.has_any(shown)
    if isinstance(entry, Highlight):
        project = portfolio.find("project", entry.project)
        if project and (not entry.skills or project.objtype in view.without):
            return is_included(portfolio, view, project)
        return not entry.skills or view.has_any(entry.skills)
    if isinstance(entry, Evidence):
        proven = (portfolio.find(*item) for item in entry.proves())
        return any(is_included(portfolio, view, found) for found in proven if found)
    skills = entry.shown_skills()
    return entry.always_in_views or not skills or view.has_any(skills)


def filtered_by_view(portfolio: Portfolio, view: View) -> Portfolio:
    """Return a portfolio with only the entries that a view includes, without mentions.

    References from included entries to other ones are removed, and the skills that come first do so in their lists. A
    position that is left without work has the names of its projects as its summary.
    """
    return portfolio.cached((View, view), lambda: _filtered(portfolio, view))


def _filtered(portfolio: Portfolio, view: View) -> Portfolio:
    included = {(entry.objtype, entry.key) for entry in portfolio.entries() if is_included(portfolio, view, entry)}
    pages = []
    for page in portfolio.pages:
        entries = (
            _with_references_to(included, entry) for entry in page.entries if (entry.objtype, entry.key) in included
        )
        named = [
            entry if "project" in view.without else _with_names_of_work(portfolio, included, entry) for entry in entries
        ]
        pages.append(replace(page, entries=tuple(_with_highlights_first(named, view)), mentions=()))
    return replace(portfolio, pages=tuple(pages), first_skills=view.first)


def _with_highlights_first(entries: list[Entry], view: View) -> Iterator[Entry]:
    """Yield entries with the highlights of each owner in the order of the view, in the places of highlights."""
    groups: dict[tuple[object, ...], list[Highlight]] = {}
    for entry in entries:
        if isinstance(entry, Highlight):
            groups.setdefault(tuple(entry.parents()), []).append(entry)
    ordered = {owners: iter(sorted(group, key=lambda item: view.rank(item.skills))) for owners, group in groups.items()}
    for entry in entries:
        yield next(ordered[tuple(entry.parents())]) if isinstance(entry, Highlight) else entry


def _with_names_of_work(portfolio: Portfolio, included: set[tuple[str, str]], entry: Entry) -> Entry:
    """Return a position that the view leaves without work with the names of its projects as its summary."""
    if not isinstance(entry, Position) or entry.summary:
        return entry
    projects = [project for project in portfolio.all(Project) if project.position == entry.key]
    work: list[Entry] = [*projects, *portfolio.highlights_of("position", entry.key)]
    if any((item.objtype, item.key) in included for item in work):
        return entry
    return replace(entry, summary=" · ".join(project.name for project in projects))


def _with_references_to(included: set[tuple[str, str]], entry: Entry) -> Entry:
    """Return an entry whose references to entries that are not included (type and key) are removed."""

    def only(objtype: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if (objtype, key) in included)

    references: dict[str, Any] = {
        field: only(objtype, getattr(entry, field))
        for field, objtype in REFERENCE_FIELDS.items()
        if hasattr(entry, field)
    }
    return replace(entry, **references)
