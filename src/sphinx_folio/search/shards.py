"""Postings lists, and the shards of a split index: files that the browser loads when a query needs them.

A postings list contains the texts that contain a term, and the number of occurrences in each. It is a string of entries
separated by spaces. An entry is the distance from the previous text (or from text 0), in base 36, followed by
``*`` and the number of occurrences unless that is one: ``1 1*2 15*9`` means once in text 1, twice in text 2, and at
least nine times in text 43; ``*0`` means that all occurrences are accidents, ``*-1`` that all are negated or
accidents (see :mod:`~sphinx_folio.search.borders`).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.cjk import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TERMS_SHARD_SIZE, TEXTS_SHARD_SIZE = 16_000, 6_000
"""The approximate size of a shard in characters; a query usually needs several of both sorts."""
COMMON = 20
"""Pairs of Han characters are common if more than one in this number of texts has them."""
MAX_COUNT = 9
"""Higher counts are stored as this one: they hardly change the ranking."""


class Postings:
    """The postings lists of all terms."""

    def __init__(self, lists: dict[str, str]) -> None:
        """Set the postings lists by term; :meth:`change` modifies this dictionary."""
        self.lists = lists

    @classmethod
    def of(cls, texts: Iterable[Mapping[str, int]]) -> Postings:
        """Return the lists for texts; each text is a mapping from term to number of occurrences."""
        entries: dict[str, list[str]] = defaultdict(list)
        last: dict[str, int] = defaultdict(int)
        for number, counts in enumerate(texts):
            for term, count in counts.items():
                entries[term].append(_entry(number - last[term], count))
                last[term] = number
        return cls({term: " ".join(items) for term, items in entries.items()})

    def change(self, number: int, before: Mapping[str, int], after: Mapping[str, int]) -> None:
        """Replace a text; only the lists of terms whose counts differ are changed.

        Args:
            number: The number of the text.
            before: Term → number of occurrences in the old text.
            after: The same for the new text.
        """
        for term in {*before, *after}:
            if before.get(term) == after.get(term):
                continue
            counts = dict(_decoded(self.lists.get(term, "")))
            counts.pop(number, None)
            if term in after:
                counts[number] = after[term]
            if counts:
                self.lists[term] = _encoded(sorted(counts.items()))
            else:
                del self.lists[term]


def _encoded(counts: Iterable[tuple[int, int]]) -> str:
    last = 0
    entries = []
    for number, count in counts:
        entries.append(_entry(number - last, count))
        last = number
    return " ".join(entries)


def _decoded(postings_list: str) -> Iterable[tuple[int, int]]:
    number = 0
    for entry in postings_list.split():
        distance, _, count = entry.partition("*")
        number += int(distance, 36)
        yield number, int(count or 1)


@cache
def _entry(distance: int, count: int) -> str:
    """Return one entry of a postings list."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = f"*{min(count, MAX_COUNT)}" if count != 1 else ""
    while True:
        distance, rest = divmod(distance, 36)
        text = digits[rest] + text
        if not distance:
            return text


def split_texts(texts: list[tuple[str, str]], files: dict[str, str], *, is_split: bool) -> list[Any]:
    """Add files with texts, one if the index is not split; return the number of the first text and the name of each.

    Args:
        texts: The texts, each with the terms that it has by accident.
        files: File name → content.
        is_split: Whether the index is split.
    """
    chunks: list[list[tuple[str, str]]] = [[]]
    size = 0
    for text in texts:
        if is_split and size > TEXTS_SHARD_SIZE:
            chunks.append([])
            size = 0
        chunks[-1].append(text)
        size += len(text[0])
    named = []
    first = 0
    for chunk in chunks:
        named.append([first, add_shard(files, "texts", texts_content(chunk))])
        first += len(chunk)
    return named


def texts_content(texts: list[tuple[str, str]]) -> list[Any]:
    """Return the content of a file with texts."""
    return [[text for text, _ in texts], {number: terms for number, (_, terms) in enumerate(texts) if terms}]


def split_postings(postings: Postings, files: dict[str, str], count: int) -> dict[str, Any]:
    """Add shards with postings lists to the files; return the keys of the core that describe them.

    Args:
        postings: The postings lists.
        files: File name → content.
        count: The number of texts.
    """
    common = ""
    sorts: dict[str, dict[str, str]] = {"terms": {}, "characters": {}, "pairs": {}}
    for term in sorted(postings.lists):
        postings_list = postings.lists[term]
        if " " in term:
            sorts["pairs"][term] = postings_list
        elif len(term) == 1 and HAN.match(term):  # has a long list that only queries of one character need
            sorts["characters"][term] = postings_list
        else:
            sorts["terms"][term] = postings_list
            if len(term) == 2 and postings_list.count(" ") * COMMON > count and HAN.match(term):  # noqa: PLR2004
                common += term
    core: dict[str, Any] = {"common": common}
    for name, lists in sorts.items():
        size = sum(len(term) + len(postings_list) for term, postings_list in lists.items())
        shards: list[dict[str, str]] = [{} for _shard in range(max(1, -(-size // TERMS_SHARD_SIZE)))]
        for term, postings_list in lists.items():
            shards[_shard_number(term) % len(shards)][term] = postings_list
        core[name] = [add_shard(files, name, shard) for shard in shards]
    return core


def _shard_number(term: str) -> int:
    """Return a number that decides in which shard a term is; the browser computes the same.

    All terms with the same first letter are in one shard, so that prefixes can be looked up. Two neighboring words are
    spread by the first and two letters of the second, because a reader may not have typed more.
    """
    first, space, second = term.partition(" ")
    if not space:
        return ord(first[0])
    number = 0
    for character in f"{first} {second[:2]}":
        number = (number * 31 + ord(character)) & 0xFFFFFFFF
    return number


def add_shard(files: dict[str, str], prefix: str, content: Any) -> str:
    """Add a file that passes content to the engine; return its name, which has the prefix and a hash of the content."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    name = f"{prefix}-{hashlib.sha256(body.encode()).hexdigest()[:12]}.js"
    files[name] = f'folioSearch.shard("{name}",{body});\n'
    return name


def script_calling(method: str, argument: Any) -> str:
    """Return a script that calls a method of ``folioSearch`` with data as JSON."""
    return f"folioSearch.{method}({json.dumps(argument, ensure_ascii=False, separators=(',', ':'))});\n"
