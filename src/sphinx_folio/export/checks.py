"""Check the settings of the exports against the rest of the site: files, categories, pages and skills."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.advice import how_to_install, is_hook
from sphinx_folio._common.i18n import __
from sphinx_folio._common.markup_names import markup_name
from sphinx_folio._common.output_pages import SITE_BUILDERS
from sphinx_folio._common.settings import setting_error, setting_location, unknown_word
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.typesetting import built_in_fonts, load_fonts, missing_libraries
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn
from sphinx_folio.domain import domain_of, portfolio_of
from sphinx_folio.export.files import NOT_MADE, FilesBuilder, is_chosen
from sphinx_folio.export.formats.pdf import BUILT_IN, TEMPLATES
from sphinx_folio.export.nodes import HAS_DOWNLOADS, folio_downloads
from sphinx_folio.export.settings import (
    EXPORTS,
    FONT_SUFFIXES,
    FULL_TEXT,
    OF_PAGES,
    PAPERS,
    TWINS,
    extra_fields,
    font_files,
    fonts_of,
    photo_of,
    problem_with_photo,
    resume_page,
    template_of,
)
from sphinx_folio.export.view_pages import source_of, views_of
from sphinx_folio.portfolio.records import Education, Person, Position
from sphinx_folio.portfolio.views import KEPT_TYPES
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.portfolio.model import Portfolio


OF_RESUME_PAGE = ("pdf", "docx", "odt", "txt")
"""The exports that are made from the page of the résumé."""


def check_exports(app: Sphinx, config: Config) -> None:
    """Check that the exports in ``folio_exports`` are registered.

    Raises:
        ConfigError: An export is unknown; the message has its name and suggests the nearest one.
    """
    known = [*(name for name in registry_of(app).exports if name not in PAPERS.values()), *OF_PAGES]
    for name in config.folio_exports:
        if name not in known:
            problem = str(__("unknown export %s")) % unknown_word(name, known)
            raise setting_error(config, "folio_exports", problem, '["pdf", "json"]')


def check_libraries(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Warn about exports that ``folio_exports`` names but whose libraries are missing; the default names all.

    A hook may run where only the libraries for pages are installed.
    """
    chosen = app.config.folio_exports
    if (
        is_hook()
        or list(chosen) == list(EXPORTS)
        or app.builder.format != "html"
        or app.builder.name == FilesBuilder.name
    ):
        return
    for export in registry_of(app).exports.values():
        missing = export.missing() if export.name in chosen else []
        if missing:
            location = setting_location(app.config, "folio_exports", export.name)
            names = export.filename, ", ".join(missing), how_to_install(export.extra)
            warn(Subtype.MISSING_LIBRARY, __(NOT_MADE), *names, location=location)


def check_downloads(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn about files that a page offers by name but whose libraries are missing; ``check_libraries`` has the others.

    This is checked in each build, not when pages are read, because libraries may be installed between builds.
    """
    if is_hook() or list(app.config.folio_exports) != list(EXPORTS) or app.builder.name not in SITE_BUILDERS:
        return
    exports = registry_of(app).exports.values()
    missing = {export.name: export for export in exports if is_chosen(app.config, export.name) and export.missing()}
    for docname in sorted(env.all_docs) if missing else ():
        if HAS_DOWNLOADS not in env.metadata[docname]:
            continue
        for node in env.get_doctree(docname).findall(folio_downloads):
            for export in (missing[name] for name in node["files"] if name in missing):
                names = export.filename, ", ".join(export.missing()), how_to_install(export.extra)
                warn(Subtype.MISSING_LIBRARY, __(NOT_MADE), *names, location=node)


def check_template(app: Sphinx, config: Config) -> None:
    """Check that the template of the PDF exists.

    Raises:
        ConfigError: There is no template of this name, and no such file.
    """
    name: str = config.folio_resume_template
    if template_of(app).is_file():
        return
    if Path(name).suffix or "/" in name:
        raise setting_error(config, "folio_resume_template", str(__("there is no file %s")) % template_of(app))
    raise setting_error(config, "folio_resume_template", str(__("unknown template %s")) % unknown_word(name, TEMPLATES))


def check_photo(app: Sphinx, config: Config) -> None:
    """Check that the photo exists and is of a format that Typst reads.

    Raises:
        ConfigError: There is no such file, or it is of another format or too large.
    """
    photo = photo_of(app)
    problem = problem_with_photo(photo) if photo else ""
    if problem:
        raise setting_error(config, "folio_resume_photo", problem)


def check_fonts(app: Sphinx, config: Config) -> None:
    """Check that the font folders exist and contain fonts.

    Raises:
        ConfigError: A folder is missing or has no fonts; the message has its path.
    """
    for folder in fonts_of(app):
        if not folder.is_dir():
            raise setting_error(config, "folio_resume_fonts", str(__("there is no folder %s")) % folder)
        if not font_files([folder]):
            raise setting_error(
                config,
                "folio_resume_fonts",
                str(__("%s has no fonts (%s)")) % (folder, ", ".join(sorted(FONT_SUFFIXES))),
            )


def check_font_families(app: Sphinx, config: Config) -> None:
    """Check that the font families are in the font folders or built in.

    Raises:
        ConfigError: A family is unknown; the message suggests the nearest one.
    """
    families = tuple(config.folio_resume_font_families)
    if not families or missing_libraries():
        return
    known = sorted({*load_fonts(BUILT_IN, fonts_of(app)).families(), *built_in_fonts()})
    for family in families:
        if family not in known:
            problem = str(__("unknown font family %s")) % unknown_word(family, known)
            raise setting_error(config, "folio_resume_font_families", problem)


def check_extra_fields(app: Sphinx, config: Config) -> None:
    """Check that the file of extra fields exists and is valid.

    Raises:
        ConfigError: The message names the file and the place of the error.
    """
    try:
        extra_fields(app)
    except OSError as error:
        problem = f"{Path(app.confdir, config.folio_json_resume_extra)}: {error.strerror}"
        raise setting_error(config, "folio_json_resume_extra", problem) from None
    except ValueError as error:
        raise setting_error(config, "folio_json_resume_extra", f"{config.folio_json_resume_extra}: {error}") from None


def check_views(app: Sphinx, config: Config) -> None:
    """Check that the categories of the views exist, and the types that they leave out.

    Raises:
        ConfigError: A category is not in ``folio_categories``, or there is no such type that a view may leave out.
    """
    types = [name for name in registry_of(app).types if name not in KEPT_TYPES]
    for name, view in config.folio_views.items():
        for category in view.get("categories", []):
            if category not in config.folio_categories:
                hint = did_you_mean(nearest(category, config.folio_categories))
                raise setting_error(
                    config, "folio_views", str(__("view %r: unknown category %r%s")) % (name, category, hint)
                )
        for word in view.get("without", []):
            if word not in types:
                problem = str(__("view %r: cannot leave out %s")) % (name, unknown_word(word, types))
                raise setting_error(config, "folio_views", problem)


def check_resume(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Check that the page of the setting ``folio_resume`` exists, before pages are read.

    Raises:
        ConfigError: There is no such page.
    """
    wanted: str = app.config.folio_resume
    if wanted and wanted not in env.found_docs:
        path = wanted.strip("/")
        hint = did_you_mean(nearest(env.path2doc(path) or path, env.found_docs))
        raise setting_error(app.config, "folio_resume", str(__("there is no page %r%s")) % (wanted, hint))


def check_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn about unknown skills in views, and about a portfolio without a person, which has no exports.

    Raises:
        ConfigError: The page of a view would replace another page.
    """
    portfolio = portfolio_of(env)
    _check_skills(app, portfolio)
    if app.builder.name not in SITE_BUILDERS:
        return
    of_person = [name for name in app.config.folio_exports if name not in {TWINS, FULL_TEXT}]
    if of_person and not portfolio.all(Person):
        message = __(
            "no page describes a person, so %s cannot be made; add the directive %s, or set folio_exports = []"
        )
        names = ", ".join(of_person), markup_name("person", app.config)
        warn(Subtype.MISSING_PERSON, message, *names, location=None)
    page = resume_page(app, portfolio)
    if page and not app.config.folio_resume and any(is_chosen(app.config, name) for name in OF_RESUME_PAGE):
        _check_career(app, portfolio, page)
    for view in views_of(app, portfolio) if page else []:
        pagename = source_of(app, page, view).pagename
        if pagename in env.all_docs:
            problem = __("the page of the view %r would replace the page %r; rename one of them")
            raise setting_error(app.config, "folio_views", str(problem) % (view.name, pagename))


def _check_career(app: Sphinx, portfolio: Portfolio, page: str) -> None:
    """Warn if the page of the résumé neither describes nor lists positions and education, but another page does."""
    found = Counter(entry.docname for record in (Position, Education) for entry in portfolio.all(record))
    listings = domain_of(app.env).kinds_on(page)
    if found and page not in found and not listings & {"timeline", "entry-list"}:
        message = __(
            "the page %r has positions or education, but PDF, Word and text files are made from %r, which has neither;"
            ' set folio_resume = "%s", or add the directive %s to %r'
        )
        other = found.most_common(1)[0][0]
        timeline = markup_name("timeline", app.config)
        warn(Subtype.SPLIT_RESUME, message, other, page, other, timeline, page, location=page)


def _check_skills(app: Sphinx, portfolio: Portfolio) -> None:
    for view in app.config.folio_views.values():
        for key in dict.fromkeys([*view.get("skills", []), *view.get("first", [])]):
            if not portfolio.find("skill", key):
                hint = did_you_mean(portfolio.suggest("skill", key))
                location = setting_location(app.config, "folio_views", key)
                warn(Subtype.UNKNOWN_KEY, __("folio_views: unknown skill %r%s"), key, hint, location=location)
