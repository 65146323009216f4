"""The vocabulary of the page in shards. A page loads the shards with names that a posting may have.

A shard has the names with certain starts (see :func:`sphinx_folio.vocabulary.finding.start_of`), in alphabetical order.
A list of the hashes of all starts tells the page which words of a posting can begin a name at all, so that it loads no
shard for ordinary words.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.vocabulary.concepts import TOKEN, normalized, squashed
from sphinx_folio.vocabulary.finding import carried_by, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_folio.vocabulary import Concept, Vocabulary

NUMBER = 560
"""How many shards there are: with more, a page loads less, in more requests."""
RANGE = 11
"""How many hashes there can be for each start; one in so many other words has the hash of a start by chance."""
_TRIES = 50
"""How many numbers of hashes are tried, so that few words of every posting have the hash of a start."""
ALPHABET = "Btnsrouelcib0fad1CpSAhmwgExNPLMkvyODIzRT2HFjUGKW4ZqJ369V_YQ587X-~"
"""The characters of the filter, for the distances 0, 1, 2 and so on, ordered so that the script is small."""
SHARED = " ,;:."
"""The characters that begin a separator: one that begins like the one before, in 0, 1, 2, 3 or 4 characters."""
_MARKS = {"never": "n", "alone": "a", "alternatives": "p", "products": "m", "": ""}


class Shards(NamedTuple):
    """The vocabulary of the page."""

    texts: list[str]
    """The lines of each shard, see :func:`_text`."""
    starts: str
    """The shortest text that separates the starts in each shard but the first one from those before, see
    :func:`_joined`."""
    most: int
    """How many concepts are at home in one shard at most."""
    filter: str
    """The hashes of all starts, see :func:`filter_of`."""
    size: int
    """How many hashes there can be."""


def shards_of(vocabulary: Vocabulary, held: Mapping[str, str], ordinary: str) -> Shards:
    """Return the shards of a vocabulary.

    A concept is at home in the shard of its display name. The numbers of those in a shard follow each other; the first
    is that of the shard times the most that one shard has.

    Args:
        vocabulary: The vocabulary.
        held: Key of a concept → what the portfolio has of it, as the script reads it.
        ordinary: Text with ordinary words of postings.
    """
    names = [
        (start_of(squashed(name)), concept.key, written, name)
        for concept in sorted(vocabulary.concepts.values(), key=lambda concept: (squashed(concept.name), concept.key))
        for written, name in _names(concept)
    ]
    sizes = Counter[str]()
    for start, _key, written, _name in names:
        sizes[start] += len(written) + 1
    places, firsts = _places_of(sizes)
    homes = [
        (places[start_of(squashed(concept.name))], squashed(concept.name), key)
        for key, concept in vocabulary.concepts.items()
    ]
    most = max(Counter(place for place, _name, _key in homes).values(), default=1)
    numbers = {
        key: place * most + index
        for place, group in groupby(sorted(homes), key=itemgetter(0))
        for index, (_place, _name, key) in enumerate(group)
    }
    groups: list[dict[str, list[str]]] = [{} for _number in range(NUMBER)]
    for start, key, written, name in names:
        carried = ",".join(str(numbers[other]) for other in carried_by(vocabulary, key, name))
        groups[places[start]].setdefault(key, []).append(f"{written}^{carried}" if carried else written)
    home_of = {key: place for place, _name, key in homes}
    size = _size(set(sizes), ordinary)
    texts = [_text(place, group, vocabulary, numbers, home_of, held) for place, group in enumerate(groups)]
    return Shards(
        texts=texts,
        starts=_joined(firsts),
        most=most,
        filter=filter_of([*sizes], size),
        size=size,
    )


def _places_of(sizes: Mapping[str, int]) -> tuple[dict[str, int], list[str]]:
    """Return the shard of each start, so that all are about equally large, and what separates the shards."""
    places: dict[str, int] = {}
    firsts: list[str] = []
    before, total, above = 0, sum(sizes.values()), ""
    for start in sorted(sizes):
        places[start] = before * NUMBER // total
        separator = next(start[:end] for end in range(1, len(start) + 1) if start[:end] > above)
        firsts += [separator] * (places[start] - len(firsts))
        before += sizes[start]
        above = start
    return places, firsts


def _joined(separators: list[str]) -> str:
    """Return sorted separators, each without the characters with which the one before begins, too."""
    texts, above = [], ""
    for separator in separators:
        same = max(end for end in range(len(SHARED)) if separator[:end] == above[:end] and end <= len(above))
        texts.append(SHARED[same] + separator[same:])
        above = separator
    return "".join(texts)


def _names(concept: Concept) -> Iterator[tuple[str, str]]:
    """Yield the names of a concept as in a line, and plain, the display name first.

    ``=`` begins a name that counts only in this case, ``?`` one that needs a context. Names that differ only in
    separators are left out.
    """
    seen: set[object] = set()
    found = []
    for name in concept.plain_names():
        form = (*(token.casefold() for token in TOKEN.findall(normalized(name))), "/" in name)
        if form not in seen:
            found.append((name, name))
        seen.add(form)
    found += [(f"={name}", name) for name in concept.exact]
    found += [(f"?{name}", name) for name in concept.in_context]
    return iter(sorted(found, key=lambda item: item[1] != concept.name))


def _text(
    place: int,
    group: Mapping[str, list[str]],
    vocabulary: Vocabulary,
    numbers: Mapping[str, int],
    home_of: Mapping[str, int],
    held: Mapping[str, str],
) -> str:
    """Return the lines of a shard: its concepts, an empty line, and names of concepts of other shards.

    The line of a concept has its names, the display name first; its marks; those broader concepts that the script asks
    for: categories, which count alone, and those whose parts replace each other; and what is held. The number *n* of a
    broader concept that is not directly above is written as *-1 - n*. After ``^`` are the numbers of the concepts that
    a name carries. The other lines begin with the number of the concept, minus that of the line above.
    """
    lines, others, before = [], [], 0
    for key in sorted(group, key=numbers.__getitem__):
        concept = vocabulary.concepts[key]
        names = "|".join(group[key])
        if home_of[key] != place:
            others.append(f"{numbers[key] - before}\t{names}")
            before = numbers[key]
            continue
        categories = {other for other in vocabulary.broader_than(key) if vocabulary.concepts[other].asked == "alone"}
        direct = [other for other in concept.broader if other in categories | vocabulary.alternatives(key)]
        broader = [str(numbers[other]) for other in direct]
        broader += [str(-1 - number) for number in sorted(numbers[other] for other in categories - {*direct})]
        marks = _MARKS[concept.asked] + _MARKS[concept.parts]
        lines.append("\t".join([names, marks, ",".join(broader), held.get(key, "")]).rstrip("\t"))
    return "\n\n".join(("\n".join(lines), "\n".join(others)))


def _size(starts: set[str], ordinary: str) -> int:
    """Return a number of hashes with which few of the ordinary words of postings have the hash of a start."""
    words = {start_of(word) for word in _WORDS.findall(ordinary)} - starts
    hashes, others = [*map(_hash, starts)], [*map(_hash, words)]
    least = RANGE * len(starts)

    def collisions(size: int) -> int:
        taken = {number % size for number in hashes}
        return sum(number % size in taken for number in others)

    return min(range(least, least + _TRIES), key=collisions)


_WORDS = re.compile("[a-z]{3,}")


def filter_of(starts: list[str], size: int) -> str:
    """Return the sorted hashes of starts as the distances between them, a character each.

    The last character of the alphabet adds its number to the distance that follows.
    """
    places = sorted({_hash(start) % size for start in starts})
    most = len(ALPHABET) - 1
    distances = (place - before for before, place in pairwise([0, *places]))
    return "".join(ALPHABET[most] * (distance // most) + ALPHABET[distance % most] for distance in distances)


def _hash(text: str) -> int:
    """Return the FNV-1a hash of characters."""
    number = 2_166_136_261
    for character in text:
        number = (number ^ ord(character)) * 16_777_619 & 0xFFFF_FFFF
    return number
