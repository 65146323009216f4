"""Render the files of a new portfolio from the templates; nothing is written to disk."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, StrictUndefined

from sphinx_folio import __version__
from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.pages import EXTRA_FILE
from sphinx_folio.languages.catalogs import is_complete

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = ("en", "zh_CN")
"""The languages in which the sample exists."""
NAMES: Mapping[str, str] = {"en": "Alex Sample", "zh_CN": "林小样"}
"""The invented person of the sample."""
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
MAX_CODE_LENGTH = 3
"""The maximum length of a language code without script or territory (ISO 639)."""
PRINTED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA")
"""Prefixes of the Unicode names of letters that Source Sans 3 and Noto Sans SC contain."""
HEADER = 'msgid ""\nmsgstr ""\n"Language: %s\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
CATALOG_SOURCE, CATALOG_LANGUAGE = "en", "zh_CN"
"""The source and target languages of the template catalogs."""


def language_code(text: str) -> str:
    """Normalize a language code for Sphinx: ``zh_CN`` for ``zh``, ``zh-CN`` or ``zh-Hans``, ``pt_BR`` for ``pt-br``.

    Raises:
        ValueError: The language is not in Unicode CLDR.
    """
    first, *others = text.replace("-", "_").split("_")
    parts = [first.lower(), *(part.title() if len(part) == len("Hans") else part.upper() for part in others)]
    try:
        Locale.parse("_".join(parts))
    except (ValueError, UnknownLocaleError):
        raise ValueError(text) from None
    if parts[0] == "zh" and not {*parts} & {"Hant", "TW", "HK", "MO"}:
        return "zh_CN"
    return "_".join(parts)


def pdf_fonts_cover(language: str) -> bool:
    """Return whether the PDF fonts cover the script of a language, judging by its month names (CLDR)."""
    months = "".join(Locale.parse(language).months["format"]["wide"].values())
    return all(name.startswith(PRINTED_SCRIPTS) for name in map(unicodedata.name, filter(str.isalpha, months)))


def nearest_language(text: str) -> str | None:
    """Return the language code closest to a misspelled code, an English name or a native name."""
    names: dict[str, str] = {}
    for code in locale_identifiers():
        native = "" if "_" in code else Locale(code).get_language_name() or ""
        names |= dict.fromkeys((code.casefold(), native.casefold()), code)
    names |= {name.casefold(): code for code, name in Locale("en").languages.items() if code in names}
    wanted = text.replace("-", "_").casefold()
    near = get_close_matches(wanted, names, n=1, cutoff=0.8) if len(wanted) > MAX_CODE_LENGTH else []
    guesses = [
        *(names[name] for name in near),
        wanted.partition("_")[0],
        wanted[:2] if len(wanted) <= MAX_CODE_LENGTH else "",
    ]
    return next(filter(None, map(_code_or_none, guesses)), None)


def _code_or_none(text: str) -> str | None:
    try:
        return language_code(text)
    except ValueError:
        return None


def sample_language(language: str) -> str:
    """Return the language of the sample to use for pages in a language; English if there is no sample in it."""
    return language if language in LANGUAGES else CATALOG_SOURCE


def translation_language(language: str) -> str:
    """Return the language of the sample that can serve as a translation into a language, or an empty string."""
    return CATALOG_SOURCE if language.partition("_")[0] == CATALOG_SOURCE else language if language in LANGUAGES else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The content of a new portfolio. Fields after ``engine`` come from an imported résumé and replace the sample."""

    languages: tuple[str, ...]
    """The language of the pages, then the languages into which they are translated."""
    engine: str = ""
    """The requirement for sphinx-folio in requirements.txt; empty for the default."""
    name: str = ""
    """The name of the person."""
    pages: Mapping[str, str] | None = None
    """Path below ``docs`` → text, without the home page; None for the sample."""
    extra: str = ""
    """The text of the file with fields that no page contains."""
    levels: tuple[str, ...] = ()
    """The skill levels, lowest first."""
    unordered: tuple[str, ...] = ()
    """The skill levels whose order is unknown."""
    categories: Mapping[str, str] | None = None
    """The skill categories: key → label."""


def engine_requirement() -> str:
    """Return a requirement for all versions that are compatible with this one."""
    major, minor, *_ = __version__.split(".")
    newest = f"{major}.{int(minor) + 1}" if major == "0" else str(int(major) + 1)
    return f"sphinx-folio[pdf,social]>={major}.{minor},<{newest}"


def files(plan: Plan) -> dict[str, str]:
    """Return the files of a new portfolio: path, with slashes → text."""
    return dict(sorted((*_project_files(plan), *_pages(plan), *_catalogs(plan))))


def _project_files(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield settings, style sheet, requirements, README, hosting and theme templates."""
    source, *others = plan.languages
    sample = sample_language(source)
    note = "Add these levels where they belong: %s"
    variables = {
        "languages": plan.languages,
        "folder": others[0].partition("_")[0] if others else "",
        "engine": plan.engine or engine_requirement(),
        "names": {language: _quoted(plan.name or NAMES[sample_language(language)]) for language in plan.languages},
        "title": plan.name or NAMES[sample],
        "sample": plan.pages is None,
        "extra": EXTRA_FILE if plan.extra else "",
        "unprinted": tuple(language for language in plan.languages if not pdf_fonts_cover(language)),
        "levels": _list_literal(LEVELS[sample] if plan.pages is None else plan.levels),
        "level_notes": [note % ", ".join(map(_quoted, plan.unordered))] if plan.unordered else [],
        "categories": {
            language: _dict_literal(plan.categories or CATEGORIES[sample_language(language)])
            for language in plan.languages
        },
    }
    yield "docs/conf.py", _rendered("conf.py.jinja", variables)
    yield "docs/_static/site.css", _rendered("site.css.jinja", variables)
    yield "requirements.txt", _rendered("requirements.txt.jinja", variables)
    yield "README.md", _rendered(f"{sample}/README.md.jinja", variables)
    for template, path in PLAIN.items():
        yield path, _read(template)
    if others:
        yield "docs/_templates/languages.html", _read("languages.html")


def _pages(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the pages of the sample or of the imported résumé."""
    source = sample_language(plan.languages[0])
    if plan.pages is None:
        folder = TEMPLATES / source
        for path in folder.rglob("*.md"):
            yield f"docs/{path.relative_to(folder).as_posix()}", path.read_text(encoding="utf-8")
        return
    projects = any("```{project} " in text for text in plan.pages.values())
    variables = {"name": plan.name, "pages": plan.pages, "projects": projects}
    yield "docs/index.md", _rendered(f"{source}/home.md.jinja", variables)
    yield "docs/404.md", _read(f"{source}/404.md")
    for name, text in plan.pages.items():
        yield f"docs/{name}", text
    if plan.extra:
        yield f"docs/{EXTRA_FILE}", plan.extra


def _catalogs(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the catalogs of the sample; the command ``messages`` creates those of imported pages."""
    if plan.pages is not None:
        return
    for language in plan.languages[1:]:
        for path in sorted((TEMPLATES / "catalogs").glob("*.po")):
            yield f"docs/locales/{language}/LC_MESSAGES/{path.name}", sample_catalog(plan.languages[0], language, path)


def sample_catalog(source: str, language: str, path: Path) -> str:
    """Return a catalog of the sample from one language into another; missing translations are empty."""
    with path.open("rb") as file:
        known = read_po(file)
    catalog = Catalog(locale=language)
    for message in known:
        if message.id:
            texts = {CATALOG_SOURCE: str(message.id), CATALOG_LANGUAGE: str(message.string)}
            catalog.add(texts[sample_language(source)], texts.get(translation_language(language), ""))
    return catalog_text(catalog)


def count_untranslated(catalog: str) -> int:
    """Return the number of untranslated or fuzzy strings in a catalog's text."""
    messages = read_po(BytesIO(catalog.encode()))
    return sum(1 for message in messages if message.id and (message.fuzzy or not is_complete(message)))


def untranslated_message(number: int, language: str) -> str:
    """Return the first part of a message about untranslated strings."""
    if number == 1:
        return str(__("1 string has no translation in %s")) % language
    return str(__("%d strings have no translation in %s")) % (number, language)


def catalog_text(catalog: Catalog) -> str:
    """Return a catalog as text, with a minimal header."""
    for message in catalog:
        message.flags -= {"python-format", "python-brace-format"}  # Babel mistakes {skill} for a placeholder
    written = BytesIO()
    write_po(written, catalog, width=120, omit_header=True, ignore_obsolete=True)
    return f"{HEADER % catalog.locale_identifier}\n{written.getvalue().decode().strip()}\n"


def _rendered(template: str, variables: Mapping[str, object]) -> str:
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  no HTML
    return environment.from_string(_read(template)).render(variables)


def _read(template: str) -> str:
    return (TEMPLATES / template).read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    """Return a text as a Python literal in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _list_literal(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _dict_literal(labels: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{_quoted(key)}: {_quoted(label)}" for key, label in labels.items()) + "}"
