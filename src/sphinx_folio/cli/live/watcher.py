"""Find changed files by their times and sizes; this works on every system and needs no library."""

from __future__ import annotations

import math
import os
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INTERVAL = 0.05
"""Seconds between two looks."""
LOOKS = 4
"""The number of looks that have to miss a file before it counts as removed."""
SHARE = 0.1
"""The largest share of a processor for looking: with very many files, the looks are further apart."""
IGNORED = (".mo", ".pyc", ".swp", ".swx", ".tmp", "~")
"""The ends of the names of files that are made by programs."""

Mark = tuple[int, int, int]
"""What changes when a file does: time, size, and number of the file."""


class Watcher:
    """Looks at files and at all files in folders."""

    def __init__(self, excluded: Iterable[Path]) -> None:
        """Ignore some folders: those that are written to."""
        self._excluded = {str(path.resolve()) for path in excluded}
        self.marks: dict[str, Mark] = {}
        """File → what changes when the file does."""
        self._missing: Counter[str] = Counter()
        """File → the number of looks in a row that have missed it."""
        self._folders: set[str] = set()
        self._files: set[str] = set()
        self._next = 0.0

    def watch(self, folders: Iterable[Path], files: Iterable[Path], since: float = math.inf) -> None:
        """Watch folders and files from now on.

        Args:
            folders: The folders.
            files: The files.
            since: A time in nanoseconds; if a new file was changed later, that is reported. By default, none is.
        """
        old_folders, old_files = set(self._folders), set(self._files)
        self._folders.update(str(path.resolve()) for path in folders)
        self._files.update(str(path.resolve()) for path in files)
        if self._folders != old_folders or self._files != old_files:
            for path, found in self._look():
                if found[0] < since:
                    self.marks.setdefault(path, found)

    @property
    def is_due(self) -> bool:
        """Return whether it is time for the next look."""
        return time.monotonic() >= self._next

    @property
    def is_certain(self) -> bool:
        """Return whether the last look has missed no file that may come back."""
        return not self._missing

    def changes(self) -> set[Path]:
        """Return the files that were changed, added or removed since the last look.

        A file counts as removed if some looks in a row miss it: many editors replace a file when they save.
        """
        start = time.monotonic()
        found = dict(self._look())
        changed = {path for path, mark in found.items() if self.marks.get(path) != mark}
        self._missing = Counter({path: self._missing[path] + 1 for path in self.marks.keys() - found.keys()})
        removed = {path for path, looks in self._missing.items() if looks == LOOKS}
        self.marks |= found
        for path in removed:
            del self.marks[path], self._missing[path]
        now = time.monotonic()
        self._next = now + max(INTERVAL, (now - start) / SHARE)
        return {Path(path) for path in changed | removed}

    def _look(self) -> Iterator[tuple[str, Mark]]:
        seen: set[str] = set()
        for folder in self._folders:
            yield from self._look_into(folder, seen)
        for path in self._files:
            mark = _mark(path)
            if mark is not None:
                yield path, mark

    def _look_into(self, folder: str, seen: set[str]) -> Iterator[tuple[str, Mark]]:
        if folder in seen or folder in self._excluded:
            return
        seen.add(folder)
        try:
            entries = [*os.scandir(folder)]
        except OSError:
            return
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith(IGNORED) or entry.name == "__pycache__":
                continue
            try:
                if entry.is_dir():
                    yield from self._look_into(os.path.join(folder, entry.name), seen)  # noqa: PTH118  ten times faster
                else:
                    stat = entry.stat()
                    yield entry.path, (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            except OSError:  # removed in this moment
                continue


def written_folders(output: Path) -> list[Path]:
    """Return the folders that are not watched: that of the output, and ``build`` around it, with other outputs."""
    return [output, output.parent] if output.parent.name == "build" else [output]


def _mark(path: str) -> Mark | None:
    try:
        stat = os.stat(path)  # noqa: PTH116  ten times faster
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
