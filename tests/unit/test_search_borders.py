"""Terms that cross the borders of words, or stand after a negation; pinyin; labels of diagrams; names of files in links."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from docutils import nodes
from sphinx import addnodes

from sphinx_folio.search import borders, pinyin
from sphinx_folio.search.borders import accidental_terms
from sphinx_folio.search.catalogs import _without_markup
from sphinx_folio.search.make_pinyin import generate
from sphinx_folio.search.pinyin import LONGEST_PHRASE, Pronunciations, chinese_characters_in, pinyin_table
from sphinx_folio.search.records import diagram_labels, linked_file
from sphinx_folio.search.tokenizer import tokenize


@pytest.mark.parametrize(
    ("text", "accidents", "words"),
    [
        ("两个项目没有公开源码", {"-公开", "开源", "-源码"}, {"项目"}),
        ("它的代码公开源于他", {"开源"}, {"代码", "公开"}),
        ("开源项目没有公开源码", {"-公开", "-源码"}, {"开源"}),  # a word elsewhere in the text
        ("没有开源，公开源码", {"-开源"}, {"公开"}),
        ("容器网络", set(), {"容器", "网络"}),
        ("没有备份，只有数据库", {"-备份"}, {"数据"}),  # up to the next punctuation
        ("an internal system, not open source", {"-open", "-source"}, {"internal"}),
        ("open source, but not open source washing", set(), {"open", "source"}),
        ("see docs/case-studies/testing.csv", {"-case", "-studies", "-testing", "-csv"}, {"see"}),
        ("testing: docs/case-studies/testing.csv", {"-case", "-studies"}, {"testing"}),
        ("TCP/IP, client/server and v1.0/v1.1", set(), {"tcp", "client", "server"}),
        ("not thread-safe, not open-source, non-blocking", set(), {"thread", "safe", "open", "source", "blocking"}),
    ],
)
def test_terms_by_accident(text: str, accidents: set[str], words: set[str]) -> None:
    found = set(accidental_terms(text, Counter(tokenize(text))))
    assert accidents <= found
    assert not (words | {f"-{word}" for word in words}) & found


def test_without_a_segmenter_only_negated_words_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(borders, "_segmenter", lambda: None)
    assert accidental_terms("公开源码，没有备份", Counter()) == ["-备份"]


def test_pinyin_of_names_and_of_homophones_in_texts() -> None:
    assert pinyin_table(["策略"], []) == "ce策lue略"  # ü is written v or u
    assert pinyin_table(["双栈", "重复", "权重", "a very long name 一二三四五六七八"], ["站在这里"]) == (
        "chong重fu复quan权shuang双zhan栈站zhong重"
    )


def test_homophones_that_many_pages_have_come_first() -> None:
    assert chinese_characters_in("Pods 站，站 容器 體") == "体器容站"
    assert pinyin_table(["容器", "存储", "策略"], ["出", "出其", "其"]).count("其") == 1
    assert "妻" not in pinyin_table(["容器", "存储", "策略"], ["其", "其", "妻", "出", "出", "出"])


def test_the_pronunciations_are_those_of_the_generator() -> None:
    text = Path(pinyin.__file__).with_name("pinyin.txt").read_text("utf-8")
    assert text == generate()
    assert max(map(len, Pronunciations.of(text).phrases)) == LONGEST_PHRASE


def test_labels_of_diagrams() -> None:
    flowchart = 'flowchart TB\n  %% note: no\n  a["Main<br/>CNI"] -->|"takes a<br/>lock"| b[pool]\n  b --> c{{"Spider<br/>Pool"}}:::x'
    sequence = "sequenceDiagram\n  participant K as kubelet\n  K->>A: start: now\n  Note over K,A: later"
    assert diagram_labels(flowchart) == ["MainCNI", "takes a lock", "pool", "SpiderPool"]
    assert diagram_labels(sequence) == ["kubelet", "start: now", "later"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/o/r/blob/v1/docs/performance-zh_CH.md#L3", "performance-zh_CH.md"),
        ("https://example.org/a%20b/report.pdf?x=1", "report.pdf"),
        ("https://example.org/index.html", ""),
        ("https://example.org", ""),
        ("https://example.org/pull/1342", ""),
        ("#section", ""),
    ],
)
def test_names_of_files_in_links(address: str, name: str) -> None:
    assert linked_file(nodes.reference("", "", refuri=address)) == name


def test_names_of_downloads() -> None:
    assert linked_file(addnodes.download_reference("", reftarget="../data/figures.csv")) == "figures.csv"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Master ([湖南科技大学]{.language-zh-CN})", "Master (湖南科技大学)"),
        ("**bold** and *it*, `code`, [a link](https://example.org)", "bold and it, code, a link"),
        ("{skill}`Go <go>` and :skill:`CNI`", "Go and CNI"),
        ("**[nested]{.x}** 2 * 3 * 4", "nested 2 * 3 * 4"),
    ],
)
def test_titles_have_no_markup(text: str, plain: str) -> None:
    assert _without_markup(text) == plain
