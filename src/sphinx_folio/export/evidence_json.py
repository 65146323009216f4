"""Write ``evidence.json`` to the output folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx_folio.export.formats.evidence import evidence

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_folio.domain import FolioDomain


def write_evidence(app: Sphinx, exception: Exception | None) -> None:
    """Write the portfolio's evidence as JSON; remove the file of an earlier build if there is no evidence."""
    if exception or app.builder.name not in {"html", "dirhtml", "singlehtml"}:
        return
    path = Path(app.outdir, "evidence.json")
    portfolio = cast("FolioDomain", app.env.domains["folio"]).portfolio()
    if not portfolio.all_evidence():
        path.unlink(missing_ok=True)
        return
    text = json.dumps(evidence(portfolio), ensure_ascii=False)  # without indentation, json uses its fast C encoder
    path.write_text(text + "\n", encoding="utf-8")
