"""The file ``evidence.lock``: the result of the command ``verify`` as text.

It is JSON with sorted keys and one fact a line, so that changes are small. It contains no name and no address of a
person, no path of a machine, and apart from the date of the check nothing that depends on the machine or the day.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sphinx_folio.portfolio.verification import CHECKS, RUNGS, Answer, Check, Count, Lock, Proof, Source, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = 1
"""The version of the format; increase it when the meaning of a property changes."""
LOCK_FILE = "evidence.lock"
NO_FILE = "no-file"
"""The reason of a count whose file does not exist."""


class LockError(Exception):
    """A lock file cannot be used; the message says why."""


def person_digest(key: str, identities: Iterable[str]) -> str:
    """Return a hash of the person's key and identities."""
    known = sorted({identity.strip().casefold() for identity in identities})
    return sha256("\n".join((key, *known)).encode()).hexdigest()


def file_digest(text: str) -> str:
    """Return a hash of the text of a file with counts."""
    return sha256(text.encode()).hexdigest()


def as_text(lock: Lock) -> str:
    """Return the text of a lock file."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "date": lock.date,
        "person": lock.person,
        "repositories": {
            address: _filled({"head": source.head, "notes": list(source.notes)})
            for address, source in lock.sources.items()
        },
        "evidence": {key: _proof(proof) for key, proof in lock.proofs.items()},
        "counts": {
            name: _filled(
                {"question": dict(count.question), "result": _words(count.result, count.reason), "sha256": count.digest}
            )
            for name, count in lock.counts.items()
        },
        "links": {address: f"{answer.code} {answer.date}" for address, answer in lock.links.items()},
    }
    return json.dumps(_filled(data), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def parse(text: str) -> Lock:
    """Return the content of a lock file.

    Raises:
        LockError: It is not valid, or its format has another version.
    """
    try:
        data = json.loads(text)
        version = data["format"]
    except (ValueError, TypeError, KeyError) as error:
        raise LockError("it is not a lock file of sphinx-folio") from error
    if version != FORMAT:
        raise LockError(f"its format is version {version!r}, not {FORMAT}")
    try:
        return Lock(
            date=str(data.get("date", "")),
            person=str(data.get("person", "")),
            sources={
                str(address): Source(
                    head=str(item.get("head", "")),
                    notes=tuple(map(str, item.get("notes", ()))),
                )
                for address, item in data.get("repositories", {}).items()
            },
            proofs={str(key): _parsed_proof(item) for key, item in data.get("evidence", {}).items()},
            counts={
                str(name): Count(
                    question=dict(item["question"]),
                    result=_check(item["result"]).result,
                    reason=_check(item["result"]).reason,
                    digest=str(item.get("sha256", "")),
                )
                for name, item in data.get("counts", {}).items()
            },
            links={str(address): Answer(*_check(answer)) for address, answer in data.get("links", {}).items()},
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise LockError("it is damaged") from error


def _proof(proof: Proof) -> dict[str, Any]:
    found = proof.verification
    return _filled(
        {
            "claim": dict(proof.claim),
            "checks": {name: _words(check.result, check.reason) for name, check in found.checks},
            "rung": found.rung,
            "swhid": found.swhid,
        }
    )


def _parsed_proof(item: Mapping[str, Any]) -> Proof:
    rung = str(item["rung"])
    if rung not in RUNGS:
        raise ValueError(rung)
    checks = item.get("checks", {})
    return Proof(
        claim={str(name): str(value) for name, value in item["claim"].items()},
        verification=Verification(
            rung=rung,
            checks=tuple((name, _check(checks[name])) for name in CHECKS if name in checks),
            swhid=str(item.get("swhid", "")),
        ),
    )


def _words(result: str, reason: str) -> str:
    return f"{result} {reason}".strip()


def _check(text: str) -> Check:
    result, _, reason = str(text).partition(" ")
    return Check(result, reason)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value or value == 0}
