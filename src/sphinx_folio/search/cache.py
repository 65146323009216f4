"""What one build leaves for the next of the search index, so that a change costs what it touches."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, fields
from itertools import chain
from typing import TYPE_CHECKING

from sphinx.util.parallel import ParallelTasks, parallel_available

from sphinx_folio._common import caches
from sphinx_folio.search.page_index import Part, part_of
from sphinx_folio.search.records import SearchRecords
from sphinx_folio.search.shards import Postings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sphinx.application import Sphinx

    from sphinx_folio.search.catalogs import Catalogs
    from sphinx_folio.search.page_index import Objects

MANY = 100
"""From how many pages on it pays to make their parts in several processes, where there are to be some."""


@dataclass(slots=True)
class Held:
    """What one build leaves for the next: the parts of all pages, and the lists that were made of their texts."""

    rules: str
    parts: dict[str, Part] = field(default_factory=dict)
    """By page, in the order of the index."""
    lists: dict[str, str] = field(default_factory=dict)
    """The postings of a large index; a small one has none."""

    @classmethod
    def load(cls, path: Path, rules: str) -> Held:
        """Load the cache if it is complete and was made by the same rules; otherwise return an empty one."""
        with caches.open_cache(path, _form(rules)) as file:
            if file is None:
                return cls(rules)
            lists, docnames = pickle.load(file)  # noqa: S301  lies beside the environment, which Sphinx loads so
            return cls(rules, {docname: pickle.load(file) for docname in docnames}, lists)  # noqa: S301

    def save(self, path: Path) -> None:
        """Save it for the next build, part by part, which takes less memory."""
        with caches.create_cache(path, _form(self.rules)) as file:
            for content in ((self.lists, list(self.parts)), *self.parts.values()):
                file.write(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))

    def renew(self, parts: dict[str, Part], *, large: bool) -> Postings:
        """Take over new parts, and change the lists where they differ, or make them anew if the texts' numbers do.

        Args:
            parts: The parts of all pages, in the order of the index; those that stay are the very ones held.
            large: Whether the index is split, and needs lists.
        """
        before, self.parts = self.parts, parts
        if not large:
            self.lists = {}
        elif self.lists and _shape(before) == _shape(parts):
            first = 0
            postings = Postings(self.lists)
            for docname, part in parts.items():
                if part is not before[docname]:
                    for number, terms in enumerate(zip(before[docname].terms(), part.terms(), strict=True), first):
                        postings.change(number, *terms)
                first += len(part.rows)
        else:
            self.lists = Postings.of(chain.from_iterable(part.terms() for part in parts.values())).lists
        return Postings(self.lists)


def _form(rules: str) -> str:
    """Return rules with the form of a part: nothing that has another form is unpickled."""
    return f"{rules} {Part.__module__} {' '.join(field.name for field in fields(Part))}"


def _shape(parts: dict[str, Part]) -> list[tuple[str, int]]:
    """Return the pages in their order, and how many rows each has."""
    return [(docname, len(part.rows)) for docname, part in parts.items()]


def parts_of(app: Sphinx, held: Held, objects: Objects, catalogs: Catalogs) -> dict[str, Part]:
    """Return the parts of all pages in the order of the index: those held where nothing changed that they show."""
    stored = SearchRecords(app.env).pages
    docnames = sorted(stored, key=lambda docname: (comes_later(app, docname), docname))
    kept = {
        docname: part
        for docname in docnames
        if (part := held.parts.get(docname)) and part.digest == stored[docname].digest
        if objects.still_say(part.asked)
    }

    def make(names: Sequence[str]) -> list[Part]:
        found = ((name, stored[name]) for name in names)
        return [part_of(name, records.digest, records.value, objects, catalogs) for name, records in found]

    wanted = [docname for docname in docnames if docname not in kept]
    made: dict[str, Part] = {}
    if app.parallel > 1 and parallel_available and len(wanted) >= MANY:
        tasks = ParallelTasks(app.parallel)
        for first in range(app.parallel):
            share = wanted[first :: app.parallel]
            tasks.add_task(make, share, lambda names, parts: made.update(zip(names, parts, strict=True)))
        tasks.join()
    else:
        made.update(zip(wanted, make(wanted), strict=True))
    return {docname: kept.get(docname) or made[docname] for docname in docnames}


def comes_later(app: Sphinx, docname: str) -> bool:
    """Tell whether a page is of second rank."""
    return bool(app.env.metadata[docname].get("search") == "later")
