"""Sphinx's own index: disabled if its search page is replaced, built if it is needed or requested."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

PAGES = {"index.md": "# Home\n\nWords.\n"}
SETTINGS: dict[str, Any] = {
    "extensions": ["myst_parser", "sphinx_folio.search"],
    **dict.fromkeys(("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")),
}
STOCK = ("searchindex.js", "_static/searchtools.js", "_static/language_data.js")


def made(app: Any) -> list[bool]:
    return [(app.outdir / name).exists() for name in STOCK]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_without_the_index_there_is_still_a_search_page(build: Any, builder: str) -> None:
    app = build(PAGES, settings=SETTINGS | {"html_theme": "furo"}, builder=builder)
    assert app.warning.getvalue() == ""
    assert made(app) == [False, False, False]
    page = app.outdir / ("search.html" if builder == "html" else "search/index.html")
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    assert soup.select_one("#search-page")
    for script in soup.select("script[src]"):
        address = str(script["src"]).partition("?")[0]
        assert (page.parent / address).resolve().exists(), address
    assert 'rel="search"' in (app.outdir / "index.html").read_text("utf-8")
    assert (app.outdir / "_static/folio-search/index.js").exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"html_theme": "alabaster"},
        {"html_theme": "furo", "folio_search_page": False},
        {"html_theme": "furo", "folio_search_stock_index": True},
        {"html_theme": "furo", "html_use_opensearch": "https://example.org"},
    ],
    ids=["another theme", "page not replaced", "requested", "opensearch"],
)
def test_the_index_is_built_if_it_is_needed(build: Any, settings: dict[str, Any]) -> None:
    app = build(PAGES, settings=SETTINGS | settings)
    assert app.warning.getvalue() == ""
    assert made(app) == [True, True, True]


def test_files_of_an_earlier_build_are_removed(build: Any) -> None:
    build(PAGES, settings=SETTINGS | {"html_theme": "furo", "folio_search_stock_index": True})
    assert made(build({}, settings=SETTINGS | {"html_theme": "furo"})) == [False, False, False]
