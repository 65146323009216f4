"""With ``-j``, each process reads one share of the pages.

Sphinx cuts the pages into about twenty chunks and starts a process for each, which sends back the whole environment,
with everything that earlier chunks have added: it is pickled and unpickled again and again.

Upstream: https://github.com/sphinx-doc/sphinx/issues/10967 asks for larger chunks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import builders

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def read_in_shares(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``Builder._read_parallel`` with one share for each process."""

    def read_parallel(self: Any, docnames: list[str], nproc: int) -> None:
        module: Any = builders
        make_chunks, module.make_chunks = module.make_chunks, shares
        try:
            original(self, docnames, nproc)
        finally:
            module.make_chunks = make_chunks

    return read_parallel


def shares(names: Sequence[str], count: int) -> list[Sequence[str]]:
    """Deal out names in turn, so that every process gets its part of neighboring long pages."""
    return [names[first::count] for first in range(min(count, len(names)))]


PATCHES = (
    Patch(
        owner="sphinx.builders:Builder",
        name="_read_parallel",
        known=frozenset({"528729928f9a625e"}),  # Sphinx 9.0-9.2
        make=read_in_shares,
        needs={"sphinx.builders:make_chunks": frozenset({"9ffc8861845eb36e"})},
    ),
)
