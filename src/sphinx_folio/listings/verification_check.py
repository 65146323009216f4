"""Warnings about results of the command ``verify``: stale ones, failed ones, and too few."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __
from sphinx_folio._common.settings import setting_location
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.collect.consistency import entry_location
from sphinx_folio.doctree.check_sentences import contradiction
from sphinx_folio.domain import portfolio_of
from sphinx_folio.portfolio.queries import Query, coverage
from sphinx_folio.portfolio.records import Evidence
from sphinx_folio.verification.lock import NO_FILE, file_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.verification import Lock


def check_verification(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn in every build about evidence and counts that have changed since they were checked, or that failed."""
    portfolio = portfolio_of(app.env)
    if portfolio.lock is not None:
        for proof in portfolio.all(Evidence):
            if not proof.has_mistakes:  # they have been reported; when they are corrected, it may be as it was checked
                _check_proof(portfolio, portfolio.lock, proof, entry_location(env, portfolio, proof))
        _check_counts(app, portfolio.lock)
    threshold = app.config.folio_evidence_verified_under
    if not threshold:
        return
    percent = coverage(portfolio, Query(kind="evidence-coverage")).verified_percent
    if percent < threshold:
        message = __(
            "%d%% of skills and highlights have verified evidence, less than folio_evidence_verified_under (%s%%)"
        )
        warn(Subtype.EVIDENCE_VERIFICATION, message, percent, threshold, location=None)


def _check_proof(portfolio: Portfolio, lock: Lock, proof: Evidence, location: tuple[str, int] | str) -> None:
    if proof.key not in lock.proofs:
        message = __("evidence %r has not been checked; run “sphinx-folio verify”")
        warn(Subtype.STALE_CHECK, message, proof.key, location=location)
        return
    changed = lock.changed_facts(proof, portfolio.person)
    found = lock.proofs[proof.key]
    if changed:
        message = __("evidence %r has changed since it was checked (%s); run “sphinx-folio verify”")
        warn(Subtype.STALE_CHECK, message, proof.key, ", ".join(changed), location=location)
    elif found.verification.rung == "failed":
        message = __("the repository contradicts evidence %r: %s; correct it, then run “sphinx-folio verify”")
        warn(Subtype.FAILED_CHECK, message, proof.key, contradiction(found), location=location)


def _check_counts(app: Sphinx, lock: Lock) -> None:
    """Warn about files with counts that have changed or failed, at their setting."""
    changed = __("the counts in %s have changed since they were checked; run “sphinx-folio verify”")
    contradicted = __("the repository contradicts the counts in %s; run “sphinx-folio verify --write”")
    missing = __(
        "there is no file %s (relative to the folder of conf.py); run “sphinx-folio verify --write” to create it"
    )
    for name, question in app.config.folio_counts.items():
        count = lock.counts.get(name)
        if (
            count is None
            or not is_same_question(count.question, question)
            or count.digest != _digest(Path(app.confdir, name))
        ):
            warn(Subtype.STALE_CHECK, changed, name, location=setting_location(app.config, "folio_counts", name))
        elif count.result == "no":
            message = missing if count.reason == NO_FILE else contradicted
            warn(Subtype.FAILED_CHECK, message, name, location=setting_location(app.config, "folio_counts", name))


def is_same_question(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two questions are equal; a lock file has lists where conf.py may have tuples."""
    return json.dumps(dict(one), sort_keys=True) == json.dumps(dict(other), sort_keys=True)


def _digest(path: Path) -> str:
    try:
        return file_digest(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
