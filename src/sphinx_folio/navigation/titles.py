"""What the navigation of each page shows of others, in short, so that a change of it can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes

from sphinx_folio._common.write_log import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment


def digests(env: BuildEnvironment) -> dict[str, str]:
    """Return for each page the digest of all that its navigation shows, once all pages are read."""
    contents = {docname: _table_of(env, docname) for docname in env.all_docs}
    parents = _parents(contents)
    relations = env.collect_relations()
    shown_everywhere = fingerprint(list(_open_part(env.config.root_doc, contents, set())))
    found = {}
    for docname in env.all_docs:
        chain = list(_chain(docname, parents))
        around = [name for name in relations.get(docname, ()) if name]
        titles = [(name, _title(env, name)) for name in (*chain, *around)]
        found[docname] = fingerprint([shown_everywhere, titles])
    return found


type_of_table = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def _table_of(env: BuildEnvironment, docname: str) -> type_of_table:
    """Return the tables of contents of a page: the caption of each, and its entries with their titles."""
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


def _open_part(docname: str, contents: dict[str, type_of_table], seen: set[str]) -> Iterator[tuple[str, type_of_table]]:
    """Yield the tables of contents that every page shows, from a page on."""
    table = contents.get(docname, ())
    if docname in seen:
        return
    seen.add(docname)
    yield docname, table
    for _, entries in table:
        for reference, _ in entries:
            yield from _open_part(reference, contents, seen)


def _parents(contents: dict[str, type_of_table]) -> dict[str, str]:
    """Return which page's table of contents names a page first."""
    found: dict[str, str] = {}
    for docname in sorted(contents):
        for _, entries in contents[docname]:
            for reference, _ in entries:
                found.setdefault(reference, docname)
    return found


def _chain(docname: str, parents: dict[str, str]) -> Iterator[str]:
    """Yield a page and those above it."""
    seen: set[str] = set()
    at: str | None = docname
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = parents.get(at)
