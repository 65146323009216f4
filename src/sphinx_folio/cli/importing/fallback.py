"""Write the parts of a résumé that the portfolio has no objects for: lists that read like a résumé."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_folio.cli.importing.fields import bullets, linkable
from sphinx_folio.cli.importing.markdown import link, prose
from sphinx_folio.cli.importing.reading import leaves, says_something
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_folio.cli.importing.fields import Fields
    from sphinx_folio.cli.importing.reading import Item


class Telling(NamedTuple):
    """The fields of a section's items, in JSON Resume's words: those of the first line, and those below it."""

    line: tuple[str, ...]
    below: tuple[str, ...] = ()


TELLINGS: Mapping[str, Telling] = {
    "work": Telling(("position", "name"), ("summary", "highlights")),
    "education": Telling(("studyType", "area", "institution"), ("courses",)),
    "projects": Telling(("entity",), ("description", "highlights")),
    "volunteer": Telling(("position", "organization"), ("summary", "highlights")),
    "awards": Telling(("title", "awarder", "date"), ("summary",)),
    "certificates": Telling(("name", "issuer", "date")),
    "publications": Telling(("name", "publisher", "releaseDate"), ("summary",)),
    "languages": Telling(("language", "fluency")),
    "interests": Telling(("name", "keywords")),
    "references": Telling(("name",), ("reference",)),
}
_DATES = {"date", "releaseDate"}


def told(section: str, item: Item, fields: Fields) -> str:
    """Return an item of a section as an item of a list; fields unknown to the section follow with their names."""
    telling = TELLINGS[section]
    texts = ((name, item.words(name)) for name in telling.line)
    facts = [prose(fields.date_text(text) if name in _DATES else text) for name, text in texts]
    facts.append(prose(fields.period_text(item)))
    facts = list(filter(None, facts))
    address = _address(item)
    if facts:
        lead = f"**{facts[0]}**"
        facts[0] = link(lead, address) if address else lead
    elif address:
        facts = [f"<{address}>"]
    blocks = [fields.facts(facts), *(_below(item, name, fields) for name in telling.below)]
    rest = {name: value for name, value in item.data.items() if name not in item.asked}
    item.asked |= item.data.keys()
    blocks += (prose(text) for text in named_texts(rest))
    whole = "\n\n".join(filter(None, blocks))
    indented = "\n".join(f"  {line}" if line else "" for line in whole.splitlines())
    return f"- {indented[2:]}\n" if whole else ""


def named_texts(value: Any, name: str = "") -> Iterator[str]:
    """Yield what data says, a line for each text in it, with the names that lead to it."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from named_texts(part, f"{name} {inner}".strip() if inner != X_FOLIO else name)
    elif isinstance(value, list):
        for part in value:
            yield from named_texts(part, name)
    elif says_something(value):
        text = value if isinstance(value, str) else json.dumps(value)
        yield f"{name}: {text}" if name else text


def _address(item: Item) -> str:
    """Return an item's address; one that cannot be linked to stays unread."""
    unread = set(item.asked)
    try:
        address = linkable(item.words("url"))
    except ValueError:
        item.asked = unread
        return ""
    return address


def _below(item: Item, name: str, fields: Fields) -> str:
    """Return a text as paragraphs, and several as a list."""
    path, texts = item.path_of(name), list(leaves(item.value(name)))
    paragraphs = [fields.markdown(item, path, text) for text in texts]
    return paragraphs[0] if len(paragraphs) == 1 and isinstance(item.value(name), str) else bullets(paragraphs).strip()
