"""Recognize a person's name among the authors of a publication."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


ET_AL = "et al."
"""The words for further authors, who are not named."""


def own_names(authors: Iterable[str], people: Iterable[str]) -> frozenset[str]:
    """Return the authors who are one of the people: by the same words, or by the family name and the initials.

    "Ada Example" is also "Example Ada", "A. Example" and "Ada B. Example". If several authors fit a person, for
    example A. Example and Ada Example, only an exact match counts, or none.
    """
    authors = tuple(authors)
    own: set[str] = set()
    for words in map(_words, people):
        exact = [name for name in authors if sorted(_words(name)) == sorted(words)]
        alike = [name for name in authors if _is_alike(_words(name), words)]
        own.update(exact or (alike if len(alike) == 1 else ()))
    return frozenset(own)


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return tuple(re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter))))


def _is_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two names, family name last, have the same family name and the same given names or initials."""
    if min(len(one), len(other)) < 2 or one[-1] != other[-1]:  # noqa: PLR2004  a given name and a family name
        return False
    given = zip(one[:-1], other[:-1], strict=False)
    return all(name == full or (1 in {len(name), len(full)} and name[0] == full[0]) for name, full in given)
