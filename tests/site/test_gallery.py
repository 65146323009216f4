"""The portfolios of the gallery: short, whole, light, and nobody's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {path.parent.parent.name: path.parent for path in sorted((ROOT / "gallery").glob("*/docs/conf.py"))}
FOLDER = "sphinx-folio/gallery"
MOST_OF_A_PICTURE = 25_000
MOST_PAGES = 3
INVENTED = re.compile(r"\b(?:invented|erfunden)\b")


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, BeautifulSoup]:
    """Return the pages of the gallery by their address in the site."""
    found = sorted((site / FOLDER).rglob("*.html"))
    return {path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in found}


def test_each_portfolio_is_short_and_has_the_languages_that_it_names(pages: Mapping[str, BeautifulSoup]) -> None:
    assert [*SOURCES] == ["consultant", "designer", "engineer", "researcher", "student"]
    for name, source in SOURCES.items():
        names = [path.stem for path in source.glob("*.md")]
        assert 1 <= len(names) <= MOST_PAGES, name
        assert len((source / "conf.py").read_text("utf-8").splitlines()) < 30, name
        assert {f"{FOLDER}/{name}/{page}.html" for page in names} <= pages.keys()
    for folder, language in (("", "de"), ("en/", "en")):
        page: Any = pages[f"{FOLDER}/consultant/{folder}index.html"]
        assert page.html["lang"] == language


def test_each_page_says_that_the_person_is_invented_and_asks_search_engines_to_leave_it_out(
    pages: Mapping[str, BeautifulSoup], site: Path
) -> None:
    for name, page in pages.items():
        assert INVENTED.search(page.get_text()), name
        assert page.select_one('meta[name=robots][content="noindex"]'), name
        assert page.select("link[rel=canonical]") == [], name
    found = {
        address
        for page in pages.values()
        for link in page.select("a[href]")
        for address in re.findall(r"//([^/]+)|mailto:[^@]+@(.+)", str(link["href"]))
    }
    hosts = {"".join(parts) for parts in found} - {
        "www.sphinx-doc.org",
        "github.com",
        "pradyunsg.me",
        "alabaster.readthedocs.io",
    }
    assert [
        host for host in hosts if not re.fullmatch(r"(?:\w+\.)?example\.org|doi\.org|www\.mermaidchart\.com", host)
    ] == []
    assert list(site.glob(f"{FOLDER}/**/sitemap.xml")) == []


def test_search_of_the_site_does_not_know_them(site: Path) -> None:
    for folder in ("", "en", "sphinx-folio", "sphinx-folio/zh"):
        for index in (site / folder).glob("_static/folio-search/*.js"):
            assert (
                re.findall(r"Robin Sample|Toni Sample|Kaya Sample|Noor Sample|Kim Muster", index.read_text("utf-8"))
                == []
            )
    for name in SOURCES:
        assert [*(site / FOLDER / name).glob("_static/folio-search/*.js")], name


def test_links_resolve_and_nothing_comes_from_elsewhere(pages: Mapping[str, BeautifulSoup], site: Path) -> None:
    broken = []
    for name, page in pages.items():
        for tag in page.select("a[href], link[href], script[src], img[src]"):
            address = str(tag.get("href") or tag.get("src"))
            if urlsplit(address).scheme:
                if tag.name != "a":
                    broken.append(f"{name} loads {address}")
                continue
            target = urlsplit(urljoin(f"http://site/{name}", address))
            path = unquote(target.path).lstrip("/")
            ids = pages[path].find(id=unquote(target.fragment)) if path in pages and target.fragment else True
            if not (site / path).is_file() or not ids:
                broken.append(f"{name}: {address}")
    assert broken == []


def test_pictures_in_the_manual_are_light() -> None:
    pictures = sorted((ROOT / "manual" / "gallery").glob("*.webp"))
    assert [picture.stem for picture in pictures] == [*SOURCES]
    assert [picture.name for picture in pictures if picture.stat().st_size > MOST_OF_A_PICTURE] == []


def test_the_manual_shows_each_with_its_picture_and_its_source(site: Path) -> None:
    for folder, gallery in (("sphinx-folio", "gallery/"), ("sphinx-folio/zh", "../gallery/")):
        page = BeautifulSoup((site / folder / "gallery.html").read_text("utf-8"), "html.parser")
        links = {str(link["href"]) for link in page.select("article a")}
        for name in SOURCES:
            assert f"{gallery}{name}/index.html" in links
            assert f"https://github.com/iiiceoo/sphinx-folio/tree/main/gallery/{name}/docs" in links
            picture: Any = page.select_one(f"img[src$='{name}.webp']")
            assert (picture["width"], picture["height"], picture["loading"]) == ("640", "400", "lazy")
            assert len(picture["alt"]) > 20


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("student", "Student of electrical engineering"),
        ("engineer", "Example Certified Internetwork Expert"),
        ("researcher", "How many bottles are enough?"),
        ("consultant", "Handelskette (ungenannt)"),
        ("consultant/en", "Retail chain (not named)"),
    ],
)
def test_a_resume_is_one_page(name: str, words: str, site: Path) -> None:
    [page] = PdfReader(site / FOLDER / name / "resume.pdf").pages
    assert words in page.extract_text()
