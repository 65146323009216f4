"""Look up the methods of MyST's renderer once per class instead of once per page.

Upstream: MyST could cache the names of the methods by class.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable


def renderer_init(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``DocutilsRenderer.__init__`` with a cache: class → names of its ``render_`` methods."""
    names: dict[type, list[str]] = {}

    def init(self: Any, parser: Any) -> None:
        cls = type(self)
        if cls not in names:
            methods = inspect.getmembers(cls, predicate=inspect.isfunction)
            names[cls] = [name for name, _ in methods if name.startswith("render_") and name != "render_children"]
        self.md = parser
        self.rules = {name: getattr(self, name) for name in names[cls]}
        self._inventories = None

    return init


PATCHES = (
    Patch(
        owner="myst_parser.mdit_to_docutils.base:DocutilsRenderer",
        name="__init__",
        known=frozenset({"ea907a1e5d14ae15", "f80c54a0476f30b9"}),  # MyST 5.0-5.2
        make_replacement=renderer_init,
    ),
)
