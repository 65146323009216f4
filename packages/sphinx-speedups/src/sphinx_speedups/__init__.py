"""Faster Sphinx builds with the same output: ``extensions = ["sphinx_speedups"]``.

Most speedups replace a function of Sphinx, docutils, MyST or furo for the time of a build. Each replacement is guarded:
it is made only if the source of the original is known, see :mod:`sphinx_speedups.patches`. README.md lists them all.
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
from sphinx_speedups.doctree_cache import drop_cached_doctrees
from sphinx_speedups.docutils_settings import skip_stylesheet_lookup
from sphinx_speedups.furo_sidebar import FuroSidebar
from sphinx_speedups.log_records import LogLevel
from sphinx_speedups.patches import Patches
from sphinx_speedups.translations import detach_translations

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
"""Around furo's own handler, which has Sphinx's default priority of 500."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the speedups that the setting ``speedups`` lists."""
    types = frozenset({list, tuple})
    app.add_config_value("speedups", list(SPEEDUPS), "", types, "The speedups to use; all by default.")
    app.connect("config-inited", check_setting)

    patches, log_level, sidebar = Patches(), LogLevel(), FuroSidebar()

    def begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        for name, its_patches in PATCHES.items():
            if name in app.config.speedups:
                patches.apply(its_patches)
        if "log_records" in app.config.speedups:
            log_level.raise_to_shown()
        if "furo_sidebar" in app.config.speedups:
            sidebar.begin(app)

    def end(app: Sphinx, exception: Exception | None) -> None:
        patches.undo()
        log_level.restore()

    app.connect("env-before-read-docs", begin, priority=LAST)
    app.connect("source-read", drop_cached_doctrees)
    app.connect("doctree-read", detach_translations, priority=FIRST)
    app.connect("env-updated", drop_cached_doctrees, priority=LAST)
    app.connect("doctree-resolved", drop_cached_doctrees)
    app.connect("doctree-resolved", skip_stylesheet_lookup, priority=FIRST)
    app.connect("doctree-resolved", sidebar.prepare)
    app.connect("html-page-context", sidebar.hide_toctree_from_furo, priority=BEFORE_FURO)
    app.connect("html-page-context", sidebar.fill_in, priority=AFTER_FURO)
    app.connect("build-finished", end, priority=LAST)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def check_setting(app: Sphinx, config: Config) -> None:
    """Refuse an unknown speedup.

    Raises:
        ConfigError: ``speedups`` lists a name that is not in :data:`SPEEDUPS`.
    """
    for name in config.speedups:
        if name not in SPEEDUPS:
            near = get_close_matches(str(name), SPEEDUPS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"speedups: unknown speedup {name!r}{hint} (known: {', '.join(SPEEDUPS)})")
