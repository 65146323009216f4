"""JSON Resume as it comes from anywhere: read, and refused with the path of the field where it cannot be meant."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from sphinx_folio.exporters.json_resume import EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FILE = 10_000_000
"""In bytes; a résumé has some tens of thousands."""
LONGEST_TEXT = 100_000
"""In characters, of one field."""
DEEPEST = 20
SECTIONS = ("work", "education", "skills", "projects")
OTHER_SECTIONS = ("volunteer", "awards", "certificates", "publications", "languages", "interests", "references")


class UnreadableResumeError(ValueError):
    """The input is refused; the message begins with the path of the field."""


@dataclass(slots=True)
class Item:
    """An object of a résumé: its path, its fields, and which of them have been asked for."""

    path: str
    data: dict[str, Any]
    asked: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """Return a text, with its line breaks, or nothing; refuse anything else."""
        value = self._value(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            refuse(f"{self.path}.{name}", f"a text is needed, not {_kind(value)}")
        return value.strip()

    def line(self, name: str) -> str:
        """Return a text on one line."""
        return " ".join(self.text(name).split())

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; refuse anything else."""
        found = self._list(name)
        for number, value in enumerate(found):
            if not isinstance(value, str):
                refuse(f"{self.path}.{name}[{number}]", f"a text is needed, not {_kind(value)}")
        return [str(value).strip() for value in found]

    def items(self, name: str) -> list[Item]:
        """Return a list of objects; refuse anything else."""
        found = []
        for number, value in enumerate(self._list(name)):
            path = f"{self.path}.{name}[{number}]".lstrip(".")
            if not isinstance(value, dict):
                refuse(path, f"an object is needed, not {_kind(value)}")
            found.append(Item(path, value))
        return found

    def item(self, name: str) -> Item:
        """Return an object, an empty one if there is none; refuse anything else."""
        value = self._value(name)
        path = f"{self.path}.{name}".lstrip(".")
        if value is None:
            return Item(path, {})
        if not isinstance(value, dict):
            refuse(path, f"an object is needed, not {_kind(value)}")
        return Item(path, value)

    def extension(self) -> Item:
        """Return what an export of ours says beyond the schema."""
        return self.item(EXTENSION)

    def unasked(self) -> Iterator[str]:
        """Yield the paths of fields that say something and that nobody has asked for."""
        for name, value in self.data.items():
            if name not in self.asked and value not in (None, "", [], {}):
                yield f"{self.path}.{name}".lstrip(".")

    def _value(self, name: str) -> Any:
        self.asked.add(name)
        return self.data.get(name)

    def _list(self, name: str) -> list[Any]:
        value = self._value(name)
        if value is None:
            return []
        if not isinstance(value, list):
            refuse(f"{self.path}.{name}".lstrip("."), f"a list is needed, not {_kind(value)}")
        return value


def read_resume(data: bytes) -> Item:
    """Return a résumé.

    Raises:
        UnreadableResumeError: It is no JSON, no résumé, too large, too deep, or holds what is no text.
    """
    if len(data) > LARGEST_FILE:
        refuse("", f"{len(data)} bytes are more than a résumé has; at most {LARGEST_FILE} are read")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        refuse("", f"no UTF-8: {error.reason} at byte {error.start}")
    except RecursionError:
        refuse("", f"nested more than {DEEPEST} levels deep")
    except ValueError as error:
        refuse("", f"no JSON: {error}")
    if not isinstance(found, dict):
        refuse("", f"a résumé is an object, not {_kind(found)}")
    _check(found, "", 0)
    if not {"basics", *SECTIONS} & found.keys():
        refuse("", f"no résumé: it has none of basics, {', '.join(SECTIONS)}")
    return Item("", found)


def refuse(path: str, problem: str) -> NoReturn:
    """Refuse the input for what stands at a path.

    Raises:
        UnreadableResumeError: Always.
    """
    raise UnreadableResumeError(f"{path}: {problem}" if path else problem)


def _check(value: Any, path: str, depth: int) -> None:
    """Refuse what no field may hold, wherever it stands."""
    if depth > DEEPEST:
        refuse(path, f"nested more than {DEEPEST} levels deep")
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            refuse(path, f"{len(value)} characters are more than a field has; at most {LONGEST_TEXT} are read")
        odd = next((sign for sign in value if _is_odd(sign)), None)
        if odd is not None:
            refuse(path, f"U+{ord(odd):04X} is no character of a text")
    elif isinstance(value, dict):
        for name, part in value.items():
            inside = f"{path}.{name}".lstrip(".")
            _check(name, f"{path or 'the whole'} (a name in it)", depth)
            _check(part, inside, depth + 1)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            _check(part, f"{path}[{number}]", depth + 1)


def _is_odd(sign: str) -> bool:
    """Tell whether a sign is half of one, or controls something other than lines."""
    return "\ud800" <= sign <= "\udfff" or (sign < " " and sign not in "\n\r\t") or "\x7f" <= sign <= "\x9f"


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "nothing"}
    return names.get(type(value), "a number")
