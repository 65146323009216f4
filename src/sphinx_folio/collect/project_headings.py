"""Find headings that name a project below one of several positions at an employer, as in a résumé."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_folio.doctree.elements import is_entry
from sphinx_folio.portfolio.records import ProjectHeading

if TYPE_CHECKING:
    from collections.abc import Iterator


def project_headings(document: nodes.document) -> Iterator[ProjectHeading]:
    """Yield the headings that are only a reference to a project, in sections with several positions."""
    for section in document.findall(nodes.section):
        parts = [] if is_titled_by_role(section) else [*_parts(section)]
        positions = tuple(part["key"] for part in parts if is_entry(part, "position"))
        above = ""
        for part in parts if len(positions) > 1 else ():
            if is_entry(part, "position"):
                above = part["key"]
            elif above and (project := _named_project(part)):
                line = part.line or 0
                yield ProjectHeading(project=project, line=line, position=above, positions=positions)


def is_titled_by_role(section: nodes.section) -> bool:
    """Return whether the title of a section is only a reference to an entry."""
    return bool(_references(section))


def _references(section: nodes.Element) -> list[addnodes.pending_xref]:
    """Return the references in a title to entries; none if it has anything else."""
    title = section.next_node(nodes.title)
    parts = [part for part in title.children if part.astext().strip()] if title is not None else []
    found = [part for part in parts if isinstance(part, addnodes.pending_xref) and part.get("refdomain") == "folio"]
    return found if len(found) == len(parts) else []


def _named_project(section: nodes.Element) -> str:
    """Return the key of the project that the title of a section names; empty if it names something else."""
    keys = [str(part["reftarget"]) for part in _references(section) if part["reftype"] == "project"]
    return keys[0] if len(keys) == 1 else ""


def _parts(section: nodes.section) -> Iterator[nodes.Element]:
    """Yield the positions in a section, and the sections below headings of entries with theirs, in order.

    No markup ends a section: a position may follow in the section of a project.
    """
    for child in section.children:
        if is_entry(child, "position"):
            yield child
        elif isinstance(child, nodes.section) and is_titled_by_role(child):
            yield child
            yield from _parts(child)
