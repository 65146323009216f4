"""Characters that are forbidden in texts because they are invisible, break file formats or reorder text.

These are control characters other than tab and line feed; bidirectional controls, which can disguise a text
(https://trojansource.codes/); surrogates, noncharacters and private-use characters. This package uses the private-use
characters U+E000 to U+E002 to encode references in texts.
"""

from __future__ import annotations

import os
import re

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
_BREAKS = re.compile("[\x0b\x0c\r\x1c-\x1f\x85]+")
"""Control characters that separate words or lines; a space replaces them."""
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""Characters that XML 1.0 does not allow."""


def strip_forbidden(text: str) -> str:
    """Return a text without forbidden characters."""
    return FORBIDDEN.sub("", _BREAKS.sub(" ", text)) if FORBIDDEN.search(text) else text


def forbidden_characters(text: str) -> list[str]:
    """Return the distinct forbidden characters of a text, in the order of their first use."""
    return list(dict.fromkeys(FORBIDDEN.findall(text)))


def code_point(character: str) -> str:
    """Return a character in Unicode notation, such as ``U+001B``."""
    return f"U+{ord(character):04X}"


def xml_text(text: str) -> str:
    """Return a text without the characters that XML 1.0 does not allow; it still has to be escaped."""
    return _NOT_IN_XML.sub("", text)


def is_utf8(name: str) -> bool:
    """Return whether the name of a file, as Python reads it from the system, is UTF-8: it has no surrogates."""
    return name.isascii() or re.search("[\ud800-\udfff]", name) is None


def shown_name(path: str) -> str:
    """Return a path for a message, with the bytes that are not UTF-8 as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
