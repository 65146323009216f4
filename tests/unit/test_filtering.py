"""What a view leaves out of the résumé page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from sphinx_folio.doctree.nodes import folio_entry, folio_fact, folio_listing
from sphinx_folio.export.filtering import filter_page
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.records import Entry, Evidence, Highlight, Page, Position, Project, Skill
from sphinx_folio.portfolio.views import View, filtered_by_view
from sphinx_folio.types.publication import Publication

SKILLS = tuple(Skill(key=key, name=key, docname="skills", node_id=key, line=1) for key in ("go", "c"))
PORTFOLIO = Portfolio(pages=(Page(docname="skills", title="Skills", entries=SKILLS),))
VIEW = View(name="go", title="Go", skills=frozenset({"go"}))


def paragraph(text: str, *skills: str) -> nodes.paragraph:
    references = (addnodes.pending_xref("", refdomain="folio", reftype="skill", reftarget=key) for key in skills)
    return nodes.paragraph("", text, *references)


def items(*contents: nodes.Node) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", content) for content in contents))


def filtered(*contents: nodes.Node, portfolio: Portfolio = PORTFOLIO, view: View = VIEW) -> str:
    document = new_document("")
    document += contents
    filter_page(document, portfolio, view)
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


def entry(key: str, *content: nodes.Node) -> folio_entry:
    return folio_entry("", nodes.paragraph("", key), *content, objtype="skill", key=key)


def section(*content: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", "Title"), *content)


def test_a_section_whose_content_is_left_out_goes_and_one_that_was_empty_stays() -> None:
    assert filtered(section(entry("c"))) == ""
    assert filtered(section(section(entry("c")))) == ""
    assert filtered(section(nodes.container("", entry("c")))) == ""
    assert filtered(section(nodes.container("", nodes.container("", entry("c"))))) == ""
    year = section(nodes.container("", nodes.container("", nodes.rubric("", "2020"), entry("c")), entry("go")))
    assert filtered(year).split() == ["Title", "go"]
    assert filtered(section()) == "Title"
    assert filtered(section(entry("c"), entry("go"))).split() == ["Title", "go"]


def test_a_container_with_a_heading_alone_stays() -> None:
    assert filtered(nodes.container("", nodes.rubric("", "Note"))).split() == ["Note"]


def test_a_section_that_is_named_by_an_entry_goes_with_it_unless_the_entry_has_a_name_of_its_own() -> None:
    text = nodes.paragraph("", "More.")
    assert filtered(section(entry("c"), text.deepcopy())) == ""
    assert filtered(section(entry("c"), text.deepcopy(), entry("go"))).split() == ["Title", "More.", "go"]
    named = entry("c", folio_fact("", "Name", fact="name"))
    assert filtered(section(named, text.deepcopy())).split() == ["Title", "More."]
    in_line = entry("c", nodes.paragraph("", "Name", classes=["folio-line", "folio-named"]))
    assert filtered(section(in_line, text.deepcopy())).split() == ["Title", "More."]


def test_the_line_that_announces_entries_goes_with_the_last_of_them() -> None:
    assert filtered(nodes.paragraph("", "Certificates:"), entry("c")) == ""
    assert filtered(nodes.paragraph("", "Papers:"), nodes.container("", entry("c"))) == ""
    assert filtered(nodes.paragraph("", "Certificates."), entry("c")) == "Certificates."
    announced = filtered(nodes.paragraph("", "Certificates:"), entry("c"), entry("go"))
    assert announced.split() == ["Certificates:", "go"]


def test_tags_are_those_of_the_view_in_its_order() -> None:
    tags = [folio_listing("", kind="tags", keys=keys) for keys in (("c", "x", "go"), ("c",))]
    labeled = nodes.field("", nodes.field_name("", "Skills"), nodes.field_body("", tags[1]))
    document = new_document("")
    document += [tags[0], nodes.field_list("", labeled)]
    filter_page(document, PORTFOLIO, replace(VIEW, first=("go",)))
    assert [listing["keys"] for listing in document.findall(folio_listing)] == [("go", "x")]
    assert document.astext() == ""


def test_a_view_leaves_out_types_with_what_belongs_to_them_and_keeps_all_else() -> None:
    def record(kind: type[Entry], key: str, **facts: Any) -> Entry:
        return kind(key=key, name=key, node_id=key, docname="work", line=1, **facts)

    found = (
        record(Publication, "paper"),
        record(Position, "acme"),
        record(Project, "pool", position="acme"),
        record(Highlight, "fast", project="pool", skills=("go",)),
        record(Highlight, "led", position="acme"),
        record(Evidence, "pr", highlights=("led",)),
    )
    whole = replace(PORTFOLIO, pages=(*PORTFOLIO.pages, Page(docname="work", title="Work", entries=found)))
    view = replace(VIEW, skills=None, without=frozenset({"publication", "project", "evidence"}))
    kept = filtered_by_view(whole, view)
    assert [(entry.key, entry.summary) for entry in kept.entries()] == [
        ("go", ""),
        ("c", ""),
        ("acme", ""),
        ("led", ""),
    ]
    without_papers = replace(view, without=frozenset({"publication"}))
    assert "pool" in [entry.key for entry in filtered_by_view(whole, without_papers).entries()]

    def linked(text: str, objtype: str, key: str) -> nodes.paragraph:
        reference = addnodes.pending_xref("", refdomain="folio", reftype=objtype, reftarget=key)
        return nodes.paragraph("", text, reference)

    papers = nodes.container("", folio_entry("", nodes.Text("paper"), objtype="publication", key="paper"))
    listed = items(linked("gone", "publication", "paper"), linked("proven", "evidence", "pr"), paragraph("skill", "c"))
    job = section(
        folio_entry("", nodes.Text("acme"), objtype="position", key="acme"),
        nodes.section("", nodes.title("", "", *linked("Pool", "project", "pool"))),
    )
    shown = filtered(section(papers), listed, job, portfolio=whole, view=view)
    assert shown.split() == ["proven", "skill", "Title", "acme"]


def test_highlights_that_follow_each_other_are_in_the_order_of_the_view() -> None:
    claims = tuple(
        Highlight(key=key, name=key, node_id=key, skills=skills, docname="work", line=1, position="acme")
        for key, skills in (("one", ("c",)), ("two", ()), ("three", ("go",)))
    )
    whole = replace(PORTFOLIO, pages=(*PORTFOLIO.pages, Page(docname="work", title="Work", entries=claims)))
    view = replace(VIEW, skills=frozenset({"go", "c"}), first=("go", "c"))

    def texts(*before: nodes.Node) -> list[str]:
        document = new_document("")
        shown = [folio_entry("", nodes.Text(item.key), objtype="highlight", key=item.key) for item in claims]
        document += nodes.section("", *before, *shown)
        filter_page(document, whole, view)
        return document.astext().split()

    assert texts() == ["three", "one", "two"]
    assert texts(nodes.title("", "Title")) == ["Title", "three", "one", "two"]
    shown = filtered_by_view(whole, view).highlights_of("position", "acme")
    assert [item.key for item in shown] == ["three", "one", "two"]
