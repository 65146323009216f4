"""A site without a portfolio: other scripts and spellings, keyboards, hosts, and pages with closed parts and formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

OURS = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")
SETTINGS: dict[str, Any] = dict.fromkeys(OURS) | {"extensions": ["sphinx_folio.search"], "language": "en"}
TEXTS = {
    "japanese": "新しいデータベースを作成します。このDockerコンテナは動く。",
    "korean": "쿠버네티스 클러스터를 관리합니다",
    "hebrew": "שָׁלוֹם עוֹלָם",
    "arabic": "كِتَابٌ جديد",
    "turkish": "Kışın ışık hızı",
    "polish": "Łódź",
    "german": "Donau\u00addampf\u00adschiff",
    "copied": "the ﬂow chart, nai\u0308vete\u0301",
    "typeset": "don’t panic, 10–20 times — see g++ and gtk",
    "code": "def frob(x) -> None",
}
QUERIES = [
    *(("データベース", "japanese"), ("docker", "japanese"), ("コンテナ", "japanese"), ("ｺﾝﾃﾅ", "japanese")),
    *(("שלום", "hebrew"), ("שָׁלוֹם", "hebrew"), ("كتاب", "arabic"), ("isik", "turkish"), ("IŞIK", "turkish")),
    *(
        ("lodz", "polish"),
        ("donaudampfschiff", "german"),
        ("donau\u00addampfschiff", "german"),
        ("\u200bdonau", "german"),
    ),
    *(("flow", "copied"), ("naïveté", "copied"), ('"don\'t panic"', "typeset"), ('"10-20 times"', "typeset")),
    *(("gtk++ panic", "typeset"), ("frob -> None", "code"), ('frob -" "', "code"), ('frob -"', "code")),
]


def pages(texts: dict[str, str]) -> dict[str, str]:
    others = {f"{name}.rst": f":orphan:\n\n{name.title()}\n========\n\n{text}\n" for name, text in texts.items()}
    return {"index.rst": "Start\n=====\n\nWelcome.\n", **others}


@pytest.mark.parametrize("split", [0, 200_000])
def test_text_is_found_however_it_is_written(page: Page, build: Any, serve: Any, split: int) -> None:
    app = build(pages(TEXTS), settings=SETTINGS | {"folio_search_split": split, "folio_search_page": True})
    first = """async (query) => {
      const { found } = await (await folioSearch.engine()).search(query);
      return found.slice(0, 1).map(({ engine, record }) => engine.core.pages[record[0]][0]);
    }"""
    with serve(app.outdir) as root:
        page.goto(f"{root}search.html")
        answers = {query: page.evaluate(first, query) for query, _name in QUERIES}
    assert answers == {query: [f"{name}.html"] for query, name in QUERIES}
