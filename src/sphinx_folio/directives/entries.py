"""The base of the directives of all entries, which turn source text into nodes; ``collect`` records these later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinx_folio._common.i18n import DateFormatter, __, mark
from sphinx_folio._common.spelling import ascii_form
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.base import KEY_HELP, FolioDirective
from sphinx_folio.directives.option_lines import open_fence
from sphinx_folio.doctree.elements import (
    cross_reference,
    external_link,
    joined,
)
from sphinx_folio.doctree.lines import date_text
from sphinx_folio.doctree.nodes import (
    folio_entry,
    folio_fact,
    folio_listing,
    folio_period,
    folio_summary,
    folio_term,
)
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.records import KEY_FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_OPTION_BESIDE_KEY = re.compile(r"\s+[:：]?(?P<name>\w[\w-]*)[:：=].*")


class EntryDirective(FolioDirective):
    """Describe an object. The argument is its key; its text says what no option says.

    The first entry of a type in a section takes the section's title as its name, unless an option names it. All
    positions of a section share its title as their entity; a highlight takes it only if it opens the section. If
    nothing stands between title and entry, links to the object lead to the title.
    """

    optional_arguments = 1  # it needs a key; but only so can we say so under a subtype of ours
    final_argument_whitespace = True
    has_content = True
    objtype: ClassVar[str]
    example_key: ClassVar[str] = "first"
    """A key, for messages."""
    heading_fact: ClassVar[str] = "name"
    """The field that the section's title gives, and the option that gives it instead; empty if none does."""
    plain_facts: ClassVar[Sequence[str]] = ()
    """The options that are kept on the node as they are, for the record."""
    facts_line: ClassVar[Sequence[str]] = ()
    """What stands in a line above the text: names of options, ``dates`` and ``duration`` of the period."""
    argument_help: ClassVar[str] = KEY_HELP

    def run(self) -> list[nodes.Node]:
        """Return the entry, or its text alone if it has no key or one that cannot be a key."""
        values = self.read_options()
        key, text = self.split_argument()
        is_key = self.check_key(key)
        entry = folio_entry("", classes=["folio-entry", f"folio-{self.objtype}"])
        entry["objtype"], entry["key"], entry["heading_fact"] = self.objtype, key, self.heading_fact
        self.arguments = [key]
        self.set_source_info(entry)
        self.check(values)
        for name in (*self.plain_facts, "formerly"):
            if name in values:
                entry[name] = values[name]
        if self.heading_fact in values:
            title = folio_fact(classes=["folio-name"])
            entry += self.text_node(title, values[self.heading_fact], self.heading_fact)
        content = [*(self.parse_text_to_nodes(text) if text else []), *self.parse_content_to_nodes()]
        entry["unclosed"] = self.check_fences(key, content)
        self.check_content(content)
        proofs = [node for node in content if isinstance(node, folio_entry) and node["objtype"] == "evidence"]
        entry += self.before(values)
        entry += [node for node in content if node not in proofs]
        entry += self.after(values)
        entry += proofs
        if is_key:
            return [entry]
        return [node for node in entry.children if not isinstance(node, folio_listing)]

    def split_argument(self) -> tuple[str, str]:
        """Return the key, and text that reStructuredText took for a part of it since no blank line comes before it."""
        key, _, rest = (self.arguments[0] if self.arguments else "").partition("\n")
        beside = _OPTION_BESIDE_KEY.search(key)
        if beside:
            message = __("the option %r is on the first line of %s; move it to a line of its own")
            warn(Subtype.UNREAD_OPTION, message, beside["name"], self.title, location=self.place_of())
            key = key[: beside.start()]
        if not rest or self.block.slips:
            return key, ""  # the rest is options that have been reported
        message = __("a blank line is missing between the first line of %s and its text")
        source, line = self.get_source_info()
        warn(Subtype.UNREAD_MARKUP, message, self.title, location=f"{source}:{line + 1}")
        return key, rest

    def check_key(self, key: str) -> bool:
        """Tell whether an entry can have a key; warn if not."""
        if KEY_FORM.fullmatch(key):
            return True
        if not key:
            message = __("%s has no key; write one after its name, such as %s")
            name = self.name if self.name in self.block_text.partition("\n")[0] else self.title
            form = "```{%s} %s" if self.in_markdown else ".. %s:: %s"
            example = form % (name, self.example_key)
            warn(Subtype.MISSING_KEY, message, self.title, example, location=self.place_of())
            return False
        message = __("%r is no key: use lower-case ASCII letters, digits, dots and hyphens, such as %r")
        warn(Subtype.INVALID_KEY, message, key, _key_like(key), location=self.place_of())
        return False

    def check_fences(self, key: str, content: Sequence[nodes.Node]) -> bool:
        """Tell whether a fence in the content is still open at its end; warn if so.

        Markdown ends a fence at the first line of as many signs. So it is the entry that is not closed, or that needs
        a longer fence than what is nested in it.
        """
        opened = open_fence(list(self.content)) if self.in_markdown else None
        if opened is None:
            return False
        if any(inner["unclosed"] for node in content for inner in node.findall(folio_entry)):
            return True  # which has been reported, and is the cause
        source, line = self.get_source_info()
        message = __("%s %r is still open at %s in line %d; close it first, or open it with a longer fence: %s")
        longer = self.block_text[0] * (len(opened.fence) + 1)
        begins = line + self.lines_above_content + opened.number
        warn(Subtype.UNCLOSED_FENCE, message, self.title, key, opened.text, begins, longer, location=f"{source}:{line}")
        return True

    def check_content(self, content: Sequence[nodes.Node]) -> None:
        """Look at what the entry says; most need not say anything."""

    def tags(self, keys: Iterable[str], option: str) -> folio_listing:
        """Return the place for a line of skills, each a link to its entry; it knows where it was written.

        Links are made when the page is written: until then, a tag is a word of this node, not five nodes.
        """
        return self.settle(folio_listing(kind="tags", key="", keys=tuple(keys)), option)

    def reference(self, objtype: str, key: str, option: str) -> nodes.Element:
        """Return a reference that knows where it was written."""
        return self.settle(cross_reference(self.env.docname, objtype, key), option)

    def check(self, values: dict[str, Any]) -> None:
        """Look at the values together: make a period of the dates; what does not hold is taken out."""
        if "start" in self.known_options:
            self.check_period(values)

    def check_period(self, values: dict[str, Any]) -> None:
        """Make a period of start and end; none if the end has no start or lies before it, for nothing true is left."""
        start: PartialDate | None = values.get("start")
        end: PartialDate | None = values.get("end")
        if end and "start" not in self.options:
            message = __("%s has an end and no start; give the option %r too")
            warn(Subtype.MISSING_OPTION, message, self.title, "start", location=self.place_of("end"))
        if not start:
            return
        try:
            values["period"] = Period(start, end)
        except ValueError as error:
            warn(Subtype.REVERSED_PERIOD, "%s", error, location=self.place_of("end"))

    def before(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return what stands before the text: the line of facts."""
        line = [part for name in self.facts_line for part in self._fact(values, name)]
        return [nodes.paragraph("", "", *joined(line, " | "), classes=["folio-line"])] if line else []

    def _fact(self, values: dict[str, Any], name: str) -> Iterator[nodes.Node]:
        if name in {"dates", "duration"}:
            if "period" in values:
                yield folio_period(period=values["period"], show=name)
        elif name not in values:
            return
        elif isinstance(values[name], PartialDate):
            yield date_text(values[name], DateFormatter(self.config.language, self.config.folio_date_formats))
        elif self.known_options[name].convert is convert.url:
            yield external_link(values[name], values[name])
        else:
            yield self.term(values, name)

    def after(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return what stands after the text: the skills as tags."""
        return [self.tags(values["skills"], "skills")] if "skills" in values else []

    def term(self, values: dict[str, Any], option: str) -> nodes.TextElement:
        """Return an option's text as a piece of a line."""
        return self.text_node(folio_term(), values[option], option)


class SummaryDirective(FolioDirective):
    """Add a summary of the person outside the person's entry."""

    summary = mark("What is said of the person in sum, where that stands away from the person's entry.")
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the text, marked for the person's record."""
        self.read_options()
        if not self.content:
            message = __("this summary is empty; write its text into the directive")
            warn(Subtype.MISSING_CONTENT, message, location=self.place_of())
        summary = folio_summary("", *self.parse_content_to_nodes(), classes=["folio-summary"])
        self.set_source_info(summary)
        return [summary]


def _key_like(text: str) -> str:
    """Return a key that resembles a text, for the sake of an example."""
    spelled = ascii_form(text).lower().replace("+", "p").replace("#", "-sharp")
    plain = "-".join(word for word in "".join(c if c.isascii() and c.isalnum() else " " for c in spelled).split())
    return plain or "go"
