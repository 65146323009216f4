"""Find out which page causes a warning, in any process of a build."""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.util.logging import NAMESPACE

from sphinx_folio.persistent_warnings.notes import Warned

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PAGE, SEEN = "folio_page", "folio_seen"
"""The attributes of log records that tell the page, and that the collector has the record already."""


class Stage(Enum):
    """What Sphinx is doing; the stages with pages are ``READ`` and ``WRITE``."""

    IGNORE = auto()
    READ = auto()
    UPDATE = auto()
    CHECK = auto()
    WRITE = auto()
    FINISH = auto()


class Collector(logging.Handler):
    """Sort the warnings of a build by stage and page; other stages than ``READ`` and ``WRITE`` have no page ("")."""

    active: ClassVar[Collector | None] = None
    """The collector of the build that is running, for the worker processes that Sphinx forks."""

    def __init__(self, app: Sphinx) -> None:
        """Listen to Sphinx's logger."""
        super().__init__(logging.WARNING)
        self._app = app
        self.stage = Stage.IGNORE
        self.written = ""
        """The page that was resolved last, to be written."""
        self.found: defaultdict[tuple[Stage, str], list[Warned]] = defaultdict(list)
        logging.getLogger(NAMESPACE).addHandler(self)

    def start(self) -> None:
        """Begin with the reading of pages."""
        Collector.active = self
        if self._app.parallel > 1:
            _follow_workers()
        self.stage, self.written = Stage.READ, ""
        self.found.clear()

    def stop(self) -> None:
        """Ignore what follows."""
        Collector.active = None
        self.stage = Stage.IGNORE

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a warning, once: Sphinx buffers records and hands them to all handlers again."""
        if self.stage is Stage.IGNORE or hasattr(record, SEEN):
            return
        setattr(record, SEEN, True)
        warned, stage = Warned.from_record(record), self.stage
        page = getattr(record, PAGE, None)  # only workers set it, to nothing if the builder does not tell them
        page = (page or self._owner(warned)) if page is not None else self.page()
        if stage is Stage.WRITE and (not page or warned.type == "index"):  # Sphinx makes the index after the pages
            stage, page = Stage.FINISH, ""
        self.found[stage, page].append(warned)

    def page(self) -> str:
        """Return the page that this process works on."""
        if self.stage not in {Stage.READ, Stage.WRITE}:
            return ""
        resolving_or_reading: str = self._app.env.docname
        return resolving_or_reading or (self.written if self.stage is Stage.WRITE else "")

    def _owner(self, warned: Warned) -> str:
        """Return the page of a location; of several that include the file, the next that lacks this warning."""
        env, path = self._app.env, _path(warned.location)
        page = page_of(warned.location, env)
        owners = [page] if page else [name for name, files in env.dependencies.items() if Path(path) in files]
        return min(sorted(owners), key=lambda owner: self.found[self.stage, owner].count(warned), default="")

    def mark_records(self) -> None:
        """Have each record of a worker tell its page: Sphinx takes all handlers away there."""
        make = logging.getLogRecordFactory()

        def make_and_mark(*args: Any, **kwargs: Any) -> logging.LogRecord:
            record = make(*args, **kwargs)
            writing = self.stage is Stage.WRITE
            setattr(record, PAGE, getattr(self._app.builder, "current_docname", "") if writing else self.page())
            return record

        logging.setLogRecordFactory(make_and_mark)


def page_of(location: str | tuple[str, int] | None, env: BuildEnvironment) -> str:
    """Return the page that a location names, or nothing."""
    if isinstance(location, tuple):
        return location[0] or ""
    path = _path(location)
    return next((page for page in (path, env.path2doc(path)) if page in env.found_docs), "") or ""


def _path(location: object) -> str:
    """Return the part of a location such as ``work.rst:12`` before the line."""
    place = location if isinstance(location, str) else ""
    return place.rpartition(":")[0] or place


def _mark_records_of_worker() -> None:
    if Collector.active is not None:
        Collector.active.mark_records()


@cache
def _follow_workers() -> None:
    """Have records marked in the processes that Sphinx forks: once for all builds of this process."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_mark_records_of_worker)
