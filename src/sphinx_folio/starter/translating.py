"""``python -m sphinx_folio messages``: bring the catalogs up to the pages, and say what is to translate."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sphinx_folio.i18n import __
from sphinx_folio.languages.__main__ import report
from sphinx_folio.starter.building import folder_of_pages, languages_of, refuse, sphinx
from sphinx_folio.starter.sample import catalog_text

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    folder = str(__("where the portfolio is; by default here"))
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help=folder)


def run(arguments: Namespace) -> int:
    """Renew the catalogs of every language but the first; return the exit code."""
    pages = folder_of_pages(arguments.folder)
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
                renew(pages / "locales" / language / "LC_MESSAGES" / f"{template.stem}.po", template, language)
    sys.stdout.write("\n".join(report(pages / "locales")) + "\n")
    return 0


def renew(path: Path, template: Path, language: str) -> None:
    """Bring a catalog up to its template: new strings are empty, changed ones marked as unsure, lost ones dropped."""
    catalog = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    with template.open("rb") as file:
        catalog.update(read_po(file))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(catalog_text(catalog), encoding="utf-8", newline="\n")
