"""What a page can ask of a portfolio: pure functions from the records to the rows that will be shown.

A page's rows also tell when it has to be written again: whenever they differ from those it was written with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.queries.base import Query, Target, tags, target, target_of, targets, title_of
from sphinx_folio.portfolio.queries.evidence import (
    coverage,
    evidence_of,
    evidence_table,
    further_evidence_of,
    project_proof,
    tally,
)
from sphinx_folio.portfolio.queries.skills import skill_facts, skill_index, skill_matrix, skill_tags
from sphinx_folio.portfolio.queries.usages import usages
from sphinx_folio.portfolio.queries.work import highlights, period, projects, timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_folio.portfolio.model import Portfolio

ANSWERS: dict[str, Callable[[Portfolio, Query], Any]] = {
    "target": target,
    "any": targets,
    "tags": tags,
    "period": period,
    "usages": usages,
    "skill-facts": skill_facts,
    "skill-tags": skill_tags,
    "skill-index": skill_index,
    "skill-matrix": skill_matrix,
    "project-cards": projects,
    "project-evidence": lambda portfolio, query: project_proof(portfolio, query.key),
    "timeline": timeline,
    "highlight-list": highlights,
    "evidence-of": evidence_of,
    "further-evidence": further_evidence_of,
    "evidence-table": evidence_table,
    "evidence-coverage": coverage,
    "tally": tally,
}


def answer(portfolio: Portfolio, query: Query) -> Any:
    """Return the rows that a question brings.

    They are kept with the portfolio: each question is asked twice, for what has changed and for what is written.
    """
    if query not in portfolio.answers:
        portfolio.answers[query] = ANSWERS[query.kind](portfolio, query)
    return portfolio.answers[query]


__all__ = ["Query", "Target", "answer", "coverage", "target_of", "title_of"]
