"""The interface by which other extensions add data to the search index, beyond Sphinx's domain API.

Search finds the objects of every domain with ``Domain.get_objects()``. Nodes that inherit from :class:`SearchableNode`
and domains that implement :class:`SearchableDomain` add keywords, skills and dates, which that method lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes


class SearchEntry(NamedTuple):
    """The index entry of a node that describes an object."""

    node_id: str
    """The anchor of the object on its page."""
    objtype: str
    """An object type of the node's domain; it is also the kind of the search result."""
    key: str
    """The object's name in the domain."""
    keywords: tuple[str, ...] = ()
    """Other names of the object."""
    skills: tuple[str, ...] = ()
    """The keys of the objects of type ``skill`` by which readers can filter results."""


class SearchableNode:
    """A mixin for doctree nodes that describe one object; the node's text becomes a separate search result."""

    def search_entry(self) -> SearchEntry:
        """Return the index entry of the object; search adds the text of the node."""
        raise NotImplementedError


class UnsearchedNode:
    """A mixin for doctree nodes that search skips, such as listings that repeat text of other pages."""


class FilledNode(UnsearchedNode):
    """A mixin for doctree nodes that get their content after all pages are read, by a :class:`FillingDomain`."""

    domain: str
    """The name of the domain."""
    is_about_page = False
    """Whether its content is about the whole page, wherever it stands, and not about the section around it."""

    def search_request(self) -> str:
        """Return what :meth:`FillingDomain.search_nodes` needs to know; empty if the content repeats other pages."""
        raise NotImplementedError

    def search_skills(self) -> tuple[str, ...]:
        """Return the keys of the skills by which readers can find the section around it."""
        return ()


class Facts(NamedTuple):
    """The facts that a domain has about an object once all pages are read."""

    name: str
    """The object's display name; if empty, the title of its section is shown."""
    keywords: tuple[str, ...] = ()
    """Other names, which the node does not contain."""
    text: str = ""
    """Additional text, which the node does not contain."""
    dates: tuple[str, ...] = ()
    """The first and the last date in ISO 8601 format; the last is empty if the period is ongoing."""
    is_subject: bool = False
    """Whether a page of the same name is only about this object, so that both share one search result."""
    repeats_name: bool = False
    """Whether the text of the node begins with the name, which the snippet then omits."""


@runtime_checkable
class SearchableDomain(Protocol):
    """A domain that provides facts about its objects to search; search also indexes references by the object's name."""

    name: str

    def search_facts(self, objtype: str, key: str) -> Facts | None:
        """Return the facts about an object, or None if there is no such object."""

    def state(self) -> str:
        """Return a digest of all data that :meth:`search_facts` depends on."""


@runtime_checkable
class FillingDomain(Protocol):
    """A domain that fills nodes of pages, see :class:`FilledNode`; its ``state()`` covers their content."""

    name: str

    def search_nodes(self, docname: str, request: str) -> Sequence[nodes.Node]:
        """Return the content of a node on a page."""
