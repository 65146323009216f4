"""The command ``languages``: list the languages of a portfolio with what is translated, and add one."""

from __future__ import annotations

import glob
import re
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.pofile import read_po

from sphinx_folio._common.cjk import HAN_CHARACTERS
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.site_languages import languages_of
from sphinx_folio.cli.atomic import NotWrittenError, write_files
from sphinx_folio.cli.catalog_update import (
    about_copied,
    about_orphaned,
    about_sample,
    catalog_of,
    extracted_strings,
    known_texts_in,
    locales_folder,
    names_in,
    templates_in,
    updated_catalog,
)
from sphinx_folio.cli.conf_editor import ConfEditor, Edited, NotEditableError, literal, template_language
from sphinx_folio.cli.conf_reader import read_conf
from sphinx_folio.cli.exit_codes import NotRunError
from sphinx_folio.cli.importing.headings import labels_of
from sphinx_folio.cli.known_texts import known_translations
from sphinx_folio.cli.language_codes import language_argument
from sphinx_folio.cli.missing_packages import hint_for_languages
from sphinx_folio.cli.paths import from_current_folder
from sphinx_folio.cli.portfolio_folder import (
    RECORD,
    add_folder_arguments,
    find_portfolio,
    pages_folder,
    required_conf_folder,
)
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.scaffold import TEMPLATES
from sphinx_folio.cli.sphinx_output import UNTRANSLATED
from sphinx_folio.cli.writing_systems import pdf_font, pdf_fonts_cover
from sphinx_folio.languages.catalog_reader import CatalogError, read_catalog
from sphinx_folio.languages.catalogs import is_complete
from sphinx_folio.languages.settings import own_name

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Mapping

    from babel.messages.catalog import Catalog, Message
    from sphinx.config import Config

WORD = re.compile(rf"[{HAN_CHARACTERS}]|[^\W\d_](?:[^\W{HAN_CHARACTERS}]|['’-](?=\w))*")
"""A word; in Chinese and Japanese, a character counts as one."""
EXTENSION = "sphinx_folio.languages"
BUILDS = (
    "Makefile",
    "make.bat",
    ".readthedocs.yaml",
    ".readthedocs.yml",
    "tox.ini",
    "noxfile.py",
    ".github/workflows/*",
)
"""Files that may build the site."""
SWITCH, PAGE = "languages.html", "page.html"
"""The templates with the links to the other languages, and with the place for them above the content."""
TESTED_THEMES = frozenset({"alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme"})
"""Themes whose pages have that place."""
WITHOUT_PDF = (
    'config.folio_exports = [name for name in config.folio_exports if name != "pdf"]',
    "config.folio_cards = False",
)
"""What a language needs whose letters the fonts of the PDF lack."""
LABELS = "src/sphinx_folio/locales/%s/LC_MESSAGES/sphinx_folio.po"
"""The catalog of a language in the repository of sphinx-folio."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.set_defaults(language="", folder=Path(), pages=None)
    actions = parser.add_subparsers(metavar="ACTION", title=str(__("actions")))
    summary = str(__("list the languages with their translated strings (default)"))
    listing = actions.add_parser("list", help=summary, description=f"{summary[:1].upper()}{summary[1:]}")
    summary = str(__("add a language: settings, catalogs and links; print what has to be translated"))
    add = actions.add_parser("add", help=summary, description=f"{summary[:1].upper()}{summary[1:]}")
    code = mark("code of the language, such as ja or pt_BR")
    add.add_argument("language", type=language_argument, metavar="LANGUAGE", help=code)
    for action in (listing, add):
        add_folder_arguments(action)


def run(arguments: Namespace) -> int:
    """List the languages, or add one; return the exit code."""
    root = find_portfolio(arguments.folder)
    folder = required_conf_folder(arguments.folder)
    site = _Site(
        root=root.resolve(), folder=folder.resolve(), pages=(arguments.pages or pages_folder(folder)).resolve()
    )
    try:
        lines = add_language(site, arguments.language) if arguments.language else overview(site)
    except (CatalogError, NotEditableError, NotWrittenError) as error:
        raise NotRunError(str(error)) from error
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """A portfolio: its root, the folder of conf.py and that of the pages."""

    root: Path
    folder: Path
    pages: Path

    def config(self) -> Config:
        """Run conf.py and return its settings.

        Raises:
            ConfigError: conf.py cannot be run, or its folio_languages is invalid.
        """
        return read_conf(self.folder, _READ)


_READ: Mapping[str, Any] = {
    "folio_categories": {},
    "folio_resume_font_families": [],
    "gettext_compact": True,
    "html_theme": "alabaster",
    "html_title": "",
}
"""Settings of extensions and builders that the command reads, with defaults."""


# The list


@dataclass(frozen=True, slots=True)
class Work:
    """The strings to translate: all of them, those without a translation, and the words in these."""

    strings: int
    left: int
    words: int

    def __str__(self) -> str:
        """Return the number of translated strings, and of the words that are left."""
        text = str(__("%d of %d strings translated")) % (self.strings - self.left, self.strings)
        if not self.left:
            return text
        left = str(__("1 word left")) if self.words == 1 else str(__("%d words left")) % self.words
        return f"{text}, {left}"


def work(catalogs: Iterable[Catalog]) -> Work:
    """Count the strings to translate in catalogs."""
    strings = left = words = 0
    for catalog in catalogs:
        for message in catalog:
            if message.id:
                strings += 1
                if message.fuzzy or not is_complete(message):
                    left += 1
                    source = message.id if isinstance(message.id, str) else message.id[0]
                    words += len(WORD.findall(source))
    return Work(strings, left, words)


def overview(site: _Site) -> list[str]:
    """Return a line for each language: code, name, folder, and what is translated.

    Raises:
        CatalogError: A catalog is invalid.
        ConfigError: conf.py cannot be run.
    """
    config = site.config()
    languages = languages_of(config)
    source = next(iter(languages))
    rows = []
    for language, folder in languages.items():
        folder_of_catalogs = locales_folder(config, site.pages) / language / "LC_MESSAGES"
        paths = [
            path
            for path in sorted(folder_of_catalogs.rglob("*.po"))
            if _is_used(path, folder_of_catalogs, site, config)
        ]
        state = str(work(map(read_catalog, paths))) if paths else str(__("no catalogs"))
        labels = "" if labels_of(language) else str(__("labels in English"))
        state = str(__("language of the pages")) if language == source else state
        rows.append((language, f"/{folder}", ", ".join(filter(None, (state, labels))), own_name(language, languages)))
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return [f"{code:{widths[0]}}  {folder:{widths[1]}}  {state} ({name})" for code, folder, state, name in rows]


def _is_used(path: Path, folder: Path, site: _Site, config: Config) -> bool:
    """Return whether a catalog has strings of a page, of a folder of pages or of templates.

    Args:
        path: The catalog.
        folder: The folder of the catalogs of its language.
        site: The site.
        config: The settings; gettext_compact says whether the pages of a folder share a catalog.
    """
    name = path.relative_to(folder).with_suffix("")
    if name.as_posix() in {"sphinx", config.gettext_compact}:
        return True
    page = site.pages / name
    return any(page.parent.glob(f"{glob.escape(page.name)}.*")) or (bool(config.gettext_compact) and page.is_dir())


# A new language


def add_language(site: _Site, language: str) -> list[str]:
    """Add a language, and return the lines to print.

    Raises:
        CatalogError: A catalog of the language is invalid.
        ConfigError: conf.py cannot be run.
        NotEditableError: The language cannot be added to conf.py.
        NotWrittenError: A file cannot be written; none was.
    """
    config = site.config()
    languages = languages_of(config)
    source = next(iter(languages))
    if language == source:
        raise NotWrittenError(
            __("the pages are in %s already; a language that is added is one to translate them to") % language
        )
    is_new = language not in languages
    folder = languages.get(language) or _free_folder(site, language, languages)
    templates, needs_path, hints = _templates(site, config)
    edited = _edited_conf(site, config, language, folder, templates=needs_path)
    catalogs, copied = _catalogs(site, config, source, language)
    texts = {**({site.folder / "conf.py": edited.text} if edited else {}), **templates, **catalogs}
    changed = [path for path, text in texts.items() if not path.is_file() or _decoded(path) != text]
    existing = {path for path in changed if path.is_file()}
    write_files(site.root, {_below(path, site.root): texts[path] for path in changed}, overwrite=True)
    name = own_name(language, languages)
    lines = [str(__("%s (%s) is a language of the site now, in the folder %s/.")) % (language, name, folder)]
    if not is_new:
        lines = [str(__("%s (%s) is a language of the site already, in the folder %s/.")) % (language, name, folder)]
    lines += [
        str(__("Changed: %s") if path in existing else __("Added: %s")) % _below(path, site.root)
        for path in changed
        if path.suffix != ".po"
    ]
    new = [path for path in changed if path.suffix == ".po"]
    place = _below(locales_folder(config, site.pages) / language, site.root)
    if new:
        lines.append(str(__("Catalogs written: %d, in %s")) % (len(new), place))
    lines += map(from_current_folder, about_orphaned((site.root / place).rglob("*.po"), catalogs))
    lines += [*hints, *_notes(site, language, edited, has_pdf=is_new and _lacks_font(config, language))]
    return [
        *lines,
        *copied,
        *_about_builds(site),
        *_next_steps(site, language, work(read_po(StringIO(text)) for text in catalogs.values()), place, config),
    ]


def _free_folder(site: _Site, language: str, languages: Mapping[str, str]) -> str:
    """Return a folder for a language: the code without its territory, unless that is taken."""
    taken = {*languages.values(), *(path.name for path in site.pages.iterdir())}
    short, full = language.partition("_")[0], language.replace("_", "-").lower()
    return next(name for name in (short, full, f"{full}-pages") if name not in taken)


def _below(path: Path, root: Path) -> str:
    """Return a path as it is written below the root of the portfolio.

    Raises:
        NotWrittenError: The path is elsewhere.
    """
    if not path.is_relative_to(root):
        raise NotWrittenError(__("nothing was written: %s is not in the portfolio, %s") % (path, root))
    return path.relative_to(root).as_posix()


def _lacks_font(config: Config, language: str) -> bool:
    return not pdf_fonts_cover(language) and not config.folio_resume_font_families


def _edited_conf(site: _Site, config: Config, language: str, folder: str, *, templates: bool) -> Edited | None:
    """Return the new conf.py, or None if it has all that the language needs.

    Raises:
        NotEditableError: The message says which lines to write.
    """
    path = site.folder / "conf.py"
    languages = languages_of(config)
    translations = known_translations(template_language(languages), language)
    try:
        editor = ConfEditor(text=path.read_bytes().decode("utf-8-sig"), languages=languages)
        is_listed = language in languages and EXTENSION in config.extensions
        if is_listed and editor.knows(language) and not templates:
            return None
        return editor.add_language(
            language,
            folder,
            texts=_texts(config, translations),
            only=WITHOUT_PDF if _lacks_font(config, language) else (),
            templates=templates,
            translations=translations,
            loaded=config.extensions,
        )
    except NotEditableError as error:
        message = __(
            "nothing was written: %s does not set folio_languages as a plain dict; write:\n\n"
            "    %s\n\nthen run this command again"
        )
        raise NotEditableError(str(message) % (path, error)) from None
    except (SyntaxError, UnicodeDecodeError) as error:
        raise NotWrittenError(__("nothing was written: %s: %s") % (path, error)) from None


def _texts(config: Config, translations: Mapping[str, str]) -> dict[str, str]:
    """Return the settings with text for readers, to be translated: name → value in Python.

    On a site without a portfolio, the names of the project and its authors stay as they are.
    """
    groups: dict[str, list[str]] = {}
    is_portfolio = not {"sphinx_folio", "sphinx_folio.export"}.isdisjoint(config.extensions)
    names = ("project", "author", "copyright", "html_title") if is_portfolio else ("html_title",)
    for name in names:
        value = getattr(config, name)
        if isinstance(value, str) and value and (is_portfolio or value != config.project):
            groups.setdefault(value, []).append(name)
    texts = {" = config.".join(names): literal(translations.get(value, value)) for value, names in groups.items()}
    if config.folio_categories:
        labels = {key: translations.get(label, label) for key, label in config.folio_categories.items()}
        texts["folio_categories"] = literal(labels)
    return texts


def _templates(site: _Site, config: Config) -> tuple[dict[Path, str], bool, list[str]]:
    """Return the templates to write for the links between languages, and hints if the links have no place.

    The second value is whether the setting ``templates_path`` has to be added.
    """
    folders = [site.folder / folder for folder in config.templates_path]
    found = {
        path.name: path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.html"))
    }
    folder = folders[0] if folders else site.folder / "_templates"
    switch = {} if SWITCH in found else {folder / SWITCH: (TEMPLATES / SWITCH).read_text(encoding="utf-8")}
    if any("folio_languages" in text for text in found.values()):
        needed = any(SWITCH in text for text in found.values())
        return switch if needed else {}, False, []
    place = folder / PAGE
    if config.html_theme in TESTED_THEMES and not place.exists():
        return {**switch, place: (TEMPLATES / PAGE).read_text(encoding="utf-8")}, not folders, []
    lines = f'{{% block folio_languages %}}{{% include "{SWITCH}" %}}{{% endblock %}}'
    if not place.exists():
        lines = f'{{% extends "!{PAGE}" %}}\n{lines}'
    hint = __("No template shows the links to the other languages. Add this to %s:\n%s")
    return switch, not folders, [str(hint) % (_below(place, site.root), lines)]


def _catalogs(site: _Site, config: Config, source: str, language: str) -> tuple[dict[Path, str], list[str]]:
    """Return the catalogs of a language, brought up to date, and lines about what was filled in.

    A catalog that has all strings of its page keeps its text.

    Raises:
        CatalogError: A catalog is invalid.
        NotRunError: The strings cannot be extracted; Sphinx has said why.
    """
    catalogs: dict[Path, str] = {}
    languages = [source, *config.folio_languages, language] if EXTENSION in config.extensions else []
    options = [word for code in languages for word in ("-D", f"folio_languages.{code}={code}")]
    with extracted_strings(site.folder, site.pages, site.root, source, *options) as folder:
        names, locales = names_in(folder), locales_folder(config, site.pages)
        known = known_texts_in(source, language, names, locales)
        for name, template in templates_in(folder).items():
            path = catalog_of(locales, language, name)
            text = updated_catalog(path, template, language, known, site.pages, folder)
            is_new = not path.is_file() or not _strings(read_po(StringIO(text))) <= _strings(read_catalog(path))
            catalogs[path] = text if is_new else _decoded(path)
        copied = {text for text, _kind in names if known.get(text) == text}
        return catalogs, [*about_copied(language, catalogs, copied), *about_sample(source, language, catalogs)]


def _decoded(path: Path) -> str:
    """Return the text of a file, with its line ends."""
    return path.read_bytes().decode("utf-8-sig")


def _strings(catalog: Iterable[Message]) -> set[object]:
    """Return the strings of a catalog, with their translations."""
    return {(message.context, message.id, message.string, message.fuzzy) for message in catalog if message.id}


# What to print


def _notes(site: _Site, language: str, edited: Edited | None, *, has_pdf: bool) -> Iterator[str]:
    """Yield what a reader will see, and what the owner should look at."""
    if not labels_of(language):
        message = __(
            "Labels such as “Skills” stay in English: sphinx-folio has none in %s."
            " Translate %s in its repository (see CONTRIBUTING)."
        )
        yield str(message) % (language, LABELS % language)
    if has_pdf:
        font = pdf_font(language)
        folder = _below(site.folder / "fonts", site.root)
        message = __("No PDF and no cards in %s yet: their fonts lack its letters. For the PDF, put %s into %s, set")
        yield str(message) % (language, font or __("a font that has them"), folder)
        yield '    folio_resume_fonts = ["fonts"]'
        yield f"    folio_resume_font_families = [{literal(font or '…')}]"
        yield str(__("and remove the line with folio_exports for %s.")) % language
    yield from hint_for_languages([language], site.root)
    if edited is None:
        return
    conf = _below(site.folder / "conf.py", site.root)
    for line, name in edited.copied:
        message = __("%s:%d: check and translate the new entry of %s, a copy of that of another language")
        yield str(message) % (conf, line, name)
    if edited.texts:
        yield str(__("%s:%d: check the settings for %s, and translate their texts")) % (conf, edited.texts, language)
    for line in edited.compared:
        yield str(__("%s:%d: compares the language of the build; %s may need a case, too")) % (conf, line, language)
    if edited.by_hand:
        function = __("Write this function into conf.py, and translate its texts:")
        lines = __("Write these lines into the function of conf.py that runs on config-inited:")
        yield str(function if edited.connect else lines)
        yield from (f"    {line}" for line in edited.by_hand)
    if edited.connect:
        yield str(__("Write this line into the function setup of conf.py:"))
        yield f"    {edited.connect}"


def _about_builds(site: _Site) -> Iterator[str]:
    """Yield what builds all languages, and which files build only one; a new portfolio builds all."""
    if (site.root / RECORD).is_file():
        return
    pages = "" if site.pages == site.folder else f" --pages {_below(site.pages, site.root)}"
    message = __("To build all languages, run “%s”; sphinx-build builds only one of them.")
    yield str(message) % f"{program_name()} build{pages}"
    paths = {path for folder in (site.root, site.folder) for name in BUILDS for path in folder.glob(name)}
    files = [_below(path, site.root) for path in sorted(paths) if _builds_one(path)]
    if files:
        yield str(__("Change the files that build only one: %s")) % ", ".join(files)


def _builds_one(path: Path) -> bool:
    """Return whether a file runs sphinx-build; Read the Docs does that, too, if its file has no commands to build."""
    text = path.read_text(encoding="utf-8", errors="replace")
    runs_sphinx = re.search(r"\bsphinx[- ]build\b|-m sphinx\b", text)
    is_hosted = path.name.startswith(".readthedocs") and not re.search(r"^ +(?:build|commands):", text, re.MULTILINE)
    return bool(runs_sphinx or is_hosted) and not re.search(r"sphinx[-_]folio build\b", text)


def _next_steps(site: _Site, language: str, found: Work, catalogs: str, config: Config) -> Iterator[str]:
    if found.left:
        is_accepted = bool(UNTRANSLATED & {*config.suppress_warnings})
        message = __("%s: %d of %d strings have to be translated (words: %d); the build fails until then.")
        if is_accepted:
            message = __("%s: %d of %d strings are not translated yet (words: %d).")
        yield str(message) % (language, found.left, found.strings, found.words)
        if not is_accepted and not (site.root / RECORD).is_file():
            setting = 'suppress_warnings = ["folio.untranslated"]'
            yield str(__("If some pages stay untranslated, such as those of an API, set %s.")) % setting
        yield (
            str(__("Fill in the empty msgstr entries of the .po files in %s; copy texts that stay the same."))
            % catalogs
        )
        step = "messages" if site.pages == site.folder else "build"
    else:
        yield str(__("Every string has a translation in %s.")) % language
        step = "build"
    yield ""
    yield str(__("Next, run:"))
    yield ""
    pages = "" if site.pages == site.folder or step == "messages" else f" --pages {_below(site.pages, site.root)}"
    yield f"    {program_name()} {step}{pages}"
