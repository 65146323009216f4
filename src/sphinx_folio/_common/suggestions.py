"""Find the known word that is nearest to a mistyped one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_EDITS = 3
MIN_PREFIX = 3
"""The minimum length of a mistyped word to be completed."""


def nearest(word: str, *known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to a mistyped one, or None if none is near.

    In order of nearness: words that differ only in case or width; words within one edit per three letters, at most
    three (as in rustc and cargo); words that begin with the mistyped one. Ties: the earlier group, then the alphabet.
    """
    typed = _folded(word)
    ranked = (
        (rank, number, candidate)
        for number, group in enumerate(known)
        for candidate in group
        if (rank := _rank(typed, _folded(candidate))) is not None
    )
    return min(ranked, default=(0, 0, None))[2]


def nearest_by_words(word: str, *known: Iterable[str]) -> str | None:
    """Return the known word that contains a word as a whole, or is contained in it: ``kafka`` and ``apache-kafka``.

    Parts are separated by hyphens, spaces and other marks. The earlier group wins, then the shortest word.
    """
    typed = _parts(word)
    ranked = (
        (number, len(candidate), candidate)
        for number, group in enumerate(known)
        for candidate in group
        if _contains(_parts(candidate), typed) or _contains(typed, _parts(candidate))
    )
    return min(ranked, default=(0, 0, None))[2]


def _parts(word: str) -> list[str]:
    return [part for part in re.split(r"[\W_]+", _folded(word)) if part]


def _contains(parts: list[str], wanted: list[str]) -> bool:
    """Return whether a word has the parts of another one, next to each other; very short words never count."""
    if len("".join(wanted)) < MIN_PREFIX:
        return False
    return any(parts[start : start + len(wanted)] == wanted for start in range(len(parts) - len(wanted) + 1))


def _folded(word: str) -> str:
    return normalize("NFKC", word).casefold()


def _rank(typed: str, known: str) -> int | None:
    """Return the distance of a known word from a typed one, both folded; None if it is not near."""
    if typed == known:
        return 0
    max_edits = min(max(len(typed) // 3, 1), MAX_EDITS)
    if abs(len(typed) - len(known)) <= max_edits:
        edits = _edits(typed, known)
        if edits <= max_edits and edits < max(len(typed), len(known)):
            return edits
    if len(typed) >= MIN_PREFIX and known.startswith(typed):
        return len(known)  # a higher rank than any accepted number of edits; shorter words are nearer
    return None


def _edits(one: str, other: str) -> int:
    """Count the insertions, deletions, substitutions and transpositions that turn one word into another.

    This is the optimal string alignment distance; the standard library has no edit distance.
    """
    before: list[int] = []
    last: list[int] = [*range(len(other) + 1)]
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            edits = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                edits = min(edits, before[column - 2] + 1)
            current.append(edits)
        before, last = last, current
    return last[-1]
