"""Queries: pure functions from a portfolio to the rows that a page shows.

A page is stale if the rows of one of its queries have changed since the page was last written. So rows must be plain
values, such as tuples of strings, whose ``repr`` is complete and deterministic.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.queries.base import (
    Query,
    Target,
    any_targets,
    reference_target,
    tags_by_key,
    target_of,
    title_of,
)
from sphinx_folio.portfolio.queries.evidence import (
    coverage,
    evidence_of,
    further_evidence_of,
    project_evidence_count,
    tally,
)
from sphinx_folio.portfolio.queries.skills import skill_facts
from sphinx_folio.portfolio.queries.usages import usages
from sphinx_folio.portfolio.queries.verification import count_check, evidence_check
from sphinx_folio.portfolio.queries.work import is_over, period
from sphinx_folio.portfolio.records import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_folio.portfolio.model import Portfolio

QUERIES: dict[str, Callable[[Portfolio, Query], Any]] = {
    "target": reference_target,
    "any": any_targets,
    "tags": tags_by_key,
    "period": period,
    "is-over": is_over,
    "people": lambda portfolio, query: tuple(name for person in portfolio.all(Person) for name in person.names()),
    "usages": usages,
    "skill-facts": skill_facts,
    "project-evidence": lambda portfolio, query: project_evidence_count(portfolio, query.key),
    "evidence-of": evidence_of,
    "further-evidence": further_evidence_of,
    "tally": tally,
    "evidence-check": evidence_check,
    "count-check": count_check,
}
"""Kind of query → function, for the queries of entries and references. Listings register their own queries."""


def run_query(portfolio: Portfolio, query: Query) -> Any:
    """Return the rows of a query: those of the registered listing ``query.kind``, or of a built-in query.

    Rows are cached, since each query runs twice: to find stale pages and to write them.

    Raises:
        KeyError: No query has this kind.
    """
    return portfolio.cached(query, lambda: _rows(portfolio, query))


def _rows(portfolio: Portfolio, query: Query) -> Any:
    function = portfolio.queries.get(query.kind) or QUERIES[query.kind]
    rows = function(portfolio, query)
    return tuple(rows) if isinstance(rows, Iterator) else rows


__all__ = ["Query", "Target", "coverage", "run_query", "target_of", "title_of"]
