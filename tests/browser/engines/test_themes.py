"""The sample of ``init`` with themes, in languages, in three engines: whole, quiet, as wide as the window, and translated.

The gate builds it in Arabic with the themes of its environment. ``nox -s themes`` builds it with all themes, in all
languages of the sample, runs these tests on what it built, and makes pictures.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import expect

from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, direction
from sphinx_folio.cli.scaffold import Plan, files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from selenium.webdriver.remote.webdriver import WebDriver

ROOT = Path(__file__).resolve().parents[3]
BUILT = os.environ.get("FOLIO_THEMES", "")
"""A folder with a folder for each theme, with a folder for each language; empty: build some."""
SIDEBARS = {
    "furo": ".sidebar-drawer",
    "alabaster": "div.sphinxsidebar",
    "sphinx_book_theme": ".bd-sidebar-primary",
    "sphinx_rtd_theme": ".wy-nav-side",
}
"""Theme → its sidebar, on the side where lines begin; that of pydata_sphinx_theme is only on some pages."""
SEARCH = {
    "furo": ".sidebar-search",
    "alabaster": "form.search input[name=q]",
    "sphinx_book_theme": ".search-button__button",
    "sphinx_rtd_theme": "#rtd-search-form input",
    "pydata_sphinx_theme": ".search-button__button",
}
"""Theme → its search box or button."""
LOOK = """
const [address, sidebar, done] = arguments;
const frame = document.createElement("iframe");
frame.width = 1280;
frame.height = 860;
frame.onload = () => setTimeout(() => {
  const window = frame.contentWindow;
  const page = frame.contentDocument.documentElement;
  const found = [...(window.seen ?? ["it has no script"])];
  const firstShown = (selector) => [...page.querySelectorAll(selector)].find((part) => part.getBoundingClientRect().width);
  const shown = firstShown("h1, h2, [role=main]");
  if (!shown) found.push("empty");
  const box = sidebar && page.querySelector(sidebar)?.getBoundingClientRect();
  const main = shown?.getBoundingClientRect();
  if (box && main && (page.dir === "rtl" ? box.left < main.right : box.right > main.left)) found.push("sidebar on the wrong side");
  for (const width of [1280, 390]) {
    frame.width = width;
    const boxes = [...page.querySelectorAll(".content")]
      .filter((box) => window.getComputedStyle(box).overflowX === "auto");
    const by = Math.max(...[page, ...boxes].map((box) => box.scrollWidth - box.clientWidth));
    if (by > 0) found.push(`at ${width} px, ${by} px too wide`);
    const link = page.querySelector("nav.languages a")?.getBoundingClientRect();
    const heading = firstShown("h1")?.getBoundingClientRect();
    const side = page.dir === "rtl" ? "right" : "left";
    if (link && heading && Math.abs(link[side] - heading[side]) > 10) found.push(`at ${width} px, languages not where lines begin`);
  }
  frame.remove();
  done(found);
}, 50);
frame.src = address;
document.body.append(frame);
"""
OF_THEMES = re.compile(r": log: \[PST\]: |: error: Got invalid theme mode: ")
"""What pydata-sphinx-theme says on the console by itself."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PICTURED = ("index.html", "skills.html", "resume.html", "projects/lantern.html")
FIXED_ENGLISH = {"alabaster": {"Search"}, "sphinx_rtd_theme": {"Home"}, "sphinx_book_theme": {"Contents", "Page"}}
"""Theme → texts of its templates that no catalog translates."""


class Sample(NamedTuple):
    """The sample with a theme in a language."""

    theme: str
    language: str
    folder: Path

    @property
    def pages(self) -> list[str]:
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return sorted(name for name in found if not name.startswith("_") and name not in {"frame.html", "broken.html"})


def names() -> list[tuple[str, str]]:
    """Return the themes and languages."""
    if not BUILT:
        return [("furo", "ar"), ("alabaster", "ar")]
    return sorted((path.parent.parent.name, path.parent.name) for path in Path(BUILT).glob("*/*/index.html"))


@pytest.fixture(scope="module", params=names(), ids="-".join)
def sample(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    make_once: Callable[..., Path],
    copy_watched: Callable[[Path, Path], Path],
) -> Sample:
    """Return the sample, whose pages remember what goes wrong."""
    theme, language = request.param
    if BUILT:
        folder = Path(BUILT, theme, language)
    else:
        folder = make_once(f"{theme}-{language}", lambda made: build_sample(made, theme, language)) / "site"
    return Sample(theme, language, copy_watched(folder, tmp_path_factory.mktemp("sample") / "site"))


def build_sample(folder: Path, theme: str, language: str) -> None:
    """Build the sample strictly."""
    for path, text in files(Plan(languages=("en", language))).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    strict = ("-n", "-W", "-q", "-D", f"language={language}", "-D", f"html_theme={theme}")
    command = (sys.executable, "-m", "sphinx", "-b", "html", *strict, str(folder / "docs"), str(folder / "site"))
    environment = {"PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def host(sample: Sample, hosted: Callable[[Path, str], AbstractContextManager[Any]]) -> Iterator[Any]:
    """Serve it with its policy."""
    policy = (sample.folder / "content-security-policy.txt").read_text("utf-8").strip()
    with hosted(sample.folder, policy) as host:
        yield host


def problems(sample: Sample, host: Any, look: Callable[[str, str], list[str]]) -> list[str]:
    """Return what an engine finds on the pages."""
    sidebar = SIDEBARS.get(sample.theme, "")
    found = [
        f"{name}: {text}" for name in sample.pages if name != "404.html" for text in look(host.address + name, sidebar)
    ]
    return [text for text in (*found, *host.complaints) if not OF_THEMES.search(text)]


def picture(sample: Sample, page: str, how: str) -> str:
    """Return the path of a picture for people to look at."""
    folder = Path(BUILT, "pictures")
    folder.mkdir(exist_ok=True)
    return str(folder / f"{sample.theme}-{sample.language}-{Path(page).stem}-{how}.png")


def test_every_page_is_whole_quiet_and_fits_in_two_engines(engine: WebDriver, sample: Sample, host: Any) -> None:
    engine.get(f"{host.address}frame.html")
    found = problems(sample, host, lambda *given: engine.execute_async_script(LOOK, *given))
    for name in PICTURED if BUILT else ():
        engine.get(host.address + name)
        engine.save_screenshot(picture(sample, name, engine.name.lower()))
    assert found == [], "\n".join(found)


def test_every_page_is_whole_quiet_and_fits_in_chromium(page: Page, sample: Sample, host: Any) -> None:
    page.goto(f"{host.address}frame.html")
    script = f"(given) => new Promise((done) => (function () {{ {LOOK} }})(...given, done))"
    found = problems(sample, host, lambda *given: page.evaluate(script, given))
    for name, width, scheme in itertools.product(PICTURED if BUILT else (), (390, 1280), SCHEMES):
        page.set_viewport_size({"width": width, "height": 1300})
        page.emulate_media(color_scheme=scheme)
        page.goto(host.address + name)
        page.screenshot(path=picture(sample, name, f"chromium-{width}-{scheme}"))
    assert found == [], "\n".join(found)


def test_the_search_of_the_theme_opens_the_dialog(page: Page, sample: Sample, host: Any) -> None:
    page.goto(f"{host.address}resume.html")
    page.locator(SEARCH[sample.theme]).locator("visible=true").first.click()
    expect(page.locator("dialog.folio-search-dialog[open] input")).to_be_focused()
    page.keyboard.type("lantern")
    expect(page.locator("dialog.folio-search-dialog ol a").first).to_be_visible()
    assert page.locator("dialog[open]").count() == 1


def test_the_facts_of_a_skill_are_labels_above_values_in_one_row(page: Page, sample: Sample, host: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{host.address}skills.html")
    skill = page.locator("div.folio-skill:has(.folio-facts)").first
    labels, values = (
        [box for box in (part.bounding_box() for part in skill.locator(f".folio-facts {name}").all()) if box]
        for name in ("dt", "dd")
    )
    is_rtl = direction(sample.language) == "rtl"
    assert len(labels) > 1
    assert len({box["y"] for box in labels}) == 1
    for label, value in zip(labels, values, strict=True):
        assert value["y"] >= label["y"] + label["height"] - 1
        starts = [box["x"] + (box["width"] if is_rtl else 0) for box in (label, value)]
        assert abs(starts[0] - starts[1]) < 1


def test_no_label_is_english_and_the_direction_is_right(sample: Sample) -> None:
    english = untranslated(sample.language) - FIXED_ENGLISH.get(sample.theme, set())
    for name in sample.pages:
        page = BeautifulSoup((sample.folder / name).read_text(encoding="utf-8"), "html.parser")
        assert page.html is not None
        assert page.html.get("dir", "ltr") == direction(sample.language), name
        assert english & {*texts_of(page)} == set(), name
        if name != "search.html":  # whose template derives from page.html with furo only
            assert page.select(".languages a[hreflang]"), name


def untranslated(language: str) -> set[str]:
    """Return the labels that the catalog of a language translates, in English."""
    folders = (CATALOG_FOLDER / code / "LC_MESSAGES" for code in (language, language.partition("_")[0]))
    for path in (folder / f"{CATALOG}.po" for folder in folders):
        if path.exists():
            with path.open("rb") as file:
                found = [(str(message.id), message.string) for message in read_po(file) if isinstance(message.id, str)]
                return {text for text, translation in found if text and text != translation}
    return set()


def texts_of(page: BeautifulSoup) -> Iterator[str]:
    """Yield the texts of a page that are seen or read aloud."""
    for text in page.find_all(string=True):
        if type(text).__name__ == "NavigableString" and text.strip():
            yield " ".join(text.split())
    for element in page.find_all(True):
        if isinstance(element, Tag):
            yield from (
                str(element[name]) for name in ("aria-label", "title", "alt", "placeholder") if name in element.attrs
            )
