"""What a reader sees: results that stay in place, cells with their headers, earlier queries, the way back, and marks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

RESULTS = "dialog ol a"


def open_dialog(page: Page, query: str = "") -> None:
    page.keyboard.press("/")
    expect(page.locator("dialog input")).to_be_focused()
    page.keyboard.type(query)


@pytest.mark.parametrize(
    ("start", "query"),
    [
        ("index.html", "Underlay"),
        ("index.html", "email"),
        ("en/index.html", "IPv6 pool"),
        ("sphinx-folio/zh/index.html", "furo"),
    ],
)
def test_what_is_shown_stays(page: Page, address: str, start: str, query: str) -> None:
    """Texts, rare words and pages of second rank arrive later: they are appended."""
    page.goto(f"{address}{start}")
    open_dialog(page, query)
    expect(page.locator(RESULTS).first).to_be_visible()
    seen: list[list[str]] = []
    for pause in (50, 250, 700):  # longer than the script waits
        page.wait_for_timeout(pause)
        seen.append([link.get_attribute("href") or "" for link in page.locator(RESULTS).all()])
    for earlier, later in pairwise(seen):
        assert later[: len(earlier)] == earlier


def test_what_is_typed_before_files_arrive_is_found(page: Page, address: str, watch: Any) -> None:
    """A letter asks for a file; the query that the next ones complete has to wait for it, too."""
    held: dict[str, Any] = {}
    name = re.compile(r"/folio-search/(index|texts|rare)")
    page.route(name, lambda route: held.setdefault(name.findall(route.request.url)[0], route))
    page.goto(f"{address}index.html")
    open_dialog(page, "email")
    for file in ("index", "texts", "rare"):
        while file not in held:
            page.wait_for_timeout(10)
        held[file].continue_()
    expect(page.locator(RESULTS).first).to_have_attribute("href", re.compile("#person_iiiceoo$"))


def test_a_cell_is_shown_with_its_row_and_column(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    open_dialog(page, "9m50s")
    snippet = page.locator(f"{RESULTS} .folio-search-snippet").first
    expect(snippet).to_have_text("重建 · Spiderpool: 9m50s")
    expect(snippet.locator("mark")).to_have_text("9m50s")


def test_excerpts_end_with_a_whole_word_and_leave_no_gap(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}en/index.html")
    open_dialog(page, "ipam")
    excerpts = page.locator(f"{RESULTS} .folio-search-snippet")
    expect(excerpts.first).not_to_be_empty()
    expect(page.locator(f"{RESULTS} .folio-search-pending")).to_have_count(0)
    texts = excerpts.all_inner_texts()
    assert all(texts)
    cut = [text.strip("…") for text in texts if text.endswith("…")]
    found = page.evaluate("fetch('llms-full.txt').then((answer) => answer.text())")
    for text in cut:
        last = text.split()[-1]
        assert re.search(rf"(?<!\w){re.escape(last)}(?!\w)", found), text


def test_words_are_marked_as_a_whole_and_identifiers_are_not_marked_inside(
    page: Page, address: str, watch: Any
) -> None:
    page.goto(f"{address}en/index.html")
    open_dialog(page, "reclaim")
    marks = page.locator(f"{RESULTS} mark")
    expect(marks.first).to_be_visible()
    texts = page.locator(RESULTS).all_inner_texts()
    for mark in marks.all_inner_texts():
        assert any(re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text) for text in texts), mark
    page.locator("dialog input").fill("performance")
    expect(marks.first).to_be_visible()
    assert not [text for text in page.locator(f"{RESULTS} :has(> mark)").all_inner_texts() if "performance-zh" in text]


def test_what_is_no_word_is_no_match(page: Page, address: str, watch: Any) -> None:
    page.goto(address)
    open_dialog(page, "开源")
    expect(page.locator(RESULTS).first).to_be_visible()
    assert not [text for text in page.locator(RESULTS).all_inner_texts() if "没有公开源码" in text]


@pytest.mark.parametrize(
    ("query", "found"),
    [("rongqi", "容器"), ("rq", "容器"), ("dizhi huishou", "回收"), ("双站", "双栈"), ("湖科大", "湖南科技大学")],
)
def test_names_are_found_by_their_sound_and_by_abbreviations(page: Page, address: str, query: str, found: str) -> None:
    page.goto(f"{address}search.html?q={query}")
    expect(page.locator("#search-results a").first).to_contain_text(found)


@pytest.mark.parametrize(
    ("folder", "query", "target"),
    [
        ("", "spiderpool是什么", "project_spiderpool"),
        ("en/", "What is Spiderpool?", "project_spiderpool"),
        ("", "联系方式", "person_iiiceoo"),
        ("", "学历", "education_hnust"),
    ],
)
def test_a_question_finds_what_it_is_about(page: Page, address: str, folder: str, query: str, target: str) -> None:
    page.goto(f"{address}{folder}search.html?q={query}")
    expect(page.locator("#search-results a").first).to_have_attribute("href", re.compile(f"#{target}$"))


@pytest.mark.parametrize(("folder", "query"), [("", "他的电话是多少"), ("en/", "phone number")])
def test_a_question_without_an_answer_leads_to_what_is_close(page: Page, address: str, folder: str, query: str) -> None:
    page.goto(f"{address}{folder}index.html")
    open_dialog(page, query)
    expect(page.locator("dialog [role=status]")).to_contain_text(query)
    expect(page.locator("dialog .folio-search-near a")).to_have_attribute("href", re.compile("person_iiiceoo"))


def test_a_filter_without_a_query_lists_what_there_is(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}search.html?kind=evidence")
    kinds = page.locator("#search-results .folio-search-kind")
    expect(kinds.first).to_have_text("证据")
    assert set(kinds.all_inner_texts()) == {"证据"}


def test_earlier_queries_are_offered_unless_the_reader_forbids_it(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}en/index.html")
    open_dialog(page, "gomonkey")
    page.locator(RESULTS).first.click()
    page.wait_for_url(re.compile("marks="))
    page.goto(f"{address}en/resume.html")
    open_dialog(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="gomonkey").click()
    expect(dialog.get_by_role("searchbox")).to_have_value("gomonkey")
    expect(page.locator(RESULTS).first).to_contain_text("gomonkey")
    dialog.get_by_role("searchbox").fill("")
    dialog.get_by_role("button", name="Clear and stop saving").click()
    expect(dialog.get_by_role("button", name="gomonkey")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('folio-search-recent')") == "off"
    expect(dialog.locator("ul a").first).to_be_visible()  # what the site is about


def test_back_from_a_result_brings_the_query_and_its_place_back(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}resume.html")
    open_dialog(page, "IP")
    link = page.locator(RESULTS).nth(2)
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(re.compile("marks="))
    page.go_back()
    expect(page.locator("dialog input")).to_have_value("IP")
    expect(page.locator(RESULTS).nth(2)).to_be_focused()
    assert page.locator(RESULTS).nth(2).get_attribute("href") == target
    page.keyboard.press("Escape")
    page.wait_for_function("!history.state.folioSearch")
    page.reload()
    page.wait_for_timeout(500)
    expect(page.locator("dialog[open]")).to_have_count(0)  # closed by the reader: it does not come back


def test_readers_step_from_mark_to_mark(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}en/spiderpool/index.html?marks=IPAM")
    notice = page.get_by_role("region", name="Highlighted: IPAM")
    number = page.locator("mark.folio-search-mark").count()
    assert {text.lower() for text in page.locator("mark.folio-search-mark").all_text_contents()} == {"ipam"}
    notice.get_by_role("button", name="Next highlight").click()
    expect(notice).to_contain_text(f"IPAM (1 / {number})")
    expect(page.locator("mark.folio-search-current")).to_be_in_viewport()
    notice.get_by_role("button", name="Previous highlight").click()
    expect(notice).to_contain_text(f"IPAM ({number} / {number})")


def test_three_results_fit_above_the_keyboard_of_a_phone(new_context: Any, address: str) -> None:
    page = new_context(viewport={"width": 390, "height": 440}, has_touch=True, is_mobile=True).new_page()
    page.goto(f"{address}en/index.html")
    open_dialog(page, "IPv6")
    expect(page.get_by_role("button", name="Close search")).to_have_text("✕", use_inner_text=True)
    third = page.locator(f"{RESULTS} .folio-search-title").nth(2)
    expect(third).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("folder", "query", "shown"), [("en/", "go", False), ("en/", "集群", True), ("", "go", True)])
def test_other_names_of_a_result_are_in_the_language_of_the_page_or_the_query(
    page: Page, address: str, watch: Any, folder: str, query: str, shown: bool
) -> None:
    page.goto(f"{address}{folder}search.html?q={query}")
    results = page.locator("#search-results > li")
    expect(results.first).to_be_visible()
    names = "".join(page.locator(".folio-search-names").all_inner_texts())
    assert bool(re.search("[\u4e00-\u9fff]", names)) is shown


def test_an_identifier_of_an_archive_is_shown_only_to_whom_asks_for_it(page: Page, address: str, watch: Any) -> None:
    page.goto(f"{address}en/search.html?q=1200")
    results = page.locator("#search-results")
    expect(results).to_contain_text("Pull request")
    expect(results).not_to_contain_text("swh:1")
    page.goto(f"{address}en/search.html?q=fa4bbff888acb4bf52c48253c63aeac226e5cae8")
    expect(results).to_contain_text("swh:1")
