"""The command ``update``: the template is merged three ways; pages are never touched, nothing is half-written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio import __version__
from sphinx_folio._common import settings
from sphinx_folio._common.conflicts import conflicts_in
from sphinx_folio.cli import scaffold, template_record, update
from sphinx_folio.cli.commands import main
from sphinx_folio.cli.portfolio_folder import RECORD
from sphinx_folio.cli.template_record import read_record, template_files

if TYPE_CHECKING:
    from collections.abc import Callable

    Release = Callable[..., None]

RELEASES = sorted((Path(__file__).resolve().parents[1] / "data" / "releases").glob("*.json"))
"""The record that each release writes for ``init --second zh_CN``; a release adds its own."""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a new portfolio, which is the current folder."""
    assert main(["init", str(tmp_path / "mine")]) == 0
    capsys.readouterr()
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    """Return a function that replaces the template by an invented newer one: file → old text → new text."""

    def make(*changes: tuple[str, str, str], version: str = "0.2.0") -> None:
        folder = tmp_path / f"templates-{version}"
        shutil.copytree(scaffold.TEMPLATES, folder)
        for name, old, new in changes:
            path = folder / name
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
        monkeypatch.setattr(scaffold, "TEMPLATES", folder)
        monkeypatch.setattr(template_record, "__version__", version)
        monkeypatch.setattr(update, "__version__", version)

    return make


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


SMARTQUOTES = ("conf.py.jinja", "smartquotes = False\n", "smartquotes = False\nnitpicky = True\n")


def test_a_portfolio_of_this_version_is_up_to_date(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(mine)
    assert main(["update"]) == 0
    assert capsys.readouterr().out == "The portfolio is up to date.\n"
    assert contents(mine) == before


def test_changes_of_both_sides_are_merged(mine: Path, release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    conf = mine / "docs" / "conf.py"
    edit(conf, "Alex Sample", "Ada Example")
    edit(mine / "docs" / "resume.md", "Alex Sample", "Ada Example")
    edit(mine / "README.md", "# Alex Sample", "# Ada Example")
    before = contents(mine)
    release(SMARTQUOTES, ("gitignore.txt", "*.mo\n", "*.mo\n*.tmp\n"), ("en/resume.md", "Résumé", "CV"))
    assert main(["update", "--dry-run"]) == 0
    printed = capsys.readouterr().out
    assert "+nitpicky = True\n" in printed
    assert "+*.tmp\n" in printed
    assert printed.endswith("updated: .gitignore\nupdated: docs/conf.py\nNothing was written.\n")
    assert contents(mine) == before
    assert main(["update"]) == 0
    assert "updated: docs/conf.py\n" in capsys.readouterr().out
    text = conf.read_text("utf-8")
    assert "Ada Example" in text
    assert "smartquotes = False\nnitpicky = True\n" in text
    changed = {path for path, data in contents(mine).items() if before[path] != data}
    assert changed == {"docs/conf.py", ".gitignore", RECORD}
    assert main(["update"]) == 0
    assert capsys.readouterr().out == "The portfolio is up to date.\n"
    assert read_record(mine).version == "0.2.0"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n", []),
        ("a\n<<<<<<< yours\nb\n=======\nc\n>>>>>>> new\n<<<<<<< yours\n=======\n>>>>>>> new\n", [2, 7]),
        ("b\n=======\nc\n>>>>>>> new\n", [4]),
        ("<<<<<<< yours\nb\n", [1]),
        ("Title\n=======\n\n>>> code\n  <<<<<<< indented\n", []),
    ],
)
def test_each_conflict_has_a_line(text: str, lines: list[int]) -> None:
    assert conflicts_in(text) == lines


def test_a_conflict_is_marked_and_has_to_be_resolved(
    mine: Path, release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    conf = mine / "docs" / "conf.py"
    edit(conf, "smartquotes = False\n", "smartquotes = True\n")
    release(("conf.py.jinja", "smartquotes = False\n", "smartquotes = 'no'\n"))
    assert main(["update"]) == 1
    printed = capsys.readouterr().out
    assert "conflict: docs/conf.py\n" in printed
    assert "Edit the lines between <<<<<<< and >>>>>>>, then run:\n" in printed
    text = conf.read_text("utf-8")
    assert "<<<<<<< yours\nsmartquotes = True\n=======\nsmartquotes = 'no'\n>>>>>>> sphinx-folio 0.2.0\n" in text
    before = contents(mine)
    assert main(["update"]) == 3
    line = text.splitlines().index("<<<<<<< yours") + 1
    assert f"{Path('docs', 'conf.py')}:{line} has an unresolved conflict" in capsys.readouterr().err
    assert contents(mine) == before
    begin, end = text.index("<<<<<<<"), text.index(">>>>>>>")
    conf.write_text(text[:begin] + "smartquotes = True" + text[text.index("\n", end) :], encoding="utf-8")
    assert main(["update"]) == 0
    assert capsys.readouterr().out == "The portfolio is up to date.\n"


def test_a_portfolio_that_a_link_leads_to(mine: Path, release: Release, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(mine, target_is_directory=True)
    release(SMARTQUOTES)
    assert main(["update", str(tmp_path / "link")]) == 0
    assert "nitpicky = True" in (mine / "docs" / "conf.py").read_text("utf-8")


def test_files_of_the_owner_stay(mine: Path, release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    (mine / "netlify.toml").unlink()
    release(("netlify.toml", "[build]", "# new\n[build]"), SMARTQUOTES)
    assert main(["update"]) == 0
    assert not (mine / "netlify.toml").exists()
    assert "netlify" not in capsys.readouterr().out


def test_what_existed_before_init_is_not_of_the_template(
    tmp_path: Path, release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ".gitignore").write_text("*.tmp\n", encoding="utf-8")
    assert main(["init", str(tmp_path / "mine")]) == 0
    release(("gitignore.txt", "*.mo\n", "*.mo\n*.new\n"))
    assert main(["update", str(tmp_path / "mine")]) == 0
    assert (tmp_path / "mine" / ".gitignore").read_text("utf-8") == "*.tmp\n"
    assert ".gitignore" not in capsys.readouterr().out.partition("The portfolio is up to date")[2]


def test_new_files_are_added_and_former_ones_named(
    mine: Path, release: Release, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    release()
    monkeypatch.setattr(scaffold, "PLAIN", {"gitignore.txt": ".gitignore", "netlify.toml": "vercel.toml"})
    assert main(["update"]) == 0
    printed = capsys.readouterr().out
    assert "new: vercel.toml\n" in printed
    assert "no longer in the template: netlify.toml; delete it if you do not need it\n" in printed
    assert (mine / "vercel.toml").read_bytes() == (mine / "netlify.toml").read_bytes()


def test_line_ends_of_windows_stay(mine: Path, release: Release) -> None:
    conf = mine / "docs" / "conf.py"
    conf.write_bytes(conf.read_bytes().replace(b"Alex", b"Ada").replace(b"\n", b"\r\n"))
    release(SMARTQUOTES)
    assert main(["update"]) == 0
    assert b"Ada Sample" in conf.read_bytes()
    assert conf.read_bytes().count(b"\n") == conf.read_bytes().count(b"\r\n")
    assert b"nitpicky = True\r\n" in conf.read_bytes()


def test_settings_with_a_new_name_are_named(
    mine: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "RENAMED", {"folio_levels": "folio_grades"})
    text = (mine / "docs" / "conf.py").read_text("utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if row.startswith("folio_levels"))
    assert main(["update"]) == 1
    message = f"{Path('docs', 'conf.py')}:{line}: the setting folio_levels is now folio_grades; rename it in conf.py\n"
    assert capsys.readouterr().out.endswith(message)


def test_nothing_is_written_if_something_cannot_be(
    mine: Path, release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    (mine / ".gitignore").unlink()
    (mine / ".gitignore").symlink_to(mine / "README.md")
    release(SMARTQUOTES, ("gitignore.txt", "*.mo\n", "*.mo\n*.tmp\n"))
    before = contents(mine)
    assert main(["update"]) == 3
    assert ".gitignore is a link" in capsys.readouterr().err
    assert contents(mine) == before


def test_without_git_only_a_merge_fails(
    mine: Path, release: Release, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_folio.cli.update.shutil.which", lambda _name: None)
    release(SMARTQUOTES)
    assert main(["update"]) == 0
    edit(mine / "docs" / "conf.py", "Alex Sample", "Ada Example")
    release(("conf.py.jinja", "nitpicky = True", "nitpicky = False"), version="0.3.0")
    assert main(["update"]) == 3
    assert capsys.readouterr().err == "update needs git to merge; install it from https://git-scm.com/ and try again\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "there is no template to merge: install the new version, then run “"),
        ("{", "is damaged; restore it, for example with “git checkout .sphinx-folio.json”"),
        ("[]", "is damaged"),
        ('{"format": 99}', "is damaged"),
        ("older", "is damaged"),
        ("newer", "sphinx-folio 99.0 made this portfolio, but "),
    ],
)
def test_a_record_that_cannot_be_used_is_explained(
    text: str | None, message: str, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = mine / RECORD
    if text is None:
        record.unlink()
    elif text in {"newer", "older"}:
        data = json.loads(record.read_text("utf-8"))
        record.write_text(json.dumps({**data, "version": "99.0" if text == "newer" else text}), encoding="utf-8")
    else:
        record.write_text(text, encoding="utf-8")
    assert main(["update"]) == 3
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_a_portfolio_of_every_release_is_updated(path: Path, tmp_path: Path) -> None:
    """Its owner has written below and above what the template provides."""
    shutil.copy(path, tmp_path / RECORD)
    record = read_record(tmp_path)
    assert record.version == path.stem
    for name, text in record.texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    conf = tmp_path / "docs" / "conf.py"
    conf.write_text(conf.read_text("utf-8") + "\n\n# mine\nfolio_level_scale = True\n", encoding="utf-8")
    assert main(["update", str(tmp_path)]) == 0
    updated = read_record(tmp_path)
    assert updated.version == __version__
    assert updated.texts == template_files(record.plan)
    compile(conf.read_bytes(), str(conf), "exec")
    assert conf.read_text("utf-8").endswith("\n\n# mine\nfolio_level_scale = True\n")
    for name, text in updated.texts.items():
        assert name == "docs/conf.py" or (tmp_path / name).read_text("utf-8") == text


def test_an_import_is_recorded_with_its_answers(tmp_path: Path) -> None:
    resume = tmp_path / "resume.json"
    skills = [{"name": "Go", "level": "Master"}, {"name": "C", "level": "Beginner"}]
    resume.write_text(json.dumps({"basics": {"name": "Ada", "x": 1}, "skills": skills}), encoding="utf-8")
    assert main(["init", str(tmp_path / "mine"), "--from", str(resume), "--second", "de", "--engine", "x==1"]) == 0
    record = read_record(tmp_path / "mine")
    assert template_files(record.plan) == record.texts
    for path, text in record.texts.items():
        assert (tmp_path / "mine" / path).read_text("utf-8") == text
    assert all(not path.endswith((".md", ".po")) for path in record.texts)


COMMIT = {"url": "https://example.org/folio", "vcs_info": {"vcs": "git", "commit_id": "1a2b"}}


@pytest.mark.parametrize("before", [{}, COMMIT, {"url": "file:///sphinx_folio-0.1.0-py3-none-any.whl"}])
@pytest.mark.parametrize("after", [{}, COMMIT, {"url": "file:///folio", "dir_info": {"editable": True}}])
def test_from_where_it_is_installed_does_not_change_the_requirements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, Any], after: dict[str, Any]
) -> None:
    monkeypatch.setattr(scaffold, "origin", lambda: before)
    assert main(["init", str(tmp_path / "mine")]) == 0
    requirements = (tmp_path / "mine" / "requirements.txt").read_text("utf-8")
    monkeypatch.setattr(scaffold, "origin", lambda: after)
    assert main(["update", str(tmp_path / "mine")]) == 0
    assert (tmp_path / "mine" / "requirements.txt").read_text("utf-8") == requirements
