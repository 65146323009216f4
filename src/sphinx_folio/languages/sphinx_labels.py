"""Texts that Sphinx, docutils and extensions write and translate themselves, such as "Parameters" or "Todo".

Translators need not translate those that are in the catalogs of these packages. Labels have no source, since no
author has written them. What sphinx.ext.autodoc writes about a class has the source of its docstring.
"""

from __future__ import annotations

import re
from functools import cache
from gettext import find
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx
from babel.messages.mofile import read_mo
from docutils import nodes
from docutils.languages import get_language
from sphinx import addnodes, locale
from sphinx.transforms import SphinxTransform

from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, catalog_languages
from sphinx_folio._common.site_languages import source_language
from sphinx_folio._common.trees import ancestors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.config import Config


SENTENCES = ("Bases: %s", "alias of %s", "alias of TypeVar(%s)")
"""What sphinx.ext.autodoc writes about classes; some versions of Sphinx take it for a part of the docstring."""


class ExcludeSphinxLabels(SphinxTransform):
    """Mark texts that are already in the language of the page, or are names, as not translatable.

    Priority 5: Sphinx extracts messages from 10 on.
    """

    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Mark titles, rubrics and names of fields without a source, and what autodoc and autosummary have written."""
        for node in self.document.findall(nodes.TextElement):
            if not node.get("translatable", True):
                continue  # such as the labels of this package
            is_label = isinstance(node, nodes.title | nodes.rubric | nodes.field_name)
            is_written = is_label and not (node.rawsource or node.source) and _is_translated(self.config, node.astext())
            if is_written or _is_name_in_summary(node) or _is_about_class(self.config, node):
                node["translatable"] = False


def _is_name_in_summary(node: nodes.TextElement) -> bool:
    """Return whether a text is in the first column of sphinx.ext.autosummary: the name and signature of an object."""
    if not (node.source or "").endswith("<autosummary>") or not isinstance(node.parent, nodes.entry):
        return False
    return node.parent.parent[0] is node.parent


def _is_about_class(config: Config, node: nodes.TextElement) -> bool:
    """Return whether a text is a translated sentence about a class, or in the source language, one that will be."""
    source = node.source or ""
    if not isinstance(node, nodes.paragraph) or not ("docstring of " in source or source.endswith("<autosummary>")):
        return False
    text = node.astext()
    written = next((sentence for sentence in SENTENCES if _has_form(text, _catalog(config.language), sentence)), None)
    if written is None:
        return False
    if config.language != source_language(config):
        return written in _catalog(config.language)
    others = [language for language in config.folio_languages if language != config.language]
    return bool(others) and all(written in _catalog(language) for language in others)


def _has_form(text: str, translations: Mapping[str, str], sentence: str) -> bool:
    pattern = re.escape(translations.get(sentence, sentence)).replace("%s", ".+")
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def is_from_template(node: nodes.Element, text: str, language: str) -> bool:
    """Return whether a text is a heading that an extension has written in the language of the build.

    sphinx.ext.napoleon writes such headings into documented objects, and sphinx.ext.autosummary writes rubrics into the
    pages that it generates. The catalogs of the site have only those of the source language.
    """
    is_generated = any(isinstance(item, addnodes.desc_content | nodes.rubric) for item in (node, *ancestors(node)))
    return is_generated and any(text == found != source for source, found in _catalog(language).items())


def _is_translated(config: Config, label: str) -> bool:
    """Return whether a label is in the language of the build or, in the source language, is known in all others."""
    own = _catalog(config.language)
    if config.language != source_language(config):
        return label in own.values() or label in _texts_of_extensions()
    others = [language for language in config.folio_languages if language != config.language]
    sources = [source for source, found in own.items() if found == label] or [label]
    return bool(others) and all(any(source in _catalog(language) for source in sources) for language in others)


@cache
def _catalog(language: str) -> Mapping[str, str]:
    """Return the labels of docutils and the translations of Sphinx and of this package; empty for English."""
    labels = get_language(language).labels
    pairs = {source: labels[key] for key, source in get_language("en").labels.items() if key in labels}
    pairs = {} if pairs == get_language("en").labels else pairs
    folder = Path(sphinx.__file__).parent / "locale"
    ours = find(CATALOG, CATALOG_FOLDER, catalog_languages(language), all=True)
    for path in reversed([*find("sphinx", folder, [language], all=True), *ours]):  # the first one counts most
        with Path(path).open("rb") as file:
            messages = [*read_mo(file)]
        found = ((message.id, message.string) for message in messages if message.id and message.string)
        pairs |= {key: text for key, text in found if isinstance(key, str) and isinstance(text, str)}
    return pairs


def _texts_of_extensions() -> set[str]:
    """Return the texts of the catalogs that extensions have added, in the language of the build.

    Neither Sphinx nor gettext can list them by public means; without their attributes, none is known.
    """
    translators = getattr(locale, "translators", {})
    texts: set[str] = set()
    for (namespace, name), translator in translators.items():
        if namespace == "general" and name not in {"sphinx", CATALOG}:
            found = getattr(translator, "_catalog", {})
            texts |= {text for key, text in found.items() if key and isinstance(text, str) and text}
    return texts
