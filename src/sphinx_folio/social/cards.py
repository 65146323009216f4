"""Render social cards and icons to PNG with Typst; a package provides the fonts, also for Chinese."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast
from unicodedata import category, name, normalize

from sphinx_folio._common.typesetting import FAMILIES, load_fonts

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES = Path(__file__).parent / "templates"
WIDTH, HEIGHT = 1200, 630
"""The size of a card in pixels, as social networks recommend."""
TOUCH_ICON = 180
"""The size in pixels of the icon on the home screen of an iPhone (``apple-touch-icon``)."""
PIXELS_PER_INCH = 72
"""At this resolution, a point in a template is a pixel."""
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "DEVANAGARI", "CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "HANGUL")
"""The scripts of the built-in fonts, as the names of their letters begin in Unicode."""
FIRST_OTHER = 0x530
"""The first code point after the blocks of Latin, Greek and Cyrillic, whose letters have names of many kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The content of a card. The template ``card.typ`` reads the fields by their names."""

    site: str
    """The title of the site."""
    title: str
    """The title of the page."""
    text: str
    """The description of the page."""
    address: str
    """The URL of the page, without ``https://``."""
    accent: str
    """The accent color, such as ``#0b6b6b``."""
    language: str
    """The language code without a territory, such as ``zh``."""
    picture: str = ""
    """The icon of the site as SVG; may be empty."""

    def digest(self) -> str:
        """Return a hash of the content and of the template, to detect stale cards."""
        template = (TEMPLATES / "card.typ").read_bytes()
        return sha256(json.dumps(asdict(self)).encode() + template).hexdigest()


def can_draw(text: str) -> bool:
    """Return whether the built-in fonts have the letters of a text; Arabic or Hebrew would be a row of boxes."""
    letters = (
        letter for letter in normalize("NFKC", text) if ord(letter) >= FIRST_OTHER and category(letter)[0] == "L"
    )
    return all(name(letter, "").startswith(SCRIPTS) for letter in letters)


def draw_card(card: Card) -> bytes:
    """Return a card as PNG."""
    return _draw("card.typ", asdict(card))


def draw_icon(svg: str, size: int) -> bytes:
    """Return an icon as a square PNG of the given size in pixels."""
    return _draw("icon.typ", {"picture": svg, "size": size})


def icon_rules(svg: str, size: int) -> str:
    """Return what an icon depends on."""
    return json.dumps([svg, size, (TEMPLATES / "icon.typ").read_text(encoding="utf-8")])


def _draw(template: str, data: Mapping[str, object]) -> bytes:
    import typst  # noqa: PLC0415  optional dependency

    compiler = typst.Compiler(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=load_fonts(FAMILIES),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return cast("bytes", compiler.compile(format="png", ppi=PIXELS_PER_INCH))
