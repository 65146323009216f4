"""Which characters are Han characters, and which punctuation is set in their width (Unicode blocks)."""

from __future__ import annotations

import re

CHARACTERS = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, the iteration mark and the zero among them, for a character class of a regular expression."""

FULL_WIDTH = "\u3000-\u303f\uff01-\uff5e\uffe0-\uffe6"
"""Punctuation and forms that are as wide as a Han character."""

HAN = re.compile(f"[{CHARACTERS}]+")
HAN_OR_FULL_WIDTH = re.compile(f"[{CHARACTERS}{FULL_WIDTH}]+")
