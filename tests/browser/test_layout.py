"""What stands where: contents and text in sight together, lines of a good length, tables that fit a phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from sphinx_folio.cli import scaffold

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WITH_CONTENTS = ["spiderpool/index.html", "en/spiderpool/index.html", "skills/kubernetes.html", "resume.html"]
WITHOUT_CONTENTS = ["index.html", "en/index.html", "skills/index.html", "evidence.html"]
LONGEST = """() => {
  const prose = [...document.querySelectorAll("article section > p:not([class])")].filter((p) => p.textContent.length > 40);
  const em = parseFloat(getComputedStyle(prose[0]).fontSize);
  const range = document.createRange();
  const characters = prose.map((p) => {
    range.selectNodeContents(p);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / (em * 0.9))));
    return p.textContent.length / lines.size;
  });
  return { em: Math.max(...prose.map((p) => p.clientWidth)) / em, characters: Math.max(...characters) };
}"""
"""The widest prose in Han characters, and the most characters that a paragraph has in a line, on average."""


def place(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return {"left": box["x"], "right": box["x"] + box["width"], "top": box["y"], "bottom": box["y"] + box["height"]}


@pytest.mark.parametrize("name", WITH_CONTENTS)
def test_navigation_text_and_contents_stand_side_by_side(page: Page, address: str, name: str) -> None:
    page.goto(address + name)
    problems = []
    for width in (1200, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 860})
        navigation, text, contents = (place(page, part) for part in (".sidebar-container", "article", ".toc-tree"))
        edges = [0, *(box[side] for box in (navigation, text, contents) for side in ("left", "right")), width]
        problems += [] if edges == sorted(edges) else [f"{width} px: {edges}"]
        shown = [part for part in (".toc-content-icon", ".toc-overlay") if page.locator(part).is_visible()]
        problems += [f"{width} px: {part} is shown" for part in shown]
        page.evaluate("scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: 'instant' })")
        seen = place(page, ".toc-tree")
        problems += [] if seen["top"] < 860 and seen["bottom"] > 0 else [f"{width} px: the contents are out of sight"]
    assert problems == [], "\n".join(problems)


@pytest.mark.parametrize("name", [*WITH_CONTENTS[:2], *WITHOUT_CONTENTS])
def test_a_line_holds_38_to_42_han_characters_or_about_70_latin_ones(page: Page, address: str, name: str) -> None:
    page.goto(address + name)
    problems = []
    for width in (1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 860})
        found = page.evaluate(LONGEST)
        is_english = name in WITH_CONTENTS and name.startswith("en/")
        if not 38 <= found["em"] <= 42 or (is_english and not 55 <= found["characters"] <= 80):
            problems.append(f"{width} px: {found}")
    assert problems == [], "\n".join(problems)


def test_below_that_width_a_button_opens_the_contents(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1100, "height": 860})
    page.goto(f"{address}spiderpool/index.html")
    expect(page.locator(".toc-content-icon")).to_be_visible()
    expect(page.locator(".toc-tree")).to_be_hidden()
    page.locator("#__toc").press("Space")
    expect(page.locator(".toc-tree")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 860})  # a tablet is turned: nothing lies over the page
    expect(page.locator(".toc-overlay")).to_be_hidden()
    page.locator("article").get_by_role("link", name="仓库").first.click(trial=True)


def test_the_button_of_the_color_scheme_can_be_hit(page: Page, address: str) -> None:
    for name in ("index.html", "search.html", "sphinx-folio/index.html"):
        page.goto(f"{address}{name}")
        size = page.locator(".theme-toggle:visible").bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 24


@pytest.mark.parametrize(("folder", "label"), [("", "搜索"), ("en/", "Search")])
def test_search_is_one_tap_away_on_a_phone(page: Page, address: str, watch: Any, folder: str, label: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(f"{address}{folder}spiderpool/index.html")
    button = page.get_by_role("banner").get_by_role("button", name=label)
    size = button.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 24
    button.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_without_a_script_search_leads_to_the_page_that_says_what_it_needs(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 860})
    page = context.new_page()
    page.goto(f"{address}spiderpool/index.html")
    page.locator("#__navigation").press("Space")
    box = page.locator(".sidebar-search")
    expect(box).to_be_in_viewport()
    box.fill("IPAM")
    box.press("Enter")
    expect(page).to_have_url(re.compile(f"^{re.escape(address)}search.html"))
    expect(page.locator("#search-page")).to_contain_text("搜索需要启用 JavaScript")
    context.close()


STACKED = [
    "skills/index.html",
    "evidence.html",
    "spiderpool/benchmark.html",
    "spiderpool/case-studies/address-owner.html",
    "spiderpool/case-studies/webhook-rules.html",
]
STACKED_IN_MANUAL = ["colophon", "settings", "verifying", "hosting", "guides", "listings"]


def test_no_table_scrolls_sideways_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    problems = []
    for name in (
        *STACKED,
        *(f"en/{name}" for name in STACKED),
        *(f"sphinx-folio/{folder}{name}.html" for name in STACKED_IN_MANUAL for folder in ("", "zh/")),
    ):
        page.goto(address + name)
        problems += [] if page.locator("table.folio-stacked").count() else [f"{name}: no table"]
        wide = page.evaluate(
            "[...document.querySelectorAll('.folio-scroll, .table-wrapper')].filter((e) => e.scrollWidth > e.clientWidth).length"
        )
        problems += [f"{name}: {wide} scroll"] if wide else []
    assert problems == [], "\n".join(problems)


def test_a_stacked_table_names_every_cell_and_stays_a_table(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(f"{address}spiderpool/benchmark.html")
    row = page.get_by_role("table").first.get_by_role("row").filter(has=page.get_by_role("rowheader", name="创建"))
    first = row.get_by_role("cell").first
    expect(first).to_contain_text("2m35s")
    label = first.locator("p").evaluate("(e) => getComputedStyle(e, '::before').content")
    assert label == '"Spiderpool"'
    page.set_viewport_size({"width": 1280, "height": 860})
    assert first.locator("p").evaluate("(e) => getComputedStyle(e, '::before').content") == "none"
    expect(page.get_by_role("columnheader", name="Spiderpool").first).to_be_visible()


@pytest.mark.parametrize("folder", ["", "en/"])
def test_levels_stand_in_a_column_beside_their_skills(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}skills/index.html")
    apart = """(rows) => rows.filter((row) => {
      const [skill, level] = [row.querySelector(".folio-tag"), row.querySelector(".folio-rank")];
      const [name, rank, whole] = [skill, level, row].map((part) => part.getBoundingClientRect());
      return rank.top > name.top + name.height / 2 || Math.abs(rank.right - whole.right) > 1 || level.getClientRects().length > 1;
    }).map((row) => row.textContent)"""
    assert page.locator(".folio-leveled").count() > 20
    found = {}
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 860})
        found[width] = page.locator(".folio-leveled").evaluate_all(apart)
    assert found == {390: [], 1280: []}


@pytest.mark.parametrize("place", ["search.html", "index.html"], ids=["page", "dialog"])
def test_the_search_box_of_a_phone_shows_its_whole_invitation(page: Page, address: str, place: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(f"{address}en/{place}")
    if place == "index.html":
        page.get_by_role("banner").get_by_role("button", name="Search").click()
    expect(page.locator(".folio-search-input")).to_be_visible()
    measured = page.locator(".folio-search-input").first.evaluate(
        """(input) => {
          const words = document.createElement("span");
          words.textContent = input.placeholder;
          const { fontFamily, fontWeight } = getComputedStyle(input);
          const fontSize = getComputedStyle(input, "::placeholder").fontSize;
          Object.assign(words.style, { position: "absolute", whiteSpace: "nowrap", fontFamily, fontWeight, fontSize });
          document.body.append(words);
          const { paddingLeft, paddingRight } = getComputedStyle(input);
          return [words.getBoundingClientRect().width, input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)];
        }"""
    )
    assert measured[0] <= measured[1]


def test_what_evidence_supports_may_be_a_sentence(page: Page, address: str) -> None:
    """A highlight without a name is shown with its text; a column of a few words would be a screen high."""
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(f"{address}sphinx-folio/listings.html")
    sentence = "Of 4,100 changes, nine had to be taken back; all nine had skipped the virtual network."
    page.locator(".folio-proof-table td:last-child a").evaluate_all(
        "(links, text) => links.forEach((link) => { link.textContent = text; })", sentence
    )
    columns = page.locator(".folio-proof-table thead th").evaluate_all("(all) => all.map((cell) => cell.offsetWidth)")
    assert columns[-1] > sum(columns) / 4


def test_sorting_evidence_by_date_sorts_all_of_it_and_a_third_press_brings_the_groups_back(
    page: Page, address: str
) -> None:
    page.goto(f"{address}evidence.html")
    rows, groups = page.locator(".folio-proof-table tbody tr"), page.locator(".folio-proof-table .folio-group")
    before, number = rows.all_text_contents(), groups.count()
    assert number > 10
    button = page.locator(".folio-proof-table").get_by_role("button", name="日期")
    for is_reversed in (False, True):
        button.click()
        dates = rows.locator("time").evaluate_all("(all) => all.map((time) => time.dateTime)")
        assert dates == sorted(dates, reverse=is_reversed)
        assert len(dates) == len({*before}) - number  # each once, also what supports several entries
        lines = rows.locator(".folio-line")
        assert lines.count() == len(dates)
        assert lines.locator("> span").all_inner_texts() == ["佐证："] * len(dates)
        links = [line.count("</a>") for line in lines.evaluate_all("(all) => all.map((line) => line.innerHTML)")]
        assert sum(links) == len(before) - number
        assert max(links) > 1
    button.click()
    assert rows.all_text_contents() == before
    expect(page.locator("[aria-sort]")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["spiderpool/benchmark.html", "en/spiderpool/benchmark.html"])
def test_no_mark_of_a_chart_hides_another(page: Page, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(address + name)
    hidden = page.locator(".folio-plot > .folio-dots").evaluate_all("""(rows) => rows.flatMap((row) => {
      const boxes = [...row.querySelectorAll("path")].map((path) => path.getBoundingClientRect());
      const middles = boxes.map((box) => [box.left + box.width / 2, box.top + box.height / 2]);
      const near = ([x, y], n) => middles.slice(n + 1).some(([a, b]) => Math.hypot(a - x, b - y) < 8);
      return middles.some(near) ? [row.textContent] : [];
    })""")
    assert page.locator(".folio-plot > .folio-dots").count() == 16
    assert hidden == []


@pytest.mark.parametrize("folder", ["", "en/"])
def test_evidence_stays_within_the_text(page: Page, address: str, folder: str) -> None:
    problems = []
    for width in (390, 700, 1280):
        page.set_viewport_size({"width": width, "height": 860})
        for name in ("skills/testing.html", "spiderpool/index.html"):
            page.goto(f"{address}{folder}{name}")
            right = place(page, "article")["right"]
            wide = page.locator("div.folio-evidence :is(a, span, time):visible").evaluate_all(
                "(parts, right) => parts.filter((part) => part.getBoundingClientRect().right > right + 1).length", right
            )
            problems += [f"{name}, {width} px: {wide}"] if wide else []
    assert problems == []


BROKEN_WORDS = """() => {
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const broken = [];
  while (walker.nextNode()) {
    for (const match of walker.currentNode.data.matchAll(/[A-Za-z0-9]{2,10}/g)) {
      range.setStart(walker.currentNode, match.index);
      range.setEnd(walker.currentNode, match.index + match[0].length);
      if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) broken.push(match[0]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["index.html", "en/index.html", "skills/index.html", "en/skills/index.html"])
def test_no_short_word_and_no_number_is_broken(page: Page, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(address + name)
    assert page.evaluate(BROKEN_WORDS) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_largest_words_of_the_resume_are_the_name(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(f"{address}resume.html")
    sizes = page.locator("#resume :is(h1, h2, h3, .folio-name)").evaluate_all(
        "(parts) => parts.map((part) => [parseFloat(getComputedStyle(part).fontSize), part.className])"
    )
    assert max(sizes)[1] == "folio-name"
    assert sorted(size for size, _name in sizes)[-2] < max(sizes)[0]


def test_a_long_name_stays_in_its_column_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(f"{address}en/skills/kubernetes.html")
    facts = page.locator(".folio-skill .folio-facts > dd", has_text="CustomResourceDefinition").first
    label, name = (
        facts.evaluate(f"(dd) => dd{part}.getBoundingClientRect().top") for part in (".previousElementSibling", "")
    )
    assert abs(label - name) < 12
    assert facts.evaluate("(dd) => dd.scrollWidth <= dd.clientWidth")


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"media": "print"}])
def test_a_sketch_and_its_proofs_are_seen_in_every_setting(page: Page, address: str, media: Any) -> None:
    page.emulate_media(**media)
    page.goto(address)
    expect(page.locator(".folio-cards .folio-sketch")).to_have_count(3)
    box = page.locator(".folio-box").first
    border, paper = box.evaluate("(e) => [getComputedStyle(e).borderTopColor, getComputedStyle(e).backgroundColor]")
    assert border != paper
    ink = box.evaluate("(e) => getComputedStyle(e).color")
    assert ink != paper
    bar, around = page.locator(".folio-count rect").first.evaluate(
        "(e) => [getComputedStyle(e).fill, getComputedStyle(document.body).backgroundColor]"
    )
    assert bar != around


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["index.html", "en/index.html", "spiderpool/index.html", "en/spiderpool/index.html"])
def test_every_arrow_of_a_sketch_points_at_the_step_beside_it(page: Page, address: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(address + name)
    distances = page.locator(".folio-arrow").evaluate_all("""(arrows) => arrows.map((arrow) => {
      const [from, to] = [arrow, arrow.nextElementSibling].map((part) => part.getBoundingClientRect());
      return [to.left - from.right, Math.abs((from.top + from.bottom) / 2 - (to.top + to.bottom) / 2)];
    })""")
    assert distances
    assert all(0 <= beside < 12 and below < 2 for beside, below in distances)


def test_the_count_of_proofs_leads_to_the_first_of_them(page: Page, address: str, site: Path, watch: Any) -> None:
    page.goto(address)
    page.locator(".folio-cards .folio-count a").click()
    expect(page).to_have_url(f"{address}spiderpool/index.html#evidence_spiderpool-pr-155")
    expect(page.locator(":target")).to_be_in_viewport()
    assert (site / "projects" / "spiderpool.html").is_file()


def test_a_quotation_mark_is_as_wide_as_a_han_character_on_chinese_pages_only(page: Page, address: str) -> None:
    widths = """() => {
      const context = document.createElement("canvas").getContext("2d");
      const style = getComputedStyle(document.body);
      context.font = `${style.fontSize} ${style.fontFamily}`;
      return [..."“网"].map((sign) => context.measureText(sign).width);
    }"""
    page.goto(f"{address}sphinx-folio/zh/guides.html")
    page.evaluate("document.fonts.load('17px \"Han signs\"', '“')")
    mark, han = page.evaluate(widths)
    assert mark == pytest.approx(han, abs=0.01)
    page.goto(f"{address}sphinx-folio/guides.html")
    mark, han = page.evaluate(widths)
    assert mark < han * 0.7


PROJECT = """
```{{project}} {key}
:name: {name}
:skills: go
:start: 2020
```
"""
MATRIX = """# Skills

```{{skill}} go
:name: Go
:category: languages
:level: expert
```

{projects}

```{{skill-matrix}}
```

```{{timeline}}
```

```{{toctree}}
```
"""
DISPLAY = "(table) => getComputedStyle(table).display"


@pytest.mark.parametrize(("count", "display"), [(2, "table"), (6, "block")])
def test_a_matrix_without_room_is_shown_as_cards(page: Page, build: Any, count: int, display: str) -> None:
    """On a wide screen, the columns of themes have 600 to 740 pixels; on paper it stays a table."""
    projects = [PROJECT.format(key=f"p{number}", name=f"Project {number}") for number in range(count)]
    app = build({"index.md": MATRIX.format(projects="".join(projects))})
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto((app.outdir / "index.html").as_uri())
    matrix, box = page.locator("table.folio-matrix"), page.locator(".folio-scroll")
    box.evaluate("(box) => (box.style.width = '39rem')")  # that of pydata-sphinx-theme
    assert matrix.evaluate(DISPLAY) == display
    assert box.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    page.emulate_media(media="print")
    assert matrix.evaluate(DISPLAY) == "table"
    page.emulate_media(media="screen")
    box.evaluate("(box) => (box.style.width = '46rem')")  # the width of furo's column
    assert matrix.evaluate(DISPLAY) == "table"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_matrix_of_ten_projects_has_room_in_the_column_of_furo(page: Page, build: Any, scheme: Any) -> None:
    names = ("Payments gateway", "Observability", "Kubernetes operators", "数据湖迁移", "Feature flags") * 2
    projects = [PROJECT.format(key=f"p{number}", name=f"{name} {number}") for number, name in enumerate(names)]
    app = build({"index.md": MATRIX.format(projects="".join(projects))})
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto((app.outdir / "index.html").as_uri())
    box = page.locator(".folio-scroll")
    box.evaluate("(box) => (box.style.width = '46rem')")  # the width of furo's column
    assert box.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    heading = page.locator("table.folio-matrix thead th a").first.bounding_box()
    assert heading is not None
    assert heading["height"] > 3 * heading["width"]


def test_a_wide_table_in_a_box_of_a_theme_shows_that_there_is_more(page: Page, build: Any) -> None:
    """pydata-sphinx-theme and sphinx-rtd-theme put tables into boxes that scroll."""
    projects = [PROJECT.format(key=f"p{number}", name=f"Project number {number}") for number in range(30)]
    app = build({"index.md": MATRIX.format(projects="".join(projects))})
    html = (app.outdir / "index.html").read_text("utf-8")
    box = '<div class="pst-scrollable-table-container" style="overflow: auto">'
    html = html.replace("<table", f"{box}<table").replace("</table>", "</table></div>")
    (app.outdir / "index.html").write_text(html.replace("</head>", "<style>.body { max-width: 46rem }</style></head>"))
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto((app.outdir / "index.html").as_uri())
    page.locator(".folio-scroll").evaluate("(box) => (box.style.width = '46rem')")
    page.evaluate("dispatchEvent(new Event('resize'))")
    expect(page.locator(".folio-scroll.folio-more")).to_have_count(1)


def test_what_follows_a_timeline_stands_apart(page: Page, build: Any) -> None:
    text = MATRIX.format(projects=PROJECT.format(key="one", name="One"))
    app = build({"index.md": text.replace("```{toctree}\n```", "Below.")})
    page.goto((app.outdir / "index.html").as_uri())
    career, below = page.locator(".folio-career").bounding_box(), page.get_by_text("Below.").bounding_box()
    assert career
    assert below
    assert below["y"] - career["y"] - career["height"] >= 14


EVIDENCE = """# Skills

```{skill} go
:name: Go
:category: languages
:level: expert
```

```{evidence} proof
:kind: release
:title: A release
:url: https://example.org/releases/1
:date: 2023-02
:by: own
:skills: go
```

```{toctree}
```
"""
UNDERLINES = """(link) => [link, link.firstElementChild].map((part) => {
  const { borderBottomStyle, borderBottomWidth, borderBottomColor, color } = getComputedStyle(part);
  return [borderBottomStyle, borderBottomWidth, borderBottomColor === color];
})"""


def test_evidence_has_two_lines_and_a_line_below_its_title_only(page: Page, build: Any) -> None:
    """alabaster underlines links with a border, which a cell of a grid would have at its full width."""
    app = build({"index.md": EVIDENCE})
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto((app.outdir / "index.html").as_uri())
    tops = [
        place(page, f".folio-evidence {part}")["bottom"] for part in (".folio-kind", ".folio-line > a > span", "time")
    ]
    lower = [place(page, f".folio-evidence {part}")["bottom"] for part in (".folio-by", ".folio-tag")]
    assert max(tops) - min(tops) < 6
    assert max(lower) - min(lower) < 6
    assert max(tops) < min(lower)
    cell, words = page.locator(".folio-evidence .folio-line > a").evaluate(UNDERLINES)
    assert cell == ["dotted", "1px", False]
    assert words == ["dotted", "1px", True]


def test_the_line_below_a_title_of_a_timeline_is_as_long_as_its_words(page: Page, build: Any) -> None:
    """alabaster underlines links with a border, which a cell of a grid would have at its full width."""
    app = build({"index.md": TIMELINE})
    page.goto((app.outdir / "index.html").as_uri())
    widths = """(link) => {
      const range = document.createRange();
      range.selectNodeContents(link);
      return [link, range].map((part) => Math.round(part.getBoundingClientRect().width));
    }"""
    for width in (1280, 380):
        page.set_viewport_size({"width": width, "height": 860})
        line, words = page.locator(".folio-timeline .folio-title a").first.evaluate(widths)
        assert line == words


@pytest.mark.parametrize("dark", ["", '<html data-theme="dark"><body>', '<html><body data-theme="dark">'])
def test_the_accent_of_a_new_portfolio_is_bright_in_the_dark_of_every_theme(page: Page, dark: str) -> None:
    """pydata-sphinx-theme and sphinx-book-theme name the color scheme on another element than furo."""
    style = scaffold.files(scaffold.Plan(languages=("en",)))["docs/_static/site.css"]
    page.set_content(f"{dark}<style>{style}</style>")
    accent = page.evaluate("getComputedStyle(document.body).getPropertyValue('--color-brand-content')")
    assert accent == ("#5cc8c0" if dark else "#0b6b6b")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mode", ["auto", "light", "dark"])
def test_the_theme_options_of_furo_change_the_accent_of_a_new_portfolio_in_every_mode(
    page: Page, scheme: Literal["light", "dark"], mode: str
) -> None:
    """Furo writes them after the style sheets, with these selectors."""
    style = scaffold.files(scaffold.Plan(languages=("en",)))["docs/_static/site.css"]
    options = """body { --color-brand-content: red }
        body[data-theme="dark"] { --color-brand-content: blue }
        @media (prefers-color-scheme: dark) { body:not([data-theme="light"]) { --color-brand-content: blue } }"""
    page.emulate_media(color_scheme=scheme)
    page.set_content(
        f'<body data-theme="{mode}"><style>{style}</style><style>{options}</style><p class="sidebar-drawer">'
    )
    accent = page.evaluate("getComputedStyle(document.body).getPropertyValue('--color-brand-content')")
    assert accent == ("blue" if mode == "dark" or (mode, scheme) == ("auto", "dark") else "red")


TIMELINE = """# Career

```{position} lab
:entity: Lab
:title: Engineer
:start: 2020
```

```{volunteer} club
:organization: Club
:title: Mentor
:start: 2021
```

```{timeline}
```

```{toctree}
```
"""


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_the_labels_of_a_timeline_are_not_broken_within_a_word(page: Page, build: Any, language: str) -> None:
    app = build({"index.md": TIMELINE}, settings={"language": language})
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto((app.outdir / "index.html").as_uri())
    for label in page.locator(".folio-title > .folio-kind").all():
        lines = label.evaluate("(e) => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)")
        assert round(lines) <= len(label.inner_text().split()), label.inner_text()
        width = label.evaluate("(e) => e.scrollWidth - e.clientWidth")
        assert width <= 0, label.inner_text()


BROKEN_PARTS = """(headings) => headings.flatMap((heading) => {
  const text = heading.firstChild, words = [...text.data.matchAll(/\\S+/g)], range = document.createRange();
  return words.filter((word) => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map((word) => word[0]);
})"""
TYPE = """() => {
  const style = getComputedStyle(document.body);
  return [parseFloat(style.lineHeight) / parseFloat(style.fontSize), style.getPropertyValue("--measure")];
}"""
SITE = Path(__file__).resolve().parents[2] / "docs" / "_static" / "site.css"
HEADINGS = {
    "de": ["Kompetenzen", "Berufserfahrung", "Auszeichnungen", "Weiterbildungen"],
    "pt_BR": ["Certificações", "Experiência profissional"],
    "ru": ["Опыт работы", "Образование", "Сертификаты"],
}


@pytest.mark.parametrize("language", HEADINGS)
def test_the_style_sheet_of_the_site_suits_languages_that_the_site_does_not_have(
    page: Page, build: Any, language: str
) -> None:
    text = "(resume)=\n# CV\n\n" + "".join(f"## {heading}\n\nText.\n\n" for heading in HEADINGS[language])
    settings: dict[str, Any] = {"language": language, "html_theme": "furo", "html_sidebars": None}
    settings |= {"html_static_path": ["_static"], "html_css_files": ["site.css"]}
    app = build({"index.md": text, "_static/site.css": SITE.read_text("utf-8")}, settings=settings)
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto((app.outdir / "index.html").as_uri())
    expected: list[tuple[Literal["screen", "print"], float, str]] = [("screen", 1.6, "38em"), ("print", 1.5, "none")]
    for media, height, measure in expected:
        page.emulate_media(media=media)
        found, width = page.evaluate(TYPE)
        assert (round(found, 2), width) == (height, measure), media
        headings = page.locator("#resume > section > h2")
        assert headings.count() == len(HEADINGS[language])
        assert headings.evaluate_all(BROKEN_PARTS) == [], media


COVERAGE = """# Evidence

```{evidence-coverage}
```

## Skills

```{skill} go
:name: Go
:category: languages
```

```{skill} kubernetes
:name: Kubernetes
:category: networking
```

```{project} pool
:name: Pool
:skills: go, kubernetes
```

```{highlight} pool-jobs
:project: pool
:skills: go

Moved 40 batch jobs to a stream; meter readings are billed after 2 minutes instead of 6 hours.
```
"""


@pytest.mark.parametrize("language", ["de", "zh_CN"])
def test_the_heads_of_the_table_of_coverage_wrap_at_spaces_if_there_is_no_room(
    page: Page, build: Any, language: str
) -> None:
    settings: dict[str, Any] = {"language": language, "html_theme": "furo", "html_sidebars": None}
    settings |= {"html_static_path": ["_static"], "html_css_files": ["site.css"]}
    settings |= {"folio_categories": {"languages": "Programmiersprachen", "networking": "Datenbankverwaltung"}}
    app = build({"index.md": COVERAGE, "_static/site.css": SITE.read_text("utf-8")}, settings=settings)
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto((app.outdir / "index.html").as_uri())
    table = page.locator("table.folio-coverage")
    page.locator(".folio-scroll").evaluate("(box) => (box.style.width = '33rem')")  # without the column of checks
    assert "Moved 40 batch jobs" in table.inner_text()
    needed, room = table.evaluate("(table) => [table.scrollWidth, table.closest('.folio-scroll').clientWidth]")
    assert needed <= room
    assert (
        table.locator("thead th").evaluate_all(
            BROKEN_PARTS.replace("heading.firstChild", "heading.querySelector('p').firstChild")
        )
        == []
    )
