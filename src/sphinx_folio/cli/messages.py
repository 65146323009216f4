"""The command ``messages``: update the translation catalogs and list the strings to translate."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sphinx_folio._common.i18n import __, mark
from sphinx_folio.cli.build import languages_of, required_conf_folder, run_sphinx, untranslated_message
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.known_texts import known_page_texts
from sphinx_folio.cli.scaffold import catalog_text, count_untranslated
from sphinx_folio.cli.terminal import progress
from sphinx_folio.languages.__main__ import report
from sphinx_folio.languages.catalog_reader import CatalogError, read_catalog

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping, Sequence


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    folder = mark("folder of the portfolio (default: the current folder)")
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help=folder)


def run(arguments: Namespace) -> int:
    """Update the catalogs of all languages except the first; return the exit code."""
    pages = required_conf_folder(arguments.folder)
    source, *others = languages_of(pages)
    if not others:
        message = __("%s sets no second language; set folio_languages, for example to {'en': '', 'zh_CN': 'zh'}")
        raise NotRunError(str(message) % (pages / "conf.py"))
    with TemporaryDirectory() as folder:
        with progress(str(__("Reading the pages …"))):
            [result] = run_sphinx(("-b", "gettext", "-q", "-E", "-D", f"language={source}", str(pages), folder))
        if result.code:
            return ExitCode.NOT_RUN
        for template in sorted(Path(folder).glob("*.pot")):
            for language in others:
                known = known_page_texts(source, language)
                try:
                    update_catalog(catalog_of(pages, language, template), template, language, known)
                except CatalogError as error:
                    raise NotRunError(str(error)) from None
    lines = [*report(pages / "locales"), *(summary(pages / "locales", language) for language in others)]
    sys.stdout.write("\n".join(lines) + "\n")
    return ExitCode.DONE


def summary(locales: Path, language: str) -> str:
    """Return a line with the number of untranslated strings in a language."""
    catalogs = (path.read_text(encoding="utf-8") for path in (locales / language).rglob("*.po"))
    number = sum(map(count_untranslated, catalogs))
    if not number:
        return str(__("Every string has a translation in %s.")) % language
    message = __("%s: fill in the empty and fuzzy msgstr entries in %s.")
    return str(message) % (untranslated_message(number, language), locales / language)


def count_outdated(pages: Path, languages: Sequence[str]) -> dict[str, int]:
    """Return for each language but the first how many strings of the pages have no translation; write nothing.

    Raises:
        CatalogError: A catalog is invalid.
    """
    source, *others = languages
    numbers = dict.fromkeys(others, 0)
    with TemporaryDirectory() as folder:
        run_sphinx(("-b", "gettext", "-Q", "-E", "-D", f"language={source}", str(pages), folder))
        for template in sorted(Path(folder).glob("*.pot")) if others else []:
            for language in others:
                text = updated_catalog(catalog_of(pages, language, template), template, language)
                numbers[language] += count_untranslated(text)
    return numbers


def catalog_of(pages: Path, language: str, template: Path) -> Path:
    """Return the path of the catalog in a language that belongs to a template."""
    return pages / "locales" / language / "LC_MESSAGES" / f"{template.stem}.po"


def update_catalog(path: Path, template: Path, language: str, known: Mapping[str, str] | None = None) -> None:
    """Update a catalog from its template, with translations that are known, as in :func:`updated_catalog`.

    Raises:
        CatalogError: The catalog is invalid; it is not changed.
    """
    text = updated_catalog(path, template, language, known)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def updated_catalog(path: Path, template: Path, language: str, known: Mapping[str, str] | None = None) -> str:
    """Return a catalog updated from its template: new strings added, changed ones marked as fuzzy, others dropped.

    Args:
        path: The catalog, which may not exist.
        template: The template.
        language: The language of the catalog.
        known: String → translation, for strings that have none.

    Raises:
        CatalogError: The catalog is invalid.
    """
    catalog = Catalog(locale=language)
    if path.exists():
        catalog = read_catalog(path, language)
    with template.open("rb") as file:
        catalog.update(read_po(file))
    for message in catalog:
        message.locations = [
            (os.path.relpath(template.resolve().parent / name, path.resolve().parent).replace(os.sep, "/"), line)
            for name, line in message.locations
        ]
        if message.id and not message.string and isinstance(message.id, str):
            message.string = (known or {}).get(message.id, "")
    return catalog_text(catalog)
