"""Split a posting into statements, and decide for each whether it asks for something of the applicant.

Postings have sections. A heading such as “任职要求” or “Nice to have” decides about the lines below it. In prose
without headings, a statement asks if it addresses the applicant (“you must understand”, “熟悉”).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIRED, OPTIONAL, EXCLUDED, UNKNOWN = "required", "optional", "excluded", "unknown"
DUTIES, OTHER = "duties", "other"
"""The kinds of sections: asked, welcome, expressly not asked, not known, what the work is, and other things."""
NOT_ASKING = (DUTIES, OTHER)
"""Kinds that are not about the applicant."""

_BULLET = re.compile(
    r"\s*(?:[-*+•·>–—※√・\u2190-\u2211\u2213-\u245f\u2500-\u257f\u25a0-\u2bff"
    "\U0001f000-\U0001faff"  # JavaScript does not know this escape: the pattern has the characters
    r"]+\s*|[（(]?\s*\d{1,2}\s*(?:[、)）]|[.．](?!\d))\s*|[（(]?[一二三四五六七八九十]{1,2}[、)）.．]\s*|[①-⑳]\s*|"
    r"[A-Za-z]\d{1,2}[.):]\s+|[a-z][.)]\s+)"
)
_CHAPTER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}、|[■◆►▶])")
_WRAPPED = re.compile(
    r"\s*(?:#{1,6}\s*|\*\*|__)?\s*[【\[《〖]\s*(?P<heading>[^】\]》〗]{1,40})[】\]》〗]\s*[:：]?\s*(?P<rest>.*)",
    re.DOTALL,
)
_LABEL = re.compile(r"(?P<label>[^:：。.!?！？；;|]{1,60})[:：]\s*(?P<rest>.*)", re.DOTALL)
_MARKDOWN_HEADING = re.compile(r"\s*(?:#{1,6}\s+|[▎▍▌▋█]\s*|\*\*(?=.*\*\*\s*[:：]?\s*$))")
_SENTENCE_END = re.compile(
    r"(?<=[。！？!?；;])(?![”’」』\"'）)])\s*|(?<=[。！？][”’」』])\s*"
    r"|"
    r"\s+(?=\d{1,2}[、)）]\s?[\u4e00-\u9fff])|"  # “1、… 2、…” in one line
    r"(?<=[\w)\]”\"'][.])(?<!e\.g\.|i\.e\.|etc\.|min\.)(?<!vs\.|[SJ]r\.)(?<!approx\.)(?<!\b[A-Z]\.)\s+(?=[A-Z“\"(*\u4e00-\u9fff])"
)
_MAX_HEADING = 60
_WRAPPED_WIDTH = 50
"""The minimum width of a line that may go on in the next one, as in text from a PDF; Han characters count twice."""
_ONE_HAN = re.compile("[\u4e00-\u9fff]")
_STOPS = (".", "。", "!", "！")
_COMMA = re.compile(r"[:：,|]")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_COLON = re.compile(r"[:：|]")
_SENTENCE = re.compile(r"[。；;！!，]|\.$")
_FULL_STOP = re.compile(r"[。；;！!]|\.$")
_STATES = re.compile(r"\d|熟悉|精通|掌握|了解")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_LABEL_WORD = re.compile(r"[A-Za-z'’]+|[\u4e00-\u9fff]{2}")
_WORD = re.compile(r"\w")

_KINDS = {
    EXCLUDED: re.compile(
        r"不要求|不[做作].{0,4}要求|不需要|无需|不看|不在[意乎]|不考|不招|不[必用](?:会|懂|担心)|不(?:适合|"
        r"合适)|不强制|"
        r"不会.{1,20}吗|^won['’]?t$|"
        r"(?<!but )(?:(?:wo|do)n['’]?t|(?:do|will) not|never) (?:need|ask|require|expect|care|have to|mind|worry|test)|"
        r"^not (?!only|just)|^non-?requirements?|(?:doesn['’]?t|does not) matter|"
        r"no need|\bskip\b|(?:out of|not in) scope|^forget|\bsweat\b|leave (?:at|behind)",
        re.IGNORECASE,
    ),
    OPTIONAL: re.compile(
        r"加分|优先|欢迎(?:条件|要求|项)|更[佳好香棒]|更(?:欢迎|看重|欣赏)|锦上添花|眼前一亮|脱颖而出|有优势|惊喜|非必|"
        r"最好(?:[你还再有能是]|$)|^理想$|"
        r"(?:有了|[若如]有|有这些|具备以下).{0,6}会|如果你(?:还|$)|"
        r"makes? \w+ (?:smile|happy)|(?:may|might) (?:also )?(?:have|bring|know)|(?:impress|delight|excite)s? (?:us|"
        r"me)|sets? you apart|任意?[一1][条项]|"
        r"even (?:better|nicer)|"
        r"brownie|extra (?:points|credit)|bonus |"
        r"\bnice\b|^(?:could|helpful|useful|handy|optional|ideally|recommended)\b|^ideal$|be ideal|"
        r"(?:we['’]d|would)(?: also)? love|"
        r"(?:w(?:ou|i)ll?d?|['’]d) be (?:great|good|lovely|cool)|can (?:live|do) without|"
        r"advantage|(?:be|are|is) (?:happy|glad|delighted)|"
        r"^(?:bonus(?:es)?|extras?|assets?)$|\ba (?:\w+ )?plus\b|^(?:big )?plus(?:es)?(?: points)?$|"
        r"prefer(?:abl|red)|(?:good|great)[- ]to[- ](?:have|know)|desir(?!ed (?:skills? (?:and|&)|profile|candidate))|"
        r"regarded|additional (?:skills|qual)|\(soft\)|"
        r"stand out|\bdream\b|(?:would|it)(?: also)? helps?\b|beneficial|welcome|"
        r"can teach|\bmerit(?:s|ing)\b|\bedge\b",
        re.IGNORECASE,
    ),
    REQUIRED: re.compile(
        r"要求|资格|条件|[希期]望[你您]|期待|你(?:需要|应该|具备|拥有|是)|需要[你具]|"
        r"必备|必须|必会|硬性|门槛|技能|能力|岗位需求|关于你|任职|我们在找|想找|"
        r"看重|什么样的|要你|你[得要][会有懂]|适合[谁你]|招什么|[多几]少?年|画像|"
        r"tool ?(?:box|kit)|(?:(?:we|they)(?:['’]re| are)|are (?:we|they)) (?:after|hoping|seeking|looking)|"
        r"I (?:have|need) to (?:know|have|bring)|should I|criteria|person spec|this is you|"
        r"do well (?:here|in)|"
        r"hoping to |(?:good|right|great|a) fit|\bfit (?:right )?in\b|\bif you$|"
        r"knowledge|expertise|competenc|what it takes|need(?:s|ed)?$|"
        r"compromise|\binsist|non-?negotiable|deal ?-?breakers?|(?:live|do|work|go) without|"
        r"require|qualif|must[- ]have|^must\b|\bmust i\b|should have|"
        r"(?:your|key|mandatory|required|technical|essential|core|hard) (?:skills?|experience|profile|background)|"
        r"^(?:your |desired )?profile|^(?:desired )?skills?(?: (?:and|&) experience)?$|you(?:['’]ll)? (?:bring|need|"
        r"have|offer|should|must|are|know)|look(?:ing|s)? for|(?:we|they) (?:ask|expect|need|want)|about you|"
        r"who (?:you are|are you)|who can apply|^(?:you|essentials?|(?:education (?:and|&) )?experience|"
        r"languages?|exp|education|degree|你|(?:工作)?(?:经验|年限))$|^mandatory|candidate|^minimum|prerequisites",
        re.IGNORECASE,
    ),
    DUTIES: re.compile(
        r"\b(?:our|the|tech\w*) stack\b|^stack|"
        r"职责|描述|内容|做(?:什么|些什么|的事)|要做|日常|任务|responsib|dut(?:y|ies)|tasks?|role|description|"
        r"(?:the|this) (?:job|position)|you(?:['’]ll| will) (?:do|work|own|run|build|join|help|touch)|day to day",
        re.IGNORECASE,
    ),
    OTHER: re.compile(
        r"得到|获得|给你|能给|有什么|现状|面试|投递|费用|办公|性质|"
        r"项目(?!经[历验])|现有|目前|"
        r"工作(?!经[历验]|年限)|岗位|职位|部门|福利|待遇|薪|酬|关于(?!你)|公司|团队|简介|"
        r"介绍|(?<=.)流程|其[他它]|说明|备注|附|提供|信息|行业|地点|背景|亮点|应聘|联系|"
        r"you(?:['’]ll| will) (?:find|get)|\b(?:about|offer|perk|benefit|team|how (?:we|to)|we give|why|"
        r"story|pay|purpose|salary|compensation|notice|visa|(?<=.)process|apply|location|contract|stack|mission|"
        r"package|who we are|company|what you get|"
        r"first(?! and)|title|employment|^(?:type|position|department|background|reports? to)\b|"
        r"travel|employer|place|budget|ctc|equal|interview|playground|in it for you|information)",
        re.IGNORECASE,
    ),
}
"""Kind of a section → what its headings contain; the first kind that fits counts."""
_ASKS = re.compile(
    r"年(?:及)?以上.{0,20}(?:经验|经历)|\d\+? (?:years|yrs)['’]? (?:of )?(?:[\w-]+ ){0,4}experience|"
    r"^有.{1,30}经[验历]|熟悉|精通|掌握|了解|具[备有]|(?:深.|充分)地?理解|熟练|扎实|必须|至少|要求|优先|加分|更佳|"
    r"希望(?:[你您](?!来)|来的人|候选人|.{0,4}同学)|很熟|应当|你得|你要|要熟|能够?用|能自己|[要得](?:有|会|能|懂)|"
    r"会用|会写|懂|写过|用过|做过|"
    r"[读搞玩调搭改跑碰踩修管带]过|处理过|维护过|演练过|就[行好成](?=[，。；,;]|$)|(?:即可|才行|要求是|[较最]合适)|"
    r"基础要|知道怎么|更(?:好|方便)|也行|格外重视|最好|擅长|"
    r"\b(?:we|they|I) (?:also |do )?(?:expect|require|need|ask|insist|want(?! to))\b|\bmust[- ]have|"
    r"\b(?:holder|candidate|they|person|we hire) (?:will (?:have|be|hold|know)|should|must)\b|"
    r"\b(?:at least|minimum(?: of)?) [\w-]+\+? years\b|"
    r"\byou(?:['’]ve| have| (?:also )?know| can| must| should| need| understand| write| bring|"
    r" are (?:familiar|"
    r"comfortable|fluent|proficient|experienced|at home))\b|"
    r"\b(?:matters? to (?:you|us)|us (?:\w+ )?happy|(?:help you|you to) stand out|put you at|thrilled|"
    r"(?:just as|equally|will do) (?:good|fine|well|welc\w+)|"
    r"counts? (?:in your|for a lot)|matters most|bonus (?:points )?for|in handy|"
    r"say no to)\b|"
    r"(?:^|[.:?!]\s+)(?:some(?:one|body)|anyone|an? \w+) with\b|"
    r"\byou(?:['’]?(?:ll|d)| will| would)? (?:also |do )?need\b|\b(?:some(?:one|body)|anyone|people|person|engineer|"
    r"developer)s? who (?:has|have|is|are|can|knows?|likes?|writes?|understands?)\b|"
    r"\bmust (?:be|know)\b|\b(?:is|are) (?:required|expected|essential|"
    r"needed|mandatory|useful|an? (?:\w+ )?(?:plus|bonus|advantage|asset|extra|must)|desirable|preferred|nice|"
    r"welcome|appreciated|helpful)|"
    r"\bneeds? (?:an? )?\w+ (?:\w+ )?(?:engineer|developer)\b|\b(?:essential|please apply if|it helps)\b|"
    r"\bwould (?:each |all )?(?:help|be (?:nice|great|lovely|good|welcome|useful|helpful|handy|ideal|"
    r"an? ))|\bexperience (?:of|with|in)\b.*\b(?:required|expected|plus)|\bproficien|\bfamiliar(?:ity)? with|"
    r"\b(?:they|we|you)['’]d (?:want|like|need|expect|love)\b|"
    r"\bsecond nature\b|"
    r"\blooking for (?:some(?:one|body)|an?)\b.*\b(?:with|who)\b|\b(?:applicant|candidate)s? (?:must|should|need)",
    re.IGNORECASE,
)


_OUR_STACK = re.compile(
    r"技术栈[是为]|进来.{0,4}学|\b(?:our|the) stack (?:is|runs|consists)\b|"
    r"(?:我们|团队|公司|线上|同事)(?:目前|现在|内部|主要|都|在)*用|(?<!路)由.{1,20}?(?:维护|负责|处理)|"
    r"\byou['’]?(?: wi)?ll pick (?:it )?up\b|\byou(?:['’]| ha)ve (?:\w+ )?(?:used|seen|met) (?:our|us)\b",
    re.IGNORECASE,
)
"""What a sentence about the employer says that names tools and asks for none."""
_DEMAND = re.compile(
    r"(?:^|(?<=[，,；;、)）]))\s*(?:熟悉|精通|熟练掌握|熟练使用|掌握|具备)(?!.{0,6}(?:业务|行业|市场|流程))|"
    r"(?:^|(?<=[，,；;、)）]))\s*(?:有|了解|会|懂|用过|做过|写过|接触过)[^，。；;]{1,40}(?:优先|加分|佳)"
)
"""Where a clause below a heading such as “岗位职责” asks for something all the same."""
_INSISTS = re.compile(
    r"必须(?:扎实|熟|会|精通)|其中之一|是底线|(?<!\w)会(?:看|用|写)|(?:优先|更[好佳])[。；;]?$|"
    r"\b(?:preferred|a plus|is required|"
    r"(?:we|you)(?:['’]ll| will)? (?:also |do )?need(?: you)? to|you (?:must|should) have)\b"
)
"""What a sentence says that asks, also in a paragraph that begins with a label such as “工作：”."""
_NAMES = re.compile(
    r"\s*[\w+#.&-]+(?:[ /][\w+#.&-]+){0,3}(?:\s*[,，、;；|]\s*[\w+#.&-]+(?:[ /][\w+#.&-]+){0,3})*\s*[.。]?\s*"
)
_BETWEEN_NAMES = re.compile(r"[,，、;；|]")
_MIN_NAMES = 3
"""How many names make a text without any request a list of skills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence, bullet or table row of a posting."""

    text: str
    """Without bullet or number."""
    kind: str
    """The kind of its section; ``required`` or ``optional`` if it asks for something."""
    line: int
    """The number of its line, counted from 0."""
    list_number: int = 0
    """The number of its list, counted from 1, if it is an item below a heading that is unknown; otherwise 0."""
    label_end: int = 0
    """Where the text begins in a row of a table, after its heading; 0 elsewhere."""
    is_sure: bool = True
    """Whether something says that it asks; otherwise, only names that the vocabulary knows count."""

    @property
    def asks(self) -> bool:
        """Return whether it asks for something of the applicant."""
        return self.kind in {REQUIRED, OPTIONAL}


def statements(text: str) -> list[Statement]:
    """Return the statements of a posting in order; headings are not among them."""
    return list(_with_lists(list(_Splitter(text).statements())))


def without_bullet(line: str) -> str:
    """Return a line without the bullet or number of its item, if it has one."""
    bullet = _BULLET.match(line)
    return (line[bullet.end() :] if bullet else line).strip()


def heading_kind(text: str) -> str:
    """Return the kind of the section that a heading starts; empty if the heading is unknown."""
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(text)), "")


_IS_SKILL = re.compile(
    r"^(?:[^:：]{1,40}[:：] )?(?:[\w-]+[ ,]+){0,4}(?:experience|knowledge|understanding|command|proficien\w+|"
    r"familiar\w*|expertise|degree|skills?|"
    r"fluen\w+|certifi\w+|comfortable|exposure|background|mastery|grasp|years?|ability|able|confiden\w+)\b|"
    r"经验|能力|证书|学历|本科",
    re.IGNORECASE,
)
"""What items of a list that asks for skills say, also below a heading that is unknown."""
_SHARE = 3
"""One of how many items of a list has to ask so that all of them do."""


def _with_lists(found: list[Statement]) -> Iterator[Statement]:
    """Yield statements; those below a heading that is unknown ask if enough of them clearly do."""
    lists: dict[int, list[Statement]] = {}
    for statement in found:
        if statement.list_number:
            lists.setdefault(statement.list_number, []).append(statement)
    asking = {
        number
        for number, items in lists.items()
        if _SHARE * sum(item.asks or bool(_IS_SKILL.search(item.text)) for item in items) >= len(items)
    }
    heard = [
        replace(statement, kind=REQUIRED)
        if statement.list_number in asking and statement.kind == UNKNOWN
        else statement
        for statement in found
    ]
    if not any(statement.asks for statement in heard):
        heard = _without_requests(heard)
    yield from heard


def _without_requests(found: list[Statement]) -> list[Statement]:
    """Return statements of a posting in which none asks, as in a list of names or another language, so that some do."""
    if listed := _names(found):
        places = {*map(id, listed)}
        return [replace(statement, kind=REQUIRED) if id(statement) in places else statement for statement in found]
    return [
        replace(statement, kind=REQUIRED, is_sure=False)
        if statement.kind == UNKNOWN and not _OURS.search(statement.text)
        else statement
        for statement in found
    ]


def _names(found: list[Statement]) -> list[Statement]:
    """Return the statements that only list names, if there are enough of them."""
    listed = [statement for statement in found if statement.kind == UNKNOWN and _NAMES.fullmatch(statement.text)]
    number = sum(1 + len(_BETWEEN_NAMES.findall(statement.text)) for statement in listed)
    return listed if number >= _MIN_NAMES else []


class _Splitter:
    def __init__(self, text: str) -> None:
        self.lines = [part for line in text.splitlines() for part in _lines_of(line)]
        self.open_rows = {*_open_rows(self.lines)}
        """The numbers of rows of tables that have no signs at their ends."""
        self.section = UNKNOWN
        self.paragraph = ""
        """The kind that a label at the start of a line gives to the rest of its paragraph."""
        self.after_bullet = False
        self.after_table = False
        self.row_kind = UNKNOWN
        """The kind of the row above in the same table."""
        self.lists = 0
        """How many headings are unknown so far."""
        self.list_number = 0
        """The number of the list below such a heading; 0 elsewhere."""
        self.table_number = 0
        """The number of the table, among the lists; 0 outside of tables."""
        self.columns: list[str] = []
        """The kinds of the columns of the table, if a row has headings such as “Essential” and “Desirable”."""
        self.assessed: list[bool] = []
        """For each column of the table, whether its heading is “Assessed by”, so that its cells ask for nothing."""

    def statements(self) -> Iterator[Statement]:
        for number, raw in enumerate(self.lines):
            line = raw.strip()
            wrapped = _WRAPPED.fullmatch(line)
            if wrapped and (kind := heading_kind(wrapped["heading"])):
                self.section, self.paragraph, self.after_bullet, self.list_number = kind, "", False, 0
                line = wrapped["rest"].strip()
            if not line:
                self.paragraph = ""
            elif number in self.open_rows or (line.startswith("|") and line.endswith("|")):
                if not self.table_number:
                    self.lists += 1
                    self.table_number = self.lists
                self.after_table = True
                yield from self._row(line, number)
                continue
            else:
                if self.after_table and line.endswith(_STOPS) and not _BULLET.match(line):
                    self.section, self.list_number = UNKNOWN, 0  # prose below a table
                self.after_table = False
                yield from _joined(list(self._line(line, number)))
            self.row_kind, self.table_number, self.columns, self.assessed = UNKNOWN, 0, [], []

    def _line(self, line: str, number: int) -> Iterator[Statement]:
        """Yield the statements of a line; none if it is a heading."""
        bullet = _BULLET.match(line)
        body = line[bullet.end() :] if bullet else line
        is_item = bullet is not None and not _CHAPTER.match(line) and not self._is_above_items(bullet[0], number)
        if self._starts_section(body, number, has_bullet=is_item):
            yield from self._heading(body, number)
            return
        if self.after_bullet and not bullet and self._leaves_list(line, number):
            self._leave_list(line)
        self.after_bullet = bool(bullet)
        parts = sentences(body)
        for sentence, answer in zip_longest(parts, parts[1:], fillvalue=""):
            if _IS_IT_NEEDED.search(sentence) and _NO.match(answer):
                continue  # “Do I need Java? No.”
            label, content = _label(sentence)
            kind = heading_kind(label) if label else ""
            if label and not kind and not bullet and self.paragraph != REQUIRED and _NEW_LABEL.fullmatch(label):
                self.paragraph = ""  # “地点：上海” says nothing about “编程语言：Go” below it
            if kind in NOT_ASKING and self.section in {REQUIRED, OPTIONAL} and not _is_short_label(label):
                kind = ""  # “Accessibility is part of the job: WCAG” asks
            if kind and (not bullet or kind in {EXCLUDED, OPTIONAL}):
                self.paragraph = kind
                if kind not in NOT_ASKING and not _is_short_label(label):
                    content = sentence
            else:
                content = sentence
            yield from self._parts(content, self.paragraph or self.section, number)
        if bullet:
            self.paragraph = ""
        else:
            self.section = _kind_of_list_below(body, parts[-1]) or self.section

    def _heading(self, text: str, number: int) -> Iterator[Statement]:
        """Yield a heading as a statement, such as “Ideally you know Docker”, if nothing is below it."""
        self.paragraph, self.after_bullet = "", False
        if self._has_nothing_below(number):
            yield self._statement(text, self.section, number)

    def _leave_list(self, line: str) -> None:
        """Forget the section at a line of prose below a list; one such as “Experience with Docker.” still asks."""
        asks = self.section != EXCLUDED and _IS_SKILL.search(line) and not _OURS.search(line)
        self.paragraph = self.section if asks else ""
        self.section, self.list_number = UNKNOWN, 0

    def _parts(self, text: str, kind: str, number: int) -> Iterator[Statement]:
        """Yield a sentence, or what is before and after the place from which it asks among duties."""
        if kind == self.paragraph and kind in NOT_ASKING and _INSISTS.search(text):
            kind = REQUIRED
        demand = _DEMAND.search(text) if kind in NOT_ASKING else None
        place = demand.start() if demand else len(text)
        for part, part_kind in ((text[:place], kind), (text[place:], REQUIRED)):
            if part.strip(" .。"):
                yield self._statement(part, part_kind, number)

    def _statement(self, text: str, kind: str, number: int) -> Statement:
        if kind == UNKNOWN and _ASKS.search(text) and not _OUR_STACK.search(text):
            kind = REQUIRED
        return Statement(
            text=text.strip(), kind=kind, line=number, list_number=self.list_number if self.after_bullet else 0
        )

    def _row(self, line: str, number: int) -> Iterator[Statement]:
        """Yield the statements in a row of a table: its columns decide, or a cell, or its first cell as a heading."""
        cells = [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
        self.assessed = self.assessed or [False, *(_ASSESSED.fullmatch(cell) is not None for cell in cells[1:])]
        cells = [
            cell for cell, is_left_out in zip_longest(cells, self.assessed) if cell is not None and not is_left_out
        ]
        kinds = [*map(_cell_kind, cells)]
        others = [_short_kind(cell, 3) for cell in cells[1:]] if any(kinds) else []
        if {REQUIRED, OPTIONAL} <= {*others}:
            self.columns = ["", *others]  # “Area | What we need | Nice to have”
        elif {REQUIRED, OPTIONAL} <= {*kinds}:
            self.columns = kinds
        elif self.columns:
            yield from self._cells(cells, number)
        elif not any(map(_WORD.search, cells[1:])):
            yield from self._only_cell(cells[0], number)
        elif not kinds[0] and any(kinds):
            place = next(place for place, kind in enumerate(kinds) if kind)
            yield from self._labeled([*cells[:place], *cells[place + 1 :]], kinds[place], number)
        elif not any(all(map(_cell_kind, _CHOICE.split(cell))) for cell in cells[1:]):
            yield from self._headed(cells, number)

    def _cells(self, cells: list[str], number: int) -> Iterator[Statement]:
        """Yield the statements in a row whose columns have kinds; a check mark stands for the first cell."""
        for cell, kind in zip(cells, self.columns, strict=False):
            if kind:
                text = cells[0] if _CHECK_MARK.fullmatch(cell) and not self.columns[0] else cell
                yield from (self._statement(sentence, kind, number) for sentence in sentences(text))

    def _only_cell(self, text: str, number: int) -> Iterator[Statement]:
        """Yield the statements in a row with one cell; none if it is a heading."""
        kind = _short_kind(text, 2)
        if kind:
            self.section, self.paragraph, self.list_number = kind, "", 0
        elif _WORD.search(text):
            yield from (self._statement(sentence, self.section, number) for sentence in sentences(text))

    def _labeled(self, cells: list[str], kind: str, number: int) -> Iterator[Statement]:
        """Yield the statements in cells of a kind; the first one is a label if there are more."""
        more = " ".join(cells[1:]).strip()
        text = f"{cells[0]}: {more}" if more else cells[0]
        for sentence in sentences(text):
            label_end = len(cells[0]) + 2 if more and text.startswith(sentence) else 0
            yield replace(self._statement(sentence, kind, number), label_end=label_end)

    def _headed(self, cells: list[str], number: int) -> Iterator[Statement]:
        """Yield the statements in a row whose first cell is its heading, or a topic."""
        known = heading_kind(cells[0])
        if known and not (known in NOT_ASKING and _REMARKS.fullmatch(cells[0])):
            self.row_kind = known
            found = [self._statement(sentence, known, number) for sentence in sentences(" ".join(cells[1:]))]
        else:
            is_topic = not known and not _PLACE.fullmatch(cells[0])
            follows = is_topic and self.row_kind in {REQUIRED, OPTIONAL}  # “Methods” or “图表” below “Must know”
            in_section = is_topic and self.section in {REQUIRED, OPTIONAL, EXCLUDED}
            self.row_kind = REQUIRED if follows else self.section if in_section else UNKNOWN
            found = [*self._labeled(cells, self.row_kind, number)]
        yield from (replace(statement, list_number=0 if known else self.table_number) for statement in found)

    def _starts_section(self, body: str, number: int, *, has_bullet: bool) -> bool:
        """Set the section if a line is a heading, and return whether it is one."""
        is_marked = bool(_MARKDOWN_HEADING.match(body)) or bool(_QUESTION.match(body))
        text = body.strip("#* _").rstrip(":： *").strip()
        ends_with_colon = body.rstrip("* _").endswith((":", "："))
        is_above_list = self._is_above_list(number, has_bullet=has_bullet)
        is_sentence = (_FULL_STOP if is_above_list else _SENTENCE).search(text) is not None
        if len(text) > _MAX_HEADING or (is_sentence and not ends_with_colon):
            return False
        kind = heading_kind(text)
        has_comma = (_COLON if is_above_list and kind else _COMMA).search(_BRACKETED.sub("", text)) is not None
        shouts = text.isupper() and text.isascii() and " " in text
        starts = is_marked or (shouts and not has_bullet)
        if kind and not has_comma and (is_above_list or not self._has_content(text, kind)):
            starts = starts or ends_with_colon or not has_bullet
        if not kind and not has_bullet and not has_comma:
            starts = starts or (self._is_separate(number) and (text.endswith("?") or not _ASKS.search(text)))
        if starts and kind != OPTIONAL and _IS_IT_NEEDED.search(text) and self._is_denied(number):
            kind = EXCLUDED  # “Do I need Java?”, “No.”
        if starts and kind in NOT_ASKING and TITLE.search(text) and not any(map(str.strip, self.lines[:number])):
            kind = ""  # “BACKEND ENGINEER, PAYMENTS TEAM” in the first line
        if starts:
            self.section = kind or UNKNOWN
            self.lists += not kind
            self.list_number = 0 if kind else self.lists
        return starts

    @staticmethod
    def _has_content(text: str, kind: str) -> bool:
        """Return whether a line that has words of headings says more than a heading does."""
        han = len(_ONE_HAN.findall(text))
        if han > 16 or (han and _STATES.search(text)):  # noqa: PLR2004
            return True
        words = _LATIN_WORD.findall(_BRACKETED.sub("", text))
        return not han and len(words) > 8 and kind != EXCLUDED  # noqa: PLR2004

    def _leaves_list(self, line: str, number: int) -> bool:
        """Return whether a line without a bullet is prose after a list, and not a part of its last item."""
        before = self.lines[number - 1].rstrip()
        is_wrapped = len(before) + len(_ONE_HAN.findall(before)) > _WRAPPED_WIDTH
        return not before or (line.endswith(_STOPS) and not before.endswith(_STOPS) and not is_wrapped)

    def _is_above_items(self, mark: str, number: int) -> bool:
        """Return whether the line below has another sign in front, or none, as in “★ 要求” above “◎ Go”."""
        line = self.lines[number + 1].strip() if number + 1 < len(self.lines) else ""
        below = _BULLET.match(line)
        signs = [text.strip() for text in (mark, below[0] if below else "" if line else mark)]
        return signs[0] != signs[1] and not _WORD.search(mark)

    def _is_above_list(self, number: int, *, has_bullet: bool) -> bool:
        """Return whether a line without a bullet has one with a bullet below."""
        return not has_bullet and number + 1 < len(self.lines) and _BULLET.match(self.lines[number + 1]) is not None

    def _is_denied(self, number: int) -> bool:
        """Return whether the next line with text answers a question with “no”."""
        return _NO.match(next(filter(str.strip, self.lines[number + 1 :]), "")) is not None

    def _has_nothing_below(self, number: int) -> bool:
        """Return whether a line has no text directly below, and text above, or it is the last one."""
        above = number > 0 and self.lines[number - 1].strip()
        below = [*map(str.strip, self.lines[number + 1 :])]
        return not any(below[:1]) and (not any(below) or bool(above))

    def _is_separate(self, number: int) -> bool:
        """Return whether a line has an empty line before it and text directly below."""
        before = self.lines[number - 1].strip() if number else ""
        after = self.lines[number + 1].strip() if number + 1 < len(self.lines) else ""
        return number > 0 and not before and bool(after)


_NEW_LABEL = re.compile(r"[\u4e00-\u9fff/]{1,6}|[A-Z][\w/-]*(?: [\w/-]+){0,2}")
"""A short label at the start of a line; it ends what a label on the line above says."""
TITLE = re.compile(r"engineer|develop|manager|analyst|architect|工程师|开发|架构师|经理|专家", re.IGNORECASE)
"""What the title of a job contains."""
_QUESTION = re.compile(r"\s*(?:问|Q\d*|Question)\s*[:：、.]", re.IGNORECASE)
"""How a question begins, where questions and answers describe the job."""
_IS_IT_NEEDED = re.compile(
    r"\b(?:do|must|should) I (?:need|have|know|be)\b.*\?$|\b(?:needed|required|necessary)\?$|[要须必会].*[?？吗]$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\s*(?:(?:A\d*|答|Answer)\s*[:：、.])?\s*(?:no\b|nope\b|not\b|不)"
    r"(?!.*(?:加分|优先|更[好佳方]|但|不过|\b(?:but|plus|nice|prefer|help|advantage)))",
    re.IGNORECASE,
)
_INLINE_HEADING = re.compile(
    r"(?<=\S)\s+((?:(?:[A-Z]\w+ )?(?:Requirements|Qualifications|Responsibilities)|Must[- ]haves?|Nice[- ]to[- ]haves?|"
    r"What (?:you|we)['’ \w]{1,12}|About (?:us|you|the \w+)|Benefits|Perks))(?:\s*:\s+|\s+(?=[A-Z\d]))"
)
"""A heading in a text that has lost its lines."""
_LOST_LINES = 300
"""The minimum length of a line that may have headings inside."""


def _lines_of(line: str) -> list[str]:
    """Return a line, or its parts if it is very long or has headings inside."""
    if len(line) < _LOST_LINES:
        return [line]
    pieces = _pieces(line, _MAX_LINE)
    return [part for piece in pieces for part in _INLINE_HEADING.sub(r"\n\1\n", piece).split("\n")]


def _open_rows(lines: list[str]) -> Iterator[int]:
    """Yield the numbers of lines that are rows of a table without signs at their ends, as “必备 | Go”.

    Such a table has at least two rows with equally many cells, and cells that say whether something is asked.
    """
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""]):
        cells = [] if line.lstrip().startswith("|") or "|" not in line else [*map(str.strip, line.split("|"))]
        if rows and len(rows[0]) != len(cells):
            if len(rows) > 1 and any(map(_decides, rows)):
                yield from range(number - len(rows), number)
            rows = []
        if cells:
            rows.append(cells)


def _decides(cells: list[str]) -> bool:
    """Return whether a row of a table says whether something is asked."""
    return heading_kind(cells[0]) in {REQUIRED, OPTIONAL, EXCLUDED} or any(map(_cell_kind, cells))


def _short_kind(text: str, most: int) -> str:
    """Return the kind that a cell names, also in other words if it has at most a number of them."""
    return _cell_kind(text) or (heading_kind(text) if len(_LABEL_WORD.findall(text)) <= most else "")


def _cell_kind(text: str) -> str:
    """Return the kind that a cell of a table names, as “Essential” or “Plus 加分”; empty if it says something else."""
    parts = _IN_A_LANGUAGE.findall(text)
    kinds = {next((kind for kind, pattern in _CELLS.items() if pattern.fullmatch(part)), "") for part in parts}
    return kinds.pop() if len(kinds) == 1 else ""


_CELL_NOUN = r"(?: (?:criteri(?:a|on)|skills?|requirements?|qualifications?|experience|attributes?|knowledge|points?))?"
_ESSENTIAL = r"(?:must(?:[- ]haves?)?|required|requirements?|essentials?|mandatory|minimum|should(?:[- ]have)?|core|E)"
_DESIRABLE = (
    r"(?:(?:nice|good)[- ]to[- ](?:have|know)s?|nice|desir(?:able|ed|ables)|preferred|preferable|optional|"
    r"plus(?:es)?|bonus(?:es)?|could(?:[- ]have)?|advantageous|beneficial|additional|D)"
)
_CELLS = {
    REQUIRED: re.compile(
        rf"{_ESSENTIAL}{_CELL_NOUN}|(?:必[备须需会]|硬性|基本|任职)(?:条件|要求|技能|项)?|要求|yes|是", re.IGNORECASE
    ),
    OPTIONAL: re.compile(
        rf"{_DESIRABLE}{_CELL_NOUN}|(?:加分|优先|可选|非必[备须需要])(?:条件|要求|技能|项|考虑)?", re.IGNORECASE
    ),
    EXCLUDED: re.compile(
        r"no|否|won['’]?t(?: have)?|not (?:required|needed|necessary)|不[作做]?要求|不需要", re.IGNORECASE
    ),
}
"""Kind → cells of a table that say nothing else."""
_IN_A_LANGUAGE = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z](?:[^\u4e00-\u9fff()（）/]*[A-Za-z])?")
"""A part of a cell in one language."""
_CHOICE = re.compile(r" ?(?:[/或]|\bor\b) ?")
"""What joins the kinds in the heading of a column with such cells."""
_ASSESSED = re.compile(
    r"(?:how [\w ]*|when )?(?:assess|test|measur|check)ed(?: (?:by|through|at|in))?|assessment(?: method)?|evidence|"
    r"(?:考[察核]|评估|面试)(?:方式|方法|环节)",
    re.IGNORECASE,
)
"""The heading of a column that says how something is assessed, as by an interview or a test."""
_CHECK_MARK = re.compile(r"[✓✔√xX×●•☑✅]|yes|是", re.IGNORECASE)


def _joined(found: list[Statement]) -> Iterator[Statement]:
    """Yield the statements of a line; one between two that ask does so too, unless it is about the employer."""
    asking = [place for place, statement in enumerate(found) if statement.asks]
    for place, statement in enumerate(found):
        is_inside = bool(asking) and statement.kind == UNKNOWN and asking[0] < place < asking[-1]
        yield replace(statement, kind=REQUIRED) if is_inside and not _OURS.search(statement.text) else statement


_OURS = re.compile(r"我们|我司|公司|团队|\b(?:we|us|our|employer)\b", re.IGNORECASE)
_PLACE = re.compile(r"where|when|who|start|hours|date|时间|日期", re.IGNORECASE)
_REMARKS = re.compile(r"说明|备注|其[他它]|补充说明|notes?|other|remarks?", re.IGNORECASE)
"""Headings of table rows that may contain anything."""


def _kind_of_list_below(line: str, sentence: str) -> str:
    """Return the kind that the last sentence of a line gives to a list below, as in “A new role. They look for:”."""
    return heading_kind(sentence) if line.endswith((":", "：")) else ""


def _is_short_label(label: str) -> bool:
    """Return whether a label is only a heading, and says nothing itself."""
    return len(_LABEL_WORD.findall(label)) <= 4 or heading_kind(label) in {EXCLUDED, OPTIONAL}  # noqa: PLR2004


def _label(sentence: str) -> tuple[str, str]:
    match = _LABEL.fullmatch(sentence)
    if match:
        return match["label"].strip(), match["rest"]
    short = sentence.strip()
    is_short = short.endswith(".") and len(short.split()) <= 3 and not _ASKS.search(short)  # noqa: PLR2004
    if is_short and heading_kind(short) in {REQUIRED, *NOT_ASKING}:  # “About you.”, but not “You know Go.”
        return short.rstrip("."), ""
    return "", sentence


def sentences(text: str) -> list[str]:
    """Split a line at the ends of sentences and at semicolons, except inside brackets."""
    parts: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if parts and _is_open(parts[-1]):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return [piece for part in parts for piece in _pieces(part.strip(), _MAX_SENTENCE) if piece]


def _pieces(text: str, most: int) -> Iterator[str]:
    """Yield a text in pieces of limited length, so that no pattern takes long."""
    while len(text) > most:
        cut = max(text.rfind(sign, 1, most) for sign in " ，、。；") + 1 or most
        yield text[:cut].strip()
        text = text[cut:]
    yield text


_MAX_SENTENCE = 600
_MAX_LINE = 20_000


def _is_open(text: str) -> bool:
    return sum(map(text.count, "(（")) > sum(map(text.count, ")）"))
