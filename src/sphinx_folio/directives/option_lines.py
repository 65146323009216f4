"""Find malformed options: lines of a directive that look like options but are not parsed as options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.i18n import __
from sphinx_folio._common.spelling import ascii_form
from sphinx_folio._common.warnings import Subtype

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_LINE = re.compile(
    r"(?P<open>[:：]?)(?P<lead>\s*)(?P<name>\w[\w-]*)(?P<trail>\s*)(?P<close>[:：]?)(?P<gap>\s*)(?P<value>.*)"
)
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
_COMMENT = re.compile(r"(?:^|\s)#")
_ROLE = re.compile(r":[\w:.-]+:`")
_YAML_FENCE = "---"
_FENCE_INDENT = 3
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}|:{3,}")


class Mistake(NamedTuple):
    """A malformed line: its number in the file, the intended option, and the subtype and text of the warning."""

    line: int
    option: str
    subtype: Subtype
    message: str


class Block(NamedTuple):
    """The lines directly below the first line of a directive."""

    mistakes: tuple[Mistake, ...]
    names: frozenset[str]
    """The options in these lines, well-formed or not."""
    is_uneven: bool = False
    """Whether options differ in their indentation, so that docutils reads some as the text of others."""


def check_lines(block_text: str, line: int, known: Collection[str], read: Collection[str]) -> Block:
    """Check the option lines of a directive.

    Args:
        block_text: The source of the directive, including its first line.
        line: The number of its first line in the file.
        known: The directive's options.
        read: The options that the parser has recognized.
    """
    lines = block_text.splitlines()[1:]
    if lines and lines[0].strip().startswith(_YAML_FENCE):
        return _yaml_block(lines, line, known)
    checker = _LineChecker(known, read, in_markdown=not block_text.lstrip().startswith(".."))
    for number, raw in enumerate(lines, line + 1):
        if not checker.check_line(number, raw):
            checker.check_text(lines[number - line - 1 :])
            break
    names = frozenset(checker.seen) | {mistake.option for mistake in checker.mistakes}
    return Block(tuple(checker.mistakes), names, checker.is_uneven)


class _LineChecker:
    """Checks option lines one by one."""

    def __init__(self, known: Collection[str], read: Collection[str], *, in_markdown: bool) -> None:
        """Start before the first line."""
        self.mistakes: list[Mistake] = []
        self.seen: dict[str, int] = {}
        self._known = known
        self._read = read
        self._in_markdown = in_markdown
        self.is_uneven = False
        self._previous = ""
        self._indent = 0

    def check_line(self, number: int, raw: str) -> bool:
        """Check a line; return whether it belongs to the option block."""
        text = raw.strip()
        if not text or _FENCE.match(text):
            return False
        indent = len(raw) - len(raw.lstrip())
        is_marked = text.startswith((":", "："))
        if self._previous and not is_marked and indent > self._indent:
            return self._continue(number)
        match = _LINE.fullmatch(text)
        name = option_name(match["name"], self._known) if match else ""
        if match and _is_well_formed(match):
            self._check_indent(number, name, indent)
            self._indent = indent
            self._note(number, match, name)
            return True
        problem = _problem(match, name, name in self._read) if match and name else ""
        if problem:
            self.mistakes.append(Mistake(number, name, Subtype.UNREAD_OPTION, problem))
            self._previous = name
        elif is_marked and not self._read and not _ROLE.match(text):
            message = __("this line is not an option; write it as ':name: value'")
            self.mistakes.append(Mistake(number, "", Subtype.UNREAD_OPTION, message))
        return is_marked or bool(problem)

    def _check_indent(self, number: int, name: str, indent: int) -> None:
        """Check that an option in reStructuredText has the indentation of the one above it; report only the first."""
        if self._in_markdown or not name or not self.seen or indent == self._indent or self.is_uneven:
            return
        self.is_uneven = True
        message = __("the option %r is indented by %d, the one above it by %d; indent all options by the same width")
        self.mistakes.append(Mistake(number, name, Subtype.UNREAD_OPTION, message % (name, indent, self._indent)))

    def check_text(self, below: list[str]) -> None:
        """Check that text in reStructuredText is indented at least as far as the options, which are text otherwise."""
        indent = min((len(raw) - len(raw.lstrip()) for raw in below if raw.strip()), default=self._indent)
        if self._in_markdown or self._read or self.mistakes or not self.seen or indent >= self._indent:
            return
        name, number = next(iter(self.seen.items()))
        message = __("the option %r is indented by %d, the text below it by %d; indent both by the same width")
        self.mistakes.append(Mistake(number, name, Subtype.UNREAD_OPTION, message % (name, self._indent, indent)))

    def _continue(self, number: int) -> bool:
        """Check a line that continues an option, which only reStructuredText supports."""
        if self._in_markdown:
            message = __("this line does not continue the option %r: in Markdown, an option takes one line")
            self.mistakes.append(Mistake(number, self._previous, Subtype.UNREAD_OPTION, message % self._previous))
        return not self._in_markdown

    def _note(self, number: int, match: re.Match[str], name: str) -> None:
        """Record a well-formed option."""
        self._previous = shown = name or match["name"]
        if shown in self.seen:
            self.mistakes.append(_given_twice(number, shown, self.seen[shown]))
        self.seen.setdefault(shown, number)
        problem = _problem_with_value(match, name, is_read=name in self._read) if name and self._in_markdown else ""
        if problem:
            self.mistakes.append(Mistake(number, name, Subtype.UNREAD_OPTION, problem))


def _given_twice(number: int, name: str, first: int) -> Mistake:
    message = __("the option %r is given twice, first in line %d")
    return Mistake(number, name, Subtype.DUPLICATE_OPTION, message % (name, first))


def _yaml_block(lines: list[str], first: int, known: Collection[str]) -> Block:
    """Check options between two lines of three hyphens, the other form that MyST has."""
    mistakes: list[Mistake] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], first + 2):
        if line.startswith(_YAML_FENCE):
            break
        match = _LINE.fullmatch(line)
        name = option_name(match["name"], known) if match else ""
        if match and name and not match["open"]:
            if match["close"] == "：":
                message = __("the option %r has a full-width colon; write %r")
                mistakes.append(Mistake(number, name, Subtype.UNREAD_OPTION, message % (name, f"{name}:")))
            elif match["close"] and name in seen:
                mistakes.append(_given_twice(number, name, seen[name]))
            elif problem := _problem_with_value(match, name, is_read=True):
                mistakes.append(Mistake(number, name, Subtype.UNREAD_OPTION, problem))
            seen.setdefault(name, number)
    else:
        message = __("the options that begin with '---' lack a second '---'")
        mistakes.append(Mistake(first + 1, "", Subtype.UNREAD_OPTION, message))
    return Block(tuple(mistakes), frozenset(seen))


def option_name(word: str, known: Collection[str]) -> str:
    """Return the option with this name, ignoring case and character width, or an empty string."""
    plain = ascii_form(word).casefold().replace("_", "-")
    return plain if plain in known else ""


class OpenFence(NamedTuple):
    """An unclosed fence: the number of its line, its fence characters, and the line."""

    number: int
    fence: str
    text: str


def open_fence(lines: list[str]) -> OpenFence | None:
    """Return the unclosed fence in the content of a directive, or None."""
    opened: OpenFence | None = None
    for number, line in enumerate(lines):
        text = line.strip()
        match = _FENCE.match(text)
        if not match or len(line) - len(line.lstrip()) > _FENCE_INDENT:
            continue
        if opened is None:
            opened = OpenFence(number, match[0], text)
        elif closes(text, opened.fence):
            opened = None
    return opened


def closes(line: str, fence: str) -> bool:
    """Return whether a line closes a fence: it has nothing but at least as many of its characters."""
    text = line.strip()
    return text.startswith(fence) and not text.strip(fence[0])


class Paragraph(NamedTuple):
    """Consecutive non-blank lines, and the number of the first one in the content."""

    number: int
    lines: tuple[str, ...]

    def number_of(self, option: str) -> int:
        """Return the number of the line that begins with an option."""
        names = (ascii_form(line).casefold().replace("_", "-").strip().lstrip(":") for line in self.lines)
        return self.number + next(number for number, name in enumerate(names) if name.startswith(option))


def paragraphs(lines: list[str]) -> list[Paragraph]:
    """Return the paragraphs of a directive's content, without nested directives and code."""
    found: list[Paragraph] = []
    fence = ""
    inside = False
    for number, line in enumerate(lines):
        text = line.strip()
        opened = _FENCE.match(text)
        if fence:
            if opened and closes(text, fence):
                fence = ""
            inside = False
        elif opened:
            fence, inside = opened[0], False
        elif not text or line.startswith(("  ", "\t")):
            inside = False
        elif inside:
            found[-1] = Paragraph(found[-1].number, (*found[-1].lines, line))
        else:
            found.append(Paragraph(number, (line,)))
            inside = True
    return found


def unread_option(line: str, known: Collection[str]) -> Iterator[str]:
    """Yield the name of the option if a line has the form ``:name: value``."""
    match = _LINE.fullmatch(line.strip())
    if match and match["open"] and match["close"] and not match["lead"] and (match["gap"] or not match["value"]):
        name = option_name(match["name"], known)
        if name and not match["value"].startswith("`"):
            yield name


def are_options(lines: Iterable[str], known: Collection[str]) -> bool:
    """Return whether the first line is an option."""
    first = next((line for line in lines if line.strip()), "")
    match = _LINE.fullmatch(first.strip())
    return bool(match and match["open"] and match["close"] and option_name(match["name"], known))


def bare_options(lines: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the options of a paragraph in which each line is ``name: value``; a single line may be prose."""
    names = []
    for line in lines:
        match = _LINE.fullmatch(line.strip())
        name = match["name"] if match and match["close"] and match["gap"] else ""
        names.append(name if name in known else "")
    return names if len(names) > 1 and all(names) else []


def _is_well_formed(match: re.Match[str]) -> bool:
    spaced = not match["value"] or match["gap"].startswith(" ")
    return match["open"] == match["close"] == ":" and not match["lead"] and not match["trail"] and spaced


def _problem(match: re.Match[str], name: str, is_read: bool) -> str:
    """Return a message about a malformed option line, or an empty string if it is prose or was parsed anyway."""
    opened, closed, gap, value = match["open"], match["close"], match["gap"], match["value"]
    if not opened and (match["name"] != name or not closed or (value and not gap)):
        return ""
    if opened == closed == ":" and (is_read or value.startswith("`")):  # the latter is a role
        return ""
    problems = (
        ("：" in (opened, closed), __("the option %r has a full-width colon; write %r")),
        (not opened, __("the option %r lacks its first colon; write %r")),
        (not closed, __("the option %r lacks its second colon; write %r")),
        ("\t" in gap, __("a tab follows the option %r; write a space after %r")),
        (match["lead"] or match["trail"], __("the option %r has a space inside its colons; write %r")),
        (True, __("no space follows the option %r; write one after %r")),
    )
    return str(next(message for wrong, message in problems if wrong) % (name, f":{name}:"))


def _problem_with_value(match: re.Match[str], name: str, *, is_read: bool) -> str:
    """Return why MyST, whose options are YAML, cannot read a value or all of it, or an empty string."""
    value = match["value"]
    if value and value[0] in "'\"|>":
        message = __("the value of %r begins with %s, which is YAML syntax; quote the whole value") % (name, value[0])
        return "" if is_read or _QUOTED.fullmatch(value) else str(message)
    is_cut = _COMMENT.search(value)
    return str(__("the value of %r ends before #, which begins a comment; quote the value") % name) if is_cut else ""
