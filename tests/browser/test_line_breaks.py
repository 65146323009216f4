"""Where the lines of every page end: not within a word, before a separator, or between a number and its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

BAD_BREAKS = r"""() => {
  const found = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const boxes = (node, start, end) => {
    range.setStart(node, start);
    range.setEnd(node, end);
    return [...range.getClientRects()].filter((box) => box.width > 1);
  };
  let bottom = -Infinity, block;
  for (let node; (node = walker.nextNode()); ) {
    const parent = node.parentElement;
    if (parent.closest("pre, svg, .folio-said, .headerlink") || !parent.checkVisibility()) continue;
    if (parent.closest("p, li, td, th, dt, dd, h1, h2, h3") !== block) bottom = -Infinity;
    block = parent.closest("p, li, td, th, dt, dd, h1, h2, h3");
    for (const { 0: text, index } of node.data.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|(?<![\w.])[0-9]+ ?\p{Script=Han}|\S/gu)) {
      const parts = boxes(node, index, index + text.length);
      if (!parts.length) continue;
      if (parts.at(-1).top > parts[0].bottom - 2 || (/^[·|]$/.test(text) && parts[0].top > bottom - 2)) {
        if (bottom > -Infinity) found.push(node.data.slice(Math.max(0, index - 20), index + 20));
      }
      bottom = parts.at(-1).bottom;
    }
  }
  return found;
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_lines_end_between_words(page: Page, address: str, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    found = {}
    for path in sorted(site.rglob("*.html")):
        name = str(path.relative_to(site))
        page.goto(address + name)
        found[name] = page.evaluate(BAD_BREAKS)
    assert len(found) > 20
    assert {name: breaks for name, breaks in found.items() if breaks} == {}


def test_a_chinese_name_on_an_english_page_is_not_broken_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(f"{address}en/resume.html")
    names = page.locator("article h3 :lang(zh)")
    assert names.count() > 1
    assert names.evaluate_all("(names) => names.map((name) => name.getClientRects().length)") == [1] * names.count()


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_name_of_a_row_of_figures_is_on_one_line(page: Page, address: str, folder: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(f"{address}{folder}projects/spiderpool-benchmark.html")
    heights = page.locator(".folio-figures tbody th > p").evaluate_all("(rows) => rows.map((row) => row.clientHeight)")
    assert max(heights) < 40
