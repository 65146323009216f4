"""A translated build shows no gap without saying so; anchors and links are the same in every language."""

from __future__ import annotations

import gettext
import re
from typing import TYPE_CHECKING, Any

import pytest
import sphinx.domains.changeset
import sphinx.domains.python  # noqa: F401  before the first catalog is loaded: its labels stay lazy
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # Sphinx does not list it
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "index.md": "(home)=\n# 首页\n\n```{toctree}\npart/page\n```\n",
    "part/page.md": "(page)=\n# 页面\n\n(section)=\n## 一节\n\n见 {skill}`容器网络接口 <cni>`。\n\n"
    "## 容器网络接口\n\n```{skill} cni\n:category: networking\n:level: 熟悉\n\n一段话。\n```\n",
}
TRANSLATIONS = {
    "index": {"首页": "Home"},
    "part": {
        "页面": "Page",
        "一节": "A section",
        "见 {skill}`容器网络接口 <cni>`。": "See {skill}`the container network interface <cni>`.",
        "容器网络接口": "Container Network Interface",
        "熟悉": "familiar",
        "一段话。": "Some words.",
    },
}
SETTINGS = {
    "extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.languages"],
    "folio_languages": {"zh_CN": "", "en": "en"},
    "folio_levels": ["熟悉"],
    "locale_dirs": ["locales"],
    "html_sidebars": None,
    "html_theme": "furo",
}


def write_catalogs(
    source: Path, translations: dict[str, dict[str, str]], marks: str = "", *, language: str = "en"
) -> None:
    for domain, messages in translations.items():
        path = source / "locales" / language / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        entries = (
            f'\n{marks if text == "Some words." else ""}msgid "{message}"\nmsgstr "{text}"\n'
            for message, text in messages.items()
        )
        path.write_text(header + "".join(entries), encoding="utf-8")


def english(
    build: Any, tmp_path: Path, translations: dict[str, dict[str, str]], *, marks: str = "", **options: Any
) -> Any:
    write_catalogs(tmp_path / "source", translations, marks)
    settings = {**SETTINGS, "language": "en", "folio_categories": {"networking": "Networking"}}
    return build(PAGES, settings={**settings, **options.pop("settings", {})}, folder="english", **options)


def chinese(build: Any, **options: Any) -> Any:
    settings = {**SETTINGS, "language": "zh_CN", "folio_categories": {"networking": "网络"}}
    return build(PAGES, settings={**settings, **options.pop("settings", {})}, folder="chinese", **options)


def without(domain: str, message: str) -> dict[str, dict[str, str]]:
    return {**TRANSLATIONS, domain: {key: text for key, text in TRANSLATIONS[domain].items() if key != message}}


def changed(domain: str, message: str, text: str) -> dict[str, dict[str, str]]:
    return {**TRANSLATIONS, domain: {**TRANSLATIONS[domain], message: text}}


def warnings_of(app: Any) -> list[str]:
    return strip_escape_sequences(app.warning.getvalue()).splitlines()


@pytest.mark.parametrize("parallel", [1, 2])
def test_both_languages_are_built_without_a_word(build: Any, tmp_path: Path, parallel: int) -> None:
    assert warnings_of(english(build, tmp_path, TRANSLATIONS, parallel=parallel)) == []
    assert warnings_of(chinese(build, parallel=parallel)) == []


GAPS: list[tuple[Any, str, int, str, str]] = [
    (without("part", "一节"), "", 5, "untranslated", "no translation of '一节' in en/LC_MESSAGES/part.po"),
    (changed("part", "一节", ""), "", 5, "untranslated", "no translation of '一节'"),
    (without("part", "熟悉"), "", 13, "untranslated", "no translation of '熟悉'"),
    (TRANSLATIONS, "#, fuzzy\n", 15, "fuzzy_translation", "the translation of '一段话。' in en/LC_MESSAGES/part.po:20 is fuzzy"),
    (
        changed("part", "见 {skill}`容器网络接口 <cni>`。", "See the container network interface."),
        "", 7, "translation_mismatch", "in en/LC_MESSAGES/part.po:10 lacks skill:cni",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("translations", "marks", "line", "subtype", "says"), GAPS, ids=[f"{gap[3]}-{gap[2]}" for gap in GAPS]
)
def test_a_gap_is_reported_where_the_source_stands(
    translations: Any, marks: str, line: int, subtype: str, says: str, build: Any, tmp_path: Path
) -> None:
    found = warnings_of(english(build, tmp_path, translations, marks=marks))
    told = [warning for warning in found if f"[folio.{subtype}]" in warning]
    assert len(told) == 1, found
    assert says in told[0]
    assert re.search(rf"part/page\.md:{line}: WARNING", told[0]), told[0]


def test_a_fuzzy_translation_that_the_site_allows_is_checked_like_others(build: Any, tmp_path: Path) -> None:
    allowed = {"gettext_allow_fuzzy_translations": True}
    assert warnings_of(english(build, tmp_path, TRANSLATIONS, marks="#, fuzzy\n", settings=allowed)) == []
    source = tmp_path / "source"
    write_catalogs(source, changed("part", "一节", "A [section](https://other.example)"), "#, fuzzy\n")
    catalog = source / "locales" / "en" / "LC_MESSAGES" / "part.po"
    catalog.write_text(catalog.read_text("utf-8").replace('msgid "一节"', '#, fuzzy\nmsgid "一节"'), "utf-8")
    app = build(PAGES, settings={**SETTINGS, "language": "en", **allowed}, folder="english")
    assert any("is ignored: it contains https://other.example" in warning for warning in warnings_of(app))
    assert "other.example" not in (app.outdir / "part" / "page.html").read_text("utf-8")


def test_a_changed_source_makes_its_old_translation_a_gap(build: Any, tmp_path: Path) -> None:
    assert warnings_of(english(build, tmp_path, TRANSLATIONS)) == []
    settings = {**SETTINGS, "language": "en", "folio_categories": {"networking": "Networking"}}
    edited = PAGES["part/page.md"].replace("一段话。", "另一段话。")
    found = warnings_of(build({"part/page.md": edited}, settings=settings, folder="english"))
    assert any("no translation of '另一段话。'" in warning for warning in found)
    assert not any("[folio.foreign_text]" in warning for warning in found)


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_gap_is_not_reported_again_for_each_place_that_shows_it(parallel: int, build: Any, tmp_path: Path) -> None:
    text = "见{doc}`第一 <x>`，*第二*。\n\n```{skill-index}\n```\n"
    pages = {**PAGES, "index.md": f"{PAGES['index.md']}\n{text}", "x.md": "# 词\n"}
    write_catalogs(tmp_path / "source", {**without("part", "容器网络接口"), "x": {"词": "A word 字"}}, "#, fuzzy\n")
    settings = {**SETTINGS, "language": "en", "folio_categories": {"networking": "Networking"}}
    app = build(pages, settings=settings, folder="english", parallel=parallel)
    found = warnings_of(app)
    kinds = [re.sub(r".*\[folio\.|\]", "", warning) for warning in found]
    assert kinds.count("untranslated") == 2
    assert kinds.count("fuzzy_translation") == 1
    foreign = [re.sub(r".*WARNING: '([^']+)'.*", r"\1", warning) for warning in found if "foreign_text" in warning]
    assert foreign
    assert all(text.startswith("A word 字") for text in foreign)  # it is translated, but not completely
    app = build({}, settings=settings, folder="english", parallel=parallel)  # nothing is read again
    assert [warning for warning in warnings_of(app) if "foreign_text" in warning] == [
        warning for warning in found if "foreign_text" in warning
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# {skill}`cni`\n\n`code` · {doc}`/part/page`\n\n**{skill}`cni`**\n", [8]),
        ("# 2.3\n\n- 240 000 – `code`: 5\n- 10 毫秒\n", [7]),
        ("# {skill}`cni` 网络\n\n{skill}`网络 <cni>`\n\n{term}`词`\n\n{sub}`网`\n", [4, 6, 8, 10]),
    ],
)
def test_names_and_code_need_no_translation(text: str, lines: list[int], build: Any, tmp_path: Path) -> None:
    write_catalogs(tmp_path / "source", TRANSLATIONS, "")
    settings = {**SETTINGS, "language": "en", "folio_categories": {"networking": "Networking"}}
    pages = {**PAGES, "new.md": f"---\norphan: true\n---\n{text}"}
    found = warnings_of(build(pages, settings=settings, folder="english"))
    gaps = [re.search(r"new\.md:(\d+): WARNING: no translation", warning) for warning in found]
    assert [int(gap[1]) for gap in gaps if gap] == lines


FORMULAS = {
    "new.md": r"""---
orphan: true
---
```{math}
a &= b \\ &= c

d &= \text{else}
```

{math}`x`: {math}`y_1`
""",
    "old.rst": r""":orphan:

.. math::

   a &= b

   d &= e

.. math::

   x \text{ 否则}

   z
""",
}


def test_formulas_without_words_need_no_translation(build: Any, tmp_path: Path) -> None:
    settings = {**SETTINGS, "language": "en", "folio_categories": {"networking": "Networking"}}
    write_catalogs(tmp_path / "source", TRANSLATIONS)
    [line] = warnings_of(build({**PAGES, **FORMULAS}, settings=settings, folder="english"))
    assert r"old.rst:9: WARNING: no translation of 'x \\text{ 否则}" in line
    write_catalogs(tmp_path / "source", {"old": {r"x \\text{ 否则}\n\nz": r"x \\text{ otherwise}\n\nz"}})
    app = build({**PAGES, **FORMULAS}, settings=settings, folder="english")
    assert warnings_of(app) == []
    assert "otherwise" in (app.outdir / "old.html").read_text("utf-8")


def test_a_changed_catalog_is_read_again(build: Any, tmp_path: Path) -> None:
    english(build, tmp_path, TRANSLATIONS)
    gettext._translations.clear()  # type: ignore[attr-defined]  # gettext remembers catalogs as long as a process lives
    app = english(build, tmp_path, changed("part", "一段话。", "Other words."))
    assert warnings_of(app) == []
    assert "Other words." in (app.outdir / "part/page.html").read_text("utf-8")


def test_an_unmarked_foreign_text_is_reported_with_its_page(build: Any, tmp_path: Path) -> None:
    app = english(build, tmp_path, changed("part", "一段话。", "Some 词."))
    [line] = warnings_of(app)
    assert re.search(r"/part/page\.md:15: WARNING: 'Some 词\.' is not in the language of the page \(en\)", line)
    assert line.endswith("[folio.foreign_text]")
    assert warnings_of(english(build, tmp_path, {})) == [line]  # the page is not written again


def test_a_foreign_text_of_the_source_is_reported_there_in_the_first_language(build: Any) -> None:
    pages = {
        "index.rst": "Home\n====\n\n.. glossary::\n\n   quay\n      Where a ship lands,\n      码头.\n\n.. image:: a.svg\n   :alt: 船\n\n``船``\n",
        "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }
    settings = {**SETTINGS, "folio_categories": None, "folio_levels": None, "language": "en"}
    settings["folio_languages"] = {"en": "", "de": "de"}
    found = warnings_of(build(pages, settings=settings))
    assert [re.sub(r"^.*/|: WARNING.*", "", line) for line in found] == ["index.rst:7", "index.rst:10"]
    assert warnings_of(build({}, settings=settings | {"folio_languages": {"en": ""}}, folder="one")) == []


def test_a_marked_foreign_text_is_taken_and_left_out_of_the_name(build: Any, tmp_path: Path) -> None:
    text = "Container Network Interface ([容器网络接口]{.language-zh-CN})"
    settings = {"myst_enable_extensions": ["attrs_inline"]}
    app = english(build, tmp_path, changed("part", "容器网络接口", text), settings=settings)
    assert warnings_of(app) == []
    page = (app.outdir / "part/page.html").read_text("utf-8")
    assert '<span lang="zh-CN">容器网络接口</span>' in page
    assert app.env.domains["folio"].portfolio().find("skill", "cni").name == "Container Network Interface"


NAMES_IN_HAN = (
    "# Me\n\n## 数据分析\n\n```{skill} analysis\n:category: networking\n:keywords: 统计, R\n```\n\n"
    "## [上海公司]{.language-zh-CN}\n\n"
    "```{position} intern\n:title: Intern\n:start: 2011\n:skills: analysis\n```\n\n```{timeline}\n```\n\n"
    "I was at 上海公司.\n"
)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_name_in_another_script_may_stay_wherever_it_is_shown(language: str, build: Any, tmp_path: Path) -> None:
    pages = {"index.md": f"{NAMES_IN_HAN}\n```{{toctree}}\nother\n```\n", "other.md": "# R\n\n```{skill-tags}\n```\n"}
    same = {text: text for text in ("Me", "数据分析", "[上海公司]{.language-zh-CN}", "统计, R", "Intern")}
    same |= {"I was at 上海公司.": "J’étais chez 上海公司."}
    write_catalogs(tmp_path / "source", {"index": same, "other": {"R": "R"}}, language="fr")
    settings = {**SETTINGS, "folio_languages": {"en": "", "fr": "fr"}, "language": language, "folio_levels": None}
    settings |= {"folio_categories": {"networking": "N"}, "myst_enable_extensions": ["attrs_inline"]}
    app = build(pages, settings=settings)
    assert warnings_of(app) == []
    assert app.env.domains["folio"].portfolio().find("position", "intern").entity == "上海公司"
    timeline = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser").select_one(".folio-title")
    assert timeline is not None
    assert "上海公司\N{NO-BREAK SPACE}· Intern" in timeline.text


def test_a_name_that_is_marked_as_another_language_is_marked_wherever_it_is_shown(build: Any) -> None:
    def entry(name: str, objtype: str, key: str, *options: str) -> str:
        return "\n".join([f"## [{name}]{{.language-zh-CN}}\n", f"```{{{objtype}}} {key}", *options, "```\n\n"])

    page = (
        "# Me\n\n"
        + entry("数据分析", "skill", "analysis", ":category: data")
        + entry("上海公司", "position", "intern", ":title: Intern", ":start: 2011")
        + entry("统计", "project", "count", ":skills: analysis", ":start: 2012")
    )
    names = ("timeline", "skill-index", "skill-matrix", "project-cards", "skill-tags", "entry-list")
    listings = "".join(f"```{{{name}}}\n```\n\n" for name in names)
    other = f"# [工作]{{.language-zh-CN}}\n\n{listings}{{skill}}`analysis` at {{position}}`intern`\n\n"
    other += "## [工具]{.language-zh-CN}\n\nWith {skill}`analysis`.\n"
    settings = {**SETTINGS, "folio_languages": {"en": "", "fr": "fr"}, "language": "en", "folio_levels": None}
    settings |= {"folio_categories": {"data": "Data"}, "myst_enable_extensions": ["attrs_inline"]}
    app = build({"index.md": f"{page}\n```{{toctree}}\nother\n```\n", "other.md": other}, settings=settings)
    assert warnings_of(app) == []
    for name in ("index", "other"):
        article = BeautifulSoup((app.outdir / f"{name}.html").read_text("utf-8"), "html.parser").find("article")
        assert article is not None
        texts = article.find_all(string=re.compile("[一-鿿]"))
        assert len(texts) > 3
        parents = [text.find_parent(lang=True) for text in texts]
        assert {parent["lang"] for parent in parents if parent} == {"zh-CN"}


def test_a_mark_of_a_language_without_a_text_is_ignored(build: Any) -> None:
    page = "# Me\n\n## [![](logo.png)]{.language-ja} Tide\n\n```{project} tide\n```\n\n```{project-cards}\n```\n\n{project}`tide`\n"
    settings = {"language": "en", "myst_enable_extensions": ["attrs_inline"]}
    app = build({"index.md": page, "logo.png": ""}, settings=settings)
    assert warnings_of(app) == []
    text = (app.outdir / "index.html").read_text("utf-8")
    assert (
        BeautifulSoup(text, "html.parser").select_one("a[href='#project_tide'] span, a[href='#tide'] span") is not None
    )


def test_prose_in_another_script_is_reported_once_at_the_line_of_its_source(build: Any) -> None:
    text = "# Me\n\n(tide)=\n## Tide\n\n```{project} tide\n:start: 2020\n\nMade for 机关.\n```\n"
    pages = {"index.md": f"{text}\n```{{toctree}}\nother\n```\n", "other.md": "# R\n\n```{project-cards}\n```\n"}
    settings = {**SETTINGS, "folio_languages": {"en": "", "fr": "fr"}, "language": "en"}
    [line] = warnings_of(build(pages, settings=settings | {"folio_levels": None, "folio_categories": None}))
    assert re.search(
        r"/index\.md:9: WARNING: 'Made for 机关\.' .*mark its language: \[…\]{\.language-zh} \[folio", line
    )


def test_anchors_are_equal_and_readable_in_all_languages(build: Any, tmp_path: Path) -> None:
    anchors = []
    for app in (english(build, tmp_path, TRANSLATIONS), chinese(build)):
        page = BeautifulSoup((app.outdir / "part/page.html").read_text("utf-8"), "html.parser")
        article = page.find("article")
        assert article is not None
        anchors.append(sorted(str(tag["id"]) for tag in article.find_all(id=True)))
        toc = [str(link["href"]) for link in page.select(".toc-tree a")]
        assert toc == ["#", "#section", "#skill_cni"]
    assert anchors[0] == anchors[1] == ["id1", "id2", "id3", "mention_cni", "page", "section", "skill_cni"]


def test_a_template_knows_the_same_page_in_the_other_languages(build: Any, tmp_path: Path) -> None:
    seen: dict[tuple[str, str], Any] = {}
    for app in (
        english(build, tmp_path, TRANSLATIONS, run=False, settings={"html_baseurl": "https://example.org/me"}),
        chinese(build, run=False, settings={"html_baseurl": "https://example.org/me"}),
    ):
        language = app.config.language
        app.connect(
            "html-page-context",
            lambda app, page, template, context, doctree, language=language: seen.__setitem__((language, page), context["folio_languages"]),
        )  # fmt: skip
        app.build()
    zh, en = seen["zh_CN", "part/page"]
    assert zh == {
        "tag": "zh-CN",
        "name": "中文",
        "current": True,
        "href": "../part/page.html",
        "url": "https://example.org/me/part/page.html",
    }
    assert en == {
        "tag": "en",
        "name": "English",
        "current": False,
        "href": "../en/part/page.html",
        "url": "https://example.org/me/en/part/page.html",
    }
    zh, en = seen["en", "part/page"]
    assert (zh["href"], zh["url"]) == ("../../part/page.html", "https://example.org/me/part/page.html")
    assert (en["href"], en["current"]) == ("../../en/part/page.html", True)
    assert seen["en", "index"][0]["href"] == "./../index.html"


def test_the_interface_of_furo_is_chinese_on_chinese_pages_and_english_on_english_ones(
    build: Any, tmp_path: Path
) -> None:
    page = (chinese(build).outdir / "index.html").read_text("utf-8")
    for phrase in ("跳到正文", "切换浅色、深色或自动配色", "<title>菜单</title>", "回到顶部", "下一页", "用 <a"):
        assert phrase in page
    page = (english(build, tmp_path, TRANSLATIONS).outdir / "index.html").read_text("utf-8")
    for phrase in (
        "Skip to content",
        "Toggle Light / Dark / Auto color theme",
        "<title>Menu</title>",
        "Back to top",
        "Made with <a",
    ):
        assert phrase in page


DIAGRAM = (
    '# 首页\n\n一段话。\n\n```{mermaid}\n:alt: 一张图\n\nflowchart LR\n  a["池"] --> b["Pod 42"]\n  b --> a\n```\n'
)
MERMAID = {
    "extensions": ["myst_parser", "sphinx_folio", "sphinx_folio.languages", "sphinxcontrib.mermaid"],
    "mermaid_version": "11.12.1",
}


@pytest.mark.parametrize("parallel", [1, 2])
def test_labels_of_diagrams_are_translated(build: Any, tmp_path: Path, parallel: int) -> None:
    translations = {
        "index": {"首页": "Home", "一段话。": "Words.", "池": "Pool", "Pod 42": "Pod 42", "一张图": "A picture"}
    }
    write_catalogs(tmp_path / "source", translations)
    settings = {**SETTINGS, **MERMAID, "language": "en", "folio_categories": None}
    app = build({"index.md": DIAGRAM}, settings=settings, parallel=parallel)
    assert warnings_of(app) == []
    page = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    diagram = page.select_one("pre.mermaid")
    assert diagram is not None
    assert 'a["Pool"] --> b["Pod 42"]' in diagram.get_text()
    assert "池" not in str(page)


def test_a_translated_sketch_may_have_the_arrow_of_the_source_or_that_of_the_catalog(
    build: Any, tmp_path: Path
) -> None:
    arrows = ("->", "→", "=>", "-->")
    projects = (f"## 项目{arrow}\n\n```{{project}} p{number}\n:sketch: 客户{number} -> 池 | 日志\n```\n"
                for number, arrow in enumerate(arrows))  # fmt: skip
    translations = {f"项目{arrow}": f"Project {number}" for number, arrow in enumerate(arrows)}
    translations |= {f"客户{number} → 池 | 日志": f"client {arrow} pool | log" for number, arrow in enumerate(arrows)}
    write_catalogs(tmp_path / "source", {"index": {"首页": "Home", **translations}})
    app = build({"index.md": "\n".join(["# 首页\n", *projects])}, settings={**SETTINGS, "language": "en"})
    assert app.warning.getvalue() == ""
    boxes = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser").select(".folio-box")
    assert [box.get_text() for box in boxes] == ["client", "pool", "log"] * len(arrows)


@pytest.mark.parametrize(("language", "way"), [("ar", "RL"), ("de", "LR")])
def test_a_translated_diagram_runs_as_its_page_is_written(build: Any, tmp_path: Path, language: str, way: str) -> None:
    source = "flowchart LR\n  subgraph s\n    direction RL\n    a --> b\n  end\n"
    write_catalogs(tmp_path / "source", {"index": {"首页": "A"}}, language=language)
    settings = SETTINGS | MERMAID | {"folio_languages": {"zh_CN": "", language: language}, "folio_categories": None}
    for code, expected in ((language, way), ("zh_CN", "LR")):
        app = build({"index.md": f"# 首页\n\n```{{mermaid}}\n{source}```\n"}, settings=settings | {"language": code})
        diagram = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser").select_one("pre.mermaid")
        assert diagram is not None
        assert re.findall(r"[LR]{2}", diagram.get_text()) == [expected, expected[::-1]]


def test_labels_of_diagrams_are_offered_to_translators(build: Any) -> None:
    settings = {**SETTINGS, **MERMAID, "folio_categories": None, "language": "zh_CN"}
    app = build({"index.md": DIAGRAM}, builder="gettext", settings=settings)
    assert warnings_of(app) == []
    template = (app.outdir / "index.pot").read_text("utf-8")
    for label in ("池", "Pod 42", "一张图"):
        assert f'msgid "{label}"' in template


PICTURES = """\
# 首页

一段话 ![一只猫](dot.png) 后。

[![一只狗](dot.png)](https://example.org)

```{image} dot.png
:alt: 一只鸟
```
"""


def test_the_alternative_text_of_an_image_in_a_line_is_translated_once(build: Any, tmp_path: Path) -> None:
    settings = {**SETTINGS, "folio_levels": None}
    pages = {"index.md": PICTURES, "dot.png": "png"}
    app = build(pages, builder="gettext", settings=settings | {"language": "zh_CN"}, folder="templates")
    template = (app.outdir / "index.pot").read_text("utf-8")
    assert re.findall('^msgid "(.+)"', template, re.MULTILINE) == [
        *("首页", "一段话 ![一只猫](dot.png) 后。", "[![一只狗](dot.png)](https://example.org)", "一只鸟")
    ]
    into = ("Home", "Words ![A cat](dot.png).", "[![A dog](dot.png)](https://example.org)", "A bird")
    messages = re.findall('^msgid "(.+)"', template, re.MULTILINE)
    write_catalogs(tmp_path / "source", {"index": dict(zip(messages, into, strict=True))})
    for language, alternatives in (("zh_CN", ["一只猫", "一只狗", "一只鸟"]), ("en", ["A cat", "A dog", "A bird"])):
        app = build(pages, settings=settings | {"language": language}, folder=language)
        assert warnings_of(app) == []
        page = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
        assert [image["alt"] for image in page.select("article img")] == alternatives


def test_a_label_without_a_translation_is_reported_and_so_is_one_that_cannot_have_any(
    build: Any, tmp_path: Path
) -> None:
    write_catalogs(
        tmp_path / "source",
        {"index": {"首页": "Home", "一段话。": "Words.", "Pod 42": "Pod 42", "一张图": "A picture"}},
    )
    settings = {**SETTINGS, **MERMAID, "language": "en", "folio_categories": None}
    found = warnings_of(build({"index.md": DIAGRAM.replace("b --> a", "b --> c[节点]")}, settings=settings))
    assert any("index.md:5: WARNING: no translation of '池' in en/LC_MESSAGES/index.po" in line for line in found), (
        found
    )
    assert any(
        "'池' in a diagram is not in the language" in line and "put labels into double quotes" in line for line in found
    )


def test_a_ui_string_that_furo_words_in_another_way_is_reported(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_folio.languages.interface.PHRASES", ())
    found = warnings_of(chinese(build))
    for phrase in ("Toggle site navigation sidebar", "Expand", "Menu"):
        assert any(line.startswith("index.html:") and f"'{phrase}' is not in the language" in line for line in found), (
            phrase
        )


def test_a_skills_name_without_a_translation_is_reported(build: Any, tmp_path: Path) -> None:
    found = warnings_of(english(build, tmp_path, without("part", "容器网络接口")))
    assert any("part/page.md:9: WARNING: no translation of '容器网络接口'" in line for line in found)


def test_the_name_of_a_profile_is_translated_unless_it_is_in_ascii(build: Any, tmp_path: Path) -> None:
    person = "```{person} me\n:name: Me\n:profiles: 博客 <https://a.example>, GitHub <https://b.example>\n```\n"
    pages = {**PAGES, "index.md": PAGES["index.md"] + person}
    names = {"首页": "Home", "Me": "Me", "博客": "Blog"}
    write_catalogs(tmp_path / "source", {**TRANSLATIONS, "index": names})
    settings = {**SETTINGS, "language": "en", "folio_categories": {"networking": "Networking"}}
    app = build(pages, settings=settings, folder="english")
    assert warnings_of(app) == []
    assert ">Blog<" in (app.outdir / "index.html").read_text("utf-8").replace("</span>", "").replace("<span>", "")
    profiles = app.env.domains["folio"].portfolio().find("person", "me").profiles
    assert [(link.label, link.url) for link in profiles] == [
        ("Blog", "https://a.example"),
        ("GitHub", "https://b.example"),
    ]


def test_the_inventories_of_both_languages_hold_the_same_keys(build: Any, tmp_path: Path) -> None:
    inventories = []
    for app in (english(build, tmp_path, TRANSLATIONS), chinese(build)):
        with (app.outdir / "objects.inv").open("rb") as file:
            inventories.append(InventoryFile.load(file, "", lambda base, uri: uri))
    names = [inventory["folio:skill"]["cni"].display_name for inventory in inventories]
    assert names == ["Container Network Interface", "容器网络接口"]
    keys = [{kind: sorted(inventory[kind]) for kind in ("folio:skill", "std:label")} for inventory in inventories]
    assert keys[0] == keys[1]


def test_no_space_is_left_where_a_line_was_wrapped_between_han_characters(build: Any) -> None:
    text = "# 首页\n\n第一行\n第二行，\n第三行 Go\n第四行\nGo words\nstay apart\n\n```\n代码\n照旧\n```\n"
    settings = {**SETTINGS, "language": "zh_CN", "folio_categories": None}
    page = BeautifulSoup(
        (build({"index.md": text}, settings=settings).outdir / "index.html").read_text("utf-8"), "html.parser"
    )
    paragraph = page.select_one("article p")
    assert paragraph is not None
    assert paragraph.get_text() == "第一行第二行，第三行 Go\n第四行\nGo words\nstay apart"
    code = page.select_one("article pre")
    assert code is not None
    assert code.get_text() == "代码\n照旧\n"


@pytest.mark.parametrize("text", [" ", "1. A numbered one", "- an item", "# a heading", "One.\\n\\nTwo."])
def test_a_translation_that_sphinx_cannot_show_is_reported(text: str, build: Any, tmp_path: Path) -> None:
    found = warnings_of(english(build, tmp_path, changed("part", "一段话。", text)))
    assert any("part/page.md:15: WARNING" in line and "一段话。" in line for line in found), found


def test_a_catalog_that_was_not_compiled_is_reported(build: Any, tmp_path: Path) -> None:
    found = warnings_of(english(build, tmp_path, TRANSLATIONS, settings={"gettext_auto_build": False}))
    assert any("the translation of '一段话。' cannot be used" in line for line in found), found


def test_an_invalid_catalog_is_reported_at_its_lines_by_every_build_and_not_used(build: Any, tmp_path: Path) -> None:
    catalog = tmp_path / "source" / "locales" / "en" / "LC_MESSAGES" / "part.po"
    settings = {**SETTINGS, "language": "en", "folio_categories": {"networking": "Networking"}}
    english(build, tmp_path, TRANSLATIONS, run=False)
    text = (
        catalog.read_text("utf-8").replace('msgid "一节"', 'msgid "页面"').replace("charset=utf-8", "charset=latin-1")
    )
    catalog.write_text(f"{text}\nThe end.\n", encoding="utf-8")
    for _time in range(2):
        app = build({}, settings=settings, folder="english")
        found = [line.partition("part.po:")[2] for line in warnings_of(app) if "[folio.invalid_catalog]" in line]
        assert found == [
            "2: WARNING: invalid catalog: the header declares the character set 'latin-1'; use UTF-8 [folio.invalid_catalog]",
            "7: WARNING: invalid catalog: duplicate message; it is already in line 4 [folio.invalid_catalog]",
            "22: WARNING: invalid catalog: 'The end.' is neither a comment nor a part of a message [folio.invalid_catalog]",
        ]  # fmt: skip
        assert not any("[folio.untranslated]" in line for line in warnings_of(app))
        page = (app.outdir / "part/page.html").read_text("utf-8")
        assert "一段话。" in page
        assert "Some words." not in page


MARKDOWN = "# 首页\n\n见 **{skill}`一 <go>`** 与 [二](https://example.org/b)<br>三 &copy;。\n\n## Go\n\n```{skill} go\n:category: networking\n```\n"
RESTRUCTUREDTEXT = (
    "首页\n====\n\n见 :skill:`一 <go>` 与 `二 <https://example.org/b>`__ 三。\n\n"
    "Go\n--\n\n.. skill:: go\n   :category: networking\n"
)
GOOD = {
    "md": "See **{skill}`one <go>`** and [two](https://example.org/b)<br>three &copy;.",
    "rst": "See :skill:`one <go>` and `two <https://example.org/b>`__ three.",
}
ADDED = [
    ("md", "<script>alert(1)</script>", "</script>, <script>"),
    ("md", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ("md", "<IMG\\nSRC=x>", "<IMG SRC=x>"),
    ("md", "<b/onclick=alert(1)>", "<b/onclick=alert(1)>"),
    ("md", "<!-- hidden -->", "<!-- hidden -->"),
    ("md", "<br>", "<br>"),
    ("md", "\\\\`<b>\\\\`", "<b>"),
    ("md", "&lt;script&gt;", "&gt;, &lt;"),
    ("md", "&#60;b&#x3E;", "&#60;, &#x3E;"),
    ("md", "{{ env }}", "{{ env }}"),
    ("md", "{raw}`<b>x</b>`", "raw:<b>x</b>"),
    ("md", "{download}`x </etc/passwd>`", "download:/etc/passwd"),
    ("md", "{skill}`go`", "skill:go"),
    ("md", "[x](javascript:alert(1))", "javascript:alert(1"),
    ("md", "[x](data:text/html,x)", "data:text/html,x"),
    ("md", "![x](picture.png)", "picture.png"),
    ("md", "<https://example.com/>", "https://example.com/"),
    ("rst", "`x <javascript:alert(1)>`__", "javascript:alert(1)"),
    ("rst", "`x <JavaScript:alert(1)>`__", "JavaScript:alert(1)"),
    ("rst", "javascript:alert", "javascript:alert"),
    ("rst", "data:text/html;base64,x", "data:text/html;base64,x"),
    ("rst", "https://example.com/", "https://example.com/"),
    ("rst", ":raw:`<b>`", "raw:b"),
    ("rst", ":download:`conf.py`", "download:conf.py"),
]


@pytest.mark.parametrize("parallel", [1, 2])
@pytest.mark.parametrize("markup", ["md", "rst"])
def test_a_translation_may_have_what_its_source_has(markup: str, parallel: int, build: Any, tmp_path: Path) -> None:
    app = translated(build, tmp_path, markup, GOOD[markup], parallel=parallel)
    assert warnings_of(app) == []
    assert "three" in (app.outdir / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("markup", "addition", "says"), ADDED)
def test_what_a_translation_adds_is_refused_at_its_line(
    markup: str, addition: str, says: str, build: Any, tmp_path: Path
) -> None:
    app = translated(build, tmp_path, markup, f"{GOOD[markup]} {addition}")
    [line] = [line for line in warnings_of(app) if "[folio.translation_mismatch]" in line]
    assert "locales/en/LC_MESSAGES/index.po:7: WARNING: the translation of '见 " in line
    assert f" is ignored: it contains {says}" in line
    page = (app.outdir / "index.html").read_text("utf-8")
    assert "三" in page
    assert "three" not in page


def translated(build: Any, tmp_path: Path, markup: str, translation: str, **options: Any) -> Any:
    source = {"md": MARKDOWN, "rst": RESTRUCTUREDTEXT}[markup]
    write_catalogs(
        tmp_path / "source",
        {"index": {"首页": "Home", source.splitlines()[2 if markup == "md" else 3]: translation, "Go": "Go"}},
    )
    settings = {**SETTINGS, "language": "en", "folio_categories": {"networking": "Networking"}}
    return build({f"index.{markup}": source}, settings=settings, **options)


ENGLISH_PAGE = """\
(start)=
# Home

(first)=
## First steps

(second)=
## 1.4

Text.
"""


def anchors_of(app: Any) -> list[str]:
    page = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
    return [str(tag["id"]) for tag in page.select("article [id]")]


def test_anchors_from_titles_stay(build: Any, tmp_path: Path) -> None:
    """They were public addresses before the site had a second language."""
    settings = {**SETTINGS, "folio_categories": None, "folio_levels": None, "myst_heading_anchors": 2}
    pages, one = {"index.md": ENGLISH_PAGE}, {"language": "en", "folio_languages": {}}
    before = anchors_of(build(pages, settings=settings | one | {"extensions": ["myst_parser", "sphinx_folio"]}))
    assert {"home", "first-steps"} <= {*before}
    assert anchors_of(build({}, settings=settings | one, folder="one")) == before
    two = {"folio_languages": {"en": "", "de": "de"}}
    write_catalogs(tmp_path / "source", {"index": {"Home": "Start", "First steps": "Erste Schritte"}}, language="de")
    for language in ("en", "de"):
        app = build({}, settings=settings | two | {"language": language}, folder=language)
        assert sorted(anchors_of(app)) == sorted(before)
        page = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser")
        assert [str(link["href"]) for link in page.select(".headerlink")] == ["#start", "#first", "#second"]


@pytest.mark.parametrize(("language", "is_changed"), [("en", False), ("zh_CN", True)])
def test_the_footer_of_a_site_in_english_only_is_that_of_furo(build: Any, language: str, *, is_changed: bool) -> None:
    settings = {**SETTINGS, "folio_languages": {}, "language": language, "copyright": "Ada"}
    text = (build({"index.md": "# A\n"}, settings=settings).outdir / "index.html").read_text("utf-8")
    assert ("pradyunsg.me" not in text) is is_changed


@pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")  # of others: MyST, serializinghtml
def test_an_explicit_label_is_never_dropped_and_slugs_lead_to_what_stays(build: Any) -> None:
    text = "(id7)=\n# 首页\n\n(o)=\n## Other\n\n[to title](#other) and {ref}`id7`\n"
    settings = {**SETTINGS, "language": "zh_CN", "folio_categories": None, "myst_heading_anchors": 3}
    app = build(
        {"index.md": text, "b.md": "---\norphan: true\n---\n\n# B\n\n[across](index.md#other)\n"}, settings=settings
    )
    assert warnings_of(app) == []
    for name in ("index.html", "b.html"):
        page = BeautifulSoup((app.outdir / name).read_text("utf-8"), "html.parser")
        ids = {
            str(tag["id"])
            for tag in BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser").find_all(id=True)
        }
        for link in page.select("article p a"):
            assert str(link["href"]).rpartition("#")[2] in ids, link


def test_metadata_is_no_business_of_translators(build: Any, tmp_path: Path) -> None:
    write_catalogs(tmp_path / "source", {"index": {"首页": "Home"}, "bare": {"页": "Page"}})
    pages = {"index.md": "# 首页\n", "bare.md": "---\norphan: true\nnosearch: true\n---\n\n# 页\n"}
    settings = {**SETTINGS, "language": "en", "folio_categories": None}
    assert warnings_of(build(pages, settings=settings)) == []
    settings["language"] = "zh_CN"
    template = (build({}, builder="gettext", settings=settings, folder="templates").outdir / "bare.pot").read_text(
        "utf-8"
    )
    assert "nosearch" not in template
    assert "True" not in template


MODULE = '''"""A kit."""

def sail(source: int) -> int:
    """Sail far.

    :param source: a name
    :raises ValueError: if empty

    Examples:
        Go on.
    """
'''
API = {
    "kit_of_tests.py": MODULE,
    "index.rst": "API\n===\n\n:Author: Ada\n\n.. automodule:: kit_of_tests\n   :members:\n",
}
API_CONF = "import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
API_SETTINGS = {
    "extensions": ["sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_folio.languages"],
    "folio_languages": {"en": "", "de": "de", "fr": "fr"},
    "locale_dirs": ["locales"],
    "primary_domain": None,
    "folio_levels": None,
    "folio_categories": None,
    "folio_today": None,
}


@pytest.mark.filterwarnings("ignore:The mapping interface")  # which napoleon uses
def test_labels_that_sphinx_has_translated_are_no_work_for_translators(build: Any, tmp_path: Path) -> None:
    app = build(API, builder="gettext", settings=API_SETTINGS, conf=API_CONF)
    with (app.outdir / "index.pot").open("rb") as file:
        found = {str(message.id): "" for message in read_po(file) if message.id}
    assert not {"Parameters", "Raises", "Parameter"} & found.keys()
    assert {"A kit.", "a name", "if empty", "Examples"} <= found.keys()
    write_catalogs(tmp_path / "source", {"index": {text: f"{text} X" for text in found}}, language="de")
    app = build({}, settings=API_SETTINGS | {"language": "de"}, conf=API_CONF, folder="german")
    assert app.warning.getvalue() == ""
    html = (app.outdir / "index.html").read_text("utf-8")
    assert "Parameter<" in html
    assert "Verursacht<" in html


@pytest.mark.filterwarnings("ignore:The mapping interface")  # which napoleon uses
def test_a_heading_of_a_docstring_that_sphinx_has_translated_is_no_gap(build: Any, tmp_path: Path) -> None:
    found = ("API", "A kit.", "Sail far.", "a name", "if empty", "Go on.", "Examples", "Author", "Ada")
    write_catalogs(tmp_path / "source", {"index": {text: f"{text} X" for text in found}}, language="fr")
    app = build(API, settings=API_SETTINGS | {"language": "fr"}, conf=API_CONF)
    assert app.warning.getvalue() == ""
    assert "Exemples" in (app.outdir / "index.html").read_text("utf-8")


LABELS = """Plan
====

.. contents::

.. todo:: Add the moon.

.. seealso:: The sun.

.. tip:: Look up.

.. versionadded:: 1.0

.. deprecated:: 2.0 Use the sun.

.. confval:: moon
   :type: bool
   :default: false

.. exercise:: Count.

Night
-----
"""
LABELS_CONF = """
from pathlib import Path
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.locale import get_translation

class Exercise(Directive):
    required_arguments = 1

    def run(self):
        _ = get_translation("exercises")
        title, rubric = nodes.title("", _("Exercise")), nodes.rubric("", _("Exercise"))
        rubric.source = ""
        return [nodes.admonition("", title, nodes.paragraph("", self.arguments[0])), rubric]

def setup(app):
    app.add_message_catalog("exercises", Path(__file__).parent / "catalogs")
    app.add_directive("exercise", Exercise)
"""


def test_titles_that_sphinx_and_extensions_have_translated_are_no_gaps(build: Any, tmp_path: Path) -> None:
    settings = API_SETTINGS | {"extensions": ["sphinx.ext.todo", "sphinx_folio.languages"], "todo_include_todos": True}
    app = build({"plan.rst": LABELS}, builder="gettext", settings=settings | {"root_doc": "plan"}, conf=LABELS_CONF)
    with (app.outdir / "plan.pot").open("rb") as file:
        found = {str(message.id): "" for message in read_po(file) if message.id}
    assert found.keys() == {"Plan", "Add the moon.", "The sun.", "Look up.", "Use the sun.", "Night", "Exercise"}
    written = {text: f"{text} X" for text in found if text != "Exercise"}
    write_catalogs(tmp_path / "source", {"plan": written}, language="de")
    compiled = tmp_path / "source" / "catalogs" / "de" / "LC_MESSAGES" / "exercises.mo"
    compiled.parent.mkdir(parents=True)
    catalog = Catalog("de")
    catalog.add("Exercise", "Übung")
    with compiled.open("wb") as file:
        write_mo(file, catalog)
    german = settings | {"root_doc": "plan", "language": "de"}
    app = build({}, settings=german, conf=LABELS_CONF, folder="german")
    assert app.warning.getvalue() == ""
    page = BeautifulSoup((app.outdir / "plan.html").read_text("utf-8"), "html.parser").get_text()
    assert [
        word for word in ("Inhalt", "Zu tun", "Standardwert", "Übung", "Siehe auch", "Tipp") if word not in page
    ] == []


def test_a_title_that_is_not_translated_by_its_extension_is_a_gap(build: Any, tmp_path: Path) -> None:
    write_catalogs(tmp_path / "source", {"index": {"Plan": "Plan!"}}, language="de")
    page = "Plan\n====\n\n.. exercise:: Count.\n\n.. rubric:: Moons\n"
    app = build({"index.rst": page}, settings=API_SETTINGS | {"language": "de"}, conf=LABELS_CONF)
    lines = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert [re.findall(r"no translation of '(\w+)'", line) for line in lines] == [["Exercise"], ["Exercise"], ["Moons"]]


@pytest.mark.filterwarnings("ignore:The mapping interface")  # which napoleon uses
def test_a_heading_in_the_docstring_of_a_module_is_no_gap(build: Any, tmp_path: Path) -> None:
    """The docstring of a module is outside of documented objects."""
    pages = {
        "kit_of_tests.py": '"""A kit.\n\nExamples:\n    Go on.\n"""\n',
        "index.rst": "API\n===\n\n.. automodule:: kit_of_tests\n",
    }
    found = ("API", "A kit.", "Go on.")
    write_catalogs(tmp_path / "source", {"index": {text: f"{text} X" for text in found}}, language="fr")
    app = build(pages, settings=API_SETTINGS | {"language": "fr"}, conf=API_CONF)
    assert app.warning.getvalue() == ""


CLASSES = '''
"""Tools."""

class Pool(dict):
    """:func:`make` makes one. It is deep."""

class Basin(Pool):
    pass

def make(size):
    """Make a pool."""
'''


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.filterwarnings("ignore:The mapping interface")  # which the old autodoc uses
def test_what_autodoc_and_autosummary_write_themselves_is_no_work_for_translators(
    build: Any, tmp_path: Path, *, legacy: bool
) -> None:
    """In some versions of Sphinx, the bases of a class are the first line of its docstring."""
    listed = ".. autosummary::\n\n   pools_of_tests.Pool\n   pools_of_tests.make\n"
    described = ".. automodule:: pools_of_tests\n   :members:\n   :undoc-members:\n   :show-inheritance:\n"
    pages = {"pools_of_tests.py": CLASSES, "index.rst": f"API\n===\n\n{listed}\n{described}"}
    settings = API_SETTINGS | {
        "extensions": ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx_folio.languages"],
        "folio_languages": {"en": "", "fr": "fr"},
        "autodoc_use_legacy_class_based": legacy,
    }
    app = build(pages, builder="gettext", settings=settings, conf=API_CONF)
    with (app.outdir / "index.pot").open("rb") as file:
        found = {str(message.id) for message in read_po(file) if message.id}
    summary = ":func:`make` makes one."
    assert found == {"API", "Tools.", summary, f"{summary} It is deep.", "Make a pool."}
    write_catalogs(tmp_path / "source", {"index": {text: f"{text} X" for text in found}}, language="fr")
    app = build({}, settings=settings | {"language": "fr"}, conf=API_CONF, folder="french")
    assert app.warning.getvalue() == ""
    assert re.search("Bases\\s:", (app.outdir / "index.html").read_text("utf-8"))


def test_a_gap_in_the_name_of_a_field_is_reported_with_a_line(build: Any, tmp_path: Path) -> None:
    page = "Home\n====\n\nText.\n\n:Author: Ada\n"
    write_catalogs(tmp_path / "source", {"index": {"Home": "Start", "Text.": "Text!", "Ada": "Eda"}}, language="de")
    app = build({"index.rst": page}, settings=API_SETTINGS | {"language": "de"})
    [line] = strip_escape_sequences(app.warning.getvalue()).splitlines()
    assert re.search(r"index\.rst:6: WARNING: no translation of 'Author'", line)


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_language_without_catalogs_has_one_warning(build: Any, tmp_path: Path, parallel: int) -> None:
    app = english(build, tmp_path, {}, parallel=parallel)
    [line] = warnings_of(app)
    assert line.startswith(f"WARNING: no catalogs in {app.srcdir / 'locales' / 'en'}: “sphinx-folio messages” creates")
    lines = warnings_of(english(build, tmp_path, {"index": {"首页": "Home"}}, parallel=parallel))
    assert len([line for line in lines if "no translation of" in line]) == len(TRANSLATIONS["part"])
    assert warnings_of(english(build, tmp_path, TRANSLATIONS, parallel=parallel)) == []
    for path in (tmp_path / "source" / "locales").rglob("*.[pm]o"):
        path.unlink()
    assert len(warnings_of(english(build, tmp_path, {}, parallel=parallel))) == 1


def test_text_without_a_blank_line_above_it_has_its_line(build: Any, tmp_path: Path) -> None:
    write_catalogs(tmp_path / "source", {"index": {"Home": "Start"}})
    page = "Home\n====\n\n.. highlight:: h\n   Some text.\n"
    app = build({"index.rst": page}, settings={**SETTINGS, "language": "en"})
    lines = strip_escape_sequences(app.warning.getvalue()).splitlines()
    [line] = [line for line in lines if "no translation of 'Some text.'" in line]
    assert f"{app.srcdir / 'index.rst'}:5: WARNING" in line


def test_labels_are_exchanged_all_at_once(build: Any, tmp_path: Path) -> None:
    swapped = 'flowchart LR\n  a["池"] --> b["Pool"]\n'
    write_catalogs(tmp_path / "source", {"index": {"首页": "Home", "池": "Pool", "Pool": 'The \\"pool\\"'}})
    settings = {**SETTINGS, **MERMAID, "language": "en", "folio_categories": None}
    app = build({"index.md": f"# 首页\n\n```{{mermaid}}\n{swapped}```\n"}, settings=settings)
    assert warnings_of(app) == []
    assert (
        'a["Pool"] --> b["The #quot;pool#quot;"]'
        in BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser").get_text()
    )


def test_english_lines_are_not_joined(build: Any) -> None:
    settings = {**SETTINGS, "language": "en", "folio_languages": {"en": ""}, "folio_categories": None}
    app = build({"index.md": "# Home\n\nHe said “yes.”\n“No,” she said—\n‘well’.\n"}, settings=settings)
    paragraph = BeautifulSoup((app.outdir / "index.html").read_text("utf-8"), "html.parser").select_one("article p")
    assert paragraph is not None
    assert paragraph.get_text().split() == ["He", "said", "“yes.”", "“No,”", "she", "said—", "‘well’."]


@pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")  # of others: MyST, serializinghtml
def test_other_builders_are_not_looked_through_for_text(build: Any) -> None:
    settings = {**SETTINGS, "language": "zh_CN", "folio_categories": {"networking": "网络"}}
    assert warnings_of(build(PAGES, builder="pickle", settings=settings)) == []


@pytest.mark.parametrize(
    "page", ["(ada)=\n# 林小样\n\n```{person} ada\n```\n", "# 首页\n\n```{person} ada\n:name: 林小样\n```\n"]
)
def test_conf_py_and_the_pages_give_the_person_one_name(build: Any, tmp_path: Path, page: str) -> None:
    pages = {"index.md": page}
    write_catalogs(tmp_path / "source", {"index": {"首页": "Home", "林小样": "Alex Sample"}})

    def warnings_with(**names: str) -> list[str]:
        settings = {**SETTINGS, "language": "en", "project": "林小样", "copyright": "2026, Alex Sample", **names}
        app = build(pages, settings=settings, folder="-".join(names.values()))
        return [line for line in warnings_of(app) if "folio.foreign_text" not in line]

    [line] = warnings_with(author="林小样", html_title="Alex Sample")
    assert line.endswith(
        "conf.py calls the person '林小样' in en (project, author), but the pages say 'Alex Sample'; write one name in"
        " conf.py and the catalog [folio.untranslated]"
    )
    [line] = warnings_with(project="Home", copyright="2026, 林小样")
    assert "(copyright)" in line
    assert warnings_with(project="Alex Sample") == []
    chinese = {**SETTINGS, "language": "zh_CN", "project": "林小样"}
    assert warnings_of(build(pages, settings=chinese, folder="chinese")) == []


def test_the_general_index_has_the_names_of_its_language(build: Any, tmp_path: Path) -> None:
    write_catalogs(tmp_path / "source", TRANSLATIONS)
    app = build(PAGES, settings=SETTINGS | {"language": "en", "html_use_index": True})
    page = BeautifulSoup((app.outdir / "genindex.html").read_text(encoding="utf-8"), "html.parser")
    links = [(link.text, link["href"]) for link in page.select("table.indextable a")]
    assert links == [("Container Network Interface", "part/page.html#skill_cni")]
