"""Collect the fields of a résumé that no page contains, for the file that gives them back to ``resume.json``."""

from __future__ import annotations

import re
from math import isinf
from typing import TYPE_CHECKING, Any

from sphinx_folio.cli.importing.items import Number
from sphinx_folio.export.formats.json_resume import ON_PAGE, SECTIONS
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

MAX_DIGITS = 300
"""The maximum length of a number."""
_SECTION = re.compile(rf"(?:{'|'.join(SECTIONS)}|{X_FOLIO}\.\w+)\[\d+\]")
_INDEX = re.compile(r"\[(\d+)\]")


def kept_fields(source: Any, paths: Iterable[str], keys: Mapping[str, str], on_page: Container[str]) -> dict[str, Any]:
    """Return a JSON Resume with only some fields of another one.

    An item of a list that became an entry is reduced to its key and these fields; any other item is kept whole. In a
    section of entries, it has an empty ``x-folio``, so that it is not taken for one of them.

    Args:
        source: The whole résumé.
        paths: The paths of the fields, such as ``work[0].x-team``.
        keys: Path of an item → key of its entry.
        on_page: The paths of fields that a page has only as text. The names of these fields are in the list ``on-page``
            of the ``x-folio`` of their object; of an item that is kept whole, the list has all its names.
    """
    kept: dict[str, Any] = {}
    items: dict[str, Any] = {}
    for path in paths:
        found = _add(kept, source, _steps(source, path) or [], keys, items)
        if found and path in on_page:
            _mark(*found)
    return kept


def _mark(target: dict[str, Any], names: Iterable[str]) -> None:
    """Mark fields of an object as those that a page has only as text."""
    if not isinstance(target.get(X_FOLIO), dict):
        target[X_FOLIO] = {}
    marked = target[X_FOLIO].setdefault(ON_PAGE, [])
    marked += [name for name in names if name not in {*marked, X_FOLIO}]


def _steps(value: Any, path: str) -> list[str | int] | None:
    """Return the names and indices that a path consists of; None if it leads nowhere. A name may contain dots."""
    if not path:
        return []
    parts: list[tuple[str | int, str]] = []
    if isinstance(value, list) and (index := _INDEX.match(path)):
        parts = [(int(index[1]), path[index.end() :])]
    elif isinstance(value, dict):
        parts = [(name, path.removeprefix(name)) for name in value if path.startswith(name)]
    for step, rest in parts:
        found = _steps(value[step], rest.removeprefix(".")) if rest[:1] in {"", ".", "["} else None
        if found is not None:
            return [step, *found]
    return None


def _add(
    target: Any, source: Any, steps: list[str | int], keys: Mapping[str, str], items: dict[str, Any]
) -> tuple[dict[str, Any], list[str]] | None:
    """Add the field at a path, and return the object that has it and its names there; None if it is in no object.

    ``items`` are the items of lists that have been added, by path.
    """
    path, found = "", None
    for place, step in enumerate(steps):
        source = source[step]
        is_last = place == len(steps) - 1
        if isinstance(step, str):
            path = f"{path}.{step}".lstrip(".")
            found = target, [step]
            empty: Any = [] if not is_last and isinstance(steps[place + 1], int) else {}
            target = target.setdefault(step, _plain(source) if is_last else empty)
            continue
        path += f"[{step}]"
        is_entry = path in keys and not is_last
        if path not in items:
            items[path] = {X_FOLIO: {"key": keys[path]}} if is_entry else _plain(source)
            if not is_entry and isinstance(source, dict) and _SECTION.fullmatch(path):
                items[path] = {X_FOLIO: {}} | items[path]
            target.append(items[path])
        if not is_entry:
            return (items[path], [*source]) if isinstance(source, dict) and is_last else found
        target = items[path]
    return found


def _plain(value: Any) -> Any:
    """Return a value with ordinary numbers; one that JSON readers would round or refuse stays a text."""
    if isinstance(value, Number):
        found = float(value)
        return (
            str(value) if isinf(found) or len(value) > MAX_DIGITS else found if set(value) & set(".eE") else int(value)
        )
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
