"""How a text becomes terms: the rules of ``script/terms.js``, for an index that is split while building."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from sphinx_folio._common.cjk import CHARACTERS
from sphinx_folio.search.traditional import SIMPLIFIED, TRADITIONAL

TO_SIMPLIFIED = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
TOKEN = re.compile(rf"([{CHARACTERS}]+)|(?:(?![{CHARACTERS}])\w)+(?:\+\+|#)?")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_RUN = re.compile(r"[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*")  # joined or not: faster than to look for joined ones
_JOINTS = re.compile(r"[-._]")


def fold_character(character: str) -> str:
    """Return a character without case, width and accent, Traditional as Simplified; always one for one."""
    character = TO_SIMPLIFIED.get(character, character)
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    plain = plain.lower()
    return plain if len(plain) == 1 else character


class Folding(dict[int, str]):
    """Characters and what they fold to, filled as they are met."""

    def __missing__(self, code: int) -> str:
        """Fold a character that is met for the first time."""
        self[code] = folded = fold_character(chr(code))
        return folded


FOLDING = Folding()


def fold(text: str) -> str:
    """Return a text without case, width and accents, in Simplified characters, of the same length."""
    return text.translate(FOLDING)


def terms_of(text: str) -> list[str]:
    """Return the terms of a text: words, their parts, Han characters, and pairs of neighbouring ones."""
    terms: list[str] = []
    folded = fold(text)
    for match in TOKEN.finditer(folded):
        run = match[0]
        if match[1]:
            terms += run
            terms += map("".join, pairwise(run))
            continue
        terms.append(run)
        word = text[match.start() : match.end()]
        if word != run:  # only what has capitals has parts
            parts = CAMEL.split(word)
            if len(parts) > 1:
                terms += [fold(part) for part in parts]
    terms += [_JOINTS.sub("", run) for run in _RUN.findall(folded) if not run.isalnum()]
    return terms
