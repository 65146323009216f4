"""Find the terms that a text has by accident, only after a negation or only in paths of files.

A query for 开源 (open source) shall not find 公[开源]码 (public source code), where the pair crosses a border of
words, and shall find 没有开源, “not open source” and ``open-source/index.md`` after all others. A term is listed if
that is true of each of its occurrences. The borders come from a segmenter, rjieba (the extra ``chinese``); without
it, none are known.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.cjk import HAN_CHARACTERS
from sphinx_folio.search.tokenizer import fold, tokenize
from sphinx_folio.search.vocabulary import FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RUN = re.compile(rf"[{HAN_CHARACTERS}]{{2,}}")
_NEGATION = re.compile("(?:没有|不是|并非|并未|尚未|从未|未曾|不支持|不提供|未)(?:[使采]用|提供|支持|公开|任何)?$")
_ENGLISH_NEGATION = re.compile(r"\b(?:not|no|without) ")
_WORD = re.compile(r"\.?\w+")
_PART_OF_WORD = re.compile(r"-?\w")
_PATH = re.compile(r"(?<![\w./:-])[\w.-]*(?:/[\w.-]+)*/[\w-]+\.[a-z]\w{0,4}\b", re.ASCII)
_NEGATION_STARTS = "没不并尚从未"
_LONGEST_NEGATION = 7


def segmenter() -> str:
    """Return the name and the version of the segmenter, or an empty string if it is not installed."""
    return f"rjieba {version('rjieba')}" if find_spec("rjieba") else ""


@cache
def _segmenter() -> Any:
    """Return the segmenter, or None if it is not installed.

    The module has the methods of its class, and one instance, which takes 0.1 s and 30 MiB; another takes as much.
    """
    return import_module("rjieba") if segmenter() else None


@cache
def _is_word(term: str) -> bool:
    """Return whether a term of two characters is a word of the segmenter's dictionary."""
    return bool(_segmenter().has_word(term))


@cache
def _field_words() -> dict[str, list[str]]:
    """Return first word → the forms of the vocabulary that begin with it, longest first; none with Han or hyphens."""
    found: dict[str, list[str]] = {}
    forms = {fold(form) for group in FIELD for form in group if form.isascii() and "-" not in form}
    for form in sorted(forms, key=len, reverse=True):
        if first := _WORD.match(form):
            found.setdefault(first[0], []).append(form)
    return found


def _negated_words(folded: str) -> Iterator[str]:
    """Yield the words of the vocabulary that directly follow a negation in a folded text and are not part of others."""
    for match in _ENGLISH_NEGATION.finditer(folded):
        start = match.end()
        first = _WORD.match(folded, start)
        for form in _field_words().get(first[0], ()) if first else ():
            end = start + len(form)
            if folded.startswith(form, start) and not _PART_OF_WORD.match(folded, end):
                yield form
                break


def accidental_terms(text: str, counts: Mapping[str, int]) -> list[str]:
    """Return the terms that a text has by accident only, and, after a hyphen, those that are to be found last.

    The first are pairs of Han characters. The others follow a negation, or are in paths of files.

    Args:
        text: The text.
        counts: Its terms with the number of their occurrences.
    """
    folded = fold(text)
    accidents: dict[str, None] = {}
    negated: dict[str, None] = {}
    elsewhere: set[str] = set()
    for match in _RUN.finditer(folded):
        run = match[0]
        inner = _borders(run)
        may_be_negated = any(map(run.__contains__, _NEGATION_STARTS))
        for start in range(len(run) - 1):
            pair = run[start : start + 2]
            if start + 1 in inner and _is_word(pair):
                accidents[pair] = None
            elif may_be_negated and _NEGATION.search(run[max(0, start - _LONGEST_NEGATION) : start]):
                negated[pair] = None
            else:
                elsewhere.add(pair)
    paths = (match[0] for match in _PATH.finditer(text))
    words = Counter(term for words in (*_negated_words(folded), *paths) for term in tokenize(words))
    negated |= dict.fromkeys(term for term, number in words.items() if number >= counts[term])
    return [
        *(term for term in accidents if term not in elsewhere and term not in negated),
        *(f"-{term}" for term in negated if term not in elsewhere),
    ]


def _borders(run: str) -> set[int]:
    """Return the positions between the words of a run of Han characters."""
    position = 0
    words = _segmenter().cut(run, False) if _segmenter() else ()
    return {position := position + len(word) for word in words}
