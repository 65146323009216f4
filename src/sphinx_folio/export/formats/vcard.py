"""A person as a vCard, version 4.0 (RFC 6350, with SOCIALPROFILE of RFC 9554)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from sphinx_folio.portfolio.queries.work import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_folio.portfolio.records import Person

MAX_LINE_LENGTH = 75
"""In octets, without the line break (RFC 6350, 3.2)."""

LANGUAGES = ("en", "zh", "zh_Hant", "ar", "de", "es", "fr", "he", "it", "ja", "ko", "pt", "ru")
"""The languages in which names of countries are known."""
OTHER_COUNTRIES = frozenset({
    *("usa", "u.s.a.", "uk", "u.k.", "england", "scotland", "wales", "northern ireland"),
    *("the netherlands", "the philippines", "czech republic", "turkey", "hong kong", "macau"),
})  # fmt: skip
"""Usual English names that the Unicode CLDR does not have, in lower case."""
NOT_ONLY_COUNTRIES = {"georgia", "géorgie", "georgien", "geórgia"}
"""Names that a state of the United States has, too."""


def vcard(person: Person, private: Mapping[str, str] | None = None, *, title: str = "") -> str:
    """Return the vCard of a person.

    Args:
        person: The person.
        private: ``phone``, ``address`` and ``birth``, which a public card does not have.
        title: The title of the person's position; if there is none, the label is used.
    """
    private = private or {}
    birth = private.get("birth") or (str(person.birth) if person.birth else "")
    street = _text(private.get("address", ""))
    locality, country = map(_text, place_and_country(person.location))
    lines = {
        "FN": [_text(person.name)],
        "TITLE": [_text(title or person.label)],
        "NOTE": [_text(person.label if title and not names(title, person.label) else "")],
        "EMAIL": [_text(person.email)],
        "TEL;VALUE=text": [_text(private.get("phone", ""))],
        # post-office box; extended address; street; locality; region; code; country
        "ADR": [f";;{street};{locality};;;{country}"] if street or locality else [],
        # Hyphens are removed from a full date, but not from a year and a month (RFC 6350, 4.3.1).
        "BDAY": [birth if birth.count("-") == 1 else birth.replace("-", "")],
        "URL": [person.url],
        "PHOTO": [person.image],
    }
    profiles = [f"SOCIALPROFILE;SERVICE-TYPE={_parameter(link.label)}:{link.url}" for link in person.profiles]
    named = [f"{name}:{value}" for name, values in lines.items() for value in values if value]
    card = ["BEGIN:VCARD", "VERSION:4.0", *named, *profiles, "END:VCARD"]
    return "".join(f"{part}\r\n" for line in card for part in _folded(line))


def place_and_country(location: str) -> tuple[str, str]:
    """Return a location without the country at its end, and the country; empty if it ends with none that is known."""
    found = re.fullmatch(r"(.*\S)\s*[,，،、]\s*([^,，،、]+)", location)
    return (found[1], found[2]) if found and _is_country(found[2].casefold()) else (location, "")


def _is_country(name: str) -> bool:
    """Return whether a name in lower case is that of a country, and not of a state as well."""
    if name in NOT_ONLY_COUNTRIES:
        return False
    return name in OTHER_COUNTRIES or any(name in _countries(language) for language in LANGUAGES)


@cache
def _countries(language: str) -> frozenset[str]:
    """Return the names of countries in a language, in lower case."""
    names = Locale.parse(language).territories.items()
    return frozenset(name.casefold() for code, name in names if code.isalpha())


def _text(value: str) -> str:
    """Return an escaped text (RFC 6350, 3.4)."""
    for character in "\\,;":
        value = value.replace(character, f"\\{character}")
    return value.replace("\n", "\\n")


def _parameter(value: str) -> str:
    """Return the value of a parameter, quoted if needed and without quotation marks in it (RFC 6350, 3.3)."""
    plain = value.replace('"', "").replace("\n", " ")
    return f'"{plain}"' if any(character in plain for character in ",;:") else plain


def _folded(line: str) -> Iterator[str]:
    """Yield the lines of a folded line; all except the first begin with a space (RFC 6350, 3.2)."""
    part = ""
    for character in line:
        if len((part + character).encode()) > MAX_LINE_LENGTH:
            yield part
            part = " "
        part += character
    yield part
