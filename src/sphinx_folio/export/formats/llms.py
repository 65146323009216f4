"""The content of ``llms.txt``, an index of the site for language models, see https://llmstxt.org/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_folio.portfolio.queries.base import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLink:
    """A link to a page or file: its name, address and description."""

    name: str
    url: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSection:
    """A heading with links below it."""

    heading: str
    links: tuple[SiteLink, ...]


def llms_txt(title: str, summary: str, sections: Sequence[LinkSection]) -> str:
    """Return the content of the file: title, summary and sections; sections without links are left out."""
    lines = [f"# {_line(title)}"]
    if summary:
        lines += ["", f"> {_line(summary)}"]
    for section in sections:
        if section.links:
            lines += ["", f"## {_line(section.heading)}", ""]
            lines += [_item(link) for link in section.links]
    return "\n".join(lines) + "\n"


def _item(link: SiteLink) -> str:
    about = f": {shortened(link.about)}" if link.about else ""
    name = _line(link.name).replace("[", "\\[").replace("]", "\\]")
    return f"- [{name}]({link.url}){about}"


def _line(text: str) -> str:
    return " ".join(text.split())
