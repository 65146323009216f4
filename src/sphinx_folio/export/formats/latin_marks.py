"""Find the marks of Latin text in a Chinese or Japanese résumé, which are set in the Latin font.

Quotation marks, dashes and dots have the same code points in Latin and in Chinese text, where they are wide.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.cjk import FULL_WIDTH, HAN_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = "\u00b7\u2013\u2014\u2018\u2019\u201c\u201d\u2025-\u2027\u2e3a"
"""The marks that Typst takes from the font of Chinese or Japanese text (``latin-in-cjk``)."""
_MARK = re.compile(f"[{_MARKS}]+")
_WIDE = re.compile(f"[{HAN_CHARACTERS}{FULL_WIDTH}\u3040-\u30ff]")
_QUOTATION = re.compile(
    "\u201c(?P<double>[^\u201c\u201d]*)\u201d|(?<!\\w)\u2018(?P<single>[^\u2018\u201c\u201d]*?)\u2019(?!\\w)"
)


def with_latin_marks(data: Any) -> Any:
    """Return data of a résumé in which the marks of Latin text are runs of their own, with ``latin`` set.

    Args:
        data: Dictionaries, lists and strings as from :func:`as_data`, or a part of them.
    """
    if isinstance(data, dict):
        return {key: with_latin_marks(value) for key, value in data.items()}
    if not isinstance(data, list):
        return data
    if data and all(isinstance(part, dict) and "href" in part for part in data):
        return list(_split(data))
    return [with_latin_marks(part) for part in data]


def _split(runs: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    text = "".join(run["text"] for run in runs)
    places = _latin_places(text)
    start = 0
    for run in runs:
        end = start + len(run["text"])
        borders = sorted({start, end, *(place for place in places if start < place < end)})
        borders = sorted({*borders, *(place + 1 for place in places if start <= place < end)})
        for first, last in pairwise(borders):
            yield {**run, "text": text[first:last], **({"latin": True} if first in places else {})}
        start = end


def _latin_places(text: str) -> set[int]:
    """Return the positions of the marks that belong to Latin text.

    A pair of quotation marks belongs to the text around it, or if there is none, to that inside. Any other mark is
    Latin if neither of its neighbors is as wide as a Han character.
    """
    places: set[int] = set()
    quoted: set[int] = set()
    for match in _QUOTATION.finditer(text):
        first, last = match.start(), match.end() - 1
        quoted |= {first, last}
        around = _neighbors(text, first, last)
        if not any(map(_WIDE.match, around)) and (any(around) or not _WIDE.search(match[0])):
            places |= {first, last}
    for match in _MARK.finditer(text):
        alone = {*range(match.start(), match.end())} - quoted
        if alone and not any(map(_WIDE.match, _neighbors(text, match.start(), match.end() - 1))):
            places |= alone
    return places


def _neighbors(text: str, first: int, last: int) -> tuple[str, str]:
    """Return the nearest characters before and after a part of a text, except spaces; empty at its ends."""
    return text[:first].rstrip()[-1:], text[last + 1 :].lstrip()[:1]
