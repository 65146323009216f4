"""A reader's way through the site in Firefox and in WebKit, as far as each can be driven."""

from __future__ import annotations

import base64
import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from selenium.common.exceptions import NoSuchFrameException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.remote.webdriver import WebDriver

IN_VIEW = """
const box = document.querySelector(arguments[0])?.getBoundingClientRect();
return Boolean(box && box.width && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
"""
SHOWN = "return document.querySelector(arguments[0])?.checkVisibility({ visibilityProperty: true }) ?? false"
HIDDEN_ON_PAPER = [".sidebar-drawer", ".toc-drawer", ".languages", ".mobile-header", ".related-pages", ".headerlink"]
ON_PAPER = """
for (const sheet of document.styleSheets) {
  if (sheet.media.mediaText === "print") sheet.media.mediaText = "all";
  for (const rule of sheet.cssRules) if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
}
"""
"""Apply the styles for paper to the screen: WebKit's driver does not print."""


TAG = "return [...document.querySelectorAll('div.folio-project a')].find((a) => a.textContent.includes('CNI 运行机制与编程'))"


class Reader:
    """What a reader does, and waits for."""

    def __init__(self, engine: WebDriver) -> None:
        self.engine = engine

    def open(self, address: str) -> None:
        self.engine.get(address)

    def click(self, selector: str) -> None:
        """Click on an element where it is seen; the drivers do not wait for smooth scrolling."""
        element = self.engine.find_element(By.CSS_SELECTOR, selector)
        self.find("arguments[0].scrollIntoView({ behavior: 'instant', block: 'center' })", element)
        element.click()

    def follow(self, words: str, within: str = "article") -> None:
        """Follow the link with these words."""
        script = "return [...document.querySelectorAll(`${arguments[0]} a`)].find((a) => a.innerText.trim() === arguments[1])"
        link = self.engine.execute_script(script, within, words)
        assert link, f"no link {words}"
        link.click()

    def press(self, *keys: str) -> None:
        ActionChains(self.engine).send_keys(*keys).perform()

    def find(self, script: str, *arguments: Any) -> Any:
        return self.engine.execute_script(script, *arguments)

    def wait(self, script: str, *arguments: Any) -> None:
        """Wait until a script returns something true; WebKit does not run it while a page is left."""
        message = f"{script} {arguments} at {self.engine.current_url}"
        wait = WebDriverWait(self.engine, 120, poll_frequency=0.1, ignored_exceptions=[NoSuchFrameException])
        wait.until(lambda _: self.find(script, *arguments), message)

    def arrive(self, address: str) -> None:
        """Wait for a page that is at this address and loaded."""
        self.wait("return location.href === arguments[0] && document.readyState === 'complete'", address)


@pytest.fixture
def reader(engine: WebDriver, host: Any) -> Iterator[Reader]:
    """Return a reader whose pages have nothing to say at the end."""
    yield Reader(engine)
    assert engine.execute_script("return window.seen ?? []") == []
    assert [text for text in host.complaints if "favicon.ico" not in text] == []  # which a page that leads on has not


AT_ROOT = pytest.mark.parametrize("host", [""], indirect=True, ids=["root"])
BELOW_A_PATH = pytest.mark.parametrize("host", ["portfolio/"], indirect=True, ids=["path"])


@BELOW_A_PATH
@pytest.mark.parametrize(
    ("name", "query", "target"), [("index.html", "webhook", "#"), ("en/index.html", "reclam", "spiderpool/")]
)
def test_search_finds_and_leads_there(reader: Reader, host: Any, name: str, query: str, target: str) -> None:
    reader.open(host.address + name)
    reader.wait("return document.querySelector('dialog') !== null || document.readyState === 'complete'")
    reader.press("/")
    reader.wait("return document.activeElement.matches('dialog[open] input')")
    reader.press(query)
    reader.wait(SHOWN, "dialog[open] li a")
    found = reader.find("return document.querySelector('dialog li a').href")
    assert target in found
    reader.press(Keys.ENTER)
    reader.wait("return location.href.startsWith(arguments[0].split('?')[0].split('#')[0])", found)


@BELOW_A_PATH
def test_the_language_switch_keeps_page_and_place(reader: Reader, host: Any) -> None:
    reader.open(f"{host.address}resume.html#resume-work")
    reader.click(".languages a")
    reader.arrive(f"{host.address}en/resume.html#resume-work")
    reader.wait(IN_VIEW, "#resume-work")
    assert reader.find("return document.documentElement.lang") == "en"


@AT_ROOT
def test_the_theme_switch_changes_colors_and_they_stay(reader: Reader, host: Any) -> None:
    reader.open(f"{host.address}index.html")
    colors = set()
    for _ in range(3):
        reader.click(".theme-toggle-content button")
        colors.add(
            (
                reader.find("return document.body.dataset.theme"),
                reader.find("return getComputedStyle(document.body).backgroundColor"),
            )
        )
    assert len({theme for theme, _ in colors}) == 3
    assert len({color for _, color in colors}) == 2
    while reader.find("return document.body.dataset.theme") != "dark":
        reader.click(".theme-toggle-content button")
    reader.open(f"{host.address}resume.html")
    assert reader.find("return document.body.dataset.theme") == "dark"
    reader.find("localStorage.clear()")


@AT_ROOT
def test_the_drawer_opens_and_leads_on(reader: Reader, host: Any, engine: WebDriver) -> None:
    with narrow(engine):
        reader.open(f"{host.address}skills/kubernetes.html")
        assert not reader.find(IN_VIEW, ".sidebar-tree a")
        reader.click(".nav-overlay-icon")
        reader.wait(IN_VIEW, ".sidebar-tree a")
        reader.wait("return document.querySelector('.sidebar-drawer').getBoundingClientRect().left === 0")
        reader.follow("简历", ".sidebar-tree")
        reader.arrive(f"{host.address}resume.html")


@contextmanager
def narrow(engine: WebDriver) -> Iterator[None]:
    """Make the window as narrow as the engine can: 500 and 447 px."""
    engine.set_window_rect(width=400, height=900)
    yield
    engine.set_window_rect(width=1280, height=900)


@AT_ROOT
def test_a_tag_shows_a_preview_leads_to_its_skill_and_back(reader: Reader, host: Any, engine: WebDriver) -> None:
    reader.open(f"{host.address}spiderpool/index.html")
    tag = reader.find(TAG)
    ActionChains(engine).move_to_element(tag).perform()
    reader.wait("return document.querySelector('[role=tooltip]')?.innerText.includes('深入理解')")
    reader.press(Keys.ESCAPE)
    reader.wait("return !document.querySelector('[role=tooltip]')?.checkVisibility()")
    tag.click()
    reader.arrive(f"{host.address}skills/cni.html#skill_cni")
    reader.wait(IN_VIEW, "#skill_cni")
    reader.wait("return document.querySelector('.folio-back a, a.folio-back') !== null")
    reader.follow("← Spiderpool", "body")
    reader.arrive(f"{host.address}spiderpool/index.html")


@AT_ROOT
def test_the_matrix_is_sorted_by_a_press_on_a_heading(reader: Reader, host: Any) -> None:
    reader.open(f"{host.address}skills/index.html")
    first = "return document.querySelector('table.folio-matrix tbody th').innerText.trim()"
    assert reader.find(first) == "Go"
    reader.find("document.querySelector('table.folio-matrix th:nth-child(2) button').focus()")
    reader.press(Keys.ENTER)
    reader.wait("return document.querySelector('table.folio-matrix th:nth-child(2)').ariaSort === 'ascending'")
    assert reader.find(first) == "Underlay 网络"


@BELOW_A_PATH
def test_an_old_address_leads_to_its_part_of_the_new_page(reader: Reader, host: Any) -> None:
    reader.open(f"{host.address}make-your-own/guides.html#guide-look")
    reader.arrive(f"{host.address}sphinx-folio/zh/guides.html#guide-look")


@pytest.mark.parametrize("missing", ["nowhere", "a/b/c/nowhere.html", "en/skills/nowhere.html"])
def test_a_missing_address_shows_a_page_that_leads_on(reader: Reader, host: Any, missing: str) -> None:
    reader.open(host.address + missing)
    assert reader.find("return getComputedStyle(document.querySelector('.sidebar-drawer')).display") == "flex"  # styled
    assert reader.find("return seen") == []
    host.complaints.clear()  # its script tries addresses until one is there
    reader.follow("技能")
    reader.arrive(f"{host.address}skills/index.html")


@AT_ROOT
def test_paper_shows_what_is_read_and_not_what_is_pressed(reader: Reader, host: Any, engine: WebDriver) -> None:
    reader.open(f"{host.address}resume.html")
    if engine.name == "firefox":
        sheets = PdfReader(io.BytesIO(base64.b64decode(engine.print_page()))).pages
        text = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in sheets))
        assert "Spiderpool" in text
        assert "Skiptocontent" not in text
        assert "English" not in text.removesuffix("English")
    reader.find(ON_PAPER)
    for selector in HIDDEN_ON_PAPER:
        assert not reader.find(SHOWN, selector), selector
    assert reader.find(SHOWN, "article h1")


@BELOW_A_PATH
def test_without_script_drawers_and_proofs_open(reader: Reader, host: Any) -> None:
    reader.open(f"{host.address}frame.html")
    found = reader.engine.execute_async_script(
        """
        const [address, done] = arguments;
        const frame = document.createElement("iframe");
        frame.sandbox = "allow-same-origin";
        frame.width = 390;
        frame.height = 860;
        frame.onload = () => {
          const page = frame.contentDocument;
          const proofs = page.querySelector("#skill_webhook details:not(.folio-check)");
          const proof = proofs.querySelector("a");
          const before = proof.checkVisibility({ contentVisibilityAuto: true });
          proofs.querySelector("summary").click();
          page.querySelector(".nav-overlay-icon").click();
          const drawer = page.querySelector(".sidebar-drawer");
          Promise.all(drawer.getAnimations().map((animation) => animation.finished)).then(() => done({
            before, after: proof.checkVisibility(), drawer: drawer.getBoundingClientRect().left,
            switch: page.querySelector(".theme-toggle").checkVisibility(), script: page.documentElement.className,
          }));
        };
        frame.src = address;
        document.body.append(frame);
        """,
        f"{host.address}skills/kubernetes.html",
    )
    assert found == {"before": False, "after": True, "drawer": 0, "switch": False, "script": "no-js"}
    host.complaints.clear()  # WebKit reports scripts that do not run


@AT_ROOT
def test_search_and_links_work_from_a_file(reader: Reader, host: Any, watched: Path) -> None:
    reader.open((watched / "en" / "index.html").as_uri())
    reader.press("/")
    reader.wait("return document.activeElement.matches('dialog[open] input')")
    reader.press("webhook")
    reader.wait(SHOWN, "dialog[open] li a")
    reader.press(Keys.ESCAPE)
    reader.click(".languages a")
    reader.arrive((watched / "index.html").as_uri())
