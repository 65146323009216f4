"""The directives for listings, created from the registered listings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.directives.option_types import Option, choice_option, date_option, list_option
from sphinx_folio.doctree.nodes import folio_listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils import nodes

SKILLS = list_option(
    mark(
        "Keys of the skills that this section shows, separated by commas; each of them lists the section under “Used"
        " in”. Without this option, all skills of the portfolio are shown."
    ),
    "skill",
)
FILTERS: Mapping[str, Option] = {
    "skills": SKILLS,
    "category": Option(help=mark("Only skills of this category, a key of folio_categories."), names="folio_categories"),
    "level": Option(help=mark("Only skills of at least this level."), names="folio_levels"),
    "project": Option(help=mark("Only rows of this project."), names="project"),
    "skill": Option(help=mark("Only rows that show this skill."), names="skill"),
    "types": list_option(mark("Only entries of these types, such as publication or talk."), "types"),
    "selected": choice_option(mark("true: only entries that are marked as selected."), ["true"]),
    "since": date_option(mark("Leaves out rows that ended before this date.")),
}
"""The options that filter the rows of a listing."""


class ListingDirective(FolioDirective):
    """Show rows of the whole portfolio; the options filter them."""

    has_content = True  # content causes a warning; with False, docutils would drop the listing
    listing: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Return a placeholder that is filled once all pages are read."""
        values = self.read_options()
        self.warn_about_content()
        self.check_vocabulary(values)
        if "skills" in values:
            values["keys"] = values.pop("skills")
            self.warn_of_filters(values)
        if "types" in values:
            values["types"] = tuple(filter(self.is_type, values["types"]))
        node = folio_listing(kind=self.listing, key="", **values)
        self.set_source_info(node)
        return [node]

    def warn_of_filters(self, values: Mapping[str, Any]) -> None:
        """Warn about filters next to the option ``skills``, which they would not change."""
        for option in values.keys() & FILTERS.keys():
            message = __("the option %r has no effect next to 'skills'; remove one of them")
            warn(Subtype.INVALID_OPTION, message, option, location=self.location_of(option))

    def is_type(self, name: str) -> bool:
        """Return whether a name is that of a type of entry; warn if not."""
        known = self.env.domains["folio"].object_types
        return bool(self.one_of(Subtype.INVALID_OPTION, "types", name, known))


def listing_directive(name: str, options: Sequence[str], summary: str) -> type[ListingDirective]:
    """Return the directive class for a listing; ``options`` are keys of ``FILTERS``."""
    known = {option: FILTERS[option] for option in options}
    return type("ListingDirective", (ListingDirective,), {"listing": name, "known_options": known, "summary": summary})
