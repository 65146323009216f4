from __future__ import annotations

import pytest

from sphinx_folio._common.spelling import ascii_form, bare_key, several_keys
from sphinx_folio.directives.option_lines import bare_options, check_lines, open_fence, paragraphs
from sphinx_folio.portfolio.dates import likely_date


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("：，｛｝｀", ":,{}`"),
        ("２０２１－０８", "2021-08"),
        ("“go”", '"go"'),
        ("2021–08", "2021-08"),
        ("《a》", "<a>"),
    ],
)
def test_full_width_signs_have_ascii_forms(typed: str, meant: str) -> None:
    assert ascii_form(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["cni", "CNI", "“cni”", "「cni」", "ｃｎｉ", "[cni]", "`cni`", "~cni", "Text <cni>", "文字 ＜cni＞", " cni, "],
)
def test_a_key_is_found_in_what_is_around_it(typed: str) -> None:
    assert bare_key(typed) == "cni"


def test_several_keys_are_told_from_one() -> None:
    assert several_keys("go; cni") == ["go", "cni"]
    assert several_keys("go、cni") == ["go", "cni"]
    assert several_keys("go") == several_keys("go,") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2021/08", "2021-08"),
        ("2021.8.31", "2021-08-31"),
        ("2021年8月", "2021-08"),
        ("2021年", "2021"),
        ("202108", "2021-08"),
        ("08/2021", "2021-08"),
        ("August 2021", "2021-08"),
        ("Fall 2016", "2016"),
        ("2016年秋", "2016"),
        ("early 2016", "2016"),
        ("Q3 2016", "2016"),
        ("Winter 2016/17", ""),
        ("Aug. 31st, 2021", "2021-08-31"),
        ("31 August 2021", "2021-08-31"),
        ("2021-13", ""),
        ("Foo 2021", ""),
        ("2020 - 2021", ""),
        ("2021-08 - 2023-06", ""),
        ("2021-2023", ""),
        ("01/02/2021", ""),
        ("soon", ""),
    ],
)
def test_a_date_is_found_in_other_forms(typed: str, meant: str) -> None:
    assert likely_date(typed) == meant


KNOWN = ("skills", "start", "end")


@pytest.mark.parametrize(
    "lines",
    [
        ":skills: go",
        ":skills: go\n:start: 2020",
        "Text: more.",
        "Start: at 10:30.",
        "start of all",
        ":smile: is read by nobody here",
        ":skill:`go` is known",
        "start:2020",
        "skills",
        "",
        "\nskills: go",
    ],
)
def test_lines_that_are_right(lines: str) -> None:
    block = check_lines(f"```{{project}} p\n{lines}\n```", 1, KNOWN, ("skills", "start"))
    assert block.mistakes == ()


def test_an_option_may_go_on_in_restructuredtext() -> None:
    assert check_lines(".. project:: p\n   :skills: go,\n     cni\n   :start: 2020\n", 1, KNOWN, KNOWN).mistakes == ()


def test_options_that_are_meant_are_named() -> None:
    block = check_lines("```{project} p\nskills: go\n:start: 2020\n```", 7, KNOWN, ())
    assert [(mistake.line, mistake.option) for mistake in block.mistakes] == [(8, "skills")]
    assert block.names == {"skills", "start"}


def test_what_is_nested_is_no_paragraph() -> None:
    content = ["One", "more", "", "```{x}", ":end: 1", "", "```", "    code", "Two", "", ":::{y}", ":end:", ":::"]
    assert [(paragraph.number, paragraph.lines) for paragraph in paragraphs(content)] == [
        (0, ("One", "more")),
        (8, ("Two",)),
    ]


def test_one_line_alone_may_be_prose() -> None:
    assert bare_options(["skills: many"], KNOWN) == []
    assert bare_options(["skills: many", "and more"], KNOWN) == []
    assert bare_options(["skills: go", "start: 2020"], KNOWN) == ["skills", "start"]


@pytest.mark.parametrize(
    ("content", "opened"),
    [
        ("Text\n```{x}\n", 1),
        ("```{x}\n```\n```", 2),
        ("```{x}\n```", None),
        ("````{x}\n```\n````", None),
        ("```inline``` code", None),
        ("    ```{x}", None),
        ("~~~\n```\n~~~", None),
    ],
)
def test_a_fence_without_an_end_is_found(content: str, opened: int | None) -> None:
    found = open_fence(content.splitlines())
    assert (found.number if found else None) == opened
