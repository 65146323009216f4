"""Every page in Chromium, loaded few times: quiet, accessible, whole on any screen and on paper, in both schemes.

What is asked of all pages is asked while a page is there: loading it takes longer than most questions.
The two languages of a page come from one source, so that each covers half of the combinations of place, width and scheme.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WIDTHS = (320, 390, 1010, 1280, 1366)
"""The first are 1280 pixels at 400 %: WCAG 2.2, 1.4.10."""
A4_INNER_WIDTH = 650
"""Pixels between margins of 19 mm, at 96 per inch."""
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""What follows the width of the window, such as which boxes scroll, is settled a frame after it changes."""
RUN_AXE = """async () => {
  const wanted = axe.getRules().filter((rule) => !rule.tags.some((tag) => ["wcag2aaa", "experimental"].includes(tag)));
  const rules = Object.fromEntries(wanted.map((rule) => [rule.ruleId, { enabled: true }]));
  const { violations } = await axe.run(document, { rules, resultTypes: ["violations"] });
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
}"""
"""All rules but those of level AAA and those that axe still tries out: WCAG 2.2 A and AA, and best practices."""
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
    for (const { 0: text, index } of node.data.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|(?<![\w.#])[0-9]+ ?\p{Script=Han}|\S/gu)) {
      const parts = boxes(node, index, index + text.length);
      if (!parts.length) continue;
      if (parts.at(-1).top > parts[0].bottom - 2 || (/^[·|]$/.test(text) && !parent.closest("code") && parts[0].top > bottom - 2)) {
        if (bottom > -Infinity) found.push("bad break: " + node.data.slice(Math.max(0, index - 20), index + 20));
      }
      bottom = parts.at(-1).bottom;
    }
  }
  return found;
}"""
"""Lines do not end within a word, before a separator, or between a number and its unit."""
FOR_SCREENS = ".sidebar-drawer, .toc-drawer, .languages, .mobile-header, .content-icon-container, .related-pages, .home-ways, .headerlink, .toggles, .skip-to-content, .back-to-top"
WRONG_ON_PAPER = """(hidden) => [
  ...[...document.querySelectorAll(".folio-scroll, .table-wrapper, pre, .folio-diagram-box")]
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible"
      || e.getBoundingClientRect().right > innerWidth + 1).map((e) => `cut: ${e.className}`),
  ...[...document.querySelectorAll(hidden)].filter((e) => e.checkVisibility()).map((e) => `not hidden: ${e.className}`),
]"""


class Case(NamedTuple):
    """How the pages of a language are read."""

    language: str
    host: str
    """The fixture with the address of a host; the page for missing addresses is at the root of one."""
    widths: tuple[int, ...]
    """In the order in which the window takes them: one way, it grows, and the other way, it shrinks."""
    judged: tuple[tuple[int, Any], ...]
    """The widths and color schemes in which axe judges the pages, in turn; axe takes longer than all else."""


JUDGED = ((390, "light"), (1280, "dark"), (390, "dark"), (1280, "light"))
CASES = [
    Case("chinese", "strict_address", WIDTHS, JUDGED),
    Case("english", "strict_path", WIDTHS[::-1], (JUDGED[1], JUDGED[0], JUDGED[3], JUDGED[2])),
]
"""A page is judged in one width and scheme in Chinese, and in the other width and scheme in English."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
def test_every_page_is_quiet_accessible_and_whole(
    calm: Page,
    watch_page: Any,
    site_pages: Any,
    strict_address: str,
    too_wide: str,
    request: pytest.FixtureRequest,
    case: Case,
) -> None:
    axe = AXE_FILE_PATH.read_text(encoding="utf-8")
    address = request.getfixturevalue(case.host)
    watching = watch_page(calm, address)
    problems = []
    for name, (judged, scheme) in zip(getattr(site_pages, case.language), cycle(case.judged), strict=False):
        base = address if name in site_pages.at_their_address else strict_address
        watching.allowed = base
        calm.emulate_media(media="screen", color_scheme=scheme)
        calm.set_viewport_size({"width": case.widths[0], "height": 860})
        calm.goto(base + name)
        problems += watching.take(name)
        switch = calm.locator(".languages a").evaluate("(link) => link.href")
        problems += [] if switch == base + site_pages.twin(name) else [f"{name}: the language switch leads to {switch}"]
        calm.evaluate(axe)  # the tool reads the page from outside; the policy does not apply to it
        for width in case.widths:
            calm.set_viewport_size({"width": width, "height": 256 if width == 320 else 860})
            found = [f"too wide by {by} px"] if (by := calm.evaluate(too_wide)) > 0 else []
            found += calm.evaluate(BAD_BREAKS) if width in {390, 1280} else []
            if width == judged:
                calm.evaluate(TWO_FRAMES)
                found += calm.evaluate(RUN_AXE)
            problems += [f"{name}, {width} px, {scheme}: {problem}" for problem in found]
        if not name.endswith("search.html"):
            problems += [f"{name}, on paper: {problem}" for problem in wrong_on_paper(calm, too_wide)]
        problems += watching.take(f"{name}, later")
    assert problems == [], "\n".join(problems)


def wrong_on_paper(page: Page, too_wide: str) -> list[str]:
    """Return what is wrong with a page as it is printed, by a reader who has chosen the dark scheme."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": A4_INNER_WIDTH, "height": 900})
    found: list[str] = page.evaluate(WRONG_ON_PAPER, FOR_SCREENS)
    return found + ([f"too wide by {by} px"] if (by := page.evaluate(too_wide)) > 0 else [])


@pytest.mark.parametrize(
    ("javascript", "language"), [(True, "english"), (False, "chinese")], ids=["with-script", "without-script"]
)
def test_every_page_opens_from_a_file_and_needs_nothing_else(
    browser: Browser, site: Path, site_pages: Any, watch_page: Any, *, javascript: bool, language: str
) -> None:
    context = browser.new_context(java_script_enabled=javascript, offline=True)
    page = context.new_page()
    watching = watch_page(page, site.as_uri())
    problems = []
    for name in getattr(site_pages, language):
        if name in site_pages.at_their_address:
            page.goto((site / name).as_uri())
            problems += watching.take(name)
            problems += [] if page.locator("article").inner_text().strip() else [f"{name}: empty"]
            switch = page.locator(".languages a").evaluate("(link) => link.href")
            twin = (site / site_pages.twin(name)).as_uri()
            problems += [] if switch == twin else [f"{name}: the language switch leads to {switch}"]
    context.close()
    assert problems == [], "\n".join(problems)
