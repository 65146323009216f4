"""What a posting asks for: skills with years, languages, a degree, years of experience, seniority and place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from sphinx_folio._common.cjk import HAN
from sphinx_folio.matching.conditions import (
    MAY,
    MUST,
    ONE_OF,
    PERMIT,
    WEAKEST_FIRST,
    HumanLanguage,
    degrees_asked,
    is_language_or_city,
    is_remote,
    languages_asked,
    permit_asked,
    place_of,
    seniority_of,
    title_of,
)
from sphinx_folio.matching.language import is_read
from sphinx_folio.matching.open_names import NO_NAME, PUBLISHES, VERSION, open_names
from sphinx_folio.matching.sections import DUTIES, OPTIONAL, OTHER, REQUIRED, UNKNOWN, statements
from sphinx_folio.matching.traditional_text import as_written, simplified
from sphinx_folio.matching.years import ONLY_YEARS, all_years, years_in
from sphinx_folio.vocabulary import Concept, Mention
from sphinx_folio.vocabulary.concepts import normalized, squashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_folio.matching.open_names import OpenName
    from sphinx_folio.matching.sections import Statement
    from sphinx_folio.vocabulary import Finder

OPEN = "open-"
"""The beginning of the keys of skills that are not in the vocabulary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillAsk:
    """A skill that a posting asks for."""

    concept: Concept
    strength: str
    """``must``, ``one of`` or ``may``; empty if the language of the posting is not read."""
    sentence: str
    """The sentence that asks for it."""
    group: int = 0
    """The number of the group of alternatives, from 1; 0 if there is none."""
    years: int = 0
    """The years of experience with it that are asked; 0 if none are."""
    chinese: str = ""
    """Its Chinese name in the sentence; empty if the sentence has another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """What a posting asks for."""

    title: str
    skills: tuple[SkillAsk, ...] = ()
    duties: tuple[SkillAsk, ...] = ()
    """What the duties name and no requirement does; the posting does not ask for it."""
    languages: tuple[HumanLanguage, ...] = ()
    years: int = 0
    """The years of experience that are asked in general, otherwise the most of those of a skill; 0 if none are."""
    years_sentence: str = ""
    """The sentence that asks for them; empty if they are those of a skill."""
    degree: str = ""
    """``college``, ``bachelor``, ``master`` or ``doctor``; empty if none is asked."""
    degree_sentence: str = ""
    welcome_degree: str = ""
    """A higher one that is welcome; empty if there is none."""
    welcome_degree_sentence: str = ""
    permit: tuple[str, str] = ("", "")
    """The sentence that asks for the right to work in a country, and ``must`` or ``may``; empty if there is none."""
    seniority: str = ""
    """``junior``, ``mid``, ``senior`` or ``lead``; empty if the posting does not say."""
    place: str = ""
    remote: bool | None = None
    """Whether full remote work is possible; None if the posting does not say."""
    unknown: tuple[str, ...] = ()
    """Words that look like names of skills, in statements that ask, and are not in the vocabulary."""
    is_read: bool = True
    """Whether the language of the posting is read; otherwise it only names skills."""


_MAY_CUE = re.compile(
    r"优先|加[分钱]|(?<!最)佳|上手会?快(?:很多|得多|些)|不是硬性|更[好香]|更喜欢|更方便|有优势|心动|太好了|直接聊|最好|也行|也可(?!以)|验也可|"
    r"欢迎|薪资.{0,6}[面上]|感兴趣|格外重视|不强求|锦上添花|"
    r"\ban? (?:\w+ )?(?:plus|extra)\b|\b(?:bonus|advantage(?:ous)?|asset)\b|"
    r"(?<!, )\bplus\b(?! [\w(+])|\bplus (?:if|points)\b|\bprefer\w*|\bnice[- ]to[- ]have\b|"
    r"(?:\b(?:is|are|be)|['’]s) (?:\w+ )?(?:nice|great|lovely|pleased|good(?! fit| match| at\b)|helpful|useful|"
    r"beneficial|welcome|handy|appreciated)\b|\b(?:it (?:also )?helps|helps if|would help|in handy|ideally|if possible|"
    r"thrilled (?:by|to)|"
    r"would (?:love|put you)|tell us about it|us (?:\w+ )?happy|"
    r"in your favou?r|so would|say no to|is fine too|be a (?:\w+ )?help|(?<!not )optional(?:ly)?|desirable|"
    r"not (?:strictly )?(?:required|necessary|needed),? but|or willing(?:ness)? to learn)\b|"
    r"\bdelight|会(?:很|非常|特别)?(?:高兴|开心)|['’]d love\b|\bsame (?:with|w/)",
    re.IGNORECASE,
)
_NOT_CUE = re.compile(
    r"不算|不考|备注|请勿|不涉及|是.{1,20}写的|^\s*日常[就主]?要?是|来(?:维护|接手|负责)[我公]|"
    r"与.{1,20}(?:人员|团队|同事|工程师).{0,4}(?:协作|合作|配合)|"
    r"\bdays a week at\b|"
    r"^\s*(?:[$£€¥]\s?\d|benefits\b)|"
    r"\bour (?!ideal|next|new|perfect)(?:\w+ ){1,2}(?:developer|engineer)s? "
    r"(?:is|are|has|have)\b|"
    r"\b(?:we|they|team)(?:['’](?:re|ve)| are| have)? (?:\w+ )?(?:(?:mov|migrat|switch|retir)(?:ed|ing|e)|replaced|"
    r"dropped|"
    r"used to)\b|"
    r"\b(?:our|the|another|other) (?:\w+ ){1,2}teams? (?:write|use|own|look|handle)s?\b|"
    r"(?:我们|团队|公司|已经?).{0,6}从.{1,20}?[迁换转]|(?:已经?|早就?|逐步)(?:[弃不]用|淘汰|废弃|替换)|"
    r"(?<!路)由.{1,20}?(?:负责|维护|处理)|有(?:专|人)|\d\s?[-~]\s?\d+\s?[kK]\b|"
    r"(?:我们|团队|公司|客户)(?:目前|现在|内部|主要|都|那边)+用|"
    r"\bcurrently (?:run|use)s?\b|(?<!\()\b(?:we|they) (?:host|use|run|ship|deploy) (?!.{0,60}\byou\b)|简历|\b(?:CV|"
    r"r[ée]sum[ée]|cover letter)\b|"
    r"\bnot (?:read|write|use|touch|assessed|work)\b|"
    r"\b(?:(?:owned|maintained|run|handled|looked after) by|belongs? to|being (?:phased|replaced|retired))\b|"
    r"(?:愿意|接受|适应|服从|承受|可参与|能参与|能够参与).{0,12}(?:班|轮值|割接|on-?call|出差|变更)|"
    r"\b(?:willing|able|happy|ready) to .{1,40}(?:on-?call|shift|weekend)|"
    r"[不没][作做有]?要求|[后再]学习?(?:\b|[也就即都没])|非必[须需]|无[需须]|"
    r"不(?:是必|需要|重要|必|强制|看重|用(?!.{0,3}(?:查|解释|教|说|人)))|"
    r"(?:会|已经?|即将).{0,3}下线|没关系|无所谓|会不会都|"
    r"(?:\b(?:not|never)|n['’]t) (?:\w+ )?(?:have to|need(?:ed)?(?! expl)|required?|necessary|essential|expect(?:ed)?|"
    r"mandatory|used?|touched|seen|count|matter)\b|\bdon['’]?t (?:know|worry|care)\b|"
    r"\bno (?:longer\b|(?:need|use) for\b|(?:[\w.+#-]{1,30}[ ,/]+){1,6}(?:needed|required|necessary|"
    r"expected|knowledge|experience|background|skills|please|either|job|role|position)\b)|"
    r"\bno (?:weight|bearing)\b|\bdiscriminat|equal opportunit|regardless of|without regard|"
    r"行业.{0,4}(?:资源|意识)|"
    r"^(?:\W*no [\w+#. -]{2,30}|\(not (?!only|just)[\w+#./ ]+)\W*$|\bn(?:or|eed not)\b",
    re.IGNORECASE,
)
_IN_USE = re.compile(
    r"\b(?:we|you(?:['’]ll| will))(?:['’]re| are| \w+ly| also)* "
    r"(?:us(?:e|ing)|run(?:ning)?|deploy|build|writ(?:e|ing)|host|own|work)\b|"
    r"\bour [\w -]{2,40}? (?:is|are|runs?|uses?|consists)\b|\bwritten in\b|"
    r"(?=技术栈)|(?:我们|团队|公司|线上|同事)(?:目前|现在|内部|主要|都|在)*使?用|你将",
    re.IGNORECASE,
)
"""What a sentence says about the work that names tools and asks for none."""
_REASON = re.compile(
    r"\s*(?:因为|由于)|\W*(?:since (?!\d)|because |as (?:one|half|most|some|our|we) |for when )", re.IGNORECASE
)
"""How a part of a sentence begins that only says why, as in “because we move to Go”."""
_NOT_AFTER = re.compile(r"\b(?:without|rather than|instead of|written in)\b", re.IGNORECASE)
"""Words that exclude only what comes after them."""
_STUDIED_AFTER = re.compile(
    r"[^，。；,;.]{0,60}?(?:专业(?!知识|技能|能力|证书|认证|[级人])|(?:方向|背景)的?(?:博士|硕士|本科|毕业))|"
    r"[\w ,/&]{0,40}\bmajors?\b(?! (?!preferred|or)\w)"
)
_STUDIED_BEFORE = re.compile(
    r"\b(?:degrees?|diploma|major(?:ing|s)? in|bachelor['’]?s?|master['’]?s?|ph\.?d|(?<!\d )[bm]s(?= in)|[bm]\.?sc|"
    r"b\.?eng|m\.?eng|b\.?tech|studie[ds]|studying|graduates?)\b\.?"
    r"(?:(?!experience|knowledge|with|years?|skills|strong|solid|good|excellent|hands)[^.;:\d]){0,120}$",
    re.IGNORECASE,
)
"""What is around a field of study."""
_IF = re.compile(r"(?:^|,)(?=[^,]*[的者],$)|^(?=.*者[，,]或)|如果|若|要是|\bif you\b", re.IGNORECASE)
_NOT_BUT = re.compile(
    r"\bnot\b.{0,20}\bbut\b|\bwe\b.*\bbut\b|\b(?:nice|useful|good|welcome|helpful|great)\b.{0,12}\bnot\b|优先|加分|更[佳好]",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    r"(?!,? ?but .{3,60}?(?:just as|equally|will do) (?:good|fine|well|welc))"  # “Vue, but React is just as good”
    r"(?:(?<!\d)[,;]|[,;](?!\d)|[，。；]|\.(?=\s|$)|\s[-–—]\s(?!\d)|\bbut\b|——|(?<=\w) (?=because\b))"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_OPENS_WELCOME = re.compile(r"\W*(?:it|ideally|prefer|nice|we(?: would|['’]d)|bonus|最好)", re.IGNORECASE)
_AND = re.compile(r"\band\b|[和与及]")
_AND_OR = re.compile(r"\b(?:and|or)\b|[和或]")
_EITHER = re.compile(r"\beither\b|[,，]以及")
_NEXT_ASK = re.compile(r"(?<=.)[,，;；](?=\s*(?:熟悉|精通|掌握|了解|具备|有|能|会))")
_ASKS_AGAIN = re.compile(
    r"熟悉|精通|掌握|了解|具备|必须|需要|会|能看懂|优先|加分|要[熟懂]|有.{1,20}经|"
    r"\b(?:you|must|need|know(?:ledge)?|experience|strong|familiar|but|required|essential|plus|is\W*$)\b",
    re.IGNORECASE,
)
_PAIR = 2
_OPENING = 30
"""The maximum position of a phrase such as “it would be nice” for it to apply to the whole sentence."""
_REMARK = re.compile(
    r"\s*(?:(?:so )?any (?:\w+ ){1,5})?"
    r"(?:(?:which |this )?(?:is|are|would be) |(?:we|I) |有(?:相关|类似|实际|实战|项目|使用|开发|以上)*的?经[验历]|"
    r"(?:会|将)是(?:很|非常)?大?的?|的?同学|的?候选人|同等条件下)?者?\s*(?:均|都|(?:那么?|我们|我司|会|将|也|就|非常)*)?",
    re.IGNORECASE,
)
_REMARK_END = re.compile(
    r"\W*(?:to (?:hear|talk|see|know|meet)[\w ]{0,30}|"
    r"考虑|很多|得多|要求|welcome|nice|useful|录取|录用|约面|安排面试|项|条件|了|(?:but|,) not \w+)?\W*",
    re.IGNORECASE,
)
_TO_LEARN = re.compile(
    r"\b(?:wish|want|willing(?:ness)?|happy|eager|ready|keen) to (?:learn|move|switch|"
    r"pick up)\b[^,;]*$",
    re.IGNORECASE,
)
_ONLY_NOT = re.compile(
    r"\s*(?:(?:though )?(?:it(?: i|['’])s |they are )?not (?:strictly )?(?:needed|required|necessary|essential|a must)|"
    r"[不非]必?[要须需]求?)\s*[.!,]?\s*",
    re.IGNORECASE,
)

_JOINT = re.compile(
    r"(?:[\s、,，/&+|]|或者?|或是|和|与|及|以及|还是|\b(?:and/or|and|or|either|both|the|an?|other|plus)\b)*",
    re.IGNORECASE,
)
_GOES_ON_WITH_OR = re.compile(r"\s*(?:或|or\b)", re.IGNORECASE)
_ALL_AFTER = re.compile(r"[^;；。]{0,8}?(?:[两二三]者都|两个都|都(?:需|要|得|必须))")
"""What follows a list if all of it is asked, as in “C/C++，两者都需要”."""
_NEXT_CLAUSE = re.compile(r"[,，(（]")
_OR = re.compile(r"或|还是|\bor\b", re.IGNORECASE)
_OR_IN_BRACKETS = re.compile(r"\s*\((?:或|or)\s*", re.IGNORECASE)
_OR_SUCH_AS = re.compile(r"\s*[,，]?\s*(?:or\b|或).{0,60}?(?:such as|like|如|e\.g\.)\s*:?\s*", re.IGNORECASE)
_ONE_OF_AFTER = re.compile(
    r"[^;；。]{0,28}?(?:至少.{0,6}?[一两二1](?:种|门|个|项|款|样|类|家)?|其中.{0,3}?[一1]|任[一意何选]|之一|"
    r"其一|中的?[一1](?:种|门|个|项|款|类)|"
    r"[均皆都][可行]|不限|二选一|随便哪|"
    r"(?:会|懂|用过|做过|熟悉|掌握)[一1][个种门款家样类项]|[二两三]者.{0,4}一|"
    r"[一1]种或者?(?:多|几|以上)|[里中].{0,6}(?:其中)?[一两二三1-3][样种个门款项类]以上|"
    r"用过一[个种款]|\b(?:all|any) (?:is|are )?fine\b|(?:any|at least) one\b(?! of (?:the|which) )|one of (?:these|"
    r"those)|"
    r"either is fine|any of (?:these|them)|we['’]re not fussy|any comparable|matter which|pick )",
    re.IGNORECASE,
)
_ONE_OF_BEFORE = re.compile(
    r"(?:至少.{0,8}?[一1](?:种|门|个|项|款|家|类|样)(?![，,])[^。;；)）]{0,20}|以下.{0,6}之一.{0,6}|任[一意选].{0,8}|"
    r"\b(?:(?:at least )?one(?: or more)?|any|some|either|two(?: or more)?) of\b[^.;]{0,40}|\beither|"
    r"\bat least one\b[^.;]{0,40}|\b(?:a|an|another|one)\b[^.;,]{0,50}:|\b(?:one|any|another)\b[^.;,()]{0,50}(?=\())"
    r"[\s:：(（]*(?:如|例如|比如|such as|e\.g\.,?|like)?\s*$",
    re.IGNORECASE,
)
_EXAMPLE_BEFORE = re.compile(
    r"(?:[，,(（\s]|(?<=[\u4e00-\u9fff]))(?:例如|比如|诸如|譬如|如|像|such as|e\.g\.,?|eg\.?|for example,?|"
    r"for instance,?(?: with)?|like)\s*[:：]?\s*(?:with|in)?\s*$",
    re.IGNORECASE,
)
_SIMILAR_AFTER = re.compile(
    r"[\s,，]*(?:or|and)?\s*(?:\(?or )?(?:an? )?(?:something (?:similar|comparable|equivalent|like it)|similar|"
    r"equivalents?|comparable|"
    r"the like|alternatives?|any other|another|others?\b(?! than))|[^.;]{0,30}\bsomething like it|"
    r"[^，,;；。]{0,6}或(?:类似|同类|其[他它])|一类",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(（]\s*(?:如|e\.g\.,?|such as)?\s*$", re.IGNORECASE)
_ETC_IN_BRACKETS = re.compile(r"\s*(?:等|,?\s*etc\.?|\.\.\.|…)[^()（）]{0,12}[)）]", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """A mention in a statement, and what is asked of it."""

    mention: Mention
    concept: Concept
    strength: str = MUST
    group: int = 0
    years: int = 0
    is_asked: bool = True


class _Reader:
    def __init__(self, text: str, finder: Finder) -> None:
        self.finder = finder
        self.statements = statements(text)
        self.text = text
        self.groups = 0
        self.unknown: dict[str, None] = {}
        """Words that may be names of skills, in order."""

    def skills(self) -> Iterator[SkillAsk]:
        refused = {statement.line for statement in self.statements if _ONLY_NOT.fullmatch(statement.text)}
        for statement in self.statements:
            if statement.asks and statement.line not in refused:
                yield from self._skills_in(statement)

    def duties(self) -> Iterator[SkillAsk]:
        """Yield the skills of the vocabulary in duties, in what is in use, and in other lines below what asks."""
        has_asked = False
        for statement in self.statements:
            is_about_use = statement.kind in {UNKNOWN, OTHER} and _IN_USE.search(statement.text)
            is_below = has_asked and statement.kind == UNKNOWN  # “Tools: Docker” below a list of requirements
            has_asked = has_asked or statement.asks
            if statement.kind == DUTIES or is_about_use or is_below:
                yield from self._skills_in(replace(statement, is_sure=False))

    def _skills_in(self, statement: Statement) -> Iterator[SkillAsk]:
        text = normalized(statement.text if statement.asks else _IN_USE.sub(" ", statement.text))
        concepts = self.finder.vocabulary.concepts
        mentions = self.finder.find(text)
        names = open_names(text, mentions) if statement.is_sure else []
        opened = [name for name in names if not is_language_or_city(name.name)]
        wider = {
            (name.part, start)
            for name in opened
            for start in range(name.start, name.end)
            if start == name.start or "a" <= text[start] <= "z"  # “risk assessments”, but not “Jahren Kubernetes”
        }
        found = [
            _Found(mention, concepts[mention.key]) for mention in mentions if (mention.key, mention.start) not in wider
        ]
        found += [self._open(name) for name in opened]
        found.sort(key=lambda item: item.mention.start)
        words = self.finder.unknown_words(text, [item.mention for item in found])
        if statement.asks:
            self.unknown.update(dict.fromkeys(word for word in words if not NO_NAME.fullmatch(word)))
        if not found:
            return
        self._weigh(text, found, is_optional=statement.kind == OPTIONAL)
        self._drop_categories(text, found)
        _drop_introductions(text, found, statement.label_end)
        self._number_groups(text, found)
        _bind_years(text, found)
        for item in found:
            if item.is_asked:
                yield SkillAsk(
                    concept=item.concept,
                    strength=item.strength,
                    sentence=statement.text,
                    group=item.group,
                    years=item.years,
                    chinese=self._chinese_name(text[item.mention.start : item.mention.end], item.concept),
                )

    def _chinese_name(self, word: str, concept: Concept) -> str:
        """Return a word of a text if it is a Chinese name of a concept, otherwise an empty string."""
        return word if HAN.search(word) and self.finder.vocabulary.named(word) == concept else ""

    def _open(self, name: OpenName) -> _Found:
        """Return a skill by the name that the posting gives it, or one whose name the vocabulary knows after all."""
        concept = self._named(name.name, name.part)
        return _Found(Mention(concept.key, name.start, name.end), concept)

    def _named(self, name: str, part: str) -> Concept:
        plain = VERSION.sub("", name)
        concept = self.finder.vocabulary.named(name) or self.finder.vocabulary.named(plain)
        return concept or Concept(key=f"{OPEN}{squashed(plain)}", name=plain, broader=(part,) if part else ())

    def _join_product(self, one: _Found, other: _Found) -> None:
        """Take a company and the name that follows it for one skill, as in “华为 NetEngine”."""
        one.is_asked = False
        if other.concept.key not in self.finder.vocabulary.concepts:
            other.concept = self._named(f"{one.concept.name} {other.concept.name}", one.concept.key)
            other.mention = Mention(other.concept.key, one.mention.start, other.mention.end)

    def _weigh(self, text: str, found: list[_Found], *, is_optional: bool) -> None:
        """Set for each mention whether it is asked, and how strongly, by the words in its part of the sentence."""
        plain = _without_brackets(text)
        whole = _MAY_CUE.search(plain)
        opening = _OPENS_WELCOME.match(plain)
        if opening and whole and whole.start() < min(found[0].mention.start, _OPENING):
            is_optional = True
        before: list[_Found] = []
        for start, end, negative in _clauses(text):
            part = plain[start:end]
            inside = [item for item in found if start <= item.mention.start < end]
            is_reason = _REASON.match(part) is not None
            welcome = bool(_MAY_CUE.search(part))
            if welcome and inside and _GOES_ON_WITH_OR.match(part):
                for item in before:  # “有 A、B 证书，或者 C 优先”
                    item.strength = MAY
            before = inside
            for item in inside:
                lead = plain[start : item.mention.start]
                excluded = (
                    negative
                    or is_reason
                    or _TO_LEARN.search(lead)
                    or _NOT_AFTER.search(lead)
                    or _is_studied(text, item.mention)
                )
                item.is_asked = not excluded and item.concept.asked != "never"
                item.strength = MAY if is_optional or welcome else MUST
            if welcome and not inside and not negative and _is_remark(part):
                before = [item for item in found if item.mention.start < start]
                condition = _IF.search(text[:start])
                self._make_welcome(before, condition.end() if condition else start)
        self._weigh_brackets(text, found)
        _spread_welcome(text, found)

    def _weigh_brackets(self, text: str, found: list[_Found]) -> None:
        for bracket in _BRACKETS.finditer(text):
            inside = [item for item in found if bracket.start() < item.mention.start < bracket.end()]
            is_current = _CURRENTLY.match(bracket[1]) is not None
            clauses = [*_clauses(bracket[0][:-1])]
            for item in inside:
                place = item.mention.start - bracket.start()
                if is_current or any(negative for start, end, negative in clauses if start <= place < end):
                    item.is_asked = False
            before = [item for item in found if item.mention.start < bracket.start()]
            if before and _ONLY_NOT.fullmatch(bracket[1]):
                before[-1].is_asked = False
            if _MAY_CUE.search(bracket[1]):
                for item in inside:
                    place = item.mention.start - bracket.start()
                    clause = next(bracket[0][start:end] for start, end, _negative in clauses if start <= place < end)
                    if _MAY_CUE.search(clause) or not _asks_again(clause):
                        item.strength = MAY
                if not inside and _is_remark(bracket[1]):
                    self._make_welcome(before, bracket.start())

    @staticmethod
    def _make_welcome(before: list[_Found], condition: int) -> None:
        """Apply a remark without a skill of its own to the last skill before it, and to those after an “if”."""
        for item in before:
            if item.mention.start == before[-1].mention.start or item.mention.start >= condition:
                item.strength = MAY

    def _includes(self, item: _Found, other: _Found) -> bool:
        vocabulary = self.finder.vocabulary
        return other.concept.key in vocabulary.concepts and vocabulary.includes(item.concept.key, other.concept.key)

    def _is_category_of(self, item: _Found, other: _Found) -> bool:
        is_alone = item.concept.asked == "alone" and self._includes(item, other)
        return is_alone or item.concept.key in self._kinds(other)

    def _drop_categories(self, text: str, found: list[_Found]) -> None:
        """Drop categories next to what they contain, as in “databases such as MySQL” and “Fortinet firewalls”."""
        for one, other in pairwise(found):
            start = other.mention.start
            gap = text[one.mention.end : start]
            is_any = _EITHER_OF.fullmatch(gap) and _ANY_ONE.search(text[: one.mention.start])
            if _TOOLS.fullmatch(gap) or (is_any and self._is_category_of(one, other)):
                one.is_asked = False
            if self._is_only_its_kind(text, one, other):
                other.is_asked = False
            if one.concept.parts == "products" and gap in {"", " "} and "A" <= text[start] <= "Z":
                self._join_product(one, other)
        for item in found:
            is_alone = item.concept.asked == "alone" and not _PREFERABLY.match(text, item.mention.end)
            if is_alone and any(
                other.is_asked and other.concept.key != item.concept.key and self._includes(item, other)
                for other in found
            ):
                item.is_asked = False

    def _is_only_its_kind(self, text: str, one: _Found, other: _Found) -> bool:
        """Return whether a mention only names the kind of the one before it, or something on which that is used."""
        start = other.mention.start
        gap = text[one.mention.end : start]
        is_noun = gap == " " and text[start].islower() and text[start].isascii()
        is_tool = not gap.strip() and _TOOL_NOUN.search(text[start : other.mention.end + 2])
        is_place = other.concept.asked == "alone" and _ABOUT.fullmatch(gap)
        is_category = is_noun and self._is_category_of(other, one)
        return bool(is_tool or is_place or is_category or _SERIES.fullmatch(gap) or _OR_SIMILAR.search(gap))

    def _number_groups(self, text: str, found: list[_Found]) -> None:
        runs = [*_runs(text, [item for item in found if item.is_asked])]
        for whole, following in zip_longest(runs, runs[1:]):
            # “A、B 必须熟悉，C 与 D 会一个即可” says nothing about A and B
            start = following[0].mention.start if following else len(text)
            until = start if _NEXT_CLAUSE.search(text, whole[-1].mention.end, start) else len(text)
            for run in (*self._joined_by_or(text, whole), *self._joined_otherwise(text, whole)):
                if len(run) > _PAIR and all(self._is_category_of(run[0], item) for item in run[1:]):
                    run.pop(0)  # “IaC，Terraform 或 CDK”
                strength = run[0].strength
                is_free = strength == run[-1].strength and not run[0].group and not run[-1].group
                if not is_free or not self._are_alternatives(text[:until], run):
                    continue
                is_one = len({item.concept.key for item in run}) == 1
                self.groups += not is_one
                for item in run:
                    item.strength = MAY if is_one or strength == MAY else ONE_OF
                    item.group = 0 if is_one else self.groups

    def _joined_by_or(self, text: str, run: list[_Found]) -> Iterator[list[_Found]]:
        """Yield the parts of a list that “or” joins: “A or B” and “C or D” in “A or B, and C or D, E”; or all of it.

        In “Kafka、SQL、Java 或 Scala” only the last two are of one kind.
        """
        gaps = [text[one.mention.end : other.mention.start] for one, other in pairwise(run)]
        joints = [place for place, gap in enumerate(gaps) if _OR.search(gap)]
        if not joints or _ONE_OF_AFTER.match(_up_to_next_ask(text[run[-1].mention.end :])):
            yield run
            return
        start = 0
        for place, gap in enumerate([*gaps, "and"]):
            if not _AND.search(gap) or place in joints:
                continue
            inside = [joint for joint in joints if start <= joint < place]
            if inside:
                first, end = inside[0], inside[-1] + 2
                while end <= len(gaps) and gaps[end - 1].strip() == "/":
                    end += 1  # “A, B or C/D”
                pair = run[first : first + 2]
                kinds = self._kinds(*pair)
                apart = [other for other in range(start, first) if kinds and not self._kinds(run[other], *pair)]
                yield run[apart[-1] + 1 if apart else start : end]
            start = place + 1

    def _joined_otherwise(self, text: str, whole: list[_Found]) -> Iterator[list[_Found]]:
        """Yield the parts of a list that a slash joins, and “A (or B)”."""
        gaps = [text[one.mention.end : other.mention.start] for one, other in pairwise(whole)]
        start = 0
        for one, other in pairwise(whole):
            is_bracketed = _OR_IN_BRACKETS.fullmatch(text[one.mention.end : other.mention.start])
            if is_bracketed and text[other.mention.end : other.mention.end + 1] == ")":
                yield [one, other]
        for place, gap in enumerate([*gaps, ""]):
            if gap.strip() != "/":
                if 0 < place - start < len(gaps):
                    yield whole[start : place + 1]
                start = place + 1

    def _kinds(self, *items: _Found) -> set[str]:
        """Return the categories whose parts replace each other and that contain all of some skills."""
        vocabulary = self.finder.vocabulary
        return set.intersection(
            *(
                vocabulary.alternatives(item.concept.key) if item.concept.key in vocabulary.concepts else set()
                for item in items
            )
        )

    def _are_alternatives(self, text: str, run: list[_Found]) -> bool:
        start, end = run[0].mention.start, max(item.mention.end for item in run)
        before, after = text[:start], text[end:]
        gaps = [text[one.mention.end : other.mention.start] for one, other in pairwise(run)]
        distinct = len({item.concept.key for item in run}) > 1
        if _SIMILAR_AFTER.match(after) or _EXAMPLE_BEFORE.search(before):
            return True
        if _IN_BRACKETS.search(before) and _ETC_IN_BRACKETS.match(after):
            return True
        if not distinct or _ALL_AFTER.match(after):
            return False
        one_of = _ONE_OF_AFTER.match(_up_to_next_ask(after)) or _ONE_OF_BEFORE.search(before)
        if one_of or any(_OR.search(gap) for gap in gaps):
            return True
        slashes = bool(gaps) and all(gap.strip() == "/" for gap in gaps)
        first, second = (text[item.mention.start : item.mention.end] for item in run[:2])
        return slashes and bool(self._kinds(*run)) and not second.startswith(first)  # “C/C++” means both


def _is_studied(text: str, mention: Mention) -> bool:
    """Return whether a mention is only a field of study: “统计学、数学等相关专业”, “a degree in statistics”."""
    after = _STUDIED_AFTER.match(text, mention.end)
    return bool(after and not _ASKS_AGAIN.search(after[0])) or bool(_STUDIED_BEFORE.search(text[: mention.start]))


def _drop_introductions(text: str, found: list[_Found], label_end: int) -> None:
    """Drop what only introduces examples, “A、B等X”, categories as in “X such as A”, and the heading of a row."""
    for place, (one, other) in enumerate(pairwise(found), start=1):
        gap = text[one.mention.end : other.mention.start]
        if _AND_SUCH.fullmatch(gap):
            last = place
            while last + 1 < len(found) and found[last + 1].mention.start <= found[last].mention.end:
                last += 1  # “等路由交换协议”
            if _AND_SUCH_END.match(text, found[last].mention.end):
                for item in found[place : last + 1]:
                    item.is_asked = False
        is_any = _ANY_ONE.search(text[: one.mention.start]) is not None
        is_category = is_any or one.concept.asked == "alone" or _OPEN_PLURAL.fullmatch(one.concept.key)
        if (_SUCH_AS.fullmatch(gap) and is_category) or (is_any and _OPENS.fullmatch(gap)):
            one.is_asked = False
    if found[-1].mention.start >= label_end:
        has_sentence = (
            _HAS_SENTENCE.search(text, label_end) is not None
        )  # “Postman”, not “experience with Postman”, below “API testing”
        for item in found:
            if item.mention.start < label_end and (has_sentence or item.concept.asked == "alone"):
                item.is_asked = False


_PREFERABLY = re.compile(r",? (?:preferably|ideally)\b|,?最好是?", re.IGNORECASE)
"""What follows a category that is asked as well as its example: “a relational database, preferably PostgreSQL”."""
_OPEN_PLURAL = re.compile(f"{OPEN}.*s")
_HAS_SENTENCE = re.compile(
    rf"{_ASKS_AGAIN.pattern}|熟练|理解|有.{{1,30}}经[验历]|能(?!力)|"
    r"\b(?:expert|proficien\w+|understanding|proven|fluent|comfortable|hands-on|able)\b",
    re.IGNORECASE,
)
"""What a cell of a table says that names no topic, but has one in its first cell."""
_OR_SIMILAR = re.compile(
    r"\bor (?:(?:\w+ )?(?:an? )?(?:comparable|similar|equivalent|another)|other) $|或(?:类似|其[他它]|同类)的?\s?$",
    re.IGNORECASE,
)
"""What is before a category that only stands for others of its kind, as in “Backstage or a comparable portal”."""
_TOOLS = re.compile(
    r"\s*(?:工具|软件|网络插件|tool\w*|software|frameworks?|standards)"
    r"\s*(?:[(:]|,?\s*(?:such as|e\.g\.|like|for example))\s*",
    re.IGNORECASE,
)
"""What is between a category and its tools, as in “CAN tools (CANoe)”."""
_SERIES = re.compile(r"\s?系列\s?")
"""What is between a product and its category, as in “MX 系列路由器”."""
_EITHER_OF = re.compile(r"(?: \w+)?, (?:either )?(?:an? )?")
"""What is between a category and the kinds of it that are enough, as in “an EDR product, either A or B”."""
_ABOUT = re.compile(r" (?:on|for) (?:an? )?")
"""What is before a category in which something is only used, as in “Rust on a microcontroller”."""
_TOOL_NOUN = re.compile("工具|框架")
"""What a category ends with that follows its tool, as in “Locust性能测试工具”."""
_OPENS = re.compile(r"(?: \w+|[\u4e00-\u9fff]{2})?\s*[:：(（]\s*|(?:工具|框架|软件),")
_CURRENTLY = re.compile(
    r"\s*(?:(?:我们)?(?:目前|现[在有为])|(?:我们用|we use\b)(?!.*(?:but(?! any is)|也|都))|"
    r"(?:ours|currently|today)\b)",
    re.IGNORECASE,
)
"""How a remark begins on what the employer uses."""
_ANY_ONE = re.compile(
    r"(?:\b(?:an?|one|any|some|at least one|another)\s+(?:[\w-]+\s+){0,2}|"
    r"[一1任][种个款门类家]?(?:以上)?(?:[\u4e00-\u9fff]{0,4}的)?\s?)$",
    re.IGNORECASE,
)
"""Words before a category if any part of it is enough, as in “a message queue such as Kafka”."""
_AND_SUCH = re.compile(
    r"\s*(?:等|[这之]类|中的?|(?=至少))(?:常用|主流|常见|开源|厂商|品牌|至少[一1][款种个门类家]|"
    r"任意?[一1]?[款种个门类]?|其中|"
    r"[一1][款种个门类]|的)*\s*"
)
_AND_SUCH_END = re.compile(
    r"\s*(?:应用|交换|开发|工具|框架|技术|系统|平台|引擎|协议|组件|中间件|软件|产品|语言|数据库|手段|方法|方案|"
    r"机制|使用|经验|代理|之一)*\s*(?:$|"
    r"[,，。；;、的或和及中者])"
)
_SUCH_AS = re.compile(
    r"(?: (?:tool\w*|frameworks?|systems?|platforms?|products?|librar(?:y|ies)|engines?|services?|"
    r"certificat(?:ion|e)s?|backends?))?\s*[,(（，]?\s*"
    r"(?:such as|e\.g\.,?|for example,?|for instance,?|like|out of|例如|比如|如|方面[,，]?)\s*[:：]?\s*",
    re.IGNORECASE,
)


def _up_to_next_ask(text: str) -> str:
    """Return the text before the next verb that asks for something else."""
    return _NEXT_ASK.split(text, maxsplit=1)[0]


def _is_remark(part: str) -> bool:
    """Return whether a part of a sentence only says that what is before it is welcome."""
    cue = _MAY_CUE.search(part)
    if cue is None or not _REMARK.fullmatch(part[: cue.start()]):
        return False
    return _REMARK_END.fullmatch(part[cue.end() :]) is not None


def _asks_again(part: str) -> bool:
    return bool(_ASKS_AGAIN.search(part))


def _spread_welcome(text: str, found: list[_Found]) -> None:
    """Make “A, B and C are a plus” welcome as a whole."""
    for run in _runs(text, found):
        gaps = [text[one.mention.end : other.mention.start] for one, other in pairwise(run)]
        are_joined = any(map(_AND_OR.search, gaps)) and (len(gaps) > 1 or not gaps[0].startswith(","))
        if are_joined and run[-1].strength == MAY and run[0].strength != MAY:
            for item in run:
                item.strength = MAY


def segments_of(text: str) -> list[tuple[int, int]]:
    """Return start and end of the parts of a sentence between commas that are not inside brackets."""
    ends = [match.end() for match in _SEGMENT.finditer(_without_brackets(text))]
    return [*zip([0, *ends], [*ends, len(text)], strict=True)]


def _clauses(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of the parts of a sentence, and whether what each names is not asked."""
    plain = _without_brackets(text)
    negative = False
    for start, end in segments_of(text):
        part = plain[start:end]
        is_only_welcome = _ONLY_NOT.fullmatch(part) and _MAY_CUE.search(plain, 0, start)  # “helpful, but not required”
        is_refusal = _NOT_CUE.search(part) and not _NOT_BUT.search(part) and not is_only_welcome
        is_negative = is_refusal or PUBLISHES.search(part) or PERMIT.search(part)
        negative = bool(is_negative) or (negative and not _asks_again(part))
        yield start, end, negative


def _without_brackets(text: str) -> str:
    """Return a text of the same length, with spaces instead of what is in brackets."""
    return _BRACKETS.sub(lambda match: f"({' ' * len(match[1])})", text)


def _runs(text: str, found: list[_Found]) -> Iterator[list[_Found]]:
    """Yield the mentions that are listed one after the other, with only separators in between."""
    run: list[_Found] = []
    for item in found:
        if run and item.mention.start >= run[-1].mention.end:
            gap = text[run[-1].mention.end : item.mention.start]
            if _EITHER.search(gap) or not any(
                pattern.fullmatch(gap) for pattern in (_JOINT, _OR_SUCH_AS, _OR_IN_BRACKETS)
            ):
                yield run
                run = []
        elif run and item.mention.start < run[-1].mention.end:  # carried by the same name
            continue
        run.append(item)
    if run:
        yield run


def _is_profession(text: str, item: _Found) -> bool:
    """Return whether years of a mention are those of a profession, as in “5 years in cloud computing”."""
    is_field = _PROFESSION.search(item.concept.key) or text.startswith(" engineering", item.mention.end)
    return item.concept.asked == "alone" or bool(is_field)


def _bind_years(text: str, found: list[_Found]) -> None:
    """Set the years of each skill: those in its part of the sentence, or those next to it if there are more."""
    goes_on = False
    before: list[_Found] = []
    for start, end in segments_of(text):
        inside = [item for item in found if item.is_asked and start <= item.mention.start < end]
        years = [*all_years(text[start:end], goes_on=goes_on)]
        goes_on = goes_on or bool(years)
        if years and not inside and ONLY_YEARS.fullmatch(text[start:end]):
            inside = before  # “熟悉 Go，不少于2年”
        before = inside
        is_after = bool(inside and years) and inside[0].mention.start < start + years[0].start
        for item in inside if years else ():
            if is_after:
                near = [one for one in years if start + one.start >= item.mention.end] or years[-1:]
                item.years = near[0].number
            else:
                near = [one for one in years if start + one.start <= item.mention.start] or years[:1]
                item.years = near[-1].number
            item.is_asked = not _is_profession(text, item)
    for match in _FIELDS.finditer(text):
        for item in found:
            if match.start() < item.mention.start < match.end() and _is_profession(text, item):
                item.is_asked = False
    known = {item.group: item.years for item in reversed(found) if item.group and item.years}
    for item in found:
        item.years = item.years or known.get(item.group, 0)


_FIELDS = re.compile(r"\byears?['’]? (?:[\w-]+ ){0,4}?in [\w, -]+?\bor [\w -]+")
"""Years in one of several fields, as in “8 years in operations or software engineering”."""
_PROFESSION = re.compile(r"^open-.*(?:engineering|development|administration)$")


def requirements(text: str, finder: Finder) -> Requirements:
    """Return what the text of a posting asks for; only its title and names if its language is not read."""
    plain = simplified(text)
    found = _requirements(plain, finder)
    return found if plain == text else as_written(found, text, plain)


def _requirements(text: str, finder: Finder) -> Requirements:
    if not is_read(text):
        return Requirements(title=title_of(text), skills=_strongest(_names_in(text, finder)), is_read=False)
    reader = _Reader(text, finder)
    asks = [*reader.skills()]
    asked = {ask.concept.key for ask in asks}
    years, years_sentence = _general_years(reader, asks)
    (degree, degree_sentence), (welcome_degree, welcome_degree_sentence) = degrees_asked(reader.statements)
    return Requirements(
        title=title_of(text),
        skills=_strongest(asks),
        duties=_strongest(ask for ask in reader.duties() if ask.concept.key not in asked),
        languages=languages_asked(reader.statements),
        years=years,
        years_sentence=years_sentence,
        degree=degree,
        degree_sentence=degree_sentence,
        welcome_degree=welcome_degree,
        welcome_degree_sentence=welcome_degree_sentence,
        permit=permit_asked(reader.statements),
        seniority=seniority_of(text),
        place=place_of(text),
        remote=is_remote(text),
        unknown=tuple(reader.unknown),
    )


def _names_in(text: str, finder: Finder) -> Iterator[SkillAsk]:
    """Yield the skills of the vocabulary that a text names, without what is asked of them."""
    vocabulary = finder.vocabulary
    for line in text.splitlines():
        plain = normalized(line)
        mentions = finder.find(plain)
        found = [(mention.start, vocabulary.concepts[mention.key]) for mention in mentions]
        named = ((name.start, vocabulary.named(name.name)) for name in open_names(plain, mentions))
        found += [(start, concept) for start, concept in named if concept]
        for _start, concept in sorted(found, key=lambda item: item[0]):
            yield SkillAsk(concept=concept, strength="", sentence=line.strip())


def _strongest(asks: Iterable[SkillAsk]) -> tuple[SkillAsk, ...]:
    """Return one ask for each skill: the strongest, with the most years; groups that are left with one lose it."""
    best: dict[str, SkillAsk] = {}
    for ask in asks:
        known = best.get(ask.concept.key)
        if known is None:
            best[ask.concept.key] = ask
            continue
        years = max(known.years, ask.years)
        stronger = max(known, ask, key=lambda item: WEAKEST_FIRST.index(item.strength))
        best[ask.concept.key] = replace(stronger, years=years)
    numbers = {
        number: place
        for place, number in enumerate(dict.fromkeys(ask.group for ask in best.values() if ask.group), start=1)
    }
    return tuple(replace(ask, group=numbers.get(ask.group, 0)) for ask in best.values())


def _general_years(reader: _Reader, asks: Iterable[SkillAsk]) -> tuple[int, str]:
    """Return the years of experience in general; if only years of skills are asked, the most, without a sentence."""
    bound = {(ask.years, ask.sentence) for ask in asks if ask.years}
    candidates: list[tuple[int, str]] = []
    for statement in reader.statements:
        if statement.kind == REQUIRED:
            for start, end in segments_of(normalized(statement.text)):
                part = normalized(statement.text)[start:end]
                years = years_in(part)
                if years and not _MAY_CUE.search(_without_brackets(part)):
                    candidates.append((years, statement.text))
    headers = [
        (years, statement.text)
        for statement in reader.statements
        if statement.kind == UNKNOWN or statement.line < _HEADER_LINES
        if (years := years_in(statement.text, header=True))
    ]
    general = [item for item in (*candidates, *headers) if item not in bound]
    return general[0] if general else (max((years for years, _sentence in candidates), default=0), "")


_HEADER_LINES = 4
