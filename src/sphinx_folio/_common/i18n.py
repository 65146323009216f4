"""Translated words: ``_`` for what readers see, ``__`` for messages to the author; dates and durations with Babel."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from sphinx.locale import get_translation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sphinx_folio.portfolio.dates import PartialDate, Period

CATALOG = "sphinx_folio"
FOLDER = Path(__file__).parent.parent / "locales"

_ = get_translation(CATALOG)
__ = get_translation(CATALOG, "console")


def mark(message: str) -> str:
    """Return a string as it is, marked for the catalogs: it is translated where it is used."""
    return message


def is_language(code: object) -> bool:
    """Tell whether a code names a language that Babel knows, written as Sphinx writes it: ``en``, ``zh_CN``."""
    try:
        return isinstance(code, str) and bool(Locale.parse(code))
    except (ValueError, UnknownLocaleError):
        return False


SKELETONS = {"year": "y", "month": "yMMM", "day": "yMMMd"}
"""How exact a date is → the Unicode skeleton by which Babel finds a language's own pattern (CLDR)."""


class DateFormatter:
    """Write dates, periods and durations in a language, by Babel's patterns or by the site's own."""

    def __init__(self, language: str, formats: Mapping[str, Mapping[str, str]]) -> None:
        """Take the build's language and the setting ``folio_date_formats``."""
        self._formats = formats.get(language, {})
        try:
            self._locale = Locale.parse(language)
        except (ValueError, UnknownLocaleError):
            self._locale = Locale("en")

    def date(self, date: PartialDate) -> str:
        """Return a date, as exact as it is known."""
        return _as_written(date.first_day, date.precision, self._formats.get(date.precision), self._locale)

    def period(self, period: Period) -> str:
        """Return a period's start and end; one date if they are the same."""
        if period.start == period.end:
            return self.date(period.start)
        end = self.date(period.end) if period.end else str(_("present"))
        return self._formats.get("range", "{start} – {end}").format(start=self.date(period.start), end=end)

    def duration(self, months: int, *, ongoing: bool = False) -> str:
        """Return a number of months as years and months.

        What is ongoing grows after the build: it gets the number that it has reached, as "5+ yrs", which stays true.
        """
        years, rest = divmod(months, 12)
        if ongoing:
            return _ngettext("%d+ yr", "%d+ yrs", years) if years else _ngettext("%d+ mo", "%d+ mos", rest)
        parts = []
        if years:
            parts.append(_ngettext("%d yr", "%d yrs", years))
        if rest or not years:
            parts.append(_ngettext("%d mo", "%d mos", rest))
        return " ".join(parts)


@lru_cache(maxsize=4096)
def _as_written(day: date, precision: str, pattern: str | None, locale: Locale) -> str:
    """Return a date by a pattern, or by the language's own; a portfolio shows each of its dates many times."""
    if pattern:
        return format_date(day, pattern, locale=locale)
    return format_skeleton(SKELETONS[precision], day, locale=locale)


def _ngettext(singular: str, plural: str, number: int) -> str:
    from sphinx.locale import get_translator  # noqa: PLC0415  the translator of the current build, not of the import

    translator: Any = get_translator(CATALOG)
    return str(translator.ngettext(singular, plural, number)) % number
