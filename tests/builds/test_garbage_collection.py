"""sphinx_folio.garbage_collection changes the collector during a build, and leaves nothing changed."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.application import Sphinx

import sphinx_folio
from sphinx_folio.garbage_collection import NEW_OBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = {"extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.garbage_collection"]}
State = tuple[tuple[int, int, int], bool, bool]


def state() -> State:
    return gc.get_threshold(), gc.isenabled(), gc.get_freeze_count() > 0


def note_states(app: Any) -> list[State]:
    """Return what the states will be while pages are read and written."""
    states: list[State] = []
    app.connect("source-read", lambda app, docname, source: states.append(state()))
    app.connect("doctree-resolved", lambda app, doctree, docname: states.append(state()))
    return states


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Begin with Python's own settings; end with those of the tests' process."""
    found = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.unfreeze()
    gc.enable()
    gc.set_threshold(*found)


def test_the_collector_waits_while_pages_are_read_and_written(build: Any, pages: dict[str, str]) -> None:
    before = state()
    app = build(pages, settings=SETTINGS, run=False)
    assert state() == before
    states = note_states(app)
    app.build()
    assert {thresholds[0] for thresholds, _, _ in states} == {NEW_OBJECTS}
    assert [frozen for _, _, frozen in states] == [False] * len(pages) + [True] * len(pages)
    assert state() == before


def test_the_collector_waits_while_the_environment_of_the_last_build_is_loaded(
    build: Any, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(pages, settings=SETTINGS)
    before = state()
    states: list[State] = []
    load = Sphinx._load_existing_env

    def note_and_load(app: Sphinx, path: Path) -> Any:
        states.append(state())
        return load(app, path)

    monkeypatch.setattr(Sphinx, "_load_existing_env", note_and_load)
    build({}, settings=SETTINGS, run=False)
    assert [thresholds[0] for thresholds, _, _ in states] == [NEW_OBJECTS]
    assert state() == before


def test_the_output_is_the_same(build: Any, contents: Any, pages: dict[str, str]) -> None:
    plain = build(pages, folder="plain")
    app = build(pages, settings=SETTINGS, parallel=3)
    assert app.warning.getvalue() == plain.warning.getvalue()
    assert contents(app.outdir, without=(".buildinfo",)) == contents(plain.outdir, without=(".buildinfo",))


def test_a_second_build_of_the_application_and_another_application_do_the_same(
    build: Any, pages: dict[str, str]
) -> None:
    before = state()
    app = build(pages, settings=SETTINGS)
    states = note_states(app)
    app.build(force_all=True)
    assert {thresholds[0] for thresholds, _, _ in states} == {NEW_OBJECTS}
    other = build({}, settings=SETTINGS, folder="other", run=False)
    states = note_states(other)
    other.build()
    assert {thresholds[0] for thresholds, _, _ in states} == {NEW_OBJECTS}
    assert state() == before


def test_settings_are_restored_after_a_build_that_fails(build: Any, pages: dict[str, str]) -> None:
    before = state()
    app = build(pages, settings=SETTINGS, run=False)

    def fail(app: Any, doctree: Any, docname: str) -> None:
        raise RuntimeError

    app.connect("doctree-resolved", fail)
    with pytest.raises(Exception, match="doctree-resolved"):
        app.build()
    assert state() == before


@pytest.mark.parametrize("occupy", [gc.disable, gc.freeze], ids=["off", "frozen"])
def test_a_collector_that_someone_else_has_set_is_left_alone(build: Any, pages: dict[str, str], occupy: Any) -> None:
    occupy()
    before = state()
    app = build(pages, settings=SETTINGS, run=False)
    states = note_states(app)
    app.build()
    assert {*states, state()} == {before}


def test_larger_thresholds_are_kept(build: Any, pages: dict[str, str]) -> None:
    gc.set_threshold(NEW_OBJECTS * 2, 10, 10)
    app = build(pages, settings=SETTINGS, run=False)
    states = note_states(app)
    app.build()
    assert {thresholds[0] for thresholds, _, _ in states} == {NEW_OBJECTS * 2}


@pytest.mark.parametrize(("imported", "frozen"), [("json", True), ("novasvg", False)], ids=["usual", "nanobind"])
def test_at_the_end_of_the_process_nothing_is_collected_unless_a_library_would_report_leaks(
    tmp_path: Path, imported: str, frozen: bool
) -> None:
    (tmp_path / "index.rst").write_text("Home\n====\n", encoding="utf-8")
    program = (
        f"import atexit, gc, {imported}\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))  # called last\n"
        "from sphinx.application import Sphinx\n"
        "extensions = {'extensions': ['sphinx_folio.garbage_collection']}\n"
        "app = Sphinx('.', None, 'out', 'out', 'html', confoverrides=extensions, status=None)\n"
        "app.build()\n"
        "print(gc.get_freeze_count() > 0)\n"
    )
    path = {"PYTHONPATH": str(Path(sphinx_folio.__file__).parents[1])}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | path, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr, done.returncode) == (["False", str(frozen)], "", 0)
