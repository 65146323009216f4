"""The place of an error: in conf.py, or in one of its functions, such as a handler of an event; or the page."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError, SphinxError

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

FRAME = re.compile(r'^ *File "(?P<file>.+[/\\]conf\.py)", line (?P<line>\d+)', re.MULTILINE)
"""A line of a traceback about conf.py."""
CAUSE = re.compile(r"^ *(?P<cause>[A-Za-z_][\w.]*(?:: .*)?)\n *\n *The above exception was", re.MULTILINE)
"""The error of the function, in a traceback that ends with the error that Sphinx makes of it."""
CONF = "conf.py"


def cause_of(error: Exception) -> Exception:
    """Return the error that a handler of an event raised, if Sphinx has wrapped it; otherwise the error itself."""
    return getattr(error, "orig_exc", None) or error


def message_of(error: Exception) -> str:
    """Return the message of an error; that of an error in conf.py is one line with its file and line."""
    cause = getattr(error, "orig_exc", None) or (error.__cause__ if isinstance(error, ConfigError) else None)
    if not isinstance(error, SphinxError):
        cause = error  # of a function in conf.py that Sphinx has called directly, such as setup
    if not isinstance(cause, BaseException) or not (place := place_in_conf(cause)):
        return str(error)
    if isinstance(cause, SystemExit):  # Sphinx says what is wrong
        return f"{place}: {error}"
    text = cause.msg if isinstance(cause, SyntaxError) else str(cause)
    origin = _origin(cause)
    return f"{place}: {type(cause).__name__}: {text}" + (f" ({origin})" if origin not in {"", place} else "")


def place_in_conf(error: BaseException) -> str:
    """Return the last place in conf.py in the traceback of an error, as path:line; empty if there is none."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno}" for frame in frames if Path(frame.filename).name == CONF]
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).name == CONF:
        places.append(f"{error.filename}:{error.lineno}")
    return places[-1] if places else ""


def page_in(error: BaseException, env: BuildEnvironment) -> str:
    """Return the path of the page that was being read or written when an error was raised; empty if it is unknown."""
    pages = [frame.f_locals.get("docname") for frame, _line in traceback.walk_tb(error.__traceback__)]
    known = [page for page in pages if isinstance(page, str) and page in env.found_docs]
    return str(env.doc2path(known[-1])) if known else ""


def _origin(error: BaseException) -> str:
    """Return the place in which an error was raised, or the wrong syntax is, as path:line; empty if it has no file."""
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}" if error.filename else ""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno}" for frame in frames if not frame.filename.startswith("<")]
    return places[-1] if places else ""


def message_in(log: str) -> str:
    """Return the message about a function in conf.py from a traceback that Sphinx saves; empty for others.

    Args:
        log: The traceback of the error, and of the one that Sphinx makes of it.
    """
    places = list(FRAME.finditer(log))
    cause = CAUSE.search(log, places[-1].end()) if places else None
    return f"{places[-1]['file']}:{places[-1]['line']}: {cause['cause']}" if cause else ""
