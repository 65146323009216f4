"""Cache files for later builds. A cache that is missing, damaged or out of date is treated as empty.

The first line of a cache has a digest of its rules and one of its content. The rules are a string that changes whenever
old content must not be used, such as the version. A reader therefore gets the content exactly as it was written, or
None if the file was truncated, changed or written with other rules.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BLOCK = 1 << 20
"""The number of bytes to read at once."""


def digest_of_bytes(content: bytes) -> str:
    """Return the SHA-256 digest of a file's content."""
    return sha256(content).hexdigest()


class _Hashed:
    """A writable file that computes the digest of the written content."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        return self._file.write(content)


@contextmanager
def open_cache(path: Path, rules: str) -> Iterator[IO[bytes] | None]:
    """Open a cache at the start of its content; yield None if it is damaged or was written with other rules."""
    try:
        file = path.open("rb") if path.is_file() else None
    except OSError:
        file = None
    if file is None:
        yield None
        return
    with file:
        yield file if _is_valid(file, rules) else None


def _is_valid(file: IO[bytes], rules: str) -> bool:
    """Return whether a cache is complete and has these rules; leave the file at the start of its content."""
    head = _head(rules, sha256().hexdigest())
    digest = sha256()
    try:
        found = file.read(len(head))
        while block := file.read(BLOCK):
            digest.update(block)
        file.seek(len(head))
    except OSError:
        return False
    return found == _head(rules, digest.hexdigest())


@contextmanager
def create_cache(path: Path, rules: str) -> Iterator[_Hashed]:
    """Yield a file for the content of a new cache, which replaces the earlier one at the end of the block."""
    with replace_file(path) as file:
        file.write(_head(rules, sha256().hexdigest()))
        content = _Hashed(file)
        yield content
        file.seek(0)
        file.write(_head(rules, content.digest.hexdigest()))


def _head(rules: str, digest: str) -> bytes:
    return f"{sha256(rules.encode()).hexdigest()} {digest}\n".encode()


def read(path: Path, rules: str) -> bytes | None:
    """Return the content of a cache, or None if it is damaged or was written with other rules."""
    with open_cache(path, rules) as file:
        return file.read() if file else None


def write(path: Path, rules: str, content: bytes) -> None:
    """Write the content of a cache."""
    with create_cache(path, rules) as file:
        file.write(content)


def remove(path: Path) -> None:
    """Remove a cache, or a folder of the same name."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def read_json(path: Path, rules: str) -> Any:
    """Return the JSON data of a cache, or None if it is damaged or was written with other rules."""
    content = read(path, rules)
    return None if content is None else json.loads(content)


def write_json(path: Path, rules: str, data: Any) -> None:
    """Write data into a cache as JSON."""
    write(path, rules, json.dumps(data, sort_keys=True).encode())


@contextmanager
def replace_file(path: Path) -> Iterator[IO[bytes]]:
    """Replace a file atomically: write to a temporary file in the same folder, then rename it.

    A symbolic link or a folder of this name is also replaced; the target of the link is not changed.
    """
    path = Path(path)  # in Sphinx's _StrPath, replace() is the method of str
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
        if path.is_dir() and not path.is_symlink():
            remove(path)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def content_or_none(path: Path) -> bytes | None:
    """Return the content of a file, or None if it does not exist or cannot be read."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def update_file(path: Path, note: Path, rules: str, make: Callable[[], bytes]) -> None:
    """Make a file if it is missing, was changed, or was made by other rules.

    Args:
        path: The path of the file.
        note: The path of a cache for the digest of the file.
        rules: What the content depends on.
        make: A function that returns the content.
    """
    content = content_or_none(path)
    if content is None or read(note, rules) != digest_of_bytes(content).encode():
        content = make()
        with replace_file(path) as file:
            file.write(content)
        write(note, rules, digest_of_bytes(content).encode())


def write_if_changed(path: Path, content: bytes) -> None:
    """Write a file unless it already has this content, so that its modification time stays the same."""
    if path.is_symlink() or content_or_none(path) != content:
        with replace_file(path) as file:
            file.write(content)
