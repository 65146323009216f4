"""The command line: ``sphinx-folio init``, ``import``, ``build``, ``messages``, ``match`` and ``verify``.

The user owns the files that ``init`` writes: pages, settings and hosting. The package is only a dependency of the
portfolio, so upgrades never change these files.
"""
