"""Anyone's JSON Resume becomes pages, and these tell the same again; what is no résumé is refused where it is none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sphinx_folio.__main__ import main
from sphinx_folio.importing.pages import import_resume
from sphinx_folio.importing.reading import UnreadableResumeError, read_resume

SAMPLES = sorted((Path(__file__).parent.parent / "data" / "json-resume").glob("*.resume.json"))
ADDED = {"x-folio", "meta", "$schema"}


def imported(data: Any) -> Any:
    return import_resume(read_resume(json.dumps(data).encode()))


def exported(build: Any, found: Any, **settings: Any) -> dict[str, Any]:
    """Build what was imported, strictly, and return what it exports."""
    app = build(found.pages, settings=found.settings | {"folio_exports": ["json"]} | settings)
    assert app.warning.getvalue() == ""
    data: dict[str, Any] = json.loads((app.outdir / "resume.json").read_text(encoding="utf-8"))
    return data


def spaced(text: str) -> str:
    return " ".join(text.split())


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
            for at in lost(part, told.get(name), f"{path}.{name}".lstrip("."))
        ]
    if isinstance(source, list):
        found: list[str] = []
        for number, part in enumerate(source):
            fewest = min((lost(part, other, f"{path}[{number}]") for other in told or [None]), key=len)
            found += fewest
        return found
    same = isinstance(told, str) and spaced(source) == spaced(told)
    return [] if same else [path]


def reported(found: Any) -> list[str]:
    return [line.partition(": ")[0] for line in found.left]


def is_reported(path: str, left: list[str]) -> bool:
    return any(re.match(re.escape(known) + r"(?![\w])", path) for known in left)


def test_there_are_samples() -> None:
    assert len(SAMPLES) == 5


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name.partition(".")[0])
def test_published_samples_are_told_again_but_for_what_is_reported(build: Any, sample: Path) -> None:
    source = json.loads(sample.read_text(encoding="utf-8"))
    found = imported(source)
    told = exported(build, found)
    missing = lost(source, told)
    assert [path for path in missing if not is_reported(path, reported(found))] == []
    for section in ("work", "education", "skills", "projects"):
        assert len(told.get(section, [])) == len(source.get(section, [])), section
    assert len(told["work"]) > 0


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
        {"name": 'Acme: "A" | B', "position": "Lead", "startDate": "2021", "x-folio": {"key": "lead"}},
    ],
    "education": [{"institution": "学校", "area": "数学", "studyType": "学士", "startDate": "2010", "endDate": "2014", "x-folio": {"key": "school", "summary": "Good."}}],
    "skills": [
        {"name": "C++", "level": "expert", "keywords": ["cpp"], "x-folio": {"key": "cpp", "category": "languages", "summary": "Text.", "evidence": ["proof"]}},
        {"name": "网络", "x-folio": {"key": "net", "category": "nets"}},
    ],
    "projects": [
        {
            "name": "Pool", "description": "Gives ```out``` addresses.\n\nTwice.", "highlights": ["Fast."], "keywords": ["C++", "网络"],
            "startDate": "2019-05", "url": "https://r.example.org", "roles": ["Lead"], "entity": 'Acme: "A" | B',
            "x-folio": {
                "key": "pool", "position": "lead", "languages": ["cpp"], "skills": ["net"], "links": {"repository": "https://r.example.org"},
                "evidence": ["proof"], "highlights": [{"key": "fast", "skills": ["net"], "evidence": ["proof"]}],
            },
        }
    ],
    "x-folio": {
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
    assert found.left == []
    once = exported(build, found)
    assert lost(OURS, once) == []
    again = imported(once)
    assert again.left == []
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


DEEP: Any = []
for _level in range(30):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "no JSON: "),
        (b"[]", "a résumé is an object, not a list"),
        (b"\xff\xfe{}", "no UTF-8: "),
        (b'{"basics": {"name": NaN}}', "no JSON: NaN is no number of JSON"),
        (b"[" * 100_000, "nested more than 20 levels deep"),
        (b'{"title": "x"}', "no résumé: it has none of basics, work, education, skills, projects"),
        (b" " * 10_000_001, "10000001 bytes are more than a résumé has; at most 10000000 are read"),
        ({"basics": {"name": "x" * 100_001}}, "basics.name: 100001 characters are more than a field has"),
        ({"basics": {"x": DEEP}}, r"basics\.x(\[0\])+: nested more than 20 levels deep"),
        ({"basics": {"name": "a\ud800"}}, r"basics\.name: U\+D800 is no character of a text"),
        ({"basics": {"name": "a\x00"}}, r"basics\.name: U\+0000 is no character of a text"),
        ({"basics": {"\udc00": "a"}}, r"basics \(a name in it\): U\+DC00 is no character of a text"),
        ({"basics": []}, "basics: an object is needed, not a list"),
        ({"basics": {"name": 1}}, r"basics\.name: a text is needed, not a number"),
        ({"basics": {"name": {"a": "b"}}}, r"basics\.name: a text is needed, not an object"),
        ({"work": {}}, "work: a list is needed, not an object"),
        ({"work": ["x"]}, r"work\[0\]: an object is needed, not a text"),
        ({"work": [{"name": "A", "highlights": "x"}]}, r"work\[0\]\.highlights: a list is needed, not a text"),
        ({"skills": [{"name": "A", "keywords": [True]}]}, r"skills\[0\]\.keywords\[0\]: a text is needed, not true or false"),
        (
            {"skills": [{"name": "A", "x-folio": {"key": "a"}}, {"name": "B", "x-folio": {"key": "a"}}]},
            r"skills\[1\]\.x-folio\.key: 'a' is taken by skills\[0\]",
        ),
        ({"skills": [{"name": "A", "x-folio": {"key": "A b"}}]}, r"skills\[0\]\.x-folio\.key: 'A b' is no key"),
        ({"projects": [{"name": "A", "x-folio": {"skills": ["b"]}}]}, r"projects\[0\]\.x-folio\.skills\[0\]: there is no skill 'b'"),
    ],
)  # fmt: skip
def test_what_is_no_resume_is_refused_with_the_path(data: Any, message: str) -> None:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(UnreadableResumeError, match=message):
        import_resume(read_resume(text))


def test_what_cannot_be_placed_is_reported_and_not_written(build: Any) -> None:
    found = imported({
        "basics": {
            "name": "Ada", "email": "no address", "url": "javascript:alert(1)", "phone": "1", "x": 1,
            "profiles": [{"network": "a, b", "url": "https://a.example.org"}, {"network": "c", "url": "javascript:x"}],
        },
        "work": [
            {"name": "A", "position": "B"},
            {"name": "C", "position": "D", "startDate": "May 2020"},
            {"name": "E", "position": "F", "startDate": "2020", "endDate": "2019"},
        ],
        "skills": [{"level": "x"}, {"name": "Go", "keywords": ["a, b"]}],
        "projects": [{"name": "P", "endDate": "2020", "keywords": ["no skill"]}],
        "hobbies": [1],
    })  # fmt: skip
    assert reported(found) == [
        "skills[0]", "skills[1].keywords[0]", "work[0]", "work[1].startDate", "work[1]", "work[2].endDate",
        "projects[0].endDate", "projects[0].keywords[0]", "basics.profiles[0]", "basics.profiles[1]", "basics.email",
        "basics.url", "basics.phone", "basics.x", "hobbies",
    ]  # fmt: skip
    text = "".join(found.pages.values())
    assert "javascript" not in text
    told = exported(build, found)
    assert [row["name"] for row in told["work"]] == ["E"]
    assert "name: C" in text  # kept as prose


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
    items = [" ".join(item.get_text(" ").split()) for item in page.select("section section > ul > li")]
    assert items == [
        "Chair , Club, 2010 a b - c", "Best *Paper* , OSDI, 2014-10-01 One. Two.", "Architect", "https://example.org/b",
        "C url: javascript:alert(1) score: 5", "English , native", "Maps , GIS, # atlas", "Bo <script>alert(1)</script>",
    ]  # fmt: skip
    assert [link["href"] for link in page.select("section section > ul a")] == [
        "https://example.org/a",
        "https://example.org/b",
    ]


def test_the_command_writes_pages_and_overwrites_nothing_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["import", str(SAMPLES[0]), str(tmp_path / "docs")]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "primary_domain = 'folio'" in out
    assert "without a place of its own:" in out
    page = tmp_path / "docs" / "resume.md"
    page.write_text("mine", encoding="utf-8")
    assert main(words) == 1
    assert "would be overwritten; --overwrite does so" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "mine"
    assert main([*words, "--overwrite"]) == 0
    assert page.read_text(encoding="utf-8") != "mine"


def test_the_command_says_which_field_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "resume.json"
    source.write_text('{"basics": {"name": 1}}', encoding="utf-8")
    assert main(["import", str(source), str(tmp_path / "docs")]) == 1
    assert capsys.readouterr().err == f"{source}: basics.name: a text is needed, not a number\n"
    assert main(["import", str(tmp_path / "none.json"), str(tmp_path / "docs")]) == 1
    assert not (tmp_path / "docs").exists()
