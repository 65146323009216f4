"""From a portfolio to data: pure functions that know neither Sphinx nor files."""
