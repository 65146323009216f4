"""Han characters and full-width punctuation: patterns (by Unicode blocks), and how wide a text is.

Copies of the Han characters, in the syntax of JavaScript, are in ``search/splitter.py``, ``search/script/tokenizer.js``
and ``matching/script/text.js``; change them together.
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

HAN_CHARACTERS = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, including the iteration mark and the zero, as content of a regular expression's character class."""

FULL_WIDTH = "\u3000-\u303f\uff01-\uff5e\uffe0-\uffe6"
"""Punctuation and other characters that are as wide as a Han character."""

UNSPACED_CHARACTERS = f"{HAN_CHARACTERS}\u3040-\u30ff\uac00-\ud7a3\u0e00-\u0eff"
"""Characters of scripts in which a name may directly follow or precede another word, and which are never slanted."""

HAN = re.compile(f"[{HAN_CHARACTERS}]+")
UNSPACED = re.compile(f"[{UNSPACED_CHARACTERS}]")
HAN_OR_FULL_WIDTH = re.compile(f"[{HAN_CHARACTERS}{FULL_WIDTH}]+")


def text_width(text: str) -> int:
    """Return the number of columns of a text in a terminal; a Han character is two columns wide."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
