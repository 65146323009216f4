"""What a new portfolio consists of: paths and texts, made from the templates; nothing is written here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, StrictUndefined

from sphinx_folio import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES: Mapping[str, str] = {"en": "en", "zh_CN": "zh"}
"""The languages that there is a sample in, and the folder of each where it is a translation."""
NAMES: Mapping[str, str] = {"en": "Alex Sample", "zh_CN": "林小样"}
"""The invented person."""
LEVELS: Mapping[str, tuple[str, ...]] = {
    "en": ("aware", "working", "proficient", "expert"),
    "zh_CN": ("了解", "熟悉", "熟练", "精通"),
}
CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "en": {"languages": "Languages", "platforms": "Platforms and data"},
    "zh_CN": {"languages": "编程语言", "platforms": "平台与数据"},
}
PLAIN: Mapping[str, str] = {
    "gitignore.txt": ".gitignore",
    "site.css": "docs/_static/site.css",
    "readthedocs.yaml": ".readthedocs.yaml",
    "pages.yml": ".github/workflows/pages.yml",
}
"""Templates that are taken as they are, and where they go."""
SWITCH: Mapping[str, str] = {
    "languages.html": "docs/_templates/languages.html",
    "page.html": "docs/_templates/page.html",
}
"""The same, for two languages."""
PRINTED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA")
"""The scripts of Source Sans 3 and Noto Sans SC, as Unicode's names of their letters begin."""
HEADER = 'msgid ""\nmsgstr ""\n"Language: %s\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
CATALOG_SOURCE = "en"
"""The language that the templates' catalogs translate from."""


def language_code(text: str) -> str:
    """Return a language as Sphinx names it: ``zh_CN`` for ``zh``, ``zh-CN`` or ``zh-Hans``, ``pt_BR`` for ``pt-br``.

    Raises:
        ValueError: There is no such language (Unicode CLDR).
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


def can_be_printed(language: str) -> bool:
    """Tell whether the fonts of the PDF have the letters of a language, judged by the names of its months (CLDR)."""
    months = "".join(Locale.parse(language).months["format"]["wide"].values())
    return all(name.startswith(PRINTED_SCRIPTS) for name in map(unicodedata.name, filter(str.isalpha, months)))


def sample_language(language: str) -> str:
    """Return the language of the sample for pages in a language: its own if there is one, else English."""
    return language if language in LANGUAGES else CATALOG_SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What somebody wants: one language or two, that of the pages first, and where the engine comes from.

    ``name``, ``pages`` (paths below ``docs`` and their texts, the home page apart), ``levels`` and ``categories`` stand
    in the place of the sample's.
    """

    languages: tuple[str, ...]
    engine: str = ""
    name: str = ""
    pages: Mapping[str, str] | None = None
    levels: tuple[str, ...] = ()
    categories: Mapping[str, str] | None = None


def engine_requirement() -> str:
    """Return the requirement that takes every version of the engine that keeps its promises to this one's users."""
    major, minor, *_ = __version__.split(".")
    newest = f"{major}.{int(minor) + 1}" if major == "0" else str(int(major) + 1)
    return f"sphinx-folio[pdf]>={major}.{minor},<{newest}"


def files(plan: Plan) -> dict[str, str]:
    """Return every file of a new portfolio: its path in the folder, with slashes, and its text."""
    return dict(sorted((*_frame(plan), *_pages(plan), *_catalogs(plan))))


def _frame(plan: Plan) -> Iterator[tuple[str, str]]:
    source, *others = plan.languages
    sample = sample_language(source)
    words = {
        "languages": plan.languages,
        "folder": LANGUAGES[others[0]] if others else "",
        "engine": plan.engine or engine_requirement(),
        "names": {language: _quoted(plan.name or NAMES[sample_language(language)]) for language in plan.languages},
        "title": plan.name or NAMES[sample],
        "sample": plan.pages is None,
        "printed": all(map(can_be_printed, plan.languages)),
        "levels": _listed(LEVELS[sample] if plan.pages is None else plan.levels),
        "categories": {
            language: _paired(plan.categories or CATEGORIES[sample_language(language)]) for language in plan.languages
        },
    }
    yield "docs/conf.py", _filled("conf.py.jinja", words)
    yield "requirements.txt", _filled("requirements.txt.jinja", words)
    yield "README.md", _filled(f"{sample}/README.md.jinja", words)
    for template, path in {**PLAIN, **(SWITCH if others else {})}.items():
        yield path, _read(template)


def _pages(plan: Plan) -> Iterator[tuple[str, str]]:
    source = sample_language(plan.languages[0])
    if plan.pages is None:
        folder = TEMPLATES / source
        for path in folder.rglob("*.md"):
            yield f"docs/{path.relative_to(folder).as_posix()}", path.read_text(encoding="utf-8")
        return
    yield "docs/index.md", _filled(f"{source}/home.md.jinja", {"name": plan.name, "pages": plan.pages})
    for name, text in plan.pages.items():
        yield f"docs/{name}", text


def _catalogs(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the catalogs of the sample; those of other pages are their translator's to make."""
    if plan.pages is not None:
        return
    for language in plan.languages[1:]:
        for path in sorted((TEMPLATES / "catalogs").glob("*.po")):
            yield f"docs/locales/{language}/LC_MESSAGES/{path.name}", catalog_into(language, path)


def catalog_into(language: str, path: Path) -> str:
    """Return a catalog of the templates as one into a language: as it stands, or turned round."""
    with path.open("rb") as file:
        known = read_po(file)
    into = Catalog(locale=language)
    for message in known:
        if message.id:
            pair = (str(message.id), str(message.string))
            into.add(*(pair[::-1] if language == CATALOG_SOURCE else pair))
    return catalog_text(into)


def catalog_text(catalog: Catalog) -> str:
    """Return a catalog as text, with no more of a header than its readers need."""
    for message in catalog:
        message.flags -= {"python-format", "python-brace-format"}  # Babel takes {skill} for a place to fill
    written = BytesIO()
    write_po(written, catalog, width=120, omit_header=True, ignore_obsolete=True)
    return f"{HEADER % catalog.locale_identifier}\n{written.getvalue().decode().strip()}\n"


def _filled(template: str, words: Mapping[str, object]) -> str:
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  no HTML
    return environment.from_string(_read(template)).render(words)


def _read(template: str) -> str:
    return (TEMPLATES / template).read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    """Return a text as Python's source, in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _listed(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _paired(words: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{_quoted(key)}: {_quoted(label)}" for key, label in words.items()) + "}"
