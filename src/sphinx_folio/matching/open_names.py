"""Find names of skills that no vocabulary has: proper names, and practices such as “dependency scanning”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio.vocabulary.concepts import squashed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_folio.vocabulary import Mention


class OpenName(NamedTuple):
    """A place in a text that names a skill which the vocabulary does not have."""

    name: str
    start: int
    end: int
    part: str = ""
    """The key of the skill that it names more exactly: Selenium in “Selenium WebDriver”."""


def _any_of(words: str) -> str:
    r"""Return the pattern that matches any of the words, which are patterns themselves; a space in one is ``\ ``."""
    return "|".join(re.split(r"(?<!\\)\s+", words.strip()))


_PROPER = re.compile(
    r"(?<![\w.@#$€£'’-])(?<!\.\w/)(?:[A-Z][A-Za-z0-9_+#]*|"
    r"[a-z]+(?:[A-Z]|_[a-z])[A-Za-z0-9_]*)(?:[.-][A-Za-z0-9][A-Za-z0-9_+#]*)*"
    r"(?: (?:[A-Z][A-Za-z0-9_+#]*(?:[.-][A-Za-z0-9]\w*)*|"
    r"\d+(?:\.\d+)*(?![\w+-]| ?(?:to|years?|yrs?|months?|days?|people|"
    r"%)\b)(?: AA?A?\b)?))*(?![A-Za-z0-9_@'’\u00c0-\u024f-])",
    re.ASCII,
)
_IN_HAN = re.compile(r"(?<![A-Za-z0-9_.@-])[A-Za-z][A-Za-z0-9_+#-]*[A-Za-z0-9+#](?![A-Za-z0-9_@])")
"""A Latin word; in a Chinese sentence it is most likely a name."""
_BEFORE_IN_HAN = re.compile(r"[\u3007\u4e00-\u9fff、，(（/]\s?$")
_AFTER_IN_HAN = re.compile(r"\s?(?:[\u3007\u4e00-\u9fff、，。；;)）/]|$)")
_SHAPED = re.compile(r"\w*[a-z]\w*[A-Z]\w*|[A-Z]{2,}[A-Za-z]*\d*|\w*[A-Za-z]\d\w*|.*[+#]|.* [A-Z0-9].*", re.ASCII)
"""What looks like a name also at the start of a sentence."""
_STARTS = re.compile(r"(?:^|[.:!?。：；;“\"]|\s[-–—])\s*$")
_LISTED = re.compile(r"\s*(?:[,/;(.]|$|(?:and|or)\b|[、，。；）])")
_ABSTRACT = re.compile(
    r"(?:ing|[ts]ions?|ments?|ity|ness|ship|ence|ance|ics?|ists?|ers?|ors?|als?|ure|ive|ly|"
    r"[^aeiou]s|ed|ies|[oa]rk|[lm]y)$"
)
"""Endings of ordinary words; a word at the start of a sentence is a name only without them."""
_COMMON = _any_of(r"""
    Business University College Associate\w* Graduate\w* School GPA Ph CS EE Certifi\w* Engineer\w*
    Developer\w* Manager Architect Analyst Senior Junior Staff Principal Head Inc Ltd GmbH LLC Corp Office Role Job
    Location Remote Hybrid European American British Asian Europe Asia America Africa APAC EMEA LATAM EU USA? U\.S
    UK UAE China Japan Korea India Ireland France Germany Switzerland Austria Netherlands Spain Italy Portugal
    Poland Canada Australia Mexico Brazil States United Mon Tue Wed Thu Fri Sat Sun \w*days? January
    February March April June July August September October November December Q[1-4] CET GMT UTC\S* [AP]M [EP]ST IT ICT
    HR CV CPU C[ETFIO]O [MG]?Hz VP PO PRs? TL QA UI RFCs? APIs? SDK KPIs? OKRs? ROI SLAs? B2[BC] PC ID VIP OK AA R&?D
    POC PPT Apps? Base Demo Bug Title Owner Offer Leader CET-?[46] IELTS TOEFL TOEIC JLPT N[1-5] [ABC][12] L\d DSA
    SDE SC DV Series Web Internet Hardware Mathematics Physics Electrical Electronics? Statistics Economics
    Finance Law HQ GitHub LinkedIn Email Please Salary Benefits Right Licen[cs]e Visa Citizen\w* Clearance Want Love
    Enjoy Curious Calm Patient Friendly Native Languages? Tools? Frameworks? Databases? Technolog\w+ Methods?
    Platforms? Services? Systems? Librar\w+ Cloud Configurations? Production Accounts? Products? JD DNA
    Dear Hi Hello Mr Ms Dr IC FTE SREs? DevOps NHS [BM]\.?(?:Sc|Eng|Tech|[AES]) [BM][BC]A Ph\.?D RSU
    USD EUR GBP SGD HKD RMB NOC OEM Debug Committer Contributor Maintainer Yes Weight Importance Priority Levels?
    Criteri\w+ ISP DBS GCSEs? Maths Intermediate Regards Thanks Institute Award\w*
""")
"""Ordinary words with a capital, besides those that begin no practice."""
_STOP = _any_of(r"""
    an? the and or of in on at to for with from by as is are was be been being ha[ds] hav(?:e|ing) do does did can
    could will would must should may might you your we our us they their them its? I this that these those who which
    what when where how why if not? nor but than then so such like via per about into out over under across within
    through during between against without etc eg strong good great solid deep excellent basic advanced proven
    practical confident comfortable working demonstrated hands thorough sound proper broad extensive previous prior
    relevant professional commercial real some any all both either each every others? another similar several many
    multiple various different modern common least one two three four five six seven eight nine ten more most much
    few first new own best better high large small big full whole complete manual clean clear fast key core main
    general specific related equivalent comparable complex simple experience\w* know(?:s|ing|ledge)? understand\w*
    familiar\w*
    proficien\w* ability able exposure skill\w* expert\w* fluen\w+ command grasp background competen\w* awareness
    interest\w* passion\w* enthusias\w* track record years? yrs? plus(?:es)? bonus nice preferred required ideally
    minimum current valid active tuning writ\w+ us(?:e[sd]?|ing) buil\w+
    run(?:s|ning)? work(?:s|ed|ing)? owned lead led leading design(?:ed|ing)?
    develop(?:ed|ing)? ship(?:ped|ping)? maintain\w* deliver\w* creat\w+ implement\w* deploy\w* operat\w+ perform\w+
    conduct\w* support\w* improv\w+ solv\w+ debugging troubleshooting appl(?:y\w*|ied) automate\w* handl\w+
    provid\w+ ensur\w+ includ\w+ involv\w+ carr\w+ doing done mak\w+ made read(?:s|ing)? review(?:ed|ing)?
    manag(?:ed?|ing) securing around
    engineering software teams? company industry customers? daily days? also well very even just only degree
    bachelor\w* master\w* diplom\w* computer science stem
""")
ORDINARY = f"{_COMMON} {_STOP}".lower()
"""Ordinary words of postings."""
NO_NAME = re.compile(rf"(?:{_COMMON}|{_STOP})(?:[-.]\w+)*", re.IGNORECASE)
_LEADING = re.compile(rf"(?:(?:{_COMMON}|{_STOP}|(?!Spring)[A-Z][a-z]+ing)(?:[-.]\w+)* )+", re.IGNORECASE)
_HEADS = _any_of(r"""
    testing management analysis programming optimi[sz]ation engineering networking security processing computing
    model+ing tuning planning analytics automation monitoring logging alerting balancing administration
    algorithms? detection concurrency scripting response streaming recognition inference troubleshooting
    integration delivery tracing profiling migrations? rendering forensics cryptography compliance prevention
    synchroni[sz]ation routing caching replication partitioning sharding scheduling orchestration provisioning
    virtuali[sz]ation hardening scanning audit\w* reviews? writing reporting forecasting
    visuali[sz]ation segmentation fine-tuning evaluation experiment\w* mining warehousing
    ingestion validation verification simulation synthesis debugging research accounting
    procurement negotiation mapping assessments? governance recovery backups? reliability scalability
    observability accessibility locali[sz]ation internationali[sz]ation patterns principles protocols
    architectures? design development pipelines internals fundamentals life\ ?cycles? methodolog\w+ as\ code
    control calibration databases networks queues containers microservices authentication authori[sz]ation
    encryption sequencing triage hunting intelligence mitigation remediation postmortems? refactoring
    cybersecurity procedures transactions consistency embeddings retrieval
    quanti[sz]ation deployments? rollouts? concepts techniques standards regulations? pricing logistics signing
    components layouts? animations? threading notifications
""")
_PRACTICE = re.compile(
    rf"(?<![\w'’&/.-])(?:(?!(?:{_STOP})\b)[A-Za-z][\w/-]* ){{1,3}}(?:{_HEADS})(?![\w-])"
    r"(?=\s*(?:[,.;:()/、，。；]|$|[\u4e00-\u9fff]|(?:and|or|in|with|for|at|on|using|is|are|to|from|across|"
    r"as|such|like|including|"
    r"under|by|via|within|through|plus|e\.g\.|would|you|that|skills?|experience|knowledge|techniques|"
    r"tools?)\b))",
    re.IGNORECASE | re.ASCII,
)
_QUALITIES = _any_of("""
    time people stakeholder problem self team conflict relationship expectation career personal cross critical
    continuous independent creative detail business technical technology product project feature solution customer
    service web front back end system application platform
""")
_VAGUE = re.compile(rf"(?:{_QUALITIES})\b.*", re.IGNORECASE)
"""Beginnings of phrases about qualities, duties or professions."""
_ORDINARY_IN_HAN = _any_of("""
    infra kernel server-side client-side backend back-end frontend front-end full-?stack dev ops mentor case online
    offline coding code sense star fork issue blog feature on-?call push call talk get paper
    module state camera pod benchmark baseline end-to-end server client
""")
_COMMON_HAN = re.compile(rf"{_ORDINARY_IN_HAN}|{_COMMON}|{_STOP}", re.IGNORECASE)
_NAMED_IN_HAN = re.compile(
    r"(?:熟悉|精通|掌握|了解|熟练|使用|用过|会用|会|懂|用|写|写过|做过|搞过|读过|基于|如|包括|以及|和|与|"
    r"及|或|[、,，/(（])\s?(?:过|了)?\s?$"
)
"""What is before an ordinary Latin word that is a name all the same."""
_NOT_BEFORE = re.compile(
    r"(?:\b(?:(?:commute|relocate|relocation|travel|move) to|"
    r"(?:work|working|live) (?:from|in)|based in|located in|near|(?:office|company) in(?: [A-Z]\w+,)?|"
    r"(?:customers?|clients?|partners|users|colleagues|team|people|plants?|sites?) (?:are )?in)|大学|公司)\s?$",
    re.IGNORECASE,
)
"""What is before places and employers."""
_NOT_BEHIND = re.compile(
    r"\s?(?:clearance|office|citizen|holiday|time ?zone|hours?|based|team\b|university|degree|city|campus|"
    r"公司|大学|工程师|岗位)|,\d{3}|,? who\b| and I\b",
    re.IGNORECASE,
)
PUBLISHES = re.compile(
    r"论文|顶会|大会|期刊|\btalks? at\b|\bpublications?\b|\bpublished\b(?!.{0,30}\bapp)|\bpapers\b", re.IGNORECASE
)
"""What sentences with the names of conferences have."""
VERSION = re.compile(r" v?\d+\.\d[\d.]*(?: AA?A?)?$")
"""The version in a name, such as “WCAG 2.2 AA”."""
_MOST = 4
"""The most words that a name has."""
_HAN_SENTENCE = re.compile("[\u4e00-\u9fff].{0,40}?[\u4e00-\u9fff]")


def open_names(text: str, known: Sequence[Mention]) -> Iterator[OpenName]:
    """Yield the names in a text that asks, which are in no mention, in order.

    Args:
        text: The text, normalized.
        known: The mentions in the text.
    """
    taken = [(mention.start, mention.end) for mention in known]
    found: list[OpenName] = []
    for candidate in _candidates(text):
        start, end = candidate.start, candidate.end
        over = [mention for mention in known if mention.start < end and start < mention.end]
        if over and _extends(text, candidate, over):
            found.append(candidate._replace(part=over[0].key))
        elif any(one < end and start < other for one, other in taken):
            continue
        else:
            found.append(candidate)
        taken.append((start, end))
    yield from sorted(found, key=lambda name: name.start)


def _extends(text: str, name: OpenName, over: Sequence[Mention]) -> bool:
    """Return whether it is a longer name of a mention: “Selenium WebDriver”, “dependency scanning”."""
    if len(over) != 1:
        return False
    mention = over[0]
    if mention.start == name.start:
        return _GOES_ON.fullmatch(text[mention.end : name.end]) is not None
    if not _ENDS_LOW.search(name.name):
        return False  # “Enough Python”
    return mention.end == name.end and _BEGINS.fullmatch(text[name.start : mention.start]) is not None


_BEGINS = re.compile(r"(?:[A-Za-z]?[a-z-]+ ){1,2}", re.ASCII)
_ENDS_LOW = re.compile(r" [a-z]\S*$")
_GOES_ON = re.compile(r"(?: [A-Z][a-z]*[A-Za-z0-9]+){1,3}", re.ASCII)


def _candidates(text: str) -> Iterator[OpenName]:
    for match in _PRACTICE.finditer(text):
        if not _VAGUE.fullmatch(match[0]):
            yield OpenName(match[0], match.start(), match.end())
    if PUBLISHES.search(text):
        return
    is_han = _HAN_SENTENCE.search(text) is not None
    ordinary = _COMMON_HAN if is_han else NO_NAME
    for match in _PROPER.finditer(text):
        leading = _LEADING.match(match[0])
        start = match.start() + (leading.end() if leading else 0)
        name = text[start : match.end()]
        words = name.split(" ")
        if len(words) > _MOST or any(map(ordinary.fullmatch, words)) or len(squashed(name)) < 2:  # noqa: PLR2004
            continue
        before = text[:start]
        after = text[match.end() :]
        if _NOT_BEFORE.search(before) or _NOT_BEHIND.match(after):
            continue
        is_first = _STARTS.search(before)
        if not is_first or _SHAPED.fullmatch(name) or (_LISTED.match(after) and not _ABSTRACT.search(name)):
            yield OpenName(name, start, match.end())
    for match in _IN_HAN.finditer(text) if is_han else ():
        before, after = text[: match.start()], text[match.end() :]
        if (
            _BEFORE_IN_HAN.search(before)
            and _AFTER_IN_HAN.match(after)
            and (not match[0].islower() or _NAMED_IN_HAN.search(before))
            and not _COMMON_HAN.fullmatch(match[0])
            and not _NOT_BEFORE.search(before)
            and not _NOT_BEHIND.match(after)
        ):
            yield OpenName(match[0], match.start(), match.end())
