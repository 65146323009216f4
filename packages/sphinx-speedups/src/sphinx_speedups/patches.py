"""Guarded monkey-patches: a function is replaced only if its source is known, and restored after the build."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinx_speedups.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patch:
    """A replacement for one function of another package."""

    owner: str
    """The module, or module and class (``docutils.nodes:Node``), that holds the function."""
    name: str
    known: frozenset[str]
    """Digests of the sources that the replacement is equivalent to."""
    make: Callable[[Callable[..., Any]], Callable[..., Any]]
    """Returns the replacement for one build, given the original."""
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What else the replacement uses: its place, such as ``module:Class``, and digests of its known sources."""


class Patches:
    """The patches of one build."""

    def __init__(self) -> None:
        """Begin without any."""
        self._originals: list[tuple[object, str, Callable[..., Any]]] = []

    def apply(self, patches: Iterable[Patch]) -> None:
        """Apply patches; those whose package is not in use are skipped, those that do not fit are logged."""
        for patch in patches:
            if patch.owner.partition(":")[0] not in sys.modules:
                continue
            owner = find(patch.owner)
            original: Any = vars(owner).get(patch.name) if owner is not None else None
            fits = fingerprint(original) in patch.known
            if not fits or any(fingerprint(find(place)) not in known for place, known in patch.needs.items()):
                logger.verbose("sphinx_speedups: unknown version of %s.%s; not replaced", patch.owner, patch.name)
                continue
            self._originals.append((owner, patch.name, original))
            setattr(owner, patch.name, patch.make(original))

    def undo(self) -> None:
        """Restore all originals, the last one first."""
        while self._originals:
            setattr(*self._originals.pop())


def find(place: str) -> Any:
    """Return what is at a place such as ``module:Class.name``, or None."""
    try:
        return resolve_name(place)
    except (ImportError, AttributeError):
        return None
