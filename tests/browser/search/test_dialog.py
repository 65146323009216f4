"""Dialog, search page and highlights: with the keyboard, from a file, under a strict CSP, for screen readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import sphinx.domains.python  # noqa: F401  imported before any build, whose language its labels would have
from playwright.sync_api import expect

from sphinx_folio.search.tokenizer import TO_SIMPLIFIED, fold, tokenize

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Route


def open_dialog(page: Page, query: str) -> None:
    page.keyboard.press("/")
    expect(page.locator("dialog input")).to_be_focused()
    page.keyboard.type(query)


def test_text_typed_while_search_loads_is_not_lost(page: Page, address: str, watch: Any) -> None:
    held: dict[str, Route] = {}
    page.route("**/folio-search-engine.js*", lambda route: held.setdefault("engine", route))
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("gomonkey")
    while "engine" not in held:
        page.wait_for_timeout(10)
    held["engine"].continue_()
    expect(page.locator("dialog input")).to_have_value("gomonkey")
    expect(page.locator("dialog ol a").first).to_contain_text("gomonkey")


def test_the_index_is_loaded_when_the_reader_starts_to_search(page: Page, address: str, watch: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert not any("folio-search/index.js" in url for url in asked)
    with page.expect_response(re.compile("folio-search/index.js")):
        page.keyboard.press("Control+k")
    assert not any("searchindex.js" in url for url in asked)


def test_the_dialog_works_with_the_keyboard(page: Page, address: str, watch: Any) -> None:
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


def test_the_search_box_of_the_theme_opens_the_dialog(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    page.locator(".sidebar-search").click()
    expect(page.get_by_role("dialog", name="搜索")).to_be_visible()


def test_the_search_box_of_sphinx_opens_the_dialog(page: Page, address: str, watch: Any) -> None:
    def add_box(route: Route) -> None:
        form = '<form class="search" action="search.html"><input name="q" aria-label="Sphinx"></form>'
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r"(<h1[ >])", rf"{form}\1", answer.text(), count=1))

    page.route(address, add_box)
    page.goto(address)
    page.get_by_label("Sphinx").press_sequentially("go")
    expect(page.get_by_role("dialog", name="搜索")).to_be_visible()
    expect(page.locator("dialog input")).to_have_value("go")


def test_without_results_it_shows_the_query_and_similar_skills(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    open_dialog(page, "kybernetik")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text("kybernetik")
    expect(dialog.locator(".folio-search-near a").first).to_have_attribute("href", re.compile("skill_"))


@pytest.mark.parametrize("query", ["python3.11", "python-3.12", "java8", "java-21.0.2"])
def test_a_name_is_found_without_a_version_that_the_site_does_not_have(
    page: Page, address: str, watch: Any, query: str
) -> None:
    page.goto(f"{address}en/index.html")
    open_dialog(page, query)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text("Partial matches")
    expect(dialog.locator("ol a").first).to_contain_text(re.compile(query[:4], re.IGNORECASE))


def test_filters_are_kept_in_the_address(page: Page, address: str, watch: Any) -> None:
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


def test_filters_that_leave_nothing_show_zero_results(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}search.html?q=gomock&kind=position")
    status = page.locator("#search-page [role=status]")
    expect(status).to_have_text("0 条结果")
    page.get_by_role("combobox", name="类型").select_option("")
    expect(status).to_have_text(re.compile(r"^[1-9]\d* 条结果$"))


def test_the_back_button_undoes_a_filter(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}search.html?q=IP")
    results = page.locator("#search-results > li")
    expect(results.first).to_be_visible()
    number = results.count()
    kind = page.get_by_role("combobox", name="类型")
    kind.select_option("evidence")
    expect(page).to_have_url(re.compile("kind=evidence"))
    page.locator("#search-results a").first.click()
    page.wait_for_url(re.compile("marks="))
    page.go_back()
    expect(kind).to_have_value("evidence")
    page.go_back()
    expect(page).to_have_url(re.compile(r"search\.html\?q=IP$"))
    expect(kind).to_have_value("")
    expect(results).to_have_count(number)


def test_the_key_reopens_a_closed_dialog(page: Page, address: str, watch: Any) -> None:
    """The first key press focuses the theme's box until search is loaded; closing must not return to that box."""
    page.goto(address)
    dialog = page.get_by_role("dialog", name="搜索")
    for query in ("gomock", "ginkgo"):
        page.keyboard.press("/")
        expect(dialog.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type(query)
        expect(dialog.get_by_role("searchbox")).to_have_value(query)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    page.locator(".sidebar-search").focus()
    page.keyboard.press("/")
    expect(dialog.get_by_role("searchbox")).to_have_value("ginkgo")


def test_filters_are_passed_to_the_search_page(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}en/resume.html")
    open_dialog(page, "Spiderpool")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Type").select_option("evidence")
    more = dialog.get_by_role("link", name="See all results")
    expect(more).to_have_attribute("href", re.compile("q=Spiderpool&kind=evidence"))
    number = int(dialog.get_by_role("status").inner_text().split()[0])
    more.click()
    expect(page.get_by_role("combobox", name="Type")).to_have_value("evidence")
    results = page.locator("#search-results > li")
    expect(results).to_have_count(number)
    page.get_by_role("combobox", name="Skill").select_option("go")
    page.get_by_role("combobox", name="Year").select_option("2023")
    expect(page).to_have_url(re.compile("q=Spiderpool&kind=evidence&skill=go&period=2023"))
    page.reload()
    expect(page.get_by_role("combobox", name="Year")).to_have_value("2023")
    expect(results.first).to_be_visible()
    assert 0 < results.count() < number
    page.get_by_role("combobox", name="Year").select_option("")
    page.get_by_role("combobox", name="Skill").select_option("")
    expect(results).to_have_count(number)
    expect(page).not_to_have_url(re.compile("period="))


def test_text_being_composed_is_not_searched(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    open_dialog(page, "")
    input_method = page.context.new_cdp_session(page)
    composed = {"text": "rong'qi", "selectionStart": 7, "selectionEnd": 7}
    input_method.send("Input.imeSetComposition", composed)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("searchbox")).to_have_value("rong'qi")
    page.wait_for_timeout(300)  # longer than an answer takes
    expect(dialog.get_by_role("status")).to_be_empty()
    input_method.send("Input.insertText", {"text": "容器"})
    expect(dialog.locator("ol a").first).to_contain_text("容器")


def test_the_slash_key_of_a_chinese_input_method_opens_the_dialog(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '、', bubbles: true }))")
    expect(page.get_by_role("dialog", name="搜索")).to_be_visible()


def test_letters_typed_on_a_result_continue_the_query(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    open_dialog(page, "gomo")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("ol a").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("n")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    expect(dialog.get_by_role("searchbox")).to_have_value("gomon")
    expect(dialog.locator("ol a").first).to_contain_text("gomonkey")


def test_the_number_of_results_is_announced(page: Page, address: str, watch: Any) -> None:
    """The live region exists before its text changes; the list of results has a label."""
    page.goto(f"{address}en/resume.html")
    open_dialog(page, "")
    dialog = page.get_by_role("dialog", name="Search")
    assert (
        "status" in dialog.locator(".folio-search-panel").aria_snapshot()
        or dialog.locator("[role=status]").count() == 1
    )
    dialog.get_by_role("searchbox").fill("paramiko")
    expect(dialog.locator("[role=status]")).to_have_text(re.compile(r"^(1 result|\d+ results)$"))
    results = dialog.get_by_role("list", name="Search results").get_by_role("listitem")
    said = dialog.locator("[role=status]").inner_text().split()[0]
    assert results.count() == int(said)


def test_excluded_words_are_not_found(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}search.html?q=cni+-spiderpool")
    links = page.locator("#search-results a")
    expect(links.first).to_have_attribute("href", re.compile("skill_cni"))
    assert not [text for text in links.all_inner_texts() if "spiderpool" in text.lower()]


def test_results_that_names_show_first_get_the_marks_of_the_texts(page: Page, address: str, watch: Any) -> None:
    held: list[Route] = []
    page.route("**/folio-search/texts-*.js*", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks it
    page.goto(f"{address}en/index.html")
    open_dialog(page, "education")
    result = page.locator("dialog ol a", has_text="Hunan University").first
    expect(result).to_be_visible()
    while not held:
        page.wait_for_timeout(10)
    held[0].continue_()
    expect(result.locator(".folio-search-title mark")).to_have_text("University")


def test_words_are_highlighted_on_the_page_of_a_result(page: Page, address: str, watch: Any) -> None:
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


def test_highlights_can_be_removed(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}spiderpool/index.html?marks=IPAM")
    page.get_by_role("button", name="清除高亮").click()
    expect(page.locator("mark")).to_have_count(0)


def test_pages_of_second_rank_are_added_after_a_pause(page: Page, address: str) -> None:
    """A few results are shown at once; more are added after a pause, unless the reader has moved on to a result."""
    page.goto(f"{address}sphinx-folio/zh/index.html")
    open_dialog(page, "")
    results = page.locator("dialog ol a")
    with page.expect_response(re.compile("folio-search/later-")):
        page.locator("dialog input").fill("JavaScript")
        expect(results.first).to_have_attribute("href", re.compile("searching"))
    expect(page.locator('dialog ol a[href*="colophon"]').first).to_be_visible()
    page.reload()
    open_dialog(page, "")
    page.route("**/later-*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator("dialog input").fill("JavaScript")
    expect(results.first).to_have_attribute("href", re.compile("searching"))
    expect(page.locator('dialog ol a[href*="colophon"]')).to_have_count(0)  # the results stay
    page.unroute("**/later-*")
    page.locator("dialog input").fill("Lighthouse")  # on a page of second rank only
    expect(results.first).to_have_attribute("href", re.compile("colophon-scores"))


def test_it_works_from_a_file(page: Page, site: Path) -> None:
    page.goto((site / "projects" / "spiderpool.html").as_uri())
    open_dialog(page, "网络转发")
    expect(page.locator("dialog ol a").first).to_have_attribute("href", re.compile(r"file://.*html"))
    page.goto(f"{(site / 'en' / 'search.html').as_uri()}?q=雙棧&kind=highlight")  # asks for the file of rare words, too
    expect(page.locator("#search-results a").first).to_contain_text("Dual stack")
    page.locator("#search-results a").first.click()
    page.wait_for_url(re.compile("marks="))


def test_it_works_under_a_strict_csp(page: Page, address: str) -> None:
    """The policy blocks the inline scripts of Sphinx's theme; search still works."""

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
    page.goto(f"{address}search.html?q=IPAM")
    expect(page.locator("#search-results a").first).to_be_visible()
    page.goto(f"{address}spiderpool/index.html?marks=IPAM")
    expect(page.locator("mark.folio-search-mark").first).to_have_text("IPAM")
    assert problems == []


@pytest.mark.parametrize(
    ("folder", "scheme", "width"),
    [("", "light", 390), ("", "dark", 1280), ("en/", "dark", 390), ("en/", "light", 1280)],
)  # each width with each scheme, and each of them in both languages
def test_axe_finds_no_violations(
    page: Page, address: str, watch: Any, too_wide: str, folder: str, scheme: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  heavy

    def judge(context: str) -> None:
        found = Axe().run(page, context=context)
        assert found.violations_count == 0, found.generate_report()

    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}{folder}resume.html")
    open_dialog(page, "IPv6")
    expect(page.locator("dialog ol a").first).to_be_visible()
    judge("dialog")
    page.locator("dialog input").fill("kybernetik")
    expect(page.locator("dialog .folio-search-near").first).to_be_visible()
    judge("dialog")
    page.goto(f"{address}{folder}search.html?q=IPv6&kind=evidence")
    expect(page.locator("#search-results a").first).to_be_visible()
    judge("#search-page")
    assert page.evaluate(too_wide) <= 0


@pytest.mark.parametrize(("folder", "line"), [("", "需要启用 JavaScript"), ("en/", "Search requires JavaScript")])
def test_without_javascript_the_page_shows_a_notice(new_context: Any, address: str, folder: str, line: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}{folder}search.html")
    expect(page.get_by_text(line)).to_be_visible()


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


def test_a_split_index_loads_files_on_demand(page: Page, build: Any, serve: Any) -> None:
    ours = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
    settings = dict.fromkeys(ours) | {
        "extensions": ["sphinx_folio.search"],
        "language": "zh_CN",
        "folio_search_split": 10,
    }
    texts = {
        f"p{n}.rst": f":orphan:\n\n第{n}页\n======\n\n容器网络的地址分配{n}，由控制器 zephyr{n} 完成。 Zephyr{n} runs as blue or green does.\n"
        for n in range(12)
    }
    app = build({"index.rst": "首页\n====\n\n开始。\n", **texts}, settings=settings)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        for query in (
            "zephyr7",
            '"zephyr7 完成"',
            "地址分配7",
            "zephyr7 -zephyr6",
            "zephyr7 runs as blue or green does",
        ):
            page.keyboard.press("Control+k")
            page.locator("dialog input").fill(query)
            found = page.locator("dialog ol a").first
            expect(found).to_have_attribute("href", re.compile(r"p7\.html"))
            expect(found.locator("mark").first).to_be_visible()
            page.keyboard.press("Escape")


def test_a_dialog_that_was_closed_after_coming_back_stays_closed(page: Page, build: Any, serve: Any) -> None:
    """The browser restores a whole page from its cache when the reader comes back; here, the page never left."""
    ours = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
    settings = dict.fromkeys(ours) | {"extensions": ["sphinx_folio.search"]}
    app = build({"index.rst": "Start\n=====\n\nA zephyr blows.\n"}, settings=settings)
    dialog = page.locator("dialog")
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        open_dialog(page, "zephyr")
        page.evaluate("addEventListener('click', (event) => event.preventDefault())")
        dialog.locator("ol a").first.click()
        expect(dialog).to_be_hidden()
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(dialog.locator("ol a").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        page.wait_for_function("!history.state?.folioSearch")


def test_an_outdated_index_from_the_browser_cache_is_reloaded(page: Page, build: Any, serve: Any) -> None:
    """The site was updated, and the browser still has an index with the names of the old files in its cache."""
    ours = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
    settings = dict.fromkeys(ours) | {"extensions": ["sphinx_folio.search"], "folio_search_split": 5}
    app = build({"index.rst": "Start\n=====\n\nA zephyr blows.\n"}, settings=settings)
    index = (app.outdir / "_static" / "folio-search" / "index.js").read_text("utf-8")
    old = re.sub(r"(terms|texts|characters)-[0-9a-f]{12}", r"\1-000000000000", index)
    assert old != index
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    engine = re.compile(
        r"/folio-search/index\.js\?[0-9a-f]{8}$"
    )  # the version of the script; a reload has a timestamp instead
    page.route(engine, lambda route: route.fulfill(body=old, content_type="text/javascript"))
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        open_dialog(page, "zephyr")
        expect(page.locator("dialog ol a").first).to_contain_text("zephyr")
    assert len([url for url in asked if "/folio-search/index.js" in url]) == 2


def test_the_tokenizers_of_browser_and_build_agree(page: Page, address: str, site: Path) -> None:
    """Both return the same terms for all texts of the site and for difficult ones."""
    page.goto(address)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    texts = page.evaluate(
        "folioSearch.engine().then(async (engine) => {"
        " await engine.loadAllTexts(); return engine.records.map((row, number) => row[2] + ' ' + engine.textOf(number)); })"
    )
    texts += [
        "C++、C#",
        "client-go v0.5.1, v1.25.4-rc0, 10.6.0.0/16 9.8× Node.js end.",
        "SpiderIPPool",
        "ＤＯＣＫＥＲ",
        "Résumé naïve",
        "𠀀𠀁丂",
        "々〇",
        "İstanbul ǅ ﬁ ß",
        "Straße STRAẞE client-straße GroßeStraße",
        "x_y__z",
        "１２３",
        "サーバーをつかう さーばー ポスグレ ヽヾ が",
    ]
    simplified = [text for text in texts if fold(text) == fold_without_variants(text)]
    assert len(simplified) > len(texts) * 0.9
    assert page.evaluate("(texts) => texts.map(folioSearch.tokenize)", simplified) == [
        tokenize(text) for text in simplified
    ]


def fold_without_variants(text: str) -> str:
    """Fold as the browser does, which converts Traditional characters only in queries that need it."""
    return "".join(character if character in TO_SIMPLIFIED else fold(character) for character in text)


def test_an_object_of_any_domain_is_the_first_result_for_its_name(page: Page, build: Any, serve: Any) -> None:
    ours = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
    alone: dict[str, Any] = {"extensions": ["sphinx_folio.search"], "language": "en", "folio_search_page": True}
    api = (
        ":orphan:\n\nAPI\n===\n\nA Frobber is a frob.core.Frobber.\n\n.. py:class:: frob.core.Frobber(speed: int)\n\n"
        "   Turns things.\n\n   .. py:method:: spin(times: int)\n\n      Spins a Frobber.\n"
    )
    index = "Frob\n====\n\nHow the Frobber came to be.\n"
    app = build({"index.rst": index, "page.rst": api}, settings=dict.fromkeys(ours) | alone)
    with serve(app.outdir) as root:
        found = page.locator("#search-results li a").first
        for query in ("Frobber", "frob.core.Frobber", "core.frobber"):
            page.goto(f"{root}search.html?q={query}")
            expect(found).to_have_attribute("href", re.compile(r"page\.html.*#frob\.core\.Frobber$"))
            expect(found.locator(".folio-search-kind")).to_have_text("Python class")
            expect(found.locator(".folio-search-snippet")).to_contain_text("(speed: int) Turns things.")
        page.goto(f"{root}search.html?q=times")
        expect(found).to_have_attribute("href", re.compile(r"page\.html.*#frob\.core\.Frobber\.spin$"))
