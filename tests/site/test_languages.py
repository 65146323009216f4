"""The site in two languages: the same pages, the same anchors, a way from each to its twin, no gap."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]


def test_every_page_has_a_twin_with_the_same_anchors(soups: dict[str, BeautifulSoup], site_pages: Any) -> None:
    assert len(site_pages.chinese) > 15
    for name, twin in zip(site_pages.chinese, site_pages.english, strict=True):
        if name.endswith("search.html"):
            continue
        anchors = [sorted(str(tag["id"]) for tag in soups[page].select("article [id]")) for page in (name, twin)]
        assert anchors[0] == anchors[1], name
        permalinks = [str(link["href"]) for link in soups[name].select("article .headerlink")]
        assert [link for link in permalinks if re.fullmatch(r"#id\d+", link)] == [], name


def test_every_page_says_its_language_and_leads_to_its_twin(soups: dict[str, BeautifulSoup], site_pages: Any) -> None:
    pairs = [*zip(site_pages.chinese, site_pages.english, strict=True)]
    for name, twin, tag, other in (
        *((chinese, english, "zh-CN", "en") for chinese, english in pairs),
        *((english, chinese, "en", "zh-CN") for chinese, english in pairs),
    ):
        soup = soups[name]
        assert soup.html is not None
        assert soup.html["lang"] == tag, name
        [link] = soup.select(".languages a")
        assert (link["lang"], link["hreflang"]) == (other, other)
        assert urljoin(f"http://site/{name}", str(link["href"])) == f"http://site/{twin}"


def test_names_in_chinese_on_english_pages_are_marked(soups: dict[str, BeautifulSoup]) -> None:
    resume = soups["en/resume.html"]
    marked = {tag.get_text() for tag in resume.select("article [lang=zh-CN]")}
    assert marked >= {"湖南科技大学", "上海道客网络科技有限公司", "创智和宇信息技术股份有限公司"}


def test_dates_and_durations_are_those_of_the_language(soups: dict[str, BeautifulSoup]) -> None:
    for name, text in (
        ("resume.html", "2021年08月 - 2023年06月 | 云原生研发工程师 | 1 年 11 个月"),
        ("en/resume.html", "Aug 2021 – Jun 2023 | Cloud-Native Engineer | 1 yr 11 mos"),
    ):
        line = soups[name].select_one("div.folio-position .folio-line")
        assert line is not None
        assert line.get_text().replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(("settings", "pages"), [(".", "docs"), ("manual", "manual")])
def test_catalogs_have_the_strings_of_the_pages_and_their_translations(
    settings: str, pages: str, tmp_path: Path
) -> None:
    """A string that stays in a catalog after its page lost it would be kept in step for nothing."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", "-c", settings, pages, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    catalogs = sorted((ROOT / pages / "locales").rglob("*.po"))
    assert [path.stem for path in catalogs] == sorted(path.stem for path in tmp_path.glob("*.pot"))
    for path in catalogs:
        with path.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        assert [message.id for message in messages if message.fuzzy or not message.string] == [], path.name
        with (tmp_path / f"{path.stem}.pot").open("rb") as file:
            assert {message.id for message in messages} == {message.id for message in read_po(file)} - {""}, path.name
