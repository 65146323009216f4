"""The name of the program in help and messages."""

from __future__ import annotations

import sys
from pathlib import Path

SCRIPT = "sphinx-folio"


def program_name() -> str:
    """Return ``sphinx-folio`` if the installed script runs, otherwise ``python -m sphinx_folio``."""
    return SCRIPT if Path(sys.argv[0]).stem == SCRIPT else "python -m sphinx_folio"
