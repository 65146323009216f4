"""The facts about an object that search cannot find in the text of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.searchable import Facts
from sphinx_folio.portfolio.queries import Query, run_query
from sphinx_folio.portfolio.records import Evidence, Person, Position, Project, Skill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_folio.portfolio.dates import Duration, PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry


def search_facts(portfolio: Portfolio, objtype: str, key: str, duration: Callable[..., str]) -> Facts | None:
    """Return name, entity, texts and dates of an object, or None if there is no such object."""
    entry = portfolio.find(objtype, key)
    if entry is None:
        return None
    return Facts(
        entry.name or "",
        (entry.entity,) if isinstance(entry, Position) else (),
        " ".join(filter(None, _texts(portfolio, entry, duration))),
        _dates(portfolio, entry),
        is_subject=isinstance(entry, Person | Project),
        repeats_name=isinstance(entry, Evidence),
    )


def _texts(portfolio: Portfolio, entry: Entry, duration: Callable[..., str]) -> Iterator[str]:
    """Yield facts that are not written at an object: categories, levels, durations, and identifiers of archives."""
    if isinstance(entry, Skill):
        yield portfolio.categories.get(entry.category, "")
        yield entry.level_label
        facts = run_query(portfolio, Query(kind="skill-facts", key=entry.key))
        yield _shown(facts.duration, duration) if facts else ""
    elif isinstance(entry, Position) and entry.period:
        yield _shown(run_query(portfolio, Query(kind="period", period=entry.period)), duration)
    elif isinstance(entry, Evidence) and (found := portfolio.verification_of(entry)):
        yield found.swhid.partition(";")[0]


def _shown(found: Duration | None, duration: Callable[..., str]) -> str:
    return duration(found.months, at_least=found.is_minimum) if found else ""


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
