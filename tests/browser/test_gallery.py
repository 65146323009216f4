"""The portfolios of the gallery in Chromium: quiet, accessible, and whole on a small screen and a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = {
    "student/index.html": "light",
    "engineer/network.html": "dark",
    "researcher/cv.html": "light",
    "designer/index.html": "light",
    "consultant/en/lebenslauf.html": "dark",
}
"""A page of each → the color scheme in which it is looked at."""
WIDTHS = (390, 1280)
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
RUN_AXE = """async () => {
  const { violations } = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] });
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
}"""


def test_a_page_of_each_is_quiet_accessible_and_whole(browser: Browser, address: str, too_wide: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    problems: list[str] = []
    page.on("console", lambda message: None if "favicon" in message.location["url"] else problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else problems.append(request.url))
    axe = AXE_FILE_PATH.read_text(encoding="utf-8")
    for name, scheme in PAGES.items():
        wanted: Any = scheme
        page.emulate_media(color_scheme=wanted)
        page.goto(f"{address}sphinx-folio/gallery/{name}")
        page.evaluate(axe)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 860})
            page.evaluate(TWO_FRAMES)
            problems += [f"{name} {width}: {problem}" for problem in page.evaluate(RUN_AXE)]
            wide = page.evaluate(too_wide)
            problems += [f"{name} {width}: too wide by {wide}"] if wide > 0 else []
    page.close()
    assert "\n".join(problems) == ""


@pytest.mark.parametrize(("name", "word"), [("student", "mast"), ("consultant", "Klinikverbund")])
def test_each_has_its_own_search(page: Any, address: str, name: str, word: str) -> None:
    from playwright.sync_api import expect  # noqa: PLC0415

    page.goto(f"{address}sphinx-folio/gallery/{name}/index.html")
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("searchbox").fill(word)
    expect(page.locator("dialog li a").first).to_be_visible()
