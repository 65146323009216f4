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
