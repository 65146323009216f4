"""Read CSL-JSON (https://citationstyles.org/), which Zotero and other reference managers export."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.formula_text import script
from sphinx_folio._common.i18n import __
from sphinx_folio.directives.bibliography.item import Contents, Item, Mistake, author_list, doi_address, family_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TYPES: Mapping[str, str] = {
    "article": "preprint",
    "article-journal": "article",
    "article-magazine": "article",
    "book": "book",
    "chapter": "chapter",
    "paper-conference": "paper",
    "report": "report",
    "thesis": "thesis",
}
"""Type of CSL → value of the option ``type``; other types have none."""
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|span)\b[^>]*>")
_SCRIPT = re.compile(r"<su([bp])>([^<>]*)</su\1>")
_SPACE = re.compile(r"[\s,]*")


def read_csl_json(text: str) -> Contents:
    """Return the publications in a CSL-JSON file: a list of objects."""
    contents = Contents()
    try:
        found = list(_objects(text))
    except RecursionError:
        contents.mistakes.append(Mistake(1, str(__("this is not JSON: %s")) % __("it is nested too deeply")))
        return contents
    except json.JSONDecodeError as error:
        contents.mistakes.append(Mistake(error.lineno, str(__("this is not JSON: %s")) % error.msg))
        return contents
    for line, data in found:
        if not isinstance(data, dict) or data.get("id") in (None, ""):
            contents.mistakes.append(
                Mistake(line, str(__("this is not an item of CSL-JSON: it must be an object with an id")))
            )
            continue
        contents.items.append(_item(line, data))
    return contents


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    """Yield line and value of each item of the list in a text.

    Raises:
        json.JSONDecodeError: The text is not a list in JSON.
    """
    json.loads(text)  # for the precise message about the first mistake
    start = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches any text
    if text[start] != "[":
        raise json.JSONDecodeError(str(__("a list of items must begin with [")), text, start)
    decoder, position = json.JSONDecoder(), start + 1
    while text[position := _end_of_space(text, position)] != "]":
        value, end = decoder.raw_decode(text, position)
        yield text.count("\n", 0, position) + 1, value
        position = end


def _end_of_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _item(line: int, data: dict[str, Any]) -> Item:
    item = Item(citation_key=_text(data.get("citation-key")) or str(data["id"]), line=line)
    item.set("title", _text(data.get("title")))
    item.set("authors", author_list([*filter(None, map(_name, _list(data.get("author"))))]))
    venues = ("container-title", "event-title", "publisher")
    item.set("publisher", next(filter(None, (_text(data.get(name)) for name in venues)), ""))
    item.set_date(_date(data.get("issued")))
    item.set("status", _text(data.get("status")))
    item.set("url", doi_address(_text(data.get("DOI"))) or _text(data.get("URL")))
    item.set("type", TYPES.get(_text(data.get("type")), ""))
    series = _text(data.get("collection-title"))
    fields = {
        "volume": _text(data.get("volume")) or (series and _text(data.get("collection-number"))),
        "number": _text(data.get("issue")) or _text(data.get("number")),
        "pages": _text(data.get("page")),
        "series": series,
        "edition": _text(data.get("edition")),
        "publisher": _text(data.get("publisher")),
        "isbn": _text(data.get("ISBN")),
    }
    item.set_details(fields, [*filter(None, map(_name, _list(data.get("editor"))))])
    custom = data.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    item.set("selected", "true" if str(custom.get("selected")).lower() == "true" else "")
    skills = custom.get("skills")
    item.set("skills", ", ".join(map(str, skills)) if isinstance(skills, list) else _text(skills))
    return item


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """Return a text without the markup that CSL allows in titles."""
    if not isinstance(value, str | int):
        return ""
    text = _SCRIPT.sub(lambda match: script(match[2], raised=match[1] == "p") or match[2], str(value))
    return _MARKUP.sub("", text)


def _name(author: Any) -> str:
    """Return the name of a person or an organization, given name first; Chinese names have no space."""
    if not isinstance(author, dict):
        return ""
    if author.get("literal"):
        return _text(author["literal"])
    name = f"{_text(author.get('family'))}, {_text(author.get('given'))}"
    if family_first(name) != name:
        return family_first(name)
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(filter(None, (_text(author.get(part)) for part in parts)))


def _date(value: Any) -> str:
    """Return a date as year, month and day; dates that are only text are returned unchanged."""
    if not isinstance(value, dict):  # a text since CSL 1.1
        return _text(value).partition("/")[0]
    parts = [part for part in _list(next(iter(_list(value.get("date-parts"))), None)) if part]
    if not parts:
        return _text(value.get("raw")) or _text(value.get("literal"))
    year, *rest = (_text(part) for part in parts)
    return "-".join((year.zfill(4), *(part.zfill(2) for part in rest)))
