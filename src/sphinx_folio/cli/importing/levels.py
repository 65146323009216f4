"""Sort skill levels, lowest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COMMON = (
    "none, no experience",
    "aware, awareness, fundamental awareness, 接触过",
    "learning, exposure, 学习中",
    "novice, 入门, 初学",
    "beginner, starter, 初学者, 新手",
    "advanced beginner",
    "elementary, 初级, a1",
    "basic, fundamental, limited, 基础, a2",
    "familiar, limited working, 了解",
    "理解",
    "intern, trainee, 实习",
    "junior",
    "mid-junior, pre-intermediate, lower intermediate, fair, 一般",
    "intermediate, medium, moderate, average, mid, middle, mid-level, conversational, 中级, b1, 熟悉",
    "upper intermediate, above average, mid-senior, b2",
    "competent, working, practitioner, comfortable, good, 良好, 掌握",
    "skilled, experienced, strong, very good, 熟练",
    "proficient, professional, professional working, 熟练掌握",
    "深入理解, 深入",
    "advanced, senior, excellent, 高级, c1",
    "fluent, full professional, 流利",
    "specialist, staff, lead, principal",
    "expert, guru, 精通, 专家, c2",
    "master, mastery, 大师",
    "bilingual, native or bilingual, native, mother tongue, 母语",
)
"""Common levels, lowest first: the Dreyfus model, LinkedIn, the CEFR, and others found in résumés."""
_OTHERS: Mapping[str, str] = {
    "beginner": "Anfänger, Anfängerin, Einsteiger, débutant, débutante, principiante, iniciante",
    "basic": "Grundkenntnisse, Grundlagen, Basiskenntnisse, notions, bases, básico, básica, nociones, base, noções",
    "intermediate": "mittel, intermédiaire, intermedio, intermedia, intermediário, intermediária",
    "good": "gut, gute Kenntnisse, bon, bonne, bueno, buena, buono, buona, bom, boa",
    "very good": "sehr gut, sehr gute Kenntnisse, très bon, très bonne, muy bueno, molto buono, muito bom",
    "advanced": "fortgeschritten, Fortgeschrittene, avancé, confirmé, avanzado, avanzada, avanzato, avançado",
    "fluent": "fließend, verhandlungssicher, courant, fluido, fluente",
    "expert": "Experte, Expertin, Expertenkenntnisse, hervorragend, exzellent, experto, experta, esperto, esperta",
    "native": "Muttersprache, Muttersprachler, langue maternelle, lengua materna, nativo, madrelingua, língua materna",
}
"""Levels in German, French, Spanish, Italian and Portuguese, by the English word for them."""
_RANKS = {word: (step, position) for step, row in enumerate(_COMMON) for position, word in enumerate(row.split(", "))}
_RANKS |= {word.casefold(): _RANKS[level] for level, words in _OTHERS.items() for word in words.split(", ")}
_FILLER = re.compile(r"\s+(?:level|user|knowledge|proficiency|speaker|skills?|developer)$")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|/\s*(\d+(?:\.\d+)?))")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)")
_YEARS = re.compile(r"[<>~]?\s*(\d+(?:\.\d+)?)\s*\+?\s*(?:years?|yrs?|年).*")
_STARS = re.compile(r"[★⭐●■*]+[☆○□]*|[☆○□]+")


def sort_levels(levels: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the levels that can be sorted, lowest first, and the others in their original order.

    Different scales, such as words and numbers, are not comparable: words are sorted if there are any.
    """
    ranked = [(_rank(level), level) for level in levels]
    scale = min((kind for (kind, _step, _position), _level in ranked if kind), default=0)
    known = sorted((rank, level) for rank, level in ranked if rank[0] == scale and scale)
    return [level for _rank, level in known], [level for rank, level in ranked if rank[0] != scale or not scale]


def _rank(level: str) -> tuple[int, float, float]:
    """Return the number of the scale of a level, and its position on it; scale 0 means unknown."""
    word = level.casefold().strip(" .!")
    for name in (word, _FILLER.sub("", word)):
        if name in _RANKS:
            step, position = _RANKS[name]
            return 1, step, position
    if share := _SHARE.fullmatch(word):
        return 2, float(share[1]) / (float(share[2] or 100) or 1), 0
    if amount := _AMOUNT.fullmatch(word):
        return 3, float(amount[1]), 0
    if years := _YEARS.fullmatch(word):
        return 4, float(years[1]), 0
    if _STARS.fullmatch(word):
        return 5, len(re.sub("[☆○□]", "", word)), 0
    return 0, 0, 0
