"""Patches, fingerprints, caches of settings, and chunks."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

from sphinx_speedups.docutils_settings import cached_default_settings
from sphinx_speedups.fingerprints import fingerprint
from sphinx_speedups.log_records import LogLevel
from sphinx_speedups.parallel_reading import interleaved_chunks
from sphinx_speedups.patches import Patch, Patches, find

if TYPE_CHECKING:
    from collections.abc import Mapping


class Example:
    """The owner of a function that is replaced."""

    def method(self) -> str:
        return "theirs"


KNOWN = frozenset({fingerprint(Example.method)})


def make_patch(
    owner: str = "example:Example",
    known: frozenset[str] = KNOWN,
    dependencies: Mapping[str, frozenset[str]] | None = None,
) -> Patch:
    return Patch(owner, "method", known, lambda original: lambda self: "ours", dependencies or {})


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> type[Example]:
    """Return the class, which can be found as ``example:Example``."""
    module: Any = ModuleType("example")
    module.Example = Example
    monkeypatch.setitem(sys.modules, "example", module)
    return Example


def test_a_known_function_is_replaced_and_restored(example: type[Example]) -> None:
    original, patches = example.method, Patches()
    patches.apply([make_patch(dependencies={"example:Example.method": KNOWN})])
    assert example().method() == "ours"
    patches.undo()
    assert example.method is original


@pytest.mark.parametrize(
    "patch",
    [
        make_patch(known=frozenset({"0123456789abcdef"})),
        make_patch(owner="example:Missing"),
        make_patch(owner="example.missing"),
        make_patch(owner="not_imported:Example"),
        make_patch(dependencies={"example:Helper": frozenset({""})} | {"example:Other": frozenset({"0123"})}),
        Patch("example:Example", "missing", KNOWN, lambda original: original),
    ],
    ids=["other source", "no class", "no module", "not imported", "no dependency", "no function"],
)
def test_unknown_functions_are_not_replaced(example: type[Example], patch: Patch) -> None:
    before, patches = dict(vars(example)), Patches()
    patches.apply([patch])
    assert dict(vars(example)) == before
    assert example().method() == "theirs"
    patches.undo()
    assert dict(vars(example)) == before


def test_code_without_a_source_has_no_fingerprint_and_missing_objects_are_none() -> None:
    assert fingerprint(len) == fingerprint(None) == ""
    assert find("docutils.nodes:Node.findall")
    assert find("docutils.nodes:Knot") is find("docutils.knots:Node") is find("docutils.nodes:Node.seek") is None


def test_chunks_are_interleaved() -> None:
    assert interleaved_chunks(["a", "b", "c", "d", "e"], 2) == [["a", "c", "e"], ["b", "d"]]
    assert interleaved_chunks(["a"], 3) == [["a"]]
    assert interleaved_chunks([], 3) == []


@pytest.mark.filterwarnings("ignore:frontend")  # docutils creates settings with deprecated classes
def test_cached_settings_are_copied_for_every_page() -> None:
    get_settings = cached_default_settings(get_default_settings)
    first, second, theirs = get_settings(Parser), get_settings(Parser), get_default_settings(Parser)
    first.halt_level = 9
    first.strip_classes = ["changed"]
    first.record_dependencies.add("a file")

    def values(settings: Any) -> dict[str, Any]:
        return {name: value for name, value in vars(settings).items() if name != "record_dependencies"}

    assert values(second) == values(theirs)
    assert second.record_dependencies.list == []
    assert type(second.record_dependencies) is type(theirs.record_dependencies)
    assert new_document("page", second).settings is second


def test_settings_without_a_list_of_dependencies_are_copied() -> None:
    get_settings = cached_default_settings(lambda *components: SimpleNamespace(words=["a"]))
    get_settings(Parser).words.append("b")
    assert get_settings(Parser).words == ["a"]


def test_loggers_without_handlers_keep_their_level(monkeypatch: pytest.MonkeyPatch) -> None:
    import logging  # noqa: PLC0415  only this test needs it

    logger = logging.getLogger("sphinx")
    monkeypatch.setattr(logger, "handlers", [])
    before, level = logger.level, LogLevel()
    level.raise_to_handlers()
    assert logger.level == before
    level.restore()
    assert logger.level == before
