"""Parse the date formats that are common in résumés."""

from __future__ import annotations

from dataclasses import replace

from sphinx_folio._common.i18n import __
from sphinx_folio.export.formats.json_resume_values import parse_date
from sphinx_folio.portfolio.dates import PartialDate

_ONGOING = {"present", "current", "currently", "now", "ongoing", "today", "to date", "至今", "现在", "今"}
"""Values of an end date that mean “ongoing”."""


def read_date(text: str, *, days: bool = True) -> tuple[PartialDate, bool]:
    """Parse ``2021``, ``2021-8``, ``2021/08/31``, ``08/2021``, ``31 Aug 2021``, ``1. März 2021`` or ``2021年8月``.

    Of a part of a year, such as ``Fall 2016``, only the year is returned.

    Args:
        text: A date on one line.
        days: Whether to keep the day; otherwise it is dropped without a check.

    Returns:
        The date, and whether it was shortened to its month.

    Raises:
        ValueError: The format is unknown, or the date does not exist.
    """
    found = parse_date(text)
    if found is None:
        raise ValueError(__("%r is not a date; write 2021, 2021-08 or 2021-08-31") % text)
    kept = found if days else replace(found, day=None)
    return PartialDate.parse(str(kept)), kept != found


def is_ongoing(text: str) -> bool:
    """Return whether an end date means “ongoing”."""
    return text.casefold().strip(" .") in _ONGOING
