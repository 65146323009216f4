"""Search quality: queries as readers type them, in the dialog and on the search page of the site."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

FIRST, WITHIN_THREE, MEAN_RECIPROCAL_RANK = 0.92, 0.98, 0.94
ELSE = {
    "heldout.tsv": (0.91, 0.96, 0.94),
    "heldout-2.tsv": (0.90, 0.97, 0.93),
    "heldout-3.tsv": (0.78, 0.91, 0.85),
    "heldout-3-en.tsv": (0.87, 0.97, 0.91),  # “May 2023” finds the timeline on the home page, which now has that month
}
"""Lower minimums: for the hardest queries, and because pages have been rewritten and divided since these were judged."""


class Query(NamedTuple):
    """A query, its kind, and the addresses that count as correct; none for nonsense, which must find nothing."""

    text: str
    kind: str
    accepted: tuple[str, ...]


def queries(*names: str) -> list[Query]:
    found = []
    for name in names:
        for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                text, kind, accepted = line.split("\t")
                found.append(Query(text, kind, () if accepted == "-" else tuple(accepted.split())))
    return found


GOLDEN = queries("golden.tsv")
SETS = [
    ("", "golden.tsv"),
    ("", "heldout.tsv"),
    ("", "heldout-2.tsv"),
    ("", "heldout-3.tsv"),
    ("en/", "golden-en.tsv"),
    ("en/", "heldout-en.tsv"),
    ("en/", "heldout-3-en.tsv"),
]
"""The held-out sets were written with the pages only, without trying the engine. Recall at 1 and 3 when they were first run:
heldout 0.830 and 0.886 (English 0.821 and 0.857), on which the engine was then tuned; heldout-2, written after that, 0.985
and 1.000; heldout-3, written as recruiters ask, with dates, numbers and unknown words, 0.800 and 0.825 (English 0.882 and
0.951, and two of 17 nonsense queries had results)."""

LOADED = "folioSearch.engine().then((engine) => engine.loadSecondRank())"
"""Load everything first: pages of second rank must not displace others."""

UNPAINTED = "dialog, #search-page { display: none !important }"
"""Painting the results takes as long as finding them, and only their addresses are read."""

NOTE_FIRST_RESULT = """() => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector("dialog ol a")) return;
    observer.disconnect();
    window.requested = [...document.scripts].map(({ src }) => src.split("?")[0].split("/").at(-1));
  }).observe(document.body, { childList: true, subtree: true });
}"""

ASK = """async ([selector, text]) => {
  const panel = document.querySelector(selector);
  const input = panel.querySelector("input");
  const status = panel.querySelector("[role=status]");
  status.textContent = "";
  const answered = new Promise((resolve) =>
    new MutationObserver((_, observer) => {
      if (!status.textContent) return;
      observer.disconnect();
      resolve();
    }).observe(status, { childList: true }));
  input.value = text;
  input.dispatchEvent(new Event("input"));
  await answered;
  return [...panel.querySelectorAll("ol li:not(.folio-search-near, .folio-search-more) a")].map((link) => link.href);
}"""


def ranks(page: Page, selector: str, address: str, asked: list[Query]) -> tuple[list[int], list[str]]:
    """Return the rank of the first accepted result for each query, and the nonsense queries with results.

    The rank is 0 if there are results but none is accepted, and -1 if there are no results.
    """
    places, junk = [], []
    for query in asked:
        links = [link.removeprefix(address) for link in page.evaluate(ASK, [selector, query.text])]
        plain = [link.split("?")[0] + ("#" + link.split("#")[1] if "#" in link else "") for link in links]
        if not query.accepted:
            junk += [query.text] if links else []
            continue
        place = next((n for n, link in enumerate(plain, 1) if link.startswith(query.accepted)), 0)
        if place != 1:
            print(f"  {query.text!r} ({query.kind}): rank {place or 'none'}; {plain[:3]}")
        places.append(place if links else -1)
    return places, junk


def judge(where: str, name: str, places: list[int], junk: list[str]) -> None:
    total = len(places)
    least_first, least_three, least_reciprocal = ELSE.get(name, (FIRST, WITHIN_THREE, MEAN_RECIPROCAL_RANK))
    first = sum(place == 1 for place in places) / total
    three = sum(1 <= place <= 3 for place in places) / total
    reciprocal = sum(1 / place for place in places if place > 0) / total
    nothing = sum(place == -1 for place in places) / total
    print(
        f"{where}, {name}: {total} queries, R@1 {first:.3f}, R@3 {three:.3f}, MRR {reciprocal:.3f}, "
        f"nothing found {nothing:.3f}, nonsense found {len(junk)}"
    )
    assert first >= least_first
    assert three >= least_three
    assert reciprocal >= least_reciprocal
    assert nothing <= 1 - least_three
    assert junk == []


def test_there_are_enough_queries() -> None:
    assert len([query for query in GOLDEN if query.accepted]) >= 80
    assert len([query for query in GOLDEN if not query.accepted]) >= 10


@pytest.mark.parametrize(("folder", "name"), SETS)
def test_the_dialog_finds(page: Page, address: str, folder: str, name: str) -> None:
    page.goto(f"{address}{folder}index.html")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.evaluate(LOADED)
    page.add_style_tag(content=UNPAINTED)
    judge("dialog", name, *ranks(page, "dialog[open]", address, queries(name)))


@pytest.mark.parametrize(("folder", "name"), [("", "golden.tsv"), ("en/", "golden-en.tsv")])
def test_the_search_page_finds(page: Page, address: str, folder: str, name: str) -> None:
    """Its engine is that of the dialog, which is asked the other sets, too."""
    page.goto(f"{address}{folder}search.html")
    page.evaluate(LOADED)
    page.add_style_tag(content=UNPAINTED)
    judge("search page", name, *ranks(page, "#search-page", address, queries(name)))


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_first_query_loads_little(page: Page, address: str, folder: str) -> None:
    """Measure what the first query of a visit loads; unknown words load one more file."""
    sizes: dict[str, int] = {}

    def note(response: Response) -> None:
        name = response.url.split("?")[0].rsplit("/", 1)[-1]
        if "folio-search" in response.url:
            sizes[name] = len(gzip.compress(response.body(), 9, mtime=0))

    page.on("response", note)
    page.goto(f"{address}{folder}index.html")
    page.evaluate(NOTE_FIRST_RESULT)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.keyboard.insert_text("Underlay")
    page.wait_for_selector("dialog ol a")
    requested = page.evaluate("requested")  # the texts follow a moment later
    sizes = {name: size for name, size in sizes.items() if name == "folio-search.js" or name in requested}
    print(f"until the first result: {sum(sizes.values())} bytes gzip, {sizes}")
    assert {
        "folio-search.js",
        "folio-search-engine.js",
        "index.js",
    } == sizes.keys()  # the style sheet is loaded with the page
    assert sum(sizes.values()) <= 26_600


def test_an_answer_is_computed_within_a_frame(page: Page, address: str) -> None:
    page.goto(f"{address}search.html")
    took = """async (texts) => {
      const engine = await folioSearch.engine();
      const times = [];
      for (const text of texts) {
        await engine.search(text);
        const begun = performance.now();
        await engine.search(text);
        times.push(performance.now() - begun);
      }
      return times.sort((one, other) => one - other);
    }"""
    times = page.evaluate(took, [query.text for query in GOLDEN])
    print(f"compute: median {times[len(times) // 2]:.1f} ms, slowest {times[-1]:.1f} ms")
    assert times[len(times) // 2] <= 16
