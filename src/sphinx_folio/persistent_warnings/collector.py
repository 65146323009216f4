"""Collect the warnings of a build and determine which page causes each, also in worker processes."""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.util.logging import NAMESPACE

from sphinx_folio.persistent_warnings.warning_records import WarningRecord

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PAGE, SEEN = "folio_page", "folio_seen"
"""Attributes of log records: the page that causes the warning, and whether the collector has processed the record."""


class Stage(Enum):
    """The stages of a build; only in ``READ`` and ``WRITE``, warnings belong to pages."""

    IGNORE = auto()
    READ = auto()
    UPDATE = auto()
    CHECK = auto()
    WRITE = auto()
    FINISH = auto()


class Collector(logging.Handler):
    """A logging handler that groups the warnings of a build by stage and page; other stages use the page ""."""

    active: ClassVar[Collector | None] = None
    """The collector of the current build, for the worker processes that Sphinx forks."""

    def __init__(self, app: Sphinx) -> None:
        """Add the handler to Sphinx's logger."""
        super().__init__(logging.WARNING)
        self._app = app
        self.stage = Stage.IGNORE
        self.written = ""
        """The page that is being written: the one that was resolved last."""
        self.found: defaultdict[tuple[Stage, str], list[WarningRecord]] = defaultdict(list)
        logging.getLogger(NAMESPACE).addHandler(self)

    def start(self) -> None:
        """Start collecting, at the stage ``READ``."""
        Collector.active = self
        if self._app.parallel > 1:
            _follow_workers()
        self.stage, self.written = Stage.READ, ""
        self.found.clear()

    def stop(self) -> None:
        """Stop collecting."""
        Collector.active = None
        self.stage = Stage.IGNORE

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a warning once; Sphinx buffers records and passes them to all handlers a second time."""
        if self.stage is Stage.IGNORE or hasattr(record, SEEN):
            return
        setattr(record, SEEN, True)
        warned, stage = WarningRecord.from_record(record), self.stage
        page = getattr(record, PAGE, None)  # set in workers only; "" if the worker does not know the page
        page = (page or self._owner(warned)) if page is not None else self.page()
        if stage is Stage.WRITE and (not page or warned.type == "index"):  # the index is written after the pages
            stage, page = Stage.FINISH, ""
        self.found[stage, page].append(warned)

    def page(self) -> str:
        """Return the page that this process is reading or writing, or an empty string."""
        if self.stage not in {Stage.READ, Stage.WRITE}:
            return ""
        resolving_or_reading: str = self._app.env.docname
        return resolving_or_reading or (self.written if self.stage is Stage.WRITE else "")

    def _owner(self, warned: WarningRecord) -> str:
        """Return the page that belongs to a location.

        If several pages include the file, each inclusion logs the warning once: return the page with the fewest copies.
        """
        env, path = self._app.env, _path(warned.location)
        page = page_of(warned.location, env)
        owners = [page] if page else [name for name, files in env.dependencies.items() if Path(path) in files]
        return min(sorted(owners), key=lambda owner: self.found[self.stage, owner].count(warned), default="")

    def mark_records(self) -> None:
        """Add the page to each record of a worker process, where Sphinx removes all handlers."""
        make = logging.getLogRecordFactory()

        def make_and_mark(*args: Any, **kwargs: Any) -> logging.LogRecord:
            record = make(*args, **kwargs)
            writing = self.stage is Stage.WRITE
            setattr(record, PAGE, getattr(self._app.builder, "current_docname", "") if writing else self.page())
            return record

        logging.setLogRecordFactory(make_and_mark)


def page_of(location: str | tuple[str, int] | None, env: BuildEnvironment) -> str:
    """Return the page of a location, or an empty string."""
    if isinstance(location, tuple):
        return location[0] or ""
    path = _path(location)
    return next((page for page in (path, env.path2doc(path)) if page in env.found_docs), "") or ""


def _path(location: object) -> str:
    """Return the path in a location such as ``work.rst:12``."""
    path_and_line = location if isinstance(location, str) else ""
    return path_and_line.rpartition(":")[0] or path_and_line


def _mark_records_of_worker() -> None:
    if Collector.active is not None:
        Collector.active.mark_records()


@cache
def _follow_workers() -> None:
    """Mark records in all processes that are forked from now on; registered once per process."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_mark_records_of_worker)
