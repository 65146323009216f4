"""A résumé as PDF, typeset by Typst: accessible, archivable, and byte-identical for the same content.

The files conform to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2); Typst raises an error otherwise.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from unicodedata import category

from sphinx_folio._common.typesetting import FAMILIES, load_fonts
from sphinx_folio.export.formats.latin_marks import with_latin_marks
from sphinx_folio.export.formats.photo import without_metadata
from sphinx_folio.export.formats.resume_document import as_data

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import typst

    from sphinx_folio.export.formats.resume_document import ResumeDocument

LIBRARY = Path(__file__).parent / "templates" / "sphinx-folio.typ"
"""What templates import, in any folder."""
TEMPLATES = {path.stem: path for path in sorted(LIBRARY.parent.glob("*.typ")) if path != LIBRARY}
"""The templates that come with the package, by name."""
MAIN = "main.typ"
"""The name that Typst gives to the template, which is read by us."""
BUILT_IN = (*FAMILIES, "EB Garamond")
"""The font folders that every template may use; system fonts are never used."""
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
SIZES = (10.5, 10.0, 9.5, 9.0)
"""The text sizes to try, in points, largest first; smaller text is hard to read."""
MAX_PAGES = 2
"""The number of pages that most résumés should not exceed."""
SQUARE = "□"
"""The replacement for a character that no font has; Noto Sans SC has the square."""
_MISSING = re.compile(
    r'the text `"(?P<text>(?:\\.|[^"\\])*)"` could not be displayed'
    r'|disallowed codepoint `"(?P<disallowed>(?:\\.|[^"\\])*)"`'
)
_ERROR = re.compile(r"^error: (.+)\n((?s:.*?))(?=^error: |\Z)", re.MULTILINE)
"""An error in a diagnostic of Typst, and its details: where it is, hints, and where what it is in is called."""
_PLACE = re.compile(rf"┌─ .*\b{re.escape(MAIN)}:(\d+):")
_HINT = re.compile(r"= hint: (.+)")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class MissingGlyphError(ValueError):
    """Some characters are in none of the fonts."""

    def __init__(self, characters: Sequence[str]) -> None:
        """Store the distinct characters."""
        super().__init__(", ".join(characters))
        self.characters = tuple(dict.fromkeys(characters))


class TemplateError(ValueError):
    """The template is invalid."""

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        """Store the messages of Typst, each with its line in the template, or 0 if that is unknown."""
        super().__init__("; ".join(f"{line}: {text}" for line, text in problems))
        self.problems = tuple(problems)


class CrashError(RuntimeError):
    """Typst crashed, as some versions do with some fonts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFile:
    """A PDF file and its number of pages.

    ``missing`` has the characters that no font has; in the file, squares replace them.
    """

    data: bytes
    pages: int
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLayout:
    """What a PDF looks like, apart from its content."""

    template: Path = TEMPLATES["resume"]
    """The Typst template."""
    font_folders: tuple[Path, ...] = ()
    """Folders with additional fonts, for characters that the built-in fonts lack."""
    font_families: tuple[str, ...] = ()
    """The font families to use before those of the template."""
    photo: Path | None = None
    """A photo of the person."""
    color: str = ""
    """The color of headings and links as six hexadecimal digits after #; empty for that of the template."""
    max_pages: int | None = MAX_PAGES
    """The number of pages that the résumé should not exceed, or None for as many as it needs."""


def pdf(resume: ResumeDocument, layout: PdfLayout | None = None) -> PdfFile:
    """Return a résumé as PDF: on one page if readable text fits, otherwise on as many as it should have, or on more.

    Args:
        resume: The résumé.
        layout: The template, fonts and photo; by default those of the package, and no photo.

    Raises:
        MissingGlyphError: No font has a character that the template itself adds.
        TemplateError: The template is invalid.
        CrashError: Typst crashed.
    """
    layout = layout or PdfLayout()
    data = as_data(resume)
    if resume.language.startswith(("zh", "ja")):
        data = with_latin_marks(data)
    missing: frozenset[str] = frozenset()
    while True:
        try:
            typesetter = _Typesetter(_with_squares(data, missing), layout)
            return replace(_render_on_fewest_pages(typesetter, layout.max_pages), missing=missing)
        except MissingGlyphError as error:
            if missing.issuperset(error.characters):
                raise
            missing = missing.union(error.characters)


def _render_on_fewest_pages(typesetter: _Typesetter, max_pages: int | None) -> PdfFile:
    """Return the file with one page if it fits, otherwise with up to a number; its text is as large as possible."""
    for number in (1, max_pages or max(MAX_PAGES, typesetter.pages(SIZES[-1]))):
        size = typesetter.largest_size(number)
        if size:
            return typesetter.render(size)
    return typesetter.render(SIZES[-1])


def _with_squares(data: Any, characters: Collection[str]) -> Any:
    """Return data in which squares replace characters, except in URLs; combining marks are removed."""
    if isinstance(data, str):
        return "".join(_replacement(character) if character in characters else character for character in data)
    if isinstance(data, dict):
        return {key: value if key == "href" else _with_squares(value, characters) for key, value in data.items()}
    return [_with_squares(part, characters) for part in data] if isinstance(data, list) else data


def _replacement(character: str) -> str:
    return "" if category(character)[0] in "MC" else SQUARE


def _unescaped(text: str) -> str:
    """Return a text without the escapes of Rust (``char::escape_debug``), which Typst uses in messages."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2]), text)


def _problems(diagnostic: str) -> list[tuple[int, str]]:
    """Return the errors in a diagnostic of Typst with their hints, each with its line in the template."""
    problems = []
    for text, details in _ERROR.findall(diagnostic):
        line = _PLACE.search(details)
        problems.append((int(line[1]) if line else 0, "; ".join([text, *_HINT.findall(details)])))
    return problems or [(0, diagnostic.strip())]


class _Typesetter:
    """Typesets a résumé at several text sizes."""

    def __init__(self, data: dict[str, Any], layout: PdfLayout) -> None:
        import typst  # noqa: PLC0415  an extra

        self._typst = typst
        self._layout = layout
        self._fonts = load_fonts((*BUILT_IN, *layout.font_families), layout.font_folders)
        self._data = data | {"fonts": layout.font_families, "color": layout.color}
        self._files: Any = {  # the stubs of Typst do not know files in memory
            MAIN: layout.template.read_bytes(),
            LIBRARY.name: LIBRARY.read_bytes(),
        }
        # Files in memory must be text. So the photo is a list of its bytes.
        photo = list(without_metadata(layout.photo.read_bytes())) if layout.photo else []
        self._inputs = {"photo": json.dumps(photo)}
        self._pages: dict[float, int] = {}

    def largest_size(self, max_pages: int) -> float | None:
        """Return the largest size at which the text fits on a number of pages, or None.

        If the largest does not, a binary search among the others follows: text that does not fit at one size does not
        fit at a larger one.
        """
        if self.pages(SIZES[0]) <= max_pages:
            return SIZES[0]
        found = bisect_left(SIZES, 1, lo=1, key=lambda size: self.pages(size) <= max_pages)
        return SIZES[found] if found < len(SIZES) else None

    def pages(self, size: float) -> int:
        """Return the number of pages at a size."""
        if size not in self._pages:
            with self._converted_errors():
                pages = self._compiler(size).compile(format="svg")  # the fastest format that is written page by page
            self._pages[size] = len(pages) if isinstance(pages, list) else 1
        return self._pages[size]

    def render(self, size: float) -> PdfFile:
        """Return the PDF file at a size."""
        timestamp = int(datetime.fromisoformat(self._data["date"]).replace(tzinfo=UTC).timestamp())
        with self._converted_errors():
            data = self._compiler(size).compile(format="pdf", pdf_standards=[*STANDARDS], timestamp=timestamp)
        return PdfFile(data=cast("bytes", data), pages=self.pages(size))

    def _compiler(self, size: float) -> typst.Compiler:
        """Return a compiler for one operation: it forgets files in memory after the first."""
        resume = json.dumps(self._data | {"size": size}, ensure_ascii=False)
        return self._typst.Compiler(
            self._files,
            root=str(self._layout.template.parent),
            font_paths=self._fonts,
            sys_inputs=self._inputs | {"resume": resume},
        )

    @contextmanager
    def _converted_errors(self) -> Iterator[None]:
        """Raise the errors of this module instead of those of Typst."""
        try:
            yield
        except self._typst.TypstError as error:
            found = (match["text"] or match["disallowed"] for match in _MISSING.finditer(error.diagnostic))
            missing = [character for text in found for character in _unescaped(text)]
            if missing:
                raise MissingGlyphError(missing) from None
            raise TemplateError(_problems(error.diagnostic)) from None
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # that of Rust, which cannot be imported
                raise
            raise CrashError(str(error)) from None
