"""What the extension adds to Sphinx, and when it acts: the map of the package, without logic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.util.fileutil import copy_asset

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio._common.write_log import Ledger
from sphinx_folio.config import SETTINGS, settle_today
from sphinx_folio.doctree import text_check
from sphinx_folio.doctree.nodes import (
    depart_folio_cell_html,
    depart_folio_disclosure_html,
    depart_folio_disclosure_label_html,
    depart_folio_plot_html,
    depart_folio_steps_html,
    depart_folio_time_html,
    folio_axis,
    folio_bar,
    folio_bars,
    folio_cell,
    folio_disclosure,
    folio_disclosure_label,
    folio_dots,
    folio_entry,
    folio_fact,
    folio_line,
    folio_lines,
    folio_listing,
    folio_period,
    folio_places,
    folio_plot,
    folio_said,
    folio_sketch,
    folio_span,
    folio_steps,
    folio_summary,
    folio_term,
    folio_time,
    visit_folio_axis_html,
    visit_folio_bar_html,
    visit_folio_bars_html,
    visit_folio_cell_html,
    visit_folio_disclosure_html,
    visit_folio_disclosure_label_html,
    visit_folio_dots_html,
    visit_folio_line_html,
    visit_folio_lines_html,
    visit_folio_places_html,
    visit_folio_plot_html,
    visit_folio_said_html,
    visit_folio_span_html,
    visit_folio_steps_html,
    visit_folio_time_html,
)
from sphinx_folio.domain import FolioDomain
from sphinx_folio.export.private_output import check_output
from sphinx_folio.listings import FillListings
from sphinx_folio.listings.coverage_report import check_evidence_coverage, report_evidence_coverage, write_evidence
from sphinx_folio.listings.previews import write_previews
from sphinx_folio.listings.tables import NameCells

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

AFTER_OTHER_CHECKS = 900
"""Sphinx's default priority is 500: what is refused leaves no trace in the output folder."""
STATIC = Path(__file__).parent / "static"

PLAIN_NODES: tuple[type[nodes.Element], ...] = (
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_sketch,
    folio_summary,
    folio_term,
)
HTML_NODES: dict[type[nodes.Element], Any] = {
    folio_axis: (visit_folio_axis_html, None),
    folio_bar: (visit_folio_bar_html, None),
    folio_bars: (visit_folio_bars_html, None),
    folio_cell: (visit_folio_cell_html, depart_folio_cell_html),
    folio_disclosure: (visit_folio_disclosure_html, depart_folio_disclosure_html),
    folio_disclosure_label: (visit_folio_disclosure_label_html, depart_folio_disclosure_label_html),
    folio_dots: (visit_folio_dots_html, None),
    folio_line: (visit_folio_line_html, None),
    folio_lines: (visit_folio_lines_html, None),
    folio_places: (visit_folio_places_html, None),
    folio_plot: (visit_folio_plot_html, depart_folio_plot_html),
    folio_said: (visit_folio_said_html, None),
    folio_span: (visit_folio_span_html, None),
    folio_steps: (visit_folio_steps_html, depart_folio_steps_html),
    folio_time: (visit_folio_time_html, depart_folio_time_html),
}
"""Nodes that HTML writes in its own way; every other builder, and every other node, falls back to the parent class."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the domain, its nodes, listings and settings."""
    app.setup_extension("sphinx_folio.persistent_warnings")
    declare(app, SETTINGS)
    app.connect("config-inited", text_check.check_settings)
    app.connect("config-inited", settle_today)
    app.connect("config-inited", check_output, priority=AFTER_OTHER_CHECKS)

    for node in PLAIN_NODES:
        app.add_node(node)
    for node, visitors in HTML_NODES.items():
        app.add_node(node, html=visitors)
    app.add_domain(FolioDomain)
    app.connect("builder-inited", note_builder)
    app.add_transform(text_check.RemoveUnfitCharacters)
    app.connect("source-read", text_check.report_nul)
    app.connect("include-read", text_check.report_nul_of_included)
    app.add_post_transform(FillListings)
    app.add_post_transform(NameCells)
    app.connect("env-updated", name_titles, priority=100)  # before anyone looks at titles
    ledger = Ledger("portfolio")
    app.connect("env-updated", lambda app, env: stale_pages(app, env, ledger))
    ledger.connect(app)
    app.connect("env-updated", check_evidence_coverage)
    app.connect("warn-missing-reference", warn_missing_object)

    app.connect("build-finished", write_evidence)
    app.connect("build-finished", write_previews)
    app.connect("build-finished", report_evidence_coverage)

    app.add_css_file("folio.css")
    app.add_js_file("folio.js", loading_method="defer")
    app.connect("builder-inited", copy_static_files)
    return {
        "version": __version__,
        "env_version": FolioDomain.data_version,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def stale_pages(app: Sphinx, env: BuildEnvironment, ledger: Ledger) -> list[str]:
    """Return the pages to write again."""
    domain = cast("FolioDomain", env.domains["folio"])
    return ledger.stale_since(app, domain.state(), domain.digests)


def name_titles(app: Sphinx, env: BuildEnvironment) -> None:
    """Show names of objects in titles and tables of contents, not their keys."""
    cast("FolioDomain", env.domains["folio"]).name_titles()


def note_builder(app: Sphinx) -> None:
    """Tell the domain who writes."""
    cast("FolioDomain", app.env.domains["folio"]).builder = app.builder


def warn_missing_object(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say in our own words that a reference to an object leads nowhere."""
    if not isinstance(domain, FolioDomain):
        return None
    domain.warn_unknown(node["reftype"], node["reftarget"], node)
    return True


def copy_static_files(app: Sphinx) -> None:
    """Put style sheet and script where Sphinx's own lie, before the first page asks for its checksum.

    They are not added to ``html_static_path``: a path of the machine in the settings makes every build look new.
    """
    if app.builder.format == "html":
        copy_asset(STATIC, Path(app.outdir, "_static"), force=True)
