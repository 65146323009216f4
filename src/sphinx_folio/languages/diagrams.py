"""Make the labels and the alternative text of Mermaid diagrams translatable.

A label is a text in double quotes in the diagram's source. In sequence and state diagrams, where Mermaid would show the
quotes, a label is the text after a colon, the name after ``as`` or the condition of a block. Sphinx itself does not
extract messages from diagrams. Without sphinxcontrib-mermaid, this module does nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from sphinx_folio._common.cjk import HAN
from sphinx_folio._common.i18n import __, direction
from sphinx_folio._common.site_languages import is_translated, source_language
from sphinx_folio._common.trees import ancestors
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.languages.settings import writes_han

try:
    from sphinxcontrib.mermaid import mermaid
except ImportError:  # a site without diagrams
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
"""First word of a diagram → pattern of the lines with unquoted labels (source: mermaid.js.org/syntax)."""
_DIRECTION = re.compile(r"^([ \t]*(?:graph|flowchart|flowchart-elk|direction)[ \t]+)(LR|RL)\b", re.MULTILINE)
_LETTER = re.compile(r"[^\W\d_]")


class Label(NamedTuple):
    """A label of a diagram, with its start and end in the source."""

    start: int
    end: int
    words: str
    quoted: bool


def find_labels(source: str) -> list[Label]:
    """Return the labels of a diagram in the order of the source."""
    found = [Label(*match.span("words"), match["words"], quoted=True) for match in _QUOTED.finditer(source)]
    for kind, pattern in _UNQUOTED.items():
        if re.search(rf"^[ \t]*{kind}", source, re.MULTILINE):
            found += [Label(*match.span("words"), match["words"], quoted=False) for match in pattern.finditer(source)]
    return sorted(label for label in found if _LETTER.search(label.words))


def replace_labels(source: str, translations: Mapping[str, str]) -> str:
    """Return the source of a diagram with translated labels; characters with a meaning in Mermaid are escaped."""
    parts, position = [], 0
    for label in find_labels(source):
        words = translations.get(label.words, label.words)
        if words != label.words:
            words = words.replace('"', "#quot;") if label.quoted else words.replace(";", "#59;")
        parts += [source[position : label.start], words]
        position = label.end
    return "".join([*parts, source[position:]])


class folio_diagram(addnodes.translatable, mermaid):  # type: ignore[misc]  # noqa: N801  docutils' convention
    """A diagram with translatable labels and alternative text; builders write it like its base class."""

    def preserve_original_messages(self) -> None:
        """Store the source and the translatable texts before translation."""
        self["original"], self["labels"] = self["code"], {}
        words = [label.words for label in find_labels(self["code"])]
        self["words"] = list(dict.fromkeys([*words, *filter(None, [self.get("alt")])]))

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Replace a label, or the alternative text, by its translation."""
        self["labels"][original_message] = translated_message
        self["code"] = replace_labels(self["original"], self["labels"])
        if self.get("alt") == original_message:
            self["alt"] = translated_message

    def extract_original_messages(self) -> Sequence[str]:
        """Return the texts to translate: the labels and the alternative text."""
        words: list[str] = self["words"]
        return words


class MakeDiagramsTranslatable(SphinxTransform):
    """Replace diagrams by translatable nodes. Priority 9: Sphinx preserves the original messages of a page at 10."""

    default_priority = 9

    def apply(self, **kwargs: Any) -> None:
        """Replace the diagrams of the page."""
        for node in list(self.document.findall(mermaid)):
            diagram = folio_diagram(**node.attributes)
            diagram.source, diagram.line = self.document["source"], _line_of(node)
            diagram.preserve_original_messages()
            node.replace_self(diagram)


class MirrorDiagrams(SphinxTransform):
    """Let diagrams run from right to left on a page that is translated into a language written that way.

    On a page written in such a language, the author decides. Priority 25: Sphinx applies translations at 20.
    """

    default_priority = 25

    def apply(self, **kwargs: Any) -> None:
        """Swap left and right in the directions of the diagrams."""
        ways = {direction(self.config.language), direction(source_language(self.config))}
        if not is_translated(self.config) or len(ways) == 1:
            return
        for node in self.document.findall(folio_diagram):
            node["code"] = _DIRECTION.sub(lambda match: match[1] + match[2][::-1], node["code"])


class CheckDiagramLabels(SphinxTransform):
    """Warn about Han characters that are left in a diagram on a page in another language."""

    default_priority = 25

    def apply(self, **kwargs: Any) -> None:
        """Check the diagrams; priority 25 because Sphinx applies translations at 20."""
        if not is_translated(self.config) or writes_han(self.config.language):
            return
        for node in self.document.findall(folio_diagram):
            left = HAN.search(node["code"])
            if left:
                message = __("%r in a diagram is not in the language of the page (%s); put labels into double quotes")
                warn(Subtype.FOREIGN_TEXT, message, left[0], self.config.language, location=node)


def _line_of(node: nodes.Element) -> int:
    """Return the nearest known line before a node: sphinxcontrib-mermaid does not set the line of diagrams."""
    for element in (node, *ancestors(node)):
        siblings = element.parent.children[: element.parent.index(element)] if element.parent else []
        for item in (element, *reversed(siblings)):
            if isinstance(item, nodes.Element) and item.line:
                return int(item.line)
    return 1
