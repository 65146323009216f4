"""What the index holds of one page: made when the page or what it shows of others changes, and kept between builds."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_folio._common.characters import strip_forbidden
from sphinx_folio._common.searchable import Facts, SearchableDomain
from sphinx_folio.search.aliases import phrases_in, regional_in, variants_in
from sphinx_folio.search.records import OBJECT, SECTION, Record
from sphinx_folio.search.terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.domains import Domain

    from sphinx_folio.search.catalogs import Catalogs

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


class Found(NamedTuple):
    """An object of a domain at an anchor of a page."""

    anchor: str
    kind: str
    name: str
    title: str
    is_hidden: bool
    """Whether its domain keeps it out of results: its name leads to what else is at the anchor."""


class Objects:
    """What pages ask about the objects of all domains."""

    def __init__(self, domains: Iterable[Domain]) -> None:
        """Take the objects that domains know once all pages are read."""
        self._labels: dict[str, str] = {}
        self._telling: dict[str, SearchableDomain] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._places: dict[str, list[Found]] = {}
        self._known: dict[Question, Any] = {}
        self.asked: dict[Question, Any] = {}
        """The questions since it was last emptied, and their answers."""
        for domain in domains:
            self._add(domain)

    def _add(self, domain: Domain) -> None:
        """Add the objects of a domain; the nodes of those of which it tells more say where they are."""
        telling = isinstance(domain, SearchableDomain)
        kinds = {objtype: objtype if telling else f"{domain.name}:{objtype}" for objtype in domain.object_types}
        for objtype, kind in kinds.items():
            self._labels[kind] = str(domain.get_type_name(domain.object_types[objtype]))
            if isinstance(domain, SearchableDomain):
                self._telling[kind] = domain
        for name, title, objtype, docname, anchor, priority in domain.get_objects():
            if objtype not in kinds:
                continue
            if telling:
                self._names[kinds[objtype], name] = str(title)
            elif anchor:
                found = Found(
                    anchor, kinds[objtype], strip_forbidden(str(name)), strip_forbidden(str(title)), priority < 0
                )
                self._places.setdefault(docname, []).append(found)

    def labels(self, kinds: AbstractSet[str]) -> dict[str, str]:
        """Return what kinds of objects are called, in the language of the build, in the order of their domains."""
        return {kind: label for kind, label in self._labels.items() if kind in kinds}

    def named(self, kind: str) -> dict[str, str]:
        """Return the names of the objects of a kind by key."""
        return {key: name for (other, key), name in self._names.items() if other == kind}

    def name(self, kind: str, key: str) -> str | None:
        """Return what an object is called, or nothing if there is none."""
        name: str | None = self._ask(("name", kind, key))
        return name

    def facts(self, kind: str, key: str) -> Facts | None:
        """Return what a domain tells of an object, or nothing if there is none."""
        facts: tuple[Any, ...] | None = self._ask(("facts", kind, key))
        return None if facts is None else Facts(*facts)

    def on_page(self, docname: str) -> list[Found]:
        """Return the objects on a page: those that are shown before hidden ones, an object before its members."""
        found: tuple[tuple[Any, ...], ...] = self._ask(("page", docname, ""))
        return [Found(*fields) for fields in found]

    def still_say(self, asked: Iterable[tuple[Question, Any]]) -> bool:
        """Tell whether all questions have the answers that they had."""
        return all(self._answer(question) == answer for question, answer in asked)

    def _ask(self, question: Question) -> Any:
        self.asked[question] = answer = self._answer(question)
        return answer

    def _answer(self, question: Question) -> Any:
        if question not in self._known:
            self._known[question] = self._look_up(*question)
        return self._known[question]

    def _look_up(self, asked: str, subject: str, key: str) -> Any:
        """Return an answer as plain tuples and texts, see :class:`Part`."""
        if asked == "name":
            return self._names.get((subject, key))
        if asked == "page":
            places = self._places.get(subject, [])
            return tuple(map(tuple, sorted(places, key=lambda found: (found.is_hidden, len(found.name), found))))
        domain = self._telling.get(subject)
        facts = domain.search_facts(subject, key) if domain else None
        return None if facts is None else tuple(facts)


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
    located = list(_located(docname, records, objects))
    rows = tuple(_row(record, objects) for record in _worth_finding(located, objects))
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


def _located(docname: str, records: list[Record], objects: Objects) -> Iterator[Record]:
    """Yield the records of a page with the objects that domains know at their anchors, and one for each that has none.

    A page stays one beside the objects at its title. A section becomes the object at its title; if that is hidden, as
    labels are, its anchor is the one that the author chose. Other anchors without objects are dropped.
    """
    places: dict[str, list[Found]] = {}
    for thing in objects.on_page(docname):
        places.setdefault(thing.anchor, []).append(thing)
    for record in records:
        there = [thing for anchor in record.ids for thing in places.pop(anchor, ())]
        there.sort(key=lambda thing: (thing.is_hidden, thing.title != record.title))
        shown = [thing for thing in there if not thing.is_hidden]
        if record.objtype or (record.place == OBJECT and not there):
            yield record
        elif not record.node_id:
            yield record
            yield from (_named(Record("", ""), [thing]) for thing in shown)
        elif record.place == SECTION and not shown:
            yield replace(record, node_id=there[0].anchor if there else record.node_id)
        elif there:
            yield _named(record, there)
    elsewhere = (thing for things in places.values() for thing in things if not thing.is_hidden)
    yield from (_named(Record("", ""), [thing]) for thing in elsewhere)


def _named(record: Record, there: list[Found]) -> Record:
    """Return a record as that of the first object at its anchor; objects of another kind are parts of it.

    Titles above it that its own repeats, such as that of the class of a method, are left out.
    """
    first = there[0]
    names = [name for thing in there if thing.kind == first.kind for name in (thing.title, thing.name)]
    keywords = (*names, *([record.title] if record.place == SECTION else []))
    trail = tuple(part for part in record.trail if part not in first.title)
    return Record(first.anchor, first.title, trail, first.kind, keywords=keywords, text=record.text, ids=record.ids)


def _worth_finding(records: list[Record], objects: Objects) -> list[Record]:
    """Join places with the object that they are of: a section with its first object, a page with its namesake."""
    held = {record.node_id: record for record in reversed(records) if record.objtype and record.node_id}
    subjects = {facts.name: record for record in reversed(records) if (facts := _facts(record, objects)).is_subject}
    kept: list[Record] = []
    more: dict[int, list[str]] = {}
    for record in records:
        opened = (held[node_id] for node_id in record.ids if node_id in held)
        found = next(opened, None) if record.node_id else subjects.get(record.title)
        if record.objtype or found is None:
            kept.append(record)
        else:
            more.setdefault(id(found), []).extend([" ", *record.text])
    return [replace(record, text=[*record.text, *more.get(id(record), [])]) for record in kept]


def _facts(record: Record, objects: Objects) -> Facts:
    """Return what a domain tells of the object of a record, or else what the record says itself."""
    return (objects.facts(record.objtype, record.key) if record.key else None) or Facts(record.title)


def _row(record: Record, objects: Objects) -> Row:
    facts = _facts(record, objects)
    title = facts.name or (record.trail[-1] if record.trail else "")
    text = re.sub(r"\s+", " ", _plain("".join([facts.text, " ", *record.text]), objects)).strip()
    if facts.repeats_name and title:
        text = text.replace(f" {title} ", " ", 1)
    trail = tuple(_plain(part, objects) for part in record.trail if part and part != title)
    named = _plain(title, objects) or text[:40]
    kind = record.objtype or ("page" if not record.node_id else "section")
    keywords = (*record.keywords, *facts.keywords)
    words = tuple(dict.fromkeys(word for word in keywords if word and word != named))
    skills = (record.key,) if record.objtype == "skill" else tuple(record.skills)
    return record.node_id, named, trail, kind, text, words, skills, facts.dates


def _plain(text: str, objects: Objects) -> str:
    """Return a text with the names of objects in the place of references to them."""
    return _REFERENCE.sub(lambda match: objects.name(match[1], match[2]) or match[2], text)
