"""Add the fields of another JSON Resume to one that comes from the pages.

A page says some things in one way only: without HTML, with dates in ISO 8601 and complete addresses, and with one word
for each skill. Where the other JSON Resume has the same content in the words of its author, these are given back; where
a page says something else, it has been changed since, and the page is right. What a page has only as text is given back
as long as the page says so, and a translation has no texts in the language of the source.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sphinx_folio.export.formats.json_resume import ON_PAGE
from sphinx_folio.export.formats.json_resume_values import distinct_place, parse_date, without_html, without_remark
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COMMA = re.compile("[,，、]")
_MARK = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\)|[*_`]")
_ADDRESS = re.compile(r"\S*(?:://|@|\w\.\w)\S*")
_NAMES = frozenset({"key", "meta", "network", "username", "authors"})
"""The fields that are the same in every language."""
_PROSE = "highlights"
"""The lists of sentences: one that a page does not have has been changed there."""


def with_extra(
    data: dict[str, Any], extra: Mapping[str, Any], page: str = "", *, is_translation: bool = False
) -> dict[str, Any]:
    """Return a JSON Resume with the fields of another one that it does not have itself.

    Items of lists belong together if their ``x-folio`` objects have the same key or, if the other item has none, if all
    fields that both have say the same; of profiles, the address is enough. An item with an empty ``x-folio`` belongs to
    no other one. Other items are appended, except those with a key, whose entry the author has deleted. Of values that
    say the same, the other one is given back, such as a more precise date.

    Args:
        data: The JSON Resume of the pages.
        extra: The other one. The list ``on-page`` in the ``x-folio`` of an object names those of its fields that a page
            has only as text; they are left out if no page says the same anymore.
        page: The text of the page of the résumé.
        is_translation: Whether the language of the build is not that of the other one; then its texts are left out,
            unless a page has them, too.
    """
    known = "".join(map(_letters, (page, *_texts(data))))
    extra = _valid_fields(dict(extra), known, is_checked=False, is_translation=is_translation)
    words = {
        word.casefold(): str(skill["name"]).casefold()
        for skill in data.get("skills", [])
        for word in skill.get("keywords", [])
    }
    merged: dict[str, Any] = _merged(data, extra, "", words)
    return merged


def _valid_fields(fields: dict[str, Any], known: str, *, is_checked: bool, is_translation: bool) -> dict[str, Any]:
    """Return an object without the texts that no page says anymore.

    Args:
        fields: The object.
        known: The letters and digits of the pages.
        is_checked: Whether a page must say the texts of all fields; otherwise, those of the list ``on-page``.
        is_translation: Whether the language of the build is another one.
    """
    extension = fields.get(X_FOLIO)
    on_page = extension.get(ON_PAGE, []) if isinstance(extension, dict) else []
    kept: dict[str, Any] = {}
    for name, value in fields.items():
        if name == X_FOLIO and isinstance(value, dict):
            kept[name] = _valid_fields(value, known, is_checked=False, is_translation=is_translation)
        elif name in _NAMES:
            kept[name] = value
        elif name != ON_PAGE:
            kept[name] = _valid(value, known, is_checked=is_checked or name in on_page, is_translation=is_translation)
    return {name: value for name, value in kept.items() if value is not None}


def _valid(value: Any, known: str, *, is_checked: bool, is_translation: bool) -> Any:
    """Return a value like :func:`_valid_fields`; None if it had texts, and has none anymore.

    An object without a key in a list is left out if most of its texts are.
    """
    if isinstance(value, dict):
        kept = _valid_fields(value, known, is_checked=is_checked, is_translation=is_translation)
        return kept if _key_of(value) or _number_of_texts(kept) or not _number_of_texts(value) else None
    if isinstance(value, list):
        found = []
        for part in value:
            must_check = is_checked and isinstance(part, str)
            left = _valid(part, known, is_checked=must_check, is_translation=is_translation)
            if _key_of(part) or 2 * _number_of_texts(left) >= _number_of_texts(part):
                found.append(left)
        return found or (None if value else value)
    if not isinstance(value, str) or not _is_text(value):
        return value
    is_date = parse_date(without_remark(" ".join(value.split()))) is not None
    must_be_shown = is_translation or (is_checked and not is_date)
    is_shown = any(_letters(form) in known for form in _forms_of_text(value))
    return value if is_shown or not must_be_shown else None


def _number_of_texts(value: Any) -> int:
    plain = {name: part for name, part in value.items() if name != X_FOLIO} if isinstance(value, dict) else value
    return len([*filter(_is_text, _texts(plain))]) if plain is not None else 0


def _is_text(text: str) -> bool:
    """Return whether a text has words of a language: it is not a number, an abbreviation or an address."""
    return any(sign.isalpha() and not sign.isupper() for sign in text) and not _ADDRESS.fullmatch(text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _merged(own: Any, extra: Any, field: str, words: Mapping[str, str]) -> Any:
    if isinstance(own, dict) and isinstance(extra, dict):
        if field == "location" and {"city"} <= own.keys() & extra.keys():  # a page has the place as one text
            return own | extra if _says(extra, own["city"]) else own
        known = {name: type(value)() for name, value in extra.items() if isinstance(value, dict | list)} | own
        merged = {
            name: _merged(known[name], value, name, words) if name in known else value for name, value in extra.items()
        }
        return own | {name: value for name, value in merged.items() if value or value == extra[name]}
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
    return _in_order([merged[place] for place in sorted(merged)], others)


def _in_order(own: list[Any], others: list[Any]) -> list[Any]:
    """Return items with others; one with a start is before the first of the own ones that started earlier."""
    starts = [(_start_of(item), number) for number, item in enumerate(own)]
    found: list[tuple[int, int, Any]] = [(number, 1, item) for number, item in enumerate(own)]
    for item in others:
        start = _start_of(item)
        place = next((number for known, number in starts if start and known and known < start), len(own))
        found.append((place, 0, item))
    return [item for _place, _is_own, item in sorted(found, key=lambda part: part[:2])]


def _start_of(item: Any) -> str:
    """Return the date of the start of an item (ISO 8601); empty if it has none."""
    text = item.get("startDate") if isinstance(item, dict) else None
    date = parse_date(without_remark(" ".join(text.split()))) if isinstance(text, str) else None
    return str(date or "")


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
        yield from (*_forms_of_text(value), f"https://{value}")
        date = parse_date(without_remark(" ".join(value.split())))
        if date and f"{date}-".startswith(f"{own}-"):
            yield own
    elif isinstance(value, dict | list):
        parts = list(_texts(value))
        yield from (
            *(parts if isinstance(value, dict) else ()),
            "".join(parts),
            ", ".join(parts),
            distinct_place(", ".join(parts)),
        )
    elif value is not None:
        yield json.dumps(value)


def _forms_of_text(text: str) -> tuple[str, ...]:
    """Return a text as it is, without HTML, and without Markdown."""
    return text, without_html(text), _MARK.sub(r"\1", without_html(text, markdown=True))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
    elif value is not None:
        yield json.dumps(value)


def _without_mark(item: Any) -> Any:
    """Return an item without the empty ``x-folio`` that says that it is not an entry."""
    is_marked = isinstance(item, dict) and item.get(X_FOLIO) == {}
    return {name: part for name, part in item.items() if name != X_FOLIO} if is_marked else item


def _key_of(item: Any) -> str:
    extension = item.get(X_FOLIO) if isinstance(item, dict) else None
    return str(extension.get("key", "")) if isinstance(extension, dict) else ""
