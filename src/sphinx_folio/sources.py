"""Whether code of another package is what it was when it was looked at: by a digest of its source."""

from __future__ import annotations

import hashlib
import inspect
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def digest_of_function(function: Callable[..., Any]) -> str:
    """Return a digest of a function's source; an empty text if it cannot be had, as from an archive."""
    try:
        source = inspect.getsource(function)
    except (OSError, TypeError):
        return ""
    return _digest(inspect.cleandoc(source).encode())


def digest_of_module(name: str) -> str:
    """Return a digest of a module's file; an empty text if it cannot be had."""
    try:
        spec = find_spec(name)
        return _digest(Path(spec.origin).read_bytes()) if spec and spec.origin else ""
    except (ImportError, OSError):
        return ""


def _digest(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()[:16]
