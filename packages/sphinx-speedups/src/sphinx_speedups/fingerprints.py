"""Fingerprints of the source code of other packages, to recognize known versions."""

from __future__ import annotations

import hashlib
import inspect
from typing import Any


def fingerprint(code: Any) -> str:
    """Return a hash of the source of a function, class or module; return an empty string if there is no source."""
    try:
        source = inspect.getsource(code)
    except (OSError, TypeError):
        return ""
    return hashlib.sha256(inspect.cleandoc(source).encode()).hexdigest()[:16]
