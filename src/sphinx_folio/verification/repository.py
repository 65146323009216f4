"""A repository that is not trusted: its commits, files and history, as far as objects prove them.

Every object that is read here is compared with its name. Only blame and the number of added lines
rely on what git reads by itself.
"""

from __future__ import annotations

import os
import re
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.verification.git import GitError, InvalidObjectError, MissingObjectError, Raw
from sphinx_folio.verification.location import Location, open_location
from sphinx_folio.verification.objects import Commit, Tag, TreeItem, checked, parse_commit, parse_tag, parse_tree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_PREFIX = re.compile(r"[0-9a-f]{7,40}")
_FULL = 40
PUBLIC_REFS = ("refs/heads/", "refs/remotes/", "refs/tags/")
"""Prefixes of branches and tags; what only other refs reach, such as pull requests, may be by anyone."""
BRANCHES = ("refs/heads/", "refs/remotes/origin/")
FOLDER, SYMLINK, SUBMODULE = "40000", "120000", "160000"
"""Modes in a tree."""
DEEPEST_PATH = 64
_BLAMED = re.compile(rb"(?P<oid>[0-9a-f]{40}) \d+ \d+ (?P<lines>\d+)")


class NotFoundError(Exception):
    """A revision or a path is not in the repository; the message is a code, see ``ladder``."""


class Revision(NamedTuple):
    """What the name of a tag or a commit refers to."""

    commit: Commit
    tag: Tag | None
    """The annotated tag, if it is one."""


class File(NamedTuple):
    """A file or a folder in a commit."""

    kind: str
    """``blob`` or ``tree``."""
    oid: str
    lines: int
    """The number of lines of a file."""


class Repository:
    """Reads a repository; create it with :func:`open_repositories`."""

    def __init__(self, location: Location) -> None:
        """Wrap a location."""
        self.location = location
        self._git = location.git
        self._commits: dict[str, Commit] = {}
        self._trees: dict[str, dict[bytes, TreeItem]] = {}
        self._blame: dict[tuple[str, str, tuple[int, int] | None], Future[dict[str, int]]] = {}
        self._indexed: Future[None] | None = None
        self._pool = ThreadPoolExecutor(os.cpu_count())

    # Objects

    def _read(self, oid: str, kind: str) -> bytes:
        raw = checked(oid, self._git.read(oid))
        if raw.kind != kind:
            raise InvalidObjectError(f"the object {oid} is a {raw.kind}, not a {kind}")
        return raw.content

    def commit(self, oid: str) -> Commit:
        """Return a commit by its full name; raise GitError if it is missing or damaged."""
        if oid not in self._commits:
            self._commits[oid] = parse_commit(oid, self._read(oid, "commit"))
        return self._commits[oid]

    def tree(self, oid: str) -> dict[bytes, TreeItem]:
        """Return a tree by its full name; raise GitError if it is missing or damaged."""
        if oid not in self._trees:
            self._trees[oid] = parse_tree(oid, self._read(oid, "tree"))
        return self._trees[oid]

    def blob(self, oid: str) -> bytes:
        """Return the content of a file; raise GitError if it is missing or damaged."""
        return self._read(oid, "blob")

    # History

    @property
    def is_shallow(self) -> bool:
        """Return whether parents of some commits are missing."""
        return bool(self.location.shallow)

    @property
    def is_incomplete(self) -> bool:
        """Return whether objects may be missing because the clone is shallow or partial."""
        return self.is_shallow or self.location.is_partial

    @cached_property
    def public(self) -> frozenset[str]:
        """Return the names of all commits that a branch or a tag reaches."""
        tips = {oid for name, oid in self.location.refs.items() if name == "HEAD" or name.startswith(PUBLIC_REFS)}
        return frozenset(self.reachable(tips))

    def reachable(self, tips: Collection[str], *, without: Collection[str] = ()) -> set[str]:
        """Return the names of all commits that are reachable from some commits or tags, but not from others.

        Raises:
            GitError: The history is incomplete or damaged.
        """
        self._load(tips)
        excluded = self._closure(without) if without else set()
        return self._closure(tips, excluded)

    def _closure(self, tips: Iterable[str], stop: Collection[str] = ()) -> set[str]:
        found: set[str] = set()
        stack = [oid for tip in tips if (oid := self._peeled(tip))]
        while stack:
            oid = stack.pop()
            if oid in found or oid in stop:
                continue
            found.add(oid)
            stack += self.parents(self.commit(oid))
        return found

    def parents(self, commit: Commit) -> tuple[str, ...]:
        """Return the parents of a commit that are in the repository: none at the boundary of a shallow clone."""
        return () if commit.oid in self.location.shallow else commit.parents

    def first_parent(self, commit: Commit) -> str:
        """Return the first parent of a commit that is in the repository; empty if there is none."""
        return next(iter(self.parents(commit)), "")

    def _peeled(self, oid: str) -> str:
        """Return the commit that a tag refers to; an empty string for other objects."""
        for _step in range(5):
            if oid in self._commits:
                return oid
            raw = checked(oid, self._git.read(oid))
            if raw.kind == "commit":
                return oid
            if raw.kind != "tag":
                return ""
            oid = parse_tag(oid, raw.content).target
        return ""

    def _load(self, tips: Collection[str]) -> None:
        """Read the history of some commits or tags in one go, which is much faster than one by one."""
        if all(tip in self._commits for tip in tips):
            return
        names = "".join(f"{tip}\n" for tip in sorted(tips)).encode("ascii")
        listed = self._git.run("rev-list", "--stdin", "--ignore-missing", text=names)
        output = self._git.run("cat-file", "--batch", "--buffer", text=listed)
        start = 0
        while start < len(output):
            end = output.index(b"\n", start)
            words = output[start:end].split()
            if len(words) != 3:  # noqa: PLR2004  “<name> missing”
                start = end + 1
                continue
            oid, size = words[0].decode("ascii"), int(words[2])
            content = output[end + 1 : end + 1 + size]
            start = end + size + 2
            self._commits[oid] = parse_commit(oid, checked(oid, Raw(words[1].decode("ascii"), content)).content)

    @cached_property
    def mainline(self) -> dict[str, str]:
        """Return for each commit of the default branch the commit of its first-parent chain that brought it in."""
        brought: dict[str, str] = {}
        chain = []
        oid = self._peeled(self.location.refs["HEAD"]) if "HEAD" in self.location.refs else ""
        seen: set[str] = set()
        while oid and oid not in seen:
            seen.add(oid)
            chain.append(oid)
            oid = self.first_parent(self.commit(oid))
        for first in reversed(chain):
            stack = [first]
            while stack:
                oid = stack.pop()
                if oid not in brought:
                    brought[oid] = first
                    stack += self.parents(self.commit(oid))
        return brought

    def merged_by(self, merge: Commit) -> frozenset[str]:
        """Return the names of the commits that a merge brought in: those that its first parent does not reach."""
        first, *others = self.parents(merge) or ("",)
        return frozenset(self.reachable(others, without=[first])) if others else frozenset()

    # Names

    def resolve(self, name: str) -> Revision:
        """Return what a tag, the name of a commit, or the beginning of one refers to.

        Raises:
            NotFoundError: It refers to nothing, to several commits, or to a branch.
            GitError: An object is damaged.
        """
        if f"refs/tags/{name}" in self.location.refs and len(name) != _FULL:
            oid, tag = self.tag_object(name)
            return Revision(self.commit(self._peeled(oid)), tag)
        if any(f"{prefix}{name}" in self.location.refs for prefix in BRANCHES):
            raise NotFoundError("branch")
        if not _PREFIX.fullmatch(name):
            raise NotFoundError("missing")
        if len(name) == _FULL:
            try:
                return Revision(self.commit(name), None)
            except MissingObjectError:
                raise NotFoundError("missing") from None
        found = [oid for oid in self.public if oid.startswith(name)]
        if len(found) != 1:
            raise NotFoundError("ambiguous" if found else "missing")
        return Revision(self.commit(found[0]), None)

    def tag_object(self, name: str) -> tuple[str, Tag | None]:
        """Return the name of the object that a tag refers to, and the object if the tag is annotated."""
        oid = self.location.refs.get(f"refs/tags/{name}", "")
        raw = checked(oid, self._git.read(oid))
        return oid, parse_tag(oid, raw.content) if raw.kind == "tag" else None

    # Files

    def find(self, commit: Commit, path: str) -> File:
        """Return the file or folder at a path; symbolic links and submodules are not followed.

        Raises:
            NotFoundError: There is none, or a link or a submodule is in the way.
            GitError: An object is missing or damaged.
        """
        names = [name.encode() for name in path.split("/") if name]
        if len(names) > DEEPEST_PATH or {b".", b".."} & {*names}:
            raise NotFoundError("missing")
        item = TreeItem(FOLDER, commit.tree)
        for name in names:
            if item.mode != FOLDER or name not in self.tree(item.oid):
                raise NotFoundError("missing")
            item = self.tree(item.oid)[name]
            if item.mode in {SYMLINK, SUBMODULE}:
                raise NotFoundError("symlink" if item.mode == SYMLINK else "submodule")
        if item.mode == FOLDER:
            return File("tree", item.oid, 0)
        content = self.blob(item.oid)
        return File("blob", item.oid, content.count(b"\n") + (not content.endswith(b"\n") and bool(content)))

    def files(self, commit: Commit, folder: str) -> Iterator[str]:
        """Yield the paths of the regular files below a folder of a commit, in order."""
        found = self.find(commit, folder)
        stack = [(folder.strip("/"), found.oid)] if found.kind == "tree" else []
        while stack:
            path, oid = stack.pop()
            for name, item in sorted(self.tree(oid).items(), reverse=True):
                below = f"{path}/{name.decode('utf-8', 'surrogateescape')}".lstrip("/")
                if item.mode == FOLDER:
                    stack.append((below, item.oid))
                elif item.mode not in {SYMLINK, SUBMODULE}:
                    yield below

    def changed(self, commit: Commit) -> set[str]:
        """Return the paths that differ between a commit and its first parent."""
        parent = self.first_parent(commit)
        return set(self._differences("", self.commit(parent).tree if parent else "", commit.tree))

    def _differences(self, folder: str, old: str, new: str) -> Iterator[str]:
        before = self.tree(old) if old else {}
        after = self.tree(new) if new else {}
        for name in before.keys() | after.keys():
            one, two = before.get(name), after.get(name)
            if one == two:
                continue
            path = folder + name.decode("utf-8", "surrogateescape")
            trees = [item.oid if item and item.mode == FOLDER else "" for item in (one, two)]
            if any(trees):
                yield from self._differences(f"{path}/", *trees)
            if any(item and item.mode != FOLDER for item in (one, two)):
                yield path

    def start_blame(self, files: Iterable[tuple[Commit, str]]) -> None:
        """Start ``blame`` for whole files of commits in the background; ``blame`` then waits for the results."""
        keys = [(commit.oid, path, None) for commit, path in files]
        self._indexed = self._indexed or self._pool.submit(self._git.index_history, {oid for oid, *_others in keys})
        for key in keys:
            if key not in self._blame:
                self._blame[key] = self._pool.submit(self._run_blame, *key)

    def blame(self, commit: Commit, path: str, lines: tuple[int, int] | None = None) -> dict[str, int]:
        """Return for each commit the number of lines of a file that it changed last.

        Raises:
            GitError: git failed.
        """
        key = (commit.oid, path, lines)
        if key not in self._blame:
            self._blame[key] = self._pool.submit(self._run_blame, *key)
        return self._blame[key].result()

    def _run_blame(self, oid: str, path: str, lines: tuple[int, int] | None) -> dict[str, int]:
        if self._indexed:
            self._indexed.result()
        span = ("-L", f"{lines[0]},{lines[1]}") if lines else ()
        counts: dict[str, int] = {}
        for line in self._git.run("blame", "--incremental", *span, oid, "--", path).splitlines():
            match = _BLAMED.fullmatch(line)
            if match:
                found = match["oid"].decode("ascii")
                counts[found] = counts.get(found, 0) + int(match["lines"])
        return counts

    def added(self, commit: Commit) -> dict[str, int]:
        """Return for each path the number of lines that a commit adds to its first parent; renames are followed.

        Raises:
            GitError: git failed, or the parent is missing.
        """
        parent = self.first_parent(commit)
        sides = [parent, commit.oid] if parent else ["--root", commit.oid]
        options = ("-r", "-z", "--numstat", "--find-renames", "--no-commit-id", "--no-ext-diff", "--no-textconv")
        words = iter(self._git.run("diff-tree", *options, *sides).split(b"\0"))
        counts = {}
        for word in words:
            if not word:
                continue
            lines, _deleted, name = word.split(b"\t", 2)
            if not name:  # a rename: the old and the new path follow
                next(words, b"")
                name = next(words, b"")
            counts[name.decode("utf-8", "surrogateescape")] = int(lines) if lines.isdigit() else 0
        return counts

    def close(self) -> None:
        """End the processes of git."""
        self._pool.shutdown(cancel_futures=True)
        self._git.close()


@contextmanager
def open_repositories(paths: Mapping[str, Path]) -> Iterator[dict[str, Repository]]:
    """Open repositories, given by their address; afterwards, remove all temporary files.

    Raises:
        GitError: A path is neither a repository nor a bundle.
    """
    with ExitStack() as stack:
        found = {}
        for address, path in paths.items():
            home = Path(stack.enter_context(TemporaryDirectory(prefix="folio-git-")))
            try:
                repository = Repository(open_location(path, home))
            except GitError as error:
                raise GitError(f"{address}: {error}") from error
            stack.callback(repository.close)
            found[address] = repository
        yield found
