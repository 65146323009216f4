"""The command ``check``: say all that a strict build would say, without a site.

It builds all languages into a cache, in parallel, so that it has exactly the warnings of a build; each run processes
only what has changed. If nothing has changed at all, it repeats the last result without loading Sphinx. If the command
``live`` is running, its processes are asked, which have loaded everything.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.i18n import __, mark
from sphinx_folio.cli.build import by_line, conf_folder, languages_of, report_missing_portfolio
from sphinx_folio.cli.exit_codes import ExitCode
from sphinx_folio.cli.live.options import Options
from sphinx_folio.cli.live.running import ask, today
from sphinx_folio.cli.live.site import Site
from sphinx_folio.cli.live.watcher import Watcher, written_folders
from sphinx_folio.cli.paths import folder_to_write
from sphinx_folio.cli.portfolio_folder import add_folder_arguments, find_portfolio, pages_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from sphinx_folio.cli.live.site import Message

WARNING = re.compile(
    r"(?:(?P<file>[^\n]+?)(?::(?P<line>\d+))?: )?(?:WARNING|ERROR|CRITICAL): "
    r"(?P<message>(?s:.*?))(?: \[(?P<type>[\w.-]+)\])?"
)
"""A warning as Sphinx prints it."""


class Outcome(NamedTuple):
    """The result of a check."""

    warnings: list[str]
    errors: list[str]
    """What prevented the check, such as an error in conf.py."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_arguments(parser)
    cache = mark("folder for the cache (default: build/check in the portfolio)")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help=cache)
    as_json = mark("print a JSON list of objects with file, line, message and type")
    parser.add_argument("--json", action="store_true", help=as_json)


def run(arguments: Namespace) -> int:
    """Check all languages and print what is wrong; return the exit code."""
    root = find_portfolio(arguments.folder)
    settings = conf_folder(root)
    if settings is None:
        return report_missing_portfolio(arguments.folder)
    cache = folder_to_write((arguments.cache or root / "build" / "check").resolve())
    outcome = check(settings, arguments.pages or pages_folder(settings), cache, root / "build" / "live")
    if arguments.json:
        sys.stdout.write(json.dumps([*map(as_object, by_line(outcome.warnings) + outcome.errors)], indent=2) + "\n")
    else:
        report(outcome)
    if outcome.errors:
        return ExitCode.NOT_RUN
    return ExitCode.FAILED if outcome.warnings else ExitCode.DONE


def report(outcome: Outcome) -> None:
    """Print what is wrong, then a line with the result."""
    for line in by_line(outcome.warnings) + outcome.errors:
        sys.stderr.write(f"{_relative(line)}\n")
    number = len(outcome.warnings)
    if outcome.errors:
        sys.stderr.write(__("The check could not be completed.") + "\n")
    elif number:
        text = str(__("1 warning")) if number == 1 else str(__("%d warnings")) % number
        sys.stderr.write(f"{text}\n")
    else:
        sys.stdout.write(__("No warnings") + "\n")


def check(settings: Path, pages: Path, cache: Path, live: Path) -> Outcome:
    """Return the warnings of all languages, each once.

    Args:
        settings: The folder of conf.py.
        pages: The folder of the pages.
        cache: A folder for what later checks use again.
        live: The folder of the command ``live``, which may be running.
    """
    stored = cache / "folio-check.cache"
    rules = json.dumps([__version__, str(settings.resolve()), str(pages.resolve()), today()])
    earlier = caches.read_json(stored, rules)
    if earlier and _marks(earlier["folders"], earlier["files"], cache) == earlier["marks"]:
        return Outcome(earlier["warnings"], [])
    languages = languages_of(settings)
    results = ask(live, settings, pages)
    if [result["language"] for result in results] == [*languages]:
        failures = list(dict.fromkeys(result["failure"] for result in results if result["failure"]))
        return Outcome(list(dict.fromkeys(line for result in results for line in result["warnings"])), failures)
    queue: SimpleQueue[Message] = SimpleQueue()
    sites = []
    for language, folder in languages.items():
        options = Options.of(pages, settings, cache / "html" / folder, cache / f"doctrees-{language}", language)
        sites.append(Site(options, folder, queue))
    try:
        build_once(sites, queue)
    finally:
        for site in sites:
            site.stop()
    errors = list(dict.fromkeys(site.failure for site in sites if site.failure))
    warnings = list(dict.fromkeys(line for site in sites for line in site.warnings))
    if not errors:
        folders = sorted(map(str, {path for site in sites for path in site.folders}))
        files = sorted(map(str, {path for site in sites for path in site.files | site.modules}))
        marks = _marks(folders, files, cache)
        caches.write_json(stored, rules, {"folders": folders, "files": files, "marks": marks, "warnings": warnings})
    return Outcome(warnings, errors)


def build_once(sites: Sequence[Site], queue: SimpleQueue[Message]) -> None:
    """Build all languages once, in parallel."""
    for site in sites:
        site.build((), draft=False, check=True)
    while any(site.is_busy for site in sites):
        site, _number, message = queue.get()
        match message["event"]:
            case "done":
                site.note_result(message)
                site.stop()
            case "failed":
                site.note_failure(message["message"])
            case "ended" if site.is_busy:
                sys.stderr.write(site.note_end())


def _marks(folders: Sequence[str], files: Sequence[str], cache: Path) -> list[list[object]]:
    """Return all files that the result depends on, with their times and sizes."""
    watcher = Watcher(written_folders(cache))
    watcher.watch(map(Path, folders), map(Path, files))
    return [[path, *mark[:2]] for path, mark in sorted(watcher.marks.items())]


def as_object(text: str) -> dict[str, object]:
    """Return a warning as an object for scripts; what has no place has null there."""
    found = WARNING.fullmatch(text)
    if found is None:
        return {"file": None, "line": None, "message": text, "type": "error"}
    file, line = found["file"], found["line"]
    return {
        "file": file and _relative(file),
        "line": int(line) if line else None,
        "message": found["message"],
        "type": found["type"],
    }


def _relative(text: str) -> str:
    """Return a path, or a line that begins with one, from the current folder."""
    return text.removeprefix(f"{Path.cwd()}{os.sep}")
