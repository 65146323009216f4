"""What a reader's browser has to fetch for a page: itself and all that it loads, compressed."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

MOST = 45_000
"""Bytes that a page may weigh with all that it loads."""
LONG_PAGES = {
    "spiderpool/index.html": 49_700,
    "spiderpool/how-it-works.html": 48_200,
    "spiderpool/case-studies/contention.html": 46_900,
    "spiderpool/case-studies/address-owner.html": 45_200,
    "sphinx-folio/entries.html": 48_000,
    "sphinx-folio/guides.html": 50_400,
    "sphinx-folio/listings.html": 45_700,
    "sphinx-folio/zh/commands.html": 45_500,
    "sphinx-folio/migration.html": 46_900,
    "sphinx-folio/zh/migration.html": 48_500,
    "sphinx-folio/zh/listings.html": 46_500,
    "sphinx-folio/zh/entries.html": 49_300,
    "sphinx-folio/zh/guides.html": 52_200,
}
"""Pages with more text, charts or checked sources than others, which may weigh more."""
MOST_BESIDE = 37_500
"""Bytes that all that a page loads may weigh, without the page itself, which is as long as what it says."""
MOST_IN_GALLERY = 42_000
"""Bytes that a page of the gallery may weigh with all that it loads."""
COMPRESSED = {".html", ".css", ".js", ".svg", ".webmanifest"}
_LOADED = re.compile(
    r'<(?:script|img(?![^>]*loading="lazy")|link rel="(?:stylesheet|shortcut icon|icon|manifest)")[^>]*? (?:src|href)="([^"]+)"'
)


def loaded(site: Path, name: str) -> list[Path]:
    """Return the page, its styles, scripts, pictures, icon and manifest."""
    page = (site / name).read_text("utf-8")
    files = {(site / name).parent.joinpath(urlsplit(address).path).resolve() for address in _LOADED.findall(page)}
    return [site / name, *sorted(files)]


def transferred(file: Path) -> int:
    content = file.read_bytes()
    return len(gzip.compress(content)) if file.suffix in COMPRESSED else len(content)


def test_no_page_is_heavier_than_it_has_to_be(site: Path, site_pages: Any) -> None:
    weights = {name: sum(map(transferred, loaded(site, name))) for name in site_pages.all}
    heavy = {
        name: weight for name, weight in weights.items() if weight > LONG_PAGES.get(name.removeprefix("en/"), MOST)
    }
    assert heavy == {}


def test_no_page_loads_more_than_it_has_to(site: Path, site_pages: Any) -> None:
    weights = {name: sum(map(transferred, loaded(site, name)[1:])) for name in site_pages.all}
    assert {name: weight for name, weight in weights.items() if weight > MOST_BESIDE} == {}


def test_a_page_waits_for_few_style_sheets_and_most_next_pages_for_none(site: Path, site_pages: Any) -> None:
    for names in (site_pages.chinese, site_pages.english):
        sheets = []
        for name in names:
            page = (site / name).read_text("utf-8")
            links = re.findall(r'<link rel="stylesheet"[^>]*href="((?:\.\./)*_static/[^"]+)"', page)
            sheets.append({link.replace("../", "") for link in links})
            kinds = [file.suffix for file in loaded(site, name)]
            assert kinds.count(".css") == len(links) <= 4, name
            assert kinds.count(".js") >= 4
            assert kinds.count(".svg") == kinds.count(".webmanifest") == 1, name
        for is_manual in (False, True):  # which does without the rules of single pages
            in_project = [
                found
                for name, found in zip(names, sheets, strict=True)
                if name.startswith("sphinx-folio/") is is_manual
            ]
            assert len(set.intersection(*in_project)) == 2
        assert sum(len(found) == 2 for found in sheets) > len(sheets) / 2


def test_no_page_of_the_gallery_is_heavy(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in (site / "sphinx-folio" / "gallery").rglob("*.html")]
    weights = {name: sum(map(transferred, loaded(site, name))) for name in names}
    assert len(names) > 10
    assert {name: weight for name, weight in weights.items() if weight > MOST_IN_GALLERY} == {}
