"""What takes the place of other packages' functions does the same."""

from __future__ import annotations

import random
import sys
from types import ModuleType
from typing import Any

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document
from sphinx.util.nodes import NodeMatcher

from sphinx_folio.sources import digest_of_function
from sphinx_folio.thrift.replacing import Replacement, Replacing
from sphinx_folio.thrift.savings import find_all, find_by_condition, find_by_type, settings_of_myst, shares


def chooser_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  replayable, not secret


BY_TYPE: Any = vars(nodes.Node)["_fast_findall"]
ALL: Any = vars(nodes.Node)["_superfast_findall"]
KINDS = (nodes.section, nodes.paragraph, nodes.emphasis, nodes.literal_block)


def tree(chooser: random.Random, depth: int = 0) -> nodes.Element:
    node: nodes.Element = chooser.choice(KINDS)()
    for _ in range(chooser.randrange(4) if depth < 7 else 0):
        node += nodes.Text("text") if chooser.random() < 0.3 else tree(chooser, depth + 1)
    return node


def change(chooser: random.Random, node: nodes.Node, number: int) -> None:
    """Change the tree near a node that has just been found, as transforms do while they look for more."""
    parent = node.parent
    there = parent is not None and any(child is node for child in parent.children)
    place = next(n for n, child in enumerate(parent.children) if child is node) if there else 0
    choice = chooser.randrange(5)
    if choice == 0 and isinstance(node, nodes.Element):
        node.append(nodes.paragraph("", f"new {number}"))
    elif choice == 1 and there:
        parent.insert(place, nodes.emphasis("", f"before {number}"))
    elif choice == 2 and there:
        parent[place : place + 1] = [nodes.section("", nodes.paragraph("", f"instead {number}"))]
    elif choice == 3 and isinstance(node, nodes.Element):
        node.children = []


def found(root: nodes.Element, look: Any, seed: int) -> list[str]:
    """Return what is found, in order, while the tree changes."""
    chooser, names = chooser_of(seed), []
    for number, node in enumerate(look(root)):
        names.append(f"{type(node).__name__}: {node.astext()[:40]}")
        if number > 300:
            break
        if chooser.random() < 0.2:
            change(chooser, node, number)
    return names


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("kind", [nodes.Node, nodes.paragraph, nodes.Text, nodes.Element])
def test_nodes_of_a_type_are_found_in_the_same_order_while_the_tree_changes(kind: type, seed: int) -> None:
    ours, theirs = find_by_type(BY_TYPE), BY_TYPE
    here, there = tree(chooser_of(seed)), tree(chooser_of(seed))
    assert found(here, lambda root: ours(root, kind), seed) == found(there, lambda root: theirs(root, kind), seed)


@pytest.mark.parametrize("seed", range(60))
def test_all_nodes_are_found_in_the_same_order_while_the_tree_changes(seed: int) -> None:
    ours, theirs = find_all(ALL), ALL
    here, there = tree(chooser_of(seed)), tree(chooser_of(seed))
    assert found(here, ours, seed) == found(there, theirs, seed)


CONDITIONS: list[Any] = [
    lambda node: isinstance(node, nodes.paragraph | nodes.Text),
    lambda node: not isinstance(node, nodes.section),
    lambda node: False,
    NodeMatcher(nodes.emphasis),
    nodes.literal_block,
    None,
]
WAYS = [{}, {"include_self": False}, {"descend": False}, {"siblings": True}, {"ascend": True}]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("way", WAYS)
def test_what_a_function_asks_for_is_found_in_the_same_order_while_the_tree_changes(
    condition: Any, way: dict[str, bool], seed: int
) -> None:
    theirs: Any = vars(nodes.Node)["findall"]
    ours = find_by_condition(theirs)
    here, there = tree(chooser_of(seed)), tree(chooser_of(seed))
    assert found(here, lambda root: ours(root, condition, **way), seed) == found(
        there, lambda root: theirs(root, condition, **way), seed
    )


@pytest.mark.filterwarnings("ignore:frontend")  # docutils makes them with what it will have no more
def test_settings_are_as_new_for_every_page() -> None:
    make = settings_of_myst(get_default_settings)
    first, second, theirs = make(Parser), make(Parser), get_default_settings(Parser)
    first.halt_level = 9
    first.strip_classes = ["changed"]
    first.record_dependencies.add("a file")

    def plain(settings: Any) -> dict[str, Any]:
        return {name: value for name, value in vars(settings).items() if name != "record_dependencies"}

    assert plain(second) == plain(theirs)
    assert second.record_dependencies.list == []
    assert type(second.record_dependencies) is type(theirs.record_dependencies)
    assert new_document("page", second).settings is second


class Kitchen:
    """Where a function is exchanged."""

    def cook(self) -> str:
        return "theirs"


def cooking(known: frozenset[str]) -> Replacement:
    return Replacement("kitchen", f"{__name__}:Kitchen", "cook", known, lambda original: lambda self: "ours")


@pytest.fixture
def kitchen(monkeypatch: pytest.MonkeyPatch) -> type[Kitchen]:
    """Return the class, and let it be found by its name: test modules are imported without one."""
    module = ModuleType(__name__)
    module.Kitchen = Kitchen  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, __name__, module)
    return Kitchen


def test_a_known_function_is_exchanged_and_given_back(kitchen: type[Kitchen]) -> None:
    original, replacing = kitchen.cook, Replacing()
    replacing.begin([cooking(frozenset({digest_of_function(Kitchen.cook)}))], ["kitchen"])
    assert kitchen().cook() == "ours"
    replacing.end(None, None)  # type: ignore[arg-type]
    assert kitchen.cook is original


def test_an_unknown_function_stays_and_so_does_one_that_is_not_asked_for(kitchen: type[Kitchen]) -> None:
    replacing = Replacing()
    replacing.begin([cooking(frozenset({"0123456789abcdef"}))], ["kitchen"])
    replacing.begin([cooking(frozenset({digest_of_function(Kitchen.cook)}))], ["memory"])
    assert kitchen().cook() == "theirs"


def test_a_function_without_a_source_has_no_digest() -> None:
    assert digest_of_function(len) == ""


def test_pages_are_shared_out_in_turn() -> None:
    assert shares(["a", "b", "c", "d", "e"], 2) == [["a", "c", "e"], ["b", "d"]]
    assert shares(["a"], 3) == [["a"]]
    assert shares([], 3) == []
