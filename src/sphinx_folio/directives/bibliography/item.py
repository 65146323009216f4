"""What a bibliography contains: publications as options of the directive ``publication``, and mistakes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.cjk import HAN, HAN_CHARACTERS
from sphinx_folio._common.spelling import LIST_SEPARATORS, ascii_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STATUS = re.compile(
    r"in (?:press|preparation|print|progress|review|revision)\b|under (?:review|revision|consideration)\b"
    r"|(?:re)?submitted\b|accepted\b|forthcoming\b|to (?:appear|be published|be submitted)\b|work in progress\b"
    r"|im (?:druck|erscheinen)\b|à paraître\b|en prensa\b|已?投稿|审稿|在审|已?录用|待刊|待发表|撰写中|印刷中",
    re.IGNORECASE,
)
"""Words that say the status of a work that is not published yet."""
_SEPARATORS = re.compile(r"[^a-z0-9.]+")
_RANGE = re.compile(r"(?<=\d)\s*[-–]+\s*(?=\w)")
_DOI_PREFIX = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_EDITION = re.compile(r"\bed(?:n|ition)?\b|[版판]|\baufl|\bédition", re.IGNORECASE)
"""The word for an edition."""
_EAST_ASIAN = f"[{HAN_CHARACTERS}\uac00-\ud7a3]+"
_FAMILY_FIRST = re.compile(rf"\s*({_EAST_ASIAN})(?:\s*,\s*|\s+)({_EAST_ASIAN})\s*")


class MissingLibraryError(Exception):
    """A library that reads the file is not installed; the arguments are the library and the extra."""


class Mistake(NamedTuple):
    """A part of a file that cannot be read."""

    line: int
    says: str


@dataclass(slots=True, kw_only=True)
class Item:
    """A publication."""

    citation_key: str
    """Its key in the file."""
    line: int
    options: dict[str, str] = field(default_factory=dict)
    """Option of the directive ``publication`` → value; empty values are left out."""
    lines: dict[str, int] = field(default_factory=dict)
    """Option → line, for those whose line is known."""

    def set(self, option: str, value: str, line: int = 0) -> None:
        """Set an option, on one line, unless the value is empty."""
        text = " ".join(value.split())
        if text:
            self.options[option] = text
            self.lines[option] = line or self.line

    def set_date(self, value: str, line: int = 0) -> None:
        """Set the date; a text without a digit that says a status, such as ``in press``, is the status instead.

        Any other text without a digit, such as ``n.d.``, does not replace a known date.
        """
        has_digit = any(map(str.isdigit, value))
        if STATUS.search(value) and not has_digit:
            self.set("status", value, line)
        elif has_digit or "date" not in self.options:
            self.set("date", value, line)

    def set_details(self, fields: Mapping[str, str], editors: Sequence[str] = ()) -> None:
        """Set what follows the venue in a citation, such as ``12(3), 45–67``; the type and the venue are already set.

        Args:
            fields: ``volume``, ``number``, ``pages``, ``series``, ``edition``, ``publisher`` and ``isbn``, which only
                books show; those that are unknown are empty.
            editors: The names of the editors.
        """
        volume, number, pages = fields["volume"], fields["number"], _RANGE.sub("–", fields["pages"])
        issue = f"{volume}({number})" if volume and number else volume or number
        if self.options.get("type") == "article":
            self.set("details", ", ".join(filter(None, (issue, pages))))
            return
        venue = self.options.get("publisher", "")
        has_labels = not HAN.search(venue)
        if has_labels:
            issue = issue and (issue if fields["series"] else f"vol. {issue}" if volume else f"no. {issue}")
            pages = pages and f"{'pp.' if '–' in pages or ',' in pages else 'p.'} {pages}"
        label = "编" if not has_labels else "(Eds.)" if len(editors) > 1 else "(Ed.)"
        names = f"{author_list([*editors])} {label}" if editors else ""
        series = " ".join(filter(None, (fields["series"], issue)))
        edition = _edition(fields["edition"], has_labels=has_labels)
        publisher = fields["publisher"] if fields["publisher"] != venue else ""
        isbn = f"ISBN {fields['isbn']}" if fields["isbn"] and self.options.get("type") == "book" else ""
        self.set("details", ", ".join(filter(None, (names, series, edition, pages, publisher, isbn))))

    @property
    def key(self) -> str:
        """The key of the entry: the citation key in lower case, with hyphens instead of other signs."""
        return key_of(self.citation_key)


@dataclass(slots=True)
class Contents:
    """The publications in a file, in its order, and its mistakes."""

    items: list[Item] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def _edition(text: str, *, has_labels: bool) -> str:
    """Return the edition of a book, such as ``2nd ed.``, or ``第 2 版`` without English labels."""
    if text.isdecimal():
        ordinal = "th" if len(text) > 1 and text[-2] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
        text = f"{text}{ordinal}" if has_labels else f"第 {text} 版"
    return text if not text or _EDITION.search(text) else f"{text} ed."


def key_of(citation_key: str) -> str:
    """Return the key of an entry for a citation key such as ``Smith_2020:Fast``; it may be invalid."""
    plain = _SEPARATORS.sub("-", ascii_form(citation_key).lower())
    return re.sub(r"[.-]*[.][.-]*", ".", plain).strip("-.") or citation_key


def doi_address(doi: str) -> str:
    """Return the address of a DOI, which may already be one; empty for an empty DOI."""
    plain = _DOI_PREFIX.sub("", doi.strip(), count=1)
    return f"https://doi.org/{plain}" if plain else ""


def family_first(name: str) -> str:
    """Return a Chinese, Japanese or Korean name, such as ``张, 三`` or ``张 三``, without space; others unchanged."""
    match = _FAMILY_FIRST.fullmatch(name)
    return match[1] + match[2] if match else name


def author_list(names: list[str]) -> str:
    """Return names as the value of the option ``authors``, which commas separate."""
    return ", ".join(" ".join(re.sub(f"[{LIST_SEPARATORS}]", " ", name).split()) for name in names)
