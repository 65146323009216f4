"""Read the fields of a résumé as the portfolio has them, and log each that is changed or left out on the way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sphinx_folio._common.i18n import DateFormatter, __
from sphinx_folio.cli.importing.dates import is_ongoing, read_date, without_remark
from sphinx_folio.cli.importing.headings import ENGLISH
from sphinx_folio.cli.importing.markdown import link, prose, without_html
from sphinx_folio.directives import options as convert
from sphinx_folio.portfolio.dates import Period
from sphinx_folio.portfolio.records import (
    KEY_PATTERN,
    X_FOLIO,
    Link,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx_folio.cli.importing.reading import Item
    from sphinx_folio.portfolio.dates import PartialDate

AS_TEXT = __("on the page as text")
LONGEST_KEY = 40
"""In characters; keys are parts of addresses."""
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the owner chose: the language of the headings, whether Markdown in texts is kept, and days in dates."""

    language: str = "en"
    headings: Mapping[str, str] = field(default_factory=lambda: ENGLISH)
    markdown: bool = False
    days: bool = False


class Fields:
    """Read fields by the owner's choices; give every object a key of its own."""

    def __init__(self, choices: Choices) -> None:
        """Take the owner's choices; no key is taken yet."""
        self.choices = choices
        self._dates = DateFormatter(choices.language, {})
        self._keys: dict[tuple[str, str], str] = {}

    # Texts

    def prose(self, item: Item, name: str) -> str:
        """Return a field as paragraphs of Markdown."""
        return self.markdown(item, item.path_of(name), item.text(name))

    def bullets(self, item: Item, name: str) -> str:
        """Return the texts of a field as a list, in Markdown."""
        return bullets(self.markdown(item, path, text) for path, text in item.texts(name))

    def markdown(self, item: Item, path: str, text: str) -> str:
        """Return a text as paragraphs of Markdown, after HTML has been turned into text."""
        plain = without_html(text, markdown=self.choices.markdown)
        if plain != text:
            item.log.note(path, __("HTML in it is turned into text"))
        return prose(plain, markdown=self.choices.markdown)

    def words(self, parts: Iterable[str]) -> str:
        """Return words of one kind, in Markdown, as a line; nothing if there are none."""
        return self.choices.headings["comma"].join(filter(None, parts))

    def facts(self, parts: Iterable[str]) -> str:
        """Return facts of several kinds, in Markdown, as a line; nothing if there are none."""
        return self.choices.headings["pause"].join(filter(None, parts))

    def labelled(self, label: str, text: str) -> str:
        """Return a fact after its label, by the label's key in the headings; nothing if there is none."""
        return f"{self.choices.headings[label]}{self.choices.headings['colon']}{text}" if text else ""

    # Dates

    def period(self, item: Item) -> Period | None:
        """Return the period from the start date to the end date; open if it has no end or goes on.

        There is none if a date is not readable or the end lies before the start: an open one would be untrue. What is
        known of it is then in ``period_text``.
        """
        start, end_text = self._date(item, "startDate"), self._date_line(item, "endDate")
        if not start:
            if end_text:
                item.log.note(item.path_of("endDate"), __("there is no startDate") + f"; {AS_TEXT}")
            return None
        if not end_text or is_ongoing(end_text):
            return Period(start)
        end = self._date(item, "endDate")
        try:
            return Period(start, end) if end else None
        except ValueError as error:
            item.log.note(item.path_of("endDate"), f"{error}; {AS_TEXT}")
            return None

    def _date(self, item: Item, name: str) -> PartialDate | None:
        """Return a date; in a file that others made, its day only if the owner wants days."""
        text = self._date_line(item, name)
        if not text:
            return None
        try:
            found, shortened = read_date(text, days=self.choices.days or X_FOLIO in item.data)
        except ValueError as error:
            item.log.note(item.path_of(name), f"{error}; {AS_TEXT}")
            return None
        if shortened:
            item.log.note(item.path_of(name), __("shortened to its month; --days keeps days"))
        return found

    def _date_line(self, item: Item, name: str) -> str:
        text = item.line(name)
        plain = without_remark(text)
        if plain != text:
            item.log.note(item.path_of(name), __("imported without what is in brackets"))
        return plain

    def period_text(self, item: Item) -> str:
        """Return a period in the language of the headings; what is not readable as a date stays as it is."""
        start, end = item.words("startDate"), item.words("endDate")
        first, last = (self.date_text(text) if text else "" for text in (start, end))
        if is_ongoing(end) or (start and not end):
            last = self.choices.headings["present"]
        return " – ".join(filter(None, (first, last) if first != last else (first,)))

    def date_text(self, text: str) -> str:
        """Return a date in the language of the headings, or as it is if it is not readable as a date."""
        try:
            return self._dates.date(read_date(text, days=self.choices.days)[0])
        except ValueError:
            return text

    # Addresses

    def address(self, item: Item, name: str = "url") -> str:
        """Return an address of the web or of mail; one without ``https://`` gets it."""
        text = item.line(name)
        if _HOST.fullmatch(text):
            item.log.note(item.path_of(name), __("imported as %s") % f"https://{text}")
            text = f"https://{text}"
        return self.converted(item, name, linkable, text)

    def converted(self, item: Item, name: str, function: Callable[[str], Any], text: str | None = None) -> str:
        """Return a field as an option can have it; nothing, and a line in the log, if it cannot."""
        text = item.line(name) if text is None else text
        try:
            return str(function(text)) if text else ""
        except ValueError as error:
            item.log.leave([item.path_of(name)], str(error))
            return ""

    def link(self, item: Item, name: str = "url") -> str:
        """Return an address as a link in Markdown, and log that it is text on the page."""
        address = self.address(item, name)
        if not address:
            return ""
        item.log.note(item.path_of(name), AS_TEXT)
        shown = address.split("://", 1)[-1].removeprefix("mailto:").removesuffix("/")
        return link(prose(shown), address)

    def profile(self, item: Item) -> str:
        """Return a profile as the person's entry has it; nothing if it has no address that can be linked to."""
        address, network, username = self.address(item), item.line("network"), item.line("username")
        label = " ".join(re.sub(r"[<>,，、]", " ", network).split()) or (urlsplit(address).hostname or "Mail")
        written = f"{label} <{address}>"
        if not address or not self.converted(item, "url", convert.links, written):
            lost = [item.path_of(name) for name in ("network", "username") if item.line(name)]
            item.log.leave(lost, __("it has no address that can be linked to"))
            return ""
        if network and label != network:
            item.log.note(item.path_of("network"), __("imported as %s") % label)
        if username not in ("", Link(label=label, url=address).username):
            item.log.leave([item.path_of("username")], __("the address has another name"))
        return written

    # Keys

    def key(self, objtype: str, item: Item, name: str, *, own: bool = True) -> str:
        """Return the key that an object has, or one like its name; refuse one that another object has.

        Args:
            objtype: The type of the object.
            item: What may have a ``key``, an object of our own exports.
            name: What a new key is made of.
            own: Whether the item is the object's own; if not, its key is another's.
        """
        given = item.line("key") if own else ""
        if given and not KEY_PATTERN.fullmatch(given):
            item.log.refuse(item.path_of("key"), __("%r is not a key") % given)
        elif given and (objtype, given) in self._keys:
            item.log.refuse(
                item.path_of("key"), __("%r is the key of %s already") % (given, self._keys[objtype, given])
            )
        elif given:
            self._keys[objtype, given] = item.path
            return given
        base, number = _key_like(name) or objtype, 1
        key = base
        while (objtype, key) in self._keys:
            number += 1
            key = f"{base}-{number}"
        self._keys[objtype, key] = item.path
        return key

    def known(self, objtype: str, key: str) -> bool:
        """Tell whether an object has a key."""
        return (objtype, key) in self._keys

    def keys(self, item: Item, name: str, objtype: str = "skill") -> str:
        """Return the keys of a field as an option; refuse those that no object has."""
        found = item.texts(name)
        for path, key in found:
            if not self.known(objtype, key):
                item.log.refuse(path, __("there is no %s %r") % (objtype, key))
        return ", ".join(key for _path, key in found)


def linkable(text: str) -> str:
    """Return an address that Markdown can link to.

    Raises:
        ValueError: It is not an address of the web or of mail, or has brackets in it.
    """
    if set(text) & set("<>\\"):
        raise ValueError(__("not a link: %r; it must have no brackets in it") % text)
    return convert.url(text)


def bullets(texts: Iterable[str]) -> str:
    """Return paragraphs of Markdown as a list, an item each."""
    return "".join("- " + text.replace("\n\n", "\n\n  ") + "\n" for text in texts if text)


def _key_like(name: str) -> str:
    """Return a key that resembles a name: its words in ASCII letters and digits, as many as fit."""
    spelled = name.lower().replace("+", "p").replace("#", "-sharp")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    key = "-".join(re.findall("[a-z0-9]+", plain))
    return key if len(key) <= LONGEST_KEY else key[: LONGEST_KEY + 1].rpartition("-")[0] or key[:LONGEST_KEY]
