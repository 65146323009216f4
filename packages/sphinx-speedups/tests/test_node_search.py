"""The searches find the same nodes in the same order as docutils, even if the tree changes during the search."""

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
OPTIONS: tuple[dict[str, bool], ...] = (
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
        (f"condition {number}, {options}", findall(FINDALL), FINDALL, (condition,), options)
        for number, condition in enumerate(CONDITIONS)
        for options in OPTIONS
    ),
]


def tree(rng: random.Random, depth: int = 0) -> nodes.Element:
    node: nodes.Element = rng.choice(KINDS)()
    for _ in range(rng.randrange(4) if depth < 7 else 0):
        node += nodes.Text("text") if rng.random() < 0.3 else tree(rng, depth + 1)
    return node


def change(rng: random.Random, node: nodes.Node, number: int) -> None:
    """Change the tree near a node that has just been found, as transforms do during a search."""
    parent = node.parent
    index = next((n for n, child in enumerate(parent.children) if child is node), -1) if parent is not None else -1
    choice = rng.randrange(5)
    if choice == 0 and isinstance(node, nodes.Element):
        node.append(nodes.paragraph("", f"new {number}"))
    elif choice == 1 and index >= 0:
        parent.insert(index, nodes.emphasis("", f"before {number}"))
    elif choice == 2 and index >= 0:
        parent[index : index + 1] = [nodes.section("", nodes.paragraph("", f"instead {number}"))]
    elif choice == 3 and isinstance(node, nodes.Element):
        node.children = []


def found(search: Any, arguments: tuple[Any, ...], options: dict[str, bool], seed: int) -> list[str]:
    """Search a random tree while it changes; return the nodes that are found."""
    rng, names = random.Random(seed), []  # noqa: S311  reproducible, not for cryptography
    for number, node in enumerate(search(tree(rng), *arguments, **options)):
        names.append(f"{type(node).__name__}: {node.astext()[:40]}")
        if number > 300:  # a tree can grow faster than it is searched
            break
        if rng.random() < 0.2:
            change(rng, node, number)
    return names


def test_the_same_nodes_are_found_in_the_same_order_while_the_tree_changes() -> None:
    for seed in range(30):
        for name, ours, theirs, arguments, options in SEARCHES:
            expected = found(theirs, arguments, options, seed)
            assert found(ours, arguments, options, seed) == expected, f"{name}, seed {seed}"
