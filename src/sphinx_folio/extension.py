"""What the extension adds to Sphinx, and when it acts: the map of the package, without logic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.util.fileutil import copy_asset

from sphinx_folio import __version__
from sphinx_folio.config import check_settings, declare_settings, settle_today
from sphinx_folio.domain import FolioDomain
from sphinx_folio.i18n import CATALOG, FOLDER
from sphinx_folio.listings import FillListings
from sphinx_folio.nodes import (
    depart_folio_steps_html,
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_steps,
    folio_term,
    visit_folio_steps_html,
)

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

STATIC = Path(__file__).parent / "static"

HTML: dict[type[nodes.Element], Any] = {
    folio_steps: (visit_folio_steps_html, depart_folio_steps_html),
}
"""Nodes that HTML writes in its own way; every other builder, and every other node, falls back to the parent class."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the domain, its nodes, listings and settings."""
    app.add_message_catalog(CATALOG, str(FOLDER))
    declare_settings(app)
    app.connect("config-inited", check_settings)
    app.connect("config-inited", settle_today)

    for node in (folio_entry, folio_fact, folio_listing, folio_period, folio_steps, folio_term):
        app.add_node(node, **({"html": HTML[node]} if node in HTML else {}))
    app.add_domain(FolioDomain)
    app.add_post_transform(FillListings)
    app.connect("env-updated", pages_to_rewrite)
    app.connect("warn-missing-reference", warn_missing_object)

    app.add_css_file("folio.css")
    app.connect("builder-inited", copy_static_files)
    return {
        "version": __version__,
        "env_version": FolioDomain.data_version,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Hand the pages that other pages changed to Sphinx, to be written again."""
    return cast("FolioDomain", env.domains["folio"]).pages_to_rewrite()


def warn_missing_object(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say in our own words that a reference to an object leads nowhere."""
    if not isinstance(domain, FolioDomain):
        return None
    domain.warn_unknown(node["reftype"], node["reftarget"], node)
    return True


def copy_static_files(app: Sphinx) -> None:
    """Put the style sheet where Sphinx's own lie, before the first page asks for its checksum.

    It is not added to ``html_static_path``: a path of the machine in the settings makes every build look new.
    """
    if app.builder.format == "html":
        copy_asset(STATIC, Path(app.outdir, "_static"), force=True)
