"""Run the command line: ``python -m sphinx_folio``."""

from __future__ import annotations

import sys

from sphinx_folio.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
