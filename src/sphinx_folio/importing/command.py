"""The command: read a file, write pages, say what is to do and what has no place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio.importing.headings import ENGLISH, HEADINGS
from sphinx_folio.importing.pages import import_resume
from sphinx_folio.importing.reading import LARGEST_FILE, UnreadableResumeError, read_resume

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sphinx_folio.importing.pages import Imported


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("resume", type=Path, help="a file by the schema of https://jsonresume.org/")
    parser.add_argument("folder", type=Path, help="where the pages are written to")
    known = ", ".join(HEADINGS)
    words = f"the language of the headings: {known}"
    parser.add_argument("--language", choices=HEADINGS, default="en", metavar="LANGUAGE", help=words)
    parser.add_argument("--overwrite", action="store_true", help="write over pages that are there")


def run(chosen: Namespace) -> int:
    """Import a résumé; return the exit code: 0, or 1 if it is refused or would overwrite a file."""
    try:
        found = imported(chosen.resume, chosen.language)
    except UnreadableResumeError as error:
        return _fail(str(error))
    there = [chosen.folder / name for name in found.pages if (chosen.folder / name).exists()]
    if there and not chosen.overwrite:
        return _fail(f"nothing is written: {', '.join(map(str, there))} would be overwritten; --overwrite does so")
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for name, text in found.pages.items():
        (chosen.folder / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"wrote {chosen.folder / name}\n")
    sys.stdout.write("\nconf.py needs (levels from lowest to highest; put them in order):\n\n")
    for setting, value in found.settings.items():
        sys.stdout.write(f"{setting} = {value!r}\n")
    if found.left:
        sys.stdout.write("\nwithout a place of its own:\n\n" + "".join(f"{line}\n" for line in found.left))
    return 0


def imported(path: Path, language: str = "en") -> Imported:
    """Return the pages of a file, with headings in a language; in English where there are none.

    Raises:
        UnreadableResumeError: The file cannot be read, or is no résumé; the message begins with its path.
    """
    try:
        with path.open("rb") as file:
            return import_resume(read_resume(file.read(LARGEST_FILE + 1)), HEADINGS.get(language, ENGLISH))
    except OSError as error:
        raise UnreadableResumeError(f"{path}: {error.strerror}") from None
    except UnreadableResumeError as error:
        raise UnreadableResumeError(f"{path}: {error}") from None


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1
