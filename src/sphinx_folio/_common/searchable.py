"""What an extension can tell search beyond Sphinx's domain API: mix these into its nodes and implement these methods.

Search finds the objects of every domain by ``Domain.get_objects()``. A node that is a :class:`SearchableNode`, and a
domain that is a :class:`SearchableDomain`, add what that method cannot say: keywords, skills and dates.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable


class SearchEntry(NamedTuple):
    """What search keeps of a node that describes an object."""

    node_id: str
    """The anchor of the object on its page."""
    objtype: str
    """A type of object of the node's domain; it is also the kind of the result."""
    key: str
    """The name by which the domain knows the object."""
    keywords: tuple[str, ...] = ()
    """Other names of the object."""
    skills: tuple[str, ...] = ()
    """The keys of the objects of type ``skill`` that readers can narrow results to."""


class SearchableNode:
    """A doctree node that describes one object; the text within it is found as a result of its own."""

    def search_entry(self) -> SearchEntry:
        """Return what search keeps of the object, beside the text of the node."""
        raise NotImplementedError


class UnsearchedNode:
    """A doctree node that search passes over, such as a listing of what other pages say."""


class Facts(NamedTuple):
    """What a domain knows of an object once all pages are read."""

    name: str
    """What the object is called; if empty, it is shown by the section that it is in."""
    keywords: tuple[str, ...] = ()
    """Other names that only the domain knows."""
    text: str = ""
    """Words that the node of the object does not hold."""
    dates: tuple[str, ...] = ()
    """The first and the last date, as ISO 8601; the last is empty while it goes on."""
    is_subject: bool = False
    """Whether a page of the same name is about the object alone, so that one result does for both."""
    repeats_name: bool = False
    """Whether the node shows the name, which the snippet then leaves out."""


@runtime_checkable
class SearchableDomain(Protocol):
    """A domain that tells search more of its objects; references to them are found by what the objects are called."""

    name: str

    def search_facts(self, objtype: str, key: str) -> Facts | None:
        """Return what is known of an object, or None if there is none."""

    def state(self) -> str:
        """Return a digest of all that :meth:`search_facts` depends on."""
