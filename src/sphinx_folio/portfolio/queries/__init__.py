"""What a page can ask of a portfolio: pure functions from the records to the rows that will be shown.

A page is stale when the rows of one of its queries differ from those with which it was last written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.queries.base import Query, Target, tags, target, target_of, targets, title_of
from sphinx_folio.portfolio.queries.evidence import (
    coverage,
    evidence_of,
    further_evidence_of,
    project_proof,
    tally,
)
from sphinx_folio.portfolio.queries.skills import skill_facts
from sphinx_folio.portfolio.queries.usages import usages
from sphinx_folio.portfolio.queries.work import period

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_folio.portfolio.model import Portfolio

QUERIES: dict[str, Callable[[Portfolio, Query], Any]] = {
    "target": target,
    "any": targets,
    "tags": tags,
    "period": period,
    "usages": usages,
    "skill-facts": skill_facts,
    "project-evidence": lambda portfolio, query: project_proof(portfolio, query.key),
    "evidence-of": evidence_of,
    "further-evidence": further_evidence_of,
    "tally": tally,
}
"""The queries that entries and references make; those of listings are registered with the listing."""


def answer(portfolio: Portfolio, query: Query) -> Any:
    """Return the rows of a query.

    They are cached with the portfolio: each query is made twice, to find stale pages and to write them.
    """
    if query not in portfolio.answers:
        function = portfolio.queries.get(query.kind) or QUERIES[query.kind]
        portfolio.answers[query] = function(portfolio, query)
    return portfolio.answers[query]


__all__ = ["Query", "Target", "answer", "coverage", "target_of", "title_of"]
