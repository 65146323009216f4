"""The place in conf.py of an error that one of its own functions raises, such as a handler of an event."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

FRAME = re.compile(r'^ *File "(?P<file>.+[/\\]conf\.py)", line (?P<line>\d+)', re.MULTILINE)
"""A line of a traceback about conf.py."""
CAUSE = re.compile(r"^ *(?P<cause>[A-Za-z_][\w.]*(?:: .*)?)\n *\n *The above exception was", re.MULTILINE)
"""The error of the function, in a traceback that ends with the error that Sphinx makes of it."""
CONF = "conf.py"


def message_of(error: Exception) -> str:
    """Return the message of an error of Sphinx; that of a function in conf.py begins with its file and line."""
    cause = getattr(error, "orig_exc", None)
    place = place_in_conf(cause) if isinstance(cause, BaseException) else ""
    return f"{place}: {type(cause).__name__}: {cause}" if place else str(error)


def place_in_conf(error: BaseException) -> str:
    """Return the last place in conf.py in the traceback of an error, as path:line; empty if there is none."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno}" for frame in frames if Path(frame.filename).name == CONF]
    return places[-1] if places else ""


def message_in(log: str) -> str:
    """Return the message about a function in conf.py from a traceback that Sphinx saves; empty for others.

    Args:
        log: The traceback of the error, and of the one that Sphinx makes of it.
    """
    places = list(FRAME.finditer(log))
    cause = CAUSE.search(log, places[-1].end()) if places else None
    return f"{places[-1]['file']}:{places[-1]['line']}: {cause['cause']}" if cause else ""
