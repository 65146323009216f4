"""What proves what, and how much of a portfolio is proven, in the manner of coverage.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.portfolio.queries.base import skills_asked_for, target_of
from sphinx_folio.portfolio.records import (
    Evidence,
    Highlight,
    Skill,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.base import Query, Target


class EvidenceRow(NamedTuple):
    """A piece of evidence: what and where it is, of when, whose work, and what it proves."""

    target: Target
    kind: str
    url: str
    date: PartialDate | None
    by: str
    revision: str
    proves: tuple[Target, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A group of skills or highlights: how many, how many with evidence, with evidence of own work, and the rest."""

    label: str
    total: int
    proven: int
    own: int
    lacking: tuple[Target, ...]

    @property
    def percent(self) -> int:
        """Return the share with evidence, rounded down so that only the whole is 100."""
        return self.proven * 100 // self.total if self.total else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The share of skills and of highlights that have evidence: in all, and of skills by category."""

    skills: Share
    highlights: Share
    categories: tuple[Share, ...]

    @property
    def percent(self) -> int:
        """Return the share of skills and highlights together, rounded down."""
        total = self.skills.total + self.highlights.total
        return (self.skills.proven + self.highlights.proven) * 100 // total if total else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of all: of each that was counted, whether it is one of them."""

    counted: tuple[bool, ...]


TALLIES: Mapping[str, Callable[[Portfolio], Iterable[bool]]] = {
    "own-evidence": lambda portfolio: (proof.by == "own" for proof in portfolio.all(Evidence)),
    "proven-highlights": lambda portfolio: (
        bool(portfolio.evidence_for("highlight", item.key)) for item in portfolio.all(Highlight)
    ),
    "proven-skills": lambda portfolio: (bool(evidence_for_skill(portfolio, item.key)) for item in portfolio.all(Skill)),
}
"""What can be counted, by name: evidence that is own work, highlights and skills that have evidence."""


def tally(portfolio: Portfolio, query: Query) -> Tally:
    """Return what one of the tallies counts, those that are it first."""
    return Tally(counted=tuple(sorted(TALLIES[query.key](portfolio), reverse=True)))


def evidence_rows(portfolio: Portfolio, wanted: Callable[[Evidence], bool]) -> tuple[EvidenceRow, ...]:
    """Return the evidence that is wanted, the latest first, what has no date last."""
    return rows_of(portfolio, [proof for proof in portfolio.all(Evidence) if wanted(proof)])


def rows_of(portfolio: Portfolio, proofs: Iterable[Evidence]) -> tuple[EvidenceRow, ...]:
    """Return rows for evidence, the latest first, what has no date last."""
    found = sorted(proofs, key=lambda proof: proof.date.first_day.toordinal() if proof.date else 0, reverse=True)
    return tuple(_row(portfolio, proof) for proof in found)


def _row(portfolio: Portfolio, proof: Evidence) -> EvidenceRow:
    """Return the row for a piece of evidence; made once, for all lists that it is in."""
    asked = (EvidenceRow, proof.docname, proof.node_id, proof.key)
    if asked not in portfolio.answers:
        portfolio.answers[asked] = EvidenceRow(
            target=target_of(proof),
            kind=proof.kind,
            url=proof.url,
            date=proof.date,
            by=proof.by,
            revision=proof.revision,
            proves=_proves(portfolio, proof),
        )
    row: EvidenceRow = portfolio.answers[asked]
    return row


def _proves(portfolio: Portfolio, proof: Evidence) -> tuple[Target, ...]:
    keys = (("project", proof.projects), ("highlight", proof.highlights), ("skill", proof.skills))
    found = (portfolio.find(objtype, key) for objtype, proven in keys for key in proven)
    return tuple(target_of(entry) for entry in found if entry)


def evidence_for_skill(portfolio: Portfolio, key: str) -> list[Evidence]:
    """Return what proves a skill: what names it, and what proves a highlight that shows it."""
    highlights = [entry for entry in portfolio.showing(key) if isinstance(entry, Highlight)]
    proofs = [proof for highlight in highlights for proof in portfolio.evidence_for("highlight", highlight.key)]
    unique = {proof.key: proof for proof in (*portfolio.evidence_for("skill", key), *proofs)}
    return list(unique.values())


class Proof(NamedTuple):
    """How much proves an object, whose work that is, and where the first of it stands, on its own page if any does."""

    own: int
    team: int
    first: Target | None


def project_proof(portfolio: Portfolio, key: str) -> Proof | None:
    """Return how much proves a project and its highlights; nothing where a portfolio has no evidence at all."""
    if not portfolio.all(Evidence):
        return None
    project = portfolio.find("project", key)
    claims = [("highlight", item.key) for item in portfolio.highlights_of("project", key)]
    proving = (portfolio.evidence_for(*proven) for proven in (("project", key), *claims))
    proofs = list({proof.key: proof for found in proving for proof in found}.values())
    home = project.docname if project else ""
    first = min(proofs, key=lambda proof: (proof.docname != home, proof.docname, proof.line), default=None)
    return Proof(
        own=sum(proof.by == "own" for proof in proofs),
        team=sum(proof.by == "team" for proof in proofs),
        first=target_of(first) if first else None,
    )


def evidence_of(portfolio: Portfolio, query: Query) -> tuple[EvidenceRow, ...]:
    """Return what proves a skill, a highlight or a project, wherever it stands."""
    if query.objtype == "skill":
        return rows_of(portfolio, evidence_for_skill(portfolio, query.key))
    return rows_of(portfolio, portfolio.evidence_for(query.objtype, query.key))


def further_evidence_of(portfolio: Portfolio, query: Query) -> tuple[EvidenceRow, ...]:
    """Return what proves an object and does not stand in its entry already."""
    found = evidence_of(portfolio, query)
    if not found:
        return ()
    inside = {
        proof.key
        for proof in portfolio.evidence_for(query.objtype, query.key)
        if proof.owner == (query.objtype, query.key)
    }
    return tuple(row for row in found if row.target.key not in inside)


def evidence_table(portfolio: Portfolio, query: Query) -> tuple[EvidenceRow, ...]:
    """Return all evidence, or that for a project and its highlights, for a skill, or since a date."""
    own_highlights = {item.key for item in portfolio.highlights_of("project", query.project)}
    of_skill = {proof.key for proof in evidence_for_skill(portfolio, query.skill)}

    def wanted(proof: Evidence) -> bool:
        if query.project and query.project not in proof.projects and own_highlights.isdisjoint(proof.highlights):
            return False
        if query.skill and proof.key not in of_skill:
            return False
        return not query.since or (proof.date is not None and not proof.date.precedes(query.since))

    return evidence_rows(portfolio, wanted)


def coverage(portfolio: Portfolio, query: Query) -> Coverage:
    """Return how much of the portfolio has evidence."""
    skills = skills_asked_for(portfolio, query)
    highlights = portfolio.all(Highlight)
    categories = (
        _skill_share(portfolio, label, [skill for skill in skills if skill.category == key])
        for key, label in portfolio.categories.items()
    )
    return Coverage(
        skills=_skill_share(portfolio, "", skills),
        highlights=_share("", highlights, [portfolio.evidence_for("highlight", item.key) for item in highlights]),
        categories=tuple(share for share in categories if share.total),
    )


def _skill_share(portfolio: Portfolio, label: str, skills: list[Skill]) -> Share:
    return _share(label, skills, [evidence_for_skill(portfolio, skill.key) for skill in skills])


def _share(label: str, entries: Iterable[Skill | Highlight], proofs: list[list[Evidence]]) -> Share:
    pairs = list(zip(entries, proofs, strict=True))
    return Share(
        label=label,
        total=len(pairs),
        proven=sum(bool(found) for _entry, found in pairs),
        own=sum(any(proof.by == "own" for proof in found) for _entry, found in pairs),
        lacking=tuple(target_of(entry) for entry, found in pairs if not found),
    )
