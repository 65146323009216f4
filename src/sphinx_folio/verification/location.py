"""Find the git folder of a path, and read its refs as plain files, without git."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio.verification.git import Git, GitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OID = re.compile(r"[0-9a-f]{40}")
"""The name of an object."""
LONGEST_FILE = 1 << 26
"""The maximum size of a file of refs, in bytes."""
MOST_REFS = 1_000_000
DEEPEST_LINK = 5
"""The maximum number of symbolic refs that are followed."""
DEEPEST_ALTERNATE = 5
"""The maximum number of repositories that borrow objects from each other in turn, as in git."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A repository on disk: its object folder, its refs, and what is unusual about it."""

    git: Git
    refs: Mapping[str, str] = field(default_factory=dict)
    """Full name of a ref, or ``HEAD`` → name of an object."""
    shallow: frozenset[str] = frozenset()
    """The commits whose parents are not in a shallow clone."""
    is_partial: bool = False
    """Whether it is a partial clone, which lacks some objects."""
    has_grafts: bool = False
    """Whether it has grafts, which are ignored."""
    has_replacements: bool = False
    """Whether it has replaced objects, which are ignored."""


def open_location(path: Path, home: Path) -> Location:
    """Open a clone, a git folder or a bundle.

    Args:
        path: The clone, the git folder or the bundle.
        home: An empty folder for our own repository.

    Raises:
        GitError: The path is none of them, or the bundle is incomplete.
    """
    if path.is_file():
        return _open_bundle(path, home)
    folder = _git_folder(path)
    common = _relative(folder, _read(folder / "commondir").strip()) or folder
    if not path.exists():
        raise GitError(f"there is no file or folder {path}")
    if not (common / "objects").is_dir():
        raise GitError(f"{path} is neither a git repository nor a bundle")
    refs = dict(_refs(common))
    head = _head(common / "refs" / "remotes" / "origin", refs) or _head(folder, refs)
    if head:
        refs["HEAD"] = head
    if not refs:
        raise GitError(f"{path} has no refs that can be read: it is empty, or it uses SHA-256 or reftables")
    shallow = frozenset(OID.findall(_read(common / "shallow")))
    git = Git(home, _object_folders(common / "objects"))
    if shallow:
        git.set_shallow(shallow)
    return Location(
        git=git,
        refs=refs,
        shallow=shallow,
        is_partial=any((common / "objects" / "pack").glob("*.promisor")),
        has_grafts=bool(_read(common / "info" / "grafts").strip()),
        has_replacements=any(name.startswith("refs/replace/") for name in refs),
    )


def _object_folders(objects: Path) -> list[Path]:
    """Return an object folder and those from which it borrows objects itself."""
    found = level = [objects.resolve()]
    for _step in range(DEEPEST_ALTERNATE):
        lines = ((folder, line) for folder in level for line in _read(folder / "info" / "alternates").splitlines())
        named = {Path(os.path.normpath(folder / line)) for folder, line in lines if line and not line.startswith("#")}
        level = sorted(folder for folder in named.difference(found) if folder.is_dir())
        found = [*found, *level]
    return found


def _git_folder(path: Path) -> Path:
    """Return the git folder of a clone, a worktree, or the path itself."""
    inner = path / ".git"
    if inner.is_dir():
        return inner
    link = _read(inner)
    if link.startswith("gitdir:"):
        return _relative(path, link.removeprefix("gitdir:").strip()) or path
    return path


def _relative(folder: Path, name: str) -> Path | None:
    return Path(os.path.normpath(folder / name)) if name else None


def _read(path: Path) -> str:
    """Return the text of a regular file; an empty string if there is none, or if it is too large."""
    try:
        if not path.is_file() or path.stat().st_size > LONGEST_FILE:
            return ""
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _refs(common: Path) -> Iterator[tuple[str, str]]:
    """Yield name and object of all refs; a ref in a file of its own follows that in ``packed-refs``."""
    for line in _read(common / "packed-refs").splitlines():
        oid, _, name = line.partition(" ")
        if OID.fullmatch(oid) and name.startswith("refs/"):
            yield name, oid
    found = 0
    for folder, _folders, files in os.walk(common / "refs"):
        for file in files:
            found += 1
            if found > MOST_REFS:
                raise GitError(f"{common} has more than {MOST_REFS} refs")
            path = Path(folder, file)
            oid = _read(path).strip()
            if OID.fullmatch(oid):
                yield path.relative_to(common).as_posix(), oid


def _head(folder: Path, refs: Mapping[str, str]) -> str:
    """Return the commit of the file ``HEAD`` in a folder; empty if there is none.

    That of the remote is its default branch; that of a bare repository as well.
    """
    text = _read(folder / "HEAD").strip()
    for _step in range(DEEPEST_LINK):
        if not text.startswith("ref:"):
            break
        name = text.removeprefix("ref:").strip()
        text = refs.get(name, "")
    return text if OID.fullmatch(text) else ""


def _open_bundle(path: Path, home: Path) -> Location:
    """Unpack a bundle into our own repository."""
    with path.open("rb") as file:
        if not re.match(rb"# v[23] git bundle\n", file.readline(20)):
            raise GitError(f"{path} is neither a git repository nor a bundle")
    git = Git(home)
    try:
        output = git.run("bundle", "unbundle", str(path.resolve()))
    except GitError as error:
        remedy = f"make a complete one with “git bundle create {path.name} --all”"
        raise GitError(f"the bundle {path} cannot be unpacked; {remedy}") from error
    found = (line.partition(" ") for line in output.decode("utf-8", "replace").splitlines())
    refs = {name: oid for oid, _, name in found if OID.fullmatch(oid)}
    default = next((refs[name] for name in ("HEAD", "refs/heads/main", "refs/heads/master") if name in refs), "")
    refs |= {"HEAD": default} if default else {}
    return Location(git=git, refs=refs, has_replacements=any(name.startswith("refs/replace/") for name in refs))
