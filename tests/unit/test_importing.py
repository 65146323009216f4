"""A résumé is read whole: what is wrong is refused with its path, what is unusual is understood, and nothing is lost."""

from __future__ import annotations

import json
import random
import re
from html import unescape
from typing import Any

import pytest
from markdown_it import MarkdownIt

from sphinx_folio.cli.importing.dates import is_ongoing, read_date
from sphinx_folio.cli.importing.fields import ImportOptions
from sphinx_folio.cli.importing.headings import ENGLISH, LANGUAGES, headings_in
from sphinx_folio.cli.importing.items import UnreadableResumeError
from sphinx_folio.cli.importing.levels import sort_levels
from sphinx_folio.cli.importing.markdown import blocks, divided, escaped, marked, nested_blocks, split_list, unmarked
from sphinx_folio.cli.importing.pages import Imported, import_resume
from sphinx_folio.cli.importing.positions import Position, positions_of
from sphinx_folio.cli.importing.reading import read_resume
from sphinx_folio.cli.importing.report import import_report
from sphinx_folio.cli.importing.symbols import PRINTED, printable
from sphinx_folio.directives.keys import key_from
from sphinx_folio.export.formats.json_resume_values import without_html
from sphinx_folio.export.formats.pdf import pdf
from sphinx_folio.export.formats.resume_document import ResumeDocument
from sphinx_folio.portfolio.dates import PartialDate, Period


def imported(data: Any, **options: Any) -> Imported:
    return import_resume(read_resume(json.dumps(data).encode()), options=ImportOptions(**options))


def paths(lines: list[str]) -> list[str]:
    return [line.partition(": ")[0] for line in lines]


DEEP: Any = []
for _level in range(30):
    DEEP = [DEEP]

REFUSED: list[tuple[Any, str]] = [
    (b'{"basics":\n  {"name": "a",}}', "not valid JSON, line 2, column 1[56]: "),
    (b"", "the file is empty"),
    (b"[]", "a résumé must be an object, not a list"),
    (b"1e9", "a résumé must be an object, not a number"),
    (b"null", "a résumé must be an object, not null"),
    (b"\xff\xfe{}", "not UTF-8: invalid start byte at byte 0; save the file as UTF-8"),
    ('{"basics": {"name": "é"}}'.encode("latin-1"), "not UTF-8: "),
    (b'{"basics": {"name": NaN}}', "basics.name: NaN is not a valid JSON number"),
    (b'{"work": [{"name": -Infinity}]}', r"work\[0\]\.name: -Infinity is not a valid JSON number"),
    (b'{"basics": {"name": "a", "name": "b"}}', r"basics\.name: occurs more than once"),
    (b'{"skills": [], "work": [{"x": 1, "x": 1}], "skills": []}', r"skills: occurs more than once\nwork\[0\]\.x: occurs more than once"),
    (b"[" * 100_000, "nested more than 20 levels deep"),
    (b'{"title": "x"}', "not a JSON Resume: it has none of basics, work, education, skills, projects"),
    (b" " * 10_000_001, "the file is larger than 10000000 bytes"),
    ({"basics": {"name": "x" * 100_001}}, "basics.name: longer than 100000 characters"),
    ({"basics": {"x": DEEP}}, r"basics\.x(\[0\])+: nested more than 20 levels deep"),
    ({"basics": {"name": "a\ud800"}}, r"basics\.name: contains U\+D800, which is not allowed in text"),
    ({"basics": {"name": "a\x00"}}, r"basics\.name: contains U\+0000"),
    ({"work": [{"highlights": ["a", "b\x1b[1m"]}]}, r"work\[0\]\.highlights\[1\]: contains U\+001B"),
    ({"basics": {"name": "a\ufffe"}}, r"basics\.name: contains U\+FFFE"),
    ({"basics": {"\udc00": "a"}}, r"basics: the name '\\udc00': contains U\+DC00"),
    ({"basics": [], "work": {}}, "not a JSON Resume: basics must be an object, or one of work, education, skills, projects a list"),
    (
        {"skills": [{"name": "A", "x-folio": {"key": "a"}}, {"name": "B", "x-folio": {"key": "a"}}]},
        r"skills\[1\]\.x-folio\.key: 'a' is already the key of skills\[0\]\.x-folio",
    ),
    ({"skills": [{"name": "A", "x-folio": {"key": "A b"}}]}, r"skills\[0\]\.x-folio\.key: 'A b' is not a key"),
    ({"projects": [{"name": "A", "x-folio": {"skills": ["b"]}}]}, r"projects\[0\]\.x-folio\.skills\[0\]: unknown skill 'b'"),
    ({"projects": [{"name": "A", "x-folio": {"position": "b"}}]}, r"projects\[0\]\.x-folio\.position: unknown position 'b'"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_is_not_a_resume_is_refused_with_its_path(data: Any, message: str) -> None:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(UnreadableResumeError, match=f"^{message}" if message[0] != "[" else message):
        import_resume(read_resume(text))


def test_many_problems_are_cut_short() -> None:
    with pytest.raises(UnreadableResumeError, match=r"and 5 more problems$"):
        imported({"projects": [{"name": f"A{number}", "x-folio": {"skills": ["b"]}} for number in range(25)]})


@pytest.mark.parametrize(
    ("data", "report", "extra"),
    [
        ({"basics": {"name": True}}, "basics.name: must be a string, not true", {"basics": {"name": True}}),
        ({"basics": {"name": ["A", True]}}, "basics.name: must be a string, not a list", {"basics": {"name": ["A", True]}}),
        ({"basics": {}, "work": {"name": "A"}}, "work: must be a list, not an object", {"work": {"name": "A"}}),
        ({"skills": [7, {"name": "A"}]}, "skills[0]: must be an object, not a number", {"skills": [7]}),
        ({"work": ["x"]}, "work[0]: must be an object, not a string", {"work": ["x"]}),
        ({"basics": {}, "volunteer": "x"}, "volunteer: must be a list, not a string", {"volunteer": "x"}),
        (
            {"skills": [{"name": "A", "keywords": [True]}]}, "skills[0].keywords[0]: must be a string, not true",
            {"skills": [{"x-folio": {"key": "a"}, "keywords": [True]}]},
        ),
        (
            {"awards": [{"title": "A", "highlights": ["B"]}], "work": []}, "awards[0].highlights: not supported",
            {"awards": [{"x-folio": {"key": "a"}, "highlights": ["B"]}]},
        ),
        (
            {"skills": [{"level": "A", "x": 1}], "work": []}, "skills[0]: a skill needs a name",
            {"skills": [{"level": "A", "x": 1, "x-folio": {}}]},
        ),
        (
            {"projects": [{"x-folio": "s"}], "work": []}, "projects[0].x-folio: must be an object, not a string",
            {"projects": [{"x-folio": {"on-page": []}}]},
        ),
        ({"basics": {"x": 10**400, "y": 0.5}}, "basics.x: not supported", {"basics": {"x": "1" + "0" * 400, "y": 0.5}}),
        (
            {"basics": {"x.com": "a", "x": {"com": "b"}}, "work": [{"name": "A", "position": "B", "startDate": "2020", "team[0]": 1}]},
            "work[0].team[0]: not supported",
            {"basics": {"x.com": "a", "x": {"com": "b"}}, "work": [{"x-folio": {"key": "a"}, "team[0]": 1}]},
        ),
    ],
)  # fmt: skip
def test_values_of_the_wrong_type_are_kept(data: Any, report: str, extra: Any) -> None:
    found = imported(data)
    assert report in found.kept
    assert json.loads(found.pages["json-resume-extra.json"]) == extra


def test_what_readers_would_confuse_and_what_lies_ahead_is_text() -> None:
    job = {"name": "Acme", "position": "Lead", "startDate": "2020", "highlights": ["Fast.", "fast.", "Sure."]}
    found = imported({
        "work": [job, job | {"summary": "Again."}, job | {"startDate": "2021"}, job | {"startDate": "2999-01"}],
        "skills": [{"name": "Go", "level": "High"}, {"name": "go", "keywords": ["Golang"]}],
        "projects": [{"name": "P", "startDate": "2999-01-02"}, {"name": "p", "url": "https://p.example.org"}],
        "awards": [{"title": "Dean's list", "date": "2019"}, {"title": "Dean's list", "date": "2020"}, {"title": "Dean's List", "date": "2020", "summary": "Too."}, {"title": "Next", "date": "2999"}],
        "references": [{"name": "Bo", "reference": "One."}, {"name": "Bo", "reference": "Two."}],
        "education": [{"institution": "School", "endDate": "2999", "startDate": "2019"}, {"institution": "School", "startDate": "2019", "endDate": "2999", "score": "1"}],
        "x-folio": {"courses": [{"name": "Graphs"}, {"name": "Graphs", "summary": "Too."}], "talks": [{"event": "Conference"}]},
    })  # fmt: skip
    page = found.pages["resume.md"]
    counts = {
        kind: page.count(f"{{{kind}}}")
        for kind in ("position", "highlight", "project", "award", "reference", "education", "course", "talk")
    }
    assert counts == {
        "position": 2, "highlight": 4, "project": 1, "award": 3, "reference": 1, "education": 1, "course": 1, "talk": 0,
    }  # fmt: skip
    assert found.pages["skills.md"].count("{skill}") == 1
    for text in (
        "Again.",
        "2999-01",
        "- **Dean's List**, 2020",
        "- **Bo**",
        "- **Graphs**",
        "- **Conference**",
        "Two.",
        "Golang",
    ):
        assert text.replace("2999-01", "2999") in page + found.pages["skills.md"]
    notes = dict(note.split(": ", 1) for note in found.notes)
    assert notes["awards[2]"] == "the same as awards[1]; written to the page as text"
    assert notes["projects[0].startDate"] == "later than today; written to the page as text"
    assert notes["work[0].highlights[1]"] == "occurs more than once"
    assert set(json.loads(found.pages["json-resume-extra.json"])) == {
        "work", "skills", "projects", "awards", "references", "education", "x-folio",
    }  # fmt: skip


def test_a_copy_that_differs_only_in_case_and_space_is_left_out() -> None:
    once: dict[str, list[dict[str, Any]]] = {
        "work": [{"name": "Acme", "position": "Lead", "startDate": "2020", "summary": "• One\n• Two", "location": {"city": "Ulm"}}],
        "education": [{"institution": "School", "area": "Art", "courses": ["A", "B"]}], "projects": [{"name": "P", "keywords": ["Go"]}],
        "skills": [{"name": "Go", "level": "High"}, {"name": "C"}], "languages": [{"language": "English", "fluency": "Good"}], "awards": [{"title": "Prize"}],
    }  # fmt: skip
    copies: dict[str, list[dict[str, Any]]] = {
        "work": [{"name": "ACME", "position": "lead", "startDate": "2020", "summary": "• one\n •  Two", "url": ""}],
        "education": [{"institution": "school", "area": "art", "courses": ["B"]}], "projects": [{"name": "p"}],
        "skills": [{"name": "go"}], "languages": [{"language": "english"}], "awards": [{"title": "prize", "x-folio": {}}],
    }  # fmt: skip
    found = imported({name: [*items, *copies[name]] for name, items in once.items()})
    alone = imported(once)
    assert found.pages == alone.pages
    assert [note for note in found.notes if note not in alone.notes] == [
        f"{name}[{len(once[name])}]: left out, since it is the same as {name}[0]"
        for name in ("skills", "work", "projects", "education", "awards", "languages")
    ]


def test_the_birth_in_a_private_export_does_not_become_public() -> None:
    basics = {"name": "Ada", "phone": "+1 555", "x-folio": {"key": "ada", "birth": "1990-05-17"}}
    found = imported({"basics": basics, "x-folio": {"private": True}})
    assert paths(found.skipped) == ["basics.x-folio.birth", "basics.phone"]
    assert "1990" not in "".join(found.pages.values())
    assert ":birth: 1990-05-17" in imported({"basics": basics}).pages["resume.md"]


def test_a_string_where_an_object_is_expected_is_its_name() -> None:
    found = imported(
        {"skills": ["Go", ""], "languages": ["English"], "basics": {"profiles": ["https://a.example.org/me"]}}
    )
    assert "{skill} go" in found.pages["skills.md"]
    assert ":name: English" in found.pages["resume.md"]
    assert ":profiles: a.example.org <https://a.example.org/me>" in found.pages["resume.md"].replace('"', "")
    assert found.kept == []


@pytest.mark.parametrize(
    ("position", "text"),
    [
        ({"url": {"name": "acme", "url": "https://acme.example.org"}}, ":entity-url: https://acme.example.org"),
        ({"url": {"label": "acme.example.org"}}, ":entity-url: https://acme.example.org"),
        ({"summary": ["One.", "Two."]}, "One.\n\nTwo.\n"),
        ({"highlights": "One."}, ":position: a\n\nOne.\n"),
        ({"highlights": [{"title": "One."}, 2]}, ":position: a\n\n2\n"),
    ],
)
def test_a_value_of_another_type_that_has_one_meaning_is_imported_and_kept(position: Any, text: str) -> None:
    found = imported({"work": [{"name": "A", "position": "B", "startDate": "2020", **position}]})
    assert text in found.pages["resume.md"]
    [kept] = json.loads(found.pages["json-resume-extra.json"])["work"]
    assert kept == {"x-folio": {"key": "a"}, **position}


def test_a_byte_order_mark_empty_values_and_numbers_are_understood() -> None:
    data = b'\xef\xbb\xbf{"basics": {"name": null, "label": "", "summary": " "}, "awards": [null], "work": [{"name": "", "highlights": [""]}],'
    data += (
        b'"skills": [{"name": "Go", "level": 3.50, "keywords": [null, ""]}, {}], "education": [{"institution": "A", "gpa": 1%s}]}'
        % (b"0" * 5000)
    )
    found = import_resume(read_resume(data))
    assert found.skipped == []
    assert [note for note in found.notes if "number" in note] == [
        "skills[0].level: a number, imported as text", "education[0].gpa: a number, imported as text",
    ]  # fmt: skip
    assert "basics.name: name is missing; imported as Anonymous" in found.notes
    assert found.settings["folio_levels"] == ["3.50"]
    assert ":score: 1" + "0" * 5000 in found.pages["resume.md"]
    assert "Awards" not in found.pages["resume.md"]


@pytest.mark.parametrize(
    ("text", "days", "read"),
    [
        ("2021", False, "2021"), ("2021-08", False, "2021-08"), ("2021-8-5", False, "2021-08"), ("2021-8-5", True, "2021-08-05"),
        ("2024-09-31", False, "2024-09"), ("2021/08", False, "2021-08"), ("2021.08.31", True, "2021-08-31"), ("08/2021", False, "2021-08"),
        ("1. März 2021", True, "2021-03-01"), ("3 de mayo de 2021", True, "2021-05-03"), ("juil. 2021", False, "2021-07"), ("FÉVRIER 2021", False, "2021-02"),
        ("Aug 2021", False, "2021-08"), ("August, 2021", False, "2021-08"), ("Sept. 2021", False, "2021-09"), ("5 May 2021", True, "2021-05-05"),
        ("May 5, 2021", True, "2021-05-05"), ("2021-08-31T10:00:00Z", True, "2021-08-31"), ("2021年8月", False, "2021-08"), ("2021年", False, "2021"),
        ("2021年8月5日", True, "2021-08-05"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str, days: bool, read: str) -> None:
    date, shortened = read_date(text, days=days)
    assert str(date) == read
    assert shortened == (not days and bool(re.search(r"\d\D\d+\D\d+$|\d日", text)))


@pytest.mark.parametrize(
    "text", ["", "soon", "Easter 2021", "2021-13", "2024-09-31", "21-08", "Marketing 2021", "Jui 2021", "20211", "٢٠٢١"]
)
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "goes_on"), [("Present", True), ("至今", True), ("now.", True), ("", False), ("2020", False)]
)
def test_what_goes_on_has_no_end(text: str, goes_on: bool) -> None:
    assert is_ongoing(text) == goes_on


@pytest.mark.parametrize(
    ("levels", "order", "unknown"),
    [
        ("Expert, Intermediate, Advanced, Beginner", "Beginner, Intermediate, Advanced, Expert", ""),
        ("Master, Novice, Proficient, Elementary, Fluent, Native", "Novice, Elementary, Proficient, Fluent, Master, Native", ""),
        ("精通, 了解, 熟练, 理解, 掌握, 熟悉", "了解, 理解, 熟悉, 掌握, 熟练, 精通", ""),
        ("Experte, Fortgeschritten, Grundkenntnisse, Anfänger", "Anfänger, Grundkenntnisse, Fortgeschritten, Experte", ""),
        ("Fließend, Muttersprache, Gut", "Gut, Fließend, Muttersprache", ""), ("Expert, Débutant, Avancé, Intermédiaire", "Débutant, Intermédiaire, Avancé, Expert", ""),
        ("Senior, Mid-Junior, Junior, Mid-Senior", "Junior, Mid-Junior, Mid-Senior, Senior", ""),
        ("90%, 5%, 45 %", "5%, 45 %, 90%", ""), ("4, 10, 1", "1, 4, 10", ""), ("4/5, 1/5", "1/5, 4/5", ""), ("5+ years, 10 years, 1 yr", "1 yr, 5+ years, 10 years", ""),
        ("★★★, ★☆☆", "★☆☆, ★★★", ""), ("expert level, Basic knowledge", "Basic knowledge, expert level", ""),
        (
            "Native or bilingual proficiency, Professional working proficiency, Elementary proficiency, Full professional proficiency, Limited working proficiency",
            "Elementary proficiency, Limited working proficiency, Professional working proficiency, Full professional proficiency, Native or bilingual proficiency", "",
        ),
        ("Rockstar, Expert, Ninja, Beginner", "Beginner, Expert", "Rockstar, Ninja"), ("Expert, 80%", "Expert", "80%"), ("Rockstar", "", "Rockstar"), ("", "", ""),
    ],
)  # fmt: skip
def test_levels_are_put_in_order(levels: str, order: str, unknown: str) -> None:
    known, rest = sort_levels(filter(None, levels.split(", ")))
    assert ", ".join(known) == order
    assert ", ".join(rest) == unknown


def test_levels_that_differ_in_case_are_one_and_unknown_ones_are_left_to_the_owner() -> None:
    levels = ["Expert", "expert", "Rockstar", "Beginner"]
    found = imported({"skills": [{"name": f"S{number}", "level": level} for number, level in enumerate(levels)]})
    assert found.settings["folio_levels"] == ["Beginner", "Expert"]
    assert found.unordered == ("Rockstar",)
    assert found.pages["skills.md"].count(":level: Expert") == 2
    assert found.pages["skills.md"].count(":level: Rockstar") == 1


def test_our_own_exports_say_the_order_of_levels_and_have_sections_of_text() -> None:
    skills = [{"name": "Go", "level": "at work"}, {"name": "C", "level": "at school"}]
    section = {"title": "Teaching", "text": "Often.\n\n- one\n- two"}
    own = {"levels": ["at school", "at work", "never"], "sections": [section, {"text": "Alone."}]}
    found = imported({"skills": skills, "x-folio": own})
    assert found.settings["folio_levels"] == ["at school", "at work"]
    assert found.unordered == ()
    assert found.pages["resume.md"].endswith("## Teaching\n\nOften.\n\n- one\n- two\n\nAlone.\n")
    other = imported({"skills": skills, "x-folio": {"levels": ["at school"]}})
    assert other.unordered == ("at work", "at school")


def rendered(text: str) -> str:
    """Return Markdown as HTML, by the parser that MyST has."""
    html: str = MarkdownIt("commonmark").render(text)
    return html.strip().removeprefix("<p>").removesuffix("</p>")


MARKED = [
    ("**bold** and *it*, _it_ and __too__", "<strong>bold</strong> and <em>it</em>, <em>it</em> and <strong>too</strong>"),
    ("`a_b` `*x*`", "<code>a_b</code> <code>*x*</code>"),
    ("[GitHub](https://github.com/a_b) and [mail](mailto:a@b.org)", '<a href="https://github.com/a_b">GitHub</a> and <a href="mailto:a@b.org">mail</a>'),
    ("<https://a.org/x_y>", '<a href="https://a.org/x_y">https://a.org/x_y</a>'),
    ("[x](javascript:alert(1)) [y](/etc) [z][1]", "[x](javascript:alert(1)) [y](/etc) [z][1]"),
    ("![p](https://a.org/p.png)", '!<a href="https://a.org/p.png">p</a>'),
    ("**[a](https://a.org)**", '<strong><a href="https://a.org">a</a></strong>'),
    ("a ** b ** c, 5 * 3 * 2, snake_case_name", "a ** b ** c, 5 * 3 * 2, snake_case_name"),
    ("**（高）**性能", "**（高）**性能"),
    ("**高**性能", "<strong>高</strong>性能"), ("***A***, b", "<em><strong>A</strong></em>, b"),
    ("<script>x</script> <b>y</b> {skill}`go` $x$ # h", "&lt;script&gt;x&lt;/script&gt; &lt;b&gt;y&lt;/b&gt; {skill}<code>go</code> $x$ # h"),
    ("# h", "# h"), ("- **a**", "- <strong>a</strong>"), ("1. `a`", "1. <code>a</code>"), ("(x)= **b**", "(x)= <strong>b</strong>"),
    ("`open and **b**", "`open and <strong>b</strong>"), (r"\*\*a\*\* \`x\` \a", r"**a** `x` \a"), ("**a *b* `*` c**", "<strong>a <em>b</em> <code>*</code> c</strong>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "html"), MARKED)
def test_a_safe_part_of_markdown_is_kept_if_asked_for(text: str, html: str) -> None:
    assert rendered(marked(text)) == html
    assert unescape(re.sub("<[^<>]+>", "", html)) == unmarked(text)
    assert rendered(escaped(text)) == text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("text", "plain", "markdown"),
    [
        ("One<br>two<BR />three", "One\ntwo\nthree", "One\ntwo\nthree"), ("<p>One</p><p class='x'>two</p>", "\nOne\n\ntwo\n", "\nOne\n\ntwo\n"),
        ("R&amp;D &lt;x&gt; &nbsp;&copy; A&B; &unknown;", "R&D <x> \xa0© A&B; &unknown;", "R&D <x> \xa0© A&B; &unknown;"),
        ("<b>bold</b> <EM>x</EM> <u>y</u>", "bold x y", "**bold** *x* y"), ("<b>a <i>b</i></b>", "a b", "**a *b***"),
        ('<a href="https://a.org">here</a>', "here (https://a.org)", "[here](https://a.org)"),
        ("<ul><li>a</li><li>b</li></ul>", "\n\n- a\n\n- b\n\n", "\n\n- a\n\n- b\n\n"),
        ("a < b and c > d, vector<int>, <script>x</script>, a <b> c", "a < b and c > d, vector<int>, <script>x</script>, a <b> c", "a < b and c > d, vector<int>, <script>x</script>, a <b> c"),
    ],
)  # fmt: skip
def test_html_becomes_text(text: str, plain: str, markdown: str) -> None:
    assert without_html(text) == plain
    assert without_html(text, markdown=True) == markdown


@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 30_000,
        "<b>" * 14_000 + "</b>" * 14_000,
        "<a href='" * 10_000,
        "*" * 100_000,
        "[" * 100_000,
        "`" * 99_999,
        "<br " * 25_000,
        "**a " * 25_000,
        "a" + " " * 99_998 + "b",
        "- a " * 25_000,
        "a. " * 33_000,
        "🚀 \n" * 33_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    marked(without_html(text[:100_000], markdown=True))
    blocks(divided(printable(text[:100_000])))


def position(key: str, title: str, start: str, end: str = "") -> Position:
    return Position(key, "Acme", title, Period(PartialDate.parse(start), PartialDate.parse(end) if end else None))


TWO = (position("junior", "Engineer", "2018-01", "2020-06"), position("senior", "Lead", "2020-06"))


@pytest.mark.parametrize(
    ("entity", "roles", "dates", "keys"),
    [
        ("ACME", ["Lead"], "", ["senior"]), ("Acme", ["engineer", "Tester"], "", ["junior"]), ("Acme", [], "", ["junior", "senior"]),
        ("Acme", [], "2019/2019", ["junior"]), ("Acme", [], "2021-03", ["senior"]), ("Acme", [], "2020-06", ["senior"]), ("Acme", [], "2020-06/2020-06", ["senior"]),
        ("Acme", ["Engineer", "Lead"], "2019/2020-02", ["junior"]), ("Acme", [], "2020/2020", ["junior", "senior"]), ("Other", ["Lead"], "2021", []),
        ("Acme", [], "2017", []), ("Acme", [], "2019", []), ("Acme", [], "2019/2021", []), ("Acme", ["Engineer"], "2019/2021", []), ("Acme", ["Lead"], "2019/2021", []),
    ],
)  # fmt: skip
def test_a_project_belongs_to_the_position_that_contains_it(
    entity: str, roles: list[str], dates: str, keys: list[str]
) -> None:
    start, _, end = dates.partition("/")
    period = Period(PartialDate.parse(start), PartialDate.parse(end) if end else None) if start else None
    assert [found.key for found in positions_of(TWO, entity, roles, period)] == keys


@pytest.mark.parametrize(
    ("end", "fact", "change"),
    [
        ("2023-08", ":entity: Finch", "imported without a position, since none at Finch contains its dates"),
        ("2020-01", ":position: finch", "assigned to the position finch (Engineer), which contains its dates"),
        ("", ":entity: Finch", "imported without a position, since none at Finch contains its dates"),
    ],
)
def test_a_choice_between_positions_is_reported(end: str, fact: str, change: str) -> None:
    work = [
        {"name": "Finch", "position": "Staff engineer", "startDate": "2020-03"},
        {"name": "Finch", "position": "Engineer", "startDate": "2018-01", "endDate": "2020-03"},
    ]
    project = {"name": "P", "entity": "Finch", "startDate": "2019-08", "endDate": end}
    found = imported({"basics": {"name": "Ada"}, "work": work, "projects": [project]})
    assert fact in found.pages["resume.md"].partition("## Projects")[2]
    assert found.notes == [f"projects[0].entity: {change}"]


def test_a_project_keeps_the_facts_that_differ_from_those_of_its_position() -> None:
    work = [{"name": "Acme", "position": "Lead", "startDate": "2020"}]
    found = imported({"work": work, "projects": [
        {"name": "P", "entity": "Acme", "roles": ["Lead", "Speaker"], "type": "app"}, {"name": "Q", "entity": "Else", "roles": ["Lead"], "keywords": ["x"]},
        {"name": "R", "roles": ["Speaker, host", "Author\nof\tall"]},
    ]})  # fmt: skip
    projects = found.pages["resume.md"].partition("## Projects")[2]
    assert ":position: acme" in projects
    assert ':type: app\n:roles: "Lead, Speaker"\n' in projects
    assert ":entity: Else\n:roles: Lead\n```\n\nKeywords: x\n" in projects
    assert ':roles: "Speaker, host, Author of all"\n' in projects
    assert "projects[2].roles[0]: split at the commas" in found.notes
    assert found.skipped == []


def test_lists_of_options_name_each_part_once() -> None:
    found = imported({
        "basics": {"name": "Ada", "profiles": [{"network": "A", "url": "https://a.example.org"}] * 2, "x-folio": {"otherNames": ["Q", "Q"]}},
        "skills": [{"name": "Code", "keywords": ["Python, Go", "Go", "C", "C", "C  sharp", "C sharp"]}],
        "projects": [{"name": "P", "roles": ["Lead", "Lead"], "keywords": ["C\tsharp"]}],
        "education": [{"institution": "School", "courses": ["Art, Law", "Art"]}],
        "publications": [{"name": "Paper", "authors": ["A", "A"]}], "interests": [{"name": "I", "keywords": ["a", "b, a"]}],
    })  # fmt: skip
    assert ':keywords: "Python, Go, C, C sharp"\n' in found.pages["skills.md"]
    page = found.pages["resume.md"]
    assert "{skill}`code`: Python, Go, C, C sharp\n" in page
    for line in (
        ':profiles: "A <https://a.example.org>"', ":other-names: Q", ":roles: Lead", ":skills: code", ':courses: "Art, Law"',
        ":authors: A", ':keywords: "a, b"',
    ):  # fmt: skip
        assert f"\n{line}\n" in page
    assert "skills[0].keywords[3]: occurs more than once" in found.notes


def test_the_report_counts_the_skills_that_nothing_shows() -> None:
    skills = [{"name": name} for name in ("Go", "C", "Rust")]
    projects = [{"name": "P", "keywords": ["Go", "C"]}]
    assert [line for line in import_report(imported({"skills": skills, "projects": projects})) if "1 of 3" in line]
    assert not any(" of 2" in line for line in import_report(imported({"skills": skills[:2], "projects": projects})))


def test_version_0_0_0_is_read_as_1_0_0() -> None:
    old = imported({
        "basics": {"name": "Ada", "website": "ada.example.org", "picture": "https://ada.example.org/me.png", "bio": "Builds.", "degree": "PhD"},
        "work": [{"company": "Acme", "position": "Engineer", "website": "https://acme.example.org", "startDate": "2016-02-01", "endDate": "2016-02-28", "summary": "S"}],
        "volunteer": [{"organization": "Club", "position": "Chair", "website": "https://club.example.org", "startDate": "2016-01", "endDate": "2020-01-31"}],
        "education": [{"institution": "School", "gpa": "3.8", "courses": ["A", "B"]}],
        "publications": [{"title": "T", "link": "https://t.example.org", "details": "D"}],
        "hobbies": [{"name": "Maps"}],
    })  # fmt: skip
    page = old.pages["resume.md"]
    for text in (
        ":url: https://ada.example.org\n:image: https://ada.example.org/me.png\n\nBuilds.\n```\n\nPhD\n",
        "### Acme\n\n```{position} acme\n:title: Engineer\n:start: 2016-02\n:end: 2016-02\n:entity-url: https://acme.example.org\n\nS\n```",
        "```{volunteer} club\n:organization: Club\n:title: Chair\n:url: https://club.example.org\n:start: 2016-01\n:end: 2020-01\n```", ':score: 3.8\n:courses: "A, B"\n',
        "```{publication} t\n:title: T\n:url: https://t.example.org\n\nD\n```", "## Interests\n\n```{interest} maps\n:name: Maps\n```",
    ):  # fmt: skip
        assert text in page
    assert paths(old.kept) == []


def test_a_position_whose_dates_are_unclear_is_not_said_to_go_on() -> None:
    found = imported({"basics": {"name": "Ada"}, "work": [
        {"name": "A", "position": "B", "startDate": "2020", "endDate": "soon"}, {"name": "C", "position": "D", "startDate": "2020-05", "endDate": "2019-04"},
        {"name": "E", "position": "F", "startDate": "2020", "endDate": "Present"}, {"name": "G", "position": "H", "startDate": "2019-02", "endDate": "2019-03（2个月）"},
    ]})  # fmt: skip
    page = found.pages["resume.md"]
    assert page.count("{position}") == 2
    assert ":start: 2019-02\n:end: 2019-03\n" in page
    assert "### A\n\n- **B**, 2020 – soon\n" in page
    assert "### C\n\n- **D**, May 2020 – Apr 2019\n" in page
    assert found.skipped == []
    assert paths(found.notes) == ["work[0].endDate", "work[1].endDate", "work[3].endDate"]
    assert json.loads(found.pages["json-resume-extra.json"])["work"][1]["position"] == "D"


def test_a_position_without_a_valid_start_is_reported_once() -> None:
    work = [
        {"name": "A", "position": "B", "startDate": "2999-01"},
        {"name": "A", "position": "C", "endDate": "2020"},
        {"name": "A", "position": "D"},
        {"name": "A", "startDate": "2020"},
    ]
    as_text, needed = (
        "the position is written to the page as text",
        "a position needs a name, a position and a startDate; written to the page as text",
    )
    assert imported({"basics": {"name": "Ada"}, "work": work}).notes == [
        f"work[0].startDate: later than today; {as_text}", f"work[1].endDate: startDate is missing; {as_text}", f"work[2]: {needed}", f"work[3]: {needed}",
    ]  # fmt: skip


def test_line_ends_of_every_system_are_the_same() -> None:
    basics = {"name": "Ada", "summary": "🚀 One\r\n\r\nTwo\rThree\u2028Four", "x": ["a\r\nb"]}
    found = imported({"basics": basics, "skills": [{"name": "Go", "x-folio": {"key": "go", "summary": "A\r\nB"}}]})
    assert "\n\nOne\n\nTwo\n\nThree\n\nFour\n```" in found.pages["resume.md"]
    assert "\n\nA\n\nB\n```" in found.pages["skills.md"]
    assert found.notes == ["basics.summary: characters left out or replaced because no PDF font has them: 🚀"]
    assert json.loads(found.pages["json-resume-extra.json"]) == {"basics": {"x": ["a\nb"]}}


def test_dates_that_are_not_readable_stay_as_they_are() -> None:
    found = imported({
        "basics": {"name": "Ada"},
        "projects": [{"name": "P", "startDate": "Easter 2020", "endDate": "2021-05-03"}, {"name": "Q", "endDate": "2020"}],
        "education": [{"institution": "S", "startDate": "2020-13"}], "awards": [{"title": "T", "date": "soon"}],
    })  # fmt: skip
    page = found.pages["resume.md"]
    for text in ("Easter 2020 – May 2021\n", "```\n\n2020\n", "2020-13 – present\n", ":title: T\n```\n\nsoon\n"):
        assert text in page
    assert paths(found.notes) == [
        "projects[0].startDate", "projects[1].endDate", "education[0].startDate", "awards[0].date",
    ]  # fmt: skip
    assert (
        "'Easter 2020' is not a date; write 2021, 2021-08 or 2021-08-31; written to the page as text" in found.notes[0]
    )


def test_a_part_of_a_year_is_the_year_in_the_words_of_the_author() -> None:
    found = imported({
        "basics": {"name": "Ada"},
        "work": [{"name": "Acme", "position": "Cook", "startDate": "Fall 2016", "endDate": "Spring 2020"}],
        "projects": [{"name": "P", "startDate": "Sommer 2015", "endDate": "Sommer 2015"}],
        "education": [{"institution": "S", "startDate": "2014年秋"}], "awards": [{"title": "T", "date": "Q3 2018"}],
    })  # fmt: skip
    page = found.pages["resume.md"]
    for text in (
        ":start: 2016\n:end: 2020\n:dates: Fall 2016 – Spring 2020\n",
        ":start: 2015\n:end: 2015\n```\n\nSommer 2015\n",
        ":start: 2014\n:dates: 2014年秋 – present\n",
        ":date: 2018\n```\n\nQ3 2018\n",
    ):
        assert text in page
    assert "work[0].startDate: Fall 2016 counts as the year; write the month if you know it" in found.notes
    assert len(found.notes) == 6


def test_a_position_keeps_place_kind_and_company() -> None:
    found = imported({"basics": {"name": "Ada"}, "work": [{
        "name": "Acme", "position": "B", "startDate": "2020", "url": "https://acme.example.org/", "description": "Makes *anvils*.", "location": {"city": "Ulm", "countryCode": "DE"}, "type": "part-time",
    }]})  # fmt: skip
    assert (
        ':work-type: part-time\n:location: "Ulm, DE"\n:entity-url: https://acme.example.org/\n:entity-description: "Makes *anvils*."\n'
        in found.pages["resume.md"]
    )
    assert found.skipped == []
    assert found.notes == []


def test_consecutive_roles_at_an_entity_share_a_section() -> None:
    roles = [
        ("Acme", "Lead", "2021"),
        ("Acme", "Engineer", "2019"),
        ("Bolt", "Engineer", "2018"),
        ("Acme", "Intern", "2017"),
    ]
    work = [{"name": name, "position": role, "startDate": year, "highlights": [role]} for name, role, year in roles]
    page = imported({"work": work}).pages["resume.md"]
    assert re.findall(r"^### (.+)|^:title: (.+)|^:position: (.+)", page, re.MULTILINE) == [
        ("Acme", "", ""), ("", "Lead", ""), ("", "", "acme-lead"), ("", "Engineer", ""), ("", "", "acme-engineer"),
        ("Bolt", "", ""), ("", "Engineer", ""), ("", "", "bolt"), ("Acme", "", ""), ("", "Intern", ""), ("", "", "acme"),
    ]  # fmt: skip


def test_keys_of_roles_at_an_entity_differ_from_those_of_highlights_and_stay_when_a_role_is_added() -> None:
    roles = [
        ("Staff Software Engineer", "2022-03"),
        ("Engineer", "2020"),
        ("Senior Software Engineer", "May 2019"),
        ("Engineer", "2018-01"),
        ("Chef", "soon"),
    ]
    work = [
        {"name": "Kestrel & Finch, Inc.", "position": title, "startDate": start, "highlights": ["A", "B"]}
        for title, start in roles
    ]
    keys = [
        re.findall(r"{(?:position|highlight)} (.*)", imported({"work": work[start:]}).pages["resume.md"])
        for start in (0, 1)
    ]
    assert keys[0][3:] == keys[1]
    assert keys[0][::3] == [
        "kestrel-finch-staff-software-engineer", "kestrel-finch-inc-engineer", "kestrel-finch-senior-software-engineer", "kestrel-finch-inc",
    ]  # fmt: skip
    assert keys[0][-3:] == ["kestrel-finch-inc", "kestrel-finch-inc-1", "kestrel-finch-inc-2"]


def test_what_has_the_same_name_gets_a_key_with_another_fact_or_a_number() -> None:
    page = imported({
        "work": [{"name": "Acme", "position": "Cook", "startDate": start} for start in ("2017", "2019-01", "2019-02", "2020")],
        "volunteer": [{"organization": "Club", "position": role, "highlights": ["A"]} for role in ("Chair", "Coach", "coach!")],
        "education": [{"institution": "MIT", "studyType": degree, "area": area} for degree, area in (("BSc", "CS"), ("MSc", "CS"), ("", "Art"))],
        "awards": [{"title": "Prize", "date": year} for year in ("2019", "2020")],
    }).pages["resume.md"]  # fmt: skip
    assert re.findall(r"{(?!highlight|downloads|person)\w+} (.+)", page) == [
        "acme", "acme-cook", "acme-cook-2019", "acme-cook-2020", "mit", "mit-msc-cs", "mit-art", "prize", "prize-2", "club", "club-coach", "club-coach-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "prose", "highlights"),
    [
        ("• Moved it\n•Cut it", "", ["Moved it", "Cut it"]),
        ("What I do:\n\n- Move\n\n- Cut", "What I do:", ["Move", "Cut"]),
        ("* a\n* b", "", ["a", "b"]), ("– a\n– b", "", ["a", "b"]), ("· a", "", ["a"]), ("▪ a", "", ["a"]),
        ("- a", r"\- a", []), ("-5 °C\n-6 °C", "\\-5 °C\n\n\\-6 °C", []), ("a\nb", "a\n\nb", []),
        ("Then:\n• a\n• b\nNow:\n• c", "Then:\n\n- a\n- b\n\nNow:\n\n- c", []),
        ("Led:\n- a\n- b\n\nTech: Go", "Led:\n\nTech: Go", ["a", "b"]), ("Text\n- one", "Text", ["one"]), ("- a\n- b\nText", "Text", ["a", "b"]),
        ("Text\n– Ada", "Text\n\n– Ada", []), ("<ul><li>a</li><li>b</li></ul>", "- a\n- b", []),
        ("• A one. • B two. • C three", "", ["A one.", "B two.", "C three"]),
        ("Intro.   • x   • y", "Intro.", ["x", "y"]), ("Ran it   ▪ x   ▪ y", "Ran it", ["x", "y"]),
        ("Ran it • Cut the noise by 70 % • Wrote it", "Ran it", ["Cut the noise by 70 %", "Wrote it"]),
        ("· Go · Rust", "", ["Go", "Rust"]), ("- a • b\n- c", "", ["a", "b", "c"]),
        ("Stack: Go • Rust · C", "Stack: Go • Rust · C", []), ("Ulm · Kiel", "Ulm · Kiel", []),
        ("Owned billing. * Moved jobs * Built 20+ modules", "Owned billing.", ["Moved jobs", "Built 20+ modules"]),
        ("Now: - cut costs 30% - raised it", "Now:", ["cut costs 30%", "raised it"]), ("- a - b - c", "", ["a", "b", "c"]), ("负责计费。- 迁移 - 构建", "负责计费。", ["迁移", "构建"]),
        ("– Hired 12 – led 3", "– Hired 12 – led 3", []), ("- hired 12 - led 3, 2019 - 2021 - left", "", ["hired 12", "led 3, 2019 - 2021", "left"]),
        ("* Built it * more * Led 5 * 3", "", ["Built it", "more", r"Led 5 \* 3"]), ("- Built it - the heart - Led", "", ["Built it - the heart", "Led"]), ("- Ran it May 2019 - June 2021 - Built", "", ["Ran it May 2019 - June 2021", "Built"]),
        ("Led it, 2019 - 2021. Then a - b - c.", "Led it, 2019 - 2021. Then a - b - c.", []), ("Sales up. * unaudited", r"Sales up. \* unaudited", []), ("It is 5 * 3 * 2.", r"It is 5 \* 3 \* 2.", []),
        ("- Led it - on time\n- Built it - REST", "", ["Led it - on time", "Built it - REST"]), ("2019 - present", "2019 - present", []), ("* * * *", r"\* \* \* \*", []),
        ("• Builder\n\nOf things", "Builder\n\nOf things", []), ("✅ Builder\n\nOf things", "Builder\n\nOf things", []), ("Of things\n🚀 Builder", "Of things\n\nBuilder", []),
        ("✅ Builder\n\nNow:\n✅ a\n\n🔹 b", "Builder\n\nNow:", ["a", "b"]), ("• a\n✅ b\n- c", "", ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_lines_with_bullets_are_highlights_or_a_list(text: str, prose: str, highlights: list[str]) -> None:
    work = {"name": "Acme", "position": "Lead", "startDate": "2020", "summary": text, "highlights": ["• First"]}
    found = imported({"basics": {"name": "Ada", "summary": text}, "work": [work]}).pages["resume.md"]
    position, *others = re.findall(r"```{(?:position|highlight)} .*\n(?::.*\n)*\n?((?:.*\n)*?)```", found)
    assert position.strip() == prose
    assert [other.strip() for other in others] == ["First", *highlights]


def test_keywords_that_are_no_skill_of_their_own_are_a_labeled_line() -> None:
    words = ["Go", "SQL", "accounting"]
    data = {
        "skills": [{"name": "Backend", "keywords": ["Go", "gRPC"]}, {"name": "SQL"}],
        "work": [{"name": "A", "position": "B", "startDate": "2020", "keywords": words}],
        "projects": [{"name": "P", "keywords": words}],
    }
    page = imported(data).pages["resume.md"]
    assert page.count(':skills: "backend, sql"\n```\n\nKeywords: Go, accounting\n') == 2
    data["skills"] = [{"name": "Kubernetes", "keywords": ["k8s"]}, {"name": "SQL"}, {"name": "C"}]
    data["projects"] = [{"name": "P", "keywords": ["k8s"]}]
    assert "{project} p\n:skills: kubernetes\n```\n\n#" in imported(data).pages["resume.md"] + "#"


@pytest.mark.parametrize(
    ("location", "place", "private"),
    [
        ("Berlin", "Berlin", []),
        ("Hauptstr. 5, Berlin", "", ["basics.location"]),
        ({"city": "Berlin", "region": "berlin", "countryCode": "DE", "postalCode": "1"}, '"Berlin, DE"', ["basics.location.postalCode"]),
        ({"city": "Oslo, Oslo, Norway"}, '"Oslo, Norway"', []),
        ({"city": "New York", "region": "York"}, '"New York, York"', []),
    ],
)  # fmt: skip
def test_a_place_names_nothing_twice_and_only_an_address_is_private(
    location: Any, place: str, private: list[str]
) -> None:
    found = imported({"basics": {"name": "Ada", "location": location}})
    assert [line.partition(": ")[0] for line in found.skipped] == private
    assert re.findall(":location: (.*)", found.pages["resume.md"]) == ([place] if place else [])


def test_a_doi_is_the_address_of_a_publication() -> None:
    papers = [
        {"name": "A", "doi": "10.1/a"}, {"name": "B", "doi": "10.1/b", "url": "https://doi.org/10.1/b"}, {"name": "C", "doi": "10.1/c", "url": "https://c.example.org"},
    ]  # fmt: skip
    found = imported({"basics": {"name": "Ada"}, "publications": papers})
    assert re.findall(":url: (.*)", found.pages["resume.md"]) == [
        "https://doi.org/10.1/a",
        papers[1]["url"],
        papers[2]["url"],
    ]
    assert found.notes == ["publications[0].doi: imported as https://doi.org/10.1/a"]
    assert found.kept == ["publications[2].doi: not supported"]


def test_an_education_has_its_place_and_each_note_once() -> None:
    data = {
        "institution": "School",
        "location": "Paris",
        "summary": "Thesis.\nGrade.",
        "x-folio": {"summary": "Thesis.\n\nGrade."},
    }
    page = imported({"education": [data]}).pages["resume.md"]
    assert page.endswith("```{education} school\n:location: Paris\n\nThesis.\n\nGrade.\n```\n\n")


def test_a_position_as_text_repeats_no_name_and_begins_when_it_begins() -> None:
    work = [
        {"name": "Future", "position": "CTO", "startDate": "2999-02"},
        {"name": "Self", "position": "Consultant", "startDate": "Easter 2020"},
    ]
    page = imported({"work": work}).pages["resume.md"]
    assert "### Future\n\n- **CTO**, Feb 2999\n\n### Self\n\n- **Consultant**, Easter 2020 – present\n" in page


def test_names_and_lists_of_older_files_are_understood() -> None:
    found = imported({
        "basics": {"name": "Ada"}, "languages": [{"name": "English", "level": "native"}],
        "work": [{"name": "A", "position": "B", "startDate": "2020", "highlights": "one\ntwo"}],
    })  # fmt: skip
    page = found.pages["resume.md"]
    assert ":name: English\n:fluency: native\n" in page
    assert re.findall(r":position: a\n\n(.*)\n```", page) == ["one", "two"]


def test_several_lists_in_a_text_and_a_name_below_a_reference_stay() -> None:
    work = {"name": "Acme", "position": "Lead", "startDate": "2020", "summary": "Then:\n• a\n• b\nNow:\n• c"}
    data = {"basics": {"name": "Ada"}, "work": [work], "references": [{"name": "Bo", "reference": "Great.\n- Bo"}]}
    found = imported(data)
    assert found.notes == ["work[0].summary: its lists stay in the text, since there are several"]
    assert "Great.\n\n\\- Bo\n" in found.pages["resume.md"]


def test_a_list_on_one_line_is_as_many_highlights() -> None:
    work = {
        "name": "A",
        "position": "B",
        "startDate": "2020",
        "highlights": ["• One. • Two • Three", "Go • Rust", "X · y", "Two", "• two", "- D - E", "- F"],
    }
    found = imported({"work": [work]}).pages["resume.md"]
    assert re.findall(r":position: a\n\n(.*)\n```", found) == [
        *("One.", "Two", "Three", "Go • Rust", "X · y", "D", "E", r"\- F"),
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Lead @ Acme | Go 🚀", "Lead @ Acme | Go"), ("🚀 Lead", "Lead"), ("Go🚀Rust", "Go Rust"), ("Go 🚀, Rust 👩🏽‍💻!", "Go, Rust!"), ("🇩🇪 Ulm", "Ulm"),
        ("I ❤️ Go ★ 412 → ✓", "I ❤ Go ★ 412 → ✓"), ("✅ Fast\n👉Safe", "• Fast\n• Safe"), ("Go 🔹 Rust 🔹 C", "Go • Rust • C"), ("𝗕𝗼𝗹𝗱 𝘢𝘯𝘥 𝟚", "Bold and 2"),
        ("می‌خواهم, ক্‍ষ, 1️⃣", "می‌خواهم, ক্‍ষ, 1"), ("🚀", ""),
        ("\uf0b7\tFast\n\uf0b7 Safe", "• Fast\n• Safe"), ("\uf0b7 Fast", "Fast"), ("Go \uf0a7 Rust", "Go • Rust"), ("\u202bعربي\u202c \u2067x\u2069", "عربي x"),
    ],
)  # fmt: skip
def test_what_no_font_of_the_pdf_has_is_replaced(text: str, plain: str) -> None:
    assert printable(text) == plain


def test_symbols_that_stay_are_in_the_fonts_of_the_pdf() -> None:
    label = " ".join(sorted(PRINTED))
    assert pdf(ResumeDocument(name="A", title="B", language="en", date="2026-01-02", label=label)).missing == set()


def test_the_report_says_what_was_replaced() -> None:
    address = "https://a.example.org/🚀"
    found = imported({
        "basics": {"name": "Ada 🚀", "label": "Lead", "url": address},
        "work": [{"name": "Acme", "position": "𝗟ead", "startDate": "2020", "summary": "✅ Fast\n✅ Safe", "location": {"city": "Ulm 🏰\u202e\ue010"}}],
        "skills": [{"name": "Go 🚀", "x-folio": {"key": "go"}}, {"name": "Rust", "keywords": ["🦀 crab"]}],
    })  # fmt: skip
    replaced = "characters left out or replaced because no PDF font has them: "
    assert [note for note in found.notes if replaced in note] == [
        f"basics.name: {replaced}🚀", f"work[0].position: {replaced}𝗟", f"work[0].summary: {replaced}✅", f"work[0].location.city: {replaced}🏰, U+202E, U+E010",
        f"skills[1].keywords[0]: {replaced}🦀",
    ]  # fmt: skip
    assert address in found.pages["resume.md"]
    assert ":location: Ulm\n" in found.pages["resume.md"]
    assert "Fast\n```\n\n```{highlight}" in found.pages["resume.md"]
    assert "## Go 🚀\n" in found.pages["skills.md"]  # our own export: its owner has a font for it


def test_skills_on_the_resume_are_an_index_or_with_keywords_a_list() -> None:
    skills = [{"name": "Go", "level": "Expert"}, {"name": "Rust"}]
    page = imported({"skills": skills}).pages["resume.md"]
    assert "## Skills\n\n```{skill-index}\n```\n" in page
    page = imported({"skills": [*skills, {"name": "Languages", "keywords": ["C", "C++"]}]}).pages["resume.md"]
    assert "## Skills\n\n- {skill}`languages`: C, C++\n- Expert: {skill}`go`\n- {skill}`rust`\n" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_the_same_in_every_language(language: str) -> None:
    found = headings_in(language)
    assert set(found) == set(ENGLISH)
    assert (language == "en") == (found["skills"] == "Skills")
    assert found["brackets"].format("x") in {" (x)", "（x）"}
    assert {found["colon"][-1], found["comma"][-1]} <= {*" ：、"}


def test_keys_are_words_of_the_name() -> None:
    names = [
        "C++",
        "C#",
        "Crème brûlée",
        "Indian Institute of Information Technology, Kota",
        "x" * 50,
        "ᠮᠣᠩᠭᠣᠯ",
        "አማርኛ",
        "CPP",
        "a b" * 13 + " c",
    ]
    found = imported({"skills": [{"name": name} for name in names]})
    keys = re.findall(r"\{skill\} (.*)", found.pages["skills.md"])
    assert keys == [
        "cpp",
        "c-sharp",
        "creme-brulee",
        "indian-institute-of-information",
        "x" * 40,
        "skill",
        "skill-2",
        "cpp-2",
        "a-ba-ba-ba-ba-ba-ba-ba-ba-ba-ba-ba-ba-b",
    ]


@pytest.mark.parametrize(
    ("name", "language", "key"),
    [
        ("José O'Neil-Łukasz", "en", "jose-o-neil-lukasz"), ("Ærø Straße Kadıköy ĐẶNG", "en", "aero-strasse-kadikoy-dang"), ("Œuvre Þór Ħal", "fr", "oeuvre-thor-hal"),
        ("Щукин Подъячев", "ru", "shchukin-podyachev"), ("Київ Ђорђе", "en", "kiiv-djordje"),
        ("机器学习", "zh_CN", "jiqixuexi"), ("重试的权重", "en", "zhongshidequanzhong"), ("機器學習 Go 语言", "zh_TW", "jiqixuexi-go-yuyan"),
        ("北京某某信息技术股份有限公司上海分公司", "en", "beijingmoumouxinxijishugufenyouxiangong"), ("機械学習", "ja", ""), ("機械学習 Go", "ja_JP", "go"), ("프로그래밍 工學", "ko-KR", "peurogeuraeming"), ("機械学習エンジニア", "en", "enjinia"),
        ("コンピューター ウェブ", "ja", "konpyuta-webu"), ("ファイル キャッシュ ヂャッ", "ja", "fairu-kyasshu-ja"), ("きっと ﾁｪｯｸ", "ja", "kitto-chekku"), ("ァ ー ッ", "ja", "a"),
        ("소프트웨어 공학", "ko", "sopeuteuweeo-gonghag"), ("شبكات", "ar", "shbkat"), ("إدارة المشاريع", "ar", "adara-almsharya"), ("پردازش", "fa", "prdazsh"),
        ("ניהול פרויקטים", "he", "nihol-proiktim"), ("Δίκτυα υπολογιστών", "el", "diktya-ypologiston"), ("Ρούτερ", "el", "router"), ("２０２０ Ｃ＋＋", "en", "2020-cpp"),
        ("हिन्दी", "hi", "hindi"), ("परियोजना प्रबंधन", "hi", "pariyojana-prabandhan"), ("नेतृत्व Go", "en", "netritv-go"), ("বাংলা", "bn", "banla"), ("தமிழ்", "ta", "tamil"), ("తెలుగు", "te", "telugu"),
        ("ไทย", "th", "thaiy"), ("การจัดการโครงการ", "th", "karchadkarkhorngkar"), ("น้ำ Go", "en", "nam-go"), ("ᠮᠣᠩᠭᠣᠯ", "mn", ""),
        (".NET", "en", "dotnet"), (".NET Core", "en", "dotnet-core"), ("ASP.NET", "en", "asp-net"), ("Node.js", "en", "node-js"), ("...", "en", ""),
        ("Continuous Integration and Continuous Delivery (CI/CD)", "en", "ci-cd"), ("Amazon Web Services (AWS)", "en", "amazon-web-services-aws"),
        ("Institute of Applied Mathematics (in Berlin)", "en", "institute-of-applied-mathematics"), ("Processing of Languages and Other Things (NLP)", "en", "nlp"),
        ("Learning by the people of and with the city", "en", "learning-by-the-people"),
    ],
)  # fmt: skip
def test_a_key_spells_a_name_in_ascii(name: str, language: str, key: str) -> None:
    assert key_from(name, language=language) == key


def test_a_key_keeps_a_detail_whole_and_shortens_the_name() -> None:
    assert key_from("Kestrel & Finch, Inc.", "Engineer") == "kestrel-finch-inc-engineer"
    assert key_from("Kestrel & Finch, Inc.", "Senior Software Engineer") == "kestrel-finch-senior-software-engineer"
    assert key_from("Kestrel", "Senior Principal and Distinguished Engineer") == "kestrel-senior-principal"
    assert key_from("阿里巴巴", "高级工程师") == "alibaba-gaojigongchengshi"


# Nothing is lost

TEXTS = (
    "{}",
    "{} {}",
    "**{}** _{}_",
    "{}<br>{}",
    "<b>{}</b> &amp; {}",
    "{}\n- {}\n- {}",
    "[{}](https://{}.example.org)",
    "# {}",
    "1. {}",
    "{}, {}",
    "{} ({}, {})",
    "```\n{}\n```",
    "::: {}",
    "{}：{}",
)
DATES = ("2016", "2016-11", "2016-11-07", "2016-11-31", "May 2016", "Spring {}", "Present", "{}", "2019-02-30")
SHAPES: dict[str, dict[str, str]] = {
    "basics": dict.fromkeys(("name", "label", "summary", "bio", "degree", "email", "phone", "picture", "odd", "objectives"), "text") | {"url": "url", "website": "url", "location": "any"},
    "work": dict.fromkeys(("name", "company", "position", "summary", "description", "location", "type", "odd"), "text") | {"url": "url", "website": "url", "startDate": "date", "endDate": "date", "highlights": "texts", "remote": "any"},
    "volunteer": dict.fromkeys(("organization", "position", "summary", "odd"), "text") | {"url": "url", "website": "url", "startDate": "date", "endDate": "date", "highlights": "texts"},
    "education": dict.fromkeys(("institution", "area", "studyType", "gpa", "score", "summary"), "text") | {"startDate": "date", "endDate": "date", "courses": "texts", "odd": "any", "url": "url"},
    "projects": dict.fromkeys(("name", "description", "summary", "entity", "type"), "text") | {"startDate": "date", "endDate": "date", "highlights": "texts", "keywords": "texts", "roles": "texts", "url": "url", "odd": "any"},
    "skills": {"name": "text", "level": "text", "keywords": "texts", "odd": "any"},
    "awards": dict.fromkeys(("title", "awarder", "summary"), "text") | {"date": "date", "odd": "any"},
    "certificates": {"name": "text", "issuer": "text", "date": "date", "url": "url"},
    "publications": dict.fromkeys(("name", "title", "publisher", "summary", "details"), "text") | {"releaseDate": "date", "link": "url", "website": "url"},
    "languages": {"language": "text", "fluency": "text", "value": "any"}, "interests": {"name": "text", "keywords": "texts"}, "hobbies": {"name": "text"},
    "references": {"name": "text", "reference": "text"}, "experience": {"position": "text", "from": "date"},
}  # fmt: skip


class Generator:
    """Make résumés in which every text has words that occur nowhere else."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  no secret
        self._count = 0

    def resume(self) -> dict[str, Any]:
        made = {
            name: [self.item(shape) for _ in range(self._random.randint(0, 3))]
            for name, shape in SHAPES.items()
            if name != "basics"
        }
        profiles = [
            {"network": self.value("text"), "username": self.value("text"), "url": self.value("url")}
            for _ in range(self._random.randint(0, 2))
        ]
        return {
            "basics": self.item(SHAPES["basics"]) | {"profiles": profiles},
            **made,
            "meta": {"theme": self.value("text")},
        }

    def item(self, shape: dict[str, str]) -> dict[str, Any]:
        return {name: self.value(kind) for name, kind in shape.items() if self._random.random() < 0.75}

    def value(self, kind: str) -> Any:
        match kind:
            case "text":
                return self._random.choice([*[self.filled(self._random.choice(TEXTS))] * 6, "", None, self.number()])
            case "texts":
                return [self.value("text") for _ in range(self._random.randint(0, 4))]
            case "url":
                return self.filled(
                    self._random.choice(
                        [
                            "https://{}.example.org/{}",
                            "{}.example.org",
                            "javascript:{}",
                            "https://a<{}>",
                            "{}",
                            "mailto:{}@example.org",
                        ]
                    )
                )
            case "date":
                return self.filled(self._random.choice(DATES))
            case _:
                return self._random.choice(
                    [
                        {"a": self.value("text"), "b": [self.value("text")]},
                        True,
                        self.value("texts"),
                        self.value("text"),
                        self.number(),
                    ]
                )

    def filled(self, pattern: str) -> str:
        return pattern.format(*(self.word() for _ in range(pattern.count("{}"))))

    def word(self) -> str:
        self._count += 1
        return f"w{self._count}x"

    def number(self) -> int:
        self._count += 1
        return 7000000 + self._count


def leaves(value: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [leaf for name, part in value.items() for leaf in leaves(part, f"{path}.{name}".lstrip("."))]
    if isinstance(value, list):
        return [leaf for number, part in enumerate(value) for leaf in leaves(part, f"{path}[{number}]")]
    return [(path, str(value))] if value is not None and value is not True else []


def is_in(path: str, listed: list[str]) -> bool:
    return any(path == known or path.startswith((f"{known}.", f"{known}[")) for known in listed)


def test_every_text_is_on_a_page_in_conf_py_or_listed() -> None:
    for seed in range(150):
        data = Generator(seed).resume()
        found = imported(data, markdown=seed % 2 == 1, days=seed % 3 == 1)
        written = "\n".join([*found.pages.values(), repr(found.settings), *found.unordered])
        words = set(re.findall(r"w\d+x|7\d{6}", written))
        left, noted = paths(found.skipped), paths(found.notes)
        for path, text in leaves(data):
            lost = set(re.findall(r"w\d+x|7\d{6}", text)) - words
            assert not lost or is_in(path, left) or is_in(path, ["meta"]), (seed, path, text)
            month = re.fullmatch(r"(\d{4})-11.*", text)
            if month:
                assert re.search(rf"{month[1]}-11|Nov.* {month[1]}", written) or is_in(path, left), (seed, path, text)
        assert "$" not in "".join(left), seed
        assert len(noted) == len(set(found.notes)), seed


def test_wrong_types_are_refused_with_a_path_or_imported() -> None:
    for seed in range(200):
        try:
            imported(spoiled(seed))
        except UnreadableResumeError as error:
            for line in str(error).splitlines():
                assert re.match(r"[\w.$\[\]-]+: must be ", line), (seed, line)


def spoiled(seed: int) -> Any:
    """Return a résumé with two values of wrong types."""
    chance = random.Random(seed)  # noqa: S311  no secret
    data = Generator(seed).resume()
    wrong: tuple[Any, ...] = (1, -0.5, True, None, "", "x", [], [1], [[]], {}, {"a": 1}, [{"b": []}])
    places: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            places.append((value, name))
            if isinstance(part, dict | list):
                walk(part)

    walk(data)
    for place, name in chance.sample(places, 2):
        place[name] = chance.choice(wrong)
    return data


@pytest.mark.parametrize(
    ("skills", "is_index"),
    [
        ([{"name": "Go", "level": "Expert", "keywords": ["Golang"]}, {"name": "SQL"}], True),
        ([{"name": "Go", "keywords": ["Golang"]}, {"name": "Kubernetes", "keywords": ["k8s"]}, {"name": "SQL"}], False),
        ([{"name": "Web", "keywords": ["HTML", "CSS"]}, {"name": "SQL"}, {"name": "Go"}], False),
        ([{"name": "Go", "keywords": ["Golang", "Go 1"], "x-folio": {"key": "go"}}], True),
    ],
)
def test_skills_are_a_listing_unless_they_are_groups_of_keywords(skills: Any, is_index: bool) -> None:
    page = import_resume(read_resume(json.dumps({"basics": {"name": "Ada"}, "skills": skills}).encode())).pages[
        "resume.md"
    ]
    assert ("```{skill-index}" in page) is is_index
    assert ("- {skill}`" in page) is not is_index


@pytest.mark.parametrize(
    ("text", "rest", "items"),
    [
        ("Text.\n– dash\n* star\n1. Numbered\n• dot", "Text.", ["dash", "star", "Numbered", "dot"]),
        ("1. One\n2) Two", "", ["One", "Two"]),
        ("Text.\n1. One", "Text.\n1. One", []),
        ("1. One\n\n2. Two", "", ["One", "Two"]),
        ("• One\n2019. Two", "• One\n2019. Two", []),
        ("1. Januar 2020: in Ulm\n1. März 2021: in Bonn", "1. Januar 2020: in Ulm\n1. März 2021: in Bonn", []),
        ("2. Platz in Ulm\n1. Platz in Bonn", "2. Platz in Ulm\n1. Platz in Bonn", []),
    ],
)
def test_numbers_are_marks_of_items_in_order_or_next_to_bullets(text: str, rest: str, items: list[str]) -> None:
    assert split_list(text) == (rest, items)


def test_a_list_with_numbers_keeps_them_as_text() -> None:
    assert blocks("1. One *x*\n2) Two\n\nText.") == "1. One \\*x\\*\n2. Two\n\nText."
    assert blocks("1. One\n- Two") == "- One\n- Two"


def test_a_career_break_is_text_and_no_position() -> None:
    work = [
        {"name": "Pausa profesional", "position": "Pausa profesional: cuidado", "startDate": "2020-01", "endDate": "2020-08", "summary": "Cuidado."},
        {"position": "Career Break", "startDate": "2019-01"},
        {"name": "Career Break", "position": "Caring for family"},
        {"name": "Career Break Consulting", "position": "Coach", "startDate": "2018"},
    ]  # fmt: skip
    found = import_resume(read_resume(json.dumps({"basics": {"name": "Ada"}, "work": work}).encode()))
    page = found.pages["resume.md"]
    assert re.findall("```{position} (.*)", page) == ["career-break-consulting"]
    assert "### Pausa profesional: cuidado\n\nJan 2020 – Aug 2020\n\nCuidado.\n\n### Career Break\n\nJan 2019 – present\n\n### Career Break: Caring for family\n" in page  # fmt: skip
    assert found.notes == [
        f"work[{number}]: a career break, not a position; written to the page as text" for number in range(3)
    ]
    assert len(json.loads(found.pages["json-resume-extra.json"])["work"]) == 3


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1990. Born\nMoved.\n\n- a\n  - b", "1990\\. Born\n\nMoved.\n\n- a\n  - b"),
        ("1. a\n2. b\n   - c\n   d", "1. a\n2. b\n   - c\n\n   d"),
        ("1. a\n   b\n\n- c\n  - d", "1. a\n\n   b\n\n- c\n  - d"),
    ],
)
def test_only_lines_with_a_mark_or_an_indent_are_a_list_in_our_own_text(text: str, written: str) -> None:
    assert nested_blocks(text) == written
