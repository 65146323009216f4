"""The command ``messages``: update the translation catalogs and list the strings to translate."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.build import conf_folder, languages_of, report_missing_portfolio, run_sphinx
from sphinx_folio.cli.portfolio_folder import find_portfolio
from sphinx_folio.cli.scaffold import catalog_text, count_untranslated, untranslated_message
from sphinx_folio.languages.__main__ import report
from sphinx_folio.languages.catalog_reader import CatalogError, read_catalog

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    folder = str(__("folder of the portfolio (default: the current folder)"))
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help=folder)


def run(arguments: Namespace) -> int:
    """Update the catalogs of all languages except the first; return the exit code."""
    pages = conf_folder(find_portfolio(arguments.folder))
    if pages is None:
        return report_missing_portfolio(arguments.folder)
    source, *others = languages_of(pages)
    if not others:
        message = __("%s sets no second language; set folio_languages, for example to {'en': '', 'zh_CN': 'zh'}")
        sys.stderr.write(f"{message % (pages / 'conf.py')}\n")
        return 1
    with TemporaryDirectory() as folder:
        [result] = run_sphinx(("-b", "gettext", "-q", "-E", "-D", f"language={source}", str(pages), folder))
        if result.code:
            return 1
        for template in sorted(Path(folder).glob("*.pot")):
            for language in others:
                try:
                    update_catalog(
                        pages / "locales" / language / "LC_MESSAGES" / f"{template.stem}.po", template, language
                    )
                except CatalogError as error:
                    sys.stderr.write(f"{error}\n")
                    return 1
    lines = [*report(pages / "locales"), *(summary(pages / "locales", language) for language in others)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def summary(locales: Path, language: str) -> str:
    """Return a line with the number of untranslated strings in a language."""
    catalogs = (path.read_text(encoding="utf-8") for path in (locales / language).rglob("*.po"))
    number = sum(map(count_untranslated, catalogs))
    if not number:
        return str(__("Every string has a translation in %s.")) % language
    message = __("%s: fill in the empty and fuzzy msgstr entries in %s.")
    return str(message) % (untranslated_message(number, language), locales / language)


def update_catalog(path: Path, template: Path, language: str) -> None:
    """Update a catalog from its template.

    Raises:
        CatalogError: The catalog is invalid; it is not changed.
    """
    text = updated_catalog(path, template, language)
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
        if message.id and not message.string and isinstance(message.id, str):
            message.string = (known or {}).get(message.id, "")
    return catalog_text(catalog)
