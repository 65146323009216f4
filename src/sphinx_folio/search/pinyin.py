"""The pronunciation of the characters in names: ``rongqi`` and ``rq`` find 容器, the homophone 双站 finds 双栈.

It comes from pypinyin (the extra ``chinese``); without it, the table is empty.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module, metadata
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING

from sphinx_folio._common.cjk import CHARACTERS
from sphinx_folio.search.tokenizer import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_RUN = re.compile(rf"(?<![{CHARACTERS}])[{CHARACTERS}]{{2,6}}(?![{CHARACTERS}])")
_SYLLABLE = re.compile("[a-z]+")
HOMOPHONES = 1.35
"""The size of the table, relative to the characters in names alone: the rest are homophones of these in the texts."""


def pinyin_table(names: Iterable[str], texts: Iterable[str]) -> str:
    """Return syllables, each followed by its characters: ``qi器 rong容`` without the space.

    Syllables have no tones, and u for ü.

    Args:
        names: The names that can be found by their pronunciation.
        texts: The texts of the site; their most frequent characters that sound like one in a name are added.
    """
    runs = sorted({run for name in names for run in _RUN.findall(fold(name))})
    if not runs or not version():
        return ""
    lazy_pinyin = import_module("pypinyin").lazy_pinyin

    def syllables_of(text: str) -> list[str]:
        return [syllable.replace("v", "u") for syllable in lazy_pinyin(text)]  # ü, as in ce lüe

    pairs: set[tuple[str, str]] = set()
    for run in runs:
        pairs.update(zip(syllables_of(run), run, strict=True))  # in context: 重试 is chongshi, 权重 quanzhong
    pairs = {pair for pair in pairs if _SYLLABLE.fullmatch(pair[0])}
    syllables = {syllable for syllable, _character in pairs}
    counts = Counter(character for text in texts for character in fold(text))
    for _syllable, character in pairs:
        del counts[character]
    left = int(len(pairs) * (HOMOPHONES - 1))
    for character, _count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        syllable = syllables_of(character)[0]
        if left and syllable in syllables and not syllable.startswith(character):
            pairs.add((syllable, character))
            left -= 1
    return "".join(
        syllable + "".join(character for _syllable, character in group)
        for syllable, group in groupby(sorted(pairs), key=lambda pair: pair[0])
    )


def version() -> str:
    """Return the version of pypinyin, or an empty string if it is not installed."""
    return metadata.version("pypinyin") if find_spec("pypinyin") else ""
