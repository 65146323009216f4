"""The command ``live``: build what changes, and tell the browsers."""

from __future__ import annotations

import shutil
import sys
import time
import webbrowser
from argparse import ArgumentTypeError
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from sphinx_folio._common.i18n import __, mark
from sphinx_folio.cli.conf_reader import languages_in
from sphinx_folio.cli.conflicts import conflict_warnings, template_files
from sphinx_folio.cli.exit_codes import NotRunError
from sphinx_folio.cli.live.options import Options
from sphinx_folio.cli.live.running import announced
from sphinx_folio.cli.live.server import Server
from sphinx_folio.cli.live.site import Site
from sphinx_folio.cli.live.state import State
from sphinx_folio.cli.live.watcher import INTERVAL, Watcher, written_folders
from sphinx_folio.cli.paths import existing_folder, folder_to_write, from_current_folder, named_path
from sphinx_folio.cli.portfolio_folder import (
    add_builder_argument,
    add_folder_arguments,
    conf_folder,
    find_portfolio,
    missing_portfolio,
    pages_folder,
    required_conf_folder,
)
from sphinx_folio.cli.sphinx_output import not_repeated, number_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from concurrent.futures import Future
    from pathlib import Path

    from sphinx_folio.cli.live.site import Message

PAUSE = 1.0
"""Seconds without an edit after which builds are completed."""
PORT = 8000


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_arguments(parser)
    add_builder_argument(parser)
    output = mark("folder for the site (default: build/live in the portfolio)")
    parser.add_argument("--output", type=named_path, metavar="FOLDER", help=output)
    also = mark("serve another Sphinx project, too, in a folder of the site; may be repeated")
    parser.add_argument("--also", type=_project, metavar="PROJECT=FOLDER", action="append", default=[], help=also)
    port = mark("port to listen on (default: 8000; 0 for any free one)")
    parser.add_argument("--port", type=_port, default=PORT, help=port)
    opening = mark("open the site in the browser")
    parser.add_argument("--open", action="store_true", help=opening)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) not in range(1 << 16):
        raise ArgumentTypeError(str(__("choose a port from 0 to 65535")))
    return int(text)


def _project(text: str) -> tuple[Path, str]:
    project, _equals, folder = text.rpartition("=")
    if not project or not folder.strip("/"):
        raise ArgumentTypeError(str(__("write the folder of the project, =, and its folder in the site")))
    return existing_folder(project), folder.strip("/")


def run(arguments: Namespace) -> int:
    """Serve until interrupted; return the exit code."""
    root, settings = find_portfolio(arguments.folder), required_conf_folder(arguments.folder)
    output = folder_to_write((arguments.output or root / "build" / "live").resolve())
    live = Live(output, arguments.builder)
    live.add(settings, arguments.pages or pages_folder(settings), "")
    for project, folder in arguments.also:
        other = conf_folder(project)
        if other is None:
            raise NotRunError(missing_portfolio(project))
        live.add(other, other, folder)
    try:
        server = Server(output / arguments.builder, live.state, arguments.port)
    except OSError as error:
        message = __("cannot listen on port %d: %s; choose another one with --port")
        raise NotRunError(str(message) % (arguments.port, error.strerror)) from error
    serving = Thread(target=server.serve_forever, daemon=True)
    with server, announced(output, server.address):
        try:
            serving.start()
            live.print(str(__("Serving %s (stop with Ctrl-C)")) % server.address)
            if arguments.open:
                webbrowser.open(server.address)
            live.run()
        finally:
            live.stop()
            if serving.is_alive():
                server.shutdown()  # before its socket is closed
    return 0


class Live:
    """Builds the languages of one or several projects whenever a file changes."""

    def __init__(self, output: Path, builder: str = "html") -> None:
        """Build into a folder, with a builder of Sphinx."""
        self._output, self._builder = output, builder
        self.state = State()
        self.is_running = True
        """Whether to go on; another thread may end it."""
        self._queue: SimpleQueue[Message] = SimpleQueue()
        self._sites: list[Site] = []
        self._roots: list[Path] = []
        self._projects: list[tuple[Path, Path, str]] = []
        self._watcher = Watcher(written_folders(output))
        self._last_change = 0.0
        self._questions: list[Future[Any]] = []
        self._printed: dict[str, None] = {}

    def add(self, settings: Path, pages: Path, folder: str) -> None:
        """Add all languages of a project, in a folder of the site.

        Raises:
            ConfigError: conf.py cannot be run, or its languages are invalid.
        """
        root = find_portfolio(settings)
        self._roots.append(root)
        self._watcher.watch((), template_files(root))
        self._projects.append((settings, pages, folder))
        self._sites += self._sites_of(settings, pages, folder)

    def _sites_of(self, settings: Path, pages: Path, folder: str) -> list[Site]:
        """Return the languages of a project."""
        sites = []
        for language, subfolder in languages_in(settings).items():
            path = "/".join(filter(None, (folder, subfolder)))
            doctrees = self._output / "-".join(filter(None, ("doctrees", folder, language)))
            folder_of_language = self._output / self._builder / path
            options = Options.of(pages, settings, folder_of_language, doctrees, language, self._builder)
            sites.append(Site(options, path, self._queue))
        return sites

    def print(self, line: str) -> None:
        """Print a line at once."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def run(self) -> None:
        """Build everything, then what changes, until interrupted."""
        for site in self._sites:
            self._start(site)
        while self.is_running:
            self.step()

    def _start(self, site: Site) -> None:
        self._watcher.watch(site.folders, site.modules)
        site.build((), draft=False)

    def _follow_languages(self) -> None:
        """Start the languages that conf.py has now and did not have before, and end those that it had."""
        sites: list[Site] = []
        for project in self._projects:
            try:
                sites += self._sites_of(*project)
            except ConfigError:  # the workers report it
                return
        now, before = ({site.options: site for site in found} for found in (sites, self._sites))
        for options in before.keys() - now.keys():
            before[options].stop()
            if before[options].folder and options.output not in {other.output for other in now}:
                shutil.rmtree(options.output, ignore_errors=True)
        self._sites = [before.get(options, site) for options, site in now.items()]
        for options in now.keys() - before.keys():
            self._start(now[options])

    def stop(self) -> None:
        """End all processes."""
        for site in self._sites:
            site.stop()

    def step(self) -> None:
        """Handle what a worker has sent, look for changes, and build."""
        try:
            site, number, message = self._queue.get(timeout=INTERVAL / 4)
        except Empty:
            pass
        else:
            if site in self._sites and site.is_current(number):
                self._handle(site, message)
        if self._watcher.is_due:
            self._questions = self.state.questions()  # before the look, which finds all that was saved by now
            self._look()
        for site in self._sites:
            if site.pending and not site.is_busy:
                changed, site.pending = site.pending, set()
                site.build(changed, draft=True, viewed=self.state.viewed())
                self._report()  # the site is incomplete from now on
        self._complete()

    def _complete(self) -> None:
        """Complete builds when the author pauses or somebody asks for the result, and answer."""
        pause = 0.0 if self._questions else PAUSE
        if time.monotonic() - self._last_change > pause and not any(site.is_busy for site in self._sites):
            for site in self._sites:
                if not site.is_settled:
                    site.build((), draft=False)
        if self._questions and self._watcher.is_certain and all(site.is_settled for site in self._sites):
            self.state.answer(self._questions, [site.result() for site in self._sites])
            self._questions = []

    def _look(self) -> None:
        """Look for changed files."""
        changed = self._watcher.changes()
        if changed:
            self._last_change = time.monotonic()
        if any(site.conf in changed for site in self._sites):
            self._follow_languages()
        for site in self._sites:
            site.pending.update(path for path in changed if site.depends_on(path))
        if changed:
            self._report()  # of conflicts; the site may be incomplete from now on

    def _handle(self, site: Site, message: dict[str, Any]) -> None:
        match message["event"]:
            case "page":  # the author looks at it; others follow
                self.state.note_pages([site.address(message["page"])])
            case "pages":
                self._note_pages(site, message)
            case "done":
                site.note_result(message)
                # The build may have read a file that it names only now before that was saved.
                self._watcher.watch(site.folders, site.files | site.modules, since=site.started)
                self._report()
            case "failed":
                site.note_failure(str(message["message"]), has_traceback=message["has_traceback"])
            case _:  # the process has ended
                sys.stderr.write(site.note_end(message["errors"]))  # the next change starts another one
                self._report()

    def _note_pages(self, site: Site, message: dict[str, Any]) -> None:
        self.state.note_pages(map(site.address, message["pages"]), everything=message["everything"])
        if message["number"]:
            line = __("%(time)s %(language)s: pages written: %(number)d, in %(seconds).2f s")
            values = {"time": time.strftime("%H:%M:%S"), "language": site.options.language}
            self.print(str(line) % {**values, "number": message["number"], "seconds": message["seconds"]})
        self._report()

    def _report(self) -> None:
        """Print what is new and what is gone, and show all of it in the browsers."""
        failures = list(dict.fromkeys(from_current_folder(site.failure) for site in self._sites if site.failure))
        conflicts = [line for root in self._roots for line in conflict_warnings(root)]
        lines = (*conflicts, *(line for site in self._sites for line in site.warnings))
        found = dict.fromkeys(map(from_current_folder, lines))
        warnings = not_repeated(found, found)
        now = dict.fromkeys([*failures, *warnings])
        sys.stderr.writelines(f"{line}\n" for line in now if line not in self._printed)
        fixed = str(__("fixed: %s")) + "\n"
        sys.stderr.writelines(fixed % line.partition("\n")[0] for line in self._printed if line not in now)
        sys.stderr.flush()
        self._printed = now
        complete = all(site.is_settled and not site.failure for site in self._sites)
        self.state.report(
            {
                "title": self._title(failures, warnings),
                "lines": [*now],
                "failed": bool(failures),
                "complete": complete,  # whether the site is as a clean build would make it
            }
        )

    def _title(self, failures: list[str], warnings: list[str]) -> str:
        if failures:
            return str(__("The build failed; this is the last page that was built"))
        return number_of(warnings)
