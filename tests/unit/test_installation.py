"""The command that installs an extra names what was installed: a package of an index, a wheel, a folder or a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_folio._common.installation import parsed, pinned_requirement, requirement

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


def test_a_new_portfolio_requires_the_installed_commit_or_a_wheel_beside_it(tmp_path: Path) -> None:
    repository = {"url": "https://example.org/folio", "vcs_info": {"vcs": "git", "commit_id": "1a2b"}}
    pinned = "sphinx-folio[docx,pdf] @ git+https://example.org/folio@1a2b"
    assert pinned_requirement("docx,pdf", repository) == pinned
    assert pinned_requirement("docx,pdf", {**repository, "subdirectory": "a"}) == f"{pinned}#subdirectory=a"
    wheel = tmp_path / "sphinx_folio-0.1.0-py3-none-any.whl"
    wheel.touch()
    assert pinned_requirement("pdf", {"url": wheel.as_uri(), "archive_info": {}}) == f"./{wheel.name}[pdf]"
    for unusable in ({}, {**repository, "url": tmp_path.as_uri()}, {"url": tmp_path.as_uri(), "dir_info": {}}):
        assert pinned_requirement("pdf", unusable) == ""
