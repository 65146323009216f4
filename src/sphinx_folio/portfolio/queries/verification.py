"""Queries for the results of the command ``verify``."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.queries.base import target_of
from sphinx_folio.portfolio.records import Evidence
from sphinx_folio.portfolio.verification import Check, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.base import Query, Target
    from sphinx_folio.portfolio.verification import Count, Lock, Source

ELSEWHERE = Verification(checks=(("exists", Check("unknown", "not-in-repository")),))
"""The result for an entry of another type, such as a talk, which is not checked, with an address in no repository."""


class CheckedEvidence(NamedTuple):
    """A piece of evidence, and what a check of it found."""

    target: Target
    verification: Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All results: what was checked against what, and when."""

    date: PartialDate | None
    sources: tuple[tuple[str, Source], ...]
    """Address of a repository → its state."""
    evidence: tuple[CheckedEvidence, ...]
    counts: tuple[tuple[str, Count], ...]
    """File → whether its figures were counted again."""


class DatedCheck(NamedTuple):
    """What a check of a piece of evidence found, and when."""

    date: PartialDate | None
    verification: Verification | None
    archived: str
    """The address of an archived copy."""


class DatedCount(NamedTuple):
    """The result of counting the figures of a file again, and the day."""

    date: PartialDate | None
    found: Count


def evidence_check(portfolio: Portfolio, query: Query) -> DatedCheck | None:
    """Return what was found about the evidence with the key of the query; None if there is nothing to show."""
    proof = cast("Evidence | None", portfolio.find("evidence", query.key))
    found = portfolio.verification_of(proof) if proof else None
    archived = proof.archived if proof else ""
    return DatedCheck(_day(portfolio.lock), found, archived) if found or archived else None


def count_check(portfolio: Portfolio, query: Query) -> DatedCount | None:
    """Return whether the figures of the file ``query.key`` were counted again; None if nothing counts them."""
    lock = portfolio.lock
    count = lock.counts.get(posixpath.normpath(f"{portfolio.folder}/{query.key}")) if lock else None
    return DatedCount(_day(lock), count) if count else None


def check_report(portfolio: Portfolio, query: Query) -> CheckReport | None:
    """Return all results; None if nothing is checked."""
    lock = portfolio.lock
    if lock is None:
        return None
    described = portfolio.all(Evidence)
    keys = {proof.key for proof in described}
    sources = tuple(f"{source.rstrip('/')}/" for source in lock.sources)
    others = [proof for proof in portfolio.all_evidence() if proof.key not in keys]
    pairs = [
        *((proof, portfolio.verification_of(proof)) for proof in described),
        *((proof, Verification() if f"{proof.url}/".startswith(sources) else ELSEWHERE) for proof in others),
    ]
    return CheckReport(
        date=_day(lock),
        sources=tuple(sorted(lock.sources.items())),
        evidence=tuple(CheckedEvidence(target_of(proof), found) for proof, found in pairs if found),
        counts=tuple(sorted(lock.counts.items())),
    )


def _day(lock: Lock | None) -> PartialDate | None:
    """Return the day of the check, if it is known."""
    try:
        return PartialDate.parse(lock.date) if lock else None
    except ValueError:
        return None


def count_verified(portfolio: Portfolio, groups: Iterable[Iterable[Evidence]]) -> int | None:
    """Return in how many groups at least one piece of evidence is verified; None if nothing is checked."""
    if portfolio.lock is None:
        return None
    return sum(any(_is_verified(portfolio, proof) for proof in group) for group in groups)


def _is_verified(portfolio: Portfolio, proof: Evidence) -> bool:
    found = portfolio.verification_of(proof)
    return found is not None and found.is_verified
