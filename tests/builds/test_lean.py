"""A page loads what it shows, and no more."""

from __future__ import annotations

from typing import Any

PAGES = {
    "index.rst": "Home\n====\n\nText.\n\n.. toctree::\n\n   code\n   cards\n   tabs\n",
    "code.rst": "Code\n====\n\n.. code-block:: python\n\n   x = 1\n",
    "cards.rst": "Cards\n=====\n\n.. grid:: 2\n\n   .. grid-item::\n\n      a\n",
    "tabs.rst": "Tabs\n====\n\n.. tab-set::\n\n   .. tab-item:: One\n\n      a\n",
}
SETTINGS = {
    "extensions": ["sphinx_folio", "sphinx_folio.search", "sphinx_folio.lean", "sphinx_design"],
    "html_theme": "furo",
}


def test_a_page_keeps_only_the_files_that_it_has_a_use_for(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    assert app.warning.getvalue() == ""
    pages = {name: (app.outdir / f"{name}.html").read_text("utf-8") for name in ("index", "tabs")}
    files = ("design-tabs.js", "doctools.js", "folio.js")
    loaded = {name: [file for file in files if file in page] for name, page in pages.items()}
    assert loaded == {"index": ["folio.js"], "tabs": ["design-tabs.js", "folio.js"]}
    assert '<script defer="defer" src="_static/scripts/furo.js?v=' in pages["index"]


def test_style_sheets_that_are_not_bundled_stand_where_they_are_of_use(build: Any) -> None:
    far = (
        "def setup(app):\n"
        "    app.add_css_file('https://example.org/pygments.css', priority=900)\n"
        "    app.add_css_file('https://example.org/other.css', priority=900)\n"
    )
    app = build(PAGES, settings=SETTINGS, conf=far)
    files = ("/pygments.css", "/other.css")
    loaded = {
        name: [file for file in files if file in (app.outdir / f"{name}.html").read_text("utf-8")]
        for name in ("index", "code")
    }
    assert loaded == {"index": ["/other.css"], "code": ["/pygments.css", "/other.css"]}


def test_another_theme_keeps_what_it_has(build: Any) -> None:
    app = build(PAGES, settings={**SETTINGS, "html_theme": "alabaster"})
    assert "doctools.js" in (app.outdir / "index.html").read_text("utf-8")


def test_sphinxs_own_search_keeps_its_scripts(build: Any) -> None:
    app = build(PAGES, settings={**SETTINGS, "folio_search_page": False})
    assert "doctools.js" in (app.outdir / "index.html").read_text("utf-8")


def test_style_sheets_keep_what_pages_use_and_gain_it_when_a_page_does(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    sheet = app.outdir / "_static" / "sphinx-design.min.css"
    assert ".sd-row" in sheet.read_text("utf-8")
    assert ".sd-card-header" not in sheet.read_text("utf-8")
    script = (app.outdir / "_static" / "folio.js").read_text("utf-8")
    assert not [line for line in script.splitlines() if line.startswith(("//", " "))]
    assert '"use strict"' in script
    assert "/*" not in (app.outdir / "_static" / "folio.css").read_text("utf-8")
    card = "Cards\n=====\n\n.. card:: Title\n\n   .. card-header:: Head\n\n   a\n"
    app = build({"cards.rst": card}, settings=SETTINGS)
    assert ".sd-card-header" in sheet.read_text("utf-8")
