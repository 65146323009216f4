"""The files of an index: scripts that hand over what they hold, and those into which a large index falls."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.cjk import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TERMS, TEXTS = 16_000, 6_000
"""How many characters a shard of terms, and one of texts, holds, about: a query asks for several of both."""
MOST = 9
"""Up to where it matters how often a text has a term."""


class Postings:
    """In which texts each term is, and how often: lists written short, of which a change touches few."""

    def __init__(self, lists: dict[str, str]) -> None:
        """Take the lists by term."""
        self.lists = lists

    @classmethod
    def of(cls, texts: Iterable[Mapping[str, int]]) -> Postings:
        """Return the lists for texts, numbered from 0, of each how often it has which term."""
        parts: dict[str, list[str]] = defaultdict(list)
        last: dict[str, int] = defaultdict(int)
        for number, counts in enumerate(texts):
            for term, count in counts.items():
                parts[term].append(_part(number - last[term], count))
                last[term] = number
        return cls({term: " ".join(places) for term, places in parts.items()})

    def change(self, number: int, before: Mapping[str, int], now: Mapping[str, int]) -> None:
        """Put one text in the place of another.

        Args:
            number: Its number.
            before: How often it had which term.
            now: How often it has which.
        """
        for term in {*before, *now}:
            if before.get(term) == now.get(term):
                continue
            places = dict(_unpacked(self.lists.get(term, "")))
            places.pop(number, None)
            if term in now:
                places[number] = now[term]
            if places:
                self.lists[term] = _packed(sorted(places.items()))
            else:
                del self.lists[term]


def _packed(places: Iterable[tuple[int, int]]) -> str:
    last = 0
    parts = []
    for number, count in places:
        parts.append(_part(number - last, count))
        last = number
    return " ".join(parts)


def _unpacked(text: str) -> Iterable[tuple[int, int]]:
    number = 0
    for part in text.split():
        distance, _, count = part.partition("*")
        number += int(distance, 36)
        yield number, int(count or 1)


@cache
def _part(distance: int, count: int) -> str:
    """Return a place in a list: how far from the text before, in base 36, and after ``*`` a count above one."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = f"*{min(count, MOST)}" if count > 1 else ""
    while True:
        distance, rest = divmod(distance, 36)
        text = digits[rest] + text
        if not distance:
            return text


def split(texts: list[str], postings: Postings, files: dict[str, str]) -> dict[str, Any]:
    """Add files that hold texts and their terms, for a query to ask for; return what the core has to know of them."""
    chunks: list[list[str]] = [[]]
    filled = 0
    for text in texts:
        if filled > TEXTS:
            chunks.append([])
            filled = 0
        chunks[-1].append(text)
        filled += len(text)
    core: dict[str, Any] = {"texts": []}
    first = 0
    for chunk in chunks:
        core["texts"].append([first, add(files, "texts", chunk)])
        first += len(chunk)
    # Single Han characters are long lists that only a query of one character asks for: they lie apart.
    single = {term for term in postings.lists if HAN.fullmatch(term) and len(term) == 1}
    for kind, chosen in (("terms", postings.lists.keys() - single), ("characters", single)):
        lists = {term: postings.lists[term] for term in sorted(chosen)}
        size = sum(len(term) + len(numbers) for term, numbers in lists.items())
        shards: list[dict[str, str]] = [{} for _shard in range(max(1, -(-size // TERMS)))]
        for term, numbers in lists.items():
            shards[ord(term[0]) % len(shards)][term] = numbers
        core[kind] = [add(files, kind, shard) for shard in shards]
    return core


def add(files: dict[str, str], kind: str, content: Any) -> str:
    """Add a file whose name changes with its content, so that core and shards always fit; return the name."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    name = f"{kind}-{hashlib.sha256(body.encode()).hexdigest()[:12]}.js"
    files[name] = f'folioSearch.shard("{name}",{body});\n'
    return name


def call(method: str, content: Any) -> str:
    """Return a script that calls a method of the search on the page."""
    return f"folioSearch.{method}({json.dumps(content, ensure_ascii=False, separators=(',', ':'))});\n"
