"""The syntax of Markdown: CommonMark with GitHub's tables and footnotes; no HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPECIAL = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
"""Characters that may start markup within a line; an underscore inside a word never does."""
_BLOCK = re.compile(r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|>|[-=]+$)")
"""The start of a list, a heading, a quotation or a rule; a backslash after the match makes it text."""
_AROUND_WORDS = re.compile(r"(?P<before>[\W_]*)(?P<words>.*?)(?P<after>[\W_]*)", re.DOTALL)
_OPENED = re.compile(r"[\W_]*[(\[（［【「『《〈“][^)\]）］】」』》〉”]*$")
"""An opening parenthesis or quotation mark that is not closed, with what follows it and the punctuation before it."""


def escaped(text: str) -> str:
    """Return text whose characters have no meaning within a line."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def paragraph(line: str) -> str:
    """Return a line as a paragraph, whatever it starts with."""
    start = _BLOCK.match(line)
    return f"{start[0]}\\{line[start.end() :]}" if start else line


def heading(level: int, line: str) -> str:
    """Return a heading; Markdown has six levels."""
    return "#" * min(level, 6) + " " + re.sub("#$", r"\\#", line)


def emphasized(text: str, mark: str) -> str:
    """Return plain text in emphasis.

    Punctuation and space at its ends are left outside: a mark between punctuation and a letter would not end the
    emphasis, and in Chinese there is often no space after it. So are parentheses at its end, with what they enclose.
    """
    match = _AROUND_WORDS.fullmatch(text)
    if match is None or not match["words"]:
        return escaped(text)
    words = match["words"]
    if opened := _OPENED.search(words):
        words = words[: opened.start()]
    if not words:
        return escaped(text)
    start = match.start("words")
    return f"{escaped(text[:start])}{mark}{escaped(words)}{mark}{escaped(text[start + len(words) :])}"


def code(text: str) -> str:
    """Return a code span."""
    mark = "`" * (_longest_run(text) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{space}{text}{space}{mark}" if text.strip() else text


def fenced(text: str, language: str) -> str:
    """Return a code block; the language may be empty."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return "\n".join((fence + language, text.strip("\n"), fence))


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def link(text: str, address: str) -> str:
    """Return a link; angle brackets protect the parentheses of an address."""
    address = re.sub(r"[\s<>\\|]", lambda match: f"%{ord(match[0]):02X}", address)
    address = f"<{address}>" if {"(", ")"} & {*address} else address
    return f"[{text}]({address})"


def indented(text: str, indent: str) -> str:
    """Return text with all lines but the first indented, unless they are empty."""
    return re.sub(r"\n(?=[^\n])", "\n" + indent, text)


def quoted(text: str) -> str:
    """Return a block quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def item_list(items: Sequence[tuple[str, str]]) -> str:
    """Return a list: the mark of each item and its blocks; with blank lines between the items if one has several."""
    lines = [f"{mark} {indented(text, ' ' * (len(mark) + 1))}" for mark, text in items]
    return ("\n\n" if any("\n\n" in line for line in lines) else "\n").join(lines)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table, whose first row is the header; the texts are inline Markdown."""
    width = max(map(len, rows), default=0)
    lines = ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in rows]
    return "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]])
