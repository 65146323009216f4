"""Adapt the SVG of a diagram to a page: remove its colors and fonts, remove unused parts, shorten numbers.

The style sheet of the site styles the result by the class names that Mermaid sets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
STYLED_TYPES = {"flowchart-v2", "flowchart", "sequence", "stateDiagram"}
"""The types of diagrams that ``folio-diagrams.css`` styles; other types keep their own style, on a light background."""
NUMERIC_ATTRIBUTES = frozenset(
    "d points transform x y x1 y1 x2 y2 dx dy cx cy r rx ry width height markerWidth markerHeight refX refY".split()  # noqa: SIM905
)
GEOMETRY_ATTRIBUTES = NUMERIC_ATTRIBUTES | {
    *("class", "viewBox", "text-anchor", "dominant-baseline", "marker-start", "marker-mid", "marker-end"),
    *("markerUnits", "orient", "href", "clip-rule", "fill-rule", "preserveAspectRatio"),
}
DEFINITIONS = {"marker", "symbol", "filter", "linearGradient", "radialGradient", "clipPath"}
"""Elements that have an effect only if another element refers to them."""
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_ANCHOR = re.compile(r"text-anchor:\s*(start|middle|end)")
_REFERENCE = re.compile(r"#([^)\s\"']+)")


def clean_up(svg: str, alt_text: str) -> str:
    """Return an SVG for a page: accessible, in its natural size in pixels, and without what the page does not need.

    Args:
        svg: The SVG as Merman renders it.
        alt_text: A text that replaces the diagram for screen readers; may be empty.
    """
    root = ET.fromstring(svg)  # noqa: S314  rendered by our own library, from the source of the page
    diagram_type = root.get("aria-roledescription", "")
    box = [float(number) for number in root.get("viewBox", "0 0 0 0").split()]
    is_styled = diagram_type in STYLED_TYPES
    if is_styled:
        _remove_style(root)
    _remove_unused(root)
    classes = ["folio-diagram", f"folio-diagram-{diagram_type}" if is_styled else "folio-diagram-own-style"]
    attributes = {
        "class": " ".join(classes),
        "viewBox": " ".join(f"{number:g}" for number in (round(number, 1) for number in box)),
        "width": f"{round(box[2])}",
        "height": f"{round(box[3])}",
        "font-size": f"{round(box[2])}",  # in the style sheet, 1em is the natural width
        "role": "img",
    }
    if alt_text:
        attributes["aria-label"] = alt_text
    if not is_styled and "id" in root.attrib:
        attributes["id"] = root.attrib["id"]  # the selectors of its own style sheet contain the id
    root.attrib = attributes
    for element in root.iter():
        for name in NUMERIC_ATTRIBUTES & element.attrib.keys():
            element.attrib[name] = _NUMBER.sub(lambda match: f"{round(float(match[0]), 1):g}", element.attrib[name])
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")


def _remove_style(root: ET.Element) -> None:
    """Remove style sheets, empty rectangles and all attributes except classes, ids, links and geometry."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}style" or _is_empty_rectangle(child):
                parent.remove(child)
    for element in root.iter():
        anchor = _ANCHOR.search(element.get("style", ""))
        attributes = {
            name: value for name, value in element.attrib.items() if name in GEOMETRY_ATTRIBUTES or name in {"id", LINK}
        }
        if anchor:
            attributes["text-anchor"] = anchor[1]
        element.attrib = attributes
    _unwrap_groups(root)


def _is_empty_rectangle(element: ET.Element) -> bool:
    return element.tag == f"{{{SVG}}}rect" and not ("width" in element.attrib and "height" in element.attrib)


def _unwrap_groups(parent: ET.Element) -> None:
    """Replace groups and spans without attributes by their content, recursively; remove empty groups."""
    for child in list(parent):
        _unwrap_groups(child)
        tag = child.tag.rpartition("}")[2]
        index = list(parent).index(child)
        if tag == "g" and not len(child):
            parent.remove(child)
        elif tag == "g" and not child.attrib:
            parent.remove(child)
            for offset, grandchild in enumerate(child):
                parent.insert(index + offset, grandchild)
        elif tag == "tspan" and set(child.attrib) <= {"class"} and parent.tag == child.tag and not len(child):
            _insert_text(parent, index, f"{child.text or ''}{child.tail or ''}")
            parent.remove(child)


def _insert_text(parent: ET.Element, index: int, text: str) -> None:
    """Insert text right before a child."""
    if index:
        previous = parent[index - 1]
        previous.tail = f"{previous.tail or ''}{text}"
    else:
        parent.text = f"{parent.text or ''}{text}"


def _remove_unused(root: ET.Element) -> None:
    """Remove definitions without references, then empty ``defs``, then ids without references."""
    used = {name for element in root.iter() for value in _references(element) for name in _REFERENCE.findall(value)}
    styles = "".join(element.text or "" for element in root.iter(f"{{{SVG}}}style"))
    for parent in list(root.iter()):
        for child in list(parent):
            tag = child.tag.rpartition("}")[2]
            if tag in DEFINITIONS and child.get("id") not in used:
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
    """Yield the values of attributes that may refer to an id."""
    for name, value in element.attrib.items():
        if value.startswith("url(") or name in {LINK, "href"} or name == "style":
            yield value
