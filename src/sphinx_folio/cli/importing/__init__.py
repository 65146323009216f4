"""From anyone's JSON Resume to the pages of a portfolio: ``python -m sphinx_folio import resume.json docs/``."""
