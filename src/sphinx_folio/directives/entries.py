"""The base class of the directives for entries: they create nodes, from which ``collect`` makes records later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList

from sphinx_folio._common.i18n import DateFormatter, __, mark
from sphinx_folio._common.identifiers import identifier
from sphinx_folio._common.site_languages import source_language
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.directives.keys import key_from
from sphinx_folio.directives.option_lines import open_fence
from sphinx_folio.directives.option_types import KEY_HELP, Option
from sphinx_folio.doctree.elements import (
    cross_reference,
    external_link,
    identifier_links,
    is_entry,
    joined,
    short_address,
)
from sphinx_folio.doctree.lines import date_text
from sphinx_folio.doctree.nodes import folio_entry, folio_fact, folio_listing, folio_period, folio_summary, folio_term
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.records import KEY_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_OPTION_AFTER_KEY = re.compile(r"\s+[:：]?(?P<name>\w[\w-]*)[:：=].*")


class EntryDirective(FolioDirective):
    """Describe an object: the argument is its key, the content is prose.

    Without an option for the name, the first entry of a type in a section is named by the section's title. All
    positions of a section use its title as their entity; a highlight uses it only if it opens the section and is its
    only highlight. If an entry follows the title immediately, links to the object lead to the title.
    """

    optional_arguments = 1  # the key is required, but only an optional argument lets us warn with our own subtype
    final_argument_whitespace = True
    has_content = True
    objtype: ClassVar[str]
    example_key: ClassVar[str] = "first"
    """A key to show in messages."""
    heading_fact: ClassVar[str] = "name"
    """The field that the section's title sets, which is also the option that overrides it; empty if there is none."""
    value_options: ClassVar[Sequence[str]] = ()
    """The options that are values, such as dates and keys, and not text: they become attributes of the node."""
    facts_line: ClassVar[Sequence[str]] = ()
    """The parts of the line above the text: names of options, or ``dates`` and ``duration`` of the period."""
    role_fact: ClassVar[str] = ""
    """The part of that line that stands out: what the person was or studied."""
    name_in_line: ClassVar[bool] = False
    """Whether a name that is set by an option starts the line of facts; otherwise it is a line of its own."""
    argument_help: ClassVar[str] = KEY_HELP

    def run(self) -> list[nodes.Node]:
        """Return the entry, or only its children if it has no key; an invalid key is replaced by a similar one."""
        values = self.read_options()
        key, text = self.split_argument()
        is_key = self.check_key(key)
        if key and not is_key:
            key = self.key_like(key)  # so that references to the key that the warning names are valid
            self.has_mistakes = True
        entry = folio_entry("", classes=["folio-entry", f"folio-{self.objtype}"])
        entry["objtype"], entry["key"], entry["heading_fact"] = self.objtype, key, self.heading_fact
        self.arguments = [key]
        self.set_source_info(entry)
        if self.has_mistakes:
            entry["has_mistakes"] = True
        self.check(values)
        for name in (*self.value_options, "formerly"):
            if name in values:
                entry[name] = values[name]
        if self.heading_fact in values and not self.name_in_line:
            title = folio_fact(classes=["folio-name"])
            entry += self.text_node(title, values[self.heading_fact], self.heading_fact)
        content = [*self.parse_argument_text(text), *self.parse_content_to_nodes()]
        entry["unclosed"] = self.check_fences(key, content)
        self.check_content(content)
        evidence = [node for node in content if is_entry(node, "evidence")]
        entry += self.nodes_before_text(values)
        entry += [node for node in content if node not in evidence]
        after = self.nodes_after_text(values)
        further = [node for node in after if isinstance(node, folio_listing) and node["kind"] == "further-evidence"]
        entry += [node for node in after if node not in further]
        entry += [*evidence, *further]
        if key:
            return [entry]
        return [node for node in entry.children if not isinstance(node, folio_listing)]

    def split_argument(self) -> tuple[str, str]:
        """Return the key, and text that docutils parsed as a part of the argument because a blank line is missing."""
        key, _, rest = (self.arguments[0] if self.arguments else "").partition("\n")
        option = _OPTION_AFTER_KEY.search(key)
        if option:
            message = __("the option %r is on the first line of %s; move it to a line of its own")
            warn(Subtype.UNREAD_OPTION, message, option["name"], self.title, location=self.location_of())
            key = key[: option.start()]
        if not rest or self.block.mistakes:
            return key, ""  # the rest is options that have been reported
        message = __("a blank line is missing between the first line of %s and its text")
        source, line = self.get_source_info()
        warn(Subtype.UNREAD_MARKUP, message, self.title, location=f"{source}:{line + 1}")
        return key, rest

    def parse_argument_text(self, text: str) -> list[nodes.Node]:
        """Return the nodes of the text that docutils parsed as a part of the argument, with their lines in the file."""
        source, line = self.get_source_info()
        lines = text.splitlines()
        items = [(source, line + number) for number in range(len(lines))]
        parsed = nodes.Element()
        parsed.document = self.state.document
        self.state.nested_parse(StringList(lines, items=items), line, parsed)
        return parsed.children

    def check_key(self, key: str) -> bool:
        """Return whether a key is valid; warn if not."""
        if KEY_PATTERN.fullmatch(key):
            return True
        if not key:
            message = __("%s has no key; write one after its name, such as %s")
            name = self.name if self.name in self.block_text.partition("\n")[0] else self.title
            form = "```{%s} %s" if self.in_markdown else ".. %s:: %s"
            example = form % (name, self.example_key)
            warn(Subtype.MISSING_KEY, message, self.title, example, location=self.location_of())
            return False
        message = __("%r is not a valid key; use lowercase ASCII letters, digits, dots and hyphens, such as %r")
        warn(Subtype.INVALID_KEY, message, key, self.key_like(key) or self.example_key, location=self.location_of())
        return False

    def key_like(self, text: str) -> str:
        """Return a valid key that resembles a text, as an import would make it; empty if there is none."""
        return key_from(text, language=source_language(self.config))

    def check_fences(self, key: str, content: Sequence[nodes.Node]) -> bool:
        """Return whether the content has an unclosed fence; warn if so.

        In Markdown, the first line with the same fence closes a block. So either the entry is not closed, or its fence
        must be longer than those of nested blocks.
        """
        opened = open_fence(list(self.content)) if self.in_markdown else None
        if opened is None:
            return False
        if any(inner["unclosed"] for node in content for inner in node.findall(folio_entry)):
            return True  # the inner fence is the cause and has been reported
        source, line = self.get_source_info()
        message = __("%s %r is still open at %s in line %d; close it first, or open it with a longer fence: %s")
        longer = self.block_text[0] * (len(opened.fence) + 1)
        begins = line + self.lines_above_content + opened.number
        warn(Subtype.UNCLOSED_FENCE, message, self.title, key, opened.text, begins, longer, location=f"{source}:{line}")
        return True

    def check_content(self, content: Sequence[nodes.Node]) -> None:
        """Check the content; subclasses that require content override this."""

    def tags(self, keys: Iterable[str], option: str) -> folio_listing:
        """Return a placeholder for a line of skills, with the source line of the option.

        It is replaced by links when the page is written, so that the doctree has one node instead of five for each tag.
        """
        return self.set_source_line(folio_listing(kind="tags", key="", keys=tuple(keys)), option)

    def reference(self, objtype: str, key: str, option: str) -> nodes.Element:
        """Return a reference with the source line of the option."""
        return self.set_source_line(cross_reference(self.env.docname, objtype, key), option)

    def check(self, values: dict[str, Any]) -> None:
        """Check values that depend on each other; remove invalid ones."""
        if "start" in self.known_options:
            self.check_period(values)

    def check_period(self, values: dict[str, Any]) -> None:
        """Add the value ``period``, from start and end; warn and add none if the start is missing or after the end."""
        start: PartialDate | None = values.get("start")
        end: PartialDate | None = values.get("end")
        if end and "start" not in self.options:
            message = __("%s has an end but no start; add the option %r")
            warn(Subtype.MISSING_OPTION, message, self.title, "start", location=self.location_of("end"))
        if not start:
            return
        try:
            values["period"] = Period(start, end)
        except ValueError:
            message = __("%s %r: the end, %s, is before the start, %s")
            values_shown = (self.title, *self.arguments, end, start)
            warn(Subtype.REVERSED_PERIOD, message, *values_shown, location=self.location_of("end"))

    def nodes_before_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the nodes above the text: the line of facts."""
        facts = [name for name in self.facts_line if name in values or name in {"dates", "duration"}]
        given = [name for name in values if name in {"start", "dates", self.role_fact}]
        if self.role_fact in given[1:]:  # an author who gives the dates first has them first
            facts.sort(key=lambda name: name != "dates")
        named = self.name_in_line and self.heading_fact in values
        if named:  # its name links to its address
            facts = [name for name in facts if self.known_options.get(name, Option()).convert is not convert.url]
        line = [part for name in facts for part in self.fact(values, name)]
        if named:
            name = nodes.strong("", "", self.term(values, self.heading_fact))
            linked = "url" in values
            line.insert(0, nodes.reference("", "", name, refuri=values["url"], internal=False) if linked else name)
            line += identifier_links(values.get("url", ""))
        classes = ["folio-line", "folio-named"] if named else ["folio-line"]
        return [nodes.paragraph("", "", *joined(line, " | "), classes=classes)] if line else []

    def fact(self, values: dict[str, Any], name: str) -> Iterator[nodes.Node]:
        """Yield the nodes of a fact of the line."""
        if name == "dates" and name in values:
            term = self.term(values, name)
            term["classes"].append("folio-dates")
            yield term
        elif name in {"dates", "duration"}:
            if "period" in values:
                yield folio_period(period=values["period"], show=name)
        elif isinstance(values[name], tuple):
            yield self.inline_text(", ".join(values[name]), name)
        elif isinstance(values[name], PartialDate):
            yield date_text(values[name], DateFormatter.of(self.config))
        elif self.known_options[name].convert is convert.url:
            yield external_link(identifier(values[name]) or short_address(values[name]), values[name])
        else:
            term = self.term(values, name)
            term["classes"] += ["folio-role"] if name == self.role_fact else []
            yield term

    def nodes_after_text(self, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the nodes below the text: the skills as tags."""
        return [self.tags(values["skills"], "skills")] if "skills" in values else []

    def term(self, values: dict[str, Any], option: str) -> nodes.TextElement:
        """Return the text of an option as an inline node."""
        return self.inline_text(values[option], option)

    def inline_text(self, text: str, option: str) -> nodes.TextElement:
        """Return a text of an option as an inline node, which can be translated."""
        return self.text_node(folio_term(), text, option)


class SummaryDirective(FolioDirective):
    """Add a summary of the person outside the person's entry."""

    summary = mark("Adds a summary of the person outside the person directive.")
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the content in a node from which the person's record is collected."""
        self.read_options()
        if not self.content:
            message = __("this summary is empty; write its text into the directive")
            warn(Subtype.MISSING_CONTENT, message, location=self.location_of())
        summary = folio_summary("", *self.parse_content_to_nodes(), classes=["folio-summary"])
        self.set_source_info(summary)
        return [summary]
