"""The data of the script that compares a posting in the page: patterns, vocabulary, and what the portfolio has.

The script (``script/*.js``) is a port of the modules of this package. It uses their patterns, by name, so that there is
only one table of them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio.matching import (
    conditions,
    fluency,
    language,
    open_names,
    reading,
    requirements,
    sections,
    traditional_text,
    years,
)
from sphinx_folio.matching.comparison import NEAR, VALUES, Holdings, person_facts, status_of
from sphinx_folio.matching.shards import NUMBER, shards_of
from sphinx_folio.matching.traditional_text import conversions
from sphinx_folio.vocabulary import concepts, finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx_folio.matching.comparison import HeldSkill
    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.vocabulary import Vocabulary

FILES = (
    *("text", "traditional_text", "finder", "sections", "conditions", "years", "open_names", "requirements"),
    "comparison",
)
"""The files of the script that need no document, so that tests can run them outside of a browser."""
MOST_HELD = 3
"""The number of skills of the portfolio that a row names."""
_MODULES = (
    *(concepts, finding, sections, conditions, years, open_names, requirements, reading, language),
    *(fluency, traditional_text),
)
_SIGNS = {"\x7f": "(?:", "`": "\\"}
_SHARED = (open_names._COMMON, open_names._STOP, conditions._CITY_EN, conditions._CITY_ZH)  # noqa: SLF001  of this package
"""Long parts of several patterns."""
_NAMED = re.compile(r"\(\?<(\w+)>\1\b")
"""A group that begins with its name."""
_NO_SYNTAX = re.compile(r"\\([^\w^$\\.*+?()\[\]{}|/])")
"""Escapes that Python allows and JavaScript does not."""


def script_source(*more: str) -> str:
    """Return the joined content of the files of the script, and of more of its folder."""
    folder = Path(__file__).with_name("script")
    return "".join((folder / f"{stem}.js").read_text(encoding="utf-8") for stem in (*FILES, *more))


def page_data(
    portfolio: Portfolio,
    vocabulary: Vocabulary,
    links: Mapping[str, str],
    duration: Callable[[int], str] = str,
    date_text: Callable[[PartialDate], str] = str,
) -> tuple[dict[str, Any], list[str]]:
    """Return what the script has to know, and what it loads when a posting needs it: shards of the vocabulary.

    The last shard has the conversions of Traditional Chinese.

    Args:
        portfolio: The portfolio.
        vocabulary: Its vocabulary, see :func:`sphinx_folio.matching.comparison.vocabulary_of`.
        links: Key of a skill or a qualification → its address relative to the root of the site.
        duration: Returns a number of months as readers see it.
        date_text: Returns a date as readers see it.
    """
    holdings = Holdings(portfolio, vocabulary)
    skills: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    held: dict[str, str] = {}
    person = person_facts(portfolio)
    durations = {str(person["months"]): duration(person["months"])}
    for key in vocabulary.concepts:
        status, found = status_of(key, holdings)
        for item in found[:MOST_HELD]:
            if item.key not in skills:
                skills[item.key] = len(rows)
                rows.append(_skill_data(item.with_dates(date_text), links.get(item.key, "")))
        if found:
            numbers = [-1 - skills[item.key] if item.is_part else skills[item.key] for item in found[:MOST_HELD]]
            months = max(item.months for item in found) if status != NEAR else 0
            durations[str(months)] = duration(months)
            held[key] = ",".join(map(str, [[*VALUES].index(status), months, *numbers]))
    shards = shards_of(vocabulary, held, open_names.ORDINARY)
    patterns = {name: _in_javascript(value) for name, value in _patterns_in_script()}
    data = {
        "patterns": {name: patterns[name] for name in _close_together(patterns)},
        "shared": [*map(_source, _SHARED)],
        "numbers": years.NUMBERS,
        "most": reading.MAX_CHARACTERS,
        "starts": shards.starts,
        "filter": shards.filter,
        "size": shards.size,
        "inShard": shards.most,
        "conversions": NUMBER,
        "skills": rows,
        "person": person,
        "durations": durations,
    }
    return data, [*shards.texts, conversions()]


def _close_together(patterns: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of patterns so that those that share words follow each other, which compresses better."""
    texts = {name: str(value) for name, value in patterns.items()}
    pieces = {name: {text[at : at + 3] for at in range(len(text) - 2)} for name, text in texts.items()}
    last = min(pieces, key=lambda name: (len(pieces[name]), name))
    while pieces:
        before = pieces.pop(last)
        yield last
        last = max(
            pieces, key=lambda name: (len(pieces[name] & before) / (len(pieces[name]) + 3) ** 0.6, name), default=""
        )


def _skill_data(item: HeldSkill, link: str) -> dict[str, Any]:
    return {
        "key": item.key,
        "name": item.name,
        "link": link,
        "status": item.status,
        "proofs": len(item.proofs),
        "shownIn": [] if item.proofs else list(item.shown_in[:2]),
    }


def _patterns_in_script() -> Iterator[tuple[str, Any]]:
    """Yield the patterns of the modules that the script names, as ``P.NAME``.

    Raises:
        ValueError: Two modules have different patterns of one name, or none has it.
    """
    found: dict[str, Any] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            table = [*value.items()] if isinstance(value, dict) else value
            is_pattern = isinstance(value, re.Pattern) or _is_table(table)
            if is_pattern and found.setdefault(name.lstrip("_"), table) != table:
                raise ValueError(f"two patterns are named {name}")
    names = sorted(set(re.findall(r"\bP\.([A-Z_]+)", script_source("field"))))
    if missing := [name for name in names if name not in found]:
        raise ValueError(f"no such pattern: {', '.join(missing)}")
    return ((name, found[name]) for name in names)


def _is_table(value: object) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(row, tuple) and len(row) == 2 and isinstance(row[1], re.Pattern) for row in value)  # noqa: PLR2004
    )


def _in_javascript(value: Any) -> Any:
    """Return the source of a pattern, or a table of names and sources.

    At its end is ``/i`` if case is ignored, and ``/a`` if only ASCII characters are letters. ``§`` and a number stand
    for a shared part, ``¶`` and a name for the start of a group, which makes the script smaller.
    """
    if isinstance(value, re.Pattern):
        source = _source(value.pattern)
        for number, part in enumerate(map(_source, _SHARED)):
            source = source.replace(part, f"§{number}")
        flags = ("i" if value.flags & re.IGNORECASE else "") + ("a" if value.flags & re.ASCII else "")
        return f"{source}/{flags}" if flags else source
    return [[name, _in_javascript(pattern)] for name, pattern in value]


def _source(pattern: str) -> str:
    """Return the source of a pattern as the script reads it: two signs stand for what is frequent.

    Raises:
        ValueError: It has a sign that stands for something else.
    """
    source = _NO_SYNTAX.sub(r"\1", pattern.replace("(?P<", "(?<"))
    if any(sign in source for sign in (*_SIGNS, "§", "¶")):
        raise ValueError(f"a sign stands for something else in the script: {pattern}")
    for sign, meaning in _SIGNS.items():
        source = source.replace(meaning, sign)
    return _NAMED.sub(r"¶\1", source)
