"""Read the XML of Europass into nested dictionaries, and take parts out of them; the rest has no counterpart.

A list such as ``WorkExperienceList`` becomes the list ``WorkExperience``, an element that is repeated becomes a list,
and a date has the fields ``Year``, ``Month`` and ``Day`` if it has these attributes. Namespaces are dropped.
A document type declaration, without which XML has no entities, is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn
from xml.parsers import expat

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import MAX_DEPTH, UnreadableResumeError, has_content

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOTS: Mapping[str, str] = {
    "SkillsPassport": "http://europass.cedefop.europa.eu/Europass",
    "Candidate": "http://www.europass.eu/1.0",
}
"""Root element → namespace."""
NATIVE = "Mother tongue"
"""The level of a language that is a mother tongue."""


def read_europass_xml(data: bytes) -> dict[str, Any]:
    """Return a Europass XML file as nested dictionaries, with the name of its root element.

    Raises:
        UnreadableResumeError: The file is not XML, not a Europass CV, nested too deeply, or declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = __("not valid XML, line %d, column %d: %s")
        raise UnreadableResumeError(message % (error.lineno, error.offset, expat.ErrorString(error.code))) from None
    return {reader.root: reader.content}


def _refuse_document_type(*arguments: object) -> NoReturn:
    raise UnreadableResumeError(__("XML with a document type declaration cannot be imported; remove <!DOCTYPE …>"))


class _Reader:
    """Builds nested dictionaries from the events of a parser."""

    def __init__(self) -> None:
        self.content: dict[str, Any] = {}
        self.root = ""
        self._open: list[tuple[str, dict[str, Any]]] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element; the attributes of a date become fields, and all others are dropped."""
        namespace, _space, local = name.rpartition(" ")
        if not self._open and ROOTS.get(local) != namespace:
            raise UnreadableResumeError(__("not a Europass CV: the root element is <%s>") % local)
        self.root = self.root or local
        if len(self._open) > MAX_DEPTH:
            raise UnreadableResumeError(__("nested more than %d levels deep") % MAX_DEPTH)
        date = {key.capitalize(): value for key, value in attributes.items() if key in {"year", "month", "day"}}
        self._open.append((local, dict(date)))
        self._text.clear()

    def text(self, text: str) -> None:
        """Add text to the current element."""
        self._text.append(text)

    def end(self, name: str) -> None:
        """Close an element and add it to the one around it."""
        local, fields = self._open.pop()
        value: Any = fields or "".join(self._text).strip()
        self._text.clear()
        if not self._open:
            self.content = fields
            return
        parent_name, parent = self._open[-1]
        if parent_name.endswith("List"):
            parent.setdefault(local, []).append(value)
        elif local.endswith("List") and isinstance(value, dict):
            parent.update(value)
        elif local in parent:
            known = parent[local]
            parent[local] = [*(known if isinstance(known, list) else [known]), value]
        else:
            parent[local] = value


def take_object(value: Any, *path: str) -> dict[str, Any]:
    """Return the object at a path, and remove it; empty if there is none."""
    around = _object_around(value, path)
    return around.pop(path[-1]) if isinstance(around.get(path[-1]), dict) else {}


def take_text(value: Any, *path: str) -> str:
    """Return the text at a path, and remove it; empty if there is none."""
    around = _object_around(value, path)
    if not isinstance(around.get(path[-1]), str | bool):
        return ""
    found = around.pop(path[-1])
    return found if isinstance(found, str) else str(found).lower()


def _object_around(value: Any, path: Sequence[str]) -> dict[str, Any]:
    """Return the object that may have the last name of a path; empty if there is none."""
    for name in path[:-1]:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def take_list(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list, and remove it."""
    found = value.get(name)
    items = [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]
    if items:
        del value[name]
    return items


def with_rest(item: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    """Return an item with the fields that have no counterpart, so that they are kept."""
    left = {name: part for name, part in rest.items() if has_content(part)}
    return item | ({"europass": left} if left else {})
