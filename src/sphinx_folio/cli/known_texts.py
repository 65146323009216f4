"""Translations of texts that many pages have: the texts of the sample, and the titles of a résumé's sections."""

from __future__ import annotations

import gettext
from functools import cache
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER
from sphinx_folio.cli.importing.headings import ENGLISH, HEADINGS
from sphinx_folio.cli.scaffold import CATALOG_SOURCE, CATEGORIES, sample_translations

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTIONS: Mapping[str, str] = {
    "work": "Work experience",
    "volunteer": "Volunteer work",
    **{name: ENGLISH[name] for name in ("resume", "education", "projects", "skills", "awards", "certificates")},
    **{name: ENGLISH[name] for name in ("publications", "talks", "languages", "interests", "references")},
}
"""Section of a résumé → its title among the labels of this package."""


def known_translations(source: str, language: str) -> dict[str, str]:
    """Return the translations of the sample's texts: many sites have some of them, such as "Skills"."""
    into = sample_translations(language)
    return {text: into[english] for english, text in sample_translations(source).items() if into.get(english)}


@cache
def known_page_texts(source: str, language: str) -> Mapping[str, str]:
    """Return the translations of texts on pages: those of the sample, except its categories, and titles of sections.

    The sample has a category “Languages”, which are programming languages; on a page, the title means spoken ones.
    """
    categories = {sample_translations(source).get(label) for label in CATEGORIES[CATALOG_SOURCE].values()}
    texts = {text: into for text, into in known_translations(source, language).items() if text not in categories}
    own, target = HEADINGS.get(source, ENGLISH), _section_titles(language)
    for titles in (_section_titles(source), own):
        for name, title in target.items():
            if name in titles:
                texts.setdefault(titles[name], title)
    return texts


def labels_of(language: str) -> str:
    """Return the language of the catalog whose labels pages in a language have; empty for those in English."""
    base = language.partition("_")[0]
    if base == "en":
        return base
    return next(
        (code for code in (language, base) if (CATALOG_FOLDER / code / "LC_MESSAGES" / f"{CATALOG}.mo").is_file()), ""
    )


def _section_titles(language: str) -> dict[str, str]:
    """Return the titles of a résumé's sections in a language; empty if this package has no labels in it."""
    code = labels_of(language)
    if not code:
        return {}
    labels = gettext.translation(CATALOG, CATALOG_FOLDER, [code], fallback=True)
    return {name: labels.gettext(title) for name, title in SECTIONS.items()}
