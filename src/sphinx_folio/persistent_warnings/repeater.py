"""Keep the warnings of pages, give them again, and process the pages whose warnings are in doubt."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.write_log import build_fingerprint, cache_path, fingerprint
from sphinx_folio.persistent_warnings.collector import Collector, Stage, page_of
from sphinx_folio.persistent_warnings.links import links_of, pages_by_address, targets_of
from sphinx_folio.persistent_warnings.notes import Warned, load_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FIRST, LAST = 1, 9999
STRICTNESS = ("nitpicky", "nitpick_ignore", "nitpick_ignore_regex")
"""Settings that decide on warnings and that Sphinx does not write pages again for."""


class Repeater:
    """The warnings of one application."""

    def __init__(self, app: Sphinx) -> None:
        """Listen for warnings."""
        self._app = app
        self._collector = Collector(app)

    def connect(self) -> None:
        """Follow the build from stage to stage."""
        collector, connect = self._collector, self._app.connect

        def enter(stage: Stage) -> Callable[..., list[Any]]:
            def handle(app: Sphinx, *about: object) -> list[Any]:
                collector.stage = stage
                return []

            return handle

        connect("env-before-read-docs", self._start, priority=LAST)
        connect("env-updated", enter(Stage.UPDATE), priority=FIRST)
        connect("env-updated", self._stale_pages, priority=LAST)
        connect("env-get-updated", enter(Stage.CHECK), priority=LAST)
        connect("env-check-consistency", self._note_check)
        connect("write-started", self._save_read, priority=FIRST)
        connect("write-started", enter(Stage.WRITE), priority=LAST)
        connect("doctree-resolved", self._note_written, priority=FIRST)
        connect("doctree-resolved", self._note_links, priority=LAST)
        connect("html-collect-pages", enter(Stage.FINISH), priority=FIRST)
        connect("build-finished", enter(Stage.FINISH), priority=FIRST)
        connect("build-finished", self._repeat, priority=LAST)

    # Reading

    def _start(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Load the notes, and have all pages read whose warnings are unknown or may have changed."""
        self._collector.start()
        self._checked = False
        self._targets: dict[str, str] = {}
        self._written: dict[str, list[str]] = {}
        self._read_note = caches.read_json(self._read_path, __version__) or {}
        self._write_note = caches.read_json(self._write_path, __version__) or {}
        self._pages = self._write_note.get("pages", {})
        self._known = self._read_note.get("pages", {})
        changed = {*docnames, *self._read_since(env)}
        gone = self._known.keys() - env.found_docs
        again = self._also_concerned(env, changed, gone) - changed if changed or gone else set()
        if again:
            for docname in {*changed, *again}:  # else a page that is read later counts as the first with a label
                env.clear_doc(docname)
        docnames[:] = sorted({*changed, *again} & env.found_docs)

    @property
    def _read_path(self) -> Path:
        return Path(self._app.doctreedir, "folio-warnings.json")

    @property
    def _write_path(self) -> Path:
        return cache_path(self._app, "warnings")

    @staticmethod
    def _save(path: Path, note: dict[str, Any], earlier: dict[str, Any]) -> None:
        """Write a note unless it is as it was."""
        if json.loads(json.dumps(note)) != earlier or not path.is_file():
            caches.write_json(path, __version__, note)

    def _read_since(self, env: BuildEnvironment) -> set[str]:
        """Return the pages that were read later, or earlier, than the note says."""
        return {docname for docname, time in env.all_docs.items() if self._known.get(docname, [None])[0] != time}

    def _also_concerned(self, env: BuildEnvironment, changed: set[str], gone: set[str]) -> set[str]:
        """Return the pages whose warnings name a page that changed or is gone, those so named, and links to gone ones.

        “Duplicate label, other instance in work.rst” depends on both pages, and on which of them is read first.
        """
        warned = {docname: load_warnings(rows) for docname, (_, rows) in self._known.items()}
        for docname, (rows, _, _) in self._pages.items():
            warned.setdefault(docname, []).extend(load_warnings(rows))
        groups = [{docname, *_named(env, docname, rows)} for docname, rows in warned.items() if rows]
        parents = {docname for docname, entries in env.toctree_includes.items() if gone.intersection(entries)}
        linking = {docname for docname, (_, links, _) in self._pages.items() if gone.intersection(links)}
        found = {*changed, *gone, *parents, *linking}
        while more := {docname for group in groups if group & found for docname in group} - found:
            found |= more
        return found & env.found_docs

    def _stale_pages(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages to write again: those with warnings, or with links to what changed, if any page was read."""
        self._state = build_fingerprint(env)
        self._strictness = repr([app.config[name] for name in STRICTNESS])
        conf = Path(app.confdir, "conf.py")
        self._settings = fingerprint(
            [conf.read_bytes() if conf.exists() else b"", sorted(app.config.overrides.items())]
        )
        self._addresses = pages_by_address(app)
        stale: set[str] = set()
        if self._write_note.get("strictness") != self._strictness:  # or there is no note
            stale = set(env.all_docs)
        elif self._write_note["state"] != self._state:
            linked = ((docname, links, digest) for docname, (_, links, digest) in self._pages.items())
            stale = {docname for docname, links, digest in linked if self._digest(links) != digest}
            stale |= {docname for docname, (rows, _, _) in self._pages.items() if rows}
        self._stale = stale & env.all_docs.keys()
        unchecked = self._read_note.get("state") != self._state and not self._read_since(env)
        return sorted(self._stale | ({env.config.root_doc} if unchecked else set()))  # Sphinx checks if a page changed

    def _digest(self, links: list[str]) -> str:
        self._targets = self._targets or targets_of(self._app.env)
        return fingerprint([self._targets.get(docname) for docname in links])

    def _note_check(self, app: Sphinx, env: BuildEnvironment) -> None:
        self._checked = True

    def _save_read(self, app: Sphinx, builder: object) -> None:
        """Save the warnings from reading and checks, once the environment is saved."""
        env, found = app.env, self._collector.found
        read = self._read_since(env)
        pages: dict[str, list[Any]] = {
            docname: [time, found[Stage.READ, docname] if docname in read else self._known[docname][1]]
            for docname, time in env.all_docs.items()
        }
        self._repeated = [row for docname in pages.keys() - read for row in load_warnings(pages[docname][1])]
        checks: Any = found[Stage.CHECK, ""]
        if not self._checked:
            checks = self._read_note.get("checks", [])
            self._repeated += load_warnings(checks)
        if read or self._checked:
            note = {"state": self._state, "pages": pages, "checks": checks}
            self._save(self._read_path, note, self._read_note)
        self._read = read

    # Writing

    def _note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Note that a page is about to be written; if the build is interrupted now, all pages have to be."""
        if self._collector.stage is Stage.WRITE:
            caches.remove(self._write_path)
            self._collector.written = docname
            self._written[docname] = []

    def _note_links(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Note where the page links to, once all handlers have done with it."""
        if self._collector.stage is Stage.WRITE and self._addresses:
            self._written[docname] = links_of(app, doctree, docname, self._addresses)

    def _repeat(self, app: Sphinx, exception: Exception | None) -> None:
        """Give the warnings of all pages that were not processed, and save those from writing."""
        self._collector.stop()
        if exception:  # Sphinx has deleted the environment, so all pages are read and written next time
            return
        found = self._collector.found
        pages: dict[str, Any] = {
            docname: entry
            for docname, entry in self._pages.items()
            if docname in app.env.all_docs and docname not in self._written
        }
        repeated = self._repeated + [row for rows, _, _ in pages.values() for row in load_warnings(rows)]
        for docname, links in self._written.items():
            if links or found[Stage.WRITE, docname]:
                pages[docname] = [found[Stage.WRITE, docname], links, self._digest(links)]
        skipped = self._skipped_at_end()
        repeated = [*self._without_given(repeated), *skipped]
        note = {
            "state": self._state if self._stale <= self._written.keys() else "",
            "strictness": self._strictness,
            "pages": pages,
            "finish": [*found[Stage.FINISH, ""], *skipped],
            "settings": self._settings,
        }
        self._save(self._write_path, note, self._write_note)
        for row in repeated:
            row.log()

    def _skipped_at_end(self) -> list[Warned]:
        """Return the warnings from after the writing of pages that only a build with changes gives.

        Those are: in a build without changes, all; in another, those of pages that did not change.
        """
        env, given = self._app.env, self._collector.found[Stage.FINISH, ""]
        idle = not (self._read or self._checked or self._written) and self._write_note.get("settings") == self._settings
        lasting = env.all_docs.keys() - self._read - self._written.keys()
        earlier = load_warnings(self._write_note.get("finish", []))
        return [row for row in earlier if row not in given and (idle or page_of(row.location, env) in lasting)]

    def _without_given(self, rows: list[Warned]) -> Iterator[Warned]:
        """Yield the warnings that this build has not given without a page, nor for another page that stands for all."""
        found = self._collector.found
        everywhere = Counter(found[Stage.UPDATE, ""] + found[Stage.FINISH, ""])
        messages = {row.message for given in found.values() for row in given}
        for row in rows:
            everywhere[row] -= 1
            if everywhere[row] < 0 and not ((row.once or row.location is None) and row.message in messages):
                yield row


def _named(env: BuildEnvironment, docname: str, rows: Iterable[Warned]) -> Iterator[str]:
    """Yield all that may be names of pages in the warnings of a page: as such, as paths, or relative to the page."""
    for row in rows:
        for word in re.findall(r"[^\s'\"“”‘’,;:()]+", row.message.replace(f"{env.srcdir}{os.sep}", "")):
            for name in (word, env.path2doc(word) or word):
                yield from (name, posixpath.normpath(posixpath.join(posixpath.dirname(docname), name)))
