"""The links of a page, and what they show of other pages."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.domain_objects import objects_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def targets_of(env: BuildEnvironment) -> dict[str, str]:
    """Return link → what it may show: the sections and objects there, by page name and anchor (``page#anchor``)."""
    found: dict[str, list[str]] = {}
    for docname, toc in env.tocs.items():
        for entry in toc.findall(nodes.reference):
            found.setdefault(docname + entry.get("anchorname", ""), []).append(entry.astext())
    for domain in env.domains.values():
        for name, title, kind, docname, anchor, _priority in objects_of(domain):
            place = f"{docname}#{anchor}" if anchor else docname
            found.setdefault(place, []).append(f"{domain.name}:{kind} {name} {title}")
    return {place: "\n".join(sorted(targets)) for place, targets in found.items()}


def page_of_link(link: str) -> str:
    """Return the name of the page of a link."""
    return link.partition("#")[0]


def links_of(app: Sphinx, doctree: nodes.document, docname: str, pages: dict[str, str]) -> list[str]:
    """Return the links of a resolved page to other pages; ``pages`` maps addresses to page names."""
    folder = posixpath.dirname(app.builder.get_target_uri(docname))
    uris = {node["refuri"] for node in doctree.findall(nodes.reference) if node.get("internal") and "refuri" in node}
    links = set()
    for uri in uris:
        path, hash_sign, anchor = uri.partition("#")
        page = pages.get(posixpath.normpath(posixpath.join(folder, path)), docname)
        if page != docname:
            links.add(page + hash_sign + anchor)
    return sorted(links)


def pages_by_address(app: Sphinx) -> dict[str, str]:
    """Return address → page name; empty for builders other than HTML, which have no addresses."""
    if app.builder.format != "html":
        return {}
    return {posixpath.normpath(app.builder.get_target_uri(docname)): docname for docname in app.env.all_docs}
