"""The type ``person``: the person the portfolio is about."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.nodes import clean_astext

from sphinx_folio._common.i18n import DateFormatter, _, mark
from sphinx_folio._common.warnings import Subtype
from sphinx_folio.collect.records import collect_fields
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.directives.option_types import (
    FORMERLY,
    Option,
    choice_option,
    date_option,
    list_option,
    name_option,
    url_option,
)
from sphinx_folio.doctree.elements import external_link, inline, joined, short_address
from sphinx_folio.doctree.nodes import folio_term
from sphinx_folio.portfolio.records import X_FOLIO, Person
from sphinx_folio.registry import EntryType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.collect.records import Texts
    from sphinx_folio.doctree.nodes import folio_entry
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Link


class PersonDirective(EntryDirective):
    """Describe the person the portfolio is about."""

    objtype = "person"
    example_key = "ada"
    summary = mark("The person the portfolio is about; the text is the summary.")
    elsewhere: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("phone", "telephone", "tel", "mobile", "address", "birthday", "birthdate", "birth-date", "date-of-birth"),
        mark("; keep it out of the pages, in the file that FOLIO_PRIVATE names: see “Hide private data” in the manual"),
    )
    value_options = ("email", "url", "image", "profiles", "birth", "other-names")
    known_options: ClassVar[Mapping[str, Option]] = {
        "name": name_option(),
        "label": Option(help=mark("The profession, in a few words.")),
        "email": Option(
            help=mark("The email address."),
            convert=convert.email,
            subtype=Subtype.INVALID_LINK,
            guesses=convert.email_guesses,
        ),
        "location": Option(help=mark("The place of residence, such as Berlin; everyone can read it.")),
        "url": url_option(mark("The person's own site.")),
        "image": url_option(mark("The address of a picture; it is exported, not shown on the page.")),
        "profiles": Option(
            help=mark("Profiles on other sites: GitHub <https://…>, Blog <https://…>."),
            convert=convert.links,
            subtype=Subtype.INVALID_LINK,
            guesses=convert.links_guesses,
            is_list=True,
        ),
        "birth": date_option(mark("The month of birth: 1990-05.")),
        "other-names": list_option(
            mark("Other names, such as in another script; authors of publications are recognized by them.")
        ),
        "unlisted": choice_option(
            mark("Which of url and profiles is only exported, not shown on the page."),
            ["url", "profiles"],
            is_list=True,
        ),
        "formerly": FORMERLY,
    }

    def nodes_before_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return a line with label, place, email and birth in the author's order, and a line with profiles and URL."""
        facts: dict[str, nodes.Node] = {}
        if "birth" in values:
            dates = DateFormatter.of(self.config)
            facts["birth"] = inline(dates.birth(values["birth"]), "folio-birth")
        if "email" in values:
            facts["email"] = external_link(values["email"], f"mailto:{values['email']}")
        for name in ("label", "location"):
            if name in values:
                facts[name] = self.term(values, name)
        line = [facts[name] for name in values if name in facts]
        links: list[nodes.Node] = []
        if "profiles" not in values.get("unlisted", ()):
            links += [self.profile(link) for link in values.get("profiles", ())]
        if "url" in values and "url" not in values.get("unlisted", ()):
            links.append(external_link(short_address(values["url"]), values["url"]))
        return [
            nodes.paragraph("", "", *joined(parts, " | "), classes=["folio-line"]) for parts in (line, links) if parts
        ]

    def profile(self, link: Link) -> nodes.reference:
        """Return a link to a profile; a name of ASCII characters, such as GitHub, is the same in every language."""
        if link.label.isascii():
            return external_link(link.label, link.url)
        return nodes.reference("", "", self.inline_text(link.label, "profiles"), refuri=link.url, internal=False)


def _collect(record: type[Person], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> Person:
    """Return the record; the names of profiles are those on the page, which may be translated."""
    person = collect_fields(record, node, texts, shared)
    shown = {link["refuri"]: clean_astext(link) for link in node.findall(nodes.reference) if link.next_node(folio_term)}
    profiles = tuple(replace(link, label=shown.get(link.url, link.label)) for link in person.profiles)
    return replace(person, profiles=profiles)


def _json_resume(portfolio: Portfolio, private: Mapping[str, str]) -> dict[str, Any]:
    people = portfolio.all(Person)
    if not people:
        return {}
    person = people[0]
    birth = private.get("birth") or (str(person.birth) if person.birth else "")
    return {
        "basics": {
            "name": person.name,
            "label": person.label,
            "image": person.image,
            "email": person.email,
            "phone": private.get("phone", ""),
            "url": person.url,
            "summary": _without_profiles(person),
            "location": {"address": private.get("address", ""), "city": person.location},
            "profiles": [
                {"network": link.label, "username": link.username, "url": link.url} for link in person.profiles
            ],
            X_FOLIO: {"key": person.key, "birth": birth, "otherNames": list(person.other_names)},
        }
    }


def _without_profiles(person: Person) -> str:
    """Return the summary without the paragraphs and items that only repeat an address of ``url`` or ``profiles``."""
    forms = ("{url}", "{label}: {url}", "{label}：{url}")
    told = {person.url, *(form.format(label=link.label, url=link.url) for link in person.profiles for form in forms)}
    return "\n\n".join(filter(None, (_without_lines(text, told) for text in person.summary.split("\n\n"))))


def _without_lines(text: str, left_out: set[str]) -> str:
    """Return a paragraph or a list without some of its lines; a list stays numbered without a gap."""
    lines = text.split("\n")
    kept = [line for line in lines if _LIST_MARK.sub("", line).strip() not in left_out]
    if kept == lines or not lines[0].startswith("1. "):
        return "\n".join(kept)
    numbers = count(1)
    return "\n".join(_NUMBER.sub(lambda _match: str(next(numbers)), line) for line in kept)


_LIST_MARK = re.compile(r"^(?:-|\d+\.) ")
_NUMBER = re.compile(r"^\d+(?=\. )")


PERSON = EntryType(
    record=Person,
    directive=PersonDirective,
    label=_("Person"),
    noun=_("person"),
    collect=_collect,
    json_resume=_json_resume,
)
