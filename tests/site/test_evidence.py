"""Each skill that a project claims rests on public evidence or on the résumé's own words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]


def evidence(site: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / "evidence.json").read_text(encoding="utf-8"))
    return data


def test_every_tag_of_a_project_rests_on_evidence_or_on_the_resume(site: Path) -> None:
    proofs = evidence(site)["evidence"]["skill"]
    resume = BeautifulSoup((site / "resume.html").read_text(encoding="utf-8"), "html.parser")
    tags = set()
    for name in ("spiderpool", "projects"):
        soup = BeautifulSoup((site / name / "index.html").read_text(encoding="utf-8"), "html.parser")
        for tag in soup.select("article a:has(> .folio-tag)"):
            skill = str(tag["href"]).rpartition("#skill_")[2]
            told = resume.select(f'#resume-work a[href$="#skill_{skill}"]')
            assert proofs[skill] or told, f"{name} claims {skill}"
            tags.add(skill)
    assert tags >= {"cni", "crd", "controller", "go", "java", "kubernetes", "macvlan", "python3", "webhook"}


def test_every_piece_of_evidence_is_dated_and_pinned(site: Path) -> None:
    found = {proof["key"]: proof for rows in evidence(site)["evidence"]["skill"].values() for proof in rows}
    assert len(found) > 20
    for proof in found.values():
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", proof["date"]), proof
        assert re.fullmatch(r"[0-9a-f]{40}|v[\d.]+", proof["revision"]), proof
        assert proof["url"].startswith("https://github.com/spidernet-io/spiderpool/"), proof


def test_neither_collection_nor_automatic_pools_are_claimed_as_own_work(site: Path) -> None:
    """The garbage collector and the application controller are other people's, but for single fixes."""
    rows = evidence(site)["evidence"]["highlight"]
    files = [proof for key in ("spiderpool-reclaim", "spiderpool-ippool") for proof in rows[key]]
    found = {proof["by"] for proof in files if re.search(r"/(gc\.md|app_controller\.go)#", proof["url"])}
    assert found == {"team"}


def test_what_stops_below_the_highest_result_was_merged_by_himself() -> None:
    lock = json.loads((ROOT / "evidence.lock").read_text("utf-8"))
    stopped = [proof["checks"] for proof in lock["evidence"].values() if proof["rung"] == "author"]
    assert {checks["merged"] for checks in stopped} == {"no self"}
    assert len(stopped) == 6
    assert "停在“作者相符”的六项都由我自己合并" in (ROOT / "docs" / "verification.md").read_text("utf-8")
    assert {count["result"] for count in lock["counts"].values()} == {"yes"}
