"""A résumé as PDF, typeset by Typst: tagged, archivable, and byte-identical for the same content.

The files conform to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2); Typst refuses to write what does not.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from unicodedata import category

from sphinx_folio.export.formats.resume_document import as_data

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import typst

    from sphinx_folio.export.formats.resume_document import ResumeDocument

LIBRARIES = ("typst", "rendercv_fonts")
"""The libraries that are needed: ``pip install sphinx-folio[pdf]``."""
TEMPLATE = Path(__file__).parent / "templates" / "resume.typ"
FAMILIES = ("Source Sans 3", "Noto Sans")
"""The font folders that the template may use; system fonts are never used."""
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
SIZES = (10.5, 10.0, 9.5, 9.0)
"""The text sizes, in points, that are tried; smaller text is hard to read."""
MAX_PAGES = 2
SQUARE = "□"
"""The replacement for a character that no font has; Noto Sans SC has this one."""
_MISSING = re.compile(
    r'the text `"(?P<text>(?:\\.|[^"\\])*)"` could not be displayed'
    r'|disallowed codepoint `"(?P<disallowed>(?:\\.|[^"\\])*)"`'
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class MissingGlyphError(ValueError):
    """Some characters are in none of the fonts."""

    def __init__(self, characters: Sequence[str]) -> None:
        """Store the characters, each once."""
        super().__init__(", ".join(characters))
        self.characters = tuple(dict.fromkeys(characters))


class TemplateError(ValueError):
    """Typst rejects the template; the message is Typst's own, with line and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFile:
    """A PDF file, its number of pages, and the headings beyond the last page that it should have.

    ``missing`` are the characters that no font has; the file has squares in their place.
    """

    data: bytes
    pages: int
    beyond: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()


def missing_libraries() -> list[str]:
    """Return the libraries that are not installed."""
    return [name for name in LIBRARIES if find_spec(name) is None]


def pdf(resume: ResumeDocument, template: Path = TEMPLATE, fonts: tuple[Path, ...] = ()) -> PdfFile:
    """Return a résumé as PDF: on one page if the text stays readable, else on two, else on more.

    Args:
        resume: The résumé.
        template: The Typst template that sets it.
        fonts: Folders with more fonts, for characters that the built-in ones lack.

    Raises:
        MissingGlyphError: No font has a character that the template itself adds.
        TemplateError: The template is at fault.
    """
    data = as_data(resume)
    missing: frozenset[str] = frozenset()
    while True:
        try:
            return replace(_fitted(_Press(_without(data, missing), template, fonts)), missing=missing)
        except MissingGlyphError as error:
            if missing.issuperset(error.characters):
                raise
            missing = missing.union(error.characters)


def _fitted(press: _Press) -> PdfFile:
    """Return the file with the fewest pages, at the largest size that fits on them."""
    for most in range(1, MAX_PAGES + 1):
        size = press.greatest(most)
        if size:
            return press.print(size)
    return press.print(SIZES[-1])


def _without(data: Any, characters: Collection[str]) -> Any:
    """Return data with squares for characters in its texts, but not in addresses; marks on a character go with it."""
    if isinstance(data, str):
        return "".join(_replacement(character) if character in characters else character for character in data)
    if isinstance(data, dict):
        return {key: value if key == "href" else _without(value, characters) for key, value in data.items()}
    return [_without(part, characters) for part in data] if isinstance(data, list) else data


def _replacement(character: str) -> str:
    return "" if category(character)[0] in "MC" else SQUARE


def _unescaped(text: str) -> str:
    """Return a text that Typst quotes as Rust does (``char::escape_debug``)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2]), text)


@cache
def _fonts(further: tuple[Path, ...]) -> typst.Fonts:
    """Return the fonts, loaded once; system fonts are not included."""
    import rendercv_fonts  # noqa: PLC0415  an extra
    import typst  # noqa: PLC0415  an extra

    folders = [*(Path(rendercv_fonts.__file__).parent / family for family in FAMILIES), *further]
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders]
    )


class _Press:
    """Typeset one résumé at several sizes."""

    def __init__(self, data: dict[str, Any], template: Path, fonts: tuple[Path, ...]) -> None:
        import typst  # noqa: PLC0415  an extra

        self._typst = typst
        self._fonts = _fonts(fonts)
        self._template = template
        self._data = data
        self._compilers: dict[float, typst.Compiler] = {}
        self._pages: dict[float, int] = {}

    def greatest(self, most: int) -> float | None:
        """Return the largest size at which the text fits on a number of pages, or None.

        The two largest are tried first, since most texts fit there or not at all; then the smallest: if that does not
        fit, the others need not be tried.
        """
        for size in SIZES[:2]:
            if self.pages(size) <= most:
                return size
        if self.pages(SIZES[-1]) > most:
            return None
        return next(size for size in SIZES[2:] if self.pages(size) <= most)

    def pages(self, size: float) -> int:
        """Count the pages at a size."""
        if size not in self._pages:
            with self._complaints():
                pictures = self._at(size).compile(format="svg")  # the fastest format that is written page by page
            self._pages[size] = len(pictures) if isinstance(pictures, list) else 1
        return self._pages[size]

    def print(self, size: float) -> PdfFile:
        """Return the file at a size."""
        compiler = self._at(size)
        moment = int(datetime.fromisoformat(self._data["date"]).replace(tzinfo=UTC).timestamp())
        with self._complaints():
            data = compiler.compile(format="pdf", pdf_standards=[*STANDARDS], timestamp=moment)
            pages = self.pages(size)
            headings = json.loads(compiler.query("<folio-heading>", field="value")) if pages > MAX_PAGES else []
        beyond = [heading["text"] for heading in headings if heading["page"] > MAX_PAGES]
        return PdfFile(data=cast("bytes", data), pages=pages, beyond=tuple(beyond))

    def _at(self, size: float) -> typst.Compiler:
        if size not in self._compilers:
            resume = json.dumps(self._data | {"size": size}, ensure_ascii=False)
            self._compilers[size] = self._typst.Compiler(
                str(self._template),
                root=str(self._template.parent),
                font_paths=self._fonts,
                sys_inputs={"resume": resume},
            )
        return self._compilers[size]

    @contextmanager
    def _complaints(self) -> Iterator[None]:
        """Turn errors of Typst into errors of this module."""
        try:
            yield
        except self._typst.TypstError as error:
            found = (match["text"] or match["disallowed"] for match in _MISSING.finditer(error.diagnostic))
            missing = [character for text in found for character in _unescaped(text)]
            if missing:
                raise MissingGlyphError(missing) from None
            raise TemplateError(error.diagnostic.strip()) from None
