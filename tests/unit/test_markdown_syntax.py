"""Text that is written as Markdown is read back as the same text."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from sphinx_folio.export.formats import markdown

READER = MarkdownIt("gfm-like", {"linkify": False})
TEXTS = [
    "plain",
    "*emphasis* **strong** _under_ __score__ snake_case_name",
    "`code` ``more``",
    "a < b > c <b>bold</b> <https://example.org>",
    "&amp; &copy; & AT&T &#60;",
    "[link](target) ![image](target) [^1] [x]: y",
    "~~struck~~ ~once~",
    r"back\slash \* \\",
    "# heading",
    "####### seven",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "2023) item",
    "2023. Later",
    "> quotation",
    "---",
    "===",
    "***",
    "```",
    "~~~",
    "| a | b |",
    "Hi!",
    "中文*强调*，“引号”",
]


def soup_of(text: str) -> BeautifulSoup:
    return BeautifulSoup(READER.render(text), "html.parser")


@pytest.mark.parametrize("text", TEXTS)
def test_text_means_itself(text: str) -> None:
    soup = soup_of(markdown.paragraph(markdown.escaped(text)))
    assert [tag.name for tag in soup.find_all()] == ["p"]
    assert soup.get_text().strip() == text


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("mark", "tag"), [("**", "strong"), ("*", "em")])
def test_emphasis_ends_next_to_letters_of_any_script(text: str, mark: str, tag: str) -> None:
    soup = soup_of(f"前{markdown.emphasized(text, mark)}后")
    words = re.search(r"\w", text)
    assert len(soup.select(tag)) == bool(words)
    assert soup.get_text().strip() == f"前{text}后"


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("試験（FE）", "試験"),
        ("CKA (2021)", "CKA"),
        ("（甲）", "甲"),
        ("甲（乙）丙", "甲（乙）丙"),
        ("第「一」回（A、B）。", "第「一」回"),
    ],
)
def test_emphasis_does_not_end_within_parentheses(text: str, bold: str) -> None:
    soup = soup_of(f"前{markdown.emphasized(text, '**')}后")
    assert [found.get_text() for found in soup.select("strong")] == [bold]
    assert soup.get_text().strip() == f"前{text}后"


@pytest.mark.parametrize("text", ["a", "a`b", "`a`", "a``b`c", "``", "|", "a\\"])
def test_code_means_itself(text: str) -> None:
    [found] = soup_of(f"x {markdown.code(text)} y").select("code")
    assert found.get_text() == text
    [block] = soup_of(markdown.fenced(f"{text}\n```\n  last", "text")).select("pre > code.language-text")
    assert block.get_text() == f"{text}\n```\n  last\n"


@pytest.mark.parametrize("address", ["a.html#b", "https://example.org/a_(b)", "https://example.org/a b", "a?b=<c>|\\"])
def test_an_address_is_kept(address: str) -> None:
    [found] = soup_of(markdown.link("text", address)).select("a")
    escapes = {" ": "%20", "<": "%3C", ">": "%3E", "|": "%7C", "\\": "%5C"}
    assert found["href"] == "".join(escapes.get(character, character) for character in address)


@pytest.mark.parametrize("text", ["C#", "C #", "# #", "Plain", "1. First"])
def test_a_heading_is_kept(text: str) -> None:
    [found] = soup_of(markdown.heading(2, markdown.escaped(text))).select("h2")
    assert found.get_text() == text
    assert soup_of(markdown.heading(9, "deep")).select("h6")


def test_a_table_keeps_its_cells() -> None:
    rows = [["a|b", "c"], ["`d|e`", ""], ["", "|"]]
    soup = soup_of(markdown.table(rows))
    cells = [[cell.get_text() for cell in row.select("th, td")] for row in soup.select("tr")]
    assert cells == [["a|b", "c"], ["d|e", ""], ["", "|"]]


def test_items_keep_their_blocks() -> None:
    nested = markdown.item_list([("-", "in"), ("-", "side")])
    soup = soup_of(markdown.item_list([("1.", f"one\n{nested}"), ("2.", "two\n\n```text\na\n\n  b\n```"), ("3.", "")]))
    assert [item.get_text() for item in soup.select("ol > li ul > li")] == ["in", "side"]
    assert [block.get_text() for block in soup.select("ol > li pre")] == ["a\n\n  b\n"]
    assert len(soup.select("ol > li")) == 3
