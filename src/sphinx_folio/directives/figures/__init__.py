"""Figures from a file, shown as tables and charts, so that none is typed into a page."""
