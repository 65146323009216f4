"""The PDF says what the résumé says, to every reader alike, and is made to last."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from pdfminer.high_level import extract_text
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = Path(__file__).with_name("resume-zh.md")
FOLDERS = pytest.mark.parametrize("folder", ["", "en"])
LANGUAGES = {"": "zh-CN", "en": "en"}


def by_pypdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def by_pdfminer(path: Path) -> str:
    return extract_text(path)


def by_pdftotext(path: Path) -> str:
    command = shutil.which("pdftotext")
    if not command and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (["update"], ["install", "--yes", "poppler-utils"]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            install = ["apt-get", *words]
            subprocess.run(install, env=environment, capture_output=True, timeout=600, check=False)
        command = shutil.which("pdftotext")
    assert command, "no pdftotext: install it (on Debian: apt install poppler-utils)"
    return subprocess.run([command, "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout.decode()


READERS: list[Callable[[Path], str]] = [by_pypdf, by_pdfminer, by_pdftotext]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def statements() -> list[str]:
    """Return the statements of the owner's résumé; the person's name takes the place of the heading “个人”."""
    found = ["iiiceoo"]
    for line in SOURCE.read_text(encoding="utf-8").splitlines()[1:]:
        if not re.match(r"\s*- \[", line):  # the table of contents repeats the headings
            text = re.sub(r"^(#+|-|\d+\.)\s+", "", line.strip())
            found += [part for part in re.sub(r"<(\S+?)>", r"\1", text).strip("*").split(" | ") if part]
    return found


def statements_of_the_page(site: Path) -> list[str]:
    """Return the same from the English page: the texts of its headings, facts, paragraphs and items."""
    soup = BeautifulSoup((site / "en" / "resume.html").read_text(encoding="utf-8"), "html.parser")
    article = soup.find("article")
    assert article is not None
    for sign in article.select("a.headerlink, .languages, h1, .folio-downloads, .folio-duration, #person_iiiceoo > h2"):
        sign.decompose()
    found = []
    for block in article.select("h2, h3, h4, .folio-name, .folio-line, p:not(.folio-line, .folio-name)"):
        text = block.get_text().replace("\N{NO-BREAK SPACE}", " ")
        found += text.split(" | ") if "folio-line" in (block.get("class") or []) else [text]
    return [text for text in found if text.strip()]


@pytest.mark.parametrize("read", READERS)
def test_every_line_of_the_resume_is_read_in_its_order(site: Path, read: Callable[[Path], str]) -> None:
    text, position = plain(read(site / "resume.pdf")), 0
    assert len(statements()) == 45
    for statement in statements():
        found = text.find(plain(statement), position)
        assert found >= 0, f"not there, or not in its place: {statement}"
        position = found + len(plain(statement))


@pytest.mark.parametrize("read", READERS)
def test_every_line_of_the_english_page_is_read_in_its_order(site: Path, read: Callable[[Path], str]) -> None:
    text, position = plain(read(site / "en" / "resume.pdf")), 0
    lines = statements_of_the_page(site)
    assert len(lines) > 45
    for line in lines:
        found = text.find(plain(line), position)
        assert found >= 0, f"not there, or not in its place: {line}"
        position = found + len(plain(line))


@FOLDERS
@pytest.mark.parametrize("read", READERS)
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


@FOLDERS
def test_it_fits_on_a_page_in_a_size_that_can_be_read(site: Path, folder: str) -> None:
    reader = PdfReader(site / folder / "resume.pdf")
    assert len(reader.pages) == 1
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
            "iiiceoo", "简介", "相关技能", "教育背景", "湖南科技大学", "工作经历", "上海道客网络科技有限公司", "Spiderpool (Go)",
            "创智和宇信息技术股份有限公司", "sauto3 (Python3)", "PowerRedis (Java)",
        ],
        "en": [
            "iiiceoo", "Profile", "Skills", "Education", "Hunan University of Science and Technology (湖南科技大学)",
            "Work experience", "Shanghai DaoCloud Network Technology Co., Ltd. (上海道客网络科技有限公司)", "Spiderpool (in Go)",
            "Chuangzhi Heyu Information Technology Co., Ltd. (创智和宇信息技术股份有限公司)", "sauto3 (in Python 3)", "PowerRedis (in Java)",
        ],
    }[folder]  # fmt: skip
    assert titles(PdfReader(site / folder / "resume.pdf").outline) == expected


def links(data: bytes) -> list[str]:
    pages = PdfReader(BytesIO(data)).pages
    return [str(note.get_object()["/A"]["/URI"]) for page in pages for note in page.get("/Annots", [])]


@FOLDERS
def test_its_links_are_those_of_the_page(site: Path, folder: str) -> None:
    soup = BeautifulSoup((site / folder / "resume.html").read_text(encoding="utf-8"), "html.parser")
    outward = {unquote(str(link["href"])) for link in soup.select("article a.external[href]")}
    found = links((site / folder / "resume.pdf").read_bytes())
    assert len(outward) == 8
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


def test_plain_text_has_every_line_of_the_resume(site: Path) -> None:
    text = (site / "resume.txt").read_text(encoding="utf-8")
    lines = [plain(re.sub(r"^(\d+\.|-)?\s+", "", line)) for line in text.splitlines()]
    position = 0
    for statement in statements():
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
    facts = {"": f"（{size} KB）", "en": f" ({size} KB)"}[folder]
    assert str(link.parent.get_text()).removeprefix(link.get_text()) == facts  # type: ignore[union-attr]
