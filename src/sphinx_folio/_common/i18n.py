"""Translation: ``_`` for text that readers see, ``__`` for messages to authors; dates and durations with Babel.

Babel is imported when it is needed: commands that only print messages start faster without it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translation, init_console

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from babel import Locale
    from sphinx.config import Config

    from sphinx_folio.portfolio.dates import PartialDate, Period

CATALOG = "sphinx_folio"
"""The name of the catalogs of this package."""
CATALOG_FOLDER = Path(__file__).parent.parent / "locales"
"""The folder with these catalogs, by language."""

_ = get_translation(CATALOG)
__ = get_translation(CATALOG, "console")


def init_messages() -> None:
    """Translate the messages of Sphinx and of this package into the language of the terminal."""
    init_console()
    init_console(CATALOG_FOLDER, CATALOG)


def is_traditional_chinese(language: str) -> bool:
    """Return whether a language is Chinese in Traditional script: ``zh_TW`` or ``zh_Hant``, but not ``zh_Hans_HK``."""
    code, *others = language.split("_")
    return code == "zh" and "Hans" not in others and not {"Hant", "TW", "HK", "MO"}.isdisjoint(others)


def catalog_languages(language: str) -> list[str]:
    """Return the languages whose catalogs of this package a language uses, the best first.

    They are its own and that without the region; for Chinese, that of its script: ``zh_TW`` for ``zh_HK``, unless the
    script is named, as in ``zh_Hans_HK``.
    """
    code = language.partition("_")[0]
    if code == "zh":
        return [language, "zh_TW" if is_traditional_chinese(language) else "zh_CN"]
    return [language, code]


def mark(message: str) -> str:
    """Return a string unchanged; the call marks it for the catalogs, and the code that shows it translates it."""
    return message


def is_language(code: object) -> bool:
    """Return whether Babel knows a language code in Sphinx's form, such as ``en`` or ``zh_CN``."""
    return isinstance(code, str) and _known_locale(code) is not None


def language_tag(language: str) -> str:
    """Return the BCP 47 tag of a language, as used in HTML: ``pt-BR`` for ``pt_BR``, ``sr-Latn`` for ``sr@latin``."""
    code, _, modifier = language.partition("@")
    name, *rest = code.split("_")
    script = {"latin": "Latn", "cyrillic": "Cyrl"}.get(modifier, modifier)
    return "-".join(filter(None, (name, script, *rest)))


def direction(language: str) -> str:
    """Return the direction in which a language is written, for the attribute ``dir`` in HTML: ``ltr`` or ``rtl``."""
    locale = _known_locale(language)
    return locale.text_direction if locale else "ltr"


@cache
def _known_locale(language: str) -> Locale | None:
    """Return the locale of a language, or None if Babel does not know it."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return None


def and_more(text: str, number: int) -> str:
    """Return a message with the number of others that it does not name: "a and 2 more"; the text itself for none."""
    return str(__("%s and %d more")) % (text, number) if number > 0 else text


def labeled_text(label: object, text: object) -> str:
    """Return a text after its label, with the colon of the language."""
    return str(_("%(label)s: %(text)s")) % {"label": label, "text": text}


SKELETONS = {"year": "y", "month": "yMMM", "day": "yMMMd"}
"""Precision of a date → the Unicode skeleton from which Babel derives the language's pattern (CLDR)."""


class DateFormatter:
    """Format dates, periods, durations and percentages in a language, with Babel's patterns or those of the site."""

    def __init__(self, language: str, formats: Mapping[str, Mapping[str, str]]) -> None:
        """Set the language of the build and the value of ``folio_date_formats``."""
        self._formats = formats.get(language, {})
        locale = _known_locale(language) or _known_locale("en")
        assert locale is not None  # noqa: S101  Babel knows English
        self._locale: Locale = locale
        self._is_unspaced = locale.language == "zh" and not re.search(r"y\s", self._formats.get("month", ""))

    @classmethod
    def of(cls, config: Config) -> DateFormatter:
        """Return the formatter of a build."""
        return cls(config.language, config.folio_date_formats)

    def date(self, date: PartialDate) -> str:
        """Return a date in its own precision: year, month or day."""
        return _format_day(date.first_day, date.precision, self._formats.get(date.precision), self._locale)

    def birth(self, date: PartialDate) -> str:
        """Return a date of birth; one without a day may have a pattern of its own, ``birth``."""
        pattern = self._formats.get("birth") if date.precision == "month" else None
        return _format_day(date.first_day, date.precision, pattern, self._locale) if pattern else self.date(date)

    def percent(self, number: int) -> str:
        """Return a percentage: "50%", in German "50 %"."""
        from babel.numbers import format_percent  # noqa: PLC0415

        return format_percent(number / 100, locale=self._locale)

    def period(self, period: Period) -> str:
        """Return the start and the end of a period, or one date if they are equal."""
        if period.start == period.end:
            return self.date(period.start)
        end = self.date(period.end) if period.end else self._formats.get("present", str(_("present")))
        pattern = self._formats.get("range") or _range_pattern(self._locale)
        return pattern.format(start=self.date(period.start), end=end)

    def duration(self, months: int, *, at_least: bool = False) -> str:
        """Return a number of months as years and months, such as "2 yrs 3 mos".

        A minimum, such as an ongoing duration, which grows after the build, has only the years, as in "5+ yrs", or the
        months below one year. In Chinese, there are spaces around the numbers only if dates have them, too.
        """
        text = self._duration(months, at_least=at_least)
        return re.sub(r"\s", "", text) if self._is_unspaced else text

    @staticmethod
    def _duration(months: int, *, at_least: bool) -> str:
        years, rest = divmod(months, 12)
        if at_least:
            if years:
                return _ngettext("{number}+ yr", "{number}+ yrs", years)
            return _ngettext("{number}+ mo", "{number}+ mos", rest)
        in_years = _ngettext("{number} yr", "{number} yrs", years)
        in_months = _ngettext("{number} mo", "{number} mos", rest)
        if years and rest:
            return str(_("%(years)s %(months)s")) % {"years": in_years, "months": in_months}
        return in_years if years else in_months


@lru_cache(maxsize=4096)
def _format_day(day: date, precision: str, pattern: str | None, locale: Locale) -> str:
    """Format a date with a pattern, by default the language's; cached because pages repeat the same dates."""
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415

    if pattern:
        return format_date(day, pattern, locale=locale)
    return format_skeleton(SKELETONS[precision], day, locale=locale)


def _range_pattern(locale: Locale) -> str:
    """Return the pattern for a range of dates (CLDR).

    Thin spaces become spaces: fonts for print often lack them.
    """
    pattern: str = locale.interval_formats.get(None, "{0} – {1}")
    return pattern.replace("\u2009", " ").format("{start}", "{end}")


def _ngettext(singular: str, plural: str, number: int) -> str:
    """Return a text with a number in the right plural form.

    The placeholder is ``{number}``, not ``%d``, because some languages have a form for one or two without a digit.
    """
    from sphinx.locale import get_translator  # noqa: PLC0415  the translator of the current build, not of the import

    translator: Any = get_translator(CATALOG)
    return str(translator.ngettext(singular, plural, number)).format(number=number)
