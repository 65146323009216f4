"""Fingerprints of the data of other pages that the navigation of each page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.write_log import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.environment import BuildEnvironment


TITLES_ONLY = {"furo", "pydata_sphinx_theme", "sphinx_book_theme"}
"""Themes whose sidebar shows no sections; those of others show sections of the pages above a page."""
COLLAPSED = ("sidebar_collapse", "collapse_navigation")
"""Options of the themes alabaster and sphinx_rtd_theme; if one is off, the sidebar shows sections of all pages."""


def navigation_fingerprints(env: BuildEnvironment) -> dict[str, str]:
    """Return the fingerprint of each page's navigation; all pages must have been read."""
    config = env.config
    titles = {docname: str(title) for docname, title in env.titles.items()}  # with their markup
    contents = {docname: _tables(env, docname, titles) for docname in env.all_docs}
    sections = (
        {} if config.html_theme in TITLES_ONLY else {docname: _sections(env, docname) for docname in env.all_docs}
    )
    collapsed = all(config.html_theme_options.get(name, True) for name in COLLAPSED)
    parents = _parents(contents)
    relations = env.collect_relations()
    tables = list(_tables_below(config.root_doc, contents, set()))
    shown_everywhere = fingerprint([tables, [] if collapsed else sorted(sections.items())])
    found = {}
    for docname in env.all_docs:
        ancestors = [(name, titles.get(name, ""), sections.get(name)) for name in _ancestors(docname, parents)]
        # parent, previous and next page
        related = [(name, titles.get(name, "")) for name in relations.get(docname, ()) if name]
        found[docname] = fingerprint([shown_everywhere, ancestors, related])
    return found


Tables = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""The tables of contents of a page: the caption of each, and its entries as pairs of page name and title."""


def _tables(env: BuildEnvironment, docname: str, titles: Mapping[str, str]) -> Tables:
    """Return the tables of contents of a page."""
    toc = env.tocs.get(docname)
    if toc is None or docname not in env.toctree_includes:
        return ()
    return tuple(
        (
            str(table.get("caption") or ""),
            tuple((reference, title or titles.get(reference, "")) for title, reference in table["entries"]),
        )
        for table in toc.findall(addnodes.toctree)
    )


def _sections(env: BuildEnvironment, docname: str) -> list[str]:
    """Return the links to the sections of a page."""
    toc = env.tocs.get(docname)
    return list(map(str, toc.findall(nodes.reference))) if toc else []


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


def _parents(contents: dict[str, Tables]) -> dict[str, set[str]]:
    """Return the parents of each page: the pages whose tables of contents list it."""
    found: dict[str, set[str]] = {}
    for docname, tables in contents.items():
        for _, entries in tables:
            for reference, _ in entries:
                found.setdefault(reference, set()).add(docname)
    return found


def _ancestors(docname: str, parents: dict[str, set[str]]) -> list[str]:
    """Return a page, its parents, their parents and so on."""
    found: set[str] = set()
    waiting = [docname]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += parents.get(current, ())
    return sorted(found)
