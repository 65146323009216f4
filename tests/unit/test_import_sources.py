"""Résumés in other formats become JSON Resume: RenderCV, YAMLResume and LinkedIn archives; hostile files are refused."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from sphinx_folio.cli.importing.items import MAX_FILE_SIZE, UnreadableResumeError
from sphinx_folio.cli.importing.pages import import_resume
from sphinx_folio.cli.importing.reading import read_resume
from sphinx_folio.cli.importing.sources import read_source
from sphinx_folio.cli.importing.sources.linkedin import MAX_FILES

RENDERCV = """\
cv:
  name: John Example
  headline: Engineer
  location: Berlin
  email: [john@example.org, j@example.org]
  phone: null
  social_networks:
    - {network: GitHub, username: john}
    - {network: Mastodon, username: "@john@social.example"}
  sections:
    about_me:
      - I build **things**.
    experience:
      - company: Acme
        position: Lead
        start_date: 2021-05
        end_date: present
        highlights: [Built it., Led it.]
    Freiwilligenarbeit (volunteering):
      - {company: Club, position: Chair, date: 2020}
    Education:
      - {institution: MIT, area: CS, degree: BS, start_date: 2010, end_date: 2014, highlights: ["GPA: 3.9"]}
    Papers:
      - {title: Paper, authors: [A. One, B. Two], doi: 10.1000/x, journal: CHI, date: 2020-01}
    Things:
      - {name: Tool, date: 2019, summary: A tool., highlights: [Fast.]}
    Skills:
      - {label: Languages, details: "Go, Python"}
    selected_honors:
      - bullet: Young Engineer (2021)
    Languages:
      - {label: English, details: native}
design:
  theme: classic
"""
YAMLRESUME = """\
content:
  basics: {name: Ada Example, headline: Engineer, summary: "- Builds"}
  location: {city: London}
  profiles: [{network: GitHub, url: "https://github.com/ada", username: ada}]
  education: [{institution: School, degree: Bachelor, area: Math, startDate: Sep 1, 2016, endDate: ""}]
  work: [{name: Acme, position: Lead, startDate: 2021-05, summary: "- Did it", keywords: [Go]}]
  projects: [{name: Tool, description: A tool., summary: "- Fast"}]
  references: [{name: Bo, relationship: Boss, summary: Great.}]
  skills: []
layout: {}
"""


def archive(**tables: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in tables.items():
            file.writestr(f"export/{name.replace('__', ' ')}.csv", text)
    return data.getvalue()


PROFILE = 'First Name,Last Name,Headline,Summary,Websites\nAda,Example,Engineer,Builds.,"[PORTFOLIO:https://ada.example.org,OTHER:https://github.com/ada,OTHER:b.example.org]"\n'
LINKEDIN = archive(
    Profile=PROFILE,
    Email__Addresses="Email Address,Confirmed,Primary\nold@example.org,Yes,No\nada@example.org,Yes,Yes\n",
    Positions='Company Name,Title,Description,Location,Started On,Finished On\nAcme,Lead,"Did, and\nled",Paris,août 2021,\n',
    Education="School Name,Start Date,End Date,Notes,Degree Name,Activities\nSchool,2010,2014,Good.,BSc,Chess\n",
    Skills="\ufeffName\nGo\n\nRust\n",
    Languages="Name,Proficiency\nEnglish,Native\n",
    Certifications="Name,Url,Authority,Started On,Finished On,License Number\nCKA,https://c.example.org,CNCF,2021年8月,,42\nCKS,,CNCF,Apr 2020,Apr 2023,\n",
    Projects="Title,Description,Url\nPool,,https://github.com/ada/pool\nLog,,https://github.com/ada/pool/wiki\n",
    Honors="Title,Description,Issued On\nPrize,Good.,Dez. 2020\n",
    Publications='Name,Published On,Description,Publisher,Url\nPaper,"Jan 2, 2020",D,P,https://p.example.org\n',
    Volunteering="Company Name,Role,Cause,Started On,Finished On,Description\nClub,Chair,Education,1/2020,2/2021,D\n",
    Courses="Name,Number\nCompilers,CS1\n",
    Recommendations_Received="First Name,Last Name,Company,Job Title,Text\nBo,Ek,Acme,CTO,Great.\n",
    Connections="Notes:\nFirst Name,Last Name\nEve,Secret\n",
    messages="CONTENT\nSecret\n",
)


def test_rendercv_keeps_every_entry() -> None:
    found = read_source(RENDERCV.encode())
    assert found["basics"]["summary"] == "I build **things**."
    assert [profile["url"] for profile in found["basics"]["profiles"]] == [
        "https://github.com/john",
        "https://social.example/@john",
    ]
    assert found["work"] == [
        {"startDate": "2021-05", "endDate": "present", "name": "Acme", "position": "Lead", "highlights": ["Built it.", "Led it."]},
    ]  # fmt: skip
    assert found["volunteer"] == [{"startDate": "2020", "endDate": "2020", "organization": "Club", "position": "Chair"}]
    assert found["education"][0]["studyType"] == "BS"
    assert found["publications"] == [
        {
            "releaseDate": "2020-01", "url": "https://doi.org/10.1000/x", "name": "Paper", "authors": ["A. One", "B. Two"],
            "doi": "10.1000/x", "publisher": "CHI",
        }
    ]  # fmt: skip
    assert found["projects"][0]["description"] == "A tool."
    assert found["skills"] == [{"name": "Languages", "keywords": ["Go", "Python"]}]
    assert found["awards"] == [{"title": "Young Engineer (2021)"}]
    assert found["languages"] == [{"language": "English", "fluency": "native"}]


def test_its_texts_are_markdown() -> None:
    page = import_resume(read_resume(RENDERCV.encode())).pages["resume.md"]
    assert "I build **things**.\n" in page
    assert "- GPA: 3.9\n" in page
    assert ':authors: "A. One, B. Two"\n' in page


def test_yamlresume_is_json_resume_with_other_names() -> None:
    found = read_source(YAMLRESUME.encode())
    assert found["basics"] == {
        "name": "Ada Example", "label": "Engineer", "summary": "- Builds", "location": {"city": "London"},
        "profiles": [{"network": "GitHub", "url": "https://github.com/ada", "username": "ada"}],
    }  # fmt: skip
    assert found["education"][0]["studyType"] == "Bachelor"
    assert found["projects"] == [{"name": "Tool", "description": "A tool.\n\n- Fast"}]
    assert found["references"] == [{"name": "Bo", "relationship": "Boss", "reference": "Great."}]
    assert import_resume(read_resume(YAMLRESUME.encode())).skipped[0].startswith("basics.location: private")


def test_a_linkedin_archive_is_a_resume_without_other_peoples_data() -> None:
    found = read_source(LINKEDIN)
    assert found["basics"]["name"] == "Ada Example"
    assert found["basics"]["email"] == "ada@example.org"
    assert found["basics"]["profiles"] == [
        {"network": "Portfolio", "url": "https://ada.example.org"},
        {"network": "GitHub", "url": "https://github.com/ada"},
        {"url": "b.example.org"},
    ]
    assert found["work"] == [
        {"name": "Acme", "position": "Lead", "summary": "Did, and\nled", "location": "Paris", "startDate": "2021-08"}
    ]
    assert [skill["name"] for skill in found["skills"]] == ["Go", "Rust"]
    assert found["certificates"][0] | {"date": "2021年8月"} == found["certificates"][0]
    assert found["awards"][0]["date"] == "2020-12"
    assert found["publications"][0]["releaseDate"] == "2020-01"
    assert found["references"] == [{"name": "Bo Ek", "position": "CTO, Acme", "reference": "Great."}]
    assert "Secret" not in str(found)
    pages = import_resume(read_resume(LINKEDIN)).pages["resume.md"]
    for text in (
        "{certificate} cka",
        ":date: 2021-08",
        "{course} compilers",
        "{reference} bo-ek",
        "{volunteer} club",
        ":start: 2020-01",
        ":date: 2020-04\n:issuer: CNCF\n:expires: 2023-04",
        ":repository: https://github.com/ada/pool\n",
        ":homepage: https://github.com/ada/pool/wiki\n",
        "b.example.org <https://b.example.org>",
    ):
        assert text in pages


def encrypted() -> bytes:
    data = bytearray(archive(Profile=PROFILE))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


REFUSED: list[tuple[Any, str]] = [
    (b"%PDF-1.7", "the format PDF cannot be imported; these can: JSON Resume, "),
    (b"  <?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>", "the format XML, HTML cannot be imported"),
    (b"a: &x [1]\nb: *x\n", "YAML with aliases cannot be imported, line 2"),
    (b"a: !!python/object/apply:os.system [ls]\n", "YAML with tags cannot be imported, line 1"),
    (b"a:\n  b: [1\n", "not valid YAML, line 3, column 1: "),
    (b"basics:\n  name: a\n  name: b\n", "not valid YAML, line 2, column 3: occurs more than once"),
    (b"basics: " + b"[" * 30 + b"]" * 30, "nested more than 20 levels deep"),
    (b"basics: " + b"[" * 5000 + b"]" * 5000, "nested more than 20 levels deep"),
    (b"name: a\n\xff: b\n", "not UTF-8: "),
    (b"cv:\n  name: a\x00b\n", "not valid YAML"),
    (b"PK\x03\x04broken", "not a valid ZIP archive: "),
    (archive(Notes="x\n"), "not a LinkedIn archive: it has no Profile.csv"),
    (archive(Profile="First Name\n" + "x" * (MAX_FILE_SIZE + 1)), f"the files of the archive are larger than {MAX_FILE_SIZE} bytes"),
    (archive(**{f"t{number}": "" for number in range(MAX_FILES + 1)}), f"the archive has more than {MAX_FILES} files"),
    (encrypted(), "export/Profile.csv is encrypted"),
    (archive(Profile='First Name\n"open'), "export/Profile.csv: unexpected end of data"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), REFUSED, ids=[message[:40] for _data, message in REFUSED])
def test_a_hostile_file_is_refused_in_words(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableResumeError) as error:
        import_resume(read_resume(data))
    assert str(error.value).startswith(message)
