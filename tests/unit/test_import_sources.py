"""Résumés in other formats become JSON Resume: RenderCV, YAMLResume and LinkedIn archives; hostile files are refused."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from sphinx_folio._common.i18n import DateFormatter
from sphinx_folio.cli.commands import main
from sphinx_folio.cli.importing.fields import ImportOptions
from sphinx_folio.cli.importing.headings import LANGUAGES
from sphinx_folio.cli.importing.items import MAX_FILE_SIZE, UnreadableResumeError
from sphinx_folio.cli.importing.pages import import_resume
from sphinx_folio.cli.importing.reading import read_resume
from sphinx_folio.cli.importing.resume_file import import_file
from sphinx_folio.cli.importing.sources import read_source
from sphinx_folio.cli.importing.sources.linkedin import _month_names
from sphinx_folio.cli.importing.sources.linkedin_tables import MAX_FILES
from sphinx_folio.cli.importing.sources.rendercv import section_named, to_json_resume
from sphinx_folio.cli.importing.text_language import NAMES, language_of
from sphinx_folio.cli.language_levels import LEVELS
from sphinx_folio.portfolio.dates import PartialDate

if TYPE_CHECKING:
    from pathlib import Path

RENDERCV = """\
cv:
  name: John Example
  headline: Engineer
  location: Berlin
  email: [john@example.org, j@example.org]
  website: [https://john.example.org, https://b.example.org]
  phone: null
  custom_connections: [{fontawesome_icon: link, placeholder: Blog, url: https://blog.example.org}]
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
      - {title: "*Paper*", authors: ["***A. One***", B. Two], doi: 10.1000/x, journal: CHI, date: 2020-01}
    Things and projects:
      - {name: '[Tool\\_x](https://tool.example.org)', date: 2019, summary: A tool., highlights: [Fast.]}
    Skills:
      - {label: Languages, details: "Go, Python"}
    selected_honors:
      - bullet: Young Engineer (2021)
    Certificates:
      - {name: Architect, start_date: 2020-01, end_date: 2023-01}
    Languages:
      - {label: English, details: native}
      - [French]
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


PROFILE = 'First Name,Last Name,Headline,Summary,Websites\nAda,Example,Engineer,Builds.,"[PORTFOLIO:https://ada.example.org,OTHER:https://github.com/ada,OTHER:b.example.org/a,b]"\n'
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


def test_items_below_highlights_of_rendercv_become_lists_and_ranges_stay() -> None:
    """RenderCV begins an item below a highlight at each dash between spaces."""
    entry = {"company": "A", "position": "B", "highlights": ["Taught - Go\n  - Rust", "Led 2019 - 2020 \u2060- all"]}
    found = read_source(
        yaml.safe_dump({"cv": {"name": "Ada", "sections": {"Work": [entry]}}}, allow_unicode=True).encode()
    )
    assert found["work"][0]["highlights"] == ["Taught\n- Go\n- Rust", "Led 2019 - 2020 - all"]


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("Fall 2016 – Spring 2020", "Fall 2016", "Spring 2020"),
        ("Jan 2016 to present", "Jan 2016", "present"),
        ("2016 - 2020", "2016", "2020"),
        ("Fall 2016", "Fall 2016", "Fall 2016"),
        ("2016 – who knows", "2016 – who knows", "2016 – who knows"),
    ],
)
def test_one_text_of_rendercv_may_have_both_dates(date: str, start: str, end: str) -> None:
    entry = {"company": "Acme", "position": "Cook", "date": date}
    (item,) = to_json_resume({"cv": {"name": "Ada", "sections": {"work": [entry]}}})["work"]
    assert (item["startDate"], item["endDate"]) == (start, end)


def test_the_language_that_rendercv_names_is_used_if_the_texts_are_not_clear() -> None:
    source = "cv:\n  name: Ada\n  sections:\n    skills:\n      - label: Go\nlocale:\n  language: %s\n"
    assert import_resume(read_resume((source % "french").encode())).seems_in == "fr"
    assert import_resume(read_resume((source % "mandarin_chinese").encode())).seems_in == "zh_CN"
    assert import_resume(read_resume((source % "english").encode())).seems_in == ""
    french = ImportOptions(language="fr")
    assert import_resume(read_resume((source % "french").encode()), french).seems_in == ""


def test_rendercv_keeps_every_entry() -> None:
    found = read_source(RENDERCV.encode())
    assert found["basics"]["summary"] == "I build **things**."
    assert [profile["url"] for profile in found["basics"]["profiles"]] == [
        "https://github.com/john",
        "https://social.example/@john",
        "https://b.example.org",
        "https://blog.example.org",
    ]
    assert found["basics"]["emails"] == ["j@example.org"]
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
    assert found["projects"][0] == {
        "name": "Tool_x", "url": "https://tool.example.org", "startDate": "2019", "endDate": "2019",
        "description": "A tool.", "highlights": ["Fast."],
    }  # fmt: skip
    assert found["skills"] == [{"name": "Languages", "keywords": ["Go", "Python"]}]
    assert found["awards"] == [{"title": "Young Engineer (2021)"}]
    assert found["certificates"] == [{"date": "2020-01", "name": "Architect", "x-folio": {"expires": "2023-01"}}]
    assert found["languages"] == [{"language": "English", "fluency": "native"}, ["French"]]


OTHERS = """\
cv:
  name: Ada
  sections:
    Personal Statement:
      - I build.
    Research Statement:
      - I measure.
    Grants:
      - bullet: Starting *grant*, 2020
      - bullet: Travel grant, 2019
    teaching:
      - {company: ETH, position: Lecturer, date: 2020, location: Zurich}
      - {name: "[Physics](https://physics.example.org)", start_date: 2019-03, end_date: 2020-05, summary: A course., highlights: [300 students], level: BSc}
      - {institution: ETH, area: Astronomy, date: 2021}
    Invited Talks:
      - {name: Gas, location: Bern, date: 2020-05, summary: About gas.}
      - bullet: Stars, 2019
    Ausbildung:
      - {institution: ETH, area: Physics}
    Memberships:
      - {label: Society, details: since 2019}
      - Also a text.
      - [a, b]
    Mentoring and languages: Two.
"""


LABELS = """\
cv:
  name: Ada
  sections:
    experience:
      - {company: Acme, position: Lead, start_date: 2020-01, location: Ulm}
      - {label: Consulting, details: since 2020}
    projects:
      - {name: Fast, date: 2021, location: Acme}
      - {name: Slow, date: 2021, location: Princeton}
      - {name: Odd, date: 2021, location: [Acme]}
      - {label: Tool, details: A tool.}
    Papers:
      - bullet: "Doe, J. (2020). *Pods*. Journal."
      - {label: Gas, details: "Journal, 2019"}
    awards:
      - {name: Prize, location: Society, date: 2020}
"""


def test_the_place_of_a_project_may_be_a_company_and_labels_are_names() -> None:
    resume = read_source(LABELS.encode())
    assert [item["name"] for item in resume["work"]] == ["Acme"]
    assert resume["other-sections"] == [
        {"title": "Experience", "entries": [{"label": "Consulting", "details": "since 2020"}]}
    ]
    assert resume["projects"][0] == {"name": "Fast", "startDate": "2021", "endDate": "2021", "entity": "Acme"}
    assert resume["projects"][3] == {"name": "Tool", "description": "A tool."}
    assert resume["publications"] == [
        {"name": "Doe, J. (2020). Pods. Journal."},
        {"name": "Gas", "publisher": "Journal, 2019"},
    ]
    page = import_resume(read_resume(LABELS.encode())).pages["resume.md"]
    assert "```{project} fast\n:position: acme\n" in page
    assert "```\n\nPrinceton\n" in page
    assert "```{award} prize\n:title: Prize\n:date: 2020\n```\n\nSociety\n" in page


def test_sections_that_are_no_part_of_a_resume_stay_text_under_their_headings() -> None:
    resume = read_source(OTHERS.encode())
    assert resume.keys() == {"basics", "education", "languages", "x-folio", "other-sections"}
    assert resume["education"] == [{"institution": "ETH", "area": "Physics"}]
    assert resume["languages"] == [{"language": "Two."}]
    assert resume["basics"]["summary"] == "I build."
    found = import_resume(read_resume(OTHERS.encode()))
    page = found.pages["resume.md"]
    titles = ["Research Statement", "Grants", "Teaching", "Talks", "Education", "Memberships", "Languages"]
    assert re.findall("(?m)^## (.+)", page) == titles  # in the order of the file
    for text in (
        """
## Talks

```{talk} gas
:title: Gas
:location: Bern
:date: 2020-05

About gas.
```

```{talk} stars-2019
:title: "Stars, 2019"
```
""",
        """
## Research Statement

I measure.

## Grants

- Starting *grant*, 2020
- Travel grant, 2019

## Teaching

- **Lecturer**, ETH, Zurich, 2020
- [**Physics**](<https://physics.example.org>), Mar 2019 – May 2020

  A course.

  - 300 students

  level: BSc
- **Astronomy**, ETH, 2021
""",
        """
## Memberships

- **Society**, since 2019

Also a text.

a, b

## Languages

```{language} two
:name: Two.
```
""",
    ):
        assert text in page
    assert found.notes == [
        f"{title}: written to the page as text" for title in ("Research Statement", "Grants", "Teaching", "Memberships")
    ]
    assert (found.kept, found.skipped) == ([], [])
    assert "json-resume-extra.json" not in found.pages


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("Professional Experience", "work"), ("Berufserfahrung", "work"), ("work_experience", "work"), ("工作经历", "work"),
        ("Education", "education"), ("学历", "education"), ("Open Source Projects", "projects"), ("Selected Papers", "publications"),
        ("Honors and Awards", "awards"), ("Programming Languages", "skills"), ("Language Skills", "languages"),
        ("Volunteer Experience", "volunteer"), ("Teaching", ""), ("Teaching Experience", ""), ("Teaching Awards", "awards"),
        ("Preferences", ""), ("References", "references"), ("Workshops", ""), ("Service", ""), ("Grants", ""),
    ],
)  # fmt: skip
def test_a_title_names_a_section_only_if_that_is_certain(title: str, section: str) -> None:
    assert section_named(title) == section


@pytest.mark.parametrize(
    ("title", "is_summary"),
    [("about_me", True), ("Welcome to my page", True), ("プロフィール", True), ("个人简介", True), ("Career Objective", True), ("工作总结", True), ("Summary of grants", False), ("项目简介", False), ("Other", False)],
)  # fmt: skip
def test_a_text_is_the_summary_only_under_such_a_title(title: str, is_summary: bool) -> None:
    resume = read_source(f"cv: {{name: Ada, sections: {{{title}: [Text.]}}}}".encode())
    assert resume["basics"].get("summary") == ("Text." if is_summary else None)


@pytest.mark.parametrize(
    ("text", "basics"),
    [
        (
            "cv: {name: A, social_networks: {network: GitHub, username: ada}, sections: [x]}",
            {
                "name": "A",
                "profiles": [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}],
                "sections": ["x"],
            },
        ),
        ("content: {basics: [x], work: []}", ["x"]),
        ("content: {basics: {name: A}, location: x, profiles: y}", {"name": "A", "location": "x", "profiles": "y"}),
    ],
)
def test_values_of_the_wrong_type_are_kept(text: str, basics: Any) -> None:
    found = read_source(text.encode())["basics"]
    assert found == basics or basics.items() <= found.items()


def test_the_number_of_a_journal_is_no_entry_of_a_list() -> None:
    sections = "{Papers: [{title: Paper, authors: [A], number: 3, journal: J}], Awards: [{number: Prize}]}"
    resume = read_source(f"cv: {{name: Ada, sections: {sections}}}".encode())
    assert resume["publications"] == [{"name": "Paper", "authors": ["A"], "number": "3", "publisher": "J"}]
    assert resume["awards"] == [{"title": "Prize"}]


def test_a_section_without_entries_or_title_has_no_heading() -> None:
    sections = '{"": [Text.], Empty: ["", null, {}], Also: [""], Grants: [One.]}'
    found = import_resume(read_resume(f"cv: {{name: Ada, sections: {sections}}}".encode()))
    assert found.pages["resume.md"].endswith("\n```\n\nText.\n\n\n## Grants\n\nOne.\n\n".replace("\n\n\n", "\n\n"))
    assert found.notes == ["Grants: written to the page as text"]


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
    assert ":location: London\n" in import_resume(read_resume(YAMLRESUME.encode())).pages["resume.md"]


def test_a_linkedin_archive_is_a_resume_without_other_peoples_data() -> None:
    found = read_source(LINKEDIN)
    assert found["basics"]["name"] == "Ada Example"
    assert found["basics"]["email"] == "ada@example.org"
    assert found["basics"]["url"] == "https://ada.example.org"
    assert found["basics"]["profiles"] == [
        {"network": "GitHub", "url": "https://github.com/ada"},
        {"url": "b.example.org/a,b"},
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
        "b.example.org <https://b.example.org/a,b>",
    ):
        assert text in pages


def test_tables_of_linkedin_without_entries_become_text_and_others_are_listed() -> None:
    found = import_resume(read_resume(archive(
        Profile="First Name,Last Name\nAda,Example\n",
        Patents="Title,Patent or Application Number,Issued On,Description,Url\nLate data,NO 1,Apr 2021,Fast.,https://p.example.org\n",
        Organizations="Name,Position,Description,Started On,Finished On\nGuild,Chair,,Jan 2020,\n",
        Test_Scores="Name,Description,Score,Date\nTOEFL,,112,May 2009\n",
        Recommendations_Given="First Name,Text\nEve,Secret\n", Ads__Clicked="Ad\nSecret\n",
    )), options=ImportOptions(language="de"))  # fmt: skip
    assert found.pages["resume.md"].partition("## Mitgliedschaften")[2] == (
        "\n\n- **Guild**, Chair, Jan. 2020 – heute\n\n## Patente\n\n"
        "- [**Late data**](<https://p.example.org>), NO 1, Apr. 2021\n\n  Fast.\n\n"
        "## Testergebnisse\n\n- **TOEFL**, 112, Mai 2009\n\n"
    )
    assert found.skipped == [
        "Ads Clicked.csv, Recommendations_Given.csv: not read, since they are not part of a résumé"
    ]
    assert found.notes == [
        f"{name}.csv: written to the page as text" for name in ("Organizations", "Patents", "Test_Scores")
    ]


RECOMMENDATIONS = """\
First Name,Last Name,Company,Job Title,Text,Creation Date,Status
Bo,Ek,Acme,CTO,Great.,"03/04/23, 08:15 AM",VISIBLE
Eve,Hidden,Acme,CEO,Secret.,"03/04/23, 08:15 AM",HIDDEN
Al,Wait,Acme,CFO,Not yet.,"03/04/23, 08:15 AM",Pending
"""


def test_a_recommendation_that_the_member_hides_stays_hidden() -> None:
    found = import_resume(read_resume(archive(Profile=PROFILE, Recommendations_Received=RECOMMENDATIONS)))
    written = "\n".join(found.pages.values())
    assert "Great." in written
    assert [word for word in ("Eve", "Secret", "Al Wait", "Not yet", "Status") if word in written] == []
    assert found.skipped == [
        "Recommendations_Received.csv, row 3: not imported, since its status is HIDDEN",
        "Recommendations_Received.csv, row 4: not imported, since its status is Pending",
    ]


def test_character_references_are_decoded_in_every_field() -> None:
    found = import_resume(read_resume(archive(
        Profile="First Name,Last Name,Headline,Summary\nAda,O&#39;Neil,SRE &amp; builder,R&amp;D of &lt;b&gt; &quot;x&quot;\n",
        Positions="Company Name,Title,Description,Started On\nAcme &amp; Co,R&amp;D,• Q&amp;A • &lt;x&gt; it,Jan 2020\n",
        Skills="Name\nQ&amp;A\n",
    )))  # fmt: skip
    page = found.pages["resume.md"]
    for text in (
        ':name: "Ada O\'Neil"',
        ':label: "SRE & builder"',
        'R&D of \\<b\\> "x"\n',
        "### Acme & Co\n",
        "{position} acme-co",
        ':title: "R&D"',
        "\nQ&A\n",
        "\n\\<x\\> it\n",
    ):
        assert text in page
    assert "## Q&A\n" in found.pages["skills.md"]
    assert "amp" not in "".join(found.pages.values())


def test_the_report_names_files_rows_and_columns() -> None:
    found = import_resume(read_resume(archive(
        Profile=PROFILE.replace("Websites", "Geo Location").replace("PORTFOLIO", "Ulm"),
        Positions='Company Name,Title,Description,Started On,Finished On\nAcme,Lead,• One,Jan 2020,\n"Bolt\n& Co",Cook,,Easter 2020,\nAcme,Lead,,Jan 2020,\n',
        Courses="Name,Number\nCompilers,CS1\n", Certifications="Name,Finished On,License Number\nCKA,soon,42\n",
        Education="School Name,Degree Name,Activities\nSchool,BSc,Chess\n", PhoneNumbers="Number\n+49 1\n",
    )))  # fmt: skip
    assert found.kept == [
        "Education.csv, row 2, Activities: not supported",
        "Courses.csv, row 2, Number: not supported",
        "Certifications.csv, row 2, License Number: not supported",
    ]
    assert ':location: "[Ulm:' in found.pages["resume.md"]
    assert found.skipped == [
        "PhoneNumbers.csv: private; provide it to private builds with FOLIO_PRIVATE",
    ]
    assert found.notes == [
        "Positions.csv, row 2, Description: its lines with bullets imported as highlights",
        "Positions.csv, row 3, Started On: 'Easter 2020' is not a date; write 2021, 2021-08 or 2021-08-31; the position is written to the page as text",
        "Positions.csv, row 4: left out, since it is the same as Positions.csv, row 2",
        "Certifications.csv, row 2, Finished On: 'soon' is not a date; write 2021, 2021-08 or 2021-08-31; written to the page as text",
    ]


def test_a_profile_keeps_its_other_columns_but_for_those_that_are_private() -> None:
    profile = "First Name,Last Name,Maiden Name,Birth Date,Zip Code,Industry\nAda,Example,Byron,Dec 10,12345,Software\n"
    found = import_resume(read_resume(archive(Profile=profile)))
    assert found.skipped == [f"Profile.csv, {column}: private" for column in ("Birth Date", "Maiden Name", "Zip Code")]
    assert found.kept == ["Profile.csv, Industry: not supported"]
    assert json.loads(found.pages["json-resume-extra.json"]) == {"basics": {"industry": "Software"}}
    assert "Dec 10" not in str(found.pages)
    assert "Byron" not in str(found.pages)


def test_columns_without_a_field_are_spelled_like_fields() -> None:
    table = "First Name,Last Name,Text,Creation Date\nBo,Ek,Great.,03/04/23\n"
    found = import_resume(read_resume(archive(Profile=PROFILE, Recommendations_Received=table)))
    assert found.kept == ["Recommendations_Received.csv, row 2, Creation Date: not supported"]
    [kept] = json.loads(found.pages["json-resume-extra.json"])["references"]
    assert kept == {"x-folio": {"key": "bo-ek"}, "creationDate": "03/04/23"}


@pytest.mark.parametrize(
    ("text", "degree", "field"),
    [
        ("MSc, Computer Science", "MSc", "Computer Science"), ("BSc (Hons, 1st), Computer Science", "BSc (Hons, 1st)", "Computer Science"),
        ("Doctor of Philosophy - PhD, Electrical, Electronics and Optics", "Doctor of Philosophy - PhD", "Electrical, Electronics and Optics"),
        ("Diplom, PhD, Physik", "Diplom, PhD", "Physik"), ("BA, Honours, History", "BA, Honours", "History"), ("硕士，计算机科学", "硕士", "计算机科学"),
        ("Computer Science", "Computer Science", ""), ("Master of Business Administration, MBA", "Master of Business Administration, MBA", ""), ("MSc,", "MSc,", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_linkedin_writes_degree_and_field_in_one_column(text: str, degree: str, field: str) -> None:
    table = f'School Name,Degree Name\nSchool,"{text}"\n'
    found = import_resume(read_resume(archive(Profile=PROFILE, Education=table)))
    [item] = read_source(archive(Profile=PROFILE, Education=table))["education"]
    assert (item.get("studyType", ""), item.get("area", "")) == (degree, field)
    note = "Education.csv, row 2, Degree Name: split at the comma into degree and field"
    assert (note in found.notes) == bool(field)


def test_a_remark_of_linkedin_is_no_part_of_a_name() -> None:
    found = import_resume(read_resume(archive(Profile=PROFILE, Skills="Name\nC\nGo (Programming Language)\n")))
    assert "## Go\n\n```{skill} go\n" in found.pages["skills.md"]
    assert "Skills.csv, row 3, Name: imported as Go" in found.notes


def test_an_unpacked_archive_is_read_like_the_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "li.zip").write_bytes(LINKEDIN)
    with zipfile.ZipFile(tmp_path / "li.zip") as file:
        file.extractall(tmp_path)
    assert main(["import", str(tmp_path / "li.zip"), str(tmp_path / "a")]) == 0
    told = capsys.readouterr().out
    assert "\nThe pages and the PDF show your email address, ada@example.org; to keep it private, delete" in told
    assert told.endswith(
        "\nSkills that no entry uses yet: 2 of 2. For each, add its key to :skills: of an entry "
        "that shows it, or delete the skill from skills.md.\n"
    )
    assert main(["import", str(tmp_path / "export"), str(tmp_path / "b")]) == 0
    assert capsys.readouterr().out == told.replace(f"{tmp_path / 'a'}/", f"{tmp_path / 'b'}/")
    pages = [{path.name: path.read_text() for path in (tmp_path / name).iterdir()} for name in ("a", "b")]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("Positions.csv", b"Company Name,Title\nA,B\n", "looks like a part of LinkedIn data; name the ZIP archive or its folder"),
        ("li.zip", b"<html>", "a damaged ZIP archive; download it again"),
        ("li.ZIP", b"", "a damaged ZIP archive; download it again"),
    ],
)  # fmt: skip
def test_a_part_of_an_archive_is_refused_in_words(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableResumeError) as error:
        import_file(tmp_path / name)
    assert str(error.value).startswith(f"{tmp_path / name}: {message}")


def encrypted() -> bytes:
    data = bytearray(archive(Profile=PROFILE))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def spoiled() -> bytes:
    data = bytearray(archive(Profile=PROFILE * 20))
    start = data.index(b"csv") + len(b"csv")
    data[start : start + 20] = b"\xff" * 20
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
    (b"PK\x03\x04 word/document.xml", "the format Word cannot be imported; these can: JSON Resume, "),
    (b"PK\x03\x04broken", "a damaged ZIP archive; download it again (File is not a zip file)"),
    (spoiled(), "a damaged ZIP archive; download it again ("),
    (archive(Profile="Vorname,Nachname\nAda,Example\n"), "export/Profile.csv: LinkedIn tables have the columns First Name, Last Name; this one has Vorname, Nachname"),
    (archive(Profile=PROFILE, Positions="Company Name,Role\nAcme,Lead\n"), "export/Positions.csv: LinkedIn tables have the columns Company Name, Title, Started On; this one has Company Name, Role"),
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


def test_the_months_of_an_archive_change_no_other_language() -> None:
    """Babel shares tables among languages, and would store the months of Chinese for Polish."""
    assert _month_names()["listopad"] == 11
    assert DateFormatter("pl", {}).date(PartialDate(2021, 11)) == "lis 2021"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Diseñadora de producto con nueve años de experiencia que da el salto al desarrollo. Lideré el sistema de diseño para la banca móvil."),
        ("pt", "Engenheira de software com oito anos de experiência em sistemas de pagamento. Liderei a equipe que migrou os serviços para a nuvem."),
        ("fr", "Ingénieure logiciel avec huit ans d’expérience dans les systèmes de paiement. J’ai dirigé l’équipe qui a migré les services."),
        ("it", "Ingegnera del software con otto anni di esperienza nei sistemi di pagamento. Ho guidato il gruppo che ha migrato i servizi nella nuvola."),
        ("de", "Softwareentwicklerin mit acht Jahren Erfahrung in der Zahlungsabwicklung. Leitete das Team, das die Dienste in die Cloud brachte."),
        ("en", "Software engineer with eight years of experience in payments. Led the team that moved the services to the cloud."),
        ("", "Software-engineer met acht jaar ervaring in betalingen. Leidde het team dat de diensten naar de cloud bracht, van ontwerp tot beheer."),
        ("", "Enginyera de programari amb vuit anys d’experiència en sistemes de pagament. Vaig dirigir l’equip que va migrar els serveis al núvol amb les eines."),
        ("", "Enxeñeira de software con oito anos de experiencia en sistemas de pagamento. Dirixiu o equipo que levou os servizos á nube, da análise ao despregue, e a formación dos compañeiros da empresa."),
        ("", "Softwareentwécklerin mat aacht Joer Erfarung an der Entwécklung vu Systemer fir d’Bezuelen. Ech hunn d’Equipe geleet an d’Servicer an d’Cloud bruecht, vun der Analys bis op de Betrib."),
        ("", "Programistino kun ok jaroj da sperto en la disvolvado de sistemoj por pagoj. Mi gvidis la teamon de la projekto, kaj respondecis pri la transiro al la nubo por pli ol du milionoj da uzantoj de la servo."),
        ("", "Enginhaira logiciala amb uèch ans d’experiéncia dins los sistèmas de pagament. Ai dirigit la còla que migrèt los servicis dins lo nivol, e la formacion dels collègas de l’entrepresa."),
        ("", "Mjukvaruutvecklare med åtta års erfarenhet av betalningar. Ledde det team som flyttade tjänsterna till molnet och byggde ett verktyg för drift."),
        ("", "Vývojář s více než deseti lety praxe. Vedl jsem tým pěti lidí a podílel se na návrhu služeb. Zodpovídal jsem za nasazení do produkce a na převodu do cloudu."),
        ("ru", "Инженер с опытом работы в платежах, Kubernetes и Go"), ("", "Інженерка з досвідом роботи в платежах"), ("ar", "مهندسة برمجيات بخبرة ثماني سنوات"), ("", "مهندس نرم‌افزار با هشت سال تجربه در پرداخت‌ها"),
        ("he", "מהנדסת תוכנה עם ניסיון של שמונה שנים"), ("ko", "결제 시스템 경력 8년의 소프트웨어 엔지니어"), ("ja", "決済システムで八年の経験を持つエンジニア"), ("zh_CN", "八年支付系统经验，负责 Kubernetes 平台"), ("zh_TW", "八年支付系統經驗，負責 Kubernetes 平臺"),
        ("", "Go Kubernetes Docker"), ("", ""),
    ],
)  # fmt: skip
def test_the_language_of_a_resume_is_told_from_its_texts(language: str, text: str) -> None:
    assert language_of({"basics": {"name": "Ada", "summary": text}, "skills": [{"name": "PostgreSQL"}]}) == language


def test_the_report_says_that_the_headings_are_in_another_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = "Diseñadora de producto con nueve años de experiencia que da el salto al desarrollo de la web."
    (tmp_path / "r.json").write_text(json.dumps({"basics": {"summary": summary}}), encoding="utf-8")
    hint = "The résumé seems to be in Spanish; import it again with --language es."
    for number, words in enumerate((["import"], ["init", "--from"])):
        command, *option = words
        folder = str(tmp_path / f"pages{number}")
        arguments = [command, *option, str(tmp_path / "r.json"), folder]
        assert main(arguments) == 0
        assert f"\n{hint}\n" in capsys.readouterr().out
        assert main([*arguments, "--language", "es", "--overwrite"]) == 0
        assert "seems" not in capsys.readouterr().out
    english = "Software engineer with eight years of experience in payments, and of the cloud."
    for text, language in ((english, "en"), ("八年支付系统经验", "zh_CN"), ("Go", "de")):
        assert import_resume(read_resume(json.dumps({"basics": {"summary": text}}).encode()), ImportOptions(language=language)).seems_in == ""  # fmt: skip


def test_each_language_that_is_told_has_labels() -> None:
    assert {*NAMES} == {*LANGUAGES}


@pytest.mark.parametrize(
    ("language", "level"), [("es", "Competencia bilingüe o nativa"), ("zh_CN", "母语或双语"), ("en", LEVELS["en"][4])]
)
def test_the_levels_of_languages_are_in_the_language_of_the_pages(language: str, level: str) -> None:
    languages = [{"language": "Español", "fluency": LEVELS["en"][4]}, {"language": "Inglés", "fluency": "C1"}]
    data = json.dumps({"basics": {"name": "Ada"}, "languages": languages}).encode()
    found = import_resume(read_resume(data), ImportOptions(language=language))
    assert re.findall(":fluency: (.*)", found.pages["resume.md"]) == [level, "C1"]
    assert found.notes == ([] if language == "en" else [f"languages[0].fluency: imported as {level}"])
