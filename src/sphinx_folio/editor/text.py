"""Find what is at a position of a page, in MyST and reStructuredText, complete or half-typed, and scan for entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.markup_names import PREFIX
from sphinx_folio._common.spelling import LIST_SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_NAME = rf"(?:{PREFIX}(?![\w:`])|\w(?:[\w.-]|:(?=\w))*)"
_OPENING = re.compile(
    rf"(?P<open>\s*(?:(?:`{{3,}}|~{{3,}}|:{{3,}})\{{|\.\.[ ]+))(?P<name>(?:{_NAME})?)(?P<after>\}}|::)?"
)
_ARGUMENT = re.compile(r"\s*(?P<word>\S*)")
_OPTION = re.compile(r"\s*:(?P<name>[\w-]*)(?:(?P<close>:)(?:$|\s+(?P<value>.*)))?")
_YAML_OPTION = re.compile(r"\s*(?P<name>[\w-]*)(?:(?P<close>:)(?:$|\s+(?P<value>.*)))?")
_ITEM = re.compile(rf"[^{LIST_SEPARATORS}\s][^{LIST_SEPARATORS}]*(?<!\s)")
_MYST_ROLE = re.compile(rf"\{{(?P<name>(?:{_NAME})?)(?:\}}(?:`(?P<target>[^`]*))?)?")
_RST_ROLE = re.compile(rf"(?<![\w`:]):(?P<name>(?:{_NAME})?)(?::`(?P<target>[^`]*))?")
_KEY = re.compile(r"[^\s!~<>]+")
_SETTING = re.compile(r"[a-z_]*")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})\s*(?P<rest>.*)")
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*\S)")
_MYST_UNDERLINE = re.compile(r"([=-])\1*\s*")
_RST_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1*\s*")
_LONG = 4
"""The length from which an underline in reStructuredText may be shorter than its title."""
_LITERAL = re.compile(r"(?!\s*\.\.\s).*::\s*")
"""A line in reStructuredText after which an indented block is shown as it is."""
_VERBATIM = re.compile(
    r"(?:\{|(?P<indent>\s*)\.\.\s+)(?:code|code-block|sourcecode|parsed-literal|folio-example)(?:\}|::)"
)


class Place(NamedTuple):
    """A word on a line, from column ``start`` to ``end``, and what it is. It may be empty."""

    kind: str
    """One of directive, argument, option, value, role, target, title (of a role with a target) and setting."""
    word: str
    start: int
    end: int
    owner: str = ""
    """The directive or the role around it, without the prefix of the domain."""
    option: str = ""
    """The option that a value belongs to."""
    others: tuple[str, ...] = ()
    """The other options of the directive above, or the other items of the list."""
    rest: str = ""
    """The text of the line after it."""


class Found(NamedTuple):
    """An entry that a scan has found; lines are counted from 0."""

    type: str
    key: str
    name: str
    line: int


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with their ends, as editors count them: only CR and LF end a line."""
    return _LINE.findall(text)


def place_at(lines: Sequence[str], number: int, column: int, *, markdown: bool) -> Place | None:
    """Return what is at a position, with lines and columns counted from 0."""
    line = lines[number].rstrip("\r\n") if number < len(lines) else ""
    opening = _OPENING.match(line)
    if opening and column >= opening.start("name"):
        return _in_opening(line, opening, column)
    return _in_option(lines, number, column) or _in_role(line, column, _MYST_ROLE if markdown else _RST_ROLE)


def setting_at(line: str, column: int) -> Place | None:
    """Return the name of a setting at a column of a line of conf.py."""
    match = _SETTING.match(line)
    return _place("setting", line, match.span()) if match and column <= match.end() else None


def _place(
    kind: str, line: str, span: tuple[int, int], owner: str = "", option: str = "", others: Sequence[str] = ()
) -> Place:
    start, end = span
    name = owner.removeprefix(PREFIX)
    return Place(kind, line[start:end], start, end, name, option, tuple(others), line[end:].rstrip("\r\n"))


def _in_opening(line: str, opening: re.Match[str], column: int) -> Place | None:
    """Return the name of the directive, or its argument."""
    if column <= opening.end("name"):
        return _place("directive", line, opening.span("name"))
    argument = _ARGUMENT.match(line, opening.end())
    if opening["after"] and argument and argument.start("word") <= column <= argument.end("word"):
        return _place("argument", line, argument.span("word"), opening["name"])
    return None


def _in_option(lines: Sequence[str], number: int, column: int) -> Place | None:
    """Return the name or a value of an option."""
    line = lines[number].rstrip("\r\n") if number < len(lines) else ""
    directive, form, used = _options_above(lines, number)
    match = form.match(line) if directive else None
    if not match or column < match.start("name"):
        return None
    if column <= match.end("name"):
        return _place("option", line, match.span("name"), directive, others=used)
    start = match.start("value") if match["value"] is not None else len(line)
    if not match["close"] or column < start:
        return None
    items = [(start + item.start(), start + item.end()) for item in _ITEM.finditer(match["value"] or "")]
    span = next(((first, last) for first, last in items if first <= column <= last), (column, column))
    return _place("value", line, span, directive, match["name"], [line[slice(*item)] for item in items if item != span])


def _options_above(lines: Sequence[str], number: int) -> tuple[str, re.Pattern[str], list[str]]:
    """Return the directive that has options on a line, their pattern and those above; no directive if there is none."""
    block: list[str] = []
    for line in reversed(lines[:number]):
        opening = _OPENING.match(line)
        if opening and opening["after"]:
            break
        if not line.strip():
            return "", _OPTION, []
        block.insert(0, line)
    else:
        return "", _OPTION, []
    fences = [position for position, line in enumerate(block) if line.strip() == "---"]
    form = _YAML_OPTION if fences == [0] else _OPTION
    used = [found["name"] for line in block if (found := form.match(line))]
    in_text = opening["after"] == "}" and form is _OPTION and len(used) < len(block)
    return "" if in_text else opening["name"], form, used


def _in_role(line: str, column: int, form: re.Pattern[str]) -> Place | None:
    """Return the name of a role, or the key that it refers to."""
    for match in form.finditer(line):
        if match.start("name") <= column <= match.end("name"):
            return _place("role", line, match.span("name"))
        start, end = match.span("target")
        if not start <= column <= end:
            continue
        bracket = line.rfind("<", start, end)
        kind = "title" if column <= bracket else "target"
        keys = [key.span() for key in _KEY.finditer(line, max(start, bracket), end)]
        here = [span for span in keys if span[0] <= column <= span[1] or kind == "title"]
        return _place(kind, line, here[0] if here else (column, column), match["name"])
    return None


def scan(text: str, name_options: Mapping[str, str], *, markdown: bool) -> Iterator[Found]:
    """Yield the entries of a page, without parsing it.

    Args:
        text: The source of the page.
        name_options: The types of entries → the option with the name.
        markdown: Whether the page is Markdown and not reStructuredText.
    """
    lines = [line.rstrip("\r\n") for line in lines_of(text)]
    title, named = "", set[str]()
    for number, line in _outside_of_code(lines, markdown=markdown):
        heading = _heading_at(lines, number, markdown=markdown)
        if heading:
            title, named = heading, set()
        opening = _OPENING.match(line)
        objtype = opening["name"].removeprefix(PREFIX) if opening else ""
        argument = _ARGUMENT.match(line, opening.end()) if opening and opening["after"] else None
        if objtype not in name_options or not argument or not argument["word"]:
            continue
        name = _option_below(lines, number, name_options[objtype]) or ("" if objtype in named else title)
        named.add(objtype)
        yield Found(objtype, argument["word"], name or argument["word"], number)


def _heading_at(lines: Sequence[str], number: int, *, markdown: bool) -> str:
    """Return the title that a line is, or that it underlines; an empty string if it does neither."""
    line = lines[number].rstrip()
    heading = _HEADING.fullmatch(line) if markdown else None
    if heading:
        return heading["title"]
    above = lines[number - 1].strip() if number else ""
    underline = (_MYST_UNDERLINE if markdown else _RST_UNDERLINE).fullmatch(line)
    is_long = markdown or len(line) >= min(len(above), _LONG)
    return above if underline and is_long else ""


def _outside_of_code(lines: Sequence[str], *, markdown: bool) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not in code blocks, with their numbers."""
    opened: list[str] = []
    code = ""  # the fence of the code block around a line
    deeper_than = -1  # the indentation of the directive in reStructuredText that contains code
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if deeper_than >= 0 and (not line.strip() or indent > deeper_than):
            continue
        verbatim = _VERBATIM.match(line) or (not markdown and _LITERAL.fullmatch(line))
        deeper_than = indent if verbatim else -1
        fence = _FENCE.match(line) if markdown else None
        if fence:
            closes = not fence["rest"] and fence["fence"].startswith(code or (opened[-1] if opened else "?"))
            if closes and code:
                code = ""
                continue
            if closes:
                opened.pop()
            elif not code and (not fence["rest"].startswith("{") or _VERBATIM.match(fence["rest"])):
                code = fence["fence"]
            elif not code:
                opened.append(fence["fence"])
        if not code:
            yield number, line


def _option_below(lines: Sequence[str], number: int, name: str) -> str:
    """Return the value of an option in the lines directly below a directive, or an empty string."""
    for line in lines[number + 1 :]:
        option = _OPTION.match(line)
        if not option:
            return ""
        if option["name"] == name:
            return (option["value"] or "").strip().strip("\"'")
    return ""
