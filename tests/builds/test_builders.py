"""All builders of Sphinx write the pages without warnings; translations apply to names and listings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from sphinx_folio.doctree.check_labels import MARKS

if TYPE_CHECKING:
    from pathlib import Path

BUILDERS = ["html", "dirhtml", "singlehtml", "text", "man", "epub", "latex", "texinfo", "xml", "pseudoxml", "gettext"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_builder_stays_silent(builder: str, build: Any, pages: dict[str, str]) -> None:
    settings = {"version": "1", "copyright": "Ada", "project": "Portfolio"}
    app = build(pages, builder=builder, settings=settings)
    assert app.warning.getvalue() == ""


def test_plain_text_reads_well(build: Any, restructuredtext: dict[str, str]) -> None:
    app = build(restructuredtext, builder="text")
    assert (app.outdir / "work.txt").read_text("utf-8") == (
        "Work\n****\n\n\n"
        "Acme\n====\n\n"
        "Engineer | Aug 2021 – Jun 2023 | 1 yr 11 mos\n\nGo\n\n\n"
        "Pool\n----\n\n"
        "Gives out addresses.\n\n"
        "client → allocator → pool, log\n\n"
        "Position:\n   Acme · Engineer\n\n"
        "Period:\n   Jan 2022 – Jun 2023\n\n"
        "Written in:\n   Go\n\n"
        "Links:\n   Repository\n\n"
        "Sources:\n   1 (all by the team)\n\n"
        "Skills:\n   CNI\n\n"
        "Sources (1)\n\n* Release Pool 1.0 | Jun 1, 2022 | Team\n\n"
        "Gave out *1000* addresses in a minute.\n\nCNI\n\n"
        "Sources (1)\n\n* Release Pool 1.0 | Jun 1, 2022 | Team\n\n\n"
        "School\n======\n\nBachelor | Mathematics | 2010 – 2014\n"
    )


def test_a_man_page_shows_no_anchors_and_separates_all_paragraphs(build: Any, restructuredtext: dict[str, str]) -> None:
    box = "\n\nSee :doc:`work`.\n\n.. container:: box\n\n   First.\n\n   Second.\n"
    pages = restructuredtext | {"home.rst": restructuredtext["home.rst"] + box}
    app = build(pages, builder="man", settings={"project": "Portfolio"})
    text = (app.outdir / "portfolio.1").read_text("utf-8")
    assert "I know Go and the interface" in text
    assert ".sp\nSee Work\\&.\n.sp\nFirst.\n.sp\nSecond.\n" in text
    assert ".UNINDENT\n.sp\nUsed in\n" in text
    assert "<>" not in text
    assert "<#" not in text


def test_tables_in_plain_text_have_whole_words(build: Any, restructuredtext: dict[str, str]) -> None:
    app = build(restructuredtext, builder="text")
    lines = (app.outdir / "proof.txt").read_text("utf-8").splitlines()
    header = next(line.split() for line in lines if "Whose work" in line)
    assert header == ["|", "Source", "|", "Type", "|", "Date", "|", "Whose", "work", "|", "Supports", "|"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_table_with_groups_causes_no_warnings(builder: str, build: Any) -> None:
    proof = (
        ".. evidence:: r{0}\n   :kind: release\n   :title: R{0}\n   :url: https://example.org/{0}\n   :by: own\n"
        "   :skills: go\n\n"
    )
    proofs = "".join(map(proof.format, range(12)))
    text = f"Go\n==\n\n.. skill:: go\n   :category: languages\n\n{proofs}.. evidence-table::\n"
    app = build({"index.rst": text}, builder=builder, settings={"version": "1", "copyright": "Ada"})
    assert app.warning.getvalue() == ""


@pytest.mark.parametrize("builder", ["latex", "texinfo"])
def test_links_in_a_document_have_targets(builder: str, build: Any, restructuredtext: dict[str, str]) -> None:
    table = "Minor\n-----\n\n.. skill-table::\n\n   .. skill:: c\n      :name: C\n      :category: languages\n"
    home = restructuredtext["home.rst"].replace("the interface", "It") + "\nTerm\n   Needs :skill:`c`.\n"
    skills = restructuredtext["skills.rst"] + table
    app = build({**restructuredtext, "home.rst": home, "skills.rst": skills}, builder=builder)
    [text] = [
        path.read_text(encoding="utf-8") for path in app.outdir.glob("*.tex*") if path.suffix in {".tex", ".texi"}
    ]
    if builder == "texinfo":
        assert "@w{ " not in text  # with which Sphinx writes missing anchors
        return
    links, targets = (
        set(re.findall(rf"\\{name}[\[{{]\\detokenize{{([^}}]*)}}", text)) for name in ("hyperref", "label")
    )
    assert {"skills:skill_c", "skills:skill_cni", "home:mention_c", "work:highlight_pool-fast"} <= links <= targets


def test_only_the_first_column_of_a_table_is_a_header_in_latex(build: Any, restructuredtext: dict[str, str]) -> None:
    app = build(restructuredtext, builder="latex")
    [text] = [path.read_text(encoding="utf-8") for path in app.outdir.glob("*.tex")]
    row = next(row for row in text.split("\\\\\n") if "The allocator" in row and "tabulary" not in row)
    assert [r"\sphinxstyletheadfamily" in cell for cell in row.split("\n&")] == [True, False, False, False, False]


def text_of_latex(app: Any) -> str:
    [path] = app.outdir.glob("*.tex")
    return str(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
def test_latex_has_no_mark_that_its_fonts_lack(engine: str, build: Any, restructuredtext: dict[str, str]) -> None:
    marks = "".join(MARKS.values())
    home = restructuredtext["home.rst"] + f"\nMarks: {marks} → ✓\n"
    settings = {"folio_level_scale": True, "latex_engine": engine}
    app = build({**restructuredtext, "home.rst": home}, builder="latex", settings=settings)
    assert app.warning.getvalue() == ""
    text = text_of_latex(app)
    assert not {*text} & {*marks}  # XeLaTeX sets links in italic, and the italic of its default font lacks the marks
    if engine == "pdflatex":
        assert {character for character in text if ord(character) > 255} <= {*"–—‘’“”…"}
    assert r"\(\bullet\)\(\circ\)" in text


def test_pictures_that_latex_cannot_include_become_their_texts(build: Any) -> None:
    pictures = {"a.webp": "A boat", "b.SVG": "A car", "c.png": "A tree", "d.webp": "", "e.eps": "A map"}
    options = {name: f"   :alt: {text}\n" if text else "" for name, text in pictures.items()}
    text = "Home\n====\n\n" + "".join(f".. image:: {name}\n{options[name]}\n" for name in pictures)
    text += ".. figure:: a.webp\n   :alt: A ship\n   :target: https://example.org\n\n   The caption.\n"
    app = build({"index.rst": text, **dict.fromkeys(pictures, "")}, builder="latex")
    assert app.warning.getvalue() == ""
    found = text_of_latex(app)
    assert re.findall(r"\\sphinxincludegraphics{{(.*?)}", found) == ["c", "e"]
    assert all(part in found for part in ("\nA boat\n", "\nA car\n", "A ship", "The caption."))
    assert not [path for path in app.outdir.iterdir() if path.suffix.lower() in {".webp", ".svg"}]


def test_the_columns_of_a_long_table_are_as_wide_as_their_contents(build: Any) -> None:
    proof = ".. evidence:: r{0}\n   :kind: release\n   :title: A rather long name of release {0}\n   :url: https://example.org/{0}\n   :by: own\n\n"
    text = "Home\n====\n\n" + "".join(map(proof.format, range(40))) + ".. evidence-table::\n"
    found = text_of_latex(build({"index.rst": text}, builder="latex"))
    [columns] = re.findall(r"\\begin{longtable}{(.*)}", found)
    title, kind, *_others = [int(width) for width in re.findall(r"\\X{(\d+)}", columns)]
    assert title > 2 * kind > 0


@pytest.mark.parametrize("long", [True, False])
def test_the_columns_of_a_long_table_around_another_table_are_those_of_its_own(long: bool, build: Any) -> None:
    inner = "   * - .. list-table::\n\n          * - a\n            - b\n            - c\n     - words\n"
    rows = "   * - one\n     - several words\n" * (40 if long else 3)
    text = f"Home\n====\n\n.. list-table::\n   :class: folio-mine\n\n{inner}{rows}"
    found = text_of_latex(build({"index.rst": text}, builder="latex"))
    assert len(re.findall(r"\\begin{longtable}{.*\\X{\d+}.*\\X{\d+}", found)) == long


def test_a_long_table_without_a_row_of_single_cells_keeps_its_columns(build: Any) -> None:
    text = "Home\n====\n\n.. rst-class:: folio-mine\n\n+---+---+\n" + "| a     |\n+---+---+\n" * 40
    assert "longtable" in text_of_latex(build({"index.rst": text}, builder="latex"))


TRANSLATED = {
    "skills": {"Skills": "技能", "Go": "Go 语言", "working": "熟悉", "CNI": "容器网络接口", "Since 2015.": "自 2015 年。",
               "Golang, Go language": "Golang, Go"},
    "work": {"Pool": "地址池", "Acme": "某公司", "Engineer": "工程师", "Gives out addresses.": "分配地址。",
             "client → allocator → pool | log": "客户端 → 分配器 → 池 | 日志",
             "Mathematics": "数学", "Bachelor": "本科"},
    "home": {"Network engineer": "网络工程师", "Ada Example": "艾达"},
}  # fmt: skip


def write_catalogs(folder: Path) -> None:
    for name, messages in TRANSLATED.items():
        path = folder / "locales" / "zh_CN" / "LC_MESSAGES" / f"{name}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = "\n".join(f'msgid "{message}"\nmsgstr "{text}"\n' for message, text in messages.items())
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        path.write_text(header + entries, encoding="utf-8")


def test_all_texts_of_an_entry_can_be_translated_but_no_labels_of_the_extension(
    build: Any, pages: dict[str, str]
) -> None:
    app = build(pages, builder="gettext")
    for name, messages in TRANSLATED.items():
        with (app.outdir / f"{name}.pot").open("rb") as file:
            found = {message.id for message in read_po(file)}
        assert messages.keys() <= found
        assert not {"Level", "Position", "Links", "Written in", "Period", "Used in"} & found


@pytest.mark.parametrize("parallel", [1, 2])
def test_names_are_translated_everywhere(build: Any, pages: dict[str, str], tmp_path: Path, parallel: int) -> None:
    write_catalogs(tmp_path / "source")
    settings = {"language": "zh_CN", "locale_dirs": ["locales"]}
    app = build(pages, settings=settings, parallel=parallel)
    assert app.warning.getvalue() == ""
    found = app.env.domains["folio"].portfolio()
    assert found.find("skill", "go").name == "Go 语言"
    assert (found.find("skill", "go").level, found.find("skill", "go").level_label) == ("working", "熟悉")
    assert found.find("skill", "go").keywords == ("Golang", "Go")
    assert found.find("skill", "cni").name == "容器网络接口"
    assert found.find("education", "school").study_type == "本科"
    assert found.find("person", "ada").label == "网络工程师"
    home = BeautifulSoup((app.outdir / "home.html").read_text("utf-8"), "html.parser")
    card = home.select_one(".folio-cards > li")
    assert card is not None
    text = card.get_text().replace("\N{NO-BREAK SPACE}", " ")
    for part in ("地址池", "某公司 · 工程师", "2022年1月 – 2023年6月", "分配地址。", "Go 语言", "、", "容器网络接口"):
        assert part in text
    assert [box.get_text() for box in card.select(".folio-box")] == ["客户端", "分配器", "池", "日志"]
    assert "1 条（团队成果）" in text
    assert "Golang、Go" in (app.outdir / "skills.html").read_text("utf-8")
    work = BeautifulSoup((app.outdir / "work.html").read_text("utf-8"), "html.parser").get_text()
    for part in ("职位", "时间", "语言", "技能", "链接", "仓库", "1年11个月", "分配器"):
        assert part in work


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_lines_in_one_node_have_the_same_html_as_standard_nodes(
    build: Any, contents: Any, pages: dict[str, str], builder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = '<a@b> & "c" — 双栈'
    named = {name: text.replace("Pool\n~~~~", "Pool\n" + "~" * 20) for name, text in pages.items()}
    named = {name: text.replace("Pool", odd).replace("CNI", "C@I & <b>") for name, text in named.items()}
    settings = {"html_theme": "furo"}
    ours = build(named, builder=builder, settings=settings)
    lines = (ours.outdir / ("skills/index.html" if builder == "dirhtml" else "skills.html")).read_text("utf-8")
    assert "C&#64;I &amp; &lt;b&gt;" in lines
    monkeypatch.setattr("sphinx_folio.listings.LINE_BUILDERS", ())
    plain = build({}, builder=builder, settings=settings, folder="plain")
    assert ours.warning.getvalue() == plain.warning.getvalue() == ""
    assert contents(ours.outdir) == contents(plain.outdir)
