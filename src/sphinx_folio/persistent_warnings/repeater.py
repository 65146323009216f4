"""Store the warnings of pages, repeat them in later builds, and process pages again whose warnings may have changed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translator

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.write_log import build_fingerprint, cache_path, fingerprint
from sphinx_folio.persistent_warnings.affected import affected_pages
from sphinx_folio.persistent_warnings.collector import Collector, Stage, page_of
from sphinx_folio.persistent_warnings.links import links_of, page_of_link, pages_by_address, targets_of
from sphinx_folio.persistent_warnings.warning_records import WarningRecord, load_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FIRST, LAST = 1, 9999
"""Priorities of handlers that run before and after all others."""
STRICTNESS = ("nitpicky", "nitpick_ignore", "nitpick_ignore_regex")
"""Settings that change the warnings from writing, although Sphinx does not write pages again when they change."""


def _rules() -> str:
    """Return what the caches depend on: the version, and the language of messages, which a terminal may change."""
    return f"{__version__} {get_translator('sphinx', 'console').info().get('language', '')}"


def _inventories(app: Sphinx) -> list[str]:
    """Return a fingerprint of the objects in each inventory of intersphinx, which decide about links to other sites.

    An inventory that could not be loaded has none. Sphinx does not write pages again when it can be loaded later.
    """
    if "sphinx.ext.intersphinx" not in app.extensions:
        return []
    from sphinx.ext.intersphinx import InventoryAdapter  # noqa: PLC0415  it loads what reads addresses

    inventories = sorted(InventoryAdapter(app.env).named_inventory.items())
    return [
        fingerprint([name, *((kind, [*found]) for kind, found in objects.items())]) for name, objects in inventories
    ]


class Repeater:
    """The event handlers of one Sphinx application."""

    def __init__(self, app: Sphinx) -> None:
        """Start to listen for warnings."""
        self._app = app
        self._collector = Collector(app)

    def connect(self) -> None:
        """Connect the handlers, and those that switch the collector from stage to stage."""
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
        """Load the caches, and add the pages to read whose warnings are unknown or may have changed."""
        self._collector.start()
        self._checked = False
        self._targets: dict[str, str] = {}
        self._written: dict[str, list[str]] = {}
        self._read_cache = caches.read_json(self._read_path, _rules()) or {}
        self._write_cache = caches.read_json(self._write_path, _rules()) or {}
        self._pages = self._write_cache.get("pages", {})
        self._known = self._read_cache.get("pages", {})
        changed = {*docnames, *self._not_cached(env)}
        removed = self._known.keys() - env.found_docs
        affected = self._affected(env, changed, removed) - changed if changed or removed else set()
        # Clear all first, as Sphinx does in parallel builds: the label of a section that has moved to another page
        # would otherwise be a duplicate until its old page is read.
        for docname in {*changed, *affected}:
            env.clear_doc(docname)
        docnames[:] = sorted({*changed, *affected} & env.found_docs)

    @property
    def _read_path(self) -> Path:
        """The read cache: warnings from reading pages and from consistency checks."""
        return Path(self._app.doctreedir, "folio-warnings.json")

    @property
    def _write_path(self) -> Path:
        """The write cache: warnings from writing pages with one builder into one folder, and the links of pages."""
        return cache_path(self._app, "warnings")

    @staticmethod
    def _save(path: Path, data: dict[str, Any], earlier: dict[str, Any]) -> None:
        """Write a cache if its data has changed."""
        is_new = not path.is_file() or data["state"] != earlier.get("state")
        if is_new or json.loads(json.dumps(data)) != earlier:
            caches.write_json(path, _rules(), data)

    def _not_cached(self, env: BuildEnvironment) -> set[str]:
        """Return the pages whose time of reading differs from that in the read cache."""
        return {docname for docname, time in env.all_docs.items() if self._known.get(docname, [None])[0] != time}

    def _affected(self, env: BuildEnvironment, changed: set[str], removed: set[str]) -> set[str]:
        """Return the pages whose warnings may have changed, including the changed pages."""
        warnings = {docname: load_warnings(rows) for docname, (_, rows) in self._known.items()}
        for docname, (rows, _, _) in self._pages.items():
            warnings.setdefault(docname, []).extend(load_warnings(rows))
        links = {docname: {page_of_link(link) for link in found} for docname, (_, found, _) in self._pages.items()}
        return affected_pages(env, changed, removed, warnings, links)

    def _stale_pages(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages to write again: pages with warnings if any page was read, and pages with changed targets."""
        self._state = build_fingerprint(env)
        self._strictness = repr([*(app.config[name] for name in STRICTNESS), *_inventories(app)])
        conf = Path(app.confdir, "conf.py")
        self._settings = fingerprint(
            [conf.read_bytes() if conf.exists() else b"", sorted(app.config.overrides.items())]
        )
        self._addresses = pages_by_address(app)
        stale: set[str] = set()
        if self._write_cache.get("strictness") != self._strictness:  # also if there is no cache
            stale = set(env.all_docs)
        elif self._write_cache["state"] != self._state:
            linked = ((docname, links, digest) for docname, (_, links, digest) in self._pages.items())
            stale = {docname for docname, links, digest in linked if self._digest(links) != digest}
            stale |= {docname for docname, (rows, _, _) in self._pages.items() if rows}
        self._stale = stale & env.all_docs.keys()
        unchecked = self._read_cache.get("state") != self._state and not self._not_cached(env)
        return sorted(
            self._stale | ({env.config.root_doc} if unchecked else set())
        )  # any page triggers Sphinx's checks

    def _digest(self, links: list[str]) -> str:
        """Return a fingerprint of what the links of a page show: their targets and the titles of the targets' pages."""
        self._targets = self._targets or targets_of(self._app.env)
        pages = {page_of_link(link) for link in links}
        return fingerprint([self._targets.get(place) for place in sorted({*links, *pages})])

    def _note_check(self, app: Sphinx, env: BuildEnvironment) -> None:
        self._checked = True

    def _save_read(self, app: Sphinx, builder: object) -> None:
        """Write the read cache; Sphinx has saved the environment before."""
        env, found = app.env, self._collector.found
        read = self._not_cached(env)
        pages: dict[str, list[Any]] = {
            docname: [time, found[Stage.READ, docname] if docname in read else self._known[docname][1]]
            for docname, time in env.all_docs.items()
        }
        self._repeated = [row for docname in pages.keys() - read for row in load_warnings(pages[docname][1])]
        checks: Any = found[Stage.CHECK, ""]
        if not self._checked:
            checks = self._read_cache.get("checks", [])
            self._repeated += load_warnings(checks)
        if read or self._checked:
            data = {"state": self._state, "pages": pages, "checks": checks}
            self._save(self._read_path, data, self._read_cache)
        self._read = read

    # Writing

    def _note_written(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Record that a page is being written; remove the write cache, so that an interrupted build starts over."""
        if self._collector.stage is Stage.WRITE:
            caches.remove(self._write_path)
            self._collector.written = docname
            self._written[docname] = []

    def _note_links(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Record the links of a page after all other handlers have changed it."""
        if self._collector.stage is Stage.WRITE and self._addresses:
            self._written[docname] = links_of(app, doctree, docname, self._addresses)

    def _repeat(self, app: Sphinx, exception: Exception | None) -> None:
        """Log the warnings of the pages that were not processed, and write the write cache."""
        self._collector.stop()
        if exception:  # Sphinx has deleted the environment, so the next build processes all pages
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
        repeated = [*self._without_logged(repeated), *skipped]
        data = {
            "state": self._state if self._stale <= self._written.keys() else "",
            "strictness": self._strictness,
            "pages": pages,
            "finish": [*found[Stage.FINISH, ""], *skipped],
            "settings": self._settings,
        }
        self._save(self._write_path, data, self._write_cache)
        for row in repeated:
            row.log()

    def _skipped_at_end(self) -> list[WarningRecord]:
        """Return the warnings from after the writing of pages that this build has skipped.

        A build without changes has skipped all of them; another build, those of unchanged pages.
        """
        env, logged = self._app.env, self._collector.found[Stage.FINISH, ""]
        has_changes = self._read or self._checked or self._written
        is_idle = not has_changes and self._write_cache.get("settings") == self._settings
        unchanged = env.all_docs.keys() - self._read - self._written.keys()
        earlier = load_warnings(self._write_cache.get("finish", []))
        return [row for row in earlier if row not in logged and (is_idle or page_of(row.location, env) in unchanged)]

    def _without_logged(self, rows: list[WarningRecord]) -> Iterator[WarningRecord]:
        """Yield the warnings that this build has not logged yet.

        A warning is already logged if it was logged without a page, or, for warnings that Sphinx logs only once or that
        have no location, for any other page.
        """
        found = self._collector.found
        without_page = Counter(found[Stage.UPDATE, ""] + found[Stage.FINISH, ""])
        messages = {row.message for logged in found.values() for row in logged}
        for row in rows:
            without_page[row] -= 1
            if without_page[row] < 0 and not ((row.once or row.location is None) and row.message in messages):
                yield row
