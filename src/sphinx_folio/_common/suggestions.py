"""Find the known word that a mistyped one most likely means."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_EDITS = 3
SHORTEST_BEGINNING = 3


def nearest(word: str, *known: Iterable[str]) -> str | None:
    """Return the known word that a mistyped one most likely means, or None if none is near.

    Near is what differs in case or width only, what at most three edits lead to, one for every three letters (as in
    rustc and cargo), and last what the mistyped word is the beginning of. Among equally near words, those of an
    earlier group come first, then the alphabet decides.
    """
    typed = _folded(word)
    ranked = (
        (rank, number, candidate)
        for number, group in enumerate(known)
        for candidate in group
        if (rank := _rank(typed, _folded(candidate))) is not None
    )
    return min(ranked, default=(0, 0, None))[2]


def _folded(word: str) -> str:
    return normalize("NFKC", word).casefold()


def _rank(typed: str, known: str) -> int | None:
    """Return how far a known word is from a typed one, both folded; None if it is not near."""
    if typed == known:
        return 0
    most = min(max(len(typed) // 3, 1), MOST_EDITS)
    if abs(len(typed) - len(known)) <= most:
        edits = _edits(typed, known)
        if edits <= most and edits < max(len(typed), len(known)):
            return edits
    if len(typed) >= SHORTEST_BEGINNING and known.startswith(typed):
        return len(known)  # more than any number of edits, and the shortest first
    return None


def _edits(one: str, other: str) -> int:
    """Count the insertions, deletions, exchanges and swaps of neighbors that turn one word into another.

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
