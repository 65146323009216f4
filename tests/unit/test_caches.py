"""Caches are read whole or not at all, and files are removed only below the folder that they were written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_folio._common import caches
from sphinx_folio._common.output_record import RULES, OutputRecord, digest, remove_file

if TYPE_CHECKING:
    from pathlib import Path


def test_a_cache_is_read_by_the_rules_that_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "cache"
    assert caches.read(path, "1") is None
    caches.write(path, "1", b"content")
    assert caches.read(path, "1") == b"content"
    assert caches.read(path, "2") is None
    caches.write_json(path, "2", {"a": ["b"]})
    assert caches.read_json(path, "2") == {"a": ["b"]}
    assert caches.read_json(path, "1") is None


def test_every_byte_of_a_cache_counts(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    caches.write(path, "1", b"content")
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert caches.read(path, "1") is None, place
        path.write_bytes(whole[:place])
        assert caches.read(path, "1") is None, place
    path.write_bytes(whole + b"\n")
    assert caches.read(path, "1") is None


def test_a_large_cache_is_read_in_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches, "BLOCK", 3)
    caches.write(tmp_path / "cache", "1", b"0123456789")
    assert caches.read(tmp_path / "cache", "1") == b"0123456789"


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    caches.write(path, "1", b"before")

    def write_half() -> None:
        with caches.create_cache(path, "1") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert caches.read(path, "1") == b"before"
    assert [*tmp_path.iterdir()] == [path]


def test_a_write_replaces_a_link_and_not_what_it_leads_to(tmp_path: Path) -> None:
    outside, path = tmp_path / "outside", tmp_path / "file"
    outside.write_bytes(b"outside")
    path.symlink_to(outside)
    caches.write_if_changed(path, b"outside")
    assert not path.is_symlink()
    caches.write_if_changed(path, b"content")
    assert (path.read_bytes(), outside.read_bytes()) == (b"content", b"outside")


@pytest.mark.parametrize(
    "name", ["../outside", "sub/../../outside", "linked/outside", "{outside}", "", "..", "sub", "/"]
)
def test_no_file_outside_of_the_folder_is_removed(name: str, tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "outside"
    (output / "sub").mkdir(parents=True)
    outside.write_text("x", encoding="utf-8")
    (output / "linked").symlink_to(tmp_path)
    remove_file(output, name.format(outside=outside))
    assert outside.exists()
    assert (output / "sub").exists()


def test_a_link_is_removed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "outside"
    output.mkdir()
    outside.write_text("x", encoding="utf-8")
    (output / "link").symlink_to(outside)
    remove_file(output, "link")
    assert outside.exists()
    assert not (output / "link").is_symlink()


def test_leftovers_are_what_was_written_and_is_no_more(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "known", "other"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    OutputRecord(tmp_path, "x").remove_stale(["a", "b", "c"])
    OutputRecord(tmp_path, "x").remove_stale(["a"], keep=["c"], known=["known"])
    assert sorted(path.name for path in tmp_path.iterdir()) == [".folio-x", "a", "c", "other"]
    assert caches.read_json(tmp_path / ".folio-x", RULES) == [digest("a")]
    assert OutputRecord(tmp_path, "x").files() == ["a"]
