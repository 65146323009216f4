"""Names that are not broken; how the lines of every page end is in test_every_page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_chinese_name_on_an_english_page_is_not_broken_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(f"{address}en/resume.html")
    names = page.locator("article h3 :lang(zh)")
    assert names.count() > 1
    assert names.evaluate_all("(names) => names.map((name) => name.getClientRects().length)") == [1] * names.count()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["commands.html", "guides.html", "zh/exporting.html"])
def test_an_option_in_code_is_not_broken_after_its_dashes(page: Page, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(f"{address}sphinx-folio/{name}")
    options = page.locator("article code .pre").filter(has_text=re.compile(r"^--\w"))
    assert options.count() > 1
    assert options.evaluate_all("(all) => all.filter((e) => e.getClientRects().length > 1).length") == 0


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_name_of_a_row_of_figures_is_on_one_line(page: Page, address: str, folder: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(f"{address}{folder}projects/spiderpool-benchmark.html")
    heights = page.locator(".folio-figures tbody th > p").evaluate_all("(rows) => rows.map((row) => row.clientHeight)")
    assert max(heights) < 40
