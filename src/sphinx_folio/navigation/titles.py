"""Fingerprints of the data of other pages that the navigation of each page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes

from sphinx_folio._common.write_log import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment


def navigation_fingerprints(env: BuildEnvironment) -> dict[str, str]:
    """Return the fingerprint of each page's navigation; all pages must have been read."""
    contents = {docname: _tables(env, docname) for docname in env.all_docs}
    parents = _parents(contents)
    relations = env.collect_relations()
    shown_everywhere = fingerprint(list(_tables_below(env.config.root_doc, contents, set())))
    found = {}
    for docname in env.all_docs:
        ancestors = list(_ancestors(docname, parents))
        related = [name for name in relations.get(docname, ()) if name]  # parent, previous and next page
        titles = [(name, _title(env, name)) for name in (*ancestors, *related)]
        found[docname] = fingerprint([shown_everywhere, titles])
    return found


Tables = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""The tables of contents of a page: the caption of each, and its entries as pairs of page name and title."""


def _tables(env: BuildEnvironment, docname: str) -> Tables:
    """Return the tables of contents of a page."""
    toc = env.tocs.get(docname)
    if toc is None or docname not in env.toctree_includes:
        return ()
    return tuple(
        (
            str(table.get("caption") or ""),
            tuple((reference, title or _title(env, reference)) for title, reference in table["entries"]),
        )
        for table in toc.findall(addnodes.toctree)
    )


def _title(env: BuildEnvironment, docname: str) -> str:
    title = env.titles.get(docname)
    return title.astext() if title else ""


def _tables_below(docname: str, contents: dict[str, Tables], seen: set[str]) -> Iterator[tuple[str, Tables]]:
    """Yield the tables of contents of a page and, recursively, of the pages that they list."""
    tables = contents.get(docname, ())
    if docname in seen:
        return
    seen.add(docname)
    yield docname, tables
    for _, entries in tables:
        for reference, _ in entries:
            yield from _tables_below(reference, contents, seen)


def _parents(contents: dict[str, Tables]) -> dict[str, str]:
    """Return the parent of each page: the first page, in alphabetical order, whose table of contents lists it."""
    found: dict[str, str] = {}
    for docname in sorted(contents):
        for _, entries in contents[docname]:
            for reference, _ in entries:
                found.setdefault(reference, docname)
    return found


def _ancestors(docname: str, parents: dict[str, str]) -> Iterator[str]:
    """Yield a page, its parent, the parent's parent and so on."""
    seen: set[str] = set()
    current: str | None = docname
    while current is not None and current not in seen:
        seen.add(current)
        yield current
        current = parents.get(current)
