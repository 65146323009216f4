"""Translations of texts that many pages have: the texts of the sample, and the titles of a résumé's sections."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sphinx_folio.cli.importing.headings import headings_in, label_texts
from sphinx_folio.cli.scaffold import CATALOG_SOURCE, CATEGORIES, sample_translations

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKS = {"comma", "present"}
"""Labels that are not titles."""


def known_translations(source: str, language: str) -> dict[str, str]:
    """Return the translations of the sample's texts: many sites have some of them, such as "Skills"."""
    into = sample_translations(language)
    return {text: into[english] for english, text in sample_translations(source).items() if into.get(english)}


@cache
def texts_to_read(source: str, language: str) -> Mapping[str, str]:
    """Return the translations of the sample's sentences and names of jobs, which may not fit the page of somebody else.

    Titles of sections are left out: their translations fit everywhere.
    """
    titles = {*label_texts(source).values(), *headings_in(source).values()}
    return {
        text: into
        for text, into in known_page_texts(source, language).items()
        if text not in titles and text in known_translations(source, language) and text != into
    }


@cache
def known_page_texts(source: str, language: str) -> Mapping[str, str]:
    """Return the translations of texts on pages: those of the sample, except its categories, and titles of sections.

    The sample has a category “Languages”, which are programming languages; on a page, the title means spoken ones.
    """
    categories = {sample_translations(source).get(label) for label in CATEGORIES[CATALOG_SOURCE].values()}
    texts = {text: into for text, into in known_translations(source, language).items() if text not in categories}
    for titles in (label_texts(source), headings_in(source)):
        for name, title in label_texts(language).items():
            if name in titles and name not in MARKS:
                texts.setdefault(titles[name], title)
    return texts
