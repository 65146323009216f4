"""The index files, of any Sphinx site and of a portfolio: their content, and incremental and parallel builds."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_folio.search import RECORDS_VERSION, ChineseSearch
from sphinx_folio.search.records import PageReader
from sphinx_folio.search.tokenizer import TO_SIMPLIFIED, fold, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ALONE = dict.fromkeys(("primary_domain", "html_sidebars", "folio_levels", "folio_categories", "folio_today")) | {
    "extensions": ["sphinx_folio.search"],
    "language": "zh_CN",
}
BOTH = {"extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.search"]}
PAGE = "首页\n====\n\n理解网络转发。\n\n二层\n----\n\n网桥与 VLAN。\n\n.. 不可见的注释\n"
TEXT = "容器網絡接口（CNI）、C++ 与 client-go v0.5.1：SpiderIPPool 用Go写，Résumé、𠀀々〇、開復著"
PORTFOLIO = """# Work

```{skill} cni
:level: expert
:category: networking
:keywords: Container Network Interface
Container networks
```

## Pool

```{project} pool
:skills: cni
:start: 2022-04
:end: 2023-05

It gives addresses, by {skill}`cni`.
```
"""


POSITION = (
    "---\norphan: true\n---\n\n# Acme\n\n```{position} acme\n:title: Engineer\n:start: 2021-02\n:end: 2023-04\n```\n"
)


def files(app: Any) -> dict[str, str]:
    folder = app.outdir / "_static" / "folio-search"
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*"))}


def core(app: Any) -> dict[str, Any]:
    """Return the content of index.js; in a record, the text follows the kind."""
    held: dict[str, Any] = read(files(app)["index.js"])[0]
    texts = [text for _, name in held["texts"] for text in read(files(app)[name])[1][0]]
    rows = zip(*held["records"], strict=True)
    return held | {"records": [[*row[:5], text, *row[5:]] for row, text in zip(rows, texts, strict=True)]}


def read(text: str) -> list[Any]:
    arguments: list[Any] = json.loads(f"[{text[text.index('(') + 1 : text.rindex(')')]}]")
    return arguments


def words(app: Any) -> list[Any]:
    held: list[Any] = read(files(app)[core(app)["words"]])[1]
    return held


def rare(app: Any) -> list[Any]:
    held: list[Any] = read(files(app)[core(app)["rare"]])[1]
    return held


def test_sections_of_any_site_are_indexed_without_invisible_text(build: Any) -> None:
    app = build({"index.rst": PAGE}, settings=ALONE)
    assert app.warning.getvalue() == ""
    rows = [(row[2], row[3], row[4], row[5]) for row in core(app)["records"]]
    assert rows == [("首页", [], "page", "理解网络转发。"), ("二层", [], "section", "网桥与 VLAN。")]


def test_simple_formulas_are_indexed_as_readable_text(build: Any) -> None:
    page = "Home\n====\n\nIn :math:`O(n \\log n)` steps.\n\n.. math::\n   :label: e\n\n   E = m c^2\n"
    records = core(build({"index.rst": page}, settings=ALONE | {"language": "en"}))["records"]
    assert " ".join(records[0][5].split()) == "In O(n log n) steps. E = mc²"


def test_the_box_asks_for_skills_only_on_a_portfolio(build: Any) -> None:
    for extra, placeholder in ((["sphinx_folio"], "Search skills and projects"), ([], "Search")):
        app = build(
            {"index.rst": PAGE}, settings=ALONE | {"language": "en", "extensions": ["sphinx_folio.search", *extra]}
        )
        assert f'"{placeholder}"' in (app.outdir / "_static" / "folio-search-engine.js").read_text("utf-8")


def test_a_page_marked_nosearch_is_not_indexed(build: Any) -> None:
    app = build({"index.rst": PAGE, "secret.rst": ":orphan:\n:nosearch:\n\n秘密\n====\n\n不查\n"}, settings=ALONE)
    assert [page[0] for page in core(app)["pages"]] == ["index.html"]


def test_pages_of_second_rank_are_in_a_file_of_their_own(build: Any) -> None:
    manual = ":orphan:\n:search: later\n\n.. index:: alpha\n\n手册\n====\n\n安装與設定。\n"
    pages = {"index.rst": PAGE, "a-manual.rst": manual}
    app = build(pages, settings=ALONE)
    assert app.warning.getvalue() == ""
    assert [page[0] for page in core(app)["pages"]] == ["index.html"]
    assert read(files(app)[core(app)["later"]])[1] == {
        "pages": [["a-manual.html", "手册"]],
        "records": [[0], [""], ["手册"], [[]], ["page"], [[]], [[]], [[]]],
        "titles": [],
        "names": [[0, "alpha"]],
        "texts": [["安装與設定。"], {}],
    }
    assert {"與", "設"} <= {*rare(app)[0]}
    split = build(pages, settings=ALONE | {"folio_search_split": 5}, folder="split")
    assert [page[0] for page in core(split)["pages"]] == ["index.html", "a-manual.html"]
    assert "later" not in core(split)


def test_objects_of_a_portfolio_have_kind_skills_and_dates(build: Any) -> None:
    app = build({"index.md": PORTFOLIO}, settings=BOTH)
    assert app.warning.getvalue() == ""
    rows = {row[4]: row for row in core(app)["records"]}
    assert rows["project"][2] == "Pool"
    assert rows["project"][7] == ["cni"]
    assert rows["project"][8] == ["2022-04", "2023-05"]
    assert "by Work" in rows["project"][5] or "by Container" in rows["project"][5]
    assert rows["skill"][5].startswith("Networking expert ")
    assert rows["skill"][6] == ["Container Network Interface"]


def test_synonyms_of_conf_py_are_in_the_file_that_needs_them(build: Any) -> None:
    """Forms whose terms the site has, or which begin one of its words, are loaded early if there are two of them."""
    groups = {"VLAN": ["虚拟局域网"], "二层": ["桥"], "网桥": ["网络", "桥"], "转发": ["VL"], "缓存": ["cache"]}
    app = build({"index.rst": PAGE}, settings=ALONE | {"folio_search_aliases": groups})
    assert core(app)["aliases"] == [["二层", "桥"]]
    assert words(app)[1] == [["网桥", "网络", "桥"], ["转发", "VL"]]
    assert rare(app)[3] == [["VLAN", "虚拟局域网"]]


def test_built_in_synonyms_are_limited_to_those_of_the_site(build: Any) -> None:
    app = build({"index.md": PORTFOLIO + "\n## Grace period\n\nAn hour.\n"}, settings=BOTH)
    groups = core(app)["aliases"] + words(app)[1] + rare(app)[3]
    assert [group for group in groups if {"project", "side project"} <= {*group}]
    assert [group for group in groups if {"grace period", "宽限期"} <= {*group}]
    assert not [group for group in groups if "限流" in group or "学历" in group]


def test_a_site_without_a_portfolio_has_no_built_in_synonyms(build: Any) -> None:
    app = build({"index.rst": PAGE + "\n宽限期与项目。\n"}, settings=ALONE)
    assert core(app)["aliases"] + words(app)[1] + rare(app)[3] == []


INDEXED = """.. index:: alpha, !beta

首页
====

理解网络转发。

.. index::
   pair: 升级; upgrade
   see: gamma; delta

.. _second:

二层
----

.. index:: single: epsilon; zeta

网桥与 :index:`VLAN`。

.. py:function:: frob()

   .. index:: eta

   能力。
"""


@pytest.mark.parametrize("split", [5, 200_000])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_words_of_index_entries_are_in_a_file_of_their_own(build: Any, split: int, language: str) -> None:
    settings = ALONE | {"folio_search_split": split, "language": language}
    app = build({"index.rst": INDEXED}, settings=settings)
    assert app.warning.getvalue() == ""
    assert words(app)[0] == [
        [0, "alpha", "beta"],
        [1, "升级 upgrade", "gamma", "delta", "epsilon zeta", "VLAN"],
        [2, "eta"],
    ]
    assert not {"alpha", "gamma", "epsilon", "eta", "frob()"} & {*tokenize(files(app)["index.js"])}


def test_words_of_index_entries_belong_to_the_entry_below_them(build: Any) -> None:
    page = PORTFOLIO.replace("```{project}", "```{index} alpha\n```\n\n```{project}").replace(
        "## Pool", "```{index} beta\n```\n\n## Pool"
    )
    app = build({"index.md": page}, settings=BOTH)
    assert app.warning.getvalue() == ""
    names = words(app)[0]
    assert {(core(app)["records"][number][4], *others) for number, *others in names} == {("project", "alpha", "beta")}


def test_words_of_index_entries_need_no_translation(build: Any) -> None:
    app = build({"index.rst": INDEXED}, settings=ALONE, builder="gettext")
    assert "alpha" not in (app.outdir / "index.pot").read_text("utf-8")


def test_words_of_taiwan_are_mapped_to_those_of_the_site(build: Any) -> None:
    mapped = dict(rare(build({"index.rst": PAGE}, settings=ALONE))[4])
    assert mapped["网路"] == "网络"
    assert "位址" not in mapped


def test_traditional_forms_of_the_characters_of_the_site_are_in_the_rare_file(build: Any) -> None:
    app = build({"index.rst": PAGE}, settings=ALONE)
    traditional, simplified = rare(app)[:2]
    pairs = dict(zip(traditional, simplified, strict=True))
    assert {"網": "网", "絡": "络", "轉": "转", "發": "发", "橋": "桥"}.items() <= pairs.items()
    assert {"開": "开", "復": "复"}.items() <= TO_SIMPLIFIED.items()
    assert "著" not in TO_SIMPLIFIED  # Simplified text contains it, too
    assert "龍" not in pairs


@pytest.mark.parametrize(("language", "other"), [("zh_CN", "Bridges and VLANs"), ("en", "二层")])
def test_titles_in_other_languages_are_in_the_rare_file(build: Any, tmp_path: Path, language: str, other: str) -> None:
    catalog = tmp_path / "source" / "locales" / "en" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    catalog.write_text(header + '\nmsgid "二层"\nmsgstr "Bridges and VLANs"\n', "utf-8")
    app = build({"index.rst": PAGE}, settings=ALONE | {"language": language, "locale_dirs": ["locales"]})
    assert rare(app)[2] == [[1, other]]


@pytest.mark.parametrize(("charset", "text"), [("CHARSET", b"Start"), ("UTF-8", b"\xe4")])
def test_a_catalog_of_another_language_that_cannot_be_read_is_left_out(
    build: Any, tmp_path: Path, charset: str, text: bytes
) -> None:
    folder = tmp_path / "source" / "locales" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={charset}\\n"\n\n'
    (folder / "index.po").write_bytes(head.encode() + 'msgid "首页"\nmsgstr "'.encode() + text + b'"\n')
    app = build({"index.rst": PAGE}, settings=ALONE)
    assert [row[2] for row in core(app)["records"]] == ["首页", "二层"]


@pytest.mark.parametrize("wrong", [{"VLAN": "虚拟局域网"}, {"VLAN": [1]}, {1: ["x"]}])
def test_wrong_aliases_are_an_error(build: Any, wrong: Any) -> None:
    with pytest.raises(Exception, match="folio_search_aliases"):
        build({"index.rst": PAGE}, settings=ALONE | {"folio_search_aliases": wrong})


def pages() -> dict[str, str]:
    listed = "\n".join(f"   p{number}" for number in range(12))
    return {f"p{number}.rst": f"第{number}页\n======\n\n容器网络{number}。\n" for number in range(12)} | {
        "index.rst": f"首页\n====\n\n.. toctree::\n\n{listed}\n"
    }


def test_serial_and_parallel_builds_write_the_same_index(build: Any) -> None:
    serial = files(build(pages(), settings=ALONE))
    assert files(build(pages(), settings=ALONE, folder="other", parallel=2)) == serial


def test_an_incremental_build_equals_a_clean_one(build: Any) -> None:
    settings = ALONE | {"folio_search_split": 10}
    build(pages(), settings=settings)
    changed: dict[str, str | None] = {**pages(), "p3.rst": "改了\n====\n\n另一句话。\n", "p4.rst": None}
    changed["index.rst"] = str(changed["index.rst"]).replace("   p4\n", "")
    incremental = files(build(changed, settings=settings))
    changed.pop("p4.rst")
    assert files(build(changed, settings=settings, folder="clean")) == incremental
    assert "改了" in incremental["index.js"]


def test_a_large_index_is_split_into_shards(build: Any) -> None:
    app = build(pages(), settings=ALONE | {"folio_search_split": 10})
    held = core(app)
    assert set(files(app)) == {
        "index.js",
        held["words"],
        held["rare"],
        *held["terms"],
        *held["characters"],
        *held["pairs"],
        *(name for _, name in held["texts"]),
    }
    shard = held["terms"][ord("网") % len(held["terms"])]
    assert '"网络"' in files(app)[shard]
    assert held["records"][1][-1] > 0  # the number of terms in the text


def test_records_of_another_version_are_read_again(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build({"index.rst": PAGE}, settings=ALONE)
    assert [record.title for record in first.env.folio_search["index"].value] == ["首页", "二层"]
    monkeypatch.setattr(PageReader, "read", lambda reader, node, record: record.text.append("又一版"))
    same = build({"index.rst": PAGE}, settings=ALONE)
    assert "又一版" not in "".join(files(same).values())
    monkeypatch.setattr("sphinx_folio.search.RECORDS_VERSION", RECORDS_VERSION + 1)
    assert "又一版" in "".join(files(build({"index.rst": PAGE}, settings=ALONE)).values())


def test_changed_terms_or_records_need_another_version(build: Any) -> None:
    """If this fails, data of old builds is no longer valid: increase RECORDS_VERSION, and update the pair here."""
    app = build({"index.md": PORTFOLIO}, settings=BOTH)
    kept = [dataclasses.astuple(record) for record in app.env.folio_search["index"].value]
    cut = [tokenize(TEXT), ChineseSearch({}).split(TEXT)]
    digest = hashlib.sha256(json.dumps([kept, cut], ensure_ascii=False).encode()).hexdigest()[:16]
    assert (RECORDS_VERSION, digest) == (25, "746e2abfbb4af784")


def test_a_label_is_left_out_if_its_value_is_not_searched_such_as_dates(build: Any) -> None:
    texts = [record[5] for record in core(build({"index.md": PORTFOLIO}, settings=BOTH))["records"]]
    assert [text for text in texts if "addresses" in text] == ["It gives addresses, by Work."]


def test_text_is_indexed_in_the_language_of_the_build(build: Any, tmp_path: Path) -> None:
    catalog = tmp_path / "source" / "locales" / "en" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "理解网络转发。"\nmsgstr "Knows forwarding."\n',
        "utf-8",
    )
    app = build({"index.rst": PAGE}, settings=ALONE | {"language": "en", "locale_dirs": ["locales"]})
    assert core(app)["records"][0][5] == "Knows forwarding."


def test_other_themes_keep_their_search_page(build: Any) -> None:
    app = build({"index.rst": PAGE}, settings=ALONE)
    page = (app.outdir / "search.html").read_text("utf-8")
    assert "searchtools.js" in page
    assert "folio-search.js" in page


def test_the_search_page_of_any_theme_can_be_replaced(build: Any) -> None:
    app = build({"index.rst": PAGE}, settings=ALONE | {"folio_search_page": True})
    page = (app.outdir / "search.html").read_text("utf-8")
    assert 'id="search-page"' in page
    assert "searchtools.js" not in page
    assert "noindex" not in page
    assert page.count('<meta name="description" content="') == 1


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("容器網絡", {"容器", "器网", "网络", "容"}),
        ("C++、C#", {"c++", "c#"}),
        ("client-go", {"client", "go", "clientgo"}),
        ("SpiderIPPool", {"spiderippool", "spider", "ip", "pool"}),
        ("Ｎode.js", {"node", "js", "nodejs"}),
        ("Résumé", {"resume"}),
    ],
)
def test_terms(text: str, terms: set[str]) -> None:
    assert terms <= set(tokenize(text))
    assert len(fold(text)) == len(text)


def test_a_split_index_is_rebuilt_with_another_version(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ALONE | {"folio_search_split": 10}
    build(pages(), settings=settings)
    monkeypatch.setattr("sphinx_folio.search.page_index.tokenize", lambda text, **_: ["another"])
    assert "another" not in "".join(files(build({}, settings=settings)).values())
    monkeypatch.setattr("sphinx_folio.search.RECORDS_VERSION", RECORDS_VERSION + 1)
    assert '"another"' in "".join(files(build({}, settings=settings)).values())


def test_a_split_index_is_rewritten_only_if_it_changes(build: Any) -> None:
    settings = ALONE | {"folio_search_split": 10}

    def written(app: Any) -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (app.outdir / "_static/folio-search").glob("*.js")}

    first = written(build(pages(), settings=settings))
    assert written(build({}, settings=settings)) == first
    app = build({"p3.rst": "改了\n====\n\n新词语。\n"}, settings=settings)
    assert written(app)["index.js"] != first["index.js"]
    assert "新词语" in "".join(files(app).values())
    (app.outdir / "_static/folio-search/index.js").write_text("", encoding="utf-8")
    assert files(build({}, settings=settings))["index.js"]


@pytest.mark.parametrize("split", [10, 200_000])
def test_an_index_is_rebuilt_when_settings_or_catalogs_change(build: Any, tmp_path: Path, split: int) -> None:
    settings = ALONE | {"locale_dirs": ["locales"], "folio_search_split": split}
    build({"index.rst": PAGE}, settings=settings)
    aliased = settings | {"folio_search_aliases": {"二层": ["第二层网络"]}}
    assert "第二层网络" in "".join(files(build({}, settings=aliased)).values())
    catalog = tmp_path / "source" / "locales" / "en" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgid "二层"\nmsgstr "Layer two"\n', encoding="utf-8")
    assert "Layer two" in "".join(files(build({}, settings=aliased)).values())


def test_an_index_is_rebuilt_when_a_catalog_of_a_folder_changes(build: Any, tmp_path: Path) -> None:
    settings = ALONE | {"locale_dirs": ["locales"], "gettext_compact": False}
    build({"index.rst": PAGE, "part/page.rst": ":orphan:\n\n三层\n====\n\n路由。\n"}, settings=settings)
    catalog = tmp_path / "source" / "locales" / "en" / "LC_MESSAGES" / "part" / "page.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgid "三层"\nmsgstr "Layer three"\n', encoding="utf-8")
    assert "Layer three" in "".join(files(build({}, settings=settings)).values())


@pytest.mark.parametrize("split", [10, 200_000])
def test_an_index_with_cached_pages_equals_that_of_a_clean_build(build: Any, split: int) -> None:
    """After a change of a text, the number of sections, or the set of pages, and with damaged caches."""
    settings = BOTH | {"folio_search_split": split, "exclude_patterns": []}
    build({"index.md": PORTFOLIO, **portfolio_pages()}, settings=settings)
    changes: list[dict[str, str]] = [
        {"p1.md": "---\norphan: true\n---\n\n# Page 1\n\nAnother text of {skill}`cni`.\n"},
        {"p2.md": "---\norphan: true\n---\n\n# Page 2\n\n## One more\n\n网络。\n\n## And one\n\nText.\n"},
        {"index.md": PORTFOLIO.replace("# Work", "# Work\n\n## CNI").replace("2022-04", "2022-06")},
        {"p25.md": "---\norphan: true\n---\n\n# A page in between\n\nRate limits and {project}`pool`.\n"},
        {"p26.md": "---\norphan: true\n---\n\n# Career\n\n```{timeline}\n```\n", "p27.md": POSITION},
        {"p27.md": POSITION.replace("2023", "2024")},  # on another page than the timeline
        {"p4.md": "---\norphan: true\n---\n\n```{index} another word\n```\n\n# Page 4\n\nText 4.\n"},
        {"p3.md": "---\norphan: true\nsearch: later\n---\n\n# Page 3\n\nOf second rank.\n"},
    ]
    for change in changes:
        again = files(build(change, settings=settings))
        assert again == files(build({}, settings=settings, folder=f"clean-{next(iter(change))}"))
    spoiled: list[Callable[[bytes], bytes]] = [
        lambda held: held[:-20],
        lambda held: held[:-20] + bytes(20),
        lambda held: b"",
        lambda held: held[: held.find(b"\n") + 1],
        lambda held: b"another" + held,
    ]
    for spoil in spoiled:
        for note in (build({}, settings=settings).doctreedir).glob("folio-search-*"):
            note.write_bytes(spoil(note.read_bytes()))
        assert files(build({}, settings=settings)) == again


@pytest.mark.parametrize("parallel", [1, 3])
def test_page_indexes_of_workers_equal_those_of_this_process(
    build: Any, monkeypatch: pytest.MonkeyPatch, parallel: int
) -> None:
    site = {"index.md": PORTFOLIO, **portfolio_pages()}
    serial = files(build(site, settings=BOTH))
    monkeypatch.setattr("sphinx_folio.search.cache.MIN_PAGES_FOR_WORKERS", 2)
    assert files(build({}, settings=BOTH, folder="parallel", parallel=parallel)) == serial


def portfolio_pages() -> dict[str, str]:
    text = "---\norphan: true\n---\n\n# Page {0}\n\n词语{0}与 {{skill}}`cni` word{0}.\n\n```{{index}} name {0}\n```\n\n## Section\n\nText {0}.\n"
    return {f"p{number}.md": text.format(number) for number in range(5)}


def test_texts_have_the_numbers_and_citations_that_references_show(build: Any) -> None:
    conf = """
from docutils import nodes
from sphinx.domains import Domain
from sphinx.roles import XRefRole

class Cite(Domain):
    name = "cite"
    roles = {"p": XRefRole()}
    def resolve_xref(self, env, docname, builder, kind, target, node, content):
        return nodes.inline("", f"[{target[:-4].title()}, {target[-4:]}]")
    def merge_domaindata(self, docnames, other):
        pass

def setup(app):
    app.add_domain(Cite)
"""
    page = """Home
====

See :numref:`speeds`, :numref:`Plate %s <speeds>`, :numref:`Table {number}, “{name}” <speeds>`, :eq:`tide`,
:numref:`gone`, and :cite:p:`lovelace1843`.

.. _speeds:

.. list-table:: Top speeds

   * - 9

.. math:: a
   :label: tide
"""
    settings = ALONE | {"language": "en", "numfig": True, "suppress_warnings": ["ref.numref", "ref.ref", "ref.std"]}
    app = build({"index.rst": page}, settings=settings, conf=conf)
    text = core(app)["records"][0][5].partition("\n")[0].partition(" Top speeds")[0]
    expected = "See Table 1, Plate 1, Table 1, “Top speeds”, (1), gone, and [Lovelace, 1843]."
    assert text == expected
    more = page.replace(".. _speeds:", ".. list-table:: Others\n\n   * - 8\n\n.. _speeds:")
    app = build({"index.rst": more}, settings=settings, conf=conf)
    text = core(app)["records"][0][5].partition(" Others")[0]
    assert text == expected.replace("Table 1", "Table 2").replace("Plate 1", "Plate 2")


def test_headings_and_texts_have_the_names_that_references_show(build: Any) -> None:
    other = ":orphan:\n\n.. _goal:\n\n目标 **一**\n==========\n\n见 :doc:`other`。\n"
    page = "首页 :ref:`goal`\n===============\n\n理解 :ref:`goal`，:ref:`别的 <goal>`。\n\n节 :doc:`part/other` 与 :ref:`nowhere`\n-------------\n\n二层。\n"
    app = build({"index.rst": page, "part/other.rst": other}, settings=ALONE | {"suppress_warnings": ["ref.ref"]})
    assert [row[2:4] + row[5:6] for row in core(app)["records"]] == [
        ["首页 目标 一", [], "理解 目标 一，别的。"],
        ["节 目标 一 与 nowhere", [], "二层。"],
        ["目标 一", [], "见 目标 一。"],
    ]
