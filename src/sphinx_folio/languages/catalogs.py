"""Catalogs that cannot lag behind: Sphinx shows the source where a translation is missing, and says nothing of it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.pofile import read_po
from docutils import nodes
from sphinx import addnodes
from sphinx.errors import SphinxError
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import extract_messages

from sphinx_folio.i18n import __
from sphinx_folio.languages.settings import is_translated
from sphinx_folio.warnings import Subtype, warn

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

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
        name = Path(self.config.language, "LC_MESSAGES", f"{domain}.po")
        paths = [path for folder in self.config.locale_dirs if (path := self.env.srcdir / folder / name).is_file()]
        catalogs = [_read(path, path.stat().st_mtime_ns) for path in paths]
        for catalog in paths:
            self.env.note_dependency(catalog)  # Sphinx knows the compiled catalog only, which outlives this one
        for node, message in extract_messages(self.document):
            if self.check(node, message, catalogs, domain) and isinstance(node, nodes.TextElement):
                node["folio_message"] = message

    def check(self, node: nodes.Element, text: str, catalogs: list[Catalog], domain: str) -> bool:
        """Report what is wrong with the translation of a string; tell whether the page has to change by it."""
        found = next(filter(None, (catalog.get(text) for catalog in catalogs)), None)
        shown = _shortened(text)
        place = f"{self.config.language}/LC_MESSAGES/{domain}.po"
        if found is None or not is_complete(found):
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
            return str(found.string) != text
        return False


class CheckAppliedTranslations(SphinxTransform):
    """Report every translation that Sphinx did not take, though the catalog has it.

    It takes none that is not a single paragraph, and none from a catalog that was not compiled. At priority 26, after
    it has put the translations in (20).
    """

    default_priority = 26

    def apply(self, **kwargs: Any) -> None:
        """Look at each string that had to change by its translation."""
        for node in self.document.findall(nodes.TextElement):
            text = node.attributes.pop("folio_message", None)
            if text is not None and not isinstance(node, addnodes.translatable) and not node.get("translated"):
                message = __("the translation of %r cannot be shown: write one paragraph, no list or heading")
                warn(Subtype.UNTRANSLATED, message, _shortened(text), location=node)


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def is_complete(message: Message) -> bool:
    """Tell whether a message has a translation, in every plural form if it has several."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(form.strip() for form in forms)


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
    further = [__("a second paragraph")] if "\n\n" in translation.strip() else []
    return ", ".join((*lacking, *beyond, *further))


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> Catalog:
    """Return a catalog; the time of its last change is part of the question, so that no old answer is given."""
    try:
        with path.open("rb") as file:
            return read_po(file)
    except (LookupError, ValueError) as error:
        raise SphinxError(__("the catalog %s cannot be read: %s") % (path, error)) from error
