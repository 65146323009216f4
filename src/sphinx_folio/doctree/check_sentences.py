"""Sentences for authors about results of the command ``verify``; the labels for readers are in ``check_labels``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, mark
from sphinx_folio.portfolio.verification import Check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.verification import Count, Proof

_OF_CHECKS: Mapping[tuple[str, str], str] = {
    ("exists", "missing"): mark("the repository does not have its commit, tag or file"),
    ("exists", "unreachable"): mark("its commit is on no branch and no tag"),
    ("number", "no-number"): mark(
        "no commit names the number in the address %(url)s; correct the number, or give the commit in the option"
        " revision"
    ),
    ("exists", "squash"): mark(
        "the repository does not have its commit, only one whose title names the pull request, as after a squash"
    ),
    ("kind", ""): mark("kind is %(kind)s here, %(reason)s according to the address"),
    ("revision", "other"): mark("revision is %(revision)s here, but the address is at a different commit"),
    ("revision", "missing"): mark("the repository does not have the revision %(revision)s"),
    ("number", "other-commit"): mark("its commit is not part of the pull request"),
    ("number", "other-number"): mark("its commit belongs to a different pull request"),
    ("path", ""): mark("the revision does not have the file of the address"),
    ("lines", ""): mark("the file of the address has only the lines %(reason)s"),
    ("date", ""): mark("date is %(date)s here, %(reason)s in the repository"),
    ("title", ""): mark("the title names a different pull request than the address"),
    ("author", "other-author"): mark("the author is none of folio_identities"),
    ("author", ""): mark("commits or lines by folio_identities: %(reason)s"),
    ("merged", "self"): mark("nobody else merged it"),
    ("merged", "squash"): mark(
        "no merge commit brought it in, only a commit whose title names the pull request, so the history does not tell"
        " who merged it"
    ),
    ("merged", "rebase"): mark("no merge commit brought it in, so the history does not tell who merged it"),
    ("signed", "broken"): mark("the signature does not fit the commit or tag"),
    ("signed", "expired"): mark("the key of the signature had expired"),
    ("signed", "revoked"): mark("the key of the signature is revoked"),
    ("signed", "unknown-format"): mark("the signature cannot be read"),
    ("signed", "unknown-key"): mark("the key of the signature is not in folio_keys"),
    ("signed", "unsigned"): mark("the commit or tag is not signed"),
    ("count", "missing"): mark("the repository does not have the revision"),
    ("count", "no-file"): mark("there is no such file"),
    ("count", "other"): mark("the repository gives other figures"),
    ("count", "unreadable"): mark("the file cannot be read"),
}
"""Question and reason → sentence; an empty reason stands for all others."""
_OF_REASONS: Mapping[str, str] = {
    "ambiguous": mark("several commits begin like the revision"),
    "branch": mark("it names a branch, whose content changes"),
    "damaged": mark("an object in the repository is damaged"),
    "incomplete-clone": mark("the clone is incomplete"),
    "malformed": mark("the commit is malformed"),
    "missing": mark("the repository does not have it"),
    "no-identities": mark("folio_identities is empty"),
    "no-repository": mark("no clone of its repository was given"),
    "not-in-repository": mark("its address is not in a repository"),
}
"""Reason → sentence, for all other questions."""
_OF_NOTES: Mapping[str, str] = {
    "shallow": mark("the clone is shallow, so older commits are missing"),
    "grafts-ignored": mark("it has grafts, which were ignored"),
    "replacements-ignored": mark("it has replaced objects, which were ignored"),
}
"""Note about a repository → sentence."""


def sentence(name: str, check: Check, claim: Mapping[str, str]) -> str:
    """Return why the answer to a question is not yes.

    Args:
        name: The question, one of ``CHECKS``, or ``count`` for a file of ``folio_counts``.
        check: The answer.
        claim: The facts that were checked, as in the lock file.
    """
    found = _OF_CHECKS.get((name, check.reason)) or _OF_REASONS.get(check.reason) or _OF_CHECKS.get((name, ""))
    values = {"date": "", "kind": "", "revision": "", "url": "", **claim, "reason": check.reason}
    return str(__(found)) % values if found else check.reason


def note_sentence(note: str) -> str:
    """Return what a note about a repository means, see :class:`~sphinx_folio.portfolio.verification.Source`."""
    return str(__(_OF_NOTES[note])) if note in _OF_NOTES else note


def contradiction(proof: Proof) -> str:
    """Return why a piece of evidence failed; empty if it has not."""
    found = (sentence(name, check, proof.claim) for name, check in proof.verification.contradictions())
    return "; ".join(dict.fromkeys(found))


def count_sentence(count: Count) -> str:
    """Return why a file with counts is not confirmed; empty if it is."""
    return sentence("count", Check(count.result, count.reason), {}) if count.reason else ""
