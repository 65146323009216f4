"""Example command lines, by command, for help and the manual; a test runs them, except those that serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "init": (
        "sphinx-folio init portfolio",
        "sphinx-folio init portfolio --language zh_CN --second en",
        "sphinx-folio init portfolio --from resume.json",
    ),
    "import": (
        "sphinx-folio import resume.json pages",
        "sphinx-folio import resume.json pages --overwrite --json",
    ),
    "build": (
        "sphinx-folio build",
        "sphinx-folio build --verbose",
    ),
    "check": (
        "sphinx-folio check",
        "sphinx-folio check --json",
    ),
    "live": (
        "sphinx-folio live",
        "sphinx-folio live --port 9000 --open",
    ),
    "messages": ("sphinx-folio messages",),
    "export": (
        "sphinx-folio export",
        "sphinx-folio export pdf",
        "sphinx-folio export json docx --output files",
        "sphinx-folio export txt --output -",
    ),
    "match": (
        "sphinx-folio match posting.txt",
        "sphinx-folio match posting.txt --json",
    ),
    "search-check": ("sphinx-folio search-check queries.tsv",),
    "language-server": (
        "sphinx-folio language-server",
        "sphinx-folio language-server --schema",
        "sphinx-folio language-server --snippets markdown",
    ),
    "verify": (
        "sphinx-folio verify",
        "sphinx-folio verify --json",
    ),
    "doctor": (
        "sphinx-folio doctor",
        "sphinx-folio doctor --json",
    ),
    "update": (
        "sphinx-folio update --dry-run",
        "sphinx-folio update",
    ),
    "languages": (
        "sphinx-folio languages",
        "sphinx-folio languages add ja",
    ),
    "completion": ("sphinx-folio completion bash",),
}
"""Name of the command → command lines, as in the folder of a portfolio."""
