"""Queries in the cases that a plain portfolio does not have: several filters, equal keys, shared evidence."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.queries import Query, run_query
from sphinx_folio.portfolio.queries.evidence import coverage, evidence_for_skill, evidence_table, project_evidence_count
from sphinx_folio.portfolio.queries.skills import skill_index, skill_matrix
from sphinx_folio.portfolio.records import Evidence, Highlight, Mention, Page, Position, Project, Skill
from sphinx_folio.portfolio.views import is_included, make_view
from sphinx_folio.types.publication import Publication


def make(record: Any, key: str, docname: str = "work", **facts: Any) -> Any:
    place = {"docname": docname, "node_id": f"{record.objtype}_{key}", "line": facts.pop("line", 1)}
    return record(key=key, name=key.title(), **place, **facts)


def portfolio(*entries: Any, other_page: tuple[Any, ...] = ()) -> Portfolio:
    pages = (Page(docname="apart", title="Apart", entries=other_page), Page(docname="work", title="", entries=entries))
    categories = {"languages": "Languages", "networking": "Networking", "testing": "Testing"}
    return Portfolio(pages=pages, levels=("aware", "expert"), categories=categories, today=PartialDate(2026, 11, 30))


def period(start: int, *end: int) -> Period:
    return Period(PartialDate(start), PartialDate(*end) if end else None)


GO, C = make(Skill, "go", category="languages"), make(Skill, "c", category="languages")
CNI, TALKS = make(Skill, "cni", category="networking"), make(Skill, "talks", category="unknown")


def test_the_index_since_a_date_has_skills_that_were_used_later_or_still_are() -> None:
    whole = portfolio(
        *(GO, C, CNI, TALKS),
        make(Project, "old", period=period(2019, 2020, 5, 30), skills=("c",)),
        make(Project, "new", period=period(2022), skills=("go",)),
    )

    def keys(*since: int) -> list[str]:
        rows = skill_index(whole, Query(kind="skill-index", since=PartialDate(*since)))
        return [facts.target.key for row in rows for facts in row.skills]

    assert keys(2020) == ["go", "c"]  # the networking category has no skill that was used
    assert keys(2020, 5, 30) == ["go", "c"]
    assert keys(2020, 6) == ["go"]
    assert keys(2026) == ["go"]


def test_the_last_use_is_the_latest_end_however_exact_it_is() -> None:
    whole = portfolio(
        GO,
        make(Project, "day", period=period(2019, 2020, 5, 30), skills=("go",)),
        make(Project, "month", period=period(2019, 2020, 5), skills=("go",)),
    )
    assert run_query(whole, Query(kind="skill-facts", key="go")).last_used == PartialDate(2020, 5)


def test_a_column_of_a_matrix_has_the_title_of_a_position_only_if_its_entity_has_several() -> None:
    places = {"mill": "Mill", "lead": "Harbor", "engineer": "Harbor", "freelance": ""}
    jobs = [make(Position, key, entity=entity, skills=("go",)) for key, entity in places.items()]
    matrix = skill_matrix(portfolio(GO, *jobs), Query(kind="skill-matrix"))
    assert [column.title for column in matrix.columns] == ["Mill", "Harbor · Lead", "Harbor · Engineer", "Freelance"]


def test_a_matrix_of_one_project_has_no_position_with_the_same_key() -> None:
    both = make(Project, "acme", skills=("go",)), make(Position, "acme", skills=("c",))
    matrix = skill_matrix(portfolio(GO, C, *both), Query(kind="skill-matrix", project="acme"))
    assert [(column.objtype, column.key) for column in matrix.columns] == [("project", "acme")]


def test_skills_of_an_unknown_category_are_the_last_rows_of_the_matrix() -> None:
    whole = portfolio(TALKS, CNI, make(Project, "pool", skills=("talks", "cni")))
    rows = skill_matrix(whole, Query(kind="skill-matrix")).rows
    assert [facts.target.key for facts, _cells in rows] == ["cni", "talks"]


FAST = make(Highlight, "fast", project="pool", skills=("cni",))
POOL = make(Project, "pool", docname="work")
BOTH = make(Evidence, "both", by="own", skills=("cni",), highlights=("fast",), projects=("pool",), line=9)
TEAM = make(Evidence, "team", by="team", highlights=("fast",), line=8)
AWAY = make(Evidence, "away", docname="apart", by="team", projects=("pool",))


def test_evidence_for_a_skill_and_for_its_highlight_counts_once() -> None:
    whole = portfolio(CNI, POOL, FAST, BOTH)
    assert [proof.key for proof in evidence_for_skill(whole, "cni")] == ["both"]
    count = project_evidence_count(whole, "pool")
    assert count is not None
    assert (count.own, count.team) == (1, 0)


def test_the_first_evidence_of_a_project_is_the_first_on_its_own_page() -> None:
    count = project_evidence_count(portfolio(CNI, POOL, FAST, BOTH, TEAM, other_page=(AWAY,)), "pool")
    assert count is not None
    assert (count.own, count.team) == (1, 2)
    assert count.first is not None
    assert count.first.key == "team"


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ({"project": "pool"}, {"both", "team", "away"}),  # by its highlights as well
        ({"project": "old"}, set()),
        ({"skill": "cni"}, {"both", "team"}),
        ({"project": "pool", "skill": "cni"}, {"both", "team"}),
    ],
)
def test_the_table_of_evidence_can_be_filtered(filters: dict[str, Any], keys: set[str]) -> None:
    whole = portfolio(CNI, POOL, FAST, BOTH, TEAM, make(Evidence, "else", by="own"), other_page=(AWAY,))
    rows = evidence_table(whole, Query(kind="evidence-table", **filters)).rows
    assert {row.target.key for row in rows} == keys


def test_evidence_proves_projects_then_highlights_then_skills() -> None:
    [row] = evidence_table(portfolio(CNI, POOL, FAST, BOTH), Query(kind="evidence-table")).rows
    assert [target.objtype for target in row.proves] == ["project", "highlight", "skill"]


def test_coverage_leaves_out_empty_categories_and_tells_own_work_from_that_of_a_team() -> None:
    found = coverage(portfolio(GO, CNI, POOL, FAST, TEAM), Query(kind="evidence-coverage"))
    assert [(share.label, share.proven, share.own) for share in found.categories] == [
        ("Languages", 0, 0),
        ("Networking", 1, 0),
    ]
    assert (found.highlights.proven, found.highlights.own) == (1, 0)


def test_a_tally_has_its_matches_first() -> None:
    found = run_query(portfolio(TEAM, BOTH), Query(kind="tally", key="own-evidence"))
    assert found.matches == (True, False)


def test_evidence_is_not_a_usage_but_its_project_is() -> None:
    [page] = run_query(portfolio(CNI, POOL, FAST, BOTH), Query(kind="usages", key="cni"))
    assert [usage.objtype for usage in page.usages] == ["highlight", "project"]


def test_usages_have_a_name_or_the_start_of_a_text() -> None:
    long = "word " * 200
    named, unnamed = (
        Highlight(key=key, name=name, summary=long, skills=("cni",), docname="work", node_id=key, line=1)
        for key, name in (("named", "Fast"), ("unnamed", long))
    )
    mention = Mention(skill="cni", docname="work", node_id="m", heading="Skills")
    pages = (Page(docname="work", title="Work", entries=(CNI, named, unnamed), mentions=(mention,)),)
    [page] = run_query(Portfolio(pages=pages), Query(kind="usages", key="cni"))
    first, second, third = page.usages
    assert (first.title, first.has_name) == ("Fast", True)
    assert (len(second.title) < len(long), second.has_name) == (True, False)
    assert (third.title, third.has_name) == ("Skills", True)


def test_a_view_includes_a_project_by_its_highlights_and_entries_without_skills() -> None:
    course = make(Publication, "course")
    whole = portfolio(GO, CNI, POOL, FAST, course)
    view = make_view(whole, "network", "Networking", skills=["cni"], categories=[])
    assert [is_included(whole, view, entry) for entry in (POOL, course, GO)] == [True, True, False]
