"""RenderCV's input: valid by its schema, with every section, and imported again as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sphinx_folio.cli.importing.sources import read_source
from sphinx_folio.export.formats.rendercv import ENTRIES, LOCALES, Page, Words, page_of, rendercv
from sphinx_folio.export.formats.resume_document import ItemList, Paragraph, Run

DATA = Path(__file__).parent.parent / "data" / "rendercv"
SCHEMA = json.loads((DATA / "cv.schema.json").read_text(encoding="utf-8"))
"""``Cv.model_json_schema()`` of RenderCV 2.8, without examples."""
DESIGN = json.loads((DATA / "design.schema.json").read_text(encoding="utf-8"))
"""``ClassicTheme.model_json_schema()`` of RenderCV 2.8, without descriptions, and the names of its languages."""
RESUME: dict[str, Any] = {
    "basics": {
        "name": 'Ada "A" Example', "label": "Engineer: #1", "email": "ada@example.org", "url": "https://ada.example.org", "summary": "One *star*.\n\nTwo.",
        "profiles": [
            {"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}, {"network": "Blog", "url": "https://blog.example.org"},
        ],
    },
    "work": [{"name": "Acme", "position": "Lead", "startDate": "2021-05", "summary": "S", "highlights": ["a_b [c]"]}],
    "volunteer": [{"organization": "Club", "position": "Chair", "startDate": "2020", "endDate": "2021"}],
    "education": [{"institution": "School", "area": "Math", "studyType": "BSc", "courses": ["A"], "score": "1.0"}],
    "projects": [{"name": "Tool", "description": "A tool.", "url": "https://t.example.org", "entity": "Acme"}],
    "publications": [{"name": "Paper", "authors": ["A", "B"], "publisher": "CHI", "releaseDate": "2020-01"}, {"name": "Alone"}],
    "awards": [{"title": "Prize", "awarder": "Guild", "date": "2020"}],
    "certificates": [{"name": "CKA", "issuer": "CNCF", "date": "2021-08"}],
    "skills": [{"name": "Go", "level": "expert", "x-folio": {"category": "langs"}}, {"name": "Rust", "x-folio": {"category": "langs"}}],
    "languages": [{"language": "English", "fluency": "native"}, {"language": "中文"}],
    "interests": [{"name": "Maps", "keywords": ["GIS"]}],
    "references": [{"name": "Bo", "reference": "Great."}],
    "x-folio": {"talks": [{"name": "Talk", "event": "Conf", "date": "2022"}], "courses": [{"name": "Compilers", "provider": "School"}]},
}  # fmt: skip
TITLES: dict[str, str] = {"summary": "Profile", "skills": "Skills", **{name: name.capitalize() for name in ENTRIES}}

WORDS = Words(
    language="zh-CN",
    titles=TITLES,
    categories={"langs": "Languages & co."},
    comma="、",
    aside="%(answer)s（%(reason)s）",
)


def written(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(rendercv(RESUME | changes, WORDS))
    return found


@pytest.mark.parametrize(
    ("url", "known"),
    [("https://github.com/ada", True), ("https://www.github.com/ada", True), ("https://code.example.jp/ada", False)],
)
def test_a_network_has_its_own_host(url: str, known: bool) -> None:
    profile = {"network": "GitHub", "username": "ada", "url": url}
    head = written(basics={"name": "Ada", "profiles": [profile]})["cv"]
    other = [{"fontawesome_icon": "link", "placeholder": "GitHub", "url": url}]
    assert head.get("social_networks") == ([{"network": "GitHub", "username": "ada"}] if known else None)
    assert head.get("custom_connections") == (None if known else other)


def test_it_is_valid_and_has_every_section() -> None:
    found = written()
    jsonschema.validate(found["cv"], SCHEMA)
    assert set(found["cv"]["sections"]) == set(TITLES.values())
    assert found["locale"] == {"language": "mandarin_chinese"}


def test_texts_are_escaped_and_facts_in_their_place() -> None:
    head = written()["cv"]
    sections = head["sections"]
    assert head["name"] == "Ada “A” Example"
    assert sections["Profile"] == [r"One \*star\*.", "Two."]
    assert sections["Work"] == [
        {
            "company": "Acme", "position": "Lead", "start_date": "2021-05", "end_date": "present", "summary": "S",
            "highlights": [r"a\_b \[c\]"],
        }
    ]  # fmt: skip
    assert sections["Projects"][0]["name"] == "[Tool](https://t.example.org)"
    assert sections["Publications"][1]["authors"] == ['Ada "A" Example']
    assert sections["Skills"] == [{"label": "Languages & co.", "details": "Go（expert）、Rust"}]
    assert (sections["Volunteer"][0]["start_date"], sections["Volunteer"][0]["end_date"]) == (2020, 2021)
    assert (sections["Awards"][0]["date"], sections["Certificates"][0]["date"]) == (2020, "2021-08")
    assert head["social_networks"] == [{"network": "GitHub", "username": "ada"}]
    assert head["custom_connections"][0]["placeholder"] == "Blog"


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("- 5 %", "\u2060- 5 %"),
        ("1. Prize", "\u20601. Prize"),
        ("2019 - 2020", "2019 \u2060- 2020"),
        ("#define in vector<int>", "#\u2060define in vector<\u2060int>"),
        ("C# and F#, a < b", "C# and F#, a < b"),
        ("well-known, 3.5", "well-known, 3.5"),
    ],
)
def test_syntax_that_has_no_escape_is_broken_up(text: str, broken: str) -> None:
    """RenderCV 2.8 would start a list, run a command of Typst, and leave out what looks like a tag."""
    job = {"name": text, "position": text, "startDate": "2021", "highlights": [text]}
    [found] = written(work=[job])["cv"]["sections"]["Work"]
    assert (found["company"], found["position"], found["highlights"]) == (broken, broken, [broken])


def test_a_position_names_projects_and_does_not_repeat_them() -> None:
    """Their texts are in the section of the projects; a text of the position itself stays."""
    marks = {"summary-of": ["t"], "highlights": [{"key": "own"}, {"key": "fast", "project": "t"}]}
    work = {"name": "Acme", "position": "Lead", "summary": "A tool.", "highlights": ["Own.", "Fast."], "x-folio": marks}
    project = {"name": "Tool", "description": "A tool.", "highlights": ["Fast."], "x-folio": {"key": "t"}}
    sections = written(work=[work], projects=[project])["cv"]["sections"]
    assert (sections["Work"][0]["summary"], sections["Work"][0]["highlights"]) == ("Tool", ["Own."])
    assert (sections["Projects"][0]["summary"], sections["Projects"][0]["highlights"]) == ("A tool.", ["Fast."])
    [position] = written(work=[work], projects=[])["cv"]["sections"]["Work"]
    assert (position["summary"], position["highlights"]) == ("A tool.", ["Own.", "Fast."])


@pytest.mark.parametrize(
    ("network", "url", "user"),
    [
        ("ORCID", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("ORCID", "https://orcid.org/ada", ""),
        ("Google Scholar", "https://scholar.google.com/citations?user=F8I&hl=en", ""),
        ("Google Scholar", "https://scholar.google.com/citations?user=F8I", "F8I"),
        ("Stack Overflow", "https://stackoverflow.com/users/22/ada", "22/ada"),
        ("YouTube", "https://youtube.com/@ada", "ada"),
        ("LinkedIn", "https://www.linkedin.com/in/ada/", "ada"),
        ("LinkedIn", "https://www.linkedin.com/company/ada", ""),
    ],
)
def test_a_user_comes_from_the_address_if_rendercv_makes_the_same_of_it(network: str, url: str, user: str) -> None:
    profile = {"network": network, "url": url}
    head = written(basics={"name": "Ada", "profiles": [profile]})["cv"]
    assert [found["username"] for found in head.get("social_networks", [])] == ([user] if user else [])
    assert ("custom_connections" in head) == (not user)


def test_lists_become_highlights_and_paragraphs_lines() -> None:
    job = {
        "name": "Acme", "position": "Lead", "startDate": "2021",
        "summary": "Lead - of six.\n\n- Moved jobs\n- Wrote\n  - contracts\n  further\n\nTech: Go",
        "highlights": ["Taught\n\n1. Go\n2. Rust", "One.\n\nTwo.", "1. Mai"],
    }  # fmt: skip
    found = written(work=[job], basics={"summary": "One.\n\n- a\n- b\n\nTwo."})["cv"]["sections"]
    [position] = found["Work"]
    assert position["summary"] == "Lead \u2060- of six.\nTech: Go"
    assert position["highlights"] == [
        "Moved jobs", "Wrote - contracts further", "Taught - Go - Rust", "One. Two.", "\u20601. Mai",
    ]  # fmt: skip
    assert found["Profile"] == ["One.", "- a", "- b", "Two."]


def test_paragraphs_have_the_formatting_and_skills_the_keywords_of_the_page() -> None:
    link = Run("corpus", href="https://c.example.org")
    own, code = Run(" Go", href="https://ada.example.org/skills#go"), Run("a_b", code=True)
    line = (Run("Cut it to "), Run("19 % ", strong=True), link, own, Run("_"), code)
    item = Paragraph(line=(Run("Speech (good): Kaldi, Whisper"),))
    page = page_of([Paragraph(line=line), ItemList(items=((item,),))], "https://ada.example.org/")
    assert page == Page(
        {"Cut it to 19 % corpus Go_a_b": r"Cut it to **19 %** [corpus](https://c.example.org) Go\_`a_b`"},
        ["Cut it to 19 % corpus Go_a_b", "Speech (good): Kaldi, Whisper"],
    )
    skills = [
        {"name": "Speech", "level": "good", "keywords": ["Kaldi", "Whisper"]}, {"name": "Go", "keywords": ["golang"]},
    ]  # fmt: skip
    data = RESUME | {"basics": {"summary": "Cut it to 19 % corpus Go_a_b"}, "skills": skills}
    text = rendercv(data, Words(language="en", titles=TITLES, categories={}, page=page))
    sections = yaml.safe_load(text)["cv"]["sections"]
    assert sections["Profile"] == [*page.formatted.values()]
    assert sections["Skills"] == [
        {"label": "Speech (good)", "details": "Kaldi, Whisper"},
        {"label": "–", "details": "Go"},
    ]


@pytest.mark.parametrize("language", [*LOCALES, "en", "zh-Hant-TW", "pl"])
def test_the_design_and_the_language_are_valid(language: str) -> None:
    found = yaml.safe_load(rendercv(RESUME, replace(WORDS, language=language)))
    jsonschema.validate(found, DESIGN)


def test_chinese_has_its_own_punctuation() -> None:
    words = replace(WORDS, labeled="%(label)s：%(text)s")
    templates = yaml.safe_load(rendercv(RESUME, words))["design"]["templates"]
    columns = {name: templates[name]["main_column"].splitlines()[0] for name in templates if name.endswith("_entry")}
    assert columns == {
        "experience_entry": "**COMPANY**，POSITION",
        "education_entry": "**INSTITUTION**，DEGREE_WITH_AREA -- LOCATION",
        "normal_entry": "**NAME** -- LOCATION",
        "one_line_entry": "**LABEL**：DETAILS",
    }


def test_a_section_of_text_keeps_its_title_and_is_imported_again() -> None:
    sections = [
        {"title": "Teaching", "text": "Often.\n\n- one\n- two_2"},
        {"title": "Work", "text": "A leave."},
    ]
    text = rendercv(RESUME | {"x-folio": {"sections": sections}}, WORDS)
    cv = yaml.safe_load(text)["cv"]
    jsonschema.validate(cv, SCHEMA)
    assert cv["sections"]["Teaching"] == ["Often.", "- one", r"- two\_2"]
    assert [title.rstrip("\u2060") for title in cv["sections"]].count("Work") == 2
    others = read_source(text.encode())["other-sections"]
    assert others[0] == {"title": "Teaching", "entries": ["Often.", "- one", r"- two\_2"]}


def test_the_design_has_room_for_long_names_and_dates_in_their_order() -> None:
    design = written()["design"]
    assert design["page"] == {"size": "a4"}
    assert design["templates"]["single_date"] == "YEAR年MONTH月"
    assert design["templates"]["education_entry"]["degree_column"] is None
    letter = yaml.safe_load(rendercv(RESUME, Words(language="en", titles=TITLES, categories={}), "us-letter"))
    assert letter["design"]["page"] == {"size": "us-letter"}
    assert "single_date" not in letter["design"]["templates"]


@pytest.mark.parametrize("section", sorted(RESUME))
def test_a_section_may_be_missing(section: str) -> None:
    jsonschema.validate(written(**{section: {} if section in {"basics", "x-folio"} else []})["cv"], SCHEMA)


def test_it_can_be_imported_again() -> None:
    certificate = {"name": "CKA", "issuer": "CNCF", "date": "2021-08", "x-folio": {"expires": "2024-08"}}
    paper = {"name": "Paper", "url": "https://doi.org/10.1000/x.5"}
    talk = {"name": "Talk", "event": "Conf", "location": "Rome"}
    data = RESUME | {"certificates": [certificate], "publications": [paper], "x-folio": {"talks": [talk]}}
    text = rendercv(data, Words(language="en", titles=TITLES, categories={"langs": "Languages"}))
    jsonschema.validate(yaml.safe_load(text)["cv"], SCHEMA)
    found = read_source(text.encode())
    assert found["basics"]["name"] == "Ada “A” Example"
    assert found["work"][0]["name"] == "Acme"
    assert (found["education"][0]["studyType"], found["education"][0]["score"]) == ("BSc", "1.0")
    assert (found["education"][0]["courses"], found["education"][0]["highlights"]) == (["A"], [])
    assert found["certificates"] == [certificate]
    assert (found["publications"][0]["doi"], found["publications"][0]["url"]) == ("10.1000/x.5", paper["url"])
    assert found["x-folio"]["talks"] == [talk]
    assert found["awards"] == [{"date": "2020", "title": "Prize", "awarder": "Guild"}]
    assert found["languages"] == [{"language": "English", "fluency": "native"}, {"language": "中文"}]
