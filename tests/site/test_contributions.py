"""The tables of contributions and tests are recounted from the commits, and the prose says what they say."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

DATA = Path(__file__).parent / "data"
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "spiderpool"
SQUASH = "4d38ebfb74a6535f18ee9e4006be9a3ac89d17a7"
RELEASES = {
    "v0.2.0": "2022-09-30",
    "v0.3.0": "2022-10-27",
    "v0.4.0": "2023-03-29",
    "v0.4.1": "2023-04-26",
    "v0.5.0": "2023-05-29",
    "v0.5.1": "2023-06-28",
}
ROLES = {"CODEOWNERS": "2022-05-20", "MAINTAINERS": "2023-02-20"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def commits() -> list[dict[str, str]]:
    return rows(DATA / "spiderpool-commits.csv")


def areas() -> dict[str, list[str]]:
    return {row["commit"]: row["areas"].split() for row in rows(DATA / "spiderpool-commit-areas.csv")}


def cells() -> dict[tuple[str, str], str]:
    return {(row["month"], row["area"]): row["commits"] for row in rows(FOLDER / "contributions-areas.csv")}


def test_every_commit_but_the_combined_one_has_areas() -> None:
    counted = {commit["commit"] for commit in commits()}
    assert set(areas()) == counted - {SQUASH}
    assert len(areas()) == 177
    assert all(areas().values())


def test_the_heat_map_counts_each_commit_in_its_month() -> None:
    month = {commit["commit"]: commit["author_date"][:7] for commit in commits()}
    counted = Counter((month[commit], area) for commit, found in areas().items() for area in found)
    shown = {area for _month, area in cells()} - {"event"}
    assert len(shown) == 11
    expected = {key: str(count) for key, count in counted.items() if key[1] in shown}
    assert {key: count for key, count in cells().items() if count != "0" and key[1] != "event"} == expected


def test_packages_add_up_to_the_commits_by_directory() -> None:
    by_directory = {row["directory"]: row["commits"] for row in rows(FOLDER / "spiderpool-areas.csv")}
    sums: Counter[str] = Counter()
    for (_month, area), count in cells().items():
        if area != "event":
            sums[area] += int(count or 0)
    compared = [name for name in sums if name in by_directory]
    assert len(compared) == 8
    assert {name: str(sums[name]) for name in compared} == {name: by_directory[name] for name in compared}


def test_releases_and_roles_stand_in_their_months() -> None:
    told = {event: month for (month, area), event in cells().items() if area == "event" and event}
    assert told == {name: date[:7] for name, date in {**RELEASES, **ROLES}.items()}
    page = (FOLDER / "contributions.md").read_text("utf-8")
    for name, date in ROLES.items():
        year, month, day = map(int, date.split("-"))
        assert f"{name}（{year} 年 {month} 月 {day} 日起）" in page


def test_months_are_recounted() -> None:
    told = {(row["month"], row["work"]): int(row["count"]) for row in rows(FOLDER / "contributions-months.csv")}
    own = Counter(commit["author_date"][:7] for commit in commits())
    merges = Counter(merge["date"][:7] for merge in rows(DATA / "spiderpool-merges.csv"))
    for month in {*own, *merges}:
        assert (told[month, "commits"], told[month, "reviews"]) == (own[month], merges[month])
    assert (own.total(), merges.total()) == (178, 120)
    assert len(told) == 2 * len({*own, *merges})


def test_no_merge_is_of_his_own_pull_request() -> None:
    own = {commit["pull_request"] for commit in commits()} - {"1812"}  # the branch of several people
    merged = [merge["pull_request"] for merge in rows(DATA / "spiderpool-merges.csv")]
    assert len(set(merged)) == 120
    assert own.isdisjoint(merged)


def test_the_prose_says_what_the_tables_say() -> None:
    page = (FOLDER / "contributions.md").read_text("utf-8")
    told = {(row["month"], row["work"]): int(row["count"]) for row in rows(FOLDER / "contributions-months.csv")}
    spring = sum(told[month, "reviews"] for month in ("2023-03", "2023-04", "2023-05"))
    assert f"他人的 PR 120 个，其中 {spring} 个在 2023 年 3 月至 5 月" in page
    assert f"（当月 {told['2023-03', 'commits']} 次提交）" in page
    lines = sum(int(row["lines"]) for row in rows(FOLDER / "case-studies" / "testing-lines.csv"))
    assert f"{lines} 行测试代码" in (FOLDER / "case-studies" / "testing.md").read_text("utf-8")


def test_pull_requests_on_tests_have_their_dates() -> None:
    merged = {commit["pull_request"]: commit["pull_request_merged_at"][:10] for commit in commits()}
    steps = [row["pull_request"] for row in rows(FOLDER / "case-studies" / "testing-steps.csv")]
    assert len(steps) == 12
    assert [f"#{number} · {merged[number]}" for number in re.findall(r"#(\d+)", " ".join(steps))] == steps


@pytest.mark.parametrize("name", ["address-owner", "contention", "recovery"])
def test_timelines_of_case_studies_have_the_dates_of_the_repository(name: str) -> None:
    merged = {commit["pull_request"]: commit["pull_request_merged_at"][:10] for commit in commits()}
    page = (FOLDER / "case-studies" / f"{name}.md").read_text("utf-8").replace("\N{NON-BREAKING HYPHEN}", "-")
    told = re.findall(r"^\| (\d{4}-\d\d-\d\d) \| \[#(\d+)\]", page, re.MULTILINE)
    assert len(told) >= 4
    assert [(date, number) for date, number in told if merged[number] != date] == []
    assert [date for date, _number in told] == sorted(date for date, _number in told)


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_heat_map_reads_without_color(site: Path, language: str) -> None:
    soup = BeautifulSoup((site / language / "spiderpool" / "contributions.html").read_text("utf-8"), "html.parser")
    [table] = soup.select("table.folio-heat-map")
    figures = [figure.get_text() for figure in table.select(".folio-figure")]
    assert figures == [count for (_month, area), count in cells().items() if count != "0" and area != "event"]
