"""Compute the checksum of each style sheet and script once per build instead of once per page.

Upstream: Sphinx could cache ``_file_checksum``, as it already caches the function that reads the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable


def cached_checksum(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``_file_checksum`` with a cache."""
    cache: dict[tuple[Any, Any], str] = {}

    def file_checksum(outdir: Any, filename: Any) -> str:
        if (outdir, filename) not in cache:
            cache[outdir, filename] = original(outdir, filename)
        return cache[outdir, filename]

    return file_checksum


PATCHES = (
    Patch(
        owner="sphinx.builders.html",
        name="_file_checksum",
        known=frozenset({"1767d3cb22a38f31"}),  # Sphinx 9.0-9.2
        make_replacement=cached_checksum,
    ),
)
