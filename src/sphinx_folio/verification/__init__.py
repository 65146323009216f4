"""Check evidence and counts against the repositories that they refer to. Pure Python, without Sphinx.

A repository may be hostile: only its objects and refs are read, and nothing in it is configuration, see ``git``.
"""
