"""The files of an index: scripts that hand over what they hold, and those into which a large index falls."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from typing import Any

from sphinx_folio.han import HAN
from sphinx_folio.search.terms import terms_of

TERMS, TEXTS = 16_000, 6_000
"""How many characters a shard of terms, and one of texts, holds, about: a query asks for several of both."""


def split(core: dict[str, Any], files: dict[str, str]) -> None:
    """Move texts and their terms out of the core, into files that a query asks for."""
    records = core["records"]
    postings: dict[str, list[int]] = defaultdict(list)
    chunks: list[list[str]] = [[]]
    filled = 0
    for number, row in enumerate(records):
        text = row[5]
        counts = Counter(terms_of(text))
        for term, count in counts.items():
            postings[term] += (number, min(count, 9))
        if filled > TEXTS:
            chunks.append([])
            filled = 0
        chunks[-1].append(text)
        filled += len(text)
        row[5] = sum(counts.values())
    core["texts"] = []
    first = 0
    for chunk in chunks:
        core["texts"].append([first, add(files, "texts", chunk)])
        first += len(chunk)
    # Single Han characters are long lists that only a query of one character asks for: they lie apart.
    single = {term for term in postings if HAN.fullmatch(term) and len(term) == 1}
    for kind, chosen in (("terms", postings.keys() - single), ("characters", single)):
        lists = {term: packed(postings[term]) for term in sorted(chosen)}
        size = sum(len(term) + len(numbers) for term, numbers in lists.items())
        shards: list[dict[str, str]] = [{} for _shard in range(max(1, -(-size // TERMS)))]
        for term, numbers in lists.items():
            shards[ord(term[0]) % len(shards)][term] = numbers
        core[kind] = [add(files, kind, shard) for shard in shards]


def packed(numbers: list[int]) -> str:
    """Write records and counts short: the distance to the record before in base 36, ``*`` and a count above one."""
    last = 0
    parts = []
    for record, count in zip(numbers[::2], numbers[1::2], strict=True):
        parts.append(_base36(record - last) + (f"*{count}" if count > 1 else ""))
        last = record
    return " ".join(parts)


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while True:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
        if not number:
            return text


def add(files: dict[str, str], kind: str, content: Any) -> str:
    """Add a file whose name changes with its content, so that core and shards always fit; return the name."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    name = f"{kind}-{hashlib.sha256(body.encode()).hexdigest()[:12]}.js"
    files[name] = call("shard", name, content)
    return name


def call(method: str, *arguments: Any) -> str:
    """Return a script that calls a method of the search on the page."""
    written = ",".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in arguments)
    return f"folioSearch.{method}({written});\n"
