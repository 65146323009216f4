"""From the nodes of one finished page to its records: names after translation, places, and what the page asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import clean_astext

from sphinx_folio.i18n import __
from sphinx_folio.model import (
    KEY_FORM,
    Education,
    Entry,
    Evidence,
    Highlight,
    Mention,
    Page,
    Person,
    Position,
    Project,
    Skill,
    reference_mark,
)
from sphinx_folio.nodes import folio_entry, folio_fact, folio_listing, folio_period, folio_term
from sphinx_folio.queries import Query
from sphinx_folio.warnings import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = "\ue002"
_EMPTY_BRACKETS = re.compile(r"\s*[(（]\s*[)）]")
_SENTENCE_END = re.compile(r"(?<=[。！？；!?])|(?<=[.;])\s+|\n\n")

UNSEEN = (
    nodes.raw,
    nodes.Invisible,
    nodes.system_message,
    addnodes.only,
    addnodes.index,
    folio_entry,
    folio_fact,
    folio_listing,
)
OWN_CLASSES = {"folio-line", "folio-facts", "folio-tags"}
"""What an entry adds to the text that its author wrote."""

BLOCKS = (nodes.list_item, nodes.paragraph, nodes.entry, nodes.definition_list_item, nodes.title, nodes.rubric)
"""What a deep link to a passage leads to: the smallest of these around it."""


def collect(docname: str, document: nodes.document) -> tuple[Page, tuple[Query, ...]]:
    """Return a page's records and its questions to the portfolio; give every place that they name an id."""
    entries = tuple(_entry(docname, document, node) for node in document.findall(folio_entry))
    mentions = tuple(_mentions(docname, document))
    section = document.next_node(nodes.section)
    title = _title(section) if section is not None else ""
    page = Page(docname=docname, title=title or docname, entries=entries, mentions=mentions)
    return page, tuple(dict.fromkeys(_queries(document)))


def _text(node: nodes.Element, here: addnodes.pending_xref | None = None) -> str:
    """Return the text of a node, with marks for the names of objects, and one before a reference if asked for."""
    copy = nodes.container("", node.deepcopy())
    references = list(node.findall(addnodes.pending_xref))
    for reference, copied in zip(references, list(copy.findall(addnodes.pending_xref)), strict=True):
        prefix = _HERE if reference is here else ""
        if copied.get("refdomain") == "folio" and not copied.get("refexplicit"):
            copied.replace_self(nodes.Text(prefix + reference_mark(copied["reftype"], copied["reftarget"])))
        elif prefix:
            copied.insert(0, nodes.Text(prefix))
    for unseen in list(copy.findall(_is_unseen)):
        unseen.parent.remove(unseen)
    return clean_astext(copy)


def _is_unseen(node: nodes.Node) -> bool:
    """Tell whether a node is no part of the text around it: not shown, not in every builder, or an entry of its own."""
    if isinstance(node, nodes.Element) and OWN_CLASSES & set(node.get("classes", ())):
        return True
    return isinstance(node, UNSEEN)


def _sentence(block: nodes.Element, reference: addnodes.pending_xref) -> str:
    """Return the sentence of a block in which a reference stands."""
    for sentence in _SENTENCE_END.split(_text(block, reference)):
        if sentence and _HERE in sentence:
            return " ".join(sentence.replace(_HERE, "").split()).rstrip("；;")
    return ""


def _entry(docname: str, document: nodes.document, node: folio_entry) -> Entry:
    """Make a record of an entry and settle its id, which is kept on the node."""
    facts = _facts(node)
    section = node.parent if isinstance(node.parent, nodes.section) else None
    heading_fact = node["heading_fact"]
    if heading_fact and heading_fact not in facts and section and _may_take_heading(node, section):
        facts[heading_fact] = _title(section)
    shared = {
        "key": node["key"],
        "docname": docname,
        "line": node.line or 0,
        "node_id": _settle_id(document, node, section),
        "summary": facts.pop("content"),
    }
    return MAKERS[node["objtype"]](node, facts, shared)


def _facts(node: folio_entry) -> dict[str, str]:
    """Return the texts of an entry by field: those that options gave, and the content."""
    facts = {}
    for kind in (folio_fact, folio_term):
        for child in node.findall(kind):
            if _owner(child) is node:
                facts[child["fact"]] = clean_astext(child)
    prose = [_text(child).strip() for child in node.children if isinstance(child, nodes.Element)]
    facts["content"] = "\n\n".join(text for text in prose if text)
    return facts


def _title(section: nodes.section) -> str:
    """Return a section's title, without what is marked as another language: the same name once more, in brackets."""
    title = section.next_node(nodes.title)
    if title is None:
        return ""
    copy = title.deepcopy()
    for aside in list(copy.findall(_is_aside)):
        aside.parent.remove(aside)
    return _EMPTY_BRACKETS.sub("", _text(copy)).strip()


def _is_aside(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and any(name.startswith("language-") for name in node["classes"])


def _owner(node: nodes.Node) -> folio_entry | None:
    """Return the entry that a node is part of."""
    parent: nodes.Element | None = node.parent
    while parent is not None and not isinstance(parent, folio_entry):
        parent = parent.parent
    return parent


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
    document.set_id(holder)
    return node_id


def _enclosing(node: nodes.Node, objtype: str) -> str:
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


def _mentions(docname: str, document: nodes.document) -> list[Mention]:
    """Return the blocks of prose that name skills; within a skill's own entry, the skill is not listed."""
    found: dict[tuple[str, str], Mention] = {}
    for reference in document.findall(addnodes.pending_xref):
        if not _is_mention(reference):
            continue
        owner = _owner(reference)
        key = reference["reftarget"]
        if owner is not None and (owner["objtype"], owner["key"]) == ("skill", key):
            continue
        place, heading, sentence = _place(document, reference)
        mention = Mention(skill=key, docname=docname, node_id=place, heading=heading, text=sentence)
        found.setdefault((key, place), mention)
    return list(found.values())


def _is_mention(reference: addnodes.pending_xref) -> bool:
    """Tell whether a reference names a skill in prose."""
    return reference.get("refdomain") == "folio" and reference["reftype"] == "skill" and not reference.get("tag")


def _place(document: nodes.document, node: addnodes.pending_xref) -> tuple[str, str, str]:
    """Return the id of the block around a reference, made if there is none, its section's title and the sentence."""
    block: nodes.Element | None = None
    heading = ""
    parent: nodes.Element | None = node.parent
    while parent is not None:
        if isinstance(parent, folio_entry) and parent["objtype"] == "highlight":
            block = parent
        elif block is None and isinstance(parent, BLOCKS):
            block = parent.parent if isinstance(parent, nodes.title) else parent
        elif isinstance(block, nodes.paragraph) and isinstance(parent, nodes.list_item | nodes.entry):
            block = parent
        if isinstance(parent, nodes.section) and not heading:
            heading = _title(parent)
        parent = parent.parent
    if block is None:
        return "", heading, ""
    if not block["ids"]:
        # Of the skills that it names, the first by key: their order in the sentence differs between languages.
        named = (reference["reftarget"] for reference in block.findall(addnodes.pending_xref) if _is_mention(reference))
        key = min(filter(KEY_FORM.fullmatch, named), default="unknown")
        number = 1
        while (node_id := f"mention_{key}" + (f"-{number}" if number > 1 else "")) in document.ids:
            number += 1
        block["ids"].append(node_id)
        document.set_id(block)
    in_title = isinstance(block, nodes.section)
    return str(block["ids"][0]), heading, "" if in_title else _sentence(block, node)


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
        category=listing.get("category", ""),
        level=listing.get("level", ""),
        project=listing.get("project", ""),
        skill=listing.get("skill", ""),
        since=listing.get("since"),
    )


def _named(node: folio_entry, name: str) -> str:
    """Return the name, or the key in place of a missing one."""
    if name:
        return name
    message = __("this %s has no name: open a section with a title, or give the option %r")
    warn(Subtype.EMPTY_NAME, message, node["objtype"], node["heading_fact"], location=node)
    return str(node["key"])


def _person(node: folio_entry, facts: dict[str, str], shared: dict[str, Any]) -> Entry:
    kept = {fact: node[fact] for fact in ("email", "url", "profiles", "birth") if fact in node}
    return Person(name=_named(node, facts.get("name", "")), label=facts.get("label", ""), **kept, **shared)


def _skill(node: folio_entry, facts: dict[str, str], shared: dict[str, Any]) -> Entry:
    keywords = tuple(word.strip() for word in facts.get("keywords", "").split(",") if word.strip())
    return Skill(
        name=_named(node, facts.get("name", "")),
        category=node.get("category", ""),
        level=node.get("level", ""),
        level_label=facts.get("level", ""),
        keywords=keywords,
        **shared,
    )


def _position(node: folio_entry, facts: dict[str, str], shared: dict[str, Any]) -> Entry:
    kept = {fact: node[fact] for fact in ("period", "skills") if fact in node}
    name = facts.get("title") or str(node["key"])  # a missing title is reported where it is read
    return Position(name=name, entity=_named(node, facts.get("entity", "")), **kept, **shared)


def _project(node: folio_entry, facts: dict[str, str], shared: dict[str, Any]) -> Entry:
    fields = ("languages", "skills", "position", "period", "links")
    kept = {fact: node[fact] for fact in fields if fact in node}
    return Project(name=_named(node, facts.get("name", "")), **kept, **shared)


def _education(node: folio_entry, facts: dict[str, str], shared: dict[str, Any]) -> Entry:
    return Education(
        name=_named(node, facts.get("institution", "")),
        area=facts.get("area", ""),
        study_type=facts.get("study-type", ""),
        period=node.get("period"),
        **shared,
    )


def _highlight(node: folio_entry, facts: dict[str, str], shared: dict[str, Any]) -> Entry:
    name = facts.get("name") or shared["summary"] or str(node["key"])  # a missing claim is reported where it is read
    project, position = node.get("project", ""), node.get("position", "")
    if not (project or position):
        project, position = _enclosing(node, "project"), _enclosing(node, "position")
    return Highlight(name=name, skills=node.get("skills", ()), project=project, position=position, **shared)


def _evidence(node: folio_entry, facts: dict[str, str], shared: dict[str, Any]) -> Entry:
    owner = _owner(node)
    proven = {
        field: (*((owner["key"],) if owner is not None and owner["objtype"] == objtype else ()), *node.get(field, ()))
        for objtype, field in (("skill", "skills"), ("highlight", "highlights"), ("project", "projects"))
    }
    kept = {fact: node[fact] for fact in ("kind", "url", "date", "revision", "by") if fact in node}
    name = facts.get("title") or str(node["key"])  # a missing title is reported where it is read
    return Evidence(
        name=name,
        skills=tuple(dict.fromkeys(proven["skills"])),
        highlights=tuple(dict.fromkeys(proven["highlights"])),
        projects=tuple(dict.fromkeys(proven["projects"])),
        owner=(owner["objtype"], owner["key"]) if owner is not None else None,
        **kept,
        **shared,
    )


MAKERS: dict[str, Callable[[folio_entry, dict[str, str], dict[str, Any]], Entry]] = {
    "person": _person,
    "skill": _skill,
    "position": _position,
    "project": _project,
    "education": _education,
    "highlight": _highlight,
    "evidence": _evidence,
}
