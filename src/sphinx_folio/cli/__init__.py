"""The command line ``sphinx-folio``; ``commands`` lists the commands.

The user owns the files that ``init`` writes. The package is a dependency of the portfolio, so an upgrade changes none
of them; only ``update`` merges what has changed in the template, and it never touches pages.
"""
