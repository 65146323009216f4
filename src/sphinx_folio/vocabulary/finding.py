"""Find the names of concepts in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.cjk import HAN
from sphinx_folio.vocabulary.concepts import TOKEN, normalized, squashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_folio.vocabulary.concepts import Vocabulary

_GAPS = frozenset({"", " ", "-", "_", ".", "/", "&", "'", "·", " / ", " & ", " – "})
"""What may stand between the tokens of a name; a slash only if the name has one."""
_LIST_GAP = re.compile(
    r"\s*(?:[,、/，;；&+|()]|或者?|和|与|及|以及|and/or|and|or|either)(?:\s|[,、，(]|和|或者?|and\b|or\b|either\b)*",
    re.IGNORECASE,
)
_TIGHT_GAP = re.compile(r"\s*[、/]\s*")
_SKILL_WORD_BEFORE = re.compile(
    r"(?:语言|技术栈|技能|熟悉|精通|掌握|使用|采用|了解|会(?:一?点儿?|一些)?|用|懂(?:一?点儿?|一些)?|熟练|擅长|基于|转|写|写过|有|要求|至少|和|学|强的?|"
    r"\b(?:in|with|using|of|know|knowing|learn|read|write|strong|proficient|some|either|solid|basic|modern|expert|async|"
    r"idiomatic|embedded|good|languages?:|skills?:|stack:|\w*sprachen?:|langages ?:|"
    r"preferably|ideally|including|years?|yrs?|deep|advanced|fluent|to|"
    r"(?:you|we) (?:write|know|speak)))\s*[:：]?\s*$",
    re.IGNORECASE,
)
_FOREIGN_WORD_BEFORE = re.compile(
    r"(?<!\w)(?:mit|und|oder|avec|et|ou|con|com|met|av|och|van|di|de|en|y|и|или|с|на)\s+$", re.IGNORECASE
)
"""Words of other languages, in which Go is not a verb."""
_SKILL_WORD_AFTER = re.compile(
    r"\s*(?:语言|开发|后端|程序|编程|工程|服务|项目|框架|源码|代码|技术|基础|生态|并发|经验|方向|功底|精通|熟悉|等?(?:行业|领域)|至少|写过|是(?:日常|主力|必)|要[熟会懂]|熟练|扎实|必须|优先|者|"
    r"\((?:\d|至少|必|golang|go语言)|[:：]|[,;.]?\s*$|\s?경험|-(?:Kenntnis|Entwickl|Programmier|Erfahrung)|"
    r"(?:language|lang|developers?|engineers?|programming|services?|microservices|backend|back-end|code|skills?|"
    r"experience|projects?|knowledge|development|codebases?|programs?|(?:is|"
    r"would be) (?:an? )?(?:\w+ )?(?:plus|must|bonus|desirable|nice|useful|welcome|required|preferred|"
    r"essential)|preferred|required|is your|well enough|is (?:our|the) (?:main|primary))\b|\s*[-–—] ?\d)",
    re.IGNORECASE,
)
_TWO_LETTERS = re.compile(r" [a-z]s$")
_FUNCTION_START = re.compile(r"(?:or|is|as|a|in|on|no|to|of) ")
_FUNCTION_END = re.compile(r" (?:or|and|is|as|[+#]+)$")
_FOLLOWING_WORD = re.compile(r"\s+[a-z]")
_FUNCTION_WORD = re.compile(r"\s+(?:and|or|is|for|on|at|as|would|will|well)\b")
_NEARBY = 24
"""How many characters around an ambiguous name are looked at."""
_INFLECTED = re.compile(r"(?:e[ds]|ing|e[rn]s?|ly|[bv]le|ions?|ments?|ive)$")
"""Endings of words that are not corrected: “documented” is not DocumentDB."""
_MIN_PLURAL = 4
"""The minimum length of a word that may be a plural."""
_MIN_MISSPELLED = 8
"""The minimum length of a word that is corrected."""
LATIN_START, HAN_START = 4, 3
"""The length of the start of a name, see :func:`start_of`."""
_MOST_TOKENS = 8
"""The maximum number of words of a name in a text."""


class Mention(NamedTuple):
    """A place in a text that names a concept."""

    key: str
    start: int
    end: int


class _Name(NamedTuple):
    key: str
    text: str
    """The tokens in their own case."""
    has_slash: bool
    mode: str
    """``plain``, ``exact`` or ``context``."""
    carried: tuple[str, ...]
    """The keys of the broader concepts that the name also names."""


class _Token(NamedTuple):
    text: str
    folded: str
    start: int
    end: int


class Finder:
    """Find the names of a vocabulary in texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index the names by their first token."""
        self.vocabulary = vocabulary
        self._names: dict[str, list[_Name]] = {}
        self._starts: set[str] = set()
        self._correctable: dict[str, list[str]] = {}
        self._variants: dict[str, dict[str, str]] = {}
        for concept in vocabulary.concepts.values():
            modes = {"plain": concept.plain_names(), "exact": concept.exact, "context": concept.in_context}
            for mode, names in modes.items():
                for name in names:
                    self._add(concept.key, name, mode)

    def _add(self, key: str, name: str, mode: str) -> None:
        text = "".join(TOKEN.findall(normalized(name)))
        folded = text.casefold()
        self._starts.add(start_of(folded))
        self._names.setdefault(folded, []).append(
            _Name(key, text, "/" in name, mode, carried_by(self.vocabulary, key, name))
        )
        if mode == "plain" and len(folded) >= _MIN_MISSPELLED and folded.isascii() and folded.isalpha():
            self._correctable.setdefault(start_of(folded), []).append(folded)

    def find(self, text: str) -> list[Mention]:
        """Return the mentions in a text, in order; the positions are those in :func:`normalized` text.

        Longer names win over shorter ones. A name that carries a broader one yields both, at the same place.
        """
        text = normalized(text)
        found: list[tuple[Mention, _Name, bool]] = []
        tokens = [_Token(m[0], m[0].casefold(), m.start(), m.end()) for m in TOKEN.finditer(text)]
        place = 0
        while place < len(tokens):
            hit = self._longest_name(text, tokens, place)
            if hit is None:
                place += 1
                continue
            name, count = hit
            start, end = tokens[place].start, tokens[place + count - 1].end
            written = "".join(token.text for token in tokens[place : place + count])
            sure = name.mode == "plain" or (name.mode == "exact" and written in {name.text, f"{name.text}s"})
            found.append((Mention(name.key, start, end), name, sure))
            place += count
        accepted = self._accepted(text, found)
        return [
            found
            for mention, name in accepted
            for found in (mention, *(Mention(key, mention.start, mention.end) for key in name.carried))
        ]

    def _longest_name(self, text: str, tokens: list[_Token], place: int) -> tuple[_Name, int] | None:
        first = tokens[place]
        if (
            first.text[0].isascii()
            and first.start
            and text[first.start - 1].isascii()
            and text[first.start - 1].isalnum()
        ):
            return None
        squashed, gaps = "", ""
        best: tuple[_Name, int] | None = None
        for count, token in enumerate(tokens[place : place + _MOST_TOKENS], start=1):
            if count > 1:
                gap = text[tokens[place + count - 2].end : token.start]
                if gap not in _GAPS:
                    break
                gaps += gap
            squashed += token.folded
            start = start_of(squashed)
            if len(start) < len(squashed) and start not in self._starts:
                break
            name = self._name(squashed, text, first.start, token.end, "/" in gaps)
            if name:
                best = name, count
        return best

    def _name(self, squashed: str, text: str, start: int, end: int, has_slash: bool) -> _Name | None:
        names = self._names.get(squashed)
        if names is None and len(squashed) < 4 and not squashed.endswith("s"):  # noqa: PLR2004
            return None
        following = text[end : end + 1]
        goes_on = following.isascii() and following.isalpha() and text[end - 1].isascii()
        if goes_on or _FUNCTION_END.search(text, start, end):
            return None  # “React or” is not “reactor”
        plural = text[start:end]  # “SQL is” is not SQLi, and “新华三S12500” no plural
        is_plural = squashed[-2:].isascii() and squashed.endswith("s") and not _TWO_LETTERS.search(plural)
        if names is None and is_plural and len(squashed) >= _MIN_PLURAL:
            names = self._names.get(squashed[:-1])
        if names is None and text[start:end].isalpha():
            names = self._names.get(self._corrected(squashed))
        written = "".join(TOKEN.findall(text[start:end]))
        for name in sorted(names or (), key=lambda name: name.text != written):
            single = len(name.text) == 1
            if has_slash and not name.has_slash:
                continue
            if name.text.isupper() and _FUNCTION_START.match(text, start, end):
                continue  # “or M-Pesa” has no ORM
            if name.mode != "plain" and " " in text[start:end] and name.text != written:
                continue  # “C is” is not CIS
            if single and (following in {"+", "#", "&", "-"} or following.isdigit()):
                continue
            return name
        return None

    def _corrected(self, word: str) -> str:
        """Return the name that differs from a word by one letter after its start, or an empty string."""
        if len(word) < _MIN_MISSPELLED or not word.isascii() or _INFLECTED.search(word):
            return ""
        start = start_of(word)
        if start not in self._variants:
            names = sorted(self._correctable.get(start, ()), reverse=True)  # so that the first name wins
            self._variants[start] = {variant: name for name in names for variant in (name, *_deletions(name))}
        found = (self._variants[start].get(variant, "") for variant in (word, *_deletions(word)))
        return next((name for name in found if name and abs(len(name) - len(word)) < 2), "")  # noqa: PLR2004

    def _accepted(self, text: str, found: list[tuple[Mention, _Name, bool]]) -> list[tuple[Mention, _Name]]:
        """Return the mentions that count: those of unambiguous names, and others if the context supports them."""
        states = [sure for _mention, _name, sure in found]
        for index, (mention, name, sure) in enumerate(found):
            if sure:
                continue
            if name.mode == "context" and text[mention.start : mention.end] == name.text:
                states[index] = _has_skill_word(text, mention)
            elif HAN.match(text, mention.start - 1 if mention.start else len(text)):
                states[index] = _SKILL_WORD_BEFORE.search(text[: mention.start][-_NEARBY:]) is not None
        changed = True
        while changed:
            changed = False
            for index, state in enumerate(states):
                if not state and self._is_listed(text, found, states, index):
                    states[index] = changed = True
        return [(mention, name) for (mention, name, _sure), state in zip(found, states, strict=True) if state]

    @staticmethod
    def _is_listed(text: str, found: list[tuple[Mention, _Name, bool]], states: list[bool], index: int) -> bool:
        """Return whether the mention before or after this one counts, with only a separator in between.

        A name in the wrong case needs a tight one, except next to another name in lower case.
        """
        mention, name, _sure = found[index]
        written = text[mention.start : mention.end]
        for near in (index - 1, index + 1):
            if not 0 <= near < len(found) or not states[near]:
                continue
            other, other_name, _sure = found[near]
            gap = text[other.end : mention.start] if near < index else text[mention.end : other.start]
            is_lower = text[other.start : other.end].islower() and not other_name.text.islower()
            if (_LIST_GAP if written == name.text or is_lower else _TIGHT_GAP).fullmatch(gap):
                return True
        return False

    @staticmethod
    def unknown_words(text: str, known: Iterable[Mention]) -> Iterator[str]:
        """Yield words that look like names of skills and are in no mention: with a capital or a digit inside.

        Args:
            text: The text, normalized.
            known: The mentions in the text.
        """
        places = [(mention.start, mention.end) for mention in known]
        for match in _NAME_LIKE.finditer(text):
            word = match[0].strip()
            if not any(start < match.end() and match.start() < end for start, end in places):
                yield word


_NAME_LIKE = re.compile(
    r"(?<![\w.@/-])(?:[a-z]+[A-Z]\w*|[A-Z]+[a-z]*[A-Z0-9]\w*|[A-Z]{2,}|[A-Za-z]+\d\w*)(?:[.-][A-Za-z]\w*)*(?![\w@])",
    re.ASCII,
)


def _has_skill_word(text: str, mention: Mention) -> bool:
    """Return whether the words around an ambiguous name are about skills."""
    after = text[mention.end : mention.end + _NEARBY]
    before = text[: mention.start][-_NEARBY:]
    if HAN.match(after) and after[0] in "端轮位级类型":
        return False
    if before.endswith("有") and after.startswith("的") and HAN.match(text, mention.start):
        return False  # “有量化的成果”
    if _FOREIGN_WORD_BEFORE.search(before):
        return True
    if _SKILL_WORD_AFTER.match(after) and (
        after.strip(" ,;.") or _SKILL_WORD_BEFORE.search(before) or not before.strip()
    ):
        return True
    follows_word = _FOLLOWING_WORD.match(after) is not None
    return _SKILL_WORD_BEFORE.search(before) is not None and (
        not follows_word or _FUNCTION_WORD.match(after) is not None
    )


def _deletions(word: str) -> list[str]:
    """Return a word without one of its letters, except those of its start."""
    return [word[:index] + word[index + 1 :] for index in range(LATIN_START, len(word))]


def start_of(squashed: str) -> str:
    """Return the first characters of a squashed name; a text can name it only where it has the same ones."""
    return squashed[: HAN_START if HAN.match(squashed) else LATIN_START]


def carried_by(vocabulary: Vocabulary, key: str, name: str) -> tuple[str, ...]:
    """Return the keys of the broader concepts that a name of a concept also names: “Linux networking” names Linux."""
    carries = vocabulary.concepts[key].carries
    if not carries:  # most concepts; without a generator for each, this is half as slow
        return ()
    inside = squashed(name)
    return tuple(
        other for other in carries if any(squashed(part) in inside for part in vocabulary.concepts[other].names())
    )
