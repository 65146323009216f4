"""The warnings in the output of Sphinx: split, sorted, colored and counted."""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.terminal import styled

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

WARNING = re.compile(r"^(?:(?P<location>.+?): )?(?:WARNING|ERROR|CRITICAL): ", re.MULTILINE)

KIND = re.compile(r"\b(?:WARNING|ERROR|CRITICAL)(?=: )")

COLOR = re.compile(r"\x1b\[[\d;]*m")

MISSING = re.compile(r"WARNING: (?P<string>.*\b(?P<language>\w+)/LC_MESSAGES/.*) \[folio\.untranslated\]")
"""A warning about an untranslated string; the same string may be reported for several lines."""

TRANSLATED = re.compile(r":<translated>:\d*(?=: )")
"""The end of a place in a translated string; before it is the place of the string itself."""

UNTRANSLATED = frozenset({"folio", "folio.*", "folio.untranslated"})
"""The words of ``suppress_warnings`` with which a strict build accepts strings without a translation."""


def records(output: str) -> list[str]:
    """Split the output of Sphinx before each warning; a warning may have several lines."""
    starts = [found.start() for found in WARNING.finditer(output)]
    return [output[start:end] for start, end in pairwise(sorted({0, *starts, len(output)}))]


def not_repeated(warnings: Iterable[str], known: Container[str]) -> list[str]:
    """Return warnings without those about translated strings that are known of the strings themselves."""
    return [
        record for record in warnings if TRANSLATED.sub("", record, 1) not in known or not TRANSLATED.search(record)
    ]


def by_line(warnings: Iterable[str]) -> list[str]:
    """Sort warnings by line within each file, and put missing translations last, after the mistakes of the source.

    Sphinx prints a warning when it is found: unknown keys, for example, only after all pages have been read.
    """
    places: dict[str, int] = {}

    def key(record: str) -> tuple[bool, int, int]:
        location = (found["location"] or "") if (found := WARNING.match(record)) else ""
        path, _colon, line = location.rpartition(":")
        path, number = (path, int(line)) if line.isdecimal() else (location, 0)
        return bool(MISSING.search(record)), places.setdefault(path or record, len(places)), number

    return sorted(warnings, key=key)


def without_colors(text: str) -> str:
    """Return a text without the escape sequences for colors."""
    return COLOR.sub("", text)


def in_color(record: str) -> str:
    """Return a message of Sphinx with its kind in color, if the standard error has colors."""
    return KIND.sub(lambda kind: styled(kind[0], "yellow" if kind[0] == "WARNING" else "red", sys.stderr), record, 1)


def untranslated_lines(warnings: Iterable[str]) -> list[str]:
    """Return a line with the number of untranslated strings in each language and with what to do; none without any."""
    found = map(MISSING.search, warnings)
    strings = {(match["language"], match["string"]) for match in found if match}
    languages = Counter(language for language, _string in strings)
    numbers = [untranslated_message(number, language) for language, number in sorted(languages.items())]
    message = __("%s: run “%s messages” to update the catalogs and list these strings, then translate them.")
    return [str(message) % ("; ".join(numbers), program_name())] if numbers else []


def untranslated_message(number: int, language: str, unsure: int = 0) -> str:
    """Return the first part of a message about untranslated strings.

    Args:
        number: How many strings have no translation.
        language: The language.
        unsure: How many translations are marked as fuzzy; if there are any and no other, only these are named.
    """
    parts = []
    if number == 1:
        parts.append(str(__("1 string has no translation in %s")) % language)
    elif number or not unsure:
        parts.append(str(__("%d strings have no translation in %s")) % (number, language))
    if unsure == 1:
        parts.append(str(__("1 translation in %s is unsure (fuzzy)")) % language)
    elif unsure:
        parts.append(str(__("%d translations in %s are unsure (fuzzy)")) % (unsure, language))
    return "; ".join(parts)


def number_of(warnings: Collection[str]) -> str:
    """Return how many warnings there are, and that errors are among them."""
    heads = [found for found in map(WARNING.match, warnings) if found]
    kinds = {kind[0] for found in heads if (kind := KIND.search(found[0]))}
    number = len(warnings)
    if kinds <= {"WARNING"}:
        return str(__("1 warning")) if number == 1 else str(__("%d warnings")) % number
    return str(__("1 error")) if number == 1 else str(__("%d errors and warnings")) % number
