"""The site's promises: the same bytes each time, links that resolve, nothing from third parties, nothing private."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


MADE_EACH_TIME = {"search.html", "genindex.html"}
"""Pages that Sphinx itself makes in each build."""


def test_a_second_build_has_the_same_bytes_and_a_rebuild_writes_no_page(
    site: Path, tmp_path: Path, build_site: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    again = tmp_path / "elsewhere" / "html"
    build_site(again)
    first, second = (
        {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()} for root in (site, again)
    )
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []
    before = {path: path.stat().st_mtime_ns for path in again.rglob("*.html") if path.name not in MADE_EACH_TIME}
    assert len(before) > 10
    told = build_site(again, "-v")
    assert "0 added, 0 changed, 0 removed" in told
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_the_task_says_where_to_look(site: Path, printed: str) -> None:
    lines = printed.splitlines()
    assert lines[-1] == f"The site is built. Open {(site / 'index.html').as_uri()}"
    ran = [line.split()[2] for line in lines if line.startswith("nox > ")]  # without git, there is a line more
    assert ran == ["Running", "python", "python", "python", "Session"]  # in the order of events


def test_a_site_that_knows_its_address_tells_search_engines_of_both_languages(hosted_site: Any) -> None:
    for name in ("spiderpool/index.html", "en/spiderpool/index.html"):
        soup = BeautifulSoup((hosted_site.folder / name).read_text(encoding="utf-8"), "html.parser")
        assert [link["href"] for link in soup.select("link[rel=canonical]")] == [
            f"https://portfolio.example.org/{name}"
        ]
        assert {link["hreflang"]: link["href"] for link in soup.select("link[rel=alternate][hreflang]")} == {
            "zh-CN": "https://portfolio.example.org/spiderpool/index.html",
            "x-default": "https://portfolio.example.org/spiderpool/index.html",
            "en": "https://portfolio.example.org/en/spiderpool/index.html",
        }


def test_every_internal_link_and_anchor_resolves(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    ids = {name: {str(tag["id"]) for tag in soup.find_all(id=True)} for name, soup in soups.items()}
    broken = []
    for name, soup in soups.items():
        for tag in soup.find_all(["a", "link", "script", "img"]):
            address = str(tag.get("href") or tag.get("src") or "")
            if not address or urlsplit(address).scheme:
                continue
            target = urlsplit(urljoin(f"http://site/{name}", address))
            path, anchor = unquote(target.path).lstrip("/"), unquote(target.fragment)
            if path.endswith("/") or not path:
                path += "index.html"
            if not (site / path).is_file() or (anchor and path in ids and anchor not in ids[path]):
                broken.append(f"{name}: {address}")
    assert broken == []


def test_no_page_asks_a_third_party_for_anything(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    asked = []
    for name, soup in soups.items():
        for tag in soup.find_all(["script", "img", "iframe", "source", "video", "audio", "object", "embed", "link"]):
            address = str(tag.get("src") or tag.get("data") or tag.get("href") or "")
            if tag.name == "link" and "canonical" in (tag.get("rel") or []):
                continue
            if address.startswith(("http:", "https:", "//")):
                asked.append(f"{name}: {address}")
    for path in [*site.rglob("*.css"), *site.rglob("*.js")]:
        found = re.findall(r"(?:url\(|@import\s+|import\()\s*[\"']?(?:https?:)?//", path.read_text("utf-8"))
        asked += [f"{path.name}: {match}" for match in found]
    assert asked == []


def test_every_page_has_one_heading_of_the_first_level_and_no_duplicate_id(soups: dict[str, BeautifulSoup]) -> None:
    for name, soup in soups.items():
        if not name.endswith("search.html"):  # its heading is made by its script
            assert len(soup.find_all("h1")) == 1, name
        ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
        assert sorted(ids) == sorted(set(ids)), name


def test_no_address_but_the_one_of_the_resume_is_published(site: Path, soups: dict[str, BeautifulSoup]) -> None:
    files = (
        path for path in site.rglob("*") if "gallery" not in path.relative_to(site).parts
    )  # its people are invented
    texts = [path.read_text("utf-8") for path in files if path.suffix in {".js", ".txt", ".json", ".md"}]
    for soup in soups.values():  # docutils writes addresses in character references
        texts += [soup.get_text(), *(unquote(str(link["href"])) for link in soup.select("a[href]"))]
    found = {address for text in texts for address in re.findall(r"[\w.+-]+@(?!example\.org\b)[\w-]+\.[a-z]{2,}", text)}
    assert found == {"iiiceoo@foxmail.com"}


def test_no_path_of_the_machine_is_published(site: Path) -> None:
    for path in site.rglob("*"):
        if path.is_file():
            assert str(site.parent).encode() not in path.read_bytes(), path


def test_the_switches_of_the_navigation_are_labeled_in_the_language_of_the_page(
    soups: dict[str, BeautifulSoup],
) -> None:
    labels = {name: soup.select_one("nav.toggles")["aria-label"] for name, soup in soups.items()}  # type: ignore[index]
    assert {*labels.values()} == {"导航 / 目录", "Navigation / Contents"}
    assert (labels["index.html"], labels["en/index.html"]) == ("导航 / 目录", "Navigation / Contents")
