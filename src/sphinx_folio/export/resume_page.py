"""Convert the page of the résumé to a :class:`ResumeDocument`, with the same order and in the same language."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from docutils import nodes

from sphinx_folio._common.cjk import UNSPACED
from sphinx_folio._common.formula_text import formula_text, is_formula
from sphinx_folio._common.i18n import DateFormatter, _, labeled_text, language_tag
from sphinx_folio._common.output_pages import address_of_site
from sphinx_folio.doctree.elements import has_class, is_entry, is_separator, short_address
from sphinx_folio.doctree.nodes import folio_entry, folio_fact, folio_term
from sphinx_folio.doctree.text import SKIPPED_NODES, is_line_break
from sphinx_folio.export.formats.resume_document import (
    Facts,
    Heading,
    ItemList,
    Paragraph,
    ResumeDocument,
    Run,
    TextSection,
    text_of,
)
from sphinx_folio.export.private import private_facts
from sphinx_folio.export.resolved_page import resolved_page, write_addresses
from sphinx_folio.export.settings import date_of_resume
from sphinx_folio.export.shown_skills import gather_skills
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.queries.base import in_display_order
from sphinx_folio.portfolio.queries.work import current_titles, names
from sphinx_folio.portfolio.records import Person, Skill
from sphinx_folio.portfolio.views import filtered_by_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinx_folio.export.formats.resume_document import Block, Line
    from sphinx_folio.export.resolved_page import Source
    from sphinx_folio.portfolio.model import Portfolio


def _parts(line: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the facts of a line, each as a paragraph."""
    for separates, children in groupby(line.children, is_separator):
        if not separates:
            yield nodes.paragraph("", "", *(node.deepcopy() for node in children))


def _kind(part: nodes.Element) -> str:
    """Return what a fact of a line is, if that matters for layout: ``dates`` or ``title``."""
    if _contains_class(part, "folio-dates") or _contains_class(part, "folio-expired"):
        return "dates"
    terms = part.findall(folio_term)
    return "title" if any(term["fact"] == "title" for term in terms) else ""


def _is_skipped(node: nodes.Node) -> bool:
    """Return whether the résumé leaves out a node: no text, except a fact with a label, or of no use on paper."""
    if isinstance(node, nodes.title):  # that of a section is a heading
        return not isinstance(node.parent, nodes.topic | nodes.sidebar | nodes.Admonition)
    if isinstance(node, nodes.topic) and has_class(node, "contents"):
        return True
    is_labeled = isinstance(node, folio_fact) and isinstance(node.parent, nodes.field_body)
    return isinstance(node, SKIPPED_NODES) and not is_labeled


class DoctreeConverter:
    """Convert nodes to blocks; links within the site become plain text if its address is unknown."""

    def __init__(self, address: str) -> None:
        """Set the absolute address of the page; empty if it is unknown."""
        self._address = address

    def blocks(self, document: nodes.document) -> list[Block]:
        """Return the blocks of the page, without its title: of its first section, then of others beside that."""
        pages = [child for child in document.children if isinstance(child, nodes.section)]
        blocks = [block for number, page in enumerate(pages) for block in self._section(page, level=min(number, 1))]
        return list(_without_gaps(blocks))

    def text_sections(self, document: nodes.document) -> Iterator[TextSection]:
        """Yield the sections that have only text, except those about an entry, which is above them."""
        pages = [child for child in document.children if isinstance(child, nodes.section)]
        for number, page in enumerate(pages):
            yield from self._text_sections([page] if number else page.children)

    def _text_sections(self, neighbors: Iterable[nodes.Node]) -> Iterator[TextSection]:
        for section in neighbors:
            if not isinstance(section, nodes.section):
                continue
            if section.get("folio-text"):
                title, *rest = cast("list[nodes.Element]", section.children)
                if blocks := tuple(self._blocks(rest, 0)):
                    yield TextSection(title=text_of(self._line(title)), blocks=blocks)
            elif not any(isinstance(node, folio_entry) for node in section.children):
                yield from self._text_sections(section.children)

    def _section(self, section: nodes.section, level: int) -> Iterator[Block]:
        """Yield the blocks of a section; the person's section has no heading, because the document shows the name."""
        title = section.next_node(nodes.title)
        if title is not None and level and not any(person.parent is section for person in _persons(section)):
            yield Heading(level=level, line=self._line(title))
        yield from self._inside(section, level)

    def _block(self, node: nodes.Node, level: int) -> Iterator[Block]:
        """Yield the blocks of a node."""
        match node:
            case folio_entry():
                yield from self._entry(node, level)
            case nodes.section():
                yield from self._section(node, level + 1)
            case nodes.bullet_list() | nodes.enumerated_list():
                yield from self._list(node, level)
            case nodes.field() | nodes.definition_list_item():
                yield from self._labeled(node, level)
            case nodes.Element() if _is_skipped(node):
                return
            case nodes.rubric():
                yield Heading(level=level + 1, line=self._line(node))
            case nodes.TextElement():
                yield from self._text(node)
            case nodes.table():
                yield from _skills_by_level(node) if has_class(node, "folio-skill-table") else self._rows(node)
            case nodes.Element():
                yield from self._inside(node, level)

    def _inside(self, node: nodes.Element, level: int) -> Iterator[Block]:
        return self._blocks(node.children, level)

    def _blocks(self, neighbors: Sequence[nodes.Node], level: int) -> Iterator[Block]:
        """Yield the blocks of siblings; consecutive highlights become a list, also those with evidence between them."""
        printed = (node for node in neighbors if not is_entry(node, "evidence"))
        for are_highlights, children in groupby(printed, lambda node: is_entry(node, "highlight")):
            group = list(children)
            if are_highlights and not (len(group) == 1 and _opens_section(group[0])):
                entries = cast("list[folio_entry]", group)
                items = (tuple(self._highlight(entry, level)) for entry in entries)
                yield from _item_list(items)
                continue
            for child in group:
                yield from self._block(child, level)

    def _entry(self, entry: folio_entry, level: int) -> Iterator[Block]:
        """Yield the blocks of an entry, except evidence and the facts of the person, see :meth:`contact`."""
        if entry["objtype"] == "evidence":
            return
        if entry["objtype"] == "person":
            lines = [child for child in entry.children if has_class(child, "folio-line")]
            yield from self._blocks([child for child in entry.children if child not in lines], level)
            return
        names = [child for child in entry.children if isinstance(child, folio_fact)]
        yield from (Heading(level=level + 1, line=self._line(name)) for name in names)
        employer = None if names else _employer_far_above(entry)
        if employer is not None:
            yield Heading(level=level, line=self._line(employer))
        if entry["objtype"] == "project":
            yield from self._project_line(entry)
        yield from self._blocks([child for child in entry.children if child not in names], level)

    def _text(self, node: nodes.TextElement) -> Iterator[Block]:
        """Yield a paragraph, the facts in it, or the lines of code."""
        if isinstance(node, nodes.literal_block | nodes.doctest_block):
            yield from _code(node.astext())
            return
        named = has_class(node, "folio-named")
        if has_class(node, "folio-line") and not named:
            yield from self._facts_of([node])
        elif isinstance(node, nodes.title):
            yield Paragraph(line=tuple(replace(run, strong=True) for run in self._line(node)))
        elif line := self._line(node):
            parts = tuple(_parts(node)) if named else ()
            yield Paragraph(line=line, parts=tuple(map(self._line, parts)), kinds=tuple(map(_kind, parts)))

    def _list(self, node: nodes.Element, level: int) -> Iterator[Block]:
        """Yield a list; cards, which show projects of other pages, become entries without the number of sources.

        Listed entries after cards become entries, too: as a list, they would belong to the last project.
        """
        if has_class(node, "folio-entries") and _follows_cards(node):
            for line in node.findall(nodes.paragraph):
                name, *facts = _parts(line)
                yield Heading(level=level + 1, line=tuple(replace(run, strong=False) for run in self._line(name)))
                yield from self._facts(facts)
            return
        if not has_class(node, "folio-cards"):
            items = (tuple(self._inside(item, level)) for item in node.children if isinstance(item, nodes.Element))
            numbered = isinstance(node, nodes.enumerated_list)
            yield from _item_list(items, numbered=numbered, start=node.get("start", 1))
            return
        for card in cast("list[nodes.Element]", node.children):
            title, *rest = cast("list[nodes.Element]", card.children)
            yield Heading(level=level + 1, line=self._line(title))
            lines = [child for child in rest if has_class(child, "folio-line")]
            yield from self._facts_of([line for line in lines if not has_class(line, "folio-count")])
            yield from self._blocks([child for child in rest if child not in lines], level)

    def _rows(self, table: nodes.table) -> Iterator[Paragraph]:
        """Yield the rows of a table, each as a line."""
        for row in table.findall(nodes.row):
            cells = [line for cell in row.findall(nodes.entry) if (line := self._line(cell))]
            runs = [run for cell in cells for run in (Run(" | "), *cell)][1:]
            yield from [Paragraph(line=tuple(runs))] if runs else []

    def _project_line(self, project: folio_entry) -> Iterator[Block]:
        """Yield period, position and links of a project as one line, as positions have; remove their fields."""
        fields = list(project.findall(nodes.field))
        fields.sort(key=lambda field: not _contains_class(field, "folio-dates"))
        lines = [line for field in fields for line in field[-1].children if isinstance(line, nodes.Element)]
        for field in fields:
            field.parent.remove(field)
        for line in lines:
            if has_class(line, "folio-links"):
                write_addresses(line)
        yield from self._facts_of(lines)

    def _highlight(self, entry: folio_entry, level: int) -> Iterator[Block]:
        """Yield the blocks of a highlight for a list item; its name is the first paragraph."""
        for child in entry.children:
            if isinstance(child, folio_fact):
                yield Paragraph(line=tuple(replace(run, strong=True) for run in self._line(child)))
            else:
                yield from self._block(child, level)

    def _labeled(self, node: nodes.Element, level: int) -> Iterator[Block]:
        """Yield a field, or a term with its definition, as a paragraph that begins with the label."""
        name, *_between, body = cast("list[nodes.Element]", node.children)
        label = _label(*self._line(name))
        match list(self._inside(body, level)):
            case [Paragraph(line=line), *rest]:
                yield from (Paragraph(line=(*label, *line)), *rest)
            case rest:
                yield from (Paragraph(line=label), *rest)

    def _facts_of(self, lines: Iterable[nodes.Element]) -> Iterator[Facts]:
        """Yield the facts of lines as one block."""
        return self._facts([part for line in lines for part in _parts(line)])

    def _facts(self, parts: Sequence[nodes.Element]) -> Iterator[Facts]:
        """Yield facts as one block, with what each of them is."""
        kinds = tuple(map(_kind, parts))
        if parts:
            yield Facts(parts=tuple(map(self._line, parts)), kinds=kinds if any(kinds) else ())

    def _line(self, node: nodes.Element) -> Line:
        """Return the text of a node as a line; adjacent text with the same formatting is one run."""
        runs: list[Run] = []
        for run in self._runs(node, Run("")):
            text = re.sub(r"\s+", " ", run.text)
            if run.emphasis and UNSPACED.search(text):
                run = replace(run, emphasis=False, strong=True)  # noqa: PLW2901  letters of these scripts are upright
            if runs and _has_same_formatting(runs[-1], run):
                runs[-1] = replace(run, text=runs[-1].text + text)
            else:
                runs.append(replace(run, text=text))
        if runs:
            runs[0] = replace(runs[0], text=runs[0].text.lstrip())
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
        return tuple(run for run in runs if run.text)

    def _runs(self, node: nodes.Element, around: Run) -> Iterator[Run]:
        for child in [node] if is_formula(node) else node.children:
            if isinstance(child, nodes.Text):
                yield replace(around, text=child.astext())
            elif is_formula(child):
                yield replace(around, text=formula_text(child.astext()))
            elif is_line_break(child):
                yield replace(around, text=" ")
            elif isinstance(child, nodes.Element) and not isinstance(child, SKIPPED_NODES):
                yield from self._runs(child, self._formatting(child, around))

    def _formatting(self, node: nodes.Element, around: Run) -> Run:
        """Return an empty run with the formatting of text in a node, from the formatting around it."""
        match node:
            case nodes.reference():
                return replace(around, href=self._target(node))
            case nodes.strong():
                return replace(around, strong=True)
            case nodes.emphasis():
                return replace(around, emphasis=True)
            case nodes.literal():
                return replace(around, code=True)
            case _:
                return replace(around, language=_language(node) or around.language)

    def _target(self, node: nodes.reference) -> str:
        uri = node.get("refuri", "") or (f"#{node['refid']}" if "refid" in node else "")
        if re.match(r"[a-z][a-z0-9+.-]*:", uri):
            return str(uri)
        return urljoin(self._address, uri) if self._address else ""


def _item_list(items: Iterable[tuple[Block, ...]], *, numbered: bool = False, start: int = 1) -> Iterator[ItemList]:
    """Yield a list of the items that are not empty, if there are any."""
    if non_empty := tuple(filter(None, items)):
        yield ItemList(items=non_empty, numbered=numbered, start=start)


def _without_gaps(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks whose headings skip no level, as PDF/UA-1 asks (ISO 14289-1, 7.4.2); deeper ones stay deeper.

    A page skips one if the section of the person, which has no heading, is not the first of the page.
    """
    open_levels: list[int] = []
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        open_levels = [level for level in open_levels if level < block.level]
        open_levels.append(block.level)
        yield replace(block, level=len(open_levels))


def _code(text: str) -> Iterator[Paragraph]:
    """Yield the lines of code, each as a paragraph with its indentation."""
    for line in filter(str.strip, text.expandtabs().splitlines()):
        code = line.strip()
        indent = "\N{NO-BREAK SPACE}" * (len(line.rstrip()) - len(code))
        yield Paragraph(line=(Run(indent + code, code=True),))


def _skills_by_level(table: nodes.Element) -> Iterator[Paragraph]:
    """Yield a line for each level of a table of skills; where they are used is of no use on paper."""
    rows = [[cell.astext() for cell in row.children[:2]] for row in next(table.findall(nodes.tbody)).findall(nodes.row)]
    for level, skills in groupby(rows, key=lambda row: row[1]):
        names = Run(str(_(", ")).join(name for name, _level in skills))
        yield Paragraph(line=(*_label(Run(level)), names) if level else (names,))


def _persons(document: nodes.Element) -> Iterator[folio_entry]:
    return (entry for entry in document.findall(folio_entry) if entry["objtype"] == "person")


def _label(*runs: Run) -> Line:
    """Return a bold label and a colon, for the start of a line."""
    colon = Run(labeled_text("", ""))
    return (*(replace(run, strong=True) for run in runs), colon)


def _employer_far_above(entry: folio_entry) -> nodes.title | None:
    """Return the title of the section of a position, its employer, if another position is between them."""
    title, *others = entry.parent.children[: entry.parent.index(entry)] or (entry,)
    if entry["objtype"] != "position" or not isinstance(title, nodes.title):
        return None
    is_second = any(is_entry(node, "position") for node in others)
    return title if is_second else None


def _follows_cards(node: nodes.Element) -> bool:
    """Return whether cards come before a node in its section."""
    return any(has_class(before, "folio-cards") for before in node.parent.children[: node.parent.index(node)])


def _opens_section(node: nodes.Node) -> bool:
    """Return whether a node directly follows the title of its section, which then names it."""
    index = node.parent.index(node)
    return index > 0 and isinstance(node.parent[index - 1], nodes.title)


def _contains_class(node: nodes.Element, name: str) -> bool:
    """Return whether a node or one inside it has a CSS class."""
    return any(has_class(inner, name) for inner in node.findall())


def _language(node: nodes.Element) -> str:
    names: list[str] = node.get("classes", [])
    return next((name.removeprefix("language-") for name in names if name.startswith("language-")), "")


def _has_same_formatting(one: Run, other: Run) -> bool:
    return replace(one, text="") == replace(other, text="")


def resume_document_of(app: Sphinx, portfolio: Portfolio, source: Source) -> ResumeDocument:
    """Return the résumé, or a view of it, as a document."""
    site = address_of_site(app)
    address = site + app.builder.get_target_uri(source.pagename) if site else ""
    document = resolved_page(app, portfolio, source, printed=True)
    person = portfolio.all(Person)[0]
    page = app.env.titles[source.docname].astext()
    shown = filtered_by_view(portfolio, source.view) if source.view else portfolio
    first = (shown.find("skill", key) for key in shown.first_skills)
    gather_skills(document, [skill.name for skill in first if skill])
    view = [source.view.title] if source.view else []
    titles = [title for title in current_titles(portfolio) if not names(person.label, title)]
    converter = DoctreeConverter(address)
    return ResumeDocument(
        name=person.name,
        title=" · ".join(dict.fromkeys((person.name, page, *view))),
        language=language_tag(app.config.language),
        date=str(date_of_resume(app) or portfolio.today),
        role=" · ".join(titles),
        label="" if any(names(title, person.label) for title in titles) else person.label,
        contact=tuple(_contact(person, private_facts(app), DateFormatter.of(app.config))),
        about=tuple((Run(text),) for text in _as_of(app)),
        sections=tuple(converter.text_sections(document)),
        blocks=tuple(converter.blocks(document)),
        keywords=tuple(skill.name for skill in in_display_order(shown, shown.all(Skill))),
        address=address,
        is_private=app.config.folio_private,
        paper=app.config.folio_resume_paper[0],
        words={"page": str(_("{page} of {pages}")), "photo": str(_("Photo of %s")) % person.name},
    )


def _as_of(app: Sphinx) -> Iterator[str]:
    """Yield the date of the résumé's content, in its own precision, if the setting has one."""
    date: str = app.config.folio_resume_date
    if date:
        yield str(_("As of %s")) % DateFormatter.of(app.config).date(PartialDate.parse(date))


def _contact(person: Person, private: Mapping[str, str], dates: DateFormatter) -> Iterator[Line]:
    """Yield the ways to reach a person, then the birth; addresses are written out, for paper.

    A private postal address contains the place.
    """
    if person.location and "address" not in private:
        yield (Run(person.location),)
    if person.email:
        yield (Run(person.email, href=f"mailto:{person.email}"),)
    for fact in ("phone", "address"):
        if fact in private:
            yield (Run(private[fact]),)
    urls = [link.url for link in person.profiles] + ([person.url] if person.url else [])
    for url in urls:
        yield (Run(short_address(url), href=url),)
    birth = private.get("birth") or str(person.birth or "")
    if birth:
        yield (Run(str(_("Born %s")) % dates.birth(PartialDate.parse(birth))),)
