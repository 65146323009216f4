"""Read a portfolio without building its site, for the commands that ask about it."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout, suppress
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.mofile import write_mo
from docutils import nodes

from sphinx_folio._common.application import temporary_application
from sphinx_folio.collect.consistency import file_of
from sphinx_folio.domain import portfolio_of
from sphinx_folio.languages.catalog_reader import CatalogError, read_catalog
from sphinx_folio.languages.catalogs import catalog_folders
from sphinx_folio.portfolio.records import Evidence
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_folio.portfolio.model import Portfolio


class LoadedPortfolio(NamedTuple):
    """What is read of the portfolio."""

    portfolio: Portfolio
    config: Config
    addresses: tuple[str, ...]
    """The addresses that the pages link to."""
    places: Mapping[str, str]
    """The key of each piece of evidence → file and line."""


def read_portfolio(
    settings: Path, pages: Path, *, use_lock: bool = False, language: str | None = None
) -> LoadedPortfolio:
    """Read all pages without writing any.

    Args:
        settings: The folder of conf.py.
        pages: The folder of the pages.
        use_lock: Whether to read an existing lock file.
        language: The language of the texts; None for that of conf.py.

    Raises:
        SphinxError: The portfolio cannot be read.
    """
    overrides = {} if use_lock else {"folio_evidence_lock": ""}
    if language:
        overrides["language"] = language
    with redirect_stdout(sys.stderr), temporary_application(pages, settings, overrides) as app:  # build shows warnings
        registry_of(app)  # an error without our extension
        _compile_catalogs(app, app.outdir.with_name("locales"))
        app.builder.read()
        portfolio = portfolio_of(app.env)
        proofs = portfolio.all(Evidence)
        places = {proof.key: f"{file_of(app.env, portfolio, proof)}:{proof.line}" for proof in proofs}
        return LoadedPortfolio(portfolio, app.config, tuple(_addresses(app, portfolio)), places)


def _compile_catalogs(app: Sphinx, folder: Path) -> None:
    """Compile the catalogs of the build's language into a folder, which Sphinx uses first; a build reports mistakes."""
    for source in catalog_folders(app.srcdir, app.config):
        for path in sorted(source.rglob("*.po")):
            compiled = folder / app.config.language / "LC_MESSAGES" / path.relative_to(source).with_suffix(".mo")
            with suppress(CatalogError):
                catalog = read_catalog(path)
                compiled.parent.mkdir(parents=True, exist_ok=True)
                with compiled.open("wb") as file:
                    write_mo(file, catalog)
    app.config.locale_dirs = [str(folder), *app.config.locale_dirs]


def _addresses(app: Sphinx, portfolio: Portfolio) -> Iterator[str]:
    """Yield the addresses that the pages link to, and those of archived copies."""
    for docname in sorted(app.env.all_docs):
        for reference in app.env.get_doctree(docname).findall(nodes.reference):
            yield reference.get("refuri", "")
    yield from (proof.archived for proof in portfolio.all(Evidence))
    yield from app.config.folio_archived.values()
