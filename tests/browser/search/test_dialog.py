"""The dialog, the search page and the marks: by keyboard, from a file, under a strict policy, for screen readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Route


def open_dialog(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(query)


def test_the_index_loads_when_the_reader_turns_to_search(page: Page, address: str, watch: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert not any("folio-search/index.js" in url for url in asked)
    with page.expect_response(re.compile("folio-search/index.js")):
        page.keyboard.press("Control+k")
    assert not any("searchindex.js" in url for url in asked)


def test_the_keyboard_opens_walks_follows_and_gets_back(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}resume.html")
    link = page.locator("article a:not(.headerlink)").first
    link.focus()
    open_dialog(page, "容器网络接口")
    dialog = page.get_by_role("dialog", name="搜索")
    expect(dialog.get_by_role("status")).to_contain_text("条结果")
    page.keyboard.press("ArrowDown")
    expect(dialog.locator("ol a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Control+k")
    dialog.get_by_role("searchbox").fill("ginkgo")
    expect(dialog.locator("ol a").first).to_contain_text("Ginkgo")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"skills/testing\.html.*#skill_ginkgo"))


def test_the_box_of_the_theme_opens_the_dialog(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    page.locator(".sidebar-search").click()
    expect(page.get_by_role("dialog", name="搜索")).to_be_visible()


def test_nothing_found_says_what_was_tried_and_offers_skills(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    open_dialog(page, "kybernetik")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text("kybernetik")
    expect(dialog.locator(".folio-search-near a").first).to_have_attribute("href", re.compile("skill_"))


def test_facets_narrow_and_live_in_the_address(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}search.html?q=IP")
    kind = page.get_by_role("combobox", name="类型")
    kind.select_option("evidence")
    expect(page).to_have_url(re.compile("kind=evidence"))
    kinds = page.locator("#search-results .folio-search-kind")
    expect(kinds.first).to_have_text("证据")
    assert set(kinds.all_inner_texts()) == {"证据"}
    page.reload()
    expect(page.get_by_role("combobox", name="类型")).to_have_value("evidence")
    expect(kinds.first).to_have_text("证据")


def test_what_is_excluded_is_not_found(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}search.html?q=cni+-spiderpool")
    links = page.locator("#search-results a")
    expect(links.first).to_have_attribute("href", re.compile("skill_cni"))
    assert not [text for text in links.all_inner_texts() if "spiderpool" in text.lower()]


def test_words_are_marked_where_a_result_leads_and_marks_go_away(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    open_dialog(page, "地址泄漏")
    page.locator("dialog ol a").first.click()
    page.wait_for_url(re.compile("marks="))
    marks = page.locator("mark.folio-search-mark")
    expect(marks.first).to_have_text("地址泄漏")
    before = page.locator("article").inner_text()
    page.keyboard.press("Escape")
    expect(marks).to_have_count(0)
    assert page.locator("article").inner_text() == before
    assert "marks=" not in page.url


def test_marks_go_away_by_their_button(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}projects/spiderpool.html?marks=IPAM")
    page.get_by_role("button", name="清除标记").click()
    expect(page.locator("mark")).to_have_count(0)


def test_it_works_from_a_file(page: Page, site: Path) -> None:
    page.goto((site / "projects" / "spiderpool.html").as_uri())
    open_dialog(page, "网络转发")
    expect(page.locator("dialog ol a").first).to_have_attribute("href", re.compile(r"file://.*html"))


def test_it_works_under_a_strict_policy(page: Page, address: str) -> None:
    """Sphinx's theme has scripts of its own within the page, which such a policy stops; search goes on."""

    def strict(route: Route) -> None:
        response = route.fetch()
        headers = {**response.headers, "content-security-policy": "default-src 'self'"}
        route.fulfill(response=response, headers=headers)

    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if "folio-search" in message.text else None)
    page.route("**/*.html*", strict)
    page.goto(f"{address}resume.html")
    open_dialog(page, "Go 测试")
    expect(page.locator("dialog ol a").first).to_contain_text("Go testing")
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_wrong(page: Page, address: str, watch: Any, scheme: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  heavy

    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}resume.html")
    open_dialog(page, "网络")
    expect(page.locator("dialog ol a").first).to_be_visible()
    found = Axe().run(page, context="dialog")
    assert found.violations_count == 0, found.generate_report()
    page.goto(f"{address}search.html?q=网络")
    expect(page.locator("#search-results a").first).to_be_visible()
    found = Axe().run(page, context="#search-page")
    assert found.violations_count == 0, found.generate_report()


def test_without_javascript_the_page_says_so(site: Path) -> None:
    assert "<noscript>" in (site / "search.html").read_text("utf-8")
    assert "需要启用脚本" in (site / "search.html").read_text("utf-8")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_search_page_of_a_stock_theme_finds_chinese(page: Page, build: Any, serve: Any, language: str) -> None:
    ours = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
    settings = dict.fromkeys(ours) | {"extensions": ["sphinx_folio.search"], "language": language}
    other = ":orphan:\n\n网络转发与 kubernetes\n====================\n\n标题比正文重要。\n"
    app = build({"index.rst": "首页\n====\n\n理解 Underlay 网络转发原理。\n", "other.rst": other}, settings=settings)
    with serve(app.outdir) as root:
        found = page.locator("#search-results li a")
        for query in ("网络转发", "kubernets", "kube", "网络转发的工具"):
            page.goto(f"{root}search.html?q={query}")
            expect(found.first).to_have_attribute("href", re.compile("other.html"))
        page.goto(f"{root}search.html?q=underlay")
        expect(found.first).to_have_attribute("href", re.compile("index.html"))


def test_a_split_index_answers_with_what_it_loads(page: Page, build: Any, serve: Any) -> None:
    ours = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
    settings = dict.fromkeys(ours) | {
        "extensions": ["sphinx_folio.search"],
        "language": "zh_CN",
        "folio_search_split": 10,
    }
    texts = {
        f"p{n}.rst": f":orphan:\n\n第{n}页\n======\n\n容器网络的地址分配{n}，由控制器 zephyr{n} 完成。\n"
        for n in range(12)
    }
    app = build({"index.rst": "首页\n====\n\n开始。\n", **texts}, settings=settings)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        for query in ("zephyr7", '"zephyr7 完成"', "地址分配7", "zephyr7 -zephyr6"):
            page.keyboard.press("Control+k")
            page.locator("dialog input").fill(query)
            found = page.locator("dialog ol a").first
            expect(found).to_have_attribute("href", re.compile(r"p7\.html"))
            expect(found.locator("mark").first).to_be_visible()
            page.keyboard.press("Escape")
