"""The PDF of a manuscript, made anew only if something about it has changed, and what is to be said of it."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import SphinxError

from sphinx_folio.exporters.pdf import LIBRARIES, MOST_PAGES, SIZES, MissingGlyphError, Printed, TemplateError, pdf
from sphinx_folio.exports.settings import template_of
from sphinx_folio.i18n import __
from sphinx_folio.warnings import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinx_folio.exporters.manuscript import Manuscript


class PrintingError(SphinxError):
    """The PDF cannot be made."""

    category = "PDF"


def printed(app: Sphinx, manuscript: Manuscript, docname: str, name: str = "resume.pdf") -> bytes:
    """Return the PDF of a page's manuscript; warn if it is too long.

    Raises:
        PrintingError: No font has a character, or the template is at fault.
    """
    template = template_of(app)
    kept = Path(app.doctreedir, f"folio-{app.builder.name}-{name}")
    digest = Path(f"{kept}.digest")
    versions = [version(library) for library in LIBRARIES]
    key = hashlib.sha256(repr((manuscript, template.read_bytes(), versions)).encode()).hexdigest()
    if not manuscript.notice and digest.exists() and kept.exists() and digest.read_text(encoding="utf-8") == key:
        return kept.read_bytes()
    try:
        found = pdf(manuscript, template)
    except MissingGlyphError as error:
        message = __(
            "no font of the PDF has the character %s; it stands in %s; write another, or leave pdf out of folio_exports"
        )
        characters = ", ".join(f"{character} ({_codes(character)})" for character in error.characters)
        raise PrintingError(message % (characters, _places(app, docname, error.characters))) from None
    except TemplateError as error:
        raise PrintingError(__("the template %s cannot be set:\n%s") % (template, error)) from None
    _check_length(found, name, docname)
    # Too long, and the next build has to say it again; private, and it is for nobody else to find.
    if found.pages <= MOST_PAGES and not manuscript.notice:
        kept.write_bytes(found.data)
        digest.write_text(key, encoding="utf-8")
    return found.data


def _check_length(found: Printed, name: str, docname: str) -> None:
    if found.pages > MOST_PAGES:
        message = __("%s has %d pages at %s pt, more than %d; beyond stand: %s")
        beyond = ", ".join(found.beyond) or "–"
        warn(Subtype.LONG_RESUME, message, name, found.pages, SIZES[-1], MOST_PAGES, beyond, location=docname)


def _codes(characters: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)


def _places(app: Sphinx, docname: str, characters: Iterable[str]) -> str:
    """Return path and line of the first place on the page where a character stands, or the path alone."""
    path = app.env.doc2path(docname, base=False)
    for text in app.env.get_doctree(docname).findall(nodes.Text):
        if any(character in text for character in characters):
            holder: nodes.Element | None = text.parent
            while holder is not None and not holder.line:
                holder = holder.parent
            return f"{path}:{holder.line}" if holder is not None else str(path)
    return str(path)
