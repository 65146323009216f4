"""Find the position of a project, since JSON Resume has only its entity and roles, and the first at each entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_folio.cli.importing.dates import read_date
from sphinx_folio.export.formats.json_resume_values import without_remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_folio.cli.importing.items import Item
    from sphinx_folio.portfolio.dates import Period


@dataclass(frozen=True, slots=True)
class Position:
    """A position in the résumé: a title at an entity."""

    key: str
    entity: str
    title: str
    period: Period


def first_positions(items: Iterable[Item]) -> dict[str, str]:
    """Return the earliest position at each entity: entity in lower case → path.

    Its key is the name of the entity alone. A résumé grows at its other end, so that a later import finds it again.
    """
    starts: dict[str, tuple[str, str]] = {}
    for item in items:
        try:
            start, _shortened = read_date(without_remark(item.line("startDate")))
        except ValueError:
            continue
        entity = item.line("name").casefold()
        starts[entity] = min(starts.get(entity, (str(start), item.path)), (str(start), item.path))
    return {entity: path for entity, (_start, path) in starts.items()}


def positions_of(
    positions: Sequence[Position], entity: str, roles: Sequence[str], period: Period | None
) -> list[Position]:
    """Return the positions that a project may belong to: those at its entity that contain all of its dates.

    If an entity has several positions, the roles of the project decide first.
    """
    found = [position for position in positions if position.entity.casefold() == entity.casefold()]
    named = {role.casefold() for role in roles}
    found = [position for position in found if position.title.casefold() in named] or found
    if period:
        found = [position for position in found if _contains(position.period, period)]
        latest = [position for position in found if position.period.end != period.start]
        found = latest or found  # the project was in the month of a change of position
    return found


def _contains(outer: Period, inner: Period) -> bool:
    """Return whether a period may be within another, compared at the precision of both dates."""
    is_over = outer.end is not None and (inner.end is None or outer.end.precedes(inner.end))
    return not (inner.start.precedes(outer.start) or is_over)
