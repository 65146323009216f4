"""Checks that need the records of all pages: duplicate keys and names, dates in the future, unknown references."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.collect.unknown_keys import warn_unknown_key
from sphinx_folio.portfolio.records import Evidence, Person, Project

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry


def file_of(env: BuildEnvironment, portfolio: Portfolio, entry: Entry) -> str:
    """Return the path of the file with the directive of an entry: the page, or a file that the page includes."""
    page = env.doc2path(entry.docname)
    included = dict(portfolio.page(entry.docname).included).get(entry.node_id)
    return os.path.normpath(os.path.join(os.path.dirname(page), included)) if included else str(page)  # noqa: PTH118, PTH120


def entry_location(env: BuildEnvironment, portfolio: Portfolio, entry: Entry) -> tuple[str, int] | str:
    """Return page and line of the directive of an entry, or ``path:line`` if it is in a file that the page includes."""
    file = file_of(env, portfolio, entry)
    is_in_page = file == str(env.doc2path(entry.docname))
    return (entry.docname, entry.line) if is_in_page else f"{file}:{entry.line}"


class Consistency:
    """The checks of a portfolio."""

    def __init__(self, env: BuildEnvironment, portfolio: Portfolio) -> None:
        """Initialize the checks.

        Args:
            env: The environment, which has the paths of pages.
            portfolio: The records of all pages.
        """
        self._env, self._portfolio = env, portfolio

    def check(self) -> None:
        """Run all checks, and warn about each mistake, in page order."""
        for entry in self._portfolio.entries():
            self._check_keys(entry)
            self._check_dates(entry)
            self._check_project(entry)
            self._check_person(entry)
            for objtype, key in entry.unlinked_references():
                if not self._portfolio.find(objtype, key):
                    warn_unknown_key(self._env.config, self._portfolio, objtype, key, self._location_of(entry))
            if isinstance(entry, Evidence) and not entry.has_mistakes and not any(entry.proves()):
                message = __(
                    "evidence %r supports nothing; put it into an entry, or name the supported entries in its options"
                )
                warn(Subtype.IDLE_EVIDENCE, message, entry.key, location=self._location_of(entry))
        self._check_project_headings()
        self._check_names()

    def _location_of(self, entry: Entry) -> tuple[str, int] | str:
        return entry_location(self._env, self._portfolio, entry)

    def _check_keys(self, entry: Entry) -> None:
        """Warn if another entry has the key or a former key of an entry."""
        first = self._portfolio.find(entry.objtype, entry.key)
        if first is not None and first is not entry:
            message = __("duplicate %s key %r; it was first given in %s:%d")
            facts = entry.objtype, entry.key, file_of(self._env, self._portfolio, first), first.line
            warn(Subtype.DUPLICATE_KEY, message, *facts, location=self._location_of(entry))
        for key in entry.formerly:
            taken = self._portfolio.find(entry.objtype, key)
            if key == entry.key:
                message = __("%s %r lists its current key %r as a former key; remove it")
            elif taken is not None or self._portfolio.find_renamed(entry.objtype, key) is not entry:
                message = __("%s %r lists the former key %r, but another entry has this key or former key")
            else:
                continue
            warn(Subtype.DUPLICATE_KEY, message, entry.objtype, entry.key, key, location=self._location_of(entry))

    def _check_person(self, entry: Entry) -> None:
        """Warn about a second person, whose entries would count as those of the first."""
        people = self._portfolio.all(Person)
        if isinstance(entry, Person) and entry in people[1:]:
            message = __(
                "a second person, %r: a site describes only one, so all entries are attributed to %r (%s:%d); "
                "remove one of the two"
            )
            first = people[0].key, file_of(self._env, self._portfolio, people[0]), people[0].line
            warn(Subtype.DUPLICATE_PERSON, message, entry.key, *first, location=self._location_of(entry))

    def _check_dates(self, entry: Entry) -> None:
        """Warn about dates in the future."""
        period = entry.own_period()
        dates = (getattr(entry, "date", None), getattr(entry, "birth", None), period.start if period else None)
        today = self._portfolio.today
        if not today or not any(date and today.precedes(date) for date in dates):
            return
        messages = (
            __("%s %r has a date later than today, %s"),
            __("%s %r has a date of birth later than today, %s"),
            __("%s %r starts later than today, %s"),
        )
        for message, date in zip(messages, dates, strict=True):
            if date and today.precedes(date):
                location = self._location_of(entry)
                warn(Subtype.FUTURE_DATE, message, entry.objtype, entry.key, today, location=location)

    def _check_project(self, entry: Entry) -> None:
        """Warn about a project whose own dates are certainly not within those of its position."""
        position = self._portfolio.find("position", entry.position) if isinstance(entry, Project) else None
        period, around = entry.own_period(), position.own_period() if position else None
        if not position or not period or not around:
            return
        if period.start.precedes(around.start):
            message = __(
                "project %r starts (%s) before its position %r (%s); correct a date, or leave out the option position"
            )
            facts: tuple[object, ...] = (entry.key, period.start, position.key, around.start)
        elif around.end and period.end and around.end.precedes(period.end):
            message = __(
                "project %r ends (%s) after its position %r (%s); correct a date, or leave out the option position"
            )
            facts = (entry.key, period.end, position.key, around.end)
        elif around.end and not period.end and self._portfolio.today and around.end.precedes(self._portfolio.today):
            message = __(
                "project %r goes on, but its position %r has ended (%s); add the end of the project, "
                "or leave out the option position"
            )
            facts = (entry.key, position.key, around.end)
        else:
            return
        warn(Subtype.OUTSIDE_POSITION, message, *facts, location=self._location_of(entry))

    def _check_project_headings(self) -> None:
        """Warn about headings that name a project below another position of the same section than its own."""
        message = __(
            "this heading names project %r below position %r, but the project belongs to %r; move the heading below"
            " that position, before the next one"
        )
        for page in self._portfolio.pages:
            for heading in page.project_headings:
                project = self._portfolio.find("project", heading.project)
                own = project.position if isinstance(project, Project) else ""
                if own in heading.positions and own != heading.position:
                    facts = (heading.project, heading.position, own)
                    warn(Subtype.OUTSIDE_POSITION, message, *facts, location=(page.docname, heading.line))

    def _check_names(self) -> None:
        """Warn about objects that readers cannot distinguish."""
        named: dict[tuple[object, ...], Entry] = {}
        for entry in self._portfolio.objects():
            first = named.setdefault((entry.objtype, entry.name.casefold(), *entry.distinguishing_values()), entry)
            if first is not entry:
                message = __("%s %r has the same name as %r: %s")
                location = self._location_of(entry)
                names = (entry.objtype, entry.key, first.key, entry.name)
                warn(Subtype.DUPLICATE_NAME, message, *names, location=location)
