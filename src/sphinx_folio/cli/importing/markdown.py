"""Write Markdown: escaped texts, a safe subset of formatting, and directives."""

from __future__ import annotations

import json
import re
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from sphinx_folio.directives import options as convert

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>~|$^@]|(?<!\w)#|&(?=#?\w+;))")
"""Characters that may be syntax; not # after a letter, as in C#, and & only in a character reference."""
_AT_START = re.compile(r"^(\s*)([-+=:%(!.]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_PLAIN_OPTION = re.compile(r"[^\W_](?:[^\"'#:{}\[\],&*?|<>=!%@`\\]|:(?=//))*")
_SIGNS = "•●‣⁃∙▪◦·・✓➢"
_BULLET = re.compile(rf"\s*(?:[{_SIGNS}]\s*|[-*–]\s+)(?=\S)")
_BULLET_IN_LINE = re.compile(rf"(?<!\s)(\s+)([{_SIGNS}])\s+(?=\S)")
_NUMBER = re.compile(r"\s*(0?[1-9]|[1-9]\d)[.)]\s+(?=\S)")
DASHES = "-*–"
"""Signs that are bullets only if several lines in a row begin with them, or, except ``–``, if a line is above."""
_ENDS = tuple(".!?;…。！？；")
_FIRST_DASH = re.compile(r"(?:^\s*|(?<=[.!?;:…])\s+|(?<=[。！？；：])\s*)(?P<sign>[-*–])\s+(?=[^\s*–-])")
"""A dash or an asterisk that can begin a list on one line: at the start, or after a sentence or a colon."""
_RANGE = re.compile(
    r"(?<=[\d%])\s+[-*–]\s+(?=[\d$€£¥~]|(?:present|now|today|current|至今)\b|[a-z]+\.?\s\d{4})", re.IGNORECASE
)
"""A dash in a range such as ``2019 - 2021``, or an asterisk between numbers."""
MAX_WORDS, MAX_LENGTH = 3, 30
"""The maximum length of what signs such as “•” separate like commas (“Go • Rust”); longer texts are items of a list."""
_MARKED = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|\{math\}`(?P<formula>[^`]+)`"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<address>[^()\s<>\\]+)\)"
    r"|<(?P<bare>https?://[^\s<>\\]+)>"
    r"|(?P<pair>\*\*\*?|__)(?P<strong>(?=\S)(?:(?!(?P=pair)).)+(?<=\S))(?P=pair)"
    r"|(?P<mark>[*_])(?P<emphasis>(?=\S)[^*_]+(?<=\S))(?P=mark)"
)


def prose(text: str, *, markdown: bool = False) -> str:
    """Return a text as Markdown, with one paragraph for each line.

    Args:
        text: The text; JSON does not wrap lines, so every line break is intended.
        markdown: Whether emphasis, code, links and formulas are interpreted; everything else is escaped.
    """
    write = marked if markdown else escaped
    return "\n\n".join(write(" ".join(line.split())) for line in text.splitlines() if line.strip())


def blocks(text: str, *, markdown: bool = False, signed: bool = False) -> str:
    """Return a text like :func:`prose`, but lines that begin with bullets as the items of a list.

    Args:
        text: The text.
        markdown: Whether emphasis, code, links and formulas are interpreted.
        signed: Whether its last line may be a name after a dash.
    """
    written = []
    for is_list, lines in _runs(text, signed=signed):
        numbers = [_NUMBER.match(line) for line in lines]
        signs = [f"{number[1]}." if number and all(numbers) else "-" for number in numbers]
        items = (f"{sign} {prose(_item(line), markdown=markdown)}" for sign, line in zip(signs, lines, strict=True))
        written.append("\n".join(items) if is_list else prose("\n".join(lines), markdown=markdown))
    return "\n\n".join(written)


def nested_blocks(text: str, *, markdown: bool = False) -> str:
    """Return a text of our own exports, in which lists have lists, as Markdown; other texts have no reliable indents.

    Blocks are separated by empty lines; within a list, further lines of an item are indented by the width of its mark.
    """
    parts = (part.splitlines() for part in text.split("\n\n") if part.strip())
    return "\n\n".join(
        _nested_list(lines, markdown=markdown) if _is_own_list(lines) else blocks("\n".join(lines), markdown=markdown)
        for lines in parts
    )


def _is_own_list(lines: list[str]) -> bool:
    """Return whether lines are a list of our own exports: each item has a mark, and its further lines are indented.

    Otherwise a text that begins with a year, such as “1990. Born in York”, would be an item.
    """
    is_list = lines[0].startswith("- ") or (_own_mark(lines[0]) != "" and len(lines) > 1)
    return is_list and all(line.startswith(" ") or _own_mark(line) for line in lines[1:])


def _nested_list(lines: list[str], *, markdown: bool) -> str:
    """Return the lines of a list in our own exports, which begin with a mark, as Markdown."""
    items: list[tuple[str, list[str]]] = []
    for line in lines:
        if mark := _own_mark(line):
            items.append((mark, [line.removeprefix(mark)]))
        else:
            indent = len(items[-1][0])
            items[-1][1].append(line[indent:] if line[:indent].isspace() else line)
    written = []
    for mark, content in items:
        first, *others = _parts_of_item(content)
        text = _part(*first, markdown=markdown)
        for is_list, part in others:
            text += ("\n" if is_list and part[0].startswith("- ") else "\n\n") + _part(is_list, part, markdown=markdown)
        written.append(mark + re.sub(r"\n(?!\n)", "\n" + " " * len(mark), text))
    return "\n".join(written)


def _parts_of_item(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """Return the lines of an item in groups: whether they are a list, and the lines."""
    found: list[tuple[bool, list[str]]] = []
    for line in lines:
        is_list = bool(found) and (_own_mark(line) != "" or (line.startswith(" ") and found[-1][0]))
        if found and found[-1][0] == is_list:
            found[-1][1].append(line)
        else:
            found.append((is_list, [line]))
    return found


def _part(is_list: bool, lines: list[str], *, markdown: bool) -> str:
    return _nested_list(lines, markdown=markdown) if is_list else prose("\n".join(lines), markdown=markdown)


def _own_mark(line: str) -> str:
    """Return the mark that a line begins with in our own exports; empty if there is none."""
    match = re.match(r"- |\d+\. ", line)
    return match[0] if match else ""


def split_list(text: str) -> tuple[str, list[str]]:
    """Return a text without its list, and the items of that; no items if it has several lists, whose order matters."""
    runs = _runs(text)
    lists = [lines for is_list, lines in runs if is_list]
    if len(lists) != 1:
        return text, []
    return "\n".join(line for is_list, lines in runs for line in lines if not is_list), list(map(_item, lists[0]))


def has_lists(text: str) -> bool:
    """Return whether a text has lists."""
    return any(is_list for is_list, _lines in _runs(text))


def without_bullet(line: str) -> str:
    """Return a line without the bullet that it begins with."""
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _item(line: str) -> str:
    """Return a line of a list without the bullet or the number that it begins with."""
    number = _NUMBER.match(line)
    return line[number.end() :] if number else without_bullet(line)


def divided(text: str) -> str:
    """Return a text with each item of a list on a line of its own; some forms and exports put them all on one line."""
    lines = text.splitlines()
    if len([*filter(begins_with_bullet, lines)]) <= 1:  # in a list of several lines, dashes are part of its items
        lines = "\n".join(map(_divided_at_dashes, lines)).splitlines()
    return "\n".join(map(_divided_line, lines))


def _divided_at_dashes(line: str) -> str:
    """Return a line with each item that a dash or an asterisk begins on a line of its own, if there are at least two.

    A dash in a range begins no item. Neither does one before a lower-case word if the first item begins with a capital.
    """
    first = _FIRST_DASH.search(line)
    if first is None:
        return line
    sign, rest = first["sign"], line[first.end() :]
    follows = "(?![a-z])" if sign != "*" and rest[0].isupper() else ""
    signs = re.finditer(rf"(?<=\S)\s+{re.escape(sign)}\s+{follows}(?=[^\s*–-])", rest)
    ends = [match.span() for match in signs if not _RANGE.match(rest, match.start())]
    starts = [0, *(end for _start, end in ends)]
    items = [rest[start:end] for start, end in zip(starts, [*(start for start, _end in ends), len(rest)], strict=True)]
    return "\n".join(filter(None, (line[: first.start()], *(f"{sign} {item}" for item in items)))) if ends else line


def _divided_line(line: str) -> str:
    first = _BULLET_IN_LINE.search(line)
    if first is None:
        return line
    sign = line.lstrip()[0] if line.lstrip()[0] in _SIGNS else first[2]
    before, *items = re.split(rf"(?<!\s)\s+{sign}\s+(?=\S)", line)
    is_list = (
        begins_with_bullet(line)
        or before.endswith(_ENDS)
        or len(first[1]) > 1
        or any(len(item.split()) > MAX_WORDS or len(item) > MAX_LENGTH for item in items)
    )
    return f"\n{sign} ".join([before, *items]) if is_list else line


def _runs(text: str, *, signed: bool = False) -> list[tuple[bool, list[str]]]:
    """Return the lines of a text in groups: whether they are the items of a list, and the lines.

    A bullet of the first line alone is decoration, not a list, and is left out. A number is the mark of an item if
    the line before or after has the number next to it, or has a bullet without an empty line in between: dates, such
    as “1. Mai 2019”, are seldom in order.
    """
    found: list[tuple[bool, list[str]]] = []
    numbered = [(number, line) for number, line in enumerate(text.splitlines()) if line.strip()]
    marks = [(number, _mark_of(line)) for number, line in numbered]
    filled = [
        (mark == 0 or any(_follow(*pair) for pair in pairwise(marks[max(at - 1, 0) : at + 2])), numbered[at][1])
        for at, (_number, mark) in enumerate(marks)
    ]
    for has_bullets, group in groupby(filled, key=itemgetter(0)):
        lines = [line for _is_item, line in group]
        sign = lines[0].lstrip()[0]
        is_list = has_bullets and (len(lines) > 1 or sign not in DASHES or (bool(found) and sign != "–" and not signed))
        if found and found[-1][0] == is_list:
            found[-1][1].extend(lines)
        else:
            found.append((is_list, lines))
    match found:
        case [(True, [first]), (False, others)]:
            return [(False, [without_bullet(first), *others])]
    return found


def _mark_of(line: str) -> int | None:
    """Return the number that a line begins with, 0 for a bullet, None for neither."""
    number = _NUMBER.match(line)
    return 0 if begins_with_bullet(line) else int(number[1]) if number else None


def _follow(first: tuple[int, int | None], second: tuple[int, int | None]) -> bool:
    """Return whether two lines, each given as its number and its mark, are items of the same list."""
    (number, mark), (next_number, next_mark) = first, second
    if mark is None or next_mark is None:
        return False
    return next_number == number + 1 if 0 in {mark, next_mark} else next_mark == mark + 1


def begins_with_bullet(line: str) -> bool:
    """Return whether a line begins with a bullet, or with a dash and a space."""
    return _BULLET.match(line) is not None


def heading(level: int, text: str) -> str:
    """Return a heading in Markdown."""
    return f"{'#' * level} {escaped(text)}\n"


def link(text: str, address: str) -> str:
    """Return a link; the text is Markdown."""
    return f"[{text}](<{address}>)"


def directive(name: str, key: str, options: Mapping[str, str], content: str = "") -> str:
    """Return a directive; empty options are left out, each value is on one line, and the content is Markdown."""
    lines = [f"```{{{name}}} {key}".rstrip()]
    lines += [f":{option}: {_quoted(' '.join(value.split()))}" for option, value in options.items() if value]
    if content:
        lines += ["", content]
    return "\n".join([*lines, "```", ""])


def escaped(text: str) -> str:
    """Return a single line with all Markdown syntax escaped."""
    return _AT_START.sub(_escape_start, _SPECIAL.sub(r"\\\1", text))


def marked(text: str) -> str:
    """Return a line with all Markdown syntax escaped, except emphasis, code, formulas, and web and mail links."""
    return _AT_START.sub(_escape_start, _inline(text))


def unmarked(text: str) -> str:
    """Return a line of Markdown without its marks for emphasis, code and links, and without backslashes."""

    def inner(match: re.Match[str]) -> str:
        if match["escape"]:
            return match["escape"][1:]
        marked_text = match["label"] or match["strong"] or match["emphasis"]
        plain = match["formula"] or match["code"] or match["bare"]
        return (unmarked(marked_text) if marked_text else plain) if _mark(match) else match[0]

    return _MARKED.sub(inner, text)


def _inline(text: str) -> str:
    parts, end = [], 0
    for match in _MARKED.finditer(text):
        written = _mark(match)
        if written:
            before = _SPECIAL.sub(r"\\\1", text[end : match.start()])
            parts += [re.sub("!$", r"\\!", before), written]  # a “!” would turn the link into an image
            end = match.end()
    return "".join([*parts, _SPECIAL.sub(r"\\\1", text[end:])])


def _mark(match: re.Match[str]) -> str:
    """Return a formatted span as Markdown, or an empty string if the delimiters are not valid here."""
    if match["escape"] or match["formula"]:
        return match[0]
    if match["code"]:
        return f"`{match['code']}`"
    if match["label"] or match["bare"]:
        address = match["address"] or match["bare"]
        try:
            convert.url(address)
        except ValueError:
            return ""
        return link(_inline(match["label"]), address) if match["label"] else f"<{address}>"
    inner, sign = (match["strong"], match["pair"]) if match["strong"] else (match["emphasis"], match["mark"])
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    inside_word = before.isalnum() or after.isalnum()
    if ("_" in sign and inside_word) or not (_can_delimit(before, inner[0]) and _can_delimit(after, inner[-1])):
        return ""
    return f"{sign}{_inline(inner)}{sign}"


def _can_delimit(outside: str, inside: str) -> bool:
    """Return whether a delimiter of emphasis is valid between two characters (CommonMark 6.2)."""
    return inside.isalnum() or not outside.isalnum()


def _escape_start(match: re.Match[str]) -> str:
    return match[1] + (match[2] + "\\" if match[2].isdigit() else "\\" + match[2])


def _quoted(value: str) -> str:
    return value if _PLAIN_OPTION.fullmatch(value) else json.dumps(value, ensure_ascii=False)
