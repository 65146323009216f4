"""Take characters that no text may hold out of pages, report them where they are, and refuse them in settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import ConfigError
from sphinx.transforms import SphinxTransform

from sphinx_folio._common.characters import code_point, forbidden_characters, strip_forbidden
from sphinx_folio._common.i18n import __
from sphinx_folio._common.warnings import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

ATTRIBUTES: dict[type[nodes.Element], str] = {addnodes.pending_xref: "reftarget", nodes.image: "alt"}
"""Attributes of nodes that are read as text."""


class RemoveUnfitCharacters(SphinxTransform):
    """Take the characters out of the texts of a page: after it is translated (20), before it is collected (850)."""

    default_priority = 840

    def apply(self, **kwargs: Any) -> None:
        """Look at every text but those of comments and of raw markup, which no output and no record shows as text."""
        for kind, attribute in ATTRIBUTES.items():
            for element in self.document.findall(kind):
                value = str(element.get(attribute) or "")
                if forbidden_characters(value):
                    # What a role shows is mostly what it names: it is reported below.
                    if not any(forbidden_characters(text.astext()) for text in element.findall(nodes.Text)):
                        report(value, location=place_of(element, forbidden_characters(value)[0]))
                    element[attribute] = strip_forbidden(value)
        for node in list(self.document.findall(nodes.Text)):
            text = node.astext()  # the node itself may hold NUL, with which docutils marks what is escaped
            if forbidden_characters(text) and not isinstance(node.parent, nodes.raw | nodes.comment):
                report(text, location=place_of(node, forbidden_characters(text)[0]))
                node.parent.replace(node, nodes.Text(strip_forbidden(text)))


def check_settings(app: Sphinx, config: Config) -> None:
    """Refuse settings of ours with such characters.

    Raises:
        ConfigError: The message names the setting and the character.
    """
    for setting in config:
        for text in _texts(setting.value) if setting.name.startswith("folio_") else ():
            if forbidden_characters(text):
                message = __("%s in conf.py has the character %s; remove it")
                raise ConfigError(message % (setting.name, code_point(forbidden_characters(text)[0])))


def _texts(value: object) -> Iterator[str]:
    """Yield the texts of a setting, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple | set | frozenset):
        for part in (*value, *(value.values() if isinstance(value, dict) else ())):
            yield from _texts(part)


def report(text: str, location: nodes.Node | tuple[str, int] | str) -> str:
    """Warn of the characters of a text that no text may hold, and return the text without them."""
    characters = forbidden_characters(text)
    if characters:
        message = __("the character %s is left out: it is a control, bidirectional or private-use character; remove it")
        warn(Subtype.INVALID_CHARACTER, message, ", ".join(map(code_point, characters)), location=location)
    return strip_forbidden(text)


def report_nul(app: Sphinx, name: str, content: list[str]) -> None:
    """Take NUL out of a page that is read, where docutils would take it for a sign of its own."""
    _report_nul(name, content)


def report_nul_of_included(app: Sphinx, path: Any, docname: str, content: list[str]) -> None:
    """Take NUL out of a file that a page includes."""
    _report_nul(str(app.srcdir / path), content)


def _report_nul(place: str, content: list[str]) -> None:
    if "\0" not in content[0]:
        return
    for number, line in enumerate(content[0].split("\n"), start=1):
        if "\0" in line:
            report("\0", location=f"{place}:{number}")
    content[0] = content[0].replace("\0", "")


def place_of(node: nodes.Node, character: str) -> str:
    """Return path and line of a character in a node; the line of the block where the source writes it in another form.

    docutils knows only where a block begins, and of a title in reStructuredText only the line below.
    """
    holder: nodes.Node | None = node
    while holder is not None and not (isinstance(holder, nodes.Element) and holder.line):
        holder = holder.parent
    if not isinstance(holder, nodes.Element):
        return str(node.document.current_source) if node.document else ""
    start = holder.line or 0
    block: nodes.Element = holder
    while isinstance(block, nodes.Inline) and block.parent is not None:
        block = block.parent
    length = (block.rawsource or block.astext()).count("\n") + 1
    try:
        lines = Path(str(holder.source)).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    found = [number for number, line in enumerate(lines, start=1) if start - 1 <= number < start + length]
    holding = [number for number in found if character in lines[number - 1]]
    return f"{holder.source}:{min(holding, key=lambda number: abs(number - start), default=start)}"
