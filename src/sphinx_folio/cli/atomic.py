"""Write a set of files atomically: all of them or none, and never through a symbolic link."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.exit_codes import NotRunError
from sphinx_folio.cli.paths import problem_with

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


class NotWrittenError(NotRunError):
    """Nothing was written; the message says why and how to fix it."""


def write_files(
    folder: Path, texts: Mapping[str, str | bytes], *, overwrite: bool = False, optional: Collection[str] = ()
) -> list[str]:
    """Write files into a folder, which is created if it does not exist.

    After all checks, the texts are written to temporary files on the same file system, which are renamed at the end.

    Args:
        folder: The folder.
        texts: Path below the folder, with slashes → text, or the bytes of another file.
        overwrite: Whether existing files may be replaced.
        optional: The paths that are never replaced.

    Returns:
        The optional paths that exist with different content.

    Raises:
        NotWrittenError: A file exists with different content, a path is a link or the wrong type, or the system fails.
    """
    try:
        for parent in (folder, *folder.parents):
            # Links in folders that the user cannot write, such as /home, belong to the system.
            if parent == folder or os.access(parent.parent, os.W_OK):
                _check_link(parent)
        if folder.exists() and not folder.is_dir():
            raise NotWrittenError(__("%s is a file; choose a folder") % folder)
        kept = [path for path in texts if path in optional and os.path.lexists(folder / path)]
        wanted = {path: text for path, text in texts.items() if path not in kept}
        for path in wanted:
            _check_target(folder, path)
        different = [path for path, text in wanted.items() if _differs(folder / path, text)]
        if different and not overwrite:
            message = __("nothing was written: %s already contains %s; choose another folder or use --overwrite")
            raise NotWrittenError(message % (folder, ", ".join(different)))
        _write(folder, {path: wanted[path] for path in wanted if path in different or not (folder / path).exists()})
        return [path for path in kept if _differs(folder / path, texts[path])]
    except OSError as error:
        raise NotWrittenError(__("nothing was written: %s") % problem_with(error)) from None


def _check_target(folder: Path, path: str) -> None:
    """Raise an error if a target or one of its parent folders is a link, has the wrong type or is read-only."""
    for part in (PurePosixPath(path), *PurePosixPath(path).parents[:-1]):
        target = folder / part
        _check_link(target)
        if target.is_dir() and str(part) == path:
            raise NotWrittenError(__("nothing was written: %s is a folder") % target)
        if target.exists() and not target.is_dir() and str(part) != path:
            raise NotWrittenError(__("nothing was written: %s is a file") % target)
        if target.is_dir() and not os.access(target, os.W_OK):
            raise NotWrittenError(__("nothing was written: %s is read-only") % target)


def _check_link(path: Path) -> None:
    if path.is_symlink():
        raise NotWrittenError(__("nothing was written: %s is a link; remove it or choose another folder") % path)


def _differs(path: Path, text: str | bytes) -> bool:
    """Return whether a path exists with different content."""
    return path.exists() and (not path.is_file() or path.read_bytes() != _as_bytes(text))


def _as_bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _staging_folder(parent: Path) -> TemporaryDirectory[str]:
    """Create a folder for temporary files; an error is about its parent, whose name the caller knows."""
    try:
        return TemporaryDirectory(prefix=".sphinx-folio-", dir=parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(parent)) from None


def _write(folder: Path, texts: Mapping[str, str | bytes]) -> None:
    folders = sorted({parent for path in texts for parent in (folder / path).parents if not parent.exists()})
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.is_dir())
    undo: list[Callable[[], object]] = []
    with _staging_folder(existing) as staging:
        try:
            for number, text in enumerate(texts.values()):
                Path(staging, str(number)).write_bytes(_as_bytes(text))
            for parent in folders:
                undo.append(parent.rmdir)
                parent.mkdir()
            for number, path in enumerate(texts):
                new, old, target = Path(staging, str(number)), Path(staging, f"{number}.old"), folder / path
                if target.exists():
                    shutil.copymode(target, new)
                    undo.append(partial(old.replace, target))
                    target.replace(old)
                else:
                    undo.append(partial(target.unlink, missing_ok=True))
                new.replace(target)
        except BaseException:  # including Ctrl-C
            for step in reversed(undo):
                with suppress(OSError):  # continue with the other steps
                    step()
            raise
