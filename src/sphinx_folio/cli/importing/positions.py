"""Find the position that a project of a résumé belongs to: it names an entity and roles, but no position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.portfolio.dates import Period


@dataclass(frozen=True, slots=True)
class Position:
    """A role at an entity, as the résumé spells it."""

    key: str
    entity: str
    title: str
    period: Period


def position_of(
    positions: Sequence[Position], entity: str, roles: Sequence[str], period: Period | None
) -> Position | None:
    """Return the position at an entity that a project belongs to; nothing if that remains unclear.

    Among several, a role of the project decides, then the position in which it started.
    """
    found = [position for position in positions if position.entity.casefold() == entity.casefold()]
    named = {role.casefold() for role in roles}
    found = [position for position in found if position.title.casefold() in named] or found
    if len(found) > 1 and period:
        found = [position for position in found if _starts_in(period, position.period)]
        latest = [position for position in found if not _ends_with_start(position.period, period)]
        found = latest or found  # it started in the month in which one role became the next
    return found[0] if len(found) == 1 else None


def _starts_in(inner: Period, outer: Period) -> bool:
    """Tell whether a period may have started within another; what is known of both dates decides."""
    return not inner.start.precedes(outer.start) and not (outer.end and outer.end.precedes(inner.start))


def _ends_with_start(outer: Period, inner: Period) -> bool:
    return outer.end is not None and outer.end == inner.start
