"""What the site's files say is what its pages and the owner's résumé say."""

from __future__ import annotations

import calendar
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import extruct
import jsonschema
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from sphinx_folio.cli.importing.pages import import_resume
from sphinx_folio.cli.importing.reading import read_resume

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = Path(__file__).with_name("resume-zh.md")
SCHEMA = Path(__file__).parent.parent / "data/json-resume/schema.json"
FOLDERS = pytest.mark.parametrize("folder", ["", "en"])


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def resume_json(site: Path, folder: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / folder / "resume.json").read_text(encoding="utf-8"))
    return data


@FOLDERS
def test_json_resume_is_valid(site: Path, folder: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.validate(resume_json(site, folder))


def in_chinese(date: str) -> str:
    return "{}年{}月".format(*date.split("-"))


def in_english(date: str) -> str:
    year, month = date.split("-")
    return f"{calendar.month_abbr[int(month)]} {year}"


def facts(data: dict[str, Any], date: Callable[[str], str]) -> list[str]:
    """Return what a résumé in JSON claims, as texts that stand on a page; ``date`` says how it writes a month."""
    found = [data["basics"][key] for key in ("label", "email")]
    found += [re.sub(r"^\d\. ", "", line) for line in data["basics"]["summary"].splitlines()]
    for rows, keys in (
        (data["work"], ("name", "position")),
        (data["education"], ("institution", "area", "studyType")),
        (data["projects"], ("name", "description")),
    ):
        for row in rows:
            found += [row[key] for key in keys]
    for row in (*data["work"], *data["education"]):
        found += [date(row[key]) for key in ("startDate", "endDate")]
    for project in data["projects"]:
        found += [text.rstrip("。.") for text in project["highlights"]]
    return [plain(text) for text in found]


def test_json_resume_claims_what_the_resume_claims(site: Path) -> None:
    told = facts(resume_json(site, ""), in_chinese)
    resume = plain(SOURCE.read_text(encoding="utf-8").replace("<", "").replace(">", ""))
    assert len(told) == 38
    assert [text for text in told if text not in resume] == []


def test_json_resume_in_english_claims_what_the_english_pages_claim(site: Path) -> None:
    pages = [site / "en" / "resume.html", *(site / "en" / "projects").glob("*.html")]
    text = plain(" ".join(BeautifulSoup(page.read_text("utf-8"), "html.parser").get_text() for page in pages))
    told = facts(resume_json(site, "en"), in_english)
    assert len(told) == 38
    assert [fact for fact in told if fact not in text] == []


def test_json_resume_is_the_same_in_both_languages_but_for_its_words(site: Path) -> None:
    def bones(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bones(item) for key, item in value.items()}
        return [bones(item) for item in value] if isinstance(value, list) else type(value).__name__

    chinese, english = resume_json(site, ""), resume_json(site, "en")
    for skill in (*chinese["skills"], *english["skills"]):
        skill.pop("keywords", None)  # a language may have fewer other names
    assert bones(chinese) == bones(english)


def linked_data(site: Path, page: str) -> list[dict[str, Any]]:
    (data,) = extruct.extract((site / page).read_text(encoding="utf-8"), syntaxes=["json-ld"])["json-ld"]
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


@FOLDERS
@pytest.mark.parametrize("page", ["index.html", "resume.html"])
def test_linked_data_tells_the_facts_of_the_resume(site: Path, folder: str, page: str) -> None:
    data = resume_json(site, folder)
    profile, person, *works = linked_data(site, f"{folder}/{page}".lstrip("/"))
    assert profile["inLanguage"] == {"": "zh-CN", "en": "en"}[folder]
    assert profile["mainEntity"]["@id"] == person["@id"]
    assert (person["name"], person["description"]) == (data["basics"]["name"], data["basics"]["label"])
    roles = [
        (role["worksFor"]["name"], role["roleName"], role["startDate"], role["endDate"]) for role in person["worksFor"]
    ]
    assert roles == [(row["name"], row["position"], row["startDate"], row["endDate"]) for row in data["work"]]
    assert [role["hasOccupation"]["name"] for role in person["hasOccupation"]] == [role[1] for role in roles]
    assert [role["alumniOf"]["name"] for role in person["alumniOf"]] == [
        row["institution"] for row in data["education"]
    ]
    assert [skill["name"] for skill in person["knowsAbout"]] == [row["name"] for row in data["skills"]]
    assert [(work["name"], work["description"]) for work in works] == [
        (row["name"], row["description"]) for row in data["projects"]
    ]


@FOLDERS
def test_linked_data_of_a_project_is_on_its_page(site: Path, folder: str) -> None:
    for row in resume_json(site, folder)["projects"]:
        key = row["x-folio"]["key"]
        page = f"{folder}/{'spiderpool' if key == 'spiderpool' else 'projects'}/index.html".lstrip("/")
        person, *works = linked_data(site, page)
        [work] = [found for found in works if found["@id"].endswith(f"#project_{key}")]
        assert (work["name"], work["description"]) == (row["name"], row["description"])
        assert work.get("codeRepository") == row["x-folio"].get("links", {}).get("repository")
        assert work["contributor"]["contributor"] == [{"@id": person["@id"]}]


@FOLDERS
def test_the_map_for_language_models_leads_to_every_page_in_the_navigation(
    site: Path, site_pages: Any, folder: str
) -> None:
    text = (site / folder / "llms.txt").read_text(encoding="utf-8")
    linked = re.findall(r"^- \[.+?\]\((.+?)\)", text, re.MULTILINE)
    assert text.startswith("# iiiceoo\n\n> ")
    assert [address for address in linked if not (site / folder / address).is_file()] == []
    names = site_pages.english if folder else site_pages.chinese
    pages = {name.removeprefix("en/") for name in names if not name.startswith("sphinx-folio/")}
    apart = {"index.html", "404.html", "evidence.html", "verification.html", "search.html", "resume-network.html"}
    assert {address for address in linked if address.endswith(".md")} == {
        page.replace(".html", ".md") for page in pages - apart
    }
    assert linked[-1] == "llms-full.txt"


@FOLDERS
def test_each_page_has_its_text_as_markdown_and_all_are_in_one_file(site: Path, site_pages: Any, folder: str) -> None:
    names = site_pages.english if folder else site_pages.chinese
    pages = {name for name in names if "sphinx-folio/" not in name} - {
        f"{folder}/{name}".lstrip("/") for name in ("404.html", "search.html", "resume-network.html")
    }
    full = (site / folder / "llms-full.txt").read_text(encoding="utf-8")
    for page in pages:
        text = (site / page).with_suffix(".md").read_text(encoding="utf-8")
        title = text.partition("\n")[0]
        assert title.startswith("# ")
        assert (f"\n{title}\n" in full) is (Path(page).name not in {"evidence.html", "verification.html"})
        assert not re.search(r"<(?!https?://)|facts:|[\ue000-\uf8ff]", re.sub(r"`[^`]*`", "", text))
        for address in re.findall(r"\]\((?!https?:|mailto:)([^)#]+)", text):
            assert (site / page).parent.joinpath(address).exists(), (page, address)


@FOLDERS
def test_the_card_has_the_public_contact_data(site: Path, folder: str) -> None:
    lines = (site / folder / "contact.vcf").read_bytes().decode().split("\r\n")
    data = resume_json(site, folder)
    basics, title = data["basics"], data["work"][0]["position"]
    note = basics["label"].replace(",", "\\,")
    assert {f"FN:{basics['name']}", f"EMAIL:{basics['email']}", f"TITLE:{title}", f"NOTE:{note}"} <= {*lines}


@FOLDERS
def test_no_job_is_empty_to_readers_of_json_resume(site: Path, folder: str) -> None:
    data = resume_json(site, folder)
    assert all(job["summary"] and job["highlights"] for job in data["work"])
    repeated = [text for job in data["work"] for text in job["highlights"]]
    assert sorted(repeated) == sorted(text for project in data["projects"] for text in project["highlights"])
    assert re.findall(r"^\d(?=\. )", data["basics"]["summary"], re.MULTILINE) == ["1", "2", "3"]
    assert "github.com" not in data["basics"]["summary"]
    assert data["meta"]["lastModified"] == "2023-06-01T00:00:00Z"


@FOLDERS
def test_the_view_of_networking_is_an_extract_of_the_resume(site: Path, folder: str) -> None:
    whole, view = (
        json.loads((site / folder / name).read_text(encoding="utf-8"))
        for name in ("resume.json", "resume-network.json")
    )
    assert [row["x-folio"]["key"] for row in view["projects"]] == ["spiderpool"]
    assert [row["name"] for row in view["work"]] == [row["name"] for row in whole["work"]]
    assert [row["summary"] for row in view["work"]] == [whole["work"][0]["summary"], "sauto3 · PowerRedis"]
    assert [row["name"] for row in whole["skills"] if row not in view["skills"]] == {
        "": ["Shell", "Python3", "Java"],
        "en": ["Shell", "Python 3", "Java"],
    }[folder]
    assert [row["name"] for row in whole["skills"] if row in view["skills"]] == [row["name"] for row in view["skills"]]
    text, everything = (
        plain("".join(page.extract_text() for page in PdfReader(site / folder / name).pages))
        for name in ("resume-network.pdf", "resume.pdf")
    )
    assert f"Spiderpool({'inGo' if folder else 'Go'})" in text
    for word in ("sauto3", "PowerRedis", "Docker", "Cgroups" if not folder else "cgroups", "Ginkgo", "gomock"):
        assert word in everything
        assert word in text  # of projects that it leaves out, the names
    for word in ("paramiko", "webCLI" if folder else "web-cli"):
        assert word in everything
        assert word not in text
    for heading in (row["name"] for row in view["work"]):
        assert plain(heading) in text
    assert len(text) < len(everything)
    title = {"": "网络方向", "en": "Networking"}[folder]
    metadata = PdfReader(site / folder / "resume-network.pdf").metadata
    assert metadata is not None
    assert str(metadata.title).endswith(f" · {title}")
    page = BeautifulSoup((site / folder / "resume-network.html").read_text(encoding="utf-8"), "html.parser")
    assert page.select('meta[name="robots"][content="noindex"]')


@FOLDERS
def test_what_is_exported_can_be_imported_without_loss(site: Path, folder: str) -> None:
    found = import_resume(read_resume((site / folder / "resume.json").read_bytes()))
    assert found.skipped == []
    assert set(found.pages) == {"index.md", "resume.md", "skills.md", "evidence.md"}
