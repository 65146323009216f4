"""Functions of other packages, exchanged for a build where they are known to the letter, and given back after it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinx_folio.i18n import __
from sphinx_folio.sources import digest_of_function

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from sphinx.application import Sphinx

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A function that does the same as another package's with less."""

    saving: str
    """The name of the saving that it is part of."""
    owner: str
    """Module, or module and class (``docutils.nodes:Node``), in which the function is looked up."""
    name: str
    known: frozenset[str]
    """Digests of the sources that it stands for."""
    make: Callable[[Callable[..., Any]], Callable[..., Any]]
    """Returns the function for a build; its argument is the original."""


class Replacing:
    """What is exchanged for one build."""

    def __init__(self) -> None:
        """Begin with nothing exchanged."""
        self._originals: list[tuple[object, str, Callable[..., Any]]] = []

    def begin(self, replacements: Iterable[Replacement], savings: Collection[str]) -> None:
        """Exchange what belongs to the savings asked for; of packages that are not loaded, nothing."""
        for replacement in replacements:
            if replacement.saving not in savings or replacement.owner.partition(":")[0] not in sys.modules:
                continue
            owner = resolve_name(replacement.owner)
            original = vars(owner).get(replacement.name)
            if original is None or digest_of_function(original) not in replacement.known:
                message = __("sphinx_folio.thrift: %s.%s is another than the known one, and stays")
                _logger.verbose(message, replacement.owner, replacement.name)
                continue
            self._originals.append((owner, replacement.name, original))
            setattr(owner, replacement.name, replacement.make(original))

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Give all functions back, the last first."""
        while self._originals:
            setattr(*self._originals.pop())
