"""The entries of a portfolio, by type and key, from its source files and from the open documents of the editor."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.page_suffixes import MARKDOWN, PAGES
from sphinx_folio.editor.text import Found, scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOT_PAGES = frozenset({"build", "dist", "locales", "node_modules", "venv"})
"""Folders without pages; those whose names begin with a dot or an underscore have none either."""


class Entry(NamedTuple):
    """An entry with its page."""

    path: Path
    found: Found


class Index:
    """The entries of all pages in a folder; a file is scanned again if its time or its size has changed."""

    def __init__(self, folder: Path) -> None:
        """Start without entries."""
        self._folder = folder
        self._scanned: dict[Path, tuple[object, list[Found]]] = {}

    def entries(self, name_options: Mapping[str, str], documents: Mapping[Path, str]) -> dict[str, dict[str, Entry]]:
        """Return the type → the key → the entry; the first of several entries with a key counts.

        Args:
            name_options: The types of entries → the option with the name.
            documents: The texts of the open documents, which may not be saved.
        """
        found: dict[str, dict[str, Entry]] = {}
        scanned: dict[Path, tuple[object, list[Found]]] = {}
        for path, version in sorted({**dict(_files(self._folder)), **documents}.items()):
            state = (version, tuple(name_options.items()))
            old_state, entries = self._scanned.get(path, (None, []))
            if state != old_state:
                text = version if isinstance(version, str) else path.read_text(encoding="utf-8", errors="replace")
                entries = list(scan(text, name_options, markdown=path.suffix in MARKDOWN))
            scanned[path] = (state, entries)
            for entry in entries:
                found.setdefault(entry.type, {}).setdefault(entry.key, Entry(path, entry))
        self._scanned = scanned
        return found


def _files(folder: Path) -> Iterator[tuple[Path, object]]:
    """Yield the pages in a folder, each with a value that changes when the file does."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_PAGES and name[0] not in "._"]
        for name in names:
            path = Path(parent, name)
            if name.endswith(PAGES) and os.access(path, os.R_OK):
                stat = path.stat()
                yield path, (stat.st_mtime_ns, stat.st_size)
