from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sphinx_folio.export.formats.json_resume import json_resume
from sphinx_folio.export.formats.json_resume_merging import with_extra
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.model import Portfolio
from sphinx_folio.portfolio.records import (
    X_FOLIO,
    Education,
    Evidence,
    Highlight,
    Link,
    Page,
    Person,
    Position,
    Project,
    Skill,
)
from sphinx_folio.types import BUILT_IN

SCHEMA = json.loads((Path(__file__).parent.parent / "data/json-resume/schema.json").read_text(encoding="utf-8"))

PARTS = [kind.json_resume for kind in BUILT_IN if kind.json_resume]


def make(record: Any, key: str, **facts: Any) -> Any:
    place = {"docname": "page", "node_id": f"{record.objtype}_{key}", "line": 1}
    return record(key=key, name=facts.pop("name", key.title()), **place, **facts)


def portfolio(*entries: Any) -> Portfolio:
    page = Page(docname="page", title="Page", entries=entries)
    return Portfolio(pages=(page,), levels=("aware", "expert"), today=PartialDate(2026, 11, 30))


def period(start: str, end: str = "") -> Period:
    return Period(PartialDate.parse(start), PartialDate.parse(end) if end else None)


WHOLE = portfolio(
    make(
        Person, "ada", email="ada@example.org", summary="Builds.", birth=PartialDate(1990, 5),
        profiles=(Link(label="GitHub", url="https://github.com/ada"),),
    ),
    make(Skill, "go", level="expert", level_label="Expert", category="languages", keywords=("Golang",)),
    make(Skill, "cni", name="CNI"),
    make(Position, "acme", entity="Acme", name="Engineer", period=period("2019-01", "2020-12"), skills=("go",)),
    make(Position, "bolt", entity="Bolt", name="Lead", period=period("2021-01")),
    make(Project, "old", period=period("2018")),
    make(
        Project, "pool", position="bolt", languages=("go",), skills=("cni",), summary="Gives out addresses.",
        links=(Link(label="documentation", url="https://d.example.org"), Link(label="repository", url="https://r.example.org")),
    ),
    make(Highlight, "fast", name="Fast", summary="It is fast.", project="pool", position="bolt", skills=("cni",)),
    make(Highlight, "led", name="Led a team.", summary="Led a team.", position="bolt"),
    make(Evidence, "report", name="Report", kind="report", by="team", url="https://e.example.org", highlights=("fast",)),
    make(Education, "school", name="School", area="Mathematics", study_type="Bachelor", period=period("2008", "2011")),
)  # fmt: skip


def test_it_is_valid() -> None:
    data = json_resume(WHOLE, PARTS, url="https://example.org/resume.json")
    jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(data)


def test_what_themes_read_without_a_check_is_there() -> None:
    [person] = WHOLE.all(Person)
    alone = json_resume(portfolio(make(Person, person.key, name="Ada")), PARTS)
    assert (alone["basics"]["location"], alone["basics"]["profiles"]) == ({}, [])


def test_it_tells_the_latest_first_and_leaves_out_what_is_not_known() -> None:
    data = json_resume(WHOLE, PARTS)
    assert data["basics"] == {
        "name": "Ada", "email": "ada@example.org", "summary": "Builds.",
        "profiles": [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}],
        "x-folio": {"key": "ada", "birth": "1990-05"},
        "location": {},
    }  # fmt: skip
    assert data["work"] == [
        {
            "name": "Bolt", "position": "Lead", "startDate": "2021-01", "summary": "Pool: Gives out addresses.",
            "highlights": ["Led a team.", "It is fast."],
            "x-folio": {
                "key": "bolt", "summary-of": ["pool"], "highlights": [{"key": "led"}, {"key": "fast", "project": "pool"}],
            },
        },
        {
            "name": "Acme", "position": "Engineer", "startDate": "2019-01", "endDate": "2020-12",
            "x-folio": {"key": "acme", "skills": ["go"]},
        },
    ]  # fmt: skip
    assert data["skills"] == [
        {"name": "Go", "level": "Expert", "keywords": ["Golang"], "x-folio": {"key": "go", "category": "languages"}},
        {"name": "CNI", "x-folio": {"key": "cni", "evidence": ["report"]}},
    ]
    assert data["education"] == [
        {
            "institution": "School", "area": "Mathematics", "studyType": "Bachelor", "startDate": "2008",
            "endDate": "2011", "x-folio": {"key": "school"},
        }
    ]  # fmt: skip


def test_a_project_has_its_role_its_skills_and_what_proves_its_highlights() -> None:
    pool, old = json_resume(WHOLE, PARTS)["projects"]
    assert pool == {
        "name": "Pool", "description": "Gives out addresses.", "highlights": ["It is fast."], "keywords": ["Go", "CNI"],
        "url": "https://r.example.org", "roles": ["Lead"], "entity": "Bolt",
        "x-folio": {
            "key": "pool", "position": "bolt", "languages": ["go"], "skills": ["cni"],
            "links": {"documentation": "https://d.example.org", "repository": "https://r.example.org"},
            "highlights": [{"key": "fast", "name": "Fast", "skills": ["cni"], "evidence": ["report"]}],
        },
    }  # fmt: skip
    assert old == {"name": "Old", "startDate": "2018", "x-folio": {"key": "old"}}
    assert json_resume(WHOLE, PARTS)["x-folio"]["evidence"] == [
        {
            "key": "report",
            "title": "Report",
            "kind": "report",
            "url": "https://e.example.org",
            "by": "team",
            "highlights": ["fast"],
        }
    ]


def test_a_position_with_a_text_of_its_own_repeats_nothing_of_its_projects() -> None:
    entries = [
        replace(entry, summary="Leads.") if entry.key == "bolt" else entry
        for page in WHOLE.pages
        for entry in page.entries
    ]
    bolt = json_resume(portfolio(*entries), PARTS)["work"][0]
    assert (bolt["summary"], bolt["highlights"]) == ("Leads.", ["Led a team."])
    assert bolt["x-folio"] == {"key": "bolt", "highlights": [{"key": "led"}]}


def test_the_summary_does_not_repeat_the_profiles() -> None:
    summary = "GitHub: https://github.com/ada\n\nBuilds at https://github.com/ada.\n\nhttps://ada.example.org"
    profiles = (Link(label="GitHub", url="https://github.com/ada"),)
    ada = make(Person, "ada", summary=summary, url="https://ada.example.org", profiles=profiles)
    assert json_resume(portfolio(ada), PARTS)["basics"]["summary"] == "Builds at https://github.com/ada."


def test_it_has_the_date_of_its_content() -> None:
    assert json_resume(WHOLE, PARTS)["meta"]["lastModified"] == "2026-11-30T00:00:00Z"
    assert json_resume(WHOLE, PARTS, date="2023-06-01")["meta"]["lastModified"] == "2023-06-01T00:00:00Z"


def test_private_facts_are_told_only_if_given() -> None:
    told = json_resume(WHOLE, PARTS, private={"phone": "1", "address": "A", "birth": "1990-05-01"})["basics"]
    assert told == json_resume(WHOLE, PARTS)["basics"] | {
        "phone": "1", "location": {"address": "A"}, "x-folio": {"key": "ada", "birth": "1990-05-01"},
    }  # fmt: skip
    assert "phone" not in json_resume(WHOLE, PARTS)["basics"]


def test_of_nobody_only_the_frame_is_told() -> None:
    assert json_resume(Portfolio(), PARTS).keys() == {"$schema", "meta"}


@pytest.mark.parametrize(
    ("url", "username"),
    [
        ("https://github.com/ada", "ada"),
        ("https://mastodon.example/@ada", "ada"),
        ("https://www.linkedin.com/in/ada/", "ada"),
        ("https://ada.example.org", None),
    ],
)
def test_a_profile_is_known_by_the_end_of_its_address(url: str, username: str | None) -> None:
    assert (Link(label="X", url=url).username or None) == username


def test_what_an_entry_that_was_deleted_had_besides_is_gone_with_it() -> None:
    kept, deleted = {"key": "kept"}, {"key": "deleted"}
    data = {"references": [{"name": "Ada", X_FOLIO: kept}]}
    extra = {"references": [{"date": "2020", X_FOLIO: deleted}, {"date": "2021", X_FOLIO: kept}, {"name": "Grace"}]}
    assert with_extra(data, extra)["references"] == [{"name": "Ada", "date": "2021", X_FOLIO: kept}, {"name": "Grace"}]
    without_page = {"references": [*extra["references"], {"name": "Ann", X_FOLIO: {}}]}
    left = {"references": [{"name": "Grace"}, {"name": "Ann"}]}
    found = with_extra({}, {**without_page, X_FOLIO: without_page, "awards": extra["references"][:1], "skills": []})
    assert found == {**left, X_FOLIO: left, "skills": []}


def test_what_could_not_be_an_entry_is_not_merged_with_one() -> None:
    data = {"awards": [{"title": "Prize", "date": "2016", X_FOLIO: {"key": "prize"}}]}
    other = {"awarder": "Club", "date": "2016-11-07"}
    assert with_extra(data, {"awards": [{**other, X_FOLIO: {}}]}) == {"awards": [*data["awards"], other]}


def test_the_parts_of_a_place_are_given_back_until_the_page_has_another() -> None:
    extra = {"basics": {"location": {"city": "Ulm", "region": "Bavaria", "countryCode": "DE"}}}
    same = with_extra({"basics": {"location": {"city": "Ulm, Bavaria, DE", "address": "1 Street"}}}, extra)
    assert same["basics"]["location"] == {**extra["basics"]["location"], "address": "1 Street"}
    moved = {"basics": {"location": {"city": "Rome"}}}
    assert with_extra(moved, extra) == moved


def test_a_translation_has_no_texts_in_the_language_of_the_source() -> None:
    key = {"key": "school"}
    data: dict[str, Any] = {
        "basics": {"name": "Ada"},
        "education": [{"institution": "Escuela", X_FOLIO: {**key, "summary": "A thesis"}}],
    }
    extra: dict[str, Any] = {
        "meta": {"theme": "elegant"},
        "basics": {"industry": "Diseño", "profiles": [{"network": "Mastodon", "username": "ada", "url": "https://m.example.org/@ada"}]},
        "education": [
            {"summary": "Una tesis", "startDate": "agosto 2021", "number": "ABC-1", "id": 7, "town": "escuela", X_FOLIO: {**key, "on-page": ["summary"]}}
        ],
        "volunteer": [{"organization": "Asociación", "url": "https://a.example.org", X_FOLIO: {}}],
    }  # fmt: skip
    found = with_extra(data, extra, is_translation=True)
    assert found == {
        "meta": {"theme": "elegant"},
        "basics": {"name": "Ada", "profiles": extra["basics"]["profiles"]},
        "education": [{"institution": "Escuela", "number": "ABC-1", "id": 7, "town": "escuela", X_FOLIO: {**key, "summary": "A thesis"}}],
    }  # fmt: skip
    own = with_extra(data, extra, "Una tesis.")
    assert own["basics"]["industry"] == "Diseño"
    assert (own["education"][0]["summary"], own["volunteer"][0]["organization"]) == ("Una tesis", "Asociación")
    assert "on-page" not in str(own)


def test_an_item_that_no_page_has_is_before_those_that_started_earlier() -> None:
    own = [
        {"name": name, "startDate": start, X_FOLIO: {"key": name}} for name, start in (("A", "2021-08"), ("B", "2011"))
    ]
    extra = [{"name": name, X_FOLIO: {}, "startDate": start} for name, start in (("Break", "Jan 2019"), ("C", "2000"))]
    told = with_extra({"work": own}, {"work": [*extra, {"name": "D", X_FOLIO: {}}]})
    assert [item["name"] for item in told["work"]] == ["A", "Break", "B", "C", "D"]


def test_a_place_that_a_page_shortens_is_the_same() -> None:
    place = {"city": "Berlin", "region": "Berlin", "countryCode": "DE"}
    told = with_extra({"basics": {"location": {"city": "Berlin, DE"}}}, {"basics": {"location": place}})
    assert told["basics"]["location"] == place
