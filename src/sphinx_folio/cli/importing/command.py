"""The command ``import``: read a file, write pages, and list what the owner has to look at."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.atomic import NotWrittenError, write_files
from sphinx_folio.cli.importing.fields import Choices
from sphinx_folio.cli.importing.headings import ENGLISH, HEADINGS
from sphinx_folio.cli.importing.pages import import_resume
from sphinx_folio.cli.importing.reading import LARGEST_FILE, UnreadableResumeError, read_resume

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sphinx_folio.cli.importing.pages import Imported

REFUSED = 2
"""The exit code when nothing is written, as argparse has it for words that it does not understand."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    resume = str(__("a JSON Resume file (https://jsonresume.org/)"))
    parser.add_argument("resume", type=Path, help=resume)
    parser.add_argument("folder", type=Path, help=str(__("the folder for the pages")))
    known = str(__("the language of the headings: %s")) % ", ".join(HEADINGS)
    parser.add_argument("--language", choices=HEADINGS, default="en", metavar="LANGUAGE", help=known)
    add_options(parser)
    parser.add_argument("--overwrite", action="store_true", help=str(__("replace files that exist")))


def add_options(parser: ArgumentParser) -> None:
    """Add the options that say how a résumé is read; ``init --from`` may have them too."""
    markdown = str(__("keep emphasis, code and links in Markdown; without this option, every character shows as it is"))
    parser.add_argument("--markdown", action="store_true", help=markdown)
    days = str(__("keep the days of dates; without this option, they are shortened to months"))
    parser.add_argument("--days", action="store_true", help=days)


def run(chosen: Namespace) -> int:
    """Import a résumé; return the exit code: 0, or 2 if nothing is written."""
    try:
        found = imported(chosen.resume, chosen.language, markdown=chosen.markdown, days=chosen.days)
        write_files(chosen.folder, found.pages, overwrite=chosen.overwrite)
    except (UnreadableResumeError, NotWrittenError) as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    lines = [str(__("wrote %s")) % (chosen.folder / name) for name in found.pages]
    lines += ["", str(__("Settings for conf.py:")), ""]
    for setting, value in found.settings.items():
        if setting == "folio_levels" and found.unordered:
            missing = str(__("Add these levels where they belong: %s")) % ", ".join(map(repr, found.unordered))
            lines.append(f"# {missing}")
        lines.append(f"{setting} = {value!r}")
    sys.stdout.write("\n".join([*lines, *report(found)]) + "\n")
    return 0


def imported(path: Path, language: str = "en", *, markdown: bool = False, days: bool = False) -> Imported:
    """Return the pages of a file.

    Args:
        path: The file.
        language: The language of the headings; English if there are none in it.
        markdown: Whether Markdown in texts keeps its meaning.
        days: Whether days of dates are kept.

    Raises:
        UnreadableResumeError: The file cannot be read, or is no résumé; each line of the message begins with its path.
    """
    choices = Choices(language=language, headings=HEADINGS.get(language, ENGLISH), markdown=markdown, days=days)
    try:
        with path.open("rb") as file:
            return import_resume(read_resume(file.read(LARGEST_FILE + 1)), choices=choices)
    except OSError as error:
        raise UnreadableResumeError(f"{path}: {error.strerror}") from None
    except UnreadableResumeError as error:
        raise UnreadableResumeError("\n".join(f"{path}: {line}" for line in str(error).splitlines())) from None


def report(found: Imported) -> list[str]:
    """Return what the owner has to look at, a line each, in paragraphs that begin with an empty line."""
    lines = []
    if found.unordered:
        message = __("The order of these levels is not known: %s. A strict build fails until folio_levels has them.")
        lines += ["", str(message) % ", ".join(found.unordered)]
    if found.left:
        lines += ["", str(__("These résumé fields could not be imported:")), ""]
        lines += [f"    {line}" for line in found.left]
    if found.notes:
        lines += ["", str(__("These fields were imported with changes:")), ""]
        lines += [f"    {line}" for line in _grouped(found.notes)]
    return lines


def _grouped(notes: list[str]) -> list[str]:
    """Return notes with those of one kind in one line: the same change, and paths that differ by their numbers only."""
    groups: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        path, _, change = note.partition(": ")
        groups.setdefault((re.sub(r"\d+", "", path), change), []).append(path)
    lines = []
    for (_kind, change), (first, *others) in groups.items():
        more = str(__("%s and %d more")) % (first, len(others)) if others else first
        lines.append(f"{more}: {change}")
    return lines
