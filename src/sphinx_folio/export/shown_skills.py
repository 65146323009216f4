"""Show the skills of a job or project on paper once: in a line at its end.

On a page, each highlight has its skills as tags that lead to more. On paper, a line of them below each bullet would
repeat what the bullet says, and take the room of another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.cjk import UNSPACED, UNSPACED_CHARACTERS
from sphinx_folio._common.i18n import _
from sphinx_folio.doctree.elements import field as labeled
from sphinx_folio.doctree.elements import has_class, is_entry, joined
from sphinx_folio.doctree.nodes import folio_entry
from sphinx_folio.portfolio.queries.base import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PARTS = {"highlight", "evidence"}
"""The types of entries that are part of another one."""
_OMITTED = (nodes.raw, nodes.Invisible, nodes.system_message, addnodes.index, addnodes.only)
_LETTER = rf"[^\W{UNSPACED_CHARACTERS}]"
"""Other letters, and digits: next to one, a name is only a part of a word."""
_MOST_EXACT = 3
"""The maximum length of a name that is the same only in its own case: Go, R and SQL, but not go."""


@dataclass(slots=True)
class _Group:
    """An entry and what follows it up to the next one: texts, and tags of skills."""

    parent: nodes.Element
    last: nodes.Node | None = None
    """The last child of the parent that belongs to it."""
    texts: list[str] = field(default_factory=list)
    tags: list[nodes.Node] = field(default_factory=list)
    is_row: bool = False
    """Whether the entry is one line of a list, as a certificate is."""


def gather_skills(document: nodes.document, first: Sequence[str]) -> None:
    """Replace the tags of entries and their highlights by at most one line for each job, project or other entry.

    The line follows the highlights and has all their skills, each once. An entry that is one line of a list, such as a
    certificate, has a line only for skills that the document names nowhere.

    Args:
        document: The page, with listings filled and references resolved; it is modified.
        first: The names of the skills that come first.
    """
    groups: list[_Group] = []
    _collect(document, None, groups)
    whole = "\n".join(text for group in groups for text in group.texts)
    for group in groups:
        tags = {tag.astext(): tag for tag in group.tags}
        shown = [tag for name, tag in tags.items() if not (group.is_row and _names(whole, name))]
        shown.sort(key=lambda tag: rank(first, (tag.astext(),)))
        if shown and group.last is not None:
            line = nodes.paragraph("", "", *joined(shown, str(_(", "))))
            _add(labeled(str(_("Skills")), line), group.parent, group.last)


def _add(line: nodes.Element, parent: nodes.Element, last: nodes.Node) -> None:
    """Add a line after the last node of a group; in a list, at the end of its item."""
    if isinstance(last, nodes.list_item):
        last += line
    else:
        parent.insert(parent.index(last) + 1, line)


def _collect(parent: nodes.Element, group: _Group | None, groups: list[_Group]) -> None:
    """Add the groups inside an element to a list, and remove their tags.

    Args:
        parent: The element.
        group: The group around it, to which its content belongs up to the first entry; None if there is none.
        groups: The groups so far.
    """
    title = parent.next_node(nodes.title) if isinstance(parent, nodes.section) else None
    for child in list(parent.children):
        if isinstance(child, _OMITTED) or is_entry(child, "evidence"):
            continue
        if isinstance(child, nodes.section):
            group = _new_group(child, groups)
            _collect(child, group, groups)
        elif isinstance(child, nodes.Element) and _opens_group(child):
            own = _new_group(parent, groups, [title.astext()] if title is not None else [])
            own.last = child
            own.is_row = any(has_class(line, "folio-named") for line in child.children)
            _collect(child, own, groups)
            group = group if isinstance(parent, folio_entry) else own
        elif group is not None and _is_tags(child):
            group.tags += _tags_in(child)
            _remove(child)
        elif isinstance(child, nodes.TextElement):
            if group is not None:
                group.texts.append(child.astext())
        elif isinstance(child, nodes.Element):
            _collect(child, group, groups)
        if group is not None and group.parent is parent and child.parent is parent:
            group.last = child


def _new_group(parent: nodes.Element, groups: list[_Group], texts: Iterable[str] = ()) -> _Group:
    groups.append(_Group(parent, texts=[*texts]))
    return groups[-1]


def _opens_group(node: nodes.Element) -> bool:
    """Return whether a node is an entry of its own, or a card that shows one."""
    return (isinstance(node, folio_entry) and node["objtype"] not in _PARTS) or has_class(node.parent, "folio-cards")


def _is_tags(node: nodes.Node) -> bool:
    """Return whether a node is the tags of an entry; those of a listing of skills are what it lists."""
    around = node.parent
    is_row = any(has_class(around.parent, name) for name in ("folio-cards", "folio-highlights"))
    return has_class(node, "folio-tags") and (is_row or isinstance(around, folio_entry | nodes.field_body))


def _tags_in(line: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the tags of a line, which are links or texts, without the separators between them."""
    return (tag for tag in line.children if not has_class(tag, "folio-separator"))


def _remove(line: nodes.Node) -> None:
    """Remove a line of tags, with its label if it is a field."""
    node = line.parent.parent if isinstance(line.parent, nodes.field_body) else line
    node.parent.remove(node)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    before = "" if UNSPACED.match(name[0]) else rf"(?<!{_LETTER})"
    plural = "s?" if len(name) > _MOST_EXACT and name[-1].isascii() and name[-1].isalpha() else ""
    after = "" if UNSPACED.match(name[-1]) or not name[-1].isalnum() else rf"(?!{_LETTER})"
    other = "(?![&-])" if len(name) == 1 else ""  # neither R&D nor C-level
    flags = re.IGNORECASE if len(name) > _MOST_EXACT else re.NOFLAG
    return re.compile(rf"{before}{re.escape(name)}{plural}{after}(?![+#]){other}", flags)


def _names(text: str, name: str) -> bool:
    return bool(name) and _pattern(name).search(text) is not None
