"""With sphinx_folio.navigation, a new title reaches every page; without it, Sphinx leaves the old one on most."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils.utils import new_document

from sphinx_folio.navigation import remove_long_tables

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


MODULE = {
    "kit_of_navigation.py": '"""A kit."""\n\n\ndef sail() -> None:\n    """Sail."""\n',
    "one.rst": "One\n===\n\n.. autofunction:: kit_of_navigation.sail\n",
}
MODULE_CONF = "import pathlib, sys\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"


def test_a_new_title_reaches_the_pages_with_source_code(build: Any, contents: Any) -> None:
    settings = FURO | {"extensions": ["sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_folio.navigation"]}
    app = build(PAGES | MODULE, settings=settings, conf=MODULE_CONF)
    page = app.outdir / "_modules" / "kit_of_navigation.html"
    before = page.stat().st_mtime_ns
    build({"three.rst": "Three\n=====\n\nOther text.\n"}, settings=settings, conf=MODULE_CONF)
    assert page.stat().st_mtime_ns == before
    build({"three.rst": "Third\n=====\n\nText.\n"}, settings=settings, conf=MODULE_CONF)
    assert "Third" in page.read_text("utf-8")
    again = contents(app.outdir, without=("searchindex.js",))
    clean = build({}, settings=settings, conf=MODULE_CONF, folder="clean").outdir
    assert again == contents(clean, without=("searchindex.js",))


def test_a_new_explicit_title_reaches_every_page(build: Any, contents: Any) -> None:
    settings = FURO | {"extensions": ["sphinx_folio.navigation"]}
    build(SITE, settings=settings)
    changed = {"index.rst": SITE["index.rst"].replace("An *explicit* title", "Another title")}
    app = build(changed, settings=settings)
    assert "Another title" in (app.outdir / "many/m1.html").read_text("utf-8")
    again = contents(app.outdir, without=("searchindex.js",))
    assert again == contents(build({}, settings=settings, folder="clean").outdir, without=("searchindex.js",))


HEADINGS: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("furo", {}, {"two.rst": "``Two``\n=======\n\nText.\n"}),  # other markup of the same title
    ("alabaster", {}, {"part/index.rst": SITE["part/index.rst"].replace("Last", "Next")}),
    ("alabaster", {"sidebar_collapse": False}, {"one.rst": SITE["one.rst"].replace("Section", "Chapter")}),
]


@pytest.mark.parametrize(("theme", "options", "changed"), HEADINGS)
def test_a_new_heading_reaches_the_sidebars_that_show_it(
    build: Any, contents: Any, theme: str, options: dict[str, Any], changed: dict[str, str]
) -> None:
    settings = FURO | {
        "extensions": ["sphinx_folio.navigation"], "html_theme": theme, "html_theme_options": options,
    }  # fmt: skip
    build(SITE, settings=settings)
    again = contents(build(changed, settings=settings).outdir, without=("searchindex.js",))
    assert again == contents(build({}, settings=settings, folder="clean").outdir, without=("searchindex.js",))


def test_what_is_wrong_with_a_table_of_contents_is_said_by_each_build(build: Any) -> None:
    settings = FURO | {"extensions": ["sphinx_folio.navigation"]}
    home = "Home\n====\n\n.. toctree::\n   :hidden:\n\n   untitled\n   one\n"
    first = build({"index.rst": home, "untitled.rst": "Text.\n", "one.rst": "One\n===\n"}, settings=settings)
    again = build({"one.rst": "One\n===\n\nText.\n"}, settings=settings)
    for app in (first, again):
        assert "document 'untitled' that doesn't have a title" in app.warning.getvalue()


SECTIONS = {
    "part/deep/four.rst": "Four > 3\n========\n\nA\n-\n\nB\n~\n\n.. toctree::\n\n   five\n\nC\n-\n\nText.\n",
    "part/deep/five.rst": ":tocdepth: 2\n\nFive\n====\n\nA\n-\n\nB\n~\n\n.. toctree::\n\n   six\n",
    "part/deep/six.rst": "Six\n===\n\nText.\n",
    "two.rst": "Two\n===\n\nText.\n\n.. only:: html\n\n   Section\n   -------\n\n   Text.\n\n.. only:: latex\n\n   Printed\n   -------\n\n   .. toctree::\n\n      /many/m3\n\nSecond title\n============\n",
}


TITLES = "titles_only=True, collapse=False, maxdepth=-1"


@pytest.mark.parametrize(
    ("builder", "options"),
    [
        ("html", TITLES),
        ("dirhtml", TITLES),
        ("html", "titles_only=True, collapse=False, maxdepth=2"),
        ("html", "titles_only=True, maxdepth=-1"),
        ("html", "collapse=False, maxdepth=-1"),
    ],
    ids=["titles", "folders", "two levels", "collapsed", "sections"],
)
def test_the_sidebar_is_that_of_sphinx(build: Any, contents: Any, builder: str, options: str) -> None:
    template = {"templates/toc.html": f"{{{{ toctree({options}, includehidden=True) }}}}\n"}
    settings = FURO | {
        "html_theme": "alabaster",
        "html_sidebars": {"**": ["toc.html"]},
        "templates_path": ["templates"],
    }
    plain = build(SITE | SECTIONS | template, builder=builder, settings=settings | {"extensions": []}, folder="plain")
    limits = {"extensions": ["sphinx_folio.navigation"], "folio_navigation_most": 0}
    app = build({}, builder=builder, settings=settings | limits)
    assert "Four &gt; 3" in (app.outdir / "index.html").read_text("utf-8")
    assert contents(app.outdir) == contents(plain.outdir)


LIMITED = FURO | {"extensions": ["sphinx_folio.navigation"], "folio_navigation_most": 10}


def sidebar(app: Any, name: str) -> list[str]:
    soup = BeautifulSoup((app.outdir / f"{name}.html").read_text("utf-8"), "html.parser")
    return [link.get_text() for link in soup.select(".sidebar-tree li > a")]


@pytest.mark.parametrize("parallel", [1, 3])
def test_a_long_table_of_contents_is_left_out_of_the_sidebar_alone(build: Any, parallel: int) -> None:
    plain = build(SITE, settings=FURO | {"extensions": []}, folder="plain")
    app = build(SITE, settings=LIMITED, parallel=parallel)
    assert app.warning.getvalue() == plain.warning.getvalue()
    for name in ("index", "many/m7"):
        assert sidebar(app, name) == [entry for entry in sidebar(plain, name) if "Number" not in entry], name
    page = BeautifulSoup((app.outdir / "many/index.html").read_text("utf-8"), "html.parser")
    assert len(page.select("article .toctree-wrapper li")) == 12
    neighbors = BeautifulSoup((app.outdir / "many/m7.html").read_text("utf-8"), "html.parser")
    assert [link["href"] for link in neighbors.select(".related-pages a")] == ["m8.html", "m6.html"]
    assert not page.select(".sidebar-tree ul:empty, .toc-tree ul:empty")


@pytest.mark.parametrize(
    ("settings", "written"),
    [({"folio_navigation_most": 0}, ""), ({"folio_navigation_most": 12}, ""), ({}, "   :numbered:\n")],
    ids=["no limit", "not longer", "numbered"],
)
def test_other_tables_of_contents_stay_in_the_sidebar(build: Any, settings: dict[str, Any], written: str) -> None:
    numbered = {"many/index.rst": SITE["many/index.rst"].replace(".. toctree::\n", f".. toctree::\n{written}")}
    app = build(SITE | numbered, settings=LIMITED | settings)
    assert len([entry for entry in sidebar(app, "one") if "Number" in entry]) == 12


def test_the_home_page_keeps_a_long_table_of_contents(build: Any) -> None:
    app = build(PAGES, settings=LIMITED | {"folio_navigation_most": 2})
    assert app.warning.getvalue() == ""
    assert sidebar(app, "one") == ["One", "Two", "Three"]


def test_a_longer_table_of_contents_leaves_the_sidebar_of_every_page(build: Any, contents: Any) -> None:
    settings = LIMITED | {"folio_navigation_most": 12}
    build(SITE, settings=settings)
    more = {"many/index.rst": SITE["many/index.rst"] + "   m12\n", "many/m12.rst": "Number 12\n=========\n"}
    app = build(more, settings=settings)
    assert not [entry for entry in sidebar(app, "one") if "Number" in entry]
    again = contents(app.outdir, without=("searchindex.js",))
    assert again == contents(build({}, settings=settings, folder="clean").outdir, without=("searchindex.js",))


def test_a_new_title_in_a_long_table_of_contents_reaches_its_neighbors_alone(build: Any) -> None:
    app = build(SITE, settings=LIMITED)
    before = {path: path.stat().st_mtime_ns for path in app.outdir.rglob("*.html")}
    app = build({"many/m7.rst": "Seven\n=====\n\nText.\n"}, settings=LIMITED)
    written = {str(path.relative_to(app.outdir)) for path, time in before.items() if path.stat().st_mtime_ns != time}
    neighbors = {"many/index.html", "many/m6.html", "many/m7.html", "many/m8.html"}
    assert written - {"search.html", "genindex.html"} == neighbors


def test_without_tables_of_contents_in_the_environment_the_sidebar_is_complete() -> None:
    environment = SimpleNamespace(docname="many/index")
    config = SimpleNamespace(folio_navigation_most=1, root_doc="index")
    remove_long_tables(SimpleNamespace(env=environment, config=config), new_document("many/index"))  # type: ignore[arg-type]
    assert vars(environment) == {"docname": "many/index"}
