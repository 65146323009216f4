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
    """The module, or module and class (``docutils.nodes:Node``), that contains the function."""
    name: str
    """The name of the function in its owner."""
    known: frozenset[str]
    """Fingerprints of the sources that the replacement is equivalent to."""
    make_replacement: Callable[[Callable[..., Any]], Callable[..., Any]]
    """Takes the original and returns the replacement. It is called once per build."""
    dependencies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Other code that the replacement uses: path (``module:Class``) → fingerprints of its known sources."""


class Patches:
    """The patches that are applied in a build."""

    def __init__(self) -> None:
        """Apply nothing yet."""
        self._originals: list[tuple[object, str, Callable[..., Any]]] = []

    def apply(self, patches: Iterable[Patch]) -> None:
        """Apply patches.

        Patches of modules that are not imported are skipped. Patches of functions with an unknown source are skipped
        and logged.
        """
        for patch in patches:
            if patch.owner.partition(":")[0] not in sys.modules:
                continue
            owner = find(patch.owner)
            original: Any = vars(owner).get(patch.name) if owner is not None else None
            is_known = fingerprint(original) in patch.known and all(
                fingerprint(find(path)) in known for path, known in patch.dependencies.items()
            )
            if not is_known:
                logger.verbose("sphinx_speedups: unknown version of %s.%s; not replaced", patch.owner, patch.name)
                continue
            self._originals.append((owner, patch.name, original))
            setattr(owner, patch.name, patch.make_replacement(original))

    def undo(self) -> None:
        """Restore all originals, in reverse order."""
        while self._originals:
            setattr(*self._originals.pop())


def find(path: str) -> Any:
    """Return the object with a path such as ``module:Class.name``; return None if it does not exist."""
    try:
        return resolve_name(path)
    except (ImportError, AttributeError):
        return None
