"""The links of pages to style sheets and scripts, and the bundle of shared style sheets."""

from __future__ import annotations

import re
import zlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from sphinx.builders.html import _assets

from sphinx_folio.assets import COMMENT, NEEDED_BY, Assets, _classes_in, add_files

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "index.rst": "Home\n====\n\nText.\n\n.. toctree::\n\n   part/code\n   cards\n   tabs\n",
    "part/code.rst": "Code\n====\n\n.. code-block:: python\n\n   x = 1\n",
    "cards.rst": "Cards\n=====\n\n.. grid:: 2\n\n   .. grid-item::\n\n      a\n",
    "tabs.rst": "Tabs\n====\n\n.. tab-set::\n\n   .. tab-item:: One\n\n      a\n",
    "static/deep/own.css": "p { background: url(data:image/png;base64,x) }\n",
    "static/paper.css": "p { color: black }\n",
    "static/last.css": "p { color: teal }\n",
    "static/own.js": '"use strict";\n',
}
SETTINGS = {
    "extensions": ["sphinx_folio", "sphinx_folio.search", "sphinx_folio.assets", "sphinx_design"],
    "html_theme": "furo",
    "html_static_path": ["static"],
    "html_css_files": ["deep/own.css", "last.css"],
    "html_js_files": ["own.js"],
    "exclude_patterns": ["static"],
}
NAMES = ("index.html", "part/code.html", "cards.html", "search.html")
SHARED = ["furo.css", "folio-styles.css"]


def addresses(app: Any, name: str, selector: str = 'link[rel="stylesheet"]', attribute: str = "href") -> list[str]:
    soup = BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser")
    return [str(found[attribute]) for found in soup.select(selector)]


def sheets(app: Any, name: str = "index.html") -> list[str]:
    return [address.partition("?")[0].rpartition("/")[2] for address in addresses(app, name)]


def scripts(app: Any, name: str = "index.html") -> list[str]:
    found = addresses(app, name, "script[src]", "src")
    return [address.partition("?")[0].rpartition("/")[2] for address in found]


def bundle(app: Any) -> str:
    text: str = (app.outdir / "_static" / "folio-styles.css").read_text("utf-8")
    return text


def written(folder: Path) -> dict[str, bytes]:
    """Return the pages and style sheets that a build wrote."""
    files = (path for path in folder.rglob("*") if path.suffix in {".html", ".css"})
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("parallel", [1, 3])
def test_all_pages_link_the_bundle_and_some_pages_link_other_style_sheets(build: Any, parallel: int) -> None:
    app = build(PAGES, settings=SETTINGS, parallel=parallel)
    assert app.warning.getvalue() == ""
    assert {name: sheets(app, name) for name in NAMES} == {
        "index.html": SHARED,
        "part/code.html": ["pygments.css", *SHARED],
        "cards.html": ["furo.css", "sphinx-design.min.css", "folio-styles.css"],
        "search.html": SHARED,
    }
    checksum = f"{zlib.crc32(bundle(app).encode()):08x}"
    for name in NAMES:
        up = "../" * name.count("/")
        assert addresses(app, name)[-1] == f"{up}_static/folio-styles.css?v={checksum}"
    assert not [path.name for path in (app.outdir / "_static").glob("folio-styles.css.*")]


def test_the_bundle_concatenates_the_style_sheets_in_order(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    static = app.outdir / "_static"
    names = ("folio.css", "folio-search.css", "styles/furo-extensions.css", "deep/own.css", "last.css")
    sheets = [COMMENT.sub("", (static / name).read_text("utf-8")) for name in names]
    assert bundle(app) == "\n".join(re.sub(r"\n\s+", "\n", sheet) for sheet in sheets)


def test_the_bundle_has_no_comments_except_licenses_and_what_is_in_a_line(build: Any) -> None:
    css = "/*! free */\n/* a\n   b */\np { color: red; /* c */ }\n  /* d */\nq::after { content: '/* e */' }\n"
    app = build({**PAGES, "static/last.css": css}, settings=SETTINGS)
    assert bundle(app).endswith("/*! free */\np { color: red; /* c */ }\nq::after { content: '/* e */' }\n")


def test_a_page_links_only_the_scripts_that_it_needs(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    assert {name: scripts(app, name) for name in ("index.html", "tabs.html")} == {
        "index.html": ["furo.js", "folio.js", "folio-search.js", "own.js"],
        "tabs.html": ["furo.js", "folio.js", "folio-search.js", "design-tabs.js", "own.js"],
    }
    assert '<script defer="defer" src="_static/scripts/furo.js?v=' in (app.outdir / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("html", "is_styled"),
    [
        ('<p class="sd-card">a</p>', True),
        ('<p class="wide sd-card">a</p>', True),
        ("<p class='sd-card'>a</p>", True),
        ("<p class='wide\tsd-card'>a</p>", True),
        ("<p class=sd-card>a</p>", True),
        ('<P CLASS = "sd-card">a</P>', True),
        ('<p class="my-sd-card">a</p>', False),
        ('<p class="wide" title="a sd-card">a</p>', False),
        ('<p class="wide">class sd-card</p>', False),
        ("<p class='wide'>a</p><p title='sd-card'>a</p>", False),
    ],
)
def test_a_style_sheet_is_loaded_by_pages_with_its_classes_in_any_notation(html: str, is_styled: bool) -> None:
    needed = NEEDED_BY["sphinx-design.min.css"]
    assert any(map(needed.fullmatch, _classes_in(html))) is is_styled


@pytest.mark.parametrize(
    "script",
    [
        "let root = DOCUMENTATION_OPTIONS.URL_ROOT;\n",  # as in sphinx-copybutton
        "Documentation.ready(() => {});\n",
        "_ready(() => {});\n",
        "document.title = _('Search');\n",
        "import('./other.js');\n",
        'document.head.append(document.createElement("script"));\n',
    ],
)
def test_scripts_of_sphinx_stay_for_scripts_that_use_them(build: Any, script: str) -> None:
    app = build({**PAGES, "static/own.js": script}, settings=SETTINGS)
    for name in NAMES:
        assert scripts(app, name)[:2] == ["documentation_options.js", "doctools.js"]


@pytest.mark.parametrize("script", ["https://example.org/far.js", "missing.js", (None, {"body": "start();"})])
def test_scripts_of_sphinx_stay_for_scripts_that_cannot_be_read(build: Any, script: Any) -> None:
    app = build(PAGES, settings=SETTINGS | {"html_js_files": [script]})
    assert scripts(app)[:2] == ["documentation_options.js", "doctools.js"]


def test_scripts_of_sphinx_stay_on_a_page_with_an_inline_script_that_uses_them(build: Any) -> None:
    page = "Cards\n=====\n\n.. raw:: html\n\n   <script>Documentation.ready(() => {});</script>\n"
    prose = "Prose\n=====\n\nDocumentation of ``_ready`` and a call of ``_(text)``.\n"
    app = build({**PAGES, "cards.rst": page, "prose.rst": prose}, settings=SETTINGS)
    assert "doctools.js" in scripts(app, "cards.html")
    assert "doctools.js" not in scripts(app, "prose.html")
    assert "doctools.js" not in scripts(app, "index.html")


def test_scripts_of_sphinx_stay_for_a_template_that_uses_them(build: Any) -> None:
    template = (
        '{% extends "!page.html" %}{% block extrahead %}{{ super() }}<script>_ready(() => {});</script>{% endblock %}'
    )
    app = build({**PAGES, "templates/page.html": template}, settings=SETTINGS | {"templates_path": ["templates"]})
    assert "doctools.js" in scripts(app)


def test_the_index_of_modules_keeps_the_script_that_folds_its_groups(build: Any) -> None:
    page = "Code\n====\n\n.. py:module:: part\n\n.. py:module:: part.code\n"
    app = build({**PAGES, "part/code.rst": page}, settings=SETTINGS)
    assert "doctools.js" in scripts(app, "py-modindex.html")
    assert "doctools.js" not in scripts(app, "genindex.html")


def test_sphinxs_own_search_keeps_its_scripts(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS | {"folio_search_page": False})
    assert "doctools.js" in scripts(app)


def test_a_folder_may_be_named_like_a_script(build: Any) -> None:
    build({**PAGES, "static/highlight.js/LICENSE": "free\n"}, settings=SETTINGS)


@pytest.mark.parametrize("name", ["last.css", "own.js"])
def test_a_changed_file_changes_its_address_on_every_page_and_equals_a_clean_build(build: Any, name: str) -> None:
    pages = {**PAGES, "static/last.css": "p { color: red }\n"}
    app = build(pages, settings=SETTINGS)
    before = {page: (app.outdir / page).read_bytes() for page in NAMES}
    _assets._file_checksum_inner.cache_clear()  # Sphinx caches checksums for the lifetime of the process
    app = build({f"static/{name}": "/* other */\n"}, settings=SETTINGS)
    after = {page: (app.outdir / page).read_bytes() for page in NAMES}
    assert not [page for page in NAMES if before[page] == after[page]]
    incremental = written(app.outdir)
    assert written(build({}, settings=SETTINGS, folder="clean").outdir) == incremental


def test_a_changed_file_changes_its_address_on_pages_with_source_code(build: Any) -> None:
    """sphinx.ext.viewcode writes them only if a module has changed."""
    conf = "import pathlib, sys\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
    module = {
        "kit_of_assets.py": '"""A kit."""\n\n\ndef sail() -> None:\n    """Sail."""\n',
        "cards.rst": "Cards\n=====\n\n.. autofunction:: kit_of_assets.sail\n",
    }
    settings = SETTINGS | {"extensions": ["sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_folio.assets"]}
    pages = {name: text for name, text in PAGES.items() if name != "tabs.rst"} | module
    app = build(
        pages | {"index.rst": "Home\n====\n\n.. toctree::\n\n   cards\n   part/code\n"}, settings=settings, conf=conf
    )
    before = addresses(app, "_modules/kit_of_assets.html", "script[src]", "src")
    _assets._file_checksum_inner.cache_clear()
    app = build({"static/own.js": "/* other */\n"}, settings=settings, conf=conf)
    after = addresses(app, "_modules/kit_of_assets.html", "script[src]", "src")
    assert [address.partition("?")[0] for address in before] == [address.partition("?")[0] for address in after]
    assert after != before


def test_an_idle_build_leaves_pages_and_bundle_alone(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS)
    paths = [app.outdir / name for name in ("index.html", "cards.html", "_static/folio-styles.css")]
    before = [path.stat().st_mtime_ns for path in paths]
    build({}, settings=SETTINGS)
    assert [path.stat().st_mtime_ns for path in paths] == before


@pytest.mark.parametrize(
    ("file", "css"),
    [
        ("paper.css", "@import url(last.css);\n"),
        ("paper.css", '@CHARSET "utf-8";\n'),
        ("paper.css", "p { color: red\n"),
        ("paper.css", "p { color: red } /* open\n"),
        ("deep/own.css", "p { background: url(ground.svg) }\n"),
        ("deep/own.css", "p { background: url( 'ground.svg' ) }\n"),
        (("paper.css", {"media": "print"}), "p { color: red }\n"),
        ("https://example.org/far.css", None),
        ("no-such.css", None),
    ],
)
def test_style_sheets_that_a_bundle_could_break_keep_their_link_and_order(build: Any, file: Any, css: Any) -> None:
    name = file if isinstance(file, str) else file[0]
    changed = {f"static/{name}": css} if css else {}
    app = build({**PAGES, **changed}, settings=SETTINGS | {"html_css_files": [file, "last.css"]})
    assert sheets(app) == [*SHARED, name.rpartition("/")[2], "last.css"]
    assert "teal" not in bundle(app)


def test_a_style_sheet_that_is_not_utf8_keeps_its_link(build: Any, tmp_path: Path) -> None:
    build(PAGES, settings=SETTINGS, run=False)
    (tmp_path / "source" / "static" / "last.css").write_bytes("p::after { content: 'é' }\n".encode("latin-1"))
    app = build({}, settings=SETTINGS)
    assert sheets(app) == [*SHARED, "last.css"]


def test_a_style_sheet_of_one_page_keeps_its_position(build: Any) -> None:
    conf = (
        "def add(app, pagename, templatename, context, doctree):\n"
        "    if pagename == 'cards':\n"
        "        app.add_css_file('one.css', priority=900)\n"
        "    if pagename == 'index':\n"
        "        app.add_css_file('one.css', priority=600)\n"
        "def setup(app):\n"
        "    app.connect('html-page-context', add)\n"
    )
    app = build({**PAGES, "static/one.css": "a { color: red }\n"}, settings=SETTINGS, conf=conf)
    assert sheets(app, "cards.html") == ["furo.css", "sphinx-design.min.css", "folio-styles.css", "one.css"]
    assert sheets(app, "search.html") == SHARED
    between = ["folio.css", "folio-search.css", "furo-extensions.css", "one.css", "own.css", "last.css"]
    assert sheets(app, "index.html") == ["furo.css", *between]


def test_pages_in_folders_link_the_bundle_relatively(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS, builder="dirhtml")
    assert re.fullmatch(r"\.\./\.\./_static/folio-styles\.css\?v=\w{8}", addresses(app, "part/code/index.html")[-1])


def test_another_theme_keeps_its_files(build: Any) -> None:
    app = build(PAGES, settings=SETTINGS | {"html_theme": "alabaster"})
    assert len(sheets(app)) > 5
    assert "doctools.js" in scripts(app)
    assert not (app.outdir / "_static" / "folio-styles.css").exists()


def fake_app(outdir: Path, name: str = "furo") -> Any:
    """Return a fake application with the attributes that the functions use."""
    config = SimpleNamespace(html_theme=name, folio_search_page=None)
    return SimpleNamespace(builder=SimpleNamespace(name="html"), config=config, outdir=outdir, extensions={})


@pytest.mark.parametrize(
    "context",
    [{}, {"css_files": None, "script_files": None}, {"css_files": ["a.css", "b.css"], "script_files": ["c.js"]}],
    ids=["no files", "no lists", "plain names"],
)
def test_the_links_are_unchanged_if_sphinx_stores_them_in_another_form(tmp_path: Path, context: dict[str, Any]) -> None:
    assets, before = Assets(), dict(context)
    for handler in (assets.make_bundle, assets.choose_files):
        handler(fake_app(tmp_path), "index", "page.html", context, None)
    assert context == before


def test_a_script_of_furo_with_another_name_is_unchanged(build: Any) -> None:
    conf = (
        "def rename(app, pagename, templatename, context, doctree):\n"
        "    for file in list(context['script_files']):\n"
        "        if 'furo.js' in str(file) and not file.attributes:\n"
        "            context['script_files'].remove(file)\n"
        "            app.add_js_file('scripts/theme.js', priority=200)\n"
        "def setup(app):\n"
        "    app.connect('html-page-context', rename)\n"
    )
    app = build(PAGES, settings=SETTINGS, conf=conf)
    assert scripts(app)[-4:] == ["theme.js", "folio.js", "folio-search.js", "own.js"]


def test_nothing_is_added_for_another_theme(tmp_path: Path) -> None:
    add_files(fake_app(tmp_path, "alabaster"))  # it has no add_css_file
