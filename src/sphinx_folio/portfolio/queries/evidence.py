"""Queries for evidence, for coverage, and for tallies.

Coverage is the share of skills and highlights that have evidence. A tally counts objects for a key figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.portfolio.queries.base import in_display_order, selected_skills, target_of
from sphinx_folio.portfolio.queries.verification import count_verified
from sphinx_folio.portfolio.records import Evidence, Highlight, Project, Skill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.queries.base import Query, Target
    from sphinx_folio.portfolio.verification import Verification


class EvidenceRow(NamedTuple):
    """A piece of evidence, with the fields of the record :class:`Evidence`, and the objects that it proves."""

    target: Target
    kind: str
    url: str
    date: PartialDate | None
    by: str
    revision: str
    proves: tuple[Target, ...]
    verification: Verification | None = None
    """What a check of it found; None if nothing is checked."""


class EvidenceTable(NamedTuple):
    """Evidence in a table: as rows, and as groups of rows."""

    rows: tuple[EvidenceRow, ...]
    """The rows, newest first."""
    groups: tuple[tuple[Target | None, tuple[EvidenceRow, ...]], ...]
    """The rows by what they support: highlights, skills, projects if they support nothing else, and last None."""


def percentage(part: int, total: int) -> int:
    """Return a part as a rounded percentage of the total; 100 if the total is 0.

    As in coverage.py, 0 and 100 are exact: everything in between is at least 1 and at most 99.
    """
    if part == total:
        return 100
    return min(99, max(1, round(part * 100 / total))) if part else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The coverage of a group of skills or highlights."""

    label: str
    """The label of the category; empty for all skills and for highlights."""
    total: int
    """The number of skills or highlights."""
    proven: int
    """The number of those with evidence."""
    own: int
    """The number of those with evidence of own work."""
    verified: int | None
    """The number of those with verified evidence; None if nothing is checked."""
    without_evidence: tuple[Target, ...]
    """Those without evidence."""

    @property
    def percent(self) -> int:
        """Return the percentage with evidence, see :func:`percentage`."""
        return percentage(self.proven, self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The coverage of all skills, of all highlights, and of the skills of each category."""

    skills: Share
    highlights: Share
    categories: tuple[Share, ...]

    @property
    def percent(self) -> int:
        """Return the percentage of skills and highlights, taken together, that have evidence."""
        return percentage(self.skills.proven + self.highlights.proven, self._total)

    @property
    def verified_percent(self) -> int:
        """Return the percentage of skills and highlights, taken together, whose evidence is verified."""
        return percentage((self.skills.verified or 0) + (self.highlights.verified or 0), self._total)

    @property
    def _total(self) -> int:
        return self.skills.total + self.highlights.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A count of objects that meet a condition, out of all objects of a type."""

    matches: tuple[bool, ...]
    """For each object, whether it meets the condition."""


TALLIES: Mapping[str, Callable[[Portfolio], Iterable[bool]]] = {
    "own-evidence": lambda portfolio: (proof.by == "own" for proof in portfolio.all_evidence()),
    "proven-highlights": lambda portfolio: (
        bool(portfolio.evidence_for("highlight", item.key)) for item in portfolio.all(Highlight)
    ),
    "proven-skills": lambda portfolio: (bool(evidence_for_skill(portfolio, item.key)) for item in portfolio.all(Skill)),
}
"""Name of a tally → function that yields for each object whether it meets the condition."""


def tally(portfolio: Portfolio, query: Query) -> Tally:
    """Return the tally that ``query.key`` names, sorted: matches first."""
    return Tally(matches=tuple(sorted(TALLIES[query.key](portfolio), reverse=True)))


def make_evidence_rows(portfolio: Portfolio, proofs: Iterable[Evidence]) -> tuple[EvidenceRow, ...]:
    """Return the rows for records of evidence, newest first, undated ones last."""
    newest_first = sorted(proofs, key=lambda proof: proof.date.first_day.toordinal() if proof.date else 0, reverse=True)
    return tuple(_row(portfolio, proof) for proof in newest_first)


def _row(portfolio: Portfolio, proof: Evidence) -> EvidenceRow:
    """Return the row for a piece of evidence; it is cached because several lists contain it."""
    return portfolio.cached(
        (EvidenceRow, proof.docname, proof.node_id, proof.key),
        lambda: EvidenceRow(
            target=target_of(proof),
            kind=proof.kind,
            url=proof.url,
            date=proof.date,
            by=proof.by,
            revision=proof.revision,
            proves=_proven_objects(portfolio, proof),
            verification=portfolio.verification_of(proof),
        ),
    )


def _proven_objects(portfolio: Portfolio, proof: Evidence) -> tuple[Target, ...]:
    """Return the objects that a piece of evidence proves: projects, highlights, then skills."""
    order = ("project", "highlight", "skill")
    proven = sorted(proof.proves(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))
    found = (portfolio.find(*item) for item in proven)
    return tuple(target_of(entry) for entry in found if entry)


def evidence_for_skill(portfolio: Portfolio, key: str) -> list[Evidence]:
    """Return the evidence for a skill: that for the skill itself, and that for entries that show it.

    These entries are highlights and entries that can be evidence themselves, such as certificates.
    """
    return list(portfolio.cached((evidence_for_skill, key), lambda: _evidence_for_skill(portfolio, key)))


def _evidence_for_skill(portfolio: Portfolio, key: str) -> list[Evidence]:
    shown_in = (entry for entry in portfolio.entries_showing(key) if isinstance(entry, Highlight) or entry.is_evidence)
    proofs = [proof for entry in shown_in for proof in portfolio.evidence_for(entry.objtype, entry.key)]
    unique = {proof.key: proof for proof in (*portfolio.evidence_for("skill", key), *proofs)}
    return list(unique.values())


class EvidenceCount(NamedTuple):
    """The number of pieces of evidence for a project."""

    own: int
    """The number of those that show own work."""
    team: int
    """The number of all others."""
    first: Target
    """The first of them, preferably on the page of the project."""


def project_evidence_count(portfolio: Portfolio, key: str) -> EvidenceCount | None:
    """Count the evidence for a project and its highlights; None if there is none."""
    project = portfolio.find("project", key)
    highlights = [("highlight", item.key) for item in portfolio.highlights_of("project", key)]
    found = (portfolio.evidence_for(*proven) for proven in (("project", key), *highlights))
    proofs = list({proof.key: proof for group in found for proof in group}.values())
    home = project.docname if project else ""
    if not proofs:
        return None
    first = min(proofs, key=lambda proof: (proof.docname != home, proof.docname, proof.line))
    return EvidenceCount(
        own=sum(proof.by == "own" for proof in proofs),
        team=sum(proof.by != "own" for proof in proofs),
        first=target_of(first),
    )


def evidence_of(portfolio: Portfolio, query: Query) -> tuple[EvidenceRow, ...]:
    """Return the evidence for the object of the query, from all pages."""
    if query.objtype == "skill":
        return make_evidence_rows(portfolio, evidence_for_skill(portfolio, query.key))
    return make_evidence_rows(portfolio, portfolio.evidence_for(query.objtype, query.key))


def further_evidence_of(portfolio: Portfolio, query: Query) -> tuple[EvidenceRow, ...]:
    """Return the evidence for the object of the query that is not inside its directive."""
    found = evidence_of(portfolio, query)
    if not found:
        return ()
    inside = {
        proof.key
        for proof in portfolio.evidence_for(query.objtype, query.key)
        if proof.owner == (query.objtype, query.key)
    }
    return tuple(row for row in found if row.target.key not in inside)


def evidence_table(portfolio: Portfolio, query: Query) -> EvidenceTable:
    """Return all evidence that matches the filters project (including its highlights), skill and since."""
    own_highlights = {item.key for item in portfolio.highlights_of("project", query.project)}
    of_skill = {proof.key for proof in evidence_for_skill(portfolio, query.skill)}

    def matches(proof: Evidence) -> bool:
        if query.project and query.project not in proof.projects and own_highlights.isdisjoint(proof.highlights):
            return False
        if query.skill and proof.key not in of_skill:
            return False
        return not query.since or (proof.date is not None and not proof.date.precedes(query.since))

    rows = make_evidence_rows(portfolio, filter(matches, portfolio.all_evidence()))
    groups: dict[Target | None, list[EvidenceRow]] = {}
    for row in rows:
        parts: list[Target | None] = [target for target in row.proves if target.objtype != "project"]
        for target in parts or [*row.proves] or [None]:
            groups.setdefault(target, []).append(row)
    skills = in_display_order(portfolio, portfolio.all(Skill))
    ordered = (*portfolio.all(Highlight), *skills, *portfolio.all(Project))
    first: list[Target | None] = [target for target in map(target_of, ordered) if target in groups]
    rest = sorted((target for target in groups if target not in first), key=lambda target: target is None)
    return EvidenceTable(rows, tuple((target, tuple(groups[target])) for target in (*first, *rest)))


def coverage(portfolio: Portfolio, query: Query) -> Coverage:
    """Return the coverage of the skills that match the filters, and of all highlights."""
    skills = selected_skills(portfolio, query)
    highlights = portfolio.all(Highlight)
    categories = (
        _skill_share(portfolio, label, [skill for skill in skills if skill.category == key])
        for key, label in portfolio.categories.items()
    )
    return Coverage(
        skills=_skill_share(portfolio, "", skills),
        highlights=_share(
            portfolio, "", highlights, [portfolio.evidence_for("highlight", item.key) for item in highlights]
        ),
        categories=tuple(share for share in categories if share.total),
    )


def _skill_share(portfolio: Portfolio, label: str, skills: list[Skill]) -> Share:
    return _share(portfolio, label, skills, [evidence_for_skill(portfolio, skill.key) for skill in skills])


def _share(
    portfolio: Portfolio, label: str, entries: Iterable[Skill | Highlight], proofs: Iterable[Sequence[Evidence]]
) -> Share:
    pairs = list(zip(entries, proofs, strict=True))
    return Share(
        label=label,
        total=len(pairs),
        proven=sum(bool(found) for _entry, found in pairs),
        own=sum(any(proof.by == "own" for proof in found) for _entry, found in pairs),
        verified=count_verified(portfolio, (found for _entry, found in pairs)),
        without_evidence=tuple(target_of(entry) for entry, found in pairs if not found),
    )
