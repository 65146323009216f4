"""A new portfolio in one command, and the command that builds it: ``python -m sphinx_folio init`` and ``build``.

What is written belongs to its owner: pages, settings and hosting. The engine stays a dependency, so that upgrading it
leaves all of that alone.
"""
