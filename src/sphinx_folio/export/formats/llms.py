"""A site's map for language models, by the convention of https://llmstxt.org/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_folio.portfolio.queries.base import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page or file: its name, address and description."""

    name: str
    url: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A section of links with its heading."""

    heading: str
    places: tuple[Place, ...]


def llms_txt(title: str, summary: str, chapters: Sequence[Chapter]) -> str:
    """Return the file: title, summary and links by section; empty sections are left out."""
    lines = [f"# {_line(title)}"]
    if summary:
        lines += ["", f"> {_line(summary)}"]
    for chapter in chapters:
        if chapter.places:
            lines += ["", f"## {_line(chapter.heading)}", ""]
            lines += [_item(place) for place in chapter.places]
    return "\n".join(lines) + "\n"


def _item(place: Place) -> str:
    about = f": {shortened(place.about)}" if place.about else ""
    name = _line(place.name).replace("[", "\\[").replace("]", "\\]")
    return f"- [{name}]({place.url}){about}"


def _line(text: str) -> str:
    return " ".join(text.split())
