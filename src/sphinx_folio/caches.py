"""Files that a build keeps for the next one. A file that is missing, damaged or out of date counts as none.

The first line of a cache names the rules by which the content was made and the digest of the content. So whatever
happened to the file since (cut short, changed, written by another version), a reader gets the content as it was
written, or nothing.
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
    from collections.abc import Iterator

BLOCK = 1 << 20
"""How many bytes are read at once."""


def digest_of_bytes(content: bytes) -> str:
    """Return the digest of a file's content."""
    return sha256(content).hexdigest()


class _Hashed:
    """A file that is written, and the digest of what was."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        return self._file.write(content)


@contextmanager
def opened(path: Path, rules: str) -> Iterator[IO[bytes] | None]:
    """Open a cache at the start of its content; give nothing if it is not complete or was made by other rules."""
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
    """Tell whether a cache is complete, and stop at the start of its content."""
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
def created(path: Path, rules: str) -> Iterator[_Hashed]:
    """Write a cache piece by piece; it takes the place of the earlier one once all is written."""
    with replaced(path) as file:
        file.write(_head(rules, sha256().hexdigest()))
        content = _Hashed(file)
        yield content
        file.seek(0)
        file.write(_head(rules, content.digest.hexdigest()))


def _head(rules: str, digest: str) -> bytes:
    return f"{sha256(rules.encode()).hexdigest()} {digest}\n".encode()


def read(path: Path, rules: str) -> bytes | None:
    """Return the content of a cache, or nothing if it is not complete or was made by other rules."""
    with opened(path, rules) as file:
        return file.read() if file else None


def write(path: Path, rules: str, content: bytes) -> None:
    """Write a cache."""
    with created(path, rules) as file:
        file.write(content)


def remove(path: Path) -> None:
    """Remove a cache, or whatever has taken its place."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def read_json(path: Path, rules: str) -> Any:
    """Return the data in a cache, or nothing if it is not complete or was made by other rules."""
    content = read(path, rules)
    return None if content is None else json.loads(content)


def write_json(path: Path, rules: str, data: Any) -> None:
    """Write data into a cache."""
    write(path, rules, json.dumps(data, indent=0, sort_keys=True).encode())


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside another and put it in its place at the end: nobody ever reads half of it.

    A link, or a folder, in that place is replaced like a file; what a link leads to stays as it is.
    """
    path = Path(path)  # Sphinx's own paths have the replace() of a string
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            yield file
        if path.is_dir() and not path.is_symlink():
            remove(path)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def content_of(path: Path) -> bytes | None:
    """Return the content of a file of the output, or nothing if there is no such file or it cannot be read."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def write_if_changed(path: Path, content: bytes) -> None:
    """Write a file of the output unless it has that content already, so that it keeps its time."""
    if path.is_symlink() or content_of(path) != content:
        with replaced(path) as file:
            file.write(content)
