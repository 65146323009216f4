"""What a posting asks besides skills: years, a degree, human languages, seniority, and where the work is done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.cjk import HAN
from sphinx_folio.matching.sections import OPTIONAL, OTHER, UNKNOWN
from sphinx_folio.vocabulary.concepts import normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_folio.matching.sections import Statement

DEGREES = ("college", "bachelor", "master", "doctor")
"""Degrees, lowest first."""

NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "两": 2,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBER = "|".join([r"\d{1,2}", *NUMBERS])
_YEARS = re.compile(
    rf"(?<![\d.A-Za-z十])(?P<n>{_NUMBER})\s*(?P<plus>\+|多|or more\b|or above\b|plus\b)?\s*"
    rf"(?:[-–—~至到]|to)?\s*(?:{_NUMBER})?\s*\+?\s*"
    r"(?:年|years?\b|yrs?\b)(?P<after>.{0,80})",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"(?<!\w)(?P<n>\d{1,2})\s+of (?:them|which|those)\b", re.IGNORECASE)
_EXPERIENCE = re.compile(
    r"经验|经历|以上|及以上|从业|工作|开发|experience|exprience|experiance|\bexp\b|\bin\b|\bof\b|\bas\b|\bwith\b|\+|"
    r"building|writing|working|managing engineers|\bor more\b|\bminimum\b|developing|managing",
    re.IGNORECASE,
)
_NOT_EXPERIENCE = re.compile(
    r"^(?:内|前|后|制|会|度|假|薪|来|之内|一次|终|级|产|的(?:历史|时间))|^\s*(?:old|ago|warranty|contract|per)\b",
    re.IGNORECASE,
)


_ABOUT_EXPERIENCE = re.compile(r"经验|experience|\bexp\b|(?:at least|至少|minimum)", re.IGNORECASE)
_END = re.compile(r"[\s.)）]*")


def years_in(text: str, *, header: bool = False) -> int:
    """Return the years of experience that a part of a sentence asks for (the lower end of a range); 0 if it does not.

    Args:
        text: The text.
        header: Whether it is a line of short facts, such as “3-5年 | 本科”.
    """
    text = normalized(text)
    for match in _YEARS.finditer(text):
        after = match["after"]
        if _NOT_EXPERIENCE.match(after):
            continue
        if (
            match["plus"]
            or _EXPERIENCE.search(after)
            or _ABOUT_EXPERIENCE.search(text)
            or (header and ("|" in text or "本科" in text))
        ):
            return _number(match["n"])
        if _END.fullmatch(after) and match.start() < _NEAR_START and not header:
            return _number(match["n"])
    found = _OF_THEM.search(text)
    return _number(found["n"]) if found else 0


_NEAR_START = 15
"""The maximum position of a number of years that stands at the end, without a word about experience."""


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


_DEGREES = (
    ("doctor", re.compile(r"博士|\bPh\.?D\b|\bdoctorate\b|\bdoctoral\b", re.IGNORECASE)),
    (
        "master",
        re.compile(
            r"硕士|研究生|\bmaster['’]?s\b|\bmaster(?= degree| of (?:sci|eng|comp))|"
            r"\bM\.?Sc\b|\bMBA\b|\bM\.?Eng\b|\bM\.S\.",
            re.IGNORECASE,
        ),
    ),
    (
        "bachelor",
        re.compile(
            r"本科|学士|\bbachelor(?:['’]?s)?\b|\bB\.?Sc\b|"
            r"\bB\.?S\.(?= |$)|\bBS\b(?= (?:in|degree|or))|"
            r"\bB\.?E\b(?=\.? ?/)|\bB\.?Tech\b|\bundergraduate\b",
            re.IGNORECASE,
        ),
    ),
    (
        "college",
        re.compile(r"大专|专科|高职|\bassociate(?:['’]?s)? degree\b|\bcollege diploma\b|\bvocational\b", re.IGNORECASE),
    ),
)
_ANY_DEGREE = re.compile(
    r"\b(?:university|college|4-year|four-year|relevant|technical|academic) degree\b|"
    r"\bdegree (?:in|is required|required|or)\b",
    re.IGNORECASE,
)
"""A degree without a name, which is understood as a bachelor's."""
_WELCOME = re.compile(r"优先|加分|更佳|最好|另议|prefer|plus|nice|advantage|ideal", re.IGNORECASE)
_NOT = re.compile(
    r"不要求|不限|无需|不需要|不看|不强求|\bno\b.*\bdegree|\bnot (?:required|needed|necessary)|\bdon['’]t",
    re.IGNORECASE,
)


_DEGREE_END = re.compile(r"[,，;；(（]")


def degree_asked(found: Iterable[Statement]) -> tuple[str, str]:
    """Return the lowest degree that is asked, and the sentence; empty if none is. Preferred degrees do not count."""
    asked: list[tuple[int, str]] = []
    headers: list[tuple[int, str]] = []
    for statement in found:
        if statement.kind == OPTIONAL:
            continue
        for part in _DEGREE_END.split(normalized(statement.text)):
            if _WELCOME.search(part) or _NOT.search(part):
                continue
            names = [name for name, pattern in _DEGREES if pattern.search(part)]
            if not names and _ANY_DEGREE.search(part):
                names = ["bachelor"]
            ranks = [(DEGREES.index(name), statement.text) for name in names]
            if statement.asks:
                asked += ranks
            elif statement.kind in {UNKNOWN, OTHER} and len(statement.text) < _SHORT:
                headers += ranks
    if not asked and not headers:
        return "", ""
    rank, sentence = min(asked or [item for item in headers if item[1] == headers[0][1]])
    return DEGREES[rank], sentence


_SHORT = 80


def degree_in(text: str) -> int | None:
    """Return the rank of the highest degree that a text names, as in ``DEGREES``; None if it names none."""
    names = [name for name, pattern in _DEGREES if pattern.search(text) or _DEGREE_NAMES[name].search(text)]
    return max(map(DEGREES.index, names), default=None)


_DEGREE_NAMES = {
    "doctor": re.compile(r"doctor", re.IGNORECASE),
    "master": re.compile(r"\bmaster|diplom|\bM\.?A\b", re.IGNORECASE),
    "bachelor": re.compile(r"bachelor|undergraduate|\bB\.?A\b", re.IGNORECASE),
    "college": re.compile(r"associate", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanLanguage:
    """A human language that is asked."""

    name: str
    level: str
    """Such as fluent, native, working, reading, C1 or CET-6; empty if the posting does not say."""
    is_must: bool
    sentence: str


LANGUAGES = {
    "English": r"English|英语|英文",
    "Mandarin": r"Mandarin|普通话|Putonghua",
    "Chinese": r"Chinese|中文|汉语",
    "Cantonese": r"Cantonese|粤语|广东话",
    "German": r"German|德语|德文",
    "French": r"French|法语|法文",
    "Spanish": r"Spanish|西班牙语",
    "Portuguese": r"Portuguese|葡萄牙语",
    "Italian": r"Italian|意大利语",
    "Dutch": r"Dutch|荷兰语",
    "Swedish": r"Swedish|瑞典语",
    "Danish": r"Danish|丹麦语",
    "Norwegian": r"Norwegian|挪威语",
    "Finnish": r"Finnish|芬兰语",
    "Polish": r"Polish(?! the)|波兰语",
    "Czech": r"Czech|捷克语",
    "Russian": r"Russian|俄语",
    "Ukrainian": r"Ukrainian|乌克兰语",
    "Turkish": r"Turkish|土耳其语",
    "Arabic": r"Arabic|阿拉伯语",
    "Hebrew": r"Hebrew|希伯来语",
    "Hindi": r"Hindi|印地语",
    "Thai": r"Thai|泰语",
    "Vietnamese": r"Vietnamese|越南语",
    "Indonesian": r"Indonesian|Bahasa|印尼语",
    "Malay": r"Malay|马来语",
    "Japanese": r"Japanese|日语|日文",
    "Korean": r"Korean|韩语|韩文|朝鲜语",
}
"""English name of a language → pattern of its names."""
_LANGUAGE = re.compile(
    "|".join(f"(?P<{name}>(?<![A-Za-z])(?:{pattern})(?![A-Za-z-]))" for name, pattern in LANGUAGES.items())
)


def language_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of the names of a human language."""
    return re.compile(LANGUAGES[name], re.IGNORECASE)


_LEVELS = tuple(
    (word, re.compile(pattern, re.IGNORECASE))
    for word, pattern in (
        ("CET-6", r"CET-?\s?6|六级"),
        ("CET-4", r"CET-?\s?4|四级"),
        ("C2", r"\bC2\b"),
        ("C1", r"\bC1\b"),
        ("B2", r"\bB2\b"),
        ("B1", r"\bB1\b"),
        ("N1", r"\bN1\b"),
        ("N2", r"\bN2\b"),
        ("native", r"native|母语|mother tongue"),
        (
            "fluent",
            r"fluen|流利|excellent|精通|流畅的?(?:口语|沟通)|strong (?:written|verbal|spoken)|perfect|very good",
        ),
        ("working", r"working|工作语言|日常工作|工作沟通|英语沟通|英文沟通|会议"),
        ("professional", r"professional|商务|proficien|business"),
        ("reading", r"阅读|读英文|读 ?RFC|读写|文档|文献|资料|reading|read "),
        ("conversational", r"conversational|口语|spoken|会话"),
    )
)
_LANGUAGE_NOISE = re.compile(
    r"teach|lesson|中文(?:文档|社区)|course|德语课|教|team|customers?|market|speakers? of|company|culture|food"
)


_SPOKEN_WELL = re.compile(r"\b(?:fluent|native|[BC][12]|CET)\b|流利", re.IGNORECASE)
_WELCOME_LANGUAGE = re.compile(
    r"plus|nice|advantage|useful|bonus|prefer|优先|加分|更佳|helpful|helps|asset|welcome|desirable", re.IGNORECASE
)
_EXPRESSLY = re.compile(r"flu|must|plus|advantage|优先", re.IGNORECASE)


_LANGUAGE_END = re.compile(r"[,，;；。]|\.\s|\bbut\b(?! not)")


def languages_asked(found: Iterable[Statement]) -> tuple[HumanLanguage, ...]:
    """Return the human languages that are asked, each once, with the strongest ask."""
    asked: dict[str, HumanLanguage] = {}
    for statement in found:
        text = normalized(statement.text)
        spoken = statement.kind == UNKNOWN and _SPOKEN_WELL.search(text) and not _LANGUAGE_NOISE.search(text)
        for language in _languages_in(text, statement) if statement.asks or spoken else ():
            known = asked.get(language.name, language)
            asked[language.name] = replace(
                language if language.is_must else known,
                level=language.level or known.level,
                is_must=language.is_must or known.is_must,
            )
    return tuple(asked.values())


def _languages_in(text: str, statement: Statement) -> Iterator[HumanLanguage]:
    for part in _LANGUAGE_END.split(text):
        welcome = bool(_WELCOME_LANGUAGE.search(part))
        if (_NOT.search(part) and not welcome) or (_LANGUAGE_NOISE.search(part) and not _EXPRESSLY.search(part)):
            continue
        for match in _LANGUAGE.finditer(part):
            yield HumanLanguage(
                name=match.lastgroup or "",
                level=next((word for word, pattern in _LEVELS if pattern.search(part)), ""),
                is_must=statement.kind != OPTIONAL and not welcome,
                sentence=statement.text,
            )


SENIORITIES = ("junior", "mid", "senior", "lead")
_SENIORITY = tuple(
    (word, re.compile(pattern, re.IGNORECASE))
    for word, pattern in (
        (
            "lead",
            (
                r"专家|负责人|首席|架构师|总监|主管|主程|主美|主策|"
                r"\bstaff\b|\bprincipal\b|\blead\b|\bmanager\b|\bhead of\b|"
                r"\bdirector\b|\bdistinguished\b|\bCTO\b|\bVP\b|组长"
            ),
        ),
        ("senior", r"高级|资深|\bsenior\b|\bsr\b\.?"),
        ("mid", r"中级|\bmid\b|\bmid-level\b|\bmid level\b|\bintermediate\b|\bmid-senior\b"),
        (
            "junior",
            (
                r"初级|应届|校招|校园招聘|实习|助理|\bjunior\b|\bjr\b\.?|\bgraduate\b|\bentry[- ]level\b|"
                r"\bintern(?:ship)?\b|\btrainee\b|\bworking student\b"
            ),
        ),
    )
)
_TITLE_LABEL = re.compile(
    r"^(?:职位名称|招聘岗位|岗位名称|职位|岗位|position|title|role|job title)\s*[:：]\s*(?P<title>.+)$", re.IGNORECASE
)


def title_of(text: str) -> str:
    """Return the title of a posting: what a label says, otherwise its first line."""
    lines = [line.strip(" #*") for line in text.splitlines() if line.strip(" #*")][:8]
    labeled = (match["title"] for line in lines if (match := _TITLE_LABEL.match(line)))
    title = next(labeled, lines[0] if lines else "")
    return title if len(title) <= _MAX_TITLE else f"{title[:_MAX_TITLE]}…"


_MAX_TITLE = 80


def seniority_of(text: str) -> str:
    """Return the seniority in the title; empty if it has none."""
    title = normalized(title_of(text))
    return next((name for name, pattern in _SENIORITY if pattern.search(title)), "")


_CITIES = Path(__file__).with_name("cities.txt").read_text(encoding="utf-8").split("\n")[:-1]
_LATIN_CITIES = "|".join(re.escape(city) for city in _CITIES if not HAN.match(city))
_CITY_EN = rf"(?<![\w-])(?:{_LATIN_CITIES})(?:, (?:[A-Z]{{2}}|D\.C\.))?(?![\w-])"
_CITY_ZH = "|".join(city for city in _CITIES if HAN.match(city))
_CITY = re.compile(rf"{_CITY_EN}|{_CITY_ZH}")
_PLACE_LABEL = re.compile(
    r"(?:工作地[点址]?|工作城市|地点|城市|所在地|坐标|\bbased? in\b|\bbase\b|location|"
    r"\bwhere\b|\bplace\b)\s*[:：]?\s*(?P<place>.{1,40})",
    re.IGNORECASE,
)
_BOTH = re.compile(rf"(?:{_CITY_EN})\s*[/／]\s*(?:{_CITY_ZH})|(?:{_CITY_ZH})\s*[（(]\s*(?:{_CITY_EN})\s*[)）]")
_MAX_LINES = 400
_MAX_LINE = 300


def place_of(text: str) -> str:
    """Return the city in a label or among the first lines of a posting; empty if none is known."""
    lines = [line[:_MAX_LINE] for line in text.splitlines() if line.strip()][:_MAX_LINES]
    labeled = [match["place"] for line in lines if (match := _PLACE_LABEL.search(line))]
    for part in (*labeled, *lines[:5], *lines[-2:]):
        both = _BOTH.search(part)
        if both:
            return both[0]
        found = _CITY.search(part)
        if found:
            return found[0]
    return ""


_NOT_REMOTE = re.compile(
    r"\bhybrid\b|\bon-?site\b|\bin (?:the )?office\b|\bat the office\b|work from office|不支持远程|不接受远程|"
    r"到岗|驻场|坐班|\bnot remote\b|\bno remote\b|in-office|commute to",
    re.IGNORECASE,
)
_REMOTE = re.compile(r"远程|居家办公|\bremote\b|work from (?:home|anywhere)|\bdistributed team\b", re.IGNORECASE)


def is_remote(text: str) -> bool | None:
    """Return whether full remote work is possible; None if the posting does not say."""
    text = normalized(text)
    if _NOT_REMOTE.search(text):
        return False
    return True if _REMOTE.search(text) else None
