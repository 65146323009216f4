"""Years of experience in a part of a sentence, and not those of a contract, an age or the past of an employer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.vocabulary.concepts import normalized

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = "一二三四五六七八九"
NUMBERS = (
    {word: number for number, word in enumerate(_DIGITS, start=1)}
    | {f"十{word}": number for number, word in enumerate(_DIGITS, start=11)}
    | {"两": 2, "十": 10, "二十": 20, "fifteen": 15, "twenty": 20, "zwei": 2, "drei": 3, "fünf": 5}
    | {
        word: number
        for number, word in enumerate(
            ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
        )
    }
)
"""Numbers as words."""
_NUMBER = "|".join([r"\d{1,2}(?:\.\d)?", *sorted(NUMBERS, key=len, reverse=True)])
_YEARS = re.compile(
    rf"(?<![\d.十])(?<![A-Za-z](?![\u4e00-\u9fff]))(?P<n>{_NUMBER})\s*(?:\(\d{{1,2}}\+?\)\s*)?-?"
    r"(?P<more>\+|多|余|or more\b|or above\b|plus\b)?\s*"
    rf"(?P<range>(?:[-–—~〜至到/]+|\bto\b|\bor\b|\band\b|、)?\s*(?:{_NUMBER}))?\s*\+?[\s-]*(?:full |solid )?"
    r"(?:个?整?年|(?:years?|yrs?|yoe|Jahren?|ans|años|anos|anni|jaar)\b)(?P<above>\s*(?:\+|及?以上|起步?|"
    r"左右))?",
    re.IGNORECASE,
)
"""A number or a range of years."""
_LABELED = re.compile(
    r"(?:\byears\b|\byrs\b|\byoe\b|年限|"
    r"[(（]年[)）])[^\d,，;；。]{0,20}[:：]\s*(?P<n>\d{1,2})(?![\d%])",
    re.IGNORECASE,
)
"""A number after its unit, as in “Years of experience: 5”."""
_OF_THEM = re.compile(
    r"(?<!\w)(?P<n>\d{1,2}|(?:two|three|four|five)(?= of \w+ (?:with|in)))\s+of (?:them|which|those)\b", re.IGNORECASE
)
_FEWER = re.compile(
    r"(?:\b(?:and|plus|including)\b|^|[,;])\s*(?:at least )?(?P<n>\d{1,2}|two|three|four|five)"
    r"\+?(?= (?:of|with|in|on|using) (?!them|which|those))"
)
"""A number without its unit after years, as in “5 years with Go and 3 with Docker”."""
_A_YEAR = re.compile(r"(?<!\w)a(?= (?:full |solid )?year(?!\w))", re.IGNORECASE)
_A_DECADE = re.compile(r"(?<!\w)(?:a|one) decade(?!\w)", re.IGNORECASE)
_OTHER_BEFORE = re.compile(
    r"(?:放宽[至到为]|近|最近|过去|未来|今后|前|首|第|历时|(?:成立|创[立办建]|合同|试用|服务期|任期|质保|入职|签|有效期|学制|"
    r"不超过|不多于|最多|至多|不满|(?<!不)(?:少于|低于)|小于|稳定|接受|每)[^，,;；。]{0,8}|"
    r"我们|我司|本公司|公司(?:已|有|拥有)?|"
    r"(?:\b(?:last|past|previous|next|first|every|each|within|under|up to|at most|max\.?|maximum|(?:less|"
    r"fewer|no more|not more) than|"
    r"over the|in the|for the|after|during|once|twice|times|an?|the|per|aged?|every other|"
    r"(?:valid|(?<!for a )liv\w+|resid\w+|stay\w*|commit\w*|contracts?|founded|established|terms?|warranty|visa|"
    r"vest\w*)\b[^,;.]{0,20}|(?:we|our team|our company|company|us) (?:have|has|"
    r"with)\b[^,;.]{0,20}))(?: of| for)?)"
    r"\s*$",
    re.IGNORECASE,
)
"""Words before other years."""
_REQUIRED_MINIMUM = re.compile(
    r"(?:\b(?:an?|the)(?: absolute)? minimum(?: of)?|\bcommit\w*.*experience.*|"
    r"\bper\b.*\bat least)\s*$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"\s*(?:内(?!核|容)|之内|以内|及?以下|前(?!端|台)|之前|后(?!端|台|期)|之后|制(?!造|作|药)|会(?!计|议)|"
    r"度|假|薪|来|一次|终|末|初(?!创)|级|"
    r"产(?!品)|检|报|龄|期(?!货|权)|届|应届|.{0,2}[规计]划|可[申享]|(?:的|多的?)?(?:历史|合同|劳动合同|"
    r"质保|服务期|试用))|"
    r"['’]?[\s-]*(?:old\b|ago\b|or older\b|warranty|contract|per\b|degree|college|"
    r"program(?:me)?\b(?! ?/| manage)|"
    r"course\b|plan\b|roadmap|"
    r"strategy|vesting|visa|term\b|fixed|leave\b|in business|in a row|from now|later\b|"
    r"of (?:[\w-]+ ){0,2}(?:age|history|records?|growth|stud(?:y|ies)|university|college|school(?:ing)?|"
    r"leave|operation|residen\w+|data)\b(?!\s\w))",
    re.IGNORECASE,
)
"""Words after other years."""
ABOUT_EXPERIENCE = re.compile(
    r"经验|经历|从业|工龄|年限|experience|exprience|\bexp\b|erfahrung|expérience",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:至少|最少|不少于|不低于|满|超过|大于|[>≥]=?|具有|具备|拥有|有|过|了|"
    r"\b(?:have|has|with|at least|"
    r"mindestens|au moins|al menos|minimum|min\.?|more than|over|about|around|roughly|some)|\s[-–—])(?: of)?[\s:：]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:[A-Za-z]|[\u4e00-\u9fff]{0,6}?(?:工作|开发|从事|管理|项目|研发|运维|测试|实战|行业))")
_AFTER_UNIT = re.compile(
    r"['’]?\s*(?:\([^()]*\)\s*)?(?:(?:of|in|as|with|on|at|using|minimum|required|preferred|or more|plus|"
    r"and above|professional|"
    r"relevant|hands-on|industry|commercial|practical|proven|solid)\b|\w+ing\b|\+)",
    re.IGNORECASE,
)
_NAME_BEHIND = re.compile(r"\s[A-Z]\w")
_IS_CHINESE_UNIT = re.compile(r"年(?:\s*(?:\+|及?以上|起步?|左右))?$")
_EDGE_BEFORE = re.compile(r"(?:^|[|｜·•,，、/;；:：(（【\[]|[\dKk薪\u4e00-\u9fff]\s)\s*$")
_EDGE_AFTER = re.compile(r"\s*(?:[。.]?\s*$|[|｜·•,，、/;；)）】\]]|\s[\d\u4e00-\u9fff])")
_FACTS = re.compile(r"\||本科|大专|硕士|博士|学历|\d\s?[Kk]\b")
"""What a line of short facts has besides years."""
_END = re.compile(r"[\s.。!！;；,，)）]*")
_NEAR_START = 15
"""The maximum position of a number of years that stands at the end, without a word about experience."""
_MOST_YEARS = 30
_NEARBY = 40
ONLY_YEARS = re.compile(
    rf"\W*(?:至少|最少|不少于|不低于|at least|minimum|for)?(?:写过|用过|做过)?\s*"
    rf"(?:{_NUMBER})\s*\+?\s*(?:年|years|yrs)(?:\+|及?以上)?(?:的?(?:生产|使用|实战)经验)?(?:\W|熟悉|精通|掌握|了解)*|"
    r".*\b(?:years|yrs) (?:of |with )?(?:\w+ing )?it\b.*",
    re.IGNORECASE,
)
"""A part of a sentence that says nothing else."""


class Years(NamedTuple):
    """Years of experience in a text (the lower end of a range), and where they are."""

    number: int
    start: int
    end: int


def years_in(text: str, *, header: bool = False) -> int:
    """Return the first years of experience that a part of a sentence asks for; 0 if it asks for none.

    Args:
        text: The text.
        header: Whether it is a line of short facts, such as “3-5年 | 本科”, and nothing says that it asks.
    """
    return next((found.number for found in all_years(normalized(text), header=header)), 0)


def all_years(text: str, *, header: bool = False, goes_on: bool = False) -> Iterator[Years]:
    """Yield all years of experience that a part of a sentence asks for, in order.

    Args:
        text: The text, normalized.
        header: Whether it is a line of short facts.
        goes_on: Whether there are years before it in the sentence.
    """
    text = _A_DECADE.sub(lambda match: f"10{'years':>{len(match[0]) - 2}}", _A_YEAR.sub("1", text))
    found = [*_asked_years(text, header=header)]
    if not found and (other := _OF_THEM.search(text) or _LABELED.search(text)):
        found = [Years(_number(other["n"]), other.start(), other.end())]
    if found or goes_on:
        found += [
            Years(_number(match["n"]), match.start(), match.end())
            for match in _FEWER.finditer(text)
            if not found or match.end() > found[0].end
        ]
    yield from sorted(found, key=lambda years: years.start)


def _asked_years(text: str, *, header: bool) -> Iterator[Years]:
    for match in _YEARS.finditer(text):
        number = _number(match["n"])
        before, after = text[: match.start()][-_NEARBY:], text[match.end() :]
        is_other = _OTHER_BEFORE.search(before) and not _REQUIRED_MINIMUM.search(before)
        if is_other or _OTHER_AFTER.match(after) or not 0 < number <= _MOST_YEARS:
            continue
        if ABOUT_EXPERIENCE.search(text) or (
            _is_fact(text, match, before, after) if header else _is_asked(match, before, after)
        ):
            yield Years(number, match.start(), match.end())


def _is_asked(match: re.Match[str], before: str, after: str) -> bool:
    """Return whether the words around years in a sentence that asks are about experience."""
    if match["more"] or match["above"] or _BEFORE.search(before):
        return True
    follows = _AFTER if _IS_CHINESE_UNIT.search(match[0]) else _AFTER_UNIT
    return (
        bool(follows.match(after))
        or _NAME_BEHIND.match(after) is not None
        or (match.start() < _NEAR_START and _END.fullmatch(after) is not None)
    )


def _is_fact(text: str, match: re.Match[str], before: str, after: str) -> bool:
    """Return whether years stand alone in a line of short facts."""
    is_sure = match["more"] or match["above"] or match["range"] or _FACTS.search(text)
    return bool(is_sure and _EDGE_BEFORE.search(before) and _EDGE_AFTER.match(after))


def _number(word: str) -> int:
    return int(float(word)) if word[0].isdigit() else NUMBERS[word.lower()]
