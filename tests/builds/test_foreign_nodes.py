"""Nodes that other extensions have put into ``children`` directly, without a parent, are read like all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from sphinx_folio.portfolio.verification import Answer, Lock
from sphinx_folio.verification.lock import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

REPLACED = """\
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform


def replace_children(tree):
    for element in list(tree.findall(nodes.Element)):
        for index, child in enumerate(element.children):
            if isinstance(child, nodes.Text | nodes.reference):
                element.children[index] = nodes.Text(child) if isinstance(child, nodes.Text) else child.copy()
                element.children[index].children = child.children


class BeforeAll(SphinxTransform):
    default_priority = 15

    def apply(self, **kwargs):
        replace_children(self.document)


class BeforeChecks(BeforeAll):
    default_priority = 835


class BeforeRecords(BeforeAll):
    default_priority = 845


class WhenWritten(SphinxPostTransform):
    default_priority = 1

    def run(self, **kwargs):
        replace_children(self.document)


class LikeThemes(WhenWritten):
    default_priority = 400  # the priority of the pydata theme, which shortens addresses so


def setup(app):
    for transform in (BeforeAll, BeforeChecks, BeforeRecords):
        app.add_transform(transform)
    app.add_post_transform(WhenWritten)
    app.add_post_transform(LikeThemes)
"""
ADDRESS = "https://github.com/example/a-long-name-of-a-repository"
PAGES = {
    "index.rst": f"""\
Portfolio
=========

.. person:: ada
   :name: Ada Example

   Writes ReservedIPManager.

.. skill:: go
   :category: languages
   :level: working

   See {ADDRESS} and :skill:`go`, 1.5.2\u0085, 1 个月.
   换
   行

.. glossary::

   CustomResourceDefinition
      A type of 12 个 objects.

.. toctree::
"""
}
EXTENSIONS = ["sphinx_folio", "sphinx_folio.languages", "sphinx_folio.search", "sphinx_folio.navigation"]


def content(app: Any, name: str) -> str:
    text = (app.outdir / name).read_text("utf-8")
    body = BeautifulSoup(text, "html.parser").select_one("div.body") if name.endswith("html") else None
    return str(body or text)


@pytest.mark.parametrize("language", ["zh_CN", "ar"])
def test_a_page_is_the_same(build: Callable[..., Any], tmp_path: Path, language: str) -> None:
    lock = Lock(
        date="2026-11-30", person="", sources={}, proofs={}, counts={}, links={ADDRESS: Answer("404", "2026-11-30")}
    )
    settings: Mapping[str, Any] = {
        "extensions": [*EXTENSIONS, "sphinx_folio.export"],
        "language": language,
        "folio_exports": ["json", "txt"],
        "html_baseurl": "https://example.org/",
    }
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "evidence.lock").write_text(as_text(lock), "utf-8")
    plain = build(PAGES, settings=settings, folder="plain")
    replaced = build(PAGES, settings=settings, folder="replaced", conf=REPLACED)
    assert "folio-dead" in content(plain, "index.html")
    assert "Reserved<wbr/>IP" in content(plain, "index.html")
    for name in ("index.html", "resume.json", "resume.txt"):
        assert content(replaced, name) == content(plain, name)
    assert replaced.warning.getvalue() == plain.warning.getvalue()
