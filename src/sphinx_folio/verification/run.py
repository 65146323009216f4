"""Check all evidence and all counts of a portfolio, and return the result as a lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.verification import Count, Lock, Proof, Source, claim_of
from sphinx_folio.verification import counts
from sphinx_folio.verification.addresses import parse_address
from sphinx_folio.verification.counts import CountError
from sphinx_folio.verification.git import GitError, LimitError
from sphinx_folio.verification.ladder import NO, UNKNOWN, YES, Ladder, People
from sphinx_folio.verification.lock import NO_FILE, file_digest, person_digest
from sphinx_folio.verification.repository import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sphinx_folio.portfolio.records import Evidence
    from sphinx_folio.verification.repository import Repository
    from sphinx_folio.verification.signatures import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What is checked."""

    evidence: tuple[Evidence, ...]
    person: str
    """The key of the person."""
    identities: tuple[str, ...]
    questions: Mapping[str, Mapping[str, Any]]
    """File → question, see ``counts``."""
    folder: Path
    """The folder to which the files are relative."""


def verify(
    claims: Claims, repositories: Mapping[str, Repository], keys: Keyring, *, date: str, write: bool = False
) -> Lock:
    """Return what the repositories confirm.

    Args:
        claims: What is checked.
        repositories: Address → repository.
        keys: The keys that may sign.
        date: The day of the check.
        write: Whether to write the files with counts instead of comparing them.

    Raises:
        GitError: A repository cannot be read at all.
        OSError: A file cannot be written.
    """
    ladder = Ladder(repositories, People(claims.identities), keys)
    for question in claims.questions.values():
        with suppress(GitError, NotFoundError):  # the count below says what is wrong
            if question["repository"] in repositories:
                counts.start(question, repositories[question["repository"]])
    counted = {
        name: _count(claims.folder / name, question, ladder, write=write) for name, question in claims.questions.items()
    }
    proofs = {item.key: Proof(claim=claim_of(item), verification=ladder.check(item)) for item in claims.evidence}
    used = {question["repository"] for question in claims.questions.values()}
    used |= {
        address for address in repositories if any(parse_address(item.url, (address,)) for item in claims.evidence)
    }
    return Lock(
        date=date,
        person=person_digest(claims.person, claims.identities),
        sources={address: _source(found) for address, found in repositories.items() if address in used},
        proofs=proofs,
        counts=counted,
    )


def _source(repository: Repository) -> Source:
    location = repository.location
    notes = {
        "shallow": repository.is_shallow,
        "grafts-ignored": location.has_grafts,
        "replacements-ignored": location.has_replacements,
    }
    return Source(
        head=location.refs.get("HEAD", ""),
        notes=tuple(note for note, applies in notes.items() if applies),
    )


def _count(path: Path, question: Mapping[str, Any], ladder: Ladder, *, write: bool) -> Count:
    """Return whether a file has the figures that the repository has."""
    result, reason, rows = _counted(question, ladder)
    if write and result == YES:
        path.write_text(counts.as_csv(rows), encoding="utf-8", newline="\n")
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Count(question=question, result=NO, reason=reason or NO_FILE)
    except (OSError, UnicodeDecodeError):
        return Count(question=question, result=NO, reason="unreadable")
    if result == YES and not counts.matches(rows, text):
        result, reason = NO, "other"
    return Count(question=question, result=result, reason=reason, digest=file_digest(text))


def _counted(question: Mapping[str, Any], ladder: Ladder) -> tuple[str, str, list[dict[str, str]]]:
    """Return whether a question could be answered, why not, and the rows of the answer."""
    repository = ladder.repositories.get(question["repository"])
    if repository is None:
        return UNKNOWN, "no-repository", []
    try:
        return YES, "", counts.answer(question, repository, ladder.people, ladder.pull_requests(repository))
    except CountError as error:
        return UNKNOWN, str(error), []
    except NotFoundError as error:
        return NO, str(error), []
    except LimitError:
        raise
    except GitError:
        return (UNKNOWN, "incomplete-clone", []) if repository.is_incomplete else (NO, "damaged", [])


def failures(lock: Lock) -> Iterable[str]:
    """Yield the keys of the evidence and the names of the files that the repositories contradict."""
    yield from (key for key, proof in lock.proofs.items() if proof.verification.rung == "failed")
    yield from (name for name, count in lock.counts.items() if count.result == NO)
