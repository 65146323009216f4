"""A résumé as plain text, with one line per paragraph, for forms that accept only text."""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx_folio._common.identifiers import identifier
from sphinx_folio.export.formats.resume_document import Facts, Heading, ItemList, Paragraph, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_folio.export.formats.resume_document import Block, Line, ResumeDocument

_START_OF_ADDRESS = re.compile(r"^(?:https?://(?:www\.)?|mailto:|tel:)")
_IS_ADDRESS = re.compile(r"https?://\S+")


def plain_text(resume: ResumeDocument, *, addresses: bool = True) -> str:
    """Return a résumé as plain text; lines are not wrapped.

    Args:
        resume: The résumé.
        addresses: Whether a link that leaves the site has its address in parentheses, unless its text is an address or
            its line has this one, or its DOI, already.
    """
    text = partial(_text_with_addresses, resume) if addresses else text_of
    lines = [resume.name, *filter(None, (resume.role, resume.label)), *map(text, resume.contact)]
    for block in resume.blocks:
        if isinstance(block, Heading):
            lines.append("")
        lines += _lines(block, text)
    return "\n".join(lines) + "\n"


def text_of_blocks(blocks: Iterable[Block]) -> str:
    """Return blocks as text with empty lines between them, as texts in JSON Resume are; links have no addresses."""
    return "\n\n".join("\n".join(_lines(block, text_of)) for block in blocks)


def _lines(block: Block, text: Callable[[Line], str]) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield text(block.line)
        case Facts():
            yield from map(text, block.parts)
        case ItemList():
            for number, item in enumerate(block.items, start=block.start):
                mark = f"{number}. " if block.numbered else "- "
                for line in (line for part in item for line in _lines(part, text)):
                    yield mark + line
                    mark = " " * len(mark)


def _text_with_addresses(resume: ResumeDocument, line: Line) -> str:
    """Return the text of a line, in which addresses follow the links that leave the site."""
    brackets, host = "（{}）" if resume.language.startswith(("zh", "ja")) else " ({})", urlsplit(resume.address).netloc
    found, shown = "", text_of(line).casefold()
    for href, runs in groupby(line, key=lambda run: run.href):
        text = text_of(runs)
        address = _START_OF_ADDRESS.sub("", href).rstrip("/")
        is_of_site = host != "" and urlsplit(href).netloc == host
        label = text.rstrip()
        short = identifier(href).casefold()
        is_shown = address.casefold() in shown or (short and short in shown) or _IS_ADDRESS.fullmatch(label)
        if address and not is_of_site and not is_shown:
            text = label + brackets.format(address) + text[len(label) :]
            shown += address.casefold()
        found += text
    return found
