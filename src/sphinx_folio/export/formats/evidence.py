"""The content of ``evidence.json``: coverage, and the evidence of every skill and highlight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.queries import Query, coverage, run_query
from sphinx_folio.portfolio.records import Highlight, Skill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.evidence import EvidenceRow, Share
    from sphinx_folio.portfolio.verification import Verification


def evidence(portfolio: Portfolio) -> dict[str, Any]:
    """Return the overall coverage and the evidence of every skill and highlight; percentages are rounded down."""
    found = coverage(portfolio, Query(kind="evidence-coverage"))
    return {
        "percent": found.percent,
        "skills": _share(found.skills),
        "highlights": _share(found.highlights),
        "evidence": {
            objtype: {
                entry.key: _rows(run_query(portfolio, Query(kind="evidence-of", objtype=objtype, key=entry.key)))
                for entry in entries
            }
            for objtype, entries in (("skill", portfolio.all(Skill)), ("highlight", portfolio.all(Highlight)))
        },
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "total": share.total,
        "with_evidence": share.proven,
        "with_evidence_of_own_work": share.own,
        **({} if share.verified is None else {"with_verified_evidence": share.verified}),
        "percent": share.percent,
        "without": [target.key for target in share.without_evidence],
    }


def _verification(found: Verification | None) -> dict[str, Any]:
    """Return what a check of evidence found; nothing if nothing is checked."""
    if found is None:
        return {}
    checks = {name: {"result": check.result, "reason": check.reason or None} for name, check in found.checks}
    return {"verified": found.rung, "checks": checks, "swhid": found.swhid or None}


def _rows(rows: Sequence[EvidenceRow]) -> list[dict[str, Any]]:
    return [
        {
            "key": row.target.key,
            "title": row.target.title,
            "kind": row.kind,
            "url": row.url,
            "date": str(row.date) if row.date else None,
            "revision": row.revision or None,
            "by": row.by,
            **_verification(row.verification),
        }
        for row in rows
    ]
