"""An entry of ``folio_views`` for a posting: the skills of the portfolio that it asks for, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio.matching.comparison import NEAR, rank
from sphinx_folio.matching.conditions import MAY

if TYPE_CHECKING:
    from sphinx_folio.matching.comparison import Match


def view_for(match: Match, title: str) -> dict[str, Any]:
    """Return the view: a title, the keys of skills, and which come first.

    The skills are those that are asked, then those that the duties name, and then neighbors of what is asked.

    A view selects what the résumé already says; it cannot add or change a word. Nothing of the posting is in it.
    """
    asked = [key for row in match.rows if row.status != NEAR for item in row.held for key in item.skills]
    named = [key for row in match.duties if row.status != NEAR for item in row.held for key in item.skills]
    near = [key for row in match.rows if row.status == NEAR for item in row.held for key in item.skills]
    required = [row for row in match.rows if row.status != NEAR and row.ask.strength != MAY]
    held = (item for row in required for item in row.held if not item.is_part or item is min(row.held, key=rank))
    must = [key for item in held for key in item.skills]
    return {"title": title, "skills": list(dict.fromkeys([*asked, *named, *near])), "first": list(dict.fromkeys(must))}
