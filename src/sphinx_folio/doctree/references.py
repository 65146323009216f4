"""References that show the title or the number of their target, which is known only when all pages are read.

Copied text contains a placeholder for such a reference, as for the name of an entry, see ``portfolio.model``.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransformer
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util.docutils import new_document
from sphinx.util.logging import suppress_logging

from sphinx_folio.portfolio.model import REFERENCE, name_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TITLES = {"any", "doc", "eq", "myst", "ref"}
"""The roles that show the title or the number of the target unless they have a text of their own."""


def shows_target(reference: addnodes.pending_xref) -> bool:
    """Return whether a reference shows the title or the number of its target; for ``numref``, its text has a place."""
    return reference["reftype"] == "numref" or (reference["reftype"] in _TITLES and not reference.get("refexplicit"))


def reference_placeholder(reference: addnodes.pending_xref) -> str:
    """Return the placeholder for what a reference shows; it contains all that the reference is resolved from."""
    names = (name for name in reference.attributes if name not in reference.list_attributes)
    values = {name: reference[name] for name in names if isinstance(reference[name], str | bool | int | None)}
    return name_placeholder(REFERENCE, quote(json.dumps([values, reference.astext()], sort_keys=True), safe=""))


def reference_texts(app: Sphinx, env: BuildEnvironment, placeholders: Iterable[str]) -> dict[str, str]:
    """Return what references show, by the content of their placeholders.

    A reference that cannot be resolved shows its own text, as on its page.
    """
    document = new_document("")
    blocks: dict[str, nodes.paragraph] = {}
    for placeholder in placeholders:
        values, text = json.loads(unquote(placeholder))
        blocks[placeholder] = nodes.paragraph("", "", addnodes.pending_xref("", nodes.inline("", text), **values))
        document += blocks[placeholder]
    resolve_references(app, env, document, env.config.root_doc)
    return {placeholder: " ".join(block.astext().split()) for placeholder, block in blocks.items()}


def resolve_references(app: Sphinx, env: BuildEnvironment, document: nodes.document, docname: str) -> None:
    """Resolve the references of a document as on a page, without warnings; Sphinx logs them when it writes the page."""
    resolvers = [kind for kind in app.registry.get_post_transforms() if issubclass(kind, ReferencesResolver)]
    before = env.current_document
    env.current_document = deepcopy(before)
    env.current_document.docname = docname
    try:
        with suppress_logging():
            transformer = SphinxTransformer(document)
            transformer.set_environment(env)
            transformer.add_transforms(resolvers)
            transformer.apply_transforms()
    finally:
        env.current_document = before
