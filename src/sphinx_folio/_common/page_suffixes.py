"""The suffixes of pages."""

MARKDOWN = (".md", ".markdown")
"""Those of Markdown. MyST registers the first; ``source_suffix`` in conf.py may add the other."""
PAGES = (*MARKDOWN, ".rst")
