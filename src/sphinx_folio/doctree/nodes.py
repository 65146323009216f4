"""The document nodes of entries, listings and figures.

Each is a subclass of a docutils node, so that every builder can write it; ``html`` has the visitors for HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.searchable import SearchableNode, SearchEntry, UnsearchedNode

if TYPE_CHECKING:
    from collections.abc import Sequence


class folio_entry(SearchableNode, nodes.container):
    """An object where it is described: its key and plain facts as attributes, all that is read as children."""

    def search_entry(self) -> SearchEntry:
        """Return the key and the tags of the object."""
        skills: dict[str, None] = dict.fromkeys((*self.get("languages", ()), *self.get("skills", ())))
        keywords: tuple[str, ...] = tuple(self.get("keywords", ()))
        return SearchEntry(self.get("node_id", ""), self["objtype"], self["key"], keywords, tuple(skills))


class folio_fact(addnodes.not_smartquotable, nodes.paragraph):
    """A text that belongs to an entry's record: its attribute ``fact`` names the field.

    Smart quotes are kept out: the text is exported as it was written.
    """


class _plain_text(addnodes.translatable, addnodes.not_smartquotable, nodes.TextElement):
    """A text without markup that is translated on its own."""

    def preserve_original_messages(self) -> None:
        """Keep nothing: the text as it was written is the raw source."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Show a translation."""
        self.children = []
        self += nodes.Text(translated_message)

    def extract_original_messages(self) -> Sequence[str]:
        """Return the text as it was written."""
        return [self.rawsource]


class folio_term(_plain_text, nodes.inline):
    """The same as a :class:`folio_fact`, within a line."""


class folio_sketch(_plain_text, nodes.paragraph):
    """A project's sketch as its author wrote it; its boxes are drawn once it is translated."""


class folio_listing(UnsearchedNode, nodes.General, nodes.Element):
    """A place that is filled from the whole portfolio once all pages are read."""


class folio_summary(nodes.container):
    """What a page says of its person in sum, away from the person's entry."""


class folio_period(nodes.inline):
    """A start, an end and, if asked for, a duration; written once “today” is known."""


class folio_said(nodes.inline):
    """Its attribute ``words``, for those who hear a page or copy from it; other builders than HTML leave them out."""


class folio_steps(nodes.inline):
    """A level as filled and empty steps; the word beside it says the same to whoever does not see them."""


class folio_time(nodes.inline):
    """A date or a duration as a language writes it, and as machines do: its attribute ``datetime`` (ISO 8601)."""


class folio_disclosure(nodes.container):
    """A list behind its label, which a reader opens in place; in other builders than HTML it is open."""


class folio_disclosure_label(nodes.paragraph):
    """The label."""


STACKED = "folio-stacked"
"""The class of tables whose rows are stacked on a narrow screen."""


class folio_cell(nodes.paragraph):
    """The content of a table's cell, which knows the head of its column: its attribute ``label``."""


class folio_bar(nodes.inline):
    """A bar as long as its attribute ``share`` says, in hundredths of the longest; the figure stands beside it."""


class folio_bars(nodes.inline):
    """A row of bars: its attribute ``bars`` has for each its height in hundredths, and whether it stands out."""


class folio_span(nodes.inline):
    """Periods on a line of time: ``segments`` are start and length in hundredths of the line, ``ticks`` the years."""


class folio_plot(nodes.container):
    """The marks of a chart; hidden from screen readers, to whom its caption says what it shows."""


class folio_dots(nodes.inline):
    """A line of a chart: its ``marks`` are series, place in hundredths of the width, and words; -1 is no figure."""


class folio_axis(nodes.inline):
    """The figures along a chart's axis: its ``ticks`` are place in hundredths of the width, and words."""
