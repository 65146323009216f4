"""Read a résumé in any of the formats, and check what applies to all fields: size, depth and characters."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import (
    MAX_DEPTH,
    MAX_FILE_SIZE,
    MAX_PROBLEMS,
    Item,
    Log,
    UnreadableResumeError,
    kind_name,
)
from sphinx_folio.cli.importing.sources import read_source
from sphinx_folio.cli.importing.sources.converted import ConvertedResume
from sphinx_folio.cli.importing.sources.json_file import JsonConstant, JsonObject
from sphinx_folio.cli.importing.symbols import replace_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TEXT_LENGTH = 100_000
"""The limit for one field, in characters."""
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
SECTIONS = ("work", "education", "skills", "projects")


def read_resume(data: bytes) -> Item:
    """Parse a résumé.

    Raises:
        UnreadableResumeError: The data is in none of the formats, not a résumé, too large, nested too deeply, or has
            duplicate names.
    """
    if len(data) > MAX_FILE_SIZE:
        _fail(__("the file is larger than %d bytes") % MAX_FILE_SIZE)
    return checked(read_source(data))


def checked(found: Any) -> Item:
    """Return a résumé whose values are valid.

    Raises:
        UnreadableResumeError: It is not a résumé, nested too deeply, or has duplicate names or invalid characters.
    """
    if not isinstance(found, dict):
        _fail(__("a résumé must be an object, not %s") % kind_name(found))
    log = Log(problems=list(islice(_problems(found, "", 0), MAX_PROBLEMS + 1)))
    log.check()
    if isinstance(found, ConvertedResume):
        log.skipped, log.layout, log.files = [*found.skipped], found.layout, found.files
        log.moved, log.bibliographies, log.is_converted = found.moved, found.bibliographies, True
        log.order, log.language = found.order, found.language
        log.places, log.columns, log.notes = found.places, found.columns, [*found.notes]
    replace_symbols(_with_line_feeds(found), log)
    resume = Item("", found, log, is_markdown=isinstance(found, ConvertedResume) and found.is_markdown)
    if not {"basics", "bio", *SECTIONS} & found.keys():
        _fail(__("not a JSON Resume: it has none of %s") % ", ".join(("basics", *SECTIONS)))
    kinds = {"basics": dict, "bio": dict, **dict.fromkeys(SECTIONS, list)}
    if not any(isinstance(found.get(name), kind) for name, kind in kinds.items()):
        _fail(__("not a JSON Resume: basics must be an object, or one of %s a list") % ", ".join(SECTIONS))
    return resume


def _with_line_feeds(value: Any) -> Any:
    """Return a value in which all lines of texts end with a line feed; lists and objects are changed in place."""
    if isinstance(value, list):
        value[:] = map(_with_line_feeds, value)
    elif isinstance(value, dict):
        for name, part in value.items():
            value[name] = _with_line_feeds(part)
    return _LINE_END.sub("\n", value) if type(value) is str else value


def _fail(problem: str) -> NoReturn:
    raise UnreadableResumeError(problem)


def _problems(value: Any, path: str, depth: int) -> Iterator[str]:
    """Yield a message for each error in a value and the values in it: depth, numbers, characters, duplicate names."""
    here = f"{path}: " if path else ""
    if depth > MAX_DEPTH:
        yield here + __("nested more than %d levels deep") % MAX_DEPTH
    elif isinstance(value, JsonConstant):
        yield here + __("%s is not a valid JSON number") % value
    elif isinstance(value, str):
        yield from (f"{here}{problem}" for problem in _problems_of_text(value))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _problems(part, f"{path}[{number}]", depth + 1)
    elif isinstance(value, dict):
        for name, part in value.items():
            inside = f"{path}.{name}".lstrip(".")
            if isinstance(value, JsonObject) and name in value.duplicates:
                yield f"{inside}: " + __("occurs more than once")
            problems = list(_problems_of_text(name))
            yield from (here + __("the name %r: %s") % (name, problem) for problem in problems)
            yield from [] if problems else _problems(part, inside, depth + 1)


def _problems_of_text(text: str) -> Iterator[str]:
    if len(text) > MAX_TEXT_LENGTH:
        yield __("longer than %d characters") % MAX_TEXT_LENGTH
    forbidden = next(filter(_is_forbidden, text), None)
    if forbidden is not None:
        yield __("contains U+%04X, which is not allowed in text") % ord(forbidden)


def _is_forbidden(character: str) -> bool:
    """Return whether a character is a surrogate, a noncharacter (Unicode 23.7), or a control other than white space."""
    code = ord(character)
    if code < 0x20 or 0x7F <= code <= 0x9F:  # noqa: PLR2004  the control characters
        return character not in "\n\r\t"
    return 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE  # noqa: PLR2004
