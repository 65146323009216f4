"""A process that builds one language of a site again and again: ``python -m sphinx_folio.cli.live.worker OPTIONS``.

It loads Python, Sphinx and the extensions once. After each build it prepares the application for the next one, so that
an edit waits only for its pages. It reads a request a line from standard input and writes messages to standard output,
both as JSON. It ends when its input ends, and when Sphinx fails: a new process is the only safe way to load another
conf.py or another version of an extension.
"""

from __future__ import annotations

import gc
import gettext
import io
import json
import logging
import os
import sys
import sysconfig
import time
import traceback
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import sphinx.locale
from jinja2 import FileSystemBytecodeCache
from sphinx.builders.html import StandaloneHTMLBuilder, _assets
from sphinx.errors import ExtensionError, SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import VERBOSE

from sphinx_folio import __version__
from sphinx_folio._common.conf_errors import cause_of, message_of, page_in, place_in_conf
from sphinx_folio._common.draft import begin_check, begin_draft, is_complete, postpone
from sphinx_folio._common.i18n import __, init_messages
from sphinx_folio._common.output_pages import file_of_page
from sphinx_folio._common.write_log import fingerprint
from sphinx_folio.cli.live.builder import WRITTEN, LiveApplication, LiveBuilder
from sphinx_folio.cli.live.options import Options
from sphinx_folio.cli.live.parsed_messages import ParsedMessages
from sphinx_folio.cli.missing_packages import with_cure
from sphinx_folio.cli.portfolio_folder import find_portfolio
from sphinx_folio.cli.sphinx_output import without_colors
from sphinx_folio.navigation import write_stale_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from sphinx.application import Sphinx

FIRST, LAST = 0, 10_000
"""Priorities of handlers that run before and after all others."""
MOST_FIRST = 8
"""The largest number of pages that are written, and reported, before all others."""
PERSISTENT = "sphinx_folio.persistent_warnings"
NAVIGATION = "sphinx_folio.navigation"
PATIENCE = 1.0
"""Seconds to wait for a file that is missing: many programs remove a file before they write it again."""
ATTEMPTS = 3
"""How often a build is started if files are removed while it reads them."""
FOLDERS = ("html_static_path", "html_extra_path", "templates_path")
"""The settings with folders, relative to conf.py, whose files the pages need."""


class Warnings(io.TextIOBase):
    """A stream that keeps each message that Sphinx writes to it."""

    encoding = "utf-8"

    def __init__(self) -> None:
        """Start without messages."""
        self.messages: list[str] = []

    def write(self, text: str) -> int:
        """Keep a message."""
        message = without_colors(text).strip()
        if message:
            self.messages.append(message)
        return len(text)


class Worker:
    """Builds one language of a site."""

    def __init__(self, options: Options, channel: TextIO) -> None:
        """Send messages to a channel."""
        self._options = options
        self._channel = channel
        self._prepared = ExitStack()
        self._app: Sphinx | None = None
        self._warnings = Warnings()
        self._messages = ParsedMessages()
        self._pages: list[str] = []
        self._reported: list[str] = []
        self._changed: list[Path] = []
        self._viewed: list[str] = []
        self._start = self._cpu = 0.0

    def prepare(self) -> Sphinx:
        """Return an application that is ready to build a site; its pages have up-to-date navigation."""
        app = self._load()
        if NAVIGATION not in app.extensions:
            write_stale_pages(app)
        return app

    def _load(self) -> Sphinx:
        """Return an application, with what this process needs to know about its build."""
        self._prepared.close()
        _forget_catalogs()
        self._prepared.enter_context(docutils_namespace())
        self._prepared.callback(logging.disable, logging.root.manager.disable)
        logging.disable(VERBOSE)  # of Sphinx: each event and each file, which this process shows to nobody
        options, self._warnings = self._options, Warnings()
        _wait_for(Path(options.settings, "conf.py"))
        app = LiveApplication(
            options.pages,
            options.settings,
            options.output,
            options.doctrees,
            options.builder,
            confoverrides={"language": options.language, "nitpicky": True},
            status=None,
            warning=self._warnings,  # type: ignore[arg-type]  # a text stream
        )
        self._messages.use(app)
        app.setup_extension(PERSISTENT)  # repeats the warnings of unchanged pages
        app.connect("env-get-outdated", self._changed_pages)
        app.connect("html-page-context", self._note_page)
        app.connect(WRITTEN, self._report_first_page)
        app.connect("build-finished", self._report_pages, priority=FIRST)
        if isinstance(app.builder, StandaloneHTMLBuilder):
            environment = getattr(app.builder.templates, "environment", None)
            if environment is not None:
                Path(options.doctrees).mkdir(parents=True, exist_ok=True)
                rules = fingerprint([__version__, sorted(environment.extensions)])  # which may change templates
                pattern = f"folio-template-{rules[:16]}-%s.cache"
                environment.bytecode_cache = FileSystemBytecodeCache(options.doctrees, pattern)
        self._app = app
        return app

    def build(self, changed: Iterable[str], *, fresh: bool, draft: bool, viewed: Iterable[str] = ()) -> None:
        """Build once, report the result, and prepare the next build.

        Args:
            changed: The paths of the files that were changed.
            fresh: Whether they are more than pages, so that the prepared application may have used them.
            draft: Whether files that take long may be postponed.
            viewed: The files of the pages that browsers show.
        """
        self._start, self._cpu = time.perf_counter(), time.process_time()
        self._changed, self._pages, self._reported = [*map(Path, changed)], [], []
        self._viewed = [*viewed]
        if fresh:
            _forget_checksums()
        is_prepared = not fresh and self._app is not None
        for attempt in range(ATTEMPTS):
            app = self._app if is_prepared and self._app is not None else self.prepare()
            if draft:
                begin_draft(app)
                if is_prepared and isinstance(app.builder, LiveBuilder):
                    app.builder.only_pages = postpone(app)
            try:
                app.build()
                break
            except (OSError, SphinxError) as error:
                if attempt == ATTEMPTS - 1 or not self.is_about_removed_file(error):
                    raise
                is_prepared = False
        self._send("done", **self._result(app))
        del app
        self._app = None
        self.prepare()
        gc.collect()

    def check(self) -> dict[str, Any]:
        """Build once for the warnings alone; return the result, and the modules that were loaded before the build."""
        folder = Path(self._options.doctrees, "folio-messages")
        self._messages = ParsedMessages(folder)
        app = self._load()
        loaded = sorted(sys.modules)
        begin_check(app)
        app.build()
        self._messages.save(folder, app.env.found_docs)
        return {**self._result(app), "loaded": loaded}

    def close(self) -> None:
        """Undo what loading an application changes in this process."""
        self._prepared.close()

    def page_of(self, error: BaseException) -> str:
        """Return the path of the page that was being built when an error was raised; empty if it is unknown."""
        return page_in(error, self._app.env) if self._app else ""

    def is_about_removed_file(self, error: Exception) -> bool:
        """Return whether an error was caused by a file that was removed while the build needed it.

        Sphinx does not always name the file; it is that of the page, then.
        """
        cause = cause_of(error)
        if not isinstance(cause, FileNotFoundError):
            return False
        path = cause.filename or self.page_of(cause)
        return bool(path) and not os.path.lexists(path)

    def _result(self, app: Sphinx) -> dict[str, Any]:
        return {
            "warnings": list(dict.fromkeys(self._warnings.messages)),
            "complete": is_complete(app),
            "files": sorted(map(str, _files(app))),
            "folders": sorted(map(str, _folders(app))),
            "suffixes": sorted(app.config.source_suffix),
            "modules": sorted(_own_modules()),
        }

    def _changed_pages(self, app: Sphinx, env: Any, added: set[str], changed: set[str], removed: set[str]) -> set[str]:
        """Return the pages of the changed files; Sphinx misses a change at the moment at which it reads a page."""
        pages = {env.path2doc(path) for path in self._changed}
        for docname, dependencies in env.dependencies.items():
            if any(Path(env.srcdir, path).resolve() in self._changed for path in dependencies):
                pages.add(docname)
        found = {page for page in pages if page in env.found_docs}
        if isinstance(app.builder, LiveBuilder):
            docnames = {file_of_page(app, docname): docname for docname in env.found_docs} if self._viewed else {}
            viewed = (docnames[page] for page in self._viewed if page in docnames)
            app.builder.first = [*dict.fromkeys([*viewed, *sorted(found)])][:MOST_FIRST]
        return found

    def _note_page(self, app: Sphinx, pagename: str, templatename: str, context: Any, doctree: Any) -> None:
        self._pages.append(file_of_page(app, pagename))

    def _report_first_page(self, app: Sphinx, docname: str) -> None:
        """Report a page that is written before all others."""
        page = file_of_page(app, docname)
        self._reported.append(page)
        self._send("page", page=page, cpu=time.process_time() - self._cpu)

    def _report_pages(self, app: Sphinx, exception: Exception | None) -> None:
        """Report the other pages as soon as they are written."""
        if exception is None:
            everything = any(path.suffix not in app.config.source_suffix for path in self._changed)
            seconds, cpu = time.perf_counter() - self._start, time.process_time() - self._cpu
            pages = [page for page in self._pages if page not in self._reported]
            facts = {"number": len(self._pages), "seconds": seconds, "cpu": cpu}
            self._send("pages", pages=pages, everything=everything, **facts)

    def _send(self, event: str, **facts: Any) -> None:
        self._channel.write(json.dumps({"event": event, **facts}) + "\n")
        self._channel.flush()

    def fail(self, message: str, *, has_traceback: bool = False) -> None:
        """Report an error that ends this process, and whether its traceback follows on the standard error."""
        self._send("failed", message=message, has_traceback=has_traceback)


def _wait_for(path: Path) -> None:
    """Wait a moment for a file that is missing."""
    limit = time.monotonic() + PATIENCE
    while not path.exists() and time.monotonic() < limit:
        time.sleep(0.02)


def _forget_checksums() -> None:
    """Make Sphinx compute the checksums of style sheets and scripts again, which it does once per process.

    Sphinx has no public means. Without ``_file_checksum_inner``, pages keep the old checksum until the next start.
    """
    forget = getattr(getattr(_assets, "_file_checksum_inner", None), "cache_clear", None)
    if callable(forget):
        forget()


def _forget_catalogs() -> None:
    """Make Sphinx and Python read catalogs of translations again, which they do once per process.

    There is no public way. Without these two tables, changed translations show after the next start.
    """
    translators = getattr(sphinx.locale, "translators", None)
    if isinstance(translators, dict):
        for key in [key for key in translators if key[0] != "console"]:
            del translators[key]
    read = getattr(gettext, "_translations", None)
    if isinstance(read, dict):
        read.clear()


def _folders(app: Sphinx) -> Iterator[Path]:
    """Yield the folders with files that the site depends on."""
    yield Path(app.srcdir)
    for setting in FOLDERS:
        for path in app.config[setting] if setting in app.config else ():  # noqa: SIM401  it has no get
            yield Path(app.confdir, path).resolve()
    for path in app.config.locale_dirs:
        yield Path(app.srcdir, path).resolve()


def _files(app: Sphinx) -> Iterator[Path]:
    """Yield single files that the site depends on: included files, those named in conf.py, and those next to it."""
    for dependencies in app.env.dependencies.values():
        yield from (Path(app.srcdir, path).resolve() for path in dependencies)
    for value in app.config:
        yield from (path for word in _words(value.value) if (path := Path(app.confdir, word)).is_file())
    yield from (path for path in Path(app.confdir).iterdir() if path.is_file())


def _words(value: object) -> Iterator[str]:
    """Yield the strings in a setting that may be names of files."""
    longest = 250
    if isinstance(value, str) and 0 < len(value) < longest and "\0" not in value:
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value:
            yield from _words(item)


def _own_modules() -> Iterator[str]:
    """Yield the files of the loaded modules that are not installed, such as extensions beside conf.py."""
    paths = sysconfig.get_paths()
    installed = tuple(os.path.realpath(paths[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    folder_of = cache(os.path.realpath)  # for each folder once: it takes long
    for module in [*sys.modules.values()]:
        path = vars(module).get("__file__") if type(module) is ModuleType else None
        if isinstance(path, str) and not folder_of(os.path.dirname(path)).startswith(installed):  # noqa: PTH120  fast
            yield path


def check(options: Options) -> dict[str, Any]:
    """Build once, in this process, for the warnings alone; return the result, or what made Sphinx fail.

    The traceback of a mistake in a program is printed; the result says so in ``has_traceback``.
    """
    init_messages()
    gc.disable()
    with patch_docutils(options.settings):
        worker = Worker(options, io.StringIO())
        try:
            return worker.check()
        except Exception as error:  # noqa: BLE001  any extension may have failed
            cause = cause_of(error)
            if isinstance(cause, SphinxError):
                return {"failure": _with_cure(cause, options)}
            if isinstance(error, ExtensionError) and isinstance(cause, ModuleNotFoundError):
                return {"failure": _with_cure(error, options)}
            traceback.print_exception(error)
            return {"failure": _failure(cause, worker.page_of(error) or place_in_conf(cause)), "has_traceback": True}


def _failure(error: BaseException, page: str) -> str:
    """Return the message about an error that is a mistake in a program, in one line if that has one."""
    message = str(__("the build stopped with %s")) % f"{type(error).__name__}: {error}"
    return f"{page}: {message}" if page else message


def _with_cure(error: SphinxError, options: Options) -> str:
    return with_cure(message_of(error), find_portfolio(Path(options.settings)))


def main() -> int:
    """Build once for each line of standard input; return the exit code."""
    options = Options(*json.loads(sys.argv[1]))
    init_messages()
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what conf.py prints is not a message
    gc.disable()  # an edit does not wait for it; each build collects at its end
    worker = Worker(options, channel)
    with patch_docutils(options.settings):
        try:
            for line in sys.stdin:
                worker.build(**json.loads(line))
        except SphinxError as error:
            worker.fail(_with_cure(error, options))
            return 1
        except FileNotFoundError as error:
            if not worker.is_about_removed_file(error):
                raise
            worker.fail(_failure(error, worker.page_of(error)))
            return 1
        except Exception as error:  # any extension may fail; the browser names it, the traceback follows
            cause = cause_of(error)
            worker.fail(_failure(cause, worker.page_of(error) or place_in_conf(cause)), has_traceback=True)
            raise
        except KeyboardInterrupt:
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
