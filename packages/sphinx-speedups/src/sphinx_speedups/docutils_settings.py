"""docutils' settings are made once and copied for each page; and docutils does not look for its own style sheets.

Upstream: Sphinx could keep its option parser for a build; MyST could make a document only where it has none.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx


def settings_of_sphinx(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``_get_settings`` that makes settings once for the same components and defaults."""
    made: list[tuple[tuple[object, ...], dict[str, Any], bool, Any]] = []

    def get_settings(*components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Any:
        types = tuple(component if isinstance(component, type) else type(component) for component in components)
        asked = (types, dict(defaults), read_config_files)
        for *known, settings in made:
            if tuple(known) == asked:
                return _copy_of(settings)
        settings = original(*components, defaults=defaults, read_config_files=read_config_files)
        made.append((types, {name: _unshared(value) for name, value in defaults.items()}, read_config_files, settings))
        return _copy_of(settings)

    return get_settings


def settings_of_myst(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``get_default_settings`` that makes the settings of the same components once."""
    made: dict[tuple[object, ...], Any] = {}

    def get_default_settings(*components: Any) -> Any:
        if components not in made:
            made[components] = original(*components)
        return _copy_of(made[components])

    return get_default_settings


def _copy_of(settings: Any) -> Any:
    """Return a copy of settings that shares nothing mutable with them."""
    fresh = copy(settings)
    for name, value in vars(settings).items():
        setattr(fresh, name, _unshared(value))
    dependencies = getattr(settings, "record_dependencies", None)
    if dependencies is not None:
        fresh.record_dependencies = type(dependencies)()
    return fresh


def _unshared(value: Any) -> Any:
    return value.copy() if isinstance(value, list | dict) else value


def skip_stylesheet_lookup(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep docutils' HTML writer from looking for its own style sheets, which Sphinx's templates do not use."""
    settings = getattr(app.builder, "docsettings", None)
    if "docutils_settings" in app.config.speedups and app.builder.format == "html" and settings is not None:
        settings.stylesheet = settings.stylesheet_path = None


PATCHES = (
    Patch(
        owner="sphinx.util.docutils",
        name="_get_settings",
        known=frozenset({"90f08e4896ef3bf4", "979325201112a14f"}),  # Sphinx 9.0-9.2
        make=settings_of_sphinx,
    ),
    Patch(
        owner="myst_parser.mdit_to_docutils.base",
        name="get_default_settings",
        known=frozenset({"ce89e456456dd5cc", "78c88a49d4ff54f7", "52a33d559cdc8b65"}),  # docutils 0.20-0.23
        make=settings_of_myst,
    ),
)
