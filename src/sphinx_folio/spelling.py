"""Text as an ASCII keyboard types it, for suggestions: input methods leave full-width signs and curly quotes."""

from __future__ import annotations

import re
import unicodedata

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
"""Signs that compatibility normalization (NFKC) leaves as they are."""

_TARGET = re.compile(r".*<([^<>]*)>")


def ascii_form(text: str) -> str:
    """Return a text with ASCII signs in place of full-width ones and curly quotes."""
    return unicodedata.normalize("NFKC", text.translate(_SIGNS))


def bare_key(text: str) -> str:
    """Return the key that a mistyped one was meant to be: without quotes and brackets, in lower case."""
    plain = ascii_form(text).strip()
    target = _TARGET.fullmatch(plain)
    return (target[1] if target else plain).strip(" \t'\"`()[]{}<>~!*,.:;").casefold()


def several_keys(text: str) -> list[str]:
    """Return the keys that a text holds if it holds more than one."""
    parts = [bare_key(part) for part in re.split(r"[\s,;/|]+", ascii_form(text))]
    return parts if len(parts) > 1 and all(parts) else []
