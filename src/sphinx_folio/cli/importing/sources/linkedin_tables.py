"""Read the tables of a LinkedIn data archive: one CSV for each section of a profile, in a ZIP or in a folder."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import MAX_FILE_SIZE, UnreadableResumeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_FILES = 1_000
"""The maximum number of files in an archive; real ones have less than a hundred."""
SECTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Positions": ("work", {
        "Company Name": "name", "Title": "position", "Description": "summary", "Location": "location",
        "Started On": "startDate", "Finished On": "endDate",
    }),
    "Education": ("education", {
        "School Name": "institution", "Degree Name": "studyType", "Start Date": "startDate", "End Date": "endDate",
        "Notes": "summary", "Activities": "activities",
    }),
    "Projects": ("projects", {
        "Title": "name", "Description": "description", "Url": "url",
        "Started On": "startDate", "Finished On": "endDate",
    }),
    "Skills": ("skills", {"Name": "name"}),
    "Languages": ("languages", {"Name": "language", "Proficiency": "fluency"}),
    "Certifications": ("certificates", {
        "Name": "name", "Url": "url", "Authority": "issuer", "Started On": "date", "Finished On": "expires",
        "License Number": "licenseNumber",
    }),
    "Honors": ("awards", {"Title": "title", "Description": "summary", "Issued On": "date"}),
    "Publications": ("publications", {
        "Name": "name", "Published On": "releaseDate", "Description": "summary", "Publisher": "publisher", "Url": "url",
    }),
    "Volunteering": ("volunteer", {
        "Company Name": "organization", "Role": "position", "Cause": "cause", "Started On": "startDate",
        "Finished On": "endDate", "Description": "summary",
    }),
    "Courses": ("courses", {"Name": "name", "Number": "number"}),
    "Recommendations_Received": ("references", {
        "First Name": "firstName", "Last Name": "lastName", "Company": "company", "Job Title": "position",
        "Text": "reference",
    }),
}  # fmt: skip
"""Name of a CSV → section of JSON Resume, and column → field."""
OTHER_SECTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Organizations": ("memberships", {
        "Name": "name", "Position": "position", "Started On": "startDate", "Finished On": "endDate",
        "Description": "summary",
    }),
    "Patents": ("patents", {
        "Title": "title", "Patent or Application Number": "details", "Issued On": "startDate", "Description": "summary",
        "Url": "url",
    }),
    "Test_Scores": ("scores", {"Name": "name", "Score": "details", "Date": "startDate", "Description": "summary"}),
}  # fmt: skip
"""Name of a CSV whose rows become text under a heading of their own → key of the heading, and column → field."""
ONE_DATE = {"patents", "scores"}
"""The headings of sections whose rows have a date instead of a period."""
PROFILE, EMAILS, PHONES = "Profile", "Email Addresses", "PhoneNumbers"
NEEDED: Mapping[str, tuple[str, ...]] = {
    PROFILE: ("First Name", "Last Name"),
    "Positions": ("Company Name", "Title", "Started On"),
    "Education": ("School Name",),
    "Skills": ("Name",),
    "Organizations": ("Name",),
    "Patents": ("Title",),
    "Test_Scores": ("Name",),
}
"""The columns that make a table useful, by default the first of its section."""
MAIN = ("Profile", "Positions", "Education", "Skills")
"""The main tables; an archive has at least one of them."""
KNOWN = {*SECTIONS, *OTHER_SECTIONS, PROFILE, EMAILS, PHONES}
"""The tables that are read, and the one with phone numbers, which are private."""
_TEXTS = {"Summary", "Description", "Notes", "Text"}
"""The columns with texts, in which “<” can be part of HTML."""
_ENTITY = re.compile(r"&(?!lt;|gt;|#60;|#62;)(?:[a-z]+\d*|#\d+|#x[0-9a-f]+);", re.IGNORECASE)


class Row(NamedTuple):
    """A row of a table: its place, such as “Positions.csv, row 2”, and column → value."""

    place: str
    values: dict[str, str]


def zip_tables(data: bytes) -> Iterator[tuple[str, list[Row]]]:
    """Yield the name and the rows of each table in a ZIP; of a table that is not read, no rows.

    Raises:
        UnreadableResumeError: The ZIP is damaged, encrypted, or too large when unpacked; or a table is invalid.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_FILES:
                raise UnreadableResumeError(__("the archive has more than %d files") % MAX_FILES)
            if encrypted := next((info for info in infos if info.flag_bits & 1 and _is_table(info.filename)), None):
                raise UnreadableResumeError(__("%s is encrypted") % encrypted.filename)
            yield from _tables([info.filename for info in infos], lambda name, size: archive.open(name).read(size))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise UnreadableResumeError(__("a damaged ZIP archive; download it again (%s)") % error) from None


def folder_tables(root: Path) -> Iterator[tuple[str, list[Row]]]:
    """Yield the name and the rows of each table in the folder of an unpacked archive, like :func:`zip_tables`."""

    def read(name: str, size: int) -> bytes:
        with (root / name).open("rb") as file:
            return file.read(size)

    yield from _tables(sorted(path.name for path in root.glob("*.csv") if not path.is_symlink()), read)


def is_archive(root: Path) -> bool:
    """Return whether a folder is an unpacked archive."""
    return any((root / f"{name}.csv").is_file() for name in MAIN)


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() == ".csv" and path.stem in KNOWN


def _columns(table: str) -> tuple[str, ...]:
    """Return the columns without which a table is of no use."""
    if table in SECTIONS:
        return NEEDED.get(table) or tuple(SECTIONS[table][1])[:1]
    return NEEDED.get(table, ("Email Address",))


def _tables(names: list[str], read: Callable[[str, int], bytes]) -> Iterator[tuple[str, list[Row]]]:
    left = MAX_FILE_SIZE
    for name in names:
        path = PurePosixPath(name)
        table = path.stem
        if table == PHONES or not _is_table(name):
            yield from [(table, [])] if path.suffix.lower() == ".csv" else []
            continue
        content = read(name, left + 1)  # whatever size the archive claims
        left -= len(content)
        if left < 0:
            raise UnreadableResumeError(__("the files of the archive are larger than %d bytes") % MAX_FILE_SIZE)
        yield table, list(_rows(content, name, _columns(table)))


def _rows(content: bytes, name: str, needed: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a table; some start with notes above the line of columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableResumeError(__("%s is not UTF-8: %s at byte %d") % (name, error.reason, error.start)) from None
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines = [(number, [*map(str.strip, line)]) for number, line in enumerate(reader, 1) if any(line)]
    except csv.Error as error:
        raise UnreadableResumeError(f"{name}: {error}") from None
    if not lines:
        return
    start = next((place for place, (_number, line) in enumerate(lines) if {*needed} <= {*line}), None)
    if start is None:
        message = __("%s: LinkedIn tables have the columns %s; this one has %s")
        raise UnreadableResumeError(message % (name, ", ".join(needed), ", ".join(lines[0][1])))
    columns = lines[start][1]
    for number, line in lines[start + 1 :]:
        values = {column: _decoded(column, value) for column, value in zip(columns, line, strict=False)}
        yield Row(__("%s, row %d") % (PurePosixPath(name).name, number), values)


def _decoded(column: str, value: str) -> str:
    """Return a value without character references, which LinkedIn writes in some fields."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), value) if column in _TEXTS else html.unescape(value)
