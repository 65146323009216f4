"""The command ``check``: say all that a strict build would say, without a site.

It builds all languages into a cache, in parallel, so that it has exactly the warnings of a build; each run processes
only what has changed. Sphinx and the extensions are loaded once, and the process is forked for each language, where the
system can do that. If nothing has changed at all, the last result is repeated without loading Sphinx. If the command
``live`` is running, its processes are asked, which have loaded everything.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import re
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import sphinx
from sphinx.errors import ConfigError

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.advice import is_hook
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.site_languages import languages_of
from sphinx_folio._common.warnings import Subtype
from sphinx_folio.cli.conf_reader import read_conf
from sphinx_folio.cli.conflicts import conflict_warnings
from sphinx_folio.cli.exit_codes import ExitCode
from sphinx_folio.cli.live.options import Options
from sphinx_folio.cli.live.running import ask, today
from sphinx_folio.cli.live.watcher import Watcher, written_folders
from sphinx_folio.cli.paths import folder_to_write, from_current_folder, named_path
from sphinx_folio.cli.portfolio_folder import (
    add_builder_argument,
    add_folder_arguments,
    find_portfolio,
    pages_folder,
    required_conf_folder,
)
from sphinx_folio.cli.sphinx_output import by_line, not_repeated, number_of, untranslated_lines
from sphinx_folio.garbage_collection import freeze_at_exit

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

WARNING = re.compile(
    r"(?:(?P<file>[^\n]+?)(?::(?P<line>\d+))?(?::<[^>]+>:\d*)?: )?(?:WARNING|ERROR|CRITICAL): "
    r"(?P<message>(?s:.*?))(?: \[(?P<type>[\w.-]+)\])?"
)
"""A warning as Sphinx prints it."""
ERROR = re.compile(r"(?P<file>[^\n]+?\.\w+):(?P<line>\d+): (?P<message>(?s:.*))")
"""An error in conf.py, or one that ends the build at a page, that has a line."""


FORMAT = 2
"""The number of the form of the stored result; increase it when that changes."""
THREADS = Path("/proc/self/task")
"""The threads of the process, of any language; only Linux has this folder."""


class Outcome(NamedTuple):
    """The result of a check."""

    warnings: list[str]
    errors: list[str]
    """What prevented the check, such as an error in conf.py."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_arguments(parser)
    add_builder_argument(parser)
    cache = mark("folder for the cache (default: build/check in the portfolio)")
    parser.add_argument("--cache", type=named_path, metavar="FOLDER", help=cache)
    as_json = mark("print a JSON list of objects with file, line, message and type")
    parser.add_argument("--json", action="store_true", help=as_json)


def run(arguments: Namespace) -> int:
    """Check all languages and print what is wrong; return the exit code."""
    root, settings = find_portfolio(arguments.folder), required_conf_folder(arguments.folder)
    cache = folder_to_write((arguments.cache or root / "build" / "check").resolve())
    pages = arguments.pages or pages_folder(settings)
    outcome = check(settings, pages, cache, root / "build" / "live", arguments.builder)
    outcome.warnings.extend(conflict_warnings(root))  # not cached: the files are not those of the site alone
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
        sys.stderr.write(f"{from_current_folder(line)}\n")
    if outcome.errors:
        sys.stderr.write(__("The check could not be completed.") + "\n")
    elif outcome.warnings:
        sys.stderr.writelines(f"{line}\n" for line in untranslated_lines(outcome.warnings))
        sys.stderr.write(f"{number_of(outcome.warnings)}\n")
    else:
        sys.stdout.write(__("No warnings") + "\n")


def check(settings: Path, pages: Path, cache: Path, live: Path, builder: str = "html") -> Outcome:
    """Return the warnings of all languages, each once.

    Args:
        settings: The folder of conf.py.
        pages: The folder of the pages.
        cache: A folder for what later checks use again.
        live: The folder of the command ``live``, which may be running.
        builder: The builder of the site.
    """
    stored = cache / "folio-check.cache"
    folders = [str(path.resolve()) for path in (settings, pages)]
    rules = json.dumps([FORMAT, __version__, _installed(), *folders, builder, today(), _environment(settings)])
    started = time.time_ns()
    earlier = caches.read_json(stored, rules)
    if earlier and _marks(earlier["folders"], earlier["files"], cache) == earlier["marks"]:
        return Outcome(earlier["warnings"], [])
    try:
        conf = read_conf(settings)
    except ConfigError as error:
        from sphinx_folio.cli.missing_packages import with_cure  # noqa: PLC0415  only after an error

        return Outcome([], [with_cure(str(error), find_portfolio(settings))])
    languages = languages_of(conf)
    results = ask(live, settings, pages, builder)
    if [result["language"] for result in results] == [*languages]:
        return _outcome([{**result, "warnings": [*filter(_is_checked, result["warnings"])]} for result in results])
    sites = [
        Options.of(pages, settings, cache / builder / folder, cache / f"doctrees-{language}", language, builder)
        for language, folder in languages.items()
    ]
    is_known = earlier and earlier["extensions"] == conf.extensions
    results = build_once(sites, earlier["loaded"] if is_known else conf.extensions, cache)
    outcome = _outcome(results)
    if not outcome.errors:
        folders = sorted({path for result in results for path in result["folders"]})
        files = sorted({path for result in results for path in (*result["files"], *result["modules"])})
        marks = _marks(folders, files, cache)
        is_late = any(modified >= started for _path, modified, _size in marks)  # perhaps after it had been read
        if is_late or not all(map(_has_place, outcome.warnings)):
            return outcome
        data = {
            "folders": folders,
            "files": files,
            "marks": marks,
            "warnings": outcome.warnings,
            "extensions": conf.extensions,
            "loaded": sorted({name for result in results for name in result["loaded"] if not name.startswith("__")}),
        }
        caches.write_json(stored, rules, data)
    return outcome


def _has_place(warning: str) -> bool:
    """Return whether a warning is about a file of the site; others may be gone at once, such as those of a network."""
    found = WARNING.fullmatch(warning)
    return found is not None and found["file"] is not None


def _is_checked(warning: str) -> bool:
    """Return whether a check without the running server has a warning, too: a hook may lack libraries for files."""
    return not (is_hook() and warning.endswith(f"[folio.{Subtype.MISSING_LIBRARY.subtype}]"))


def _outcome(results: Sequence[dict[str, Any]]) -> Outcome:
    warnings = dict.fromkeys(line for result in results for line in result.get("warnings", ()))
    failures: dict[str, str] = {}  # those that several languages have, once
    for result in results:
        if failure := result.get("failure"):
            failures.setdefault(failure, result.get("log", ""))
    full = __("%s; the full traceback is in %s")
    errors = [str(full) % (failure, log) if log else failure for failure, log in failures.items()]
    return Outcome(not_repeated(warnings, warnings), errors)


def build_once(sites: Sequence[Options], modules: Sequence[str], cache: Path) -> list[dict[str, Any]]:
    """Build all languages once, in parallel processes; return what each reports.

    A process is forked if it can be done safely: on Linux, as long as there is only one thread. Otherwise it could wait
    forever for a thread that it lacks, such as one of Typst, if conf.py uses that; Python does not know of them.

    Args:
        sites: The languages.
        modules: The modules to import before the process is forked: those that the extensions loaded in the last check.
        cache: The folder for what the processes print.
    """
    import multiprocessing  # noqa: PLC0415  a check without changes does not need it

    if len(list(THREADS.glob("*"))) == 1:
        context: Any = multiprocessing.get_context("fork")
        load(modules)
    else:
        context = multiprocessing.get_context("spawn")
    processes, results = [], []
    try:
        for site in sites:
            receiver, sender = context.Pipe(duplex=False)
            log = cache / f"output-{site.language}.txt"
            process = context.Process(target=_build, args=(site, sender, log))
            processes.append(process)
            process.start()
            sender.close()
            results.append((receiver, log))
        return [_received(receiver, log) for receiver, log in results]
    finally:
        for process in processes:
            if process.pid is not None:
                process.kill()  # it changes only files that the next check writes again
                process.join()


def load(modules: Sequence[str]) -> None:
    """Import modules for all languages; what cannot be imported is reported by the process that needs it."""
    gc.disable()  # what is imported stays
    for name in ("sphinx_folio.cli.live.worker", *modules):
        with suppress(Exception):
            import_module(name)
    gc.enable()
    atexit.register(freeze_at_exit)


def _build(site: Options, sender: Connection, log: Path) -> None:
    """Build one language in a process of its own, and send the result."""
    with log.open("wb") as file:
        os.dup2(file.fileno(), 1)  # what conf.py prints is not part of the result
        os.dup2(file.fileno(), 2)
    from sphinx_folio.cli.live.worker import check as build  # noqa: PLC0415  in the process that needs it

    sender.send(build(site))


def _received(receiver: Connection, log: Path) -> dict[str, Any]:
    """Return the result of a process; if it has ended without one, print what it has written."""
    try:
        result: dict[str, Any] = receiver.recv()
        if result.get("has_traceback"):
            result["log"] = str(log)
    except EOFError:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        sys.stderr.writelines(f"{line}\n" for line in lines)
        result = {"failure": next((line for line in reversed(lines) if line), str(__("the worker process ended")))}
    return result


def _installed() -> int:
    """Return what changes when a package is installed, updated or removed beside Sphinx: the time of their folder."""
    return Path(sphinx.__file__).parents[1].stat().st_mtime_ns


def _environment(settings: Path) -> dict[str, str]:
    """Return the environment variables that conf.py names."""
    conf = (settings / "conf.py").read_bytes().decode(errors="replace")
    return {
        name: value for name, value in sorted(os.environ.items()) if re.search(rf"[\"']{re.escape(name)}[\"']", conf)
    }


def _marks(folders: Sequence[str], files: Sequence[str], cache: Path) -> list[list[Any]]:
    """Return all files that the result depends on, with their times of modification in nanoseconds and sizes."""
    watcher = Watcher(written_folders(cache))
    watcher.watch(map(Path, folders), map(Path, files))
    return [[path, *found[:2]] for path, found in sorted(watcher.marks.items())]


def as_object(text: str) -> dict[str, object]:
    """Return a warning as an object for scripts; what has no place has null there."""
    if found := WARNING.fullmatch(text):
        file, line, message, kind = found.group("file", "line", "message", "type")
    else:
        error, kind = ERROR.fullmatch(text), "error"
        file, line, message = error.groups() if error else (None, None, text)
    return {
        "file": file and from_current_folder(file),
        "line": int(line) if line else None,
        "message": from_current_folder(message),
        "type": kind,
    }
