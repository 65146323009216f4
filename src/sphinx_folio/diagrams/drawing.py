"""Render the source of a diagram to SVG with Merman, an implementation of Mermaid that needs no browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from sphinx_folio.diagrams.svg_cleanup import clean_up

OPTIONS = {
    "htmlLabels": False,  # text as SVG text: many SVG viewers do not support HTML in foreignObject
    "theme": "base",
    "look": "classic",
    "fontFamily": "arial, sans-serif",  # Merman knows its character widths; folio-diagrams.css uses the same font
    "themeVariables": {"fontSize": "15px"},
    "flowchart": {
        "htmlLabels": False,
        "padding": 12,
        "minNodeWidth": 40,
        "nodeSpacing": 30,
        "rankSpacing": 40,
        "wrappingWidth": 400,  # wide: authors break lines with <br/>, and Merman would break within words
    },
    "sequence": {
        "actorMargin": 30,
        "width": 84,
        "height": 40,
        "messageMargin": 30,
        "diagramMarginX": 6,
        "diagramMarginY": 6,
        "mirrorActors": False,
        "actorFontSize": 15,
        "messageFontSize": 15,
        "noteFontSize": 15,
        "noteMargin": 14,
    },
}
"""Mermaid's own settings (mermaid.js.org/config/schema-docs/config.html), chosen for narrow columns and phones."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A syntax error in a diagram; lines are counted from 1."""

    line: int
    message: str


def can_draw() -> bool:
    """Return whether diagrams can be checked and rendered: Merman is installed. Some platforms have no wheel."""
    return find_spec("merman") is not None


def problems(source: str) -> list[Problem]:
    """Return the syntax errors of a diagram."""
    report = json.loads(_engine().analyze_json(source, None))
    return [
        Problem(line=(found.get("span") or {}).get("line") or 1, message=found["message"])
        for found in report["diagnostics"]
        if found["severity"] == "error"
    ]


def draw(source: str, id_prefix: str, alt_text: str) -> str:
    """Return a diagram as SVG for a page.

    Args:
        source: The diagram in the syntax of Mermaid.
        id_prefix: The prefix of all ids in the SVG; it must be unique on the page.
        alt_text: A text that replaces the diagram for screen readers; may be empty.

    Raises:
        ValueError: The diagram cannot be rendered; the message gives the reason.
    """
    from merman import MermanError  # noqa: PLC0415  optional dependency

    try:
        svg = _engine().render_svg(source, json.dumps({"site_config": OPTIONS, "svg": {"diagram_id": id_prefix}}))
    except MermanError as error:
        raise ValueError(str(error)) from error
    return clean_up(svg, alt_text)


@cache
def _engine() -> Any:
    """Return the engine of Merman; it is created once per process."""
    from merman import MermanEngine  # noqa: PLC0415  optional dependency

    return MermanEngine(options_json=None, services=None)
