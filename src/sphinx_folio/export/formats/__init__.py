"""The content of the exported files, computed by pure functions that do not depend on Sphinx."""
