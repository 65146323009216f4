"""Read the publications in a bibliography, which is a BibTeX or a CSL-JSON file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio.directives.bibliography.bibtex import read_bibtex
from sphinx_folio.directives.bibliography.csl_json import read_csl_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_folio.directives.bibliography.item import Contents

READERS: Mapping[str, Callable[[str], Contents]] = {".bib": read_bibtex, ".json": read_csl_json}
"""Suffix of a file → function that reads its text."""

__all__ = ["READERS"]
