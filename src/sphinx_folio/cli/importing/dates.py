"""Parse the date formats that are common in résumés."""

from __future__ import annotations

import re

from sphinx_folio._common.i18n import __
from sphinx_folio.portfolio.dates import PartialDate

_ONGOING = {"present", "current", "currently", "now", "ongoing", "today", "to date", "至今", "现在", "今"}
"""Values of an end date that mean “ongoing”."""
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?:[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})日?|月)?|年)?(?:[T ]\d.*)?")
_YEAR_LAST = re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})")
_NAMED = re.compile(
    rf"(?:(?P<d>\d{{1,2}}) )?(?P<m>(?:{'|'.join(_MONTHS)})[a-z]*)\.?,? (?:(?P<d2>\d{{1,2}}), )?(?P<y>\d{{4}})",
    re.IGNORECASE,
)


def read_date(text: str, *, days: bool = True) -> tuple[PartialDate, bool]:
    """Parse ``2021``, ``2021-8``, ``2021/08/31``, ``08/2021``, ``31 Aug 2021`` or ``2021年8月``.

    Args:
        text: A date on one line.
        days: Whether to keep the day; otherwise it is dropped without a check.

    Returns:
        The date, and whether it was shortened to its month.

    Raises:
        ValueError: The format is unknown, or the date does not exist.
    """
    match = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text) or _NAMED.fullmatch(text)
    if match is None:
        raise ValueError(__("%r is not a date; write 2021, 2021-08 or 2021-08-31") % text)
    groups = match.groupdict()
    day = groups.get("d") or groups.get("d2")
    parts = [groups["y"]]
    if groups["m"]:
        parts.append(f"{_month(groups['m']):02}")
    if day and days:
        parts.append(f"{int(day):02}")
    return PartialDate.parse("-".join(parts)), bool(day and not days)


def without_remark(text: str) -> str:
    """Return a date without a trailing remark in parentheses, such as a duration."""
    return _REMARK.sub("", text)


def is_ongoing(text: str) -> bool:
    """Return whether an end date means “ongoing”."""
    return text.casefold().strip(" .") in _ONGOING


def _month(text: str) -> int:
    """Return the number of a month."""
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1
