"""What leans on details of other packages leaves things as they are where a detail is not there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinxcontrib.mermaid import Mermaid, mermaid

from sphinx_folio.languages.anchors import UseStableAnchors
from sphinx_folio.languages.interface import translate_navigation, translate_templates
from sphinx_folio.search.stock_index import disable_stock_index

if TYPE_CHECKING:
    from docutils.nodes import document

PLAIN: dict[str, Any] = dict.fromkeys(
    ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
)


def titled() -> document:
    """Return a document with a section that has a label and an id made of its title."""
    made = new_document("page")
    made.settings.env = SimpleNamespace(config=SimpleNamespace(folio_languages={"en": "", "de": "de"}))
    section = nodes.section("", nodes.title("", "Title"), ids=["title", "label"], names=["label", "title"])
    made += section
    made.nametypes |= {"label": True, "title": False}
    made.nameids |= {"label": "label", "title": "title"}
    return made


def ids_of(made: document) -> list[str]:
    UseStableAnchors(made).apply()
    found: list[str] = next(iter(made.findall(nodes.section)))["ids"]
    return found


def test_anchors_are_settled_by_labels() -> None:
    assert ids_of(titled()) == ["label", "title"]


@pytest.mark.parametrize("name", ["nametypes", "nameids"])
def test_a_docutils_that_keeps_names_elsewhere_keeps_its_ids(name: str) -> None:
    made = titled()
    delattr(made, name)
    assert ids_of(made) == ["title", "label"]


@pytest.mark.parametrize("target", ["title", ("title", 3), (3, "title"), {"line": 3, "id": "title"}, None])
def test_slugs_of_another_form_stay(target: Any) -> None:
    made: Any = titled()
    made.myst_slugs = {"other": target, "title": (3, "title", "Title")}
    assert ids_of(made) == ["label", "title"]
    assert made.myst_slugs == {"other": target, "title": (3, "label", "Title")}


@pytest.mark.parametrize(
    "builder", [SimpleNamespace(), SimpleNamespace(templates=None), SimpleNamespace(templates=SimpleNamespace())]
)
def test_templates_that_are_kept_elsewhere_stay_english(builder: SimpleNamespace) -> None:
    before = vars(builder).copy()
    translate_templates(SimpleNamespace(builder=builder, config=SimpleNamespace(html_theme="furo")))  # type: ignore[arg-type]
    assert vars(builder) == before


@pytest.mark.parametrize("context", [{}, {"furo_navigation_tree": ""}, {"furo_sidebar": "Toggle navigation of X"}])
def test_a_furo_that_keeps_its_tree_elsewhere_keeps_it(context: dict[str, Any]) -> None:
    before = dict(context)
    translate_navigation(SimpleNamespace(), "index", "page.html", context, None)  # type: ignore[arg-type]
    assert context == before


def test_a_sphinx_with_another_switch_for_its_index_makes_it() -> None:
    config = SimpleNamespace(
        html_theme="furo", folio_search_page=None, folio_search_stock_index=False, html_use_opensearch=""
    )
    builder = SimpleNamespace(name="html")
    disable_stock_index(SimpleNamespace(builder=builder, config=config))  # type: ignore[arg-type]  # connects nothing
    assert vars(builder) == {"name": "html"}


def test_a_diagram_is_built_unchecked_if_its_source_is_had_in_another_way(
    build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(self: Any, **kwargs: object) -> list[nodes.Node]:
        return [mermaid(code="\n".join(self.content), options={}, alt=self.options["alt"])]

    monkeypatch.setattr(Mermaid, "run", run)
    monkeypatch.delattr(Mermaid, "get_mm_code")
    page = "Home\n====\n\n.. mermaid::\n   :alt: One\n\n   flowchart LR\n     a --> b\n"
    app = build({"index.rst": page}, settings={**PLAIN, "extensions": ["sphinx_folio.diagrams"]})
    assert app.warning.getvalue() == ""
    assert "folio-diagram" in (app.outdir / "index.html").read_text("utf-8")
