"""What a check of evidence against its repository found, as stored in the lock file and shown on pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

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
