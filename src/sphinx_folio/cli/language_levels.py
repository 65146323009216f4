"""The five levels that LinkedIn has for languages, in the words of résumés in each language of the labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_folio.cli.importing.headings import labels_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Elementary proficiency",
        "Limited working proficiency",
        "Professional working proficiency",
        "Full professional proficiency",
        "Native or bilingual proficiency",
    ),
    "ar": ("مستوى مبتدئ", "كفاءة مهنية محدودة", "كفاءة مهنية عملية", "كفاءة مهنية كاملة", "اللغة الأم أو ثنائي اللغة"),
    "de": ("Grundkenntnisse", "Erweiterte Grundkenntnisse", "Fließend", "Verhandlungssicher", "Muttersprachniveau"),
    "es": (
        "Competencia básica",
        "Competencia básica limitada",
        "Competencia básica profesional",
        "Competencia profesional completa",
        "Competencia bilingüe o nativa",
    ),
    "fr": (
        "Notions",
        "Compétence professionnelle limitée",
        "Compétence professionnelle",
        "Capacité professionnelle complète",
        "Bilingue ou langue natale",
    ),
    "he": ("רמה בסיסית", "רמת עבודה מוגבלת", "רמה מקצועית", "רמה מקצועית מלאה", "שפת אם או דו־לשוניות"),
    "it": (
        "Conoscenza elementare",
        "Conoscenza lavorativa limitata",
        "Conoscenza professionale",
        "Conoscenza professionale completa",
        "Madrelingua o bilingue",
    ),
    "ja": ("初級", "限定的なビジネスレベル", "ビジネスレベル", "上級ビジネスレベル", "ネイティブまたはバイリンガル"),
    "ko": ("초급", "제한적인 업무 가능", "업무 가능", "능숙한 업무 가능", "원어민 또는 이중 언어 수준"),
    "pt": ("Básico", "Intermediário", "Avançado", "Fluente", "Nativo ou bilíngue"),
    "ru": (
        "Начальный",
        "Базовый рабочий",
        "Профессиональный рабочий",
        "Свободное владение",
        "Родной или второй родной",
    ),
    "zh_CN": ("初级", "中级", "中高级", "高级", "母语或双语"),
    "zh_TW": ("初級", "中級", "中高級", "高級", "母語或雙語"),
}
"""Language → levels, lowest first."""
_CODE = re.compile(r"[ABC][12](?:\.\d|\+)?|N[1-5]|[A-Z]{2,6}|\d+(?:[.,]\d+)?")
"""A level of the European framework or of the Japanese exam, an abbreviation such as HSK or IELTS, or a number."""


def translated_level(text: str, source: str, language: str) -> str:
    """Return one of these levels in another language; empty for any other text, or if a language has no labels.

    Codes such as ``C1`` and ``HSK 5`` stay as they are. Languages have the codes of the settings: Babel calls ``zh_CN``
    ``zh_Hans_CN``, for which there are no labels.
    """
    if _is_code(text):
        return text
    levels = [level.casefold() for level in LEVELS.get(labels_of(source), ())]
    into = LEVELS.get(labels_of(language))
    return into[levels.index(text.casefold())] if into and text.casefold() in levels else ""


def _is_code(text: str) -> bool:
    parts = [part for part in re.split(r"[\s/,()–—-]+", text) if part]
    return any(map(str.isdigit, text)) and all(map(_CODE.fullmatch, parts))
