"""A function is replaced only if it is known, and restored."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

from sphinx_speedups.docutils_settings import settings_of_myst
from sphinx_speedups.fingerprints import fingerprint
from sphinx_speedups.log_records import LogLevel
from sphinx_speedups.parallel_reading import shares
from sphinx_speedups.patches import Patch, Patches, find

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kitchen:
    """The owner of a function that is replaced."""

    def cook(self) -> str:
        return "theirs"


KNOWN = frozenset({fingerprint(Kitchen.cook)})


def cooking(
    owner: str = "kitchen:Kitchen", known: frozenset[str] = KNOWN, needs: Mapping[str, frozenset[str]] | None = None
) -> Patch:
    return Patch(owner, "cook", known, lambda original: lambda self: "ours", needs or {})


@pytest.fixture
def kitchen(monkeypatch: pytest.MonkeyPatch) -> type[Kitchen]:
    """Return the class, which can be found as ``kitchen:Kitchen``."""
    module: Any = ModuleType("kitchen")
    module.Kitchen = Kitchen
    monkeypatch.setitem(sys.modules, "kitchen", module)
    return Kitchen


def test_a_known_function_is_replaced_and_restored(kitchen: type[Kitchen]) -> None:
    original, patches = kitchen.cook, Patches()
    patches.apply([cooking(needs={"kitchen:Kitchen.cook": KNOWN})])
    assert kitchen().cook() == "ours"
    patches.undo()
    assert kitchen.cook is original


@pytest.mark.parametrize(
    "patch",
    [
        cooking(known=frozenset({"0123456789abcdef"})),
        cooking(owner="kitchen:Restaurant"),
        cooking(owner="kitchen.of.nobody"),
        cooking(owner="cellar:Kitchen"),
        cooking(needs={"kitchen:Stove": frozenset({""})} | {"kitchen:Oven": frozenset({"0123"})}),
        Patch("kitchen:Kitchen", "bake", KNOWN, lambda original: original),
    ],
    ids=["other source", "no class", "no module", "not in use", "no helper", "no function"],
)
def test_what_is_not_known_is_left_alone(kitchen: type[Kitchen], patch: Patch) -> None:
    before, patches = dict(vars(kitchen)), Patches()
    patches.apply([patch])
    assert dict(vars(kitchen)) == before
    assert kitchen().cook() == "theirs"
    patches.undo()
    assert dict(vars(kitchen)) == before


def test_code_without_a_source_has_no_digest_and_nothing_is_found_where_there_is_nothing() -> None:
    assert fingerprint(len) == fingerprint(None) == ""
    assert find("docutils.nodes:Node.findall")
    assert find("docutils.nodes:Knot") is find("docutils.knots:Node") is find("docutils.nodes:Node.seek") is None


def test_pages_are_dealt_out_in_turn() -> None:
    assert shares(["a", "b", "c", "d", "e"], 2) == [["a", "c", "e"], ["b", "d"]]
    assert shares(["a"], 3) == [["a"]]
    assert shares([], 3) == []


@pytest.mark.filterwarnings("ignore:frontend")  # docutils makes them with what it is going to remove
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


def test_settings_without_a_list_of_dependencies_are_copied() -> None:
    make = settings_of_myst(lambda *components: SimpleNamespace(words=["a"]))
    make(Parser).words.append("b")
    assert make(Parser).words == ["a"]


def test_loggers_without_handlers_keep_their_level(monkeypatch: pytest.MonkeyPatch) -> None:
    import logging  # noqa: PLC0415  beside what is replaced of it

    logger = logging.getLogger("sphinx")
    monkeypatch.setattr(logger, "handlers", [])
    before, level = logger.level, LogLevel()
    level.raise_to_shown()
    assert logger.level == before
    level.restore()
    assert logger.level == before
