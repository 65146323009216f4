"""Find the position of a project: JSON Resume has only its entity and roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.portfolio.dates import Period


@dataclass(frozen=True, slots=True)
class Position:
    """A position in the résumé: a title at an entity."""

    key: str
    entity: str
    title: str
    period: Period


def position_of(
    positions: Sequence[Position], entity: str, roles: Sequence[str], period: Period | None
) -> Position | None:
    """Return the position that a project belongs to, or None if it is ambiguous.

    If an entity has several positions, the roles of the project decide, then its start date.
    """
    found = [position for position in positions if position.entity.casefold() == entity.casefold()]
    named = {role.casefold() for role in roles}
    found = [position for position in found if position.title.casefold() in named] or found
    if len(found) > 1 and period:
        found = [position for position in found if _starts_in(period, position.period)]
        latest = [position for position in found if not _ends_with_start(position.period, period)]
        found = latest or found  # the project started in the month of a change of position
    return found[0] if len(found) == 1 else None


def _starts_in(inner: Period, outer: Period) -> bool:
    """Return whether a period may have started within another, compared at the precision of both dates."""
    return not inner.start.precedes(outer.start) and not (outer.end and outer.end.precedes(inner.start))


def _ends_with_start(outer: Period, inner: Period) -> bool:
    return outer.end is not None and outer.end == inner.start
