"""Queries as readers type them, through the real dialog and the real search page of the real site."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

FIRST, WITHIN_THREE, MEAN_RECIPROCAL_RANK = 0.92, 0.98, 0.94
ELSE = {"heldout-3.tsv": (0.88, 0.95, 0.91), "heldout-3-en.tsv": (0.90, 0.97, 0.93)}
"""Gates of sets whose words were left as hard as they came."""


class Query(NamedTuple):
    """What is typed, of which kind it is, and where it may lead; nowhere if it is nonsense."""

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
"""The held-out sets were written from the pages alone. What they first found: heldout R@1 0.830, R@3 0.886 (English 0.821
and 0.857), from which the engine learned; heldout-2, written after that, R@1 0.985, R@3 1.000; heldout-3, written as
recruiters ask, with dates, numbers and words that the site does not say, R@1 0.800, R@3 0.825 (English 0.882 and 0.951,
and two of 17 words of nonsense found something)."""

LOADED = "folioSearch.engine().then((engine) => engine.loadSecondRank())"
"""All that a visit may have loaded when a query is asked: pages of second rank stand in no other's way."""

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
    """Return the rank of the first accepted result of each query that has one (0: none), and nonsense that found."""
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
    judge("dialog", name, *ranks(page, "dialog[open]", address, queries(name)))


@pytest.mark.parametrize(("folder", "name"), SETS)
def test_the_search_page_finds(page: Page, address: str, folder: str, name: str) -> None:
    page.goto(f"{address}{folder}search.html")
    page.evaluate(LOADED)
    judge("search page", name, *ranks(page, "#search-page", address, queries(name)))


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_first_result_costs_little(page: Page, address: str, folder: str) -> None:
    """What the first question of a visit asks for; words that the site does not say ask for one file more."""
    sizes: dict[str, int] = {}

    def note(response: Response) -> None:
        name = response.url.split("?")[0].rsplit("/", 1)[-1]
        if "folio-search" in response.url:
            sizes[name] = len(gzip.compress(response.body(), 9, mtime=0))

    page.on("response", note)
    page.goto(f"{address}{folder}index.html")
    page.keyboard.press("/")
    page.keyboard.type("Underlay")
    page.wait_for_selector("dialog ol a")
    print(f"until the first result: {sum(sizes.values())} bytes gzip, {sizes}")
    assert {"folio-search.js", "folio-search-engine.js", "index.js"} == sizes.keys()  # styles come with the page
    assert sum(sizes.values()) <= 25_000


def test_an_answer_is_computed_while_the_key_is_still_down(page: Page, address: str) -> None:
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
