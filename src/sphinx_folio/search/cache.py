"""Cache page indexes and postings lists between builds, and rebuild those that are missing or stale."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, fields
from itertools import chain
from typing import TYPE_CHECKING

from sphinx.util.parallel import ParallelTasks, parallel_available

from sphinx_folio._common import caches
from sphinx_folio.search.page_index import PageIndex, index_page
from sphinx_folio.search.records import SearchRecords
from sphinx_folio.search.shards import Postings
from sphinx_folio.search.tokenizer import is_japanese_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sphinx.application import Sphinx

    from sphinx_folio.search.catalogs import Catalogs
    from sphinx_folio.search.objects import ObjectLookup

MIN_PAGES_FOR_WORKERS = 100
"""With fewer pages to index, starting worker processes takes longer than it saves."""


@dataclass(slots=True)
class IndexCache:
    """The page indexes of the last build, and the postings lists of their texts if the index was split."""

    rules: str
    """A fingerprint of everything except pages that the content depends on; a cache with another one is discarded."""
    page_indexes: dict[str, PageIndex] = field(default_factory=dict)
    """By docname, in the order of the index."""
    domains: list[str] = field(default_factory=list)
    """The states of the domains with facts."""
    lists: dict[str, str] = field(default_factory=dict)
    """See :class:`~sphinx_folio.search.shards.Postings`; empty if the index is not split."""

    @classmethod
    def load(cls, path: Path, rules: str) -> IndexCache:
        """Load the cache if it is complete and was written with the same rules; otherwise return an empty one."""
        with caches.open_cache(path, _format(rules)) as file:
            if file is None:
                return cls(rules)
            domains, lists, docnames = pickle.load(file)  # noqa: S301  as trustworthy as Sphinx's environment next to it
            return cls(rules, {docname: pickle.load(file) for docname in docnames}, domains, lists)  # noqa: S301

    def save(self, path: Path) -> None:
        """Write the cache, with a separate pickle for each page, which needs less memory."""
        with caches.create_cache(path, _format(self.rules)) as file:
            for content in ((self.domains, self.lists, list(self.page_indexes)), *self.page_indexes.values()):
                file.write(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))

    def update(self, page_indexes: dict[str, PageIndex], *, is_split: bool) -> Postings:
        """Replace the page indexes, and bring the postings lists up to date.

        The lists are edited in place if no page has a different number of rows, and rebuilt otherwise.

        Args:
            page_indexes: All page indexes in the order of the index; unchanged ones must be the same objects as cached.
            is_split: Whether the index is split; otherwise it needs no lists.
        """
        before, self.page_indexes = self.page_indexes, page_indexes
        if not is_split:
            self.lists = {}
        elif self.lists and _row_counts(before) == _row_counts(page_indexes):
            first = 0
            postings = Postings(self.lists)
            for docname, page in page_indexes.items():
                if page is not before[docname]:
                    both = zip(before[docname].term_counts(), page.term_counts(), strict=True)
                    for number, counts in enumerate(both, first):
                        postings.change(number, *counts)
                first += len(page.rows)
        else:
            self.lists = Postings.of(chain.from_iterable(page.term_counts() for page in page_indexes.values())).lists
        return Postings(self.lists)


def _format(rules: str) -> str:
    """Return the rules with the fields of the cache and its page indexes, so that older pickles are not loaded."""
    names = " ".join(field.name for field in (*fields(IndexCache), *fields(PageIndex)))
    return f"{rules} {PageIndex.__module__} {PageIndex.__qualname__} {names}"


def _row_counts(page_indexes: dict[str, PageIndex]) -> list[tuple[str, int]]:
    """Return each page with the number of its rows, in order."""
    return [(docname, len(page.rows)) for docname, page in page_indexes.items()]


def current_page_indexes(
    app: Sphinx, cache: IndexCache, objects: ObjectLookup, catalogs: Catalogs, domains: list[str]
) -> dict[str, PageIndex]:
    """Return the indexes of all pages in the order of the index: from the cache if up to date, otherwise rebuilt.

    Pages of first rank come first; within a rank, pages are sorted by docname. Many pages are indexed by worker
    processes, or by one if the build is not parallel: the segmenter of Chinese needs 32 MiB until its process ends.

    Args:
        app: The application.
        cache: The page indexes of the last build.
        objects: Objects of all pages.
        catalogs: The translations of the site.
        domains: The states of the domains with facts; if they are those of the cache, so are all facts.
    """
    are_facts_unchanged = cache.domains == domains
    cache.domains = domains
    stored = SearchRecords(app.env).pages
    is_japanese = is_japanese_language(app.config.language)
    docnames = sorted(stored, key=lambda docname: (is_second_rank(app, docname), docname))
    cached = {
        docname: page
        for docname in docnames
        if (page := cache.page_indexes.get(docname)) and page.digest == stored[docname].digest
        if objects.are_unchanged(page.lookups, are_facts_unchanged=are_facts_unchanged)
    }

    def index_pages(names: Sequence[str]) -> list[PageIndex]:
        made = []
        for name in names:
            records = stored[name]
            page = index_page(
                *(name, records.digest, records.value, objects, catalogs),
                before=cache.page_indexes.get(name),
                is_japanese=is_japanese,
            )
            made.append(page)
            records.drop_value()
        return made

    stale = [docname for docname in docnames if docname not in cached]
    made: dict[str, PageIndex] = {}
    if parallel_available and len(stale) >= MIN_PAGES_FOR_WORKERS:
        workers = max(app.parallel, 1)
        tasks = ParallelTasks(workers)
        for first in range(workers):
            share = stale[first::workers]
            tasks.add_task(index_pages, share, lambda names, pages: made.update(zip(names, pages, strict=True)))
        tasks.join()
    else:
        made.update(zip(stale, index_pages(stale), strict=True))
    return {docname: cached.get(docname) or made[docname] for docname in docnames}


def is_second_rank(app: Sphinx, docname: str) -> bool:
    """Return whether a page has the metadata ``search: later``: its results rank lower and load only if needed."""
    return bool(app.env.metadata[docname].get("search") == "later")
