"""What can be done from a command line: ``python -m sphinx_folio import resume.json docs/``."""

from __future__ import annotations

import sys

from sphinx_folio.importing.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
