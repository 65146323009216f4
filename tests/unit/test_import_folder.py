"""The folder of a site becomes a résumé that loses nothing; what leads out of it or is hostile is refused in words."""

from __future__ import annotations

import errno
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.cli.commands import main
from sphinx_folio.cli.importing.folder import files
from sphinx_folio.cli.importing.folder.addresses import old_address
from sphinx_folio.cli.importing.folder.front_matter import paragraphs, split_page
from sphinx_folio.cli.importing.folder.items import item_of
from sphinx_folio.cli.importing.folder.site import read_folder
from sphinx_folio.cli.importing.items import UnreadableResumeError
from sphinx_folio.cli.importing.resume_file import import_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

POOL = """\
---
layout: page
title: Pool
description: Gives out *addresses*.
tech: [Go, Kubernetes]
tags: network, ipam
github: https://github.com/example/pool
date: 2022-01-31
importance: 1
img: pool.jpg
---

A body that is
wrapped.

## Details

1. one
2. two

{% include figure.liquid path="a.jpg" %}

![picture](a.png) <div>text</div>

```go
code()
```
"""
TIME_TABLE = """\
- title: General Information
  type: map
  contents:
    - {name: Full Name, value: Ada Example}
    - {name: Date of Birth, value: 1 May 1990}
- title: Education
  type: time_table
  contents:
    - {title: MSc, institution: School, year: 2017, description: [Mathematics]}
- title: Experience
  type: time_table
  contents:
    - {title: Lead, institution: Acme, year: 2021 - present}
    - {title: Intern, institution: Acme, year: 2019-2020, description: [Did it.]}
- title: Honors and Awards
  type: time_table
  contents:
    - {year: 2020, items: [First, Second]}
- title: Academic Interests
  type: nested_list
  contents:
    - {title: Fields, items: [Galaxies, Gas]}
- title: Other Interests
  type: list
  contents: [<u>Music</u>]
"""
AL_FOLIO = {
    "_config.yml": "first_name: Ada\nlast_name: Other\nemail: ada@example.org\ngithub_username: example\nkeys: &a 1\nsame: *a\n",
    "_data/cv.yml": TIME_TABLE,
    "_data/socials.yml": "email: ada@example.org\nscholar_userid: abc\ngithub_username: example\n",
    "_data/coauthors.yml": "a: 1\n",
    "_projects/pool.md": POOL,
    "_bibliography/papers.bib": "@article{a}",
    "_pages/about.md": "---\ntitle: about\n---\nI build.\n",
    "_posts/2020-01-01-a.md": "---\ntitle: a\n---\n",
    "_posts/2020-01-02-b.md": "---\ntitle: b\n---\n",
    "README.md": "Read me.\n",
    "_site/projects/old.md": "---\ntitle: old\n---\n",
}
AUTHOR = """\
schema: hugoblox/author/v1
name: {display: Ada Example, given: Ada}
role: Engineer
bio: I build.
affiliations: [{name: School}]
links:
  - {icon: at-symbol, url: "mailto:ada@example.org"}
  - {icon: brands/github, url: https://github.com/example}
interests: [Networks]
education: [{degree: MSc, institution: School, start: '2015', end: 2020-09, summary: Good.}]
experience: [{role: Engineer, org: Acme, start: 2021-01, end: ''}]
skills: [{name: Tech, items: [{label: Go, level: 5}]}]
languages: [{name: French, level: 5, label: Native}]
awards: [{title: Prize, date: 2020, awarder: Acme}]
"""
HUGO = {
    "data/authors/me.yaml": AUTHOR,
    "data/authors/bo.yaml": "name: {display: Bo}\n",
    "content/authors/me/_index.md": "---\ntitle: Somebody\n---\nMore about me.\n",
    "content/en/publication/p/index.md": '---\ntitle: P\nauthors: [me, Bo]\ndate: "2020-07-01T00:00:00Z"\npublication: "*Journal*"\ndoi: 10.5555/1\n---\n',
    "content/fr/publication/p/index.md": "---\ntitle: P en français\n---\n",
    "content/project/x/index.md": '+++\ntitle = "X"\ndate = 2021-05-01\ntags = ["Go", "Deep"]\ndraft = false\n[deep]\nn = 1\n+++\nText.\n',
    "content/project/x/index.de.md": "+++\ntitle = 'X auf Deutsch'\n+++\n",
    "content/project/y.md": '{\n"title": "Y",\n"draft": "true"\n}\n',
    "content/project/z.md": "no front matter\n",
    "content/project/_index.md": "---\ntitle: Projects\n---\n",
    "content/event/e.md": "---\ntitle: Talk\nevent: Conference\nlocation: Here\n---\nAbstract.\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Any:
    """Return a function that writes the files of a site and returns its folder."""

    def write(texts: Mapping[str, str | bytes]) -> Path:
        for name, text in texts.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "site"

    return write


def test_al_folio_is_read(site: Any) -> None:
    found = read_folder(site(AL_FOLIO))
    assert found.layout == "al-folio (Jekyll)"
    assert found["basics"]["name"] == "Ada Example"
    assert found["basics"]["summary"] == "I build."
    assert found["basics"]["profiles"] == [
        {"network": "Google Scholar", "url": "https://scholar.google.com/citations?user=abc"},
        {"network": "GitHub", "url": "https://github.com/example"},
    ]
    assert [(job["position"], job["startDate"], job["endDate"]) for job in found["work"]] == [
        ("Lead", "2021", "present"),
        ("Intern", "2019", "2020"),
    ]
    assert found["education"][0]["studyType"] == "MSc"
    assert [award["title"] for award in found["awards"]] == ["First", "Second"]
    assert found["interests"] == [{"name": "Fields", "keywords": ["Galaxies", "Gas"]}, {"name": "Music"}]
    [pool] = found["projects"]
    assert (
        pool["description"]
        == "Gives out *addresses*.\nA body that is wrapped.\n**Details**\n- one\n- two\npicture text"
    )
    assert pool["keywords"] == ["Go", "Kubernetes", "network", "ipam"]
    assert pool["x-folio"] == {"links": {"repository": "https://github.com/example/pool"}}
    assert found["skills"] == [{"name": "Go"}, {"name": "Kubernetes"}]
    assert found.notes == [
        '_projects/pool.md: left out of the text: ```go code() ```, {% include figure.liquid path="a.jpg" %}, ![picture](a.png)',
        "projects[0]: left out: img",
    ]
    assert found.files == [
        "_data/cv.yml: the résumé",
        "_data/socials.yml: basics",
        "_pages/about.md: basics.summary",
        "_projects/pool.md: projects[0]",
    ]
    assert found.skipped == [
        "_data/cv.yml: General Information.Date of Birth: private",
        "_config.yml: YAML with aliases cannot be imported, line 6",
        "README.md: its folder names no part of a résumé",
        "_posts (2020-01-01-a.md, 2020-01-02-b.md): its folder names no part of a résumé",
        "_bibliography/papers.bib: no publications",
        "_data/coauthors.yml: data of an unknown kind",
    ]


def test_a_time_table_is_read_without_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "cv.yml"
    file.write_text(TIME_TABLE, encoding="utf-8")
    assert [line for line in import_file(file).pages["resume.md"].splitlines() if line.startswith("##")] == [
        "## Work", "### Acme", "## Education", "### School", "## Awards", "## Interests",
    ]  # fmt: skip
    file.write_text("- title: General Information\n", encoding="utf-8")
    with pytest.raises(UnreadableResumeError, match="not a list of sections with a title and contents"):
        import_file(file)


@pytest.mark.parametrize("year", ["2015-now", "2015 -- now", "2015.09 --- 2016.01", "2015 – 2016"])
def test_a_title_may_be_a_link_and_a_range_has_any_dash(site: Any, year: str) -> None:
    title = '<a class="a" href="https://github.com/example/pool">pool</a>'
    project = f"{{title: '{title}', year: {year}, description: A pool.}}"
    folder = site({"_data/cv.yml": f"- title: Open Source Projects\n  type: time_table\n  contents: [{project}]\n"})
    [found] = read_folder(folder)["projects"]
    assert (found["name"], found["url"]) == ("pool", "https://github.com/example/pool")
    assert (found["startDate"][:4], found["endDate"][:4]) in {("2015", "now"), ("2015", "2016")}


def test_sections_of_a_time_table_that_are_no_part_of_a_resume_keep_their_headings(site: Any) -> None:
    table = """\
- title: General Information
  type: map
  contents: [{name: Full Name, value: Ada}, {name: Languages, value: "English (native), German"}]
- title: Teaching
  type: time_table
  contents: [{title: Physics, institution: ETH, year: 2019 - 2022, description: [300 students, {title: With, contents: [A, B]}]}]
- title: Grants
  type: map
  contents: [{name: Starting grant, value: CHF 1}]
- title: Supervision
  type: list
  contents: [<u>Three</u> students, "[Bo](https://bo.example.org)"]
"""
    folder = site({"_data/cv.yml": table})
    found = import_file(folder)
    page = found.pages["resume.md"]
    assert page.endswith("""\
## Languages

```{language} english
:name: English
:fluency: native
```

```{language} german
:name: German
```

## Teaching

- **Physics**, ETH, 2019 – 2022

  - 300 students
  - With: A, B

## Grants

- **Starting grant**, CHF 1

## Supervision

- Three students
- [Bo](<https://bo.example.org>)

""")
    assert "{education}" not in page
    assert "{project}" not in page
    assert [note.partition(":")[0] for note in found.notes] == ["Teaching", "Grants", "Supervision"]
    (folder / "_data" / "cv.yml").write_text(
        json.dumps({"basics": {"name": "Ada"}, "other-sections": [{"entries": 1}, {"entries": [1]}]})
    )
    assert import_file(folder).pages


@pytest.mark.parametrize("title", ["Overview", "基本信息", "General Information"])
def test_private_facts_of_a_time_table_are_on_no_page(site: Any, title: str) -> None:
    names = "Phone, Mobile, Tel., Home address, Address, Age, Passport, Geburtsdatum, Telefon, 手机, 出生年月, 性别"
    facts = "".join(f"    - {{name: {name}, value: secret}}\n" for name in names.split(", "))
    others = "    - {name: Full Name, value: Ada Example}\n    - {name: Email address, value: ada@example.org}\n"
    skills = "- title: Technical Skills\n  type: map\n  contents: [{name: Mobile, value: Swift}]\n"
    table = f"- title: {title}\n  type: map\n  contents:\n{others}{facts}{skills}"
    found = import_file(site({"_data/cv.yml": table}))
    assert not [name for name, text in found.pages.items() if "secret" in text]
    assert [name for name in names.split(", ") if f"{title}.{name}: private" not in found.skipped[0]] == []
    assert (found.name, found.email) == ("Ada Example", "ada@example.org")
    assert "Swift" in str(found.pages)


def test_hugo_is_read(site: Any) -> None:
    found = read_folder(site(HUGO))
    assert found.layout == "HugoBlox (Hugo)"
    assert found["basics"] == {
        "name": "Ada Example", "label": "Engineer", "email": "ada@example.org", "summary": "I build.",
        "profiles": [{"network": "Github", "url": "https://github.com/example"}],
    }  # fmt: skip
    assert found.notes == [
        "basics: left out: name, summary, affiliations", "languages[0]: left out: level", "skills[0]: left out: group", "projects[0]: left out: deep",
    ]  # fmt: skip
    assert found["work"] == [{"name": "Acme", "position": "Engineer", "startDate": "2021-01"}]
    assert found["education"] == [
        {"institution": "School", "studyType": "MSc", "startDate": "2015", "endDate": "2020-09", "summary": "Good."}
    ]
    assert found["skills"] == [{"name": "Go", "level": "5"}]
    assert found["languages"][0]["fluency"] == "Native"
    assert found["awards"] == [{"title": "Prize", "date": "2020", "awarder": "Acme"}]
    assert found["interests"] == [{"name": "Networks"}]
    assert found["publications"] == [
        {
            "name": "P", "authors": ["me", "Bo"], "releaseDate": "2020-07-01T00:00:00Z", "publisher": "Journal",
            "doi": "10.5555/1", "url": "https://doi.org/10.5555/1",
        }
    ]  # fmt: skip
    assert found["projects"] == [
        {
            "name": "X", "startDate": "2021-05-01", "endDate": "2021-05-01", "keywords": ["Go", "Deep"],
            "description": "Text.",
        }
    ]  # fmt: skip
    assert found["x-folio"]["talks"] == [
        {"name": "Talk", "event": "Conference", "location": "Here", "summary": "Abstract."}
    ]
    assert found.skipped == [
        "data/authors/bo.yaml: another person",
        "content/fr/publication/p/index.md: in another language, fr",
        "content/project/_index.md: introduces a section",
        "content/project/x/index.de.md: in another language, de",
        "content/project/y.md: a draft",
        "content/project/z.md: no front matter",
    ]


def test_everything_that_an_author_says_is_imported_or_reported(site: Any) -> None:
    author = """\
---
name: {display: Ada Example, pronouns: she}
email: ada@example.org
languages: [English, {name: German, percent: 50}]
awards: ["Best Paper 2020"]
education: {courses: [{course: PhD, institution: School}, MSc elsewhere], title: Studies}
experience: Freelance since 2020
skills: [Python, {label: Go, level: 5}, {name: Tools, note: daily, items: [git, {label: Vim, icon: x}]}]
interests: "AI, ML"
links: [https://a.example.org, {icon: file, url: cv.pdf}, {url: "mailto:ada@example.org"}, {url: "mailto:a@example.org"}]
---
"""
    folder = site({"content/authors/admin/_index.md": author})
    found = read_folder(folder)
    assert [(item["language"], item.get("fluency")) for item in found["languages"]] == [
        ("English", None), ("German", "50"),
    ]  # fmt: skip
    assert found["awards"] == [{"title": "Best Paper 2020"}]
    assert found["education"] == [{"institution": "School", "studyType": "PhD"}]
    assert found["skills"] == [
        {"name": "Python"},
        {"name": "Go", "level": "5"},
        {"name": "git"},
        {"name": "Vim"},
    ]
    assert found["interests"] == [{"name": "AI"}, {"name": "ML"}]
    assert found["basics"]["email"] == "ada@example.org"
    assert found["basics"]["profiles"] == [{"network": "", "url": "https://a.example.org"}]
    assert found.notes == [
        "basics: left out: name, education, experience, skills, links",
        "skills[2]: left out: group",
        "skills[3]: left out: icon, group",
    ]
    assert not any("author" in line for line in import_file(folder).kept)


def test_the_author_of_jekyll_is_imported_or_reported_but_not_the_settings_of_the_site(site: Any) -> None:
    found = read_folder(site({
        "_config.yml": "title: Site\nauthor: {name: Ada, bio: Engineer, employer: Acme, googlescholar: abc}\n",
        "_data/socials.yml": "github_username: example\nlattes_id: 42\n",
    }))  # fmt: skip
    assert found["basics"] == {
        "name": "Ada",
        "label": "Engineer",
        "profiles": [
            {"network": "Google Scholar", "url": "https://scholar.google.com/citations?user=abc"},
            {"network": "GitHub", "url": "https://github.com/example"},
        ],
    }
    assert found.notes == ["basics: left out: lattes_id, employer"]


def test_only_pages_with_the_same_name_and_no_other_dates_become_one_item(site: Any) -> None:
    found = read_folder(site({
        "talks/a.md": "---\ndate: 2020\n---\nOne.\n",
        "talks/b.md": "---\ndate: 2020\n---\nTwo.\n",
        "references/a.md": "---\nx: 1\n---\nOne.\n",
        "references/b.md": "---\nx: 1\n---\nTwo.\n",
        "work/a.md": "---\ncompany: Acme\nrole: Lead\nstart: 2015\nteam: A\n---\n",
        "work/b.md": "---\ncompany: Acme\nrole: Lead\nstart: 2015-03\nteam: B\n---\n",
        "work/c.md": "---\ncompany: Acme\nrole: Lead\nteam: C\n---\n",
        "work/d.md": "---\ncompany: Acme\nrole: Lead\nstart: 2021\n---\n",
        "education/a.md": "---\nschool: S\ndegree: MSc\narea: Art\n---\n",
        "education/b.md": "---\nschool: S\ndegree: MSc\narea: Law\n---\n",
    }))  # fmt: skip
    assert [talk["summary"] for talk in found["x-folio"]["talks"]] == ["One.", "Two."]
    assert [reference["reference"] for reference in found["references"]] == ["One.", "Two."]
    assert [job["startDate"] for job in found["work"]] == ["2015", "2021"]
    assert "work[0]: left out: team, team-2, startDate, team-3" in found.notes
    assert [degree["area"] for degree in found["education"]] == ["Art", "Law"]


def test_suffixes_may_be_in_uppercase(site: Any) -> None:
    found = read_folder(site({
        "_projects/P.MD": "---\ntitle: Pool\n---\n",
        "_bibliography/papers.BIB": BIB,
        "data/works.JSON": b"\xef\xbb\xbf" + json.dumps([{"id": "e", "title": "Talks", "type": "book"}]).encode(),
        "_data/CV.yml": "cv: {name: Ada}\n",
        "notes/A.Markdown": "Text",
    }))  # fmt: skip
    assert found["basics"]["name"] == "Ada"
    assert found.files == [
        "_data/CV.yml: the résumé",
        "_projects/P.MD: projects[0]",
        "_bibliography/papers.BIB: publications",
        "data/works.JSON: publications",
    ]
    assert found.skipped[:1] == ["notes/A.Markdown: its folder names no part of a résumé"]


def test_the_person_of_al_folio_has_a_label_other_names_and_a_portrait(site: Any) -> None:
    found = read_folder(site({
        "_config.yml": "first_name: Ada\nlast_name: Example\nscholar: {first_name: [Ada, A.], last_name: [Example, Example-Roe, Einstein]}\n",
        "_data/cv.yml": "cv: {name: Ada B. Example}\n",
        "_pages/about.md": "---\nsubtitle: <a href='#'>School</a>. Engineer.\nprofile: {image: prof_pic.jpg}\n---\nI build.\n",
    }))  # fmt: skip
    assert found["basics"] == {
        "name": "Ada B. Example", "label": "School. Engineer.", "summary": "I build.",
        "location": {"city": None}, "email": None, "phone": None, "url": None, "emails": [], "profiles": [],
        "image": "assets/img/prof_pic.jpg",
        "x-folio": {"otherNames": ["Ada Example-Roe", "A. Example-Roe"]},
    }  # fmt: skip
    assert found.skipped == []
    assert {"_pages/about.md: basics.label", "_pages/about.md: basics.image"} <= {*found.files}


def test_redirects_of_pages_that_have_moved_are_printed(
    site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site({
        "_config.yml": "permalink: /blog/:year/:title/\ncollections: {projects: {output: true}}\n",
        "_projects/pool.md": POOL,
        "_projects/pool-2.md": POOL.replace("title: Pool", "name: Other"),
        "_pages/cv.md": "---\npermalink: /cv/\n---\n",
        "_pages/about.md": "---\npermalink: /\n---\nI build.\n",
        "_pages/awards.md": "---\npermalink: [\n---\n",
        "_pages/news.md": "---\npermalink: /news/\n---\n",
        "_talks/t.md": "---\ntitle: T\npermalink: /t.html\n---\n",
        "_publications/p.md": "---\ndate: 2020\npermalink: /p\n---\n",
        "_pages/resume.md": "---\npermalink: /resume\n---\n",
    })  # fmt: skip
    assert main(["import", str(folder), str(tmp_path / "pages")]) == 0
    assert (
        "To redirect the old addresses of pages, add these lines to conf.py:\n\n"
        'extensions += ["sphinx_folio.redirects"]\n'
        "folio_redirects = {\n"
        "    'cv/index': 'resume',\n"
        "    'projects/pool-2/index': 'resume#project_other',\n"
        "    'projects/pool/index': 'resume#project_pool',\n"
        "    'p': 'resume',\n"
        "    't': 'resume#talk_t',\n"
        "}\n"
    ) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "fields", "config", "address"),
    [
        ("_projects/a.md", {}, {"collections": {"projects": {"output": "true"}}}, "projects/a"),
        ("_projects/b/a.md", {}, {"collections": {"projects": {"output": "true"}}, "permalink": "pretty"}, "projects/b/a/index"),
        ("_projects/a.md", {}, {"collections": {"projects": {"output": "true", "permalink": "/made/:name/"}}}, "made/a/index"),
        ("_projects/a.md", {}, {"collections": {"projects": {"output": "true", "permalink": "/:year/:name/"}}}, ""),
        ("_projects/a.md", {}, {"collections": {"projects": {"output": "false"}}}, ""),
        ("_projects/a.md", {}, {"collections": ["projects"]}, ""),
        ("_projects/a.md", {"permalink": "/c#/"}, {}, "c%23/index"),
        ("_projects/a.md", {"permalink": ["x"]}, {}, ""),
        ("cv.md", {}, {"title": "x"}, ""),
        ("content/project/Pool/index.md", {}, {}, "project/pool/index"),
        ("content/project/pool.md", {}, {}, "project/pool/index"),
        ("content/project/pool.md", {"slug": "x"}, {}, ""),
        ("content/project/pool/index.en.md", {}, {}, ""),
        ("content/project/pool.zh-cn.md", {}, {}, ""),
        ("content/en/project/pool.md", {}, {}, ""),
        ("content/cv/index.md", {}, {}, "cv/index"),
        *(("_projects/a.md", {"permalink": text}, {}, "") for text in ("../../x", "/a//b/", "/./a", "/cv.md", "/cv.htm", "/a\\b")),
        ("_projects/a.md", {"permalink": "/.a/b.c.html"}, {}, ".a/b.c"),
        ("content/_index.md", {}, {}, ""),
        ("projects/pool.md", {}, {}, ""),
    ],
)  # fmt: skip
def test_the_old_address_of_a_page_is_known_from_its_generator(
    name: str, fields: dict[str, Any], config: dict[str, Any], address: str
) -> None:
    assert old_address(name, fields, config) == address


def test_bibliographies_with_the_same_name_get_different_names(site: Any) -> None:
    titles = {"_bibliography/3-papers.bib": "A", "_bibliography/papers.bib": "B", "data/Papers.bib": "C"}
    pages = import_file(site({name: f"@book{{{key}, title = {{{key}}}}}\n" for name, key in titles.items()})).pages
    assert [name for name in pages if name.endswith(".bib")] == ["3-papers.bib", "papers.bib", "4-Papers.bib"]


BIB = """\
---
---
@article{Smith_2020, title = {Fast Paths}, author = {Example, Ada}, year = 2020}
@article{b, title = "Old {Paths}"}
@misc{none, year = 2020}
"""


def test_bibliographies_of_the_person_are_named_on_the_page(site: Any) -> None:
    folder = site({
        "_bibliography/papers.bib": BIB,
        "_bibliography/same.bib": "@book{c, title = {Fast paths}}\n",
        "data/papers.bib": "@book{Smith_2020, title = {Nets}}\n@book{d, title = {Fast paths}}\n@book{f, title = {Graphs}}\n",
        "data/works.json": json.dumps([{"id": "e", "title": "Talks", "type": "book"}]),
        "data/other.json": "[1]",
        "assets/bibliography/post.bib": BIB,
        "content/publication/p/index.md": "---\ntitle: Old paths\n---\n",
        "content/publication/p/cite.bib": BIB,
    })  # fmt: skip
    found = import_file(folder)
    assert found.pages["resume.md"].endswith(
        "```{publications} papers.bib\n:keys: Smith_2020\n```\n\n"
        "```{publications} 2-papers.bib\n:keys: f\n```\n\n```{publications} works.json\n```\n\n"
    )
    assert found.pages["papers.bib"] == BIB
    assert {"2-papers.bib", "works.json"} < found.pages.keys()
    assert found.skipped == [
        "_bibliography/papers.bib:5: 'none' has no title",
        "_bibliography/same.bib: its publications are known already",
        "assets/bibliography/post.bib: its folder names no part of a résumé",
        "content/publication/p/cite.bib: the page next to it is read instead",
        "data/papers.bib:1: 'Smith_2020' is the key of another publication",
        "data/other.json: data of an unknown kind",
    ]


def test_a_portfolio_with_a_bibliography_needs_the_library_that_reads_it(site: Any, tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "new"), "--from", str(site({"_bibliography/papers.bib": BIB}))]) == 0
    assert "\nsphinx-folio[bibtex,docx,pdf,social]>=" in (tmp_path / "new" / "requirements.txt").read_text("utf-8")
    assert (tmp_path / "new" / "docs" / "papers.bib").read_text("utf-8") == BIB
    assert "papers" not in (tmp_path / "new" / "docs" / "index.md").read_text("utf-8")


def test_a_publication_of_the_resume_gives_way_to_that_of_the_bibliography(site: Any) -> None:
    papers = [{"name": "Nets"}, {"name": "Fast paths", "summary": "S"}, {"name": "Old paths"}, {"name": "Trees"}]
    folder = site({
        "assets/json/resume.json": json.dumps({"basics": {"name": "Ada"}, "publications": papers}),
        "_bibliography/papers.bib": BIB,
        "content/publication/p/index.md": "---\ntitle: Old paths\n---\n",
        "content/publication/q/index.md": "---\ntitle: Trees\n---\n",
    })  # fmt: skip
    found = import_file(folder)
    assert found.pages["resume.md"].count("{publication}") == 3
    assert found.pages["resume.md"].endswith("```{publications} papers.bib\n:keys: Smith_2020\n```\n\n")
    assert "assets/json/resume.json: Fast paths: read from _bibliography/papers.bib instead" in found.skipped
    assert "content/publication/q/index.md: publications[3]" in found.files


@pytest.mark.parametrize(
    ("modules", "says"),
    [
        (["bibtexparser"], 'install bibtexparser: pip install "sphinx-folio[bibtex]"'),
        (["yaml", "bibtexparser"], 'install PyYAML, bibtexparser: pip install pyyaml "sphinx-folio[bibtex]"'),
    ],
)
def test_missing_libraries_are_named_before_anything_is_written(
    site: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    modules: list[str],
    says: str,
) -> None:
    for module in modules:
        monkeypatch.setitem(sys.modules, module, None)
    folder = site({"_bibliography/papers.bib": BIB, "_projects/pool.md": POOL})
    assert main(["init", str(tmp_path / "new"), "--from", str(folder)]) != 0
    assert f"to import this folder, {says}\n" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
    (folder / "_bibliography" / "papers.bib").unlink()
    if modules == ["bibtexparser"]:
        assert import_file(folder).pages  # nothing else needs it


def test_a_requirement_without_the_extra_for_bibtex_is_reported(
    site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site({"_bibliography/papers.bib": BIB})
    command = ["init", str(tmp_path / "new"), "--from", str(folder), "--overwrite", "--engine"]
    assert main([*command, "./sphinx_folio-0.1.0-py3-none-any.whl[docx,pdf]"]) == 0
    assert (
        "\ndocs/papers.bib: add bibtex to the extras of sphinx-folio in requirements.txt, then run: python -m pip install"
        in capsys.readouterr().out
    )
    assert main([*command, "./sphinx_folio-0.1.0-py3-none-any.whl[bibtex,docx,pdf]"]) == 0
    assert "add bibtex" not in capsys.readouterr().out


def test_blocks_of_hugoblox_are_read(site: Any) -> None:
    sections = """\
---
title: Home
sections:
  - block: resume-biography-3
    content: {username: me, text: ''}
  - block: experience
    content:
      items:
        - {title: Engineer, company: Acme, company_url: 'https://acme.example.org', date_start: '2020-01-01', date_end: '', description: Built.}
  - block: accomplishments
    content: {items: [{title: Architect, organization: Board, date_start: '2021-02-03', certificate_url: 'https://board.example.org'}]}
  - block: features
    content: {items: [{name: Go, description: 90%, icon: x}, {name: Code, description: 'C, Rust'}, {name: Teams, description: I led two of them.}]}
  - block: markdown
    content: {title: News, text: Hello.}
---
"""
    found = read_folder(site({
        "content/_index.md": sections,
        "content/home/experience.md": "---\nwidget: experience\nexperience:\n- {title: Intern, company: Bolt, date_start: 2019-01-01, date_end: 2019-06-30}\n---\n",
        "content/home/old.md": "---\nwidget: experience\nactive: false\nexperience:\n- {title: Hidden, company: Bolt}\n---\n",
        "exampleSite/content/home/experience.md": "---\nwidget: experience\nexperience:\n- {title: Sample, company: Bolt}\n---\n",
    }))  # fmt: skip
    assert found["work"] == [
        {"name": "Acme", "position": "Engineer", "url": "https://acme.example.org", "startDate": "2020-01-01", "summary": "Built."},
        {"name": "Bolt", "position": "Intern", "startDate": "2019-01-01", "endDate": "2019-06-30"},
    ]  # fmt: skip
    assert found["certificates"] == [
        {"name": "Architect", "issuer": "Board", "date": "2021-02-03", "url": "https://board.example.org"}
    ]
    assert found["skills"] == [
        {"name": "Go", "level": "90%"}, {"name": "Code", "keywords": ["C", "Rust"]},
        {"name": "Teams", "summary": "I led two of them."},
    ]  # fmt: skip
    assert found.files == ["content/_index.md: work, certificates, skills", "content/home/experience.md: work"]
    assert found.skipped == [
        "content/_index.md: blocks that are not read: markdown",
        "content/home/old.md: its folder names no part of a résumé",
    ]


def test_pages_add_to_the_resume_file_and_differing_values_are_reported(site: Any) -> None:
    resume = {"basics": {"name": "Ada"}, "projects": [{"name": "Pool", "url": "https://a.example.org"}]}
    pages = {
        "resume.json": json.dumps(resume),
        "cv.yml": "cv: {name: Eve}\n",
        "projects/pool.md": "---\ntitle: pool\nurl: https://b.example.org\nwhat: else\n---\nText.\n",
        "projects/other.md": "---\ntitle: Other\n---\n",
        "work/a.md": "---\ncompany: Acme\nrole: Lead\nstart: 2021\n---\n",
        "work/b.md": "---\ncompany: Acme\nrole: Head\nstart: 2022\n---\n",
    }
    found = read_folder(site(pages))
    assert found["projects"] == [
        {
            "name": "Pool", "url": "https://a.example.org", "description": "Text.",
        },
        {"name": "Other"},
    ]  # fmt: skip
    assert found.notes == ["projects[0]: left out: what, name, url"]
    assert [job["position"] for job in found["work"]] == ["Lead", "Head"]
    assert found.skipped == ["cv.yml: another résumé, resume.json, was read"]
    assert found.layout == "Markdown with front matter"


def test_the_command_writes_pages_and_tells_what_became_of_each_file(
    site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(site(AL_FOLIO)), str(tmp_path / "pages")]) == 0
    told = capsys.readouterr().out
    assert "Layout of the folder: al-folio (Jekyll). These files were read:\n\n    _data/cv.yml: the résumé\n" in told
    assert "    _posts (2020-01-01-a.md, 2020-01-02-b.md): its folder names no part of a résumé\n" in told
    assert "    projects[0]: left out: img\n" in told
    page = (tmp_path / "pages" / "resume.md").read_text("utf-8")
    assert ":start: 2022-01\n" in page
    assert "1990" not in page
    assert "{%" not in (tmp_path / "pages" / "json-resume-extra.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({}, "no résumé in this folder"),
        ({"notes/a.md": "Text"}, "no résumé in this folder"),
        ({"projects/a.md": "---\na: &x 1\nb: *x\n---\n"}, "projects/a.md: YAML with aliases cannot be imported, line 3"),
        ({"projects/a.md": "---\na: [\n---\n"}, "projects/a.md: not valid YAML, line"),
        ({"projects/a.md": "---\n- a\n---\n"}, "projects/a.md: a résumé must be a mapping"),
        ({"projects/a.md": "---\na: 1\na: 2\n---\n"}, "projects/a.md: not valid YAML, line 2, column 1: occurs more than once"),
        ({"projects/a.md": "---\na: " + "[" * 30 + "]" * 30 + "\n---\n"}, "projects/a.md: nested more than 20 levels deep"),
        ({"projects/a.md": "+++\na = \n+++\n"}, "projects/a.md: not valid TOML: Invalid value (at line 1, column 5)"),
        ({"projects/a.md": "+++\na = " + "[" * 5000 + "]" * 5000 + "\n+++\n"}, "projects/a.md: nested more than 20 levels deep"),
        ({"projects/a.md": "{\n1\n}\n"}, "projects/a.md: not valid JSON, line 2"),
        ({"projects/a.md": b"---\ntitle: \xff\n---\n"}, "projects/a.md: not UTF-8: invalid start byte at byte 11"),
        ({"_bibliography/a.bib": b"@book{a, title = {\xe9}}"}, "_bibliography/a.bib: not UTF-8: invalid continuation byte at byte 18"),
        ({"resume.json": "[]"}, "resume.json: a résumé must be an object, not a list"),
        ({"resume.json": '{"work": [], "work": []}'}, "resume.json: work: occurs more than once"),
        ({"resume.json": '{"basics": []}'}, "basics: must be an object, not a list"),
        ({"resume.json": '{"projects": 1}', "projects/a.md": "---\ntitle: A\n---\n"}, "projects: must be a list, not a number"),
        ({"resume.json": '{"x-folio": [1]}', "_talks/t.md": "---\ntitle: T\n---\n"}, "x-folio: must be an object, not a list"),
        ({"_data/cv.yml": "- a\n"}, "_data/cv.yml: not a list of sections with a title and contents"),
        ({"projects/a.md": f"---\ntitle: {'x' * 100_001}\n---\n"}, "projects[0].name: longer than 100000 characters"),
        ({"projects/a.md": '---\ntitle: "a\\x01"\n---\n'}, "projects[0].name: contains U+0001"),
    ],
)  # fmt: skip
def test_broken_and_hostile_files_are_refused_with_their_names(site: Any, texts: dict[str, str], problem: str) -> None:
    folder = site({"other.txt": "", **texts})
    with pytest.raises(UnreadableResumeError) as caught:
        import_file(folder)
    assert problem in str(caught.value)
    assert all(line.startswith(str(folder)) for line in str(caught.value).splitlines())


def test_nothing_outside_of_the_folder_is_read(site: Any, tmp_path: Path) -> None:
    folder = site({"projects/a.md": "---\ntitle: A\n---\n", "projects/inside.md": "---\ntitle: In\n---\n"})
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n")
    (folder / "projects" / "link.md").symlink_to(secret)
    with pytest.raises(UnreadableResumeError, match=r"projects/link\.md: a symbolic link that leads out of the folder"):
        read_folder(folder)
    (folder / "projects" / "link.md").unlink()
    (folder / "work").symlink_to(tmp_path)
    with pytest.raises(UnreadableResumeError, match="work: a symbolic link"):
        read_folder(folder)
    (folder / "work").unlink()
    (folder / "again").symlink_to(folder, target_is_directory=True)  # a loop
    (folder / "projects" / "b.md").symlink_to(folder / "projects" / "inside.md")
    os.mkfifo(folder / "projects" / "pipe.md")
    assert [item["name"] for item in read_folder(folder)["projects"]] == ["A", "In"]


def test_links_without_a_target_are_reported(site: Any) -> None:
    folder = site({"projects/a.md": "---\ntitle: A\n---\n"})
    for name, target in {"loop.md": "loop.md", "loop": "loop", "gone.md": "nothing.md", "gone.txt": "x"}.items():
        (folder / name).symlink_to(target)
    found = read_folder(folder)
    assert [item["name"] for item in found["projects"]] == ["A"]
    assert found.skipped == [f"{name}: a symbolic link without a target" for name in ("gone.md", "loop.md")]


def test_a_folder_that_cannot_be_read_is_named(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site({"projects/a.md": "---\ntitle: A\n---\n"})
    scan = os.scandir

    def refuse(path: Path) -> Any:  # as the system does, though not for root
        if path.name == "projects":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UnreadableResumeError, match=r"^projects: Permission denied"):
        read_folder(folder)


def test_limits_hold(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site({f"projects/{number}.md": "---\ntitle: A\n---\n" for number in range(5)})
    monkeypatch.setattr(files, "MAX_FILE_SIZE", 40)
    with pytest.raises(
        UnreadableResumeError, match=r"projects/2\.md: the files of the folder are larger than 40 bytes"
    ):
        read_folder(folder)
    monkeypatch.setattr(files, "MAX_FILES", 4)
    with pytest.raises(UnreadableResumeError, match="the folder has more than 4 files"):
        read_folder(folder)


@pytest.mark.parametrize(
    ("text", "reduced"),
    [
        ("a\nb\n\nc", "a b\nc"),
        ("# A #\n- x\n  y\n* z\n1. n", "**A #**\n- x y\n- z\n- n"),
        ("~~~\ncode\n~~~\nafter\n```\nopen", "after"),
        ("<!-- c -->{{< ref >}}{% if %}<b>x</b> <https://example.org> a < b", "x <https://example.org> a < b"),
        (
            "A `Map<K, V>` of `{{ .Values }}` <b>x</b> <!-- `a` --> ``a ` <c>`` [d](<e f>)",
            "A `Map<K, V>` of `{{ .Values }}` x  ``a ` <c>`` [d](<e f>)",
        ),
        ("Title\n=====\nText\n\n---\n* * *\nOther\n---\n- a\n- b", "**Title**\nText\n**Other**\n- a\n- b"),
        ("{{" * 20_000, "{{" * 20_000),
        ("$[n](x) = 1$ and `[a](b)`, `![a](b)`", "{math}`[n](x) = 1` and `[a](b)`, `![a](b)`"),
        ("Set {:a, :b} in Ruby.", "Set {:a, :b} in Ruby."),
        ("# A {#a}\n{:toc}x{:.b}{: #c}{:.d}{:e='f'}{::options /}y{:}z", "**A {#a}**\nxyz"),
        (
            "a{% comment %}hidden {{ x }}\n\n{% endcomment %}b{::comment}hidden{:/comment}c{::comment}hidden{:/}d",
            "abcd",
        ),
        ("{%- comment -%}hidden{%- endcomment -%}a `{% comment %}` b <!-- {% comment %} -->c", "a `{% comment %}` b c"),
        ("a{% comment %}" * 20_000, "a"),
        ("`a``b" * 20_000, "`a``b" * 20_000),
        ("# " * 20_000 + "x", "**" + ("# " * 19_999) + "x**"),
    ],
)
def test_a_text_is_reduced_to_paragraphs(text: str, reduced: str) -> None:
    assert paragraphs(text) == reduced


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mass is $E=mc^2$, or $p(z \\mid x)$.", "Mass is {math}`E=mc^2`, or {math}`p(z \\mid x)`."),
        ("Then\n\n$$\np = \\frac{a}{b}\n$$\n\nholds.", "Then\n\n{math}`p = \\frac{a}{b}`\n\nholds."),
        ("Costs $5 and $6, or US$ 7.", "Costs \\$5 and \\$6, or US\\$ 7."),
        ("The variable `$HOME` and `$PATH`.", "The variable `$HOME` and `$PATH`."),
        ("From \\$5 to \\$6", "From \\$5 to \\$6"),
    ],
)
def test_formulas_are_roles_that_need_no_extension(site: Any, text: str, written: str) -> None:
    page = import_file(site({"projects/a.md": f"---\ntitle: A\n---\n{text}\n"})).pages["resume.md"]
    assert f"\n\n{written}\n```\n" in page


def test_what_is_left_out_of_a_text_is_listed(site: Any) -> None:
    body = (
        "{% raw %}See {% cite x %} for [more](/more/) {% endraw %}{: .big }\n<!-- c -->\n<img src='a.png'><b>b</b>\n"
        + "".join(f"{{% cite {number} %}}" for number in range(9))
        + "\n{% include figure.liquid path='assets/img/a-long-path.jpg' %}"
    )
    found = read_folder(site({"projects/a.md": f"---\ntitle: A\n---\n{body}\n"}))
    assert found["projects"] == [{"name": "A", "description": "See  for more\nb"}]
    assert found.notes == [
        "projects/a.md: left out of the text: {% cite x %}, {% cite 0 %}, {% cite 1 %}, {% cite 2 %}, {% cite 3 %} and 8 more"
    ]
    left_out: list[str] = []
    assert paragraphs("See [thesis](/files/t.pdf), [call](tel:1), [x](https://x.org), `[a](b)`", left_out)
    assert left_out == ["[thesis](/files/t.pdf)", "[call](tel:1)"]


def test_fields_of_the_resume_with_the_names_of_ours_are_kept(site: Any) -> None:
    basics = {"name": "Ada Example", "author": "me", "front-matter": "x"}
    found = import_file(site({"resume.json": json.dumps({"basics": basics}), "projects/a.md": "---\ntitle: A\n---\n"}))
    assert json.loads(found.pages["json-resume-extra.json"])["basics"] == {"author": "me", "front-matter": "x"}


def test_front_matter_may_be_empty_or_missing() -> None:
    assert split_page(b"---\n---\nText") == ({}, "Text")
    assert split_page(b"Text\n---\n") == ({}, "Text\n---\n")
    assert split_page(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nText") == ({"title": "A"}, "Text")


def test_values_of_the_wrong_type_are_kept(site: Any) -> None:
    fields = {"title": ["a"], "tags": {"a": "b"}, "date": ["2020"], "summary": ["x"], "url": {"a": "b"}, "weight": "1"}
    assert item_of("projects", fields) == {"front-matter": {name: fields[name] for name in fields if name != "weight"}}
    assert import_file(site({"resume.json": '{"publications": true, "work": []}'})).kept == [
        "publications: must be a list, not true"
    ]
