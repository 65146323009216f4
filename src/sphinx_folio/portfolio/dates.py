"""Dates as résumés know them: a year, a month or a day, and the time between two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import TYPE_CHECKING

from sphinx_folio._common.spelling import ascii_form

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date that may lack its day, or its month and day (ISO 8601, reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Return the date that a text such as ``2021``, ``2021-08`` or ``2021-08-31`` names.

        Raises:
            ValueError: The text has another form, or the calendar has no such date.
        """
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a date: {text!r}; write a year, 2021-08 or 2021-08-31")
        parts = [int(part) for part in match.groups() if part]
        found = cls(*parts)
        try:
            found.first_day  # noqa: B018  the calendar answers
        except ValueError as error:
            raise ValueError(f"no such date: {text!r} ({error})") from None
        return found

    def __str__(self) -> str:
        """Return the ISO 8601 form, as exact as the date is known."""
        rest = (f"-{part:02}" for part in (self.month, self.day) if part is not None)
        return f"{self.year:04}" + "".join(rest)

    def __lt__(self, other: PartialDate) -> bool:
        """Order by first day, the less exact date first."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    @property
    def precision(self) -> str:
        """Say how exact the date is: ``year``, ``month`` or ``day``."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """Return the first day that the date can mean."""
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    def precedes(self, other: PartialDate) -> bool:
        """Tell whether this date lies wholly before another; ``2021`` and ``2021-08`` do not settle it."""
        shared = 1 if None in (self.month, other.month) else 2 if None in (self.day, other.day) else 3
        return self._order[:shared] < other._order[:shared]


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHER_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})[^\da-z]{1,3}(?P<month>\d{1,2})(?:[^\da-z]{1,3}(?P<day>\d{1,2}))?[^\da-z]?",  # 2021年8月
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?",  # 202108
        r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})",  # 08/2021
        r"(?P<name>[a-z]{3})[a-z]*\.?,?\s+(?:(?P<day>\d{1,2})[a-z]{0,2},?\s+)?(?P<year>\d{4})",  # August 31, 2021
        r"(?P<day>\d{1,2})[a-z]{0,2}\.?\s+(?P<name>[a-z]{3})[a-z]*\.?,?\s+(?P<year>\d{4})",  # 31 August 2021
        r"(?P<year>\d{4})[^\da-z]?",  # 2021年
    )
)


def likely_date(text: str) -> str:
    """Return the ISO 8601 form of a date that is written in another way, or nothing if there is none or several."""
    plain = ascii_form(text).strip().casefold()
    for form in _OTHER_FORMS:
        match = form.fullmatch(plain)
        if not match:
            continue
        parts = match.groupdict()
        name = parts.get("name")
        if name and name not in _MONTHS:
            return ""
        month = _MONTHS.index(name) + 1 if name else parts.get("month")
        found = [parts["year"], *(f"{int(part):02}" for part in (month, parts.get("day")) if part)]
        try:
            return str(PartialDate.parse("-".join(found)))
        except ValueError:
            return ""
    return ""


@dataclass(frozen=True, slots=True)
class Period:
    """The time from a start to an end; without an end, it goes on."""

    start: PartialDate
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        """Refuse an end before the start.

        Raises:
            ValueError: The end lies before the start.
        """
        if self.end and self.end.precedes(self.start):
            raise ValueError(f"the end, {self.end}, lies before the start, {self.start}")

    def months(self, today: PartialDate) -> int:
        """Count the months, the first and the last included; a period that goes on ends ``today``.

        Where only the year is known, the period is taken to begin in January and to end in December,
        so that 2019 to 2020 makes 24 months.
        """
        first, last = self._span(today)
        return last - first + 1

    def _span(self, today: PartialDate) -> tuple[int, int]:
        """Return the first and the last month, counted from the year 0."""
        end = self.end or today
        last_month = end.month or (today.month if end.year == today.year and today.month else 12)
        first = self.start.year * 12 + (self.start.month or 1)
        return first, max(first, end.year * 12 + last_month)


def months_covered(periods: Iterable[Period], today: PartialDate) -> int:
    """Count the months that periods cover together; what they share counts once."""
    covered, reached = 0, 0
    for first, last in sorted(period._span(today) for period in periods):  # noqa: SLF001  a class and its helper
        covered += max(0, last - max(first, reached + 1) + 1)
        reached = max(reached, last)
    return covered


def start_and_end(period: Period | None) -> dict[str, str]:
    """Return a period under the names that JSON Resume and schema.org share; the end is empty while it goes on."""
    return {"startDate": str(period.start), "endDate": str(period.end or "")} if period else {}
