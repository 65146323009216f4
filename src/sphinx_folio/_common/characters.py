"""Characters that no text may hold: they show nothing, break files of other programs or turn text around.

These are controls other than tab and line feed; overrides of the direction of text, with which a text can be shown as
another (https://trojansource.codes/); and what Unicode assigns to nobody: surrogates, noncharacters and the
private-use areas, of which this package uses U+E000 to U+E002 for references in texts.
"""

from __future__ import annotations

import re

UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
_BREAKS = re.compile("[\x0b\x0c\r\x1c-\x1f\x85]+")
"""Controls that part words or lines."""


def fit(text: str) -> str:
    """Return a text without the characters that no text may hold."""
    return UNFIT.sub("", _BREAKS.sub(" ", text)) if UNFIT.search(text) else text


def unfit_characters(text: str) -> list[str]:
    """Return the characters of a text that no text may hold, each once."""
    return list(dict.fromkeys(UNFIT.findall(text)))


def code_point(character: str) -> str:
    """Return what Unicode calls a character: ``U+001B``."""
    return f"U+{ord(character):04X}"
