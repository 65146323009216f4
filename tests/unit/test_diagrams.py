"""The SVG of a diagram: text, size, ids, accessibility and style; and the text of a diagram to translate."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from xml.etree import ElementTree as ET

import pytest

from sphinx_folio.diagrams.drawing import draw, problems
from sphinx_folio.languages.diagrams import find_labels, replace_labels

SVG = "{http://www.w3.org/2000/svg}"
FLOW = 'flowchart LR\n  a["A & B"] -->|"says hi"| b["C"]:::rounded\n'
SEQUENCE = "sequenceDiagram\n  participant A as Reader\n  A->>A: asks\n  loop until done\n    A->>B: waits\n  end\n"
STATES = 'stateDiagram-v2\n  [*] --> run: starts\n  state "At work" as run\n  run --> [*]: ends\n'


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (FLOW, ["A & B", "says hi", "C"]),
        (SEQUENCE, ["Reader", "asks", "waits", "until done"]),
        (STATES, ["starts", "At work", "ends"]),
    ],
    ids=["flowchart", "sequence", "state"],
)
def test_a_diagram_keeps_its_text_and_loses_its_colors(source: str, words: list[str]) -> None:
    root = ET.fromstring(draw(source, "one", "What it shows"))
    text = " ".join(" ".join(root.itertext()).split())
    for word in words:
        assert "".join(word.split()) in "".join(text.split())
    assert (root.get("role"), root.get("aria-label")) == ("img", "What it shows")
    assert not list(root.iter(f"{SVG}style")) + list(root.iter(f"{SVG}foreignObject"))
    assert {name for element in root.iter() for name in element.attrib} & {
        "style",
        "fill",
        "stroke",
        "font-family",
    } == set()


def test_classes_in_the_source_are_kept() -> None:
    assert re.search(r'class="[^"]*\brounded\b', draw(FLOW, "one", ""))


def test_an_svg_has_its_natural_size() -> None:
    root = ET.fromstring(draw(FLOW, "one", ""))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    assert abs(width - float(root.attrib["width"])) <= 0.5
    assert abs(height - float(root.attrib["height"])) <= 0.5
    assert "aria-label" not in root.attrib


def test_numbers_in_texts_are_not_rounded() -> None:
    svg = draw('flowchart LR\n  a["Python 3.11"] --> b["10.0.25.12"]\n', "one", "From 3.11 to 3.12")
    assert [word for word in ("Python 3.11", "10.0.25.12", "From 3.11 to 3.12") if word not in svg] == []
    shape = " ".join(value for element in ET.fromstring(svg).iter() for value in element.attrib.values())
    assert not re.search(r"\d\.\d{2}", shape.replace("From 3.11 to 3.12", ""))


def test_svgs_with_different_prefixes_share_no_ids() -> None:
    ids = [set(re.findall(r'\bid="([^"]+)"', draw(SEQUENCE, name, ""))) for name in ("one", "two")]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_ids_and_references_match() -> None:
    for source in (FLOW, SEQUENCE, STATES):
        svg = draw(source, "one", "")
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) == set(re.findall(r'\bid="([^"]+)"', svg))


def test_a_type_without_a_style_sheet_keeps_its_own_style() -> None:
    root = ET.fromstring(draw('pie title Share\n  "a" : 1\n  "b" : 2\n', "one", "A pie"))
    assert "folio-diagram-own-style" in root.attrib["class"]
    [style] = root.iter(f"{SVG}style")
    assert f"#{root.attrib['id']}" in (style.text or "")


@pytest.mark.parametrize(
    ("source", "line"), [("flowchart LR\n  a --> \n", 2), ("flowchrt LR\n  a --> b\n", 1), ("", 1)]
)
def test_a_syntax_error_has_a_line_and_a_message(source: str, line: int) -> None:
    [problem] = problems(source)
    assert problem.line == line
    assert problem.message
    with pytest.raises(ValueError, match=r"\w"):
        draw(source, "one", "")


def test_a_valid_diagram_has_no_problems() -> None:
    assert [problems(source) for source in (FLOW, SEQUENCE, STATES)] == [[], [], []]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('flowchart LR\n  a["池"] -->|"取"| b["池"]\n', ["池", "取", "池"]),
        ("sequenceDiagram\n  participant A as 读者\n  actor B as 店\n  A->>+B: 问；答: 好\n  Note over A,B: 注\n  loop 再试\n  A--xB: 停\n  end\n", ["读者", "店", "问；答: 好", "注", "再试", "停"]),
        ('stateDiagram-v2\n  [*] --> 新: 部署\n  state "运行中" as run\n  run:::rounded\n', ["部署", "运行中"]),
        ("flowchart LR\n  a --> b: c\n", []),
    ],
    ids=["quoted", "sequence", "state", "not of a flowchart"],
)  # fmt: skip
def test_the_words_of_a_diagram_are_found(source: str, expected: list[str]) -> None:
    assert [label.words for label in find_labels(source)] == expected


def test_translated_words_take_the_places_of_their_own() -> None:
    source = "sequenceDiagram\n  A->>B: 问\n  B->>A: 答\n"
    assert replace_labels(source, {"问": "ask; wait"}) == "sequenceDiagram\n  A->>B: ask#59; wait\n  B->>A: 答\n"
    assert (
        replace_labels('flowchart LR\n  a["池"]\n', {"池": 'a "pool"'}) == 'flowchart LR\n  a["a #quot;pool#quot;"]\n'
    )


def test_the_error_without_the_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sphinxcontrib.mermaid", None)
    monkeypatch.delitem(sys.modules, "sphinx_folio.diagrams")
    with pytest.raises(ModuleNotFoundError, match=r"pip install \"sphinx-folio\[diagrams\]\""):
        import_module("sphinx_folio.diagrams")
