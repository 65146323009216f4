"""Traditional characters and Taiwan's words, so that queries with them find the Simplified text of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.taiwan import TAIWAN
from sphinx_folio._common.traditional import SIMPLIFIED, TRADITIONAL

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_REGIONAL_WORDS = tuple(dict.fromkeys(word for pair in TAIWAN.items() for word in pair))
_CONVERTIBLE_CHARACTERS = frozenset(TRADITIONAL) | frozenset(SIMPLIFIED)


def regional_words_in(text: str) -> list[str]:
    """Return the words of a text that have another form in Taiwan or on the mainland."""
    characters = set(text)
    return [word for word in _REGIONAL_WORDS if word[0] in characters and word[-1] in characters and word in text]


def taiwan_words_for(words: AbstractSet[str]) -> list[tuple[str, str]]:
    """Return (word in Taiwan, word on the mainland) for each mainland word, unless the Taiwan word is given, too."""
    return [(taiwan, mainland) for mainland, taiwan in TAIWAN.items() if mainland in words and taiwan not in words]


def convertible_characters_in(text: str) -> str:
    """Return the sorted characters of a text that have another form in Traditional or Simplified Chinese."""
    return "".join(sorted(_CONVERTIBLE_CHARACTERS.intersection(text)))


def conversion_table(characters: AbstractSet[str]) -> list[str]:
    """Return two strings of equal length: the Traditional and the Simplified form of each character."""
    pairs = [
        pair for pair in zip(TRADITIONAL, SIMPLIFIED, strict=True) if pair[1] in characters or pair[0] in characters
    ]
    return ["".join(pair[0] for pair in pairs), "".join(pair[1] for pair in pairs)]
