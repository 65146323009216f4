"""What the index holds of one page: made when the page or what it shows of others changes, and kept between builds."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sphinx_folio.search.aliases import phrases_in, regional_in, variants_in
from sphinx_folio.search.terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_folio.search.catalogs import Catalogs
    from sphinx_folio.search.records import Record

_REFERENCE = re.compile("\ue000([^\ue001]*)\ue001([^\ue002]*)\ue002")
NODE_ID, NAMED, TRAIL, KIND, TEXT, KEYWORDS, SKILLS, DATES = range(8)
"""The columns of a row."""

Question = tuple[str, str, str]
Row = tuple[Any, ...]


@dataclass(slots=True)
class Part:
    """A page's part of the index: of texts and tuples of texts, which Python's collector does not look through."""

    digest: str
    """That of the records that it was made of."""
    asked: tuple[tuple[Question, Any], ...]
    """What it was made of beside them: questions about objects, and their answers then."""
    title: str
    rows: tuple[Row, ...]
    elsewhere: tuple[tuple[str, ...], ...]
    """For each row, what it is called in the site's other languages."""
    lengths: tuple[int, ...]
    """Of how many terms each row's text is."""
    counts: str
    """For each row how often its text has which term, as JSON, which most builds need not read."""
    said: tuple[str, ...]
    """The terms of all but the texts."""
    phrases: tuple[str, ...]
    """The phrases of the vocabulary that it says."""
    regional: tuple[str, ...]
    """The words that it says and that are others in Taiwan, and those."""
    variants: str
    """The characters that it says and that have a Traditional form, and those."""

    def terms(self) -> list[dict[str, int]]:
        """Return for each row how often its text has which term."""
        terms: list[dict[str, int]] = json.loads(self.counts)
        return terms


class Objects:
    """What pages ask about the portfolio's objects, of which there may be none."""

    def __init__(self, names: dict[tuple[str, str], str], portfolio: Any) -> None:
        """Take the names of objects by type and key, and the portfolio.

        Args:
            names: What each object is called.
            portfolio: What tells more about them; None on a site without one.
        """
        self._names = names
        self._portfolio = portfolio
        self._known: dict[Question, Any] = {}
        self.asked: dict[Question, Any] = {}
        """The questions since it was last emptied, and their answers."""

    def name(self, objtype: str, key: str) -> str | None:
        """Return what an object is called, or nothing if there is none."""
        name: str | None = self._ask(("name", objtype, key))
        return name

    def facts(self, objtype: str, key: str) -> tuple[str, str, str, tuple[str, ...]] | None:
        """Return an object's own name, where it was, its level and its dates, or nothing if there is none."""
        facts: tuple[str, str, str, tuple[str, ...]] | None = self._ask(("facts", objtype, key))
        return facts

    def still_say(self, asked: Iterable[tuple[Question, Any]]) -> bool:
        """Tell whether all questions have the answers that they had."""
        return all(self._answer(question) == answer for question, answer in asked)

    def _ask(self, question: Question) -> Any:
        self.asked[question] = answer = self._answer(question)
        return answer

    def _answer(self, question: Question) -> Any:
        if question not in self._known:
            kind, objtype, key = question
            self._known[question] = self._names.get((objtype, key)) if kind == "name" else self._look_up(objtype, key)
        return self._known[question]

    def _look_up(self, objtype: str, key: str) -> tuple[str, str, str, tuple[str, ...]] | None:
        entry = self._portfolio.find(objtype, key) if self._portfolio else None
        if entry is None:
            return None
        dates: tuple[str, ...] = ()
        date = getattr(entry, "date", None)
        period = self._portfolio.period_of(entry)
        if period is not None and period == getattr(entry, "period", None):
            dates = (str(period.start), str(period.end or ""))
        elif period is not None:  # that of what it belongs to, of which only the years are its own
            dates = (str(period.start.year), str(period.end.year if period.end else ""))
        elif date is not None:
            dates = (str(date), str(date))
        return entry.name or "", getattr(entry, "entity", ""), getattr(entry, "level_label", ""), dates


def part_of(docname: str, digest: str, records: list[Record], objects: Objects, catalogs: Catalogs) -> Part:
    """Return a page's part of the index.

    Args:
        docname: The page.
        digest: That of its records.
        records: What was read there.
        objects: What knows the objects that it shows.
        catalogs: What knows the site's other languages.
    """
    objects.asked = {}
    rows = tuple(_row(record, objects) for record in _worth_finding(records, objects))
    title = _plain(records[0].title, objects)
    counts = [Counter(terms_of(row[TEXT])) for row in rows]
    names = "\n".join([title, *(name for row in rows for name in _said_beside(row))])
    text = "\n".join([names, *(row[TEXT] for row in rows)])
    said = tuple(dict.fromkeys(terms_of(names)))
    return Part(
        digest,
        tuple(objects.asked.items()),
        title,
        rows,
        tuple(tuple(catalogs.elsewhere(docname, row[NAMED])) for row in rows),
        tuple(terms.total() for terms in counts),
        json.dumps(counts, ensure_ascii=False, separators=(",", ":")),
        said,
        tuple(phrases_in(text, set(said).union(*counts))),
        tuple(regional_in(text)),
        variants_in(text),
    )


def _said_beside(row: Row) -> Iterable[str]:
    """Yield what a row says beside its text: anchors, too, which authors choose."""
    yield from (row[NODE_ID], row[NAMED], *row[TRAIL], *row[KEYWORDS], *row[DATES])


def _worth_finding(records: list[Record], objects: Objects) -> list[Record]:
    """Join places with the object that they are of: a section with its first object, a page with its namesake."""
    held = {record.node_id: record for record in reversed(records) if record.objtype and record.node_id}
    namesakes = {
        objects.name(record.objtype, record.key) or "": record
        for record in reversed(records)
        if record.objtype in {"project", "person"}
    }
    kept: list[Record] = []
    more: dict[int, list[str]] = {}
    for record in records:
        found = held.get(record.node_id) if record.node_id else namesakes.get(record.title)
        if record.objtype or found is None:
            kept.append(record)
        else:
            more.setdefault(id(found), []).extend([" ", *record.text])
    return [replace(record, text=[*record.text, *more.get(id(record), [])]) for record in kept]


def _row(record: Record, objects: Objects) -> Row:
    facts = objects.facts(record.objtype, record.key) if record.objtype else None
    title, level = record.title, ""
    dates: tuple[str, ...] = ()
    keywords = list(record.keywords)
    if facts is not None:
        title, entity, level, dates = facts
        if record.objtype in {"highlight", "position"} and not title:
            title = record.trail[-1] if record.trail else ""
        if record.objtype == "position":
            keywords.append(entity)
    text = re.sub(r"\s+", " ", _plain("".join([level, " ", *record.text]), objects)).strip()
    if record.objtype == "evidence" and title:
        text = text.replace(f" {title} ", " ", 1)  # its facts are enough beneath its title
    trail = tuple(_plain(part, objects) for part in record.trail if part and part != title)
    named = _plain(title, objects) or (trail[-1] if trail else text[:40])
    kind = record.objtype or ("page" if not record.node_id else "section")
    words = tuple(dict.fromkeys(word for word in keywords if word and word != named))
    skills = (record.key,) if record.objtype == "skill" else tuple(record.skills)
    return record.node_id, named, trail, kind, text, words, skills, dates


def _plain(text: str, objects: Objects) -> str:
    """Return a text with the names of objects in the place of references to them."""
    return _REFERENCE.sub(lambda match: objects.name(match[1], match[2]) or match[2], text)
