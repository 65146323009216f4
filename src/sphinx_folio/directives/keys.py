"""Derive keys from names: words of ASCII letters and digits, as many whole words as fit."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

from sphinx_folio._common.cjk import HAN

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_KEY_LENGTH = 40
"""In characters; keys are part of URLs."""
LATIN: Mapping[str, str] = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "ng",
    "ə": "e",
}  # fmt: skip
"""Letters that Unicode does not decompose, in lower case → what replaces them; ``casefold`` replaces ß."""
CYRILLIC: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "є": "ye", "ґ": "g",
    "і": "i", "ђ": "dj", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
}  # fmt: skip
"""Letters of Russian, Ukrainian and Serbian → their usual transcription."""
GREEK: Mapping[str, str] = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
"""Letters of Greek → their usual transcription."""
HEBREW: Mapping[str, str] = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "o", "ז": "z", "ח": "ch", "ט": "t", "י": "i", "כ": "k",
    "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p", "ף": "f", "צ": "ts",
    "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
"""Letters of Hebrew → their usual transcription; vowels without a letter are left out."""
ARABIC: Mapping[str, str] = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w", "ي": "y", "ى": "a", "پ": "p", "چ": "ch", "ژ": "zh",
    "گ": "g", "ک": "k", "ی": "y",
}  # fmt: skip
"""Letters of Arabic and Persian → their usual transcription; vowels without a letter are left out."""
SYLLABLES: Mapping[str, str] = {
    "si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu", "mark": "",
}  # fmt: skip
"""The last words of the Unicode names of kana → their usual transcription, if it differs."""
INDIC: Mapping[str, str] = {
    "tta": "ta", "ttha": "tha", "dda": "da", "ddha": "dha", "nna": "na", "ssa": "sha", "lla": "la", "llla": "la",
    "rra": "ra", "aa": "a", "ii": "i", "uu": "u", "ee": "e", "oo": "o", "vocalic r": "ri", "candra e": "e",
    "candra o": "o", "anusvara": "n", "candrabindu": "n", "visarga": "h", "tippi": "n", "addak": "",
}  # fmt: skip
"""The ends of the Unicode names of letters and signs of Indic scripts → their usual transcription, if it differs."""
THAI: Mapping[str, str] = {
    "ru": "rue", "aa": "a", "ii": "i", "uee": "ue", "uu": "u", "mai": "", "han-akat": "a", "lakkhangyao": "",
    "paiyannoi": "", "maiyamok": "", "maitaikhu": "", "thanthakhat": "", "nikhahit": "", "yamakkan": "", "phinthu": "",
}  # fmt: skip
"""The words of the Unicode names of Thai vowels and marks → their usual transcription, if it differs."""
VIRAMA = 9
"""The combining class of the signs that remove the vowel of a consonant."""
SMALL_WORDS = {"a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with"}
"""Words that a shortened key must not end with."""
_LETTERS = str.maketrans({**LATIN, **CYRILLIC, **GREEK, **HEBREW, **ARABIC})
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
_INDIC = re.compile("[\u0900-\u0963\u0980-\u0d63]+")
_INDIC_KIND = re.compile(r"^[a-z]+ (?:letter |vowel sign |sign )?")
_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_THAI_VOWEL_BEFORE = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_SOFT = ("shi", "chi", "ji")
"""Syllables whose consonant contains the “y” of a small syllable after it."""
_HANGUL = re.compile("[\uac00-\ud7a3]")
_ABBREVIATION = re.compile(r"\(((?=(?:[^()]*[A-Z]){2})[^()\s]{2,12})\)\s*$")
_LEADING_DOT = re.compile(r"(?<!\S)\.(?=[a-z])")


def key_from(name: str, detail: str = "", *, language: str = "en") -> str:
    """Return a key derived from a name; empty if nothing of the name can be written in ASCII.

    Letters with accents lose them. Arabic, Cyrillic, Greek and Hebrew letters, kana, Hangul, Thai and the scripts of
    India are transcribed, and Chinese is written as it is pronounced. A name that is too long is replaced by the
    abbreviation in brackets at its end, or loses its last words.

    Args:
        name: The name.
        detail: What tells apart objects with the same name; it comes after the name and is not shortened first.
        language: The language of the résumé; Han characters in Japanese or Korean are not read as Chinese.
    """
    is_chinese = re.split("[-_]", language)[0] not in {"ja", "ko"} and not _KANA.search(name + detail)
    words, details = (_words(text, is_chinese=is_chinese) for text in (name, detail))
    abbreviation = _ABBREVIATION.search(name)
    if abbreviation and len("-".join(words)) > MAX_KEY_LENGTH:
        words = _words(abbreviation[1], is_chinese=is_chinese)
    while details and len(words) > 1 and len("-".join(words + details)) > MAX_KEY_LENGTH:
        words.pop()
    return _shortened("-".join(words + details))


def _words(text: str, *, is_chinese: bool) -> list[str]:
    """Return the words of a text, in ASCII and lower case."""
    spelled = unicodedata.normalize("NFKC", text.casefold())
    spelled = _LEADING_DOT.sub("dot", spelled).replace("+", "p").replace("#", "-sharp")
    spelled = _HANGUL.sub(lambda match: unicodedata.name(match[0]).split()[-1].lower(), spelled)
    spelled = _KANA.sub(lambda match: _romanized(match[0]), spelled)
    spelled = _INDIC.sub(lambda match: _indic(match[0]), spelled)
    spelled = _THAI.sub(lambda match: _thai(match[0]), spelled)
    if is_chinese:
        spelled = HAN.sub(lambda match: f" {_pronounced(match[0])} ", spelled)
    decomposed = unicodedata.normalize("NFKD", spelled).replace("ου", "ou").translate(_LETTERS)
    return re.findall("[a-z0-9]+", decomposed.encode("ascii", "ignore").decode())


def _romanized(kana: str) -> str:
    """Return kana in Latin letters; a small vowel replaces the vowel before it, a small “tsu” doubles a consonant."""
    found: list[str] = []
    for character in kana:
        *_script, size, sound = unicodedata.name(character).lower().split()
        previous = found[-1] if found else ""
        if size == "small" and sound != "tu" and previous[-1:] in {"i", "u", "e", "o"}:
            found[-1] = {"u": "w"}.get(previous, previous[:-1]) + sound.removeprefix(
                "y" if previous.endswith(_SOFT) else ""
            )
        elif previous == "small tu":
            sound = SYLLABLES.get(sound, sound)
            found[-1] = sound[:1] + sound
        else:
            found.append("small tu" if (size, sound) == ("small", "tu") else SYLLABLES.get(sound, sound))
    return "".join(found).replace("small tu", "")


def _indic(word: str) -> str:
    """Return a word of an Indic script in Latin letters: a vowel sign replaces the “a” of the consonant before it."""
    found = ""
    for character in word:
        name = unicodedata.name(character, "").lower()
        is_vowel, sound = "vowel sign" in name, _INDIC_KIND.sub("", name)
        if is_vowel or unicodedata.combining(character) == VIRAMA:
            found = found.removesuffix("a")
        is_sound = unicodedata.category(character)[0] in "LM" and not unicodedata.combining(character)
        found += INDIC.get(sound, sound.partition(" ")[0]) if is_sound else ""
    is_silent = word[-1] < "\u0b00" and unicodedata.category(word[-1]) == "Lo"  # as in Hindi
    return found.removesuffix("a") if is_silent and len(word) > 1 else found


def _thai(text: str) -> str:
    """Return Thai in Latin letters; a vowel that is written before its consonant comes after it."""
    found = []
    for character in _THAI_VOWEL_BEFORE.sub(r"\2\1", text).replace("\u0e4d\u0e32", "\u0e33"):  # undoes NFKC
        first, *others = unicodedata.name(character).lower().split()[2:]
        is_vowel = first == "sara" or "han-akat" in others
        sound = others[0] if is_vowel else first
        found.append(THAI.get(sound, sound if is_vowel else sound.removesuffix("o")))
    return "".join(found)


def _pronounced(characters: str) -> str:
    """Return Han characters as syllables without spaces; the last ones are left out if they are too long for a key."""
    from sphinx_folio.search.pinyin import pinyin  # noqa: PLC0415  loads Sphinx, and few names need it

    texts = accumulate(pinyin(characters[:MAX_KEY_LENGTH]))
    return max((text for text in texts if len(text) <= MAX_KEY_LENGTH), key=len, default="")


def _shortened(key: str) -> str:
    if len(key) <= MAX_KEY_LENGTH:
        return key
    words = key[: MAX_KEY_LENGTH + 1].split("-")[:-1]
    while len(words) > 1 and words[-1] in SMALL_WORDS:
        words.pop()
    return "-".join(words) or key[:MAX_KEY_LENGTH]
