"""One term for one thing, and one form of dates, on all Chinese pages; the words of the résumé are the owner's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sphinx_folio.languages.catalog_reader import read_catalog

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TERMS = {
    "fake client": r"假客户端|假 ?clientset",
    "测试套件": r"测试集",
    "限速": r"限流",
    "Namespace": r"(?<!网络)(?<!Linux )命名空间",
    "webhook": r"Webhook",
    "性能测试报告": r"(?<!性能)测试报告",
    "归属": r"日期与作者|附日期、作者",
    "PR": r"合并请求|拉取请求",
    "v0.5.1 的 84%": r"\d\s%",
    "2023 年 6 月 20 日": r"\d年|年\d|\d月|月\d",
}
"""Term → other forms of it, which pages do not use."""
MANUAL_TERMS = {
    "视图": r"视角",
    "摘录": r"节选",
    "示例": r"样例",
    "核对": r"核验",
    "设置": r"配置项",
    "文件夹": r"(?<!翻译)目录(?=里|中|下|必须|不得)",
    "应用于": r"“见于”",
    "程度": r"技能的?(?:级别|等级)",
}
"""Term → other forms of it, which the manual and the messages do not use in Chinese."""
RESUME_WORDS = (
    "2016年08月 - 2020年05月",
    "2021年08月 - 2023年06月",
    "2020年05月 - 2021年08月",
    "# Webhook",
    "{skill}`Webhook <webhook>`",
    "这是一份在 1000 Pod 启停场景下对比社区主流 CNI 的测试报告",
)
"""Words of the résumé, and the name of a skill in it."""


def other_forms(text: str) -> list[tuple[str, str]]:
    """Return the terms of which a text uses another form, and this form."""
    for words in RESUME_WORDS:
        text = text.replace(words, "")
    return [(term, match[0]) for term, form in TERMS.items() for match in re.finditer(form, text)]


def test_the_manual_and_messages_use_one_form_of_each_term() -> None:
    folders = (ROOT / "manual" / "locales", ROOT / "src" / "sphinx_folio" / "locales" / "zh_CN")
    catalogs = [path for folder in folders for path in sorted(folder.rglob("*.po"))]
    assert len(catalogs) > 15
    found = [
        (path.stem, term, message.id)
        for path in catalogs
        for message in read_catalog(path)
        for term, form in MANUAL_TERMS.items()
        if message.id and re.search(form, str(message.string))
    ]
    assert found == []


def test_pages_use_one_form_of_each_term() -> None:
    pages = sorted(DOCS.rglob("*.md"))
    assert len(pages) > 20
    texts = {page: re.sub(r"^```\{index\}.*$", "", page.read_text("utf-8"), flags=re.MULTILINE) for page in pages}
    found = {str(page.relative_to(DOCS)): other_forms(text) for page, text in texts.items()}
    assert {page: forms for page, forms in found.items() if forms} == {}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("两个假客户端", "fake client"),
        ("Pod 的命名空间", "Namespace"),
        ("准入 Webhook", "webhook"),
        ("附测试报告", "性能测试报告"),
        ("2023年6月", "2023 年 6 月 20 日"),
    ],
)
def test_another_form_is_found(text: str, term: str) -> None:
    assert term in [wrong for wrong, _form in other_forms(text)]


def test_words_of_the_resume_and_other_namespaces_are_none() -> None:
    assert other_forms("精通 {skill}`Webhook <webhook>`；网络命名空间；Linux 命名空间；2023 年 6 月") == []


def test_dates_have_one_form_in_listings_too(site: Path, site_pages: Any) -> None:
    """The pages of the résumé are left out: their dates are the owner's words."""
    found = {}
    for name in site_pages.chinese:
        if not name.startswith(("sphinx-folio/", "resume")):
            text = BeautifulSoup((site / name).read_text("utf-8"), "html.parser").get_text()
            found[name] = re.findall(r"\d{4}年|年\d{1,2}月|\d{1,2}月\d{1,2}日", text)
    assert len(found) > 20
    assert {name: dates for name, dates in found.items() if dates} == {}
