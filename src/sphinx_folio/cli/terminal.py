"""Colors and progress, on terminals only, and JSON for other programs."""

from __future__ import annotations

import codecs
import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "blue": "36"}
"""Names → codes of SGR (ECMA-48)."""


def is_colored(stream: TextIO) -> bool:
    """Return whether to write colors to a stream: as NO_COLOR or FORCE_COLOR says, otherwise on terminals.

    See https://no-color.org/ and https://force-color.org/; NO_COLOR wins, as in Python.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def styled(text: str, style: str, stream: TextIO) -> str:
    """Return a text in a style if the stream has colors, otherwise unchanged."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if is_colored(stream) else text


def json_text(data: Any) -> str:
    """Return data as lines of JSON; in ASCII if the encoding of the standard output is not UTF-8, which JSON requires.

    On Windows, redirected output is in an encoding of the language of the system, such as cp1252.
    """
    is_utf_8 = codecs.lookup(sys.stdout.encoding or "utf-8").name == "utf-8"
    return json.dumps(data, ensure_ascii=not is_utf_8, indent=2) + "\n"


@contextmanager
def progress(text: str) -> Iterator[None]:
    """Show what is going on as long as it lasts, if the standard error is a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    sys.stderr.write(f"{text}\r")
    sys.stderr.flush()
    try:
        yield
    finally:
        sys.stderr.write("\x1b[2K\r")  # erase the line
        sys.stderr.flush()
