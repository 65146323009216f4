"""Every figure of the benchmark's page is the data's, and what the prose counts is counted here again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

DATA = Path(__file__).resolve().parents[2] / "docs" / "spiderpool" / "spiderpool-benchmark.csv"
GROUPS = {
    "benchmark-dual-1x1000": ("IPv4/IPv6 dual stack", "1 Deployment x 1000 replicas"),
    "benchmark-dual-100x10": ("IPv4/IPv6 dual stack", "100 Deployments x 10 replicas"),
    "benchmark-ipv4-1x1000": ("IPv4", "1 Deployment x 1000 replicas"),
    "benchmark-ipv4-100x10": ("IPv4", "100 Deployments x 10 replicas"),
}


def records() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", ["", "en/"])
def test_all_64_cells_are_shown(site: Path, language: str) -> None:
    failed = {"": "失败", "en/": "failed"}[language]
    soup = BeautifulSoup((site / language / "spiderpool" / "benchmark.html").read_text("utf-8"), "html.parser")
    count = 0
    for anchor, (stack, layout) in GROUPS.items():
        group = [record for record in records() if (record["ip_stack"], record["deployment_layout"]) == (stack, layout)]
        section = soup.find(id=anchor)
        assert section is not None
        for ratio in section.select(".folio-ratio"):
            ratio.decompose()
        cells = [cell.get_text().strip() for cell in section.select("tbody td")]
        by_phase = [
            [record for record in group if record["phase"] == phase]
            for phase in ("create", "recreate", "recover", "delete")
        ]
        expected = [
            failed if record["outcome"] == "failed" else record["value_as_printed"]
            for row in by_phase
            for record in row
        ]
        assert cells == expected
        count += len(cells)
    assert count == 64


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_chart_shows_all_64_cells(site: Path, language: str) -> None:
    soup = BeautifulSoup((site / language / "spiderpool" / "benchmark.html").read_text("utf-8"), "html.parser")
    marks = [(mark["class"][0], mark.get_text()) for mark in soup.select(".folio-plot > .folio-dots svg")]
    failed = {"": "失败", "en/": "failed"}[language]
    words = {
        f"{record['ipam_plugin'].partition(' (')[0]} {record['value_as_printed'].replace('failure', failed)}"
        for record in records()
    }
    assert len(marks) == 64
    assert {said for _series, said in marks} == words
    assert len([series for series, _said in marks if series == "folio-series-none"]) == 8


@pytest.mark.parametrize("language", ["", "en/"])
def test_multiples_are_those_of_the_data(site: Path, language: str) -> None:
    soup = BeautifulSoup((site / language / "spiderpool" / "benchmark.html").read_text("utf-8"), "html.parser")
    shown = [ratio.get_text().strip() for ratio in soup.select(".folio-ratio")]
    own = {
        (record["ip_stack"], record["deployment_layout"], record["phase"]): float(record["seconds"])
        for record in records()
        if record["ipam_plugin"] == "Spiderpool"
    }
    assert sorted(shown) == sorted(
        f"{float(record['seconds']) / own[record['ip_stack'], record['deployment_layout'], record['phase']]:.1f}×"
        for record in records()
        if record["outcome"] == "ok" and record["ipam_plugin"] != "Spiderpool"
    )


def case_of(record: dict[str, str]) -> tuple[str, str, str]:
    """Return the case that a record belongs to: the IP stack, the layout and the phase."""
    return record["ip_stack"], record["deployment_layout"], record["phase"]


def cases() -> list[tuple[str, str, str]]:
    """Return all cases, in the order of the report."""
    return [(*group, phase) for group in GROUPS.values() for phase in ("create", "recreate", "recover", "delete")]


def ranks(*left_out: str) -> list[int]:
    """Return the rank of Spiderpool in each case, without the plugins that are left out."""
    found = []
    for case in cases():
        times = {
            record["ipam_plugin"]: float(record["seconds"])
            for record in records()
            if case_of(record) == case and record["outcome"] == "ok" and record["ipam_plugin"] not in left_out
        }
        found.append(sorted(times.values()).index(times["Spiderpool"]) + 1)
    return found


def test_the_ranks_that_the_prose_tells_are_those_of_the_data(soups: dict[str, BeautifulSoup]) -> None:
    text = soups["spiderpool/benchmark.html"].get_text()
    first, second, third = (ranks().count(rank) for rank in (1, 2, 3))
    assert f"Spiderpool 在 {len(ranks())} 项中有 {first} 项最快、{second} 项第二、{third} 项第三" in text


def test_the_cases_won_against_underlay_plugins_are_those_of_the_data(soups: dict[str, BeautifulSoup]) -> None:
    placed = dict(zip(cases(), ranks("calico-ipam (CRD backend)"), strict=True))
    first = [*placed.values()].count(1)
    failed = sum(record["outcome"] == "failed" and placed[case_of(record)] == 1 for record in records())
    text = soups["spiderpool/benchmark.html"].get_text()
    assert f"{len(ranks())} 项中有 {first} 项最快，其中 {failed} 项 Whereabouts 失败" in text
    for name in ("spiderpool/benchmark.html", "spiderpool/index.html"):
        assert "只与 Underlay IPAM" in soups[name].get_text()
        assert f"{first} 项" in soups[name].get_text().replace("\N{NO-BREAK SPACE}", " ")
