"""The data model of a portfolio: frozen records, dates and queries. Pure Python, without Sphinx or docutils."""
