"""Convert a LinkedIn data archive: a ZIP with one CSV for each section of a profile.

The columns are those of the archives that LinkedIn sends to members ("Download your data"); they are in English, in
whatever language the member uses LinkedIn. Connections, messages and advertising data are not read.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from babel import Locale

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import MAX_FILE_SIZE, UnreadableResumeError
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
NETWORKS: Mapping[str, str] = {
    "github.com": "GitHub", "gitlab.com": "GitLab", "codeberg.org": "Codeberg", "gitee.com": "Gitee",
    "bitbucket.org": "Bitbucket", "stackoverflow.com": "Stack Overflow", "orcid.org": "ORCID", "medium.com": "Medium",
    "linkedin.com": "LinkedIn", "x.com": "X", "twitter.com": "Twitter", "youtube.com": "YouTube",
}  # fmt: skip
"""Host of a website → its name; LinkedIn only has kinds such as “Portfolio” and “Other”."""
DATES = {"startDate", "endDate", "date", "releaseDate", "expires"}
LANGUAGES = (
    *("en", "zh", "ja", "ko", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "cs", "ro", "tr", "ru", "uk"),
    *("id", "ms", "ar"),
)
NO_NAMES = {"", "月", "월"}
"""Remains of numbered months, such as “8月”, without the digits."""
_NO_LETTER = re.compile(r"\W|\d|_")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def to_json_resume(data: bytes) -> dict[str, Any]:
    """Return the content of an archive as JSON Resume.

    Raises:
        UnreadableResumeError: The file is not a LinkedIn archive, is encrypted, or too large when unpacked.
    """
    tables = dict(_tables(data))
    if not {"Profile", "Positions", "Education", "Skills"} & tables.keys():
        raise UnreadableResumeError(__("not a LinkedIn archive: it has no Profile.csv, Positions.csv or Education.csv"))
    profile = next(iter(tables.get("Profile", [])), {})
    emails = tables.get("Email Addresses", [])
    primary = next((row for row in emails if row.get("Primary", "").lower() == "yes"), next(iter(emails), {}))
    resume: dict[str, Any] = {
        "basics": {
            "name": " ".join(filter(None, (profile.get("First Name"), profile.get("Last Name")))),
            "label": profile.get("Headline", ""),
            "summary": profile.get("Summary", ""),
            "email": primary.get("Email Address", ""),
            "location": {"address": profile.get("Geo Location", "")},
            "profiles": list(_profiles(profile)),
        }
    }
    for table, (section, columns) in SECTIONS.items():
        items = [_item(row, columns) for row in tables.get(table, [])]
        if section == "references":
            items = [_reference(item) for item in items]
        for item in items:
            if expires := item.pop("expires", ""):
                item[X_FOLIO] = {"expires": expires}
        if items:
            target = resume.setdefault(X_FOLIO, {}) if section == "courses" else resume
            target[section] = items
    return resume


def _tables(data: bytes) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the name and the rows of each table that is needed."""
    wanted = {*SECTIONS, "Profile", "Email Addresses"}
    left = MAX_FILE_SIZE
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_FILES:
                raise UnreadableResumeError(__("the archive has more than %d files") % MAX_FILES)
            for info in infos:
                path = PurePosixPath(info.filename)
                if path.suffix.lower() != ".csv" or path.stem not in wanted:
                    continue
                if info.flag_bits & 1:
                    raise UnreadableResumeError(__("%s is encrypted") % info.filename)
                with archive.open(info) as file:
                    content = file.read(left + 1)  # whatever size the archive claims
                left -= len(content)
                if left < 0:
                    raise UnreadableResumeError(__("the files of the archive are larger than %d bytes") % MAX_FILE_SIZE)
                yield path.stem, list(_rows(content, info.filename))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableResumeError(__("not a valid ZIP archive: %s") % error) from None


def _rows(content: bytes, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; some start with notes above the line of columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableResumeError(__("%s is not UTF-8: %s at byte %d") % (name, error.reason, error.start)) from None
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if any(line)]
    except csv.Error as error:
        raise UnreadableResumeError(f"{name}: {error}") from None
    columns = {column for _section, known in SECTIONS.values() for column in known} | {"First Name", "Email Address"}
    start = next((number for number, line in enumerate(lines) if columns.intersection(map(str.strip, line))), None)
    for line in lines[start + 1 :] if start is not None else []:
        yield {column.strip(): value.strip() for column, value in zip(lines[start or 0], line, strict=False)}


def _item(row: dict[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with the names of JSON Resume; columns that are not known keep theirs."""
    named = {columns.get(column, column): value for column, value in row.items() if value}
    return {name: _date(value) if name in DATES else value for name, value in named.items()}


def _reference(item: dict[str, Any]) -> dict[str, Any]:
    name = " ".join(filter(None, (item.pop("firstName", ""), item.pop("lastName", ""))))
    position = ", ".join(filter(None, (item.pop("position", ""), item.pop("company", ""))))
    return {"name": name, "position": position, **item}


def _profiles(profile: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the websites and Twitter handles of a profile, such as ``[PORTFOLIO:https://example.org]``."""
    for kind, address in re.findall(r"\[?(\w+):((?:https?://)?[^\s,\]]+)", profile.get("Websites", "")):
        host = (urlsplit(address if "://" in address else f"https://{address}").hostname or "").removeprefix("www.")
        network = NETWORKS.get(host) or ("" if kind == "OTHER" else kind.capitalize())
        yield {**({"network": network} if network else {}), "url": address}
    for handle in re.findall(r"\w+", profile.get("Twitter Handles", "")):
        yield {"network": "Twitter", "username": handle, "url": f"https://twitter.com/{handle}"}


def _date(text: str) -> str:
    """Return a date whose month is named in any language as ``2021-08``; other texts are not changed."""
    year = _YEAR.search(text)
    if year is None or not re.search(r"[^\W\d]", text):
        return text
    month = _month_names().get(_NO_LETTER.sub("", text.casefold()))
    return f"{year[1]}-{month:02}" if month else text


@cache
def _month_names() -> dict[str, int]:
    """Return the names of months, without dots, in the languages of LinkedIn's interface → number."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for form in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for number, month in months[form][width].items():
                    names.setdefault(_NO_LETTER.sub("", month.casefold()), number)
    return {name: number for name, number in names.items() if name not in NO_NAMES}
