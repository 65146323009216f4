"""The tokenizer of the search index: from text to terms.

The browser splits queries by the same rules, in ``script/tokenizer.js``; change both together. A test compares them.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from sphinx_folio._common.cjk import HAN_CHARACTERS
from sphinx_folio._common.traditional import SIMPLIFIED, TRADITIONAL

TO_SIMPLIFIED = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
PLAIN = dict(zip("ıłŁøØđĐς’‐‑−", "illooddσ'---", strict=True))
"""Characters that Unicode does not decompose, with what readers type instead."""
HIRAGANA, KATAKANA = "\u3041-\u309f", "\u30a1-\u30fa\u30fc-\u30ff"
TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
VOICING = "\u3099\u309a"
"""The combining marks that make か to が and は to ぱ, which are letters of their own."""
TOKEN = re.compile(
    rf"([{HAN_CHARACTERS}]+)|(?<![0-9A-Za-z_.])v?([0-9]+(?:\.[0-9]+)+)(?![0-9A-Za-z_])|"
    rf"[{HIRAGANA}][{HIRAGANA}ー]*|[{KATAKANA}]+|"
    rf"(?:(?![{HAN_CHARACTERS}{HIRAGANA}{KATAKANA}])\w)+(?:\+\+|#)?"
)
"""A run of Han characters (group 1), a version or decimal (group 2, without the v), or a word, maybe C++ or C#."""
PART_BOUNDARY = re.compile(r"_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Between the parts of CamelCase and snake_case."""
_WORD_OR_LETTER = re.compile(r"[a-z0-9]+|[^\W_]")
_HYPHENATED = re.compile(r"[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*")  # also matches plain words, which is faster
_IS_ONE_TOKEN = re.compile(r"[0-9A-Za-z]+|v?[0-9.]+")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_HYPHENS = re.compile(r"[-._]")


def is_japanese_language(language: str) -> bool:
    """Return whether no rules for Chinese apply to the characters of a language, by its code: ``ja`` or ``ja_JP``."""
    return language.partition("_")[0] == "ja"


def fold_character(character: str) -> str:
    """Return a character in lower case and half width, without accent; always one for one."""
    character = PLAIN.get(character, character)
    parts = unicodedata.normalize("NFKD", character)
    plain = "".join(part for part in parts if part in VOICING or not unicodedata.combining(part))
    plain = unicodedata.normalize("NFC", plain).lower()
    return plain if len(plain) == 1 else character.lower()


class FoldedCharacters(dict[int, str]):
    """A translation table for ``str.translate`` that is filled on demand, or has Simplified forms from the start."""

    def __missing__(self, code: int) -> str:
        """Fold a character when it is looked up for the first time."""
        self[code] = folded = fold_character(chr(code))
        return folded


class WithoutMarks(dict[int, "str | None"]):
    """A translation table that removes combining marks, such as vowel points, and is filled on demand."""

    def __missing__(self, code: int) -> str | None:
        """Look a character up for the first time."""
        character = chr(code)
        is_removed = unicodedata.category(character).startswith("M") and character not in VOICING
        self[code] = found = None if is_removed else character
        return found


FOLDED_CHARACTERS = FoldedCharacters({ord(one): fold_character(other) for one, other in TO_SIMPLIFIED.items()})
FOLDED_JAPANESE = FoldedCharacters()
WITHOUT_MARKS = WithoutMarks()


def fold(text: str, *, is_japanese: bool = False) -> str:
    """Normalize a text for comparison, see :func:`fold_character`; its length and all offsets stay the same.

    Traditional characters become Simplified, except in Japanese, which has some of both.
    """
    table = FOLDED_JAPANESE if is_japanese else FOLDED_CHARACTERS
    return _NOT_ASCII.sub(lambda match: match[0].translate(table), text).lower()


def tokenize(text: str, *, is_japanese: bool = False) -> list[str]:
    """Return the terms of a text, folded, with repetitions.

    Terms are words, the parts of CamelCase and snake_case words, single Han characters, overlapping pairs of Han
    characters, and hyphenated words run together (``client-go`` gives ``client``, ``go`` and ``clientgo``). A version
    is one term, which also matches by its beginning: 1.25 finds v1.25.4. A word with ß is a term with ss, one in
    Katakana a term in Hiragana.
    """
    terms: list[str] = []
    text = text if text.isascii() else text.translate(WITHOUT_MARKS)
    folded = fold(text, is_japanese=is_japanese)
    for match in TOKEN.finditer(folded):
        token = match[0]
        if match[1]:
            terms += token
            terms += map("".join, pairwise(token))
            continue
        if match[2]:
            terms.append(match[2])
            continue
        terms.append(token if token.isascii() else token.replace("ß", "ss").translate(TO_HIRAGANA))
        word = text[match.start() : match.end()]
        if word != token or "_" in word:  # only words with capitals can be CamelCase
            parts = [part for part in PART_BOUNDARY.split(word) if part]
            if len(parts) > 1:
                terms += [fold(part) for part in parts]
    terms += [_HYPHENS.sub("", word) for word in _HYPHENATED.findall(folded) if not _IS_ONE_TOKEN.fullmatch(word)]
    return terms


def neighbors(text: str) -> set[str]:
    """Return each two neighboring Latin words of a text, folded and separated by a space.

    There are no letters or digits between two neighbors. In a large index, they tell where a phrase may be.
    """
    words = ["", *(word if word.isascii() else "" for word in _WORD_OR_LETTER.findall(fold(text)))]
    return {f"{word} {other}" for word, other in pairwise(words) if word and other}
