"""The OpenDocument text: what its readers get, in the order of the PDF, in styles that a person can edit."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.parsers import expat

import pytest
from bs4 import BeautifulSoup

from sphinx_folio.export.formats.odt import open_document
from sphinx_folio.export.formats.resume_document import Facts, Heading, ItemList, Paragraph, ResumeDocument, Run


def paragraph(*runs: Run) -> Paragraph:
    return Paragraph(line=runs)


INNER = ItemList(items=((paragraph(Run("inner")),),))
RESUME = ResumeDocument(
    name="林小样 & <Co>",
    title="简历",
    language="zh-CN",
    date="2026-01-02",
    role="工程师",
    keywords=("Go", "CNI"),
    contact=((Run("a@example.org", href="mailto:a@example.org"),), (Run("GitHub", href="https://github.com/x?a=1&b=2"),)),
    blocks=(
        Heading(level=1, line=(Run("工作经历"),)),
        Heading(level=2, line=(Run("样港 "), Run("Acme", language="en"))),
        Heading(level=8, line=(Run("deep"),)),
        Facts(parts=((Run("2020年"),), (Run("团队"),))),
        paragraph(Run("plain "), Run("bold", strong=True), Run(" "), Run("code", code=True), Run(" bad\x0b")),
        ItemList(numbered=True, start=2, items=((paragraph(Run("one")), INNER), (paragraph(Run("two", emphasis=True)),))),
        paragraph(Run("bold again", strong=True)),
    ),
)  # fmt: skip


def parts(resume: ResumeDocument = RESUME) -> dict[str, BeautifulSoup]:
    """Return the XML of a file by name; each must be well-formed."""
    with zipfile.ZipFile(BytesIO(open_document(resume))) as file:
        texts = {name: file.read(name) for name in file.namelist()}
    for name, text in texts.items():
        if name.endswith(".xml"):
            expat.ParserCreate().Parse(text, True)
    return {name: BeautifulSoup(text.decode().rpartition("?>")[2], "html.parser") for name, text in texts.items()}


def test_no_separator_ends_a_line() -> None:
    """A no-break space joins it with what follows."""
    facts = Facts(parts=((Run("2020"),), (Run("Lead"),)))
    prose = paragraph(Run("Paper"), Run(" | "), Run("2021"))
    blocks = (facts, prose, paragraph(Run("a | b", code=True)), ItemList(items=((facts,),)))
    found = parts(replace(RESUME, role="Lead · Coach", blocks=blocks))["content.xml"].find_all("text:p")
    fact, code = "2020 |\N{NO-BREAK SPACE}Lead", "a | b"
    assert [line.get_text() for line in found][1:] == [
        "Lead ·\N{NO-BREAK SPACE}Coach",
        "a@example.org |\N{NO-BREAK SPACE}GitHub",
        *(fact, "Paper |\N{NO-BREAK SPACE}2021", code, fact),
    ]


def test_the_text_is_that_of_the_resume_in_its_order() -> None:
    text = " ".join(parts()["content.xml"].find("office:body").stripped_strings)  # type: ignore[union-attr]
    assert text.replace(" | ", " | ").split() == [
        "林小样",
        "&",
        "<Co>",
        "工程师",
        "a@example.org",
        "|",
        "GitHub",
        "工作经历",
        "样港",
        "Acme",
        "deep",
        "2020年",
        "|",
        "团队",
        "plain",
        "bold",
        "code",
        "bad",
        "one",
        "inner",
        "two",
        "bold",
        "again",
    ]


def test_headings_lists_and_links_are_real() -> None:
    body = parts()["content.xml"]
    headings = [(found["text:outline-level"], found.get_text()) for found in body.find_all("text:h")]
    assert headings == [("1", "工作经历"), ("2", "样港 Acme"), ("6", "deep")]
    lists = [found["text:style-name"] for found in body.find_all("text:list")]
    assert lists == ["Numbers", "Bullets"]
    assert [item.get("text:start-value") for item in body.find_all("text:list-item")] == ["2", None, None]
    assert [item.find("text:p").get_text() for item in body.find_all("text:list-item")] == ["one", "inner", "two"]  # type: ignore[union-attr]
    links = [(link.get_text(), link["xlink:href"]) for link in body.find_all("text:a")]
    assert links == [("a@example.org", "mailto:a@example.org"), ("GitHub", "https://github.com/x?a=1&b=2")]


def test_every_style_that_is_used_is_defined() -> None:
    found = parts()
    defined = {
        str(style["style:name"])
        for name in ("content.xml", "styles.xml")
        for style in found[name].find_all(["style:style", "text:list-style"])
    }
    used = {
        str(node["text:style-name"]) for node in found["content.xml"].find_all() if node.has_attr("text:style-name")
    }
    assert used - defined == set()
    spans = {node.get_text(): str(node["text:style-name"]) for node in found["content.xml"].find_all("text:span")}
    assert spans["bold"] == spans["bold again"] != spans["code"] != spans["two"]


@pytest.mark.parametrize(
    ("language", "latin", "asian", "font"),
    [
        ("zh-CN", ("en", "US", ""), ("zh", "CN", ""), "Noto Sans CJK SC"),
        ("zh-Hant-TW", ("en", "US", ""), ("zh", "TW", "Hant"), "Noto Sans CJK TC"),
        ("ja", ("en", "US", ""), ("ja", "none", ""), "Noto Sans CJK JP"),
        ("de", ("de", "none", ""), ("", "", ""), "Noto Sans CJK SC"),
    ],
)
def test_each_script_has_its_language_and_font(
    language: str, latin: tuple[str, ...], asian: tuple[str, ...], font: str
) -> None:
    styles = parts(replace(RESUME, language=language))["styles.xml"]
    default_style: Any = styles.find("style:default-style")
    default = default_style.find("style:text-properties")
    names = ("language", "country", "script")
    assert default is not None
    assert tuple(default.get(f"fo:{name}", "") for name in names) == latin
    assert tuple(default.get(f"style:{name}-asian", "") for name in names) == asian
    assert default["style:font-name-asian"] == font


def test_a_language_from_right_to_left_has_its_direction() -> None:
    found = parts(replace(RESUME, language="he", blocks=(paragraph(Run("שפת C++")),)))
    modes = {
        node.get("style:writing-mode")
        for node in found["styles.xml"].find_all(lambda tag: tag.has_attr("style:writing-mode"))
    }
    assert modes == {"rl-tb"}
    default: Any = found["styles.xml"].find("style:default-style")
    assert default.find("style:text-properties")["style:language-complex"] == "he"
    assert "שפת \u200eC++\u200e" in found["content.xml"].get_text()


def test_the_file_has_its_type_properties_paper_and_the_same_bytes_each_time() -> None:
    data = open_document(RESUME)
    assert data == open_document(RESUME)
    assert data[38:].startswith(b"application/vnd.oasis.opendocument.text")  # where programs look for it
    found = parts()
    assert [keyword.get_text() for keyword in found["meta.xml"].find_all("meta:keyword")] == ["Go", "CNI"]
    assert found["styles.xml"].find("style:page-layout-properties")["fo:page-width"] == "210mm"  # type: ignore[index]
    listed = {entry["manifest:full-path"] for entry in found["META-INF/manifest.xml"].find_all("manifest:file-entry")}
    assert listed == {"/", "content.xml", "styles.xml", "meta.xml"}
    letter = parts(replace(RESUME, paper="us-letter"))["styles.xml"]
    assert letter.find("style:page-layout-properties")["fo:page-width"] == "8.5in"  # type: ignore[index]
