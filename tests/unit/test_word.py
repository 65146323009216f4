"""The Word document: what its readers get, in the order of the PDF, in styles that a person can edit."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any, cast

import mammoth
import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn

from sphinx_folio.export.formats.plain_text import plain_text
from sphinx_folio.export.formats.resume_document import Facts, Heading, ItemList, Paragraph, ResumeDocument, Run
from sphinx_folio.export.formats.word import word_document


def paragraph(*runs: Run) -> Paragraph:
    return Paragraph(line=runs)


def numbered(*texts: str) -> ItemList:
    return ItemList(numbered=True, start=4, items=tuple((paragraph(Run(text)),) for text in texts))


INNER = ItemList(items=((paragraph(Run("inner")),),))
RESUME = ResumeDocument(
    name="林小样",
    title="简历",
    language="zh-CN",
    date="2026-01-02",
    keywords=("Go", "CNI"),
    contact=(
        (Run("a@example.org", href="mailto:a@example.org"),),
        (Run("GitHub", href="https://github.com/x?a=1&b=2"),),
    ),
    blocks=(
        Heading(level=1, line=(Run("工作经历"),)),
        Heading(level=2, line=(Run("样港 "), Run("Acme", language="en"))),
        Facts(parts=((Run("2020年"),), (Run("工程师"),))),
        paragraph(Run("plain "), Run("bold", strong=True), Run(" "), Run("code", code=True), Run(" bad\x0b")),
        ItemList(
            numbered=True, items=((paragraph(Run("one")), paragraph(Run("more")), INNER), (paragraph(Run("two")),))
        ),
        paragraph(Run("between")),
        numbered("uno", "due"),
    ),
)
WORDS = "林小样 a@example.org GitHub 工作经历 样港 Acme 2020年 工程师 plain bold code bad one more inner two between uno due"


def words(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def test_no_separator_ends_a_line() -> None:
    """A no-break space joins it with what follows."""
    facts = Facts(parts=((Run("2020"),), (Run("Lead"),)))
    prose = paragraph(Run("Paper"), Run(" | "), Run("2021"))
    blocks = (facts, prose, paragraph(Run("a | b", code=True)), ItemList(items=((facts,),)))
    document = Document(BytesIO(word_document(replace(RESUME, role="Lead · Coach", blocks=blocks))))
    fact, code = "2020 |\N{NO-BREAK SPACE}Lead", "a | b"
    assert [found.text for found in document.paragraphs][1:] == [
        "Lead ·\N{NO-BREAK SPACE}Coach",
        "a@example.org |\N{NO-BREAK SPACE}GitHub",
        *(fact, "Paper |\N{NO-BREAK SPACE}2021", code, fact),
    ]


def test_the_paper_is_that_of_the_resume() -> None:
    for paper, size in {"a4": (210, 297), "us-letter": (216, 279)}.items():
        page = Document(BytesIO(word_document(replace(RESUME, paper=paper)))).sections[0]
        assert page.page_width is not None
        assert page.page_height is not None
        assert (round(page.page_width.mm), round(page.page_height.mm)) == size


def test_two_readers_get_the_text_of_the_resume_in_its_order() -> None:
    data = word_document(RESUME)
    document = Document(BytesIO(data))
    assert words(" ".join(found.text for found in document.paragraphs)) == WORDS
    html = BeautifulSoup(mammoth.convert_to_html(BytesIO(data)).value, "html.parser")
    assert words(html.get_text(" ")) == WORDS
    listed = words(plain_text(RESUME, addresses=False).replace("\x0b", "").replace("私密", "")).replace(" - ", " ")
    assert re.sub(r"\d\. ", "", listed) == WORDS


def test_headings_lists_and_links_are_real() -> None:
    html = BeautifulSoup(mammoth.convert_to_html(BytesIO(word_document(RESUME))).value, "html.parser")
    assert [(heading.name, heading.get_text()) for heading in html.find_all(["h1", "h2"])] == [
        ("h1", "工作经历"),
        ("h2", "样港 Acme"),
    ]
    assert [item.get_text() for item in html.select("ol > li")] == ["one", "two", "uno", "due"]
    assert [item.get_text() for item in html.select("ul > li")] == ["inner"]
    links = [(link.get_text(), link["href"]) for link in html.find_all("a")]
    assert links == [("a@example.org", "mailto:a@example.org"), ("GitHub", "https://github.com/x?a=1&b=2")]
    assert [strong.get_text() for strong in html.find_all("strong")] == ["bold"]


def test_every_numbered_list_starts_at_its_own_number() -> None:
    document = Document(BytesIO(word_document(RESUME)))
    numbers = {
        found.text: properties.numPr.numId.val
        for found in document.paragraphs
        if (properties := cast("Any", found._p.pPr)) is not None and properties.numPr is not None
    }
    assert numbers["one"] == numbers["two"] != numbers["uno"] == numbers["due"]
    numbering = document.part.numbering_part.numbering_definitions._numbering
    starts = [numbering.num_having_numId(numbers[text]).lvlOverride_lst[0].startOverride.val for text in ("one", "uno")]
    assert starts == [1, 4]


def test_fonts_and_languages_are_set_for_every_script() -> None:
    document = Document(BytesIO(word_document(RESUME)))
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts is None or fonts.get(qn("w:eastAsia")) == "Microsoft YaHei", name
    styles = zipfile.ZipFile(BytesIO(word_document(RESUME))).read("word/styles.xml").decode()
    assert '<w:lang w:val="en-US" w:eastAsia="zh-CN"' in styles  # LibreOffice breaks Latin words of Chinese anywhere
    assert "asciiTheme" not in styles.partition("w:latentStyles")[0]
    body = zipfile.ZipFile(BytesIO(word_document(RESUME))).read("word/document.xml").decode()
    assert 'w:lang w:val="en"' in body


@pytest.mark.parametrize(
    ("language", "font"),
    [("en", "Microsoft YaHei"), ("ja", "Yu Gothic"), ("ko-KR", "Malgun Gothic"), ("zh-Hant-TW", "Microsoft JhengHei")],
)
def test_the_font_follows_the_language(language: str, font: str) -> None:
    resume = ResumeDocument(name="A", title="B", language=language, date="2026-01-02")
    styles = zipfile.ZipFile(BytesIO(word_document(resume))).read("word/styles.xml").decode()
    assert f'w:eastAsia="{font}"' in styles


def test_the_file_has_its_properties_and_the_same_bytes_each_time() -> None:
    data = word_document(RESUME)
    assert data == word_document(RESUME)
    document = Document(BytesIO(data))
    properties = document.core_properties
    assert (properties.title, properties.author, properties.keywords) == ("简历", "林小样", "Go, CNI")
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2026-01-02"
    long: Any = Document(BytesIO(word_document(replace(RESUME, name="A" * 300, title="B" * 300))))
    assert (long.core_properties.author, long.paragraphs[0].text) == ("A" * 255, "A" * 300)
    assert {info.date_time for info in zipfile.ZipFile(BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_language_from_right_to_left_has_its_direction() -> None:
    latin = paragraph(Run("example.org", href="https://example.org"))
    arabic = replace(RESUME, language="ar", contact=(), blocks=(paragraph(Run("لغة C++", strong=True)), latin))
    document: Any = Document(BytesIO(word_document(arabic)))
    assert document.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert document.styles["Heading 1"].element.rPr.find(qn("w:szCs")).get(qn("w:val")) == "26"
    text, link = document.paragraphs[-2:]
    assert [(run.text, run.font.rtl, run.font.cs_bold) for run in text.runs] == [("لغة \u200eC++\u200e", True, True)]
    assert link._p.find(f".//{qn('w:rtl')}") is None
    latin_document: Any = Document(BytesIO(word_document(RESUME)))
    assert latin_document.styles["Normal"].element.pPr.find(qn("w:bidi")) is None
