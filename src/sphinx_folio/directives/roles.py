"""The roles by which prose names objects."""

from __future__ import annotations

from docutils import nodes
from sphinx.roles import XRefRole


def reference_role() -> XRefRole:
    """Return a role that links to an object by its key and shows the object's name, or a text of one's own."""
    return XRefRole(innernodeclass=nodes.inline, warn_dangling=True)
