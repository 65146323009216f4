"""Pages on paper: what is read is there and nothing is dark; what is cut, or pressed, is looked for in test_every_page."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

A4_INNER_WIDTH = 650
"""Pixels between margins of 19 mm, at 96 per inch."""


@pytest.fixture
def paper(browser: Browser) -> Iterator[Page]:
    """A page as it is printed, by a reader who has chosen the dark scheme."""
    context = browser.new_context(color_scheme="dark", viewport={"width": A4_INNER_WIDTH, "height": 900})
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def resume_pdf(page: Page) -> list[str]:
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    for sheet in reader.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)
    texts = (unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in reader.pages)  # Chromium writes radicals
    return [re.sub(r"\s+", " ", text) for text in texts]


def test_paper_is_white_and_ink_is_dark(paper: Page, address: str) -> None:
    paper.goto(f"{address}spiderpool/index.html")
    luminance = """(e) => {
      const parts = getComputedStyle(e).color.match(/[\\d.]+/g).map(Number);
      return (parts[0] + parts[1] + parts[2]) / 3;
    }"""
    assert paper.locator("article p").first.evaluate(luminance) < 60
    background = paper.locator("body").evaluate("(e) => getComputedStyle(e).backgroundColor")
    assert background in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    head = paper.locator("div.folio-project").evaluate("(e) => getComputedStyle(e).backgroundColor")
    assert head in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_the_shades_of_a_heat_map_are_printed(paper: Page, address: str) -> None:
    paper.goto(f"{address}spiderpool/contributions.html")
    cell = paper.locator("td:has(.folio-shade-5)").first
    assert cell.evaluate("(e) => getComputedStyle(e).printColorAdjust") == "exact"


@pytest.mark.parametrize(
    ("name", "last", "parts"),
    [
        ("resume.html", "工作经历", ("相关技能", "湖南科技大学", "上海道客网络科技有限公司", "PowerRedis", "慢日志")),
        ("en/resume.html", "Workexperience", ("Skills", "上海道客网络科技有限公司", "PowerRedis", "slowlogs")),
    ],
)
def test_the_resume_is_two_sheets_with_every_part(
    paper: Page, address: str, name: str, last: str, parts: tuple[str, ...]
) -> None:
    paper.goto(f"{address}{name}")
    sheets = [sheet.replace(" ", "") for sheet in resume_pdf(paper)]
    assert len(sheets) == 2
    assert not sheets[0].endswith(last)
    text = "".join(sheets)
    for part in ("iiiceoo@foxmail.com", *parts):
        assert part in text
    assert "上一页" not in text
    assert "Furo" not in text


def test_proofs_that_are_closed_on_screen_are_printed(paper: Page, address: str) -> None:
    paper.goto(f"{address}skills/kubernetes.html")
    assert "#562" in "".join(resume_pdf(paper))


@pytest.mark.parametrize("name", ["spiderpool/index.html", "en/spiderpool/index.html"])
def test_a_project_prints_the_number_of_its_further_sources(paper: Page, address: str, name: str) -> None:
    """Opened, they were three sheets of addresses before the text of the page."""
    paper.goto(address + name)
    sheets = resume_pdf(paper)
    assert len(sheets) <= 4
    assert "(26)" in sheets[0].replace(" ", "")
    assert "#1577" not in "".join(sheets)


@pytest.mark.parametrize("name", ["spiderpool/index.html", "skills/kubernetes.html", "en/skills/kubernetes.html"])
def test_dates_of_sources_are_on_one_line_and_apart_from_the_results(paper: Page, address: str, name: str) -> None:
    paper.goto(address + name)
    faults = paper.evaluate("""() => {
      const box = (element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect();
      };
      const rows = [...document.querySelectorAll("div.folio-evidence, .folio-proofs .folio-line")];
      const shown = (element) => element?.checkVisibility();
      return rows.map((row) => [row.querySelector(".folio-dates"), row.querySelector(".folio-rung")])
        .filter(([date, result]) => shown(date) && shown(result))
        .filter(([date, result]) => box(date).height > 20 || box(result).left - box(date).right < 6)
        .map(([date]) => date.textContent);
    }""")
    assert faults == []


def test_a_link_that_leads_away_shows_its_address_where_its_text_does_not(paper: Page, address: str) -> None:
    paper.goto(f"{address}spiderpool/index.html")
    text = "".join(resume_pdf(paper)).replace(" ", "").replace("-", "")
    assert "https://github.com/spidernetio/spiderpool)" in text


@pytest.mark.parametrize("name", ["spiderpool/index.html", "en/resume.html", "skills/kubernetes.html"])
def test_a_heading_is_not_left_alone_at_the_foot_of_a_sheet(paper: Page, address: str, name: str) -> None:
    paper.goto(f"{address}{name}")
    headings = paper.evaluate(
        "[...document.querySelectorAll('article :is(h2, h3, h4)')].map((e) => e.firstChild.textContent.replace(/\\s+/g, ''))"
    )
    for height in range(0, 900, 60):  # each heading comes to the foot
        paper.locator("h1").first.evaluate(f"(e) => (e.style.marginBottom = '{height}px')")
        for sheet in resume_pdf(paper)[:-1]:
            end = sheet.replace(" ", "")
            assert not any(end.endswith(heading) for heading in headings), (height, end[-60:])


@pytest.mark.parametrize("name", ["spiderpool/case-studies/contention.html", "en/spiderpool/contributions.html"])
def test_what_leads_in_a_table_or_code_is_on_its_sheet(paper: Page, address: str, name: str) -> None:
    paper.goto(f"{address}{name}")
    leads = paper.locator('article p:has(+ :is(.table-wrapper, .folio-scroll, [class*="highlight-"]))')
    assert leads.count() > 1
    breaks = leads.evaluate_all("(all) => all.map((lead) => getComputedStyle(lead).breakAfter)")
    assert {*breaks} == {"avoid"}


@pytest.mark.parametrize(
    ("name", "most"), [("index.html", 3), ("skills/index.html", 3), ("en/skills/index.html", 3), ("evidence.html", 4)]
)
def test_overviews_print_on_few_sheets(paper: Page, address: str, name: str, most: int) -> None:
    paper.goto(address + name)
    sheets = resume_pdf(paper)
    assert 1 <= len(sheets) <= most
    assert len(sheets[-1]) > 100  # more than a row that had no room on the sheet before
