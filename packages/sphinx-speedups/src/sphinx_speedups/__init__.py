"""Faster Sphinx builds with the same output: ``extensions = ["sphinx_speedups"]``.

Most speedups monkey-patch a function of Sphinx, docutils, MyST or furo during a build. A patch is applied only if the
source of the original is a known version, see :mod:`sphinx_speedups.patches`. README.md lists all speedups.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from sphinx_speedups import (
    asset_checksums,
    code_blocks,
    docutils_settings,
    log_records,
    markdown_renderer,
    node_search,
    parallel_reading,
)
from sphinx_speedups.doctree_cache import clear_doctree_caches
from sphinx_speedups.docutils_settings import skip_stylesheet_lookup
from sphinx_speedups.furo_sidebar import FuroSidebar
from sphinx_speedups.log_records import LogLevel
from sphinx_speedups.patches import Patches
from sphinx_speedups.translations import set_document

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"

PATCHES = {
    "node_search": node_search.PATCHES,
    "docutils_settings": docutils_settings.PATCHES,
    "markdown_renderer": markdown_renderer.PATCHES,
    "code_blocks": code_blocks.PATCHES,
    "parallel_reading": parallel_reading.PATCHES,
    "asset_checksums": asset_checksums.PATCHES,
    "log_records": log_records.PATCHES,
}
SPEEDUPS = (*PATCHES, "doctree_cache", "translations", "furo_sidebar")
FIRST, LAST = 1, 999
BEFORE_FURO, AFTER_FURO = 400, 600
"""Before and after furo's handler, which has Sphinx's default priority of 500."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect all speedups; those that the setting ``speedups`` does not list do nothing."""
    types = frozenset({list, tuple})
    app.add_config_value("speedups", list(SPEEDUPS), "", types, "Names of the speedups to use; all by default.")
    app.connect("config-inited", check_setting)

    patches, log_level, sidebar = Patches(), LogLevel(), FuroSidebar()

    def begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        for speedup, its_patches in PATCHES.items():
            if speedup in app.config.speedups:
                patches.apply(its_patches)
        if "log_records" in app.config.speedups:
            log_level.raise_to_handlers()
        if "furo_sidebar" in app.config.speedups:
            sidebar.begin(app)

    def end(app: Sphinx, exception: Exception | None) -> None:
        patches.undo()
        log_level.restore()

    app.connect("env-before-read-docs", begin, priority=LAST)
    app.connect("source-read", clear_doctree_caches)
    app.connect("doctree-read", set_document, priority=FIRST)
    app.connect("env-updated", clear_doctree_caches, priority=LAST)
    app.connect("doctree-resolved", clear_doctree_caches)
    app.connect("doctree-resolved", skip_stylesheet_lookup, priority=FIRST)
    app.connect("doctree-resolved", sidebar.prepare_tree)
    app.connect("html-page-context", sidebar.hide_toctree, priority=BEFORE_FURO)
    app.connect("html-page-context", sidebar.set_navigation_tree, priority=AFTER_FURO)
    app.connect("build-finished", end, priority=LAST)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def check_setting(app: Sphinx, config: Config) -> None:
    """Check the setting ``speedups``.

    Raises:
        ConfigError: ``speedups`` lists a name that is not in :data:`SPEEDUPS`.
    """
    for name in config.speedups:
        if name not in SPEEDUPS:
            near = get_close_matches(str(name), SPEEDUPS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"speedups: unknown speedup {name!r}{hint} (known: {', '.join(SPEEDUPS)})")
