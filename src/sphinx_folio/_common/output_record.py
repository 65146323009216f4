"""Remove stale files: files in the output folder that an earlier build wrote and this build does not write.

The record of these files is stored in the output folder itself, so it is also found by a build with another builder or
another doctree folder. It is published with the site, so it has digests of names: the name of a page that no other page
links to stays unknown.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common import caches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

RULES = "files of an output folder, 2"
EXTENSIONS: Mapping[str, str] = {
    "csp": "sphinx_folio.csp",
    "exports": "sphinx_folio.export",
    "icons": "sphinx_folio.social",
    "markdown": "sphinx_folio.export",
    "redirects": "sphinx_folio.redirects",
    "social": "sphinx_folio.social",
    "static": "sphinx_folio._common.static_files",
}
"""The name in a record → the extension that writes the recorded files."""


class OutputRecord:
    """The list of files that one extension has written into an output folder."""

    def __init__(self, output: Path, extension: str) -> None:
        """Set the output folder, and the name of the extension, which is part of the record's file name."""
        self._output = Path(output)
        self._record = self._output / f".folio-{extension}"

    def files(self) -> list[str]:
        """Return the recorded files that exist, as paths relative to the output folder."""
        return self._named({*self._digests()})

    def _digests(self) -> list[str]:
        return list(caches.read_json(self._record, RULES) or [])

    def _named(self, digests: AbstractSet[str]) -> list[str]:
        """Return the files in the output folder whose names have these digests."""
        if not digests:
            return []
        start = len(os.path.join(self._output, ""))  # noqa: PTH118  paths as strings are faster
        paths = (f"{folder}/{name}" for folder, _folders, names in os.walk(self._output) for name in names)
        relative = (path[start:].replace(os.sep, "/") for path in paths)
        return sorted(path for path in relative if digest(path) in digests)

    def remove_stale(self, written: Iterable[str], *, keep: Iterable[str] = (), known: Iterable[str] = ()) -> None:
        """Remove files of earlier builds that this build does not write, and record the files that it writes.

        Call it before pages are written: another extension may write a new file with the name of a stale one.

        Args:
            written: The files that this build writes, as paths relative to the output folder.
            keep: Files that something else writes now; they are not removed.
            known: Files that are removed even if the record does not list them.
        """
        written = set(written)
        digests, earlier = sorted(map(digest, written)), self._digests()
        for name in sorted({*self._named({*earlier} - {*digests}), *known} - {*written, *keep}):
            remove_file(self._output, name)
        if digests != earlier:
            caches.write_json(self._record, RULES, digests)

    def remove(self) -> None:
        """Remove the recorded files, and the record."""
        for name in self.files():
            remove_file(self._output, name)
        self._record.unlink(missing_ok=True)


def digest(name: str) -> str:
    """Return the digest that stands for a file in a record."""
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:20]


def remove_files_of_removed_extensions(app: Sphinx) -> None:
    """Remove the files of extensions that conf.py does not load any more.

    This happens before anything is written: a page, or a file of the site's own, may have the name of a removed file.
    """
    if app.builder.format == "html":
        for name, extension in EXTENSIONS.items():
            if extension not in app.extensions:
                OutputRecord(Path(app.outdir), name).remove()


def remove_file(output: Path, name: str) -> None:
    """Remove a file in the output folder; ignore paths that lead out of it or through a symbolic link to a folder."""
    folder = Path(output).resolve()
    path = folder / name
    if path.parent.resolve() == path.parent and path.is_relative_to(folder) and (path.is_file() or path.is_symlink()):
        path.unlink()
