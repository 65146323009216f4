"""The engine of search outside of a browser, on small sites: what is visible is found, at any size."""

from __future__ import annotations

import json
import random
import re
from importlib import import_module
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.cli.commands import main
from sphinx_folio.portfolio.verification import Lock, Source
from sphinx_folio.search.check import SHOWN, BuiltSearch, Query, read_queries
from sphinx_folio.search.scripts import ANSWERING_FILES, script_source
from sphinx_folio.search.tokenizer import fold
from sphinx_folio.verification.lock import as_text, person_digest

if TYPE_CHECKING:
    from pathlib import Path

ALONE = dict.fromkeys(("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")) | {
    "extensions": ["sphinx_folio.search"],
    "language": "zh_CN",
}
EXTENSIONS = ("sphinx_folio", "sphinx_folio.search")
HOME = """首页
====

双栈支持
--------

本站的站点：两个项目没有公开源码。版本 v1.25.4，见 `报告 <https://example.org/docs/performance-zh_CH.md>`_。

.. list-table::
   :header-rows: 1

   * - 阶段
     - Spiderpool
   * - 重建
     - 9m50s

开源项目
--------

提交 12aca91384，:download:`数据 <figures.csv>`。
"""


INDEXED = """首页
====

更新
----

.. index:: 换版本, refresh rate

每周一次。

其他
----

refresh 和 rate 不在一起：没有换，也没有版本。

版本
----

本节说换的事。
"""


@pytest.fixture
def search(build: Any, tmp_path: Path) -> Any:
    """Return a function that builds a site, split or not, and returns its search."""
    (tmp_path / "source").mkdir(exist_ok=True)
    (tmp_path / "source" / "figures.csv").write_text("a,b\n", encoding="utf-8")

    def built(pages: dict[str, str], **settings: Any) -> BuiltSearch:
        app = build(pages, settings=ALONE | settings)
        assert app.warning.getvalue() == ""
        return BuiltSearch(app.outdir)

    return built


@pytest.mark.parametrize("split", [10, 200_000])
def test_everything_visible_is_found(search: Any, split: int) -> None:
    site = search({"index.rst": HOME}, folio_search_split=split)
    first, second = "index.html#id2", "index.html#id4"
    for query in ("9m50s", "Spiderpool 重建", "performance-zh_CH.md", "1.25", "shuangzhan", "sz", "双站", "双栈是什么"):
        assert site.results(query)[:1] == [first], query
    for query in ("12aca91", "figures.csv", "开源", "什么是开源项目？"):
        assert site.results(query)[:1] == [second], query
    assert site.results("开源")[0] == second
    assert site.results("125") == []  # part of a version
    assert site.results("量子纠缠") == []


JAPANESE = """ポートフォリオ
==============

決済基盤の刷新
--------------

大阪での設計と開発。目的は現在の配置の更新。

たなおろし君
------------

ポスグレとサーバーをつかう。
"""


@pytest.mark.parametrize("language", ["ja", "ja_JP"])
@pytest.mark.parametrize("split", [10, 200_000])
def test_japanese_is_not_read_as_chinese_and_found_in_either_kana(search: Any, split: int, language: str) -> None:
    readings = {"決済": ["けっさい"]}
    site = search({"index.rst": JAPANESE}, folio_search_split=split, language=language, folio_search_aliases=readings)
    first, second = "index.html#id2", "index.html#id3"
    queries = dict.fromkeys(
        ("決済", "大阪", "設計", "開発", "決済 あああ", "ケッサイ", "配置の目的", "現在の配置"), first
    )
    queries |= dict.fromkeys(("ぽすぐれ", "タナオロシ君", "たなおろし", "ｻｰﾊﾞｰ", "さーばー"), second)
    for query, address in {"あああ": None, **queries}.items():
        assert site.results(query)[:1] == ([address] if address else []), query
    for query in ("ほすくれ", "决济", "kessai", "jueji", "决算"):
        assert site.results(query) == [], query


def test_the_characters_of_a_japanese_word_are_no_match_where_they_are_scattered(search: Any) -> None:
    text = "設計を振ることと、作ることと、話すこと。値を返し、り、取り、受ける。打ち合わせた。"
    site = search({"index.rst": f"ポートフォリオ\n==============\n\n{text}\n"}, language="ja")
    for query in ("振り返り", "作り話", "受け取り", "話し方"):
        assert site.results(query) == [], query
    for query in ("打ち合わせ", "打ち合わせる", "設計を振る", "値を返す"):
        assert site.results(query) == ["index.html"], query


TRADITIONAL = """後端工程師
==========

資料庫設定
----------

後端服務的部署。资料说明。
"""


def test_traditional_text_is_found_next_to_words_that_the_site_does_not_have(search: Any) -> None:
    site = search({"index.rst": TRADITIONAL}, language="zh_TW")
    for query in ("資料庫設定", "資料庫 zeppelin", "部署 後端服務 zeppelin", "后端服务"):
        assert site.results(query)[:1] == ["index.html#id2"], query


TRADITIONAL_PAGES = {
    "index.rst": "首頁\n====\n\n.. toctree::\n\n   one\n   two\n",
    "one.rst": "設定\n====\n\n說明。\n",
    "two.rst": "部署\n====\n\n服務的設定，資料庫的維護。\n",
}


@pytest.mark.parametrize("split", [1, 200_000])
def test_names_and_texts_of_a_traditional_site_are_found_by_either_characters(search: Any, split: int) -> None:
    site = search(TRADITIONAL_PAGES, folio_search_split=split, language="zh_TW")
    for query in ("設定", "设定"):
        assert site.results(query) == ["one.html", "two.html"], query
    for query in ("說明", "说明"):
        assert site.results(query) == ["one.html"], query
    for query in ('"服務的設定"', '"服务的设定"', "資料庫 維護", "部署"):
        assert site.results(query) == ["two.html"], query
    assert site.results("網路") == []


def test_synonyms_in_traditional_characters_are_found_in_a_large_index(search: Any) -> None:
    aliases = {"資料庫": ["儲存體", "存储"], "說明": ["手冊"]}
    site = search(TRADITIONAL_PAGES, folio_search_split=1, language="zh_TW", folio_search_aliases=aliases)
    for query in ("儲存體", "储存体", "存储", "存儲"):
        assert site.results(query) == ["two.html"], query
    assert site.results("手冊") == ["one.html"]


WORDS = """Words
=====

No-op build
-----------

The option ``dates-from`` names an entry. #1157 · 2022-12-10 is a pull request.

测试策略
--------

Figures of a run, 2022-12 10 of them, 1 year.

Plain build
-----------

No operation is built from other dates. It took 10 ms and 1 yr 11 mos.

Tests
-----

测试, and 3 yrs 10 mos in 1 yr of 11 mos. Deletions are admitted.
"""


@pytest.mark.parametrize("split", [10, 200_000])
def test_words_dates_and_durations_are_found_in_other_spellings(search: Any, split: int) -> None:
    site = search({"index.rst": WORDS}, folio_search_split=split)
    expected = {
        "no-op build": "no-op-build",
        "dates-from": "no-op-build",
        "ceshi celue": "id1",
        "ceshicelve": "id1",
        "3年10个月": "tests",
        "deletes": "tests",
    }
    if split > len(WORDS):  # a large index has no texts in which figures could stand together
        expected |= {"2022-12-10": "no-op-build", "1 year and 11 months": "plain-build"}
    found = {query: site.results(query)[:1] for query in expected}
    assert found == {query: [f"index.html#{section}"] for query, section in expected.items()}


MANUAL = """Manual
======

Limits
------

The build stops below ``folio_evidence_fail_under``. A redirect leads from the old address. It needs Python 3.11 or newer.

Look
----

A plugin for the language server shows 8,632 lines. Search takes 3 seconds.

迁移
----

把网站迁移到这里，再翻译一次。

安装
----

It is easy to upgrade Python.
"""


@pytest.mark.parametrize("split", [10, 200_000])
def test_readers_type_parts_of_words_errors_and_everyday_words(search: Any, split: int) -> None:
    words = {"completions": ["language server"], "迁移": ["搬家"]}
    site = search({"index.rst": MANUAL}, folio_search_split=split, folio_search_aliases=words)
    limits, look, move, install = "limits", "look", "id1", "id2"
    expected = {
        "fail_under": limits,
        "evidence-fail": limits,
        "rederict": limits,
        "redirct": limits,
        "modify plugin": look,
        "8632": look,
        "compl": look,
        "怎么搬家": move,
        "怎么把网站翻译成日语": move,
        "怎么装": install,
        "does he speak upgrade": install,
        "Please, where can I find the plugin?": look,
        "how do I get rid of redirects": limits,
        "我想把 plugin 换掉": look,
        "lmts": limits,
        "searchseconds": look,
    }
    if split > len(MANUAL):  # a large index has no texts in which a figure could stand next to a word
        expected |= {"python version": limits, "how long does it take": look}
    found = {query: site.results(query)[:1] for query in expected}
    assert found == {query: [f"index.html#{section}"] for query, section in expected.items()}
    assert {query: site.results(query) for query in ("wordpress plugin", "price of lines", "get rid of cats")} == {
        "wordpress plugin": [],
        "price of lines": [],
        "get rid of cats": [],
    }


DATA = """# Data

```{{skill}} spark
:name: Apache Spark
:category: languages
:level: expert
```

```{{skill}} kafka
:name: Apache Kafka
:category: languages
:level: expert
```

```{{position}} lab
:entity: Example Transit Lab
:title: Engineer
:start: 2020
:skills: kafka

I removed cron jobs, and wrote streaming jobs for Kafka{more}
```

```{{toctree}}
```
"""


def test_words_of_the_field_are_no_misspellings_and_no_initials(build: Any) -> None:
    app = build({"index.md": DATA.format(more=".")}, settings={"extensions": ["myst_parser", *EXTENSIONS]})
    site = BuiltSearch(app.outdir)
    assert {query: site.results(query) for query in ("remote", "ETL")} == {"remote": [], "ETL": []}
    assert site.results("remov")[:1] == site.results("lab")[:1] == ["index.html#position_lab"]
    pages = {"index.md": DATA.format(more=", see the timeline.")}
    app = build(pages, settings={"extensions": ["myst_parser", *EXTENSIONS]})
    site = BuiltSearch(app.outdir)
    assert site.results("timezone") == []  # two edits
    assert site.results("timelien") == site.results("timelinne") == ["index.html#position_lab"]
    pages = {"index.md": DATA.format(more=" and data pipelines.")}
    app = build(pages, settings={"extensions": ["myst_parser", *EXTENSIONS]})
    assert BuiltSearch(app.outdir).results("ETL")[:1] == ["index.html#position_lab"]


RELATED = """Site
====

Findings
--------

Alpha takes less time than Beta.

What I built
------------

A pool of addresses.
"""


def test_words_that_join_names_are_not_required_and_irregular_verbs_are_found(search: Any) -> None:
    site = search({"index.rst": RELATED})
    joined = ("vs", "vs.", "versus", "compared to", "via", "upon", "whereas", "during", "himself", "相比", "VS")
    assert [word for word in joined if site.results(f"alpha {word} beta") != ["index.html#findings"]] == []
    assert site.results("what did he build") == ["index.html#what-i-built"]
    assert site.results("alpha for hire") == []


SCATTERED = """Site
====

Person
------

He was born long ago.

Server
------

How the server was replaced: the old one, born slow, was out of memory, and of the right size.
"""


def test_a_synonym_with_function_words_is_a_phrase(search: Any) -> None:
    aliases = {"birthday": ["born long ago", "how old", "out of size"]}
    site = search({"index.rst": SCATTERED}, folio_search_aliases=aliases)
    assert site.results("birthday") == ["index.html#person"]


def test_a_skill_is_found_by_a_word_of_its_name_and_by_one_that_sounds_like_it(build: Any) -> None:
    app = build({"index.md": DATA.format(more=".")}, settings={"extensions": ["myst_parser", *EXTENSIONS]})
    site = BuiltSearch(app.outdir)
    assert site.results("sparc")[:1] == ["index.html#skill_spark"]
    assert site.results("kafka streaming")[:1] == ["index.html#skill_kafka"]
    assert "index.html#skill_kafka" in site.results("kafak streaming")


SENTENCES = """Page
====

Keys and persons
----------------

A person has a key, and a key has a person.

Trust
-----

Trust grows slowly, and much has been written about what it means, in many books and long before anybody signed anything
with a machine. What a signature proves is little: a key is not a person.

工作原理
--------

工作由组件完成。

履历
----

2021 年起在某公司工作，共 3 年。
"""


def test_a_skill_is_found_by_the_name_of_its_category(build: Any) -> None:
    names = {"languages": "プログラミング言語", "data": "データベース"}
    settings = {"extensions": ["myst_parser", *EXTENSIONS], "folio_categories": names, "language": "ja"}
    site = BuiltSearch(build({"index.md": DATA.format(more="。")}, settings=settings).outdir)
    assert set(site.results("プログラミング言語")) == {"index.html#skill_spark", "index.html#skill_kafka"}
    assert site.results("データベース") == []


def test_letters_spell_a_name_next_to_a_word_of_the_site(search: Any) -> None:
    site = search({"index.rst": "首页\n====\n\n固定 IP\n-------\n\n地址不变。\n\n其他\n----\n\n无。\n"})
    for query in ("gudingip", "guding ip", "ipguding"):
        assert site.results(query)[:1] == ["index.html#ip"], query
    assert site.results("gudingtcp") == []


def test_one_of_two_equal_words_is_no_match_for_both(search: Any) -> None:
    pages = {"index.rst": "首页\n====\n\nactive 的成员。\n", "more.rst": ":orphan:\n\n更多\n====\n\nactive-active\n"}
    site = search(pages, folio_search_aliases={"failover": ["active-active"]})
    for query in ("failover", "failcover"):
        assert site.results(query) == ["more.html"], query


def test_a_sentence_is_found_literally_and_a_duration_where_there_is_one(search: Any) -> None:
    site = search({"index.rst": SENTENCES})
    expected = {"key person": "keys-and-persons", "a key is not a person": "trust", "工作": "id1", "工作了几年": "id2"}
    found = {query: site.results(query)[:1] for query in expected}
    assert found == {query: [f"index.html#{section}"] for query, section in expected.items()}


CAREER = """\
Career
======

.. person:: ada
   :name: Ada Example

Acme
----

.. position:: acme
   :title: Engineer
   :start: 2021-02
   :end: 2023-04

Way
---

.. timeline::

Checks
------

.. evidence-checks::

Course
------

.. mermaid::
   :alt: A course

   sequenceDiagram
     participant K as keeper
     loop twice a minute
       K->>K: look again
     end
     Note over K: longer pauses

.. downloads::
   :files: json
"""


def test_what_is_filled_in_after_reading_is_found(build: Any, tmp_path: Path) -> None:
    """Listings, durations, downloads, results of checks, and labels of diagrams that another extension translates."""
    sources = {"https://example.org/pool": Source(head="a7fbd3b296" + "0" * 30)}
    lock = Lock(date="2026-11-28", person=person_digest("ada", []), sources=sources)
    (tmp_path / "source").mkdir(exist_ok=True)
    (tmp_path / "source" / "evidence.lock").write_text(as_text(lock), encoding="utf-8")
    extensions = [f"sphinx_folio{part}" for part in ("", ".search", ".export", ".diagrams", ".languages")]
    app = build({"index.rst": CAREER}, settings={"extensions": extensions, "folio_exports": ["json"]})
    assert app.warning.getvalue() == ""
    site = BuiltSearch(app.outdir)
    for query, found in {
        "2 yrs 3 mos": "index.html#position_acme",
        "resume.json": "index.html",
        "a7fbd3b2": "index.html#checks",
        "longer pauses": "index.html#course",
        "look again": "index.html#course",
        "twice a minute": "index.html#course",
    }.items():
        assert found in site.results(query)[:2], query
    assert "index.html#way" in site.results("2 yrs 3 mos")
    assert "index.html#course" not in site.results("resume.json")  # downloads are about the page, wherever they stand


def test_phrases_and_exclusions_are_exact_at_any_size(search: Any) -> None:
    pages = {
        f"p{n}.rst": f":orphan:\n\n第{n}页\n======\n\n容器网络与地址{'回收' if n % 9 else '的分配与回收'}，blue{n} green.\n"
        for n in range(90)
    }
    site = search({"index.rst": HOME, **pages}, folio_search_split=10)
    assert {address.split("#")[0] for address in site.results('"的分配与回收"')} == {
        f"p{n}.html" for n in range(0, 90, 9)
    }
    assert site.results('"blue71 green"') == ["p71.html"]
    assert len(site.results('"地址回收，blue"')) == SHOWN
    assert "p9.html" not in site.results("容器网络 -的分配与回收")
    assert len(site.results('"green"')) == len(site.results('"网络"')) == SHOWN
    assert site.results('"与地址回收，blue71 green"') == ["p71.html"]
    assert site.results("容器网络与地址回收，blue71 green")[:1] == ["p71.html"]


@pytest.mark.parametrize("split", [10, 200_000])
def test_any_part_of_a_text_is_found_as_a_phrase(search: Any, split: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_folio.search.shards.TERMS_SHARD_SIZE", 200)
    rng = random.Random(3)  # noqa: S311  reproducible, not for cryptography
    pieces = [
        "blue ",
        "Green, ",
        "fail_under ",
        "client-go ",
        "v1.2 ",
        "café ",
        "网络",
        "的",
        "分配",
        "x",
        " y. ",
        "(blue) ",
    ]
    texts = ["".join(rng.choices(pieces, k=24)).strip() for _page in range(40)]
    pages = {f"p{n}.rst": f":orphan:\n\nTitle\n=====\n\n{text}\n" for n, text in enumerate(texts)}
    site = search({"index.rst": HOME, **pages}, folio_search_split=split)
    assert site.results('"--"') == []
    asked = 0
    for text in [fold(text) for text in texts]:
        start = rng.choice([match.start() for match in re.finditer("(?<![a-z0-9])[^_ ]", text[:-12])])
        phrase = text[start : start + rng.randrange(3, 12)].strip()
        if not re.search("[a-z0-9\u4e00-\u9fff]", phrase) or phrase != " ".join(phrase.split()):
            continue
        begin = "(?<![a-z0-9])" if re.match("[a-z0-9]", phrase) else ""
        expected = {f"p{n}.html" for n, other in enumerate(texts) if re.search(begin + re.escape(phrase), fold(other))}
        found = site.results(f'"{phrase}"')
        assert set(found) <= expected, phrase
        assert len(found) == min(SHOWN, len(expected)), phrase
        asked += 1
    assert asked > 20


def test_a_sentence_of_common_words_finds_its_page_and_loads_few_files(
    search: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_folio.search.shards.TERMS_SHARD_SIZE", 300)
    rng = random.Random(4)  # noqa: S311  reproducible, not for cryptography
    words = ["allocate", "pool", "cluster", "node", "schedule", "request", "retry", "queue", "conflict", "release"]
    chinese = ["网络", "容器", "集群", "节点", "地址", "分配", "回收", "调度", "存储", "镜像"]
    sentences = [
        f"{' '.join(rng.choices(words, k=9)).capitalize()}。{''.join(rng.choices(chinese, k=8))}。" for _ in range(400)
    ]
    pages = {
        f"p{n}.rst": f":orphan:\n\nTitle\n=====\n\n{''.join(sentences[n * 10 : n * 10 + 10])}\n" for n in range(40)
    }
    site = search({"index.rst": HOME, **pages}, folio_search_split=10)
    for number in rng.sample(range(400), 20):
        for sentence in sentences[number].rstrip("。").split("。"):
            assert site.results(sentence)[0] == f"p{number // 10}.html", sentence
    option = sentences[7].partition("。")[0].replace(" ", " -", 1)
    assert site.results(option)[0] == "p0.html"  # the words are next to each other
    fresh = BuiltSearch(next(tmp_path.rglob("folio-search/index.js")).parents[2])
    fresh.results(sentences[0].partition("。")[0])
    assert fresh._context.eval("engine.loadedFiles.size") <= 10
    other = sentences[1].partition("。")[0].replace(" ", " and ", 1)
    assert site.results(f"{other} zeppelin")  # no text has it as a whole


def test_texts_are_loaded_for_a_phrase_until_there_are_enough_results(
    search: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_folio.search.shards.TEXTS_SHARD_SIZE", 20)  # characters: a file for every page
    pages = {f"p{n}.rst": f":orphan:\n\nPage\n====\n\nblue, {'green ' * (n % 3)}blue fox{n}.\n" for n in range(30)}
    site = search({"index.rst": HOME, **pages}, folio_search_split=10)
    context = site._context
    context.eval(
        "var counts; function wants(query, wanted) { counts = null; engine.search(query, {}, undefined, wanted)"
        ".then(({ found, unchecked }) => (counts = `${found.length} ${unchecked > 0}`)); }"
    )

    def counted(query: str, wanted: int) -> Any:
        context.get("wants")(query, wanted)
        while context.get("counts") is None and context.execute_pending_job():
            pass
        return context.get("counts")

    found, has_more = counted('"green blue"', 1).split()
    assert 1 <= int(found) < 20
    assert has_more == "true"
    assert counted('"green blue"', 90) == "20 false"
    assert counted('"fox green"', 1) == "0 false"


def test_own_vocabulary_is_imported(search: Any, tmp_path: Path) -> None:
    (tmp_path / "source" / "words.txt").write_text("双栈 | twin stack\n", encoding="utf-8-sig")
    assert search({"index.rst": HOME}, folio_search_vocabulary=["words.txt"]).results("twin stack") == [
        "index.html#id2"
    ]
    with pytest.raises(Exception, match=r"there is no file .*missing\.txt"):
        search({"index.rst": HOME}, folio_search_vocabulary=["missing.txt"])
    (tmp_path / "source" / "words.txt").write_text("# one\na | b\nalone\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"words\.txt:3: “alone” needs words that mean the same"):
        search({"index.rst": HOME}, folio_search_vocabulary=["words.txt"])
    (tmp_path / "source" / "words.txt").write_bytes(b"caf\xe9 | coffee\n")
    with pytest.raises(
        Exception, match=r"folio_search_vocabulary in conf\.py: .*words\.txt cannot be used: 'utf-8' codec"
    ):
        search({"index.rst": HOME}, folio_search_vocabulary=["words.txt"])


def test_queries_are_lines() -> None:
    assert read_queries("# all\n开源\than\ta.html b.html\nxyz\t-\n") == [
        Query("开源", "han", ("a.html", "b.html")),
        Query("xyz", "", ()),
    ]
    with pytest.raises(ValueError, match=r"^2$"):
        read_queries("a\tb\nno address\n")


def test_the_command_reports_what_is_not_found(
    build: Any, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "source").mkdir(exist_ok=True)
    (tmp_path / "source" / "figures.csv").write_text("a,b\n", encoding="utf-8")
    site = str(build({"index.rst": HOME}, settings=ALONE).outdir)
    queries = tmp_path / "queries.tsv"
    queries.write_text("开源\tindex.html#id4\nxyzzy\tindex.html\n量子\t-\n9m50s\t-\n", encoding="utf-8")
    assert main(["search-check", str(queries), "--site", site]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "not found: xyzzy",
        "finds index.html#id2: 9m50s",
        "4 queries, R@1 0.500, R@3 0.500",
    ]
    queries.write_text("开源\tresume.html\nqqqq\t-\n", encoding="utf-8")
    assert main(["search-check", str(queries), "--site", site]) == 1
    assert capsys.readouterr().out.startswith("not found, first result index.html#id4: 开源\n2 queries, ")
    queries.write_text("qqqq\t-\n", encoding="utf-8")
    assert main(["search-check", str(queries), "--site", site]) == 0
    assert capsys.readouterr().out == "1 query\n"
    queries.write_text("项目\tindex.html#id2\n", encoding="utf-8-sig")
    assert main(["search-check", str(queries), "--site", site]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "rank 2, after index.html#id4: 项目",
        "1 query, R@1 0.000, R@3 1.000",
    ]
    queries.write_text("开源\tindex.html#id4\n", encoding="utf-8")
    assert main(["search-check", str(queries), "--site", site]) == 0
    queries.write_text("no address\n", encoding="utf-8")
    assert main(["search-check", str(queries), "--site", site]) == 3
    for data, message in {b"\n": "has no queries; write a query", b"\xff": "not UTF-8: invalid start byte"}.items():
        queries.write_bytes(data)
        capsys.readouterr()
        assert main(["search-check", str(queries), "--site", site]) == 3
        assert message in capsys.readouterr().err
    assert main(["search-check", str(queries), "--site", str(tmp_path)]) == 3
    assert main(["search-check", str(tmp_path / "none.tsv"), "--site", site]) == 3
    assert "there is no file" in capsys.readouterr().err
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "docs")
    queries.write_text("开源\tindex.html#id4\n", encoding="utf-8")
    assert site == str(tmp_path / "build" / "html")
    assert main(["search-check", str(queries)]) == 0


HELD_FILES = """
const ROOT = "";
%s
const read = (name) => {
  let content;
  const folioSearch = { index: (core) => (content = core), shard: (_, shard) => (content = shard) };
  new Function("folioSearch", readIndexFile(name))(folioSearch);
  return content;
};
const held = new Map();
let engine, answer;
const addressesOf = ({ found }) => found.map(({ record }) => [record[PAGE], record[ANCHOR]]);
function type(letters) {
  const core = read("index.js");
  engine = new (core.terms ? LargeSearchEngine : SearchEngine)(core, (name) => new Promise((resolve) => held.set(name, () => resolve(read(name)))));
  answer = null;
  for (const query of letters) engine.search(query).then((all) => query === letters.at(-1) && (answer = addressesOf(all)));
}
const release = (name) => {
  held.get(name)();
  held.delete(name);
};
"""
"""An engine whose files arrive when they are released; every letter of a query asks a question of its own."""


@pytest.mark.parametrize("split", [10, 200_000])
def test_the_order_in_which_files_arrive_changes_no_answer(search: Any, tmp_path: Path, split: int) -> None:
    search({"index.rst": HOME}, folio_search_split=split)
    folder = next(tmp_path.rglob("folio-search/index.js")).parent
    context = import_module("quickjs").Context()
    context.add_callable("readIndexFile", lambda name: (folder / name).read_text(encoding="utf-8"))
    context.eval(HELD_FILES % script_source(ANSWERING_FILES))

    def ask(questions: list[str], order: tuple[str, ...]) -> Any:
        context.eval(f"type({json.dumps(questions)})")
        while True:
            while context.execute_pending_job():
                pass
            held = json.loads(context.eval("JSON.stringify([...held.keys()])"))
            if not held:
                return json.loads(context.eval("JSON.stringify(answer)"))
            context.eval(f"release({json.dumps(min(held, key=lambda name: order.index(name.partition('-')[0])))})")

    kinds = tuple({path.name.partition("-")[0] for path in folder.iterdir()} - {"index.js", "pairs"})  # no phrases
    for query in ("双站", "雙棧", "shuangzhan", "9m50s", "版本 v1.25"):
        alone = ask([query], kinds)
        assert alone
        typed = [query[:end] for end in range(1, len(query) + 1)]
        assert [order for order in permutations(kinds) if ask(typed, order) != alone] == [], query


ASK = "answer = null; engine.search(%s).then((all) => (answer = addressesOf(all)));"


@pytest.fixture
def run_held(search: Any, tmp_path: Path) -> Any:
    """Return a function that runs a script in a split index of one text.

    It releases files one by one, except those whose name begins with ``kept``, and returns the answer to the question of
    the script and the names of the files that are still held.
    """
    search({"index.rst": "首页\n====\n\n容器编排，container.\n"}, folio_search_split=1)
    folder = next(tmp_path.rglob("folio-search/index.js")).parent
    context = import_module("quickjs").Context()
    context.add_callable("readIndexFile", lambda name: (folder / name).read_text(encoding="utf-8"))
    context.eval(HELD_FILES % script_source(ANSWERING_FILES))
    context.eval("type([])")

    def run(script: str, kept: str = " ") -> Any:
        context.eval(script)
        for _ in range(10_000):
            if context.execute_pending_job():
                continue
            held = json.loads(context.eval("JSON.stringify([...held.keys()])"))
            released = next((name for name in held if not name.startswith(kept)), None)
            if not released:
                return json.loads(context.eval("JSON.stringify([answer, [...held.keys()]])"))
            context.eval(f"release({json.dumps(released)})")
        pytest.fail("the search does not end")

    return run


def test_a_phrase_is_found_in_a_text_that_was_on_its_way_when_another_query_needed_more(run_held: Any) -> None:
    assert run_held(ASK % '"container"') == [[[0, ""]], []]
    run_held("engine.loadTextsOf([0])", kept="texts")
    answer, held = run_held(ASK % '"zeppelin"', kept="texts")
    assert answer == []
    assert len(held) == 1
    assert run_held(ASK % """'"容器編排"'""") == [[[0, ""]], []]


def test_a_search_ends_if_a_file_lacks_a_text(run_held: Any, tmp_path: Path) -> None:
    for path in tmp_path.rglob("folio-search/texts-*.js"):
        path.write_text('folioSearch.shard("", [[], []]);', encoding="utf-8")
    assert run_held(ASK % """'"容器编排"'""") == [[], []]


@pytest.mark.parametrize("split", [10, 200_000])
def test_earlier_queries_and_parts_of_a_query_change_no_result(
    search: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, split: int
) -> None:
    """Each query is asked in a search that has loaded nothing, and in one that has been asked all others."""
    for name in ("TERMS_SHARD_SIZE", "TEXTS_SHARD_SIZE"):
        monkeypatch.setattr(f"sphinx_folio.search.shards.{name}", 100)
    pages = {
        f"p{n}.rst": f":orphan:\n\n{name}\n============\n\n{text}\n"
        for n, (name, text) in enumerate(
            {
                "容器网络": "部署集群要多少时间：how long it takes, 3 hours. 双栈的地址分配与回收。",
                "Deployment": "A deployment of containers takes 20 minutes; the certificate is renewed.",
                "部署": "容器编排，配置与证书。Deploy containers, then configure certificates.",
                "Containers": "Configuration of a container network. 网络的配置。",
                "後端": "後端服務與資料庫的設定，後端的部署。",
            }.items()
        )
    }
    groups = {"容器": ["container"], "部署": ["deploy", "上线"], "证书": ["certificate", "凭证"]}
    search({"index.rst": HOME, **pages}, folio_search_split=split, folio_search_aliases=groups)
    folder = next(tmp_path.rglob("folio-search/index.js")).parents[2]
    queries = ["容器", "上线", "container", "certifcate", "後端", "后端服务", "how long", "網絡 配置", '"容器编排"']
    queries += ["conf", "凭证 configured", "zeppelin", "deploy -minutes", "rongqi", '"container network"', "配置与证书"]
    fresh = {query: BuiltSearch(folder).results(query) for query in queries}
    assert sum(map(bool, fresh.values())) > len(queries) / 2
    used = BuiltSearch(folder)
    typed = [query[:end] for query in queries for end in range(1, len(query) + 1)]
    for query in [*queries, *reversed(queries), *typed]:
        found = used.results(query)
        assert found == fresh.get(query, found), query


@pytest.mark.parametrize("split", [50, 200_000])
def test_a_section_is_found_under_the_words_of_its_index_entries(search: Any, split: int) -> None:
    site = search({"index.rst": INDEXED}, folio_search_split=split)
    for query in ("换版本", "refresh rate", "rate refresh", "怎么换版本", "refreshing"):
        assert site.results(query)[0] == "index.html#id2", query
    assert site.results("版本")[0] == "index.html#id4"  # a title comes first
    assert site.results("wordpress refresh") == []  # a part of a word, and the rest is unknown
    assert site.results('"refresh rate"') == ["index.html#id2"]


def test_a_run_of_characters_is_better_than_its_parts_in_a_large_index(search: Any) -> None:
    pages = {
        "parts.rst": ":orphan:\n\n迁移\n====\n\n通知 存储 解析 迁移，另有存储。\n",
        "whole.rst": ":orphan:\n\n并发\n====\n\n前面有几句别的话，说的是重试与限速，然后才是通知存储解析迁移，后面还有几句。\n",
    }
    found = search({"index.rst": HOME, **pages}, folio_search_split=10).results("通知存储解析迁移")
    assert found == ["whole.html", "parts.html"]


@pytest.mark.parametrize(
    "query", ["the pod won't start", "pods can't start", "the pod didn’t start", "why isn't the pod starting"]
)
def test_a_contraction_leaves_no_letters_to_look_for(search: Any, query: str) -> None:
    pages = {"index.rst": "Home\n====\n\nTrouble\n-------\n\nThe pod does not start.\n\nOther\n-----\n\nA service.\n"}
    found = search(pages, language="en").results(query)
    assert found[0] == "index.html#trouble"


NEGATED = """Home
====

Gauge
-----

It is a gauge, not open source, and has no documentation at all.

Buoy
----

A buoy, which is open source, with documentation in several languages, and in a text that is somewhat longer.

Cache
-----

A cache that is not thread-safe, and not kind.

甲
--

此系统没有备份。公开源于他。

乙
--

另一系统每天把所有的数据都备份到另一个机房，并定期演练。
"""


@pytest.mark.parametrize("split", [10, 200_000])
def test_what_is_negated_is_found_after_all_others(search: Any, split: int) -> None:
    site = search({"index.rst": NEGATED}, language="en", folio_search_split=split)
    expected = {
        "open source": ["buoy", "gauge"],
        "documentation": ["buoy", "gauge"],
        "备份": ["id2", "id1"],
        "没有备份": ["id1"],
        "thread": ["cache"],
        "thread-safe": ["cache"],
        '"thread-safe"': ["cache"],
        "开源": [],
    }
    found = {query: site.results(query) for query in expected}
    assert found == {query: [f"index.html#{section}" for section in sections] for query, sections in expected.items()}


VERSIONS = """# Home

## Needs

It needs Python 3.11, Go 1.21 and k8s 1.25, and a compiler of C++ 17.

## Other

Version 3 of Python and 11 more, Go 1 and 21 others, Kubernetes 1 and 25 more, C++ or 17.

```{skill} python
:name: Python
:category: languages
```

```{skill} go
:name: Go
:category: languages
:keywords: Golang
```

```{skill} kubernetes
:name: Kubernetes
:category: languages
```

```{skill} cpp
:name: C++
:category: languages
```
"""


@pytest.mark.parametrize("query", ["python 3.11", "needs Python 3.11", "go 1.21", "k8s 1.25", "C++ 17"])
def test_a_version_next_to_the_name_of_a_skill_is_found(build: Any, query: str) -> None:
    app = build({"index.md": VERSIONS}, settings={"extensions": ["myst_parser", *EXTENSIONS]})
    assert BuiltSearch(app.outdir).results(query)[0] == "index.html#needs"


def test_a_skill_is_found_by_its_name_and_a_version_that_no_text_has(build: Any) -> None:
    app = build({"index.md": VERSIONS}, settings={"extensions": ["myst_parser", *EXTENSIONS]})
    assert BuiltSearch(app.outdir).results("python 3")[0] == "index.html#skill_python"
