"""A portfolio in Arabic: mirrored where it should be, not where it should not, and accessible."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from sphinx_folio.cli.scaffold import Plan, files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("index", "resume", "skills", "evidence", "projects/lantern", "search")
EXTRA = "\n## C++\n\n```{skill} cpp\n:category: languages\n:level: expert\n```\n\n`a.b(c)`\n\n```sh\nmake all\n```\n"
RUN_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def arabic(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """Build the sample in Arabic strictly, with a skill whose name ends with marks, and serve it."""
    folder = tmp_path_factory.mktemp("arabic")
    for path, text in files(Plan(languages=("en", "ar"))).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    with (folder / "docs" / "skills.md").open("a", encoding="utf-8") as page:
        page.write(EXTRA)
    with (folder / "docs/locales/ar/LC_MESSAGES/skills.po").open("a", encoding="utf-8") as catalog:
        catalog.write('\nmsgid "C++"\nmsgstr "C++"\n\nmsgid "`a.b(c)`"\nmsgstr "`a.b(c)`"\n')
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-n", "-W", "-q", "-D", "language=ar"]
    done = subprocess.run(
        [*command, str(folder / "docs"), str(folder / "site")],
        env={"PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with serve(folder / "site") as address:
        yield address


def sides(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["x"], box["x"] + box["width"]


def test_pages_are_accessible_and_fit(page: Page, arabic: str) -> None:
    axe = AXE_FILE_PATH.read_text(encoding="utf-8")
    found = []
    for name in PAGES:
        page.goto(f"{arabic}{name}.html")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        page.evaluate(axe)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 860})
            parts = page.locator("html, .content")  # on a phone, furo's content scrolls, not the page
            assert max(parts.evaluate_all("(all) => all.map((e) => e.scrollWidth)")) <= width, f"{name} {width}"
            found += [f"{name} {width} {problem}" for problem in page.evaluate(RUN_AXE)]
    assert found == []


def test_pages_are_mirrored(page: Page, arabic: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 860})
    page.goto(f"{arabic}projects/lantern.html")
    article = sides(page, "article")
    assert sides(page, ".sidebar-container")[0] >= article[1]
    assert sides(page, ".toc-tree")[1] <= article[0]
    assert abs(sides(page, "h1")[1] - article[1]) < 40
    assert sides(page, ".next-page")[1] < sides(page, ".prev-page")[0]
    assert sides(page, ".content-icon-container")[1] < sum(article) / 2
    boxes = page.locator(".folio-sketch .folio-box")
    first, second = (boxes.nth(number).bounding_box() for number in (0, 1))
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]
    assert (
        page.locator(".folio-arrow").first.evaluate("(arrow) => getComputedStyle(arrow).transform")
        == "matrix(-1, 0, 0, 1, 0, 0)"
    )


def test_time_runs_from_the_right_inside_of_the_text(page: Page, arabic: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(f"{arabic}index.html")
    labels = page.locator(".folio-axis text")
    boxes = [box for number in range(labels.count()) if (box := labels.nth(number).bounding_box())]
    years = [int(text) for text in labels.all_inner_texts() if text] or [
        int(text) for text in labels.all_text_contents()
    ]
    assert years == sorted(years)
    places = [box["x"] for box in boxes if box["width"]]
    assert places == sorted(places, reverse=True)
    left, right = sides(page, "article")
    assert min(places) >= left - 1
    assert max(box["x"] + box["width"] for box in boxes) <= right + 1


def test_drawers_open_from_their_sides(page: Page, arabic: str) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{arabic}skills.html")
    page.locator(".nav-overlay-icon").click()
    expect(page.locator(".sidebar-drawer")).to_be_in_viewport(ratio=0.9)
    page.wait_for_function("document.querySelector('.sidebar-drawer').getBoundingClientRect().right === innerWidth")
    page.locator(".sidebar-overlay").click(position={"x": 5, "y": 400})
    page.locator(".toc-header-icon").click()
    page.wait_for_function("document.querySelector('.toc-drawer').getBoundingClientRect().left === 0")


def test_code_addresses_and_names_are_not_mirrored(page: Page, arabic: str) -> None:
    direction = "(element) => getComputedStyle(element).direction"
    page.goto(f"{arabic}skills.html")
    for selector in ("article pre", "article code", "h2 .folio-ltr"):
        assert page.locator(selector).first.evaluate(direction) == "ltr", selector
    assert page.locator("h2 .folio-ltr").all_text_contents() == ["C++"]
    page.goto(f"{arabic}resume.html")
    assert page.locator('a[href^="mailto:"]').first.evaluate(direction) == "ltr"


def test_the_search_dialog_is_mirrored(page: Page, arabic: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(f"{arabic}index.html")
    page.keyboard.press("/")
    page.keyboard.type("Kube")
    results = page.locator(".folio-search-dialog .folio-search-results > li")
    expect(results.first).to_be_visible()
    dialog = sides(page, ".folio-search-dialog")
    assert sides(page, ".folio-search-close")[1] < sum(dialog) / 2
    assert sides(page, ".folio-search-status")[1] > sum(dialog) / 2
