"""Diagrams and charts as a reader sees them: whole, legible, without a script, at both widths, in both schemes and languages."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PAGES = {
    "spiderpool/how-it-works.html": 2,
    "spiderpool/benchmark.html": 0,
    "spiderpool/case-studies/address-owner.html": 1,
    "spiderpool/case-studies/contention.html": 2,
    "spiderpool/case-studies/webhook-rules.html": 1,
    "spiderpool/case-studies/testing.html": 1,
    "spiderpool/case-studies/recovery.html": 1,
}
WITH_CHART = ("spiderpool/benchmark.html", "spiderpool/case-studies/recovery.html")
MIN_FONT_SIZE = {"screen": 11.5, "paper": 9}
MIN_CONTRAST = 4.5

LOOK = """() => {
  const round = (box) => ({left: box.left, right: box.right, top: box.top, bottom: box.bottom});
  const boxOf = (element) => round(element.getBoundingClientRect());
  const colour = (element, property) => getComputedStyle(element)[property];
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = getComputedStyle(at).backgroundColor;
      if (found !== "rgba(0, 0, 0, 0)") return found;
    }
    return "rgb(255, 255, 255)";
  };
  const shapes = "rect, polygon, path, circle, ellipse";
  const picture = (svg) => {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim()).map((text) => {
      const holder = text.closest(".node") || (text.classList.contains("actor") ? text.parentElement : null);
      const shape = holder && holder.querySelector(shapes);
      return {
        words: text.textContent.trim(),
        box: boxOf(text),
        shape: shape && boxOf(shape),
        size: parseFloat(colour(text, "fontSize")) * scale,
        ink: colour(text, "fill"),
        ground: shape ? colour(shape, "fill") : ground(svg),
      };
    });
    const nodes = [...svg.querySelectorAll(".node, rect.actor")].map(boxOf);
    return {box: boxOf(svg), texts, nodes};
  };
  return {
    width: document.documentElement.clientWidth,
    diagrams: [...document.querySelectorAll("svg.folio-diagram")].map(picture),
    charts: [...document.querySelectorAll(".folio-plot")].map((plot) => ({
      box: boxOf(plot),
      labels: [...plot.querySelectorAll(".folio-plot-label")].map(boxOf),
      ticks: [...plot.querySelectorAll(".folio-axis text, .folio-axis span")].map(boxOf),
      marks: plot.querySelectorAll("svg circle, svg path, svg use, .folio-dots *").length,
      texts: [...plot.querySelectorAll(".folio-plot-label, .folio-plot-legend, .folio-axis")].map((element) => ({
        ink: colour(element, "color"), ground: ground(element), size: parseFloat(colour(element, "fontSize")),
      })),
    })),
  };
}"""


@pytest.fixture
def without_script(browser: Browser) -> Iterator[Page]:
    """Return a page in a browser that runs no script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


@pytest.mark.parametrize("language", ["", "en/"], ids=["zh", "en"])
def test_diagrams_and_charts_are_whole_and_legible_without_a_script_and_on_paper(
    without_script: Page, address: str, language: str
) -> None:
    page, problems = without_script, []
    for name in PAGES:
        page.goto(f"{address}{language}{name}")
        for width, scheme in itertools.product((390, 1280), ("light", "dark")):
            page.emulate_media(media="screen", color_scheme=cast("Any", scheme))
            page.set_viewport_size({"width": width, "height": 900})
            found = problems_of_page(page.evaluate(LOOK), name, MIN_FONT_SIZE["screen"])
            problems += [f"{name}, {width} px, {scheme}: {problem}" for problem in found]
        page.emulate_media(media="print", color_scheme="dark")
        page.set_viewport_size({"width": 720, "height": 1000})
        seen = page.evaluate(LOOK)
        problems += [
            f"{name}, on paper: {problem}"
            for problem in problems_of_page(seen, name, MIN_FONT_SIZE["paper"]) + dark_grounds(seen)
        ]
        torn = page.locator(".folio-diagram-box").evaluate_all(
            "(all) => all.map((e) => getComputedStyle(e).breakInside)"
        )
        problems += [f"{name}, on paper: a diagram may be torn" for inside in torn if inside != "avoid"]
    assert problems == [], "\n".join(problems)


def problems_of_page(seen: dict[str, Any], name: str, minimum: float) -> list[str]:
    """Return what is wrong with the diagrams and the charts of a page."""
    numbers = len(seen["diagrams"]), len(seen["charts"])
    problems = [] if numbers == (PAGES[name], name in WITH_CHART) else [f"{numbers} diagrams and charts"]
    problems += [
        problem for diagram in seen["diagrams"] for problem in problems_of_diagram(diagram, seen["width"], minimum)
    ]
    return problems + [problem for chart in seen["charts"] for problem in problems_of_chart(chart, seen["width"])]


def dark_grounds(seen: dict[str, Any]) -> list[str]:
    """Return what is wrong with the grounds of texts on paper, which is white."""
    texts = [text for picture in (*seen["diagrams"], *seen["charts"]) for text in picture["texts"]]
    dark = [f"on {text['ground']}: {text}" for text in texts if luminance(text["ground"]) < 0.8]
    return dark if texts else ["nothing is said"]


def problems_of_diagram(diagram: dict[str, Any], width: float, minimum: float) -> list[str]:
    """Return what is wrong with a drawn diagram: what is cut, too small, too pale, or over something else."""
    texts = diagram["texts"]
    problems = [] if texts else ["nothing is said"]
    if not within(diagram["box"], {"left": 0, "right": width, "top": 0, "bottom": float("inf")}):
        problems.append("the diagram is wider than the page")
    for text in texts:
        words = text["words"]
        if not within(text["box"], diagram["box"]):
            problems.append(f"{words!r} is cut")
        if text["shape"] and not within(text["box"], text["shape"]):
            problems.append(f"{words!r} is wider or higher than its box")
        if text["size"] < minimum:
            problems.append(f"{words!r} is written in {text['size']:.1f} px")
        if contrast(text["ink"], text["ground"]) < MIN_CONTRAST:
            problems.append(f"{words!r}: {text['ink']} on {text['ground']}")
    boxes = [(text["words"], text["box"]) for text in texts]
    problems += [f"{one!r} lies over {other!r}" for one, other in overlapping(boxes)]
    problems += [f"node {one} lies over node {other}" for one, other in overlapping(list(enumerate(diagram["nodes"])))]
    return problems


def problems_of_chart(chart: dict[str, Any], width: float) -> list[str]:
    """Return what is wrong with a chart."""
    problems = [] if chart["marks"] and chart["labels"] and chart["ticks"] else ["nothing is shown"]
    if not within(chart["box"], {"left": 0, "right": width, "top": 0, "bottom": float("inf")}):
        problems.append("the chart is wider than the page")
    problems += ["a label is cut" for label in chart["labels"] if not within(label, chart["box"])]
    problems += [f"label {one} lies over label {other}" for one, other in overlapping(list(enumerate(chart["labels"])))]
    problems += [f"tick {one} lies over tick {other}" for one, other in overlapping(list(enumerate(chart["ticks"])))]
    for text in chart["texts"]:
        if text["size"] < MIN_FONT_SIZE["paper"] or contrast(text["ink"], text["ground"]) < MIN_CONTRAST:
            problems.append(f"hard to read: {text}")
    return problems


def within(inner: dict[str, float], outer: dict[str, float], *, tolerance: float = 1) -> bool:
    """Tell whether a box lies within another, give or take a pixel."""
    return all(inner[side] >= outer[side] - tolerance for side in ("left", "top")) and all(
        inner[side] <= outer[side] + tolerance for side in ("right", "bottom")
    )


def overlapping(boxes: list[tuple[Any, dict[str, float]]], *, tolerance: float = 1.5) -> list[tuple[Any, Any]]:
    """Return the pairs of boxes that share more than an edge."""
    return [
        (one, other)
        for index, (one, first) in enumerate(boxes)
        for other, second in boxes[index + 1 :]
        if min(first["right"], second["right"]) - max(first["left"], second["left"]) > tolerance
        and min(first["bottom"], second["bottom"]) - max(first["top"], second["top"]) > tolerance
    ]


def contrast(ink: str, ground: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, “contrast ratio”)."""
    lighter, darker = sorted((luminance(colour) for colour in (ink, ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``rgb(r, g, b)`` (WCAG 2.2, “relative luminance”)."""
    channels = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_diagram_without_room_scrolls_and_stays_legible(page: Page, build: Any) -> None:
    steps = " --> ".join(f'n{number}["Step number {number}"]' for number in range(7))
    text = f"# Way\n\n```{{mermaid}}\n:alt: Seven steps\nflowchart LR\n  {steps}\n```\n"
    app = build({"index.md": text}, settings={"extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.diagrams"]})
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto((app.outdir / "index.html").as_uri())
    box = page.locator(".folio-diagram-box")
    expect(box).to_have_attribute("tabindex", "0")
    expect(box).to_have_class(re.compile("folio-more"))
    sizes = [text["size"] for text in page.evaluate(LOOK)["diagrams"][0]["texts"]]
    assert min(sizes) >= MIN_FONT_SIZE["screen"]
    page.emulate_media(media="print")
    assert box.evaluate("(box) => box.scrollWidth <= box.clientWidth")


def test_no_script_is_shipped_for_diagrams(site: Path) -> None:
    assert [path for path in site.rglob("*.js") if "mermaid" in path.name or "diagram" in path.name] == []
