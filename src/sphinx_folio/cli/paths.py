"""Paths as arguments of commands: whether they exist, and messages in one line about what is wrong with them."""

from __future__ import annotations

import os
import re
from argparse import ArgumentTypeError
from errno import EACCES
from pathlib import Path

from sphinx_folio._common.characters import is_utf8, shown_name
from sphinx_folio._common.i18n import __
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import did_you_mean
from sphinx_folio.cli.exit_codes import NotRunError


def named_path(text: str) -> Path:
    """Return a file or folder that need not exist; the type of an argument.

    Raises:
        ArgumentTypeError: The text is empty, as an unset variable of a shell is; it would mean the current folder.
        NotRunError: It is not UTF-8.
    """
    if not text:
        raise ArgumentTypeError(str(__("the path is empty")))
    return checked_name(Path(text))


def checked_name(path: Path) -> Path:
    """Return a path whose name is UTF-8.

    Raises:
        NotRunError: It is not.
    """
    if not is_utf8(str(path)):
        raise NotRunError(f"{shown_name(str(path))}: " + str(__("the name is not UTF-8; rename it")))
    return path


def existing(text: str) -> Path:
    """Return a file or folder that must exist; the type of an argument.

    Raises:
        NotRunError: There is none.
    """
    path = named_path(text)
    if not path.exists():
        raise NotRunError(no_such(path))
    return path


def existing_folder(text: str) -> Path:
    """Return a folder that must exist; the type of an argument.

    Raises:
        NotRunError: There is none.
    """
    path = existing(text)
    if not path.is_dir():
        raise NotRunError(no_folder(path))
    return path


def folder_to_write(path: Path) -> Path:
    """Return a folder, which is created if it does not exist.

    Raises:
        OSError: It cannot be created or written to.
    """
    path.mkdir(parents=True, exist_ok=True)
    if not os.access(path, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(path))
    return path


def no_such(path: Path) -> str:
    """Return the message that a file or folder does not exist, with the path that is nearest."""
    return str(__("there is no file or folder %s%s")) % (path, did_you_mean(_nearest(path)))


def no_folder(path: Path) -> str:
    """Return the message that a path, or one of its parents, is a file and no folder."""
    return str(__("%s is a file; choose a folder")) % (_file_in(path) or path)


def _file_in(path: Path) -> Path | None:
    """Return a path, or the nearest of its parents, that is a file; None if a link leads nowhere."""
    return next((part for part in (path, *path.parents) if part.exists() and not part.is_dir()), None)


def problem_with(error: OSError) -> str:
    """Return what the system reports about a path, in one line."""
    path, reason = str(error.filename or ""), str(error.strerror or error)
    if isinstance(error, FileNotFoundError) and path:
        return no_such(Path(path))
    if isinstance(error, IsADirectoryError):
        return str(__("%s is a folder; name a file")) % path
    if isinstance(error, (NotADirectoryError, FileExistsError)) and path and _file_in(Path(path)):
        return no_folder(Path(path))
    return f"{path}: {reason}" if path else reason


def not_utf8(error: UnicodeDecodeError) -> str:
    """Return the message that a file is not encoded in UTF-8."""
    return str(__("not UTF-8: %s at byte %d; save the file as UTF-8")) % (error.reason, error.start)


def from_current_folder(text: str) -> str:
    """Return a message in which all paths in the current folder are relative to it."""
    return re.sub(rf"(?<![\w/.~-]){re.escape(f'{Path.cwd()}{os.sep}')}", "", text)


def _nearest(path: Path) -> str | None:
    """Return the path that differs in its first wrong part only, or None."""
    missing = next((part for part in (*reversed(path.parents), path) if not part.exists()), path)
    try:
        names = [sibling.name for sibling in missing.parent.iterdir()]
    except OSError:
        return None
    name = nearest(missing.name, names)
    found = missing.parent / name / path.relative_to(missing) if name else None
    return str(found) if found and found.exists() else None
