"""What a drawn diagram brings along and a page does not want: its own colours and fonts, unused parts, long numbers.

What is left is styled by the page's style sheet, by the class names that Mermaid gives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
STYLED = {"flowchart-v2", "flowchart", "sequence", "stateDiagram"}
"""The kinds that the style sheet knows; any other keeps its own style, on a light ground."""
POSITIONS = frozenset(
    (
        *("class", "d", "points", "transform", "viewBox", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy"),
        *("r", "rx", "ry", "width", "height", "text-anchor", "dominant-baseline", "marker-start", "marker-mid"),
        *("marker-end", "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient", "href", "clip-rule"),
        *("fill-rule", "preserveAspectRatio"),
    )
)
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_ANCHOR = re.compile(r"text-anchor:\s*(start|middle|end)")
_REFERENCE = re.compile(r"#([^)\s\"']+)")


def clean(picture: str, alternative: str) -> str:
    """Return a picture as it goes into a page: named for screen readers, as wide as it is drawn, and slim."""
    root = ET.fromstring(picture)  # noqa: S314  written by our own library, from the page's own source
    kind = root.get("aria-roledescription", "")
    box = [float(number) for number in root.get("viewBox", "0 0 0 0").split()]
    styled = kind in STYLED
    if styled:
        _strip(root)
    _drop_unused(root)
    classes = ["folio-diagram", f"folio-diagram-{kind}" if styled else "folio-diagram-own-style"]
    attributes = {
        "class": " ".join(classes),
        "viewBox": " ".join(f"{number:g}" for number in (round(number, 1) for number in box)),
        "width": f"{round(box[2])}",
        "height": f"{round(box[3])}",
        "role": "img",
    }
    if alternative:
        attributes["aria-label"] = alternative
    if not styled and "id" in root.attrib:
        attributes["id"] = root.attrib["id"]  # its own style sheet speaks of it
    root.attrib = attributes
    ET.register_namespace("", SVG)
    return _NUMBER.sub(lambda match: f"{round(float(match[0]), 1):g}", ET.tostring(root, encoding="unicode"))


def _strip(root: ET.Element) -> None:
    """Take out style sheets and every attribute that says how something looks, not where it is."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}style" or _is_empty(child):
                parent.remove(child)
    for element in root.iter():
        anchor = _ANCHOR.search(element.get("style", ""))
        kept = {name: value for name, value in element.attrib.items() if name in POSITIONS or name in {"id", LINK}}
        if anchor:
            kept["text-anchor"] = anchor[1]
        element.attrib = kept
    _flatten(root)


def _is_empty(element: ET.Element) -> bool:
    """Tell whether an element shows nothing: a rectangle without a size."""
    return element.tag == f"{{{SVG}}}rect" and not ("width" in element.attrib and "height" in element.attrib)


def _flatten(parent: ET.Element) -> None:
    """Put the content of groups and spans that say nothing in their place; drop groups without content."""
    for child in list(parent):
        _flatten(child)
        tag = child.tag.rpartition("}")[2]
        index = list(parent).index(child)
        if tag == "g" and not len(child):
            parent.remove(child)
        elif tag == "g" and not child.attrib:
            parent.remove(child)
            for offset, grandchild in enumerate(child):
                parent.insert(index + offset, grandchild)
        elif tag == "tspan" and set(child.attrib) <= {"class"} and parent.tag == child.tag and not len(child):
            _join_text(parent, index, f"{child.text or ''}{child.tail or ''}")
            parent.remove(child)


def _join_text(parent: ET.Element, index: int, text: str) -> None:
    """Add text to what stands before a child."""
    if index:
        before = parent[index - 1]
        before.tail = f"{before.tail or ''}{text}"
    else:
        parent.text = f"{parent.text or ''}{text}"


def _drop_unused(root: ET.Element) -> None:
    """Drop markers, symbols and the like that nothing refers to, and ids that nobody asks for."""
    used = {name for element in root.iter() for value in _references(element) for name in _REFERENCE.findall(value)}
    styles = "".join(element.text or "" for element in root.iter(f"{{{SVG}}}style"))
    for parent in list(root.iter()):
        for child in list(parent):
            tag = child.tag.rpartition("}")[2]
            idle = tag in {"marker", "symbol", "filter", "linearGradient", "radialGradient", "clipPath"}
            if idle and child.get("id") not in used:
                parent.remove(child)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}defs" and not len(child):
                parent.remove(child)
    for element in root.iter():
        name = element.get("id")
        if name and name not in used and f"#{name}" not in styles:
            del element.attrib["id"]


def _references(element: ET.Element) -> Iterator[str]:
    """Yield the attributes that refer to an id."""
    for name, value in element.attrib.items():
        if value.startswith("url(") or name in {LINK, "href"} or name == "style":
            yield value
