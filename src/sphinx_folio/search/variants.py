"""Traditional characters and Taiwan's words for those of a site, so that queries in them find its Simplified text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio.search.traditional import SIMPLIFIED, TRADITIONAL
from sphinx_folio.search.vocabulary import TAIWAN

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_REGIONAL_WORDS = tuple(dict.fromkeys(word for pair in TAIWAN.items() for word in pair))
_CONVERTIBLE_CHARACTERS = frozenset(TRADITIONAL) | frozenset(SIMPLIFIED)


def regional_words_in(text: str) -> list[str]:
    """Return the words of a text that differ between the mainland and Taiwan, of either side."""
    characters = set(text)
    return [word for word in _REGIONAL_WORDS if word[0] in characters and word[-1] in characters and word in text]


def taiwan_words_for(words: AbstractSet[str]) -> list[tuple[str, str]]:
    """Return (word in Taiwan, word on the mainland) for each mainland word given, unless both are."""
    return [(taiwan, mainland) for mainland, taiwan in TAIWAN.items() if mainland in words and taiwan not in words]


def convertible_characters_in(text: str) -> str:
    """Return the characters of a text that differ between Traditional and Simplified, of either form, sorted."""
    return "".join(sorted(_CONVERTIBLE_CHARACTERS.intersection(text)))


def conversion_table(characters: AbstractSet[str]) -> list[str]:
    """Return two strings of equal length, Traditional characters and their Simplified forms, for those given."""
    pairs = [
        pair for pair in zip(TRADITIONAL, SIMPLIFIED, strict=True) if pair[1] in characters or pair[0] in characters
    ]
    return ["".join(pair[0] for pair in pairs), "".join(pair[1] for pair in pairs)]
