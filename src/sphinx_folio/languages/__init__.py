"""One source in several languages, none of them stale: add ``sphinx_folio.languages`` to ``extensions`` of any site.

Each language is a Sphinx run of its own over the same source (``-D language=en``), written to its folder. This module

- reports every string that a translated build would show untranslated, outdated or with other links, and does not use
  a translation that adds links or HTML (``catalogs``), nor a catalog that is invalid (``reading``);
- lets translators at the labels of Mermaid diagrams (``diagrams``);
- gives sections the same readable anchors in every language (``anchors``);
- tells templates where the same page is in the other languages (``alternates``);
- translates what the theme furo says in fixed English (``interface``);
- sets Chinese without the spaces of wrapped lines (``typography``);
- looks through the written pages for text in another language than theirs (``pages``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.languages.alternates import add_alternates, settle_base_url
from sphinx_folio.languages.anchors import SettleAnchors
from sphinx_folio.languages.catalogs import CheckAppliedTranslations, CheckTranslations, check_catalogs
from sphinx_folio.languages.diagrams import CheckLabels, OfferLabels, folio_diagram
from sphinx_folio.languages.interface import translate_navigation, translate_templates
from sphinx_folio.languages.metadata import KeepMetadata
from sphinx_folio.languages.pages import check_pages
from sphinx_folio.languages.settings import SETTINGS, check_language
from sphinx_folio.languages.typography import JoinWrappedLines

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

AFTER_THE_THEME = 900


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the checks, the anchors, and what templates need."""
    declare(app, SETTINGS)
    app.connect("config-inited", check_language)
    app.connect("config-inited", settle_base_url)
    app.connect("builder-inited", check_catalogs)
    app.connect("builder-inited", translate_templates)
    app.add_node(folio_diagram)
    checks = (CheckTranslations, CheckAppliedTranslations, CheckLabels)
    for transform in (KeepMetadata, OfferLabels, *checks, JoinWrappedLines, SettleAnchors):
        app.add_transform(transform)
    app.connect("html-page-context", add_alternates)
    app.connect("html-page-context", translate_navigation, priority=AFTER_THE_THEME)
    app.connect("build-finished", check_pages)
    return {"version": __version__, "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
