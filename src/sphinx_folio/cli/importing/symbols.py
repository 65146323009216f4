"""Replace what no font of the PDF has: emoji, decorative symbols, and letters that only look bold or italic.

Private-use characters, which are the bullets in text copied from Word, and bidirectional controls are replaced, too.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.characters import code_point, forbidden_characters
from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.markdown import begins_with_bullet
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from sphinx_folio.cli.importing.items import Log

PRINTED = frozenset(
    "⌂⌃⌅⌆⌇⌐⌒⌘⌜⌝⌞⌟⌠⌡⌥⌦〈〉⌫⎰⎱⏎"
    "■□▢▣▤▥▦▧▨▩▪▫▬▱▲△▴▵▶▷▸▹►▼▽▾▿◀◁◂◃◄◆◇◉◊○◌◎●◐◑◒◓◘◙◢◣◤◥◦◯"
    "☀☁☂☃★☆☉☎☏☐☑☕☖☗☙☜☝☞☟☯☺☻☼☿♀♁♂♠♡♢♣♤♥♦♧♨♩♪♫♬♭♮♯♲♳♴♵♶♷♸♹♺♻♼♽♾⚠"
    "✂✌✓✔✗✘✚✽✿❀❒❖❛❜❝❞❟❠❤❦❧❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓➡⬅⬆⬇"
)
"""The symbols of the blocks below that the built-in fonts have."""
SEPARATORS = frozenset("🔹🔸🔷🔶🔘🔵🔴🟢🟠🟡🟣⚪⚫◻◼◽◾⬛⬜➔➜➢➤👉✅✦✧🔺🔻\uf0a7\uf0b7\uf0d8\uf0fc")
"""The symbols that people write instead of “•”."""
_SYMBOLS = re.compile(
    r"(?P<left>(?<!\s)\s+|)(?P<run>(?:["
    "\u231a-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001f0ff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
    "\ue000-\uf8ff\U000f0000-\U0010ffff"
    r"][\u200d\u20e3\ufe0e\ufe0f\U000e0020-\U000e007f]*)+)(?P<right>\s*)"
)
_INVISIBLE = re.compile("[\ufe0e\ufe0f\u20e3\u202a-\u202e\u2066-\u2069]")
_LETTERS = re.compile("[\U0001d400-\U0001d7ff]+")
_BEFORE_NO_SPACE = tuple(",.;:!?)]")


def replace_symbols(value: Any, log: Log, path: str = "") -> Any:
    """Return a value of a résumé without such characters in its texts; those of our own exports are not changed."""
    if type(value) is str and not ("://" in value and len(value.split()) == 1):
        found = printable(value)
        if found != value:
            forbidden = forbidden_characters(value)
            lost = "".join(dict.fromkeys(sign for sign in value if _is_lost(sign) and sign not in forbidden))
            names = ", ".join(filter(None, (lost, *map(code_point, forbidden))))
            log.note(path, __("characters left out or replaced because no PDF font has them: %s") % names)
        return found
    if isinstance(value, list):
        value[:] = [replace_symbols(part, log, f"{path}[{number}]") for number, part in enumerate(value)]
    elif isinstance(value, dict):
        extension = value.get(X_FOLIO)
        if not (isinstance(extension, dict) and "key" in extension):
            for name, part in value.items():
                value[name] = replace_symbols(part, log, f"{path}.{name}".lstrip("."))
    return value


def printable(text: str) -> str:
    """Return a text without such characters; those that begin several lines in a row become bullets."""
    lines = _LETTERS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text).split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    marked = {number for number in filled if _SYMBOLS.match(lines[number]) or begins_with_bullet(lines[number])}
    in_lists = {number for pair in pairwise(filled) if marked.issuperset(pair) for number in pair}
    return "\n".join(_line(line, is_in_list=number in in_lists) for number, line in enumerate(lines))


def _line(line: str, *, is_in_list: bool) -> str:
    def replacement(match: re.Match[str]) -> str:
        kept = "".join(sign for sign in match["run"] if sign in PRINTED)
        if kept:
            return match["left"] + kept + match["right"]
        before, after = line[: match.start()], line[match.end() :]
        if not after:
            return ""
        if not before:
            return "• " if is_in_list else ""
        if match["left"] and match["right"] and set(match["run"]) & SEPARATORS:
            return f"{match['left']}•{match['right']}"
        return "" if after.startswith(_BEFORE_NO_SPACE) else " "

    return _INVISIBLE.sub("", _SYMBOLS.sub(replacement, line))


def _is_lost(sign: str) -> bool:
    return bool(_LETTERS.match(sign) or _SYMBOLS.match(sign)) and sign not in PRINTED
