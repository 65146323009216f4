"""Read BibTeX and BibLaTeX, with the library bibtexparser."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sphinx_folio._common.formula_text import script
from sphinx_folio._common.i18n import __
from sphinx_folio.directives.bibliography.item import (
    STATUS,
    Contents,
    Item,
    MissingLibraryError,
    Mistake,
    author_list,
    doi_address,
    family_first,
)
from sphinx_folio.portfolio.dates import MONTHS
from sphinx_folio.portfolio.person_names import ET_AL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bibtexparser.library import Library
    from bibtexparser.model import Entry, ParsingFailedBlock

TYPES: Mapping[str, str] = {
    "article": "article",
    "book": "book",
    "collection": "book",
    "conference": "paper",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
}
"""Type of BibTeX → value of the option ``type``; other types have none."""
VENUES = ("journaltitle", "journal", "booktitle", "school", "institution", "publisher", "eventtitle", "howpublished")
"""Fields that name where something was published; the first one that an entry has is used."""
DETAILS: Mapping[str, tuple[str, ...]] = {
    "volume": ("volume",),
    "number": ("number", "issue"),
    "pages": ("pages", "eid"),
    "series": ("series",),
    "edition": ("edition",),
    "publisher": ("publisher",),
    "isbn": ("isbn",),
}
"""Detail of a citation → fields that may have it."""
UNTYPED = {"misc", "online", "unpublished"}
"""Types of BibTeX for anything; on arXiv, such an entry is a preprint."""
STATES: Mapping[str, str] = {"inpreparation": "in preparation", "inpress": "in press"}
"""Value of the field ``pubstate`` → status; the others are words."""
JOURNALS: Mapping[str, str] = {
    "aap": "A&A",
    "aj": "AJ",
    "apj": "ApJ",
    "apjl": "ApJL",
    "apjs": "ApJS",
    "araa": "ARA&A",
    "jcap": "JCAP",
    "mnras": "MNRAS",
    "nat": "Nature",
    "pasp": "PASP",
    "prd": "Phys. Rev. D",
    "prl": "Phys. Rev. Lett.",
}
"""Macro for the name of a journal in the files of the Astrophysics Data System; others stay as they are called."""
_URL_MACRO = re.compile(r"\\url\s*\{(.*)\}")
_ESCAPE = re.compile(r"\\([%&#_~{}$])")
_PART = re.compile(r'(?P<opening>[{"])|[^\s#"{}]+')
"""The start of a text, or the name of a string."""
_TEXT_SIGN = re.compile(r'[{}"]')
_NAME = re.compile(r"([A-Za-z][\w:.-]*)\s*=")
_OUTSIDE = re.compile(r"[\s,]*([A-Za-z][\w:.-]*)\s*=\s*[{\"\d]")
_BRACE, _QUOTED = re.compile("[{}]"), re.compile(r'"[^"]*"')
_LINK = re.compile(r"\\href\s*\{[^{}]*\}")
_LATEX = re.compile(r"[\\{}$~%]|--|``|''")
_PERCENT = re.compile(r"(?<!\\)%")
_MATH = re.compile(r"(?<!\\)\$(?:\\.|[^$\\])+\$|\\\(.{1,2000}?\\\)", re.DOTALL)
_IN_MATH = re.compile(r"(?P<sign>[_^])\s*(?P<text>\{[^{}]*\}|[^\s{}])")
_IN_TEXT = re.compile(r"\\text(?P<sign>super|sub)script\s*(?P<text>\{[^{}]*\})")
_MACRO = re.compile(r"[\s{]*\\([A-Za-z]+)[\s{}]*")


def read_bibtex(text: str) -> Contents:
    """Return the publications in a BibTeX file.

    An entry without a date or a venue has those of the entry that its field ``crossref`` names; that entry, such as the
    proceedings, is not a publication of its own.

    Raises:
        MissingLibraryError: bibtexparser is not installed.
    """
    try:
        from bibtexparser import middlewares  # noqa: PLC0415  an optional dependency
        from bibtexparser.entrypoint import parse_string  # noqa: PLC0415
    except ImportError as error:
        raise MissingLibraryError("bibtexparser", "bibtex") from error
    with _silent(logging.getLogger("bibtexparser")):  # the mistakes are reported with their lines
        library = parse_string(text, append_middleware=[middlewares.NormalizeFieldKeys()])
        mistakes = [*_divide_at_missing_commas(library), *_fields_outside(library)]
        _join_strings(library)
        _decode_names(library)
        library = middlewares.SeparateCoAuthors().transform(library)
        _join_names(library)
        for middleware in (middlewares.SplitNameParts(), middlewares.MergeNameParts("first")):
            library = middleware.transform(library)
    parents = {_parent(entry) for entry in library.entries}
    reader = _Reader({entry.key.casefold(): entry for entry in library.entries})
    return Contents(
        [reader.item(entry) for entry in library.entries if entry.key.casefold() not in parents],
        mistakes + [_mistake(block) for block in library.failed_blocks],
    )


def _divide_at_missing_commas(library: Library) -> Iterator[Mistake]:
    """Divide values such as ``{11} doi = {10.1/x}``, in which a comma is missing, and yield a mistake for each."""
    from bibtexparser.model import Field  # noqa: PLC0415  an optional dependency

    for entry in library.entries:
        for field in [field for field in entry.fields if field.enclosing == "no-enclosing" and "=" in str(field.value)]:
            value = str(field.value)
            found = [*_NAME.finditer(_without_texts(value))]
            ends = [*(match.start() for match in found), len(value)]
            for match, end in zip(found, ends[1:], strict=True):
                line = (field.start_line or 0) + value.count("\n", 0, match.start())
                yield Mistake(_line(line), str(__("%s: a comma is missing before %r")) % (entry.key, match[1]))
                if match[1].lower() not in entry.fields_dict:
                    entry.set_field(Field(match[1].lower(), value[match.end() : end].strip(), line, "no-enclosing"))
            field.value = value[: ends[0]].strip()
            field.enclosing = "no-enclosing"


def _fields_outside(library: Library) -> Iterator[Mistake]:
    """Yield a mistake for each text between entries that begins with a field, which is taken for a comment."""
    from bibtexparser.model import ImplicitComment  # noqa: PLC0415  an optional dependency

    for block in library.comments:
        if not isinstance(block, ImplicitComment) or block.comment.count("}") <= block.comment.count("{"):
            continue
        if found := _OUTSIDE.match(block.comment):
            line = _line(block.start_line) + block.comment.count("\n", 0, found.start(1))
            message = __("%r is outside of all entries: there is one closing brace too many before it")
            yield Mistake(line, str(message) % found[1])


def _without_texts(value: str) -> str:
    """Return a value with spaces instead of what is in braces and in quotation marks."""
    opened: list[int] = []
    enclosed: list[tuple[int, int]] = []
    for match in _BRACE.finditer(value):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            while enclosed and enclosed[-1][0] > start:
                enclosed.pop()
            enclosed.append((start, match.end()))
    parts, position = "", 0
    for start, end in enclosed:
        parts += value[position:start] + " " * (end - start)
        position = end
    return _QUOTED.sub(lambda match: " " * len(match[0]), parts + value[position:])


def _join_strings(library: Library) -> None:
    """Replace values such as ``acm # { Transactions}`` by the joined strings, which bibtexparser does not do."""
    strings = {key.lower(): str(string.value) for key, string in library.strings_dict.items()}
    for entry in library.entries:
        for field in entry.fields:
            if field.enclosing == "no-enclosing" and set(str(field.value)) & set('#{"'):
                parts = _parts(str(field.value))
                field.value = "".join(part if is_text else strings.get(part.lower(), part) for is_text, part in parts)


def _parts(value: str) -> Iterator[tuple[bool, str]]:
    """Yield the texts of a value and the names of strings, and whether each is a text."""
    position = 0
    while match := _PART.search(value, position):
        position = _end_of_text(value, match) + 1 if match["opening"] else match.end()
        yield bool(match["opening"]), value[match.end() : position - 1] if match["opening"] else match[0]


def _end_of_text(value: str, start: re.Match[str]) -> int:
    """Return the position of the sign that closes a text; braces inside of it are balanced."""
    depth = 0
    for match in _TEXT_SIGN.finditer(value, start.end()):
        if depth == 0 and match[0] == ("}" if start["opening"] == "{" else '"'):
            return match.start()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return len(value)


def _decode_names(library: Library) -> None:
    """Decode the LaTeX of names before they are split, since accents after “and” would be lost; braces stay."""
    decode = _decoder(keep_braced_groups=True)
    for entry in library.entries:
        for field in entry.fields:
            if field.key in {"author", "editor"}:
                field.value = _plain(str(field.value), decode)


def _join_names(library: Library) -> None:
    """Join the parts of names in which the family name comes first, which bibtexparser would exchange."""
    for entry in library.entries:
        for field in entry.fields:
            if field.key in {"author", "editor"} and isinstance(field.value, list):
                field.value = [family_first(name) for name in field.value]


def _decoder(*, keep_braced_groups: bool = False) -> Callable[[str], str]:
    """Return the function that converts LaTeX to text; the arguments of unknown macros stay."""
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db  # noqa: PLC0415

    context = get_default_latex_context_db()
    context.set_unknown_macro_spec(MacroTextSpec("", discard=False))
    logos = [MacroTextSpec(name, simplify_repl=name) for name in ("TeX", "LaTeX", "BibTeX")]
    context.add_context_category("logos", prepend=True, macros=logos)
    converter = LatexNodes2Text(latex_context=context, math_mode="text", keep_braced_groups=keep_braced_groups)
    decode: Callable[[str], str] = converter.latex_to_text
    return decode


def _plain(value: str, decode: Callable[[str], str]) -> str:
    """Return LaTeX as text; in BibTeX, a percent sign does not begin a comment."""
    if not _LATEX.search(value):
        return value  # most texts; decoding takes longer than parsing
    value = _MATH.sub(lambda math: _IN_MATH.sub(_script, math[0]), _IN_TEXT.sub(_script, value))
    try:
        text = decode(_LINK.sub("", _PERCENT.sub(r"\\%", value)))
    except RecursionError:
        return value
    macro = _MACRO.fullmatch(value)
    return JOURNALS.get(macro[1], macro[1]) if macro and not text.strip() else text


def _script(match: re.Match[str]) -> str:
    """Return a superscript or a subscript in the characters of Unicode, or as it is if one of them is missing."""
    return script(match["text"].strip("{}"), raised=match["sign"] in {"^", "super"}) or match[0]


@contextmanager
def _silent(logger: logging.Logger) -> Iterator[None]:
    """Keep the warnings of a library out of the log."""
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


class _Reader:
    """Converts the entries of one file."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        """Set the entries by key in lowercase."""
        self._decode, self._entries = _decoder(), entries

    def item(self, entry: Entry) -> Item:
        """Return an entry as a publication."""
        item = Item(citation_key=entry.key, line=_line(entry.start_line))
        around = self._entries.get(_parent(entry))
        item.set("title", *self._text(entry, "title"))
        names, line = _names(entry, "author", "editor")
        item.set("authors", author_list(names), line)
        item.set("publisher", *self._text(entry, *VENUES))
        if around:  # proceedings are the venue of their papers, not who published them
            item.set("publisher", *self._text(around, "booktitle", "title", *VENUES))
            item.set("publisher", *self._text(entry, *(name for name in VENUES if name != "publisher")))
            item.set_date(*_date(around))
        item.set_date(*_date(entry))
        item.set("status", *self._status(entry))
        item.set("url", *_address(entry))
        is_preprint = entry.entry_type.lower() in UNTYPED and bool(_arxiv(entry)[0])
        item.set("type", "preprint" if is_preprint else TYPES.get(entry.entry_type.lower(), ""))
        item.set_details(*self._details(entry, around))
        selected, line = self._text(entry, "selected")
        item.set("selected", "true" if selected.lower() == "true" else "", line)
        item.set("skills", *self._text(entry, "skills"))
        return item

    def _details(self, entry: Entry, around: Entry | None) -> tuple[dict[str, str], list[str]]:
        """Return the fields for the details of a publication, also those of the proceedings, and the editors."""
        sources = [source for source in (entry, around) if source]
        fields = {
            name: next(filter(None, (self._text(source, *names)[0] for source in sources)), "")
            for name, names in DETAILS.items()
        }
        editors = next(filter(None, (_names(source, "editor")[0] for source in sources)), [])
        return fields, editors if _names(entry, "author")[0] else []

    def _status(self, entry: Entry) -> tuple[str, int]:
        """Return the status of a work that is not published yet, such as ``In press``, and its line."""
        state, line = self._text(entry, "pubstate")
        if state:
            return STATES.get(state, state), line
        note, line = self._text(entry, "note")
        is_status = entry.entry_type.lower() == "unpublished" or STATUS.match(note.strip("( "))
        return (note if is_status else ""), line

    def _text(self, entry: Entry, *names: str) -> tuple[str, int]:
        """Return the first of several fields that is not empty, as text, with its line."""
        value, line = _raw(entry, *names)
        return _plain(value, self._decode), line


def _parent(entry: Entry) -> str:
    """Return the key in the field ``crossref`` in lowercase, since BibTeX ignores the case of keys there."""
    return _raw(entry, "crossref")[0].strip().casefold()


def _raw(entry: Entry, *names: str) -> tuple[str, int]:
    """Return the value of the first of several fields that is not empty, and its line."""
    found = (entry.fields_dict[name] for name in names if name in entry.fields_dict)
    field = next((field for field in found if str(field.value).strip()), None)
    return (str(field.value), _line(field.start_line)) if field else ("", 0)


def _names(entry: Entry, *fields: str) -> tuple[list[str], int]:
    """Return the names in the first of several fields that is not empty, with “et al.” for others, and its line."""
    found = (entry.fields_dict[name] for name in fields if name in entry.fields_dict)
    field = next((field for field in found if field.value), None)
    if field is None:
        return [], 0
    names = (re.sub("[{}]", "", name) for name in field.value)
    return [ET_AL if name == "others" else name for name in names], _line(field.start_line)


def _date(entry: Entry) -> tuple[str, int]:
    """Return the first day of the field ``date``, or the fields ``year``, ``month`` and ``day``, and the line."""
    date, line = _raw(entry, "date")
    if date:
        return date.partition("/")[0].partition("T")[0], line
    year, line = _raw(entry, "year")
    if not any(map(str.isdigit, year)):
        return year, line
    name = _raw(entry, "month")[0].strip().lower()
    month = MONTHS.index(name[:3]) + 1 if name[:3] in MONTHS else int(name) if name.isdecimal() else 0
    day = _raw(entry, "day")[0].strip()
    parts = [year.strip(), *([f"{month:02}"] if month else []), *([day.zfill(2)] if month and day else [])]
    return "-".join(parts), line


def _address(entry: Entry) -> tuple[str, int]:
    """Return the address of the DOI, the address itself, or that on arXiv, and the line."""
    doi, line = _raw(entry, "doi")
    if doi:
        return doi_address(_ESCAPE.sub(r"\1", doi)), line
    url, line = _raw(entry, "url")
    if url:
        return _ESCAPE.sub(r"\1", _URL_MACRO.sub(r"\1", url)).strip(), line
    number, line = _arxiv(entry)
    return f"https://arxiv.org/abs/{number}" if number else "", line


def _arxiv(entry: Entry) -> tuple[str, int]:
    """Return the number on arXiv, or an empty string, and its line."""
    archive = _raw(entry, "archiveprefix", "eprinttype")[0].strip().lower()
    number, line = _raw(entry, "eprint")
    return (number.strip() if archive == "arxiv" else ""), line


def _line(start_line: int | None) -> int:
    """Return a line counted from 1; bibtexparser counts from 0."""
    return (start_line or 0) + 1


def _mistake(block: ParsingFailedBlock) -> Mistake:
    """Return the reason why a block is not read."""
    reason = getattr(block.error, "abort_reason", "") or str(block.error).partition(" Note:")[0]
    key = getattr(block.ignore_error_block, "key", "")
    says = str(__("this BibTeX entry is left out: %s")) % " ".join(reason.split()).rstrip(".")
    return Mistake(_line(block.start_line), f"{key}: {says}" if key else says)
