from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sphinx_folio._common.code_hosts import moving_branch, pinned
from sphinx_folio.export.formats.evidence import evidence
from sphinx_folio.portfolio.dates import PartialDate, Period, months_covered
from sphinx_folio.portfolio.model import (
    Portfolio,
    name_placeholder,
)
from sphinx_folio.portfolio.queries import Query, run_query
from sphinx_folio.portfolio.queries.base import shortened
from sphinx_folio.portfolio.queries.evidence import coverage, evidence_of, evidence_table, tally
from sphinx_folio.portfolio.queries.skills import skill_facts, skill_matrix
from sphinx_folio.portfolio.queries.usages import usages
from sphinx_folio.portfolio.queries.work import highlights, projects, timeline
from sphinx_folio.portfolio.records import (
    Education,
    Evidence,
    Highlight,
    Page,
    Position,
    Project,
    Skill,
)
from sphinx_folio.portfolio.views import filtered_by_view, make_view
from sphinx_folio.types.certificate import Certificate
from sphinx_folio.types.course import Course
from sphinx_folio.types.publication import Publication

TODAY = PartialDate(2026, 11, 30)


def make(record: Any, key: str, **facts: Any) -> Any:
    place = {"docname": "page", "node_id": f"{record.objtype}_{key}", "line": 1}
    return record(key=key, name=facts.pop("name", key.title()), **place, **facts)


def period(start: str, end: str | None = None) -> Period:
    return Period(PartialDate.parse(start), PartialDate.parse(end) if end else None)


def portfolio(*entries: Any) -> Portfolio:
    page = Page(docname="page", title="Page", entries=entries)
    categories = {"languages": "Languages", "networking": "Networking"}
    return Portfolio(pages=(page,), levels=("aware", "expert"), categories=categories, today=TODAY)


WHOLE = portfolio(
    make(Skill, "go", category="languages", level="expert", level_label="expert"),
    make(Skill, "cni", category="networking", level="aware", level_label="aware"),
    make(Skill, "java", category="languages"),
    make(Position, "acme", period=period("2020-01", "2021-12"), skills=("go",)),
    make(Position, "bolt", period=period("2021-07")),
    make(Project, "pool", position="bolt", languages=("go",)),
    make(Project, "old", period=period("2019-01", "2019-02"), skills=("java",)),
    make(Highlight, "fast", project="pool", skills=("cni",), summary="It is fast."),
    make(Highlight, "safe", project="pool", summary="It is safe."),
    make(Education, "school", period=period("2015", "2018"), area="Mathematics", study_type="Bachelor"),
    make(
        Evidence, "pr", kind="pull-request", by="own", url="https://e.org/1", date=PartialDate(2022, 5), skills=("go",)
    ),
    make(Evidence, "report", kind="report", by="team", url="https://e.org/2", highlights=("fast",), projects=("pool",)),
)


@pytest.mark.parametrize(
    ("periods", "months"),
    [
        ([], 0),
        ([("2020-01", "2020-12")], 12),
        ([("2020-01", "2020-06"), ("2020-07", "2020-12")], 12),
        ([("2020-01", "2020-12"), ("2020-03", "2020-05")], 12),
        ([("2020-03", "2020-05"), ("2020-01", "2020-12")], 12),
        ([("2020-01", "2020-06"), ("2020-05", "2020-08"), ("2021-01", "2021-01")], 9),
        ([("2026-10", None), ("2026-11", None)], 2),
        ([("2026-10", "2028-01"), ("2027-01", "2027-06"), ("2027-03", None)], 2),
        ([("2012", "2014")], 14),
        ([("2012", "2014"), ("2014", "2016")], 28),
        ([("2012", "2014"), ("2013-03", "2014-08")], 21),
    ],
)
def test_shared_months_count_once(periods: list[tuple[str, str | None]], months: int) -> None:
    assert months_covered([period(*dates) for dates in periods], TODAY) == months


def test_the_months_of_a_skill_are_the_union_of_the_periods_that_show_it() -> None:
    go = run_query(WHOLE, Query(kind="skill-facts", key="go"))
    assert (go.months, go.last_used, go.ongoing) == (24, PartialDate(2021, 12), False)
    java = run_query(WHOLE, Query(kind="skill-facts", key="java"))
    assert (java.months, java.last_used, java.ongoing) == (2, PartialDate(2019, 2), False)


@pytest.mark.parametrize(
    ("facts", "months"),
    [
        ({}, 0),  # a project without dates took an unknown part of the position's time
        ({"dates_from": "commits"}, 12),
        ({"dates_from": "commits", "period": period("2020-03", "2020-04")}, 12),
        ({"period": period("2020-03", "2020-04")}, 2),
    ],
)
def test_a_project_counts_with_its_own_dates_or_by_its_own_word_with_those_of_its_position(
    facts: dict[str, Any], months: int
) -> None:
    job = make(Position, "acme", period=period("2020-01", "2020-12"))
    pool = make(Project, "pool", position="acme", languages=("go",), **facts)
    fast = make(Highlight, "fast", project="pool", skills=("cni",), summary="It is fast.")
    whole = portfolio(make(Skill, "go"), make(Skill, "cni"), job, pool, fast)
    found = [run_query(whole, Query(kind="skill-facts", key=key)).months for key in ("go", "cni")]
    assert found == [months, months]


def test_a_course_is_no_experience_of_the_length_of_its_studies() -> None:
    studies = make(Education, "college", period=period("2016-09", "2020-08"))
    course = make(Course, "compilers", education="college", skills=("go",))
    go = run_query(portfolio(make(Skill, "go"), studies, course), Query(kind="skill-facts", key="go"))
    assert (go.months, go.last_used) == (0, None)


def test_a_period_that_ends_later_than_today_is_ongoing() -> None:
    entries = [make(Skill, "go"), make(Position, "acme", period=period("2026-10", "2028-12"), skills=("go",))]
    go = run_query(portfolio(*entries), Query(kind="skill-facts", key="go"))
    assert (go.months, go.last_used, go.ongoing) == (2, None, True)


def test_evidence_counts_as_that_of_the_team_unless_it_says_otherwise() -> None:
    proof = make(Evidence, "odd", url="https://e.org/3", skills=("go",), projects=("pool",))
    both = portfolio(make(Skill, "go"), make(Project, "pool"), proof)
    assert run_query(both, Query(kind="skill-facts", key="go")).team_evidence == 1
    assert run_query(both, Query(kind="project-evidence", key="pool")).team == 1


def test_evidence_for_a_skill_includes_evidence_for_its_highlights() -> None:
    go, cni, java = (run_query(WHOLE, Query(kind="skill-facts", key=key)) for key in ("go", "cni", "java"))
    assert [(facts.own_evidence, facts.team_evidence) for facts in (go, cni, java)] == [(1, 0), (0, 1), (0, 0)]


def test_an_entry_with_an_address_and_skills_is_evidence_of_them() -> None:
    shown = {"skills": ("go",), "url": "https://e.org/1"}
    go = make(Skill, "go")
    by_two = make(Publication, "two", authors=("A", "B"), **shown)
    of_cka = make(Evidence, "certificate:cka", name="Cka", kind="certificate", by="own", **shown)
    assert make(Certificate, "cka", **shown).as_evidence() == replace(of_cka, node_id="certificate_cka")
    assert by_two.as_evidence().by == "team"
    assert make(Publication, "one", authors=("A", "B"), by="own", **shown).as_evidence().by == "own"
    assert make(Publication, "one", authors=("A",), **shown).as_evidence().by == "own"
    assert make(Publication, "one", by="me", **shown).as_evidence().by == "own"  # a text in a type of an extension
    assert make(Certificate, "cka", skills=("go",)).as_evidence() is None
    assert make(Certificate, "cka", url="https://e.org").as_evidence() is None
    assert make(Project, "pool", skills=("go",)).as_evidence() is None
    proof = make(Evidence, "cka", url="https://e.org/1", highlights=("fast",))
    both = portfolio(go, make(Certificate, "cka", skills=("go",), url="https://e.org/2"), by_two, proof)
    assert [found.key for found in both.evidence_for("skill", "go")] == ["certificate:cka"]
    assert [found.key for found in both.all_evidence()] == ["certificate:cka", "cka"]
    assert both.find("evidence", "cka") is proof
    view = filtered_by_view(both, make_view(both, "none", "None", skills=["c"], categories=()))
    assert view.all_evidence() == ()


@pytest.mark.parametrize(("expires", "counts"), [("2026-10", 0), ("2026-11", 2), ("2027", 2)])
def test_an_expired_certificate_and_the_evidence_inside_it_do_not_count(expires: str, counts: int) -> None:
    """It is shown with its date of expiry, and still as a place that shows the skill."""
    certificate = make(
        Certificate, "cka", url="https://e.org/1", skills=("go",), expires=PartialDate.parse(expires), date=TODAY
    )
    badge = make(Evidence, "badge", url="https://e.org/2", skills=("go",), owner=("certificate", "cka"))
    found = portfolio(make(Skill, "go", category="languages"), certificate, badge)
    assert len(found.all_evidence()) == counts
    assert len(evidence_table(found, Query(kind="evidence-table")).rows) == counts
    assert len(evidence_of(found, Query(kind="evidence-of", objtype="skill", key="go"))) == counts
    facts = skill_facts(found, Query(kind="skill-facts", key="go"))
    assert facts is not None
    assert facts.evidence == counts
    shares = coverage(found, Query(kind="evidence-coverage"))
    assert [share.proven for share in (shares.skills, *shares.categories)] == [bool(counts)] * 2
    assert sum(tally(found, Query(kind="tally", key="proven-skills")).matches) == bool(counts)
    assert [place.title for place in usages(found, Query(kind="usages", key="go"))[0].usages] == ["Cka"]


def test_coverage_counts_skills_and_highlights() -> None:
    found = coverage(WHOLE, Query(kind="evidence-coverage"))
    assert (found.skills.total, found.skills.proven, found.skills.own, found.skills.percent) == (3, 2, 1, 67)
    assert (found.highlights.total, found.highlights.proven, found.highlights.percent) == (2, 1, 50)
    assert (found.percent, found.verified_percent) == (60, 0)
    assert [(share.label, share.percent) for share in found.categories] == [("Languages", 50), ("Networking", 100)]
    assert [target.key for target in found.skills.without_evidence] == ["java"]


def test_the_coverage_of_no_entries_is_100_percent() -> None:
    assert coverage(portfolio(), Query(kind="evidence-coverage")).percent == 100


def test_the_matrix_has_skills_as_rows_and_projects_and_positions_as_columns() -> None:
    matrix = skill_matrix(WHOLE, Query(kind="skill-matrix"))
    assert [column.key for column in matrix.columns] == ["pool", "old", "acme"]  # bolt itself shows no skills
    assert [(facts.target.key, cells) for facts, cells in matrix.rows] == [
        ("go", (True, False, True)),
        ("java", (False, True, False)),
        ("cni", (True, False, False)),
    ]


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"category": "networking"}, ["cni"]),
        ({"level": "expert"}, ["go"]),
        ({"level": "aware"}, ["go", "cni"]),
        ({"project": "old"}, ["java"]),
        ({"since": PartialDate(2020)}, ["go", "cni"]),
    ],
)
def test_the_matrix_can_be_filtered(filters: dict[str, Any], rows: list[str]) -> None:
    matrix = skill_matrix(WHOLE, Query(kind="skill-matrix", **filters))
    assert [facts.target.key for facts, _cells in matrix.rows] == rows


def test_the_timeline_is_sorted_newest_first_with_projects_at_their_position() -> None:
    rows = timeline(WHOLE, Query(kind="timeline"))
    assert [(row.target.key, row.duration, [project.target.key for project in row.projects]) for row in rows] == [
        ("bolt", (65, True), ["pool"]),
        ("acme", (24, False), []),
        ("old", (2, False), []),
        ("school", None, []),
    ]
    assert rows[3].detail == "Bachelor · Mathematics"
    assert [row.target.key for row in timeline(WHOLE, Query(kind="timeline", since=PartialDate(2021)))] == [
        "bolt",
        "acme",
    ]


def test_highlights_by_skill_and_by_project() -> None:
    rows = highlights(WHOLE, Query(kind="highlight-list", skill="cni"))
    assert [(row.target.key, [proof.target.key for proof in row.evidence]) for row in rows] == [("fast", ["report"])]
    assert len(highlights(WHOLE, Query(kind="highlight-list", project="pool"))) == 2
    assert highlights(WHOLE, Query(kind="highlight-list", project="old")) == ()


def test_evidence_by_project_skill_and_date() -> None:
    def keys(**filters: Any) -> list[str]:
        return [row.target.key for row in evidence_table(WHOLE, Query(kind="evidence-table", **filters)).rows]

    assert keys() == ["pr", "report"]  # newest first, undated last
    assert keys(project="pool") == ["report"]
    assert keys(skill="cni") == ["report"]
    assert keys(since=PartialDate(2022)) == ["pr"]
    assert keys(since=PartialDate(2023)) == []


def test_the_export_names_evidence_by_skill_and_highlight() -> None:
    data = evidence(WHOLE)
    assert data["percent"] == 60
    assert data["skills"] == {
        "total": 3, "with_evidence": 2, "with_evidence_of_own_work": 1, "percent": 67, "without": ["java"],
    }  # fmt: skip
    assert data["evidence"]["skill"]["go"] == [
        {"key": "pr", "title": "Pr", "kind": "pull-request", "url": "https://e.org/1", "date": "2022-05",
         "revision": None, "by": "own"}
    ]  # fmt: skip
    assert data["evidence"]["highlight"]["safe"] == []


def test_placeholders_in_texts_are_replaced_by_names() -> None:
    text = f"Uses {name_placeholder('skill', 'go')} and {name_placeholder('skill', 'rust')}."
    found = portfolio(make(Skill, "go", name="Go"), make(Project, "pool", summary=text))
    project = found.find("project", "pool")
    assert project is not None
    assert project.summary == "Uses Go and rust."


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short.", "Short."),
        ("One.\n\nTwo.", "One."),
        ("word " * 40, ("word " * 23).strip() + "…"),
        ("网" * 130, "网" * 119 + "…"),
        ("x" * 130, "x" * 119 + "…"),
        ("it’s " * 40, ("it’s " * 23).strip() + "…"),
        ("a\nb", "a b"),
    ],
)
def test_long_texts_are_cut(text: str, short: str) -> None:
    assert shortened(text) == short


@pytest.mark.parametrize(
    ("address", "branch"),
    [
        ("https://github.com/a/b/blob/main/c.go", "main"),
        ("https://github.com/a/b/tree/release-v0.5/docs", "release-v0.5"),
        ("https://github.com/a/b/blob/HEAD/c.go", "HEAD"),
        ("https://gitlab.com/a/b/-/blob/master/c.go", "master"),
        ("https://raw.githubusercontent.com/a/b/main/c.go", "main"),
        ("https://raw.githubusercontent.com/a/b/refs/heads/main/c.go", "main"),
        ("https://github.com/a/b/blob/v0.5.1/c.go", ""),
        ("https://github.com/a/b/blob/1.2.0-rc.1/c.go", ""),
        ("https://github.com/a/b/blob/afe6f90b3442f4f2ecf3b69ead5930dd3f7f8b67/c.go#L1-L2", ""),
        ("https://github.com/a/b/pull/12", ""),
        ("https://example.org/page", ""),
        ("https://example.org/edit/draft/page", ""),
        ("https://gitlab.com/group/sub/b/-/tree/main", "main"),
        ("https://github.com/main/tree/blob/deadbeef/x", ""),
        ("", ""),
    ],
)
def test_a_moving_branch_is_seen(address: str, branch: str) -> None:
    assert moving_branch(address) == branch


def test_a_pinned_address_changes_at_its_branch_and_nowhere_else() -> None:
    assert (
        pinned("https://gitlab.com/main/b/-/blob/main/y.go#L1", "v1") == "https://gitlab.com/main/b/-/blob/v1/y.go#L1"
    )
    assert pinned("https://github.com/a/b/blob/main/y.go", "") == ""


def test_ongoing_entries_are_sorted_by_start_latest_first() -> None:
    found = portfolio(make(Project, "early", period=period("2021-02")), make(Project, "late", period=period("2021-11")))
    assert [row.target.key for row in projects(found, Query(kind="project-cards"))] == ["late", "early"]


def test_names_that_contain_themselves_are_resolved_to_a_key() -> None:
    go, rust, third = (name_placeholder("skill", key) for key in ("go", "rust", "third"))
    found = portfolio(
        make(Skill, "go", name=f"Go, not {rust}"), make(Skill, "rust", name=f"Rust, not {go}"),
        make(Position, "job", name="Engineer", entity=f"At {go} of {third}"), make(Project, "self", name=f"A {go}"),
    )  # fmt: skip
    texts = [found.find(*item) for item in (("skill", "go"), ("skill", "rust"), ("project", "self"))]
    assert [entry.name for entry in texts if entry] == [
        "Go, not Rust, not go",
        "Rust, not Go, not rust",
        "A Go, not Rust, not go",
    ]
    job = found.find("position", "job")
    assert isinstance(job, Position)
    assert job.entity == "At Go, not Rust, not go of third"
