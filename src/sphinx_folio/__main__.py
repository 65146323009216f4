"""Run the command line: ``python -m sphinx_folio``."""

from __future__ import annotations

import sys

try:
    from sphinx_folio.cli.commands import main
except KeyboardInterrupt:  # while modules are imported
    sys.exit(130)

if __name__ == "__main__":
    sys.exit(main())
