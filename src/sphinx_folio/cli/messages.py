"""``python -m sphinx_folio messages``: update the catalogs to the pages, and list the strings to translate."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.build import folder_of_pages, languages_of, refuse, sphinx
from sphinx_folio.cli.portfolio_folder import portfolio_at
from sphinx_folio.cli.scaffold import catalog_text, untranslated, untranslated_strings
from sphinx_folio.languages.__main__ import report
from sphinx_folio.languages.catalog_reader import CatalogError, read_catalog

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of the command."""
    folder = str(__("where the portfolio is; by default here"))
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help=folder)


def run(arguments: Namespace) -> int:
    """Update the catalogs of every language but the first; return the exit code."""
    pages = folder_of_pages(portfolio_at(arguments.folder))
    if pages is None:
        return refuse(arguments.folder)
    source, *others = languages_of(pages)
    if not others:
        message = __("%s names no second language; write folio_languages = {'en': '', 'zh_CN': 'zh'}, or yours")
        sys.stderr.write(f"{message % (pages / 'conf.py')}\n")
        return 1
    with TemporaryDirectory() as folder:
        [result] = sphinx(("-b", "gettext", "-q", "-E", "-D", f"language={source}", str(pages), folder))
        if result.code:
            return result.code
        for template in sorted(Path(folder).glob("*.pot")):
            for language in others:
                try:
                    renew(pages / "locales" / language / "LC_MESSAGES" / f"{template.stem}.po", template, language)
                except CatalogError as error:
                    sys.stderr.write(f"{error}\n")
                    return 1
    lines = [*report(pages / "locales"), *(summary(pages / "locales", language) for language in others)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def summary(locales: Path, language: str) -> str:
    """Return how much of a language is left to translate."""
    catalogs = (path.read_text(encoding="utf-8") for path in (locales / language).rglob("*.po"))
    number = sum(map(untranslated, catalogs))
    if not number:
        return str(__("Every string has a translation in %s.")) % language
    message = __("%s: write one into each empty or fuzzy msgstr below %s.")
    return str(message) % (untranslated_strings(number, language), locales / language)


def renew(path: Path, template: Path, language: str) -> None:
    """Update a catalog from its template: new strings are empty, changed ones fuzzy, removed ones dropped.

    Raises:
        CatalogError: The catalog is invalid; it stays as it is.
    """
    catalog = Catalog(locale=language)
    if path.exists():
        catalog = read_catalog(path, language)
    with template.open("rb") as file:
        catalog.update(read_po(file))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(catalog_text(catalog), encoding="utf-8", newline="\n")
