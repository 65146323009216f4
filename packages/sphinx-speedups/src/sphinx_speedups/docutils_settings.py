"""Create docutils' settings once and copy them for each page; skip the search for docutils' style sheets.

Upstream: Sphinx could reuse its option parser; MyST could create a document only if it gets none.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx


def cached_get_settings(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return Sphinx's ``_get_settings`` with a cache by components and defaults."""
    cache: list[tuple[tuple[object, ...], dict[str, Any], bool, Any]] = []

    def get_settings(*components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Any:
        types = tuple(component if isinstance(component, type) else type(component) for component in components)
        key = (types, dict(defaults), read_config_files)
        for *cached_key, settings in cache:
            if tuple(cached_key) == key:
                return _copy_settings(settings)
        settings = original(*components, defaults=defaults, read_config_files=read_config_files)
        cache.append(
            (types, {name: _copy_mutable(value) for name, value in defaults.items()}, read_config_files, settings)
        )
        return _copy_settings(settings)

    return get_settings


def cached_default_settings(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return docutils' ``get_default_settings``, as MyST imports it, with a cache by components."""
    cache: dict[tuple[object, ...], Any] = {}

    def get_default_settings(*components: Any) -> Any:
        if components not in cache:
            cache[components] = original(*components)
        return _copy_settings(cache[components])

    return get_default_settings


def _copy_settings(settings: Any) -> Any:
    """Return a copy of settings that shares no lists, dictionaries and dependency records with the original."""
    result = copy(settings)
    for name, value in vars(settings).items():
        setattr(result, name, _copy_mutable(value))
    dependencies = getattr(settings, "record_dependencies", None)
    if dependencies is not None:
        result.record_dependencies = type(dependencies)()
    return result


def _copy_mutable(value: Any) -> Any:
    return value.copy() if isinstance(value, list | dict) else value


def skip_stylesheet_lookup(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep docutils' HTML writer from searching for its style sheets; Sphinx's templates do not use them."""
    settings = getattr(app.builder, "docsettings", None)
    if "docutils_settings" in app.config.speedups and app.builder.format == "html" and settings is not None:
        settings.stylesheet = settings.stylesheet_path = None


PATCHES = (
    Patch(
        owner="sphinx.util.docutils",
        name="_get_settings",
        known=frozenset({"90f08e4896ef3bf4", "979325201112a14f"}),  # Sphinx 9.0-9.2
        make_replacement=cached_get_settings,
    ),
    Patch(
        owner="myst_parser.mdit_to_docutils.base",
        name="get_default_settings",
        known=frozenset({"ce89e456456dd5cc", "78c88a49d4ff54f7", "52a33d559cdc8b65"}),  # docutils 0.20-0.23
        make_replacement=cached_default_settings,
    ),
)
