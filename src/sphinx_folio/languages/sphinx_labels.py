"""Labels that Sphinx writes into pages and translates itself, such as "Parameters" and "Raises" in documented objects.

They are no work for translators as far as Sphinx's own catalogs have them; docutils and autodoc give them no source.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx
from babel.messages.mofile import read_mo
from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from sphinx_folio.languages.settings import source_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.config import Config


class ExcludeSphinxLabels(SphinxTransform):
    """Mark the labels of fields that Sphinx has written in the language of the page as not translatable.

    Priority 5: Sphinx extracts messages from 10 on.
    """

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Mark the names of fields without a source, which no author has written."""
        for name in self.document.findall(nodes.field_name):
            if not name.rawsource and not name.source and _is_translated(self.config, name.astext()):
                name["translatable"] = False


def is_from_docstring_section(node: nodes.Element, text: str, language: str) -> bool:
    """Return whether a text is a heading that sphinx.ext.napoleon has written in the language of the build.

    The catalogs have only that of the source language.
    """
    ancestor = node.parent
    while ancestor is not None and not isinstance(ancestor, addnodes.desc_content):
        ancestor = ancestor.parent
    return ancestor is not None and any(text == found != source for source, found in _catalog(language).items())


def _is_translated(config: Config, label: str) -> bool:
    """Return whether Sphinx has a label in the language of the build or, in the source language, in all others."""
    own = _catalog(config.language)
    if own and config.language != source_language(config):
        return label in own.values()
    others = [language for language in config.folio_languages if language != config.language]
    sources = [source for source, found in own.items() if found == label] or [label]
    return bool(others) and all(any(source in _catalog(language) for source in sources) for language in others)


@cache
def _catalog(language: str) -> Mapping[str, str]:
    """Return Sphinx's own translations into a language; empty for English."""
    path = Path(sphinx.__file__).parent / "locale" / language / "LC_MESSAGES" / "sphinx.mo"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        messages = [*read_mo(file)]
    pairs = ((message.id, message.string) for message in messages if message.id and message.string)
    return {source: found for source, found in pairs if isinstance(source, str) and isinstance(found, str)}
