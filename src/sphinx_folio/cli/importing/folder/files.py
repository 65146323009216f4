"""Read the files of an untrusted folder: within size limits, and never outside of the folder."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio._common.page_suffixes import MARKDOWN
from sphinx_folio.cli.importing.items import MAX_FILE_SIZE, UnreadableResumeError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILES = 20_000
"""The maximum number of files and folders that are listed."""
SUFFIXES = (*MARKDOWN, ".json", ".yml", ".yaml", ".toml", ".bib")
SKIPPED_FOLDERS = {"_site", "exampleSite", "node_modules", "public", "resources", "themes", "vendor"}
"""Folders with dependencies, themes or built sites, which are not read; nor are hidden ones."""


def suffix_of(name: str) -> str:
    """Return the suffix of a file in lowercase: ``.md`` for ``README.MD``."""
    return PurePosixPath(name).suffix.lower()


def _has_target(link: Path) -> bool:
    try:
        link.stat()
    except OSError:
        return False
    return True


class SiteFolder:
    """The files of a folder that may be read, by their paths relative to it, with slashes."""

    def __init__(self, root: Path) -> None:
        """List the files.

        Raises:
            OSError: The folder cannot be read.
            UnreadableResumeError: The folder has too many files, a folder in it cannot be read, or a link in it leads
                out of it.
        """
        self._root = root.resolve()
        self._left = MAX_FILE_SIZE
        self._listed = 0
        self.broken_links: list[str] = []
        """The paths of symbolic links to a missing file, or to themselves."""
        self.names = sorted(self._names(self._root))

    def _names(self, folder: Path) -> Iterator[str]:
        for entry in self._entries(folder):
            self._listed += 1
            if self._listed > MAX_FILES:
                raise UnreadableResumeError(__("the folder has more than %d files") % MAX_FILES)
            path = Path(entry.path)
            name = path.relative_to(self._root).as_posix()
            if entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS:
                continue
            is_wanted = suffix_of(name) in SUFFIXES
            if entry.is_symlink():
                if not _has_target(path):
                    self.broken_links += [name] if is_wanted else []
                    continue
                if (is_wanted or path.is_dir()) and not path.resolve().is_relative_to(self._root):
                    raise UnreadableResumeError(
                        __("%s: a symbolic link that leads out of the folder; replace it by its target") % name
                    )
                if path.is_dir():
                    continue  # its files are read where they are
            if entry.is_dir():
                yield from self._names(path)
            elif is_wanted and entry.is_file():
                yield name

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(islice(entries, MAX_FILES + 1))
        except OSError as error:
            if folder == self._root:
                raise  # its path is the one that the user gave
            name = folder.relative_to(self._root).as_posix()
            raise UnreadableResumeError(f"{name}: {error.strerror}") from None

    def read(self, name: str) -> bytes:
        """Return the content of a file.

        Raises:
            UnreadableResumeError: The file cannot be read, or all files together are too large.
        """
        try:
            with Path(self._root, name).open("rb") as file:
                content = file.read(self._left + 1)
        except OSError as error:
            raise UnreadableResumeError(f"{name}: {error.strerror}") from None
        self._left -= len(content)
        if self._left < 0:
            message = __("%s: the files of the folder are larger than %d bytes")
            raise UnreadableResumeError(message % (name, MAX_FILE_SIZE))
        return content
