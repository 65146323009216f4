"""With sphinx_folio.navigation, a new title reaches every page; without it, Sphinx leaves the old one on most."""

from __future__ import annotations

from typing import Any

import pytest

PAGES = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   one\n   two\n   three\n",
    **{f"{name}.rst": f"{name.title()}\n=====\n\nText.\n" for name in ("one", "two", "three")},
}


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_new_title_reaches_every_page(build: Any, contents: Any, parallel: int) -> None:
    settings: dict[str, Any] = {"extensions": ["sphinx_folio.navigation"], "html_theme": "furo"}
    settings |= dict.fromkeys(("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today"))
    build(PAGES, settings=settings, parallel=parallel)
    app = build({"three.rst": "Third\n=====\n\nText.\n"}, settings=settings, parallel=parallel)
    assert app.warning.getvalue() == ""
    assert "Third" in (app.outdir / "one.html").read_text("utf-8")
    again = contents(app.outdir, without=("searchindex.js",))
    assert again == contents(build({}, settings=settings, folder="clean").outdir, without=("searchindex.js",))


def test_a_change_of_text_rewrites_its_page_alone(build: Any) -> None:
    settings = {"extensions": ["sphinx_folio", "sphinx_folio.navigation"]}
    first = build(PAGES, settings=settings)
    before = {path.name: path.stat().st_mtime_ns for path in first.outdir.glob("*.html")}
    build({"three.rst": "Three\n=====\n\nOther text.\n"}, settings=settings)
    after = {path.name: path.stat().st_mtime_ns for path in first.outdir.glob("*.html")}
    assert {name for name in before if before[name] != after[name]} == {"three.html", "index.html", "search.html"} | (
        {"genindex.html"} & before.keys()
    )
