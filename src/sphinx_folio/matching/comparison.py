"""Compare what a posting asks for with what a portfolio contains.

Only skills that the portfolio has are ever named as held. The score is computed from the rows alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sphinx_folio.matching.conditions import DEGREES, LANGUAGES, LEVEL_ORDER, MAY, MUST, SELECTED_SCHOOLS, degree_in
from sphinx_folio.matching.fluency import ONLY_WRITTEN, answers, names_of
from sphinx_folio.matching.sections import sentences, without_bullet
from sphinx_folio.portfolio.dates import months_allowed, months_covered
from sphinx_folio.portfolio.queries import Query
from sphinx_folio.portfolio.queries.base import title_of
from sphinx_folio.portfolio.queries.evidence import evidence_for_skill
from sphinx_folio.portfolio.queries.skills import skill_facts
from sphinx_folio.portfolio.records import Education, Evidence, Highlight, Person, Position, Project, Skill
from sphinx_folio.portfolio.verification import Verification
from sphinx_folio.vocabulary import Concept, Finder
from sphinx_folio.vocabulary.concepts import names_in, parts_of, squashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx_folio.matching.conditions import HumanLanguage
    from sphinx_folio.matching.requirements import Requirements, SkillAsk
    from sphinx_folio.portfolio.dates import PartialDate
    from sphinx_folio.portfolio.model import Portfolio
    from sphinx_folio.portfolio.records import Entry
    from sphinx_folio.vocabulary import Vocabulary

PROVEN, SHOWN, NAMED, NEAR, MISSING = "proven", "shown", "named", "near", "missing"
"""What a portfolio has of a skill: public evidence, entries that show it, its name only, a neighbor, nothing.

Evidence of a part proves the part; the whole is only shown by it.
"""
VALUES = {PROVEN: 1.0, SHOWN: 0.8, NAMED: 0.5, NEAR: 0.25, MISSING: 0.0}
"""Status → share of the points of a row."""
FEWEST_POINTS = 3
"""The number of points from which their share says something about a posting."""
WITHOUT_YEARS = 0.5
"""The factor for that share if the portfolio does not show the years that are asked."""
MUST_POINTS, MAY_POINTS = 2, 1
"""The points of a required skill or a group of alternatives, and those of a welcome skill."""
MET, NOT_MET, TO_CHECK = "met", "not met", "to check"
"""Whether a condition is met; the reader checks what no comparison can decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A piece of evidence for a skill."""

    title: str
    url: str
    by: str
    """``own`` or ``team``."""
    rung: str
    """How far the command verify confirmed it; empty if nothing is checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSkill:
    """A skill of the portfolio, or an entry that names one, such as a certificate, and what shows it."""

    key: str
    """The key of the skill; that of another entry has the type before it, such as ``certificate:cka``."""
    name: str
    status: str
    """``proven``, ``shown`` or ``named``."""
    level: str
    months: int
    proofs: tuple[Proof, ...]
    shown_in: tuple[str, ...]
    """The titles of the entries that show it; for a qualification that has expired, its dates in ISO 8601."""
    is_part: bool = False
    """Whether it is not the skill that is asked, but a kind or a part of it."""
    skills: tuple[str, ...] = ()
    """The keys of the skills that it stands for: its own, or those that the qualification shows."""
    expired: tuple[PartialDate | None, PartialDate] | None = None
    """When a qualification was issued and when it expired; None if it is valid."""

    def with_dates(self, date_text: Callable[[PartialDate], str]) -> HeldSkill:
        """Return it with the dates of a qualification that has expired as readers see them."""
        if not self.expired:
            return self
        issued, expires = self.expired
        return replace(self, shown_in=(f"{date_text(issued) if issued else ''} – {date_text(expires)}".strip(),))


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    """A skill that is asked, and what the portfolio has of it."""

    ask: SkillAsk
    status: str
    held: tuple[HeldSkill, ...]
    """The skills that answer it; for the status ``near``, its neighbors."""
    points: int
    """The points that it counts; the alternatives of a group share the points of one skill."""
    words: tuple[str, ...] = ()
    """What the posting calls it, if that is another name."""

    @property
    def name(self) -> str:
        """Return the name of the skill that is asked."""
        return self.ask.concept.name

    @property
    def full_name(self) -> str:
        """Return the name, with what the posting calls it in brackets."""
        return f"{self.name} ({', '.join(self.words)})" if self.words else self.name

    @property
    def value(self) -> float:
        """Return the share of the points that the status earns, less if too few years are shown."""
        return VALUES[self.status] * (WITHOUT_YEARS if self.years_status in {NOT_MET, TO_CHECK} else 1)

    @property
    def years_status(self) -> str:
        """Return whether the years that are asked are shown; ``to check`` if there are no dates.

        It is empty if none are asked, and for neighbors, which have no years of the skill.
        """
        if not self.ask.years or self.status in {NEAR, MISSING}:
            return ""
        return MET if self.months >= self.ask.years * 12 else NOT_MET if self.months else TO_CHECK

    @property
    def months(self) -> int:
        """Return the months of experience that the portfolio shows; 0 for neighbors."""
        return max((item.months for item in self.held), default=0) if self.status != NEAR else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something else that is asked: years, a degree, a language, the right to work, seniority or a place."""

    kind: str
    asked: str
    found: str
    """What the portfolio says about it, in its own words."""
    status: str
    strength: str
    """``must``, ``one of`` or ``may``."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A posting compared with a portfolio."""

    title: str
    rows: tuple[SkillRow, ...]
    conditions: tuple[Condition, ...]
    duties: tuple[SkillRow, ...]
    """What the duties name and no requirement does; it counts no points."""
    unknown: tuple[str, ...]
    """Words in statements that ask, which may be names of skills and are not understood."""

    def with_dates(self, date_text: Callable[[PartialDate], str]) -> Match:
        """Return it with dates as readers see them."""
        rows, duties = (
            tuple(replace(row, held=tuple(item.with_dates(date_text) for item in row.held)) for row in group)
            for group in (self.rows, self.duties)
        )
        return replace(self, rows=rows, duties=duties)

    @property
    def points(self) -> tuple[float, int]:
        """Return the points that are earned, and the maximum."""
        units = [*_units(self.rows)]
        earned = sum(max(row.value for row in unit) * unit[0].points for unit in units)
        return earned, sum(unit[0].points for unit in units)

    @property
    def percent(self) -> int | None:
        """Return the share of the points in percent, rounded down; None if too few can be earned."""
        earned, total = self.points
        return int(earned * 100 / total + 1e-9) if total >= FEWEST_POINTS else None

    def counts(self) -> dict[str, int]:
        """Return for each status how many skills have it; alternatives are one skill, that of the row that counts."""
        counted = [max(unit, key=lambda row: row.value).status for unit in _units(self.rows)]
        return {status: counted.count(status) for status in VALUES}


def _units(rows: tuple[SkillRow, ...]) -> Iterator[list[SkillRow]]:
    """Yield the rows that count on their own, and the groups of alternatives; the best row of a group counts."""
    groups: dict[int, list[SkillRow]] = {}
    for row in rows:
        if row.ask.group:
            groups.setdefault(row.ask.group, []).append(row)
        else:
            yield [row]
    yield from groups.values()


def vocabulary_of(portfolio: Portfolio, vocabulary: Vocabulary) -> Vocabulary:
    """Return the vocabulary for a portfolio: with its skills, and with its qualifications that have an abbreviation.

    What is not a skill in general, such as mentoring, is one if the portfolio lists it. A skill such as “Kafka
    operations” is a part of the one in its name.
    """
    more = []
    taken: set[str] = set()
    for key, main, names in _names_of_holdings(portfolio):
        if known := [*filter(None, map(vocabulary.find_whole, main))]:
            more += [Concept(key=one.key, name=one.name, asked="alone") for one in known if one.asked == "never"]
            continue  # its keywords may be known: the name is another one of them
        own = []
        for name in names:
            if _is_name(name) and squashed(name) not in taken and not vocabulary.find_whole(name):
                taken.add(squashed(name))
                own.append(name)
        if own:
            wider = dict.fromkeys(concept.key for name in own if (concept := _without_general_words(name, vocabulary)))
            more.append(Concept(key=_own_key(key), name=own[0], aliases=tuple(own[1:]), broader=tuple(wider)))
    return vocabulary.with_concepts(more) if more else vocabulary


def _own_key(key: str) -> str:
    """Return the key of the concept of a skill that the vocabulary does not have."""
    return f"own-{key}"


_PROGRAMMING = re.compile(r"(?:\s+(?:programming|development|scripting)|\s*(?:编程|程序设计|开发))$", re.IGNORECASE)
_GENERAL = re.compile(
    r"(?:\s+(?:administration|operations?|design|engineering|architectures?|management|optimi[sz]ation|performance|"
    r"tuning|internals|fundamentals|basics|clusters?|systems?|platforms?|services?|applications?)|"
    r"\s*(?:设计|运维|管理|架构|优化|调优|性能|应用|技术|工程|实践|原理|源码|系统|平台|集群|服务|基础))$",
    re.IGNORECASE,
)
"""Words at the end of the name of a skill that say what is done with it."""
_MOST_GENERAL = 3


def _without_general_words(name: str, vocabulary: Vocabulary) -> Concept | None:
    """Return the concept in a name such as “Python programming” or “高并发系统设计”; None if there is none.

    Names that are also common words count only before words about programming: “Office management” is not about Office.
    """
    for _number in range(_MOST_GENERAL):
        is_sure = _PROGRAMMING.search(name) is not None
        shorter = _GENERAL.sub("", _PROGRAMMING.sub("", name))
        if shorter == name:
            return None
        name = shorter
        concept = vocabulary.find_whole(name)
        if concept and (is_sure or squashed(name) not in map(squashed, (*concept.exact, *concept.in_context))):
            return concept
    return None


def _names_of_holdings(portfolio: Portfolio) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield key, main names and all names of each skill, and of each qualification such as “Certified Engineer (CE)”.

    If a main name is known, no name is added to the vocabulary.
    """
    for skill in portfolio.all(Skill):
        names = tuple(name for text in (skill.name, *skill.keywords) for name in names_in(text))
        yield skill.key, (skill.name, *parts_of(skill.name)[:1]), names
    for entry in qualifications(portfolio):
        names = names_in(entry.name)
        if len(names) > 2:  # noqa: PLR2004  the name, that before the brackets, and one in them
            yield f"{entry.objtype}-{entry.key}", names, names


def qualifications(portfolio: Portfolio) -> list[Entry]:
    """Return the entries whose names say what the person has learned, such as certificates and courses."""
    return [entry for entry in portfolio.objects() if entry.is_qualification]


def _is_name(name: str) -> bool:
    return any(map(str.isalpha, name)) and len(name) > 1


@dataclass(slots=True)
class Holdings:
    """The skills and qualifications of a portfolio by concept."""

    portfolio: Portfolio
    vocabulary: Vocabulary
    finder: Finder | None = None
    """What finds the names of the vocabulary; without it, one is made if it is needed."""
    by_concept: dict[str, list[HeldSkill]] = field(default_factory=dict)
    in_texts: dict[str, list[HeldSkill]] = field(default_factory=dict, init=False)
    """Concept → the projects and highlights whose names or texts name it."""
    _included: dict[str, list[str]] = field(default_factory=dict, init=False)
    """Concept → the concepts of the portfolio that are it or a part of it."""
    _replacing: dict[str, list[str]] = field(default_factory=dict, init=False)
    """Concept whose parts replace each other → those parts that the portfolio has."""

    def __post_init__(self) -> None:
        """Find the concepts of the skills, and those that other entries name."""
        vocabulary = self.vocabulary
        for skill in self.portfolio.all(Skill):
            names = (skill.name, *skill.keywords)
            found = {concept.key for name in names for concept in vocabulary.find_all(name)}
            is_own = found <= {_own_key(skill.key)}  # as a translated name, which no vocabulary has
            if is_own and (concept := vocabulary.find(skill.key)):
                found.add(concept.key)
            for key in sorted(found):
                self.by_concept.setdefault(key, []).append(held_skill(self.portfolio, skill))
        others = qualifications(self.portfolio)
        texts = [entry for entry in self.portfolio.objects() if names_skills(entry)]
        if others or texts:
            self._add_named(others, texts, self.finder or Finder(vocabulary))
        for other in self.by_concept:
            for key in {other, *self.vocabulary.broader_than(other)}:
                self._included.setdefault(key, []).append(other)
            for kind in self.vocabulary.alternatives(other):
                self._replacing.setdefault(kind, []).append(other)

    def _add_named(self, others: list[Entry], texts: list[Entry], finder: Finder) -> None:
        """Add what the names of qualifications name, and the names and texts of other entries."""
        for entry in others:
            found = {mention.key for mention in finder.find(entry.name)}
            found.update(concept.key for concept in self.vocabulary.find_all(entry.name))
            for key in sorted(found):
                self.by_concept.setdefault(key, []).append(held_qualification(self.portfolio, entry))
        for entry in texts:
            for key in _named_in(entry, finder):
                self.in_texts.setdefault(key, []).append(_naming(entry))

    def answering(self, key: str) -> list[HeldSkill]:
        """Return the skills that are the concept, then those that are a part of it, the best status of each first.

        If there are none, return the projects and highlights that name it.
        """
        exact = {item.key for item in self.by_concept.get(key, [])}
        found = {
            item.key: replace(item, is_part=item.key not in exact)
            for other in self._included.get(key, [])
            for item in self.by_concept[other]
        }
        return sorted(found.values(), key=lambda item: (item.is_part, rank(item))) or self.in_texts.get(key, [])

    def near(self, key: str) -> list[HeldSkill]:
        """Return the skills that are used and are neighbors, alternatives or wider skills."""
        vocabulary = self.vocabulary
        kinds = {kind for kind in vocabulary.alternatives(key) if vocabulary.concepts[kind].asked != "never"}
        related = vocabulary.neighbors(key) | set(vocabulary.concepts[key].broader)
        related |= {other for kind in kinds for other in self._replacing.get(kind, [])}
        found = {item.key: item for other in sorted(related) for item in self.by_concept.get(other, [])}
        return sorted((item for item in found.values() if item.status != NAMED), key=rank)


def names_skills(entry: Entry) -> bool:
    """Return whether the name and the text of an entry say what the person has made."""
    return isinstance(entry, Project | Highlight)


_OF_OTHERS = re.compile(
    r"\b(?:no|not|non|never|nor|neither|without|unlike|instead|rather|than|versus|vs|against|replac\w+|alternatives?|"
    r"similar|like|inspired|compar\w+|dropp\w+|remov\w+|migrat\w+ (?:\w+ )?from|away|avoid\w*|independent\w*|will|"
    r"plan\w*|future|todo)\b|n['’]t\b|[不没非无未替比像弃]|避免|取代|类似|借鉴|计划|将来",
    re.IGNORECASE,
)
"""What a sentence says that may name what the person has not used."""


def _named_in(entry: Entry, finder: Finder) -> list[str]:
    """Return the concepts that the name or the text of an entry names, except in comparisons and negations."""
    lines = dict.fromkeys((entry.name, *entry.summary.splitlines()))
    claims = (sentence for line in lines for sentence in sentences(line) if not _OF_OTHERS.search(sentence))
    found = dict.fromkeys(mention.key for claim in claims for mention in finder.find(claim))
    return [key for key in found if finder.vocabulary.concepts[key].asked != "never"]


def _naming(entry: Entry) -> HeldSkill:
    return HeldSkill(
        key=f"{entry.objtype}:{entry.key}",
        name=title_of(entry),
        status=NAMED,
        level="",
        months=0,
        proofs=(),
        shown_in=(),
    )


def rank(item: HeldSkill) -> tuple[int, bool, int, str]:
    """Return the key by which skills are sorted, the best first."""
    return [*VALUES].index(item.status), item.is_part, -len(item.proofs), item.key


def held_skill(portfolio: Portfolio, skill: Skill) -> HeldSkill:
    """Return a skill of the portfolio with what shows it. Evidence that a check contradicts does not count."""
    proofs = tuple(_proofs(portfolio, evidence_for_skill(portfolio, skill.key)))
    shown_in = tuple(
        dict.fromkeys(
            title_of(entry) for entry in portfolio.entries_showing(skill.key) if not isinstance(entry, Evidence)
        )
    )
    facts = skill_facts(portfolio, Query(kind="skill-facts", key=skill.key))
    return HeldSkill(
        key=skill.key,
        name=skill.name,
        status=PROVEN if proofs else SHOWN if shown_in else NAMED,
        level=skill.level_label,
        months=facts.months if facts else 0,
        proofs=proofs,
        shown_in=shown_in,
        skills=(skill.key,),
    )


def held_qualification(portfolio: Portfolio, entry: Entry) -> HeldSkill:
    """Return a qualification of the portfolio; its address and the evidence for it prove it, unless a check failed.

    One that has expired is only named, with its dates.
    """
    url = getattr(entry, "url", "")
    found = [*portfolio.evidence_for(entry.objtype, entry.key)]
    found += [proof for proof in portfolio.all_evidence() if url and proof.url == url and proof not in found]
    proofs = [*_proofs(portfolio, found)]
    has_ended, expires = portfolio.has_expired(entry), getattr(entry, "expires", None)
    if url and not has_ended and all(proof.url != url for proof in found):
        rung = Verification().rung if portfolio.lock else ""
        proofs.append(Proof(title=entry.name, url=url, by="own", rung=rung))
    skill = HeldSkill(
        key=f"{entry.objtype}:{entry.key}",
        name=entry.name,
        status=PROVEN if proofs and not has_ended else NAMED,
        level="",
        months=0,
        proofs=() if has_ended else tuple(proofs),
        shown_in=(),
        skills=tuple(key for key in entry.shown_skills() if portfolio.find("skill", key)),
        expired=(getattr(entry, "date", None), expires) if has_ended and expires else None,
    )
    return skill.with_dates(str)


def _proofs(portfolio: Portfolio, evidence: Iterable[Evidence]) -> Iterator[Proof]:
    """Yield the evidence that no check contradicts."""
    for proof in evidence:
        verification = portfolio.verification_of(proof)
        if verification is None or verification.rung != "failed":
            rung = verification.rung if verification else ""
            yield Proof(title=proof.name, url=proof.url, by=proof.by, rung=rung)


def compare(asked: Requirements, portfolio: Portfolio, vocabulary: Vocabulary, finder: Finder | None = None) -> Match:
    """Compare what is asked with a portfolio.

    Args:
        asked: What the posting asks for.
        portfolio: The portfolio.
        vocabulary: The vocabulary with which the posting was read, see :func:`vocabulary_of`.
        finder: What finds its names, for the words of the posting in the rows; without it, they are left out.
    """
    holdings = Holdings(portfolio, vocabulary, finder)
    rows = tuple(_row(ask, holdings) for ask in asked.skills)
    if not asked.is_read:
        rows = tuple(replace(row, points=0) for row in rows)
    if finder:
        rows = tuple(replace(row, words=tuple(_words(row.ask, finder))) for row in rows)
    return Match(
        title=asked.title,
        rows=tuple(_in_order(rows)),
        duties=tuple(replace(_row(ask, holdings), points=0) for ask in asked.duties),
        conditions=tuple(_conditions(asked, portfolio)),
        unknown=asked.unknown,
    )


def _words(ask: SkillAsk, finder: Finder) -> Iterator[str]:
    """Yield the names of a skill in its sentence that are not its own name or a form of it."""
    name = squashed(ask.concept.name)
    seen = {name}
    for mention in finder.find(ask.sentence):
        word = ask.sentence[mention.start : mention.end]
        form = squashed(word)
        if mention.key == ask.concept.key and form not in seen and form not in name and name not in form:
            seen.add(form)
            yield word


def _in_order(rows: tuple[SkillRow, ...]) -> list[SkillRow]:
    """Return the rows as the posting names them, the alternatives of a group together, and welcome skills last."""
    groups: dict[int, int] = {}
    for place, row in enumerate(rows):
        groups.setdefault(row.ask.group or -1 - place, place)
    places = [groups[row.ask.group or -1 - place] for place, row in enumerate(rows)]
    order = sorted(range(len(rows)), key=lambda place: (rows[place].ask.strength == MAY, places[place]))
    return [rows[place] for place in order]


def _row(ask: SkillAsk, holdings: Holdings) -> SkillRow:
    if ask.concept.key in holdings.vocabulary.concepts:
        status, held = status_of(ask.concept.key, holdings)
    else:
        status, held = _status_of_part(ask.concept.broader, holdings)
    points = MAY_POINTS if ask.strength == MAY else MUST_POINTS
    return SkillRow(ask=ask, status=status, held=tuple(held), points=points)


def _status_of_part(parts: tuple[str, ...], holdings: Holdings) -> tuple[str, list[HeldSkill]]:
    """Return what the portfolio has of a skill that is only known by a part of its name: at most a neighbor."""
    status, held = status_of(parts[0], holdings) if parts else (MISSING, [])
    return (NEAR, [replace(item, is_part=False) for item in held]) if status in {PROVEN, SHOWN} else (MISSING, [])


def status_of(key: str, holdings: Holdings) -> tuple[str, list[HeldSkill]]:
    """Return what the portfolio has of a concept, and the skills that answer it or are near."""
    held = holdings.answering(key)
    if held:
        concept = holdings.vocabulary.concepts[key]
        is_category = concept.asked == "alone" or concept.parts == "alternatives"  # each kind of it is enough
        found = {SHOWN if _is_only_part(item) and not is_category else item.status for item in held}
        return min(found, key=[*VALUES].index), held
    near = holdings.near(key)
    return (NEAR if near else MISSING), near


def _is_only_part(item: HeldSkill) -> bool:
    """Return whether evidence proves a part of a skill; a qualification such as a certificate is about the whole."""
    return item.is_part and item.status == PROVEN and ":" not in item.key


def person_facts(portfolio: Portfolio) -> dict[str, Any]:
    """Return what conditions are compared with: years, degree, languages, titles and places.

    ``months`` is what the dates of positions prove, and ``most`` what they allow; it is missing if there are none.
    """
    periods = [position.period for position in portfolio.all(Position) if position.period]
    months = months_covered(periods, portfolio.today) if portfolio.today else 0
    return {
        "months": months,
        "years": years_text(months),
        **({"most": months_allowed(periods, portfolio.today)} if periods and portfolio.today else {}),
        "degree": _degree_of(portfolio),
        "languages": {name: found for name in LANGUAGES if (found := _language(name, portfolio))},
        "titles": " · ".join(position.name for position in portfolio.all(Position)),
        "places": " · ".join(dict.fromkeys(item.location for item in portfolio.all(Position) if item.location)),
    }


def _conditions(asked: Requirements, portfolio: Portfolio) -> Iterator[Condition]:
    facts = person_facts(portfolio)
    if asked.years_sentence:
        months = asked.years * 12
        status = MET if facts["months"] >= months else NOT_MET if facts.get("most", months) < months else TO_CHECK
        yield Condition(
            kind="years", asked=str(asked.years), found=facts["years"], status=status, strength=MUST,
            sentence=asked.years_sentence,
        )  # fmt: skip
    rank, text = facts["degree"]
    for degree, sentence, strength in (
        (asked.degree, asked.degree_sentence, MUST),
        (asked.welcome_degree, asked.welcome_degree_sentence, MAY),
    ):
        if degree:
            is_held = rank >= DEGREES.index(degree)
            is_unknown = rank < 0 or (is_held and SELECTED_SCHOOLS.search(sentence))
            status = TO_CHECK if is_unknown else MET if is_held else NOT_MET
            yield Condition(
                kind="degree", asked=degree, found=text, status=status, strength=strength, sentence=sentence
            )
    for language in asked.languages:
        found, states = facts["languages"].get(language.name, ("", ""))
        yield Condition(
            kind="language",
            asked=f"{language.name}, {language.level}" if language.level else language.name,
            found=found,
            status=_language_status(language, found, states),
            strength=language.strength,
            sentence=language.sentence,
        )
    sentence, strength = asked.permit
    if sentence:
        yield Condition(kind="permit", asked=sentence, found="", status=TO_CHECK, strength=strength, sentence=sentence)
    where = {True: "remote", False: "on-site or hybrid", None: ""}[asked.remote]
    place = " · ".join(filter(None, (asked.place, where)))
    for kind, text, found in (("seniority", asked.seniority, facts["titles"]), ("place", place, facts["places"])):
        if text:
            yield Condition(kind=kind, asked=text, found=found, status=TO_CHECK, strength=MUST, sentence=asked.title)


def years_text(months: int) -> str:
    """Return months as years with one digit, such as 3.2."""
    return f"{int(months / 1.2 + 1e-9) / 10:g}"


def _degree_of(portfolio: Portfolio) -> tuple[int, str]:
    """Return the rank of the highest degree, and what the portfolio says of it; -1 if it has none."""
    found = [(rank, entry) for entry in portfolio.all(Education) if (rank := degree_in(entry.study_type)) is not None]
    best = max(found, key=lambda pair: pair[0], default=None)
    return (best[0], " · ".join(filter(None, (best[1].study_type, best[1].area)))) if best else (-1, "")


def _language_status(asked: HumanLanguage, found: str, states: str) -> str:
    """Return whether a language is known as asked; that of somebody who only claims to write it well is to check."""
    status = _STATES[states[LEVEL_ORDER.index(asked.level)]] if states else TO_CHECK
    is_more = ONLY_WRITTEN.match(found) and not ONLY_WRITTEN.match(asked.sentence) and asked.level != "reading"
    return TO_CHECK if is_more and status == MET else status


_STATES = {"0": MET, "1": NOT_MET, "2": TO_CHECK}


def _language(name: str, portfolio: Portfolio) -> tuple[str, str] | None:
    """Return what the portfolio says about a human language, in an entry or a line of the person's summary.

    The second text has the number of a status for each level that can be asked; None if the portfolio says nothing.
    """
    pattern = names_of(name)
    for entry in portfolio.objects():
        if entry.objtype == "language" and pattern.search(entry.name):
            text = " ".join(filter(None, (entry.name, getattr(entry, "fluency", ""))))
            return text, answers(text, is_name=text == entry.name)
    lines = (without_bullet(line) for person in portfolio.all(Person) for line in person.summary.splitlines())
    line = next((line for line in lines if pattern.search(line)), "")
    is_of_several = any(other != name and names_of(other).search(line) for other in LANGUAGES)
    return (line, answers("" if is_of_several else line, is_name=False)) if line else None
