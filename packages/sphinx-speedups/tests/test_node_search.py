"""The loops that replace docutils' searches find the same nodes in the same order, even if the tree is changed."""

from __future__ import annotations

import random
from typing import Any

from docutils import nodes
from sphinx.util.nodes import NodeMatcher

from sphinx_speedups.node_search import fast_findall, findall, superfast_findall

KINDS = (nodes.section, nodes.paragraph, nodes.emphasis, nodes.literal_block)
FAST: Any = vars(nodes.Node)["_fast_findall"]
SUPERFAST: Any = vars(nodes.Node)["_superfast_findall"]
FINDALL: Any = vars(nodes.Node)["findall"]
TYPES = (nodes.Node, nodes.paragraph, nodes.Text, nodes.Element)
CONDITIONS: tuple[Any, ...] = (
    lambda node: isinstance(node, nodes.paragraph | nodes.Text),
    lambda node: not isinstance(node, nodes.section),
    lambda node: False,
    NodeMatcher(nodes.emphasis),
    nodes.literal_block,
    None,
)
WAYS: tuple[dict[str, bool], ...] = (
    {},
    {"include_self": False},
    {"descend": False},
    {"siblings": True},
    {"ascend": True},
)
SEARCHES = [
    *((f"by type {kind.__name__}", fast_findall(FAST), FAST, (kind,), {}) for kind in TYPES),
    ("all", superfast_findall(SUPERFAST), SUPERFAST, (), {}),
    *(
        (f"condition {number}, {way}", findall(FINDALL), FINDALL, (condition,), way)
        for number, condition in enumerate(CONDITIONS)
        for way in WAYS
    ),
]


def tree(chooser: random.Random, depth: int = 0) -> nodes.Element:
    node: nodes.Element = chooser.choice(KINDS)()
    for _ in range(chooser.randrange(4) if depth < 7 else 0):
        node += nodes.Text("text") if chooser.random() < 0.3 else tree(chooser, depth + 1)
    return node


def change(chooser: random.Random, node: nodes.Node, number: int) -> None:
    """Change the tree near a node that has just been found, as transforms do while they search on."""
    parent = node.parent
    place = next((n for n, child in enumerate(parent.children) if child is node), -1) if parent is not None else -1
    choice = chooser.randrange(5)
    if choice == 0 and isinstance(node, nodes.Element):
        node.append(nodes.paragraph("", f"new {number}"))
    elif choice == 1 and place >= 0:
        parent.insert(place, nodes.emphasis("", f"before {number}"))
    elif choice == 2 and place >= 0:
        parent[place : place + 1] = [nodes.section("", nodes.paragraph("", f"instead {number}"))]
    elif choice == 3 and isinstance(node, nodes.Element):
        node.children = []


def found(search: Any, arguments: tuple[Any, ...], way: dict[str, bool], seed: int) -> list[str]:
    """Search a tree made from a seed while it changes, and return what is found."""
    chooser, names = random.Random(seed), []  # noqa: S311  repeatable, not secret
    for number, node in enumerate(search(tree(chooser), *arguments, **way)):
        names.append(f"{type(node).__name__}: {node.astext()[:40]}")
        if number > 300:  # a tree can grow faster than it is searched
            break
        if chooser.random() < 0.2:
            change(chooser, node, number)
    return names


def test_the_same_nodes_are_found_in_the_same_order_while_the_tree_changes() -> None:
    for seed in range(30):
        for name, ours, theirs, arguments, way in SEARCHES:
            expected = found(theirs, arguments, way, seed)
            assert found(ours, arguments, way, seed) == expected, f"{name}, seed {seed}"
