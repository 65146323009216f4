from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_folio._common.i18n import language_tag
from sphinx_folio.cli.catalog_report import report
from sphinx_folio.languages.catalogs import references
from sphinx_folio.languages.pages import foreign_texts
from sphinx_folio.languages.settings import own_name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", []),
        ("{skill}`go` and {skill}`the language <go>`", ["skill:go", "skill:go"]),
        (":skill:`go` and :folio:skill:`the language <go>`", ["folio:skill:go", "skill:go"]),
        ("write `{folio:x}`: without `y`, `a:b: c`, and ``:doc:`z` ``", []),
        ("`a`{raw}`<b>`", ["raw:b"]),
        ("{external+x:folio:skill}`go`", ["external+x:folio:skill:go"]),
        ("见 <https://example.org/a>。", ["https://example.org/a"]),
        ("See https://example.org/a. Then", ["https://example.org/a"]),
        ("[text](../page.md) and [one](https://example.org)", ["../page.md", "https://example.org"]),
        ("mailto:a@example.org", ["mailto:a@example.org"]),
        ("`text <javascript:alert(1)>`__ and <ftp://example.org/x>", ["ftp://example.org/x", "javascript:alert(1)"]),
        ("Data: 5 TB, in JavaScript: fine, https: or mailto:.", []),
        ("line<br/>\nand <span  class='a'\nid=b>", ["<br/>", "<span class='a' id=b>"]),
        ("`<name>`, ``<b> ` <i>`` and \\`<b>", ["<b>"]),
        ("1 < 2 > 0, a<b, R&D; x", []),
        ("a&nbsp;b &#x41; <!-- c -->", ["&#x41;", "&nbsp;", "<!-- c -->"]),
    ],
)
def test_references_are_found_in_both_markups(text: str, found: list[str]) -> None:
    assert sorted(references(text).elements()) == found


PAGE = '<html lang="{}"><head><title>{}</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<article><p>Text.</p></article>", []),
        ("<article><p>一段中文。</p></article>", ["一段中文。"]),
        ('<article><p>A name (<span lang="zh-CN">一个名字</span>).</p></article>', []),
        ('<article lang="zh-CN"><p>All <b>中文</b>.</p></article><p>后</p>', ["后"]),
        ("<article><p>&#x4e2d;</p></article>", ["中"]),
        ('<p title="提示">Text</p>', ["提示"]),
        ('<img alt="图">', ["图"]),
        ('<input placeholder="搜索"><br>', ["搜索"]),
        ('<a aria-label="链接" lang="zh">中文</a>', []),
        ("<code>变量</code><script>'脚本'</script><style>/* 样式 */</style>", ["变量"]),
        ('<p lang="fr">中</p>', ["中"]),
        ("<p>Full－width，</p>", ["Full－width，"]),
        ('<span translate="no">道客</span>', []),
        ("<p>un<br>closed <b>tags</p><p>中</p>", ["中"]),
    ],
)
def test_han_on_a_page_without_it_is_found_unless_marked(body: str, found: list[str]) -> None:
    assert [text.text for text in foreign_texts(PAGE.format("en", "Title", body), "en", set())] == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<article><p>Prose may name Kubernetes.</p></article>", []),
        ("<nav>Next</nav>", ["Next"]),
        ("<nav>Kubernetes · 下一页</nav>", []),
        ("<label>Toggle navigation of 项目</label>", ["Toggle navigation of 项目"]),
        ('<article><a title="Link to this heading">¶</a></article>', ["Link to this heading"]),
        ('<article><a class="reference internal" title="pondkit.Pool">Pool</a></article>', []),
        ('<a lang="en" hreflang="en">English</a>', []),
        ("<footer>© 2026</footer>", []),
        ("<nav><code>make html</code></nav>", []),
    ],
)
def test_english_in_the_interface_of_a_chinese_page_is_found(body: str, found: list[str]) -> None:
    page = PAGE.format("zh-CN", "Kubernetes - 网站", body)
    assert [text.text for text in foreign_texts(page, "zh_CN", {"Kubernetes"})] == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ko", "『파이썬』을 썼다(大韓民國).", []),
        ("ko", "「", []),
        ("ko", "一段中文。", ["一段中文。"]),
        ("yue", "一段中文。", []),
        ("ru", "「Книга」", ["「Книга」"]),
    ],
)
def test_korean_has_brackets_of_full_width(language: str, text: str, found: list[str]) -> None:
    page = PAGE.format(language, "1", f"<article><p>{text}</p></article>")
    assert [text.text for text in foreign_texts(page, language, set())] == found


def test_a_foreign_text_is_told_with_its_line() -> None:
    [text] = foreign_texts(PAGE.format("en", "Title", "\n\n<p>中</p>"), "en", set())
    assert text.line == 3


@pytest.mark.parametrize(
    ("language", "name"), [("zh_CN", "中文"), ("en", "English"), ("de", "Deutsch"), ("fr", "Français")]
)
def test_a_language_is_called_as_it_calls_itself(language: str, name: str) -> None:
    assert own_name(language) == name


@pytest.mark.parametrize(
    ("language", "tag"),
    [("en", "en"), ("pt_BR", "pt-BR"), ("sr@latin", "sr-Latn"), ("sr_RS@latin", "sr-Latn-RS"), ("ca@valencia", "ca-valencia")],
)  # fmt: skip
def test_a_language_has_the_tag_of_the_web(language: str, tag: str) -> None:
    assert language_tag(language) == tag


@pytest.mark.parametrize(
    ("languages", "names"),
    [
        (["en", "zh_CN", "zh_TW"], ["English", "简体中文", "繁體中文"]),
        (["pt_BR", "pt_PT"], ["Português (Brasil)", "Português europeu"]),
        (["en", "en_GB"], ["English", "British English"]),
        (["sr", "sr@latin"], ["Српски", "Srpski (latinica)"]),
    ],
)
def test_languages_with_the_same_name_are_told_apart(languages: list[str], names: list[str]) -> None:
    assert [own_name(language, languages) for language in languages] == names


def test_a_translator_is_told_what_to_do(tmp_path: Path) -> None:
    catalog = tmp_path / "en" / "LC_MESSAGES" / "index.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "一 {skill}`go`"\nmsgstr "one <b>"\n\nmsgid "二"\nmsgstr ""\n\n#, fuzzy\nmsgid "三"\nmsgstr "there"\n',
        encoding="utf-8",
    )
    broken = catalog.with_name("work.po")
    broken.write_text('msgid "一"\nmsgstr "one"\nfoo\n', encoding="utf-8")
    short = catalog.with_name("short.po")
    short.write_text('msgid "一"\nmsgstr "one"\n', encoding="utf-8")
    assert report(tmp_path) == [
        f"{catalog}:4: lacks skill:go: 一 {{skill}}`go`",
        f"{catalog}:4: adds <b>: 一 {{skill}}`go`",
        f"{catalog}:11: unsure: 三",
        f"{catalog}:7: missing: 二",
        f"{catalog}: strings: 3, missing: 1, unsure: 1",
        f"{short}: strings: 1, missing: 0, unsure: 0",
        f"{broken}:3: 'foo' is neither a comment nor a part of a message",
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_lines_are_right_whether_or_not_the_article_is_parsed(language: str) -> None:
    for inside, count in (("\n<p>\nx</p>\n", 1), ('\n<p title="Words 中">\nx</p>\n', 2)):
        body = f"<article>{inside}</article>\n<p>中 words</p>"
        lines = [text.line for text in foreign_texts(PAGE.format(language, "标题", body), language, {"Title"})]
        assert (len([line for line in lines if line > 1]), lines[-1]) == (count, 5)
