"""Values of a JSON Resume as people write them: dates in words, and texts with HTML."""

from __future__ import annotations

import html
import re
from itertools import pairwise

from sphinx_folio.portfolio.dates import PartialDate, year_of_part

_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]$")
_MONTHS = (
    "january januar janvier enero gennaio janeiro",
    "february februar février febrero febbraio fevereiro",
    "march märz mars marzo março",
    "april avril abril aprile",
    "may mai mayo maggio maio",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août agosto",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre diciembre dicembre dezembro",
)
"""The months in English, German, French, Spanish, Italian and Portuguese, which may be shortened to three letters."""
_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})(?:[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})日?|月)?|年)?(?:[T ]\d.*)?", re.ASCII
)
_YEAR_LAST = re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})", re.ASCII)
_NAMED = re.compile(
    r"(?:(?P<d>[0-9]{1,2})\.? (?:de )?)?(?P<m>[a-zäéûç]{3,})\.?,? (?:(?P<d2>[0-9]{1,2}), |de )?(?P<y>[0-9]{4})",
    re.IGNORECASE,
)
_TAG = r"<{}(?:\s[^<>]{{0,500}})?>"
_HTML_BLOCK = re.compile(rf"<(?:br|hr)\s?/?>|{_TAG.format('/?(?:p|div|ul|ol|h[1-6])')}|</li>", re.IGNORECASE)
_HTML_ITEM = re.compile(_TAG.format("li"), re.IGNORECASE)
_HTML_LINK = re.compile(
    r"<a\s[^<>]{0,200}?href=\\?[\"']([^\"'<>\\]{0,2000})\\?[\"'][^<>]{0,500}>(.{0,2000}?)</a>",
    re.IGNORECASE | re.DOTALL,
)
_HTML_MARK = re.compile(
    _TAG.format("(b|strong|i|em|code|u|span|small|mark|sub|sup)") + r"((?:(?!<\1\b).){0,5000}?)</\1>",
    re.IGNORECASE | re.DOTALL,
)
_HTML_ENTITY = re.compile(r"&(?:[a-z]+\d*|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
MAX_HTML_DEPTH = 5
"""The maximum nesting of HTML elements that is resolved."""
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}


def parse_date(text: str) -> PartialDate | None:
    """Parse ``2021``, ``2021-8``, ``2021/08/31``, ``08/2021``, ``31 Aug 2021`` or ``2021年8月``; otherwise return None.

    A part of a year, such as ``Fall 2016`` or ``2016年秋``, is the year: its months are not exact. The calendar is not
    consulted: the day can be the 31st of a month with 30 days.
    """
    if is_part_of_year(text):
        return PartialDate(year_of_part(text))
    match = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text) or _NAMED.fullmatch(text)
    if match is None:
        return None
    groups = match.groupdict()
    day = groups.get("d") or groups.get("d2")
    month = _month(groups["m"]) if groups["m"] else None
    if month == 0 and not groups["m"].isdigit():
        return None
    return PartialDate(int(groups["y"]), month, int(day) if day else None)


def is_part_of_year(text: str) -> bool:
    """Return whether a date is a season, a quarter or another part of a year; only its year is exact."""
    return year_of_part(text) > 0


def without_remark(text: str) -> str:
    """Return a date without a trailing remark in parentheses, such as a duration."""
    return _REMARK.sub("", text)


def distinct_place(text: str) -> str:
    """Return a place without a part that is the same as the one before, as in ``Berlin, Berlin, DE``."""
    parts = [part for part in map(str.strip, text.split(",")) if part]
    distinct = [part for before, part in pairwise(["", *parts]) if part.casefold() != before.casefold()]
    return ", ".join(distinct) if len(distinct) < len(parts) else text


def without_html(text: str, *, markdown: bool = False) -> str:
    """Return a text without common HTML elements and character references; other HTML is not changed.

    Args:
        text: The text.
        markdown: Whether emphasis, code and links become Markdown; otherwise a URL follows its text in parentheses.
    """
    text = _HTML_BLOCK.sub("\n", _HTML_ITEM.sub("\n- ", text))
    text = _HTML_LINK.sub(r"[\2](\1)" if markdown else r"\2 (\1)", text)
    for _depth in range(MAX_HTML_DEPTH):
        text = _HTML_MARK.sub(lambda match: _replace_element(match, markdown=markdown), text)
    return _HTML_ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _replace_element(match: re.Match[str], *, markdown: bool) -> str:
    sign = _MARKS.get(match[1].lower(), "") if markdown else ""
    return f"{sign}{match[2]}{sign}"


def _month(text: str) -> int:
    """Return the number of a month, or 0 for a word that is not a month or may be several."""
    if text.isdigit():
        return int(text)
    word = text.lower()
    found = [number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names.split())]
    return found[0] if len(found) == 1 else 0
