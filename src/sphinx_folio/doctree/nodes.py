"""The doctree nodes of entries, listings and charts.

Each is a subclass of a standard docutils node, so that every builder can write it. The modules ``html`` and
``html_charts`` contain the visitors for HTML. The class names are also the names of visitor methods; they must not
change. Nodes are stored in the environment: when the attributes of a node change, raise ``FolioDomain.data_version``.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio._common.searchable import FilledNode, SearchableNode, SearchEntry
from sphinx_folio.portfolio.records import SKETCH_ARROW

if TYPE_CHECKING:
    from collections.abc import Sequence

_ARROW = re.compile(rf"\s*(?:[-=]+>|[-=]*{SKETCH_ARROW})\s*")
_MARKED = re.compile(r"\[([^\[\]]+)\]\{\.(language-[A-Za-z0-9-]+)\}")


def option_text(text: str) -> list[nodes.Node]:
    """Return the text of an option as nodes; parts may be marked as another language, as in ``[…]{.language-zh}``."""
    found: list[nodes.Node] = []
    end = 0
    for match in _MARKED.finditer(text):
        found += [nodes.Text(text[end : match.start()]), nodes.inline("", match[1], classes=[match[2]])]
        end = match.end()
    return [node for node in (*found, nodes.Text(text[end:])) if node.astext()]


class folio_entry(SearchableNode, nodes.container):
    """An entry: ``objtype``, ``key`` and the values of some options as attributes, all visible text as children."""

    def search_entry(self) -> SearchEntry:
        """Return the entry of the search index: the key, the keywords and the skills of the object."""
        skills: dict[str, None] = dict.fromkeys((*self.get("languages", ()), *self.get("skills", ())))
        keywords: tuple[str, ...] = tuple(self.get("keywords", ()))
        return SearchEntry(self.get("node_id", ""), self["objtype"], self["key"], keywords, tuple(skills))


class folio_fact(addnodes.not_smartquotable, nodes.paragraph):
    """A text that is stored in the entry's record; the attribute ``fact`` is the name of the field.

    Smart quotes are disabled, so that exports contain the text as the author wrote it.
    """


class _plain_text(addnodes.translatable, addnodes.not_smartquotable, nodes.TextElement):
    """A text without markup, which is one message for Sphinx's translation."""

    def preserve_original_messages(self) -> None:
        """Do nothing: ``rawsource`` already contains the original text."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Replace the text by its translation."""
        self.children = []
        self += option_text(translated_message)

    def extract_original_messages(self) -> Sequence[str]:
        """Return the original text."""
        return [self.rawsource]


class folio_term(_plain_text, nodes.inline):
    """Like :class:`folio_fact`, but inline."""


class folio_untranslated(addnodes.not_smartquotable, nodes.inline):
    """Like :class:`folio_term`, but the same in every language."""


class folio_sketch(_plain_text, nodes.paragraph):
    """A project's sketch as text; ``FillListings`` replaces it by boxes and arrows after translation."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Replace the text by its translation, which may have the signs of the directive's option."""
        text = _ARROW.sub(f" {SKETCH_ARROW} ", translated_message).replace("｜", "|")
        super().apply_translated_message(original_message, text)


SEARCHED = frozenset({"evidence-checks", "timeline"})
"""The listings that show more than the entries of other pages, which search finds there."""


class folio_listing(FilledNode, nodes.General, nodes.Element):
    """A placeholder that ``FillListings`` replaces by rows of the portfolio; its attributes are those of a query."""

    domain = "folio"

    def search_request(self) -> str:
        """Return the kind and the filters of the query."""
        filters = ("category", "level", "since")
        given = {name: str(self[name]) for name in ("kind", *filters) if self.get(name)}
        return json.dumps(given, ensure_ascii=False) if self["kind"] in SEARCHED else ""

    def search_skills(self) -> tuple[str, ...]:
        """Return the skills with which an author has tagged the section."""
        keys: tuple[str, ...] = self.get("keys", ())
        return keys if self["kind"] == "skill-tags" else ()


class folio_skill_table(nodes.container):
    """Skills that ``FillListings`` replaces by the rows of a table."""


class folio_summary(nodes.container):
    """A summary of the person outside the person's entry; its text is added to the person's record."""


class folio_period(nodes.inline):
    """What ``show`` says of a ``period``: ``dates``, ``duration`` or ``validity``; ``FillListings`` adds the text."""


class folio_said(nodes.inline):
    """Text for screen readers and for copying (attribute ``words``), invisible in HTML; other builders omit it."""


class folio_level(nodes.inline):
    """A level; the attribute ``number`` is its position among all levels, by which tables are sorted."""


class folio_steps(nodes.inline):
    """A level as filled and empty circles; HTML hides them from screen readers, which read the level as text."""


class folio_time(nodes.inline):
    """A date or a duration: its text is in the language of the build, its attribute ``datetime`` in ISO 8601 format."""


class folio_disclosure(nodes.container):
    """A collapsible list, in HTML a ``details`` element; other builders show it expanded."""


class folio_disclosure_label(nodes.paragraph):
    """The label of a collapsible list, in HTML a ``summary`` element."""


STACKED = "folio-stacked"
"""The CSS class of tables whose cells are stacked on narrow screens."""


class folio_cell(nodes.paragraph):
    """The paragraph of a table cell; its attribute ``label`` is the header of the column."""


class folio_bar(nodes.inline):
    """A bar with the length ``share``, in percent of the longest one; the figure is in the text next to it."""


class folio_breakable(nodes.Inline, nodes.TextElement):
    """A text with line breaks as in ``line_breaks``. It remains one text, so that searches find whole names."""


class folio_bars(nodes.inline):
    """A bar chart: its attribute ``bars`` lists the height of each bar in percent, and whether it is highlighted."""


class folio_span(nodes.inline):
    """Periods on a time axis: ``segments`` (start and length) and ``ticks`` (years), all in percent of the axis."""


class folio_plot(nodes.container):
    """The plot area of a chart; HTML hides it from screen readers, which read the caption."""


class folio_dots(nodes.inline):
    """A row of a dot chart: ``marks`` lists series number (-1 for a missing value), position in percent, and names."""


class folio_axis(nodes.inline):
    """The labels of a chart's axis: ``ticks`` lists position in percent of the width, and text."""
