"""Docstrings, comments and messages use plain English: a phrase that readers stumbled over is not used again."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("packages/*/src/**/*.py")])

BETTER = {
    r"\banew\b": "again",
    r"\banother than\b": "different from",
    r"\bat large\b": "in general",
    r"\bbeside (?!s\b)(?:it|its|the|them|one)\b": "next to, in addition to",
    r"\bbe told\b|\bis told\b|\bare told\b|\btold (?:by|from)\b": "shown, distinguished",
    r"\belse (?:none|nothing)\b": "otherwise empty",
    r"\bgoes? round in circles\b": "is a loop",
    r"\bin sum\b": "a summary of",
    r"\b(?:in|into) the place of\b": "instead of, replaces",
    r"\bkeeps? whole\b|\blies? there\b|\bstands? there\b": "exists, is complete",
    r"\blead(?:s|ing)? on\b": "redirect",
    r"\bledger\b": "log",
    r"\bleftovers?\b": "stale files",
    r"\blest\b": "so that ... not",
    r"\bmend(?:s|ed|ing)?\b": "fix, correct",
    r"\bnobody gets\b|\bnobody would\b": "a sentence with a subject",
    r"\bnothing of it\b": "an empty one, None",
    r"\bof use\b": "useful, used",
    r"\bof which\b": "whose, that",
    r"\bone's own\b": "custom",
    r"\bslips?\b": "mistake",
    r"\bthat there is not\b|\bwhat there is\b": "that does not exist, exists",
    r"\bthrift\b": "speedups",
    r"\bwarns? of\b": "warn about",
    r"\bwho writes\b": "the builder, the author",
    r"\bwhat (?:becomes|became|is kept|was left|is left|is of|it says|stands|lies)\b": "a noun: result, cache, rest",
    r"^(?:\W*)Refuse (?:an?|the|to)\b": "Check that",
    r"^(?:\W*)Take (?:the|what)\b": "Set the",
    r"^(?:\W*)Tell (?:whether|what|how)\b": "Return whether",
    r"^(?:\W*)Have \w+ \w+ed\b": "an active verb",
}
"""Phrase → what to write instead."""
PATTERNS = {re.compile(phrase, re.IGNORECASE): better for phrase, better in BETTER.items()}


def prose(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of docstrings, of comments and of translatable strings, with their numbers."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.lstrip("# ")
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text), lineno=line)):  # docstrings, also those of attributes
                yield from enumerate(text.splitlines(), line)
            case ast.Call(func=ast.Name(id="_" | "__" | "mark"), args=[ast.Constant(value=str(text)), *_]):
                yield node.lineno, text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_prose_is_plain_english(path: Path) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {match[0]!r}; write: {better}"
        for line, text in prose(path.read_text(encoding="utf-8"))
        for pattern, better in PATTERNS.items()
        if (match := pattern.search(text))
    ]
    assert not found, "\n".join(found)
