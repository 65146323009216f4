"""From the source of a diagram to its SVG, by Merman, which lays Mermaid diagrams out without a browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from sphinx_folio.diagrams.cleaning import clean

OPTIONS = {
    "htmlLabels": False,  # text as SVG text: no foreignObject, which printers and readers of pictures do not know
    "theme": "base",
    "look": "classic",
    "fontFamily": "arial, sans-serif",  # of which the library knows the widths; the style sheet asks for the same
    "themeVariables": {"fontSize": "15px"},
    "flowchart": {
        "htmlLabels": False,
        "padding": 12,
        "minNodeWidth": 64,
        "nodeSpacing": 30,
        "rankSpacing": 40,
        "wrappingWidth": 400,  # lines are broken by their author with <br/>; the library would cut through words
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
    },
}
"""Mermaid's own settings (mermaid.js.org/config/schema-docs/config.html), chosen for narrow columns and phones."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a diagram, and in which of its lines, counted from 1."""

    line: int
    message: str


def can_draw() -> bool:
    """Tell whether the library is there; it has no wheels for some machines."""
    return find_spec("merman") is not None


def problems(source: str) -> list[Problem]:
    """Return what keeps a diagram from being drawn; nothing for a right one."""
    report = json.loads(_engine().analyze_json(source, None))
    return [
        Problem(line=(found.get("span") or {}).get("line") or 1, message=found["message"])
        for found in report["diagnostics"]
        if found["severity"] == "error"
    ]


def draw(source: str, identifier: str, alternative: str) -> str:
    """Return a diagram as SVG for a page.

    Args:
        source: The diagram in Mermaid's words.
        identifier: What the ids in the picture begin with; two pictures on a page need two.
        alternative: What the picture shows, said in words.

    Raises:
        ValueError: The diagram cannot be drawn; the message says why.
    """
    from merman import MermanError  # noqa: PLC0415  the library is an extra

    try:
        picture = _engine().render_svg(source, json.dumps({"site_config": OPTIONS, "svg": {"diagram_id": identifier}}))
    except MermanError as error:
        raise ValueError(str(error)) from error
    return clean(picture, alternative)


@cache
def _engine() -> Any:
    """Return the library's engine: one for each process."""
    from merman import MermanEngine  # noqa: PLC0415  the library is an extra

    return MermanEngine(options_json=None, services=None)
