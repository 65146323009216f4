"""Add the fields of another JSON Resume to one that comes from the pages.

A page says some things in one way only: without HTML, with dates in ISO 8601 and complete addresses, and with one word
for each skill. Where the other JSON Resume has the same content in the words of its author, these are given back; where
a page says something else, it has been changed since, and the page is right.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sphinx_folio.export.formats.json_resume_values import parse_date, without_html, without_remark
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COMMA = re.compile("[,，、]")
_MARK = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\)|[*_`]")
_PROSE = "highlights"
"""The lists of sentences: one that a page does not have has been changed there."""


def with_extra(data: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return a JSON Resume with the fields of another one that it does not have itself.

    Items of lists belong together if their ``x-folio`` objects have the same key or, if the other item has none, if all
    fields that both have say the same; of profiles, the address is enough. An item with an empty ``x-folio`` belongs to
    no other one. Other items are appended, except those with a key, whose entry the author has deleted. Of values that
    say the same, the other one is given back, such as a more precise date.
    """
    words = {
        word.casefold(): str(skill["name"]).casefold()
        for skill in data.get("skills", [])
        for word in skill.get("keywords", [])
    }
    merged: dict[str, Any] = _merged(data, extra, "", words)
    return merged


def _merged(own: Any, extra: Any, field: str, words: Mapping[str, str]) -> Any:
    if isinstance(own, dict) and isinstance(extra, dict):
        if field == "location" and {"city"} <= own.keys() & extra.keys():  # a page has the place as one text
            return own | extra if _says(extra, own["city"]) else own
        return own | {
            name: _merged(own[name], value, name, words) if name in own else value for name, value in extra.items()
        }
    if isinstance(own, list) and isinstance(extra, list):
        return _merged_lists(own, extra, field, words)
    return extra if _says(extra, own) else own


def _merged_lists(own: list[Any], extra: list[Any], field: str, words: Mapping[str, str]) -> list[Any]:
    left, others = dict(enumerate(own)), []
    merged: dict[int, Any] = dict(left)
    for item in extra:
        places = [place for place, known in left.items() if _are_same(known, item, words)]
        if not isinstance(item, str) or any(_says(item, left[place]) for place in places):
            del places[1:]
        for place in places:
            del left[place], merged[place]
        if places:
            merged[places[0]] = _with_author_words(own[places[0]], item, words)
        elif not (_key_of(item) or (field == _PROSE and isinstance(item, str) and own)):
            others.append(_without_mark(item))
    return [merged[place] for place in sorted(merged)] + others


def _with_author_words(own: Any, extra: Any, words: Mapping[str, str]) -> Any:
    """Return an item of a list; a profile has its network and the name of its user in the words of the author."""
    if not (isinstance(own, dict) and isinstance(extra, dict)):
        return extra
    return _merged(own, extra, "", words) if _key_of(own) else own | extra


def _are_same(own: Any, extra: Any, words: Mapping[str, str]) -> bool:
    """Return whether items have the same key or, if the other has no key, do not contradict each other."""
    if isinstance(own, str):
        is_word = isinstance(extra, str) and words.get(extra.casefold()) == own.casefold()
        is_part = isinstance(extra, str) and own in map(str.strip, _COMMA.split(extra))
        return is_word or is_part or _says(extra, own)
    if not (isinstance(own, dict) and isinstance(extra, dict)):
        return bool(own == extra)
    if X_FOLIO in extra:
        return _key_of(own) == _key_of(extra)
    shared = own.keys() & extra.keys()
    if "url" in shared and not _key_of(own):
        shared = {"url"}
    return bool(shared) and all(own[name] == extra[name] or _says(extra[name], own[name]) for name in shared)


def _says(extra: Any, own: Any) -> bool:
    """Return whether a value of an author is what a page says, apart from white space."""
    if isinstance(own, list):
        own = ", ".join(filter(lambda text: isinstance(text, str), own))
    if not isinstance(own, str):
        return False
    known = "".join(own.split()).casefold()
    return any("".join(form.split()).casefold() == known for form in _forms(extra, own))


def _forms(value: Any, own: str) -> Iterator[str]:
    """Yield the forms in which a page can have a value, if it has ``own``."""
    if isinstance(value, str):
        without_marks = _MARK.sub(r"\1", without_html(value, markdown=True))
        yield from (value, without_html(value), without_marks, f"https://{value}")
        date = parse_date(without_remark(" ".join(value.split())))
        if date and f"{date}-".startswith(f"{own}-"):
            yield own
    elif isinstance(value, dict | list):
        parts = list(_texts(value))
        yield from (*(parts if isinstance(value, dict) else ()), "".join(parts), ", ".join(parts))
    elif value is not None:
        yield json.dumps(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
    elif value is not None:
        yield json.dumps(value)


def _without_mark(item: Any) -> Any:
    """Return an item without the empty ``x-folio`` that says that it is no entry."""
    is_marked = isinstance(item, dict) and item.get(X_FOLIO) == {}
    return {name: part for name, part in item.items() if name != X_FOLIO} if is_marked else item


def _key_of(item: Any) -> str:
    extension = item.get(X_FOLIO) if isinstance(item, dict) else None
    return str(extension.get("key", "")) if isinstance(extension, dict) else ""
