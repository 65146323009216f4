"""A résumé as plain text, with one line per paragraph, for forms that accept only text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio.export.formats.resume_document import Facts, Heading, ItemList, Paragraph, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_folio.export.formats.resume_document import Block, ResumeDocument

INDENT = "   "


def plain_text(resume: ResumeDocument) -> str:
    """Return a résumé as plain text; lines are not wrapped."""
    lines = [resume.notice] if resume.notice else []
    lines += [resume.name, *filter(None, (resume.role, resume.label)), *map(text_of, resume.contact)]
    for block in resume.blocks:
        if isinstance(block, Heading):
            lines.append("")
        lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield text_of(block.line)
        case Facts():
            yield from map(text_of, block.parts)
        case ItemList():
            for number, item in enumerate(block.items, start=block.start):
                mark = f"{number}. " if block.numbered else "- "
                for line in (line for part in item for line in _lines(part)):
                    yield mark + line
                    mark = INDENT
