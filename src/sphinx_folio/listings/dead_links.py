"""Mark links to addresses that the command ``verify`` found dead, with their archived copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio._common.i18n import DateFormatter, _
from sphinx_folio._common.trees import set_parents
from sphinx_folio.doctree.pieces import Piece, folio_lines, piece_node
from sphinx_folio.domain import domain_of
from sphinx_folio.portfolio.dates import PartialDate

if TYPE_CHECKING:
    from sphinx_folio.portfolio.verification import DeadLink


class MarkDeadLinks(SphinxPostTransform):
    """Add a mark in words after each link to a dead address; titles stay as they are."""

    default_priority = 8
    """After listings are filled."""

    def run(self, **kwargs: Any) -> None:
        """Mark the links of the current page."""
        dead = domain_of(self.env).dead_links()
        if not dead:
            return
        set_parents(self.document)
        for reference in list(self.document.findall(nodes.reference)):
            found = dead.get(reference.get("refuri", "").partition("#")[0])
            if found and not isinstance(reference.parent, nodes.title | nodes.caption):
                marks = map(piece_node, self.pieces(found))
                place = reference.parent.index(reference) + 1
                reference.parent.insert(place, list(marks))
        for lines in self.document.findall(folio_lines):
            lines["lines"] = tuple(
                tuple(part for piece in line for part in (piece, *self.pieces_after(piece, dead)))
                for line in lines["lines"]
            )

    def pieces_after(self, piece: Piece, dead: dict[str, DeadLink]) -> list[Piece]:
        """Return the mark that follows a piece of a line, if it is a link to a dead address."""
        found = dead.get(piece.address.partition("#")[0]) if piece.external else None
        return self.pieces(found) if found else []

    def pieces(self, link: DeadLink) -> list[Piece]:
        """Return the mark: the words, the day and the archived copy."""
        dates = DateFormatter.of(self.config)
        words = str(_("dead link on %s")) % dates.date(PartialDate.parse(link.date))
        marks = [Piece(" "), Piece(f"✗ {words}", "folio-dead")]
        if link.archived:
            marks += [Piece(" "), Piece(str(_("archived copy")), "", link.archived, external=True)]
        return marks
