"""Dates and periods of a résumé.

A :class:`PartialDate` is a year, a month or a day. A :class:`Period` has a start and an optional end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.spelling import ascii_form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MONTHS_PER_YEAR = 12
_ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class NoSuchDateError(ValueError):
    """The calendar has no such date."""

    def __init__(self, text: str, reason: str) -> None:
        """Set the text of the date, and what is wrong with it."""
        super().__init__(f"no such date: {text!r} ({reason})")
        self.reason = reason


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date without a day, or without a month and a day, or a full date (ISO 8601, reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Parse a date in the format ``2021``, ``2021-08`` or ``2021-08-31``.

        Raises:
            ValueError: The text has a different format.
            NoSuchDateError: The calendar has no such date.
        """
        match = _ISO_DATE.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a date: {text!r}; write a year, 2021-08 or 2021-08-31")
        parts = [int(part) for part in match.groups() if part]
        found = cls(*parts)
        try:
            found.first_day  # noqa: B018  raises ValueError for a date like 2021-02-30
        except ValueError as error:
            raise NoSuchDateError(text, str(error)) from None
        return found

    def __str__(self) -> str:
        """Return the date in ISO 8601 format, with as many parts as are known."""
        rest = (f"-{part:02}" for part in (self.month, self.day) if part is not None)
        return f"{self.year:04}" + "".join(rest)

    def __lt__(self, other: PartialDate) -> bool:
        """Compare by year, month and day; a missing part sorts before any value, so 2021 < 2021-01."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    @property
    def precision(self) -> str:
        """Return the smallest part that is known: ``year``, ``month`` or ``day``."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """Return the earliest day that the date includes."""
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    def precedes(self, other: PartialDate) -> bool:
        """Return whether this date is certainly before another one; ``2021`` is not before ``2021-08``."""
        shared = 1 if None in (self.month, other.month) else 2 if None in (self.day, other.day) else 3
        return self._order[:shared] < other._order[:shared]


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first letters of the English months."""
_OTHER_FORMATS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})[^\da-z]{1,3}(?P<month>\d{1,2})(?:[^\da-z]{1,3}(?P<day>\d{1,2}))?[^\da-z]?",  # 2021年8月
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?",  # 202108
        r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})",  # 08/2021
        r"(?P<name>[a-z]{3})[a-z]*\.?,?\s+(?:(?P<day>\d{1,2})[a-z]{0,2},?\s+)?(?P<year>\d{4})",  # August 31, 2021
        r"(?P<day>\d{1,2})[a-z]{0,2}\.?\s+(?P<name>[a-z]{3})[a-z]*\.?,?\s+(?P<year>\d{4})",  # 31 August 2021
        r"(?P<year>\d{4})[^\da-z]?",  # 2021年
    )
)

_PART_OF_YEAR = (
    "spring|summer|fall|autumn|winter|early|mid|late"
    "|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver|primavera|verano|otoño|invierno"
    "|estate|autunno|inverno|verão|outono|anfang|mitte|ende|début|fin|principios|finales|inizio|fine|início|final"
    "|q[1-4]"
)
_VAGUE = re.compile(
    rf"(?:{_PART_OF_YEAR})[ ,.-]{{1,2}}(?:of |de |del |di )?(?P<y>[0-9]{{4}})"
    r"|(?P<y2>[0-9]{4})(?: ?[- ]?q[1-4]|年? ?(?:春|夏|秋|冬)(?:季|天)?|年(?:初|中|末|底|春|夏|秋|冬))",
    re.IGNORECASE,
)


def year_of_part(text: str) -> int:
    """Return the year of a season, a quarter or another part of a year, such as ``Fall 2016``; 0 for other texts."""
    found = _VAGUE.fullmatch(text)
    return int(found["y"] or found["y2"]) if found else 0


def likely_date(text: str) -> str:
    """Convert a date in another common format, such as ``August 2021`` or ``2021年8月``, to ISO 8601 format.

    The result is only a suggestion for the author, since ``03/04/2021`` and the like are not unique. Of a part of a
    year, such as ``Fall 2016``, it is the year.

    Returns:
        The date, or an empty string if the text is in none of the formats.
    """
    plain = ascii_form(text).strip().casefold()
    if year := year_of_part(plain):
        return str(year)
    for pattern in _OTHER_FORMATS:
        match = pattern.fullmatch(plain)
        if not match:
            continue
        parts = match.groupdict()
        name = parts.get("name")
        if name and name not in MONTHS:
            return ""
        month = MONTHS.index(name) + 1 if name else parts.get("month")
        found = [parts["year"], *(f"{int(part):02}" for part in (month, parts.get("day")) if part)]
        try:
            return str(PartialDate.parse("-".join(found)))
        except ValueError:
            return ""
    return ""


@dataclass(frozen=True, slots=True)
class Period:
    """A period from a start to an end; without an end it is ongoing."""

    start: PartialDate
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        """Check the order of start and end.

        Raises:
            ValueError: The end is before the start.
        """
        if self.end and self.end.precedes(self.start):
            raise ValueError(f"the end, {self.end}, is before the start, {self.start}")

    def is_ongoing(self, today: PartialDate | None) -> bool:
        """Return whether the period has no end, or one later than ``today``."""
        return self.end is None or (today is not None and today.precedes(self.end))

    def is_over(self, today: PartialDate | None) -> bool:
        """Return whether the period has an end that is certainly before ``today``."""
        return self.end is not None and today is not None and self.end.precedes(today)

    def months(self, today: PartialDate) -> int:
        """Return the length in months that the dates prove, including the first and the last; it ends ``today``.

        So 2012 to 2014 is 14 months: December 2012 to January 2014.
        """
        first, last = self._proven_range(today)
        return last - first + 1

    def duration(self, today: PartialDate) -> Duration | None:
        """Return the length to show, until ``today``.

        A period that is over has none unless its months are known: its dates, which are shown next to it, say all.
        """
        found = duration_covered([self], today)
        return found if found is None or not found.is_minimum or self.is_ongoing(today) else None

    def month_range(self, today: PartialDate) -> tuple[int, int]:
        """Return the first and the last month that the dates allow, each as ``year * 12 + month``.

        If only the year is known, the period starts in January and ends in December, in the current year ``today``.
        """
        end = self.end or today
        last_month = end.month or (today.month if end.year == today.year and today.month else 12)
        first = self.start.year * 12 + (self.start.month or 1)
        return first, max(first, end.year * 12 + last_month)

    def _proven_range(self, today: PartialDate) -> tuple[int, int]:
        """Return the first and the last month that are certain, until ``today``, each as ``year * 12 + month``.

        If only the year is known, the period starts in December and ends in January. If that is the wrong order, it is
        the month that is known.
        """
        end = today if self.end is None or today.precedes(self.end) else self.end
        first = self.start.year * 12 + (self.start.month or 12)
        last = end.year * 12 + (end.month or 1)
        if first <= last:
            return first, last
        return (first, first) if self.start.month else (last, last)


class Duration(NamedTuple):
    """A length of time to show."""

    months: int
    is_minimum: bool
    """Whether it is at least so long, because it is ongoing or its months are unknown; then only years are certain."""


def months_covered(periods: Iterable[Period], today: PartialDate) -> int:
    """Return how many months until ``today`` are certainly covered by at least one of the periods."""
    return _months_in((period._proven_range(today) for period in periods), today)  # noqa: SLF001  same module


def months_allowed(periods: Iterable[Period], today: PartialDate) -> int:
    """Return how many months until ``today`` may be covered by at least one of the periods, as far as the dates say."""
    return _months_in((period.month_range(today) for period in periods), today)


def duration_covered(periods: Collection[Period], today: PartialDate) -> Duration | None:
    """Return how long until ``today`` at least one of the periods lasted, as far as that is certain.

    Returns:
        The duration; None if there is no period, or if months are unknown and no year is certain.
    """
    proven = months_covered(periods, today)
    is_exact = proven == months_allowed(periods, today)
    if not proven or not (is_exact or proven >= MONTHS_PER_YEAR):
        return None
    return Duration(proven, is_minimum=not is_exact or any(period.is_ongoing(today) for period in periods))


def _months_in(ranges: Iterable[tuple[int, int]], today: PartialDate) -> int:
    """Return how many months until ``today`` are in at least one of the ranges."""
    covered, last_covered, this_month = 0, 0, today.year * 12 + (today.month or 12)
    for first, end in sorted(ranges):
        last = min(end, this_month)
        covered += max(0, last - max(first, last_covered + 1) + 1)
        last_covered = max(last_covered, last)
    return covered


def start_and_end(period: Period | None) -> dict[str, str]:
    """Return the properties ``startDate`` and ``endDate`` of JSON Resume and schema.org.

    The end of an ongoing period is an empty string; without a period, there are no properties.
    """
    return {"startDate": str(period.start), "endDate": str(period.end or "")} if period else {}
