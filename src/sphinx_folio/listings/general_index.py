"""Mark the names in Sphinx's general index that are in another language than the pages."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sphinx_folio.domain import portfolio_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx

    from sphinx_folio.portfolio.records import MarkedText


def mark_languages(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Mark the names in the general index, and in its pages for single letters."""
    if "genindexentries" not in context:
        return
    objects = portfolio_of(app.env).objects()
    marked = {name: entry.marked for entry in objects if entry.marked for name in entry.index_names()}
    context["genindexentries"] = [(key, _marked(entries, marked)) for key, entries in context["genindexentries"]]
    if "entries" in context:
        context["entries"] = _marked(context["entries"], marked)


def _marked(entries: Iterable[tuple[str, Any]], marked: Mapping[str, MarkedText]) -> list[tuple[str, Any]]:
    return [(name_in_language(name, marked[name]) if name in marked else name, rest) for name, rest in entries]


def name_in_language(name: str, marked: MarkedText) -> str:
    """Return a name as HTML, with its part that is in another language marked."""
    before, part, after = map(html.escape, name.partition(marked.text))
    if not part:
        return name
    return Markup(f'{before}<span lang="{html.escape(marked.language)}">{part}</span>{after}')  # noqa: S704  escaped
