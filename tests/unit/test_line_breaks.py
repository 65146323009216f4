"""Where lines may break in names and quantities."""

from __future__ import annotations

import pytest

from sphinx_folio.doctree.line_breaks import set_line_breaks


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("CustomResourceDefinition", ["Custom", "Resource", "Definition"]),
        ("ReservedIPManager", ["Reserved", "IP", "Manager"]),
        ("pkg/reservedipmanager", ["pkg/", "reservedipmanager"]),
        ("controller-runtime", ["controller-", "runtime"]),
        ("performance-zh_CH.md", ["performance-", "zh_", "CH.", "md"]),
        ("https://example.org/?a=b&amp;c", ["https://example.", "org/?a=b&amp;c"]),
        ("spiderpool-v0.5.1", ["spiderpool-", "v0.5.1"]),  # a version stays whole
        ("2023-05-31T00:00:00", ["2023-05-31T00:00:00"]),
        ("--fail-on-warning", ["--fail-", "on-", "warning"]),
        ("StatefulSet", ["StatefulSet"]),  # short
        ("Kubernetes StatefulSet", ["Kubernetes StatefulSet"]),
    ],
)
def test_a_long_name_breaks_between_its_parts(text: str, parts: list[str]) -> None:
    assert set_line_breaks(text).split("<wbr/>") == parts


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("到 2023 年 5 月 31 日", ["2023 年", "5 月", "31 日"]),
        ("2021年08月", ["2021年08月"]),
        ("1 年 11 个月", ["1 年", "11 个月"]),
        ("占 34 %，1,000 个 Pod", ["34 %", "1,000 个"]),
        ("IPv4 双栈，v0.5.1 版", []),  # names, not numbers
        ("自 v0.6.0-rc2 起", ["v0.6.0-rc2"]),
        ("#413 · 2022-07-11", ["2022-07-11"]),
        ("3 Pods", []),
        ("#155 第一版", []),
        ("#562 保留地址", []),
        ("2023\u00a0年\u00a05\u00a0月", []),  # cannot be broken anyway
    ],
)
def test_a_number_stays_with_its_unit(text: str, quantities: list[str]) -> None:
    marked = set_line_breaks(text)
    assert [part.partition("</span>")[0] for part in marked.split('<span class="folio-quantity">')[1:]] == quantities


@pytest.mark.parametrize("separator", ["|", "·"])
def test_a_separator_stays_with_what_is_before_it(separator: str) -> None:
    assert set_line_breaks(f"a {separator} b") == f"a\u00a0{separator} b"


def test_tags_do_not_change() -> None:
    tag = '<a href="https://example.org/CustomResourceDefinition">'
    assert set_line_breaks(f"{tag}x</a>") == f"{tag}x</a>"
