"""What a résumé says that the portfolio has no objects for: told as a list that reads like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_folio import options
from sphinx_folio.exporters.json_resume import EXTENSION
from sphinx_folio.importing.writing import escaped, prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Telling(NamedTuple):
    """The fields of a section's items, in JSON Resume's words: those that stand in a line, and those below it."""

    line: tuple[str, ...]
    below: tuple[str, ...] = ()


TELLINGS: Mapping[str, Telling] = {
    "volunteer": Telling(("position", "organization", "startDate", "endDate"), ("summary", "highlights")),
    "awards": Telling(("title", "awarder", "date"), ("summary",)),
    "certificates": Telling(("name", "issuer", "date")),
    "publications": Telling(("name", "publisher", "releaseDate"), ("summary",)),
    "languages": Telling(("language", "fluency")),
    "interests": Telling(("name", "keywords")),
    "references": Telling(("name",), ("reference",)),
}


def told(section: str, data: Mapping[str, Any]) -> str:
    """Return an item of a section as an item of a list; what the section does not know follows by its names."""
    telling = TELLINGS[section]
    rest = {name: value for name, value in data.items() if name not in telling.line + telling.below}
    facts = [_on_a_line(text) for name in telling.line for text in named_texts(data.get(name))]
    address = _address(rest)
    if facts:
        lead = f"**{facts[0]}**"
        facts[0] = f"[{lead}](<{address}>)" if address else lead
    elif address:
        facts = [f"<{address}>"]
    blocks = [", ".join(facts), *(_below(data.get(name)) for name in telling.below)]
    blocks += map(_on_a_line, named_texts(rest))
    whole = "\n\n".join(filter(None, blocks))
    indented = "\n".join(f"  {line}" if line else "" for line in whole.splitlines())
    return f"- {indented[2:]}\n" if whole else ""


def _on_a_line(text: str) -> str:
    return escaped(" ".join(text.split()))


def _below(value: Any) -> str:
    """Return a text as paragraphs, and several as a list."""
    if isinstance(value, list):
        return "\n".join(f"- {_on_a_line(text)}" for text in named_texts(value))
    return "\n\n".join(map(prose, named_texts(value)))


def _address(rest: dict[str, Any]) -> str:
    """Take the address out of what is left, if it is one."""
    try:
        address = options.url(str(rest.get("url") or ""))
    except ValueError:
        return ""
    if set(address) & set("<>\\"):
        return ""
    del rest["url"]
    return address


def named_texts(value: Any, name: str = "") -> Iterator[str]:
    """Yield what data says, a line for each text in it, with the names that lead to it."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from named_texts(part, f"{name} {inner}".strip() if inner != EXTENSION else name)
    elif isinstance(value, list):
        for part in value:
            yield from named_texts(part, name)
    elif value not in (None, ""):
        yield f"{name}: {value}" if name else str(value)
