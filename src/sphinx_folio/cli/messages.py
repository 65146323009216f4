"""The command ``messages``: update the translation catalogs and list the strings to translate."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from io import StringIO
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.site_languages import languages_of
from sphinx_folio.cli.atomic import write_files
from sphinx_folio.cli.catalog_report import report
from sphinx_folio.cli.catalog_text import count_untranslated
from sphinx_folio.cli.catalog_update import (
    about_copied,
    about_orphaned,
    about_sample,
    catalog_of,
    extracted_strings,
    known_texts_in,
    locales_folder,
    names_in,
    new_translations,
    templates_in,
    updated_catalog,
    without_escapes,
)
from sphinx_folio.cli.conf_reader import read_conf
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.known_names import (
    LEVEL,
    TEXT,
    names_to_copy,
)
from sphinx_folio.cli.portfolio_folder import add_folder_argument, find_portfolio, pages_folder, required_conf_folder
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.sphinx_output import untranslated_message
from sphinx_folio.cli.terminal import progress
from sphinx_folio.languages.catalog_reader import CatalogError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path


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
    with ExitStack() as stack:
        with progress(str(__("Reading the pages …"))):
            root = find_portfolio(arguments.folder)
            folder = stack.enter_context(extracted_strings(settings, pages, root, source))
        templates, names = templates_in(folder), names_in(folder)
        maybe_names = [*names, *((text, TEXT) for path in templates.values() for text in texts_in(path))]
        try:
            for language in others:
                known = known_texts_in(source, language, names, locales)
                to_copy = names_to_copy(maybe_names, language, source) - {*map(without_escapes, known)}
                copied_names = {text for text, kind in names if kind != LEVEL and known.get(text) == text} | to_copy
                if arguments.copy_names:
                    known = {**dict(zip(to_copy, to_copy, strict=True)), **known}
                changed = {}
                for name, template in templates.items():
                    path = catalog_of(locales, language, name)
                    changed[path] = updated_catalog(path, template, language, known, pages, folder)
                filled += about_filled(language, changed)
                copied += about_copied(language, changed, copied_names)
                copied += about_sample(source, language, changed)
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


def summary(locales: Path, language: str, used: Container[Path]) -> str:
    """Return a line with the number of untranslated and unsure strings in the catalogs of a language that pages use."""
    paths = (path for path in (locales / language).rglob("*.po") if path in used)
    missing, unsure = count_untranslated(path.read_text(encoding="utf-8") for path in paths)
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
        number += len(new_translations(path, text))
    if number:
        yield str(__("Strings filled in automatically in %s: %d; their translations are known.")) % (language, number)


def about_names(language: str, catalogs: Iterable[str], names: Container[str]) -> Iterator[str]:
    """Yield how many names could be copied into the catalogs of a language, if there are any.

    Args:
        language: The language.
        catalogs: The texts of its catalogs.
        names: The names that may be copied.
    """
    messages = (message for text in catalogs for message in read_po(StringIO(text)) if isinstance(message.id, str))
    found = [item for item in messages if not item.string and without_escapes(str(item.id)) in names]
    if found:
        message = __("Strings without a translation in %s that are only names: %d. To copy them as they are, run: %s")
        yield str(message) % (language, len(found), f"{program_name()} messages --copy-names")
