"""The doctree nodes of entries, listings and charts, functions that build them, and their text and labels."""
