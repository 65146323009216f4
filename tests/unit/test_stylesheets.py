"""A smaller style sheet, and several in one, mean the same for the pages that use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_folio.stylesheets import can_be_joined, joined, moved, squeezed, without_unused


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("/* words */\na , b {\n  color : red ;\n}\n", "a,b{color : red}"),
        ('p::after { content: " {  ; } "; }', 'p::after{content: " {  ; } "}'),
        ("a { width: calc(1px + 2px); }", "a{width: calc(1px + 2px)}"),
        ("@media (min-width: 1em) { a { top: 0; } }", "@media (min-width: 1em){a{top: 0}}"),
        ("a > b c :is(d, e) { top: 0 }", "a>b c :is(d,e){top: 0}"),
    ],
)
def test_comments_and_spaces_go_and_strings_stay(css: str, expected: str) -> None:
    assert squeezed(css) == expected
    assert squeezed(expected) == expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".sd-a{top:0}.sd-b{top:1}.other{top:2}p{top:3}", ".sd-a{top:0}.other{top:2}p{top:3}"),
        (".sd-a,.sd-b{top:0}", ".sd-a{top:0}"),
        (".sd-a .sd-b{top:0}.sd-a>.x{top:1}", ".sd-a>.x{top:1}"),
        (".sd-a:not(.sd-b){top:0}", ".sd-a:not(.sd-b){top:0}"),
        ("@media print{.sd-b{top:0}}@media print{.sd-a{top:0}}", "@media print{.sd-a{top:0}}"),
        ("@keyframes x{from{top:0}}:root{--sd-x:1}", "@keyframes x{from{top:0}}:root{--sd-x:1}"),
        (":is(.sd-a,.sd-b) p{top:0}:is(.sd-b,.sd-c) p{top:0}", ":is(.sd-a,.sd-b) p{top:0}"),
        (":is(h1,h2) p{top:0}", ":is(h1,h2) p{top:0}"),
        ("p::after{content:'}'}.sd-b::after{content:\"{\"}p{top:0}", "p::after{content:'}'}p{top:0}"),
    ],
)
def test_rules_for_classes_that_no_page_has_go(css: str, expected: str) -> None:
    assert without_unused(css, {"sd-a"}, "sd-") == expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{top:0}", True),
        ('a::after{content:"}"}', True),
        ("a{background:url(data:image/svg+xml;base64,x)}", True),
        ("a{background:url(\"data:image/svg+xml,<svg fill='{'>\")}", True),
        (r".a\{b{top:0}", True),
        ("/* { */a{top:0}", True),
        ("", True),
        ("a{top:0", False),
        ("a{top:0}}", False),
        ("a{top:calc(1px}", False),
        ('a{content:"x', False),
        ("a{top:0}/* open", False),
        ('@import "x.css";', False),
        ('@charset "utf-8";a{top:0}', False),
        ("@NAMESPACE svg url(x);", False),
        ('a{background:image-set("x.png" 1x)}', False),
        ("a{background:image-set(url(x.png) 1x)}", True),
    ],
)
def test_a_style_sheet_can_be_joined_if_it_leaves_nothing_open_and_needs_no_first_place(
    css: str, *, expected: bool
) -> None:
    assert can_be_joined(css) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("url(x.svg)", "url(styles/x.svg)"),
        ("url( ./x.svg )", "url( styles/x.svg )"),
        ('url("../x y.svg?a#b")', 'url("x y.svg?a#b")'),
        ("url('../../x.svg')", "url('../x.svg')"),
        ("url(/x.svg)", "url(/x.svg)"),
        ("url(#mask)", "url(#mask)"),
        ("url(https://example.org/x.svg)", "url(https://example.org/x.svg)"),
        ("url(\"data:image/svg+xml,<svg mask='url(x)'/>\")", "url(\"data:image/svg+xml,<svg mask='url(x)'/>\")"),
        ('"url(x.svg)"', '"url(x.svg)"'),
        ("url()", "url()"),
    ],
)
def test_addresses_are_told_from_the_new_place(address: str, expected: str) -> None:
    assert moved(f"a{{b:{address}}}", "styles") == f"a{{b:{expected}}}"


def test_joined_sheets_keep_order_and_media() -> None:
    assert joined([("a{top:0}", ""), ("b{top:0}", "print and (width > 1em)"), ("", "print"), ("c{top:0}", "")]) == (
        "a{top:0}@media print and (width > 1em){b{top:0}}c{top:0}"
    )


def test_no_style_sheet_asks_for_what_crashes_webkit() -> None:
    """``text-wrap-style: pretty`` ends the page's process in WebKitGTK 2.50, and breaks lines badly with keep-all."""
    root = Path(__file__).resolve().parents[2]
    sheets = [*root.glob("src/**/*.css"), *root.glob("docs/**/*.css")]
    assert len(sheets) > 4
    assert [sheet.name for sheet in sheets if "pretty" in sheet.read_text(encoding="utf-8")] == []
