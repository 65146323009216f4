"""Convert a JSON Resume to the pages of a portfolio: ``sphinx-folio import resume.json docs/``."""
