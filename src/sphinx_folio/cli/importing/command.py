"""The command ``import``: convert a résumé to pages, and report fields that need attention."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __, mark
from sphinx_folio.cli.atomic import write_files
from sphinx_folio.cli.exit_codes import ExitCode
from sphinx_folio.cli.importing.headings import LANGUAGES
from sphinx_folio.cli.importing.report import import_report
from sphinx_folio.cli.importing.resume_file import add_options, import_file
from sphinx_folio.cli.paths import existing, named_path
from sphinx_folio.cli.terminal import json_text

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

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
