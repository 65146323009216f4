"""Sphinx's own index with our splitter: index and query split Chinese in the same way."""

from __future__ import annotations

import json
from typing import Any

from sphinx_folio.search import ChineseSearch

SETTINGS = ("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")


def test_han_runs_are_cut_into_characters_and_pairs() -> None:
    assert ChineseSearch({}).split("容器网络 CNI、𠀀") == ["容", "器", "网", "络", "容器", "器网", "网络", "CNI", "𠀀"]


def test_words_next_to_han_stay_words() -> None:
    assert ChineseSearch({}).split("用Go写controller-runtime") == ["用", "Go", "写", "controller", "runtime"]


def test_an_index_of_a_stock_theme_holds_chinese_terms_and_a_stemmer_that_exists(build: Any) -> None:
    settings = dict.fromkeys(SETTINGS) | {"extensions": ["sphinx_folio.search"], "language": "zh_CN"}
    app = build({"index.rst": "首页\n====\n\n理解 Underlay 网络转发原理。\n"}, settings=settings)
    assert app.warning.getvalue() == ""
    index = (app.outdir / "searchindex.js").read_text("utf-8")
    terms = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    assert {"网络", "络转", "转发", "underlay", "网"} <= terms.keys()
    language = (app.outdir / "_static" / "language_data.js").read_text("utf-8")
    assert "ChineseStemmer" not in language
    assert "EnglishStemmer" in language
    assert "var splitQuery" in language
