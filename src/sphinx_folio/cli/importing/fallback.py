"""Write items of a résumé that cannot be entries, such as repeated ones, as plain lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_folio.cli.importing.fields import bullets, linkable
from sphinx_folio.cli.importing.items import has_content, leaves
from sphinx_folio.cli.importing.markdown import link, prose
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_folio.cli.importing.fields import FieldConverter
    from sphinx_folio.cli.importing.items import Item


class ListFields(NamedTuple):
    """The fields of an item of a section that its first line shows, and those below it."""

    line: tuple[str, ...]
    below: tuple[str, ...] = ()


LIST_FIELDS: Mapping[str, ListFields] = {
    "work": ListFields(("position", "name"), ("summary", "highlights")),
    "education": ListFields(("studyType", "area", "institution"), ("courses",)),
    "projects": ListFields(("entity",), ("description", "highlights")),
    "skills": ListFields(("name", "level", "keywords")),
    "volunteer": ListFields(("position", "organization"), ("summary", "highlights")),
    "awards": ListFields(("title", "awarder", "date"), ("summary",)),
    "certificates": ListFields(("name", "issuer", "date")),
    "publications": ListFields(("name", "publisher", "releaseDate"), ("summary",)),
    "talks": ListFields(("name", "event", "location", "date"), ("summary",)),
    "courses": ListFields(("name", "provider", "date"), ("summary",)),
    "languages": ListFields(("language", "fluency")),
    "interests": ListFields(("name", "keywords")),
    "references": ListFields(("name",), ("reference",)),
    "other": ListFields(
        ("name", "label", "title", "position", "degree", "area", "company", "institution", "details", "location"),
        ("summary", "highlights"),
    ),
}
_DATES = {"date", "releaseDate"}


def as_list_item(section: str, item: Item, fields: FieldConverter, title: str = "") -> str:
    """Return an item of a section as a list item; unknown fields are appended with their names.

    Below a heading with its title, the item does not repeat that, unless it has no other fact.

    The item is kept for ``resume.json``, as long as the page says the same.
    """
    item.log.keep_from_page([item.path])
    shown = LIST_FIELDS[section]
    texts = ((name, item.flat_text(name)) for name in shown.line)
    facts = [prose(fields.date_text(text) if name in _DATES else text) for name, text in texts]
    facts.append(prose(fields.period_text(item)))
    facts = list(filter(None, facts))
    facts = [fact for fact in facts if fact != prose(title)] or facts
    address = _address(item)
    if facts:
        lead = f"**{facts[0]}**"
        facts[0] = link(lead, address) if address else lead
    elif address:
        facts = [f"<{address}>"]
    blocks = [fields.facts(facts), *(_below(item, name, fields) for name in shown.below)]
    rest = {name: value for name, value in item.data.items() if name not in item.used}
    item.used |= item.data.keys()
    blocks += (prose(text) for text in named_texts(rest))
    text = "\n\n".join(filter(None, blocks))
    indented = "\n".join(f"  {line}" if line else "" for line in text.splitlines())
    return f"- {indented[2:]}\n" if text else ""


def named_texts(value: Any, name: str = "") -> Iterator[str]:
    """Yield a line for each text in nested data, prefixed with the names of its fields."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from named_texts(part, f"{name} {inner}".strip() if inner != X_FOLIO else name)
    elif isinstance(value, list):
        for part in value:
            yield from named_texts(part, name)
    elif has_content(value):
        text = value if isinstance(value, str) else json.dumps(value)
        yield f"{name}: {text}" if name else text


def _address(item: Item) -> str:
    """Return the url of an item; an invalid one stays unused and is written as text."""
    used = set(item.used)
    try:
        address = linkable(item.flat_text("url"))
    except ValueError:
        item.used = used
        return ""
    return address


def _below(item: Item, name: str, fields: FieldConverter) -> str:
    """Return a text as paragraphs, or several texts as a list."""
    path, texts = item.path_of(name), list(leaves(item.value(name)))
    paragraphs = [fields.markdown(item, path, text) for text in texts]
    return paragraphs[0] if len(paragraphs) == 1 and isinstance(item.value(name), str) else bullets(paragraphs).strip()
