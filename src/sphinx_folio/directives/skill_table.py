"""The directive ``skill-table``: skills as rows of one table, without text and evidence."""

from __future__ import annotations

from docutils import nodes

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.markup_names import markup_name
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.doctree.elements import is_entry
from sphinx_folio.doctree.nodes import folio_fact, folio_listing, folio_skill_table

IN_ROWS = (folio_fact, folio_listing, nodes.field_list)
"""The parts of a skill that fit into a row; its text and its evidence do not."""


class SkillTableDirective(FolioDirective):
    """Show the skills in its content as rows of a table."""

    summary = mark("Shows the skill directives in it as rows of one table: name, level, and where each is used.")
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the skills in a node that is replaced by the table when the page is written."""
        self.read_options()
        if not self.content:
            message = __("this table has no skills; add a directive %s inside it for each skill")
            warn(Subtype.MISSING_CONTENT, message, markup_name("skill", self.config), location=self.location_of())
        table = folio_skill_table("", *self.parse_content_to_nodes())
        self.set_source_info(table)
        for child in table.children:
            if is_entry(child, "skill"):
                fits = all(isinstance(part, IN_ROWS) for part in child.children)
                key = child["key"]
            else:
                fits, key = isinstance(child, nodes.Invisible | nodes.system_message), ""
            if not fits:
                message = __("a row of a skill table has room for name and level only; move the rest of %s out of it")
                warn(Subtype.UNEXPECTED_CONTENT, message, key or self.title, location=child)
        return [table]
