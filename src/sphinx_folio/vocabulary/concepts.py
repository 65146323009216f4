"""Concepts of the vocabulary, and what follows from their relations."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sphinx_folio._common.cjk import HAN, HAN_CHARACTERS
from sphinx_folio._common.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SKILLS_FILE = Path(__file__).parent / "skills.toml"
_KANA_AND_HANGUL = "\u3041-\u30fa\u30fc-\u30ff\uac00-\ud7af"
TOKEN = re.compile(rf"[^\W\d_{HAN_CHARACTERS}{_KANA_AND_HANGUL}]+|\d+|[+#]+|[{HAN_CHARACTERS}]|[{_KANA_AND_HANGUL}]+")
"""Names are compared by tokens: words, numbers, the signs of C++ and C#, single Han characters, kana and Hangul."""
_VENDOR = re.compile(
    r"^(?:Amazon|Apache|AWS|Azure|Cisco|Eclipse|GNU|Google(?: Cloud)?|HashiCorp|IBM|JetBrains|Microsoft|MS|NVIDIA|"
    r"Oracle|Red Hat|VMware)\s+"
)
_VERSION_AT_END = re.compile(r"(?<=\w) v?\d+(?:\.\d+)*(?: AA?A?)?$")
_MIN_PLURAL = 4
"""The minimum length of a name that may be in the singular or in the plural."""
_WITH_BRACKETS = re.compile(r"(?P<outside>.*\S)\s*\((?P<inside>[^()]+)\)\s*(?P<rest>.*)")
_WITH_COLON = re.compile(r"(?P<inside>[A-Z][\w.+#-]*[A-Z\d][\w.+#-]*): +(?P<outside>\S.*)(?P<rest>)")
_SEPARATOR = re.compile(r"\s*[,;、]\s*")
_ABBREVIATION = re.compile(r"(?=(?:.*[A-Z\d]){2})[A-Z][\w.+#&/-]*")
_LEVEL = re.compile(
    r"(?i:advanced|basics?|beginner|expert|familiar|fluent|intermediate|native|proficient|working)|"
    r".*(?:[熟精]|了解|掌握|入门|基础|专家|年|[初中高]级).*"
)
_DOTNET = re.compile(r"(?<![a-z\d])\.net(?![a-z])", re.IGNORECASE)


class VocabularyError(ValueError):
    """A vocabulary is invalid or contradicts itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A skill with its names and its relations to other concepts."""

    key: str
    name: str
    """The display name."""
    aliases: tuple[str, ...] = ()
    """Other English names."""
    chinese: tuple[str, ...] = ()
    """Chinese names."""
    exact: tuple[str, ...] = ()
    """Names that count only in this case, because they are also common words, such as Helm."""
    in_context: tuple[str, ...] = ()
    """Names that count only next to words about skills or in a list of skills, such as Go and C."""
    broader: tuple[str, ...] = ()
    """Keys of the concepts that this one is a kind or a part of."""
    carries: tuple[str, ...] = ()
    """Keys of broader concepts that a text also names if their name is part of this one's, as in “Linux networking”."""
    near: tuple[str, ...] = ()
    """Keys of neighbors: alternatives, or skills that usually come together. The relation is symmetric."""
    asked: str = ""
    """``never`` if it is a profession and not a skill, ``alone`` if it is only a category next to what is in it."""
    parts: str = ""
    """``alternatives`` if the concepts directly below it replace each other, as relational databases do; ``products``
    if it is a company, and a name that follows its own is one of its products."""

    def names(self) -> tuple[str, ...]:
        """Return all names, without duplicates."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.chinese, *self.exact, *self.in_context)))

    def plain_names(self) -> Iterator[str]:
        """Yield the names that count in any case and any context."""
        limited = {*self.exact, *self.in_context}
        return (name for name in (self.name, *self.aliases, *self.chinese) if name not in limited)


def normalized(text: str) -> str:
    """Return a text in compatibility form (full-width letters become ASCII); ``.NET`` becomes one word."""
    text = normalize("NFKC", text)
    return _DOTNET.sub("dotNET", text) if "." in text else text


def squashed(name: str) -> str:
    """Return the tokens of a name in lower case, without separators: ``Node.js``, ``NodeJS`` and ``node js`` agree."""
    return "".join(TOKEN.findall(normalized(name).casefold()))


def parts_of(name: str) -> tuple[str, ...]:
    """Return the names in “Name (ABBR)”, “Name (One, Other)” or “ABBR: Name”, Name first; nothing for other names.

    Not all of the others have to be names, as in “Python (advanced)”, see :func:`names_in`.
    """
    name = normalize("NFKC", name)
    match = _WITH_BRACKETS.fullmatch(name) or _WITH_COLON.fullmatch(name)
    if not match:
        return ()
    outside = " ".join(filter(None, (match["outside"], match["rest"])))
    return outside, *_SEPARATOR.split(match["inside"].strip()), *parts_of(outside)


def names_in(name: str) -> tuple[str, ...]:
    """Return a name and the names that it contains: of those in brackets, abbreviations and names in another script."""
    outside, *inside = parts_of(name) or ("",)
    has_han = HAN.search(outside) is not None
    names = (
        text
        for text in inside
        if _ABBREVIATION.fullmatch(text)
        or ((HAN.search(text) is not None) != has_han and len(text) > 1 and not _LEVEL.fullmatch(text))
    )
    return tuple(filter(None, (name, outside, *names)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Concepts by key, and their relations."""

    concepts: Mapping[str, Concept]
    _keys: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _near: dict[str, set[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the concepts and fill the tables.

        Raises:
            VocabularyError: They contradict each other.
        """
        problems = list(_contradictions(self.concepts, self._keys))
        if problems:
            raise VocabularyError("; ".join(problems))
        for concept in self.concepts.values():
            for other in concept.near:
                self._near.setdefault(concept.key, set()).add(other)
                self._near.setdefault(other, set()).add(concept.key)

    def find(self, name: str) -> Concept | None:
        """Return the concept with a name, in any case, with any separators, or None.

        It may be without its vendor, with a version (“Vue 3”), in the singular or in the plural. Of “Name (ABBR)”, the
        first part with a concept counts.
        """
        return next(iter(self.find_all(name)), None)

    def find_all(self, name: str) -> list[Concept]:
        """Return the concepts with a name and with its parts, see :func:`parts_of`; not the categories in brackets."""
        outside, *inside = parts_of(name) or ("",)
        others = (concept for text in inside if (concept := self.find_whole(text)) and not concept.asked)
        found = filter(None, (self.find_whole(name), self.find_whole(outside), *others))
        return [*dict.fromkeys(found)]

    def find_whole(self, name: str) -> Concept | None:
        """Return the concept with a name, as :meth:`find` does, but not by a part of the name."""
        forms = [_VENDOR.sub("", name), _VERSION_AT_END.sub("", name)]
        if len(name) >= _MIN_PLURAL:
            forms += [f"{name}s", name.removesuffix("s")]
        return self.named(name) or self.concepts.get(name) or next(filter(None, map(self.named, forms)), None)

    def named(self, name: str) -> Concept | None:
        """Return the concept with a name; its key does not count as a name."""
        key = self._keys.get(squashed(name))
        return self.concepts[key] if key else None

    def broader_than(self, key: str) -> set[str]:
        """Return the keys of all concepts that include this one, directly or not."""
        return _broader(self.concepts, key)

    def includes(self, broader: str, narrower: str) -> bool:
        """Return whether a concept includes another one or is the same."""
        return broader == narrower or broader in self.broader_than(narrower)

    def neighbors(self, key: str) -> set[str]:
        """Return the keys of the neighbors of a concept."""
        return self._near.get(key, set())

    def alternatives(self, key: str) -> set[str]:
        """Return the keys of the concepts whose parts replace each other, and that this one is a part of."""
        return {other for other in self.concepts[key].broader if self.concepts[other].parts == "alternatives"}

    def with_concepts(self, more: Iterable[Concept]) -> Vocabulary:
        """Return a vocabulary with more concepts; one with a key that exists adds its names and relations to it.

        Raises:
            VocabularyError: The result contradicts itself.
        """
        concepts = dict(self.concepts)
        for concept in more:
            known = concepts.get(concept.key)
            concepts[concept.key] = _merged(known, concept) if known else concept
        return Vocabulary(concepts)


def _merged(known: Concept, more: Concept) -> Concept:
    lists = {
        item.name: tuple(dict.fromkeys((*getattr(known, item.name), *getattr(more, item.name))))
        for item in fields(Concept)
        if isinstance(getattr(known, item.name), tuple)
    }
    if more.name != known.name:
        lists["aliases"] = (*lists["aliases"], more.name)
    return Concept(
        key=known.key, name=known.name, asked=more.asked or known.asked, parts=more.parts or known.parts, **lists
    )


def _broader(concepts: Mapping[str, Concept], key: str) -> set[str]:
    found: set[str] = set()
    waiting = list(concepts[key].broader) if key in concepts else []
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += concepts[other].broader if other in concepts else ()
    return found


def _contradictions(concepts: Mapping[str, Concept], keys: dict[str, str]) -> Iterator[str]:
    """Yield a message for each contradiction: a name of two concepts, an unknown key, or a loop.

    Args:
        concepts: The concepts by key.
        keys: An empty dictionary, to which the key of the concept with each name is added, by squashed name.
    """
    for key, concept in concepts.items():
        for name in concept.names():
            form = squashed(name)
            owner = keys.setdefault(form, key)
            if not form:
                yield f"{key}: the name {name!r} has no letters"
            elif owner != key:
                yield f"{key}: the name {name!r} already belongs to {owner}"
        for other in (*concept.broader, *concept.carries, *concept.near):
            if other not in concepts:
                yield f"{key}: unknown concept {other!r}{_hint(other, concepts)}"
        broader = _broader(concepts, key)
        if key in broader:
            yield f"{key}: it is broader than itself"
        yield from (f"{key}: {other!r} is both broader and near" for other in concept.near if other in broader)
        yield from (
            f"{key}: it carries {other!r}, which is not broader" for other in concept.carries if other not in broader
        )
        if concept.asked not in {"", "never", "alone"}:
            yield f"{key}: asked must be 'never' or 'alone', not {concept.asked!r}"
        if concept.parts not in {"", "alternatives", "products"}:
            yield f"{key}: parts must be 'alternatives' or 'products', not {concept.parts!r}"


def parse_concepts(text: str) -> list[Concept]:
    """Return the concepts in TOML: a table for each, named by its key, with the fields of :class:`Concept`.

    Raises:
        VocabularyError: The text is not TOML of this form.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(str(error)) from error
    return [_concept(key, table) for key, table in data.items()]


_TEXTS = ("name", "asked", "parts")
_LISTS = [item.name for item in fields(Concept) if item.name not in {"key", *_TEXTS}]
_FIELDS = {**dict.fromkeys(_TEXTS, "a string"), **dict.fromkeys(_LISTS, "a list of strings")}
"""The fields of a concept in a file, and what they contain."""


def _concept(key: str, table: Any) -> Concept:
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        raise VocabularyError(f"{key}: it needs a name")
    values: dict[str, Any] = {}
    for field_name, value in table.items():
        if field_name in _TEXTS and isinstance(value, str):
            values[field_name] = value
        elif field_name in _LISTS and isinstance(value, list) and all(isinstance(part, str) for part in value):
            values[field_name] = tuple(value)
        elif field_name in _FIELDS:
            raise VocabularyError(f"{key}: {field_name} must be {_FIELDS[field_name]}, not {value!r}")
        else:
            raise VocabularyError(f"{key}: unknown field {field_name!r}{_hint(field_name, _FIELDS)}")
    return Concept(key=key, **values)


def _hint(word: str, known: Iterable[str]) -> str:
    found = nearest(word, known)
    return f"; did you mean {found!r}?" if found else ""


@cache
def built_in() -> Vocabulary:
    """Return the vocabulary of this package."""
    return Vocabulary({concept.key: concept for concept in parse_concepts(SKILLS_FILE.read_text(encoding="utf-8"))})
