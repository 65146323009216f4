"""Replace marks and pictures that LaTeX cannot set, and set the widths of columns that it would make equally wide."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_folio._common.cjk import FULL_WIDTH, UNSPACED_CHARACTERS, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

REPLACEMENTS: Mapping[str, nodes.Node] = {
    "○": nodes.math("", r"\circ"),
    "◔": nodes.Text("¼"),
    "◑": nodes.Text("½"),
    "◕": nodes.Text("¾"),
    "●": nodes.math("", r"\bullet"),
    "✗": nodes.math("", r"\times"),
}
"""Mark → a symbol that every LaTeX has; Sphinx itself replaces ✓ and →."""
PICTURES = frozenset({".eps", ".jpeg", ".jpg", ".pdf", ".png"})
"""The formats of pictures that LaTeX can include; for EPS, pdfLaTeX and LuaLaTeX run a program of TeX Live."""
LONG = 30
"""With more rows, Sphinx makes all columns of a table equally wide and lets the table continue on the next page."""
LINE = 95
"""About as many characters are in a line."""
CODE_SCALE = 1.2
"""How much wider a character of code is."""
_WORD = re.compile(rf"[^\s{UNSPACED_CHARACTERS}{FULL_WIDTH}]+|[{UNSPACED_CHARACTERS}{FULL_WIDTH}]")
_MARK = re.compile(f"([{''.join(REPLACEMENTS)}])")


class ReplaceMarks(SphinxPostTransform):
    """Replace the marks on a page."""

    default_priority = 900  # after listings are filled and dead links marked
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Replace all marks, except in preformatted text.

        XeLaTeX and LuaLaTeX use fonts of the system, but their italic, in which links are set, lacks the marks.
        """
        for text in list(self.document.findall(nodes.Text)):
            if _MARK.search(text) and not isinstance(text.parent, nodes.FixedTextElement | nodes.literal | nodes.raw):
                text.parent.replace(text, list(_replaced(text)))


def _replaced(text: nodes.Text) -> Iterator[nodes.Node]:
    for part in filter(None, _MARK.split(text)):
        yield REPLACEMENTS[part].deepcopy() if part in REPLACEMENTS else nodes.Text(part)


class ReplacePictures(SphinxPostTransform):
    """Replace pictures that LaTeX cannot include, such as SVG and WebP, by their alternative texts."""

    default_priority = 300  # after an extension has converted them
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Replace such pictures of the page; one without a text leaves nothing."""
        for picture in list(self.document.findall(nodes.image)):
            candidates: dict[str, str] = picture.get("candidates", {})
            name = candidates.get("*", "")
            if name and PurePosixPath(name).suffix.lower() not in PICTURES:
                text = picture.get("alt", "")
                is_inline = isinstance(picture.parent, nodes.TextElement)
                picture.replace_self((nodes.inline if is_inline else nodes.paragraph)(text, text))


class SetColumnWidths(SphinxPostTransform):
    """Set the widths of the columns of long tables by what they contain."""

    default_priority = 950  # after all cells are final
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Set the widths in the listings and other tables of this package."""
        for table in self.document.findall(nodes.table):
            columns, rows = _parts(table)
            if not any(name.startswith("folio-") for name in table["classes"]) or len(rows) <= LONG:
                continue
            cells = [[_word_widths(cell) for cell in row] for row in rows if len(row) == len(columns)]
            if not cells:
                continue
            for column, width in zip(columns, column_widths(cells), strict=True):
                column["colwidth"] = width
            table["classes"] = [*(name for name in table["classes"] if name != "colwidths-auto"), "colwidths-given"]


def _parts(table: nodes.table) -> tuple[list[nodes.colspec], list[nodes.row]]:
    """Return the columns and the rows of a table, without those of tables in its cells."""
    parts = [part for group in table.children if isinstance(group, nodes.tgroup) for part in group.children]
    rows = [row for part in parts if isinstance(part, nodes.thead | nodes.tbody) for row in part.children]
    columns = [part for part in parts if isinstance(part, nodes.colspec)]
    return columns, [row for row in rows if isinstance(row, nodes.row)]


def column_widths(rows: Iterable[Sequence[Sequence[int]]]) -> list[int]:
    """Return the width of each column: at least its longest word; columns with longer texts share what remains.

    Args:
        rows: The widths of the words in each cell of each row, in characters.
    """
    least, missing = [], []
    for cells in zip(*rows, strict=True):
        least.append(max(chain([1], *cells)) + 2)
        missing.append(max(0, max(sum(cell) + len(cell) for cell in cells) - least[-1]))
    part = min(1.0, max(0, LINE - sum(least)) / (sum(missing) or 1))
    return [width + round(part * more) for width, more in zip(least, missing, strict=True)]


def _word_widths(cell: nodes.Node) -> list[int]:
    """Return the widths of the parts of a text between which a line may break; Sphinx breaks code after a full stop."""
    if next(cell.findall(nodes.literal), None) is None:
        return [text_width(word) for word in _WORD.findall(cell.astext())]
    return [round(CODE_SCALE * text_width(part)) for part in re.findall(r"[^\s.]+\.?", cell.astext())]
