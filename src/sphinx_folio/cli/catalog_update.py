"""Update the catalogs of a site from its pages, with the translations that are known."""

from __future__ import annotations

import re
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from sphinx.util.osutil import relpath

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.catalog_text import catalog_text, count_untranslated, header_in
from sphinx_folio.cli.exit_codes import NotRunError
from sphinx_folio.cli.known_names import (
    SKILL_LEVEL,
    known_names,
    names_on_pages,
    shows_addresses_only,
    shows_names_only,
)
from sphinx_folio.cli.known_texts import known_page_texts, texts_to_read
from sphinx_folio.cli.sphinx_process import run_sphinx
from sphinx_folio.languages.catalog_reader import read_catalog
from sphinx_folio.languages.catalogs import is_complete

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from babel.messages.catalog import Message
    from sphinx.config import Config


DOCSTRING = re.compile(r":docstring of ([\w.]+):\d+")
"""The place of a string in a template that is in a docstring; Babel reads the name of the object as that of a file."""

SHOWN, LENGTH = 10, 48
"""How many translations are shown, and how many characters of each text."""


def locales_folder(config: Config, pages: Path) -> Path:
    """Return the folder of the catalogs."""
    return Path(pages, (config.locale_dirs or ["locales"])[0])


def known_texts_in(source: str, language: str, names: Iterable[tuple[str, str]], locales: Path) -> dict[str, str]:
    """Return the translations that are known of texts on pages: names, titles, the sample, and other catalogs."""
    levels = [(text, kind) for text, kind in names if kind == SKILL_LEVEL]  # the sample has words of its own for them
    texts = {**known_names(names, source, language), **known_page_texts(source, language)}
    texts |= known_names(levels, source, language)
    return {**texts, **translations_in(locales / language)}


def catalog_of(locales: Path, language: str, name: Path) -> Path:
    """Return the path of the catalog in a language that belongs to a template, given by its relative path."""
    return locales / language / "LC_MESSAGES" / name.with_suffix(".po")


def translations_in(folder: Path) -> dict[str, str]:
    """Return the translations in all catalogs of a folder, except those that differ between catalogs.

    A page that moves takes them to another catalog. That of an obsolete string counts if the string has no other.

    Raises:
        CatalogError: A catalog is invalid.
    """
    catalogs = [read_catalog(path) for path in sorted(folder.rglob("*.po"))]
    in_use = _translations(message for catalog in catalogs for message in catalog)
    obsolete = _translations(message for catalog in catalogs for message in catalog.obsolete.values())
    return {text: min(into) for text, into in (obsolete | in_use).items() if len(into) == 1}


def _translations(messages: Iterable[Message]) -> dict[str, set[str]]:
    """Return string → its translations, for strings that have any."""
    found: dict[str, set[str]] = {}
    for message in messages:
        if isinstance(message.id, str) and message.id and message.string and not message.fuzzy:
            found.setdefault(message.id, set()).add(str(message.string))
    return found


def updated_catalog(
    path: Path,
    template: Path,
    language: str,
    known: Mapping[str, str] | None = None,
    pages: Path | None = None,
    templates: Path | None = None,
) -> str:
    """Return a catalog updated from its template: new strings added, changed ones marked as fuzzy, others obsolete.

    A fuzzy string has its previous text (``#|``), to which its translation belongs; if a page has that text again, the
    translation is used. So is that of an obsolete string (``#~``).

    Args:
        path: The catalog, which may not exist.
        template: The template.
        language: The language of the catalog.
        known: String → translation, for strings that have none.
        pages: The folder of the pages. Files elsewhere are left out; a docstring has the name of its object instead.
        templates: The folder of all templates, from which their locations start; by default, that of the template.

    Raises:
        CatalogError: The catalog is invalid.
    """
    catalog, header = Catalog(locale=language), ""
    if path.exists():
        catalog, header = read_catalog(path, language), header_in(path.read_text(encoding="utf-8-sig"))
    with template.open("rb") as file:
        new = read_po(file)
    previous = {message.id: message.previous_id for message in catalog if message.fuzzy and message.previous_id}
    for changed, [text, *plural] in previous.items():
        if text in new and text not in catalog and not plural:
            catalog.add(text, catalog[changed].string)
    _restore_obsolete(catalog, new)
    before = {message.id for message in catalog}
    catalog.project, catalog.version = new.project, new.version
    catalog.update(new)
    used = {message.string for message in catalog}
    catalog.obsolete = {
        key: message
        for key, message in catalog.obsolete.items()
        if is_complete(message) and not (message.fuzzy and message.string in used)
    }
    start = (templates or template.parent).resolve()
    objects = {*DOCSTRING.findall(template.read_text(encoding="utf-8"))}
    for message in catalog:
        message.locations = [
            (name, line) if name in objects else (Path(relpath(start / name, path.resolve().parent)).as_posix(), line)
            for name, line in message.locations
            if name in objects or pages is None or (start / name).resolve().is_relative_to(pages.resolve())
        ]
        into = _known_string(message.id, known or {}) if isinstance(message.id, str) else ""
        if into and (not message.string or message.id not in before):  # Babel marks what resembles others as fuzzy
            message.string = into
            message.flags.discard("fuzzy")
        if message.fuzzy and message.string in message.previous_id:  # a copied name that resembles this text
            message.string, message.previous_id = "", []
            message.flags.discard("fuzzy")
        changed = message.previous_id[0] if message.previous_id else message.id
        message.previous_id = previous.get(changed, message.previous_id) if message.fuzzy else []
    return catalog_text(catalog, language, header)


def _restore_obsolete(catalog: Catalog, template: Catalog) -> None:
    """Make those obsolete messages of a catalog valid again that its template has."""
    for key, message in [*catalog.obsolete.items()]:
        if message.id in template:
            del catalog.obsolete[key]
            if message.id not in catalog:
                catalog[message.id] = message


def _known_string(markup: str, known: Mapping[str, str]) -> str:
    """Return the translation of a string that is known as it is written, or without its escapes."""
    if markup in known:
        return known[markup]
    if shows_names_only(markup) or shows_addresses_only(markup):
        return markup
    text = without_escapes(markup)
    into = known.get(text, "")
    return markup if into == text else into


def without_escapes(markup: str) -> str:
    """Return a string of Markdown without the backslashes before its signs."""
    return re.sub(r"\\(?=[^\w\s])", "", markup)


def about_copied(language: str, catalogs: Mapping[Path, str], names: Container[str]) -> Iterator[str]:
    """Yield which names are new in the catalogs of a language as they are, if there are any.

    Args:
        language: The language.
        catalogs: The catalogs with their new texts; they have not been written yet.
        names: The names that may be copied.
    """
    new = (item for path, text in catalogs.items() for item in new_translations(path, text).items())
    found = [key for key, into in new if key == into and isinstance(key, str) and without_escapes(key) in names]
    if found:
        message = __("Names copied into %s: %s. Translate those that readers of %s know by another name.")
        yield str(message) % (language, " · ".join(dict.fromkeys(found)), language)


def about_sample(source: str, language: str, catalogs: Mapping[Path, str]) -> Iterator[str]:
    """Yield which texts are new in the catalogs of a language because the sample of ``init`` has them, too.

    Args:
        source: The language of the pages.
        language: The language.
        catalogs: The catalogs with their new texts; they have not been written yet.
    """
    known = texts_to_read(source, language)
    new = (item for path, text in catalogs.items() for item in new_translations(path, text).items())
    found = {str(key): str(into) for key, into in new if known.get(without_escapes(str(key))) == into}
    if not found:
        return
    message = __(
        "Translated into %s as in the sample of init: %d. Read these translations; they may not fit your pages, such as"
        " the gender of a job title:"
    )
    yield str(message) % (language, len(found))
    yield from [f"    {_shortened(text)} → {_shortened(into)}" for text, into in found.items()][:SHOWN]
    if len(found) > SHOWN:
        yield str(__("    and %d more in the catalogs")) % (len(found) - SHOWN)


def _shortened(text: str) -> str:
    return text if len(text) <= LENGTH else f"{text[: LENGTH - 1].rstrip()}…"


def about_orphaned(paths: Iterable[Path], used: Container[Path]) -> Iterator[str]:
    """Yield a line for each catalog that belongs to no page, apart from the one that may change texts of Sphinx."""
    message = __("%s belongs to no page; delete it. Strings that other pages have were copied to their catalogs.")
    yield from (str(message) % path for path in sorted(paths) if path not in used and path.name != "sphinx.po")


def _translated(catalog: Iterable[Message]) -> dict[object, object]:
    """Return the strings of a catalog that have a translation: string → translation."""
    complete = (message for message in catalog if message.id and is_complete(message) and not message.fuzzy)
    return {message.id: message.string for message in complete}


def new_translations(path: Path, text: str) -> dict[object, object]:
    """Return the translations that the new text of a catalog has and its file has not: string → translation."""
    before = _translated(read_catalog(path)) if path.exists() else {}
    return {key: into for key, into in _translated(read_po(StringIO(text))).items() if key not in before}


@contextmanager
def extracted_strings(settings: Path, pages: Path, root: Path, source: str, *options: str) -> Iterator[Path]:
    """Extract the strings of the pages into a temporary folder; yield it, with templates below it.

    Args:
        settings: The folder of conf.py.
        pages: The folder of the pages.
        root: The portfolio.
        source: The language of the pages.
        *options: More options of Sphinx.

    Raises:
        NotRunError: The pages cannot be read; Sphinx has said why.
    """
    with TemporaryDirectory() as folder:
        command = ("-b", "gettext", "-q", "-E", "-c", str(settings), "-D", f"language={source}")
        [result] = run_sphinx((*command, *options, str(pages), folder), root=root)
        if result.code:
            raise NotRunError(str(__("the strings of the pages cannot be extracted")))
        yield Path(folder)


def count_outdated(settings: Path, pages: Path, languages: Sequence[str], locales: Path) -> dict[str, tuple[int, int]]:
    """Return for each language but the first how many strings have no translation, or an unsure one; write nothing.

    Raises:
        CatalogError: A catalog is invalid.
        NotRunError: The pages cannot be read.
    """
    source, *others = languages
    if not others:
        return {}
    with extracted_strings(settings, pages, settings, source, "-Q") as folder:
        templates = templates_in(folder).items()
        return {
            language: count_untranslated(
                updated_catalog(catalog_of(locales, language, name), template, language) for name, template in templates
            )
            for language in others
        }


def templates_in(folder: Path) -> dict[Path, Path]:
    """Return the templates that were extracted into a folder, by their paths in it."""
    return {path.relative_to(folder): path for path in sorted(folder.rglob("*.pot"))}


def names_in(folder: Path) -> list[tuple[str, str]]:
    """Return the names of entries on the pages whose strings were extracted into a folder."""
    return names_on_pages(folder / ".doctrees" / "environment.pickle")
