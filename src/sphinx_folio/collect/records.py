"""From the nodes of one finished page to its records: names after translation, places, and what the page asks for."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import clean_astext

from sphinx_folio._common.i18n import __
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.collect.mentions import conditions_of, mentions_of, owner_of
from sphinx_folio.doctree.nodes import (
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_sketch,
    folio_summary,
    folio_term,
)
from sphinx_folio.doctree.text import text_of, title_of_section
from sphinx_folio.portfolio.queries import Query
from sphinx_folio.portfolio.records import (
    Entry,
    Page,
    Person,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_folio.registry import EntryType

Texts: TypeAlias = "dict[str, str]"
"""The texts of an entry, by the option that gives each; ``content`` is its prose."""
Collector: TypeAlias = "Callable[[type[Any], folio_entry, Texts, dict[str, Any]], Entry]"
"""Makes the record of an entry, see :func:`collect_fields`."""


def collect(docname: str, document: nodes.document, types: Mapping[str, EntryType]) -> tuple[Page, tuple[Query, ...]]:
    """Return a page's records and its questions to the portfolio; give every place that they name an id."""
    found = list(document.findall(folio_entry))
    for node in found:
        _check_place(node, types)
    entries = _with_summary(document, [_entry(docname, document, node, types) for node in found])
    mentions = tuple(mentions_of(docname, document))
    section = document.next_node(nodes.section)
    title = title_of_section(section) if section is not None else ""
    page = Page(docname=docname, title=title or docname, entries=tuple(entries), mentions=mentions)
    return page, tuple(dict.fromkeys(_queries(document)))


def _with_summary(document: nodes.document, entries: list[Entry]) -> list[Entry]:
    """Return a page's entries, the first person with what the page says of them in sum."""
    said = [text_of(node).strip() for node in document.findall(folio_summary)]
    person = next((entry for entry in entries if isinstance(entry, Person)), None)
    if not said or person is None:
        return entries
    told = replace(person, summary="\n\n".join(filter(None, (person.summary, *said))))
    return [told if entry is person else entry for entry in entries]


def _check_place(node: folio_entry, types: Mapping[str, EntryType]) -> None:
    """Warn of an entry in another one that it does not belong to, and of one in a quotation, as by indentation."""
    owner = owner_of(node)
    inside = types[node["objtype"]].inside
    if owner is not None and inside is not None and owner["objtype"] not in inside and not owner.get("unclosed"):
        message = __("%s %r is inside %s %r but cannot belong to it; close that entry first")
        names = (node["objtype"], node["key"], owner["objtype"], owner["key"])
        warn(Subtype.MISPLACED_ENTRY, message, *names, location=node)
    elif isinstance(node.parent, nodes.block_quote):
        message = __("%s %r is in a block quote; remove its indentation")
        warn(Subtype.MISPLACED_ENTRY, message, node["objtype"], node["key"], location=node)


def _entry(docname: str, document: nodes.document, node: folio_entry, types: Mapping[str, EntryType]) -> Entry:
    """Make a record of an entry and settle its id, which is kept on the node."""
    facts = _facts(node)
    section = node.parent if isinstance(node.parent, nodes.section) else None
    heading_fact = node["heading_fact"]
    if heading_fact and heading_fact not in facts and section and _may_take_heading(node, section):
        facts[heading_fact] = title_of_section(section)
    shared = {
        "key": node["key"],
        "docname": docname,
        "line": node.line or 0,
        "node_id": _settle_id(document, node, section),
        "summary": facts.pop("content"),
        "formerly": node.get("formerly", ()),
        "only": conditions_of(node),
    }
    kind = types[node["objtype"]]
    return kind.collect(kind.record, node, facts, shared)


def _facts(node: folio_entry) -> dict[str, str]:
    """Return the texts of an entry by field: those that options gave, and the content."""
    facts = {}
    for kind in (folio_fact, folio_sketch, folio_term):
        for child in node.findall(kind):
            if owner_of(child) is node:
                facts[child["fact"]] = clean_astext(child)
    prose = [text_of(child).strip() for child in node.children if isinstance(child, nodes.Element)]
    facts["content"] = "\n\n".join(text for text in prose if text)
    return facts


def _may_take_heading(node: folio_entry, section: nodes.section) -> bool:
    """Tell whether an entry is the one that the section's title names: the first of its type.

    Several positions share the entity that stands in the title. A highlight is named by a title only if it opens
    the section: it need not have a name.
    """
    if node["objtype"] == "position":
        return True
    if node["objtype"] == "highlight":
        return _opens(node, section)
    same = (child for child in section.children if isinstance(child, folio_entry))
    return next(child for child in same if child["objtype"] == node["objtype"]) is node


def _opens(node: folio_entry, section: nodes.section) -> bool:
    """Tell whether an entry is the first thing that a reader sees below its section's title."""
    seen = [child for child in section.children if not isinstance(child, nodes.system_message | nodes.Invisible)]
    return len(seen) > 1 and seen[1] is node and isinstance(seen[0], nodes.title)


def _settle_id(document: nodes.document, node: folio_entry, section: nodes.section | None) -> str:
    """Give an entry its id, on the section that it opens if it opens one.

    The ids that it had under earlier keys stand beside it, so that links from elsewhere still arrive.
    Type and key are joined by an underscore. With the hyphen that Sphinx's own domains use, Sphinx's search would
    shorten the anchor and put it together again from the name that is shown, not from the key: a dead link.
    """
    node_id = base = f"{node['objtype']}_{node['key']}"
    number = 1
    while node_id in document.ids:
        number += 1
        node_id = f"{base}-{number}"
    holder = section if section is not None and _opens(node, section) else node
    holder["ids"].insert(0, node_id)
    earlier: tuple[str, ...] = node.get("formerly", ())
    former = (f"{node['objtype']}_{key}" for key in earlier)
    holder["ids"] += [name for name in former if name not in document.ids and name not in holder["ids"]]
    document.set_id(holder)
    node["node_id"] = node_id
    return node_id


def enclosing(node: nodes.Node, objtype: str) -> str:
    """Return the key of the entry of a type that stands in the nearest section around a node, before it."""
    parent: nodes.Element | None = node.parent
    while parent is not None:
        if isinstance(parent, folio_entry) and parent["objtype"] == objtype:
            return str(parent["key"])
        if isinstance(parent, nodes.section):
            for child in parent.children:
                if isinstance(child, folio_entry) and child["objtype"] == objtype:
                    return str(child["key"])
        parent = parent.parent
    return ""


def _queries(document: nodes.document) -> list[Query]:
    """Return what a page shows that other pages, or the day, may change."""
    queries = [
        Query(kind="target", objtype=reference["reftype"], key=reference["reftarget"])
        for reference in document.findall(addnodes.pending_xref)
        if reference.get("refdomain") == "folio"
    ]
    queries += [
        Query(kind="any", key=reference["reftarget"])
        for reference in document.findall(addnodes.pending_xref)
        if reference["reftype"] == "any"
    ]
    queries += [query_of(listing) for listing in document.findall(folio_listing)]
    queries += [
        Query(kind="period", period=node["period"])
        for node in document.findall(folio_period)
        if node["show"] == "duration" and not node["period"].end
    ]
    return queries


def query_of(listing: folio_listing) -> Query:
    """Return the question that a listing asks."""
    return Query(
        kind=listing["kind"],
        objtype=listing.get("objtype", ""),
        key=listing["key"],
        keys=listing.get("keys", ()),
        category=listing.get("category", ""),
        level=listing.get("level", ""),
        project=listing.get("project", ""),
        skill=listing.get("skill", ""),
        since=listing.get("since"),
    )


def collect_fields(record: type[Entry], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> Entry:
    """Return a record whose fields are the options of the same names: values kept on the node, else texts.

    The name of the entry is the text of its heading option; a type with another name has a collector of its own.

    Args:
        record: The class of the record.
        node: The entry, finished and translated.
        texts: What its options and its content say, by option; the title of the section if that names the entry.
        shared: The fields that every record has, except its name.
    """
    own = {field.name for field in fields(record)} - {field.name for field in fields(Entry)}
    values: dict[str, Any] = {}
    for name in own:
        option = name.replace("_", "-")
        if option in node:
            values[name] = node[option]
        elif option in texts:
            values[name] = texts[option]
    return record(name=name_of(node, texts.get(node["heading_fact"], "")), **values, **shared)


def name_of(node: folio_entry, name: str) -> str:
    """Return the name of an entry; if it has none, warn and return its key."""
    if name:
        return name
    message = __("this %s has no name: open a section with a title, or give the option %r")
    warn(Subtype.EMPTY_NAME, message, node["objtype"], node["heading_fact"], location=node)
    return str(node["key"])
