"""Search for nodes with a loop and a stack; docutils nests one generator per level of the tree.

The results and their order are the same, even if the tree changes during a search.

Upstream: docutils could do the same in ``Node.findall``.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, cast

from sphinx_speedups.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes


def search_by_type(self: nodes.Node, cls: type | tuple[type, ...]) -> Iterator[nodes.Node]:
    """Yield a node and its descendants of a type, in document order."""
    if isinstance(self, cls):
        yield self
    stack = [iter(self.children)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, cls):
                yield child
            if child.children:
                stack.append(iter(child.children))
                break
        else:
            stack.pop()


def fast_findall(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a replacement for ``Node._fast_findall``."""
    return search_by_type


def superfast_findall(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a replacement for ``Node._superfast_findall``."""

    def search_all(self: nodes.Node) -> Iterator[nodes.Node]:
        yield self
        stack = [iter(self.children)]
        while stack:
            for child in stack[-1]:
                yield child
                if child.children:
                    stack.append(iter(child.children))
                    break
            else:
                stack.pop()

    return search_all


def findall(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a replacement for ``Node.findall``; it handles conditions that are functions, as most of Sphinx's are.

    The original handles conditions that are types (it calls the patched functions above) and all other options.
    """

    def find(
        self: nodes.Node,
        condition: Any = None,
        include_self: bool = True,
        descend: bool = True,
        siblings: bool = False,
        ascend: bool = False,
    ) -> Iterator[nodes.Node]:
        if not (include_self and descend) or siblings or ascend or isinstance(condition, type) or condition is None:
            return cast("Iterator[nodes.Node]", original(self, condition, include_self, descend, siblings, ascend))
        if not callable(condition):  # docutils 0.23 accepts tuples of types
            return cast("Iterator[nodes.Node]", original(self, condition))
        return _search_by_condition(self, condition)

    return find


def _search_by_condition(self: nodes.Node, condition: Callable[[nodes.Node], bool]) -> Iterator[nodes.Node]:
    """Yield a node and its descendants that meet a condition.

    Children are accessed by index, as in docutils, so that replaced children are found.
    """
    if condition(self):
        yield self
    if not self.children:
        return
    stack: list[tuple[nodes.Node, Iterator[int]]] = [(self, count())]
    while stack:
        parent, indexes = stack[-1]
        index = next(indexes)
        if index >= len(parent.children):
            stack.pop()
            continue
        child = parent.children[index]
        if condition(child):
            yield child
        if child.children:
            stack.append((child, count()))


PATCHES = (
    Patch(
        owner="docutils.nodes:Node",
        name="_fast_findall",
        known=frozenset({"6a2dcc10f1cc5b65", "128208a0bb3bc802", "621bcac81115e11d"}),  # docutils 0.20-0.23
        make_replacement=fast_findall,
    ),
    Patch(
        owner="docutils.nodes:Node",
        name="_superfast_findall",
        known=frozenset({"3535df779fbd3347", "4a7a23a55d91503b"}),  # docutils 0.20-0.23
        make_replacement=superfast_findall,
    ),
    Patch(
        owner="docutils.nodes:Node",
        name="findall",
        known=frozenset({"c68fc2b1669cb999", "4d339999411eb72a", "a6122fe04f8edd6d"}),  # docutils 0.20-0.23
        make_replacement=findall,
    ),
)
