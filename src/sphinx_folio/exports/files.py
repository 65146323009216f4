"""Which files there are, and when they are written: once all pages are read, before the first is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.util import logging

from sphinx_folio.exporters.json_resume import json_resume
from sphinx_folio.exporters.pdf import missing_libraries
from sphinx_folio.exporters.plain_text import plain_text
from sphinx_folio.exports.manuscripts import manuscript_of
from sphinx_folio.exports.printing import printed
from sphinx_folio.exports.settings import address_of_site, resume_page
from sphinx_folio.i18n import __

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.domain import FolioDomain
    from sphinx_folio.model import Portfolio

_logger = logging.getLogger(__name__)


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
    page = resume_page(app, portfolio)
    wanted = set(app.config.folio_exports) if page else set()
    if "pdf" in wanted and missing_libraries():
        _logger.info(__("no PDF: %s not installed; pip install sphinx-folio[pdf]"), ", ".join(missing_libraries()))
        wanted.remove("pdf")
    manuscript = manuscript_of(app, portfolio, page) if wanted & {"pdf", "txt"} else None
    yield "resume.pdf", printed(app, manuscript, page) if manuscript and "pdf" in wanted else None
    yield "resume.txt", plain_text(manuscript).encode() if manuscript and "txt" in wanted else None
    address = address_of_site(app)
    data = json_resume(portfolio, address=address and address + "resume.json")
    yield "resume.json", as_json(data) if "json" in wanted else None


def as_json(data: object) -> bytes:
    """Return data as the bytes of a file."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
