"""Write ``evidence.json`` to the output folder."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio._common import caches
from sphinx_folio._common.write_log import cache_path, fingerprint
from sphinx_folio.domain import domain_of
from sphinx_folio.export.formats.evidence import evidence

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_folio.portfolio.model import Portfolio


def write_evidence(app: Sphinx, exception: Exception | None) -> None:
    """Write the portfolio's evidence as JSON; remove the file of an earlier build if there is no evidence."""
    if exception or app.builder.name not in {"html", "dirhtml", "singlehtml"}:
        return
    path = Path(app.outdir, "evidence.json")
    domain = domain_of(app.env)
    portfolio = domain.portfolio()
    if not portfolio.all_evidence():
        path.unlink(missing_ok=True)
        return
    rules = fingerprint([__version__, domain.state(), portfolio.folder])
    caches.update_file(path, cache_path(app, "evidence"), rules, partial(_text, portfolio))


def _text(portfolio: Portfolio) -> bytes:
    text = json.dumps(evidence(portfolio), ensure_ascii=False)  # without indentation, json uses its fast C encoder
    return f"{text}\n".encode()
