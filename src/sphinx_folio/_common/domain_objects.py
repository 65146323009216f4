"""The objects of a domain, listed once for all extensions that need them after the pages have been read.

To list the titles of pages, Sphinx copies each of them, which takes long on a large site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from sphinx.domains import Domain

DomainObject = tuple[str, str, str, str, str, int]
"""An object as ``Domain.get_objects`` yields it: name, title, type, page, anchor and priority."""

_listed: WeakKeyDictionary[Domain, tuple[dict[str, int], list[DomainObject]]] = WeakKeyDictionary()
"""Domain → the times at which the pages were read, and the objects."""


def objects_of(domain: Domain) -> list[DomainObject]:
    """Return the objects of a domain; call it only between the event ``env-updated`` and the end of the build."""
    read = dict(domain.env.all_docs)
    if domain not in _listed or _listed[domain][0] != read:
        _listed[domain] = (read, list(domain.get_objects()))
    return _listed[domain][1]
