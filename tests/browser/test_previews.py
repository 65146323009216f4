"""A link to a skill shows what is known of it; who follows a link to a place finds the way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


def test_a_tag_that_is_pointed_at_shows_level_and_proofs(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}spiderpool/index.html")
    tag = page.locator("div.folio-project").get_by_role("link", name="CNI 运行机制与编程")
    tag.hover()
    preview = page.get_by_role("tooltip")
    expect(preview).to_contain_text("深入理解")
    expect(preview).to_contain_text("证据")
    expect(tag).to_have_attribute("aria-describedby", "folio-preview")
    preview.hover()
    page.wait_for_timeout(400)
    expect(preview).to_be_visible()
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    assert page.evaluate("axe.run(document).then((found) => found.violations.map((rule) => rule.id))") == []
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()


def test_a_tag_that_is_focused_shows_the_same_from_a_file_too(page: Page, site: Path) -> None:
    page.goto((site / "en" / "index.html").as_uri())
    page.locator("#home-projects").get_by_role("link", name=re.compile(r"^Go \(Golang\) ?, Proficient$")).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    preview = page.get_by_role("tooltip")
    expect(preview).to_contain_text("Sources")
    box = preview.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Tab")
    expect(preview).to_contain_text("CNI")


def test_who_follows_a_tag_comes_back_to_the_very_line(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}spiderpool/index.html")
    tag = page.locator("#highlight_spiderpool-dual-stack").get_by_role("link", name="CNI 运行机制与编程")
    tag.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 1000
    tag.click()
    expect(page).to_have_url(re.compile("#skill_cni$"))
    page.get_by_role("link", name="← Spiderpool").click()
    expect(page).to_have_url(f"{address}spiderpool/index.html")
    page.wait_for_function(f"Math.abs(scrollY - {before}) < 50")
    page.goto(f"{address}skills/cni.html")
    expect(page.locator(".folio-back")).to_have_count(0)


PAGES = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   skills\n\n:skill:`go`\n\nHere\n----\n\n.. skill:: rust\n   :name: Rust\n   :category: languages\n\n:skill:`rust`\n",
    "skills.rst": "All ``skills`` of *mine*\n========================\n\nGo\n--\n\n.. skill:: go\n   :category: languages\n\nAcme\n----\n\n.. position:: acme\n   :title: Engineer\n   :start: 2020\n   :skills: go, rust\n\n.. skill-matrix::\n",
}


def test_previews_appear_at_any_address_of_the_page(page: Page, build: Any, serve: Any) -> None:
    app = build(PAGES, settings={"extensions": ["sphinx_folio", "sphinx_folio.export"]})
    with serve(app.outdir) as root:
        for address in (root, f"{root}index.html", f"{root}?marks=x"):
            page.goto(address)
            for name in ("Go", "Rust"):
                page.locator("[role=main] p").get_by_role("link", name=name).first.hover()
                expect(page.get_by_role("tooltip")).to_contain_text(name)


def test_the_way_back_has_the_whole_title_also_in_a_language_unknown_to_browsers(
    page: Page, build: Any, serve: Any
) -> None:
    app = build(PAGES, settings={"language": "sr@latin"})
    with serve(app.outdir) as root:
        page.goto(f"{root}skills.html")
        expect(page.locator("table.folio-sortable button").first).to_be_attached()
        page.locator("[role=main]").get_by_role("link", name="Rust").first.click()
        expect(page.locator(".folio-back")).to_have_text("← All skills of mine")
