"""Translations of names on pages: most stay as they are; languages, countries and levels have names of their own."""

from __future__ import annotations

import pickle
import re
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from sphinx_folio.cli.language_levels import translated_level
from sphinx_folio.cli.skill_levels import translated_skill_level
from sphinx_folio.cli.writing_systems import scripts_in, scripts_of
from sphinx_folio.portfolio.person_names import ET_AL
from sphinx_folio.types import BUILT_IN
from sphinx_folio.vocabulary.concepts import built_in, squashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx_folio.portfolio.records import Entry

OWN_NAME, NAME, ORGANIZATION, TITLE, WORD, PLACE = "own name", "name", "organization", "title", "word", "place"
SKILL, SKILL_LEVEL, LANGUAGE, LEVEL, TEXT = "skill", "skill level", "language", "level", "text"
FIELDS: Mapping[str, Mapping[str, str]] = {
    "person": {"name": OWN_NAME, "location": PLACE},
    "reference": {"name": NAME},
    "position": {"entity": ORGANIZATION, "location": PLACE},
    "volunteer": {"name": ORGANIZATION},
    "education": {"name": ORGANIZATION},
    "project": {"name": WORD, "entity": ORGANIZATION},
    "course": {"provider": ORGANIZATION},
    "certificate": {"name": TITLE, "issuer": ORGANIZATION},
    "publication": {"name": TITLE, "authors": NAME, "publisher": ORGANIZATION},
    "award": {"awarder": ORGANIZATION},
    "talk": {"event": ORGANIZATION, "location": PLACE},
    "skill": {"name": SKILL, "keywords": SKILL, "level": SKILL_LEVEL},
    "language": {"name": LANGUAGE, "fluency": LEVEL},
}
"""Type of an entry → field with a name → what it names; a project may also be called by a description."""
_KIND_OF_ORGANIZATION = re.compile(
    r"\b(?:academ|akadem|accadem|asocia|associa|ayuntamiento|b[iu]blio|city\b|clínica|colegi|coll[eè]g|cooperativa|council"
    r"|département|department|departamento|dipartimento|[ée]cole|escola|escuela|fachhochschule|facult|fakultät|fonda[zt]"
    r"|foundation|fundac|fundaç|gemeinde|grupo\b|hochschule|hospital|hôpital|institu|istitu|krankenhaus|lyc[ée]e"
    r"|ministr|minist[eè]r|mus[ée][eou]|ospedale|revista|scuola|school|schule|societ|sociedad|sociedade|society|stadt\b"
    r"|stiftung|technische\b|univer|verband|verein"
    r"|autónom|freelance|freiberuf|indépendant|libero\b|self.employed|selbst[äs])",
    re.IGNORECASE,
)
"""The beginnings of words for kinds of organizations, and for work for oneself: they are often translated."""
OTHER_PLACES = frozenset({
    *("Antwerp", "Athens", "Basle", "Brussels", "Bruges", "Brunswick", "Cairo", "Cologne", "Copenhagen", "Cracow"),
    *("Florence", "Geneva", "Genoa", "Ghent", "Gothenburg", "Hanover", "Lisbon", "Lucerne", "Milan", "Moscow"),
    *("Munich", "Naples", "Nuremberg", "Porto", "Prague", "Rome", "Seville", "Turin", "Venice", "Vienna", "Warsaw"),
    *("Area", "Region", "Metropolitan", "Greater", "Remote", "County", "State", "Province", "District"),
})  # fmt: skip
"""Words in places that are others in another language."""
TOOLS = frozenset(
    {"Chromium", "Cosign", "Falco", "Flyway", "Git", "git", "Kaggle", "Seata", "Sigstore", "Squid", "Vault"}
)
"""Products whose Chinese names in the vocabulary are those of their kind."""
_ABBREVIATION = re.compile(r"[A-Z][A-Z\d&+./-]+")
_SMALL_WORDS = {"of", "the", "for", "and", "in"}
_ROLES = "|".join(["ref", "doc", "numref", "eq", *(entry_type.record.objtype for entry_type in BUILT_IN)])
_SHOWN_ADDRESS = re.compile(
    r"<(?:https?://|mailto:)?[^<>\s]+[.@][^<>\s]+>|\[([^\]]+)\]\(<?(?:https?://(?:www\.)?|mailto:)\1/?>?\)"
)
_FORMULA = r"[{:]math[}:]`(?:(?!\\text|\\mbox)[^`])+`"
_NAME_OR_CODE = re.compile(rf"[{{:](?:folio:)?(?:{_ROLES})[}}:]`[^`<]+`|{_FORMULA}|(`+)[^`]+\1")


def shows_names_only(markup: str) -> bool:
    """Return whether a string has no words to translate: only numbers, code, formulas, and roles that show names.

    ``languages.catalogs`` has the same rule for the nodes of a page.
    """
    return not any(map(str.isalpha, _NAME_OR_CODE.sub("", markup)))


def shows_addresses_only(markup: str) -> bool:
    """Return whether a string has nothing but links that show their address; it may have escapes."""
    rest, number = _SHOWN_ADDRESS.subn("", re.sub(r"\\(?=[^\w\s])", "", markup))
    return number > 0 and not any(map(str.isalnum, rest))


def names_on_pages(environment: Path) -> list[tuple[str, str]]:
    """Return the names on the pages of a build, from its pickled environment, each with what it names."""
    if not environment.is_file():
        return []
    with environment.open("rb") as file:
        data = pickle.load(file).domaindata.get("folio", {})  # noqa: S301  written by our own build just now
    entries = (entry for page in data.get("pages", {}).values() for entry in page.value.entries)
    return list(dict.fromkeys(name for entry in entries for name in _names_of(entry) if name[0]))


def _names_of(entry: Entry) -> Iterator[tuple[str, str]]:
    for field, kind in FIELDS.get(entry.objtype, {}).items():
        value = getattr(entry, field, "")
        if field == "authors":  # they are one string to translate; “et al.” is not a name
            value = "" if ET_AL in value else ", ".join(value)
        yield from ((text, kind) for text in (value if isinstance(value, tuple) else (str(value),)))


def known_names(names: Iterable[tuple[str, str]], source: str, language: str) -> dict[str, str]:
    """Return the translations of names that are known.

    Args:
        names: Texts with what they name.
        source: The language of the pages.
        language: The language of the translations.
    """
    try:
        own, target = Locale.parse(source), Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return {}
    of_levels = {LEVEL: translated_level, SKILL_LEVEL: translated_skill_level}
    found = (
        (text, of_levels[kind](text, source, language) if kind in of_levels else _translated(text, kind, own, target))
        for text, kind in names
    )
    return {text: into for text, into in found if into}


def _is_proper_name(text: str) -> bool:
    """Return whether the name of an organization has only words that are names: with capitals or digits.

    “Nordlicht Pay GmbH & Co” is one; “University of Ulm” and “Technische Universität Berlin” are not.
    """
    words = re.findall(r"\w+", text)
    is_name = len(words) == 1 or not any(map(str.islower, words))
    return is_name and _KIND_OF_ORGANIZATION.search(text) is None


def names_to_copy(names: Iterable[tuple[str, str]], language: str, source: str = "en") -> set[str]:
    """Return the names that may stay as they are in a language, which only the author can decide.

    The author’s own name is not among them: in another script, the author knows how to write it.

    Args:
        names: Texts with what they name; of other texts (``TEXT``), only abbreviations are names.
        language: The language of the translations.
        source: The language of the pages. Titles of certificates and publications often stay as they are in English.
    """
    try:
        target = Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return set()
    listed = [*names]
    found = {text for text, kind in listed if _may_stay(text, kind, source) and _is_readable(text, target)}
    return found - {text for text, kind in listed if kind == OWN_NAME}


def _may_stay(text: str, kind: str, source: str) -> bool:
    return (
        kind in {NAME, ORGANIZATION}
        or (kind == TITLE and source.partition("_")[0] == "en")
        or (kind == WORD and " " not in text)
        or (kind == TEXT and _ABBREVIATION.fullmatch(text) is not None)
        or (kind == SKILL and _is_name_of_skill(text, is_same_script=True))
    )


def is_readable(text: str, language: str) -> bool:
    """Return whether readers of a language can read all letters of a name; Babel must know the language."""
    return _is_readable(text, Locale.parse(language))


def _is_readable(text: str, locale: Locale) -> bool:
    """Return whether all letters of a text are Latin, or all belong to the alphabet of a language."""
    return scripts_in(text) <= {"LATIN"} or _has_script_of(text, locale)


def _translated(text: str, kind: str, own: Locale, target: Locale) -> str:
    if kind == LANGUAGE:
        return _language(text, own, target)
    if kind == TITLE and not _ABBREVIATION.fullmatch(text):
        return ""
    if kind == ORGANIZATION and not _is_proper_name(text):
        return ""
    if kind == SKILL:
        is_same_script = _has_script_of(text, target)
        is_readable = is_same_script or scripts_in(text) <= {"LATIN"}
        return text if is_readable and _is_name_of_skill(text, is_same_script=is_same_script) else ""
    if not _has_script_of(text, target) or (kind == WORD and " " in text):
        return ""
    return _place(text, own, target) if kind == PLACE else text


def _language(text: str, own: Locale, target: Locale) -> str:
    """Return a language in another one; LinkedIn writes “Chinese (Simplified)” for “Simplified Chinese”."""
    codes = {name.casefold(): code for code, name in own.languages.items()}
    forms = (text.casefold(), re.sub(r"(.+?) \((.+)\)", r"\2 \1", text.casefold()))
    name = next((target.languages[codes[form]] for form in forms if codes.get(form) in target.languages), "")
    return str(name[:1].upper() + name[1:])


def _place(text: str, own: Locale, target: Locale) -> str:
    """Return a place, with the name of its country in another language; empty if a part of it is not known to stay."""
    countries = {name: code for code, name in own.territories.items() if code.isalpha()}
    parts = []
    for part in text.split(", "):
        if OTHER_PLACES.intersection(re.findall(r"\w+", part)):
            return ""
        parts.append(target.territories.get(countries.get(part, ""), part))
    return ", ".join(parts)


def _is_name_of_skill(text: str, *, is_same_script: bool) -> bool:
    """Return whether a skill is a product or an abbreviation, which has the same name in every language."""
    in_brackets = re.fullmatch(r"(.+?) \(([^()]+)\)", text)
    parts = in_brackets.groups() if in_brackets else (text,)
    return all(_is_product(part, is_same_script=is_same_script) for part in parts)


def _is_product(text: str, *, is_same_script: bool) -> bool:
    if " " not in text and re.search(r"[A-Z\d+#_.]", text[1:]):
        return True
    name, chinese, _key = _names_of_skills().get(squashed(text), ("", (), ""))
    words = [word for word in name.split() if word not in _SMALL_WORDS]
    if len(words) > 1:  # the vocabulary writes what is not a name in sentence case
        return not any(word[0].islower() for word in words) and (is_same_script or not chinese)
    return bool(words) and (not chinese or name in TOOLS or _is_in(name, chinese) or _is_like(name, chinese))


def _is_in(name: str, others: Iterable[str]) -> bool:
    return any(name.casefold() in other.casefold() for other in others)


def _is_like(name: str, chinese: Iterable[str]) -> bool:
    """Return whether a skill is one of several products that the vocabulary lists as one, such as Bash under Shell."""
    concept = built_in().concepts[_names_of_skills()[squashed(name)][2]]
    return (
        name[0].isupper()
        and name != concept.name
        and any(_is_in(other, chinese) for other in concept.names() if other.isascii())
        and not any(_is_in(other, [name]) for other in concept.names() if other != name)
    )


@cache
def _names_of_skills() -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Return the skills of the vocabulary: name in lower case → the name, its Chinese names, and its concept."""
    concepts = built_in().concepts.values()
    return {squashed(name): (name, concept.chinese, concept.key) for concept in concepts for name in concept.names()}


def _has_script_of(text: str, locale: Locale) -> bool:
    """Return whether all letters of a text belong to the alphabet of a language; languages with Han have others."""
    scripts = scripts_of(locale)
    return scripts_in(text) <= scripts and "CJK" not in scripts
