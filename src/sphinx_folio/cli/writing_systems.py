"""Writing systems: which ones texts and languages use, and which fonts of the PDF have their letters."""

from __future__ import annotations

import unicodedata

from babel import Locale

from sphinx_folio.export.resume_pdf import FONTS

PRINTED = frozenset({"LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"})
"""The scripts whose letters the built-in fonts of the PDF contain."""


def scripts_in(text: str) -> set[str]:
    """Return the scripts of the letters of a text: the first words of their Unicode names, such as ``LATIN``."""
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()}


def scripts_of(locale: Locale) -> set[str]:
    """Return the scripts of a language, judging by its names of months (CLDR)."""
    return scripts_in("".join(locale.months["format"]["wide"].values()))


def pdf_fonts_cover(language: str) -> bool:
    """Return whether the built-in fonts of the PDF have the letters of a language."""
    return scripts_of(Locale.parse(language)) <= PRINTED


def pdf_font(language: str) -> str | None:
    """Return a free font for the PDF that has the letters of a language, if one is known."""
    scripts = scripts_of(Locale.parse(language))
    return next((font for script, font in FONTS.items() if script in scripts), None)
