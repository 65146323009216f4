"""Forbidden characters: remove them from pages with a warning, and refuse them in settings; and what is not UTF-8.

The module ``_common.characters`` defines them: control, bidirectional and private-use characters.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import ConfigError, SphinxError
from sphinx.transforms import SphinxTransform

from sphinx_folio._common.characters import code_point, forbidden_characters, is_utf8, shown_name, strip_forbidden
from sphinx_folio._common.i18n import __
from sphinx_folio._common.settings import setting_error
from sphinx_folio._common.trees import ancestors, set_parents
from sphinx_folio._common.warnings import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

ATTRIBUTES: dict[type[nodes.Element], str] = {addnodes.pending_xref: "reftarget", nodes.image: "alt"}
"""Node class → its attribute that contains text."""


class RemoveForbiddenCharacters(SphinxTransform):
    """Remove the characters from a page after it is translated (priority 20) and before records are collected (850)."""

    default_priority = 840

    def apply(self, **kwargs: Any) -> None:
        """Check all texts except comments and raw markup, which are never shown as text."""
        set_parents(self.document)
        for kind, attribute in ATTRIBUTES.items():
            for element in self.document.findall(kind):
                value = str(element.get(attribute) or "")
                if forbidden_characters(value):
                    # The text of a role mostly contains its target; it is reported below.
                    if not any(forbidden_characters(text.astext()) for text in element.findall(nodes.Text)):
                        strip_and_warn(value, location=character_location(element, forbidden_characters(value)[0]))
                    element[attribute] = strip_forbidden(value)
        for node in list(self.document.findall(nodes.Text)):
            text = node.astext()  # the node itself may contain NUL, by which docutils marks escaped characters
            if forbidden_characters(text) and not isinstance(node.parent, nodes.raw | nodes.comment):
                strip_and_warn(text, location=character_location(node, forbidden_characters(text)[0]))
                node.parent.replace(node, nodes.Text(strip_forbidden(text)))


def check_settings(app: Sphinx, config: Config) -> None:
    """Check that the settings of this package contain no forbidden characters.

    Raises:
        ConfigError: A setting contains one; the message names both.
    """
    for setting in config:
        for text in _texts(setting.value) if setting.name.startswith("folio_") else ():
            if forbidden_characters(text):
                problem = str(__("it has the character %s; remove it")) % code_point(forbidden_characters(text)[0])
                raise setting_error(config, setting.name, problem)


def _texts(value: object) -> Iterator[str]:
    """Yield all strings in the value of a setting, including nested ones."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple | set | frozenset):
        for part in (*value, *(value.values() if isinstance(value, dict) else ())):
            yield from _texts(part)


def strip_and_warn(text: str, location: nodes.Node | tuple[str, int] | str) -> str:
    """Return a text without forbidden characters; warn if it contained any."""
    characters = forbidden_characters(text)
    if characters:
        message = __("the character %s is left out: it is a control, bidirectional or private-use character; remove it")
        warn(Subtype.INVALID_CHARACTER, message, ", ".join(map(code_point, characters)), location=location)
    return strip_forbidden(text)


def check_names(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Check that the names of pages and of the folders around them can be written in UTF-8; return no other page.

    Raises:
        SphinxError: One of them cannot be; the message starts with its path.
    """
    message = __("the name is not UTF-8; rename it")
    for folder in (app.srcdir, app.confdir, app.outdir):
        if not is_utf8(str(folder)):
            raise ConfigError(f"{shown_name(str(folder))}: {message}")
    for docname in () if is_utf8("\n".join(env.found_docs)) else sorted(env.found_docs):
        if not is_utf8(docname):
            raise SphinxError(f"{shown_name(str(env.doc2path(docname)))}:1: {message}")
    return ()


def check_encoding(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Check the encoding of the pages that are about to be read; Sphinx's own message names no page.

    Raises:
        SphinxError: A page is not in UTF-8; the message starts with its path and line.
    """
    for path in map(env.doc2path, docnames):
        data = Path(path).read_bytes() if Path(path).is_file() else b""
        try:
            data.decode(env.settings["input_encoding"])
        except UnicodeDecodeError as error:
            message = __("not UTF-8: %s at byte %d; save the file as UTF-8") % (error.reason, error.start)
            line = data.count(b"\n", 0, error.start) + 1
            raise SphinxError(f"{path}:{line}: {message}") from error


def remove_nul(app: Sphinx, name: str, content: list[str]) -> None:
    """Remove NUL characters from the source of a page; docutils uses NUL to mark escaped characters."""
    _remove_nul(name, content)


def remove_nul_of_included(app: Sphinx, path: Any, docname: str, content: list[str]) -> None:
    """Remove NUL characters from an included file."""
    _remove_nul(str(app.srcdir / path), content)


def _remove_nul(location: str, content: list[str]) -> None:
    if "\0" not in content[0]:
        return
    for number, line in enumerate(content[0].split("\n"), start=1):
        if "\0" in line:
            strip_and_warn("\0", location=f"{location}:{number}")
    content[0] = content[0].replace("\0", "")


def character_location(node: nodes.Node, character: str) -> str:
    """Return ``path:line`` of a character in a node, or of the start of the block if its source lacks the character.

    The source file is searched because docutils stores only the first line of a block, and for a title in
    reStructuredText the line below it.
    """
    elements = (item for item in (node, *ancestors(node)) if isinstance(item, nodes.Element))
    with_line = next((element for element in elements if element.line), None)
    if with_line is None:
        return str(node.document.current_source) if node.document else ""
    start = with_line.line or 0
    block: nodes.Element = with_line
    while isinstance(block, nodes.Inline) and block.parent is not None:
        block = block.parent
    length = (block.rawsource or block.astext()).count("\n") + 1
    try:
        lines = Path(str(with_line.source)).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    of_block = [number for number, line in enumerate(lines, start=1) if start - 1 <= number < start + length]
    matches = [number for number in of_block if character in lines[number - 1]]
    return f"{with_line.source}:{min(matches, key=lambda number: abs(number - start), default=start)}"
