"""A résumé as a Word document (ISO/IEC 29500) that people can edit: styles, headings and lists, no text boxes.

The text and its order are those of the PDF. The same content gives the same bytes. This module needs ``python-docx``.
"""

# ruff: noqa: SLF001  python-docx has no public means for links, languages and numbering, only their XML

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Mm, Pt, RGBColor

from sphinx_folio._common.bidi import with_direction_marks
from sphinx_folio._common.characters import xml_text
from sphinx_folio.export.formats.resume_document import (
    Facts,
    Heading,
    ItemList,
    Paragraph,
    is_right_to_left,
    with_kept_separators,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_folio.export.formats.resume_document import Block, Line, ResumeDocument, Run

LATIN_FONT, CODE_FONT = "Calibri", "Consolas"
EAST_ASIAN_FONTS = {"zh-Hant": "Microsoft JhengHei", "ja": "Yu Gothic", "ko": "Malgun Gothic", "": "Microsoft YaHei"}
"""Start of a language tag → font for the characters of East Asia; the first match counts."""
PAPERS = {"a4": (Mm(210), Mm(297)), "us-letter": (Inches(8.5), Inches(11))}
"""Paper, by Typst's name → its width and height."""
ACCENT, MUTED, RULE = "0B6B6B", "4A5763", "D8E0E4"
LINE_SPACING = 1.08
"""That of new documents in Word; the one of python-docx, 1.15, puts a last line on a page of its own more often."""
FACTS = "Resume Facts"
"""The style of lines of facts, such as dates and a title."""
LIST_LEVELS = 3
"""The number of nested levels for which Word has list styles."""
MAX_PROPERTY_LENGTH = 255
"""The maximum length of a property of the file, in characters; python-docx refuses more."""
AFTER_DIRECTION = tuple(
    f"w:{name}"
    for name in (
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
        *("jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr"),
        *("sectPr", "pPrChange"),
    )
)
"""What follows ``w:bidi`` in the properties of a paragraph (ISO/IEC 29500-1, 17.3.1)."""
AFTER_DIRECTION_OF_PAGE = ("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")
"""What follows ``w:bidi`` in the properties of a section (ISO/IEC 29500-1, 17.6)."""


def word_document(resume: ResumeDocument) -> bytes:
    """Return a résumé as a Word document."""
    document = _Writer(resume).document()
    file = BytesIO()
    document.save(file)
    archive = BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(archive, "w") as target:
        for name in source.namelist():  # with the date of a ZipInfo, which is always the same
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return archive.getvalue()


class _Writer:
    """Writes one résumé into a new document."""

    def __init__(self, resume: ResumeDocument) -> None:
        self._resume = resume
        self._document: Any = Document()
        self._from_right = is_right_to_left(resume.language)

    def document(self) -> Any:
        """Return the document."""
        self._set_properties()
        self._set_page()
        self._set_styles()
        self._document.add_paragraph(self._resume.name, style="Title")
        for text in filter(None, (self._resume.role, self._resume.label)):
            self._document.add_paragraph(with_kept_separators(text))
        self._write_facts(self._resume.contact)
        for block in self._resume.blocks:
            self._write(block)
        self._write_facts(self._resume.about)
        return self._document

    # Settings of the file

    def _set_properties(self) -> None:
        properties = self._document.core_properties
        properties.title, properties.language = self._resume.title[:MAX_PROPERTY_LENGTH], self._resume.language
        properties.author = properties.last_modified_by = self._resume.name[:MAX_PROPERTY_LENGTH]
        properties.keywords, properties.comments = ", ".join(self._resume.keywords)[:MAX_PROPERTY_LENGTH], ""
        properties.created = properties.modified = datetime.fromisoformat(self._resume.date).replace(tzinfo=UTC)

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = PAPERS[self._resume.paper]
        section.left_margin = section.right_margin = Mm(19)
        section.top_margin = section.bottom_margin = Mm(16)
        if self._from_right:
            section._sectPr.insert_element_before(OxmlElement("w:bidi"), *AFTER_DIRECTION_OF_PAGE)

    def _set_styles(self) -> None:
        styles = self._document.styles
        facts = styles.add_style(FACTS, WD_STYLE_TYPE.PARAGRAPH)
        facts.base_style = styles["Normal"]
        fonts = {"ascii": LATIN_FONT, "hAnsi": LATIN_FONT, "cs": LATIN_FONT, "eastAsia": self._east_asian_font()}
        defaults = styles.element.find(qn("w:docDefaults")).find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
        _set_fonts(defaults, fonts)
        self._set_language(defaults, self._resume.language)
        for style in styles:
            if style.type == WD_STYLE_TYPE.PARAGRAPH and style.element.rPr is not None:
                _set_fonts(style.element.rPr, fonts)
        for name, size, bold, color, before, after in (
            ("Normal", 10.5, False, "000000", 0, 3),
            ("Title", 22, True, "000000", 0, 2),
            (FACTS, 10, False, MUTED, 0, 3),
            ("Heading 1", 13, True, ACCENT, 12, 4),
            ("Heading 2", 11.5, True, "000000", 8, 1),
            *((f"Heading {level}", 10.5, True, "000000", 5, 1) for level in range(3, 10)),
        ):
            style = styles[name]
            style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
            style.font.cs_bold, style.font.cs_italic = bold, False
            _set_complex_size(style, size)
            style.font.color.rgb = RGBColor.from_string(color)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        styles["Normal"].paragraph_format.line_spacing = LINE_SPACING
        if self._from_right:
            properties = styles["Normal"].element.get_or_add_pPr()
            properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_DIRECTION)
        _set_rule(styles["Title"], "")
        _set_rule(styles["Heading 1"], RULE)

    def _east_asian_font(self) -> str:
        return next(font for tag, font in EAST_ASIAN_FONTS.items() if self._resume.language.startswith(tag))

    @staticmethod
    def _set_language(properties: Any, tag: str) -> None:
        """Set the language of text; Word keeps those of East Asian text and of text from right to left apart.

        Latin text in East Asian text gets English: LibreOffice breaks the words of the other languages anywhere.
        """
        language = properties.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            properties.append(language)
        is_east_asian = tag.startswith(("zh", "ja", "ko"))
        language.set(qn("w:val"), "en-US" if is_east_asian else tag)
        if is_east_asian:
            language.set(qn("w:eastAsia"), tag)
        if is_right_to_left(tag):
            language.set(qn("w:bidi"), tag)

    # Content

    def _write(self, block: Block) -> None:
        match block:
            case Heading():
                paragraph = self._document.add_paragraph(style=f"Heading {min(block.level, 9)}")
                self._write_line(paragraph, block.line)
            case Facts():
                self._write_facts(block.parts)
            case Paragraph():
                self._write_line(self._document.add_paragraph(), block.line)
            case ItemList():
                self._write_list(block, 1)

    def _write_facts(self, parts: Sequence[Line]) -> None:
        if parts:
            self._write_parts(self._document.add_paragraph(style=FACTS), parts)

    def _write_parts(self, paragraph: Any, parts: Sequence[Line]) -> None:
        """Write the parts of a line; the separator is not part of any of them."""
        for place, part in enumerate(parts):
            if place:
                self._mark_direction(paragraph.add_run(with_kept_separators(" | ")))
            self._write_line(paragraph, part)

    def _write_list(self, items: ItemList, level: int) -> None:
        kind = "List Number" if items.numbered else "List Bullet"
        depth = min(level, LIST_LEVELS)
        suffix = f" {depth}" if depth > 1 else ""
        number = self._new_numbering(f"{kind}{suffix}", items.start) if items.numbered else None
        for item in items.items:
            style = f"{kind}{suffix}"
            for block in item:
                match block:
                    case ItemList():
                        self._write_list(block, level + 1)
                    case Facts() | Paragraph() | Heading():
                        paragraph = self._document.add_paragraph(style=style)
                        if number is not None and style.startswith(kind):
                            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
                        self._write_parts(paragraph, block.parts if isinstance(block, Facts) else (block.line,))
                style = f"List Continue{suffix}"

    def _new_numbering(self, style: str, start: int) -> int:
        """Return a numbering that starts at a number; all lists of a style would otherwise be counted as one."""
        numbering = self._document.part.numbering_part.numbering_definitions._numbering
        own = self._document.styles[style].element.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(own).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(number.numId)

    def _write_line(self, paragraph: Any, line: Line) -> None:
        for run in line:
            if run.href:
                part = self._document.part
                link = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
                link.append(self._add_run(paragraph, run)._r)
                paragraph._p.append(link)
            else:
                self._add_run(paragraph, run)

    def _add_run(self, paragraph: Any, run: Run) -> Any:
        text = run.text if run.code else with_kept_separators(run.text)
        text = with_direction_marks(text) if self._from_right and not run.code else text
        written = paragraph.add_run(xml_text(text))
        written.bold, written.italic = run.strong or None, run.emphasis or None
        written.font.cs_bold, written.font.cs_italic = written.bold, written.italic
        self._mark_direction(written)
        if run.code:
            written.font.name = CODE_FONT
        if run.href:
            written.font.color.rgb = RGBColor.from_string(ACCENT)
        if run.language:
            self._set_language(written._r.get_or_add_rPr(), run.language.replace("_", "-"))
        return written

    def _mark_direction(self, written: Any) -> None:
        """Mark a run that Word sets from right to left, unless all of it is in another script, as an address is."""
        directions = {bidirectional(character) for character in written.text}
        if self._from_right and (directions & {"R", "AL"} or "L" not in directions):
            written.font.rtl = True


def _set_complex_size(style: Any, size: float) -> None:
    """Set the size of text from right to left, which Word keeps apart, in half points."""
    element = OxmlElement("w:szCs")
    element.set(qn("w:val"), str(round(2 * size)))
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(element)


def _set_fonts(properties: Any, fonts: dict[str, str]) -> None:
    """Set the fonts of text properties; those of the theme would win."""
    element = properties.find(qn("w:rFonts"))
    if element is None:
        element = OxmlElement("w:rFonts")
        properties.insert(0, element)
    element.attrib.clear()
    for script, font in fonts.items():
        element.set(qn(f"w:{script}"), font)


def _set_rule(style: Any, color: str) -> None:
    """Draw a thin line below the paragraphs of a style, or remove it if there is no color."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    if color:
        borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", color)):
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
