"""Common levels of skills in each language of the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio.cli.importing.headings import labels_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS: Mapping[str, tuple[str, ...]] = {
    "en": ("basic", "beginner", "intermediate", "advanced", "expert"),
    "ar": ("أساسي", "مبتدئ", "متوسط", "متقدم", "خبير"),
    "de": ("Grundkenntnisse", "Anfänger/Anfängerin", "mittel", "fortgeschritten", "Experte/Expertin"),
    "es": ("básico/básica", "principiante", "intermedio/intermedia", "avanzado/avanzada", "experto/experta"),
    "fr": ("bases/notions", "débutant/débutante", "intermédiaire", "avancé/avancée", "expert/experte"),
    "he": ("בסיסי", "מתחיל", "בינוני", "מתקדם", "מומחה"),
    "it": ("base", "principiante", "intermedio/intermedia", "avanzato/avanzata", "esperto/esperta"),
    "ja": ("基礎", "初級/初心者", "中級", "上級", "エキスパート"),
    "ko": ("기초", "초급", "중급", "고급", "전문가"),
    "pt": ("básico/básica", "iniciante", "intermediário/intermediária/intermédio", "avançado/avançada", "especialista"),
    "ru": ("базовый", "начинающий", "средний", "продвинутый", "эксперт"),
    "zh_CN": ("基础", "初级/入门", "中级", "高级", "专家"),
    "zh_TW": ("基礎", "初級/入門", "中級", "高級", "專家"),
}
"""Language → levels; of the forms of a level, separated by slashes, the first is used for translations."""


def translated_skill_level(text: str, source: str, language: str) -> str:
    """Return one of these levels in another language; empty for any other text, or if a language has no labels."""
    levels, into = LEVELS.get(labels_of(source), ()), LEVELS.get(labels_of(language), ())
    for level, other in zip(levels, into, strict=False):
        if text.casefold() in level.casefold().split("/"):
            word = other.partition("/")[0]
            return word[0].upper() + word[1:] if text[0].isupper() and labels_of(source) != "de" else word
    return ""
