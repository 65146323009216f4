"""Help in editors: a schema of the markup, snippets, and a language server with completion, hover and diagnostics.

The server answers from the schema and from a scan of the source files, so that it works on half-typed text. Diagnostics
are the warnings of a build: a second process keeps Sphinx loaded and reads the changed pages again, see ``checker``.
"""
