"""The command that installs an extra names what was installed: a package of an index, a wheel, a folder or a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio._common.installation import parsed, pinned_requirement, requirement, source_of_wheel

if TYPE_CHECKING:
    from pathlib import Path

FROM_INDEX = '"sphinx-folio[pdf]"'


def test_a_wheel_and_a_folder_are_named_by_their_paths(tmp_path: Path) -> None:
    wheel = tmp_path / "my wheels" / "sphinx_folio-0.1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.touch()
    assert requirement("pdf", {"url": wheel.as_uri(), "archive_info": {}}) == f'"{wheel}[pdf]"'
    folder = {"url": tmp_path.as_uri(), "dir_info": {}}
    assert requirement("pdf", folder) == f'"{tmp_path}[pdf]"'
    assert requirement("pdf", {**folder, "dir_info": {"editable": True}}) == f'-e "{tmp_path}[pdf]"'
    wheel.unlink()
    assert requirement("pdf", {"url": wheel.as_uri()}) == FROM_INDEX


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (None, FROM_INDEX),
        ("{", FROM_INDEX),
        ("[]", FROM_INDEX),
        ("{}", FROM_INDEX),
        ('{"url": "https://example.org/a.whl", "archive_info": {}}', '"sphinx-folio[pdf] @ https://example.org/a.whl"'),
        (
            '{"url": "https://example.org/folio", "vcs_info": {"vcs": "git", "commit_id": "1"}}',
            '"sphinx-folio[pdf] @ git+https://example.org/folio"',
        ),
        (
            (
                '{"url": "https://example.org/folio", "subdirectory": "engine",'
                ' "vcs_info": {"vcs": "git", "requested_revision": "v0.1.0", "commit_id": "1"}}'
            ),
            '"sphinx-folio[pdf] @ git+https://example.org/folio@v0.1.0#subdirectory=engine"',
        ),
    ],
)
def test_other_origins(origin: str | None, expected: str) -> None:
    assert requirement("pdf", parsed(origin)) == expected


WHEEL = "sphinx_folio-0.1.0-py3-none-any.whl"
COMMIT = {"vcs": "git", "commit_id": "1a2b"}


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ({}, ""),
        (
            {"url": "https://example.org/folio", "vcs_info": COMMIT},
            "sphinx-folio[docx,pdf] @ git+https://example.org/folio@1a2b",
        ),
        (
            {"url": "https://example.org/folio", "vcs_info": COMMIT, "subdirectory": "a"},
            "sphinx-folio[docx,pdf] @ git+https://example.org/folio@1a2b#subdirectory=a",
        ),
        (
            {"url": "https://example.org/a.whl", "archive_info": {}},
            "sphinx-folio[docx,pdf] @ https://example.org/a.whl",
        ),
        (
            {"url": "file:///wheels/sphinx_folio-0.2.0-py3-none-any.whl"},
            "./sphinx_folio-0.2.0-py3-none-any.whl[docx,pdf]",
        ),
        ({"url": "file:///folio", "dir_info": {}}, f"./{WHEEL}[docx,pdf]"),
        ({"url": "file:///folio", "dir_info": {"editable": True}}, f"./{WHEEL}[docx,pdf]"),
        ({"url": "file:///folio.tar.gz", "archive_info": {}}, f"./{WHEEL}[docx,pdf]"),
        ({"url": "file:///folio", "vcs_info": COMMIT}, f"./{WHEEL}[docx,pdf]"),
    ],
)
def test_a_new_portfolio_requires_what_its_host_can_install(origin: dict[str, Any], expected: str) -> None:
    assert pinned_requirement("docx,pdf", origin, "0.1.0") == expected


def test_what_a_wheel_is_made_of(tmp_path: Path) -> None:
    folder = {"url": tmp_path.as_uri(), "dir_info": {"editable": True}}
    assert source_of_wheel(folder) == str(tmp_path)
    repository = {"url": tmp_path.as_uri(), "vcs_info": COMMIT}
    assert source_of_wheel(repository) == f"git+{tmp_path.as_uri()}@1a2b"
    assert source_of_wheel({"url": (tmp_path / "gone").as_uri(), "dir_info": {}}) == ""
    assert source_of_wheel({}) == ""
