"""A site without a portfolio: other scripts and spellings, keyboards, hosts, and pages with closed parts and formulas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OURS = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
SETTINGS: dict[str, Any] = dict.fromkeys(OURS) | {"extensions": ["sphinx_folio.search"], "language": "en"}
TEXTS = {
    "japanese": "新しいデータベースを作成します。このDockerコンテナは動く。",
    "korean": "쿠버네티스 클러스터를 관리합니다",
    "hebrew": "שָׁלוֹם עוֹלָם",
    "arabic": "كِتَابٌ جديد",
    "turkish": "Kışın ışık hızı",
    "polish": "Łódź",
    "german": "Donau\u00addampf\u00adschiff",
    "copied": "the ﬂow chart, nai\u0308vete\u0301",
    "typeset": "don’t panic, 10–20 times — see g++ and gtk",
    "code": "def frob(x) -> None",
}
QUERIES = [
    *(("データベース", "japanese"), ("docker", "japanese"), ("コンテナ", "japanese"), ("ｺﾝﾃﾅ", "japanese")),
    *(("שלום", "hebrew"), ("שָׁלוֹם", "hebrew"), ("كتاب", "arabic"), ("isik", "turkish"), ("IŞIK", "turkish")),
    *(
        ("lodz", "polish"),
        ("donaudampfschiff", "german"),
        ("donau\u00addampfschiff", "german"),
        ("\u200bdonau", "german"),
    ),
    *(("flow", "copied"), ("naïveté", "copied"), ('"don\'t panic"', "typeset"), ('"10-20 times"', "typeset")),
    *(("gtk++ panic", "typeset"), ("frob -> None", "code"), ('frob -" "', "code"), ('frob -"', "code")),
]


def pages(texts: dict[str, str]) -> dict[str, str]:
    others = {f"{name}.rst": f":orphan:\n\n{name.title()}\n========\n\n{text}\n" for name, text in texts.items()}
    return {"index.rst": "Start\n=====\n\nWelcome.\n", **others}


@pytest.mark.parametrize("split", [0, 200_000])
def test_text_is_found_however_it_is_written(page: Page, build: Any, serve: Any, split: int) -> None:
    app = build(pages(TEXTS), settings=SETTINGS | {"folio_search_split": split, "folio_search_page": True})
    first = """async (query) => {
      const { found } = await (await folioSearch.engine()).search(query);
      return found.slice(0, 1).map(({ engine, record }) => engine.core.pages[record[0]][0]);
    }"""
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html")
        answers = {query: page.evaluate(first, query) for query, _name in QUERIES}
    assert answers == {query: [f"{name}.html"] for query, name in QUERIES}


def test_text_that_a_keyboard_composes_is_searched_after_a_pause(page: Page, build: Any, serve: Any) -> None:
    """Korean is composed syllable by syllable, and the keyboards of phones compose words of any language."""
    app = build(pages(TEXTS), settings=SETTINGS)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        page.keyboard.press("/")
        expect(page.locator("dialog input")).to_be_focused()
        composed = {"text": "클러스터", "selectionStart": 4, "selectionEnd": 4}
        page.context.new_cdp_session(page).send("Input.imeSetComposition", composed)
        expect(page.locator("dialog ol a").first).to_have_attribute("href", re.compile("korean"))


@pytest.mark.parametrize("query", ["strasse", "straße", "STRASSE", "stras"])
def test_a_sharp_s_is_found_as_ss_and_marked(page: Page, build: Any, serve: Any, query: str) -> None:
    app = build(
        pages({"swiss": "An der Strasse steht ein Haus.", "german": "An der Straße ein Baum."}), settings=SETTINGS
    )
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        page.keyboard.press("/")
        page.keyboard.type(query)
        expect(page.locator("dialog ol a")).to_have_count(2)
        assert {*page.locator("dialog ol mark").all_text_contents()} == {"Strasse", "Straße"}


def test_the_key_of_another_keyboard_layout_opens_the_dialog(page: Page, build: Any, serve: Any) -> None:
    app = build(pages({}), settings=SETTINGS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        page.evaluate(
            "document.body.dispatchEvent(new Event('keydown', { bubbles: true }))"
        )  # as for a filled-in field
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', "
            "{ key: 'л', code: 'KeyK', ctrlKey: true, bubbles: true }))"
        )
        expect(page.locator("dialog[open] input")).to_be_focused()
    assert errors == []


def test_all_results_are_on_the_search_page_of_the_builder(page: Page, build: Any, serve: Any) -> None:
    many = {f"page{number}": "The same zephyr." for number in range(14)}
    app = build(pages(many), settings=SETTINGS | {"folio_search_page": True}, builder="dirhtml")
    with serve(app.outdir) as root:
        page.goto(f"{root}page3/")
        page.keyboard.press("/")
        page.keyboard.type("zephyr")
        page.get_by_role("link", name="See all results").click()
        expect(page).to_have_url(f"{root}search/?q=zephyr")
        expect(page.locator("#search-results a")).to_have_count(14)


@pytest.mark.parametrize("body", ["<!doctype html><p>There is no such page.", None])
def test_a_file_that_does_not_arrive_is_reported(page: Page, build: Any, serve: Any, body: str | None) -> None:
    """Some hosts answer with a page when a file is missing; results of an earlier query do not stay."""
    app = build(pages(TEXTS), settings=SETTINGS)
    page.route("**/rare-*.js*", lambda route: route.fulfill(body=body) if body else route.abort())
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        page.keyboard.press("/")
        page.keyboard.type("flow")
        expect(page.locator("dialog ol a")).to_have_count(1)
        page.locator("dialog input").fill("zephyr")
        expect(page.locator("dialog [role=status]")).to_have_text("Search is currently unavailable.")
        expect(page.locator("dialog ol a")).to_have_count(0)


def test_a_browser_that_refuses_to_change_the_address_searches_on(page: Page, build: Any, serve: Any) -> None:
    """Safari does so after many changes, as when a key repeats."""
    app = build(pages(TEXTS), settings=SETTINGS | {"folio_search_page": True})
    page.add_init_script("history.replaceState = () => { throw new DOMException('too often', 'SecurityError'); }")
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html")
        page.locator("#search-page input").fill("flow")
        expect(page.locator("#search-results a")).to_have_count(1)


def test_the_place_of_a_result_is_forgotten_with_its_query(page: Page, build: Any, serve: Any) -> None:
    app = build(pages(TEXTS), settings=SETTINGS | {"folio_search_page": True})
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html?q=panic")
        page.locator("#search-results a").click()
        page.wait_for_url("**/typeset.html*")
        page.go_back()
        expect(page.locator("#search-results a")).to_be_focused()
        page.locator("#search-page input").fill("flow")
        expect(page).to_have_url(f"{root}search.html?q=flow")
        page.reload()
        expect(page.locator("#search-results a")).to_have_count(1)
        expect(page.locator("#search-results a")).not_to_be_focused()


CELLS = """Start
=====

+--------+-----------------+
| Vendor | Offer           |
|        +-------+---------+
|        | Speed | Price   |
+========+=======+=========+
| Acme   | quick | cheap   |
|        +-------+---------+
|        | slow  | free    |
+--------+-------+---------+
|        | later | unknown |
+--------+-------+---------+
"""


@pytest.mark.parametrize(("query", "shown"), [("free", "Acme · Price: free"), ("later", "Speed: later")])
def test_a_merged_or_empty_cell_keeps_others_in_their_columns(
    page: Page, build: Any, serve: Any, query: str, shown: str
) -> None:
    app = build({"index.rst": CELLS}, settings=SETTINGS | {"folio_search_page": True})
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html?q={query}")
        expect(page.locator("#search-results .folio-search-snippet")).to_have_text(shown)


CLOSED = """Start
=====

.. raw:: html

   <details><summary>Outer</summary><details><summary>Inner</summary><p>A zephyr blows.</p></details></details>
   <input type="radio" name="tabs" id="one" checked><label for="one">One</label><div class="tab">Calm.</div>
   <input type="radio" name="tabs" id="two"><label for="two">Two</label><div class="tab">Another zephyr.</div>
   <style>.tab { display: none } input:checked + label + .tab { display: block }</style>

.. math:: \\frac{zephyr}{2}
"""


def test_marks_open_what_is_closed_and_leave_formulas_alone(page: Page, build: Any, serve: Any) -> None:
    app = build({"index.rst": CLOSED}, settings=SETTINGS)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html?marks=zephyr#50%")
        for _mark in range(2):
            page.get_by_role("button", name="Next highlight").click()
            expect(page.locator("mark.folio-search-current")).to_be_in_viewport()
        expect(page.locator("mark.folio-search-mark")).to_have_count(2)
        assert "zephyr" in (page.locator(".math").text_content() or "")


LIMITS = """Start
=====

Queues
------

.. index:: how old, backpressure, surge protection

Clients have rate limits, and limits of size: one is out of order, in rate of use.

Other
-----

Something else: 限速.
"""


def test_a_synonym_is_marked_as_a_phrase_where_the_page_has_it(page: Page, build: Any, serve: Any) -> None:
    aliases = {"throttling": ["rate limits", "out of use", "限速"], "gauge": ["限速器"]}
    settings = SETTINGS | {"folio_search_aliases": aliases, "folio_search_page": True}
    app = build({"index.rst": LIMITS}, settings=settings)
    result = page.locator("#search-results a")
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html?q=throttling")
        expect(result.first.locator("mark")).to_have_text(["rate limits"])
        result.first.click()
        expect(page.locator("mark.folio-search-mark")).to_have_text(["rate limits"])
        expect(page.get_by_role("region", name="Highlighted: rate limits")).to_be_visible()


def test_the_words_that_were_tried_are_in_the_language_of_the_page(page: Page, build: Any, serve: Any) -> None:
    aliases = {"throttling": ["backlog", "限速", "zephyr"]}
    settings = SETTINGS | {"folio_search_aliases": aliases, "folio_search_page": True}
    app = build({"index.rst": LIMITS}, settings=settings)
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html?q=throttling wxyzw vwxyz")
        status = page.locator("#search-page [role=status]")
        expect(status).to_contain_text("Searched for: throttling")
        expect(status).to_contain_text("backlog")
        expect(status).not_to_contain_text("限速")


@pytest.mark.parametrize(
    ("query", "names"),
    [("backpressure", ["backpressure"]), ("protection", ["surge protection"]), ("how old", []), ("overflow", [])],
)
def test_the_word_of_an_index_entry_is_shown_if_the_reader_has_typed_it_and_it_is_no_question(
    page: Page, build: Any, serve: Any, query: str, names: list[str]
) -> None:
    settings = SETTINGS | {"folio_search_page": True, "folio_search_aliases": {"overflow": ["backpressure"]}}
    app = build({"index.rst": LIMITS}, settings=settings)
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html?q={query}")
        expect(page.locator("#search-results a").first).to_have_attribute("href", re.compile("#queues$"))
        expect(page.locator("#search-results a").first.locator(".folio-search-names")).to_have_text(names)


def test_with_furo_the_search_box_of_the_page_has_a_name_and_a_result_is_jumped_to(
    page: Page, build: Any, serve: Any
) -> None:
    app = build({"index.rst": LIMITS}, settings={**SETTINGS, "html_theme": "furo"})
    behavior = "getComputedStyle(document.documentElement).scrollBehavior"
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html")
        assert page.get_by_role("search").count() == 2  # ours, and that of the sidebar
        expect(page.get_by_role("search", name="Search", exact=True)).to_have_count(1)
        page.goto(f"{root}index.html")
        assert page.evaluate(behavior) == "smooth"
        page.goto(f"{root}index.html?marks=else#other")
        expect(page.locator("mark.folio-search-mark")).to_have_text("else")
        assert page.evaluate(behavior) == "auto"


def test_on_touch_screens_only_the_dialog_has_a_cross(new_context: Any, build: Any, serve: Any) -> None:
    app = build({"index.rst": LIMITS}, settings=SETTINGS)
    queries = []
    with serve(app.outdir) as root:
        for is_touched in (True, False):
            options = {"has_touch": is_touched, "is_mobile": is_touched}
            page = new_context(viewport={"width": 390, "height": 800}, **options).new_page()
            page.goto(f"{root}index.html")
            page.keyboard.press("/")
            page.keyboard.type("zephyr")
            expect(page.locator("dialog [role=status]")).to_contain_text("zephyr")
            box = page.locator("dialog input").bounding_box()
            assert box
            page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)  # where browsers have a cross
            queries.append(page.locator("dialog input").input_value())
    assert queries == ["zephyr", ""]


OPENERS = {
    "furo": '<form role="search"><input class="sidebar-search" name="q"></form>',
    "sphinx": '<search role="search"><form class="search"><input name="q"></form></search>',
    "sphinx_rtd_theme": '<div role="search"><form id="rtd-search-form"><input name="q"></form></div>',
    "pydata_sphinx_theme": '<button class="btn search-button-field search-button__button"><i></i><b>Search</b></button>',
    "pydata_sphinx_theme-field": '<form class="bd-search"><i></i><input class="form-control" name="q"></form>',
    "site": '<a href="search.html" data-folio-search><b>Search</b></a>',
}
THEME_OPENS = "<script>document.addEventListener('click', ({ target }) => (seen = target))</script>"
"""What themes do with these elements; the dialog must come first."""


def hold_engine(page: Page) -> Any:
    """Hold the script of the engine; return what releases it, to its end or with an error."""
    held: list[Any] = []
    page.route("**/folio-search-engine.js*", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks it

    def release(*, fails: bool = False) -> None:
        while not held:
            page.wait_for_timeout(10)
        route = held.pop()
        if fails:
            route.abort()
        else:
            route.continue_()

    return release


@pytest.mark.parametrize("markup", OPENERS.values(), ids=OPENERS)
def test_boxes_and_buttons_of_themes_open_the_dialog(page: Page, build: Any, serve: Any, markup: str) -> None:
    release = hold_engine(page)
    start = f"Start\n=====\n\nA zephyr blows.\n\n.. raw:: html\n\n   {markup}{THEME_OPENS}\n"
    app = build({"index.rst": start}, settings=SETTINGS)
    dialog = page.get_by_role("dialog", name="Search")
    opener = page.locator("[role=main]").locator("input, b").last
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        opener.click()
        page.keyboard.type("zephyr")
        expect(dialog.get_by_role("searchbox")).to_have_value("zephyr")
        assert page.evaluate("typeof seen") == "undefined"
        release()
        expect(dialog.locator("ol a")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_on_narrow_screens_a_button_in_the_header_of_furo_opens_the_dialog(page: Page, build: Any, serve: Any) -> None:
    app = build({"index.rst": "Start\n=====\n\nA zephyr blows.\n"}, settings={**SETTINGS, "html_theme": "furo"})
    button = page.locator(".mobile-header").get_by_role("button", name="Search")
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        expect(button).to_be_hidden()
        page.set_viewport_size({"width": 390, "height": 800})
        button.click()
        page.keyboard.type("zephyr")
        expect(page.get_by_role("dialog", name="Search").locator("ol a")).to_have_count(1)


def test_text_typed_into_the_box_of_a_theme_is_moved_to_the_dialog(page: Page, build: Any, serve: Any) -> None:
    release = hold_engine(page)
    markup = "\n\n.. raw:: html\n\n   ".join(["", *OPENERS.values()])
    app = build({"index.rst": f"Start\n=====\n\nA zephyr blows.{markup}\n"}, settings=SETTINGS)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        boxes = page.locator("[role=main] input")
        for number in range(boxes.count()):
            boxes.nth(number).focus()
            page.keyboard.type("zephyr")
            expect(page.locator("dialog[open] input")).to_have_value("zephyr")
            expect(boxes.nth(number)).to_have_value("")
            if not number:
                release()
            expect(page.locator("dialog ol a")).to_have_count(1)
            page.keyboard.press("Escape")
            expect(boxes.nth(number)).to_be_focused()


@pytest.mark.parametrize("key", ["Control+k", "/"])
def test_keys_typed_before_the_engine_has_loaded_are_not_lost(page: Page, build: Any, serve: Any, key: str) -> None:
    """Some themes have no box, or show it only in a dialog of their own."""
    release = hold_engine(page)
    app = build({"index.rst": "Start\n=====\n\nA zephyr blows.\n"}, settings=SETTINGS)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        page.keyboard.press(key)
        page.keyboard.type("zephyr")
        assert page.locator("dialog input").input_value() == "zephyr"
        release()
        expect(page.locator("dialog ol a")).to_have_count(1)
        expect(page.locator("dialog input")).to_have_value("zephyr")
        expect(page.locator("dialog input")).to_be_focused()


@pytest.mark.parametrize("asked", ["", "?q=breeze"])
def test_keys_typed_on_the_search_page_before_the_engine_has_loaded_are_not_lost(
    page: Page, build: Any, serve: Any, asked: str
) -> None:
    release = hold_engine(page)
    app = build({"index.rst": "Start\n=====\n\nA zephyr blows.\n"}, settings=SETTINGS | {"folio_search_page": True})
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html{asked}", wait_until="domcontentloaded")
        box = page.locator("#search-page input")
        if asked:
            box.focus()
        page.keyboard.type("zephyr")
        assert box.input_value() == "zephyr"
        release()
        expect(page.locator("#search-results a")).to_have_count(1)
        expect(box).to_have_value("zephyr")
        expect(box).to_be_focused()
        expect(page).to_have_url(f"{root}search.html?q=zephyr")


def test_the_search_page_without_the_engine_refers_to_the_navigation(page: Page, build: Any, serve: Any) -> None:
    release = hold_engine(page)
    app = build(pages({}), settings=SETTINGS | {"folio_search_page": True})
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html", wait_until="domcontentloaded")
        release(fails=True)
        expect(page.locator("#search-page")).to_contain_text("reachable from the navigation")


def test_text_being_composed_while_the_engine_loads_stays(page: Page, build: Any, serve: Any) -> None:
    release = hold_engine(page)
    app = build(pages(TEXTS), settings=SETTINGS)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        page.keyboard.press("/")
        composed = {"text": "클러스터", "selectionStart": 4, "selectionEnd": 4}
        page.evaluate("addEventListener('compositionend', () => (ended = true))")
        page.context.new_cdp_session(page).send("Input.imeSetComposition", composed)
        release()
        expect(page.locator("dialog [role=status]")).to_have_count(1)
        assert page.evaluate("typeof ended") == "undefined"
        expect(page.locator("dialog input")).to_have_value("클러스터")


def test_a_dialog_that_is_closed_before_the_engine_has_loaded_stays_closed(page: Page, build: Any, serve: Any) -> None:
    release = hold_engine(page)
    app = build(pages({}), settings=SETTINGS)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        page.keyboard.press("/")
        expect(page.locator("dialog[open] input")).to_be_focused()
        page.keyboard.type("zephyr")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        release()
        page.wait_for_function("'open' in folioSearch")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.keyboard.press("/")
        expect(page.locator("dialog[open] input")).to_be_focused()
        expect(page.locator("dialog [role=status]")).to_have_count(1)


def test_without_the_engine_the_query_goes_to_the_search_page(page: Page, build: Any, serve: Any) -> None:
    release = hold_engine(page)
    app = build(pages({}), settings=SETTINGS)
    with serve(app.outdir) as root:
        page.goto(f"{root}index.html")
        page.keyboard.press("Control+k")
        page.keyboard.type("zephyr")
        release(fails=True)
        expect(page).to_have_url(f"{root}search.html?q=zephyr")


def test_results_lead_to_the_parts_of_a_single_page(page: Page, build: Any) -> None:
    many = {f"page{number}": "The same zephyr.\n\nDeep\n----\n\nA mistral." for number in range(14)}
    tree = "Start\n=====\n\n.. toctree::\n   :glob:\n\n   page*\n"
    texts = {name: text.removeprefix(":orphan:\n\n") for name, text in pages(many).items()} | {"index.rst": tree}
    app = build(texts, settings=SETTINGS, builder="singlehtml")
    root = (app.outdir / "index.html").as_uri()
    page.goto(root)
    page.keyboard.press("/")
    page.keyboard.type("page3 zephyr")
    page.locator("dialog ol a").first.click()
    expect(page).to_have_url(re.compile(re.escape(root) + r"\?marks=.*#document-page3$"))
    expect(page.locator("mark").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("mistral")
    page.locator("dialog ol a").first.click()
    expect(page).to_have_url(re.compile(re.escape(root) + r"\?marks=mistral#deep$"))
    page.keyboard.press("/")
    page.keyboard.type("zephyr")
    expect(page.locator("dialog ol a").first).to_be_visible()
    expect(page.get_by_role("link", name="See all results")).to_have_count(0)
