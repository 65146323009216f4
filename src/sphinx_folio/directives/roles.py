"""The role that links to an object."""

from __future__ import annotations

from docutils import nodes
from sphinx.roles import XRefRole


def reference_role() -> XRefRole:
    """Return a role that takes the key of an object and shows a link with the object's name or an explicit text."""
    return XRefRole(innernodeclass=nodes.inline, warn_dangling=True)
