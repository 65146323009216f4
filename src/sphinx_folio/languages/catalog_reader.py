"""Read catalogs strictly: Babel ignores many syntax errors, and messages are lost."""

from __future__ import annotations

import re
from contextlib import suppress
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.pofile import PoFileError, read_po

from sphinx_folio._common.conflicts import UNRESOLVED, conflicts_in
from sphinx_folio._common.i18n import __

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

_LINE = re.compile(r'(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*"(?P<text>(?:[^"\\]|\\.)*)"')
_TEXT_START = re.compile(r'(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\b|"')
_FOLLOWS = {
    "": {"msgctxt", "msgid"},
    "msgctxt": {"msgid"},
    "msgid": {"msgid_plural", "msgstr"},
    "msgid_plural": {"msgstr"},
    "msgstr": {"msgctxt", "msgid", "msgstr"},
}
"""Keyword → allowed next keywords (source: GNU gettext manual, "The Format of PO Files")."""
_CHARSET = re.compile(r"charset=(?P<name>[^\\\s;]*)")


class Problem(NamedTuple):
    """A problem in a catalog and its line."""

    line: int
    text: str


class CatalogError(Exception):
    """A catalog is invalid; the message has a line for each problem: path, line and text."""


def read_catalog(path: Path, locale: str | None = None) -> Catalog:
    """Return the catalog in a file, with the previous texts of its messages (``#|``).

    Raises:
        CatalogError: The file is not a valid catalog in UTF-8.
    """
    found = problems(path.read_bytes())
    if found:
        raise CatalogError("\n".join(f"{path}:{problem.line}: {problem.text}" for problem in found))
    catalog = read_po(StringIO(path.read_text(encoding="utf-8-sig")), locale=locale)
    for message in catalog:
        _read_previous(message)
    return catalog


def _read_previous(message: Message) -> None:
    """Set the previous text of a message, which Babel writes but reads as comments."""
    lines = [line.removeprefix("|").strip() for line in message.user_comments if line.startswith("|")]
    if not lines:
        return
    message.user_comments = [line for line in message.user_comments if not line.startswith("|")]
    with suppress(PoFileError):
        previous = [
            item.id for item in read_po(StringIO("\n".join((*lines, 'msgstr ""'))), abort_invalid=True) if item.id
        ]
        message.previous_id = [previous[0]] if previous and isinstance(previous[0], str) else list(*previous[:1])


def problems(data: bytes) -> list[Problem]:
    """Return the problems in the content of a catalog."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [Problem(line, str(__("the catalog is not in UTF-8")))]
    found = [Problem(line, str(__(UNRESOLVED))) for line in conflicts_in(text)] or [*_Scanner().problems(text)]
    if found:
        return found
    try:
        read_po(StringIO(text), abort_invalid=True)
    except PoFileError as error:
        return [Problem(error.lineno + 1, str(error).removesuffix(f" on {error.lineno}"))]
    except (LookupError, ValueError) as error:  # in a field of the header
        return [Problem(1, str(error))]
    return []


class _Scanner:
    """Check the lines of one catalog."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], int] = {}
        self._entry: dict[str, str] = {}
        self._keyword = ""
        self._line = 0
        """The line of the entry's msgid."""

    def problems(self, text: str) -> Iterator[Problem]:
        """Yield the problems in the order of the lines."""
        lines = text.split("\n")
        for number, line in enumerate(map(str.strip, lines), start=1):
            if line and not line.startswith("#"):
                yield from self._read(number, line)
        if _kind(self._keyword) not in {"", "msgstr"}:
            yield Problem(len(lines), str(__("the last message has no msgstr")))

    def _read(self, number: int, line: str) -> Iterator[Problem]:
        """Add a line to the current entry, and yield its problems."""
        match = _LINE.fullmatch(line)
        if not match and (start := _TEXT_START.match(line)):
            yield Problem(number, str(__('put the text between two ", and write \\" for each " in it: %s')) % line)
            self._keyword = start["keyword"] or self._keyword  # so that the lines below are read as what they are
            self._entry.setdefault(self._keyword, "")
            return
        if not match or not (match["keyword"] or self._keyword):
            yield Problem(number, str(__("%r is neither a comment nor a part of a message")) % line)
            return
        keyword, before = match["keyword"], _kind(self._keyword)
        if keyword:
            kind = _kind(keyword)
            if kind == "msgctxt" or (kind == "msgid" and before != "msgctxt"):
                self._entry = {}
            if kind not in _FOLLOWS[before] or keyword in self._entry:
                yield Problem(number, str(__("unexpected %s")) % keyword)
            self._line = number if kind == "msgid" else self._line
            self._keyword = keyword
            self._entry[keyword] = ""
            if kind == "msgstr" and before != "msgstr":
                yield from self._duplicate()
        self._entry[self._keyword] += match["text"]
        yield from self._wrong_charset(number, match["text"])

    def _duplicate(self) -> Iterator[Problem]:
        key = (self._entry.get("msgctxt", ""), self._entry.get("msgid", ""))
        first = self._seen.setdefault(key, self._line)
        if first != self._line:
            yield Problem(self._line, str(__("duplicate message; it is already in line %d")) % first)

    def _wrong_charset(self, number: int, text: str) -> Iterator[Problem]:
        is_header = _kind(self._keyword) == "msgstr" and not self._entry.get("msgid")
        charset = _CHARSET.search(text) if is_header else None
        if charset and charset["name"].lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            yield Problem(number, str(__("the header declares the character set %r; use UTF-8")) % charset["name"])


def _kind(keyword: str) -> str:
    """Return a keyword without the index of a plural form: ``msgstr`` for ``msgstr[0]``."""
    return keyword.partition("[")[0]
