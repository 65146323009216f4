"""Digests of other packages' source code, to recognize the versions that a replacement was written for."""

from __future__ import annotations

import hashlib
import inspect
from typing import Any


def fingerprint(code: Any) -> str:
    """Return a digest of the source of a function, class or module; an empty string if there is none."""
    try:
        source = inspect.getsource(code)
    except (OSError, TypeError):
        return ""
    return hashlib.sha256(inspect.cleandoc(source).encode()).hexdigest()[:16]
