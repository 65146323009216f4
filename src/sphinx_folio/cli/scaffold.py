"""Render the files of a new portfolio from the templates; nothing is written to disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, StrictUndefined

from sphinx_folio import __version__
from sphinx_folio._common.installation import origin, pinned_requirement
from sphinx_folio.cli.catalog_text import catalog_text
from sphinx_folio.cli.conf_editor import literal
from sphinx_folio.cli.importing.headings import headings_in
from sphinx_folio.cli.importing.pages import EXTRA_FILE
from sphinx_folio.cli.known_names import is_readable, shows_names_only
from sphinx_folio.cli.writing_systems import pdf_fonts_cover
from sphinx_folio.portfolio.records import SKETCH_ARROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = ("en", "zh_CN")
"""The languages in which the README of the sample exists."""
NAME = "Alex Sample"
"""The invented person of the sample, in English."""
LEVELS: Mapping[str, tuple[str, ...]] = {
    "en": ("aware", "working", "proficient", "expert"),
    "zh_CN": ("了解", "熟悉", "熟练", "精通"),
}
"""The skill levels of the sample, lowest first."""
CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "en": {"languages": "Languages", "platforms": "Platforms and data"},
    "zh_CN": {"languages": "编程语言", "platforms": "平台与数据"},
}
"""The skill categories of the sample: key → label."""
PLAIN: Mapping[str, str] = {
    "icon.svg": "docs/_static/icon.svg",
    "gitignore.txt": ".gitignore",
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "readthedocs.yaml": ".readthedocs.yaml",
    "pages.yml": ".github/workflows/pages.yml",
    "netlify.toml": "netlify.toml",
    "page.html": "docs/_templates/page.html",
}
"""Templates without variables, and their paths in the portfolio."""
OPTIONAL = (
    *("README.md", ".gitignore", ".pre-commit-config.yaml", ".readthedocs.yaml", "netlify.toml"),
    ".github/workflows/pages.yml",
)
"""Files that are not needed for a build; existing ones are never replaced."""
CATALOG_SOURCE = "en"
"""The source language of the template catalogs, which are Chinese; those in ``languages/`` have the other languages."""
CATALOGS = TEMPLATES / "catalogs"


def sample_language(language: str) -> str:
    """Return the language of the sample to use for pages in a language; English if there is no sample in it."""
    return translation_language(language) or CATALOG_SOURCE


def translation_language(language: str) -> str:
    """Return the language of the sample that can serve as a translation into a language, or an empty string."""
    base = language.partition("_")[0]
    known = [*LANGUAGES, *sorted(path.stem for path in (CATALOGS / "languages").glob("*.po"))]
    if base == "zh":
        return language if language in known else ""
    return next((code for code in (language, base) if code in known), None) or next(
        (code for code in known if code.partition("_")[0] == base), ""
    )


@cache
def sample_translations(language: str) -> Mapping[str, str]:
    """Return the strings of the sample: English → a language; empty if the sample does not exist in it."""
    found = translation_language(language)
    one = CATALOGS / "languages" / f"{found}.po"
    texts: dict[str, str] = {}
    for path in [one] if one.is_file() else sorted(CATALOGS.glob("*.po")) if found else []:
        with path.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        texts |= {
            str(message.id): str(message.id if found == CATALOG_SOURCE else message.string) for message in messages
        }
    if found in CATEGORIES:
        texts |= {label: CATEGORIES[found][key] for key, label in CATEGORIES[CATALOG_SOURCE].items()}
        texts |= dict(zip(LEVELS[CATALOG_SOURCE], LEVELS[found], strict=True))  # also one that no skill of it has
    return texts


def _name(source: str, language: str) -> str:
    """Return the invented person in a language; in one without a sample, the person of the pages."""
    return sample_translations(language).get(NAME) or sample_translations(sample_language(source)).get(NAME, NAME)


def _categories(source: str, language: str) -> Mapping[str, str]:
    """Return the skill categories of the sample in a language, or else in that of the pages: key → label."""
    texts = sample_translations(language) or sample_translations(sample_language(source))
    return {key: texts[label] for key, label in CATEGORIES[CATALOG_SOURCE].items()}


def _levels(language: str) -> tuple[str, ...]:
    """Return the skill levels of the sample in a language, lowest first."""
    texts = sample_translations(sample_language(language))
    return tuple(texts[level] for level in LEVELS[CATALOG_SOURCE])


def _categories_in(plan: Plan, language: str) -> Mapping[str, str]:
    """Return the skill categories of a portfolio in a language; of an imported one, only “Skills” is translated."""
    source = plan.languages[0]
    if not plan.categories:
        return _categories(source, language)
    known = {headings_in(source)["skills"]: headings_in(language)["skills"]}
    return {key: known.get(label, label) for key, label in plan.categories.items()}


def untranslated_settings(plan: Plan, language: str) -> Iterator[str]:
    """Yield the settings in conf.py that have the names of an imported résumé for a second language, too.

    Names of people in letters that readers of the language know stay as they are.
    """
    if plan.pages is None:
        return
    if plan.name and not is_readable(plan.name, language):
        yield "NAMES"
    known = headings_in(plan.languages[0])["skills"]
    if any(label != known for label in (plan.categories or {}).values()):
        yield "CATEGORIES"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The content of a new portfolio. Fields after ``engine`` come from an imported résumé and replace the sample."""

    languages: tuple[str, ...]
    """The language of the pages, then the languages into which they are translated."""
    engine: str = ""
    """The requirement for sphinx-folio in requirements.txt; empty for the default."""
    name: str = ""
    """The name of the person."""
    lead: str = ""
    """The profession of the person, for the home page, in Markdown."""
    summary: str = ""
    """The first paragraph about the person, for the home page, in Markdown."""
    contact: str = ""
    """Links to the addresses of the person, for the home page, in Markdown."""
    pages: Mapping[str, str] | None = None
    """Path below ``docs`` → text, without the home page; None for the sample."""
    extra: str = ""
    """The text of the file with fields that no page contains."""
    photo: str = ""
    """The name of the file with the photo of the person, beside conf.py."""
    levels: tuple[str, ...] = ()
    """The skill levels, lowest first."""
    unordered: tuple[str, ...] = ()
    """The skill levels whose order is unknown."""
    categories: Mapping[str, str] | None = None
    """The skill categories: key → label."""


def engine_requirement(pages: Iterable[str]) -> str:
    """Return a requirement for this version with what reads these files.

    It is for the commit of the repository or for the wheel from which this package was installed. A package from a
    folder of this machine needs a wheel, too: hosts cannot read the folder. For a package from an index, the
    requirement is for all versions that are compatible with this one.
    """
    return pinned_requirement(_extras(pages), origin(), __version__) or compatible_requirement(pages)


def compatible_requirement(pages: Iterable[str]) -> str:
    """Return a requirement for all versions that are compatible with this one, with what reads these files."""
    major, minor, *_ = __version__.split(".")
    newest = f"{major}.{int(minor) + 1}" if major == "0" else str(int(major) + 1)
    return f"sphinx-folio[{_extras(pages)}]>={major}.{minor},<{newest}"


def _extras(pages: Iterable[str]) -> str:
    bibtex = ["bibtex"] if any(page.lower().endswith(".bib") for page in pages) else []
    return ",".join([*bibtex, "docx", "pdf", "social"])


def files(plan: Plan) -> dict[str, str]:
    """Return the files of a new portfolio: path, with slashes → text."""
    return dict(sorted((*_project_files(plan), *_pages(plan), *_catalogs(plan))))


def _project_files(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield settings, style sheet, requirements, README, hosting and theme templates."""
    source, *others = plan.languages
    readme = source if source in LANGUAGES else CATALOG_SOURCE
    note = "Add these levels where they belong: %s"
    variables = {
        "languages": plan.languages,
        "folder": others[0].partition("_")[0] if others else "",
        "engine": plan.engine or engine_requirement(plan.pages or ()),
        "names": {language: literal(plan.name or _name(source, language)) for language in plan.languages},
        "title": plan.name or _name(source, source),
        "sample": plan.pages is None,
        "extra": EXTRA_FILE if plan.extra else "",
        "photo": plan.photo,
        "unprinted": tuple(language for language in plan.languages if not pdf_fonts_cover(language)),
        "levels": f"[{', '.join(map(literal, _levels(source) if plan.pages is None else plan.levels))}]",
        "level_notes": [note % ", ".join(map(literal, plan.unordered))] if plan.unordered else [],
        "categories": {language: literal(_categories_in(plan, language)) for language in plan.languages},
    }
    yield "docs/conf.py", _rendered("conf.py.jinja", variables)
    yield "docs/_static/site.css", _rendered("site.css.jinja", variables)
    yield "requirements.txt", _rendered("requirements.txt.jinja", variables)
    yield "README.md", _rendered(f"{readme}/README.md.jinja", variables)
    for template, path in PLAIN.items():
        yield path, _read(template)
    if others:
        yield "docs/_templates/languages.html", _read("languages.html")


def _pages(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the pages of the sample or of the imported résumé."""
    language = plan.languages[0]
    words = {**sample_translations(CATALOG_SOURCE), **sample_translations(language)}
    if plan.pages is None:
        folder = TEMPLATES / CATALOG_SOURCE
        for path in folder.rglob("*.md"):
            text = _page_in(path.read_text(encoding="utf-8"), words)
            yield f"docs/{path.relative_to(folder).as_posix()}", _with_offer(text, language)
        return
    projects = any("```{project} " in text for text in plan.pages.values())
    names = [name for name in plan.pages if name.endswith(".md")]
    variables = {
        "name": plan.name,
        "lead": plan.lead,
        "summary": plan.summary,
        "contact": plan.contact,
        "pages": names,
        "projects": projects,
        "categories": plan.categories or {},
    }
    home = _rendered("home.md.jinja", {**variables, "words": words})
    yield "docs/index.md", _with_offer(home, language)
    yield "docs/404.md", _page_in(_read(f"{CATALOG_SOURCE}/404.md"), words)
    for name, text in plan.pages.items():
        yield f"docs/{name}", text
    if plan.extra:
        yield f"docs/{EXTRA_FILE}", plan.extra


def _with_offer(text: str, language: str) -> str:
    """Return a page that offers a file which is made in a language: not the PDF if its fonts lack letters."""
    return text if pdf_fonts_cover(language) else text.replace(":files: pdf\n", ":files: odt\n")


def _page_in(text: str, words: Mapping[str, str]) -> str:
    """Return a page of the sample with its headings, paragraphs and values of options in another language."""
    return "\n".join(_translated(line, words) for line in text.split("\n"))


def _translated(line: str, words: Mapping[str, str]) -> str:
    """Return a line of a page with its text in another language; each paragraph is one line."""
    found = re.match(r"#+ |:::\{admonition\} |:[\w-]+: ", line)
    text = line[found.end() :] if found else line
    known = text.replace("->", SKETCH_ARROW)
    return line.removesuffix(text) + words.get(known, text).replace(SKETCH_ARROW, "->")


def _catalogs(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the catalogs of the sample; the command ``messages`` creates those of imported pages."""
    if plan.pages is not None:
        return
    for language in plan.languages[1:]:
        for path in sorted(CATALOGS.glob("*.po")):
            yield f"docs/locales/{language}/LC_MESSAGES/{path.name}", sample_catalog(plan.languages[0], language, path)


def sample_catalog(source: str, language: str, path: Path) -> str:
    """Return a catalog of the sample from one language into another; missing translations are empty."""
    with path.open("rb") as file:
        english = [str(message.id) for message in read_po(file) if message.id]
    texts, translations = sample_translations(sample_language(source)), sample_translations(language)
    catalog = Catalog(locale=language, project=texts[NAME], version=" ")
    for text in english:
        catalog.add(texts[text], translations.get(text, "") or (texts[text] if shows_names_only(texts[text]) else ""))
    return catalog_text(catalog, language)


def _rendered(template: str, variables: Mapping[str, object]) -> str:
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  no HTML
    return environment.from_string(_read(template)).render(variables)


def _read(template: str) -> str:
    return (TEMPLATES / template).read_text(encoding="utf-8")
