"""Run git on the objects of a repository that is not trusted.

git never runs inside the repository. It runs in an empty one of our own, which borrows the repository's objects: its
packs and its single objects, by links to their folders. So no configuration, hook, filter, attribute, graft,
replacement or commit graph of the repository is obeyed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SECONDS = 120
"""The maximum run time of one process."""
READING = 600
"""The maximum run time of the process that reads single objects."""
OUTPUT = 1 << 28
"""The maximum output of one process, in bytes."""
LARGEST_OBJECT = 1 << 25
"""The maximum size of an object that is read, in bytes."""

CONFIG = """\
[core]
    repositoryFormatVersion = 0
    bare = true
    multiPackIndex = false
    fsmonitor = false
    hooksPath = /dev/null
    attributesFile = /dev/null
    bigFileThreshold = 16m
[protocol]
    allow = never
[gc]
    auto = 0
[maintenance]
    auto = false
"""
"""The configuration of our repository. An index of several packs may contradict the objects."""
BORROWED = re.compile(r"pack|[0-9a-f]{2}")
"""The folders with objects; ``info`` is left out, because the commit graph in it may contradict the objects."""


class GitError(Exception):
    """git failed, took too long or produced too much; the message says what to do."""


class LimitError(GitError):
    """A program is not installed, took too long or returned too much; this says nothing about the repository."""


class MissingObjectError(GitError):
    """An object is not in the repository."""


class InvalidObjectError(GitError):
    """The content of an object does not match its name, or it is too large."""


class Raw(NamedTuple):
    """The type and the content of an object."""

    kind: str
    content: bytes


def environment(home: Path) -> dict[str, str]:
    """Return the environment of child processes: no variable and no configuration of the user reaches them."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "LC_ALL": "C",
        "TZ": "UTC",
        "GIT_DIR": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_PAGER": "cat",
    }


def run_limited(
    command: Iterable[str], *, env: Mapping[str, str], text: bytes = b"", seconds: float = SECONDS, limit: int = OUTPUT
) -> tuple[int, bytes]:
    """Run a program with limits; return its exit code and output.

    Args:
        command: The program and its arguments.
        env: The environment.
        text: The standard input.
        seconds: The maximum run time.
        limit: The maximum output in bytes.

    Raises:
        LimitError: The program is not installed, or it exceeds a limit.
    """
    words = list(command)
    program = shutil.which(words[0])
    if program is None:
        raise LimitError(f"{words[0]} is not installed")
    with TemporaryFile() as source:
        source.write(text)
        source.seek(0)
        process = subprocess.Popen(  # noqa: S603  fixed programs, without a shell
            [program, *words[1:]], stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(env)
        )
        timer = Timer(seconds, process.kill)
        timer.start()
        try:
            output = process.stdout.read(limit + 1) if process.stdout else b""
            if len(output) > limit:
                process.kill()
            code = process.wait()
            is_late = not timer.is_alive()
        finally:
            timer.cancel()
            if process.stdout:
                process.stdout.close()
    if len(output) > limit:
        raise LimitError(f"{words[0]} {words[1]} returned more than {limit} bytes")
    if is_late:
        raise LimitError(f"{words[0]} {words[1]} took longer than {seconds:g} seconds")
    return code, output


def _link_objects(folder: Path, objects: Path) -> Path:
    """Create a folder with links to the folders with objects; return it."""
    folder.mkdir(parents=True)
    for found in objects.iterdir():
        if BORROWED.fullmatch(found.name):
            _link_folder(folder / found.name, found)
    return folder


def _link_folder(link: Path, folder: Path) -> None:
    """Link a folder; copy it where links need a privilege, as on Windows."""
    try:
        link.symlink_to(folder, target_is_directory=True)
    except OSError:
        shutil.copytree(folder, link, copy_function=shutil.copyfile)


class Git:
    """git in an empty repository that borrows the objects of other ones."""

    def __init__(self, home: Path, borrowed: Iterable[Path] = ()) -> None:
        """Create the repository.

        Args:
            home: An empty folder for it, only used for this purpose.
            borrowed: The object folders to borrow from; none if a bundle is unpacked instead.
        """
        self._env = environment(home)
        (home / "refs").mkdir()
        (home / "objects" / "info").mkdir(parents=True)
        (home / "HEAD").write_bytes(b"ref: refs/heads/none\n")
        (home / "config").write_bytes(CONFIG.encode())
        links = (_link_objects(home / "borrowed" / str(number), found) for number, found in enumerate(borrowed))
        text = "".join(f"{folder.as_posix()}\n" for folder in links)
        (home / "objects" / "info" / "alternates").write_bytes(os.fsencode(text))  # without a carriage return
        self._home = home
        self._reader: _Reader | None = None

    def set_shallow(self, boundary: Iterable[str]) -> None:
        """Tell git which commits have parents that are not in the repository."""
        (self._home / "shallow").write_bytes("".join(f"{oid}\n" for oid in sorted(boundary)).encode())

    def index_history(self, tips: Iterable[str]) -> None:
        """Write a commit graph of our own, which makes blame several times faster; without one, it is only slower."""
        if (self._home / "objects" / "info" / "commit-graph").exists():
            return
        names = "".join(f"{oid}\n" for oid in tips).encode("ascii")
        with suppress(GitError):
            self.run("commit-graph", "write", "--stdin-commits", "--changed-paths", text=names)

    def run(self, *arguments: str, text: bytes = b"", limit: int = OUTPUT) -> bytes:
        """Run a git command; return its output.

        Raises:
            GitError: git failed or exceeded a limit.
        """
        code, output = run_limited(("git", *arguments), env=self._env, text=text, limit=limit)
        if code:
            raise GitError(f"git {arguments[0]} failed with exit code {code}")
        return output

    def read(self, oid: str) -> Raw:
        """Return an object by its full name.

        Raises:
            MissingObjectError: There is no such object.
            InvalidObjectError: It is too large or damaged.
        """
        if self._reader is None:
            self._reader = _Reader(self._env)
        try:
            return self._reader.read(oid)
        except MissingObjectError:
            raise
        except GitError:
            self.close()
            raise

    def close(self) -> None:
        """End the process that reads objects."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None


class _Reader:
    """A process that prints objects on request."""

    def __init__(self, env: Mapping[str, str]) -> None:
        program = shutil.which("git")
        if program is None:
            raise LimitError("git is not installed")
        self._process = subprocess.Popen(  # noqa: S603  a fixed program, without a shell
            [program, "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(env),
        )
        self._timer = Timer(READING, self._process.kill)
        self._timer.start()

    def read(self, oid: str) -> Raw:
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:
            raise GitError("git cat-file has no pipes")
        try:
            target.write(f"{oid}\n".encode("ascii"))
            target.flush()
        except OSError as error:
            raise self._late() from error
        words = source.readline(200).split()
        if not self._timer.is_alive():
            raise self._late()
        match words:
            case [_oid, b"missing" | b"ambiguous"]:
                raise MissingObjectError(f"there is no object {oid}")
            case [_oid, kind, size] if int(size) <= LARGEST_OBJECT:
                content = source.read(int(size) + 1)[:-1]
                if len(content) == int(size):
                    return Raw(kind.decode("ascii"), content)
            case [_oid, _kind, _size]:
                raise InvalidObjectError(f"the object {oid} is larger than {LARGEST_OBJECT} bytes")
        raise InvalidObjectError(f"the object {oid} cannot be read")

    @staticmethod
    def _late() -> LimitError:
        return LimitError(f"git cat-file took longer than {READING} seconds")

    def close(self) -> None:
        self._timer.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._process.wait()
