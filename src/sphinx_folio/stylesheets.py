"""Smaller and fewer style sheets: without comments, spaces and unused rules; several in one, for another folder."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_STRING = re.compile(f"({_QUOTED})")
_BRACE_OR_STRING = re.compile(rf"[{{}}]|{_QUOTED}")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_NEGATED = re.compile(r":not\([^()]*\)")
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
NESTING = ("@media", "@supports", "@container", "@layer")


def squeezed(css: str) -> str:
    """Return a style sheet that means the same in fewer characters."""
    parts = _STRING.split(_COMMENT.sub("", css))
    for number in range(0, len(parts), 2):  # what stands between strings
        spaced = re.sub(r"\s+", " ", parts[number])
        parts[number] = _AROUND.sub(r"\1", spaced).replace(";}", "}")
    return "".join(parts).strip()


def without_unused(css: str, used: AbstractSet[str], prefix: str) -> str:
    """Return a style sheet without the selectors that need a class with a prefix which is not used."""
    kept = []
    for head, body in _blocks(css):
        if head.startswith(NESTING):
            inner = without_unused(body, used, prefix)
            kept += [f"{head}{{{inner}}}"] if inner else []
        elif head.startswith("@"):
            kept.append(f"{head}{{{body}}}")
        else:
            selectors = [head] if "(" in head else head.split(",")
            wanted = [selector for selector in selectors if _is_used(selector, used, prefix)]
            kept += [f"{','.join(wanted)}{{{body}}}"] if wanted else []
    return "".join(kept)


def _is_used(selector: str, used: AbstractSet[str], prefix: str) -> bool:
    classes = _CLASS.findall(_NEGATED.sub("", selector))
    if classes and "(" in selector and "," in selector:  # a list of alternatives: one that is used is enough
        return any(name in used or not name.startswith(prefix) for name in classes)
    return all(name in used for name in classes if name.startswith(prefix))


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield head and body of each rule."""
    start = depth = 0
    head = ""
    for sign in _BRACE_OR_STRING.finditer(css):
        if sign[0] == "{":
            if depth == 0:
                head, start = css[start : sign.start()].strip(), sign.end()
            depth += 1
        elif sign[0] == "}":
            depth -= 1
            if depth == 0:
                yield head, css[start : sign.start()]
                start = sign.end()


_ADDRESS = re.compile(rf"(?P<before>\burl\(\s*)(?P<address>{_QUOTED}|[^\s\"'()]*)(?P<after>\s*\))|{_QUOTED}")
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|/|#|$")
_ONLY_AT_THE_TOP = re.compile(r"@(?:import|charset|namespace)\b|\bimage-set\(\s*[\"']", re.IGNORECASE)
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def can_be_joined(css: str) -> bool:
    """Tell whether a style sheet means the same with others before and after it in one file.

    It does not if a rule has to stand at the top of its file, if something is left open that its end would close (CSS
    Syntax Level 3, section 5.4), or if an address stands where :func:`moved` does not look.
    """
    bare = _COMMENT.sub("", css)
    if _ONLY_AT_THE_TOP.search(bare) or "/*" in bare:
        return False
    opened: list[str] = []
    for sign in re.findall(r"[][(){}\"']", re.sub(r"\\.", "", _ADDRESS.sub("", bare))):
        if sign in "\"'":
            return False
        if sign not in _BRACKETS:
            opened.append(sign)
        elif not opened or opened.pop() != _BRACKETS[sign]:
            return False
    return not opened


def moved(css: str, folder: str) -> str:
    """Return a style sheet for another place, from where ``folder`` leads to the place its addresses count from."""

    def settle(match: re.Match[str]) -> str:
        if match["before"] is None:  # a string that is no address
            return match[0]
        mark = match["address"][:1] if match["address"][:1] in {'"', "'"} else ""
        address = match["address"].strip(mark) if mark else match["address"]
        if _ELSEWHERE.match(address):
            return match[0]
        path = re.split(r"[?#]", address, maxsplit=1)[0]
        return f"{match['before']}{mark}{normpath(f'{folder}/{path}')}{address[len(path) :]}{mark}{match['after']}"

    return _ADDRESS.sub(settle, css)


def joined(sheets: Iterable[tuple[str, str]]) -> str:
    """Return style sheets, each with the media that it is meant for, as one; for every medium if none is named."""
    return "".join(f"@media {media}{{{css}}}" if media else css for css, media in sheets if css)
