"""What a view leaves out of the résumé page."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from sphinx_folio.doctree.nodes import folio_entry, folio_listing
from sphinx_folio.export.filtering import filter_page
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.records import Page, Skill
from sphinx_folio.portfolio.views import View

SKILLS = tuple(Skill(key=key, name=key, docname="skills", node_id=key, line=1) for key in ("go", "c"))
PORTFOLIO = Portfolio(pages=(Page(docname="skills", title="Skills", entries=SKILLS),))
VIEW = View(name="go", title="Go", skills=frozenset({"go"}))


def paragraph(text: str, *skills: str) -> nodes.paragraph:
    references = (addnodes.pending_xref("", refdomain="folio", reftype="skill", reftarget=key) for key in skills)
    return nodes.paragraph("", text, *references)


def items(*contents: nodes.Node) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", content) for content in contents))


def filtered(*contents: nodes.Node) -> str:
    document = new_document("")
    document += contents
    filter_page(document, PORTFOLIO, VIEW)
    return document.astext()


def test_items_that_name_other_skills_only_are_left_out() -> None:
    tags = folio_listing("", nodes.Text("tags"), kind="skill-tags", keys=("c",))
    found = filtered(items(paragraph("kept", "go", "c"), paragraph("gone", "c"), paragraph("plain"), tags))
    assert found.split() == ["kept", "plain"]


def test_a_list_without_items_is_left_out_with_the_line_that_announces_it() -> None:
    for line, kept in (("Features:", ""), ("特性：", ""), ("Features.", "Features.")):
        assert filtered(paragraph(line), items(paragraph("gone", "c"))) == kept


def test_a_section_is_decided_by_its_own_title() -> None:
    nested = nodes.section("", paragraph("text"), nodes.section("", nodes.title("", "", *paragraph("inner", "c"))))
    assert filtered(nested) == "text"


def test_an_entry_that_the_portfolio_does_not_have_is_kept() -> None:
    entries = (folio_entry("", nodes.Text(key), objtype="skill", key=key) for key in ("go", "c", "unknown"))
    assert filtered(*entries).split() == ["go", "unknown"]
