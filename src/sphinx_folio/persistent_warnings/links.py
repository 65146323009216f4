"""The links of a page, and fingerprints of the possible link targets of each page."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_folio._common.write_log import fingerprint

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def targets_of(env: BuildEnvironment) -> dict[str, str]:
    """Return a fingerprint of each page's link targets: its sections and objects with their displayed names."""
    found: dict[str, list[tuple[str, ...]]] = {docname: [] for docname in env.all_docs}
    for docname, toc in env.tocs.items():
        for entry in toc.findall(nodes.reference):
            found.setdefault(docname, []).append((entry.get("anchorname", ""), entry.astext()))
    for domain in env.domains.values():
        for name, title, kind, docname, anchor, _priority in domain.get_objects():
            found.setdefault(docname, []).append((domain.name, kind, name, str(title), anchor))
    return {docname: fingerprint(sorted(targets)) for docname, targets in found.items()}


def links_of(app: Sphinx, doctree: nodes.document, docname: str, pages: dict[str, str]) -> list[str]:
    """Return the other pages to which a resolved page links; ``pages`` maps addresses to page names."""
    folder = posixpath.dirname(app.builder.get_target_uri(docname))
    uris = {node["refuri"] for node in doctree.findall(nodes.reference) if node.get("internal") and "refuri" in node}
    addresses = {_address(posixpath.join(folder, uri)) for uri in uris}
    return sorted({pages[address] for address in addresses & pages.keys()} - {docname})


def pages_by_address(app: Sphinx) -> dict[str, str]:
    """Return address → page name; empty for builders other than HTML, which have no addresses."""
    if app.builder.format != "html":
        return {}
    return {_address(app.builder.get_target_uri(docname)): docname for docname in app.env.all_docs}


def _address(uri: str) -> str:
    return posixpath.normpath(uri.partition("#")[0])
