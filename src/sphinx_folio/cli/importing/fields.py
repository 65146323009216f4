"""Convert the fields of a résumé for the portfolio, and log fields that are changed or skipped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from itertools import chain, count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sphinx_folio._common.i18n import DateFormatter, __
from sphinx_folio.cli.importing.dates import is_ongoing, read_date
from sphinx_folio.cli.importing.headings import headings_in
from sphinx_folio.cli.importing.items import has_content
from sphinx_folio.cli.importing.markdown import blocks, divided, has_lists, link, nested_blocks, prose, split_list
from sphinx_folio.cli.language_levels import translated_level
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.keys import key_from
from sphinx_folio.export.formats.json_resume_values import is_part_of_year, without_html, without_remark
from sphinx_folio.portfolio.dates import Period
from sphinx_folio.portfolio.records import KEY_PATTERN, X_FOLIO, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from sphinx_folio.cli.importing.items import Item
    from sphinx_folio.portfolio.dates import PartialDate

AS_TEXT = __("written to the page as text")
NOT_LATER = ("startDate", "date", "releaseDate")
"""The dates that a build does not accept if they are in the future."""
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """The options of an import: the language of the headings, and whether to keep Markdown and days of dates."""

    language: str = "en"
    markdown: bool = False
    days: bool = False
    folder: Path | None = None
    """The folder with the résumé, in which its photo may be."""

    @property
    def headings(self) -> Mapping[str, str]:
        """The headings, labels and punctuation of the language."""
        return headings_in(self.language)


class FieldConverter:
    """Convert fields according to the options of the import, and assign a unique key to every object."""

    def __init__(self, options: ImportOptions) -> None:
        """Start with the options of the import and no keys."""
        self.options = options
        self._dates = DateFormatter(options.language, {})
        self._keys: dict[tuple[str, str], str] = {}
        self._described: dict[tuple[str, ...], tuple[str, dict[str, Any]]] = {}
        self._copies: set[str] = set()
        self._today = str(datetime.now().astimezone().date())

    # Texts

    def prose(self, item: Item, name: str) -> str:
        """Return a field as paragraphs of Markdown."""
        return self.markdown(item, item.path_of(name), item.text(name))

    def bullets(self, item: Item, name: str) -> str:
        """Return the texts of a field as a list, in Markdown."""
        return bullets(self.markdown(item, path, text) for path, text in item.texts(name))

    def listed(self, item: Item, name: str) -> list[str]:
        """Return the texts of a field as the distinct parts of an option; a text with commas becomes several."""
        found = [(path, convert.words(" ".join(text.split()))) for path, text in item.texts(name)]
        divided = {part for _path, parts in found if len(parts) > 1 for part in parts}
        distinct: dict[str, None] = {}
        for path, parts in found:
            if len(parts) > 1:
                item.log.note(path, __("split at the commas"), kept=True)
            elif divided.intersection(parts):
                item.log.keep_quietly([path])
            elif distinct.keys() & set(parts):
                item.log.note(path, __("occurs more than once"))
            distinct |= dict.fromkeys(parts)
        return list(distinct)

    def markdown(self, item: Item, path: str, text: str) -> str:
        """Return a text as paragraphs of Markdown; HTML is converted to text first."""
        plain = without_html(text, markdown=self.options.markdown)
        if plain != text:
            item.log.note(path, __("HTML converted to text"), kept=True)
        is_ours = _is_ours(item) or X_FOLIO in re.split(r"[.\[]", item.path)
        if is_ours and "\n " in plain:
            return nested_blocks(plain, markdown=self.options.markdown)
        lines = plain if _is_ours(item) else divided(plain)
        return blocks(lines, markdown=self.options.markdown, signed=item.section == "references")

    def lift_bullets(self, item: Item, name: str) -> None:
        """Move the list in a text, whose lines begin with bullets, to the highlights of the item."""
        text, highlights = item.text(name), item.data.get("highlights") or []
        rest, bulleted = split_list(divided(text))
        if _is_ours(item) or not isinstance(highlights, list) or without_html(text) != unescape(text):
            return
        if not bulleted:
            if has_lists(divided(text)):
                item.log.note(item.path_of(name), __("its lists stay in the text, since there are several"))
            return
        item.log.note(item.path_of(name), __("its lines with bullets imported as highlights"))
        item.data |= {item.spelled(name): rest, "highlights": [*highlights, *bulleted]}

    def joined(self, parts: Iterable[str]) -> str:
        """Return items of Markdown, separated by commas; empty items are left out."""
        return self.options.headings["comma"].join(filter(None, parts))

    def facts(self, parts: Iterable[str]) -> str:
        """Return unrelated facts in Markdown as one line; empty ones are left out."""
        return self.options.headings["pause"].join(filter(None, parts))

    def labeled(self, label: str, text: str) -> str:
        """Return a fact with its label, which is a key of the headings; empty for an empty fact."""
        return f"{self.options.headings[label]}{self.options.headings['colon']}{text}" if text else ""

    def level_of_language(self, item: Item, level: str) -> str:
        """Return a level in the language of the headings, if it is one of LinkedIn's in English."""
        translated = "" if _is_ours(item) else translated_level(level, "en", self.options.language)
        if not translated or translated == level:
            return level
        item.log.note(item.path_of("fluency"), __("imported as %s") % translated, kept=not item.log.is_converted)
        return translated

    # Dates

    def period(self, item: Item, outcome: str = AS_TEXT) -> Period | None:
        """Return the period from the start date to the end date; it is open if there is no end or it is ongoing.

        Return None if a date is invalid or the end is before the start; ``period_text`` returns such dates as text, and
        the report says the outcome.
        """
        start, end_text = self.date(item, "startDate", outcome), self._date_line(item, "endDate")
        found = None
        if not start:
            if end_text and not item.line("startDate"):
                item.log.note(item.path_of("endDate"), __("startDate is missing") + f"; {outcome}", kept=True)
        elif not end_text or is_ongoing(end_text):
            found = Period(start)
            item.keep_quietly(*() if item.log.is_converted else ("endDate",))
        elif end := self.date(item, "endDate", outcome):
            try:
                found = Period(start, end)
            except ValueError as error:
                item.log.note(item.path_of("endDate"), f"{error}; {outcome}", kept=True)
        if not found:
            item.keep_from_page("startDate", "endDate")
        return found

    def date(self, item: Item, name: str, outcome: str = AS_TEXT) -> PartialDate | None:
        """Return a date; its day is kept only if the options say so.

        Return None if it is invalid or later than today; the report says the outcome.
        """
        text = self._date_line(item, name)
        if not text:
            return None
        try:
            found, shortened = read_date(text, days=self.options.days)
        except ValueError as error:
            item.log.note(item.path_of(name), f"{error}; {outcome}", kept=True)
            return None
        if str(found) > self._today[: len(str(found))] and name in NOT_LATER:
            item.log.note(item.path_of(name), __("later than today") + f"; {outcome}", kept=True)
            return None
        if is_part_of_year(text):
            message = __("%s counts as the year; write the month if you know it")
            item.log.note(item.path_of(name), message % text, kept=True)
        elif shortened:
            item.log.note(item.path_of(name), __("shortened to the month; use --days to keep days"), kept=True)
        elif str(found) != text:
            item.keep_quietly(name)
        return found

    def _date_line(self, item: Item, name: str) -> str:
        text = item.line(name)
        plain = without_remark(text)
        if plain != text:
            item.log.note(item.path_of(name), __("imported without the remark in parentheses"), kept=True)
        return plain

    def period_text(self, item: Item) -> str:
        """Return a period in the language of the headings; invalid dates are not changed.

        One without an end is not over, unless it has not begun.
        """
        start, end = item.flat_text("startDate"), item.flat_text("endDate")
        first, last = (self.date_text(text) if text else "" for text in (start, end))
        if is_ongoing(end) or (start and not end and not self._is_future(start)):
            last = self.options.headings["present"]
        return " – ".join(filter(None, (first, last) if first != last else (first,)))

    def own_dates(self, item: Item) -> str:
        """Return the period as it is written if it has a part of a year, such as “Fall 2016”; otherwise nothing."""
        texts = (without_remark(item.flat_text(name)) for name in ("startDate", "endDate"))
        return self.period_text(item) if any(map(is_part_of_year, texts)) else ""

    def _is_future(self, text: str) -> bool:
        try:
            date = str(read_date(text)[0])
        except ValueError:
            return False
        return date > self._today[: len(date)]

    def date_text(self, text: str) -> str:
        """Return a date in the language of the headings; an invalid date or a part of a year is not changed."""
        if is_part_of_year(text):
            return text
        try:
            return self._dates.date(read_date(text, days=self.options.days)[0])
        except ValueError:
            return text

    # Addresses

    def address(self, item: Item, name: str = "url") -> str:
        """Return a web or mail URL; ``https://`` is added to a bare host name."""
        text = item.line(name)
        if _HOST.fullmatch(text):
            item.log.note(item.path_of(name), __("imported as %s") % f"https://{text}", kept=True)
            text = f"https://{text}"
        return self.converted(item, name, linkable, text)

    def converted(self, item: Item, name: str, function: Callable[[str], Any], text: str | None = None) -> str:
        """Return a field converted to the value of an option; an invalid field is logged as skipped."""
        text = item.line(name) if text is None else text
        try:
            return str(function(text)) if text else ""
        except ValueError as error:
            item.log.keep([item.path_of(name)], str(error))
            return ""

    def link(self, item: Item, name: str = "url") -> str:
        """Return a URL as a Markdown link, and log that it is written to the page as text."""
        address = self.address(item, name)
        if not address:
            return ""
        item.log.note(item.path_of(name), AS_TEXT)
        item.log.keep_from_page([item.path_of(name)])
        shown = address.split("://", 1)[-1].removeprefix("mailto:").removesuffix("/")
        return link(prose(shown), address)

    def profile(self, item: Item) -> str:
        """Return a profile as a value of the option ``profiles``; empty if it has no valid URL."""
        address, network, username = self.address(item), item.line("network"), item.line("username")
        label = " ".join(re.sub(r"[<>,，、]", " ", network).split()) or (urlsplit(address).hostname or "Mail")
        written = f"{label} <{address}>"
        if not address or not self.converted(item, "url", convert.links, written):
            skipped = [item.path_of(name) for name in ("network", "username") if item.line(name)]
            item.log.keep(skipped, __("the profile has no valid url"))
            return ""
        if network and label != network:
            item.log.note(item.path_of("network"), __("imported as %s") % label, kept=True)
        if username not in ("", Link(label=label, url=address).username):
            item.log.keep([item.path_of("username")], __("differs from the name in the url"))
        return written

    # Keys

    def is_repeated(self, item: Item, objtype: str, *values: str) -> bool:
        """Return whether another object of a type has the same name and the same facts, so that readers confuse them.

        Objects with a key of their own are always accepted.
        """
        words = (objtype, *(value.casefold() for value in values))
        path, data = self._described.setdefault(words, (item.path, dict(item.data)))
        if path == item.path or _is_ours(item):
            return False
        if adds_nothing(item.data, data):
            self._copies.add(item.path)
            item.log.note(item.path, __("left out, since it is the same as %s") % path)
        else:
            item.log.note(item.path, __("the same as %s") % path + f"; {AS_TEXT}")
        return True

    def is_copy(self, item: Item) -> bool:
        """Return whether a repeated object has no content that the first one does not have, so that it is left out."""
        return item.path in self._copies

    def key(self, objtype: str, item: Item, name: str, details: Iterable[str] = ("",), *, own: bool = True) -> str:
        """Return the key of an object, or derive one from its name; report duplicate and invalid keys.

        Args:
            objtype: The type of the object.
            item: The ``x-folio`` object, which may have a ``key``.
            name: The text from which a new key is derived.
            details: What is added to the name, such as the title of a position; the first that makes a new key is
                used. A number would make the key look like that of a highlight.
            own: Whether ``item`` belongs to this object; otherwise its key is ignored.
        """
        given = item.line("key") if own else ""
        if given and not KEY_PATTERN.fullmatch(given):
            item.log.error(
                item.path_of("key"), __("%r is not a key; use lowercase letters, digits, hyphens and dots") % given
            )
        elif given and (objtype, given) in self._keys:
            item.log.error(item.path_of("key"), __("%r is already the key of %s") % (given, self._keys[objtype, given]))
        elif given:
            self._keys[objtype, given] = item.path
            return given
        language = self.options.language
        bases = [key_from(name, detail, language=language) or objtype for detail in details]
        numbered = (f"{bases[-1]}-{number}" for number in count(2))
        key = next(key for key in chain(bases, numbered) if (objtype, key) not in self._keys)
        self._keys[objtype, key] = item.path
        return key

    def reserve(self, objtype: str, keys: Iterable[str], path: str) -> None:
        """Reserve the keys of entries that a file defines."""
        self._keys |= {(objtype, key): f"{path} {key}" for key in keys}

    def entries_by_path(self) -> dict[str, tuple[str, str]]:
        """Return the path of each item that became an entry, and the type and the key of that."""
        found: dict[str, tuple[str, str]] = {}
        for entry, path in self._keys.items():  # the entry itself comes before its highlights
            found.setdefault(path.removesuffix(f".{X_FOLIO}"), entry)
        return found

    def keys(self, item: Item, name: str, objtype: str = "skill") -> str:
        """Return the keys of a field as the value of an option; report unknown keys."""
        found = item.texts(name)
        for path, key in found:
            if (objtype, key) not in self._keys:
                item.log.error(path, __("unknown %s %r") % (objtype, key))
        return ", ".join(dict.fromkeys(key for _path, key in found))


def _is_ours(item: Item) -> bool:
    """Return whether an item comes from one of our own exports, which contain keys."""
    extension = item.data.get(X_FOLIO)
    return isinstance(extension, dict) and "key" in extension


def adds_nothing(new: Any, known: Any) -> bool:
    """Return whether a value has no content that another one does not have, apart from case and white space."""
    if not has_content(new):
        return True
    if isinstance(new, dict) and isinstance(known, dict):
        return all(adds_nothing(part, known.get(name)) for name, part in new.items())
    if isinstance(new, list) and isinstance(known, list):
        return all(any(adds_nothing(part, other) for other in known) for part in new)
    if isinstance(new, str) and isinstance(known, str):
        return new.casefold().split() == known.casefold().split()
    return bool(new == known)


def linkable(text: str) -> str:
    """Return a URL that can be written as a Markdown link.

    Raises:
        ValueError: The text is not a web or mail URL, or contains angle brackets or backslashes.
    """
    if set(text) & set("<>\\"):
        raise ValueError(__("not a link: %r; it must not contain <, > or a backslash") % text)
    return convert.url(text)


def bullets(texts: Iterable[str]) -> str:
    """Return texts in Markdown as a list."""
    return "".join("- " + re.sub(r"\n(?=.)", "\n  ", text) + "\n" for text in texts if text)


def period_options(period: Period | None) -> dict[str, str]:
    """Return the options of a period."""
    if period is None:
        return {}
    return {"start": str(period.start), "end": str(period.end) if period.end else ""}
