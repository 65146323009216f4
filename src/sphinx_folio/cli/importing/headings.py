"""The headings, labels and punctuation of imported pages, by language."""

from __future__ import annotations

import gettext
from functools import cache
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, _, catalog_languages

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "resume": "Résumé",
    "work": "Work",
    "education": "Education",
    "projects": "Projects",
    "skills": "Skills",
    "evidence": "Evidence",
    "volunteer": "Volunteer",
    "awards": "Awards",
    "certificates": "Certificates",
    "publications": "Publications",
    "talks": "Talks",
    "languages": "Languages",
    "interests": "Interests",
    "references": "References",
    "patents": "Patents",
    "memberships": "Memberships",
    "scores": "Test scores",
    "score": "Score",
    "courses": "Courses",
    "keywords": "Keywords",
    "present": "present",
    "comma": ", ",
    "pause": ", ",
    "colon": ": ",
    "brackets": " ({})",
}
CHINESE: Mapping[str, str] = {
    "resume": "简历",
    "work": "工作经历",
    "education": "教育背景",
    "projects": "项目",
    "skills": "技能",
    "evidence": "证据",
    "volunteer": "志愿服务",
    "awards": "获奖",
    "certificates": "证书",
    "publications": "发表",
    "talks": "演讲",
    "languages": "语言",
    "interests": "兴趣",
    "references": "推荐",
    "patents": "专利",
    "memberships": "会员资格",
    "scores": "考试成绩",
    "score": "成绩",
    "courses": "课程",
    "keywords": "关键词",
    "present": "至今",
    "comma": "、",
    "pause": "，",
    "colon": "：",
    "brackets": "（{}）",
}
OWN_SECTIONS = ("patents", "memberships", "scores")
"""The headings of sections that only imported pages have."""
_OWN_LABELS = (_("Patents"), _("Memberships"), _("Test scores"), _("Keywords"))
"""The labels that nothing else shows, for the catalogs."""
LABELS: Mapping[str, str] = {
    **{name: text for name, text in ENGLISH.items() if name not in {"pause", "colon", "brackets"}},
    "work": "Work experience",
    "volunteer": "Volunteer work",
    "evidence": "Sources",
}
"""Heading → its text among the labels for readers, which are translated."""
_LINE = "%(label)s: %(text)s"
LANGUAGES = ("en", *sorted(folder.name for folder in CATALOG_FOLDER.iterdir() if folder.is_dir()))
"""The languages that have labels."""


@cache
def headings_in(language: str) -> Mapping[str, str]:
    """Return the headings, labels and punctuation in a language, or in English: section, field or mark → its text."""
    if language == "zh_CN":
        return CHINESE
    code = labels_of(language)
    if code in {"", "en"}:
        return ENGLISH
    colon = translations_of(code).gettext(_LINE) % {"label": "", "text": ""}
    found = {**ENGLISH, **label_texts(code), "colon": colon}
    wide = {"brackets": CHINESE["brackets"]} if colon == CHINESE["colon"] else {}
    return found | wide | {"pause": CHINESE["pause"] if code.startswith("zh") else found["comma"]}


def label_texts(language: str) -> dict[str, str]:
    """Return the headings as they are among the labels in a language; empty if there are no labels in it."""
    code = labels_of(language)
    labels = translations_of(code)
    return {name: labels.gettext(text) for name, text in LABELS.items()} if code else {}


def translations_of(language: str) -> gettext.NullTranslations:
    """Return the labels for readers in a language of :data:`LANGUAGES`."""
    return gettext.translation(CATALOG, CATALOG_FOLDER, [language], fallback=True)


def labels_of(language: str) -> str:
    """Return the language of the catalog whose labels pages in a language have; empty for those in English."""
    base = language.partition("_")[0]
    if base == "en":
        return base
    codes = catalog_languages(language)
    return next((code for code in codes if (CATALOG_FOLDER / code / "LC_MESSAGES" / f"{CATALOG}.mo").is_file()), "")
