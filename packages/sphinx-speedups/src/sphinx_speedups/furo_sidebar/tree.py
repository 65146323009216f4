"""The tree of furo's sidebar as strings: parse it once without a current page, then render it for each page.

This module depends on the HTML of furo's tree (nested ``ul`` and ``li``, a checkbox in each ``li`` with a ``ul``), but
not on Sphinx.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_TAG = re.compile(r"(<[^>]*>)")
_HREF = re.compile(r'href="([^"]*)"')
_CLASS = re.compile(r'class="([^"]*)"')


@dataclass(slots=True)
class Entry:
    """An entry of the tree (a ``li`` element) or its root."""

    parts: list[str | Entry] = field(default_factory=list)
    """The content: tags, texts and nested entries. The first part of an entry is its ``<li>`` tag."""
    target: str | None = None
    """The URL of its internal link, relative to the root of the site; None if it has no internal link."""
    link: int = 0
    """The index of the link in ``parts``; 0 if there is none."""
    checkbox: int = 0
    """The index of the checkbox in ``parts``; 0 if there is none."""
    plain: str = ""
    """The HTML without the marks of a current page, for pages that are not in this entry."""

    def children(self) -> list[Entry]:
        """Return the entries that are direct children."""
        return [part for part in self.parts if isinstance(part, Entry)]

    def entries_of_list(self, index: int) -> Iterator[Entry]:
        """Yield the entries of the list whose ``<ul>`` tag is the part at an index."""
        for part in self.parts[index + 1 :]:
            if part == "</ul>":
                return
            if isinstance(part, Entry):
                yield part


class Tree:
    """The tree of a sidebar, with URLs relative to a folder."""

    def __init__(self, root: Entry) -> None:
        """Index the entries by their targets, and render them without the marks of a current page."""
        self._root = root
        self._paths: dict[str, list[list[Entry]]] = {}
        self._index_paths(root, [])
        _set_plain(root)

    @classmethod
    def parse(cls, markup: str, to_root: str = "") -> Tree:
        """Parse a tree without a current page.

        Args:
            markup: The HTML from furo's ``get_navigation_tree``.
            to_root: The relative URL of the root of the site, a prefix of all internal URLs in the HTML.
        """
        return cls(_parse(markup, to_root))

    def with_urls(self, make_url: Callable[[str], str]) -> Tree:
        """Return a copy with other URLs: ``make_url`` takes a URL relative to the root and returns the new one."""
        return Tree(_with_urls(self._root, make_url))

    def render(self, target: str) -> str:
        """Return the HTML for a page, given its URL relative to the root."""
        paths = self._paths.get(target, [])
        if not paths:
            return self._root.plain
        on_path = {id(entry) for path in paths for entry in path}
        current = {id(path[-1]) for path in paths}
        return _render(self._root, on_path, current, id(paths[-1][-1]))

    def _index_paths(self, entry: Entry, path: list[Entry]) -> None:
        """Store the path to each entry below an entry; a path ends with the entry and does not contain the root."""
        for child in entry.children():
            child_path = [*path, child]
            if child.target is not None and "#" not in child.target:
                self._paths.setdefault(child.target, []).append(child_path)
            self._index_paths(child, child_path)


def _set_plain(entry: Entry) -> None:
    """Set the attribute ``plain`` of an entry and of all entries below."""
    for child in entry.children():
        _set_plain(child)
    entry.plain = "".join(part.plain if isinstance(part, Entry) else part for part in entry.parts)


def _render(entry: Entry, on_path: Collection[int], current: Collection[int], last: int) -> str:
    """Return the HTML of the root, or of an entry on the path to the current page.

    Args:
        entry: The entry or the root.
        on_path: The ids of all entries that contain or are the current page.
        current: The ids of the entries that are the current page.
        last: The id of the last entry of ``current``; only this one gets the class ``current-page``.
    """
    pieces = []
    for index, part in enumerate(entry.parts):
        if isinstance(part, Entry):
            pieces.append(_render(part, on_path, current, last) if id(part) in on_path else part.plain)
            continue
        text = part
        if entry.link:  # not the root
            if index == 0:
                text = _mark_entry(text, is_last=id(entry) == last)
            elif index == entry.link and id(entry) in current:
                text = _mark_link(text)
            elif index == entry.checkbox and entry.checkbox:
                text = text.replace(' class="toctree-checkbox"', ' checked="" class="toctree-checkbox"')
        if text.startswith("<ul") and any(id(child) in on_path for child in entry.entries_of_list(index)):
            text = '<ul class="current">'
        pieces.append(text)
    return "".join(pieces)


def _mark_entry(tag: str, *, is_last: bool) -> str:
    """Return the ``<li>`` tag of an entry on the path to the current page, with the classes that mark it."""
    classes = _CLASS.search(tag)
    names = classes[1].split() if classes else []
    index = 1 if names else 0
    names[index:index] = ["current"]
    if is_last:
        names.append("current-page")
    return f'<li class="{" ".join(names)}">'


def _mark_link(tag: str) -> str:
    """Return an ``<a>`` tag as Sphinx writes a link to the current page: class ``current``, URL ``#``."""
    return _HREF.sub('href="#"', _CLASS.sub(lambda match: f'class="current {match[1]}"', tag))


def _parse(markup: str, to_root: str) -> Entry:
    """Return the root; see :meth:`Tree.parse`."""
    root = Entry()
    stack = [root]
    for piece in filter(None, _TAG.split(markup)):
        entry = stack[-1]
        if piece.startswith("<li"):
            child = Entry([piece])
            entry.parts.append(child)
            stack.append(child)
            continue
        entry.parts.append(piece)
        index = len(entry.parts) - 1
        if piece.startswith("<a ") and not entry.link and entry is not root:
            entry.link = index
            href = _HREF.search(piece)
            if href and "internal" in piece:
                entry.target = unescape(href[1]).removeprefix(to_root)
        elif piece.startswith("<input"):
            entry.checkbox = index
        elif piece == "</li>":
            stack.pop()
    return root


def _with_urls(entry: Entry, make_url: Callable[[str], str]) -> Entry:
    """Return a copy of an entry and of all entries below, with other URLs."""
    parts: list[str | Entry] = [_with_urls(part, make_url) if isinstance(part, Entry) else part for part in entry.parts]
    if entry.target is not None:
        url = make_url(entry.target)
        parts[entry.link] = _HREF.sub(lambda _: f'href="{url}"', str(parts[entry.link]))
    return Entry(parts, entry.target, entry.link, entry.checkbox)
