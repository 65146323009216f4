"""The directives for listings, made from the listings that are registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sphinx_folio._common.i18n import mark
from sphinx_folio.directives.base import FolioDirective, Option, date_option
from sphinx_folio.doctree.nodes import folio_listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils import nodes

FILTERS: Mapping[str, Option] = {
    "category": Option(help=mark("Only skills of this category, a key of folio_categories.")),
    "level": Option(help=mark("Only skills of at least this level.")),
    "project": Option(help=mark("Only what belongs to this project.")),
    "skill": Option(help=mark("Only what shows this skill.")),
    "since": date_option(mark("Leaves out what ended before this date.")),
}
"""The options by which listings can be filtered."""


class ListingDirective(FolioDirective):
    """Show rows of the whole portfolio; the directive's name says which, its options filter them."""

    has_content = True  # it may have none; without this, docutils would drop the listing
    listing: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Return the placeholder that is filled once all pages are read."""
        values = self.read_options()
        self.warn_of_content()
        self.check_vocabulary(values)
        node = folio_listing(kind=self.listing, key="", **values)
        self.set_source_info(node)
        return [node]


def listing_directive(name: str, options: Sequence[str], summary: str) -> type[ListingDirective]:
    """Return the directive for a listing."""
    known = {option: FILTERS[option] for option in options}
    return type("ListingDirective", (ListingDirective,), {"listing": name, "known_options": known, "summary": summary})
