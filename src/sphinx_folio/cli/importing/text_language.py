"""Detect the language of a résumé by its letters and its frequent words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio._common.traditional import SIMPLIFIED, TRADITIONAL
from sphinx_folio.cli.importing.items import leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

NAMES: Mapping[str, str] = {
    "ar": __("Arabic"),
    "de": __("German"),
    "en": __("English"),
    "es": __("Spanish"),
    "fr": __("French"),
    "he": __("Hebrew"),
    "it": __("Italian"),
    "ja": __("Japanese"),
    "ko": __("Korean"),
    "pt": __("Portuguese"),
    "ru": __("Russian"),
    "zh_CN": __("Simplified Chinese"),
    "zh_TW": __("Traditional Chinese"),
}
"""The languages that can be detected: code → name. All have labels."""
_WORDS: Mapping[str, str] = {
    "en": "the of and to with for from that this which is are was were by an as at our their has have who in on or a",
    "de": "der die das und mit für von den dem des ein eine einer eines im zur zum bei auf durch als ist in an zu",
    "es": "de el los las la del y con para una un que en al su sus como desde más es lo se mi por a o e",
    "fr": "de le la les des du et avec pour une un par dans sur au aux en est sont ses leur cette qui que ou d l à",
    "it": "di il lo la gli le dei delle degli del e con per una un che in nel nella dal alla da sono è come tra ai al",
    "pt": "de o os a as da do das dos e com para uma um por que em no na nos nas ao à é são seu sua mais pelo pela",
    # Languages without labels, which are similar to one above:
    "ca": "de els les la dels amb per una un i que en al a la seva seu com des més és va el del o d l",
    "cs": "a v ve na s se z ze do o za pro při od k i je byl jsem sa so som pre pri zo",
    "cy": "a ac ar at am yn y yr o i â gan mewn gyda fel wedi ei eu un",
    "eo": "la de kaj en al kun por per pri el da sur estas mi kiel ĉe ĝis pli kiu kiuj aŭ dum",
    "gl": "de o os a as da do das dos e con para unha un unhas que en no na nos nas ao á é son seu súa máis polo pola",
    "lb": "d de den vun vum fir mat op an am zu bei als ass sinn eng en ech hunn iwwer no aus duerch net och",
    "nl": "de het een en van met voor op naar aan bij door als is zijn uit te ook tot die dat in om over of",
    "nordic": "och att med för som är på av till en ett og på til som er det de den har ved i jeg",
    "oc": "de lo la los las del dels d l e en dins amb per una un que es son sus als al a pels mai",
    "ro": "de și cu pentru din la în prin este sunt care o un ale al a pe ca sau",
    "pl": "i w z na do dla oraz się jest przez od o po ze który które jako nie",
}
"""Language → its frequent words."""
_SCRIPTS: Mapping[str, str] = {"ARABIC": "ar", "HEBREW": "he", "HANGUL": "ko", "CYRILLIC": "ru"}
_OTHER_LETTERS: Mapping[str, str] = {"ar": "پچژگٹڈےھ", "ru": "іїєґўјљњћђџ"}
"""Letters that a language with this script does not have, but others do."""
_WORD = re.compile(r"[^\W\d_]+")
_SOME_WORDS, _WORD_SHARE, _LEAD = 4, 0.05, 1.1
"""How many frequent words a text must have at least, of all its words, and of those of any other language."""
_HAN_SHARE, _KANA_SHARE, _SHARE = 0.15, 0.05, 0.4
"""The shares of the letters from which a text is in Chinese, in Japanese, or in a language with its own script."""
MAX_LENGTH = 50_000
"""In characters; the language is clear from less."""


def language_of(resume: Mapping[str, Any]) -> str:
    """Return the code of the language of a résumé's texts; empty if it is not clear."""
    return _language_of(" ".join(leaves(dict(resume)))[:MAX_LENGTH])


def _language_of(text: str) -> str:
    plain = re.sub(r"\S+(?:://|@|\.\w)\S*", " ", text)  # without addresses
    letters = [*filter(str.isalpha, plain)]
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters)
    number = len(letters) or 1
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana > _KANA_SHARE * number:
        return "ja"
    if scripts["CJK"] > _HAN_SHARE * number:
        traditional, simplified = (sum(map({*form}.__contains__, letters)) for form in (TRADITIONAL, SIMPLIFIED))
        return "zh_TW" if traditional > simplified else "zh_CN"
    for script, language in _SCRIPTS.items():
        if scripts[script] > _SHARE * number:
            return "" if {*_OTHER_LETTERS.get(language, "")}.intersection(letters) else language
    return _latin_language(map(str.casefold, _WORD.findall(plain)))


def _latin_language(words: Iterable[str]) -> str:
    """Return the language whose frequent words are most among words."""
    numbers: Counter[str] = Counter()
    number = 0
    for word in words:
        number += 1
        numbers.update(_languages_by_word().get(word, ()))
    (first, most), (_second, fewer) = (*numbers.most_common(2), *[("", 0)] * 2)[:2]
    return first if first in NAMES and most > max(_SOME_WORDS, _WORD_SHARE * number, _LEAD * fewer) else ""


@cache
def _languages_by_word() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for language, words in _WORDS.items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(language)
    return found
