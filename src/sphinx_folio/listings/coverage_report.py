"""The evidence coverage in the build log: a summary, a table with ``-v``, and a warning below the threshold.

The format of the table follows coverage.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinx_folio._common.cjk import text_width
from sphinx_folio._common.i18n import __
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.domain import portfolio_of
from sphinx_folio.portfolio.queries import Query, coverage

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.portfolio.queries.evidence import Coverage, Share

_logger = logging.getLogger(__name__)


def check_evidence_coverage(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn in every build if the coverage is below the setting ``folio_evidence_fail_under``."""
    threshold = app.config.folio_evidence_fail_under
    if not threshold:
        return
    found = coverage(portfolio_of(app.env), Query(kind="evidence-coverage"))
    if found.percent < threshold:
        message = __("%d%% of skills and highlights have evidence, less than folio_evidence_fail_under (%s%%)")
        warn(Subtype.EVIDENCE_COVERAGE, message, found.percent, threshold, location=None)


def report_evidence_coverage(app: Sphinx, exception: Exception | None) -> None:
    """Log the coverage at the end of the build; with ``-v``, also a table with the keys that have no evidence."""
    if exception or not portfolio_of(app.env).all_evidence():
        return
    portfolio = portfolio_of(app.env)
    found = coverage(portfolio, Query(kind="evidence-coverage"))
    message = __("evidence: %d of %d skills (%d%%), %d of %d highlights (%d%%), %d%% in all")
    skills, highlights = found.skills, found.highlights
    figures = [skills.proven, skills.total, skills.percent, highlights.proven, highlights.total, highlights.percent]
    _logger.info(message, *figures, found.percent)
    for line in _table(found):
        _logger.verbose(line)


def _table(found: Coverage) -> list[str]:
    """Return the lines of the table."""
    groups: list[tuple[str, Share]] = [(share.label, share) for share in found.categories]
    groups.append((str(__("Highlights")), found.highlights))
    rows = [(str(__("Group")), str(__("Total")), str(__("Proven")), str(__("Share")), str(__("Missing")))]
    for label, share in groups:
        missing = ", ".join(target.key for target in share.without_evidence)
        rows.append((label, str(share.total), str(share.proven), f"{share.percent}%", missing))
    widths = [max(text_width(row[column]) for row in rows) for column in range(4)]
    lines = []
    for label, *figures, missing in rows:
        cells = [label + " " * (widths[0] - text_width(label))]
        cells += [" " * (width - text_width(text)) + text for width, text in zip(widths[1:], figures, strict=True)]
        lines.append("  ".join([*cells, missing]).rstrip())
    return [lines[0], "-" * (sum(widths) + 6), *lines[1:]]
