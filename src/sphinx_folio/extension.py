"""The setup of the extension: all nodes, directives, transforms and event handlers that it adds to Sphinx.

Read this module first to find your way around. It contains no logic.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.logging import suppress_logging

from sphinx_folio import __version__
from sphinx_folio._common.caches import write_if_changed
from sphinx_folio._common.output_pages import remove_pages_without_source
from sphinx_folio._common.settings import declare
from sphinx_folio._common.single_page import repair_links
from sphinx_folio._common.static_files import copy_static, need
from sphinx_folio._common.write_log import WriteLog
from sphinx_folio.collect.person_name import check_person_name
from sphinx_folio.config import SETTINGS, read_lock, set_default_today
from sphinx_folio.directives.entries import SummaryDirective
from sphinx_folio.directives.figures.chart import FigureChartDirective
from sphinx_folio.directives.figures.key import KeyFigureDirective
from sphinx_folio.directives.figures.table import FigureTableDirective
from sphinx_folio.directives.skill_table import SkillTableDirective
from sphinx_folio.directives.unknown_names import UnknownNames
from sphinx_folio.doctree import text_check
from sphinx_folio.doctree.html import add_nodes
from sphinx_folio.doctree.latex import ReplaceMarks, ReplacePictures, SetColumnWidths
from sphinx_folio.doctree.line_breaks import MarkBreakable
from sphinx_folio.doctree.man_pages import Flatten
from sphinx_folio.doctree.nodes import SEARCHED
from sphinx_folio.doctree.targets import AddTargets
from sphinx_folio.domain import FolioDomain, domain_of, portfolio_of
from sphinx_folio.export.evidence_json import write_evidence
from sphinx_folio.export.match_field import setup_field
from sphinx_folio.export.private_output import check_output
from sphinx_folio.export.skill_previews import PREVIEWS_FILE, write_previews
from sphinx_folio.listings import LISTINGS, FillListings, listing_for_search
from sphinx_folio.listings.coverage_report import check_evidence_coverage, report_evidence_coverage
from sphinx_folio.listings.dead_links import MarkDeadLinks
from sphinx_folio.listings.general_index import mark_languages
from sphinx_folio.listings.tables import LabelCells
from sphinx_folio.listings.verification_check import check_verification
from sphinx_folio.registry import Registry, add_listing, add_type, registry_of
from sphinx_folio.search.scripts import without_comments
from sphinx_folio.types import BUILT_IN
from sphinx_folio.types.publications import PublicationsDirective

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_folio.directives.base import FolioDirective

AFTER_OTHER_CHECKS = 900
"""A priority after the default (500): a build that fails in another check must not change the output folder."""
STATIC = Path(__file__).parent / "static"
"""The style sheet and the scripts of the extension."""

DIRECTIVES: dict[str, type[FolioDirective]] = {
    "summary": SummaryDirective,
    "figure-chart": FigureChartDirective,
    "figure-table": FigureTableDirective,
    "key-figure": KeyFigureDirective,
    "publications": PublicationsDirective,
    "skill-table": SkillTableDirective,
}
"""The directives that are neither entries nor listings."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the domain, its nodes, listings and settings."""
    app.setup_extension("sphinx_folio.persistent_warnings")
    app.setup_extension("sphinx_folio._common.unique_ids")
    app.setup_extension("sphinx_folio._common.epub")
    app.setup_extension("sphinx_folio._common.static_files")
    declare(app, SETTINGS)
    app.connect("config-inited", text_check.check_settings)
    app.connect("config-inited", set_default_today)
    app.connect("config-inited", read_lock)  # to refuse an unusable one before pages are read
    app.connect("config-inited", check_output, priority=AFTER_OTHER_CHECKS)

    add_nodes(app)
    app.add_domain(type("FolioDomain", (FolioDomain,), {"registry": Registry()}))
    for entry_type in BUILT_IN:
        add_type(app, entry_type)
    for listing in LISTINGS:
        add_listing(app, listing)
    registry_of(app).fillers |= dict.fromkeys(SEARCHED, listing_for_search)
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("folio", name, directive)
    app.connect("builder-inited", set_builder)
    UnknownNames().connect(app)
    app.add_transform(text_check.RemoveForbiddenCharacters)
    app.connect("env-get-outdated", text_check.check_names, priority=100)  # before other handlers use the names
    app.connect("env-before-read-docs", text_check.check_encoding)
    app.connect("source-read", text_check.remove_nul)
    app.connect("include-read", text_check.remove_nul_of_included)
    for transform in (
        *(FillListings, LabelCells, AddTargets, MarkDeadLinks, MarkBreakable),
        *(ReplaceMarks, ReplacePictures, SetColumnWidths, Flatten),
    ):
        app.add_post_transform(transform)
    app.connect("env-updated", replace_keys_in_titles, priority=100)  # before other handlers use titles
    app.connect("env-updated", fill_general_index)
    app.connect("env-updated", number_early, priority=200)
    app.add_event("folio-portfolio-ready")
    app.connect("env-updated", announce_portfolio, priority=400)
    write_log = WriteLog("portfolio")
    app.connect("env-updated", lambda app, env: stale_pages(app, env, write_log))
    write_log.connect(app)
    app.connect("env-updated", remove_pages_without_source)
    app.connect("env-updated", check_evidence_coverage)
    app.connect("env-updated", check_verification)
    app.connect("env-check-consistency", check_person_name)
    app.connect("warn-missing-reference", warn_missing_object)

    setup_field(app)
    app.connect("build-finished", write_evidence)
    app.connect("build-finished", write_previews)
    app.connect("build-finished", report_evidence_coverage)

    app.add_css_file("folio.css")
    app.add_js_file("folio.js", loading_method="defer")
    app.connect("html-page-context", add_script_of_tables)
    app.connect("html-page-context", mark_languages)
    app.connect("html-page-context", repair_links, priority=900)  # after the handlers of themes
    app.connect("builder-inited", copy_static_files)
    return {
        "version": __version__,
        "env_version": FolioDomain.data_version,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def stale_pages(app: Sphinx, env: BuildEnvironment, write_log: WriteLog) -> list[str]:
    """Return the pages that must be written again because the rows that they show have changed."""
    domain = domain_of(env)
    return write_log.stale_since(app, domain.state(), domain.fingerprints)


def replace_keys_in_titles(app: Sphinx, env: BuildEnvironment) -> None:
    """Replace keys of objects in titles and tables of contents by names."""
    domain_of(env).replace_keys_in_titles()


def fill_general_index(app: Sphinx, env: BuildEnvironment) -> None:
    """Add the entries to Sphinx's general index."""
    domain_of(env).fill_general_index()


def number_early(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Number sections, tables and figures before texts that refer to them are copied, and return the stale pages.

    Sphinx does so only after this event; it then finds that the numbers have not changed.
    """
    with suppress_logging():
        return TocTreeCollector().get_updated_docs(app, env)


def announce_portfolio(app: Sphinx, env: BuildEnvironment) -> None:
    """Emit the event ``folio-portfolio-ready`` for other extensions."""
    app.emit("folio-portfolio-ready", portfolio_of(env))


def set_builder(app: Sphinx) -> None:
    """Give the domain a reference to the builder, and the results of the command ``verify``."""
    domain = domain_of(app.env)
    domain.app, domain.builder, domain.lock = app, app.builder, read_lock(app, app.config)


def warn_missing_object(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Warn about an unresolved reference to an object; return True to suppress Sphinx's own warning."""
    if not isinstance(domain, FolioDomain):
        return None
    domain.warn_unknown(node["reftype"], node["reftarget"], node)
    return True


def add_script_of_tables(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the script that sorts tables to a page that has one to sort."""
    if "folio-sortable" in (context.get("body") or ""):
        app.add_js_file("folio-sort.js", loading_method="defer")


def copy_static_files(app: Sphinx) -> None:
    """Copy style sheet and scripts to ``_static``, before Sphinx computes their checksums for the first page.

    Scripts are copied without comments, as style sheets are bundled without them.
    ``html_static_path`` is not used: it would contain a path of the machine, and Sphinx rebuilds all pages if a setting
    changes.
    """
    if app.builder.format == "html":
        scripts = [*STATIC.glob("*.js")]
        need(app, PREVIEWS_FILE, *(path.name for path in scripts))
        folder = Path(app.outdir, "_static")
        copy_static(app, STATIC / "folio.css")
        for path in scripts:
            write_if_changed(folder / path.name, without_comments(path.read_text(encoding="utf-8")).encode())
