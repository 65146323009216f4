"""What a worker builds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Options(NamedTuple):
    """What a worker builds."""

    pages: str
    settings: str
    """The folder of conf.py."""
    output: str
    doctrees: str
    language: str
    builder: str

    @classmethod
    def of(
        cls, pages: Path, settings: Path, output: Path, doctrees: Path, language: str, builder: str = "html"
    ) -> Options:
        """Return options with absolute paths."""
        pages_, settings_, output_, doctrees_ = (str(path.resolve()) for path in (pages, settings, output, doctrees))
        return cls(pages_, settings_, output_, doctrees_, language, builder)
