"""A smaller style sheet means the same for the pages that use it."""

from __future__ import annotations

import pytest

from sphinx_folio.stylesheets import squeezed, without_unused


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
    ],
)
def test_rules_for_classes_that_no_page_has_go(css: str, expected: str) -> None:
    assert without_unused(css, {"sd-a"}, "sd-") == expected
