"""The tree of a sidebar: made once as it is for a page outside of it, then marked for each by exchanging strings.

Pure: it knows the form of furo's tree (nested ``ul`` and ``li``, a switch for each ``li`` with a ``ul``), not Sphinx.
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
class Part:
    """An entry of the tree, or the tree itself, as strings and the entries within.

    ``link`` is the place of the entry's link among its parts, ``switch`` that of the switch; the list of what is below
    begins at ``below`` and ends before ``end``. All are 0 where there is none; the first part opens the entry.
    """

    parts: list[str | Part] = field(default_factory=list)
    target: str | None = None
    link: int = 0
    switch: int = 0
    below: int = 0
    end: int = 0
    plain: str = ""

    def children(self) -> list[Part]:
        """Return the entries right below."""
        return [part for part in self.parts if isinstance(part, Part)]

    def listed(self, place: int) -> Iterator[Part]:
        """Yield the entries of the list that a part opens."""
        for piece in self.parts[place + 1 :]:
            if piece == "</ul>":
                return
            if isinstance(piece, Part):
                yield piece


class Tree:
    """A sidebar's tree for the pages of a folder."""

    def __init__(self, root: Part, most: int) -> None:
        """Take a tree; an entry with more than ``most`` entries below is shown closed (0: none is)."""
        self._most = most
        self._root = root
        self._ways: dict[str, list[list[Part]]] = {}
        self._note_ways(root, [])
        self._prepare(root)

    @classmethod
    def parse(cls, markup: str, most: int, way_up: str = "") -> Tree:
        """Return the tree of its markup, as it is for a page that is not in it.

        Args:
            markup: The tree as furo writes it.
            most: How many entries may stand below one that is shown open; 0 for any number.
            way_up: How addresses in it begin that lead to the root.
        """
        return cls(_parse(markup, way_up), most)

    def relinked(self, relink: Callable[[str], str]) -> Tree:
        """Return the tree with other addresses: ``relink`` gives for an address from the root the one to write."""
        return Tree(_relinked(self._root, relink), self._most)

    def without_limit(self) -> Tree:
        """Return the tree with every part open."""
        return Tree(_relinked(self._root, None), 0)

    def at(self, target: str) -> str:
        """Return the tree as a page shows it, whose address from the root is given."""
        ways = self._ways.get(target, [])
        if not ways:
            return self._root.plain
        marked = {id(part) for way in ways for part in way}
        pages = {id(way[-1]) for way in ways}
        last = id(ways[-1][-1])
        return self._marked(self._root, marked, pages, last)

    def _note_ways(self, part: Part, way: list[Part]) -> None:
        for child in part.children():
            below = [*way, child]
            if child.target is not None and "#" not in child.target:
                self._ways.setdefault(child.target, []).append(below)
            self._note_ways(child, below)

    def _prepare(self, part: Part) -> None:
        """Keep the markup of each entry as it stands on pages that are elsewhere."""
        closed = self._is_closed(part)
        for child in part.children():
            self._prepare(child)
        shown = part.parts
        if closed:
            shown = [_without_class(str(shown[0]), "has-children"), *shown[1 : part.switch], *shown[part.end :]]
        part.plain = "".join(piece.plain if isinstance(piece, Part) else piece for piece in shown)

    def _is_closed(self, part: Part) -> bool:
        return bool(self._most and part.below and len(part.children()) > self._most)

    def _marked(self, part: Part, marked: Collection[int], pages: Collection[int], last: int) -> str:
        """Return the markup of an entry on the way to the page, or of the tree."""
        pieces = []
        closed = self._is_closed(part)
        inside = any(id(child) in marked for child in part.children())
        skipping = False
        for place, piece in enumerate(part.parts):
            if isinstance(piece, Part):
                skipping = closed and id(piece) not in marked
                if skipping:
                    continue
                pieces.append(self._marked(piece, marked, pages, last) if id(piece) in marked else piece.plain)
                continue
            if (closed and not inside and part.switch <= place < part.end) or (skipping and not piece.strip()):
                continue  # the list and its switch; white space behind an entry left out
            text = piece
            if part.link:  # an entry, not the tree itself
                if place == 0:
                    text = self._opened(text, is_last=id(part) == last, shows_list=not closed or inside)
                elif place == part.link and id(part) in pages:
                    text = _as_current_link(text)
                elif place == part.switch and part.switch:
                    text = text.replace(' class="toctree-checkbox"', ' checked="" class="toctree-checkbox"')
            if text.startswith("<ul") and any(id(child) in marked for child in part.listed(place)):
                text = '<ul class="current">'
            pieces.append(text)
        return "".join(pieces)

    @staticmethod
    def _opened(text: str, *, is_last: bool, shows_list: bool) -> str:
        """Return the tag that opens an entry, marked."""
        if not shows_list:
            text = _without_class(text, "has-children")
        classes = _CLASS.search(text)
        names = classes[1].split() if classes else []
        at = 1 if names else 0
        names[at:at] = ["current"]
        if is_last:
            names.append("current-page")
        return f'<li class="{" ".join(names)}">'


def _without_class(tag: str, name: str) -> str:
    return _CLASS.sub(lambda match: f'class="{" ".join(word for word in match[1].split() if word != name)}"', tag)


def _as_current_link(tag: str) -> str:
    """Return a link as Sphinx writes it to the page on which it stands."""
    return _HREF.sub('href="#"', _CLASS.sub(lambda match: f'class="current {match[1]}"', tag))


def _parse(markup: str, way_up: str) -> Part:
    root = Part()
    stack = [root]
    for piece in _TAG.split(markup):
        part = stack[-1]
        if piece.startswith("<li"):
            entry = Part([piece])
            part.parts.append(entry)
            stack.append(entry)
            continue
        if not piece:
            continue
        part.parts.append(piece)
        place = len(part.parts) - 1
        if piece.startswith("<a ") and not part.link and part is not root:
            part.link = place
            address = _HREF.search(piece)
            if address and "internal" in piece:
                part.target = unescape(address[1]).removeprefix(way_up)
        elif piece.startswith("<input"):
            part.switch = place
        elif piece.startswith("<ul") and not part.below:
            part.below = place
        elif piece == "</ul>":
            part.end = place + 1
        elif piece == "</li>":
            stack.pop()
    return root


def _relinked(part: Part, relink: Callable[[str], str] | None) -> Part:
    """Return a copy of an entry and all within, with other addresses if asked for."""
    parts: list[str | Part] = [_relinked(piece, relink) if isinstance(piece, Part) else piece for piece in part.parts]
    if part.target is not None and relink:
        address = relink(part.target)
        parts[part.link] = _HREF.sub(lambda _: f'href="{address}"', str(parts[part.link]))
    return Part(parts, part.target, part.link, part.switch, part.below, part.end)
