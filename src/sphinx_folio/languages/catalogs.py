"""Catalogs that cannot lag behind: Sphinx shows the source where a translation is missing, and says nothing of it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.pofile import read_po
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import extract_messages

from sphinx_folio.i18n import __
from sphinx_folio.languages.settings import is_translated
from sphinx_folio.warnings import Subtype, warn

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from docutils import nodes

_ROLE = re.compile(r"[{:](?P<role>[\w:+-]+)[}:]`(?:[^`<]*<(?P<target>[^`>]*)>|(?P<plain>[^`]*))`")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>()\]，。；、）]+|\]\((?P<relative>[^)\s]+)\)")
SHOWN = 60


class CheckTranslations(SphinxTransform):
    """Report every string of a page that has no translation, an unsure one, or one with other references.

    At priority 19, just before Sphinx puts the translations in.
    """

    default_priority = 19

    def apply(self, **kwargs: Any) -> None:
        """Look up each string of the page in its catalog."""
        if not is_translated(self.config):
            return
        domain = docname_to_domain(self.env.current_document.docname, self.config.gettext_compact)
        catalogs = [
            _read(path, path.stat().st_mtime_ns)
            for folder in self.config.locale_dirs
            if (path := Path(self.env.srcdir, folder, self.config.language, "LC_MESSAGES", f"{domain}.po")).is_file()
        ]
        for node, message in extract_messages(self.document):
            self.check(node, message, catalogs, domain)

    def check(self, node: nodes.Element, text: str, catalogs: list[Catalog], domain: str) -> None:
        """Report what is wrong with the translation of a string, if anything is."""
        found = next(filter(None, (catalog.get(text) for catalog in catalogs)), None)
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        place = f"{self.config.language}/LC_MESSAGES/{domain}.po"
        if found is None or not found.string:
            message = __("no translation of %r in %s")
            warn(Subtype.UNTRANSLATED, message, shown, place, location=node)
        elif found.fuzzy:
            message = __("the translation of %r in %s is unsure (fuzzy); check it and take the mark away")
            warn(Subtype.FUZZY_TRANSLATION, message, shown, place, location=node)
        else:
            differences = _differences(text, str(found.string))
            if differences:
                message = __("the translation of %r in %s has other references: %s")
                warn(Subtype.TRANSLATION_MISMATCH, message, shown, place, differences, location=node)


def references(text: str) -> Counter[str]:
    """Return the roles with their targets, and the addresses, that a string holds."""
    roles = [f"{match['role']}:{match['target'] or match['plain']}" for match in _ROLE.finditer(text)]
    addresses = [match["relative"] or match[0] for match in _ADDRESS.finditer(text)]
    return Counter((*roles, *(address.rstrip(".,:;") for address in addresses)))


def _differences(source: str, translation: str) -> str:
    """Return what a translation lacks (-) and what it has beyond its source (+)."""
    here, there = references(source), references(translation)
    lacking = [f"-{reference}" for reference in sorted((here - there).elements())]
    beyond = [f"+{reference}" for reference in sorted((there - here).elements())]
    return ", ".join((*lacking, *beyond))


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> Catalog:
    """Return a catalog; the time of its last change is part of the question, so that no old answer is given."""
    with path.open("rb") as file:
        return read_po(file)
