"""The query for entries of any type, such as publications and talks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_folio.portfolio.dates import Period
from sphinx_folio.portfolio.person_names import own_names
from sphinx_folio.portfolio.queries.base import is_recent, target_of
from sphinx_folio.portfolio.queries.work import newest_first_key
from sphinx_folio.portfolio.records import Entry, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.base import Query, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry in a list."""

    target: Target
    url: str
    authors: tuple[tuple[str, bool], ...]
    """Each author, and whether that is the person."""
    details: tuple[str, ...]
    """More facts, such as the journal."""
    date: PartialDate | None
    validity: Period | None
    """From when until when it is valid; then ``date`` is None."""
    has_expired: bool
    """Whether the validity is over."""
    period: Period | None
    """How long it lasted."""


def entries(portfolio: Portfolio, query: Query) -> tuple[EntryRow, ...]:
    """Return the entries that match the filters types, skill, selected and since, newest first; undated ones last.

    Without the filter types, these are the entries of the types that can be evidence, see :meth:`Entry.as_evidence`.
    """
    return tuple(
        _row(portfolio, entry)
        for entry in sorted(_matches(portfolio, query), key=lambda entry: newest_first_key(_when(portfolio, entry)))
    )


def _matches(portfolio: Portfolio, query: Query) -> Iterator[Entry]:
    for entry in portfolio.objects():
        is_wanted = entry.objtype in query.types if query.types else entry.is_evidence
        is_selected = not query.selected or getattr(entry, "selected", "") == query.selected
        shows_skill = not query.skill or query.skill in entry.shown_skills()
        if is_wanted and is_selected and shows_skill and is_recent(_when(portfolio, entry), query):
            yield entry


def _when(portfolio: Portfolio, entry: Entry) -> Period | None:
    date: PartialDate | None = getattr(entry, "date", None)
    return Period(date, date) if date else portfolio.period_of(entry)


def _row(portfolio: Portfolio, entry: Entry) -> EntryRow:
    authors: tuple[str, ...] = getattr(entry, "authors", ())
    date: PartialDate | None = getattr(entry, "date", None)
    expires: PartialDate | None = getattr(entry, "expires", None)
    validity = Period(date, expires) if date and expires and not expires.precedes(date) else None
    own = own_names(authors, [name for person in portfolio.all(Person) for name in person.names()])
    return EntryRow(
        target=target_of(entry),
        url=getattr(entry, "url", ""),
        authors=tuple((name, name in own) for name in authors),
        details=tuple(filter(None, entry.timeline_details())),
        date=None if validity else date,
        validity=validity,
        has_expired=validity is not None and portfolio.has_expired(entry),
        period=entry.own_period(),
    )
