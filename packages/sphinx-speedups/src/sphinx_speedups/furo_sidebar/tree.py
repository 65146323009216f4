"""The tree of furo's sidebar as strings: parsed once, as it is for a page outside of it, then marked for each page.

It knows the form of furo's tree (nested ``ul`` and ``li``, a checkbox in each ``li`` with a ``ul``), but not Sphinx.
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
    """An entry of the tree, or the tree itself, as strings and the entries within; an entry's first part opens it."""

    parts: list[str | Entry] = field(default_factory=list)
    target: str | None = None
    link: int = 0
    """The index of the link among the parts; 0 if there is none."""
    checkbox: int = 0
    """The index of the checkbox among the parts; 0 if there is none."""
    plain: str = ""
    """The markup on pages that are elsewhere."""

    def children(self) -> list[Entry]:
        """Return the entries right below."""
        return [part for part in self.parts if isinstance(part, Entry)]

    def listed(self, index: int) -> Iterator[Entry]:
        """Yield the entries of the list that a part opens."""
        for part in self.parts[index + 1 :]:
            if part == "</ul>":
                return
            if isinstance(part, Entry):
                yield part


class Tree:
    """A sidebar's tree for the pages of a folder."""

    def __init__(self, root: Entry) -> None:
        """Take a tree."""
        self._root = root
        self._paths: dict[str, list[list[Entry]]] = {}
        self._note_paths(root, [])
        _render_plain(root)

    @classmethod
    def parse(cls, markup: str, to_root: str = "") -> Tree:
        """Return the tree of its markup, as it is for a page that is not in it.

        Args:
            markup: The tree as furo writes it.
            to_root: The beginning of its internal addresses, which leads to the root of the site.
        """
        return cls(_parse(markup, to_root))

    def relinked(self, relink: Callable[[str], str]) -> Tree:
        """Return the tree with other addresses: ``relink`` gets one from the root and returns the one to write."""
        return Tree(_relinked(self._root, relink))

    def at(self, target: str) -> str:
        """Return the markup for a page, given its address from the root."""
        paths = self._paths.get(target, [])
        if not paths:
            return self._root.plain
        marked = {id(entry) for path in paths for entry in path}
        pages = {id(path[-1]) for path in paths}
        return _marked(self._root, marked, pages, id(paths[-1][-1]))

    def _note_paths(self, entry: Entry, path: list[Entry]) -> None:
        for child in entry.children():
            below = [*path, child]
            if child.target is not None and "#" not in child.target:
                self._paths.setdefault(child.target, []).append(below)
            self._note_paths(child, below)


def _render_plain(entry: Entry) -> None:
    for child in entry.children():
        _render_plain(child)
    entry.plain = "".join(part.plain if isinstance(part, Entry) else part for part in entry.parts)


def _marked(entry: Entry, marked: Collection[int], pages: Collection[int], last: int) -> str:
    """Return the markup of an entry on the path to the page, or of the tree."""
    pieces = []
    for index, part in enumerate(entry.parts):
        if isinstance(part, Entry):
            pieces.append(_marked(part, marked, pages, last) if id(part) in marked else part.plain)
            continue
        text = part
        if entry.link:  # an entry, not the tree itself
            if index == 0:
                text = _as_current_entry(text, is_last=id(entry) == last)
            elif index == entry.link and id(entry) in pages:
                text = _as_current_link(text)
            elif index == entry.checkbox and entry.checkbox:
                text = text.replace(' class="toctree-checkbox"', ' checked="" class="toctree-checkbox"')
        if text.startswith("<ul") and any(id(child) in marked for child in entry.listed(index)):
            text = '<ul class="current">'
        pieces.append(text)
    return "".join(pieces)


def _as_current_entry(tag: str, *, is_last: bool) -> str:
    """Return the tag that opens an entry, marked."""
    classes = _CLASS.search(tag)
    names = classes[1].split() if classes else []
    place = 1 if names else 0
    names[place:place] = ["current"]
    if is_last:
        names.append("current-page")
    return f'<li class="{" ".join(names)}">'


def _as_current_link(tag: str) -> str:
    """Return a link as Sphinx writes it on the page to which it leads."""
    return _HREF.sub('href="#"', _CLASS.sub(lambda match: f'class="current {match[1]}"', tag))


def _parse(markup: str, to_root: str) -> Entry:
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
            address = _HREF.search(piece)
            if address and "internal" in piece:
                entry.target = unescape(address[1]).removeprefix(to_root)
        elif piece.startswith("<input"):
            entry.checkbox = index
        elif piece == "</li>":
            stack.pop()
    return root


def _relinked(entry: Entry, relink: Callable[[str], str]) -> Entry:
    """Return a copy of an entry and all within, with other addresses."""
    parts: list[str | Entry] = [_relinked(part, relink) if isinstance(part, Entry) else part for part in entry.parts]
    if entry.target is not None:
        address = relink(entry.target)
        parts[entry.link] = _HREF.sub(lambda _: f'href="{address}"', str(parts[entry.link]))
    return Entry(parts, entry.target, entry.link, entry.checkbox)
