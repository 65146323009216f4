"""Read the files of a folder that nobody has checked: within limits, and none outside of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import MAX_FILE_SIZE, UnreadableResumeError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILES = 20_000
"""The maximum number of files and folders that are looked at."""
MARKDOWN = (".md", ".markdown")
SUFFIXES = (*MARKDOWN, ".json", ".yml", ".yaml", ".toml", ".bib")
OUTPUT = {"_site", "exampleSite", "node_modules", "public", "resources", "themes", "vendor"}
"""Folders of programs, of themes and of built sites, which are not read; nor are hidden ones."""


class SiteFolder:
    """The files of a folder that may be read, by their paths relative to it, with slashes."""

    def __init__(self, root: Path) -> None:
        """List the files.

        Raises:
            UnreadableResumeError: The folder has too many files, or a link in it leads out of it.
        """
        self._root = root.resolve()
        self._left = MAX_FILE_SIZE
        self._looked_at = 0
        self.names = sorted(self._names(self._root))

    def _names(self, folder: Path) -> Iterator[str]:
        with os.scandir(folder) as entries:
            for entry in entries:
                self._looked_at += 1
                if self._looked_at > MAX_FILES:
                    raise UnreadableResumeError(__("the folder has more than %d files") % MAX_FILES)
                path = Path(entry.path)
                name = path.relative_to(self._root).as_posix()
                if entry.name.startswith(".") or entry.name in OUTPUT:
                    continue
                is_wanted = path.suffix.lower() in SUFFIXES
                if entry.is_symlink() and (is_wanted or entry.is_dir()):
                    if not path.resolve().is_relative_to(self._root):
                        raise UnreadableResumeError(
                            __("%s: a symbolic link that leads out of the folder; replace it by its target") % name
                        )
                    if entry.is_dir():
                        continue  # its files are read where they are
                if entry.is_dir():
                    yield from self._names(path)
                elif is_wanted and entry.is_file():
                    yield name

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
