"""Make the index of one page: a row for each search result on it, and the terms of the rows."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.searchable import Facts
from sphinx_folio.search.borders import accidental_terms
from sphinx_folio.search.pinyin import chinese_characters_in
from sphinx_folio.search.records import CELL, HEADER_ROW, OBJECT, ROW, SECTION, Record
from sphinx_folio.search.synonyms import phrases_in
from sphinx_folio.search.tokenizer import neighbors, tokenize
from sphinx_folio.search.variants import convertible_characters_in, regional_words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_folio.search.catalogs import Catalogs
    from sphinx_folio.search.objects import LocatedObject, Lookup, ObjectLookup

_REFERENCE = re.compile("\ue000([^\ue001]*)\ue001([^\ue002]*)\ue002")
_FILLED = re.compile("\ue003([^\ue001]*)\ue001([^\ue002]*)\ue002")
_CELL_BORDER = re.compile(f" ?([{HEADER_ROW}{ROW}{CELL}]) ?")
_EMPTY_FIRST_CELL = re.compile(f"(?<={ROW}) *(?={CELL})")
_CELL_BORDERS = {HEADER_ROW: "\n\t", ROW: "\n", CELL: "\t"}
"""In the index, a table has one line for each row, with tabs between cells; a header row begins with a tab.

An empty first cell of another row is a space.
"""
NODE_ID, TITLE, TRAIL, KIND, TEXT, KEYWORDS, SKILLS, DATES, WORDS = range(9)
"""The columns of a row; ``index`` describes them."""

Row = tuple[Any, ...]


@dataclass(slots=True)
class PageIndex:
    """The index of one page, which the cache keeps until the page or something that it looked up changes.

    All fields are strings, or tuples of strings and numbers: Python's garbage collector untracks those, which saves
    time on large sites.
    """

    digest: str
    """The digest of the page's records."""
    lookups: tuple[tuple[Lookup, Any], ...]
    """The lookups of objects that were made for it, with their results."""
    title: str
    rows: tuple[Row, ...]
    translated_titles: tuple[tuple[str, ...], ...]
    """For each row, its title in the other languages of the site."""
    lengths: tuple[int, ...]
    """For each row, the number of terms in its text."""
    accidents: tuple[str, ...]
    """For each row, what :func:`~sphinx_folio.search.borders.accidental_terms` returns, separated by spaces."""
    term_counts_json: str
    """See :meth:`term_counts`; kept as JSON because most builds do not need it."""
    name_terms: tuple[str, ...]
    """The terms of everything except the texts."""
    phrases: tuple[str, ...]
    """The phrases of the vocabulary in it."""
    regional_words: tuple[str, ...]
    """See :func:`~sphinx_folio.search.variants.regional_words_in`."""
    convertible_characters: str
    """See :func:`~sphinx_folio.search.variants.convertible_characters_in`."""
    chinese_characters: str
    """See :func:`~sphinx_folio.search.pinyin.chinese_characters_in`."""

    def term_counts(self) -> list[dict[str, int]]:
        """Return term → number of occurrences in the text, for each row; 0 if all are accidents, -1 if negated.

        Two neighboring words, which have a space between them, count 1.
        """
        counts: list[dict[str, int]] = json.loads(self.term_counts_json)
        return counts


def index_page(
    docname: str,
    digest: str,
    records: list[Record],
    objects: ObjectLookup,
    catalogs: Catalogs,
    *,
    before: PageIndex | None = None,
    is_japanese: bool = False,
) -> PageIndex:
    """Return the index of one page.

    Args:
        docname: The page.
        digest: The digest of its records.
        records: Its records; the first is that of the page itself.
        objects: Objects of all pages; its recorded lookups are reset.
        catalogs: The translations of the site.
        before: The index of the page in the last build; without new texts in Chinese, no segmenter is loaded.
        is_japanese: Whether the pages are in Japanese.
    """
    objects.recorded = {}
    filled = [
        replace(
            record,
            title=_with_names(record.title, objects),
            trail=tuple(_with_names(part, objects) for part in record.trail),
            text=[_filled(docname, piece, objects) for piece in record.text],
        )
        for record in records
    ]
    located = list(_with_objects(docname, filled, objects))
    rows = tuple(_row(record, objects) for record in _without_duplicates(located, objects))
    counts = [Counter(tokenize(row[TEXT], is_japanese=is_japanese)) for row in rows]
    known = dict(zip((row[TEXT] for row in before.rows), before.accidents, strict=True)) if before else {}
    accidents = [
        known[row[TEXT]] if row[TEXT] in known else _accidents(row[TEXT], terms, is_japanese=is_japanese)
        for row, terms in zip(rows, counts, strict=True)
    ]
    names = "\n".join([filled[0].title, *(name for row in rows for name in _names_in(row))])
    text = "\n".join([names, *(row[TEXT] for row in rows)])
    name_terms = tuple(dict.fromkeys(tokenize(names, is_japanese=is_japanese)))
    return PageIndex(
        digest=digest,
        lookups=tuple(objects.recorded.items()),
        title=filled[0].title,
        rows=rows,
        translated_titles=tuple(tuple(catalogs.other_languages(docname, row[TITLE])) for row in rows),
        lengths=tuple(terms.total() for terms in counts),
        accidents=tuple(accidents),
        term_counts_json=json.dumps(
            [
                terms
                | {other.removeprefix("-"): -other.startswith("-") for other in others.split()}
                | dict.fromkeys(sorted(neighbors(row[TEXT])), 1)
                for row, terms, others in zip(rows, counts, accidents, strict=True)
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        ),
        name_terms=name_terms,
        phrases=tuple(phrases_in(text, set(name_terms).union(*counts))),
        regional_words=tuple(regional_words_in(text)),
        convertible_characters=convertible_characters_in(text),
        chinese_characters=chinese_characters_in(text),
    )


def _accidents(text: str, counts: Mapping[str, int], *, is_japanese: bool) -> str:
    return "" if is_japanese else " ".join(accidental_terms(text, counts))


def _filled(docname: str, text: str, objects: ObjectLookup) -> str:
    return _FILLED.sub(lambda match: f" {objects.filled(docname, match[1], match[2])} ", text)


def _names_in(row: Row) -> Iterable[str]:
    """Yield the searchable strings of a row, except its text; anchors are searchable, because authors choose them."""
    yield from (row[NODE_ID], row[TITLE], *row[TRAIL], *row[KEYWORDS], *row[WORDS], *row[DATES])


def _with_objects(docname: str, records: list[Record], objects: ObjectLookup) -> Iterator[Record]:
    """Yield the records of a page, merged with the objects that domains have at their anchors.

    - The record of a page is kept; records for visible objects at its title are added.
    - A section with a visible object becomes that object. If all its objects are hidden, as labels are, it takes the
      anchor of the first, which the author chose.
    - An anchor or a description becomes the first object there; an anchor without an object is dropped.
    - Visible objects at anchors that no record has are added.
    """
    by_anchor: dict[str, list[LocatedObject]] = {}
    for found in objects.on_page(docname):
        by_anchor.setdefault(found.anchor, []).append(found)
    for record in records:
        here = [found for anchor in record.ids for found in by_anchor.pop(anchor, ())]
        here.sort(key=lambda found: (found.is_hidden, found.title != record.title))
        visible = [found for found in here if not found.is_hidden]
        if record.objtype or (record.element == OBJECT and not here):
            yield record
        elif not record.node_id:
            yield record
            yield from (_object_record(Record("", ""), [found]) for found in visible)
        elif record.element == SECTION and not visible:
            yield replace(record, node_id=here[0].anchor if here else record.node_id)
        elif here:
            yield _object_record(record, here)
    remaining = (found for others in by_anchor.values() for found in others if not found.is_hidden)
    yield from (_object_record(Record("", ""), [found]) for found in remaining)


def _object_record(record: Record, here: list[LocatedObject]) -> Record:
    """Return a record for the first object at its anchor; the names of others of the same kind become keywords.

    Titles in the trail that the object's title repeats, such as the class of a method, are left out.
    """
    first = here[0]
    names = [name for found in here if found.kind == first.kind for name in (found.title, found.name)]
    keywords = (*names, *([record.title] if record.element == SECTION else []))
    trail = tuple(part for part in record.trail if part not in first.title)
    return Record(
        *(first.anchor, first.title, trail, first.kind),
        keywords=keywords,
        skills=record.skills,
        text=record.text,
        words=record.words,
        ids=record.ids,
    )


def _without_duplicates(records: list[Record], objects: ObjectLookup) -> list[Record]:
    """Merge each section with the first object at its anchors, and each page with the object that it is about.

    Only the record of the object is kept; the text and the words of the section or page are appended to it.
    """
    by_anchor = {record.node_id: record for record in reversed(records) if record.objtype and record.node_id}
    subjects = {facts.name: record for record in reversed(records) if (facts := _facts(record, objects)).is_subject}
    kept: list[Record] = []
    added: dict[int, list[Record]] = {}
    for record in records:
        at_section = (by_anchor[node_id] for node_id in record.ids if node_id in by_anchor)
        found = next(at_section, None) if record.node_id else subjects.get(record.title)
        if record.objtype or found is None:
            kept.append(record)
        else:
            added.setdefault(id(found), []).append(record)
    for record in kept:
        for other in added.get(id(record), []):
            record.text = [*record.text, " ", *other.text]
            record.words = [*record.words, *other.words]
    return kept


def _facts(record: Record, objects: ObjectLookup) -> Facts:
    """Return the facts that the domain adds to the object of a record; by default, only the title."""
    return (objects.facts(record.objtype, record.key) if record.key else None) or Facts(record.title)


def _row(record: Record, objects: ObjectLookup) -> Row:
    facts = _facts(record, objects)
    name = facts.name or (record.trail[-1] if record.trail else "")
    text = re.sub(r"\s+", " ", _with_names("".join([facts.text, " ", *record.text]), objects))
    text = _CELL_BORDER.sub(lambda border: _CELL_BORDERS[border[1]], _EMPTY_FIRST_CELL.sub("   ", text))
    text = text.rstrip().lstrip(" ")
    if facts.repeats_name and name:
        text = text.replace(f" {name} ", " ", 1)
    trail = tuple(part for part in record.trail if part and part != name)
    title = name or re.sub(r"\s+", " ", text[:40])
    kind = record.objtype or ("page" if not record.node_id else "section")
    keywords = tuple(dict.fromkeys(word for word in (*record.keywords, *facts.keywords) if word and word != title))
    skills = (record.key,) if record.objtype == "skill" else tuple(record.skills)
    words = tuple(dict.fromkeys(word for word in record.words if word not in {"", title, *keywords}))
    return record.node_id, title, trail, kind, text, keywords, skills, facts.dates, words


def _with_names(text: str, objects: ObjectLookup) -> str:
    """Replace the placeholders of references by the names of their objects, or by keys if there is no such object."""
    return _REFERENCE.sub(lambda match: objects.name(match[1], match[2]) or match[2], text)
