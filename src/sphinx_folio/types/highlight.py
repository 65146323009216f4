"""The type ``highlight``: a claim in prose, with the skills that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import _, __, mark
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.collect.records import nearest_key
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import FORMERLY, SKILLS, Option, name_option
from sphinx_folio.doctree.nodes import folio_entry, folio_listing
from sphinx_folio.portfolio.records import Highlight
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_folio.collect.records import Texts


OWNERS = ("project", "position", "volunteer")
"""The types of entries that a highlight can belong to; each is an option and a field of the record."""


class HighlightDirective(EntryDirective):
    """Describe a claim: a block of prose, its skills, and the entry that it belongs to."""

    objtype = "highlight"
    example_key = "faster-builds"
    summary = mark("A claim in prose. By default it belongs to the project, position or volunteer work of its section.")
    value_options = ("skills", *OWNERS)
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(mark("A short name; by default the claim itself.")),
        "skills": SKILLS,
        "project": Option(
            help=mark("The key of the project it belongs to; by default that of the section."), names="project"
        ),
        "position": Option(
            help=mark("The key of the position it belongs to; by default that of the section."), names="position"
        ),
        "volunteer": Option(
            help=mark("The key of the volunteer work it belongs to; by default that of the section."), names="volunteer"
        ),
        "formerly": FORMERLY,
    }

    def check_content(self, content: Sequence[nodes.Node]) -> None:
        """Warn if there is no prose; evidence inside the directive does not count."""
        if all(isinstance(node, folio_entry | nodes.Invisible | nodes.system_message) for node in content):
            message = __("this highlight has no text; write the claim into the directive")
            warn(Subtype.MISSING_CONTENT, message, location=self.location_of())

    def nodes_after_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the skills as tags, and the placeholder for evidence."""
        tags = [self.tags(values["skills"], "skills")] if "skills" in values else []
        return [*tags, folio_listing(kind="further-evidence", objtype="highlight", key=self.arguments[0])]


def _collect(record: type[Highlight], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> Highlight:
    """Return the record; the name is the text by default, and the owners are the entries around it."""
    name = texts.get("name") or shared["summary"] or str(node["key"])  # a missing claim was reported while reading
    owners: dict[str, Any] = {objtype: node.get(objtype, "") for objtype in OWNERS}
    if not any(owners.values()):
        owners = {objtype: nearest_key(node, objtype) for objtype in OWNERS}
    return record(name=name, skills=node.get("skills", ()), **owners, **shared)


HIGHLIGHT = EntryType(
    record=Highlight,
    directive=HighlightDirective,
    label=_("Highlight"),
    noun=_("highlight"),
    allowed_parents=frozenset(OWNERS),
    search_priority=2,
    collect=_collect,
)
