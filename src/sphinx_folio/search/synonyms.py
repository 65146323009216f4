"""Select the groups of synonyms for the index; a query with one word of a group finds the others.

Groups come from ``folio_search_aliases``, ``folio_search_vocabulary`` and, on sites with a portfolio, ``vocabulary``.
A group is a list of forms: words or phrases. Groups that cannot match anything on the site are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.cjk import HAN
from sphinx_folio.search.tokenizer import fold, tokenize
from sphinx_folio.search.vocabulary import FIELD, OBJECT_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

Groups = list[list[str]]
_PLAIN = re.compile("[a-z0-9]+(?: [a-z0-9]+)*")
"""A form of Latin words without capitals, as half of the vocabulary is; they are its terms."""
LONGEST_WORD = 2
"""The number of Han characters of a term; longer forms have several, and are phrases."""
EARLY_FORMS = 4
"""The forms of a group that ``index.js`` contains at most, besides names; the others load with the texts."""


class IndexedWords:
    """The terms and phrases of a site, to test whether a form occurs on it."""

    def __init__(self, terms: AbstractSet[str], phrases: Collection[str]) -> None:
        """Set all terms of the texts and names of the site, and the phrases that :func:`phrases_in` has found."""
        self._terms = terms
        self._sorted = sorted(terms)
        self._phrases = frozenset(phrases)

    @cached_property
    def field(self) -> list[tuple[str, ...]]:
        """The groups of the field with a form that occurs; the words of a phrase must occur together."""
        return [
            group
            for group, words in zip(FIELD, _field_forms().words, strict=True)
            if not self._phrases.isdisjoint(group)
            or not self._terms.isdisjoint(group)
            or any(map(self._has_all, words))
        ]

    def has_terms_of(self, form: str) -> bool:
        """Return whether each term of a form occurs on the site; terms that are not Han may be the start of another."""
        return self._has_all(_terms_of_form(form))

    def has_term(self, term: str) -> bool:
        """Return whether a term occurs on the site; one that is not Han may be the start of another."""
        return term in self._terms or self._is_prefix(term)

    def _has_all(self, terms: Iterable[str]) -> bool:
        return all(map(self.has_term, terms))

    def latin_terms(self) -> list[str]:
        """Return the terms that are ASCII letters."""
        return [term for term in self._sorted if term.isascii() and term.isalpha()]

    def _is_prefix(self, term: str) -> bool:
        if not term.isascii() and HAN.fullmatch(term):
            return False
        index = bisect_left(self._sorted, term)
        return index < len(self._sorted) and self._sorted[index].startswith(term)


def synonym_groups(
    kind_labels: Mapping[str, str],
    indexed_kinds: AbstractSet[str],
    words: IndexedWords,
    names: Collection[str],
    configured: Groups,
) -> tuple[Groups, Groups, Groups]:
    """Return the groups for the files ``index.js``, ``words``, and ``rare``, which unknown terms need.

    If the terms of at least two forms of a group occur on the site, the first result contains these forms if one is the
    name of a result, the second if none is. If a group has other forms, the third contains the whole group. A group
    without a form that occurs is left out: it could find nothing.

    Args:
        kind_labels: Kind of result → its label in the language of the build.
        indexed_kinds: The kinds of the results in the index.
        words: The words of the site.
        names: The titles and keywords of results, folded.
        configured: The groups of the settings.
    """
    groups: tuple[Groups, Groups, Groups] = ([], [], [])
    for group in [*configured, *_vocabulary_groups(kind_labels, indexed_kinds, words)]:
        forms = list(dict.fromkeys(group))
        indexed = [form for form in forms if words.has_terms_of(form)]
        has_name = len(indexed) > 1 and any(fold(form) in names for form in indexed)
        early = [form for n, form in enumerate(indexed) if n < EARLY_FORMS or fold(form) in names] if has_name else []
        if early:
            groups[0].append(early)
        if len(indexed) > max(1, len(early)):
            groups[1].append(indexed)
        if 0 < len(indexed) < len(forms):
            groups[2].append(forms)
    return groups


def _vocabulary_groups(kind_labels: Mapping[str, str], indexed_kinds: AbstractSet[str], words: IndexedWords) -> Groups:
    """Return the groups of the vocabulary that apply to the site; none if it has no portfolio."""
    objects = [[kind_labels[kind], *forms] for kind, forms in OBJECT_TYPES.items() if kind in indexed_kinds]
    return [*objects, *map(list, words.field)] if objects else []


@cache
def _terms_of_form(form: str) -> tuple[str, ...]:
    return tuple(form.split() if _PLAIN.fullmatch(form) else tokenize(form))


def _words_of_form(form: str) -> list[str]:
    """Return the terms of a form except single Han characters."""
    if form.isascii():
        return list(_terms_of_form(form))
    return [term for term in _terms_of_form(form) if len(term) > 1 or not HAN.fullmatch(term)]


class _Forms(NamedTuple):
    """The forms of the vocabulary."""

    phrases: dict[str, list[str]]
    """First word → the phrases that begin with it: few begin with a word of a page."""
    words: list[list[Sequence[str]]]
    """For each group, the terms of each form that is not a phrase."""


@cache
def _field_forms() -> _Forms:
    """Return the forms; those of several words, or of more than two Han characters, are phrases."""
    phrases: dict[str, list[str]] = {}
    groups: list[list[Sequence[str]]] = []
    for group in FIELD:
        words: list[Sequence[str]] = []
        for form in group:
            is_han = not form.isascii() and HAN.fullmatch(form)  # the vocabulary is Simplified
            first, *others = (form[:LONGEST_WORD], *form[LONGEST_WORD:]) if is_han else _words_of_form(form)
            if others:
                phrases.setdefault(first, []).append(form)
            else:
                words.append([form] if is_han else _terms_of_form(form))
        groups.append(words)
    return _Forms(phrases, groups)


@cache
def _other_words(phrase: str) -> frozenset[str]:
    """Return the words of a phrase after the first, without the last one if that may be the beginning of another."""
    _first, *others = _words_of_form(phrase)
    return frozenset(others if HAN.match(others[-1]) else others[:-1])


def phrases_in(text: str, terms: AbstractSet[str]) -> list[str]:
    """Return the phrases of the vocabulary that occur in a text.

    Args:
        text: The text.
        terms: The terms of the text, with which most phrases can be ruled out quickly.
    """
    phrases = _field_forms().phrases
    candidates = [form for word in phrases.keys() & terms for form in phrases[word] if _other_words(form) <= terms]
    folded = fold(text) if candidates else ""
    return sorted(form for form in candidates if fold(form) in folded)
