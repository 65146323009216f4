"""How well a person speaks a language, compared with what is asked, and the names of languages in many languages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel import Locale

from sphinx_folio._common.cjk import UNSPACED
from sphinx_folio.matching.conditions import LANGUAGES, LEVEL_ORDER

_LABELS = Path(__file__).parents[1] / "locales"
_RANKS = {
    "": 3,
    **dict.fromkeys(("A1", "N5"), 1),
    **dict.fromkeys(("A2", "N4"), 2),
    "reading": 3,
    **dict.fromkeys(("B1", "N3", "CET-4", "conversational"), 4),
    **dict.fromkeys(("B2", "N2", "CET-6", "professional", "working"), 5),
    **dict.fromkeys(("C1", "N1", "fluent"), 6),
    "C2": 7,
    "native": 8,
}
"""Level → its rank, also of a level that a posting asks."""
_CODE = re.compile(r"(?<![A-Za-z0-9])(?:[ABC][12]|N[1-5])(?![A-Za-z0-9])")
_DENIED = re.compile(r"\b(?:not?|non)\b|n['’]t\b|[不没]|非(?!常)", re.IGNORECASE)
_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), low, high)
    for pattern, low, high in (
        (r"CET-?\s?6|(?:^|英语 ?|过)六级", 5, 7),
        (r"CET-?\s?4|(?:^|英语 ?|过)四级", 4, 5),
        (r"begin|basic|elementary|入门|初[级級]|基[础礎本]|简单|簡単|少し", 1, 2),
        (r"\blimited\b", 4, 4),
        (r"\bupper.intermediate", 5, 5),
        (r"intermediate|conversation|中[级級]", 4, 5),
        (r"\bnear.native", 6, 8),
        (r"\bnative|bilingual|mother tongue|母[语語]|双语|ネイティブ", 8, 8),
        (r"fluen|advanced|full professional|流[利畅暢]|精通|高[级級]|上[级級]", 6, 8),
        (r"professional|business|proficien|\bworking\b|商[务務]|工作|熟练|ビジネス", 5, 7),
        (r"口[语語]|日常|会话|会話", 4, 5),
        (r"\bread|阅读|[読讀]", 3, 7),
    )
)
"""Words for how well somebody speaks → the lowest and highest rank that they may mean.

In each part of a text, the first that fits counts.
"""
ONLY_WRITTEN = re.compile(
    r"(?!.*(?:\b(?:spok|speak|oral|verbal)|口[语語]|听|沟通|交流))"
    r".*(?:\bwritten\b|[读讀書书][写寫面])",
    re.IGNORECASE,
)
"""A text about writing in a language, and not about speaking it."""
_PART_END = re.compile(r"[,;/|+&()，；、。（）]|\b(?:and|but|with)\b|[但而和]", re.IGNORECASE)
_UNKNOWN = (0, 8)


@cache
def names_of(language: str) -> re.Pattern[str]:
    """Return the pattern of the names of a language, an item of ``LANGUAGES``, in all languages that have labels."""
    names = (
        re.escape(name) if UNSPACED.search(name) else rf"(?<!\w){re.escape(name)}(?!\w)"
        for name in _names_in_labels().get(language, ())
    )
    return re.compile("|".join((LANGUAGES[language], *names)), re.IGNORECASE)


@cache
def _names_in_labels() -> dict[str, list[str]]:
    """Return the English name of each language → its names in the languages of the labels, from Babel."""
    locales = [Locale.parse(folder.name) for folder in sorted(_LABELS.iterdir()) if folder.is_dir()]
    return {
        name: [str(locale.languages[code]) for locale in locales if code in locale.languages]
        for code, name in Locale("en").languages.items()
    }


def answers(text: str, *, is_name: bool) -> str:
    """Return for each level that can be asked whether a person has it: ``0`` yes, ``1`` no, ``2`` is to check.

    Args:
        text: What the person says of the language.
        is_name: Whether this is only its name.
    """
    return "".join(_answer(level, text, is_name=is_name) for level in LEVEL_ORDER)


def _answer(asked: str, text: str, *, is_name: bool) -> str:
    rank = _RANKS[asked]
    low, high = _ranks(text)
    if low >= rank or (is_name and not asked):
        return "0"
    return "1" if high < rank and asked else "2"


def _ranks(text: str) -> tuple[int, int]:
    """Return the lowest and the highest rank that a text may mean.

    The lowest is of the word that is first in ``_WORDS``: “fluent, used at work” is not less than “fluent”.
    """
    if _DENIED.search(text):
        return _UNKNOWN
    if codes := [_RANKS[code] for code in _CODE.findall(text)]:
        return min(codes), max(codes)
    parts = _PART_END.split(text)
    rows = (next((row for row in _WORDS if row[0].search(part)), None) for part in parts)
    found = sorted(filter(None, rows), key=_WORDS.index)
    return (found[0][1], max(high for _pattern, _low, high in found)) if found else _UNKNOWN
