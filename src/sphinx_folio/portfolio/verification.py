"""What the command ``verify`` found, as stored in ``evidence.lock`` and shown on pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.portfolio.records import Evidence

RUNGS = ("failed", "unchecked", "exists", "author", "merged", "signed")
"""The results of a check, weakest first. Each from ``exists`` on includes those before it."""
CHECKS = (
    "exists",
    "kind",
    "revision",
    "number",
    "path",
    "lines",
    "date",
    "title",
    "author",
    "share",
    "merged",
    "signed",
)
"""The questions that are asked of evidence, in display order."""

CLAIMS = ("exists", "kind", "revision", "number", "path", "lines", "date", "title")
"""The questions about what the evidence states; if the answer to one is no, the repository contradicts it."""

_TITLE_NUMBER = re.compile(r"(?:^|\s|\()[#!](?P<number>\d{1,9})\b")


class Check(NamedTuple):
    """The answer to one question."""

    result: str
    """``yes``, ``no``, or ``unknown`` if the repository cannot tell."""
    reason: str = ""
    """A code for the reason; the name of a signer or a share such as ``3/4`` if the result is ``yes``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What is known of one piece of evidence."""

    rung: str = "unchecked"
    """One of ``RUNGS``."""
    checks: tuple[tuple[str, Check], ...] = ()
    """Question → answer, in the order of ``CHECKS``; questions that do not apply are left out."""
    swhid: str = ""
    """The identifier of the commit or file in the Software Heritage archive."""
    is_stale: bool = False
    """Whether the evidence has changed since the check."""

    @property
    def is_verified(self) -> bool:
        """Return whether at least the revision was found, and nothing contradicts the evidence."""
        return not self.is_stale and RUNGS.index(self.rung) >= RUNGS.index("exists")

    def contradictions(self) -> list[tuple[str, Check]]:
        """Return the questions and answers that contradict the evidence; a missing signature, say, does not."""
        return [
            (name, check)
            for name, check in self.checks
            if check.result == "no" and (name in (*CLAIMS, "author") or check.reason == "broken")
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A repository against which evidence was checked."""

    head: str = ""
    """The newest commit of the default branch."""
    notes: tuple[str, ...] = ()
    """What is unusual: ``shallow``, ``grafts-ignored`` or ``replacements-ignored``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The result of counting again what a file claims."""

    question: Mapping[str, Any]
    """The question, as in the setting ``folio_counts``."""
    result: str
    """``yes``, ``no``, or ``unknown``."""
    reason: str = ""
    digest: str = ""
    """The hash of the file's content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The result for a piece of evidence, and the facts that were checked."""

    claim: Mapping[str, str]
    verification: Verification


class Answer(NamedTuple):
    """What an address answered."""

    code: str
    """The status code, ``timeout`` or ``unreachable``."""
    date: str
    """The day of the request."""

    @property
    def is_dead(self) -> bool:
        """Return whether the content is gone; a server error or a timeout may be temporary."""
        return self.code in {"404", "410"}


class DeadLink(NamedTuple):
    """An address whose content is gone."""

    date: str
    """The day of the request."""
    archived: str
    """The address of an archived copy, or an empty string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The content of a lock file."""

    date: str = ""
    """The day of the check."""
    person: str = ""
    """A hash of the person's key and identities."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    """Key of the evidence → result."""
    counts: Mapping[str, Count] = field(default_factory=dict)
    """File → result."""
    links: Mapping[str, Answer] = field(default_factory=dict)
    """Address → what it answered."""

    def verification_of(self, evidence: Evidence, person: str) -> Verification | None:
        """Return the result for a piece of evidence; None if it is new.

        Args:
            evidence: The evidence; if it has changed since the check, the result is stale.
            person: The hash of the person; another one makes the results for own work stale.
        """
        found = self.proofs.get(evidence.key)
        if found is None:
            return None
        if not self.changed_facts(evidence, person):
            return found.verification
        return Verification(rung="unchecked", is_stale=True)

    def changed_facts(self, evidence: Evidence, person: str) -> list[str]:
        """Return the names of the facts of a piece of evidence that have changed since the check."""
        old, new = self.proofs[evidence.key].claim, claim_of(evidence)
        changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        if evidence.by == "own" and person != self.person:
            changed.add("person")
        return sorted(changed)


def claim_of(evidence: Evidence) -> dict[str, str]:
    """Return the facts of a piece of evidence that are checked; they are the same in all languages."""
    facts = {
        "by": evidence.by,
        "date": str(evidence.date or ""),
        "kind": evidence.kind,
        "number": str(title_number(evidence.name) or ""),
        "revision": evidence.revision,
        "url": evidence.url,
    }
    return {name: value for name, value in facts.items() if value}


def title_number(title: str) -> int:
    """Return the number of a pull request in a title, such as 12 in ``#12 Fix it``; 0 if there is none."""
    found = _TITLE_NUMBER.search(title)
    return int(found["number"]) if found else 0
