"""Evidence: its place, the objects that it proves, the coverage report, and all listings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

NESTED = """\
Home
====

Go
--

.. skill:: go
   :category: languages

   .. evidence:: course
      :kind: page
      :title: A course
      :url: https://example.org/course
      :by: own

Pool
----

.. project:: pool

.. highlight:: fast
   :skills: go

   Fast.

   .. evidence:: report
      :kind: report
      :title: The report
      :url: https://example.org/report
      :date: 2022-06-01
      :by: team

   And safe.
"""


def soup(app: Any, page: str) -> BeautifulSoup:
    return BeautifulSoup((app.outdir / page).read_text("utf-8"), "html.parser")


def test_evidence_inside_an_entry_proves_it(build: Any) -> None:
    app = build({"index.rst": NESTED})
    assert app.warning.getvalue() == ""
    found = app.env.domains["folio"].portfolio()
    assert found.find("evidence", "report").highlights == ("fast",)
    assert found.find("evidence", "course").skills == ("go",)
    assert found.find("highlight", "fast").summary == "Fast.\n\nAnd safe."
    highlight = soup(app, "index.html").find(id="highlight_fast")
    assert highlight is not None
    assert [child.get_text() for child in highlight.find_all("p", recursive=False)] == ["Fast.", "And safe.", "Go"]
    proof = highlight.find(id="evidence_report")
    assert proof is not None
    assert " ".join(proof.get_text().split()) == "Report The report | Jun 1, 2022 | Team"
    assert highlight.find("details") is None  # evidence inside the entry is not listed again


def test_a_skill_lists_all_its_evidence_with_links(build: Any) -> None:
    entry = soup(build({"index.rst": NESTED}), "index.html").find(id="skill_go")
    assert entry is not None
    details = entry.find("details")
    assert details is not None
    assert details.summary is not None
    assert details.summary.get_text() == "More sources (1)"
    assert [link["href"] for link in details.find_all("a")] == ["https://example.org/report"]
    facts = entry.select("dl.folio-facts dd")
    assert facts[-1].get_text().strip() == "2 (1 mine)"


def test_further_evidence_follows_the_evidence_of_an_entry(build: Any) -> None:
    entry = soup(build({"index.rst": NESTED}), "index.html").find(id="skill_go")
    assert entry is not None
    assert [part.name for part in entry.select(".folio-skill > .folio-evidence, .folio-skill > details")] == [
        "div",
        "details",
    ]


def many_pieces(skills: int, pieces: int) -> str:
    """Return a page with skills, each with pieces of evidence that also support a project, and their table."""
    page = "Home\n====\n\n.. project:: pool\n\n   Pool.\n"
    for skill in range(skills):
        page += f"\nSkill {skill}\n-------\n\n.. skill:: skill-{skill}\n   :category: languages\n"
        for piece in range(pieces):
            page += (
                f"\n.. evidence:: proof-{skill}-{piece}\n   :kind: page\n   :title: Proof {skill}.{piece}\n"
                f"   :url: https://example.org/{skill}/{piece}\n   :skills: skill-{skill}\n   :projects: pool\n"
                f"   :date: {2000 + skill}\n   :revision: {f'v{piece}.0' if piece else 'a1b2c3d4'}\n"
            )
    return page + "\nAll\n---\n\n.. evidence-table::\n"


@pytest.mark.parametrize(("skills", "pieces", "groups"), [(4, 3, 4), (12, 1, 0), (3, 3, 0)])
def test_a_long_table_has_groups_by_what_evidence_supports(build: Any, skills: int, pieces: int, groups: int) -> None:
    app = build({"index.rst": many_pieces(skills, pieces)})
    table = soup(app, "index.html").select_one(".folio-proof-table")
    assert table is not None
    titles = [row.get_text().strip() for row in table.select("tr.folio-group a")]
    assert titles == [f"Skill {skill}" for skill in range(groups)]
    assert [row["colspan"] for row in table.select("tr.folio-group > th")] == ["4"] * groups
    headers = [cell.get_text() for cell in table.select("thead th")]
    assert headers == ["Source", "Type", "Date", "Whose work", *([] if groups else ["Supports"])]
    assert len(table.select("tbody tr")) == skills * pieces + groups
    dates = [row.select("td, th")[2].get_text().strip() for row in table.select("tbody tr:not(.folio-group)")]
    names = ["", " v1.0", " v2.0"][:pieces]
    order = range(skills) if groups else reversed(range(skills))  # else newest first
    assert dates == [f"{2000 + skill}{name}" for skill in order for name in names]


def test_a_skill_without_evidence_does_not_say_so(build: Any) -> None:
    app = build({"index.rst": f"{NESTED}\nRust\n----\n\n.. skill:: rust\n   :category: languages\n"})
    entry = soup(app, "index.html").find(id="skill_rust")
    assert entry is not None
    assert entry.get_text().split() == ["Rust¶"]


def test_the_build_logs_coverage_and_with_verbosity_a_table(build: Any, pages: dict[str, str]) -> None:
    app = build(pages)
    status = strip_escape_sequences(app.status.getvalue())
    assert "evidence: 2 of 2 skills (100%), 1 of 1 highlights (100%), 100% in all" in status
    assert "Missing" not in status
    more = build({}, verbosity=1)
    table = strip_escape_sequences(more.status.getvalue())
    assert "Group       Total  Proven  Share  Missing" in table
    assert "Networking      1       1   100%" in table


def test_a_portfolio_without_evidence_has_no_coverage_report(build: Any) -> None:
    app = build({"index.rst": "Home\n====\n"})
    assert "evidence:" not in app.status.getvalue()
    assert not (app.outdir / "evidence.json").exists()


def test_evidence_is_written_as_data(build: Any, pages: dict[str, str]) -> None:
    app = build(pages)
    data = json.loads((app.outdir / "evidence.json").read_text("utf-8"))
    assert data["percent"] == 100
    assert [proof["key"] for proof in data["evidence"]["skill"]["cni"]] == ["pool-release"]


BARE = """\
Home
====

Project
-------

.. project:: pool

   A pool.

.. highlight:: first

   Ran for a year.

.. highlight:: second

   Lost nothing.

.. evidence:: near
   :title: Near
   :url: https://example.org/near
   :by: own
   :projects: pool

.. evidence-coverage::
"""
ELSEWHERE = """\
:orphan:

Elsewhere
=========

.. evidence:: far
   :title: Far
   :url: https://example.org/far
   :by: team
   :projects: pool
"""


def test_a_group_without_evidence_has_no_share_and_its_claims_are_parts_of_a_list(build: Any) -> None:
    page = soup(build({"index.rst": BARE, "elsewhere.rst": ELSEWHERE}), "index.html")
    [row] = page.select(".folio-coverage tbody tr")
    cells = [cell.get_text().strip() for cell in row.select("th, td")]
    assert cells == ["All highlights", "2", "0", "0%", "Ran for a year, Lost nothing"]


def test_a_project_says_that_the_evidence_of_other_pages_comes_on_top(build: Any) -> None:
    page = soup(build({"index.rst": BARE, "elsewhere.rst": ELSEWHERE}), "index.html")
    [label] = [summary.get_text() for summary in page.select(".folio-project summary")]
    assert label == "More sources (1)"


def test_low_coverage_fails_every_strict_build_even_an_idle_one(build: Any) -> None:
    bare = f"{NESTED}\n.. highlight:: more\n\n   More.\n"
    settings = {"folio_evidence_fail_under": 80}
    first = build({"index.rst": bare}, settings=settings, warningiserror=True)
    assert first.statuscode == 1
    again = build({}, settings=settings, warningiserror=True)
    assert again.statuscode == 1
    line = strip_escape_sequences(again.warning.getvalue())
    assert "67% of skills and highlights have evidence, less than folio_evidence_fail_under (80%)" in line
    assert "[folio.evidence_coverage]" in line
    assert build({}, settings={"folio_evidence_fail_under": 67}, warningiserror=True).statuscode == 0


def test_the_matrix_is_a_table_with_headers_both_ways(build: Any, pages: dict[str, str]) -> None:
    table = soup(build(pages), "proof.html").select_one("table.folio-matrix")
    assert table is not None
    header = [" ".join(cell.get_text().split()) for cell in table.select("thead th")]
    assert header == ["Skill", "Level", "Pool", "Acme", "Experience", "Last used", "Sources"]
    rows = [[cell.get_text().strip() for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [
        ["Go", "working", "✓", "✓", "1 yr 11 mos", "Jun 2023", "1"],
        ["CNI", "expert", "✓", "✓", "1 yr 6 mos", "Jun 2023", "1"],
    ]
    assert all(row.find("th") for row in table.select("tbody tr"))


def test_only_pages_with_a_table_to_sort_load_the_script(build: Any, pages: dict[str, str]) -> None:
    app = build(pages)
    loaded = {path.name: "folio-sort.js" in path.read_text("utf-8") for path in app.outdir.glob("*.html")}
    assert loaded["proof.html"]
    assert not loaded["search.html"]
    assert (app.outdir / "_static" / "folio-sort.js").is_file()


def test_listings_show_the_whole_portfolio(build: Any, pages: dict[str, str]) -> None:
    app = build(pages, builder="text")
    text = (app.outdir / "proof.txt").read_text("utf-8")
    for part in (
        "File The allocator | May 2022 | Mine | v1.0.0",
        "* Aug 2021 – Jun 2023 | 1 yr 11 mos\n\n  Position Acme · Engineer\n\n  Pool Jan 2022 – Jun 2023\n",
        "* 2010 – 2014\n\n  Education School | Bachelor · Mathematics\n",
        "* Gave out 1000 addresses in a minute. | Pool\n\n  CNI\n\n  * Release Pool 1.0 | Jun 1, 2022 | Team",
    ):
        assert part in text


def test_usages_name_each_section_that_mentions_a_skill_once(build: Any) -> None:
    text = "Home\n====\n\nGo\n--\n\n.. skill:: go\n   :category: languages\n\nNotes\n-----\n\n"
    text += "First comes this. Then :skill:`go` was used; it held. Last comes that.\n\n* An item with :skill:`the language <go>`.\n"
    text += "\nPlans\n-----\n\nMore :skill:`go`.\n"
    app = build({"index.rst": text})
    [usage] = soup(app, "index.html").select(".folio-usages li li")
    assert usage.get_text().strip() == "Mentioned in Notes, Plans"
    assert [link["href"] for link in usage.select("a")] == ["#mention_go", "#mention_go-3"]


def test_a_highlight_that_shows_and_mentions_a_skill_is_listed_once(build: Any) -> None:
    text = "Home\n====\n\nGo\n--\n\n.. skill:: go\n   :category: languages\n\n"
    text += "Fast\n----\n\n.. highlight:: fast\n   :skills: go\n\n   Written in :skill:`go`.\n"
    app = build({"index.rst": text})
    usages = soup(app, "index.html").select(".folio-usages li li a")
    assert [(usage.get_text(), usage["href"]) for usage in usages] == [("Fast", "#highlight_fast")]


@pytest.mark.parametrize("listing", ["skill-matrix", "project-cards", "timeline", "highlight-list", "evidence-table"])
def test_a_listing_without_rows_adds_no_nodes(listing: str, build: Any) -> None:
    app = build({"index.rst": f"Home\n====\n\n.. {listing}::\n"})
    assert app.warning.getvalue() == ""
    body = soup(app, "index.html").find("div", role="main")
    assert body is not None
    assert body.get_text().split() == ["Home¶"]


BESIDE = """\
Home
====

Go
--

.. skill:: go
   :category: languages

Pool
----

.. project:: pool

   Gives out addresses.

Fast
~~~~

.. highlight:: fast
   :skills: go

   It is fast.

In words.

.. evidence:: report
   :kind: report
   :title: The report
   :url: https://example.org/report
   :by: own
   :highlights: fast

Further
-------

.. evidence:: elsewhere
   :kind: page
   :title: Another page
   :url: https://example.org/page
   :by: team
   :highlights: fast
"""


def test_evidence_in_the_section_of_a_highlight_is_counted_and_other_evidence_is_listed(build: Any) -> None:
    page = soup(build({"index.rst": BESIDE}), "index.html")
    claim = page.select_one("div.folio-highlight")
    assert claim is not None
    count = claim.select_one(".folio-count")
    assert count is not None
    assert count.get_text() == "Sources 1 (all mine)"
    assert [link["href"] for link in count.select("a")] == ["#evidence_report"]
    assert [link["href"] for link in claim.select("details a")] == ["https://example.org/page"]


def test_a_project_and_its_card_show_the_number_of_pieces_of_evidence(build: Any) -> None:
    app = build({"index.rst": BESIDE + "\n.. project-cards::\n"})
    page = soup(app, "index.html")
    for place in ("div.folio-project dd", ".folio-cards .folio-count"):
        found = page.select_one(place)
        assert found is not None
        link = found.select_one("a")
        assert link is not None
        assert (link.get_text(), link["href"]) == ("2 (1 mine)", "#evidence_report")
    assert page.select("div.folio-project details") == []  # the evidence is on the page of the project
    assert len(page.select(".folio-cards .folio-bars rect")) == 2
    assert len(page.select(".folio-cards .folio-bars rect.folio-pale")) == 1


def test_a_single_piece_of_evidence_has_no_bar_which_compares_nothing(build: Any) -> None:
    text = BESIDE.partition("Further\n")[0]
    page = soup(build({"index.rst": f"{text}\n.. project-cards::\n\n.. skill-matrix::\n"}), "index.html")
    assert [count.get_text() for count in page.select(".folio-cards .folio-count")] == ["Sources 1 (all mine)"]
    assert page.select(".folio-matrix .folio-figure")
    assert page.select("svg.folio-bars, svg.folio-bar") == []


def test_only_an_internal_project_says_that_it_has_no_public_source(build: Any) -> None:
    text = "Home\n====\n\nPool\n----\n\n.. project:: pool\n\nTool\n----\n\n.. project:: tool\n   :source: internal\n\n"
    page = soup(build({"index.rst": f"{text}.. project-cards::\n"}), "index.html")
    assert page.select(".folio-count") == []
    assert [card.get_text().split() for card in page.select(".folio-cards > li")] == [
        ["Pool"],
        ["Tool", "Internal", "system,", "not", "open", "source"],
    ]
    facts = [facts.get_text().split() for facts in page.select(".folio-project .folio-facts")]
    assert facts == [["Source", "code:", "Internal", "system,", "not", "open", "source"]]


def test_the_dates_of_public_commits_are_labeled_and_do_not_shorten_experience(build: Any) -> None:
    text = "Home\n====\n\nGo\n--\n\n.. skill:: go\n   :category: languages\n\n.. skill:: rust\n   :name: Rust\n"
    text += "   :category: languages\n   :start: 2020-01\n   :end: 2020-06\n\n"
    text += "Acme\n----\n\n.. position:: acme\n   :title: Engineer\n   :start: 2021-01\n   :end: 2021-12\n\n"
    text += "Pool\n----\n\n.. project:: pool\n   :position: acme\n   :start: 2021-03\n   :end: 2021-04\n"
    text += "   :skills: go, rust\n"
    commits = build({"index.rst": f"{text}   :dates-from: commits\n\n.. project-cards::\n\n.. timeline::\n"})
    page = soup(commits, "index.html")
    assert "1 yr" in page.find(id="skill_go").get_text()  # type: ignore[union-attr]  # there is one
    assert "6 mos" in page.find(id="skill_rust").get_text()  # type: ignore[union-attr]
    project, card = page.select_one(".folio-project"), page.select_one(".folio-cards")
    assert project is not None
    assert card is not None
    assert "Public commits" in project.get_text()
    assert "Public commits: Mar 2021 – Apr 2021" in card.get_text()
    assert page.select_one(".folio-made").get_text() == "Pool Public commits: Mar 2021 – Apr 2021"  # type: ignore[union-attr]
    stated = build({"index.rst": text})
    assert "2 mos" in soup(stated, "index.html").find(id="skill_go").get_text()  # type: ignore[union-attr]


def test_evidence_shows_in_which_project_a_skill_was_used(build: Any) -> None:
    text = NESTED.replace("      :by: own\n", "      :by: own\n      :projects: pool\n")
    usages = soup(build({"index.rst": text}), "index.html").select("#skill_go .folio-usages li li a")
    assert [link["href"] for link in usages] == ["#project_pool", "#highlight_fast"]


def test_named_usages_share_a_line_and_many_lines_are_collapsed(build: Any) -> None:
    text = "Home\n====\n\nGo\n--\n\n.. skill:: go\n   :category: languages\n\n"
    for name in ("Fast", "Safe"):
        text += f"{name}\n----\n\n.. highlight:: {name.lower()}\n   :skills: go\n\n   It is so.\n\n"
    text += "Notes\n-----\n\n"
    for number in range(5):
        text += f".. highlight:: unnamed-{number}\n   :skills: go\n\n   Number {number}.\n\n"
    usages = soup(build({"index.rst": text}), "index.html").select_one(".folio-usages")
    assert usages is not None
    lines = usages.select("li li")
    assert lines[0].get_text().strip() == "Highlight Fast, Safe"
    assert [link["href"] for link in lines[0].select("a")] == ["#highlight_fast", "#highlight_safe"]
    assert len(lines) == 6
    assert [line for line in lines if line.find_parent("details")] == lines[3:]
    assert usages.summary is not None
    assert usages.summary.get_text() == "3 more"


def test_what_has_the_title_of_its_page_is_not_named_again(build: Any) -> None:
    pages = {
        "index.rst": "Home\n====\n\n.. toctree::\n\n   pool\n   notes\n\nGo\n--\n\n.. skill:: go\n   :category: languages\n",
        "pool.rst": "Pool\n====\n\n.. project:: pool\n   :skills: go\n\n   A pool.\n",
        "notes.rst": "Notes\n=====\n\nWritten in :skill:`go`.\n",
    }
    groups = soup(build(pages), "index.html").select(".folio-usages > ul > li")
    assert [" ".join(group.get_text().split()) for group in groups] == ["Pool Project", "Notes"]
    assert [link["href"] for link in groups[1].select("a")] == ["notes.html#mention_go"]
    assert groups[1].select("ul") == []


def test_cells_of_a_wide_table_have_the_header_of_their_column(build: Any, pages: dict[str, str]) -> None:
    row = soup(build(pages), "proof.html").select_one("table.folio-matrix tbody tr")
    assert row is not None
    labels = [cell.p.get("data-label") for cell in row.select("td") if cell.p]
    assert labels == ["Level", "Pool", "Acme", "Experience", "Last used", "Sources"]
    assert row.th is not None
    assert row.th.p is not None
    assert "data-label" not in row.th.p.attrs
