"""The style sheets of all pages are one file, which means what they meant, and whose address changes with it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "index.rst": "Home\n====\n\nText.\n\n.. toctree::\n\n   part/code\n   cards\n",
    "part/code.rst": "Code\n====\n\n.. code-block:: python\n\n   x = 1\n",
    "cards.rst": "Cards\n=====\n\n.. grid:: 2\n\n   .. grid-item::\n\n      a\n",
    "static/deep/own.css": "p { background: url(ground.svg) }\nem { background: url('../other.svg#a') }\n",
    "static/paper.css": "p { color: black }\n",
    "static/last.css": "p { color: teal }\n",
}
SETTINGS = {
    "extensions": ["sphinx_folio", "sphinx_folio.search", "sphinx_folio.lean", "sphinx_design"],
    "html_theme": "furo",
    "html_static_path": ["static"],
    "html_css_files": ["deep/own.css", ("paper.css", {"media": "print"}), "last.css"],
    "exclude_patterns": ["static"],
}
NAMES = ("index.html", "part/code.html", "cards.html", "search.html")


def links(app: Any, name: str = "index.html") -> list[str]:
    soup = BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser")
    return [str(link["href"]) for link in soup.select('link[rel="stylesheet"]')]


def bundle(app: Any, name: str = "folio-styles.css") -> str:
    text: str = (app.outdir / "_static" / name).read_text("utf-8")
    return text


def written(folder: Path) -> dict[str, bytes]:
    """Return what a build wrote, but for the files in which Sphinx notes its settings and its words."""
    files = (path for path in folder.rglob("*") if path.suffix in {".html", ".css"})
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("parallel", [1, 2])
def test_all_pages_wait_for_the_same_file_whose_address_tells_its_content(build: Any, parallel: int) -> None:
    app = build(PAGES, settings=SETTINGS, parallel=parallel)
    assert app.warning.getvalue() == ""
    version = sha256(bundle(app).encode()).hexdigest()[:8]
    for name in NAMES:
        up = "../" * name.count("/")
        assert links(app, name) == [f"{up}_static/folio-styles.css?v={version}"], name


def test_the_rules_stand_in_the_order_of_the_files_and_for_their_media(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    text = bundle(app)
    parts = (
        ".highlight .n{",
        ".sidebar-drawer",
        ".folio-tags{",
        "deep/ground",
        "print{p{color: black}}",
        "p{color: teal}",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_addresses_in_them_lead_where_they_led(build: Any) -> None:
    text = bundle(build(PAGES, settings=SETTINGS))
    assert "url(deep/ground.svg)" in text
    assert "url('other.svg#a')" in text


def test_code_has_its_colours_in_both_schemes_and_only_those_that_pages_need(build: Any) -> None:
    text = bundle(build(PAGES, settings=SETTINGS))
    assert re.search(r"(?<!\] )\.highlight \.mi\{", text)
    assert re.search(r'body\[data-theme="dark"\] \.highlight \.mi\{', text)
    assert re.search(r'@media \(prefers-color-scheme: dark\)\{body:not\(\[data-theme="light"\]\) \.highlight ', text)
    assert ".highlight .kd" not in text  # no page has a declaration


def test_rules_that_only_a_script_may_need_are_kept_and_others_come_with_the_page_that_needs_them(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    before = bundle(app)
    assert ".show-back-to-top" in before
    assert ".admonition-todo" not in before
    note = "Cards\n=====\n\n.. admonition:: Todo\n   :class: admonition-todo\n\n   a\n"
    app = build({"cards.rst": note}, settings=SETTINGS)
    assert ".admonition-todo" in bundle(app)
    assert {links(app, name)[0].rpartition("?v=")[2] for name in NAMES} == {
        sha256(bundle(app).encode()).hexdigest()[:8]
    }


def test_a_changed_style_sheet_changes_the_address_on_every_page_and_equals_a_clean_build(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    before = links(app)
    changed = {"static/last.css": "p { color: red }\n"}
    app = build(changed, settings=SETTINGS)
    assert "p{color: red}" in bundle(app)
    assert links(app) != before
    incremental = written(app.outdir)
    assert written(build({}, settings=SETTINGS, folder="clean").outdir) == incremental


def test_an_idle_build_leaves_pages_and_bundle_alone(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    paths = [app.outdir / name for name in ("index.html", "cards.html", "_static/folio-styles.css")]
    before = [path.stat().st_mtime_ns for path in paths]
    app = build({}, settings=SETTINGS)
    assert [path.stat().st_mtime_ns for path in paths] == before


@pytest.mark.parametrize(
    ("css", "why"),
    [
        ("@import url(last.css);\n", "it has to stand first"),
        ("p { color: red\n", "its end closes it"),
        (None, "it is not there"),
    ],
)
def test_what_cannot_be_bundled_keeps_its_link_and_its_place(build: Any, css: str | None, why: str) -> None:
    pages = {**PAGES, "static/paper.css": css or ""}
    if css is None:
        del pages["static/paper.css"]
    app = build(pages, settings={**SETTINGS, "html_css_files": ["deep/own.css", "paper.css", "last.css"]})
    names = [re.split(r"[?/]", link.removeprefix("_static/"))[0] for link in links(app)]
    assert names == ["folio-styles.css", "paper.css", "last.css"], why
    assert "p{color: teal}" not in bundle(app)


def test_what_is_not_utf8_is_left_alone(build: Any, tmp_path: Path) -> None:
    build(PAGES, settings=SETTINGS, run=False)
    content = "p::after { content: 'é' }\n".encode("latin-1")
    (tmp_path / "source" / "static" / "paper.css").write_bytes(content)
    app = build({}, settings=SETTINGS)
    assert (app.outdir / "_static" / "paper.css").read_bytes() == content
    assert [re.split(r"[?/]", link.removeprefix("_static/"))[0] for link in links(app)][1] == "paper.css"


def test_several_after_it_are_a_bundle_of_their_own(build: Any) -> None:
    files = ["https://example.org/far.css", "deep/own.css", "last.css"]
    app = build(PAGES, settings={**SETTINGS, "html_css_files": files})
    assert [link.partition("?")[0] for link in links(app)] == [
        "_static/folio-styles.css",
        "https://example.org/far.css",
        "_static/folio-styles-2.css",
    ]
    assert bundle(app, "folio-styles-2.css").endswith("p{color: teal}")


def test_a_style_sheet_of_one_page_stands_beside_the_bundle_in_its_place(build: Any) -> None:
    conf = (
        "def add(app, pagename, templatename, context, doctree):\n"
        "    if pagename == 'cards':\n"
        "        app.add_css_file('one.css', priority=900)\n"
        "    if pagename == 'index':\n"
        "        app.add_css_file('one.css', priority=201)\n"
        "def setup(app):\n"
        "    app.connect('html-page-context', add)\n"
    )
    app = build({**PAGES, "static/one.css": "a { color: red }\n"}, settings=SETTINGS, conf=conf)
    names = {name: [link.partition("?")[0].rpartition("/")[2] for link in links(app, name)] for name in NAMES}
    assert names["cards.html"] == ["folio-styles.css", "one.css"]
    assert names["search.html"] == ["folio-styles.css"]
    assert names["index.html"][:3] == ["furo.css", "one.css", "folio.css"]  # in between: no bundle, but its place


def test_pages_of_other_extensions_count_even_if_they_are_not_written_again(build: Any) -> None:
    conf = (
        "from pathlib import Path\n"
        "def collect(app):\n"
        "    if not Path(app.outdir, 'listing.html').exists():\n"
        "        yield 'listing', {'body': '<div class=\"admonition admonition-todo\">a</div>', 'title': 'Listing'}, 'page.html'\n"
        "def setup(app):\n"
        "    app.connect('html-collect-pages', collect)\n"
    )
    app = build(PAGES, settings=SETTINGS, conf=conf)
    assert ".admonition-todo" in bundle(app)
    app = build({"static/last.css": "p { color: red }\n"}, settings=SETTINGS, conf=conf)
    assert ".admonition-todo" in bundle(app)
    assert links(app, "listing.html") == links(app)


def test_pages_in_folders_of_their_own_find_it(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS, builder="dirhtml")
    assert links(app, "part/code/index.html")[0].startswith("../../_static/folio-styles.css?v=")
    assert len(links(app, "part/code/index.html")) == 1


def test_another_theme_keeps_its_links(build: Any) -> None:
    app = build(PAGES, settings={**SETTINGS, "html_theme": "alabaster"})
    assert len(links(app)) > 5
    assert not (app.outdir / "_static" / "folio-styles.css").exists()
