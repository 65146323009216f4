"""The write log finds the pages whose fingerprints changed since they were written, also after failed builds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio._common.write_log import WriteLog, cache_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture
def app(tmp_path: Path) -> Any:
    """Return a stand-in for the attributes of an application that the write log uses."""
    return SimpleNamespace(builder=SimpleNamespace(name="html"), outdir=tmp_path / "html", doctreedir=tmp_path)


def build(app: Any, digests: Mapping[str, str], written: str = "", *, state: str = "", fails: bool = False) -> str:
    """Build once, writing some pages; return the pages that were stale."""
    write_log = WriteLog("test")
    stale = write_log.stale_since(app, state, lambda: digests) if state else write_log.stale(app, digests)
    for docname in written:
        write_log._note_written(app, None, docname)  # type: ignore[arg-type]  # it needs no tree
    write_log._save(app, ValueError() if fails else None)
    return "".join(stale)


def test_a_page_is_stale_until_it_is_written(app: Any) -> None:
    assert build(app, {"a": "1", "b": "1"}, "ab") == "ab"
    assert build(app, {"a": "1", "b": "1"}) == ""
    assert build(app, {"a": "1", "b": "2"}, "a") == "b"
    assert build(app, {"a": "1", "b": "2"}, "b", fails=True) == "b"
    assert build(app, {"a": "1", "b": "2", "c": "1"}, "b") == "bc"
    assert build(app, {"a": "1", "b": "2", "c": "1"}) == "c"
    assert build(app, {"a": "1", "c": "1"}, "c") == "c"
    assert build(app, {"a": "1", "b": "2", "c": "1"}, "") == "b"


def test_fingerprints_are_computed_only_if_the_state_changed(app: Any) -> None:
    unasked: Any = None  # asking for it would fail
    assert build(app, {"a": "1", "b": "1"}, "ab", state="one") == "ab"
    assert build(app, unasked, "a", state="one") == ""
    assert build(app, unasked, state="one") == ""
    assert build(app, {"a": "1", "b": "2"}, "a", state="two") == "b"
    assert build(app, {"a": "1", "b": "2"}, "b", state="two") == "b"
    assert build(app, unasked, state="two") == ""


def test_an_unchanged_log_is_not_written(app: Any) -> None:
    build(app, {"a": "1"}, "a")
    before = cache_path(app, "test").stat().st_mtime_ns
    build(app, {"a": "1"}, "a")
    assert cache_path(app, "test").stat().st_mtime_ns == before


def test_builders_reasons_and_outputs_have_their_own(app: Any, tmp_path: Path) -> None:
    other = SimpleNamespace(**{**vars(app), "outdir": tmp_path / "other"})
    dirhtml = SimpleNamespace(**{**vars(app), "builder": SimpleNamespace(name="dirhtml")})
    apps: list[Any] = [app, other, dirhtml]
    notes = {cache_path(each, reason) for each in apps for reason in ("one", "two")}
    assert len(notes) == 6
