"""Everyone can read: the keyboard reaches everything, no size of text and no setting loses any. See also test_every_page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (390, 1280)


def test_the_keyboard_skips_to_the_content_and_shows_where_it_is(calm: Page, address: str) -> None:
    calm.set_viewport_size({"width": 1400, "height": 860})
    calm.goto(f"{address}spiderpool/index.html")
    calm.keyboard.press("Tab")
    expect(calm.locator(".skip-to-content")).to_be_focused()
    expect(calm.locator(".skip-to-content")).to_be_in_viewport()
    calm.keyboard.press("Enter")
    calm.keyboard.press("Tab")
    assert calm.evaluate("document.querySelector('article').contains(document.activeElement)")


UNSEEN = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const shown = element.matches(".toctree-checkbox") ? element.nextElementSibling
    : element.id === "__toc" ? document.querySelector(getComputedStyle(document.querySelector(".toc-header-icon")).display === "none" ? ".toc-content-icon" : ".toc-header-icon")
    : element.id === "__navigation" ? document.querySelector(".nav-overlay-icon") : element;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return seen && ringed ? "" : `${element.outerHTML.slice(0, 120)} seen: ${seen} outline: ${style.outline}`;
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["index.html", "skills/index.html", "spiderpool/benchmark.html"])
def test_every_stop_of_the_keyboard_is_in_sight_and_ringed(calm: Page, address: str, width: int, name: str) -> None:
    calm.set_viewport_size({"width": width, "height": 860})
    calm.goto(address + name)
    stops, problems = 0, []
    for _stop in range(400):
        calm.keyboard.press("Tab")
        problem = calm.evaluate(UNSEEN)
        if problem is None:
            break
        stops += 1
        problems += [problem] if problem else []
    assert stops >= 20
    assert problems == []


def test_drawers_open_and_close_from_the_keyboard(calm: Page, address: str) -> None:
    calm.set_viewport_size({"width": 390, "height": 860})
    calm.goto(f"{address}spiderpool/index.html")
    link = calm.locator(".sidebar-tree").get_by_role("link", name="其他项目")
    expect(link).to_be_hidden()
    calm.locator("#__navigation").press("Space")
    expect(link).to_be_in_viewport()
    calm.keyboard.press("Escape")
    expect(link).to_be_hidden()
    contents = calm.locator(".toc-drawer").get_by_role("link", name="代码归属")
    calm.locator("#__toc").press("Space")
    expect(contents).to_be_in_viewport()


def test_a_section_of_the_navigation_opens_from_the_keyboard(calm: Page, address: str) -> None:
    calm.set_viewport_size({"width": 1400, "height": 860})
    calm.goto(f"{address}resume.html")
    link = calm.locator(".sidebar-tree").get_by_role("link", name="工作原理")
    expect(link).to_be_hidden()
    calm.get_by_role("switch", name="展开或收起：Spiderpool").press("Space")
    expect(link).to_be_visible()


def test_code_of_the_manual_does_not_scroll_on_a_phone(calm: Page, address: str) -> None:
    calm.set_viewport_size({"width": 390, "height": 860})
    for name in ("hosting.html", "guides.html", "extending.html", "migration.html", "zh/editors.html"):
        calm.goto(f"{address}sphinx-folio/{name}")
        blocks = "(blocks) => blocks.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.innerText)"
        assert calm.locator("article pre").evaluate_all(blocks) == [], name
        options = calm.locator(".highlight-sh .na").evaluate_all("(all) => all.map((e) => e.getClientRects().length)")
        assert {*options} <= {1}, name


def test_text_of_twice_the_size_is_not_cut(calm: Page, address: str, too_wide: str) -> None:
    """A reader's own text size: WCAG 2.2, 1.4.4."""
    calm.set_viewport_size({"width": 1280, "height": 860})
    for name in ("index.html", "resume.html", "skills/kubernetes.html", "spiderpool/index.html"):
        calm.goto(address + name)
        calm.add_style_tag(content=":root { font-size: 212.5% !important; }")
        cut = calm.evaluate(
            """() => [...document.querySelectorAll("article :is(p, a, h1, h2, h3, dd, dt, .folio-tag)")]
                 .filter((e) => e.checkVisibility() && ["hidden", "clip"].includes(getComputedStyle(e).overflowX)
                   && e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML.slice(0, 100))"""
        )
        assert cut == [], name
        assert calm.evaluate(too_wide) <= 0, name


@pytest.mark.parametrize(("name", "level"), [("index.html", "，熟练"), ("en/index.html", ", Proficient")])
def test_a_tag_says_its_level_to_who_hears_it_and_shows_its_name(
    page: Page, address: str, too_wide: str, name: str, level: str
) -> None:
    page.goto(address + name)
    tag = page.get_by_role(
        "link", name=re.compile(rf"^Go( \(Golang\))? ?{level}$")
    ).first  # a box of its own is set off in a name
    expect(tag).to_be_visible()
    box = tag.locator(".folio-said").bounding_box()
    assert box is not None
    assert box["width"] <= 1
    assert page.evaluate(too_wide) <= 0


def test_forced_colours_keep_what_colour_said(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address)
    tag = page.locator(".folio-tag").first
    assert tag.evaluate("(e) => getComputedStyle(e).borderTopWidth") != "0px"
    bar = page.locator(".folio-bars rect").first
    assert bar.evaluate("(e) => getComputedStyle(e).fill") != page.locator("body").evaluate(
        "(e) => getComputedStyle(e).backgroundColor"
    )
    icon = page.evaluate(
        "getComputedStyle(document.querySelector('.sidebar-search-container'), '::before').backgroundColor"
    )
    assert icon == page.locator("body").evaluate("(e) => getComputedStyle(e).color")
    context.close()


def test_nothing_moves_for_who_asked_for_no_movement(calm: Page, address: str) -> None:
    calm.goto(address)
    moving = calm.evaluate(
        """() => [...document.querySelectorAll("*")].filter((e) => {
             const style = getComputedStyle(e);
             return style.animationName !== "none" || style.transitionDuration.split(", ").some((d) => d !== "0s");
           }).length"""
    )
    assert moving == 0
