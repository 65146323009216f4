"""Convert full-width characters and curly quotes, which input methods produce, to ASCII for suggestions."""

from __future__ import annotations

import re
import unicodedata

LIST_SEPARATORS = ",，、،"
"""The commas between the items of a list: also those of Chinese, Japanese and Arabic."""

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("“”„‟「」『』", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        "、": ",",
        "。": ".",
        "´": "`",
        "《": "<",
        "〈": "<",
        "》": ">",
        "〉": ">",
        "【": "[",
        "】": "]",
    }
)
"""Characters that compatibility normalization (NFKC) does not convert."""

_TARGET = re.compile(r".*<([^<>]*)>")


def ascii_form(text: str) -> str:
    """Return text with full-width characters and curly quotes converted to ASCII."""
    return unicodedata.normalize("NFKC", text.translate(_SIGNS))


def bare_key(text: str) -> str:
    """Return a key without surrounding quotes and brackets, in lower case and ASCII."""
    plain = ascii_form(text).strip()
    target = _TARGET.fullmatch(plain)
    return (target[1] if target else plain).strip(" \t'\"`()[]{}<>~!*,.:;").casefold()


def several_keys(text: str) -> list[str]:
    """Split a text into keys; return an empty list if it has only one."""
    parts = [bare_key(part) for part in re.split(r"[\s,;/|]+", ascii_form(text))]
    return parts if len(parts) > 1 and all(parts) else []
