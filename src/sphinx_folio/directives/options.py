"""Converters of option values: each takes the text and returns the value, or raises ValueError with a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sphinx_folio._common.i18n import __
from sphinx_folio._common.spelling import LIST_SEPARATORS, ascii_form, bare_key
from sphinx_folio.portfolio.dates import NoSuchDateError, PartialDate, likely_date
from sphinx_folio.portfolio.records import KEY_PATTERN, SKETCH_ARROW, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FULL_WIDTH_ENDS = "，。；：、）》」”’"
SCHEMES = ("http", "https", "mailto")
_LABELLED_LINK = re.compile(r"(?P<label>[^<>]+?)\s*<(?P<url>[^<>]*)>")
_SEPARATOR = re.compile(rf"[{LIST_SEPARATORS}](?![^<]*>)")  # a comma inside <…> belongs to an address


class AnyOption(dict[str, "Callable[[str | None], str]"]):
    """An ``option_spec`` that accepts every option and passes its text on unchanged.

    docutils rejects a whole directive if one option is invalid. With this class, the directive validates its options
    itself: it warns about an invalid one with our own subtype, and the others are used.
    """

    def __contains__(self, name: object) -> bool:
        """Return True for every name."""
        return True

    def __bool__(self) -> bool:
        """Return True; MyST parses options only if the ``option_spec`` is true."""
        return True

    def __getitem__(self, name: str) -> Callable[[str | None], str]:
        """Return a converter that only removes surrounding spaces."""
        return _strip


def _strip(value: str | None) -> str:
    return (value or "").strip()


def text(value: str) -> str:
    """Return the text unchanged."""
    return value


def date(value: str) -> PartialDate:
    """Return a date: a year, a month or a day."""
    try:
        return PartialDate.parse(value)
    except NoSuchDateError as error:
        raise ValueError(str(__("no such date: %r (%s)")) % (value, error.reason)) from None
    except ValueError:
        raise ValueError(str(__("not a date: %r; write a year, 2021-08 or 2021-08-31")) % value) from None


def items(value: str) -> list[str]:
    """Return the parts of a list separated by commas of any script, including empty parts."""
    return [part.strip() for part in _SEPARATOR.split(value)]


def words(value: str) -> tuple[str, ...]:
    """Return the distinct parts of a list without empty ones."""
    return tuple(dict.fromkeys(filter(None, items(value))))


def keys(value: str) -> tuple[str, ...]:
    """Return the keys in a list."""
    found = words(value)
    for key in found:
        if not KEY_PATTERN.fullmatch(key):
            raise ValueError(
                str(__("%r is not a valid key; use lowercase ASCII letters, digits, dots and hyphens")) % key
            )
    return found


def url(value: str) -> str:
    """Return a URL with the scheme http, https or mailto."""
    parts = urlsplit(value)
    if parts.scheme.lower() not in SCHEMES:
        raise ValueError(str(__("not a link: %r; it must begin with http:, https: or mailto:")) % value)
    if not (parts.netloc or (parts.scheme.lower() == "mailto" and parts.path)):
        raise ValueError(str(__("not a link: %r; there is no address after %s:")) % (value, parts.scheme))
    if any(character.isspace() for character in value):
        raise ValueError(str(__("not a link: %r; it has a space in it")) % value)
    if value[-1] in _FULL_WIDTH_ENDS:
        raise ValueError(str(__("not a link: %r; remove the %s at its end")) % (value, value[-1]))
    return value


def email(value: str) -> str:
    """Return an email address."""
    name, _, host = value.removeprefix("mailto:").partition("@")
    if not name or not host or any(character.isspace() or character in "<>," for character in value):
        raise ValueError(str(__("not an email address: %r; write name@example.org")) % value)
    return f"{name}@{host}"


def links(value: str) -> tuple[Link, ...]:
    """Return the links in a list such as ``GitHub <https://…>, Blog <https://…>``."""
    return tuple(_links(value))


def _links(value: str) -> Iterator[Link]:
    for part in words(value):
        match = _LABELLED_LINK.fullmatch(part)
        if not match:
            raise ValueError(str(__("not a link: %r; write a label, then the address in angle brackets")) % part)
        yield Link(label=match["label"], url=url(match["url"]))


def positive(value: str) -> float:
    """Return a finite number greater than 0."""
    try:
        number = float(value)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise ValueError(str(__("not a number above 0: %r")) % value)
    return number


_ARROW = re.compile(rf"->|{SKETCH_ARROW}")
_UNSUPPORTED_SIGN = re.compile(r"[｜＞]|[-=]$|^>|=>")
"""Parts of other arrows and full-width characters, which would be drawn as text."""


def sketch(value: str) -> str:
    """Return a sketch such as ``client -> pool | log`` with normalized arrows and spaces; no box may be empty."""
    steps = [[box.strip() for box in step.split("|")] for step in _ARROW.split(value)]
    boxes = [box for step in steps for box in step]
    if not _ARROW.search(value) or not all(boxes) or any(_UNSUPPORTED_SIGN.search(box) for box in boxes):
        raise ValueError(
            str(__("not a sketch: %r; write boxes with -> between them, and | between those of one step")) % value
        )
    return f" {SKETCH_ARROW} ".join(" | ".join(step) for step in steps)


def pairs(value: str) -> dict[str, str]:
    """Return the pairs in a list such as ``create = Creation, delete = Removal`` as a dict."""
    found = {}
    for part in words(value):
        name, sign, text = part.partition("=")
        if not (sign and name.strip() and text.strip()):
            raise ValueError(str(__("not a pair: %r; write name = text")) % part)
        found[name.strip()] = text.strip()
    return found


def is_readable(convert: Callable[[str], Any], value: str) -> bool:
    """Return whether a converter accepts a value."""
    try:
        convert(value)
    except ValueError:
        return False
    return True


def no_guesses(value: str) -> Iterator[str]:
    """Yield nothing, for options whose values cannot be corrected."""
    yield from ()


def date_guesses(value: str) -> Iterator[str]:
    """Yield the ISO 8601 form of a date in another notation."""
    yield likely_date(value)


_MARKDOWN_LINK = re.compile(r"!?\[[^]]*\]\((?P<url>[^)\s]+)[^)]*\)")
_BROKEN_SCHEME = re.compile(r"^h?t?tps?[:;/]{1,4}(?=\w)", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/:?#].*)?", re.IGNORECASE)

_DOI = re.compile(r"(?:doi:\s*)?(?P<number>10\.\d{4,}/\S+)", re.IGNORECASE)


def url_guesses(value: str) -> Iterator[str]:
    """Yield likely corrections of a URL: without brackets or punctuation, with a valid scheme, or that of a DOI."""
    plain = ascii_form(value.rstrip(_FULL_WIDTH_ENDS)).strip()
    link = _MARKDOWN_LINK.fullmatch(plain)
    plain = link["url"] if link else plain.strip("<>\"'`")
    yield plain
    yield _BROKEN_SCHEME.sub("https://", plain, count=1)
    if _HOST.fullmatch(plain):
        yield f"https://{plain}"
    if doi := _DOI.fullmatch(plain):
        yield f"https://doi.org/{doi['number']}"


def email_guesses(value: str) -> Iterator[str]:
    """Yield the email address in a text, without brackets, and with ``at`` and ``dot`` replaced by their signs."""
    plain = ascii_form(value).strip("<>\"'` ")
    yield plain
    yield re.sub(r"\s*[\[(]?\b(at)\b[\])]?\s*", "@", re.sub(r"\s*[\[(]?\b(dot)\b[\])]?\s*", ".", plain))


def key_guesses(value: str) -> Iterator[str]:
    """Yield the list of keys without quotes and in lower case."""
    yield ", ".join(bare_key(part) for part in words(value))


def links_guesses(value: str) -> Iterator[str]:
    """Yield the list with links in the form ``label <url>``, converted from Markdown links and from ``label url``."""
    plain = ascii_form(value).strip(" ,")
    yield re.sub(r"\[(?P<label>[^]]+)\]\((?P<url>[^)\s]+)\)", r"\g<label> <\g<url>>", plain)
    yield re.sub(r"(?P<label>[^,<>]*?[^,<>:\s])\s*:?\s+(?P<url>https?://[^\s,<>]+)", r"\g<label> <\g<url>>", plain)


def sketch_guesses(value: str) -> Iterator[str]:
    """Yield the sketch with other arrows replaced by ``->``."""
    yield re.sub(r"\s*(?:[-=]{2,}>|=>|[-=]*→)\s*", " -> ", ascii_form(value))


_REVISION = re.compile(r"[\w.+/-]+")


def revision(value: str) -> str:
    """Return the name of a tag or the hash of a commit."""
    if not _REVISION.fullmatch(value):
        raise ValueError(str(__("not a revision: %r; write a tag or a commit")) % value)
    return value
