"""Convert a LinkedIn data archive: a ZIP with one CSV for each section of a profile.

The columns are those of the archives that LinkedIn sends to members ("Download your data"); they are in English, in
whatever language the member uses LinkedIn. Connections, messages and advertising data are not read.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from babel.localedata import LocaleDataDict, load

from sphinx_folio._common.i18n import __
from sphinx_folio.cli.importing.items import UnreadableResumeError
from sphinx_folio.cli.importing.sources.converted import OTHER_SECTIONS, ConvertedResume
from sphinx_folio.cli.importing.sources.linkedin_tables import (
    EMAILS,
    KNOWN,
    MAIN,
    ONE_DATE,
    PHONES,
    PROFILE,
    SECTIONS,
    folder_tables,
    zip_tables,
)
from sphinx_folio.cli.importing.sources.linkedin_tables import OTHER_SECTIONS as OTHER_TABLES
from sphinx_folio.matching.conditions import degree_in
from sphinx_folio.portfolio.records import X_FOLIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_folio.cli.importing.sources.linkedin_tables import Row

STATUS, VISIBLE = "Status", "VISIBLE"
"""The column that says whether a member shows a recommendation on the profile, and its value if so."""
BASICS: Mapping[str, str] = {
    "name": "First Name", "label": "Headline", "summary": "Summary", "location": "Geo Location",
    "profiles": "Websites", "url": "Websites", "email": "Email Address",
}  # fmt: skip
"""Field of ``basics`` → its column."""
NAMED = {*BASICS.values(), "Last Name", "Twitter Handles"}
"""The columns of a profile that are read; the names of others are spelled like those of the schema."""
PRIVATE = ("Address", "Birth Date", "Instant Messengers", "Maiden Name", "Zip Code")
"""The columns of a profile that are not imported."""
FIELDS: Mapping[str, str] = {"highlights": "Description", "x-folio": "Finished On", "name": "First Name"}
"""Fields that no column has in this form → the column that they come from."""

OWN_WEBSITES = {"PERSONAL", "PORTFOLIO"}
"""The kinds of websites that are the person\'s own; the others are those of a company, a blog or a feed."""
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
_REMARK = re.compile(r"\s*\(programming language\)$", re.IGNORECASE)
"""What LinkedIn adds to the names of languages that are also common words, such as Go."""
MAX_DEGREE_LENGTH = 200
"""In characters; a longer text is not split into degree and field."""
_COMMA = re.compile(r"\s*[,，]\s*(?![^()（）]*[)）])")
"""A comma outside of brackets."""
_HONORS = re.compile(r"hons?\b|honou?rs|.*cum laude", re.IGNORECASE)
_NO_LETTER = re.compile(r"\W|\d|_")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def to_json_resume(data: bytes) -> ConvertedResume:
    """Return the content of an archive as JSON Resume.

    Raises:
        UnreadableResumeError: The file is not a LinkedIn archive, is damaged or encrypted, or too large when unpacked.
    """
    return _resume(dict(zip_tables(data)))


def read_archive_folder(root: Path) -> ConvertedResume:
    """Return the content of an unpacked archive as JSON Resume, like :func:`to_json_resume`."""
    return _resume(dict(folder_tables(root)))


def _resume(tables: Mapping[str, list[Row]]) -> ConvertedResume:
    if not {*MAIN} & tables.keys():
        raise UnreadableResumeError(__("not a LinkedIn archive: it has no Profile.csv, Positions.csv or Education.csv"))
    profile = next((row.values for row in tables.get(PROFILE, [])), {})
    private = [column for column in PRIVATE if profile.pop(column, "")]
    emails = [row.values for row in tables.get(EMAILS, [])]
    primary = next((row for row in emails if row.get("Primary", "").lower() == "yes"), next(iter(emails), {}))
    resume = ConvertedResume(
        {
            "basics": {
                "name": " ".join(filter(None, (profile.get("First Name"), profile.get("Last Name")))),
                "label": profile.get("Headline", ""),
                "summary": profile.get("Summary", ""),
                "email": primary.get("Email Address", ""),
                "location": {"city": profile.get("Geo Location", "")},
                "url": (own := _own_website(profile)),
                "profiles": [found for found in _profiles(profile) if found["url"] != own],
                **{_field_name(column): value for column, value in profile.items() if value and column not in NAMED},
            }
        }
    )
    resume.places = {"basics": f"{PROFILE}.csv", "basics.email": f"{EMAILS}.csv"}
    resume.columns = {"basics": {**{_field_name(column): column for column in profile}, **BASICS}}
    resume.skipped = [f"{PROFILE}.csv, {column}: " + __("private") for column in private]
    for table, (section, columns) in SECTIONS.items():
        path = f"{X_FOLIO}.{section}" if section == "courses" else section
        rows = tables.get(table, [])
        others = {_field_name(column): column for row in rows[:1] for column in row.values}
        resume.columns[path] = {**others, **FIELDS, **{field: column for column, field in columns.items()}}
        items = [*_items(rows, path, columns, resume)]
        if items:
            target = resume.setdefault(X_FOLIO, {}) if section == "courses" else resume
            target[section] = items
    texts = [
        {
            "title": title,
            "source": f"{table}.csv",
            "entries": [*_entries(tables[table], columns, one_date=title in ONE_DATE)],
        }
        for table, (title, columns) in OTHER_TABLES.items()
        if tables.get(table)
    ]
    if texts:
        resume[OTHER_SECTIONS] = texts
    if unread := [f"{table}.csv" for table in sorted(tables.keys() - KNOWN)]:
        resume.skipped.append(f"{', '.join(unread)}: " + __("not read, since they are not part of a résumé"))
    if PHONES in tables:
        resume.skipped.append(f"{PHONES}.csv: " + __("private; provide it to private builds with FOLIO_PRIVATE"))
    if PROFILE not in tables:
        resume.skipped.append(f"{PROFILE}.csv: " + __("not in the archive, so that the name is missing"))
    return resume


def _entries(rows: Iterable[Row], columns: Mapping[str, str], *, one_date: bool) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table whose section has no entries."""
    for row in rows:
        item = _item(row.values, columns)
        yield item | ({"endDate": item["startDate"]} if one_date and "startDate" in item else {})


def _items(
    rows: Iterable[Row], path: str, columns: Mapping[str, str], resume: ConvertedResume
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as objects; log their places, and rows that are left out or changed."""
    number = 0
    for row in rows:
        status = row.values.pop(STATUS, VISIBLE) if path == "references" else VISIBLE
        if status.upper() != VISIBLE:
            resume.skipped.append(f"{row.place}: " + __("not imported, since its status is %s") % status)
            continue
        item = _item(row.values, columns)
        resume.places[f"{path}[{number}]"] = row.place
        if path == "references":
            item = _reference(item)
        degree, field = _degree_and_field(item.get("studyType", ""))
        if field and not item.get("area"):
            item |= {"studyType": degree, "area": field}
            resume.notes.append(f"{path}[{number}].studyType: " + __("split at the comma into degree and field"))
        if expires := item.pop("expires", ""):
            item[X_FOLIO] = {"expires": expires}
        name = item.get("name", "")
        if path == "skills" and _REMARK.search(name):
            item["name"] = _REMARK.sub("", name)
            resume.notes.append(f"{path}[{number}].name: " + __("imported as %s") % item["name"])
        yield item
        number += 1


def _item(row: dict[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with the names of JSON Resume."""
    named = {columns.get(column, _field_name(column)): value for column, value in row.items() if value}
    return {name: _date(value) if name in DATES else value for name, value in named.items()}


def _field_name(column: str) -> str:
    """Return the name of a column in the spelling of JSON Resume, whose schema allows more fields: ``creationDate``."""
    words: list[str] = re.findall(r"\w+", column.lower())
    return "".join([*words[:1], *map(str.capitalize, words[1:])]) or column


def _degree_and_field(text: str) -> tuple[str, str]:
    """Return the parts of ``MSc, Computer Science``; a degree may have several names, such as ``MBA, Hons``."""
    for comma in _COMMA.finditer(text) if len(text) <= MAX_DEGREE_LENGTH else ():
        field = text[comma.end() :]
        if degree_in(_COMMA.split(field)[0]) is None and not _HONORS.match(field):
            return (text[: comma.start()], field) if comma.start() and field else (text, "")
    return text, ""


def _reference(item: dict[str, Any]) -> dict[str, Any]:
    name = " ".join(filter(None, (item.pop("firstName", ""), item.pop("lastName", ""))))
    position = ", ".join(filter(None, (item.pop("position", ""), item.pop("company", ""))))
    return {"name": name, "position": position, **item}


def _websites(profile: dict[str, str]) -> list[tuple[str, str]]:
    """Return the websites of a profile, each with its kind, such as ``PORTFOLIO``."""
    return re.findall(r"(\w+):((?:https?://)?\S+?)(?=,\w+:|,?\s|\]|$)", profile.get("Websites", ""))


def _network(address: str) -> str:
    host = urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    return NETWORKS.get(host.removeprefix("www."), "")


def _own_website(profile: dict[str, str]) -> str:
    """Return the website that is the person's own; empty if there is none."""
    found = (address for kind, address in _websites(profile) if kind in OWN_WEBSITES and not _network(address))
    return next(found, "")


def _profiles(profile: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the websites and Twitter handles of a profile, such as ``[PORTFOLIO:https://example.org]``."""
    for kind, address in _websites(profile):
        network = _network(address) or ("" if kind == "OTHER" else kind.capitalize())
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
    """Return the names of months, without dots, in the languages of LinkedIn's interface → number.

    Babel stores what it looks up in tables that languages share, and would then give Polish dates the months of
    Chinese: a copy of the months is used.
    """
    names: dict[str, int] = {}
    for language in LANGUAGES:
        data: dict[Any, Any] = dict(load(language))
        data["months"] = deepcopy(data["months"])
        months = LocaleDataDict(data)["months"]
        for form in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for number, month in months[form][width].items():
                    names.setdefault(_NO_LETTER.sub("", month.casefold()), number)
    return {name: number for name, number in names.items() if name not in NO_NAMES}
