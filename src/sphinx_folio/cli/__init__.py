"""The commands for a portfolio of your own: ``python -m sphinx_folio init``, ``build`` and ``messages``.

The files that ``init`` writes belong to their owner: pages, settings and hosting. The package stays a dependency, so
that an upgrade does not touch them.
"""
