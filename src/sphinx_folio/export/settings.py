"""The settings of the exports, and values derived from them."""

from __future__ import annotations

import json
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import ACCENT, Setting, is_text, unknown_word
from sphinx_folio.export.formats.pdf import MAX_PAGES, TEMPLATES, PdfLayout
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.records import KEY_PATTERN, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinx_folio.portfolio.model import Portfolio

TWINS = "markdown"
FULL_TEXT = "llms-full"
LINKED_DATA = "json-ld"
OF_PAGES = (FULL_TEXT, TWINS, LINKED_DATA)
"""The exports that are made of pages while these are written, or are part of them."""
EXPORTS = ("pdf", "docx", "odt", "txt", "json", "rendercv", "vcard", "llms", *OF_PAGES)
"""The exports that come with the package."""
FONT_SUFFIXES = frozenset({".otc", ".otf", ".ttc", ".ttf"})
"""The suffixes of the fonts that Typst reads."""
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".svg", ".webp")
"""The suffixes of the photos that Typst reads."""
PHOTO_STARTS = (b"\xff\xd8", b"<", b"\x89PNG", b"RIFF")
"""The first bytes of these."""
PHOTO_SIZE = 1_000_000
"""The most bytes of a photo: the PDF is sent by mail."""

PAPERS = {"a4": "pdf-a4", "us-letter": "pdf-letter"}
"""Papers, by Typst's names → the export on this paper if ``resume.pdf`` is on another."""
PAPER_NAMES = {"a4": "A4", "us-letter": "US Letter"}
"""Papers → their names for readers."""
VIEW_FILTERS = ("skills", "categories", "without")
"""The keys of a view that decide what it contains: skills, and types of entries that it leaves out."""
VIEW_LISTS = (*VIEW_FILTERS, "first")
"""The keys of a view that are lists; the last one orders what the others select."""


def _check_views(value: Any) -> str:
    problems = (_check_view(name, view) for name, view in value.items())
    return next(filter(None, problems), "")


def _check_view(name: object, view: object) -> str:
    if not isinstance(name, str) or not KEY_PATTERN.fullmatch(name):
        return str(__("%r is not a valid key; use lowercase ASCII letters, digits, dots and hyphens")) % (name,)
    if not isinstance(view, dict):
        return str(__("view %r is of type %s, not dict")) % (name, type(view).__name__)
    known = ("title", *VIEW_LISTS, "max_pages")
    unknown = [key for key in view if key not in known]
    if unknown:
        return str(__("view %r: unknown key %s")) % (name, unknown_word(unknown[0], known))
    return _check_values(name, view)


def _check_values(name: str, view: dict[str, Any]) -> str:
    title = view.get("title")
    texts = list(title.values()) if isinstance(title, dict) else [title]
    if not texts or not all(map(is_text, texts)):
        return str(__("view %r needs a title")) % name
    for choice in VIEW_LISTS:
        chosen = view.get(choice, [])
        if not isinstance(chosen, list | tuple) or not all(map(is_text, chosen)):
            return str(__("view %r: %s must be a list of names")) % (name, choice)
    pages = view.get("max_pages")
    if pages is not None and (type(pages) is not int or pages < 1):
        return str(__("view %r: max_pages must be a number of pages, or None")) % name
    if not any(map(view.get, VIEW_FILTERS)):
        return str(__("view %r leaves nothing out; add skills, categories or without")) % name
    return ""


def _check_fonts(value: Any) -> str:
    return "" if all(map(is_text, value)) else str(__("it must be a list of folders"))


def _check_families(value: Any) -> str:
    return "" if all(map(is_text, value)) else str(__("it must be a list of font families"))


def _check_pages(value: Any) -> str:
    return "" if value is None or value > 0 else str(__("%d is not a number of pages; write 1 or more")) % value


def _check_date(value: Any) -> str:
    try:
        PartialDate.parse(value or "2000")
    except ValueError as error:
        return str(error)
    return ""


def _check_papers(value: Any) -> str:
    unknown = [paper for paper in value if paper not in [*PAPERS]]
    if unknown:
        return str(__("unknown paper %s")) % unknown_word(unknown[0], PAPERS)
    return "" if 0 < len(value) == len({*value}) else str(__("list one or more papers, each once"))


VIEWS_EXAMPLE = '{"network": {"title": "Networking", "skills": ["go"], "categories": ["networking"]}}'
SETTINGS = (
    ACCENT,
    Setting(
        name="folio_exports",
        default=list(EXPORTS),
        rebuild="env",
        types=(list, tuple),
        description=mark("Which files are made; all by default."),
        example='["pdf", "json"]',
    ),
    Setting(
        name="folio_resume",
        default="",
        rebuild="env",
        types=(str,),
        description=mark("The page that is the résumé; by default the one with the person."),
        example='"resume"',
    ),
    Setting(
        name="folio_json_resume_extra",
        default="",
        rebuild="env",
        types=(str,),
        description=mark("A JSON file with fields that resume.json has in addition; relative to conf.py."),
        example='"json-resume-extra.json"',
    ),
    Setting(
        name="folio_views",
        default={},
        rebuild="env",
        types=(dict,),
        description=mark(
            "Views of the résumé: name → a dict with title (a text, or one for each language), skills, categories,"
            " first (the skills that come first), without (the types of entries to leave out) and max_pages."
        ),
        example=VIEWS_EXAMPLE,
        check=_check_views,
    ),
    Setting(
        name="folio_private",
        default=False,
        rebuild="html",
        types=(bool,),
        description=mark("Whether the build contains private facts; set by -D folio_private=1, never in conf.py."),
        example="False",
    ),
    Setting(
        name="folio_resume_date",
        default="",
        rebuild="",
        types=(str,),
        description=mark("The date of the résumé's content, shown on the PDF and in its metadata; by default today."),
        example='"2026-11"',
        check=_check_date,
    ),
    Setting(
        name="folio_resume_paper",
        default=["a4"],
        rebuild="",
        types=(list, tuple),
        description=mark(
            "The paper of the résumé files, a4 or us-letter; with both, resume.pdf has a second file for the other one."
        ),
        example='["a4", "us-letter"]',
        check=_check_papers,
    ),
    Setting(
        name="folio_resume_max_pages",
        default=MAX_PAGES,
        rebuild="",
        types=(int, NoneType),
        description=mark("The number of pages above which the build warns that the PDF is too long; None: no limit."),
        example="8",
        check=_check_pages,
    ),
    Setting(
        name="folio_resume_template",
        default="resume",
        rebuild="",
        types=(str,),
        description=mark(
            "The template of the PDF: resume, academic, sidebar, or a Typst file of your own, relative to conf.py."
        ),
        example='"sidebar"',
    ),
    Setting(
        name="folio_resume_photo",
        default="",
        rebuild="",
        types=(str,),
        description=mark("A photo for the PDF (JPEG, PNG, SVG or WebP), relative to conf.py; by default none."),
        example='"photo.jpg"',
    ),
    Setting(
        name="folio_resume_fonts",
        default=[],
        rebuild="",
        types=(list, tuple),
        description=mark(
            "Folders with more fonts for the PDF, if the built-in ones lack characters; relative to conf.py."
        ),
        example='["fonts"]',
        check=_check_fonts,
    ),
    Setting(
        name="folio_resume_font_families",
        default=[],
        rebuild="",
        types=(list, tuple),
        description=mark("The font families of the PDF, the preferred one first; the built-in ones follow."),
        example='["Amiri"]',
        check=_check_families,
    ),
)


def extra_fields(app: Sphinx) -> dict[str, Any]:
    """Return the fields to add to ``resume.json``.

    Raises:
        OSError: The file cannot be read.
        ValueError: The file is not a JSON object.
    """
    name = app.config.folio_json_resume_extra
    fields = json.loads(Path(app.confdir, name).read_bytes()) if name else {}
    if not isinstance(fields, dict):
        raise ValueError(__("must be an object"))  # noqa: TRY004  as a JSON error
    return fields


def fonts_of(app: Sphinx) -> tuple[Path, ...]:
    """Return the folders with additional fonts for the PDF."""
    return tuple(Path(app.confdir, folder) for folder in app.config.folio_resume_fonts)


def font_files(folders: Iterable[Path]) -> list[Path]:
    """Return the font files in folders and their subfolders, sorted."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if path.suffix.lower() in FONT_SUFFIXES)


def template_of(app: Sphinx) -> Path:
    """Return the path of the template for the PDF."""
    name: str = app.config.folio_resume_template
    return TEMPLATES.get(name or "resume") or Path(app.confdir, name)


def photo_of(app: Sphinx) -> Path | None:
    """Return the path of the photo for the PDF, if there is one."""
    name: str = app.config.folio_resume_photo
    return Path(app.confdir, name) if name else None


def problem_with_photo(photo: Path) -> str:
    """Return why a file cannot be the photo: missing, not of a format that Typst reads, or too large; or nothing."""
    if photo.suffix.lower() in PHOTO_SUFFIXES and not photo.is_file():
        return str(__("there is no file %s")) % photo
    data = photo.read_bytes() if photo.suffix.lower() in PHOTO_SUFFIXES else b""
    if not data.lstrip().startswith(PHOTO_STARTS):
        return str(__("%s is not a photo (%s)")) % (photo.name, ", ".join(PHOTO_SUFFIXES))
    if len(data) > PHOTO_SIZE:
        message = __("%s has %d KB, more than %d; 600 × 800 pixels are enough")
        return str(message) % (photo.name, len(data) // 1000, PHOTO_SIZE // 1000)
    return ""


def layout_of(app: Sphinx, view: str = "") -> PdfLayout:
    """Return the layout of the PDF, or of that of a view, which may have a maximum number of pages of its own."""
    max_pages = app.config.folio_resume_max_pages
    return PdfLayout(
        template=template_of(app),
        font_folders=fonts_of(app),
        font_families=tuple(app.config.folio_resume_font_families),
        photo=photo_of(app),
        color=app.config.folio_accent,
        max_pages=app.config.folio_views[view].get("max_pages", max_pages) if view else max_pages,
    )


def resume_page(app: Sphinx, portfolio: Portfolio) -> str:
    """Return the name of the page that is the résumé; empty if there is no such page or no person."""
    people = portfolio.all(Person)
    wanted = app.config.folio_resume or (people[0].docname if people else "")
    return wanted if people and wanted in app.env.all_docs else ""


def title_of_site(app: Sphinx, portfolio: Portfolio) -> tuple[str, str]:
    """Return the title and summary of the site for language models: name and label of the person on a portfolio.

    A site that is named after something else, such as a project that it documents, has its own name and no summary.
    """
    people = portfolio.all(Person)
    if people and is_portfolio(app, people[0]):
        return people[0].name, people[0].label
    return app.config.project, ""


def is_portfolio(app: Sphinx, person: Person) -> bool:
    """Return whether the site is the person's: it is named after the person, or has no name."""
    config = app.config
    is_named = config.project != config.config_values["project"].default
    return not is_named or person.name.casefold() in f"{config.project} {config.html_title}".casefold()


def date_of_resume(app: Sphinx) -> str:
    """Return the first day of the date of the résumé's content, or nothing if that is not set."""
    date: str = app.config.folio_resume_date
    return date and str(PartialDate.parse(date).first_day)
