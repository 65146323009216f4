"""Generate the PDF of a résumé, or take it from the cache; warn about too many pages and missing glyphs."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING
from unicodedata import category
from unicodedata import name as unicode_name

from docutils import nodes
from sphinx.errors import SphinxError

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.caches import digest_of_bytes
from sphinx_folio._common.characters import code_point
from sphinx_folio._common.i18n import __
from sphinx_folio._common.typesetting import LIBRARIES
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio._common.write_log import cache_path, fingerprint
from sphinx_folio.doctree.text_check import character_location
from sphinx_folio.domain import portfolio_of
from sphinx_folio.export.formats.pdf import LIBRARY, SIZES, CrashError, MissingGlyphError, TemplateError, pdf
from sphinx_folio.export.settings import font_files, layout_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx.application import Sphinx

    from sphinx_folio.export.formats.resume_document import ResumeDocument
    from sphinx_folio.export.resolved_page import Source


EMOJI, EMOJI_JOINERS = range(0x1F000, 0x1FB00), "\u200d\ufe0f"
FONTS = {
    "ARABIC": "Amiri",  # Noto draws its dots as glyphs of their own, so that readers of text find letters twice
    "CJK": "BabelStone Han",
    **{
        name.upper(): f"Noto Sans {name}"
        for name in (
            *("Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer"),
            *("Lao", "Malayalam", "Myanmar", "Sinhala", "Tamil", "Telugu", "Thai"),
        )
    },
}
"""The first word of the names of a script's characters in Unicode → a free font that has them."""


class PdfError(SphinxError):
    """The PDF cannot be generated."""

    category = "PDF"


def resume_pdf(app: Sphinx, resume: ResumeDocument, source: Source, name: str, reported: set[str]) -> bytes:
    """Return the PDF of a résumé; warn if it is too long and about characters that no font has.

    Args:
        app: The application.
        resume: The document.
        source: The page of the résumé, for warnings, and the view if there is one.
        name: The name of the PDF file.
        reported: Missing characters that have been reported for another file; new ones are added.

    Raises:
        PdfError: The template is invalid or contains characters that no font has, or Typst crashed.
    """
    docname, view = source.docname, source.view.name if source.view else ""
    layout = layout_of(app, view)
    cache = cache_path(app, name)
    paths = (layout.template, LIBRARY, *([layout.photo] if layout.photo else []), *font_files(layout.font_folders))
    files = [digest_of_bytes(path.read_bytes()) for path in paths]
    versions = [__version__, *map(version, LIBRARIES)]
    rules = fingerprint([resume, files, versions, layout.font_families, layout.max_pages, layout.color])
    cached = None if resume.is_private else caches.read(cache, rules)
    if cached is not None:
        return cached
    try:
        found = pdf(resume, layout)
    except MissingGlyphError as error:
        message = __("the template %s has characters that no font has: %s")
        raise PdfError(message % (layout.template, _with_code_points(error.characters))) from None
    except TemplateError as error:
        message = __("the template is invalid: %s")
        places = (f"{layout.template}:{line}" if line else layout.template for line, _text in error.problems)
        problems = zip(places, (message % text for _line, text in error.problems), strict=True)
        raise PdfError("\n".join(f"{place}: {problem}" for place, problem in problems)) from None
    except CrashError as error:
        message = __("Typst crashed (%s); some fonts cause this, so try others in folio_resume_font_families")
        raise PdfError(message % error) from None
    too_long = layout.max_pages is not None and found.pages > layout.max_pages
    if too_long:
        message = __(
            "%s has %d pages at %s pt, more than %d; shorten the résumé, raise %s, or leave out entries in a view"
            " (folio_views)"
        )
        has_own = view and "max_pages" in app.config.folio_views[view]
        setting = f'folio_views["{view}"]["max_pages"]' if has_own else "folio_resume_max_pages"
        values = name, found.pages, SIZES[-1], layout.max_pages, setting
        warn(Subtype.LONG_RESUME, message, *values, location=docname)
    _report_missing(app, docname, name, found.missing - reported)
    reported.update(found.missing)
    # A PDF with warnings is not cached, so that each build logs them. A private PDF is never cached.
    if not too_long and not found.missing and not resume.is_private:
        caches.write(cache, rules, found.data)
    return found.data


def _with_code_points(characters: Iterable[str]) -> str:
    """Return a list of characters with their code points; only the code point if a character is not visible alone."""
    return ", ".join(
        code_point(character) if category(character)[0] in "CMZ" else f"{character} ({code_point(character)})"
        for character in sorted(characters)
    )


def _remedy(characters: Collection[str]) -> str:
    """Return what an author can do about characters that no font has; fonts are named if they are known."""
    if all(character in EMOJI_JOINERS or ord(character) in EMOJI for character in characters):
        return str(__("write a word instead of an emoji"))
    scripts = {unicode_name(character, "").partition(" ")[0] for character in characters}
    fonts = [font for script, font in FONTS.items() if script in scripts]
    if not fonts:
        return str(__("write another, or name a folder with a font that has it in folio_resume_fonts"))
    message = __("write another, or name a folder with a font that has it, such as %s, in folio_resume_fonts")
    return str(message) % ", ".join(fonts)


def _report_missing(app: Sphinx, docname: str, name: str, missing: Collection[str]) -> None:
    """Warn about characters without a glyph wherever they occur: on the page of the résumé, then on other pages."""
    message = __("no font of %s has %s; a square takes the place of a character that is missing; %s")
    locations: dict[str, set[str]] = {}
    not_found = set(missing)
    others = [page for page in _pages_with_objects(app) if page != docname]
    for page in (docname, *others) if missing else ():
        # A résumé also shows names and lines of other pages. Search these for the characters not found on its own page.
        wanted = set(missing) if page == docname else set(not_found)
        for text in app.env.get_doctree(page).findall(nodes.Text):
            for character in wanted.intersection(() if isinstance(text.parent, nodes.raw | nodes.comment) else text):
                locations.setdefault(character_location(text, character), set()).add(character)
                not_found.discard(character)
    for location, characters in locations.items():
        warn(
            Subtype.MISSING_GLYPH, message, name, _with_code_points(characters), _remedy(characters), location=location
        )
    if not_found:
        warn(Subtype.MISSING_GLYPH, message, name, _with_code_points(not_found), _remedy(not_found), location=docname)


def _pages_with_objects(app: Sphinx) -> list[str]:
    portfolio = portfolio_of(app.env)
    return list(dict.fromkeys(entry.docname for entry in portfolio.entries()))
