"""Labels of Mermaid diagrams, for translators: what stands in double quotes in a diagram's source, and its description.

In the lines of sequence and state diagrams Mermaid would show the quotes, so there it is what follows the colon, the
name after ``as``, and the condition of a block. Sphinx asks no diagram for its words, so a translated page would keep
those of the source. Needs sphinxcontrib-mermaid; without it there is nothing to do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from sphinx_folio._common.cjk import HAN
from sphinx_folio._common.i18n import __
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.languages.settings import is_translated, writes_han

try:
    from sphinxcontrib.mermaid import mermaid
except ImportError:  # no diagrams on this site
    mermaid = type("mermaid", (nodes.General, nodes.Element), {})

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_QUOTED = re.compile(r'"(?P<words>[^"\n]*)"')
_UNQUOTED = {
    "sequenceDiagram": re.compile(
        r"^[ \t]*(?:[^\n:]*(?:-[->x)]|note\b)[^\n:]*:|(?:create +)?(?:participant|actor)\b[^\n]*? as |title:? "
        r"|(?:loop|alt|else|opt|par|and|critical|option|break) )[ \t]*(?P<words>[^\n\"]*?)[ \t]*$",
        re.MULTILINE | re.IGNORECASE,
    ),
    "stateDiagram": re.compile(r"^[ \t]*[^\n:\"]+?:(?!:)[ \t]*(?P<words>[^\n\"]*?)[ \t]*$", re.MULTILINE),
}
"""By the diagram's first word, which lines have words without quotes (mermaid.js.org/syntax)."""
_LETTER = re.compile(r"[^\W\d_]")


class Label(NamedTuple):
    """Words of a diagram and where they stand."""

    start: int
    end: int
    words: str
    quoted: bool


def labels(source: str) -> list[Label]:
    """Return the words of a diagram that a reader sees, in the order in which they stand."""
    found = [Label(*match.span("words"), match["words"], quoted=True) for match in _QUOTED.finditer(source)]
    for kind, pattern in _UNQUOTED.items():
        if re.search(rf"^[ \t]*{kind}", source, re.MULTILINE):
            found += [Label(*match.span("words"), match["words"], quoted=False) for match in pattern.finditer(source)]
    return sorted(label for label in found if _LETTER.search(label.words))


def with_words(source: str, translations: Mapping[str, str]) -> str:
    """Return a diagram with other words in the places of its own; what Mermaid would take for a sign is escaped."""
    parts, at = [], 0
    for label in labels(source):
        words = translations.get(label.words, label.words)
        if words != label.words:
            words = words.replace('"', "#quot;") if label.quoted else words.replace(";", "#59;")
        parts += [source[at : label.start], words]
        at = label.end
    return "".join([*parts, source[at:]])


class folio_diagram(addnodes.translatable, mermaid):  # type: ignore[misc]  # noqa: N801  docutils' convention
    """A diagram whose labels and description can be translated; every builder writes it as the one it was."""

    def preserve_original_messages(self) -> None:
        """Keep the words as they were written."""
        self["original"], self["labels"] = self["code"], {}
        words = [label.words for label in labels(self["code"])]
        self["words"] = list(dict.fromkeys([*words, *filter(None, [self.get("alt")])]))

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Put a translation in the place of a label or of the description."""
        self["labels"][original_message] = translated_message
        self["code"] = with_words(self["original"], self["labels"])
        if self.get("alt") == original_message:
            self["alt"] = translated_message

    def extract_original_messages(self) -> Sequence[str]:
        """Return the words as they were written."""
        words: list[str] = self["words"]
        return words


class OfferLabels(SphinxTransform):
    """Make the diagrams of a page translatable. At priority 9: Sphinx keeps the messages of a page at 10."""

    default_priority = 9

    def apply(self, **kwargs: Any) -> None:
        """Exchange each diagram for one that translators can work with, and say where it stands."""
        for node in list(self.document.findall(mermaid)):
            diagram = folio_diagram(**node.attributes)
            diagram.source, diagram.line = self.document["source"], _line_of(node)
            diagram.preserve_original_messages()
            node.replace_self(diagram)


class CheckLabels(SphinxTransform):
    """Report what translators could not get at: Han characters that stay in a diagram of another language."""

    default_priority = 25

    def apply(self, **kwargs: Any) -> None:
        """Look through the diagrams after Sphinx has put the translations in (20)."""
        if not is_translated(self.config) or writes_han(self.config.language):
            return
        for node in self.document.findall(folio_diagram):
            left = HAN.search(node["code"])
            if left:
                message = __("%r in a diagram is not in the language of the page (%s); put labels into double quotes")
                warn(Subtype.FOREIGN_TEXT, message, left[0], self.config.language, location=node)


def _line_of(node: nodes.Element) -> int:
    """Return the nearest line that is known: diagrams themselves do not say where they stand."""
    around: nodes.Element | None = node
    while around is not None:
        if around.line:
            return int(around.line)
        for sibling in reversed(around.parent.children[: around.parent.index(around)] if around.parent else []):
            if isinstance(sibling, nodes.Element) and sibling.line:
                return int(sibling.line)
        around = around.parent
    return 1
