from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.model import (
    Portfolio,
    name_placeholder,
)
from sphinx_folio.portfolio.queries import Query, run_query
from sphinx_folio.portfolio.queries.base import MAX_LENGTH, shortened, target_of
from sphinx_folio.portfolio.queries.skills import skill_index, skill_tags
from sphinx_folio.portfolio.queries.work import highlights, projects, timeline
from sphinx_folio.portfolio.records import (
    Education,
    Entry,
    Evidence,
    Highlight,
    Mention,
    Page,
    Position,
    Project,
    Skill,
)
from sphinx_folio.portfolio.views import filtered_by_view, make_view

if TYPE_CHECKING:
    from collections.abc import Callable


def place(objtype: str, key: str, docname: str) -> dict[str, Any]:
    return {"key": key, "docname": docname, "node_id": f"{objtype}_{key}", "line": 1}


def skill(key: str, name: str, docname: str = "skills", **facts: Any) -> Skill:
    return Skill(name=name, **place("skill", key, docname), **facts)


def page(docname: str, *entries: Entry, mentions: tuple[Mention, ...] = ()) -> Page:
    return Page(docname=docname, title=docname.title(), entries=entries, mentions=mentions)


GO = skill("go", "Go", category="languages", level="working", level_label="working")
C = skill("c", "C", category="languages", level="expert", level_label="expert")
CNI = skill("cni", "CNI", category="networking")
JOB = Position(
    name="Engineer",
    entity="Acme",
    period=Period(PartialDate(2021, 8), PartialDate(2023, 6)),
    **place("position", "acme", "resume"),
)
POOL = Project(
    name="Pool",
    languages=("go",),
    skills=("cni", "go"),
    position="acme",
    summary="Addresses.",
    **place("project", "pool", "pool"),
)
OLD = Project(name="Old", period=Period(PartialDate(2019)), **place("project", "old", "pool"))
CLAIM = Highlight(name="Fast", skills=("cni",), project="pool", **place("highlight", "fast", "pool"))


def portfolio(*pages: Page) -> Portfolio:
    return Portfolio(
        pages=pages,
        levels=("aware", "working", "expert"),
        categories={"networking": "Networking", "languages": "Languages", "testing": "Testing"},
        today=PartialDate(2026, 11, 30),
    )


NAMED = Mention(skill="cni", docname="resume", node_id="mention_cni", heading="Skills")
WHOLE = portfolio(page("skills", GO, C, CNI), page("resume", JOB, mentions=(NAMED,)), page("pool", OLD, POOL, CLAIM))


def test_a_caller_cannot_change_the_portfolio() -> None:
    whole = portfolio(page("skills", GO, CNI), page("pool", POOL, CLAIM), page("resume", JOB, mentions=(NAMED,)))
    proof = Evidence(name="Fix", skills=("cni",), highlights=("fast",), url="/1", **place("evidence", "fix", "pool"))
    whole = replace(whole, pages=(*whole.pages, page("more", proof)))
    found = (
        whole.all(Skill),
        whole.entries_showing("cni"),
        whole.mentions_of("cni"),
        whole.evidence_for("skill", "cni"),
        whole.all_evidence(),
        whole.highlights_of("project", "pool"),
    )
    assert all(hash(rows) for rows in found)
    assert all(found)
    whole.find_any("go").clear()
    assert whole.find_any("go") == [GO]
    with pytest.raises(TypeError):
        whole.categories["mine"] = "Mine"  # type: ignore[index]


@pytest.mark.parametrize(
    "copied",
    [copy.deepcopy, lambda whole: pickle.loads(pickle.dumps(whole))],  # noqa: S301  it is our own
)
def test_a_portfolio_can_be_copied_and_stored(copied: Callable[[Portfolio], Portfolio]) -> None:
    """An extension may store it in the environment, which Sphinx pickles."""
    whole = replace(WHOLE, categories={"nets": "Networks"}, person="hash")
    found = copied(whole)
    assert found == whole
    assert found.find_any("go") == [GO]
    assert [entry.key for entry in found.entries_showing("cni")] == [
        entry.key for entry in whole.entries_showing("cni")
    ]
    with pytest.raises(TypeError):
        found.categories["mine"] = "Mine"  # type: ignore[index]


def test_usages_are_grouped_by_page_with_entries_before_mentions() -> None:
    pages = run_query(WHOLE, Query(kind="usages", key="cni"))
    assert [(page.title, [(usage.objtype, usage.title) for usage in page.usages]) for page in pages] == [
        ("Resume", [("mention", "Skills")]),
        ("Pool", [("project", "Pool"), ("highlight", "Fast")]),
    ]


def test_a_place_that_shows_a_skill_is_not_listed_as_a_mention() -> None:
    inside = Mention(skill="cni", docname="pool", node_id="highlight_fast", heading="Pool")
    [page_usages] = run_query(portfolio(page("pool", CLAIM, mentions=(inside,))), Query(kind="usages", key="cni"))
    assert [usage.objtype for usage in page_usages.usages] == ["highlight"]


def test_the_index_is_sorted_by_category_and_level_without_empty_categories() -> None:
    rows = skill_index(WHOLE, Query(kind="skill-index"))
    assert [(row.key, [(skill.target.key, skill.level_number) for skill in row.skills]) for row in rows] == [
        ("networking", [("cni", 0)]),
        ("languages", [("c", 3), ("go", 2)]),
    ]


def test_the_index_of_one_category() -> None:
    assert [row.key for row in skill_index(WHOLE, Query(kind="skill-index", category="languages"))] == ["languages"]


def test_a_category_links_to_its_page_only_if_all_skills_are_on_it() -> None:
    elsewhere = skill("java", "Java", "more", category="languages")
    rows = skill_index(portfolio(page("skills", GO, CNI), page("more", elsewhere)), Query(kind="skill-index"))
    assert [(row.key, row.docname) for row in rows] == [("networking", "skills"), ("languages", "")]


def test_projects_are_sorted_newest_first_those_without_dates_by_their_position() -> None:
    rows = projects(WHOLE, Query(kind="project-cards"))
    assert [row.target.key for row in rows] == ["old", "pool"]  # ongoing entries come first
    assert rows[1].period is None  # it took a part of that of the position
    assert [skill.key for skill in rows[1].skills] == ["go", "cni"]


def test_an_ongoing_period_ends_today() -> None:
    assert run_query(WHOLE, Query(kind="period", period=Period(PartialDate(2026, 1)))) == (11, True)


def test_the_first_entry_in_page_order_gets_a_duplicate_key() -> None:
    other = skill("go", "Golang", "more")
    assert portfolio(page("skills", GO), page("more", other)).find("skill", "go") is GO
    assert portfolio(page("more", other), page("skills", GO)).find("skill", "go") is other


def test_suggestions_include_names_and_keywords() -> None:
    aliased = portfolio(
        page(
            "skills",
            skill("kubernetes", "Kubernetes"),
            Skill(name="C++", keywords=("cplusplus",), **place("skill", "cpp", "skills")),
        )
    )
    assert aliased.suggest("skill", "kubernets") == "kubernetes"
    assert aliased.suggest("skill", "c++") == "cpp"
    assert aliased.suggest("skill", "cplusplu") == "cpp"
    assert aliased.suggest("skill", "zzzz") is None
    named = portfolio(page("skills", skill("x1", "Y2", keywords=("golang",))), page("pool", POOL))
    assert named.suggest("skill", "golan") == "x1"
    assert named.suggest("project", "pol") == "pool"
    assert aliased.suggest("project", "kubernetes") is None


def test_a_period_that_ends_in_a_year_ends_in_december() -> None:
    def ended(key: str, *end: int) -> Project:
        period = Period(PartialDate(2015), PartialDate(*end))
        return Project(name=key, skills=("cni",), period=period, **place("project", key, "pool"))

    year, june, december = ended("year", 2020), ended("june", 2020, 6), ended("december", 2020, 12)
    rows = projects(portfolio(page("pool", june, year, december)), Query(kind="project-cards"))
    assert [row.target.key for row in rows] == ["year", "december", "june"]
    facts = run_query(portfolio(page("pool", CNI, year, june)), Query(kind="skill-facts", key="cni"))
    assert str(facts.last_used) == "2020"
    facts = run_query(portfolio(page("pool", CNI, june, ended("next", 2021))), Query(kind="skill-facts", key="cni"))
    assert str(facts.last_used) == "2021"


def test_an_object_is_found_by_a_former_key_unless_another_has_it_now() -> None:
    renamed = skill("golang", "Go", formerly=("go", "go-lang"))
    assert portfolio(page("skills", renamed)).find_renamed("skill", "go") is renamed
    taken = portfolio(page("skills", renamed, GO))
    assert taken.find_renamed("skill", "go") is None
    assert taken.find_renamed("skill", "go-lang") is renamed
    assert taken.find_renamed("project", "go-lang") is None
    other = skill("gopher", "Gopher", formerly=("go-lang",))
    assert portfolio(page("skills", renamed, other)).find_renamed("skill", "go-lang") is renamed


def test_a_highlight_inherits_the_period_of_its_project_or_position() -> None:
    claim = Highlight(name="Lead", position="acme", **place("highlight", "lead", "resume"))
    assert list(claim.parents()) == [("position", "acme")]
    assert list(CLAIM.parents()) == [("project", "pool")]
    whole = portfolio(page("resume", JOB, claim), page("pool", POOL, OLD, CLAIM))
    assert whole.period_of(claim) == JOB.period
    assert whole.period_of(CLAIM) == JOB.period
    assert whole.period_of(Highlight(name="Old", project="old", **place("highlight", "o", "pool"))) == OLD.period
    assert whole.highlights_of("position", "acme") == (claim,)


def test_placeholders_in_an_entity_are_replaced_by_names() -> None:
    job = Position(name="Engineer", entity=name_placeholder("project", "pool"), **place("position", "acme", "resume"))
    [found] = portfolio(page("resume", job), page("pool", POOL)).all(Position)
    assert found.entity == "Pool"
    assert name_placeholder("project", "po\ue001ol") == name_placeholder("project", "pool")


def test_the_link_text_of_a_position_is_entity_and_title() -> None:
    assert target_of(JOB).title == "Acme · Engineer"
    assert target_of(Position(name="Engineer", **place("position", "free", "resume"))).title == "Engineer"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * MAX_LENGTH, "a" * MAX_LENGTH),
        ("a" * (MAX_LENGTH + 1), "a" * (MAX_LENGTH - 1) + "…"),
        ("word " * 30, "word " * 22 + "word…"),
        ("word " * 22 + "网络" * 10, "word " * 22 + "网络" * 4 + "网…"),
        ("first\n\nsecond", "first"),
    ],
)
def test_a_long_text_is_cut_after_a_word_or_a_han_character(text: str, shown: str) -> None:
    assert shortened(text) == shown
    assert len(shown) <= MAX_LENGTH


def test_links_and_tags_resolve_former_keys() -> None:
    whole = portfolio(page("skills", skill("golang", "Go", formerly=("go",), level_label="expert")))
    for key in ("golang", "go"):
        link = run_query(whole, Query(kind="target", objtype="skill", key=key))
        assert (link.key, link.title, link.level) == ("golang", "Go", "")
        [tag] = run_query(whole, Query(kind="tags", keys=(key,)))
        assert (tag.key, tag.title, tag.docname, tag.level) == ("golang", "Go", "skills", "expert")
    assert run_query(whole, Query(kind="target", objtype="skill", key="c")) is None
    [tag] = run_query(whole, Query(kind="tags", keys=("c",)))
    assert (tag.key, tag.title, tag.docname) == ("c", "c", "")
    assert target_of(JOB).level == ""


def test_objects_of_all_types_are_found_by_a_key() -> None:
    same = Project(name="Go", **place("project", "go", "pool"))
    found = run_query(portfolio(page("skills", GO), page("pool", same)), Query(kind="any", key="go"))
    assert [(target.objtype, target.key) for target in found] == [("project", "go"), ("skill", "go")]


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ({}, ["go", "c", "cni"]),
        ({"level": "aware"}, ["go", "c"]),
        ({"level": "working"}, ["go", "c"]),
        ({"level": "expert"}, ["c"]),
        ({"category": "networking"}, ["cni"]),
        ({"project": "pool"}, ["go", "cni"]),
        ({"project": "nothing"}, []),
        ({"project": "pool", "category": "languages"}, ["go"]),
    ],
)
def test_skills_can_be_filtered(filters: dict[str, Any], keys: list[str]) -> None:
    assert [target.key for target in skill_tags(WHOLE, Query(kind="skill-tags", **filters))] == keys


def test_entries_without_a_date_never_match_since() -> None:
    undated = Project(name="Undated", **place("project", "undated", "pool"))
    whole = portfolio(page("resume", JOB), page("pool", OLD, POOL, undated))
    assert [row.target.key for row in projects(whole, Query(kind="project-cards"))] == ["old", "pool", "undated"]
    for since, keys in (((2023,), ["old", "pool"]), ((2023, 6), ["old", "pool"]), ((2023, 7), ["old"])):
        rows = projects(whole, Query(kind="project-cards", since=PartialDate(*since)))
        assert [row.target.key for row in rows] == keys


def test_projects_can_be_filtered_by_skill_and_date() -> None:
    def keys(**filters: Any) -> list[str]:
        return [row.target.key for row in projects(WHOLE, Query(kind="project-cards", **filters))]

    assert keys(skill="cni") == ["pool"]
    assert keys(skill="c") == []
    assert keys(skill="cni", since=PartialDate(2024)) == []
    assert [row.position and row.position.key for row in projects(WHOLE, Query(kind="project-cards"))] == [None, "acme"]


def test_highlights_can_be_filtered() -> None:
    claims = [
        Highlight(name=key, **facts, **place("highlight", key, "pool"))
        for key, facts in (
            ("pool", {"project": "pool", "skills": ("cni",)}),
            ("old", {"project": "old"}),
            ("free", {}),
        )
    ]
    whole = portfolio(page("skills", CNI), page("resume", JOB), page("pool", POOL, OLD, *claims))

    def keys(**filters: Any) -> list[str]:
        return [row.target.key for row in highlights(whole, Query(kind="highlight-list", **filters))]

    assert keys() == ["pool", "old", "free"]
    assert keys(skill="cni") == ["pool"]
    assert keys(project="old") == ["old"]
    assert keys(since=PartialDate(2024)) == ["old"]
    rows = highlights(whole, Query(kind="highlight-list"))
    assert [row.project and row.project.key for row in rows] == ["pool", "old", None]


def test_a_timeline_has_the_months_of_positions_and_their_projects() -> None:
    own = Project(name="Own", position="acme", period=Period(PartialDate(2022)), **place("project", "own", "pool"))
    school = Education(
        name="School",
        area="Mathematics",
        period=Period(PartialDate(2010), PartialDate(2014)),
        **place("education", "school", "resume"),
    )
    undated = Education(name="Course", **place("education", "course", "resume"))
    pages = (page("resume", JOB, school, undated), page("pool", POOL, OLD, own))
    rows = timeline(portfolio(*pages), Query(kind="timeline"))
    assert [(row.target.key, row.duration, row.detail) for row in rows] == [
        ("old", (84, True), ""),
        ("acme", (23, False), ""),
        ("school", None, "Mathematics"),
    ]
    assert [[project.target.key for project in row.projects] for row in rows] == [[], ["pool", "own"], []]
    january = {year: year * 12 for year in (2010, 2015, 2019, 2022)}
    assert [row.spans for row in rows] == [
        ((january[2019], 2026 * 12 + 11),),
        ((2021 * 12 + 7, 2023 * 12 + 6), (january[2022], 2026 * 12 + 11)),
        ((january[2010], january[2015]),),
    ]
    [row] = timeline(portfolio(*pages), Query(kind="timeline", since=PartialDate(2024)))
    assert row.target.key == "old"
    timeless = Portfolio(pages=pages)
    assert [(row.duration, row.spans) for row in timeline(timeless, Query(kind="timeline"))] == [(None, ())] * 3
    assert run_query(timeless, Query(kind="period", period=JOB.period)) is None
    assert run_query(WHOLE, Query(kind="period")) is None


def test_entries_with_the_same_end_are_sorted_by_start_and_ongoing_ones_come_first() -> None:
    def lasting(key: str, start: tuple[int, ...], end: tuple[int, ...] | None) -> Project:
        period = Period(PartialDate(*start), PartialDate(*end) if end else None)
        return Project(name=key, period=period, **place("project", key, "pool"))

    entries = [
        lasting("a", (2019,), (2022, 12)),
        lasting("b", (2020, 2), (2022,)),
        lasting("c", (2018,), None),
        lasting("d", (2018,), (2023, 1)),
    ]
    rows = projects(portfolio(page("pool", *entries)), Query(kind="project-cards"))
    assert [row.target.key for row in rows] == ["c", "d", "b", "a"]


def test_a_view_includes_entries_that_show_its_skills_without_dangling_references() -> None:
    def claim(key: str, **facts: Any) -> Highlight:
        return Highlight(name=key, **facts, **place("highlight", key, "pool"))

    def proof(key: str, **facts: Any) -> Evidence:
        return Evidence(name=key, kind="page", by="own", **facts, **place("evidence", key, "proof"))

    tool = Project(name="Tool", languages=("go",), skills=("c",), **place("project", "tool", "pool"))
    claims = (
        claim("net", project="pool", skills=("cni", "go")),
        claim("go", project="tool", skills=("go",)),
        claim("plain", project="pool"),
        claim("other", project="pool", skills=("go",)),
        claim("tooled", project="tool"),
        claim("free"),
    )
    proofs = (
        proof("p1", skills=("go", "cni"), highlights=("net", "go"), projects=("pool", "tool")),
        proof("p2", skills=("go",)),
        proof("p3", skills=("nothing",)),
    )
    whole = portfolio(
        page("skills", GO, C, CNI), page("resume", JOB), page("pool", POOL, tool, *claims), page("proof", *proofs)
    )
    view = make_view(whole, "net", "Net", skills=(), categories=("networking",))
    assert view.skills == frozenset({"cni"})
    assert make_view(whole, "net", "Net", skills=("c",), categories=("networking",)).skills == frozenset({"c", "cni"})
    told = filtered_by_view(whole, view)
    assert [entry.key for entry in told.entries()] == ["cni", "acme", "pool", "net", "plain", "free", "p1"]
    pool, net, [found] = told.find("project", "pool"), told.find("highlight", "net"), told.all(Evidence)
    assert isinstance(pool, Project)
    assert isinstance(net, Highlight)
    assert (pool.languages, pool.skills, net.skills) == ((), ("cni",), ("cni",))
    assert (found.skills, found.highlights, found.projects) == (("cni",), ("net",), ("pool",))


def test_education_with_the_key_of_a_position_has_no_projects() -> None:
    period = Period(PartialDate(2010), PartialDate(2014))
    school = Education(name="Acme School", period=period, **place("education", "acme", "resume"))
    rows = timeline(portfolio(page("resume", JOB, school), page("pool", POOL)), Query(kind="timeline"))
    assert [[project.target.key for project in row.projects] for row in rows] == [["pool"], []]
