"""The résumé's page says what the owner's text says, statement by statement, in its order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

SOURCE = Path(__file__).with_name("resume-zh.md")


def statements() -> list[str]:
    """Return the statements of the owner's résumé: its lines, without Markdown's signs and without its table of contents."""
    found = []
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        if re.match(r"\s*- \[", line):
            continue  # the table of contents repeats the headings
        text = re.sub(r"^(#+|-|\d+\.)\s+", "", line.strip())
        text = re.sub(r"<(\S+?)>", r"\1", text).strip("*")
        found += [part for part in text.split(" | ") if part]
    return found


def plain(text: str) -> str:
    """Return a text without white space: the source has a stray space in one date, and lines break anywhere."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def resume(site: Path) -> str:
    soup = BeautifulSoup((site / "resume.html").read_text(encoding="utf-8"), "html.parser")
    article = soup.find("article")
    assert article is not None
    for sign in article.select("a.headerlink, .languages, .folio-downloads, .folio-separator, .resume-note"):
        sign.decompose()
    return plain(article.get_text())


def test_there_are_statements() -> None:
    assert len(statements()) == 45


def test_every_statement_stands_unchanged_and_in_its_order(resume: str) -> None:
    position = 0
    for statement in statements():
        found = resume.find(plain(statement), position)
        assert found >= 0, f"not there, or not in its place: {statement}"
        position = found + len(plain(statement))


def test_nothing_is_claimed_beside_the_statements(resume: str) -> None:
    """What else stands there: the page's title, the public name, and durations, which are computed."""
    rest = resume
    for statement in sorted(map(plain, statements()), key=len, reverse=True):
        rest = rest.replace(statement, "", 1)
    assert rest == "简历iiiceoo1年11个月1年4个月"


@pytest.mark.parametrize(
    ("folder", "date", "beginning"),
    [
        ("", "截至 2023 年 6 月", "我的工作（作品集网站补充）"),
        ("en/", "as of June 2023", "My work (added for this site)"),
    ],
)
def test_what_the_site_adds_are_two_notes_that_say_so(site: Path, folder: str, date: str, beginning: str) -> None:
    soup = BeautifulSoup((site / folder / "resume.html").read_text(encoding="utf-8"), "html.parser")
    dated, added = soup.select(".resume-note")
    assert date in dated.get_text()
    assert added.get_text().lstrip().startswith(beginning)


def test_every_feature_of_a_project_page_is_the_word_of_the_resume(site: Path) -> None:
    resume = plain(SOURCE.read_text(encoding="utf-8"))
    claims = []
    for name in ("spiderpool", "projects"):
        soup = BeautifulSoup((site / name / "index.html").read_text(encoding="utf-8"), "html.parser")
        words = "p:not(.folio-name, .folio-sketch, .folio-tags, .folio-count, .folio-line)"
        found = soup.select(f"div.folio-highlight > {words}, div.folio-project > {words}")
        claims += [plain(claim.get_text()).rstrip("。") for claim in found]
    assert len(claims) == 17
    assert [claim for claim in claims if claim not in resume] == []


def test_every_box_of_a_sketch_is_a_word_of_the_pages_of_its_project(site: Path) -> None:
    sketches = 0
    for names in (("spiderpool/index", "spiderpool/how-it-works"), ("projects/index",)):
        said, boxes = "", []
        for name in names:
            soup = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
            article = soup.select_one("article")
            assert article is not None
            for sketch in article.select(".folio-sketch"):
                sketches += 1
                boxes += [box.get_text() for box in sketch.select(".folio-box")]
                sketch.decompose()
            said += plain(article.get_text())
        assert [box for box in boxes if plain(box) not in said] == []
    assert sketches == 3


def test_every_skill_that_the_resume_names_has_an_entry_that_leads_back(site: Path) -> None:
    soup = BeautifulSoup((site / "resume.html").read_text(encoding="utf-8"), "html.parser")
    named = {str(link["href"]) for link in soup.select("#resume-skills a") if "skill_" in str(link["href"])}
    assert len(named) == 35
    for address in named:
        name, _, anchor = address.partition("#")
        skill = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser").find(id=anchor)
        assert skill is not None, address
        back = [str(link["href"]) for link in skill.select(".folio-usages a, td a")]
        assert any(link.startswith("../resume.html#") for link in back), address
