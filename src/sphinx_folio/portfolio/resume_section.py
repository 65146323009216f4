"""Sections of JSON Resume whose items are the entries of one type, for export and import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.dates import Period, start_and_end
from sphinx_folio.portfolio.queries.work import newest_first
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry, Highlight


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSection:
    """A section of JSON Resume: the fields of its items and the fields of records that they correspond to.

    A record with the field ``period`` has the properties ``startDate`` and ``endDate`` in addition.
    """

    record: type[Entry]
    name: str
    """The name of the section, such as ``awards``."""
    title: str
    """The field that contains the name of the entry."""
    text: str = "summary"
    """The field that contains the prose."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Other field → field of the record. The option of the directive has the same name, with hyphens."""
    own_fields: tuple[str, ...] = ()
    """Fields of the record that the schema does not have; they are part of ``x-folio``."""

    def export(self, portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
        """Return the section for the portfolio; a section that the schema does not have is part of ``x-folio``."""
        return {self.name: [self.item(portfolio, entry) for entry in newest_first(portfolio, self.record)]}

    def item(self, portfolio: Portfolio, entry: Entry) -> dict[str, Any]:
        """Return the item for an entry."""
        period = entry.own_period()
        highlights = portfolio.highlights_of(entry.objtype, entry.key)
        return {
            self.title: entry.name,
            **{name: _plain(getattr(entry, own)) for name, own in self.fields.items()},
            **(start_and_end(period) if isinstance(period, Period) else {}),
            self.text: entry.summary,
            "highlights": [item.summary or item.name for item in highlights],
            X_FOLIO: {
                "key": entry.key,
                "skills": list(entry.shown_skills()),
                **{name: _plain(getattr(entry, name)) for name in self.own_fields},
                "highlights": [highlight_json(portfolio, item) for item in highlights],
            },
        }


def highlight_json(portfolio: Portfolio, highlight: Highlight) -> dict[str, Any]:
    """Return the data of a highlight, except its text, for the ``x-folio`` property of its owner."""
    return {
        "key": highlight.key,
        "name": highlight.name if highlight.name != highlight.summary else "",
        "skills": list(highlight.skills),
        "evidence": [proof.key for proof in portfolio.evidence_for("highlight", highlight.key)],
    }


def _plain(value: object) -> object:
    """Return a value of a record as JSON."""
    return list(value) if isinstance(value, tuple) else str(value or "")
