"""Which quotation marks and dashes of a Chinese résumé belong to Latin text."""

from __future__ import annotations

import pytest

from sphinx_folio.export.formats.latin_marks import with_latin_marks


def marks(text: str) -> str:
    return "".join(run["text"] for run in with_latin_marks([{"text": text, "href": ""}]) if run.get("latin"))


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Introduced “error budgets” for 11 teams", "“”"),
        ("“Consensus under churn”", "“”"),
        ("the “错误预算” of teams", "“”"),
        ("tidelog – an append-only log", "–"),
        ("don’t wait… there", "’…"),
        ("他说“use ‘foo’ now”。", "‘’"),
        ("采用“error budgets”方法", ""),
        ("采用 “error budgets” 方法", ""),
        ("“错误预算”", ""),
        ("“Consensus under churn”（8.5 分）", ""),
        ("2022年3月 – 至今", ""),
        ("等等……", ""),
        ("エラー“budget”の導入", ""),
    ],
)
def test_marks_follow_the_text_around_them(text: str, latin: str) -> None:
    assert marks(text) == latin


def test_a_pair_may_have_its_marks_in_different_runs() -> None:
    runs = [{"text": "a “b", "href": "", "strong": True}, {"text": "c” d", "href": "https://example.org"}]
    found = with_latin_marks({"blocks": [{"line": runs}], "keywords": ["“x”"], "contact": []})
    assert found["keywords"] == ["“x”"]
    texts = [(run["text"], run["href"], run.get("latin", False)) for run in found["blocks"][0]["line"]]
    assert texts == [
        ("a ", "", False), ("“", "", True), ("b", "", False),
        ("c", "https://example.org", False), ("”", "https://example.org", True), (" d", "https://example.org", False),
    ]  # fmt: skip
    assert found["blocks"][0]["line"][1]["strong"]
