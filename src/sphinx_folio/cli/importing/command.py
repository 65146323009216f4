"""The command ``import``: convert a résumé to pages, and report fields that need attention."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __, mark
from sphinx_folio.cli.atomic import write_files
from sphinx_folio.cli.exit_codes import ExitCode
from sphinx_folio.cli.importing.fields import ImportOptions
from sphinx_folio.cli.importing.folder.site import read_folder
from sphinx_folio.cli.importing.headings import LANGUAGES
from sphinx_folio.cli.importing.items import MAX_FILE_SIZE, UnreadableResumeError
from sphinx_folio.cli.importing.pages import EXTRA_FILE, import_resume
from sphinx_folio.cli.importing.reading import checked, read_resume
from sphinx_folio.cli.importing.sources.linkedin import read_archive_folder
from sphinx_folio.cli.importing.sources.linkedin_tables import is_archive
from sphinx_folio.cli.importing.text_language import NAMES
from sphinx_folio.cli.paths import existing, named_path
from sphinx_folio.cli.terminal import json_text

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from sphinx_folio.cli.importing.items import Item
    from sphinx_folio.cli.importing.pages import Imported


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    resume = mark("résumé: JSON Resume, RenderCV, YAMLResume or Europass, LinkedIn archive, or folder of a site")
    parser.add_argument("resume", type=existing, help=resume)
    parser.add_argument("folder", type=named_path, help=mark("folder for the pages"))
    language = mark("language of the headings: %(choices)s (default: %(default)s)")
    parser.add_argument("--language", choices=LANGUAGES, default="en", metavar="LANGUAGE", help=language)
    add_options(parser)
    parser.add_argument("--overwrite", action="store_true", help=mark("replace existing files"))
    parser.add_argument("--json", action="store_true", help=mark("print the result as JSON"))


def add_options(parser: ArgumentParser) -> None:
    """Add the options for reading a résumé, which ``init --from`` also has."""
    markdown = mark("interpret emphasis, code and links in the résumé as Markdown (default: show them as typed)")
    parser.add_argument("--markdown", action="store_true", help=markdown)
    days = mark("keep the days of dates (default: shorten dates to months)")
    parser.add_argument("--days", action="store_true", help=days)


def run(arguments: Namespace) -> int:
    """Import a résumé; return the exit code."""
    found = import_file(arguments.resume, arguments.language, markdown=arguments.markdown, days=arguments.days)
    write_files(arguments.folder, {**found.pages, **found.photo}, overwrite=arguments.overwrite)
    if arguments.json:
        sys.stdout.write(json_text(as_data(found, arguments.folder)))
        return ExitCode.DONE
    lines = [str(__("wrote %s")) % (arguments.folder / name) for name in (*found.pages, *found.photo)]
    lines += ["", str(__("Settings for conf.py:")), ""]
    for setting, value in found.settings.items():
        if setting == "folio_levels" and found.unordered:
            note = str(__("Add these levels where they belong: %s")) % ", ".join(map(repr, found.unordered))
            lines.append(f"# {note}")
        lines.append(f"{setting} = {value!r}")
    sys.stdout.write("\n".join([*lines, *import_report(found)]) + "\n")
    return ExitCode.DONE


def import_file(path: Path, language: str = "en", *, markdown: bool = False, days: bool = False) -> Imported:
    """Import a résumé from a file, or from the folder of a site.

    Args:
        path: The file or the folder.
        language: The language of the headings; English is the fallback.
        markdown: Whether texts are interpreted as Markdown.
        days: Whether to keep the days of dates.

    Raises:
        UnreadableResumeError: The file cannot be read or is invalid; each line of the message starts with its path.
    """
    folder = path if path.is_dir() else path.parent
    options = ImportOptions(language=language, markdown=markdown, days=days, folder=folder)
    try:
        if path.is_dir():
            read = read_archive_folder if is_archive(path) else read_folder
            return import_resume(checked(read(path)), options=options)
        return import_resume(_read_file(path), options=options)
    except OSError as error:
        raise UnreadableResumeError(f"{path}: {error.strerror}") from None
    except UnreadableResumeError as error:
        raise UnreadableResumeError("\n".join(f"{path}: {line}" for line in str(error).splitlines())) from None


def _read_file(path: Path) -> Item:
    with path.open("rb") as file:
        data = file.read(MAX_FILE_SIZE + 1)
    suffix = path.suffix.lower()
    if suffix == ".zip" and not data.startswith(b"PK"):
        raise UnreadableResumeError(__("a damaged ZIP archive; download it again"))
    if suffix == ".csv":
        raise UnreadableResumeError(__("looks like a part of LinkedIn data; name the ZIP archive or its folder"))
    return read_resume(data)


def as_data(found: Imported, folder: Path) -> dict[str, Any]:
    """Return what was written and what needs attention, as ``--json`` prints it."""
    return {
        "files": [str(folder / name) for name in (*found.pages, *found.photo)],
        "settings": found.settings,
        "unordered": list(found.unordered),
        "skipped": list(found.skipped),
        "kept": list(found.kept),
        "notes": list(found.notes),
        "read": list(found.files),
        "redirects": found.redirects,
    }


def import_report(found: Imported, *, has_home: bool = False) -> list[str]:
    """Return the lines of a report on fields that need attention; each paragraph starts with an empty line.

    Args:
        found: The result of the import.
        has_home: Whether a home page was written that has links to the person's addresses.
    """
    lines = []
    if found.seems_in:
        message = __("The résumé seems to be in %s; import it again with --language %s.")
        lines += ["", str(message) % (NAMES[found.seems_in], found.seems_in)]
    if found.files:
        lines += ["", str(__("Layout of the folder: %s. These files were read:")) % found.layout, ""]
        lines += [f"    {line}" for line in found.files]
    if found.unordered:
        message = __("The order of these levels is unknown: %s. Strict builds fail until they are in folio_levels.")
        lines += ["", str(message) % ", ".join(found.unordered)]
    if found.skipped:
        lines += ["", str(__("These résumé fields could not be imported:")), ""]
        lines += [f"    {line}" for line in found.skipped]
    if found.kept:
        message = __("No page has a place for these fields; %s keeps them for resume.json:")
        lines += ["", str(message) % EXTRA_FILE, ""]
        lines += [f"    {line}" for line in _grouped(found.kept)]
    if found.notes:
        lines += ["", str(__("These fields were imported with changes:")), ""]
        lines += [f"    {line}" for line in _grouped(found.notes)]
    if found.email:
        message = __("The pages and the PDF show your email address, %s; to keep it private, delete :email: in %s.")
        if has_home:
            message = __(
                "The pages and the PDF show your email address, %s; to keep it private, delete :email: in %s and the"
                " link in index.md."
            )
        lines += ["", str(message) % (found.email, "resume.md")]
    if found.redirects:
        lines += ["", str(__("To redirect the old addresses of pages, add these lines to conf.py:")), ""]
        lines += ['extensions += ["sphinx_folio.redirects"]', "folio_redirects = {"]
        lines += [*(f"    {old!r}: {new!r}," for old, new in found.redirects.items()), "}"]
    return lines + _skills_to_link(found)


def _skills_to_link(found: Imported) -> list[str]:
    """Return a paragraph about skills that no entry shows: most formats do not say what shows which."""
    text = "\n".join(page for name, page in found.pages.items() if name.endswith(".md"))
    skills = re.findall(r"^```{skill} (\S+)$", text, re.MULTILINE)
    shown = {key for line in re.findall(r"^:(?:skills|languages): (.+)$", text, re.MULTILINE) for key in line.split()}
    number = len({*skills} - {key.strip('",') for key in shown})
    if not number:
        return []
    message = __(
        "Skills that no entry uses yet: %d of %d. For each, add its key to :skills: of an entry that shows it, or "
        "delete the skill from %s."
    )
    return ["", str(message) % (number, len(skills), "skills.md")]


def _grouped(notes: list[str]) -> list[str]:
    """Return notes, merged into one line if the change is the same and the paths differ only in their numbers."""
    groups: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        path, _, change = note.partition(": ")
        groups.setdefault((re.sub(r"\d+", "", path), change), []).append(path)
    lines = []
    for (_kind, change), (first, *others) in groups.items():
        more = str(__("%s and %d more")) % (first, len(others)) if others else first
        lines.append(f"{more}: {change}")
    return lines
