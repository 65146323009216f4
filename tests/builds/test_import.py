"""Anyone's JSON Resume becomes pages that build strictly and export the same again; nothing is written by halves."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from bs4 import BeautifulSoup
from pypdf import PdfReader

from sphinx_folio.cli.commands import main
from sphinx_folio.cli.importing.fields import ImportOptions
from sphinx_folio.cli.importing.items import FORMER_NAMES
from sphinx_folio.cli.importing.pages import import_resume
from sphinx_folio.cli.importing.reading import read_resume
from sphinx_folio.cli.importing.resume_file import import_file

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = sorted((Path(__file__).parent.parent / "data" / "json-resume").glob("*.resume.json"))
ADDED = {"x-folio", "meta", "$schema"}


def imported(data: Any, **options: Any) -> Any:
    return import_resume(read_resume(json.dumps(data).encode()), options=ImportOptions(**options))


def exported(build: Any, found: Any, **settings: Any) -> dict[str, Any]:
    """Build what was imported, strictly, and return what it exports."""
    app = build(found.pages, settings=found.settings | {"folio_exports": ["json"]} | settings)
    assert app.warning.getvalue() == ""
    data: dict[str, Any] = json.loads((app.outdir / "resume.json").read_text(encoding="utf-8"))
    return data


def spaced(text: str) -> str:
    return " ".join(text.split())


def current_name(path: str, name: str) -> str:
    """Return the present name of a field of JSON Resume 0.0.0."""
    former = FORMER_NAMES.get(re.sub(r"\[\d+\]", "", path), {})
    return next((known for known, names in former.items() if name in names), name)


def lost(source: Any, told: Any, path: str = "") -> list[str]:
    """Return the paths of what a source says and an export does not; objects in lists are told apart by what they share."""
    if source in (None, "", [], {}):
        return []
    if isinstance(source, dict):
        if not isinstance(told, dict):
            return [path]
        return [
            at
            for name, part in source.items()
            if name not in ADDED
            for at in lost(part, told.get(name) or told.get(current_name(path, name)), f"{path}.{name}".lstrip("."))
        ]
    if isinstance(source, list):
        found: list[str] = []
        for number, part in enumerate(source):
            fewest = min((lost(part, other, f"{path}[{number}]") for other in told or [None]), key=len)
            found += fewest
        return found
    same = source == told or (isinstance(source, str) and isinstance(told, str) and spaced(source) == spaced(told))
    return [] if same else [path]


def paths(lines: list[str]) -> list[str]:
    return [line.partition(": ")[0] for line in lines]


def is_reported(path: str, left: list[str]) -> bool:
    return any(re.match(re.escape(known) + r"(?![\w])", path) for known in left)


def test_there_are_samples() -> None:
    assert len(SAMPLES) == 5


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name.partition(".")[0])
def test_published_samples_are_told_again_but_for_what_is_reported(build: Any, sample: Path) -> None:
    source = json.loads(sample.read_text(encoding="utf-8"))
    found = imported(source, days=True)
    told = exported(build, found)
    missing = lost(source, told)
    assert [path for path in missing if not is_reported(path, paths([*found.skipped, *found.notes]))] == []
    for section in ("work", "education", "skills", "projects"):
        assert len(told.get(section, [])) == len(source.get(section, [])), section
    assert len(told["work"]) > 0


AS_PEOPLE_WRITE: dict[str, Any] = {
    "basics": {
        "name": "Ada Example", "label": "", "email": None, "degree": "PhD", "website": {"name": "Home", "url": "https://ada.example.org"}, "age": 40,
        "location": {"countryCode": "DE", "city": "Ulm", "region": "Bavaria"},
        "summary": "I <b>build</b> &amp; <a href='https://a.example.org'>measure</a>.<br>Twice.",
        "profiles": [
            {"network": "GitHub", "username": "template", "url": "https://github.com/ada"},
            {"network": "A, B", "username": "@ada", "url": "social.example.org/me"},
            {"network": "None", "username": "ada"},
        ],
    },
    "work": [
        {"name": "Acme", "position": "Lead", "startDate": "2021-03-05", "endDate": "Present", "location": {"city": "Ulm", "country": "DE"}, "type": "part-time"},
        {"name": "Acme", "position": "Adviser", "startDate": "long ago", "endDate": "2020"},
        {"name": "Acme", "position": "Engineer", "startDate": "August 2019", "endDate": "2020-12（1年）", "highlights": ["Was <em>fast</em>.", "Was sure."], "x-team": [1, None, 2.50]},
        {"company": "Bolt", "position": "Clerk", "startDate": "2010", "website": "bolt.example.org", "summary": ["One.", "Two."], "highlights": "Just one."},
    ],
    "volunteer": [{"organization": "Club", "position": "Chair", "startDate": "2015", "endDate": "2014", "summary": "Helps."}],
    "education": [
        {"institution": "School", "gpa": 3.9, "location": "Ulm", "summary": "Good.", "highlights": ["First."], "courses": ["Codes, ciphers and keys", "Ciphers", "codes"], "endDate": "Jun 2009"},
    ],
    "awards": [{"date": "2019-05-01", "awarder": "Club"}, {"title": "Medal", "date": "2019"}, {"title": "Prize", "date": "Easter 2020", "summary": "For speed.", "highlights": ["Of three."]}],
    "publications": [{"title": "Paths", "releaseDate": "2020", "authors": [{"name": "A. Example", "id": "1"}, "Roe, B."]}],
    "skills": [
        {"name": "Tools", "level": 3, "keywords": ["HTML5, HTML", "CSS (2, 3)", {"name": "Go", "level": "high"}, "html"]},
        {"name": "Kubernetes", "keywords": "k8s"},
    ],
    "languages": {"de": "native"}, "interests": [{"name": "Maps", "keywords": ["old, new"]}], "references": [{"name": None, "reference": "Good."}],
    "projects": [
        {"name": "Pool", "keywords": ["K8S", "html", "Rust"], "startDate": "2020-02", "endDate": "soon", "url": "pool.example.org", "summary": "Gives.", "description": None, "stars": 7},
    ],
    "hobbies": [{"name": "Chess"}], "x-extra": {"a": [{"b": False}]}, "settings": None,
}  # fmt: skip


@pytest.mark.parametrize("options", [{}, {"days": True, "markdown": True}])
def test_a_resume_as_people_write_them_is_told_again_in_their_words(build: Any, options: Any) -> None:
    found = imported(AS_PEOPLE_WRITE, **options)
    told = exported(build, found)
    assert found.skipped == []
    assert lost(AS_PEOPLE_WRITE, told) == []
    for section, items in AS_PEOPLE_WRITE.items():
        if isinstance(items, list):
            assert len(told[section]) == len(items)
    assert len(told["basics"]["profiles"]) == 3
    assert [len(item["keywords"]) for item in told["skills"]] == [4, 3]
    assert len(told["projects"][0]["keywords"]) == 3
    assert [item["name"] for item in told["work"] if item["position"] == "Engineer"] == ["Acme"]
    changed = {
        name: re.sub(r"Was \*?fast\*?", "Was slow", text).replace("2019-08", "2018-01")
        for name, text in found.pages.items()
    }
    found.pages = changed | {"json-resume-extra.json": found.pages["json-resume-extra.json"]}
    [edited] = [item for item in exported(build, found)["work"] if item["position"] == "Engineer"]
    assert (edited["highlights"], edited["startDate"]) == (["Was slow.", "Was sure."], "2018-01")


def test_a_text_that_was_changed_on_a_page_is_not_given_back(build: Any) -> None:
    found = imported({
        "basics": {"name": "Ada", "degree": "Ph.D. of old"},
        "work": [{"name": "Old Acme", "position": "Old adviser", "startDate": "long ago", "endDate": "2020"}, {"name": "Bolt", "position": "Clerk", "startDate": "2010", "type": "old-time"}],
        "education": [{"institution": "School", "summary": "An old <b>thesis</b>.", "highlights": ["First of the old.", "Second."], "location": "Old Town", "endDate": "old summer", "activities": "Old songs"}],
        "skills": [{"name": "Tools", "keywords": ["Lathe (old, new)"]}],
        "projects": [{"name": "Pool", "keywords": ["Old Rust"], "startDate": "2020-02", "endDate": "old soon"}],
    })  # fmt: skip
    told = exported(build, found)
    assert (told["basics"]["degree"], told["work"][-1]["position"]) == ("Ph.D. of old", "Old adviser")
    [school] = told["education"]
    assert (school["summary"], school["highlights"]) == ("An old <b>thesis</b>.", ["First of the old.", "Second."])
    assert "on-page" not in json.dumps(told)
    for name in ("resume.md", "skills.md"):
        found.pages[name] = re.sub("old", "new", found.pages[name], flags=re.IGNORECASE)
    told = exported(build, found)
    assert "degree" not in told["basics"]
    assert [item["name"] for item in told["work"]] == ["Bolt"]
    [school] = told["education"]
    assert {name for name in school if name != "x-folio"} == {"institution", "highlights", "activities"}
    assert school["highlights"] == ["Second."]
    assert "An new thesis." in school["x-folio"]["summary"]
    assert re.findall("old[- ]?[a-z]*", json.dumps(told), re.IGNORECASE) == ["Old songs"]  # no page has had these


NESTED = "- a *b*\n  - c\n    - 1. May\n  - d\n- e\n  f\n  1. g\n  2. h\n     - i"
"""Lists in lists, with a paragraph in an item."""
OURS = {
    "basics": {
        "name": "Ada *Example* <b>", "label": "C++, C# & #1", "email": "ada@example.org", "url": "https://ada.example.org",
        "summary": "1. First_thing_ `code`.\n\n- second: {skill}`x` $y$ \\ [z](u)\n\n:colon", "profiles": [{"network": "GitHub", "url": "https://github.com/ada"}],
        "x-folio": {"key": "ada", "birth": "1990-05"},
    },
    "work": [
        {
            "name": 'Acme: "A" | B', "position": "Engineer, #1", "startDate": "2019-01", "endDate": "2020-12-31", "summary": "# No heading",
            "highlights": ["% no comment", "(no)= label"], "x-folio": {
                "key": "acme", "skills": ["cpp"],
                "highlights": [{"key": "one", "skills": ["cpp"], "evidence": ["proof"]}, {"key": "two", "name": "Two"}],
            },
        },
        {"name": 'Acme: "A" | B', "position": "Lead", "startDate": "2019", "x-folio": {"key": "lead"}},
    ],
    "education": [{"institution": "学校", "area": "数学", "studyType": "学士", "startDate": "2010", "endDate": "2014", "x-folio": {"key": "school", "summary": f"Good.\n\n{NESTED}"}}],
    "skills": [
        {"name": "C++", "level": "expert", "keywords": ["cpp"], "x-folio": {"key": "cpp", "category": "languages", "summary": "Text.", "evidence": ["proof"]}},
        {"name": "网络", "x-folio": {"key": "net", "category": "nets"}},
    ],
    "projects": [
        {
            "name": "Pool", "description": f"Gives ```out``` addresses.\n\nTwice.\n\n{NESTED}", "highlights": [f"Fast:\n\n{NESTED}"], "keywords": ["C++", "网络"],
            "startDate": "2019-05", "url": "https://r.example.org", "roles": ["Lead"], "entity": 'Acme: "A" | B',
            "x-folio": {
                "key": "pool", "position": "lead", "languages": ["cpp"], "skills": ["net"], "links": {"repository": "https://r.example.org"},
                "evidence": ["proof"], "highlights": [{"key": "fast", "skills": ["net"], "evidence": ["proof"]}],
            },
        }
    ],
    "x-folio": {
        "categories": {"nets": "网络与协议", "languages": "Languages"},
        "levels": ["expert"],
        "sections": [{"title": "Teaching", "text": "In winter:\n\n- one\n  - nested\n- two\n\nIn summer:\n\n1. three\n2. four"}],
        "evidence": [
            {
                "key": "proof", "title": '#1 "The" proof', "kind": "commit", "url": "https://e.example.org/1", "date": "2020-01-02",
                "revision": "v1.0", "by": "own", "summary": "Note.", "skills": ["cpp"], "highlights": ["one", "fast"], "projects": ["pool"],
            }
        ]
    },
}  # fmt: skip


def test_an_export_of_ours_is_told_again_word_for_word(build: Any) -> None:
    found = imported(OURS)
    assert found.skipped == []
    once = exported(build, found)
    assert lost(OURS, once) == []
    again = imported(once)
    assert again.skipped == []
    assert exported(build, again) == once
    assert once["x-folio"] == OURS["x-folio"]
    for section in ("work", "education", "skills", "projects"):
        key = str(section)
        ties = {row["x-folio"]["key"]: row["x-folio"] for row in once[key]}
        expected = {row["x-folio"]["key"]: row["x-folio"] for row in OURS[key]}  # type: ignore[index]
        assert lost([*expected.values()], [*ties.values()]) == []


SCRIPT = "<script>alert(1)</script>"


def filled(value: Any) -> Any:
    """Return data with a script in every text that can be one."""
    if isinstance(value, dict):
        return {
            name: part if name in {"startDate", "endDate", "url", "email", "x-folio"} else filled(part)
            for name, part in value.items()
        }
    return [filled(part) for part in value] if isinstance(value, list) else value + SCRIPT


def test_script_in_every_field_is_shown_as_text(build: Any) -> None:
    found = imported(filled({name: part for name, part in OURS.items() if name != "x-folio"} | {
        "skills": [{"name": "C++", "x-folio": {"key": "cpp"}}, {"name": "net", "x-folio": {"key": "net"}}],
        "work": [{"name": "A", "position": "B", "startDate": "2020", "summary": "S", "highlights": ["H"]}],
        "projects": [{"name": "P", "description": "D", "highlights": ["H"]}], "awards": [{"title": "T"}],
    }))  # fmt: skip
    app = build(found.pages, settings=found.settings | {"folio_exports": ["json", "json-ld"]})
    assert app.warning.getvalue() == ""
    shown = 0
    for path in app.outdir.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script>alert" not in html
        shown += html.count("alert(1)")
    assert shown > 10


def test_what_cannot_be_placed_is_reported_and_not_written(build: Any) -> None:
    found = imported({
        "basics": {
            "name": "Ada", "email": "no address", "url": "javascript:alert(1)", "phone": "1", "x": 1,
            "profiles": [{"network": "a, b", "url": "https://a.example.org"}, {"network": "c", "url": "javascript:x"}],
        },
        "work": [
            {"name": "A", "position": "B"},
            {"name": "C", "position": "D", "startDate": "Easter 2020"},
            {"name": "E", "position": "F", "startDate": "2020", "endDate": "2019"},
        ],
        "skills": [{"level": "x"}, {"name": "Go", "keywords": ["a, b"]}],
        "projects": [{"name": "P", "endDate": "2020", "keywords": ["no skill"]}],
        "hobby": [1],
    })  # fmt: skip
    assert paths(found.skipped) == ["basics.phone"]
    assert paths(found.kept) == [
        "skills[0]", "basics.profiles[1].url", "basics.profiles[1].network", "basics.email", "basics.url",
        "basics.x", "hobby",
    ]  # fmt: skip
    text = "".join(text for name, text in found.pages.items() if name.endswith(".md"))
    assert "javascript" not in text
    told = exported(build, found)
    assert [item["name"] for item in told["work"]] == ["A", "C", "E"]
    assert "- **D**, Easter 2020" in text  # kept as text
    assert "- **F**, 2020 – 2019" in text


def test_sections_without_objects_read_like_a_resume(build: Any) -> None:
    found = imported({
        "basics": {"name": "Ada"},
        "awards": [{"title": "Best *Paper*", "awarder": "OSDI", "date": "2014-10-01", "summary": "One.\n\nTwo."}],
        "certificates": [{"name": "Architect", "url": "https://example.org/a"}, {"url": "https://example.org/b"}, {"name": "C", "url": "javascript:alert(1)", "score": 5}],
        "volunteer": [{"organization": "Club", "position": "Chair", "startDate": "2010", "highlights": ["a\nb", "- c"]}],
        "languages": [{"language": "English", "fluency": "native"}, {}],
        "interests": [{"name": "Maps", "keywords": ["GIS", "# atlas"]}],
        "references": [{"name": "Bo", "reference": "<script>alert(1)</script>"}],
    })  # fmt: skip
    app = build(found.pages, settings={**found.settings, "html_theme": "alabaster"})
    assert app.warning.getvalue() == ""
    page = BeautifulSoup((app.outdir / "resume.html").read_text("utf-8"), "html.parser")
    lines = [" ".join(line.get_text().split()) for line in page.select(".folio-named")]
    assert lines == [
        "Architect", "C", "Best *Paper* | OSDI | Oct 2014", "Club | Chair | 2010 – present | 16+ yrs", "English | native", "Maps | GIS, # atlas", "Bo",
    ]  # fmt: skip
    assert [link["href"] for link in page.select(".folio-named a")] == ["https://example.org/a"]
    assert spaced(page.select(".folio-reference")[0].get_text()) == "Bo <script>alert(1)</script>"
    assert [spaced(claim.get_text()) for claim in page.select(".folio-highlight")] == ["a b", "- c"]
    assert [spaced(item.get_text()) for item in page.select("section section > ul > li")] == ["https://example.org/b"]
    assert paths(found.kept) == ["certificates[2].url", "certificates[2].score"]


CAREER: dict[str, Any] = {
    "basics": {"name": "Ada Example", "label": "Engineer", "summary": "Builds."},
    "work": [
        {
            "company": f"Company {year}", "position": f"Role {year}", "website": f"https://c{year}.example.org", "startDate": f"{year}-03-01", "endDate": f"{year + 2}-02-28",
            "highlights": [f"Claim {year}-{number}: moved what could be moved, and measured what came of it in the year after." for number in range(6)],
        }
        for year in range(2022, 2006, -2)
    ],
    "skills": [{"name": f"Skill {number}", "level": ("Expert", "Beginner")[number % 2]} for number in range(20)] + [{"name": "Storage", "level": "Expert", "keywords": ["SQL, Redis", "S3"]}],
    "projects": [{"name": "WriteLog", "description": "Counts.", "highlights": ["Fast."], "entity": "Company 2022", "keywords": ["S3", "Rust"], "url": "ledger.example.org"}],
}  # fmt: skip


def test_a_long_career_is_on_the_resume_and_in_its_pdf_with_skills_and_projects(build: Any) -> None:
    found = imported(CAREER)
    app = build(found.pages, settings=found.settings | {"folio_exports": ["pdf", "txt"]})
    assert app.warning.getvalue() == ""
    pdf = spaced(" ".join(page.extract_text() for page in PdfReader(app.outdir / "resume.pdf").pages))
    page = spaced(BeautifulSoup((app.outdir / "resume.html").read_text("utf-8"), "html.parser").get_text(" "))
    plain = spaced((app.outdir / "resume.txt").read_text("utf-8"))
    for text in (pdf, page, plain):
        for number in range(20):
            assert f"Skill {number}" in text
        for year in range(2022, 2006, -2):
            assert f"Company {year}" in text
            assert f"Mar {year} – Feb {year + 2}" in text
            assert f"Claim {year}-5" in text
            assert f"• Claim {year}-5" in pdf
        assert re.search(r"Storage \(Expert\) ?: SQL, Redis, S3", text)
        assert re.search(r"Expert: Skill 0 ?, Skill 2 ?,.*Beginner: Skill 1 ?, Skill 3 ?,", text)
        assert "WriteLog" in text
        assert "Counts." in text
        assert "Fast." in text


def test_a_level_whose_order_is_unknown_is_asked_for_until_it_is_in_conf_py(build: Any) -> None:
    levels = ["Expert", "Rockstar", "Beginner"]
    found = imported({"skills": [{"name": level, "level": level} for level in levels]})
    app = build(found.pages, settings=found.settings)
    warning = app.warning.getvalue()
    assert re.search(r"skills\.md:\d+: WARNING: unknown level 'Rockstar'", warning)
    assert "folio_levels in conf.py" in warning
    settings = found.settings | {"folio_levels": ["Beginner", "Expert", "Rockstar"]}
    assert build(found.pages, settings=settings).warning.getvalue() == ""


def test_markdown_is_shown_as_typed_unless_it_is_asked_for(build: Any) -> None:
    text = "**Bold** [here](https://a.example.org) `x`<br>- <b>item</b> &amp; ![p](https://a.example.org/p.png)\n{skill}`go` <script>alert(1)</script>"
    data = {"basics": {"name": "Ada", "summary": text}, "work": [{"name": "A", "position": "B", "startDate": "2020", "highlights": [text]}], "awards": [{"title": "T", "summary": text}]}  # fmt: skip

    def shown(**options: Any) -> Any:
        found = imported(data, **options)
        assert paths(found.notes) == ["basics.summary", "work[0].highlights[0]", "awards[0].summary"]
        app = build(found.pages, settings=found.settings | {"folio_exports": []})
        assert app.warning.getvalue() == ""
        return BeautifulSoup((app.outdir / "resume.html").read_text("utf-8"), "html.parser").select_one("[role=main]")

    typed = shown()
    assert spaced(typed.get_text()).count("**Bold** [here](https://a.example.org) `x` item & ![p](https://a.example.org/p.png) {skill}`go` <script>alert(1)</script>") == 3  # fmt: skip
    assert typed.select("script, img, code, a[href^=https]") == []
    kept = shown(markdown=True)
    assert spaced(kept.get_text()).count("Bold here x item & !p {skill}go <script>alert(1)</script>") == 3
    assert [strong.get_text() for strong in kept.select("strong")] == ["Bold", "item"] * 2 + ["T", "Bold", "item"]
    assert [link["href"] for link in kept.select("a.external")] == [
        "https://a.example.org",
        "https://a.example.org/p.png",
    ] * 3
    assert kept.select("script, img") == []


def test_a_resume_in_chinese_has_chinese_headings_dates_and_marks(build: Any) -> None:
    found = imported({
        "basics": {"name": "林小样"},
        "skills": [{"name": "网络", "level": "精通", "keywords": ["CNI", "IPAM（分配）"]}, {"name": "Go", "level": "熟悉"}],
        "work": [{"name": "样港", "position": "工程师", "startDate": "2020年3月", "endDate": "至今"}], "volunteer": [{"position": "讲师", "organization": "社区", "startDate": "2019-05", "endDate": "2020.01"}],
        "education": [{"institution": "样例大学", "score": "90", "courses": ["数学", "图论"]}],
    }, language="zh_CN")  # fmt: skip
    app = build(found.pages, settings=found.settings)
    assert app.warning.getvalue() == ""
    page = spaced(BeautifulSoup((app.outdir / "resume.html").read_text("utf-8"), "html.parser").get_text(""))
    for text in (
        "网络（精通）：CNI、IPAM（分配）",
        "熟悉：Go",
        "社区 | 讲师 | 2019年5月 – 2020年1月",
        "成绩: 90",
        "课程: 数学、图论",
    ):
        assert text in page
    assert found.settings["folio_levels"] == ["熟悉", "精通"]


# The command


def test_a_rendercv_file_is_exported_as_it_was_imported(build: Any) -> None:
    """Formatting, lists and lists of keywords come back; texts of pages without entries do not."""
    work = {
        "company": "Acme", "position": "Lead", "start_date": "2021-09", "end_date": "present", "summary": "See [it](https://it.example.org).",
        "highlights": ["Cut it to **19%**", "Taught - Go - Rust"],
    }  # fmt: skip
    sections = {
        "Profile": ["Works on *speech*.", "- One", "- Two"],
        "Skills": [{"label": "Languages", "details": "Python, C++"}],
        "Work experience": [work],
    }
    found = import_resume(read_resume(yaml.safe_dump({"cv": {"name": "Ada", "sections": sections}}).encode()))
    app = build(found.pages, settings=found.settings | {"folio_exports": ["rendercv"]})
    assert app.warning.getvalue() == ""
    told = yaml.safe_load((app.outdir / "resume-rendercv.yaml").read_text("utf-8"))
    assert told["cv"]["sections"] == sections


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "resume.json"
    path.write_text(
        json.dumps({"basics": {"name": "Ada", "x": 1}, "skills": [{"name": "Go", "level": "Rockstar"}]}),
        encoding="utf-8",
    )
    return path


def tree(folder: Path) -> dict[str, str]:
    """Return the files and links below a folder, with their text or where they lead."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_text("utf-8")
        for path in found
    }


def test_the_command_writes_pages_and_overwrites_nothing_unasked(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["import", str(source), str(tmp_path / "docs")]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "primary_domain = 'folio'" in out
    assert "# Add these levels where they belong: 'Rockstar'\nfolio_levels = []" in out
    assert "The order of these levels is unknown: Rockstar." in out
    assert "json-resume-extra.json keeps them for resume.json:\n\n    basics.x: not supported\n" in out
    assert json.loads((tmp_path / "docs" / "json-resume-extra.json").read_text("utf-8")) == {"basics": {"x": 1}}
    page = tmp_path / "docs" / "resume.md"
    page.write_text("mine", encoding="utf-8")
    assert main(words) == 3
    assert "--overwrite" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "mine"
    assert main([*words, "--overwrite"]) == 0
    assert page.read_text(encoding="utf-8") != "mine"


def test_the_command_groups_what_it_changes(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source.write_text(json.dumps(CAREER), encoding="utf-8")
    assert main(["import", str(source), str(tmp_path / "docs")]) == 0
    out = capsys.readouterr().out
    assert "    work[0].startDate and 7 more: shortened to the month; use --days to keep days\n" in out
    assert "    projects[0].url: imported as https://ledger.example.org\n" in out
    assert main(["import", str(source), str(tmp_path / "docs"), "--days", "--markdown", "--overwrite"]) == 0
    assert "shortened" not in capsys.readouterr().out
    assert ":start: 2022-03-01\n" in (tmp_path / "docs" / "resume.md").read_text("utf-8")


def test_the_command_says_which_field_is_wrong(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.write_text('{"basics": {"name": "\\u0000"}, "work": [{"name": "\\u0001"}]}', encoding="utf-8")
    assert main(["import", str(source), str(tmp_path / "docs")]) == 3
    problems = [
        f"{path}: contains U+000{number}, which is not allowed in text"
        for number, path in enumerate(("basics.name", "work[0].name"))
    ]
    assert capsys.readouterr().err == "".join(f"{source}: {problem}\n" for problem in problems)
    for missing in (tmp_path / "none.json", source / "x"):
        assert main(["import", str(missing), str(tmp_path / "docs")]) == 3
        assert capsys.readouterr().err == f"there is no file or folder {missing}\n"
    assert not (tmp_path / "docs").exists()


SITE = {
    "_config.yml": "author: Ada Example\nemail: ada@example.org\ngithub_username: example\n",
    "_data/cv.yml": "cv: {name: Ada Example, sections: {skills: [{label: Go, details: Golang}]}}\n",
    "_projects/pool.md": (
        "---\ntitle: 'Pool: {fast}'\npermalink: /pool/\ntech: [Go, Rust]\ndate: 2022\nimg: a.png\n---\n"
        "# Why\n\n- `one`\n\n```{skill} x\n```\n\n{role}`x` *done* <b>x</b> $x$\n"
    ),
    "_publications/p.md": "---\ntitle: P\nauthors: [A One, B]\nvenue: V\ndate: Easter 2020\nlink: /p.pdf\n---\nText.\n",
    "_talks/t.md": "---\ntitle: T\nevent: E\npermalink: /t\n---\n",
    "_bibliography/papers.bib": "---\n---\n@article{Q_2021, title={Q}, author={Example, Ada and Roe, B.}, year=2021, journal={V}}\n@misc{x}\n",
    "awards/a.md": "---\ntitle: Prize\nissuer: Acme\ndate: 2020-01-01\n---\n",
}


def test_a_site_becomes_pages_that_build_strictly_without_its_front_matter(build: Any, tmp_path: Path) -> None:
    for name, text in SITE.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = import_file(tmp_path / "site")
    extensions = [*found.settings["extensions"], "sphinx_folio.redirects"]
    data = exported(build, found, extensions=extensions, folio_redirects=found.redirects)
    assert found.redirects == {"pool/index": "resume#project_pool-fast", "t": "resume#talk_t"}
    assert data["basics"]["email"] == "ada@example.org"
    [project] = data["projects"]
    assert project["name"] == "Pool: {fast}"
    assert "done" in project["description"]
    assert not {"front-matter", "body"} & project.keys()
    assert "projects[0]: left out: img" in found.notes
    assert "{skill}" not in json.dumps(data)
    entry, paper = data["publications"]
    assert (entry["name"], entry["authors"], entry["publisher"]) == ("Q", ["Ada Example", "B. Roe"], "V")
    assert (paper["authors"], paper["publisher"], paper["releaseDate"]) == (["A One", "B"], "V", "Easter 2020")
    assert paper["url"] == "/p.pdf"
    assert data["x-folio"]["talks"][0]["name"] == "T"
    assert data["awards"][0]["awarder"] == "Acme"


def file_there(folder: Path) -> None:
    (folder / "docs").write_text("mine", encoding="utf-8")


def file_above(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "sub").write_text("mine", encoding="utf-8")


def folder_for_a_page(folder: Path) -> None:
    (folder / "docs" / "index.md").mkdir(parents=True)


def dangling_page(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").symlink_to(folder / "elsewhere.md")


def linked_page(folder: Path) -> None:
    dangling_page(folder)
    (folder / "elsewhere.md").write_text("mine", encoding="utf-8")


def linked_folder(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "docs").symlink_to(folder / "elsewhere")


def dangling_folder(folder: Path) -> None:
    (folder / "docs").symlink_to(folder / "elsewhere")


def nothing(folder: Path) -> None:
    pass


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize(
    ("prepare", "target"),
    [
        (file_there, "docs"), (file_above, "docs/sub/pages"), (file_above, "docs/sub/a/b"), (folder_for_a_page, "docs"), (dangling_page, "docs"), (linked_page, "docs"),
        (linked_folder, "docs"), (linked_folder, "docs/sub"), (dangling_folder, "docs"), (dangling_folder, "docs/sub"), (nothing, "x" * 300), (nothing, "a/" + "x" * 300),
    ],
)  # fmt: skip
def test_nothing_is_written_where_not_all_can_be(
    prepare: Callable[[Path], None],
    target: str,
    overwrite: bool,
    source: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prepare(tmp_path)
    before = tree(tmp_path)
    assert main(["import", str(source), str(tmp_path / target), *(["--overwrite"] if overwrite else [])]) == 3
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Traceback" not in error
    assert tree(tmp_path) == before
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_is_full_leaves_what_was_there(there: bool, source: Path, tmp_path: Path) -> None:
    data = {"basics": {"name": "Ada"}, "skills": [{"name": f"Skill {number}"} for number in range(500)]}
    source.write_text(json.dumps(data), encoding="utf-8")
    if there:
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "resume.md").write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    # no file of this process may become larger than this, as if the disk had no room for it
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); from sphinx_folio.__main__ import main; sys.exit(main())"
    words = ["import", str(source), str(tmp_path / "docs"), "--overwrite"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("COVERAGE_PROCESS_CONFIG", None)  # it would write a file, too
    done = subprocess.run(
        [sys.executable, "-c", limited, *words], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 3
    assert "File too large" in done.stderr
    assert done.stderr.count("\n") == 1
    assert tree(tmp_path) == before
    assert (tmp_path / "docs").exists() == there


PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(100)
COPY = "copy the picture %s yourself; for the PDF, name it in folio_resume_photo (%s)"
PERSONS = {
    "resume.json": '{"basics": {"name": "Ada", "image": "me.PNG"}}',
    "cv.yml": "cv: {name: Ada, photo: me.PNG}\n",
    "site/_pages/about.md": "---\nprofile: {image: me.PNG}\n---\nI build.\n",
}


@pytest.mark.parametrize("name", PERSONS)
def test_a_photo_beside_the_resume_is_copied_for_the_pdf(run_command: Any, tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    photo = tmp_path / "site/assets/img/me.PNG" if "/" in name else tmp_path / "me.PNG"
    for path in (source, photo):
        path.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(PERSONS[name], encoding="utf-8")
    photo.write_bytes(PHOTO)
    resume = tmp_path / name.partition("/")[0]
    done = run_command("import", str(resume), str(tmp_path / "pages"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pages" / "photo.png").read_bytes() == PHOTO
    assert "folio_resume_photo = 'photo.png'" in done.stdout.splitlines()
    assert "copied to photo.png; the PDF shows it (folio_resume_photo)" in done.stdout
    assert ":image:" not in (tmp_path / "pages" / "resume.md").read_text(encoding="utf-8")
    done = run_command("init", str(tmp_path / "new"), "--from", str(resume))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "new/docs/photo.png").read_bytes() == PHOTO
    settings = (tmp_path / "new/docs/conf.py").read_text(encoding="utf-8")
    assert 'folio_resume_photo = "photo.png"  # for the PDF\n' in settings
    assert run_command("update", str(tmp_path / "new")).returncode == 0
    assert (tmp_path / "new/docs/conf.py").read_text(encoding="utf-8") == settings


@pytest.mark.parametrize(
    ("image", "problem"),
    [
        ("none.jpg", "there is no file {folder}/none.jpg"),
        ("/img/none.jpg", "there is no file {folder}/img/none.jpg"),
        ("../other/me.png", "the file is not in the folder of the résumé"),
        ("resume.json", "resume.json is not a photo (.jpg, .jpeg, .png, .svg, .webp)"),
        ("large.png", "large.png has 2000 KB, more than 1000; 600 × 800 pixels are enough"),
        (f"{'x' * 300}.png", "File name too long"),
    ],
)
def test_a_photo_that_cannot_be_copied_is_reported(tmp_path: Path, image: str, problem: str) -> None:
    folder = tmp_path / "cv"
    for path in (folder, tmp_path / "other"):
        path.mkdir()
    (tmp_path / "other/me.png").write_bytes(PHOTO)
    (folder / "large.png").write_bytes(PHOTO.ljust(2_000_000))
    (folder / "resume.json").write_text(json.dumps({"basics": {"name": "Ada", "image": image}}), encoding="utf-8")
    found = import_file(folder / "resume.json")
    assert (found.photo, "folio_resume_photo" in found.settings, ":image:" in found.pages["resume.md"]) == (
        {},
        False,
        False,
    )
    assert found.skipped == [f"basics.image: {COPY % (image, problem.format(folder=folder))}"]


@pytest.mark.parametrize("image", ["https://ada.example.org/me.png", "ada.example.org/me.png"])
def test_a_photo_with_an_address_stays_there_and_the_report_says_how_to_show_it(tmp_path: Path, image: str) -> None:
    resume = tmp_path / "resume.json"
    resume.write_text(json.dumps({"basics": {"name": "Ada", "image": image}}), encoding="utf-8")
    found = import_file(resume)
    assert ":image: https://ada.example.org/me.png\n" in found.pages["resume.md"]
    note = "basics.image: imported as an address; for the PDF, download the picture and name it in folio_resume_photo"
    assert note in found.notes
