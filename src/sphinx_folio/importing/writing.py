"""Markdown in which every text means itself, and directives with their options."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#&~|$^@])")
_AT_START = re.compile(r"^(\s*)([-+=:%(!.]|\d+(?=[.)]))", re.MULTILINE)
_PLAIN_OPTION = re.compile(r"[^\W_](?:[^\"'#:{}\[\],&*?|<>=!%@`\\]|:(?=//))*")


def prose(text: str) -> str:
    """Return a text as Markdown that shows it as it is; empty lines part paragraphs."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(escaped(part) for part in paragraphs if part)


def heading(level: int, text: str) -> str:
    """Return a heading."""
    return f"{'#' * level} {escaped(text)}\n"


def items(texts: list[str]) -> str:
    """Return a list, one paragraph an item."""
    return "".join(f"- {escaped(' '.join(text.split()))}\n" for text in texts)


def directive(name: str, key: str, options: Mapping[str, str], content: str = "") -> str:
    """Return a directive; options without a value are left out, content is Markdown."""
    lines = [f"```{{{name}}} {key}".rstrip()]
    lines += [f":{option}: {_quoted(value)}" for option, value in options.items() if value]
    if content:
        lines += ["", content]
    return "\n".join([*lines, "```", ""])


def escaped(text: str) -> str:
    """Return a text on one line as Markdown that shows it as it is."""
    text = _SPECIAL.sub(r"\\\1", text)
    return _AT_START.sub(lambda match: match[1] + (match[2] + "\\" if match[2].isdigit() else "\\" + match[2]), text)


def _quoted(value: str) -> str:
    return value if _PLAIN_OPTION.fullmatch(value) and value.strip() == value else json.dumps(value, ensure_ascii=False)
