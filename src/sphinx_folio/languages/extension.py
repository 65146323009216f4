"""Connect the parts of the extension with Sphinx; see the package for what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common.settings import declare
from sphinx_folio.languages.alternates import add_alternates, set_language_base_url
from sphinx_folio.languages.anchors import UseStableAnchors
from sphinx_folio.languages.catalogs import (
    CheckAppliedTranslations,
    CheckTranslations,
    check_catalogs,
    merge_source_texts,
    pages_to_check_again,
    remove_source_texts,
)
from sphinx_folio.languages.diagrams import CheckDiagramLabels, MakeDiagramsTranslatable, MirrorDiagrams, folio_diagram
from sphinx_folio.languages.images import HideRepeatedTexts, restore_texts
from sphinx_folio.languages.interface import (
    add_direction_styles,
    add_switch_style,
    translate_fallbacks,
    translate_navigation,
    translate_templates,
)
from sphinx_folio.languages.isolation import IsolateNames
from sphinx_folio.languages.metadata import ExcludeMetadata
from sphinx_folio.languages.pages import check_pages
from sphinx_folio.languages.settings import SETTINGS, check_language
from sphinx_folio.languages.sphinx_labels import ExcludeSphinxLabels
from sphinx_folio.languages.typography import JoinWrappedLines

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

BEFORE_OTHERS, AFTER_THE_THEME = 100, 900


def connect(app: Sphinx) -> ExtensionMetadata:
    """Add the setting, the checks, the transforms and the context of templates."""
    declare(app, SETTINGS)
    app.setup_extension("sphinx_folio._common.static_files")
    app.connect("config-inited", check_language)
    app.connect("config-inited", set_language_base_url)
    app.connect("builder-inited", check_catalogs)
    app.connect("builder-inited", translate_fallbacks)
    app.connect("builder-inited", translate_templates)
    app.connect("builder-inited", add_switch_style)
    app.connect("builder-inited", add_direction_styles)
    app.connect("env-get-outdated", pages_to_check_again)
    app.connect("env-purge-doc", remove_source_texts)
    app.connect("env-merge-info", merge_source_texts)
    app.add_node(folio_diagram)
    checks = (CheckTranslations, CheckAppliedTranslations, CheckDiagramLabels)
    diagrams = (MakeDiagramsTranslatable, MirrorDiagrams)
    exclusions = (ExcludeMetadata, ExcludeSphinxLabels, HideRepeatedTexts)
    for transform in (*exclusions, *diagrams, *checks, JoinWrappedLines, UseStableAnchors):
        app.add_transform(transform)
    app.add_post_transform(IsolateNames)
    app.connect("doctree-read", restore_texts, priority=BEFORE_OTHERS)
    app.connect("html-page-context", add_alternates)
    app.connect("html-page-context", translate_navigation, priority=AFTER_THE_THEME)
    app.connect("build-finished", check_pages)
    return {"version": __version__, "env_version": 5, "parallel_read_safe": True, "parallel_write_safe": True}
