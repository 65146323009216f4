"""Words of the field that a site does not have and that look like words that it has.

A query with such a word is not misspelled: "remote" is not "remove", and "ETL" is not short for "Example Transit Lab".
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, combinations
from typing import TYPE_CHECKING

from sphinx_folio._common.cjk import HAN
from sphinx_folio.search.tokenizer import fold
from sphinx_folio.search.vocabulary import FIELD, RELATED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sphinx_folio.search.synonyms import IndexedWords

SHORTEST_MISSPELLED = 4
"""The number of letters from which the search looks for misspellings."""
SHORTEST_WITH_TWO_EDITS = 7
"""The number of letters from which it looks for words that are two edits away, and begin and end alike."""
_SEPARATOR = re.compile("[ -]")
_WORD = re.compile(r"(?<![a-z0-9])[a-z]{3,}(?![a-z0-9])")


def unused_words(words: IndexedWords, names: Iterable[str]) -> list[str]:
    """Return the words of the field that the site lacks, but that are like its words, or the initials of its names.

    The search would take them for misspellings: they are one edit away from a word or one of its synonyms, or two edits
    away from a word if both are long.

    A word is left out if the site has another form of its group: then it finds that one.

    Args:
        words: The words of the site.
        names: The titles and keywords of results, folded.
    """
    terms = words.latin_terms()
    long_terms = [term for term in terms if len(term) >= SHORTEST_WITH_TWO_EDITS]
    used = {form.lower() for group in words.field for form in group if form.isascii()}
    phrases = {form for form in used if not form.isalpha()}
    candidates = [word for word in _all_words() if word not in used and not words.has_term(word)]
    parts = {_SEPARATOR.sub("", phrase) for phrase in phrases}.union(*map(_shortened, {*terms, *used} - phrases))
    long_parts = set().union(*map(_shortened, long_terms), *map(_without_two, long_terms))
    initials = {"".join(word[0] for word in name.split()) for name in names if name.isascii()}
    return [word for word in candidates if word in initials or _is_near(word, parts, long_parts)]


def _is_near(word: str, parts: AbstractSet[str], long_parts: AbstractSet[str]) -> bool:
    if len(word) < SHORTEST_MISSPELLED:
        return False
    shortened = _shortened(word)
    if len(word) < SHORTEST_WITH_TWO_EDITS or not parts.isdisjoint(shortened):
        return not parts.isdisjoint(shortened)
    return not long_parts.isdisjoint(shortened) or not long_parts.isdisjoint(_without_two(word))


@cache
def _all_words() -> tuple[str, ...]:
    text = HAN.sub(" ", "\n".join(chain(*FIELD, *RELATED.values())))
    return tuple(sorted({*_WORD.findall(fold(text))}))


def _shortened(word: str) -> set[str]:
    """Return the word, and the word without each of its letters; words one edit apart have one of these in common."""
    return {word, *(word[:position] + word[position + 1 :] for position in range(len(word)))}


def _without_two(word: str) -> set[str]:
    """Return a word without each two of its inner letters; words two edits apart have one of these in common."""
    first, middle, last = word[0], word[1:-1], word[-1]
    pairs = combinations(range(len(middle)), 2)
    return {f"{first}{middle[:one]}{middle[one + 1 : other]}{middle[other + 1 :]}{last}" for one, other in pairs}
