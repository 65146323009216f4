"""The command: read a file, write pages, say what is to do and what has no place."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio.importing.pages import import_resume
from sphinx_folio.importing.reading import LARGEST_FILE, UnreadableResumeError, read_resume

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Import a résumé; return the exit code: 0, or 1 if it is refused or would overwrite a file."""
    parser = argparse.ArgumentParser(prog="python -m sphinx_folio", description="Portfolios built with Sphinx.")
    commands = parser.add_subparsers(required=True, metavar="import")
    told = "write the pages of a portfolio from a JSON Resume"
    command = commands.add_parser("import", help=told, description=told)
    command.add_argument("resume", type=Path, help="a file by the schema of https://jsonresume.org/")
    command.add_argument("folder", type=Path, help="where the pages are written to")
    command.add_argument("--overwrite", action="store_true", help="write over pages that are there")
    chosen = parser.parse_args(arguments)
    try:
        with chosen.resume.open("rb") as file:
            found = import_resume(read_resume(file.read(LARGEST_FILE + 1)))
    except OSError as error:
        return _fail(f"{chosen.resume}: {error.strerror}")
    except UnreadableResumeError as error:
        return _fail(f"{chosen.resume}: {error}")
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


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1
