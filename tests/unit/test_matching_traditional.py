"""Postings in Traditional Chinese are read like those in Simplified Chinese, and shown as they are written."""

from __future__ import annotations

from sphinx_folio._common.taiwan import TAIWAN
from sphinx_folio._common.traditional import SIMPLIFIED, TRADITIONAL
from sphinx_folio.matching.requirements import requirements
from sphinx_folio.matching.traditional_text import simplified
from sphinx_folio.vocabulary import Finder, built_in

FINDER = Finder(built_in())
POSTING = """\
資深後端工程師
地點：台北市
工作內容
- 維護訂單系統
必備條件
- 大學以上學歷，5 年以上軟體開發經驗
- 熟悉單元測試與資料庫設計
- 國語流利
加分條件
- 有 Kubernetes 經驗
"""


def test_skills_and_conditions_are_found_with_the_sentences_as_they_are_written() -> None:
    asked = requirements(POSTING, FINDER)
    skills = {ask.concept.key: (ask.strength, ask.sentence) for ask in asked.skills}
    assert skills["unit-testing"] == ("must", "熟悉單元測試與資料庫設計")
    assert skills["kubernetes"] == ("may", "有 Kubernetes 經驗")
    assert next(ask.chinese for ask in asked.skills if ask.concept.key == "unit-testing") == "單元測試"
    assert (asked.years, asked.years_sentence) == (5, "大學以上學歷，5 年以上軟體開發經驗")
    assert (asked.degree, asked.degree_sentence) == ("bachelor", "大學以上學歷，5 年以上軟體開發經驗")
    assert [(item.name, item.level, item.sentence) for item in asked.languages] == [("Mandarin", "fluent", "國語流利")]
    assert (asked.title, asked.seniority) == ("資深後端工程師", "senior")


def test_all_characters_stay_at_their_places() -> None:
    text = f"經驗 {TRADITIONAL}" + "".join(TAIWAN.values())
    assert len(simplified(text)) == len(text)
    assert simplified("熟悉多執行緒、這裡") == "熟悉多线程 、这里"
    assert len(TRADITIONAL) == len(SIMPLIFIED)


def test_other_texts_are_unchanged() -> None:
    for text in ("熟悉 Go，著名项目优先", "ソフトウェア開発の経験", "5 years of Go"):
        assert simplified(text) == text
