"""The pictures: a page's card and the site's icons, drawn by Typst with fonts out of a package, Chinese included."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typst

LIBRARIES = ("typst", "rendercv_fonts")
"""What has to be installed: ``pip install sphinx-folio[social]``."""
TEMPLATES = Path(__file__).parent / "templates"
FAMILIES = ("Source Sans 3", "Noto Sans")
WIDTH, HEIGHT = 1200, 630
"""The size of a card in pixels, as the networks that show it advise."""
TOUCH_ICON = 180
"""The size in pixels of the icon that telephones of Apple put on their home screens."""
ONE_TO_ONE = 72
"""Pixels per inch at which a point of the template is a pixel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card shows: the site's name, the page's title and text, its address; the accent, and an icon in SVG."""

    site: str
    title: str
    text: str
    address: str
    accent: str
    language: str
    picture: str = ""

    def digest(self) -> str:
        """Return what changes when the picture would: the words, and the template that sets them."""
        template = (TEMPLATES / "card.typ").read_bytes()
        return sha256(json.dumps(asdict(self)).encode() + template).hexdigest()


def missing_libraries() -> list[str]:
    """Return the libraries that are not installed."""
    return [name for name in LIBRARIES if find_spec(name) is None]


def draw_card(card: Card) -> bytes:
    """Return a card as PNG."""
    return _draw("card.typ", asdict(card))


def draw_icon(picture: str, size: int) -> bytes:
    """Return an icon as a square PNG; the picture is SVG, the size in pixels."""
    return _draw("icon.typ", {"picture": picture, "size": size})


def _draw(template: str, data: Mapping[str, object]) -> bytes:
    import typst  # noqa: PLC0415  an extra

    compiler = typst.Compiler(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return cast("bytes", compiler.compile(format="png", ppi=ONE_TO_ONE))


@cache
def _fonts() -> typst.Fonts:
    """Load the fonts once; the machine's own are never used, so that every machine draws the same."""
    import rendercv_fonts  # noqa: PLC0415  an extra
    import typst  # noqa: PLC0415  an extra

    folders = [str(Path(rendercv_fonts.__file__).parent / family) for family in FAMILIES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
