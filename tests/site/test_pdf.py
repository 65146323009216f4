"""The PDF says what the résumé says, to every reader alike, and is made to last."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTTextContainer, LTTextLine
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = Path(__file__).with_name("resume-zh.md")
FOLDERS = pytest.mark.parametrize("folder", ["", "en"])
LANGUAGES = {"": "zh-CN", "en": "en"}


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def statements() -> list[list[str]]:
    """Return the statements of the owner's résumé; those that the PDF puts on one line, or next to it, as one group.

    The person's name takes the place of the heading “个人”.
    """
    found, is_entry = [["iiiceoo"]], False
    for line in SOURCE.read_text(encoding="utf-8").splitlines()[1:]:
        if re.match(r"\s*- \[", line):  # the table of contents repeats the headings
            continue
        text = re.sub(r"^(#+|-|\d+\.)\s+", "", line.strip())
        parts = [part for part in re.sub(r"<(\S+?)>", r"\1", text).strip("*").split(" | ") if part]
        if is_entry and line.startswith("- "):
            found[-1] += parts
        elif parts:
            found.append(parts)
            is_entry = line.startswith("### ")
    return found


def statements_of_the_page(site: Path) -> list[list[str]]:
    """Return the same from the English page: the texts of its headings, facts, paragraphs and items."""
    soup = BeautifulSoup((site / "en" / "resume.html").read_text(encoding="utf-8"), "html.parser")
    article = soup.find("article")
    assert article is not None
    for sign in article.select(
        "a.headerlink, .languages, h1, .folio-downloads, .folio-duration, .resume-note, #person_iiiceoo > h2"
    ):
        sign.decompose()
    found: list[list[str]] = []
    for block in article.select("h2, h3, h4, .folio-name, .folio-line, p:not(.folio-line, .folio-name)"):
        texts = [text for text in block.get_text().replace("\N{NO-BREAK SPACE}", " ").split(" | ") if text.strip()]
        if "folio-line" in (block.get("class") or []) and len(found) > 1:
            found[-1] += texts
        elif texts:
            found.append(texts)
    return found


def check_order(text: str, groups: list[list[str]]) -> None:
    """Check that a text has all statements: groups in order, and each group together, in any order."""
    position = 0
    for number, group in enumerate(groups):
        places = [text.find(plain(statement), position) for statement in group]
        missing = [statement for statement, place in zip(group, places, strict=True) if place < 0]
        assert missing == [], "not there, or not in its place"
        ends = [place + len(plain(statement)) for place, statement in zip(places, group, strict=True)]
        others = max(ends) - min(places) - sum(len(plain(statement)) for statement in group)
        assert number == 1 or others < 2 * len(group), f"not together: {group}"  # the head has more than these facts
        position = max(ends)


@pytest.mark.parametrize("name", ["resume.pdf", "en/resume.pdf", "en/resume-letter.pdf"])
def test_every_line_of_the_resume_is_read_in_its_order(site: Path, name: str, read: Callable[[Path], str]) -> None:
    groups = statements_of_the_page(site) if name.startswith("en/") else statements()
    assert sum(map(len, groups)) == 45
    check_order(plain(read(site / name)), groups)


@FOLDERS
def test_the_head_tells_role_profile_and_date_of_the_content(
    site: Path, folder: str, read: Callable[[Path], str]
) -> None:
    text = read(site / folder / "resume.pdf")
    head = plain(text.partition({"": "简介", "en": "Profile"}[folder])[0])
    told = {
        "": ["云原生研发工程师", "github.com/iiiceoo", "出生年月1999-02", "截至2023年6月"],
        "en": ["Cloud-NativeEngineer", "github.com/iiiceoo", "BornFeb1999", "AsofJun2023"],
    }[folder]
    assert [fact for fact in told if fact not in head] == []


@pytest.mark.parametrize("name", ["resume.pdf", "en/resume.pdf", "en/resume-letter.pdf", "resume-network.pdf"])
def test_dates_end_at_the_right_edge(site: Path, name: str) -> None:
    (page,) = extract_pages(site / name)
    lines = [line for box in page if isinstance(box, LTTextContainer) for line in box if isinstance(line, LTTextLine)]
    dated = [line for line in lines if re.search(r"(20\d\d ?年 ?\d?\d ?月|[A-Z][a-z]{2} 20\d\d)\s*$", line.get_text())]
    edges = [max(sign.x1 for sign in line if isinstance(sign, LTChar) and sign.get_text().strip()) for line in dated]
    assert len(edges) == 4
    assert max(edges) - min(edges) < 0.5
    assert abs(max(edges) - (page.width - 18 / 25.4 * 72)) < 1


@FOLDERS
def test_no_character_is_read_as_another_that_looks_like_it(
    site: Path, folder: str, read: Callable[[Path], str]
) -> None:
    """Kangxi radicals, compatibility ideographs, ligatures and soft hyphens are what PDFs often hold instead."""
    text = read(site / folder / "resume.pdf")
    odd = {sign for sign in text if unicodedata.normalize("NFC", sign) != sign or unicodedata.category(sign) == "Co"}
    odd |= {
        sign
        for sign in text
        if "\u2e80" <= sign <= "\u2fdf" or "\ufb00" <= sign <= "\ufb06" or sign in "\u00a0\u00ad\ufffd"
    }
    assert odd == set()


PAPERS = {"resume": (595, 842), "en/resume": (595, 842), "en/resume-letter": (612, 792)}


@pytest.mark.parametrize("name", [*PAPERS, "resume-network", "en/resume-network"])
def test_it_fits_on_a_page_in_a_size_that_can_be_read(site: Path, name: str) -> None:
    reader = PdfReader(site / f"{name}.pdf")
    assert len(reader.pages) == 1
    sides = tuple(round(float(side)) for side in reader.pages[0].mediabox[2:])
    assert sides == PAPERS.get(name, (595, 842))
    sizes = []

    def note(text: str, matrix: list[float], text_matrix: list[float], font: object, size: float) -> None:
        if text.strip():
            sizes.append(abs(size * text_matrix[3] * matrix[3]))

    reader.pages[0].extract_text(visitor_text=note)
    assert len(sizes) > 100
    assert min(sizes) >= 9


@FOLDERS
def test_it_says_what_it_is(site: Path, folder: str) -> None:
    reader = PdfReader(site / folder / "resume.pdf")
    assert reader.metadata is not None
    assert reader.metadata.author == "iiiceoo"
    assert reader.metadata.title == {"": "iiiceoo · 简历", "en": "iiiceoo · Résumé"}[folder]
    assert {str(reader.metadata.get(name))[:8] for name in ("/CreationDate", "/ModDate")} <= {"D:202306", "None"}
    root: dict[str, Any] = reader.root_object
    assert root["/Lang"] == LANGUAGES[folder]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp


@FOLDERS
def test_its_bookmarks_are_its_headings(site: Path, folder: str) -> None:
    def titles(items: Any) -> list[str]:
        return [title for item in items for title in (titles(item) if isinstance(item, list) else [item.title])]

    expected = {
        "": [
            "iiiceoo", "简介", "相关技能", "教育背景", "湖南科技大学 | 本科 | 信息与计算科学", "工作经历",
            "云原生研发工程师 | 上海道客网络科技有限公司", "Spiderpool (Go)", "PaaS 开发工程师 | 创智和宇信息技术股份有限公司",
            "sauto3 (Python3)", "PowerRedis (Java)",
        ],
        "en": [
            "iiiceoo", "Profile", "Skills", "Education", "Hunan University of Science and Technology (湖南科技大学)",
            "Work experience",
            "Cloud-Native Engineer | Shanghai DaoCloud Network Technology Co., Ltd. (上海道客网络科技有限公司)",
            "Spiderpool (in Go)",
            "PaaS Engineer | Chuangzhi Heyu Information Technology Co., Ltd. (创智和宇信息技术股份有限公司)",
            "sauto3 (in Python 3)", "PowerRedis (in Java)",
        ],
    }[folder]  # fmt: skip
    found = titles(PdfReader(site / folder / "resume.pdf").outline)
    assert [" ".join(title.split()) for title in found] == expected


def links(data: bytes) -> list[str]:
    pages = PdfReader(BytesIO(data)).pages
    return [str(note.get_object()["/A"]["/URI"]) for page in pages for note in page.get("/Annots", [])]


@FOLDERS
def test_its_links_are_those_of_the_page(site: Path, folder: str) -> None:
    soup = BeautifulSoup((site / folder / "resume.html").read_text(encoding="utf-8"), "html.parser")
    outward = {unquote(str(link["href"])) for link in soup.select("article a.external[href]")}
    found = links((site / folder / "resume.pdf").read_bytes())
    assert len(outward) == 6
    assert set(found) == outward  # the site's address is not known to this build: nothing leads to it


@FOLDERS
def test_all_its_fonts_are_in_it(site: Path, folder: str) -> None:
    fonts = {}
    for page in PdfReader(site / folder / "resume.pdf").pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]  # a dictionary
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            fonts[str(font["/BaseFont"]).partition("+")[2]] = any(key.startswith("/FontFile") for key in descriptor)
    assert {name.partition("-")[0] for name in fonts} == {"SourceSans3", "NotoSansSC"}
    assert all(fonts.values())


@FOLDERS
def test_chinese_in_bold_is_bold(site: Path, folder: str) -> None:
    (page,) = extract_pages(site / folder / "resume.pdf")
    lines = [line for box in page if isinstance(box, LTTextContainer) for line in box if isinstance(line, LTTextLine)]
    (school,) = (line for line in lines if "湖南科技大学" in line.get_text())
    signs = [sign for sign in school if isinstance(sign, LTChar)]
    start = "".join(sign.get_text() for sign in signs).index("湖南科技大学")
    fonts = {sign.fontname.partition("+")[2] for sign in signs[start : start + len("湖南科技大学")]}
    assert fonts == {"NotoSansSC-Bold"}


def test_plain_text_has_every_line_of_the_resume(site: Path) -> None:
    text = (site / "resume.txt").read_text(encoding="utf-8")
    lines = [plain(re.sub(r"^(\d+\.|-)?\s+", "", line)) for line in text.splitlines()]
    (name,), head, *rest = statements()
    assert lines[0] == name
    assert [fact for fact in head if not any(line.endswith(plain(fact)) for line in lines[1 : lines.index("")])] == []
    position = 0
    for statement in (statement for group in rest for statement in group):
        position = lines.index(plain(statement), position) + 1


@FOLDERS
@pytest.mark.parametrize("page", ["index.html", "resume.html"])
def test_home_and_resume_offer_it_with_its_size(site: Path, folder: str, page: str) -> None:
    soup = BeautifulSoup((site / folder / page).read_text(encoding="utf-8"), "html.parser")
    offer = soup.select_one(".folio-downloads")
    assert offer is not None
    link = offer.select_one('a[href="resume.pdf"]')
    assert link is not None
    size = round((site / folder / "resume.pdf").stat().st_size / 1000)
    facts = {"": f"（{size} KB）", "en": f" (A4, {size} KB)"}[folder]
    assert str(link.parent.get_text()).removeprefix(link.get_text()) == facts  # type: ignore[union-attr]
