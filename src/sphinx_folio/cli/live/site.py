"""One language of a site: its worker process, and what the last builds reported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __

if TYPE_CHECKING:
    from collections.abc import Collection
    from queue import SimpleQueue
    from typing import TextIO

    from sphinx_folio.cli.live.options import Options

Message = tuple["Site", int, dict[str, Any]]
"""A site, the number of its worker process, and what that has sent."""


@dataclass(eq=False)
class Site:
    """One language of a project, in a folder of the site."""

    options: Options
    folder: str
    queue: SimpleQueue[Message]
    files: set[Path] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)
    modules: set[Path] = field(default_factory=set)
    suffixes: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)
    postponed: list[str] = field(default_factory=list)
    """The warnings that only complete builds have."""
    drafted: list[str] | None = None
    """The warnings of the draft that a complete build has to follow."""
    failure: str = ""
    is_busy: bool = False
    started: int = 0
    """When the last build began, in nanoseconds."""
    is_complete: bool = True
    pending: set[Path] = field(default_factory=set)
    """The files that were changed since the last build began."""
    _process: subprocess.Popen[str] | None = None
    _reader: threading.Thread | None = None
    _number: int = 0
    _reason: str = ""
    """The failure that the present worker process has reported."""
    _has_traceback: bool = False

    def __post_init__(self) -> None:
        """Watch the pages and conf.py, whatever the first build says."""
        self.folders.add(Path(self.options.pages).resolve())
        self.modules.add(self.conf)

    @property
    def conf(self) -> Path:
        """Return the path of conf.py."""
        return Path(self.options.settings, "conf.py").resolve()

    @property
    def language(self) -> str:
        """Return the language of the pages."""
        return self.options.language

    def depends_on(self, path: Path) -> bool:
        """Return whether a file may change this site; a translation changes that of its language."""
        if path.parent.name == "LC_MESSAGES" and path.parent.parent.name != self.language:
            return False
        return path in self.modules or path in self.files or any(path.is_relative_to(item) for item in self.folders)

    def restart(self) -> None:
        """Load everything again, in a new process."""
        self.stop()
        self._number += 1
        self._reason, self._has_traceback = "", False
        errors = TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115  the thread closes it
        self._process = subprocess.Popen(  # noqa: S603  a fixed program, without a shell
            [sys.executable, "-m", "sphinx_folio.cli.live.worker", json.dumps(self.options)],
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, args=(self._process, errors, self._number), daemon=True)
        self._reader.start()

    def _read(self, process: subprocess.Popen[str], errors: TextIO, number: int) -> None:
        assert process.stdout is not None  # noqa: S101  it was asked for
        with process.stdout as lines, errors:
            for line in lines:
                self.queue.put((self, number, json.loads(line)))
            process.wait()
            errors.seek(0)
            self.queue.put((self, number, {"event": "ended", "errors": errors.read()}))

    def is_current(self, number: int) -> bool:
        """Return whether a message comes from the present worker process."""
        return number == self._number

    def stop(self) -> None:
        """End the worker process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()  # it changes only files that the next build writes again
        if self._reader is not None and self._reader.is_alive():
            self._reader.join()
        assert process.stdin is not None  # noqa: S101  it was asked for
        with suppress(OSError):  # what the process has not read
            process.stdin.close()

    def address(self, page: str) -> str:
        """Return the address of a page, which begins with a slash."""
        return "/" + "/".join(filter(None, (self.folder, page)))

    def build(self, changed: Collection[Path], *, draft: bool, viewed: Collection[str] = ()) -> None:
        """Ask for a build.

        Args:
            changed: The files that were changed.
            draft: Whether files that take long may be postponed.
            viewed: The addresses of the pages that browsers show.
        """
        must_load = self._process is None or any(path in self.modules for path in changed)
        if must_load:
            self.restart()
        is_fresh = any(path.suffix not in self.suffixes for path in changed)
        root = self.address("").rstrip("/") + "/"
        pages = [address.removeprefix(root) for address in viewed if address.startswith(root)]
        request = {"changed": [*map(str, changed)], "fresh": is_fresh, "draft": draft, "viewed": pages}
        self.is_busy, self.started = True, time.time_ns()
        assert self._process is not None  # noqa: S101  restarted above
        assert self._process.stdin is not None  # noqa: S101  it was asked for
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError:  # it has ended; its last message says why
            return

    @property
    def is_settled(self) -> bool:
        """Return whether all changes that are known are built completely, as far as that is possible."""
        return not self.is_busy and not self.pending and (self.is_complete or bool(self.failure))

    def result(self) -> dict[str, Any]:
        """Return what the last build reported, for the command ``check``."""
        about = {name: getattr(self.options, name) for name in ("settings", "pages", "language", "builder")}
        return {**about, "warnings": [] if self.failure else self.warnings, "failure": self.failure}

    def note_result(self, message: dict[str, Any]) -> None:
        """Note the end of a build."""
        self.is_busy, self.is_complete, self.failure = False, message["complete"], ""
        found: list[str] = message["warnings"]
        if self.is_complete:
            self.postponed = [line for line in found if line not in self.drafted] if self.drafted is not None else []
            self.drafted, self.warnings = None, found
        else:
            self.drafted, self.warnings = found, list(dict.fromkeys([*found, *self.postponed]))
        self.files = {*map(Path, message["files"])}
        self.folders |= {*map(Path, message["folders"])}
        self.modules = {self.conf, *map(Path, message["modules"])}
        self.suffixes = tuple(message["suffixes"])

    def note_failure(self, message: str, *, has_traceback: bool = False) -> None:
        """Note that the build has failed; the process ends, and may write a traceback."""
        self.failure = self._reason = message
        self._has_traceback = has_traceback

    def note_end(self, errors: str) -> str:
        """Note that the process has ended; return what it has written, unless the reported failure says it all."""
        self.stop()
        self.is_busy = False
        errors = errors.strip()
        if not self._reason:
            self.failure = errors.rpartition("\n")[2] or str(__("the worker process ended"))
        return f"{errors}\n" if errors and (self._has_traceback or not self._reason) else ""
