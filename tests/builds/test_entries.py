"""The result of the directives: objects with names, anchors, tags and usages, in both markup languages."""

from __future__ import annotations

import json
import os
import re
import textwrap
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it
from sphinx.util.inventory import InventoryFile

from sphinx_folio.domain import portfolio_of
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.records import (
    Education,
    Highlight,
    Link,
    Person,
    Position,
    Project,
    Skill,
)
from sphinx_folio.types.publication import Publication

if TYPE_CHECKING:
    from sphinx.testing.util import SphinxTestApp


def html(app: SphinxTestApp, page: str) -> BeautifulSoup:
    return BeautifulSoup((app.outdir / page).read_text(encoding="utf-8"), "html.parser")


def portfolio(app: SphinxTestApp) -> Any:
    return app.env.domains["folio"].portfolio()  # type: ignore[attr-defined]


def test_every_kind_of_entry_becomes_a_record(build: Any, pages: dict[str, str]) -> None:
    app = build(pages)
    assert app.warning.getvalue() == ""
    found = portfolio(app)
    person = found.find("person", "ada")
    assert (person.name, person.label, person.email) == ("Ada Example", "Network engineer", "ada@example.org")
    assert person.birth == PartialDate(1990, 5)
    assert person.summary == "Builds networks."
    assert person.profiles == (
        Link(label="GitHub", url="https://github.com/example"),
        Link(label="Blog", url="https://blog.example.org/a,b"),
    )
    go = found.find("skill", "go")
    assert (go.name, go.category, go.level, go.summary) == ("Go", "languages", "working", "Since 2015.")
    assert go.keywords == ("Golang", "Go language")
    job = found.find("position", "engineer")
    assert (job.name, job.entity, job.skills) == ("Engineer", "Acme", ("go",))
    assert job.period == Period(PartialDate(2021, 8), PartialDate(2023, 6))
    pool = found.find("project", "pool")
    assert (pool.name, pool.languages, pool.skills, pool.position) == ("Pool", ("go",), ("cni",), "engineer")
    assert pool.links == (Link(label="repository", url="https://example.org/pool"),)
    assert pool.summary == "Gives out addresses."
    claim = found.find("highlight", "pool-fast")
    assert (claim.summary, claim.project) == ("Gave out 1000 addresses in a minute.", "pool")
    school = found.find("education", "school")
    assert (school.name, school.area, school.study_type) == ("School", "Mathematics", "Bachelor")
    kinds = (Person, Skill, Position, Project, Education, Highlight)
    assert [len(found.all(kind)) for kind in kinds] == [1, 2, 1, 1, 1, 1]


def test_both_languages_of_sphinx_make_the_same_pages(
    build: Any, restructuredtext: dict[str, str], markdown: dict[str, str]
) -> None:
    from_rst = build(restructuredtext, folder="rst")
    articles = {page: str(html(from_rst, page).find("div", role="main")) for page in ("work.html", "skills.html")}
    from_md = build({**dict.fromkeys(restructuredtext), **markdown}, folder="md")
    assert from_md.warning.getvalue() == ""
    for page, article in articles.items():
        other = html(from_md, page).find("div", role="main")
        assert other is not None
        for extra in other.find_all("span", id=True):  # MyST names headings twice
            if not extra.get_text():
                extra.decompose()
        expected = BeautifulSoup(article, "html.parser")
        for extra in expected.find_all("span", id=True):
            if not extra.get_text():
                extra.decompose()
        assert str(other) == str(expected)


def test_a_section_that_an_entry_opens_gets_its_id(build: Any, pages: dict[str, str]) -> None:
    page = html(build(pages), "skills.html")
    section = page.find(id="skill_go")
    assert section is not None
    assert section.name == "section"
    assert section.h2 is not None
    headerlink = section.h2.find("a", class_="headerlink")
    assert headerlink is not None
    assert headerlink["href"] == "#skill_go"
    cni = page.find(id="skill_cni")
    assert cni is not None
    assert cni.name == "div"  # it opens no section


def test_an_entry_opens_its_section_despite_duplicate_titles_and_a_comment(build: Any) -> None:
    alike = "Go\n==\n\nGo\n--\n\n.. A comment.\n\n.. skill:: go\n   :category: languages\n"
    section = html(build({"index.rst": alike}), "index.html").find(id="skill_go")
    assert section is not None
    assert section.name == "section"


def test_objects_are_in_the_inventory(build: Any, pages: dict[str, str]) -> None:
    app = build(pages)
    with (app.outdir / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, uri: uri)
    assert inventory["folio:skill"]["cni"].uri == "skills.html#skill_cni"
    assert inventory["folio:skill"]["cni"].display_name == "CNI"
    assert inventory["folio:position"]["engineer"].display_name == "Acme · Engineer"
    assert set(inventory) >= {f"folio:{kind}" for kind in ("person", "project", "education", "highlight")}


def test_search_finds_objects_by_name_and_anchor(build: Any, pages: dict[str, str]) -> None:
    """Sphinx's search rebuilds anchors of the form type-hyphen-key from the display name; the package never uses these."""
    app = build(pages)
    index = (app.outdir / "searchindex.js").read_text(encoding="utf-8")
    assert '"skill_cni","CNI"]' in index
    assert '"-","' not in index


def test_a_tag_contains_its_level_for_screen_readers_unless_it_is_shown(build: Any, pages: dict[str, str]) -> None:
    app = build(pages)
    card = html(app, "home.html").select_one(".folio-cards")
    assert card is not None
    assert [said.get_text() for said in card.select("a .folio-tag > .folio-said")] == [", working", ", expert"]
    index = html(app, "home.html").select_one(".folio-skill-index")
    assert index is not None
    assert not index.select(".folio-said")
    assert [level.get_text() for level in index.select(".folio-level")] == ["working", "expert"]
    prose = html(app, "home.html").select_one("#talents p")
    assert prose is not None
    assert prose.get_text() == "I know Go and the interface."
    text = build(pages, builder="text").outdir / "work.txt"
    assert "expert" not in text.read_text("utf-8")


def test_a_category_is_separated_from_its_skills_in_excerpts(build: Any, pages: dict[str, str]) -> None:
    """Sphinx's search takes excerpts from the text of the page, in which elements have no borders."""
    terms = html(build(pages), "home.html").select(".folio-skill-index dt")
    assert terms
    assert all(term.get_text().endswith(" ") for term in terms)


def test_tags_link_to_skills_and_usages_link_back(build: Any, pages: dict[str, str]) -> None:
    app = build(pages)
    work = html(app, "work.html")
    project = work.select_one("div.folio-project")
    assert project is not None
    tags = {str(tag["href"]): tag.get_text() for tag in project.select("a:has(.folio-tag)")}
    assert tags == {"skills.html#skill_go": "Go, working", "skills.html#skill_cni": "CNI, expert"}
    skills = html(app, "skills.html")
    usages = skills.select_one("#skill_cni .folio-usages")
    assert usages is not None
    links = [(link.get_text(), link["href"]) for link in usages.select("li li a")]
    assert links == [
        ("Talents", "home.html#mention_cni"),
        ("Pool", "work.html#project_pool"),
        ("Gave out 1000 addresses in a minute.", "work.html#highlight_pool-fast"),
    ]
    for _text, address in links:
        name, _, anchor = str(address).partition("#")
        assert html(app, name).find(id=anchor), address


def test_sources_of_a_skill_that_follow_its_usages_have_a_label(build: Any) -> None:
    proof = (
        "   .. evidence:: e\n      :kind: release\n      :title: R\n      :url: https://example.org\n      :by: own\n"
    )
    skill = ".. skill:: go\n   :name: Go\n   :category: languages\n\n"
    app = build({"index.rst": f"Skills\n======\n\n{skill}{proof}\nAPI\n---\n\n.. skill-tags::\n   :skills: go\n"})
    first = html(app, "index.html").select_one(".folio-skill > .folio-evidence")
    assert first is not None
    label = first.find_previous_sibling()
    assert label is not None
    assert (label["class"], label.get_text()) == (["folio-label"], "Sources")


@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_a_page_that_only_names_a_skill_has_no_empty_list(build: Any, builder: str) -> None:
    index = "Skills\n======\n\n.. skill:: go\n   :name: Go\n   :category: languages\n\n.. toctree::\n\n   api\n"
    app = build({"index.rst": index, "api.rst": "API\n===\n\n.. skill-tags::\n   :skills: go\n"}, builder=builder)
    usages = html(app, "index.html").select_one(".folio-usages")
    assert usages is not None
    assert usages.get_text(" ", strip=True) == "Used in API"
    assert len(usages.select("ul, div")) == 1


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_all_links_within_a_single_page_lead_somewhere(build: Any, pages: dict[str, str], theme: str) -> None:
    app = build(pages, builder="singlehtml", settings={"html_theme": theme})
    found = html(app, f"{app.config.root_doc}.html")
    anchors = {f"#{element['id']}" for element in found.find_all(id=True)}
    links = {str(link["href"]) for link in found.select("a[href^='#']")} - {"#"}
    assert "#skill_cni" in links
    assert links <= anchors


def test_a_mention_in_the_description_of_a_function_leads_to_it(build: Any) -> None:
    skill = "Skills\n======\n\n.. skill:: go\n   :name: Go\n   :category: languages\n\n.. toctree::\n\n   api\n"
    text = "API\n===\n\n.. py:class:: Ship\n\n   .. py:method:: dock(place)\n\n      Docks it, written in :folio:skill:`go`.\n"
    app = build({"index.rst": skill, "api.rst": text})
    link = html(app, "index.html").select_one(".folio-usages li li a")
    assert link is not None
    assert (link.get_text(), link["href"]) == ("Ship.dock", "api.html#mention_go")


def test_a_reference_shows_the_name_or_its_own_text(build: Any, pages: dict[str, str]) -> None:
    paragraph = html(build(pages), "home.html").find(id="mention_cni")
    assert paragraph is not None
    assert paragraph.get_text() == "I know Go and the interface."


def test_an_index_entry_does_not_change_the_anchor_of_a_mention(build: Any, pages: dict[str, str]) -> None:
    entry = {"home.rst": ".. index:: expertise", "home.md": "```{index} expertise\n```"}
    for name in entry.keys() & pages.keys():
        pages[name] = pages[name].replace("I know", f"{entry[name]}\n\nI know")
    paragraph = html(build(pages), "home.html").find(id="mention_cni")
    assert paragraph is not None
    assert paragraph.get_text() == "I know Go and the interface."


def test_the_title_of_a_list_of_highlights_names_none_of_them(build: Any) -> None:
    text = "Home\n====\n\nFeatures\n--------\n\n.. highlight:: fast\n\n   Fast.\n\n.. highlight:: safe\n\n   Safe.\n\n"
    found = portfolio(build({"index.rst": f"{text}Small\n-----\n\n.. highlight:: small\n\n   It is small.\n"}))
    assert [found.find("highlight", key).name for key in ("fast", "safe", "small")] == ["Fast.", "Safe.", "Small"]


@pytest.mark.parametrize(
    ("text", "indent", "of_second"),
    [
        ("{0}{1}", "", "pool"),
        ("Home\n====\n\n.. container:: tab\n\n{0}\n.. container:: tab\n\n{1}", "   ", "net"),
        ("Home\n====\n\n* First:\n\n{0}* Second:\n\n{1}", "  ", "net"),
    ],
    ids=["no heading", "containers", "list"],
)
def test_a_highlight_belongs_to_the_first_project_of_its_block(
    text: str, indent: str, of_second: str, build: Any
) -> None:
    entry = ".. project:: {0}\n   :name: {0}\n\n.. highlight:: {0}-fast\n\n   {0} is fast.\n\n"
    entries = (textwrap.indent(entry.format(key), indent) for key in ("pool", "net"))
    found = portfolio(build({"index.rst": text.format(*entries)}))
    assert {item.key: item.project for item in found.all(Highlight)} == {"pool-fast": "pool", "net-fast": of_second}


def test_addresses_and_revisions_are_shown_as_they_are(build: Any) -> None:
    person = ".. person:: ada\n   :name: Ada\n   :email: a--b@example.org\n   :url: https://example.org/a--b\n"
    proof = "   :kind: release\n   :title: R\n   :url: https://example.org\n   :by: own\n   :revision: v1--a\n"
    app = build({"index.rst": f"Home\n====\n\n{person}\n.. evidence:: e\n{proof}"})
    text = html(app, "index.html").get_text()
    for part in ("a--b@example.org", "example.org/a--b", "v1--a"):
        assert part in text


def test_a_mistake_in_an_included_file_is_reported_there(build: Any) -> None:
    entry = ".. talk:: a\n   :title: A\n   :date: 2999\n"
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   work/index\n",
        "work/index.rst": "Work\n====\n\n.. include:: ../parts/a.txt\n\n.. include:: ../parts/b.txt\n",
        **{f"parts/{part}.txt": "\n" * 9 + entry for part in "ab"},
    }
    app = build(pages)
    warnings = strip_escape_sequences(app.warning.getvalue()).replace(f"{app.srcdir}/", "")
    assert "parts/a.txt:10: WARNING: talk 'a' has a date later than today" in warnings
    first = "it was first given in parts/a.txt:10"
    assert f"parts/b.txt:10: WARNING: duplicate talk key 'a'; {first} [folio.duplicate_key]" in warnings


def test_names_and_texts_have_no_marks_of_notes_and_no_section_numbers(build: Any) -> None:
    text = (
        "Home\n====\n\n.. sectnum::\n\nGo [1]_\n-------\n\n.. skill:: go\n   :category: languages\n\n"
        "   Fast [1]_ and safe [D20]_.\n\n.. [1] A note.\n.. [D20] A book.\n"
    )
    go = portfolio(build({"index.rst": text})).find("skill", "go")
    assert (go.name, go.summary) == ("Go", "Fast and safe.")


def test_a_substitution_mentions_a_skill_where_it_is_used(build: Any) -> None:
    skill = "Go\n--\n\n.. skill:: go\n   :category: languages\n"
    pages = {
        "index.rst": f"Home\n====\n\n.. toctree::\n\n   other\n\nI write |go|.\n\n{skill}",
        "other.rst": "Other\n=====\n\nNothing.\n",
    }
    app = build(pages, settings={"rst_epilog": ".. |go| replace:: :skill:`go`"})
    assert [(item.docname, item.node_id) for item in portfolio(app).mentions_of("go")] == [("index", "mention_go")]


def test_levels_are_words_without_a_scale(build: Any, pages: dict[str, str]) -> None:
    app = build(pages)
    for name in ("skills.html", "proof.html"):
        assert html(app, name).select(".folio-steps") == []
    assert html(app, "skills.html").select("#skill_go .folio-facts dd")[0].get_text().strip() == "working"
    assert "●" not in (app.outdir / "_static" / "folio-skills.js").read_text("utf-8")


def test_a_level_scale_is_drawn_as_circles(build: Any, pages: dict[str, str]) -> None:
    app = build(pages, settings={"folio_level_scale": True})
    assert "working ●●○" in (app.outdir / "_static" / "folio-skills.js").read_text("utf-8")
    steps = html(app, "skills.html").select_one("#skill_go .folio-steps")
    assert steps is not None
    assert steps.get_text() == "●●○"
    assert steps["aria-hidden"] == "true"
    assert steps.parent is not None
    assert steps.parent.get_text() == "working ●●○"


def test_a_page_in_no_table_of_contents_comes_last(build: Any, restructuredtext: dict[str, str]) -> None:
    orphan = ":orphan:\n\nA first page by name\n====\n\n.. skill:: go\n   :category: languages\n"
    app = build({**restructuredtext, "a.rst": orphan})
    assert portfolio(app).find("skill", "go").docname == "skills"


def test_several_positions_share_the_entity_of_their_section(build: Any) -> None:
    app = build(
        {
            "index.rst": "Acme\n====\n\n"
            ".. position:: senior\n   :title: Senior\n   :start: 2022\n\n"
            ".. position:: junior\n   :title: Junior\n   :start: 2020\n   :end: 2021\n"
        }
    )
    assert app.warning.getvalue() == ""
    found = portfolio(app)
    assert {found.find("position", key).entity for key in ("senior", "junior")} == {"Acme"}
    text = html(app, "index.html").get_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "Senior | 2022 – present | 4+ yrs" in text
    assert "Junior | 2020 – 2021\n" in text


def test_a_position_after_the_heading_of_a_project_keeps_the_entity_of_the_section_above(build: Any) -> None:
    app = build(
        {
            "index.rst": "Work\n====\n\nAcme\n----\n\n"
            ".. position:: senior\n   :title: Senior\n   :start: 2022\n\n"
            ":project:`pool`\n^^^^^^^^^^^^^^^\n\nIts pool.\n\n"
            ".. position:: junior\n   :title: Junior\n   :start: 2020\n   :end: 2021\n\n"
            ":project:`The pool <pool>`\n--------------------------\n\n"
            ".. position:: founder\n   :title: Founder\n   :start: 2018\n   :end: 2019\n\n"
            "Pool\n----\n\n.. project:: pool\n"
        }
    )
    assert app.warning.getvalue() == ""
    found = portfolio(app)
    entities = {key: found.find("position", key).entity for key in ("senior", "junior", "founder")}
    assert entities == {"senior": "Acme", "junior": "Acme", "founder": "The pool"}


def test_a_title_comes_before_the_dates_unless_the_author_gives_them_first(build: Any) -> None:
    first = ".. position:: one\n   :title: Lead\n   :start: 2022\n   :location: Bonn\n\n"
    second = ".. position:: two\n   :start: 2020\n   :end: 2021\n   :title: Engineer\n   :location: Bonn\n"
    app = build({"index.rst": f"Acme\n====\n\n{first}{second}"})
    lines = [
        line.get_text().replace("\N{NO-BREAK SPACE}", " ") for line in html(app, "index.html").select(".folio-line")
    ]
    assert lines == ["Lead | 2022 – present | 4+ yrs | Bonn", "2020 – 2021 | Engineer | Bonn"]


def test_a_certificate_shows_when_it_expires_wherever_it_is_listed(build: Any) -> None:
    page = (
        "Me\n==\n\n.. certificate:: cka\n   :name: CKA\n   :date: 2020-04\n   :expires: 2023-04\n"
        "   :url: https://example.org\n\n.. certificate:: old\n   :name: Old\n   :expires: 2020\n\n"
        ".. certificate:: odd\n   :name: Odd\n   :date: 2021\n   :expires: 2020\n\n"
        ".. entry-list::\n   :types: certificate\n"
    )
    app = build({"index.rst": page})
    assert [
        line.partition("index.rst:")[2] for line in strip_escape_sequences(app.warning.getvalue()).splitlines()
    ] == [
        "12: WARNING: certificate has a date of expiry but no date of issue; add the option 'date' [folio.missing_option]",
        "17: WARNING: the end, 2020, is before the start, 2021 [folio.reversed_period]",
    ]
    text = html(app, "index.html").get_text().replace("\N{NO-BREAK SPACE}", " ")
    assert text.count("CKA | Apr 2020 | expired Apr 2023") == 2
    assert text.count("Odd | 2021\n") == 2
    assert str(portfolio(app).find("certificate", "cka").expires) == "2023-04"


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_certificate_is_marked_from_the_day_on_which_it_has_expired(build: Any, parallel: int) -> None:
    """Its page is written again, although its source is the same; nothing is reported: this is no mistake."""
    page = (
        "Me\n==\n\n.. person:: me\n   :name: Me\n\n.. certificate:: cka\n   :name: CKA\n   :date: 2020-04\n"
        "   :expires: 2023-04\n   :url: https://example.org\n"
    )
    exports = {"extensions": ["sphinx_folio.export"], "folio_exports": ["txt", "markdown", "docx", "odt", "pdf"]}
    for today, says in (
        ("2023-04-30", "Apr 2020 | valid until Apr 2023"),
        ("2023-05-01", "Apr 2020 | expired Apr 2023"),
    ):
        app = build({"index.rst": page}, settings={**exports, "folio_today": today}, parallel=parallel)
        assert app.warning.getvalue() == ""
        assert f"CKA | {says}" in html(app, "index.html").get_text().replace("\N{NO-BREAK SPACE}", " ")
        assert f"CKA (example.org) | {says}\n" in (app.outdir / "resume.txt").read_text("utf-8")
        assert f"| {says}\n" in (app.outdir / "index.md").read_text("utf-8")
        shown = " ".join(PdfReader(app.outdir / "resume.pdf").pages[0].extract_text().split())
        assert f"CKA {says}" in shown
        for file, part in (("docx", "word/document.xml"), ("odt", "content.xml")):
            text = zipfile.ZipFile(app.outdir / f"resume.{file}").read(part).decode()
            assert says in re.sub("<[^>]+>", "", text).replace("\N{NO-BREAK SPACE}", " ")


def test_an_entry_shows_dates_in_the_words_of_the_author_and_a_listing_in_those_of_the_site(build: Any) -> None:
    app = build(
        {
            "index.rst": "Acme\n====\n\n"
            ".. position:: senior\n   :title: Senior\n   :start: 2022-03\n   :end: 2023-04\n"
            "   :dates: Spring 2022 to spring 2023\n\nTimeline\n========\n\n.. timeline::\n"
        }
    )
    assert app.warning.getvalue() == ""
    page = html(app, "index.html")
    text = page.get_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "Senior | Spring 2022 to spring 2023 | 1 yr 2 mos" in text
    assert "Mar 2022 – Apr 2023" in text
    assert portfolio(app).find("position", "senior").period == Period(PartialDate(2022, 3), PartialDate(2023, 4))


def test_any_finds_objects_of_every_type(build: Any, pages: dict[str, str]) -> None:
    name, markup = ("home.md", "{any}`cni`") if "home.md" in pages else ("home.rst", ":any:`cni`")
    app = build({**pages, name: pages[name].replace("I know", f"{markup}. I know")})
    assert app.warning.getvalue() == ""
    assert html(app, "home.html").select_one('p a[href="skills.html#skill_cni"]')


def test_the_facts_of_a_person_are_in_the_order_of_the_author(build: Any) -> None:
    facts = {":label: Engineer": "Engineer", ":email: ada@example.org": "ada@example.org", ":birth: 1990-05": "1990"}
    for options in (list(facts), list(facts)[::-1]):
        lines = ["Home", "====", "", ".. person:: ada", "   :name: Ada", *(f"   {option}" for option in options), ""]
        line = html(build({"index.rst": "\n".join(lines)}), "index.html").select_one(".folio-line")
        assert line is not None
        places = [line.get_text().index(facts[option]) for option in options]
        assert places == sorted(places)


REFERRING = """\
Work
====

.. project-cards::

Levels
------

.. project:: levels

   See :doc:`guide`, :ref:`rates`, :numref:`speeds`, :numref:`Table {number} below <speeds>`, :eq:`tide`, :any:`guide`,
   :doc:`this page <guide>` and :term:`tide`.

.. skill:: go
   :name: Go
   :category: languages

Person
------

.. person:: ada
   :name: Ada Example

   As :numref:`speeds` shows.
"""
GUIDE = """\
A guide
=======

.. glossary::

   tide
      Water.

.. _rates:

Rates of change
---------------

.. math:: a + b
   :label: tide

.. list-table:: Speeds
   :name: speeds

   * - A
"""
SHOWN = (
    "See A guide, Rates of change, Table 1, Table 1 below, (1), A guide, this page and tide.",
    "As Table 1 shows.",
)


@pytest.mark.parametrize("name", ["guide", "a-guide"])
@pytest.mark.parametrize("parallel", [1, 2])
def test_copied_text_shows_titles_and_numbers_as_its_page_does(build: Any, name: str, parallel: int) -> None:
    index = f"Home\n====\n\n.. toctree::\n\n   work\n   {name}\n"
    pages = {"index.rst": index, "work.rst": REFERRING.replace("guide`", f"{name}`").replace("<guide>", f"<{name}>")}
    settings = {"numfig": True, "extensions": ["sphinx_folio.export"], "folio_exports": ["json", "txt"]}
    app = build(pages | {f"{name}.rst": GUIDE}, settings=settings, parallel=parallel)
    assert app.warning.getvalue() == ""
    card = html(app, "work.html").select_one(".folio-cards li > p:nth-of-type(2)")
    project = html(app, "work.html").select_one(".folio-project p")
    assert card is not None
    assert project is not None
    assert [" ".join(found.get_text().split()) for found in (card, project)] == [SHOWN[0], SHOWN[0]]
    resume = json.loads((app.outdir / "resume.json").read_text("utf-8"))
    assert (resume["projects"][0]["description"], resume["basics"]["summary"]) == SHOWN
    text = " ".join((app.outdir / "resume.txt").read_text("utf-8").split())
    assert all(shown in text for shown in SHOWN)


@pytest.mark.filterwarnings("ignore:.*MystReferenceResolver")
def test_copied_text_shows_titles_of_links_in_markdown(build: Any) -> None:
    work = (
        "# Work\n\n```{project-cards}\n```\n\n## Levels\n\n```{project} levels\n"
        "See [](guide.md) and [this page](guide.md).\n```\n\n"
        "```{person} ada\n:name: Ada Example\n```\n"
    )
    guide = "# A guide\n"
    index = "# Home\n\n```{toctree}\nwork\nguide\n```\n"
    settings = {"extensions": ["myst_parser", "sphinx_folio.export"], "folio_exports": ["json", "txt"]}
    app = build({"index.md": index, "work.md": work, "guide.md": guide}, settings=settings)
    assert app.warning.getvalue() == ""
    card = html(app, "work.html").select_one(".folio-cards li > p:nth-of-type(2)")
    assert card is not None
    assert card.get_text() == "See A guide and this page."
    assert (app.outdir / "resume.txt").read_text("utf-8").count(card.get_text()) == 1  # without the card


def test_copied_numbers_and_titles_change_with_their_target(build: Any) -> None:
    index = "Home\n====\n\n.. toctree::\n\n   first\n   guide\n   work\n   cards\n"
    cards = "Cards\n=====\n\n.. project-cards::\n"
    first = "First\n=====\n\n.. list-table:: Other\n   :name: other\n\n   * - A\n"
    settings = {"numfig": True, "extensions": ["sphinx_folio"]}
    pages = {"index.rst": index, "guide.rst": GUIDE, "work.rst": REFERRING, "cards.rst": cards, "first.rst": "F\n=\n"}
    build(pages, settings=settings)
    app = build(pages | {"first.rst": first, "guide.rst": GUIDE.replace("A guide", "THE GUIDE", 1)}, settings=settings)
    text = " ".join(html(app, "cards.html").get_text().split())
    assert "See THE GUIDE, Rates of change, Table 2, Table 2 below, (1)" in text


def test_conf_py_and_included_files_may_be_on_another_drive(
    build: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    relative_path, settings = os.path.relpath, tmp_path / "settings"

    def refuse(path: str | Path, start: str | Path = os.curdir) -> str:
        is_included = isinstance(path, str) and path.endswith("skill.txt")  # Sphinx's own call has a path object
        if is_included or Path(start) == settings:
            message = "path is on mount 'C:', start on mount 'D:'"
            raise ValueError(message)
        return relative_path(path, start)

    skill = ".. skill:: go\n   :name: Go\n   :category: networking\n"
    app = build({"index.rst": "Home\n====\n\n.. include:: skill.txt\n", "skill.txt": skill}, run=False)
    monkeypatch.setattr(os.path, "relpath", refuse)
    app.builder.confdir = settings
    app.build()
    assert app.warning.getvalue() == ""
    portfolio = app.env.domains["folio"].portfolio()
    assert portfolio.folder == app.srcdir.as_posix()
    [(anchor, path)] = portfolio.page("index").included
    assert (anchor, Path(path).resolve()) == ("skill_go", app.srcdir / "skill.txt")  # docutils may start from here


def test_the_text_of_an_option_may_be_marked_as_another_language(build: Any) -> None:
    page = (
        "Me\n==\n\n.. publication:: gas\n   :title: On [Über Gase]{.language-de}\n   :authors: Ada\n"
        "   :publisher: [Zeitschrift]{.language-de}\n   :date: 2020\n\n.. entry-list:: publication\n"
    )
    app = build({"index.rst": page})
    shown = html(app, "index.html").select("article [lang], .body [lang]")
    marked = [(part["lang"], part.text) for part in shown]
    assert ("de", "Über Gase") in marked
    assert ("de", "Zeitschrift") in marked
    assert marked.count(("de", "Über Gase")) == 2  # in its entry and in the list
    (record,) = portfolio_of(app.env).all(Publication)
    assert (record.name, record.publisher) == ("On Über Gase", "Zeitschrift")
