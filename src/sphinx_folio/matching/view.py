"""An entry of ``folio_views`` for a posting: the skills of the portfolio that it asks for, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio.matching.comparison import NEAR

if TYPE_CHECKING:
    from sphinx_folio.matching.comparison import Match


def view_for(match: Match, title: str) -> dict[str, Any]:
    """Return the view with a title, and the keys of skills, those that are asked first, then their neighbors.

    A view selects what the résumé already says; it cannot add or change a word. Nothing of the posting is in it.
    """
    asked = [item.key for row in match.rows if row.status != NEAR for item in row.held]
    near = [item.key for row in match.rows if row.status == NEAR for item in row.held]
    return {"title": title, "skills": list(dict.fromkeys([*asked, *near]))}
