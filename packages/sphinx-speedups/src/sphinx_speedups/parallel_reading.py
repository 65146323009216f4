"""With ``-j``, split the pages into one chunk per worker process.

Sphinx splits the pages into about twenty chunks and starts a worker for each. Every worker returns the whole
environment, which contains the results of earlier chunks and is pickled and unpickled each time.

Upstream: https://github.com/sphinx-doc/sphinx/issues/10967 asks for larger chunks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import builders

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def read_with_fewer_chunks(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``Builder._read_parallel`` with one chunk per worker."""

    def read_parallel(self: Any, docnames: list[str], nproc: int) -> None:
        module: Any = builders
        make_chunks, module.make_chunks = module.make_chunks, interleaved_chunks
        try:
            original(self, docnames, nproc)
        finally:
            module.make_chunks = make_chunks

    return read_parallel


def interleaved_chunks(names: Sequence[str], count: int) -> list[Sequence[str]]:
    """Assign names to chunks in turn, since neighbors tend to have similar sizes: ``abcd`` → ``ac`` and ``bd``."""
    return [names[start::count] for start in range(min(count, len(names)))]


PATCHES = (
    Patch(
        owner="sphinx.builders:Builder",
        name="_read_parallel",
        known=frozenset({"528729928f9a625e"}),  # Sphinx 9.0-9.2
        make_replacement=read_with_fewer_chunks,
        dependencies={"sphinx.builders:make_chunks": frozenset({"9ffc8861845eb36e"})},
    ),
)
