"""Read the doctree of a page, after translation, into records: one for each possible search result."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join
from sphinx.util.logging import suppress_logging

from sphinx_folio._common.characters import strip_forbidden
from sphinx_folio._common.formula_text import formula_text, is_formula
from sphinx_folio._common.lazy_pickle import LazyPickle
from sphinx_folio._common.searchable import FilledNode, SearchableDomain, SearchableNode, UnsearchedNode
from sphinx_folio._common.trees import set_parents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


SECTION, OBJECT, ANCHOR = "section", "object", "anchor"
"""The element of a record: a section or page, the description of an object, or another element with ids."""


@dataclass(slots=True)
class Record:
    """A part of a page that can become a search result.

    Names of objects, and of the targets of references, are filled in later, when all pages are read (``page_index``). A
    record of an ``ANCHOR`` has no text, which belongs to the section around it; it is dropped if no object is there.
    """

    node_id: str
    """The anchor on the page; empty for the page itself."""
    title: str
    trail: tuple[str, ...] = ()
    """The titles of the sections around it, the outermost first, without that of the page."""
    objtype: str = ""
    """The type of the object, for a :class:`SearchableNode`; otherwise empty. ``key`` and ``skills`` likewise."""
    key: str = ""
    keywords: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    text: list[str] = field(default_factory=list)
    """Pieces to be joined, in which references look like ``REFERENCE``."""
    words: list[str] = field(default_factory=list)
    """Other words for it: those of the index entries (``.. index::``) of its author."""
    ids: tuple[str, ...] = ()
    """All anchors of the element."""
    element: str = SECTION

    def inner_trail(self) -> tuple[str, ...]:
        """Return the trail of records within this one."""
        return (*self.trail, self.title) if self.node_id else ()


_IGNORED = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]")
"""Soft hyphens, other places where a line may break, and marks of direction."""
_COMPATIBLE = re.compile("[\ufb00-\ufdff\ufe70-\ufefc\uff61-\uff9f]+")
"""Ligatures, forms of Arabic letters, and Katakana of half width: what is copied from other formats may have these."""


def searched(text: str) -> str:
    """Return a text as readers type it: composed, and without characters that are forbidden or cannot be seen."""
    if text.isascii():
        return strip_forbidden(text)
    plain = _COMPATIBLE.sub(lambda match: normalize("NFKC", match[0]), _IGNORED.sub("", strip_forbidden(text)))
    return normalize("NFC", plain)


SKIPPED_NODES = (
    *(UnsearchedNode, nodes.Invisible, nodes.raw, nodes.system_message, nodes.footnote_reference),
    *(addnodes.toctree, addnodes.index),
)
SKIPPED_CLASSES = frozenset({"folio-tags", "folio-separator", "folio-size", "nosearch"})
"""CSS classes of skipped elements: in other fields of the index, decorative, changing, or marked by an author."""
HEADER_ROW, ROW, CELL = "\ue010", "\ue011", "\ue012"
"""They begin the header row of a table, another row, and a cell after the first; a row without cells ends the table."""
REFERENCE, FILLED = "\ue000{}\ue001{}\ue002", "\ue003{}\ue001{}\ue002"
"""Placeholders in private-use characters: for the name of an object (type, key), and for what a domain fills."""
RESOLVED = "resolved"
"""The type in placeholders of references that show what their domain makes of them: a number, or a citation."""
NUMBERED = {("std", "numref"), ("math", "eq"), ("math", "numref")}
CITING = {"cite"}
"""The domain of sphinxcontrib-bibtex, whose references show names and years instead of keys."""


class PageReader:
    """Collect the records of one page: call :meth:`read_page`, then use ``records``."""

    def __init__(
        self, title: str, is_removed: Callable[[nodes.Element], bool], domains: AbstractSet[str] = frozenset()
    ) -> None:
        """Start with the record of the page itself.

        Args:
            title: The title of the page.
            is_removed: Returns whether an element is missing on the written page, see :func:`removed_elements`.
            domains: Names of the domains whose references become placeholders.
        """
        self.records = [Record("", title)]
        self._is_removed = is_removed
        self._is_in_table = False
        self._domains = domains
        self._index_words: list[tuple[str, list[str], Record]] = []  # target, words, and the record around the entry

    def read_page(self, document: nodes.document) -> None:
        """Read all of a page; the words of an index entry before a title belong to the section or object there."""
        set_parents(document)
        self._read_all(document.children, self.records[0])
        records = {node_id: record for record in self.records if record.element != ANCHOR for node_id in record.ids}
        for target, words, around in self._index_words:
            records.get(target, around).words.extend(words)

    def read(self, node: nodes.Node, record: Record) -> None:
        """Add the text of a node to a record, and new records for the sections and objects in it."""
        if isinstance(node, nodes.Text):
            text = node.astext()
            record.text.append(searched(formula_text(text) if is_formula(node.parent) else text))
        elif isinstance(node, SearchableNode):
            self._searchable_node(node, record)
        elif isinstance(node, nodes.section):
            self._section(node, record)
        elif isinstance(node, FilledNode):
            request = strip_forbidden(node.search_request())
            around = self.records[0] if node.is_about_page else record
            around.text.append(FILLED.format(node.domain, request) if request else " ")
            around.skills = tuple(dict.fromkeys((*around.skills, *node.search_skills())))
        elif isinstance(node, nodes.Element) and (self._is_skipped(node) or _is_stored(node, record)):
            self._skip(node, record)
        elif isinstance(node, addnodes.desc):
            self._description(node, record)
        elif isinstance(node, nodes.definition_list_item) and isinstance(node.parent.parent, addnodes.glossary):
            self._glossary_term(node, record)
        elif isinstance(node, nodes.Element):
            self._element(node, record)

    def _element(self, node: nodes.Element, record: Record) -> None:
        if reference := self._reference(node):
            record.text.append(reference)
            return
        if node["ids"] and "refuri" not in node:
            self._add_record(node["ids"], "", record, ANCHOR)
        if isinstance(node, nodes.table):
            self._table(node, record)
            return
        if isinstance(node, nodes.field):
            self._field(node, record)
            return
        self._read_all(node.children, record)
        if isinstance(node, nodes.image):
            record.text.append(f" {searched(node.get('alt', ''))} ")
        elif isinstance(node, nodes.reference | addnodes.download_reference):
            name = linked_file(node)
            record.text.append(f" ({searched(name)})" if name and name not in node.astext() else "")
        elif "code" in node and any(base.__name__ == "mermaid" for base in type(node).__mro__):
            record.text.append(f" {searched('; '.join(diagram_labels(node['code'])))} ")
        elif isinstance(node, addnodes.production) or not isinstance(node, nodes.Inline):
            record.text.append(" ")

    def _reference(self, node: nodes.Element) -> str:
        """Return the placeholder of a reference that will show the name of its target; empty for other elements."""
        kind, target = node.get("reftype"), strip_forbidden(node.get("reftarget") or "")
        domain = node.get("refdomain")
        if target and ((domain, kind) in NUMBERED or domain in CITING):
            title = searched(node.astext()) if node.get("refexplicit") else ""
            return REFERENCE.format(RESOLVED, json.dumps([domain, kind, node["refdoc"], target, title]))
        is_title = domain == "std" and kind in {"ref", "doc"}
        if not target or node.get("refexplicit") or not (is_title or domain in self._domains):
            return ""
        return REFERENCE.format(kind, docname_join(node["refdoc"], target) if kind == "doc" and is_title else target)

    def _field(self, node: nodes.field, record: Record) -> None:
        """Add the name and the body of a field, unless the body has no text that is searched, such as dates."""
        text, record.text = record.text, []
        self._read_all([child for child in node.children if isinstance(child, nodes.field_body)], record)
        body, record.text = record.text, text
        if "".join(body).strip():
            self._read_all([child for child in node.children if isinstance(child, nodes.field_name)], record)
            record.text += body

    def _table(self, table: nodes.table, record: Record) -> None:
        """Add a table to a text so that each cell keeps its row and column."""
        if self._is_in_table:  # its rows would end that of the table around it
            self._read_all(table.children, record)
            return
        self._is_in_table = True
        for child in table.children:
            if isinstance(child, nodes.title):
                self._read_all(child.children, record)
            for part in child.children if isinstance(child, nodes.tgroup) else ():
                if isinstance(part, nodes.thead | nodes.tbody):
                    self._rows(part, record)
        self._is_in_table = False
        record.text.append(ROW)

    def _rows(self, part: nodes.Element, record: Record) -> None:
        """Add rows; the text of a merged cell is in each of its rows, in the first of its columns."""
        merged: dict[int, tuple[int, int, list[str]]] = {}  # column → row and column after the cell, and its text
        for number, row in enumerate(part.children):
            record.text.append(HEADER_ROW if isinstance(part, nodes.thead) else ROW)
            entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
            column = 0
            while entries or merged.get(column, (0,))[0] > number:
                if merged.get(column, (0,))[0] <= number:
                    entry = entries.pop(0)
                    begin, others = len(record.text), entry.get("morecols", 0)
                    record.text.append(CELL if column else "")
                    self._read_all(entry.children, record)
                    record.text += [CELL] * others
                    merged[column] = (number + entry.get("morerows", 0) + 1, column + others + 1, record.text[begin:])
                else:
                    record.text += merged[column][2]
                column = merged[column][1]

    def _read_all(self, children: Sequence[nodes.Node], record: Record) -> None:
        for node in children:
            self.read(node, record)

    def _add_record(self, ids: Sequence[str], title: str, outer: Record, element: str) -> Record:
        """Add a record within another one, and return it."""
        record = Record(ids[0] if ids else "", title, outer.inner_trail(), ids=tuple(ids), element=element)
        self.records.append(record)
        return record

    def _is_skipped(self, node: nodes.Element) -> bool:
        # docutils counts targets among the invisible nodes, but inline targets have text.
        return (
            (isinstance(node, SKIPPED_NODES) and not isinstance(node, nodes.target))
            or self._is_removed(node)
            or not SKIPPED_CLASSES.isdisjoint(node["classes"])
        )

    def _skip(self, node: nodes.Element, record: Record) -> None:
        """Leave an element out of the text, but take the words of index entries."""
        record.text.append("" if isinstance(node, nodes.footnote_reference) else " ")
        for entry in node["entries"] if isinstance(node, addnodes.index) else ():
            self._index_words.append((entry[2], index_words(*entry[:3]), record))

    def _section(self, node: nodes.section, record: Record) -> None:
        has_content = any(other.element != ANCHOR for other in self.records[1:])
        if isinstance(node.parent, nodes.document) and not record.ids and not has_content:
            inner = record  # the section of the page's title is the page itself
            inner.ids = tuple(node["ids"])
        else:
            inner = self._add_record(node["ids"], "", record, SECTION)
        text, inner.text = inner.text, []
        self._read_all([part for child in node.children if isinstance(child, nodes.title) for part in child], inner)
        inner.title, inner.text = "".join(inner.text).strip() or inner.title, text
        self._read_all([child for child in node.children if not isinstance(child, nodes.title)], inner)

    def _searchable_node(self, node: SearchableNode, record: Record) -> None:
        node_id, objtype, key, keywords, skills = node.search_entry()
        ids = (node_id, *(node["ids"] if isinstance(node, nodes.Element) else ()))
        inner = Record(node_id, "", record.inner_trail(), objtype, key, keywords, skills, ids=ids, element=OBJECT)
        self.records.append(inner)
        if isinstance(node, nodes.Element):
            self._read_all(node.children, inner)

    def _description(self, node: addnodes.desc, record: Record) -> None:
        """Add a record for each signature that has an anchor; the first one gets the description."""
        inner = record
        for child in node.children:
            if not isinstance(child, addnodes.desc_signature):
                self.read(child, inner)
                continue
            signature = _signature_text(child)
            described = record
            if child["ids"]:
                names = [searched(name.astext()) for name in child.findall(addnodes.desc_name)]
                described = self._add_record(child["ids"], names[-1] if names else signature, record, OBJECT)
                inner = described if inner is record else inner
            described.text.append(f" {signature} ")

    def _glossary_term(self, node: nodes.definition_list_item, record: Record) -> None:
        terms = [child for child in node.children if isinstance(child, nodes.term)]
        inner = self._add_record(
            [node_id for term in terms for node_id in term["ids"]], searched(terms[0].astext()), record, OBJECT
        )
        self._read_all([child for child in node.children if not isinstance(child, nodes.term)], inner)


def index_words(kind: str, value: str, target: str) -> list[str]:
    """Return the words under which an author wants something to be found; none if a domain made the entry.

    Args:
        kind: The type of the index entry, such as "single" or "see".
        value: Its parts, separated by semicolons: two names if one refers to the other, otherwise parts of one name.
        target: Its anchor; those of authors are numbered, while domains use the anchors of their objects.
    """
    parts = [searched(part.strip()) for part in value.split(";")]
    if not target.startswith("index-"):
        return []
    return parts if kind in {"see", "seealso"} else [" ".join(parts)]


def removed_elements(app: Sphinx) -> Callable[[nodes.Element], bool]:
    """Return a function that tells whether an element is missing on the written page, or a note to authors: a to-do."""

    def is_removed(node: nodes.Element) -> bool:
        if isinstance(node, addnodes.only):
            return not app.tags.eval_condition(node["expr"])
        if type(node).__name__ == "ifconfig":  # of sphinx.ext.ifconfig, which few sites load
            settings = {value.name: value.value for value in app.config} | vars(app.config)
            try:
                return not eval(node["expr"], settings | {"builder": app.builder.name})  # noqa: S307  the page is code, like conf.py
            except Exception:  # noqa: BLE001  Sphinx reports it on the page
                return True
        return type(node).__name__ == "todo_node"

    return is_removed


def text_of(content: Sequence[nodes.Node], is_removed: Callable[[nodes.Element], bool]) -> str:
    """Return the text of nodes that belong to no page yet, as in a record."""
    reader = PageReader("", is_removed)
    for node in content:
        reader.read(node, reader.records[0])
    return "".join(piece for record in reader.records for piece in record.text)


class ReferenceReader:
    """Find out what references show that show a number or a citation."""

    def __init__(self, app: Sphinx) -> None:
        """Use the pages of an application; all have been read."""
        self._env, self._builder = app.env, app.builder
        self.get_doctree = lru_cache(maxsize=8)(app.env.get_doctree)

    def __getattr__(self, name: str) -> Any:
        """Stand in for the environment: domains load the page of a target each time, which takes long."""
        return getattr(self._env, name)

    def text(self, request: str) -> str:
        """Return what the reference of a placeholder with this key shows; its own text if it leads nowhere."""
        domain, kind, docname, target, title = json.loads(request)
        content = nodes.inline("", title or target)
        values = {"refdomain": domain, "reftype": kind, "reftarget": target, "refdoc": docname}
        reference = addnodes.pending_xref("", refexplicit=bool(title), **values)
        env = cast("BuildEnvironment", self)
        with suppress_logging():  # Sphinx logs it when it writes the page
            found = self._env.domains[domain].resolve_xref(
                env, docname, self._builder, kind, target, reference, content
            )
        return searched((found or content).astext())


_FILE_NAME = re.compile(r"[\w.+-]*\w\.(?!html?$)[A-Za-z][A-Za-z0-9]{0,7}")


def linked_file(node: nodes.Element) -> str:
    """Return the name of the file that a link leads to, or an empty string if it leads to a page."""
    if isinstance(node, addnodes.download_reference):
        return str(node.get("reftarget", "")).rsplit("/", 1)[-1]
    path = urlsplit(node.get("refuri", "")).path
    name = unquote(path.rsplit("/", 1)[-1])
    return name if ("/" in path or node.get("internal")) and _FILE_NAME.fullmatch(name) else ""


_LABELS = re.compile(
    r'\|?"([^"]+)"\|?'  # "label", as in node["label"] and -->|"label"|
    r"|(?<=\w)[\[({]+([^\[\](){}\"\n]+)[\])}]+"  # node[label], node(label), node{label}
    r"|\|([^|\"\n]+)\|"  # -->|label|
    r"|^(?:loop|alt|else|opt|par|and|critical|option|break)\s+(.+)$"  # the condition of a block
    r"|\bas\s+(.+)$"  # participant A as label
    r"|^[^:\"\n]*(?<!:):(?!:)\s*([^:\"].*)$",  # A->>B: label
    re.MULTILINE,
)
_LINE_BREAK = re.compile(r"<br\s*/?>")


def diagram_labels(code: str) -> list[str]:
    """Return the labels of a Mermaid diagram, each once; a word may be divided by a line break."""
    lines = (line.strip() for line in code.splitlines())
    shown = "\n".join(
        line for line in lines if not line.startswith(("%%", "classDef", "style ", "accTitle", "accDescr"))
    )
    found = (next(filter(None, groups)).strip() for groups in _LABELS.findall(shown))
    return list(dict.fromkeys(_LINE_BREAK.sub(_joint, label) for label in found))


def _joint(line_break: re.Match[str]) -> str:
    """Return what a line break in a label stands for: a space between Latin words, nothing within other text."""
    before, after = line_break.string[: line_break.start()][-1:], line_break.string[line_break.end() :][:1]
    return " " if before.isascii() and after.isascii() and not (before.islower() and after.isupper()) else ""


def _is_stored(node: nodes.Element, record: Record) -> bool:
    """Return whether an element has the level and the keywords of a skill, which are in fields of the index."""
    return record.objtype == "skill" and "folio-facts" in node["classes"]


def _signature_text(signature: addnodes.desc_signature) -> str:
    """Return the text of a signature without its links, such as "[source]"."""
    shown = (child for child in signature.children if not isinstance(child, addnodes.only))
    return searched(signature.child_text_separator.join(child.astext() for child in shown))


class SearchRecords:
    """The records of all pages by docname, stored in the environment."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Use the records in the environment, or add an empty table to it."""
        if not hasattr(env, "folio_search"):
            env.folio_search = {}  # type: ignore[attr-defined]
        self.pages: dict[str, LazyPickle[list[Record]]] = env.folio_search  # type: ignore[attr-defined]


def store_records(app: Sphinx, document: nodes.document) -> None:
    """Store the records of a page when it has been read; a page marked ``nosearch`` has none."""
    env = app.env
    pages = SearchRecords(env).pages
    pages.pop(env.docname, None)
    if "nosearch" in env.metadata[env.docname]:
        return
    has_title = "title" in document or next(document.findall(nodes.section), None) is not None
    title = env.titles[env.docname].astext() if has_title else env.docname
    domains = frozenset(domain.name for domain in env.domains.sorted() if isinstance(domain, SearchableDomain))
    reader = PageReader(searched(title), removed_elements(app), domains)
    reader.read_page(document)
    pages[env.docname] = LazyPickle(reader.records)
    pages[env.docname].drop_value()


def remove_records(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Remove the records of a page that was deleted or will be read again."""
    SearchRecords(env).pages.pop(docname, None)


def merge_records(app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: Any) -> None:
    """Copy the records of the pages that another process has read."""
    others = SearchRecords(other).pages
    SearchRecords(env).pages.update((name, others[name]) for name in docnames if name in others)
