"""Remove what an earlier build wrote into an output folder and this one does not write.

The record of these files is in the output folder itself. So it belongs to that folder alone, and it is still there when
another builder, or a build with another doctree folder, writes into it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common import caches

if TYPE_CHECKING:
    from collections.abc import Iterable

RULES = "files of an output folder, 1"


class Leftovers:
    """The record of the files that one extension writes into an output folder."""

    def __init__(self, output: Path, extension: str) -> None:
        """Take the output folder and what the extension is called in the name of the record."""
        self._output = Path(output)
        self._record = self._output / f".folio-{extension}"

    def remove(self, written: Iterable[str], *, keep: Iterable[str] = (), known: Iterable[str] = ()) -> None:
        """Remove the files of earlier builds that this one does not write, and record those that it writes.

        Call it before the build writes its files: what others then write under the same names is theirs.

        Args:
            written: The files that this build writes, by their names below the output folder.
            keep: Files that are others' by now.
            known: Files that are removed even if there is no record of them.
        """
        written = sorted(set(written))
        earlier = caches.read_json(self._record, RULES) or []
        for name in sorted({*earlier, *known} - {*written, *keep}):
            remove_file(self._output, name)
        if written != earlier:
            caches.write_json(self._record, RULES, written)


def remove_file(output: Path, name: str) -> None:
    """Remove a file below the output folder, but not one outside or one that is reached through a link to a folder."""
    folder = Path(output).resolve()
    path = folder / name
    if path.parent.resolve() == path.parent and path.is_relative_to(folder) and (path.is_file() or path.is_symlink()):
        path.unlink()
