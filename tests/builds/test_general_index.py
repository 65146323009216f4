"""Sphinx's general index lists entries under their names; pages and Sphinx's search do not change."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

PAGE = """\
Pages
=====

.. only:: draft

   .. skill:: secret
      :name: Secret
      :category: networking

.. skill:: go
   :name: Go
   :category: networking
   :keywords: Golang

.. position:: pool
   :title: Engineer
   :entity: Example
   :start: 2020-01

.. project:: pool
   :name: Pool
"""


def lines(app: Any) -> list[tuple[str, str]]:
    """Return the names in the general index with their addresses."""
    page = BeautifulSoup((app.outdir / "genindex.html").read_text(encoding="utf-8"), "html.parser")
    return [(link.text, str(link["href"])) for link in page.select("table.indextable a")]


def test_entries_of_this_build_are_listed_under_their_names(build: Any) -> None:
    settings = {"html_use_index": True}
    expected = [
        ("Example", "index.html#position_pool"),
        ("Go", "index.html#skill_go"),
        ("Golang", "index.html#skill_go"),
        ("Pool", "index.html#project_pool"),
    ]
    secret = [("Secret", "index.html#skill_secret")]
    assert lines(build({"index.rst": PAGE}, settings=settings)) == expected
    assert lines(build({"index.rst": PAGE}, settings=settings)) == expected
    assert lines(build({"index.rst": PAGE}, settings=settings, tags=["draft"])) == expected + secret
    app = build({"index.rst": PAGE}, settings=settings)
    assert lines(app) == expected
    assert '"indexentries":{}' in (app.outdir / "searchindex.js").read_text(encoding="utf-8")


def test_names_in_another_language_are_marked(build: Any) -> None:
    page = (
        "# Pages\n\n### [Müller & Söhne]{.language-de}\n\n```{position} pool\n:title: Engineer\n:start: 2020-01\n```\n"
    )
    settings = {
        "html_use_index": True,
        "extensions": ["myst_parser", "sphinx_folio"],
        "myst_enable_extensions": ["attrs_inline"],
    }
    for split in (False, True):
        app = build({"index.md": page}, settings={**settings, "html_split_index": split})
        for name in ("genindex-M", "genindex-all") if split else ("genindex",):
            index = BeautifulSoup((app.outdir / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
            (link,) = index.select("table.indextable a")
            assert link.text.strip() == "Müller & Söhne"
            assert [(part["lang"], part.text) for part in link.select("[lang]")] == [("de", "Müller & Söhne")]
