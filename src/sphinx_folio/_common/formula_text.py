"""Write simple formulas in characters of Unicode, such as E = mc², for files that cannot show MathML.

Where Unicode has no characters, the text is that of UnicodeMath (https://www.unicode.org/notes/tn28/): ``x_(i,k)``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from docutils import nodes

from sphinx_folio._common.mathml import FormulaError, to_mathml

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUPERSCRIPTS = dict(zip("0123456789+-−=()n*′†∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ*′†°", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_ACCENTS = {"ˆ": "\u0302", "~": "\u0303", "ˉ": "\u0304", "˙": "\u0307"}
"""Sign above a letter → the combining character."""
_SIGNS = {"'": "′", "-": "−", "∗": "*", "∶": ":"}
_APPLICATION = "\u2061"
"""Stands between a function, such as ``log``, and its argument."""
_SPACE = "\u2005"
_INFIX = re.compile(r"[=<>:±×÷+\u2190-\u21ff\u2200-\u2224\u2226-\u22ff\u2a00-\u2aff]")
"""An operator with spaces around it; at the start of a formula, it has none."""
_WORD = re.compile(r"[∑∏∫]|[^\W\d_¹²³⁰-₎]{2}")
"""The start of a name or a large operator, with spaces around it."""
_WHOLE = re.compile(r"[∂√]?(?:[^\W_]|[\d.]+)[¹²³⁰-₎]*|\([^()]*\)")
"""What needs no parentheses in a fraction and below a root."""


def is_formula(node: nodes.Node) -> bool:
    """Return whether a node is a formula, within a sentence or on lines of its own."""
    return isinstance(node, nodes.math | nodes.math_block)


def with_formulas(node: nodes.Element) -> str:
    """Return the text of a node with its formulas in characters of Unicode."""
    if next(node.findall(is_formula), None) is None:
        return node.astext()
    copy = node.deepcopy()
    for formula in list(copy.findall(is_formula)):
        formula.parent.replace(formula, nodes.Text(formula_text(formula.astext())))
    return copy.astext()


@cache
def formula_text(source: str) -> str:
    """Return a formula in LaTeX in characters of Unicode; return its source if they cannot show it."""
    try:
        found = _text(ET.fromstring(to_mathml(source, is_block=True)))  # noqa: S314  it is our own markup
    except (FormulaError, ET.ParseError):
        return source
    return re.sub(r"\s+", " ", found).strip()


def script(text: str, *, raised: bool) -> str:
    """Return a superscript or a subscript in the characters of Unicode; empty if one of them is missing."""
    table = _SUPERSCRIPTS if raised else _SUBSCRIPTS
    return "".join(table.get(character, "") for character in text) if table.keys() >= {*text} else ""


def _text(element: ET.Element) -> str:
    """Return an element of MathML as text.

    Raises:
        FormulaError: Text cannot show it.
    """
    match _tag(element):
        case "math" | "mrow" | "mstyle" | "mpadded":
            return _row(element)
        case "msqrt":
            return "√" + _enclosed(_row(element))
        case "mspace":
            return "" if element.get("width", "").startswith("-") else _SPACE
        case "mtext":
            return _plain(element).replace(" ", _SPACE)
        case "mi" | "mn" | "mo":
            text = _plain(element)
            return _SIGNS.get(text, text)
        case tag:
            return _joined(tag, element.attrib, [_text(part) for part in element])


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _plain(element: ET.Element) -> str:
    """Return the text of an element; letters of a mathematical alphabet become ordinary ones, which fonts have."""
    text = element.text or ""
    return unicodedata.normalize("NFKC", text) if max(text, default="") >= "\U0001d400" else text


def _joined(tag: str, attributes: Mapping[str, str], parts: list[str]) -> str:
    """Return the text of a fraction, or of something with a script or an accent, from the texts of its parts."""
    match tag, parts:
        case "mfrac", [above, below] if "linethickness" not in attributes:
            return f"{_enclosed(above)}/{_enclosed(below)}"
        case "mover", [letter, sign] if "accent" in attributes and len(letter) == 1 and sign in _ACCENTS:
            return letter + _ACCENTS[sign]
        case (("msub" | "munder"), [base, below]) if "accent" not in attributes:
            return base + _as_script(below, raised=False)
        case (("msup" | "mover"), [base, above]) if "accent" not in attributes:
            return base + _as_script(above, raised=True)
        case (("msubsup" | "munderover"), [base, below, above]):
            return base + _as_script(below, raised=False) + _as_script(above, raised=True)
    raise FormulaError(tag)


def _row(row: ET.Element) -> str:
    """Return elements that follow each other, with the spaces that make them easy to read."""
    text, parts = "", [*row]
    for number, part in enumerate(parts):
        found, tag = _text(part), _tag(part)
        beside = parts[max(number - 1, 0) : number] + parts[number + 1 : number + 2]
        if tag == "mo" and _INFIX.match(found) and not _WORD.match(found):
            is_first = not text or text[-1] in " ([{⟨|/"
            text += found if is_first else f" {found} "
        elif tag == "mo" and found in {",", ";"}:
            text += f"{found} "
        elif tag != "mtext" and _WORD.match(found):
            text += f" {found} "
        elif tag in {"mfrac", "mstyle"} and "/" in found and any(_tag(other) != "mo" for other in beside):
            text += f"({found})"
        else:
            text += found
    text = re.sub(rf" *{_APPLICATION} *(?=[(\[])|(?<=\w) +(?=[(\[])", "", text).replace(_APPLICATION, " ")
    return re.sub(r" +(?=[ ,;)])", "", text).strip(" ")


def _enclosed(text: str) -> str:
    return text if _WHOLE.fullmatch(text) else f"({text})"


def _as_script(text: str, *, raised: bool) -> str:
    """Return a superscript or a subscript; what Unicode cannot raise or lower follows ``^`` or ``_``."""
    plain = text.replace(" ", "")
    is_word = re.fullmatch(r"[^\W_]+|.", plain)
    return script(plain, raised=raised) or ("^" if raised else "_") + (plain if is_word else f"({plain})")
