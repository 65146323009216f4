"""With sphinx_folio.navigation, a new title reaches every page; without it, Sphinx leaves the old one on most."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from sphinx_folio.navigation import sidebar
from sphinx_folio.sources import digest_of_module

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


FURO: dict[str, Any] = {
    "html_theme": "furo",
    **dict.fromkeys(("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")),
}
SITE = {
    "index.rst": "Home\n====\n\n.. toctree::\n   :caption: First & foremost\n\n   one\n   part/index\n   Elsewhere <https://example.org/?a=1&b=2>\n\n.. toctree::\n   :hidden:\n\n   self\n   An *explicit* title <two>\n   many/index\n   genindex\n",
    "one.rst": "One ``literal`` & *more*\n========================\n\nSection\n-------\n\nText.\n",
    "two.rst": "Two\n===\n\nText.\n",
    "part/index.rst": "Part\n====\n\n.. toctree::\n\n   three\n   deep/index\n\nLast\n----\n\n.. toctree::\n\n   /two\n",
    "part/three.rst": "Three\n=====\n\nText.\n",
    "part/deep/index.rst": "Deep\n====\n\n.. toctree::\n   :maxdepth: 1\n\n   four\n",
    "part/deep/four.rst": "Four > 3\n========\n\nText.\n",
    "many/index.rst": "Many\n====\n\n.. toctree::\n\n" + "".join(f"   m{number}\n" for number in range(12)),
    **{f"many/m{number}.rst": f"Number {number}\n=========\n\nText.\n" for number in range(12)},
    "alone.rst": ":orphan:\n\nAlone\n=====\n\nText.\n",
}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("parallel", [1, 3])
@pytest.mark.parametrize("known", [True, False])
def test_the_sidebar_is_made_once_and_has_the_bytes_of_furos_own(
    build: Any, contents: Any, monkeypatch: pytest.MonkeyPatch, builder: str, parallel: int, known: bool
) -> None:
    if not known:
        monkeypatch.setitem(sidebar.KNOWN, "furo.navigation", {"another"})
    furos = build(SITE, settings=FURO | {"extensions": []}, builder=builder, folder="furo")
    asked: list[str] = []
    make = sidebar._as_furo_does

    def note(markup: str) -> str:
        asked.append(markup)
        return make(markup)

    monkeypatch.setattr("sphinx_folio.navigation.sidebar._as_furo_does", note)
    ours = build(SITE, settings=FURO | {"extensions": ["sphinx_folio.navigation"]}, builder=builder, parallel=parallel)
    assert ours.warning.getvalue() == furos.warning.getvalue()
    left_out = (".buildinfo",)
    assert contents(ours.outdir, without=left_out) == contents(furos.outdir, without=left_out)
    if parallel == 1:
        assert len(asked) <= (1 if known else 6)  # the tree, and the pages compared; not the 20 pages of the site


def test_a_large_part_is_shown_closed_and_on_its_pages_with_that_page(build: Any) -> None:
    settings = FURO | {"extensions": ["sphinx_folio.navigation"], "folio_navigation_most": 10}
    app = build(SITE, settings=settings)

    def shown(name: str) -> list[tuple[str, bool]]:
        soup = BeautifulSoup((app.outdir / f"{name}.html").read_text("utf-8"), "html.parser")
        tree = soup.select_one(".sidebar-tree")
        assert tree is not None
        links = tree.select("li > a")
        return [
            (link.get_text(), "current" in (link.parent or link)["class"])
            for link in links
            if "umber" in str(link) or "Many" in str(link)
        ]

    assert shown("one") == [("Many", False)]
    assert shown("many/index") == [("Many", True)]
    assert shown("many/m7") == [("Many", True), ("Number 7", True)]
    page = BeautifulSoup((app.outdir / "many/m7.html").read_text("utf-8"), "html.parser")
    [here] = page.select(".sidebar-tree li.current-page > a")
    assert (here.get_text(), here["href"]) == ("Number 7", "#")
    [switch] = page.select(".sidebar-tree input[checked]")
    assert switch["aria-label"] == "Toggle navigation of Many"
    away = BeautifulSoup((app.outdir / "one.html").read_text("utf-8"), "html.parser")
    assert not [item for item in away.select(".sidebar-tree li.has-children") if "Many" in str(item)]
    assert "Three" in str(away.select_one(".sidebar-tree"))


def test_a_new_title_within_a_large_part_reaches_its_neighbours_alone(build: Any) -> None:
    settings = FURO | {"extensions": ["sphinx_folio.navigation"], "folio_navigation_most": 10}
    app = build(SITE, settings=settings)
    before = {path: path.stat().st_mtime_ns for path in app.outdir.rglob("*.html")}
    app = build({"many/m7.rst": "Seven\n=====\n\nText.\n"}, settings=settings)
    written = {str(path.relative_to(app.outdir)) for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert written - {"search.html", "genindex.html"} == {
        "many/index.html",
        "many/m6.html",
        "many/m7.html",
        "many/m8.html",
    }


def test_a_new_explicit_title_reaches_every_page(build: Any, contents: Any) -> None:
    settings = FURO | {"extensions": ["sphinx_folio.navigation"]}
    build(SITE, settings=settings)
    changed = {"index.rst": SITE["index.rst"].replace("An *explicit* title", "Another title")}
    app = build(changed, settings=settings)
    assert "Another title" in (app.outdir / "many/m1.html").read_text("utf-8")
    again = contents(app.outdir, without=("searchindex.js",))
    assert again == contents(build({}, settings=settings, folder="clean").outdir, without=("searchindex.js",))


def test_where_furo_writes_another_form_it_makes_the_sidebar_itself(
    build: Any, contents: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = sidebar._as_furo_does
    monkeypatch.setitem(sidebar.KNOWN, "furo.navigation", {"another"})
    monkeypatch.setattr(
        "sphinx_folio.navigation.sidebar._as_furo_does",
        lambda markup: make(markup).replace(" current-page", " now current-page"),
    )
    app = build(SITE, settings=FURO | {"extensions": ["sphinx_folio.navigation"]}, verbosity=0)
    assert "this furo's sidebar has another form" in app.status.getvalue()
    for name in ("one", "many/m3", "part/deep/four"):
        assert "now current-page" in (app.outdir / f"{name}.html").read_text("utf-8")


def test_the_versions_installed_are_known() -> None:
    assert [name for name, known in sidebar.KNOWN.items() if digest_of_module(name) not in known] == []
    assert digest_of_module("sphinx_folio.no_such_module") == ""


def test_the_tree_is_kept_until_something_that_it_shows_changes(
    build: Any, contents: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    as_furo_does = sidebar._as_furo_does

    def note(markup: str) -> str:
        made.append(markup)
        return as_furo_does(markup)

    monkeypatch.setattr(sidebar, "_as_furo_does", note)
    settings = FURO | {"extensions": ["sphinx_folio.navigation"]}
    simple = SITE | {"one.rst": "One & more\n==========\n\nText.\n"}
    changes = [
        (simple, 1),
        ({"two.rst": "Two\n===\n\nOther text.\n\nSection\n-------\n\nText.\n"}, 0),
        ({"two.rst": "Second\n======\n\nText.\n"}, 1),
        ({"part/deep/index.rst": SITE["part/deep/index.rst"].replace("four\n", "four\n   /alone\n")}, 1),
        ({"alone.rst": ":tocdepth: 1\n\nAlone\n=====\n\nText.\n"}, 1),
        ({}, 0),
    ]
    for number, (change, count) in enumerate(changes):
        made.clear()
        again = build(change, settings=settings)
        assert len(made) == count, change
        clean = build({}, settings=settings, folder=f"clean-{number}")
        without = ("searchindex.js", ".buildinfo")
        assert contents(again.outdir, without=without) == contents(clean.outdir, without=without)


def test_what_is_wrong_with_a_table_of_contents_is_said_by_each_build(build: Any) -> None:
    settings = FURO | {"extensions": ["sphinx_folio.navigation"]}
    home = "Home\n====\n\n.. toctree::\n   :hidden:\n\n   untitled\n   one\n"
    first = build({"index.rst": home, "untitled.rst": "Text.\n", "one.rst": "One\n===\n"}, settings=settings)
    again = build({"one.rst": "One\n===\n\nText.\n"}, settings=settings)
    for app in (first, again):
        assert "document 'untitled' that doesn't have a title" in app.warning.getvalue()


def test_titles_that_are_more_than_text_are_written_anew(build: Any) -> None:
    settings = FURO | {"extensions": ["sphinx_folio.navigation"]}
    app = build(SITE, settings=settings)
    assert not [*app.doctreedir.glob("folio-sidebar-*")]
    app = build({"one.rst": "One\n===\n\nText.\n"}, settings=settings)
    assert [*app.doctreedir.glob("folio-sidebar-*")]


def test_a_setting_that_the_tree_shows_makes_it_anew(build: Any, contents: Any) -> None:
    settings = FURO | {"extensions": ["sphinx_folio.navigation"]}
    numbered = {"index.rst": "Home\n====\n\n.. toctree::\n   :numbered:\n\n   one\n", "one.rst": "One\n===\n"}
    build(numbered, settings=settings)
    settings |= {"html_secnumber_suffix": ") "}
    again = build({}, settings=settings)
    clean = build({}, settings=settings, folder="clean")
    assert contents(again.outdir, without=(".buildinfo", ".buildinfo.bak")) == contents(
        clean.outdir, without=(".buildinfo", ".buildinfo.bak")
    )
    assert "1) One" in (again.outdir / "index.html").read_text("utf-8")
