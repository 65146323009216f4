"""The command ``messages``: update the translation catalogs and list the strings to translate."""

from __future__ import annotations

import os
import re
import sys
from functools import reduce
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.site_languages import languages_of
from sphinx_folio.cli.atomic import write_files
from sphinx_folio.cli.build import run_sphinx
from sphinx_folio.cli.catalog_text import catalog_text, count_untranslated, header_in
from sphinx_folio.cli.conf_reader import read_conf
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.known_names import (
    LEVEL,
    SKILL_LEVEL,
    TEXT,
    known_names,
    names_on_pages,
    names_to_copy,
    shows_addresses_only,
    shows_names_only,
)
from sphinx_folio.cli.known_texts import known_page_texts
from sphinx_folio.cli.portfolio_folder import add_folder_argument, find_portfolio, pages_folder, required_conf_folder
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.sphinx_output import untranslated_message
from sphinx_folio.cli.terminal import progress
from sphinx_folio.languages.__main__ import report
from sphinx_folio.languages.catalog_reader import CatalogError, read_catalog
from sphinx_folio.languages.catalogs import is_complete

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from babel.messages.catalog import Message
    from sphinx.config import Config


DOCSTRING = re.compile(r":docstring of ([\w.]+):\d+")
"""The place of a string in a template that is in a docstring; Babel reads the name of the object as that of a file."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_argument(parser)
    copy = mark("copy strings without a translation that are only a name, such as that of a company, and list them")
    parser.add_argument("--copy-names", action="store_true", help=copy)


def run(arguments: Namespace) -> int:
    """Update the catalogs of all languages except the first; return the exit code."""
    settings = required_conf_folder(arguments.folder)
    pages = pages_folder(settings)
    config = read_conf(settings)
    source, *others = languages_of(config)
    if not others:
        message = __("%s sets no second language; to add one, run a command such as: %s")
        other = "de" if source.startswith("en") else "en"
        raise NotRunError(str(message) % (settings / "conf.py", f"{program_name()} languages add {other}"))
    locales = locales_folder(config, pages)
    texts: dict[Path, str] = {}
    filled: list[str] = []
    copied: list[str] = []
    with TemporaryDirectory() as folder:
        with progress(str(__("Reading the pages …"))):
            options = ("-b", "gettext", "-q", "-E", "-c", str(settings), "-D", f"language={source}")
            [result] = run_sphinx((*options, str(pages), folder), root=find_portfolio(arguments.folder))
        if result.code:
            return ExitCode.NOT_RUN
        templates = {path.relative_to(folder): path for path in sorted(Path(folder).rglob("*.pot"))}
        names = names_on_pages(Path(folder, ".doctrees", "environment.pickle"))
        maybe_names = [*names, *((text, TEXT) for path in templates.values() for text in texts_in(path))]
        try:
            for language in others:
                known = known_texts_in(source, language, names, locales)
                to_copy = names_to_copy(maybe_names, language, source) - {*map(_without_escapes, known)}
                copied_names = {text for text, kind in names if kind != LEVEL and known.get(text) == text} | to_copy
                if arguments.copy_names:
                    known = {**dict(zip(to_copy, to_copy, strict=True)), **known}
                changed = {}
                for name, template in templates.items():
                    path = catalog_of(locales, language, name)
                    changed[path] = updated_catalog(path, template, language, known, pages, Path(folder))
                filled += about_filled(language, changed)
                copied += about_copied(language, changed, copied_names)
                copied += about_names(language, changed.values(), to_copy)
                texts |= changed
        except CatalogError as error:
            raise NotRunError(str(error)) from None
    write_files(
        locales.resolve(), {path.relative_to(locales).as_posix(): texts[path] for path in texts}, overwrite=True
    )
    lines = [*report(locales, texts), *filled, *(summary(locales, language, texts) for language in others), *copied]
    lines += about_orphaned(locales.glob("*/LC_MESSAGES/**/*.po"), texts)
    sys.stdout.write("\n".join(lines) + "\n")
    return ExitCode.DONE


def locales_folder(config: Config, pages: Path) -> Path:
    """Return the folder of the catalogs."""
    return Path(pages, (config.locale_dirs or ["locales"])[0])


def known_texts_in(source: str, language: str, names: Iterable[tuple[str, str]], locales: Path) -> dict[str, str]:
    """Return the translations that are known of texts on pages: names, titles, the sample, and other catalogs."""
    levels = [(text, kind) for text, kind in names if kind == SKILL_LEVEL]  # the sample has words of its own for them
    texts = {**known_names(names, source, language), **known_page_texts(source, language)}
    texts |= known_names(levels, source, language)
    return {**texts, **translations_in(locales / language)}


def summary(locales: Path, language: str, used: Container[Path]) -> str:
    """Return a line with the number of untranslated and unsure strings in the catalogs of a language that pages use."""
    paths = (path for path in (locales / language).rglob("*.po") if path in used)
    catalogs = (path.read_text(encoding="utf-8") for path in paths)
    missing, unsure = reduce(_added, map(count_untranslated, catalogs), (0, 0))
    if not missing and not unsure:
        return str(__("Every string has a translation in %s.")) % language
    message = __("%s: fill in the empty msgstr entries in %s.")
    if unsure and missing:
        message = __("%s: fill in the empty msgstr entries in %s; correct the fuzzy ones and delete their mark.")
    elif unsure:
        message = __("%s: correct the fuzzy msgstr entries in %s and delete their mark.")
    return str(message) % (untranslated_message(missing, language, unsure), locales / language)


def texts_in(template: Path) -> Iterator[str]:
    """Yield the strings of a template."""
    with template.open("rb") as file:
        yield from (message.id for message in read_po(file) if message.id and isinstance(message.id, str))


def about_filled(language: str, catalogs: Mapping[Path, str]) -> Iterator[str]:
    """Yield how many translations are new in the catalogs of a language, if there are any.

    Args:
        language: The language.
        catalogs: The catalogs with their new texts; they have not been written yet.
    """
    number = 0
    for path, text in catalogs.items():
        number += len(_new_translations(path, text))
    if number:
        yield str(__("Strings filled in automatically in %s: %d; their translations are known.")) % (language, number)


def _translated(catalog: Iterable[Message]) -> dict[object, object]:
    """Return the strings of a catalog that have a translation: string → translation."""
    complete = (message for message in catalog if message.id and is_complete(message) and not message.fuzzy)
    return {message.id: message.string for message in complete}


def _new_translations(path: Path, text: str) -> dict[object, object]:
    """Return the translations that the new text of a catalog has and its file has not: string → translation."""
    before = _translated(read_catalog(path)) if path.exists() else {}
    return {key: into for key, into in _translated(read_po(StringIO(text))).items() if key not in before}


def about_copied(language: str, catalogs: Mapping[Path, str], names: Container[str]) -> Iterator[str]:
    """Yield which names are new in the catalogs of a language as they are, if there are any.

    Args:
        language: The language.
        catalogs: The catalogs with their new texts; they have not been written yet.
        names: The names that may be copied.
    """
    new = (item for path, text in catalogs.items() for item in _new_translations(path, text).items())
    found = [key for key, into in new if key == into and isinstance(key, str) and _without_escapes(key) in names]
    if found:
        message = __("Names copied into %s: %s. Translate those that readers of %s know by another name.")
        yield str(message) % (language, " · ".join(dict.fromkeys(found)), language)


def about_orphaned(paths: Iterable[Path], used: Container[Path]) -> Iterator[str]:
    """Yield a line for each catalog that belongs to no page, apart from the one that may change texts of Sphinx."""
    message = __("%s belongs to no page; delete it. Strings that other pages have were copied to their catalogs.")
    yield from (str(message) % path for path in sorted(paths) if path not in used and path.name != "sphinx.po")


def about_names(language: str, catalogs: Iterable[str], names: Container[str]) -> Iterator[str]:
    """Yield how many names could be copied into the catalogs of a language, if there are any.

    Args:
        language: The language.
        catalogs: The texts of its catalogs.
        names: The names that may be copied.
    """
    messages = (message for text in catalogs for message in read_po(StringIO(text)) if isinstance(message.id, str))
    found = [item for item in messages if not item.string and _without_escapes(str(item.id)) in names]
    if found:
        message = __("Strings without a translation in %s that are only names: %d. To copy them as they are, run: %s")
        yield str(message) % (language, len(found), f"{program_name()} messages --copy-names")


def count_outdated(settings: Path, pages: Path, languages: Sequence[str], locales: Path) -> dict[str, tuple[int, int]]:
    """Return for each language but the first how many strings have no translation, or an unsure one; write nothing.

    Raises:
        CatalogError: A catalog is invalid.
    """
    source, *others = languages
    numbers = dict.fromkeys(others, (0, 0))
    with TemporaryDirectory() as folder:
        options = ("-b", "gettext", "-Q", "-E", "-c", str(settings), "-D", f"language={source}")
        run_sphinx((*options, str(pages), folder), root=settings)
        for template in sorted(Path(folder).rglob("*.pot")) if others else []:
            name = template.relative_to(folder)
            for language in others:
                text = updated_catalog(catalog_of(locales, language, name), template, language)
                numbers[language] = _added(numbers[language], count_untranslated(text))
    return numbers


def _added(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    return first[0] + second[0], first[1] + second[1]


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
            (name, line)
            if name in objects
            else (os.path.relpath(start / name, path.resolve().parent).replace(os.sep, "/"), line)
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
    text = _without_escapes(markup)
    into = known.get(text, "")
    return markup if into == text else into


def _without_escapes(markup: str) -> str:
    return re.sub(r"\\(?=[^\w\s])", "", markup)
