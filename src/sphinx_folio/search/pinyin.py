"""The pronunciation of the characters in names: ``rongqi`` and ``rq`` find 容器, the homophone 双站 finds 双栈.

The pronunciations are in ``pinyin.txt``, which ``make_pinyin.py`` generates.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_folio._common.cjk import HAN, HAN_CHARACTERS
from sphinx_folio.search.tokenizer import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_RUN = re.compile(rf"(?<![{HAN_CHARACTERS}])[{HAN_CHARACTERS}]{{2,6}}(?![{HAN_CHARACTERS}])")
_SYLLABLES = re.compile("[a-z ]+")
LONGEST_PHRASE = 10
"""The number of characters of the longest phrase in ``pinyin.txt``."""
HOMOPHONES = 1.35
"""The size of the table, relative to the characters in names alone: the rest are homophones of these in the texts."""


@dataclass
class Pronunciations:
    """How characters are read, as syllables without tones, and u for ü."""

    characters: dict[str, str]
    phrases: dict[str, list[str]]
    """Phrases in which a character is read otherwise."""

    @classmethod
    def of(cls, text: str) -> Pronunciations:
        """Parse the content of ``pinyin.txt``."""
        found = cls({}, {})
        for line in text.splitlines():
            syllables = _SYLLABLES.search(line)
            if syllables is None or line.startswith("#"):
                continue
            if syllables.start():
                found.phrases[line[: syllables.start()]] = syllables[0].split()
            else:
                found.characters.update(dict.fromkeys(line[syllables.end() :], syllables[0]))
        return found

    def read(self, text: str) -> list[str]:
        """Return a syllable for each character, an empty one if it is unknown. The longest phrases come first."""
        found: list[str] = []
        while len(found) < len(text):
            start = len(found)
            parts = (text[start : start + length] for length in range(LONGEST_PHRASE, 1, -1))
            phrase = next((part for part in parts if part in self.phrases), "")
            found += self.phrases[phrase] if phrase else [self.characters.get(text[start], "")]
        return found


@cache
def _pronunciations() -> Pronunciations:
    """Return the pronunciations, which take 3 MiB of memory."""
    return Pronunciations.of(resources.files(__package__).joinpath("pinyin.txt").read_text(encoding="utf-8"))


def pinyin(text: str) -> list[str]:
    """Return the syllable of each Han character of a text, as it is read there; empty for other characters."""
    return _pronunciations().read(fold(text))


def chinese_characters_in(text: str) -> str:
    """Return the Han characters of a text, folded and sorted, once each."""
    return "".join(sorted(set(fold("".join(HAN.findall(text))))))


def pinyin_table(names: Iterable[str], pages: Iterable[str]) -> str:
    """Return syllables, each followed by its characters: ``qi器 rong容`` without the space.

    Args:
        names: The names that can be found by their pronunciation.
        pages: The Han characters of each page; those that sound like one in a name are added, if many pages have them.
    """
    runs = sorted({run for name in names for run in _RUN.findall(fold(name))})
    if not runs:
        return ""
    known = _pronunciations()
    # In context: 重试 is chongshi, 权重 is quanzhong.
    pairs = {pair for run in runs for pair in zip(known.read(run), run, strict=True) if pair[0]}
    syllables = {syllable for syllable, _character in pairs}
    counts = Counter("".join(pages))
    for _syllable, character in pairs:
        del counts[character]
    left = int(len(pairs) * (HOMOPHONES - 1))
    for character, _count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        syllable = known.characters.get(character, "")
        if left and syllable in syllables:
            pairs.add((syllable, character))
            left -= 1
    return "".join(
        syllable + "".join(character for _syllable, character in group)
        for syllable, group in groupby(sorted(pairs), key=lambda pair: pair[0])
    )
