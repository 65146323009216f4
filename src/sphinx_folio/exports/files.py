"""Which files there are, and when they are written: once all pages are read, before the first is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx_folio.exporters.json_resume import json_resume
from sphinx_folio.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.domain import FolioDomain
    from sphinx_folio.model import Portfolio


def portfolio_of(env: BuildEnvironment) -> Portfolio:
    """Return the portfolio as of the pages read."""
    return cast("FolioDomain", env.domains["folio"]).portfolio()


def write_files(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the files of a build that makes a site, and take away those that are made no longer."""
    if app.builder.name not in {"html", "dirhtml"}:
        return []
    for name, data in _files(app, portfolio_of(env)):
        path = Path(app.outdir, name)
        if data is None:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    return []


def _files(app: Sphinx, portfolio: Portfolio) -> Iterator[tuple[str, bytes | None]]:
    """Yield name and content of every file; no content for one that is not to be."""
    base = app.config.html_baseurl
    base += "/" if base and not base.endswith("/") else ""
    wanted = set(app.config.folio_exports) if portfolio.all(Person) else set()
    data = json_resume(portfolio, address=base and base + "resume.json") if "json" in wanted else None
    yield "resume.json", as_json(data) if data else None


def as_json(data: object) -> bytes:
    """Return data as the bytes of a file."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
