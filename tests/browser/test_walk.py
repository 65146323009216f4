"""The way of a reader: from home to a project, by its tag to the skill, and back by the skill's usages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


def test_from_home_to_a_project_to_a_skill_and_back(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    expect(page).to_have_title("iiiceoo")
    page.locator(".folio-cards").get_by_role("link", name="Spiderpool").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Spiderpool")

    page.locator("div.folio-project").get_by_role("link", name="CNI 运行机制与编程").click()
    expect(page).to_have_url(re.compile(r"/skills/cni\.html#skill_cni$"))
    entry = page.locator("#skill_cni")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("深入理解")

    entry.locator(".folio-usages").get_by_role("link", name="双栈").click()
    expect(page).to_have_url(re.compile(r"/spiderpool/index\.html#highlight_spiderpool-dual-stack$"))
    expect(page.locator("#highlight_spiderpool-dual-stack")).to_be_in_viewport()

    page.locator("#highlight_spiderpool-dual-stack").get_by_role("link", name="CNI 运行机制与编程").click()
    page.locator("#skill_cni .folio-usages").get_by_role("link", name="相关技能").click()
    expect(page).to_have_url(re.compile(r"/resume\.html#mention_"))
    expect(page.locator(":target")).to_contain_text("深入理解 CNI 运行机制与编程")


def test_the_walk_works_from_a_file_and_without_javascript(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.locator(".folio-cards").get_by_role("link", name="sauto3").click()
    page.locator("div.folio-project").get_by_role("link", name="Python3").first.click()
    expect(page.locator("#skill_python3")).to_be_in_viewport()
    page.locator("#skill_python3").get_by_role("link", name="其他项目").click()
    expect(page.locator("#project_sauto3")).to_be_in_viewport()
    assert all(url.startswith(site.as_uri()) for url in requests), requests
    context.close()


def test_the_language_switch_keeps_page_and_place(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}resume.html#resume-work")
    page.get_by_role("navigation", name="语言").get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{address}en/resume.html#resume-work")
    expect(page.locator("#resume-work")).to_be_in_viewport()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("navigation", name="Language").get_by_role("link", name="中文").click()
    expect(page).to_have_url(f"{address}resume.html#resume-work")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
@pytest.mark.parametrize("place", ["root", "path", "file"])
def test_the_language_switch_leads_there_and_back(
    browser: Browser, site: Path, site_pages: Any, address: str, root_address: str, place: str, *, javascript: bool
) -> None:
    """Where it leads on every page is compared in test_every_page, and in the files, in site/test_languages."""
    base = {"root": root_address, "path": address, "file": f"{site.as_uri()}/"}[place]
    names = ["spiderpool/case-studies/contention.html", "sphinx-folio/zh/index.html"]
    names += ["404.html"] if place == "root" else []  # it is shown at other addresses
    with browser.new_context(java_script_enabled=javascript) as context:
        page = context.new_page()
        for name in names:
            page.goto(base + name)
            page.locator(".languages a").click()
            expect(page).to_have_url(base + site_pages.twin(name))
            page.locator(".languages a").click()
            expect(page).to_have_url(base + name)


def test_the_foot_of_the_page_leads_to_the_manual_which_has_a_search_of_its_own(
    page: Page, address: str, watch: Any
) -> None:
    page.goto(f"{address}en/resume.html")
    page.get_by_role("link", name="sphinx-folio manual").click()
    expect(page).to_have_url(f"{address}sphinx-folio/index.html")
    page.wait_for_load_state()  # of the script that opens the dialog
    page.keyboard.press("/")
    for query, target in (("hide private data", "#guide-private"), ("folio_levels", "#reference-example")):
        page.get_by_role("dialog").get_by_role("searchbox").fill(query)
        expect(page.locator(f'dialog li a[href$="{target}"]').first).to_be_visible()
    page.goto(f"{address}sphinx-folio/zh/index.html")
    page.keyboard.press("/")
    page.get_by_role("dialog").get_by_role("searchbox").fill("隐藏私人信息")
    expect(page.locator('dialog li a[href$="#guide-private"]').first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".foot-links").get_by_role("link", name="iiiceoo 的作品集").click()
    expect(page).to_have_url(f"{address}index.html")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("make-your-own/guides.html#guide-look", "sphinx-folio/zh/guides.html#guide-look"),
        ("en/make-your-own/index.html", "sphinx-folio/index.html"),
        ("en/colophon.html#colophon-figures", "sphinx-folio/colophon.html#colophon-figures"),
    ],
)
def test_old_addresses_of_the_manual_lead_there(page: Page, address: str, watch: Any, old: str, new: str) -> None:
    page.goto(address + old)
    expect(page).to_have_url(address + new)


def test_english_search_finds_english(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}en/search.html?q=reclamation")
    found = page.locator('#search-results a[href*="spiderpool/"]').first
    expect(found).to_be_visible()


def test_a_skills_proofs_open_in_place_and_lead_to_the_public_source(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}skills/kubernetes.html#skill_webhook")
    proofs = page.locator("#skill_webhook details:not(.folio-check)")
    proof = proofs.get_by_role("link", name="#562 保留地址的变更与校验 webhook")
    expect(proof).to_be_hidden()
    proofs.locator("> summary").press("Enter")
    expect(proof).to_be_visible()
    expect(proof).to_have_attribute("href", "https://github.com/spidernet-io/spiderpool/pull/562")


def test_the_matrix_is_sorted_by_a_press_on_a_heading(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}skills/index.html")
    first = page.locator("table.folio-matrix tbody th").first
    expect(first).to_have_text("Go")
    heading = page.locator("table.folio-matrix thead th").nth(1)
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(first).to_have_text("Underlay 网络")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(page.locator("table.folio-matrix tbody tr").first).to_contain_text("精通")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("网络转发", "resume.html"),
        ("IPPool", "spiderpool/index.html"),
        ("声明式", "skills/kubernetes.html"),
        ("全生命周期", "projects/index.html"),
    ],
)
def test_search_finds_chinese_and_english(page: Page, address: str, watch: Any, query: str, expected: str) -> None:
    page.goto(address)
    page.get_by_role("textbox").click()
    page.get_by_role("dialog").get_by_role("searchbox").fill(query)
    expect(page.locator(f'dialog li a[href*="{expected}"]').first).to_be_visible()


def test_search_leads_to_a_skill_as_an_object(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}search.html?q=CNI+Specification")
    found = page.locator('#search-results a[href*="skill_cni-specification"]').first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator("#skill_cni-specification")).to_be_in_viewport()


def test_chinese_is_drawn_with_a_font_that_has_it(page: Page, address: str) -> None:
    """Two different characters without a font are the same box."""
    page.goto(address)
    different = page.evaluate(
        """() => {
          const draw = (text) => {
            const canvas = document.createElement("canvas");
            const context = canvas.getContext("2d");
            context.font = `40px ${getComputedStyle(document.body).fontFamily}`;
            context.fillText(text, 10, 60);
            return canvas.toDataURL();
          };
          return draw("网") !== draw("络");
        }"""
    )
    assert different
