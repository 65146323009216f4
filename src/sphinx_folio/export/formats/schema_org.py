"""A portfolio as JSON-LD with the vocabulary of https://schema.org/, for the head of a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_folio.export.formats.json_resume import without_empty
from sphinx_folio.portfolio.records import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry, Evidence

    AddressOf = Callable[[Entry], str]
    """Returns the address of an entry: absolute, or relative to the page."""
    Properties = Callable[[Portfolio, AddressOf], Mapping[str, Any]]
    """Returns the properties of the person from one type of entry."""

CONTEXT = "https://schema.org"


def profile_page(
    portfolio: Portfolio,
    properties: Iterable[Properties],
    works: Iterable[Mapping[str, Any]],
    address_of: AddressOf,
    *,
    url: str,
    name: str,
    language: str,
) -> dict[str, Any]:
    """Return a ProfilePage about the portfolio's person, with roles, skills and works.

    Args:
        portfolio: The records; one of them is a person.
        properties: The functions that return the properties of the person from each type of entry.
        works: The works that the person contributed to.
        address_of: Returns the address of an entry.
        url: The address of the page; empty if it is unknown.
        name: The title of the page.
        language: The language of the page (BCP 47).
    """
    person = portfolio.all(Person)[0]
    page = {
        "@type": "ProfilePage",
        "name": name,
        "url": url,
        "inLanguage": language,
        "mainEntity": {"@id": address_of(person)},
    }
    about: dict[str, Any] = {
        "@type": "Person",
        "@id": address_of(person),
        "name": person.name,
        "alternateName": list(person.other_names),
        "description": person.label,
        "email": person.email and f"mailto:{person.email}",
        "url": person.url,
        "image": person.image,
        "homeLocation": {"@type": "Place", "name": person.location} if person.location else {},
        "sameAs": [link.url for link in person.profiles],
    }
    for part in properties:
        for property_name, value in part(portfolio, address_of).items():
            known = about.get(property_name)
            about[property_name] = [*known, *value] if isinstance(known, list) and isinstance(value, list) else value
    return {"@context": CONTEXT, "@graph": [without_empty(part) for part in (page, about, *works)]}


def works_page(portfolio: Portfolio, works: Sequence[Mapping[str, Any]], address_of: AddressOf) -> dict[str, Any]:
    """Return the works that a page describes, with the person who contributed to them."""
    people = [
        {"@type": "Person", "@id": address_of(person), "name": person.name} for person in portfolio.all(Person)[:1]
    ]
    return {"@context": CONTEXT, "@graph": [without_empty(part) for part in (*people, *works)]}


def source_work(proof: Evidence, identifier: str, address_of: AddressOf) -> dict[str, Any]:
    """Return evidence as a work with a permanent identifier (SWHID), which other people may have made."""
    return {
        "@type": "CreativeWork",
        "@id": address_of(proof),
        "name": proof.name,
        "url": proof.url,
        "identifier": identifier,
    }


def as_script(data: dict[str, Any]) -> str:
    """Return data as a script element; text in it cannot end the element or begin another.

    See the HTML Standard, 4.12.1.3, “Restrictions for contents of script elements”.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'
