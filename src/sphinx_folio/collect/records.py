"""Collect the records of a page and its queries from its doctree, after translation."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import clean_astext
from sphinx.util.osutil import relpath

from sphinx_folio._common.i18n import __
from sphinx_folio._common.spelling import LIST_SEPARATORS
from sphinx_folio._common.trees import ancestors, nodes_in
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.collect.mentions import collect_mentions, enclosing_entry, only_conditions
from sphinx_folio.collect.project_headings import is_titled_by_role, project_headings
from sphinx_folio.doctree.elements import is_authors, is_entry
from sphinx_folio.doctree.nodes import (
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_sketch,
    folio_summary,
    folio_term,
    folio_untranslated,
)
from sphinx_folio.doctree.text import marked_text, marked_title, section_title, text_of
from sphinx_folio.portfolio.queries import Query
from sphinx_folio.portfolio.records import Entry, Page, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_folio.portfolio.model import EntryT
    from sphinx_folio.portfolio.records import MarkedText
    from sphinx_folio.registry import EntryType

Texts: TypeAlias = "dict[str, str]"
"""Option → text, for the options of an entry that are text."""
Collector: TypeAlias = "Callable[[type[Any], folio_entry, Texts, dict[str, Any]], Entry]"
"""A function with the parameters and the result of :func:`collect_fields`."""


def collect(docname: str, document: nodes.document, types: Mapping[str, EntryType]) -> tuple[Page, tuple[Query, ...]]:
    """Return the records of a page, and the queries whose rows it shows.

    Ids are added to entries and mentions, so that records can refer to them.

    Args:
        docname: The name of the page.
        document: The page, which is modified.
        types: The name of each type of entry → its registration.
    """
    found = list(document.findall(folio_entry))
    for node in found:
        _check_nesting(node, types)
    entries = _with_summary(document, [_entry(docname, document, node, types) for node in found])
    mentions = tuple(collect_mentions(docname, document))
    section = document.next_node(nodes.section)
    title = section_title(section) if section is not None else ""
    folder = Path(document["source"]).parent
    page = Page(
        docname=docname,
        title=title or docname,
        marked=marked_title(section) if section is not None else None,
        entries=tuple(entries),
        mentions=mentions,
        project_headings=tuple(project_headings(document)),
        included=tuple(
            (node["node_id"], Path(relpath(node.source, folder)).as_posix())
            for node in found
            if node.source and node.source != document["source"]
        ),
    )
    return page, tuple(dict.fromkeys(_queries(document)))


def _with_summary(document: nodes.document, entries: list[Entry]) -> list[Entry]:
    """Return the entries of a page; the summary directives are added to the summary of its first person."""
    summaries = [text_of(node).strip() for node in document.findall(folio_summary)]
    person = next((entry for entry in entries if isinstance(entry, Person)), None)
    if not summaries or person is None:
        return entries
    with_summary = replace(person, summary="\n\n".join(filter(None, (person.summary, *summaries))))
    return [with_summary if entry is person else entry for entry in entries]


def _check_nesting(node: folio_entry, types: Mapping[str, EntryType]) -> None:
    """Warn about an entry inside one that cannot contain it, or in a block quote, which indentation creates."""
    owner = enclosing_entry(node)
    allowed = types[node["objtype"]].allowed_parents
    if owner is not None and allowed is not None and owner["objtype"] not in allowed and not owner.get("unclosed"):
        message = __("%s %r is inside %s %r, which cannot contain it; close that entry first")
        names = (node["objtype"], node["key"], owner["objtype"], owner["key"])
        warn(Subtype.MISPLACED_ENTRY, message, *names, location=node)
    elif isinstance(node.parent, nodes.block_quote):
        message = __("%s %r is in a block quote; remove its indentation")
        warn(Subtype.MISPLACED_ENTRY, message, node["objtype"], node["key"], location=node)


def _entry(docname: str, document: nodes.document, node: folio_entry, types: Mapping[str, EntryType]) -> Entry:
    """Return the record of an entry; assign its id, which is stored on the node."""
    texts = _option_texts(node)
    section = node.parent if isinstance(node.parent, nodes.section) else None
    named = _section_around(node)
    heading_fact = node["heading_fact"]
    marked = _marked_fact(node, heading_fact)
    if heading_fact and heading_fact not in texts and named and _is_named_by_title(node, named):
        naming = _naming_section(node, named)
        texts[heading_fact] = section_title(naming)
        marked = marked_title(naming) or marked
    shared = {
        "key": node["key"],
        "docname": docname,
        "line": node.line or 0,
        "node_id": _assign_id(document, node, section),
        "summary": texts.pop("content"),
        "formerly": node.get("formerly", ()),
        "only": only_conditions(node),
        "marked": marked,
    }
    entry_type = types[node["objtype"]]
    return entry_type.collect(entry_type.record, node, texts, shared)


def _option_texts(node: folio_entry) -> Texts:
    """Return the texts of an entry by option; ``content`` is its prose."""
    texts = {}
    for node_class in (folio_fact, folio_sketch, folio_term, folio_untranslated):
        for child in node.findall(node_class):
            if enclosing_entry(child) is node:
                texts[child["fact"]] = clean_astext(child)
    prose = [text_of(child).strip() for child in node.children if isinstance(child, nodes.Element)]
    texts["content"] = "\n\n".join(text for text in prose if text)
    return texts


def _marked_fact(node: folio_entry, heading_fact: str) -> MarkedText | None:
    """Return the part of the name of an entry that is marked as another language, from its options."""
    facts = (child for kind in (folio_fact, folio_term) for child in node.findall(kind))
    named = (child for child in facts if child["fact"] in {heading_fact, "name", "title"})
    marked = (marked_text(child) for child in named if enclosing_entry(child) is node)
    return next(filter(None, marked), None)


def _section_around(node: folio_entry) -> nodes.section | None:
    """Return the section whose child an entry is, also in ``only`` directives; None if it is in another block."""
    parent: nodes.Node | None = node.parent
    while isinstance(parent, addnodes.only):
        parent = parent.parent
    return parent if isinstance(parent, nodes.section) else None


def _is_named_by_title(node: folio_entry, section: nodes.section) -> bool:
    """Return whether the title of the section names an entry: if it is the first of its type in the section.

    All positions of a section use its title as their entity. A highlight, which may have no name, uses the title only
    if it opens the section and is its only highlight: the title of a list of highlights is not the name of the first.
    """
    if node["objtype"] == "position":
        return True
    same = [child for child in node.parent.children if is_entry(child, node["objtype"])]
    if node["objtype"] == "highlight":
        return len(same) == 1 and _opens_section(node, section)
    return same[0] is node


def _naming_section(node: folio_entry, section: nodes.section) -> nodes.section:
    """Return the section whose title names an entry: its own, except for a position after the heading of a project.

    No markup ends a section: a position that follows ``#### {project}`pool` `` belongs to the section above if that has
    a position, too.
    """
    outer: nodes.Node | None = section
    while isinstance(outer, nodes.section) and is_titled_by_role(outer):
        outer = outer.parent
    siblings = outer.children if isinstance(outer, nodes.section) and node["objtype"] == "position" else []
    has_position = any(is_entry(child, "position") for child in siblings)
    return outer if isinstance(outer, nodes.section) and has_position else section


def _opens_section(node: folio_entry, section: nodes.section) -> bool:
    """Return whether an entry is the first visible node below the title of its section."""
    visible = [child for child in section.children if not isinstance(child, nodes.system_message | nodes.Invisible)]
    return len(visible) > 1 and visible[1] is node and isinstance(visible[0], nodes.title)


def _assign_id(document: nodes.document, node: folio_entry, section: nodes.section | None) -> str:
    """Assign an id to an entry, and return it. If the entry opens a section, the section gets the id.

    The ids for former keys are also added, so that external links to them still work.

    Type and key are joined by an underscore, not by a hyphen as in Sphinx's own domains. With a hyphen, Sphinx's search
    index would abbreviate the anchor and rebuild it from the display name instead of the key, which is a dead link.
    """
    node_id = base = f"{node['objtype']}_{node['key']}"
    number = 1
    while node_id in document.ids:
        number += 1
        node_id = f"{base}-{number}"
    holder = section if section is not None and _opens_section(node, section) else node
    holder["ids"].insert(0, node_id)
    former_keys: tuple[str, ...] = node.get("formerly", ())
    former_ids = (f"{node['objtype']}_{key}" for key in former_keys)
    holder["ids"] += [name for name in former_ids if name not in document.ids and name not in holder["ids"]]
    document.set_id(holder)
    node["node_id"] = node_id
    return node_id


def nearest_key(node: nodes.Node, objtype: str) -> str:
    """Return the key of the entry of a type that a node belongs to, or an empty string.

    That is the entry around the node, or the first entry of the type in the innermost block that has one, such as a
    section, a tab or a list item.
    """
    for parent in ancestors(node):
        found = next((item for item in (parent, *parent.children) if is_entry(item, objtype)), None)
        if found is not None:
            return str(found["key"])
    return ""


def _queries(document: nodes.document) -> list[Query]:
    """Return the queries for all data on a page that depends on other pages or on the date."""
    queries = []
    for node in nodes_in(document):
        if isinstance(node, addnodes.pending_xref):
            if node.get("refdomain") == "folio":
                queries.append(Query(kind="target", objtype=node["reftype"], key=node["reftarget"]))
            elif node["reftype"] == "any":
                queries.append(Query(kind="any", key=node["reftarget"]))
        elif isinstance(node, folio_listing):
            queries.append(listing_query(node))
        elif is_authors(node):
            queries.append(Query(kind="people"))
        elif isinstance(node, folio_period):
            if node["show"] == "duration":
                queries.append(Query(kind="period", period=node["period"]))
            elif node["show"] == "validity":
                queries.append(Query(kind="is-over", period=node["period"]))
    return queries


def listing_query(listing: folio_listing) -> Query:
    """Return the query of a listing."""
    return Query(
        kind=listing["kind"],
        objtype=listing.get("objtype", ""),
        key=listing["key"],
        keys=listing.get("keys", ()),
        category=listing.get("category", ""),
        level=listing.get("level", ""),
        project=listing.get("project", ""),
        skill=listing.get("skill", ""),
        types=listing.get("types", ()),
        selected=listing.get("selected", ""),
        since=listing.get("since"),
    )


def collect_fields(record: type[EntryT], node: folio_entry, texts: Texts, shared: dict[str, Any]) -> EntryT:
    """Return a record whose fields are filled from the options of the same name (``study-type`` → ``study_type``).

    A field gets the value on the node if the directive lists the option in ``value_options``, otherwise the text of the
    option; the text is split at commas if the default of the field is a tuple. The name of the entry is the text of the
    option ``heading_fact``, or the title of the section.

    Args:
        record: The class of the record.
        node: The entry, after translation.
        texts: The texts of the options; the title of the section, if it names the entry, is under ``heading_fact``.
        shared: The values of all fields of :class:`Entry` except the name.
    """
    shared_names = {field.name for field in fields(Entry)}
    values: dict[str, Any] = {}
    for field in fields(record):
        option = field.name.replace("_", "-")
        if field.name in shared_names:
            continue
        if option in node and option not in node.list_attributes:  # docutils sets these on every node
            values[field.name] = node[option]
        elif option in texts:
            is_list = isinstance(field.default, tuple)
            values[field.name] = split_list(texts[option]) if is_list else texts[option]
    return record(name=name_or_key(node, texts.get(node["heading_fact"], "")), **values, **shared)


def split_list(text: str) -> tuple[str, ...]:
    """Return the parts of a text between commas of any script, without empty ones; translators choose theirs."""
    return tuple(filter(None, (part.strip() for part in re.split(f"[{LIST_SEPARATORS}]", text))))


def name_or_key(node: folio_entry, name: str) -> str:
    """Return the name of an entry; if it is empty, warn and return the key instead."""
    if name:
        return name
    message = __("this %s has no name: open a section with a title, or give the option %r")
    warn(Subtype.EMPTY_NAME, message, node["objtype"], node["heading_fact"], location=node)
    return str(node["key"])
