"""Names and numbers that text from right to left would tear apart: C++, .NET, -5."""

from __future__ import annotations

import re

WITH_MARKS = re.compile(
    r"(?<![A-Za-z0-9_])(?:\.?[A-Za-z][A-Za-z0-9.]*(?:\+{1,2}|#)|\.[A-Za-z][A-Za-z0-9]*)(?!\w)"
    r"|(?<!\w)(?:\+\d[\d ()-]*\d(?:\s?%)?|[+−-]\d[\d.,]*(?:\s?%)?)(?!\w)"
)
"""A Latin name or a number with marks at its start or end that have no direction of their own.

The hyphen after a Hebrew prefix does not count as one.
"""
LEFT_TO_RIGHT_MARK = "\u200e"


def with_direction_marks(text: str) -> str:
    """Return a text with invisible marks around such names and numbers, for formats without means to isolate them."""
    return WITH_MARKS.sub(rf"{LEFT_TO_RIGHT_MARK}\g<0>{LEFT_TO_RIGHT_MARK}", text)
