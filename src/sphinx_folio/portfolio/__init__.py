"""The portfolio as data: frozen records, dates and queries. Pure Python, without Sphinx."""
