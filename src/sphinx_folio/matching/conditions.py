"""What a posting asks besides skills: years, a degree, human languages, seniority, and where the work is done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.cjk import HAN
from sphinx_folio.matching.sections import NOT_ASKING, OPTIONAL, TITLE, UNKNOWN
from sphinx_folio.vocabulary.concepts import normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_folio.matching.sections import Statement

MUST, ONE_OF, MAY = "must", "one of", "may"
"""How something is asked: required; required unless an alternative is there; welcome, also among alternatives."""
WEAKEST_FIRST = ("", MAY, ONE_OF, MUST)

DEGREES = ("college", "bachelor", "master", "doctor")
"""Degrees, lowest first."""

_DEGREES = (
    ("doctor", re.compile(r"博士|\b(?:Ph\.?D|doctora(?:te|l))\b", re.IGNORECASE)),
    (
        "master",
        re.compile(
            r"硕士|研究生|\bmaster(?:['’]?s\b|(?= degree| of (?:sci|eng|comp)))|"
            r"\bM\.?Sc\b|\bMBA\b|\bM\.?Eng\b|\bM\.S\.|(?<!\d )\bMS (?:in|or)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "bachelor",
        re.compile(
            r"本科|学士|大学(?:以上|毕业|学历)|\bbachelor(?:['’]?s)?\b|\bB\.?Sc\b|"
            r"\bB\.?S\.(?= |$)|\bBS\b(?= (?:in|degree|or|with))|"
            r"\bB\.?E\b(?=\.? ?/)|\bB\.?Tech\b|\bundergraduate\b",
            re.IGNORECASE,
        ),
    ),
    (
        "college",
        re.compile(
            r"大专|专科|高职|\bassociate(?:['’]?s)?(?= degree| or bachelor)|\bcollege diploma\b|\bvocational\b",
            re.IGNORECASE,
        ),
    ),
)
_ANY_DEGREE = re.compile(
    r"\b(?:university|college|4-year|four-year|relevant|technical|academic) degree\b|"
    r"\bdegree (?:in|holder|is required|required|or)\b",
    re.IGNORECASE,
)
"""A degree without a name, which is understood as a bachelor's."""
SELECTED_SCHOOLS = re.compile("985|211|双一流")
"""Lists of Chinese universities; whether a school is on one has to be checked."""
_WELCOME = re.compile(
    r"优先|加分|更[佳好方]|最好|另议|prefer|\ba plus\b|\bplus\b(?! [\w(+])|nice|advantage|ideal(?! cand)|welcome|"
    r"useful|handy|\bhelp(?:ful|s)?\b|bonus|asset|encouraged|desirable|\bextra\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"不(?:[作做]?要求|限|需要|看|强求)|无需|无所谓|\bno (?:(?!and )\w[\w.'’/-]* ){0,6}(?:degree|MBA|Ph\.?D|"
    r"needed|required)|\bnot (?:required|needed|necessary)|\bdon['’]t",
    re.IGNORECASE,
)


_DEGREE_END = re.compile(r"[,，;；(（]|(?<=以上|学历)\s*/")


def degrees_asked(found: Iterable[Statement]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the lowest degree that is required, and the lowest higher one that is welcome, each with its sentence.

    Both texts are empty if there is none.
    """
    asked: list[tuple[int, str]] = []
    headers: list[tuple[int, str]] = []
    welcome: list[tuple[int, str]] = []
    for statement in found:
        for part in _DEGREE_END.split(normalized(statement.text)):
            is_welcome = statement.kind == OPTIONAL or _WELCOME.search(part)
            if not is_welcome and _NOT.search(part):
                continue
            names = [name for name, pattern in _DEGREES if pattern.search(part)]
            if not names and _ANY_DEGREE.search(part):
                names = ["bachelor"]
            ranks = [(DEGREES.index(name), statement.text) for name in names]
            if statement.asks:
                (welcome if is_welcome else asked).extend(ranks)
            elif is_welcome:
                continue
            elif statement.kind in {UNKNOWN, *NOT_ASKING} and len(statement.text) < _SHORT:
                headers += ranks
    least = min(asked or [item for item in headers if item[1] == headers[0][1]], default=(-1, ""))
    best = min((item for item in welcome if item[0] > least[0]), default=(-1, ""))
    required, preferred = ((DEGREES[rank] if sentence else "", sentence) for rank, sentence in (least, best))
    return required, preferred


_SHORT = 80
PERMIT = re.compile(
    r"\b(?:right|authori[sz]\w+|eligible|entitled|permi\w+) to work\b|\bwork (?:permit|authori[sz]ation|visa)|"
    r"(?:工作|就业)(?:许可|签证)",
    re.IGNORECASE,
)
"""The right to work in a country."""


def permit_asked(found: Iterable[Statement]) -> tuple[str, str]:
    """Return the sentence that asks for the right to work in a country, and how strongly; empty if none does."""
    for statement in found:
        text = statement.text
        if statement.asks and PERMIT.search(text) and not _NOT.search(text):
            return text, MAY if statement.kind == OPTIONAL or _WELCOME.search(text) else MUST
    return "", ""


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
    strength: str
    """``must``, ``one of`` or ``may``."""
    sentence: str


LANGUAGES = {
    "English": r"English|英[语文]|(?<=中)英|大学英语|CET-?\s?[46]|TEM-?[48]|IELTS|TOEFL|TOEIC|雅思|托福",
    "Mandarin": r"Mandarin|普通话|[国华]语|Putonghua",
    "Chinese": r"Chinese|中文|中(?=英[文双])|汉语",
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
    "Greek": r"Greek|希腊语",
    "Hungarian": r"Hungarian|匈牙利语",
    "Romanian": r"Romanian|罗马尼亚语",
    "Bulgarian": r"Bulgarian|保加利亚语",
    "Croatian": r"Croatian",
    "Serbian": r"Serbian|塞尔维亚语",
    "Slovak": r"Slovak",
    "Slovenian": r"Slovenian",
    "Lithuanian": r"Lithuanian",
    "Latvian": r"Latvian",
    "Estonian": r"Estonian",
    "Catalan": r"Catalan",
    "Irish": r"Irish|爱尔兰语",
    "Swahili": r"Swahili",
    "Welsh": r"Welsh|威尔士语",
    "Persian": r"Persian|Farsi|波斯语",
    "Bengali": r"Bengali|孟加拉语",
    "Tamil": r"Tamil|泰米尔语",
    "Urdu": r"Urdu|乌尔都语",
    "Filipino": r"Filipino|Tagalog|菲律宾语",
    "Hindi": r"Hindi|印地语",
    "Thai": r"Thai|泰语",
    "Vietnamese": r"Vietnamese|越南语",
    "Indonesian": r"Indonesian|Bahasa|印尼语",
    "Malay": r"Malay|马来语",
    "Japanese": r"Japanese|日语|日文|JLPT",
    "Korean": r"Korean|韩语|韩文|朝鲜语|TOPIK",
}
"""English name of a language → pattern of its names."""
_LANGUAGE = re.compile(
    f"(?<![A-Za-z])(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in LANGUAGES.items())})(?![AD-MO-Za-z-])"
)
"""The name of a language; B, C or N may begin a level directly after it, as in “日语N1”."""


def is_language_or_city(name: str) -> bool:
    """Return whether a name, or one of its words, is a human language or a city."""
    return any(_LANGUAGE.fullmatch(part) or _CITY.fullmatch(part) for part in (name, *re.split("[ -]", name)))


_LEVELS = tuple(
    (word, re.compile(pattern, re.IGNORECASE))
    for word, pattern in (
        ("CET-6", r"CET-?\s?6|[六6] ?级"),
        ("CET-4", r"CET-?\s?4|[四4] ?级"),
        ("C2", "C2"),
        ("C1", "C1"),
        ("B2", "B2(?!B)"),
        ("B1", "B1"),
        ("N1", "N1"),
        ("N2", "N2"),
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
    r"混着?用|teach|lesson|中文(?:文档|社区)|course|德语课|教|team|customers?(?!.*\))|market|speakers? of|company|"
    r"culture|food|citizen|"
    r"passport|GCSE|nationals?\b|\blaws?\b|\boffice|time ?zone|interview"
)


_SPOKEN_WELL = re.compile(
    r"\b(?:fluent|native|bilingual|[BC][12]|CET|working language)\b|流利|[过考]了?[四六] ?级|工作语言", re.IGNORECASE
)
_EXPRESSLY = re.compile(r"flu|must|required|\b[ABC][12]\b", re.IGNORECASE)


_LANGUAGE_END = re.compile(
    r"[，;；。]|,(?! in which\b)|(?<!min)\.\s|\bbut\b(?! not)|\((?=no [A-Z]|[A-Z]\w+ (?:is )?not\b|不.{1,4}[语文])"
)


def languages_asked(found: Iterable[Statement]) -> tuple[HumanLanguage, ...]:
    """Return the human languages that are asked, each once, with the strongest ask."""
    asked: dict[str, HumanLanguage] = {}
    for statement in found:
        text = normalized(statement.text)
        can_ask = statement.kind in {UNKNOWN, *NOT_ASKING}
        spoken = can_ask and _SPOKEN_WELL.search(text) and not _LANGUAGE_NOISE.search(text)
        for language in _languages_in(text, statement) if statement.asks or spoken else ():
            known = asked.get(language.name, language)
            stronger = max(known, language, key=lambda item: WEAKEST_FIRST.index(item.strength))
            asked[language.name] = replace(stronger, level=min(known.level, language.level, key=LEVEL_ORDER.index))
    return tuple(asked.values())


LEVEL_ORDER = [*(word for word, _pattern in _LEVELS), ""]
"""The levels of languages, the first that counts first; the empty string at the end stands for no level."""


def _languages_in(text: str, statement: Statement) -> Iterator[HumanLanguage]:
    alternatives = _alternatives(text)
    for part in _LANGUAGE_END.split(text):
        welcome = bool(_WELCOME.search(part))
        if (_NOT.search(part) and not welcome) or (
            _LANGUAGE_NOISE.search(part) and not welcome and not _EXPRESSLY.search(part)
        ):
            continue
        pieces = _language_pieces(part)
        levels = [next((word for word, pattern in _LEVELS if pattern.search(piece)), "") for piece in pieces]
        for place, piece in enumerate(pieces):
            is_bare = _LANGUAGE.sub("", piece).strip(" .") == ""
            nearby = [levels[place], *(levels[:place][::-1] if is_bare else ()), *(levels[place:] if is_bare else ())]
            for match in _LANGUAGE.finditer(piece):
                name = match.lastgroup or ""
                strength = MAY if statement.kind == OPTIONAL or welcome else ONE_OF if name in alternatives else MUST
                level = next(filter(None, nearby), "")
                yield HumanLanguage(name=name, level=level, strength=strength, sentence=statement.text)


def _language_pieces(part: str) -> list[str]:
    """Split a list of languages, so that each is with the words about it: “fluent English” and “some German”."""
    pieces = [""]
    for piece in _JOINS_LANGUAGES.split(part):
        if _LANGUAGE.search(pieces[-1]) and _LANGUAGE.search(piece):
            pieces.append(piece)
        else:
            pieces[-1] += f" {piece}"
    return pieces


def _alternatives(text: str) -> set[str]:
    """Return the languages that are alternatives: “English or German”, “英语（CET-6）或日语”."""
    names = [match.lastgroup or "" for match in _LANGUAGE.finditer(text)]
    masked = _LANGUAGE.sub(_MASK, text)
    found: set[str] = set()
    for match in _ONE_OF_LANGUAGES.finditer(masked):
        start = masked.count(_MASK, 0, match.start())
        found.update(names[start : start + match[0].count(_MASK)])
    return found


_MASK = "¤"
_BETWEEN = r"(?:(?!\band\b|[¤,，;；。、和与及]).){0,15}"
_ONE_OF_LANGUAGES = re.compile(rf"(?:¤[,，、] ?)*¤(?:,?{_BETWEEN}(?:\bor\b|或){_BETWEEN}¤)+", re.IGNORECASE)
_JOINS_LANGUAGES = re.compile(r"[、/&]|\band\b|\bor\b|[和与及或]", re.IGNORECASE)


_SENIORITY = tuple(
    (word, re.compile(pattern, re.IGNORECASE))
    for word, pattern in (
        (
            "lead",
            (
                r"专家|负责人|首席|架构师|总监|主管|(?:研发|技术|开发|测试|运维|工程|数据)经理|主程|主美|主策|"
                r"\b(?:staff|principal|lead)\b|(?<!product )(?<!project )(?<!program )\bmanager\b|\bhead of\b|"
                r"\bdirector\b|\bdistinguished\b|\bCTO\b|\bVP\b|组长"
            ),
        ),
        ("senior", r"高级|资深|\b(?:senior|sr)\b"),
        ("mid", r"中级|\b(?:mid|intermediate)\b"),
        (
            "junior",
            (
                r"初级|应届|校招|校园招聘|实习|助理|"
                r"\b(?:junior|jr|graduate|entry[- ]level|intern(?:ship)?|trainee|working student)\b"
            ),
        ),
    )
)
_TITLE_LABEL = re.compile(
    r"^(?:职位名称|招聘岗位|招聘职位|岗位名称|职位|岗位|诚?招聘?|position|title|role|job title|subject|"
    r"hiring|we are hiring)"
    r"\s*[:：]\s*(?P<named>.+)$",
    re.IGNORECASE,
)

_TITLE_WITH_NUMBER = re.compile(
    r"(?:答\s*[:：]\s*)?(?P<counted>[^:：，,。]{0,24}[师员家理管人问发])\s*[\d一两二三四五]+\s*[名位]\s*(?:$|[，,。(（；])"
)
"""A title with the number of people that are looked for: “高级数据库管理员 1 名”."""


def title_of(text: str) -> str:
    """Return the title of a posting: what a label says, otherwise its first line; empty if it starts with a section."""
    lines = [line.strip(" #*") for line in text.splitlines() if line.strip(" #*")][:8]
    labeled = [match["named"] for line in lines if (match := _TITLE_LABEL.match(line))]
    if lines and not TITLE.search(lines[0]):
        labeled += [match["counted"] for line in lines if (match := _TITLE_WITH_NUMBER.match(line))]
    title = next(iter((*labeled, *lines)), "")
    if title.endswith((":", "：")):  # it starts a section
        return ""
    return title if len(title) <= _MAX_TITLE else f"{title[:_MAX_TITLE]}…"


_MAX_TITLE = 80


def seniority_of(text: str) -> str:
    """Return the seniority in the title; empty if it has none."""
    title = normalized(title_of(text))
    return next((name for name, pattern in _SENIORITY if pattern.search(title)), "")


_CITIES = Path(__file__).with_name("cities.txt").read_text(encoding="utf-8").split("\n")[:-1]
_LATIN_CITIES = "|".join(re.escape(city) for city in _CITIES if not HAN.match(city))
_STATE_NAMES = (
    "Arizona|California|Colorado|Florida|Illinois|Massachusetts|Michigan|Minnesota|North Carolina|Ohio|Oregon|"
    "Pennsylvania|Texas|Utah|Virginia|Ontario|British Columbia"
)
_CITY_EN = rf"(?<![\w-])(?:{_LATIN_CITIES})(?:, (?:(?!U[KS])[A-Z]{{2,3}}|D\.C\.|{_STATE_NAMES}))?(?![\w-])"
_CITY_ZH = "|".join(city for city in _CITIES if HAN.match(city))
_STATES = (
    r"A[BKLRZ]|BC|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ABDEINOST]|N[BCDEHJLMSVY]|O[HKNR]|PA|QC|RI|S[CDK]|T[NX]|"
    r"UT|V[AT]|"
    r"W[AIVY]"
)
_CITY = re.compile(
    rf"{_CITY_EN}|{_CITY_ZH}|"
    rf"\b(?!Our |The |In )[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){{0,2}}, (?:{_STATES}|{_STATE_NAMES})(?![\w-])"
)
"""A city that is known, or any with its state or province."""
_REMOTE_IN = re.compile(
    r"\b(?:[Rr]emote|from (?:home|anywhere))\b[ ,(]*(?:anywhere )?(?:(?:in|within|from|across) (?:the )?|(?<=\())"
    r"(?!A[mfs]|Eu)(?P<place>U[SK]A?\b|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
)
"""The country of work that is remote."""
_PLACE_LABEL = re.compile(
    r"(?:工作地[点址]?|工作城市|地点|城市|所在地|坐标|\bbased? in\b|\bbase\b|location|"
    r"\bwhere\b|\bplace\b)\s*[:：]?\s*(?P<place>.{1,40})",
    re.IGNORECASE,
)
_OTHER_PLACE = re.compile(
    r"(?:[Ll]ocation|[Cc]ity|地点|城市)\s*[:：]\s*"
    r"(?P<place>(?!Remote|Hybrid|Any|On)[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2}|"
    r"(?!远程|不限|全国)[\u4e00-\u9fff]{2,4})"
    r"\s*(?:$|[,，(（/|·])"
)
"""A label with a place that need not be known."""
_ANYWHERE = re.compile(r"anywhere\b(?! in)", re.IGNORECASE)
_PLACE_HEADING = re.compile(
    r"\W*(?:where(?: is (?:it|the job)| (?:do|will|would) I work)?|location|工作地[点址]|工作城市|地点)\W*",
    re.IGNORECASE,
)
"""A line that is a heading above a place."""
_BOTH = re.compile(rf"(?:{_CITY_EN})\s*[/／]\s*(?:{_CITY_ZH})|(?:{_CITY_ZH})\s*[（(]\s*(?:{_CITY_EN})\s*[)）]")
_MAX_LINES = 400
_MAX_LINE = 300


def place_of(text: str) -> str:
    """Return the city in a label or among the first lines of a posting; empty if it names none."""
    lines = [line[:_MAX_LINE] for line in text.splitlines() if line.strip()][:_MAX_LINES]
    labeled = [match["place"] for line in lines if (match := _PLACE_LABEL.search(line))]
    if any(map(_ANYWHERE.match, labeled)):
        return ""
    labeled += [line for heading, line in pairwise(lines) if _PLACE_HEADING.fullmatch(heading)]
    for part in (*labeled, *lines[:5], *lines[-2:], *filter(_REMOTE_IN.search, lines)):
        both = _BOTH.search(part)
        if both:
            return both[0]
        found = _CITY.search(part)
        if found:
            return found[0]
        remote = _REMOTE_IN.search(part)
        if remote:
            return remote["place"]
    other = next(filter(None, map(_OTHER_PLACE.search, lines)), None)
    return other["place"] if other else ""


_NOT_REMOTE = re.compile(
    r"\bhybrid\b(?! (?:network|cloud|mobile|app|search|retrieval|infra|environment|architect|identity|app))|"
    r"\bon[- ]?site\b(?! (?:search|reliab|seo))|\b(?:days?|weeks?)\b[^.\n]{0,20}\b(?:in|at|from) (?:the |"
    r"our |an )?(?:\w+ )?office|"
    r"\b(?:in|from|at) (?:the|our) (?:[\w'’]+ ){0,2}office\b|work from office|\bin[- ]office\b|"
    r"\boffice[ |:]+\w+ days\b|"
    r"\bto the office\b|\bhome (?:days?\b|office on)|\bremote work on\b|"
    r"commute to|"
    r"\bWFH (?:on|[\d一两])|\bdays? (?:(?:of|at) )?(?:WFH|home|remote)|\bnot? remote\b|"
    r"(?:居家|在家|远程)\s?(?:办公)?\s?[一两二三四\d]\s?天|不(?:支持|接受|考虑|提供|能|可以?)远程|"
    r"(?:[一两二三四\d]天|周[一二三四五]).{0,3}(?:居家|在家|远程)|远程.{0,4}[吗?]\W*(?:答\W*)?不|"
    r"(?:到|来)(?:办公室|公司[。，,\n])|在.{0,8}(?:公司|办公室|园区|总部|厂里?)(?:办公|工作|上班)|"
    r"[须需要]在.{1,8}(?:办公|总部)|出社|from home (?:one|two|three|\d) day|"
    r"厂区?上班|\bpresence in\b|"
    r"混合办公|现场(?:办公|支持|上班)|到(?:客户)?现场|到岗(?!时间)|(?<!不)驻场|(?<!不)(?<!不用)(?<!不必)坐班",
    re.IGNORECASE,
)
_FULLY_REMOTE = re.compile(
    r"(?<!not )(?<!not a )(?<!no )(?<!do )\b(?:entirely|fully|completely|full|100%) (?:remote(?:ly)?|from home)\b|"
    r"\b(?:where|location)\s*:\s*anywhere\b|(?<!不完)(?<!非)全远程",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"远程|居家办公|\bremote\b(?! attest)|work from home|from anywhere\b|\bdistributed team\b", re.IGNORECASE
)


def is_remote(text: str) -> bool | None:
    """Return whether full remote work is possible; None if the posting does not say."""
    text = normalized(text)
    if _FULLY_REMOTE.search(text):
        return True
    if _NOT_REMOTE.search(text):
        return False
    return True if _REMOTE.search(text) else None
