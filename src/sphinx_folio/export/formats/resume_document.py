"""A résumé as headings, lines of facts, paragraphs and lists; the layout is up to the file formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Run:
    """A text with one formatting: link, emphasis, and the language if it is not that of the résumé."""

    text: str
    href: str = ""
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    language: str = ""


_SEPARATOR = re.compile(" ([|·]) ")

Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; levels are counted from 1."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Short facts on one line, such as dates and a title."""

    parts: tuple[Line, ...]
    kinds: tuple[str, ...] = ()
    """What each part is: ``dates``, ``title`` (of a position), or nothing; empty if no part is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of prose, or the facts of an entry in a list, such as a publication, on one line."""

    line: Line
    parts: tuple[Line, ...] = ()
    """The facts that the line joins, if it is one of facts."""
    kinds: tuple[str, ...] = ()
    """What each of them is: ``dates``, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A numbered or bulleted list."""

    items: tuple[tuple[Block, ...], ...]
    numbered: bool = False
    start: int = 1
    """The number of the first item."""


Block: TypeAlias = "Heading | Facts | Paragraph | ItemList"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSection:
    """A section of the page that has text and no entries, such as one about teaching, or a career break."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeDocument:
    """The content of a résumé, with the metadata of the file."""

    name: str
    title: str
    language: str
    """A language tag (BCP 47)."""
    date: str
    """The date of the document (ISO 8601)."""
    role: str = ""
    """The title of the current or latest position."""
    label: str = ""
    """The profession, in a few words."""
    contact: tuple[Line, ...] = ()
    about: tuple[Line, ...] = ()
    """The date of the content, if that is set."""
    blocks: tuple[Block, ...] = ()
    sections: tuple[TextSection, ...] = ()
    """The sections of the blocks that have only text."""
    keywords: tuple[str, ...] = ()
    address: str = ""
    """The address of the page with this content; empty if it is unknown."""
    is_private: bool = False
    """Whether it has private facts, so that no cache may contain it."""
    paper: str = "a4"
    """The paper, by Typst's name."""
    words: dict[str, str] = field(default_factory=dict)
    """The translated texts of the template: ``page`` ("{page} of {pages}"), and ``photo``, its description."""


def is_right_to_left(language: str) -> bool:
    """Return whether a language (BCP 47) is written from right to left."""
    try:
        return Locale.parse(language, sep="-").text_direction == "rtl"
    except (ValueError, UnknownLocaleError):
        return False


def with_kept_separators(text: str) -> str:
    """Return a text whose separators of facts, `` | `` and `` · ``, end no line: they stay with what follows them."""
    return _SEPARATOR.sub(" \\1\N{NO-BREAK SPACE}", text)


def text_of(line: Iterable[Run]) -> str:
    """Return the text of a line."""
    return "".join(run.text for run in line)


def as_data(resume: ResumeDocument) -> dict[str, Any]:
    """Return a résumé as dicts, lists and strings, for a template; the ``kind`` of a block is its type."""
    return {
        "name": resume.name,
        "title": resume.title,
        "language": resume.language,
        "date": resume.date,
        "role": resume.role,
        "label": resume.label,
        "contact": [_runs(line) for line in resume.contact],
        "about": [_runs(line) for line in resume.about],
        "paper": resume.paper,
        "keywords": list(resume.keywords),
        "address": resume.address,
        "words": resume.words,
        "blocks": [_block(block) for block in resume.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "line": _runs(block.line)}
        case Facts():
            return {"kind": "facts", **_facts(block)}
        case Paragraph():
            return {"kind": "paragraph", "line": _runs(block.line), **_facts(block)}
        case ItemList():
            items = [[_block(part) for part in item] for item in block.items]
            return {"kind": "list", "numbered": block.numbered, "start": block.start, "items": items}


def _facts(block: Facts | Paragraph) -> dict[str, Any]:
    kinds = block.kinds or ("",) * len(block.parts)
    return {"parts": [_runs(part) for part in block.parts], "kinds": list(kinds)}


def _runs(line: Line) -> list[dict[str, Any]]:
    return [
        {
            "text": run.text,
            "href": run.href,
            "strong": run.strong,
            "emphasis": run.emphasis,
            "code": run.code,
            "language": run.language,
        }
        for run in line
    ]
