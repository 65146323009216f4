"""Words that mean the same as others: those of ``conf.py``, and those that any reader of a portfolio may have."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from sphinx_folio._common.cjk import HAN
from sphinx_folio.search.terms import fold, terms_of
from sphinx_folio.search.traditional import SIMPLIFIED, TRADITIONAL
from sphinx_folio.search.vocabulary import ENGINEERING, OBJECTS, TAIWAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from collections.abc import Set as AbstractSet

Groups = list[list[str]]
REGIONAL = tuple(dict.fromkeys(word for pair in TAIWAN.items() for word in pair))
VARIED = frozenset(TRADITIONAL) | frozenset(SIMPLIFIED)


class Said:
    """What a site says: terms, whole or as the beginning of one, and phrases."""

    def __init__(self, terms: AbstractSet[str], phrases: Collection[str]) -> None:
        """Take all terms of its texts and names, and the phrases of the vocabulary that stand there."""
        self._terms = terms
        self._sorted = sorted(terms)
        self._phrases = phrases

    def has_terms_of(self, form: str) -> bool:
        """Tell whether all terms of a word or a phrase are said: Han characters, or the beginnings of words."""
        return all(term in self._terms or self._begins(term) for term in _terms_of_form(form))

    def has(self, form: str) -> bool:
        """Tell whether a form of the vocabulary is said, and a phrase as one."""
        return form in self._phrases if _is_phrase(form) else self.has_terms_of(form)

    def _begins(self, term: str) -> bool:
        if HAN.fullmatch(term):
            return False
        place = bisect_left(self._sorted, term)
        return self._sorted[place : place + 1] != [] and self._sorted[place].startswith(term)


def groups_of(
    kinds: Mapping[str, str], held: AbstractSet[str], said: Said, configured: Mapping[str, Iterable[str]]
) -> tuple[Groups, Groups]:
    """Return the groups that any query may need, and those of words that the site does not say.

    A word that the site says matters if it says another of its group, too; one that it does not say always does. The
    browser asks for the second sort when it meets a term that it does not know, so that a word of which it may know
    every term is in the first.

    Args:
        kinds: What the types of objects are called.
        held: The types of which there are objects, and other kinds of records.
        said: What the site says.
        configured: Words of ``conf.py`` and others that mean the same.
    """
    groups: tuple[Groups, Groups] = ([], [])
    own = [[word, *others] for word, others in sorted(configured.items())]
    for group in [*own, *_vocabulary(kinds, held, said)]:
        forms = list(dict.fromkeys(group))
        at_once = [form for form in forms if said.has_terms_of(form)]
        if len(at_once) > 1:
            groups[0].append(at_once)
        if len(at_once) < len(forms):
            groups[1].append(forms)
    return groups


def _vocabulary(kinds: Mapping[str, str], held: AbstractSet[str], said: Said) -> Groups:
    """Return, for a portfolio, the words for its objects and those of its field of which it says one."""
    objects = [[kinds[objtype], *words] for objtype, words in OBJECTS.items() if objtype in held]
    field = [list(group) for group in ENGINEERING if any(said.has(form) for form in group)]
    return [*objects, *field] if objects else []


@cache
def _terms_of_form(form: str) -> tuple[str, ...]:
    return tuple(terms_of(form))


def _is_phrase(form: str) -> bool:
    """Tell whether a form is more than one word or more than a pair of Han characters."""
    return len([term for term in _terms_of_form(form) if len(term) > 1 or not HAN.fullmatch(term)]) > 1


PHRASES = tuple(form for group in ENGINEERING for form in group if _is_phrase(form))


def phrases_in(text: str, terms: AbstractSet[str]) -> list[str]:
    """Return the phrases of the vocabulary that stand in a text.

    Args:
        text: The text.
        terms: Its terms: most phrases have one that is not there.
    """
    likely = [form for form in PHRASES if _first_of(form) in terms]
    folded = fold(text) if likely else ""
    return [form for form in likely if fold(form) in folded]


@cache
def _first_of(form: str) -> str:
    """Return the first term of a phrase that is no single Han character."""
    return next(term for term in _terms_of_form(form) if len(term) > 1 or not HAN.fullmatch(term))


def regional_in(text: str) -> list[str]:
    """Return the words of a text that are others in Taiwan, and Taiwan's own."""
    characters = set(text)
    return [word for word in REGIONAL if word[0] in characters and word[-1] in characters and word in text]


def regional_for(said: AbstractSet[str]) -> list[tuple[str, str]]:
    """Return Taiwan's words for those that a site says, each with that, as far as it does not say them itself."""
    return [(there, here) for here, there in TAIWAN.items() if here in said and there not in said]


def variants_in(text: str) -> str:
    """Return the characters of a text that are the Traditional or the Simplified form of others."""
    return "".join(sorted(VARIED.intersection(text)))


def variants_for(held: AbstractSet[str]) -> list[str]:
    """Return the Traditional forms of characters that a site holds, and those characters, in the same order."""
    pairs = [pair for pair in zip(TRADITIONAL, SIMPLIFIED, strict=True) if pair[1] in held or pair[0] in held]
    return ["".join(pair[0] for pair in pairs), "".join(pair[1] for pair in pairs)]
