"""Each mistake is reported with its line, its subtype and a remedy, and does not affect the rest of the page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it

from sphinx_folio._common.warnings import Subtype


class Mistake(NamedTuple):
    """A directive with a mistake: its option block, the line of the mistake, and the expected message."""

    subtype: str
    directive: str
    options: str
    line: int
    says: str
    body: str = "Some prose."


PROOF = ":title: E\n:url: https://example.org/e\n:date: 2022\n:projects: pool"

SLIPS = [
    Mistake("unknown_key", "project p", ":skills: go, kubernets", 2, "unknown skill 'kubernets'; did you mean 'kubernetes'?"),
    Mistake("unknown_key", "project p", ":languages: gp", 2, "unknown skill 'gp'; did you mean 'go'?"),
    Mistake("unknown_key", "highlight h", ":skills: zzz", 2, "unknown skill 'zzz'; no known key is similar: correct it, or describe it with the directive skill ["),
    Mistake("unknown_key", "project p", ":position: enginer", 2, "unknown position 'enginer'; did you mean 'engineer'?"),
    Mistake("unknown_key", "highlight h", ":project: pol", 1, "unknown project 'pol'; did you mean 'pool'?"),
    Mistake("duplicate_key", "skill go", ":category: languages", 1, "duplicate skill key 'go'; it was first given in "),
    Mistake("invalid_key", "skill C++", ":category: languages", 1, "'C++' is not a valid key; use lowercase ASCII letters, digits, dots and hyphens, such as 'cpp'"),
    Mistake("invalid_key", "project p", ":formerly: C++", 2, "formerly: 'C++' is not a valid key; use lowercase ASCII letters"),
    Mistake("duplicate_key", "skill s", ":category: languages\n:formerly: go", 1, "skill 's' lists the former key 'go', but another entry has this key or former key"),
    Mistake("invalid_key", "skill 网络", ":category: networking", 1, "'网络' is not a valid key; use lowercase ASCII letters, digits, dots and hyphens, such as 'wangluo'"),
    Mistake("invalid_key", "skill tipografía", ":category: languages", 1, "such as 'tipografia'"),
    Mistake("invalid_key", "skill ∑", ":category: languages", 1, "dots and hyphens, such as '"),
    Mistake("invalid_date", "project p", ":skills: go\n:start: August 2021", 3, "start: not a date: 'August 2021'; write a year, 2021-08 or 2021-08-31"),
    Mistake("invalid_date", "project p", ":start: 2021-02-30", 2, "start: no such date: '2021-02-30'"),
    Mistake("invalid_date", "person p", ":name: P\n:birth: 1990/05", 3, "birth: not a date"),
    Mistake("reversed_period", "project p", ":start: 2023-06\n:end: 2021-08", 3, "project 'p': the end, 2021-08, is before the start, 2023-06"),
    Mistake("unknown_level", "skill s", ":category: languages\n:level: expret", 3, "unknown level 'expret'; did you mean 'expert'? (see folio_levels in conf.py)"),
    Mistake("unknown_level", "skill s", ":category: languages\n:level: 精通", 3, "unknown level '精通'; known: aware, working, expert"),
    Mistake("unknown_category", "skill s", ":category: langages", 2, "unknown category 'langages'; did you mean 'languages'? (see folio_categories in conf.py)"),
    Mistake("unknown_category", "skill-index", ":category: langages", 2, "unknown category 'langages'; did you mean 'languages'?", ""),
    Mistake("missing_option", "project p", ":skills: go\n:end: 2022", 3, "project has an end but no start; add the option 'start'"),
    Mistake("missing_option", "skill s", ":level: expert", 1, "skill lacks the required option 'category'"),
    Mistake("missing_option", "position p", ":start: 2021", 1, "position lacks the required option 'title'"),
    Mistake("missing_option", "position p", ":title:\n:start: 2021", 1, "position lacks the required option 'title'"),
    Mistake("unknown_option", "project p", ":skils: go", 2, "project has no option 'skils'; did you mean 'skills'?"),
    Mistake("unknown_option", "project-cards", ":colour: red", 2, "project-cards has no option 'colour'", ""),
    Mistake("unknown_option", "person p", ":name: Q\n:phone: +1 555", 3, "person has no option 'phone'; keep it out of the pages, in the file that FOLIO_PRIVATE names: see “Hide private data” in the manual"),
    Mistake("empty_name", "person p", ":name:", 2, "the option 'name' of person is empty"),
    Mistake("invalid_option", "project p", ":skills:", 2, "the option 'skills' of project is empty"),
    Mistake("invalid_option", "project p", ":sketch: client", 2, "sketch: not a sketch: 'client'; write boxes with -> between them, and | between those of one step"),
    Mistake("invalid_option", "project p", ":sketch: client -> | pool", 2, "sketch: not a sketch: 'client -> | pool'"),
    Mistake("invalid_link", "project p", ":repository: javascript:alert(1)", 2, "repository: not a link: 'javascript:alert(1)'; it must begin with http:, https: or mailto:"),
    Mistake("invalid_link", "project p", ":repository: doi:10.1234/ab", 2, "did you mean 'https://doi.org/10.1234/ab'?"),
    Mistake("invalid_link", "person p", ":profiles: GitHub github.com/a", 2, "profiles: not a link: 'GitHub github.com/a'"),
    Mistake("invalid_link", "person p", ":email: nobody", 2, "email: not an email address: 'nobody'; write name@example.org"),
    Mistake("invalid_option", "evidence e", f"{PROOF}\n:by: own\n:kind: pull", 7, "unknown kind 'pull'; did you mean 'pull-request'?"),
    Mistake("invalid_option", "evidence e", f"{PROOF}\n:by: me\n:kind: page", 6, "unknown by 'me'; known: own, team"),
    Mistake("invalid_option", "evidence e", f"{PROOF}\n:by: own\n:kind: page\n:revision: a b", 8, "not a revision: 'a b'; write a tag or a commit"),
    Mistake("invalid_link", "evidence e", ":title: E\n:by: own\n:kind: page\n:url: data:text/html,x\n:projects: pool", 5, "url: not a link"),
    Mistake("missing_option", "evidence e", f"{PROOF}\n:kind: page", 1, "evidence lacks the required option 'by'"),
    Mistake("unpinned", "evidence e", ":by: own\n:kind: file\n:title: E\n:revision: v1.2\n:url: https://github.com/main/b/blob/main/c.go\n:projects: pool", 6, "may change with the branch 'main'; link to a tag or a commit, such as https://github.com/main/b/blob/v1.2/c.go ["),
    Mistake("future_date", "evidence e", PROOF.replace("2022", "2026-12") + "\n:by: own\n:kind: page", 1, "evidence 'e' has a date later than today, 2026-11-30"),
    Mistake("outside_position", "project p", ":position: clerk\n:start: 2019-02\n:end: 2019-12", 1, "project 'p' starts (2019-02) before its position 'clerk' (2019-03); correct a date, or leave out the option position"),
    Mistake("outside_position", "project p", ":position: clerk\n:start: 2019\n:end: 2020-08", 1, "project 'p' ends (2020-08) after its position 'clerk' (2020-06); correct a date"),
    Mistake("outside_position", "project p", ":position: clerk\n:start: 2020", 1, "project 'p' goes on, but its position 'clerk' has ended (2020-06); add the end of the project, or leave out the option position"),
    Mistake("idle_evidence", "evidence e", PROOF.replace("\n:projects: pool", "") + "\n:by: own\n:kind: page", 1, "evidence 'e' supports nothing; put it into an entry"),
    Mistake("unknown_key", "evidence e", f"{PROOF}\n:by: own\n:kind: page\n:highlights: nothing", 1, "unknown highlight 'nothing'"),
    Mistake("unknown_key", "evidence e", f"{PROOF}\n:by: own\n:kind: page\n:skills: gp", 8, "unknown skill 'gp'; did you mean 'go'?"),
    Mistake("unknown_key", "skill-matrix", ":project: pol", 1, "unknown project 'pol'; did you mean 'pool'?", ""),
    Mistake("unknown_key", "highlight-list", ":skill: gp", 1, "unknown skill 'gp'; did you mean 'go'?", ""),
    Mistake("invalid_date", "timeline", ":since: lately", 2, "since: not a date: 'lately'", ""),
    Mistake("missing_content", "highlight h", ":skills: go", 1, "this highlight has no text", ""),
    Mistake("missing_setting", "match", "", 1, "match: the page will have no field; set folio_match = True in conf.py", ""),
]  # fmt: skip

KNOWN = """\
Known
=====

Go
--

.. skill:: go
   :category: languages

Kubernetes
----------

.. skill:: kubernetes
   :category: networking

.. position:: engineer
   :title: Engineer
   :start: 2021

.. position:: clerk
   :title: Clerk
   :start: 2019-03
   :end: 2020-06

Pool
----

.. project:: pool
   :position: engineer
   :start: 2021-05

Commits
-------

.. project:: commits
   :position: clerk
   :start: 2018
   :dates-from: commits

Part
----

.. project:: part
   :position: clerk
   :start: 2019
   :end: 2020

Rest
----

.. project:: rest
   :position: clerk
   :start: 2020
   :end: 2020-06
"""


def as_restructuredtext(mistake: Mistake, title: str) -> str:
    directive, _, argument = mistake.directive.partition(" ")
    options = "".join(f"   {line}\n" for line in mistake.options.splitlines())
    body = f"\n   {mistake.body}\n" if mistake.body else ""
    return f":orphan:\n\n{title}\n{'=' * len(title)}\n\n.. {directive}:: {argument}\n{options}{body}\nWhat follows stays.\n"


def as_markdown(mistake: Mistake, title: str) -> str:
    directive, _, argument = mistake.directive.partition(" ")
    body = f"\n{mistake.body}\n" if mistake.body else ""
    return f"---\norphan: true\n---\n\n# {title}\n```{{{directive}}} {argument}\n{mistake.options}\n{body}```\n\nWhat follows stays.\n"


def warnings_of(app: Any) -> list[str]:
    return strip_escape_sequences(app.warning.getvalue()).splitlines()


def numbered(mistake: Mistake, number: int) -> Mistake:
    """Return a mistake whose entry has a unique key and title, so that all mistakes fit into one site."""
    directive, _, key = mistake.directive.partition(" ")
    if len(key) != 1:
        return mistake
    return mistake._replace(
        directive=f"{directive} {key}{number}",
        options=mistake.options.replace(":title: E", f":title: E {number}"),
        says=mistake.says.replace(f"'{key}'", f"'{key}{number}'"),
    )


@pytest.mark.parametrize(("form", "markup"), [(as_restructuredtext, "rst"), (as_markdown, "md")], ids=["rst", "md"])
def test_every_slip_is_reported_where_it_is(form: Any, markup: str, build: Any) -> None:
    mistakes = {f"mistake-{number}": numbered(mistake, number) for number, mistake in enumerate(SLIPS)}
    pages = {f"{name}.{markup}": form(mistake, name) for name, mistake in mistakes.items()}
    settings = {"suppress_warnings": ["folio.duplicate_person"]}  # several mistakes have a person of their own
    app = build({"index.rst": KNOWN, **pages}, settings=settings)
    said: dict[str, list[str]] = {name: [] for name in mistakes}
    for line in warnings_of(app):
        where = re.search(rf"/(?P<name>[\w-]+)\.{markup}:(?P<line>\d+): WARNING:", line)
        assert where, line
        said[where["name"]].append(f"{where['line']}: {line[where.end() :]}")
    for name, mistake in mistakes.items():
        assert len(said[name]) == 1, (mistake, said[name])
        [line] = said[name]
        assert line.startswith(f"{5 + mistake.line}: "), mistake
        assert mistake.says in line, mistake
        assert line.endswith(f"[folio.{mistake.subtype}]"), mistake
        page = (app.outdir / f"{name}.html").read_text(encoding="utf-8")
        assert mistake.body in page, mistake
        assert "What follows stays." in page, mistake
        assert "javascript:" not in page.replace("javascript:void", ""), mistake


def test_an_entry_with_an_invalid_key_is_known_by_the_key_that_is_suggested(build: Any) -> None:
    text = "# Home\n\n## Tipografía\n\n```{skill} tipografía\n:category: languages\n```\n\nI know {skill}`tipografia`, {skill}`%s`.\n"
    [first] = warnings_of(build({"index.md": text % "tipografia"}))
    assert first.endswith("such as 'tipografia' [folio.invalid_key]")
    second = warnings_of(build({"index.md": text % "tipografía"}))[-1]
    assert "unknown skill 'tipografía'; did you mean 'tipografia'?" in second


def test_every_subtype_is_tested() -> None:
    elsewhere = {"unknown_key", "evidence_coverage", "unreadable_data"}
    elsewhere |= {"untranslated", "fuzzy_translation", "translation_mismatch", "foreign_text"}
    elsewhere |= {"invalid_catalog"}  # test_languages.py
    elsewhere |= {"evidence_verification", "stale_check", "failed_check"}  # test_verification.py
    elsewhere |= {"invalid_diagram", "missing_alternative"}  # test_diagrams.py
    elsewhere |= {"invalid_formula"}  # test_formulas.py
    elsewhere |= {"long_resume", "missing_glyph", "missing_library", "split_resume"}  # test_exports.py
    elsewhere |= {"invalid_character"}  # test_characters.py
    elsewhere |= {"duplicate_person"}  # below
    elsewhere |= {"broken_redirect", "renamed_key"}  # test_redirects.py
    elsewhere |= {"csp_violation", "long_policy"}  # test_policy.py
    elsewhere |= {"missing_person", "unknown_setting"}  # test_setting_mistakes.py
    tables = Path(__file__).parent.parent / "data" / "mistakes"  # test_mistakes.py
    for table in tables.glob("*.toml"):
        rows = tomllib.loads(table.read_text(encoding="utf-8"))["row"]
        elsewhere |= {row["subtype"] for row in rows if "subtype" in row}
    assert {mistake.subtype for mistake in SLIPS} | elsewhere == {subtype.subtype for subtype in Subtype}


@pytest.mark.parametrize("objtype", ["skill", "person", "education", "highlight", "project", "position", "evidence"])
def test_an_unknown_key_in_a_role_is_reported(objtype: str, build: Any) -> None:
    app = build({"index.rst": f"Home\n====\n\nA word, then :{objtype}:`nobody`.\n"})
    [line] = warnings_of(app)
    assert f"index.rst:4: WARNING: unknown {objtype} 'nobody'" in line
    assert line.endswith("[folio.unknown_key]")
    assert "nobody" in (app.outdir / "index.html").read_text(encoding="utf-8")


def test_an_unknown_key_in_a_role_is_reported_in_markdown_with_the_nearest(build: Any) -> None:
    app = build(
        {"index.rst": KNOWN, "mistakes.md": "---\norphan: true\n---\n\n# Slips\n\nI know {skill}`kubernets`.\n"}
    )
    [line] = warnings_of(app)
    assert re.search(
        r"mistakes\.md:7: WARNING: unknown skill 'kubernets'; did you mean 'kubernetes'\? \[folio\.unknown_key\]", line
    )


@pytest.mark.parametrize(
    ("markup", "text", "lines"),
    [
        ("md", "```{highlight} h\n:skills: go\n\nText.\n```\n\n```{highlight} i\nText.\n```\n", [4, 9]),
        ("rst", ".. highlight:: h\n   :skills: go\n\n   Text.\n\n.. highlight:: i\n\n   Text.\n", [4, 9]),
        ("md", "```{highlight} h\n:skills: go\n:nothing: x\n:entry: ada\n\nText.\n```\n", [4]),
        ("md", "```{highlight} python\n:force:\n```\n", []),
        ("rst", ".. highlight:: python\n   :force:\n", []),
    ],
)
def test_a_directive_of_sphinx_that_is_taken_for_ours_is_reported_once(
    markup: str, text: str, lines: list[int], build: Any
) -> None:
    head = {"md": "# Home\n\n", "rst": "Home\n====\n\n"}[markup]
    app = build({f"index.{markup}": head + text}, settings={"primary_domain": "py"})
    found = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert len(found) == len(lines), found
    for line, message in zip(lines, found, strict=True):
        assert re.search(rf":{line}: ", message), message
        assert "'highlight' is not that of the portfolio; did you mean 'folio:highlight'? [folio.unread" in message


@pytest.mark.parametrize(
    ("domain", "name"), [("folio", "downloads"), ("folio", "folio:downloads"), ("py", "folio:downloads")]
)
def test_the_extension_of_a_directive_is_named(domain: str, name: str, build: Any) -> None:
    pages = {"index.md": f"# Home\n\n```{{{name}}}\n```\n", "page.rst": f":orphan:\n\nPage\n====\n\n.. {name}::\n"}
    app = build(pages, settings={"primary_domain": domain, "extensions": ["sphinx_folio", "myst_parser"]})
    found = strip_escape_sequences(app.warning.getvalue()).splitlines()
    says = (
        f"the directive '{name}' is part of sphinx_folio.export; add 'sphinx_folio.export' to extensions in conf.py ["
    )
    assert [place for place in ("index.md:3", "page.rst:6") for line in found if place in line and says in line] == [
        "index.md:3",
        "page.rst:6",
    ]
    assert len(found) == 2


def test_a_project_below_another_position_is_reported(build: Any) -> None:
    positions = (
        "```{position} clerk\n:title: Clerk\n:start: 2019\n```\n",
        "```{position} lead\n:title: Lead\n:start: 2021\n```\n",
    )
    heads = "#### {project}`atlas`\n\nMaps.\n", "#### {project}`pool`\n\nAddresses.\n"
    wrong = "\n".join((*positions, *heads))
    right = "\n".join((positions[0], heads[0], positions[1], heads[1]))
    projects = "".join(
        f"# {key.title()}\n\n```{{project}} {key}\n:position: {position}\n```\n\n"
        for key, position in (("atlas", "clerk"), ("pool", "lead"))
    )
    person = "```{person} ada\n:name: Ada\n```\n"
    page = f"# Résumé\n\n{person}\n## Work\n\n### Mill\n\n%s\n"
    app = build({"index.md": page % wrong, "projects.md": f"---\norphan: true\n---\n\n{projects}"})
    [line] = warnings_of(app)
    assert "index.md:21: WARNING: this heading names project 'atlas' below position 'lead', but the project bel" in line
    assert line.endswith(
        "belongs to 'clerk'; move the heading below that position, before the next one [folio.outside_position]"
    )
    assert warnings_of(build({"index.md": page % right})) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("``{project} atlas\n:skills: go\n\nText.\n```\n", "text, not the directive 'project'; write ```{project}"),
        ("``{highlight} maps\n:skills: go\n``\n", "text, not the directive 'highlight'; write ```{highlight}"),
        ("`{highlight} maps`\n", "text, not the directive 'highlight'; write ```{highlight}"),
        ("::{project} atlas\n:skills: go\n::\n", "text, not the directive 'project'; write ```{project}"),
        (":::skill-tags\n:level: expert\n:::\n", "a container, not the directive 'skill-tags'; write :::{skill-tags}"),
        ("```{highlight}maps\n```\n", "a code block, not the directive 'highlight'; write ```{highlight} maps"),
        ("``` { highlight } maps\n```\n", "a code block, not the directive 'highlight'; write ```{highlight} maps"),
        ("```[highlight] maps\n```\n", "a code block, not the directive 'highlight'; write ```{highlight} maps"),
        ("```(highlight) maps\n```\n", "a code block, not the directive 'highlight'; write ```{highlight} maps"),
        ("Write `{skill} go`.\n\n- `{skill} go`\n\n`{skill}`\n\n:::wide\nText.\n:::\n\n```{text}\n```\n", ""),
    ],
)
def test_a_wrong_fence_is_reported(text: str, said: str, build: Any) -> None:
    settings = {"myst_enable_extensions": ["colon_fence"], "suppress_warnings": ["misc.highlighting_failure"]}
    found = strip_escape_sequences(build({"index.md": f"# Home\n\n{text}"}, settings=settings).warning.getvalue())
    assert [line for line in found.splitlines() if "unread_markup" in line] == found.splitlines()[: bool(said)], found
    assert f"index.md:3: WARNING: this is {said} [folio.unread_markup]" in found or not said


@pytest.mark.parametrize(("markup", "skill"), [("md", "```{folio:skill}"), ("rst", ".. folio:skill::")])
def test_messages_name_directives_and_roles_as_the_site_needs_them(markup: str, skill: str, build: Any) -> None:
    person = {"md": "```{folio:person} ada\n:name: Ada\n```\n\n", "rst": ".. folio:person:: ada\n   :name: Ada\n\n"}
    text = {
        "md": "# Home\n\n% p\n```\u200b{skill} go\n```\n\n"
        "```skill go\n```\n\nI know ｛skill｝`go`.\n\nI know {folio:skill}`zzz`.\n\n```{folio:skill-table}\n```\n",
        "rst": "Home\n====\n\np\n\n.. skill： go\n\n.. code-block:: skill\n\n   go\n\n"
        "I know ：skill：`go`.\n\nI know :folio:skill:`zzz`.\n\n.. folio:skill-table::\n",
    }
    settings = {"primary_domain": "py", "nitpicky": True, "suppress_warnings": ["misc.highlighting_failure"]}
    said = "\n".join(
        warnings_of(build({f"index.{markup}": text[markup].replace("p\n", person[markup], 1)}, settings=settings))
    )
    assert f"this is a code block, not the directive 'skill'; write {skill} [" in said
    assert "describe it with the directive folio:skill [" in said
    assert "this table has no skills; add a directive folio:skill inside it for each skill [" in said
    role = {"md": "{folio:skill}`…`", "rst": ":folio:skill:`…`"}[markup]
    assert f"not the role 'skill'; write {role}, in ASCII" in said


def test_without_a_person_the_directive_to_add_is_named_as_the_site_needs_it(build: Any) -> None:
    settings = {"primary_domain": "py", "extensions": ["sphinx_folio", "sphinx_folio.export"], "folio_exports": ["txt"]}
    [line] = warnings_of(build({"index.rst": "Home\n====\n"}, settings=settings))
    assert "so txt cannot be made; add the directive folio:person, or set folio_exports = []" in line


def test_a_page_in_a_toctree_that_does_not_exist_comes_with_the_nearest(build: Any) -> None:
    toctree = "Home\n====\n\n.. toctree::\n\n   work/nwo\n   work/other\n   wrok\n   %d\n"
    page = ":orphan:\n\nPage\n====\n"
    files = {"index.rst": toctree, "work/now.rst": page, "work/index.rst": page, "work.rst": page, "%s.rst": page}
    found = warnings_of(build(files, warningiserror=False))
    assert [text.partition("reference to ")[2] for text in found if "toctree" in text] == [
        "nonexisting document 'work/nwo'; did you mean 'work/now'? [toc.not_readable]",
        "nonexisting document 'work/other' [toc.not_readable]",
        "nonexisting document 'wrok'; did you mean 'work'? [toc.not_readable]",
        "nonexisting document '%d'; did you mean '%s'? [toc.not_readable]",
    ]


def test_a_duplicate_names_the_first_place(build: Any) -> None:
    again = ":orphan:\n\nAgain\n=====\n\n.. skill:: go\n   :category: languages\n"
    app = build({"index.rst": KNOWN, "again.rst": again})
    [line] = warnings_of(app)
    first = f"it was first given in {app.srcdir / 'index.rst'}:7 ["
    assert f"again.rst:6: WARNING: duplicate skill key 'go'; {first}" in line


def test_a_second_person_is_reported(build: Any) -> None:
    person = "Ada\n===\n\n.. person:: ada\n   :name: Ada\n\n"
    team = ":orphan:\n\n" + person.replace("ada", "ole").replace("Ada", "Ole")
    app = build({"index.rst": person, "team.rst": team})
    [line] = warnings_of(app)
    place = f"{app.srcdir / 'index.rst'}:4"
    assert (
        "team.rst:6: WARNING: a second person, 'ole': a site describes only one, so all entries are attributed to 'ada'"
        in line
    )
    assert line.endswith(f"({place}); remove one of the two [folio.duplicate_person]")


def test_a_person_in_each_language_is_one(build: Any) -> None:
    person = "Ada\n===\n\n.. only:: html\n\n   .. person:: ada\n      :name: Ada\n\n"
    assert not warnings_of(build({"index.rst": person + person.partition("\n\n")[2].replace("html", "latex")}))


def test_a_duplicate_on_the_same_page_keeps_both_entries_apart(build: Any) -> None:
    app = build({"index.rst": f"{KNOWN}\nAgain\n-----\n\n.. skill:: go\n   :category: languages\n"})
    [line] = warnings_of(app)
    assert f"duplicate skill key 'go'; it was first given in {app.srcdir / 'index.rst'}:7 [" in line
    page = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert 'id="skill_go"' in page
    assert 'id="skill_go-2"' in page


def test_an_entry_without_any_name_goes_by_its_key(build: Any) -> None:
    app = build({"index.rst": "Home\n====\n\n.. container:: box\n\n   .. project:: nameless\n\n      Prose.\n"})
    [line] = warnings_of(app)
    assert "index.rst:6: WARNING: this project has no name" in line
    assert line.endswith("[folio.empty_name]")
    assert app.env.domains["folio"].portfolio().find("project", "nameless").name == "nameless"


def test_a_second_entry_of_a_type_in_a_section_needs_a_name(build: Any) -> None:
    app = build({"index.rst": f"{KNOWN}\n.. project:: second\n"})
    [line] = warnings_of(app)
    assert f"index.rst:{KNOWN.count(chr(10)) + 2}: WARNING: this project has no name" in line


def test_a_slip_can_be_silenced(build: Any) -> None:
    app = build({"index.rst": f"{KNOWN}\n.. project:: second\n"}, settings={"suppress_warnings": ["folio.empty_name"]})
    assert app.warning.getvalue() == ""


def test_a_slip_fails_a_strict_build(build: Any) -> None:
    app = build({"index.rst": f"{KNOWN}\n.. project:: second\n"}, warningiserror=True)
    assert app.statuscode == 1


def test_several_slips_in_one_entry_cost_no_more_than_themselves(build: Any) -> None:
    app = build(
        {
            "index.rst": KNOWN,
            "mistakes.rst": ":orphan:\n\nMany\n====\n\n.. project:: many\n   :skils: go\n   :start: soon\n"
            "   :languages: go\n   :repository: nowhere\n   :documentation: https://example.org\n\n   Prose.\n",
        }
    )
    subtypes = [line.rpartition("[folio.")[2].rstrip("]") for line in warnings_of(app)]
    assert subtypes == ["unknown_option", "invalid_date", "invalid_link"]
    many = app.env.domains["folio"].portfolio().find("project", "many")
    assert (many.languages, many.period, many.summary) == (("go",), None, "Prose.")
    assert [link.label for link in many.links] == ["documentation"]


def test_messages_come_in_the_language_of_the_author(
    build: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda *_: ("zh_CN", "UTF-8"))  # an earlier build may have set another
    app = build({"index.rst": f"{KNOWN}\nI know :skill:`kubernets`.\n"}, settings={"language": "zh_CN"})
    [line] = warnings_of(app)
    assert "未知的 skill：'kubernets'；是否想写 'kubernetes'？" in line


@pytest.mark.parametrize(
    ("directive", "options", "says"),
    [
        ("project p", ":start: August 2021", "不是日期：'August 2021'"),
        ("project p", ":start: 2021-02-30", "没有这个日期：'2021-02-30'"),
        ("project p", ":start: 2023\n   :end: 2021", "'p'：结束日期 2021 早于开始日期 2023"),
        ("certificate p", ":name: P\n   :date: 2023\n   :expires: 2021", "结束日期 2021 早于开始日期 2023"),
        ("project p", ":formerly: C++", "'C++' 不是有效的键"),
        ("project p", ":sketch: a", "不是示意图：'a'"),
        ("project p", ":repository: x", "不是链接：'x'"),
        ("person p", ":name: P\n   :email: x", "不是邮件地址：'x'"),
        ("person p", ":name: P\n   :profiles: x", "不是链接：'x'；请先写标签"),
        ("evidence p", ":title: P\n   :kind: page\n   :url: https://e.org\n   :revision: a b", "不是标签或提交：'a b'"),
    ],
)
def test_wrong_values_are_explained_in_the_language_of_the_author(
    build: Any, monkeypatch: pytest.MonkeyPatch, directive: str, options: str, says: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda *_: ("zh_CN", "UTF-8"))
    page = f"{KNOWN}\n.. {directive.replace(' ', ':: ')}\n   {options}\n"
    app = build({"index.rst": page}, settings={"language": "zh_CN"})
    assert any(says in line for line in warnings_of(app)), warnings_of(app)
