"""Read a posting: text, Markdown, HTML, PDF or JSON (the job schema of JSON Resume) as plain lines.

Nothing in a posting is followed or executed: scripts, styles, comments and invisible text are dropped.
"""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from typing import Any

MAX_BYTES = 2_000_000
"""The maximum size of a file with a posting."""
MAX_CHARACTERS = 100_000
"""The maximum length of the text of a posting."""

_TAGS = re.compile(r"<(?:!doctype|html|body|head|div|p|ul|ol|li|br|h[1-6]|table|section|article|span)\b", re.IGNORECASE)
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|html|li|"
    r"main|nav|"
    r"ol|p|pre|section|table|tr|ul"
)
_DROPPED = re.compile(r"script|style|template|noscript|head|iframe|object|svg|math|select|textarea|title|button")
_VOID = re.compile(r"area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_HIDING = re.compile(
    r"display:none|visibility:hidden|visibility:collapse|opacity:0(?:\.0+)?(?:;|$)|font-size:0|(?:^|"
    r";)(?:width|height|max-height):0"
    r"|text-indent:-\d{3,}|(?:left|top):-\d{3,}|clip-path:inset\(100%|color:transparent|"
    r"color:(?:#fff(?:fff)?|white)(?:;|!|$)"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\u3000-\uffef]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
)
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\([^()\s]{0,500}\)")


class PostingError(ValueError):
    """A posting cannot be read."""


def read_posting(data: bytes, name: str = "") -> str:
    """Return the text of a posting; its format is known by the suffix of its name, otherwise by its content.

    Raises:
        PostingError: It is too large, or its format is unknown or broken.
    """
    if len(data) > MAX_BYTES:
        raise PostingError(f"it is larger than {MAX_BYTES:,} bytes")
    if data.startswith(b"%PDF-"):
        return plain_text(_pdf_text(data))
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise PostingError("it is neither a PDF nor text in UTF-8") from None
    if name.lower().endswith(".json") or text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            if name.lower().endswith(".json"):
                raise PostingError(f"it is not valid JSON: {error}") from None
        else:
            return plain_text(job_text(found))
    return plain_text(text)


def plain_text(text: str) -> str:
    """Return the visible text, one line for each block; addresses and what HTML or Unicode hides are removed.

    Raises:
        PostingError: It is too long.
    """
    if _TAGS.search(text):
        text = _html_text(text)
    text = _INVISIBLE.sub("", _CONTROLS.sub(" ", text))
    if len(text) > MAX_CHARACTERS:
        raise PostingError(f"its text is longer than {MAX_CHARACTERS:,} characters")
    text = _MARKDOWN_LINK.sub(r"\1", text)
    text = _ADDRESS.sub(" ", text.replace("**", ""))
    return "\n".join(_SPACE.sub(" ", _row(line.strip())) for line in text.splitlines())


_SPACE = re.compile(r"[^\S\n]+")
_CELL_END = re.compile(r"\s*\t\s*")


def _row(line: str) -> str:
    """Return a line; one with tabs, as a table is copied, becomes a row of a Markdown table."""
    return f"| {_CELL_END.sub(' | ', line)} |" if "\t" in line and not _LIST_ITEM.match(line) else line


_LIST_ITEM = re.compile(r"[-*+•·●▪◦–—]|\d{1,2}[.、)]")


_MARKED_LINE = re.compile(r"(?:^|\n)[ \t]*(?:#{1,6} |[-*+•] |\||\d{1,2}[.)、])")
"""How lines begin in Markdown and in plain text with lists."""
_MIN_MARKED = 2
"""How many such lines show that the ends of lines mean something, in a text with tags."""
_SPACES = re.compile(r"\s+")
_BREAK = "\x01"
"""The end of a line, unless it is in a row of a table."""
_BREAKS = re.compile(r"[\s\x01]*\x01[\s\x01]*")
_CELL_EDGE = re.compile(r"[\s\x01]*\|[\s\x01]*")
_BETWEEN_ROWS = re.compile(r"(?<=\|)\n+(?=\| )")
_MAX_ROW, _MAX_PARTS = 4_000, 400
"""The maximum length of a row, and of its parts; a longer one is not of a table but of the layout of a page."""


class _Parser(HTMLParser):
    """Collects visible text; a block starts a new line, a heading is marked as in Markdown."""

    def __init__(self, *, has_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.spaces = _SPACE if has_lines else _SPACES
        self.parts: list[str] = []
        self.open: list[tuple[str, bool]] = []
        """Open elements, and whether each is hidden."""
        self.hidden = 0
        self.rows: list[tuple[int, int]] = []
        """Open elements before an open row of a table, and the number of parts before it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if _BLOCK.fullmatch(tag) and not self.hidden:
            self.parts.append(_BREAK if tag == "br" else "\n")
        if _VOID.fullmatch(tag):
            return
        if tag == "tr" and not self.hidden:
            self.rows.append((len(self.open), len(self.parts)))
        style = re.sub(r"\s+", "", values.get("style", "")).lower()
        hides = bool(
            _DROPPED.fullmatch(tag)
            or "hidden" in values
            or values.get("aria-hidden") == "true"
            or bool(_HIDING.search(style))
        )
        self.open.append((tag, hides))
        self.hidden += hides
        if not self.hidden:
            if re.fullmatch(r"h[1-6]", tag):
                self.parts.append(_HEADING)
            elif tag == "li":
                self.parts.append(_ITEM)
            elif tag in {"td", "th"}:
                self.parts.append(_CELL)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _BLOCK.fullmatch(tag) and not self.hidden:
            self.parts.append(_BREAK if tag == "br" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _hides in self.open[-_MAX_DEPTH:]):
            return
        while self.open:
            name, hides = self.open.pop()
            self.hidden -= hides
            if name == tag:
                break
        while self.rows and self.rows[-1][0] >= len(self.open):
            start = self.rows.pop()[1]
            self.parts[start:] = _as_row(self.parts[start:])
        if _BLOCK.fullmatch(tag) and not self.hidden:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(self.spaces.sub(" ", data))


def _as_row(parts: list[str]) -> list[str]:
    """Return the parts of a row of a table as one line; those of a row that lays out a page do not change."""
    if len(parts) > _MAX_PARTS:
        return parts
    is_layout = parts.count(_CELL) < 2 or _HEADING in parts or sum(map(len, parts)) > _MAX_ROW  # noqa: PLR2004
    return parts if is_layout else [{"\n": _BREAK, _ITEM: ""}.get(part, part) for part in parts]


_CELL, _HEADING, _ITEM = " | ", "\n# ", "- "


_MAX_DEPTH = 100


def _html_text(text: str) -> str:
    # Line ends of plain text or Markdown with a few tags in it keep their meaning; in HTML they are only spaces.
    parser = _Parser(has_lines=len(_MARKED_LINE.findall(text)) >= _MIN_MARKED)
    parser.feed(text)
    parser.close()
    lines = [_line(line.strip()) for line in "".join(parser.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", _BETWEEN_ROWS.sub("\n", "\n".join(lines)))


def _line(line: str) -> str:
    """Return a line of HTML; the breaks in a row of a table end sentences, others end lines."""
    if not line.startswith("|"):
        return line.replace(_BREAK, "\n")
    row = _BREAKS.sub("; ", _CELL_EDGE.sub(" | ", line).strip(" \x01")).strip()
    return row if row.endswith("|") else f"{row} |"


def _pdf_text(data: bytes) -> str:
    try:
        from pypdf import PdfReader  # noqa: PLC0415  an optional dependency
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError:
        from sphinx_folio._common.installation import with_extra  # noqa: PLC0415  only after an error

        raise PostingError(f"reading a PDF needs pypdf: pip install {with_extra('match')}") from None
    try:
        pages = PdfReader(io.BytesIO(data)).pages
        return "\n".join(page.extract_text() for page in pages[:_MAX_PAGES])
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise PostingError(f"the PDF cannot be read: {error}") from None


_MAX_PAGES = 20


def job_text(job: Any) -> str:
    """Return a job in the job schema of JSON Resume as text with headings.

    Raises:
        PostingError: It has no title and no description.
    """
    if not isinstance(job, dict) or not (job.get("title") or job.get("description")):
        raise PostingError("the JSON is not a job of JSON Resume's schema: it has neither a title nor a description")
    place = job.get("location")
    parts = [place.get(name) for name in ("city", "region", "countryCode")] if isinstance(place, dict) else []
    lines = [_text(job.get("title")), ""]
    where = ", ".join(filter(None, map(_text, parts)))
    lines += [f"Location: {where}"] if where else []
    remote = _text(job.get("remote")).lower()
    lines += (
        [{"full": "Fully remote", "hybrid": "Hybrid", "none": "On-site"}[remote]]
        if remote in {"full", "hybrid", "none"}
        else []
    )
    lines += ["", _text(job.get("description")), ""]
    for heading, name in (("Responsibilities", "responsibilities"), ("Qualifications", "qualifications")):
        lines += [f"# {heading}", *(f"- {_text(item)}" for item in _list(job.get(name))), ""]
    lines += ["# Requirements", *([f"- {_text(job['experience'])}"] if _text(job.get("experience")) else [])]
    for skill in _list(job.get("skills")):
        if isinstance(skill, dict):
            words = ", ".join(filter(None, (_text(skill.get("name")), *map(_text, _list(skill.get("keywords"))))))
            lines.append(f"- {words}")
        elif isinstance(skill, str):
            lines.append(f"- {skill}")
    return "\n".join(lines)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
