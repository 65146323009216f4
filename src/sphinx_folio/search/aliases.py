"""Words that mean the same as others: those of ``conf.py``, and those that any reader of a portfolio may have."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from sphinx_folio.han import HAN
from sphinx_folio.search.terms import fold, terms_of, words_of
from sphinx_folio.search.traditional import SIMPLIFIED, TRADITIONAL
from sphinx_folio.search.vocabulary import ENGINEERING, OBJECTS, TAIWAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Groups = list[list[str]]


def groups_of(core: dict[str, Any], configured: Mapping[str, Iterable[str]]) -> tuple[Groups, Groups]:
    """Return the groups that any query may need, and those of words that the site does not say.

    A word that the site says matters if it says another of its group, too; one that it does not say always does. The
    browser asks for the second sort when it meets a term that it does not know, so that a word of which it may know
    every term is in the first.
    """
    said = fold(json.dumps([core["pages"], core["records"], core["kinds"]], ensure_ascii=False))
    known = sorted(words_of(said))
    groups: tuple[Groups, Groups] = ([], [])
    own = [[word, *others] for word, others in sorted(configured.items())]
    for group in [*own, *_vocabulary(core, said)]:
        forms = list(dict.fromkeys(group))
        unknown = {form for form in forms if fold(form) not in said and _unknown(form, said, known)}
        at_once = [form for form in forms if form not in unknown]
        if len(at_once) > 1:
            groups[0].append(at_once)
        if unknown:
            groups[1].append(forms)
    return groups


def _vocabulary(core: dict[str, Any], said: str) -> Groups:
    """Return, for a portfolio, the words for its objects and those of its field of which it says one."""
    held = {record[4] for record in core["records"]}
    objects = [[core["kinds"][objtype], *words] for objtype, words in OBJECTS.items() if objtype in held]
    field = [list(group) for group in ENGINEERING if any(fold(form) in said for form in group)]
    return [*objects, *field] if objects else []


def _unknown(form: str, said: str, known: list[str]) -> bool:
    """Whether a form has a term that a text does not say: Han characters, or the beginning of one of its words."""
    for term in terms_of(form):
        if HAN.fullmatch(term):
            if term not in said:
                return True
            continue
        place = bisect_left(known, term)
        if not known[place : place + 1] or not known[place].startswith(term):
            return True
    return False


def regional_in(text: str) -> list[tuple[str, str]]:
    """Return Taiwan's words for what a text says, each with that, as far as it does not say them itself."""
    return [(there, here) for here, there in TAIWAN.items() if here in text and there not in text]


def variants_in(text: str) -> list[str]:
    """Return the Traditional forms of the characters that a text holds, and those characters, in the same order."""
    held = set(text)
    pairs = [pair for pair in zip(TRADITIONAL, SIMPLIFIED, strict=True) if pair[1] in held or pair[0] in held]
    return ["".join(pair[0] for pair in pairs), "".join(pair[1] for pair in pairs)]
