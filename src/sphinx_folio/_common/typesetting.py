"""What typesets PDF files, social cards and icons: Typst, with the fonts of a package. Both are optional."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

LIBRARIES = ("typst", "rendercv_fonts")
"""The modules of the optional dependencies."""
FAMILIES = ("Source Sans 3", "Noto Sans")
"""The built-in font families for most languages."""


def missing_libraries() -> list[str]:
    """Return the names of the modules that are not installed."""
    return [name for name in LIBRARIES if find_spec(name) is None]


def built_in_fonts() -> dict[str, Path]:
    """Return the families of the package with the fonts, with their folders."""
    import rendercv_fonts  # noqa: PLC0415  an extra

    return {path.name: path for path in sorted(Path(rendercv_fonts.__file__).parent.glob("[!_]*")) if path.is_dir()}


@cache
def load_fonts(families: tuple[str, ...], folders: tuple[Path, ...] = ()) -> typst.Fonts:
    """Return the built-in fonts of some families, and the fonts in folders; they are loaded once per process.

    System fonts are not included, so that files are the same on every machine.
    """
    import typst  # noqa: PLC0415  an extra

    built_in = built_in_fonts()
    wanted = [built_in[family] for family in dict.fromkeys(families) if family in built_in]
    paths = [str(folder) for folder in (*wanted, *folders)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
