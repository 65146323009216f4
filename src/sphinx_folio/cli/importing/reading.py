"""Parse JSON Resume, versions 1.0.0 and 0.0.0, and report invalid fields with their JSON paths."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from sphinx_folio._common.i18n import __
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LARGEST_FILE = 10_000_000
"""In bytes; a typical résumé has some tens of thousands."""
LONGEST_TEXT = 100_000
"""The limit for one field, in characters."""
DEEPEST = 20
MOST_PROBLEMS = 20
"""The maximum number of problems that are reported at once."""
SECTIONS = ("work", "education", "skills", "projects")
OTHER_SECTIONS = ("volunteer", "awards", "certificates", "publications", "languages", "interests", "references")
FORMER_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "": {"basics": ("bio",), "interests": ("hobbies",)},
    "basics": {"url": ("website",), "image": ("picture",), "summary": ("bio",)},
    "work": {"name": ("company",), "url": ("website",)},
    "volunteer": {"url": ("website",)},
    "education": {"url": ("website",), "score": ("gpa",)},
    "publications": {"name": ("title",), "url": ("website", "link"), "summary": ("details",)},
    "certificates": {"url": ("website", "link")},
    "awards": {"url": ("website", "link")},
    "projects": {"description": ("summary",), "url": ("website",)},
}
"""Section → field → names in JSON Resume 0.0.0 and older files, used if the field is empty."""


class UnreadableResumeError(ValueError):
    """The input is invalid; the message has one line for each problem, which starts with the path of the field."""


class Number(str):
    """A JSON number as it is written in the file, so that it is not rounded."""

    __slots__ = ()


@dataclass(slots=True)
class Log:
    """The log of an import, with one line per field: errors, skipped fields, and fields imported with changes."""

    problems: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, path: str, problem: str) -> None:
        """Report an error, which makes the whole file invalid."""
        self.problems.append(f"{path}: {problem}" if path else problem)

    def skip(self, paths: Iterable[str], reason: str = __("not supported")) -> None:
        """Report fields that are not imported."""
        self.skipped += [f"{path}: {reason}" for path in paths]

    def note(self, path: str, change: str) -> None:
        """Report a field that is imported with a change."""
        self.notes.append(f"{path}: {change}")

    def check(self) -> None:
        """Raise an error if the file is invalid.

        Raises:
            UnreadableResumeError: The file is invalid; the message lists the problems.
        """
        problems = list(dict.fromkeys(self.problems))
        if problems:
            others = len(problems) - MOST_PROBLEMS
            more = [__("and %d more problems") % others] if others > 0 else []
            raise UnreadableResumeError("\n".join([*problems[:MOST_PROBLEMS], *more]))


@dataclass(slots=True)
class Item:
    """An object of a résumé: its path, its fields, and the names of the fields that have been used."""

    path: str
    data: dict[str, Any]
    log: Log = field(default_factory=Log)
    used: set[str] = field(default_factory=set)

    @property
    def section(self) -> str:
        """The path without indices: ``work`` for ``work[0]``."""
        return re.sub(r"\[\d+\]", "", self.path)

    def path_of(self, name: str) -> str:
        """Return the path of a field, with its name in the file."""
        return f"{self.path}.{self._spelled(name)}".lstrip(".")

    def text(self, name: str) -> str:
        """Return a string with its line breaks; empty if the field is missing."""
        value = self.value(name)
        return "" if value is None else self._text(value, self.path_of(name))

    def line(self, name: str) -> str:
        """Return a string on one line."""
        return " ".join(self.text(name).split())

    def texts(self, name: str) -> list[tuple[str, str]]:
        """Return the path and the string for each item of a list; empty strings are left out."""
        paths = ((f"{self.path_of(name)}[{number}]", value) for number, value in enumerate(self._list(name)))
        found = ((path, self._text(value, path)) for path, value in paths if value is not None)
        return [(path, text) for path, text in found if text]

    def items(self, name: str) -> list[Item]:
        """Return the objects of a list; empty objects are left out."""
        found = []
        for number, value in enumerate(self._list(name)):
            path = f"{self.path_of(name)}[{number}]"
            if isinstance(value, dict):
                found.append(Item(path, value, self.log))
            elif value is not None:
                self.log.refuse(path, __("must be an object, not %s") % _kind(value))
        return [item for item in found if has_content(item.data)]

    def item(self, name: str) -> Item:
        """Return an object; empty if the field is missing."""
        value, path = self.value(name), self.path_of(name)
        if value is not None and not isinstance(value, dict):
            self.log.refuse(path, __("must be an object, not %s") % _kind(value))
        return Item(path, value if isinstance(value, dict) else {}, self.log)

    def flat_text(self, name: str) -> str:
        """Return all values of a field of any type, separated by commas."""
        return ", ".join(" ".join(text.split()) for text in leaves(self.value(name)))

    def extension(self) -> Item:
        """Return the extension of the schema that our own exports contain."""
        return self.item(X_FOLIO)

    def unused(self) -> Iterator[str]:
        """Yield the paths of nonempty fields that have not been used."""
        for name, value in self.data.items():
            if name not in self.used and has_content(value):
                yield f"{self.path}.{name}".lstrip(".")

    def _spelled(self, name: str) -> str:
        """Return the name of a field in this file: the current name or an older one."""
        former = FORMER_NAMES.get(self.section, {}).get(name, ())
        return next((known for known in (name, *former) if has_content(self.data.get(known))), name)

    def value(self, name: str) -> Any:
        """Return the raw value of a field, and mark the field as used."""
        spelled = self._spelled(name)
        self.used |= {name, spelled}
        return self.data.get(spelled)

    def _text(self, value: Any, path: str) -> str:
        if not isinstance(value, str):
            self.log.refuse(path, __("must be a string, not %s") % _kind(value))
            return ""
        if isinstance(value, Number):
            self.log.note(path, __("a number, imported as text"))
        return value.strip()

    def _list(self, name: str) -> list[Any]:
        value = self.value(name)
        if value is None or value == "":
            return []
        if not isinstance(value, list):
            self.log.refuse(self.path_of(name), __("must be a list, not %s") % _kind(value))
            return []
        return value


def has_content(value: Any) -> bool:
    """Return whether a value contains any string, number or boolean."""
    return next(leaves(value), "") != ""


def leaves(value: Any) -> Iterator[str]:
    """Yield all nonempty strings of a nested value, and its numbers and booleans as JSON."""
    if isinstance(value, dict):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif isinstance(value, str):
        yield from [value] if value.strip() else []
    elif value is not None:
        yield json.dumps(value)


def read_resume(data: bytes) -> Item:
    """Parse a résumé.

    Raises:
        UnreadableResumeError: The data is not JSON, not a résumé, too large, nested too deeply, or has duplicate names.
    """
    if len(data) > LARGEST_FILE:
        _refuse(__("the file is larger than %d bytes") % LARGEST_FILE)
    try:
        found = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_Object,
            parse_constant=_Constant,
            parse_int=Number,
            parse_float=Number,
        )
    except UnicodeDecodeError as error:
        _refuse(__("not UTF-8: %s at byte %d; save the file as UTF-8") % (error.reason, error.start))
    except RecursionError:
        _refuse(__("nested more than %d levels deep") % DEEPEST)
    except json.JSONDecodeError as error:
        _refuse(__("not valid JSON, line %d, column %d: %s") % (error.lineno, error.colno, error.msg))
    if not isinstance(found, dict):
        _refuse(__("a résumé must be an object, not %s") % _kind(found))
    log = Log(problems=list(islice(_problems(found, "", 0), MOST_PROBLEMS + 1)))
    log.check()
    resume = Item("", found, log)
    if not {"basics", "bio", *SECTIONS} & found.keys():
        _refuse(__("not a JSON Resume: it has none of %s") % ", ".join(("basics", *SECTIONS)))
    return resume


class _Object(dict[str, Any]):
    """A JSON object that records its duplicate names."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counted = Counter(name for name, _value in pairs)
        self.repeated = {name for name, times in counted.items() if times > 1}


class _Constant(str):
    """``NaN``, ``Infinity`` or ``-Infinity``, which Python accepts but JSON does not allow."""

    __slots__ = ()


def _refuse(problem: str) -> NoReturn:
    raise UnreadableResumeError(problem)


def _problems(value: Any, path: str, depth: int) -> Iterator[str]:
    """Yield the problems that are errors in any field."""
    here = f"{path}: " if path else ""
    if depth > DEEPEST:
        yield here + __("nested more than %d levels deep") % DEEPEST
    elif isinstance(value, _Constant):
        yield here + __("%s is not a valid JSON number") % value
    elif isinstance(value, str):
        yield from (f"{here}{problem}" for problem in _problems_of_text(value))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _problems(part, f"{path}[{number}]", depth + 1)
    elif isinstance(value, _Object):
        for name, part in value.items():
            inside = f"{path}.{name}".lstrip(".")
            if name in value.repeated:
                yield f"{inside}: " + __("occurs more than once")
            problems = list(_problems_of_text(name))
            yield from (here + __("the name %r: %s") % (name, problem) for problem in problems)
            yield from [] if problems else _problems(part, inside, depth + 1)


def _problems_of_text(text: str) -> Iterator[str]:
    if len(text) > LONGEST_TEXT:
        yield __("longer than %d characters") % LONGEST_TEXT
    forbidden = next(filter(_is_forbidden, text), None)
    if forbidden is not None:
        yield __("contains U+%04X, which is not allowed in text") % ord(forbidden)


def _is_forbidden(character: str) -> bool:
    """Return whether a character is a surrogate, a noncharacter (Unicode 23.7), or a control other than white space."""
    code = ord(character)
    if code < 0x20 or 0x7F <= code <= 0x9F:  # noqa: PLR2004  the control characters
        return character not in "\n\r\t"
    return 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE  # noqa: PLR2004


def _kind(value: Any) -> str:
    names = ((dict, __("an object")), (list, __("a list")), (Number, __("a number")), (str, __("a string")))
    return next((str(name) for kind, name in names if isinstance(value, kind)), json.dumps(value))
