"""Every page in Firefox and in WebKit: no error, no crash, nothing blocked, nothing wider than the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.support.wait import WebDriverWait

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver.remote.webdriver import WebDriver

LOOK = """
const page = document.documentElement;
const empty = document.querySelector("article").innerText.trim() ? [] : ["empty"];
const wide = page.scrollWidth > page.clientWidth ? [`${page.scrollWidth - page.clientWidth} px too wide`] : [];
return [...seen, ...empty, ...wide];
"""
LOOK_NARROW = """
const [address, sandbox, done] = arguments;
const frame = document.createElement("iframe");
if (sandbox) frame.sandbox = sandbox;
frame.width = 390;
frame.height = 860;
frame.onload = () => requestAnimationFrame(() => setTimeout(() => {
  const page = frame.contentDocument.documentElement;
  const found = [...(frame.contentWindow.seen ?? [])];
  if (!page.querySelector("article").innerText.trim()) found.push("empty");
  for (const width of [390, 320]) {
    frame.width = width;
    if (page.clientWidth > width) found.push(`the frame is ${page.clientWidth} px wide`);
    const boxes = [...page.querySelectorAll(".content")]
      .filter((box) => frame.contentWindow.getComputedStyle(box).overflowX === "auto");
    const by = Math.max(...[page, ...boxes].map((box) => box.scrollWidth - box.clientWidth));
    if (by > 0) found.push(`at ${width} px, ${by} px too wide`);
  }
  frame.remove();
  done(found);
}));
frame.src = address;
document.body.append(frame);
"""
"""In a frame: the windows of both engines cannot be as narrow as a phone. There, furo's content scrolls, not the page."""


def test_what_is_wrong_with_a_page_is_noticed(engine: WebDriver, host: Any) -> None:
    engine.get(f"{host.address}broken.html")
    found = engine.execute_script(LOOK)
    for part in (
        "warn: a word",
        "nowhere",
        f"not loaded: {host.address}gone.js",
        "blocked: style-src-attr inline",
        " px too wide",
    ):
        assert any(part in text for text in found), (part, found)
    assert any("404 GET" in text for text in host.complaints)
    WebDriverWait(engine, 120).until(
        lambda _: any("blocked inline: style-src-attr" in text for text in host.complaints)
    )
    engine.get(f"{host.address}frame.html")
    found = engine.execute_async_script(LOOK_NARROW, f"{host.address}broken.html", "")
    assert any("at 320 px" in text for text in found), found


ROOT_OR_PATH = {"chinese": "", "english": "portfolio/"}
"""Each language at one kind of address."""


@pytest.mark.parametrize(("language", "host"), ROOT_OR_PATH.items(), indirect=["host"])
def test_every_page_is_whole_and_quiet_under_the_policy(
    engine: WebDriver, site_pages: Any, host: Any, language: str
) -> None:
    problems = []
    for name in getattr(site_pages, language):
        if name in site_pages.at_their_address:
            engine.get(host.address + name)
            problems += [f"{name}: {problem}" for problem in engine.execute_script(LOOK)]
    assert problems == [], "\n".join(problems)
    assert host.complaints == []


@pytest.mark.parametrize(
    ("language", "sandbox", "host"),
    [("english", "", ""), ("chinese", "allow-same-origin", "portfolio/")],
    indirect=["host"],
    ids=["script", "none"],
)
def test_every_page_fits_a_phone(engine: WebDriver, site_pages: Any, host: Any, language: str, sandbox: str) -> None:
    """The frame without script stands for a browser without. English, with its longer words, has the script."""
    engine.get(f"{host.address}frame.html")
    problems = []
    for name in getattr(site_pages, language):
        if name in site_pages.at_their_address:
            found = engine.execute_async_script(LOOK_NARROW, host.address + name, sandbox)
            problems += [f"{name}: {problem}" for problem in found]
    assert problems == [], "\n".join(problems)
    assert sandbox or host.complaints == []  # WebKit reports scripts that do not run


def test_every_page_opens_from_a_file(engine: WebDriver, site_pages: Any, watched: Path) -> None:
    """In one language: the other has the same scripts and styles."""
    problems = []
    for name in site_pages.chinese:
        if name in site_pages.at_their_address:
            engine.get((watched / name).as_uri())
            problems += [f"{name}: {problem}" for problem in engine.execute_script(LOOK)]
    assert problems == [], "\n".join(problems)
