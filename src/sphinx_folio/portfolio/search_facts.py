"""The facts about an object that search cannot find in the text of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.searchable import Facts
from sphinx_folio.portfolio.records import Evidence, Person, Position, Project, Skill

if TYPE_CHECKING:
    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry


def search_facts(portfolio: Portfolio, objtype: str, key: str) -> Facts | None:
    """Return name, entity, level and dates of an object, or None if there is no such object."""
    entry = portfolio.find(objtype, key)
    if entry is None:
        return None
    return Facts(
        entry.name or "",
        (entry.entity,) if isinstance(entry, Position) else (),
        entry.level_label if isinstance(entry, Skill) else "",
        _dates(portfolio, entry),
        is_subject=isinstance(entry, Person | Project),
        repeats_name=isinstance(entry, Evidence),
    )


def _dates(portfolio: Portfolio, entry: Entry) -> tuple[str, ...]:
    """Return the first and the last date in ISO 8601 format; only the years if the period is inherited."""
    date: PartialDate | None = getattr(entry, "date", None)
    if date or isinstance(entry, Evidence):
        return (str(date), str(date)) if date else ()
    period = portfolio.period_of(entry)
    if period is None:
        return ()
    if period == getattr(entry, "period", None):
        return str(period.start), str(period.end or "")
    return str(period.start.year), str(period.end.year if period.end else "")
