"""The objects of a parsed résumé: access to their fields, and a log of fields that are invalid, changed or skipped."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.exit_codes import NotRunError
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_folio.cli.importing.folder.bibliographies import Bibliography

MAX_FILE_SIZE = 10_000_000
"""The maximum size of a file, in bytes; a typical résumé has some tens of thousands."""
MAX_DEPTH = 20
"""The maximum number of nested objects and lists."""
MAX_PROBLEMS = 20
"""The maximum number of problems that are reported at once."""
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
    "languages": {"language": ("name",), "fluency": ("level",)},
}
"""Section → field → names in JSON Resume 0.0.0 and older files, used if the field is empty."""


TITLES: Mapping[str, str] = {
    **dict.fromkeys(("skills", "interests", "certificates"), "name"),
    "languages": "language",
    "awards": "title",
    "basics.profiles": "url",
}
"""Section → the field that a string has which is written where an object is expected."""
NAMES = ("name", "title", "label")
"""The fields of an object that is written where a text is expected, which say what it is."""

_OBJECT = re.compile(r"(?:x-folio\.)?\b\w+\[\d+\]|basics\b")


class UnreadableResumeError(NotRunError, ValueError):
    """The input is invalid; the message has one line for each problem, which starts with the path of the field."""


class Number(str):
    """A JSON number as it is written in the file, so that it is not rounded."""

    __slots__ = ()


@dataclass(slots=True)
class Log:
    """The log of an import, with one line per field, and what is known about the source of the résumé."""

    problems: list[str] = field(default_factory=list)
    """The errors, which make the whole file invalid."""
    skipped: list[str] = field(default_factory=list)
    """The fields that are not imported."""
    notes: list[str] = field(default_factory=list)
    """The fields that are imported with changes."""
    kept: dict[str, str] = field(default_factory=dict)
    """Path of a field that no page contains in full, and whose value is kept in a file of its own → why."""
    on_page: set[str] = field(default_factory=set)
    """The kept fields that are on a page as text, and are valid only as long as it says so."""
    layout: str = ""
    """The layout of the folder that the résumé comes from; this and the next three are empty for a file."""
    files: list[str] = field(default_factory=list)
    """The files of the folder, each with the part of the résumé that it became."""
    moved: dict[str, str] = field(default_factory=dict)
    """Former address of a page → path of the item that it became."""
    bibliographies: list[Bibliography] = field(default_factory=list)
    order: Sequence[str] = ()
    """The names of the sections in the order of the source, see :class:`ConvertedResume`."""
    language: str = ""
    """The code of the language that the source names; empty if it names none."""
    is_converted: bool = False
    """Whether the résumé was made from another format, so that its words for an open end are ours."""
    places: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The names of objects and fields in the source, see :class:`ConvertedResume`."""

    def error(self, path: str, problem: str) -> None:
        """Report an error, which makes the whole file invalid."""
        self.problems.append(f"{path}: {problem}" if path else problem)

    def skip(self, paths: Iterable[str], reason: str) -> None:
        """Report fields that are not imported."""
        self.skipped += [f"{path}: {reason}" for path in paths]

    def keep(self, paths: Iterable[str], reason: str = __("not supported")) -> None:
        """Report fields that no page contains, so that they are kept in a file of their own."""
        self.kept |= dict.fromkeys(paths, reason)

    def keep_quietly(self, paths: Iterable[str]) -> None:
        """Keep fields that a page contains in other words, without a line in the report."""
        for path in paths:
            self.kept.setdefault(path, "")

    def keep_from_page(self, paths: Iterable[str]) -> None:
        """Keep fields that a page contains only as text, as long as it does, without a line in the report."""
        for path in paths:
            self.keep_quietly([path])
            self.on_page.add(path)

    def note(self, path: str, change: str, *, kept: bool = False) -> None:
        """Report a field that is imported with a change; ``kept`` if the original value is kept, too."""
        self.notes.append(f"{path}: {change}")
        if kept:
            self.keep_quietly([path])

    def in_words_of_source(self, line: str) -> str:
        """Return a line of the report with the names that objects and fields have in the file of the user."""
        if not self.places:
            return line
        path, colon, rest = line.partition(": ")
        return self._place(path) + colon + _OBJECT.sub(lambda match: self.places.get(match[0], match[0]), rest)

    def _place(self, path: str) -> str:
        found = _OBJECT.match(path)
        if found is None or found[0] not in self.places:
            return path
        section, fields = re.sub(r"\[\d+\]", "", found[0]), path[found.end() :].lstrip(".")
        name = re.split(r"[.\[]", fields)[0]
        place = self.places.get(f"{found[0]}.{name}", self.places[found[0]])
        return ", ".join(filter(None, (place, self.columns[section].get(name, fields))))

    def check(self) -> None:
        """Raise an error if the file is invalid.

        Raises:
            UnreadableResumeError: The file is invalid; the message lists the problems.
        """
        problems = list(dict.fromkeys(map(self.in_words_of_source, self.problems)))
        if problems:
            others = len(problems) - MAX_PROBLEMS
            more = [__("and 1 more problem") if others == 1 else __("and %d more problems") % others] * (others > 0)
            raise UnreadableResumeError("\n".join([*problems[:MAX_PROBLEMS], *more]))


@dataclass(slots=True)
class Item:
    """An object of a résumé: its path, its fields, and the names of the fields that have been used."""

    path: str
    data: dict[str, Any]
    log: Log = field(default_factory=Log)
    used: set[str] = field(default_factory=set)
    is_markdown: bool = False
    """Whether the format of the file defines its texts as Markdown."""

    @property
    def section(self) -> str:
        """The path without indices: ``work`` for ``work[0]``."""
        return re.sub(r"\[\d+\]", "", self.path)

    def path_of(self, name: str) -> str:
        """Return the path of a field, with its name in the file."""
        return f"{self.path}.{self.spelled(name)}".lstrip(".")

    def text(self, name: str) -> str:
        """Return a string with its line breaks; empty if the field is missing."""
        value = self.value(name)
        return "" if value is None else self._text(value, self.path_of(name))

    def line(self, name: str) -> str:
        """Return a string on one line."""
        return " ".join(self.text(name).split())

    def texts(self, name: str) -> list[tuple[str, str]]:
        """Return the path and the string for each item of a list; empty strings are left out."""
        value, path = self.value(name), self.path_of(name)
        if isinstance(value, str) and value.strip():
            self.log.note(path, __("a string, imported as a list"), kept=True)
            return [(path, line) for line in self._text(value, path).splitlines() if line.strip()]
        paths = ((f"{path}[{number}]", value) for number, value in enumerate(self._list(name)))
        found = ((path, self._text(value, path)) for path, value in paths if value is not None)
        return [(path, text) for path, text in found if text]

    def items(self, name: str) -> list[Item]:
        """Return the objects of a list; empty objects are left out."""
        found = []
        for number, value in enumerate(self._list(name)):
            path = f"{self.path_of(name)}[{number}]"
            if isinstance(value, dict):
                found.append(Item(path, value, self.log))
            elif type(value) is str and (title := TITLES.get(self.path_of(name))):
                found.append(Item(path, {title: value}, self.log))
                self.log.note(path, __("a string, imported as its %s") % title)
            elif has_content(value):
                self.log.keep([path], __("must be an object, not %s") % kind_name(value))
        return [item for item in found if has_content(item.data)]

    def item(self, name: str) -> Item:
        """Return an object; empty if the field is missing."""
        value, path = self.value(name), self.path_of(name)
        if has_content(value) and not isinstance(value, dict):
            self.log.keep([path], __("must be an object, not %s") % kind_name(value))
        return Item(path, value if isinstance(value, dict) else {}, self.log)

    def flat_text(self, name: str) -> str:
        """Return all values of a field of any type, separated by commas."""
        return ", ".join(" ".join(text.split()) for text in leaves(self.value(name)))

    def keep_quietly(self, *names: str) -> None:
        """Keep fields that a page contains in other words, without a line in the report."""
        self.log.keep_quietly(self.path_of(name) for name in names if has_content(self.value(name)))

    def keep_from_page(self, *names: str) -> None:
        """Keep fields that a page contains only as text, as long as it does, without a line in the report."""
        self.log.keep_from_page(self.path_of(name) for name in names if has_content(self.value(name)))

    def extension(self) -> Item:
        """Return the extension of the schema that our own exports contain."""
        return self.item(X_FOLIO)

    def unused(self) -> Iterator[str]:
        """Yield the paths of nonempty fields that have not been used."""
        for name, value in self.data.items():
            if name not in self.used and has_content(value):
                yield f"{self.path}.{name}".lstrip(".")

    def keep_unused(self, *others: Item) -> None:
        """Report the fields that no page contains, of this object and of others."""
        for item in (self, *others):
            self.log.keep(item.unused())

    def spelled(self, name: str) -> str:
        """Return the name of a field in this file: the current name or an older one."""
        former = FORMER_NAMES.get(self.section, {}).get(name, ())
        return next((known for known in (name, *former) if has_content(self.data.get(known))), name)

    def value(self, name: str) -> Any:
        """Return the raw value of a field, and mark the field as used."""
        spelled = self.spelled(name)
        self.used |= {name, spelled}
        return self.data.get(spelled)

    def _text(self, value: Any, path: str) -> str:
        """Return a string; of an object, its address or its name, and of a list, its strings on lines of their own."""
        if isinstance(value, dict):
            names = ("url", *NAMES) if _is_address(path) else NAMES
            named = next((name for name in names if isinstance(value.get(name), str)), "")
            text = str(value.get(named, ""))
            change = __("an object, imported as its %s") % named
        elif isinstance(value, list):
            text = "\n".join(value) if all(isinstance(part, str) for part in value) else ""
            change = __("a list, imported as text")
        else:
            text = value if isinstance(value, str) else ""
            change = __("a number, imported as text") if isinstance(value, Number) else ""
        if not text.strip() and has_content(value):
            self.log.keep([path], __("must be a string, not %s") % kind_name(value))
        elif change and text.strip():
            self.log.note(path, change, kept=True)
        return text.strip()

    def _list(self, name: str) -> list[Any]:
        value = self.value(name)
        if isinstance(value, list):
            return value
        if has_content(value):
            self.log.keep([self.path_of(name)], __("must be a list, not %s") % kind_name(value))
        return []


def _is_address(path: str) -> bool:
    return path.endswith((".url", ".website", ".link"))


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


def kind_name(value: Any) -> str:
    """Return the type of a value for messages; return null and booleans as JSON."""
    names = ((dict, __("an object")), (list, __("a list")), (Number, __("a number")), (str, __("a string")))
    return next((str(name) for kind, name in names if isinstance(value, kind)), json.dumps(value))
