"""EPUB: its pages are XML and have nothing that only a page on the web needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from sphinx_folio.cli.scaffold import TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = [
    "sphinx.ext.viewcode",
    "sphinx_design",
    "sphinx_folio",
    "sphinx_folio.assets",
    "sphinx_folio.csp",
    "sphinx_folio.diagrams",
    "sphinx_folio.export",
    "sphinx_folio.formulas",
    "sphinx_folio.garbage_collection",
    "sphinx_folio.languages",
    "sphinx_folio.navigation",
    "sphinx_folio.persistent_warnings",
    "sphinx_folio.redirects",
    "sphinx_folio.reference",
    "sphinx_folio.search",
    "sphinx_folio.social",
]
SETTINGS: dict[str, Any] = {
    "extensions": EXTENSIONS,
    "html_theme": "furo",
    "html_baseurl": "https://ada.example.org/",
    "html_favicon": "icon.svg",
    "templates_path": ["_templates"],
    "folio_languages": {"en": "", "de": "de"},
    "folio_redirects": {"old": "work", "home#old": "work"},
    "folio_match": True,
    "folio_views": {"net": {"title": "Networks", "skills": ["cni"]}},
    "folio_noindex": True,
    "version": "1",
    "copyright": "Ada",
    "project": "Portfolio",
}
MORE = {
    "index.rst": "Portfolio\n=========\n\n.. toctree::\n\n   home\n   skills\n   work\n   proof\n   more\n",
    "more.rst": (
        "More\n====\n\n.. meta::\n   :keywords: more\n\n.. mermaid::\n   :alt: a to b\n\n   graph LR\n     a --> b\n\n"
        ".. folio:match::\n\n:math:`a^2`\n\n.. skill-matrix::\n\n.. timeline::\n\n.. evidence-table::\n\n.. downloads::\n"
    ),
    "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "_templates/page.html": (TEMPLATES / "page.html").read_text("utf-8"),
    "_templates/languages.html": (TEMPLATES / "languages.html").read_text("utf-8"),
}


def files(app: Any) -> dict[str, bytes]:
    """Return the files of an EPUB."""
    [path] = app.outdir.glob("*.epub")
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("renderer", ["drawn", "script"])
def test_every_page_is_xml_without_what_only_a_browser_needs(
    build: Any, restructuredtext: dict[str, str], renderer: str
) -> None:
    settings = SETTINGS | {"folio_diagram_renderer": renderer}
    app = build({**restructuredtext, **MORE}, builder="epub", settings=settings)
    assert app.warning.getvalue() == ""
    found = files(app)
    pages = {name: ET.fromstring(data) for name, data in found.items() if name.endswith((".xhtml", ".opf", ".ncx"))}
    assert {"home.xhtml", "more.xhtml", "work.xhtml", "genindex.xhtml"} <= pages.keys()
    for name, page in pages.items():
        tags = {str(element.tag).rpartition("}")[2] for element in page.iter()}
        assert not tags & {"script", "base", "textarea"}, name
        attributes = {attribute for element in page.iter() for attribute in element.attrib}
        assert not attributes & {"property", "hreflang"} or name in {"content.opf", "nav.xhtml"}, name
    drawn = {str(element.tag) for element in pages["more.xhtml"].iter() if str(element.tag).endswith("svg")}
    assert drawn == {"{http://www.w3.org/2000/svg}svg"}
    assert not [name for name in found if "cards" in name or "folio-search" in name or name.endswith("mermaid.js")]


def test_every_page_of_a_private_copy_is_xml(
    build: Any, restructuredtext: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = tmp_path / "facts.toml"
    facts.write_text('phone = "+1 555 0100"\n', encoding="utf-8")
    monkeypatch.setenv("FOLIO_PRIVATE", str(facts))
    app = build({**restructuredtext, **MORE}, builder="epub", settings=SETTINGS | {"folio_private": True})
    pages = [data for name, data in files(app).items() if name.endswith(".xhtml")]
    assert any(b"+1 555 0100" in page for page in pages)
    for page in pages:
        ET.fromstring(page)


def test_everything_that_pages_link_is_in_the_book(build: Any, restructuredtext: dict[str, str]) -> None:
    found = files(build({**restructuredtext, **MORE}, builder="epub", settings=SETTINGS))
    for name, data in found.items():
        if name.endswith(".xhtml"):
            addresses = (element.get("href", element.get("src", "")) for element in ET.fromstring(data).iter())
            paths = {urljoin(name, address.partition("#")[0].partition("?")[0]) for address in addresses if address}
            assert {path for path in paths if "//" not in path and not path.startswith("mailto:")} <= found.keys(), name


@pytest.mark.parametrize("extension", ["sphinx_folio.diagrams", "sphinx_folio.formulas", "sphinx_folio"])
def test_the_manifest_says_which_pages_have_svg_and_mathml(build: Any, extension: str) -> None:
    pages = {
        "index.rst": "A\n=\n\n.. toctree::\n\n   a & b\n   plain\n",
        "a & b.rst": "B\n=\n\n:math:`a`\n\n.. raw:: html\n\n   <svg xmlns='http://www.w3.org/2000/svg'></svg>\n",
        "plain.rst": "C\n=\n\nThe word svg.\n",
    }
    settings = {"extensions": [extension], "version": "1", "copyright": "Ada"}
    app = build(pages, builder="epub", settings=settings)
    manifest = files(app)["content.opf"]
    assert manifest == (app.outdir / "content.opf").read_bytes()
    items = [element for element in ET.fromstring(manifest).iter() if element.tag.endswith("}item")]
    found = {unquote(item.get("href", "")): item.get("properties") for item in items}
    expected = "mathml svg" if extension == "sphinx_folio.formulas" else "svg"
    assert (found["a & b.xhtml"], found["plain.xhtml"], found["nav.xhtml"]) == (expected, None, "nav")
