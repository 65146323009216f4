"""A set of files is written as a whole or not at all, and only below its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_folio.cli.atomic import NotWrittenError, write_files

TEXTS = {"README.md": "new", "docs/index.md": "new", "docs/projects/a.md": "new"}


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def test_files_are_written_and_the_same_files_again(tmp_path: Path) -> None:
    for _time in range(2):
        assert write_files(tmp_path / "new" / "deep", TEXTS) == []
        assert contents(tmp_path / "new" / "deep") == TEXTS
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_another_file_of_the_same_name_is_kept_unless_asked_otherwise(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("mine", encoding="utf-8")
    (tmp_path / "docs" / "index.md").chmod(0o600)
    with pytest.raises(NotWrittenError, match=r"already contains docs/index\.md"):
        write_files(tmp_path, TEXTS)
    assert contents(tmp_path) == {"docs/index.md": "mine"}
    write_files(tmp_path, TEXTS, overwrite=True)
    assert contents(tmp_path) == TEXTS
    assert (tmp_path / "docs" / "index.md").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("overwrite", [False, True])
def test_an_optional_file_is_left_alone(overwrite: bool, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert write_files(tmp_path, TEXTS, overwrite=overwrite, optional=["README.md"]) == ["README.md"]
    assert contents(tmp_path) == {**TEXTS, "README.md": "mine"}
    (tmp_path / "README.md").write_text("new", encoding="utf-8")
    assert write_files(tmp_path, TEXTS, optional=["README.md"]) == []


@pytest.mark.parametrize(
    ("place", "kind", "says"),
    [
        ("docs/index.md", "dangling", "docs/index.md is a link"),
        ("docs/index.md", "folder", "docs/index.md is a folder"),
        ("docs/projects", "file", "docs/projects is a file"),
        ("docs", "link", "docs is a link"),
        ("", "link", "is a link"),
        ("", "dangling", "is a link"),
        ("", "file", "is a file; choose a folder"),
    ],
)
@pytest.mark.parametrize("overwrite", [False, True])
def test_what_is_in_the_way_is_named_and_nothing_is_written(
    place: str, kind: str, says: str, overwrite: bool, tmp_path: Path
) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "file":
            target.write_text("mine", encoding="utf-8")
        case "folder":
            target.mkdir()
        case "link":
            target.symlink_to(outside, target_is_directory=True)
        case "dangling":
            target.symlink_to(outside / "none")
    with pytest.raises(NotWrittenError, match=says):
        write_files(folder, TEXTS, overwrite=overwrite)
    assert list(outside.iterdir()) == []
    assert set(contents(tmp_path).values()) <= {"mine"}


def test_an_interruption_between_two_files_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    replace = Path.replace

    def interrupt(path: Path, target: Path) -> None:
        replace(path, target)
        monkeypatch.undo()
        raise KeyboardInterrupt  # after the file was moved away, before the next line

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, TEXTS, overwrite=True)
    assert contents(tmp_path) == {"README.md": "mine"}


def test_what_was_written_before_a_failure_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    replace = Path.replace

    def fail_at_the_second(path: Path, target: Path) -> Path:
        if target.name == "a.md":
            raise OSError("disk full")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail_at_the_second)
    with pytest.raises(NotWrittenError, match="nothing was written: disk full"):
        write_files(tmp_path, TEXTS, overwrite=True)
    assert contents(tmp_path) == {"README.md": "mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
