"""Postings in Traditional Chinese: they are read as Simplified Chinese, and shown as they are written.

Characters and words are replaced by others of the same length, so that each place in one text is the same in the other.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_folio._common.taiwan import TAIWAN
from sphinx_folio._common.traditional import SIMPLIFIED, TRADITIONAL

if TYPE_CHECKING:
    from sphinx_folio.matching.requirements import Requirements

_TRADITIONAL = re.compile("[這們與會實關歷總經驗應專發]")
"""Frequent characters that are neither in Simplified Chinese nor, all but a few, in Japanese."""
_CHARACTERS = str.maketrans(TRADITIONAL, SIMPLIFIED)
MAINLAND = {taiwan: mainland.ljust(len(taiwan)) for mainland, taiwan in TAIWAN.items() if len(mainland) <= len(taiwan)}
"""Taiwan's word in Simplified characters → the mainland's word, with spaces up to the same length."""
_WORDS = re.compile("|".join(sorted(MAINLAND, key=len, reverse=True)))


def simplified(text: str) -> str:
    """Return a text in Simplified Chinese, with all characters at their places; another text is unchanged."""
    if not _TRADITIONAL.search(text):
        return text
    return _WORDS.sub(lambda match: MAINLAND[match[0]], text.translate(_CHARACTERS))


def conversions() -> str:
    """Return the conversions for the script in JSON: first of characters, then of words, the longest first."""
    words = sorted(MAINLAND, key=len, reverse=True)
    pairs = (TRADITIONAL, SIMPLIFIED), (words, [MAINLAND[word] for word in words])
    return json.dumps([["|".join(part) for part in pair] for pair in pairs], ensure_ascii=False)


def as_written(found: Requirements, text: str, plain: str) -> Requirements:
    """Return requirements with the sentences, words and places of a text.

    Args:
        found: What was understood of ``plain``.
        text: The text as it is written.
        plain: The text in Simplified Chinese.
    """

    def written(part: str) -> str:
        start = plain.find(part)
        return part if start < 0 else text[start : start + len(part)]

    skills, duties = (
        tuple(replace(ask, sentence=written(ask.sentence), chinese=written(ask.chinese)) for ask in asks)
        for asks in (found.skills, found.duties)
    )
    return replace(
        found,
        title=written(found.title),
        skills=skills,
        duties=duties,
        languages=tuple(replace(item, sentence=written(item.sentence)) for item in found.languages),
        years_sentence=written(found.years_sentence),
        degree_sentence=written(found.degree_sentence),
        welcome_degree_sentence=written(found.welcome_degree_sentence),
        permit=(written(found.permit[0]), found.permit[1]),
        place=written(found.place),
    )
