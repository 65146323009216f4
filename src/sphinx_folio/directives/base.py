"""The base class of all directives: it validates options one by one, so that one mistake invalidates one option."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.util.docutils import SphinxDirective

from sphinx_folio._common.i18n import __
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.option_lines import bare_options, check_lines, paragraphs, unread_option
from sphinx_folio.doctree.nodes import option_text
from sphinx_folio.doctree.text_check import strip_and_warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeVar

    from docutils import nodes

    from sphinx_folio.directives.option_lines import Block
    from sphinx_folio.directives.option_types import Option

    ElementT = TypeVar("ElementT", bound=nodes.Element)


class FolioDirective(SphinxDirective):
    """A directive that validates its options one by one and warns about each mistake at its line."""

    summary: ClassVar[str] = ""
    """The description for the reference, marked for translation."""
    argument_help: ClassVar[str] = ""
    """The description of the argument; empty if the directive takes none."""
    option_spec: ClassVar[dict[str, Any]] = convert.AnyOption()
    known_options: ClassVar[Mapping[str, Option]] = {}
    elsewhere: ClassVar[Mapping[str, str]] = {}
    """Name of an option that authors expect → the end of the message that says where its value belongs instead."""
    block: Block
    """The option lines; set by ``read_options``."""
    has_mistakes: bool
    """Whether an option is invalid, or a required one is missing; set by ``read_options``."""
    unread: frozenset[str]
    """The options whose lines are malformed or misplaced; set by ``read_options``."""

    @property
    def title(self) -> str:
        """Return the directive's name without the domain."""
        return self.name.removeprefix("folio:")

    def get_source_info(self) -> tuple[str, int]:
        """Return the path and the line of the directive; docutils knows both of every directive in a file."""
        source, line = super().get_source_info()
        return source or "", line or 0

    def location_of(self, option: str | None = None) -> str:
        """Return ``path:line`` of an option, or of the directive itself."""
        source, line = self.get_source_info()
        for offset, text in enumerate(self.block_text.splitlines()):
            if option and text.strip().lstrip(":").casefold().startswith(f"{option.casefold()}:"):
                return f"{source}:{line + offset}"
        return f"{source}:{line}"

    def read_options(self) -> dict[str, Any]:
        """Return the values of the valid options; warn about invalid, unknown and missing ones."""
        self.options = {
            name: strip_and_warn(text, location=self.location_of(name)) for name, text in self.options.items()
        }
        self.check_option_lines()
        values = {
            name: value for name, text in self.options.items() if (value := self.value_of(name, text)) is not None
        }
        required = [name for name, option in self.known_options.items() if option.required]
        missing = [name for name in required if not self.options.get(name)]
        unread = [name for name in missing if name in self.unread and name not in self.options]
        self.has_mistakes = bool(missing or self.options.keys() - values.keys())
        self.warn_of_missing_options([name for name in missing if name not in unread])
        return values

    def warn_of_missing_options(self, names: list[str]) -> None:
        """Warn about required options that are missing: about all of them at once."""
        if len(names) == 1:
            message = __("%s lacks the required option %r")
            warn(Subtype.MISSING_OPTION, message, self.title, names[0], location=self.location_of())
        elif names:
            message = __("%s lacks the required options %s")
            warn(Subtype.MISSING_OPTION, message, self.title, ", ".join(map(repr, names)), location=self.location_of())

    def check_option_lines(self) -> None:
        """Warn about lines that look like options but are not; record which options they mean."""
        source, line = self.get_source_info()
        self.block = check_lines(self.block_text, line, self.known_options, self.options)
        if self.block.is_uneven:
            self.options = {name: text.partition("\n")[0] for name, text in self.options.items()}
        for mistake in self.block.mistakes:
            warn(mistake.subtype, "%s", mistake.message, location=f"{source}:{mistake.line}")
        in_text = self.warn_of_options_in_text(skip_first=bool(self.block.mistakes))
        self.unread = self.block.names.union(in_text) - self.options.keys()

    def value_of(self, name: str, text: str) -> Any:
        """Return the value of an option; if it is invalid, warn and return None."""
        option = self.known_options.get(name)
        if not option:
            self.warn_of_unknown_option(name)
        elif not text and not option.required:  # a required one is reported as missing
            message = __("the option %r of %s is empty; give it a value or leave it out")
            warn(option.subtype, message, name, self.title, location=self.location_of(name))
        elif text:
            try:
                value = option.convert(text)
            except ValueError as error:
                self.warn_of_value(name, text, error)
            else:
                self.check_list(name, text)
                return self.chosen(name, value) if option.choices else value
        return None

    def chosen(self, name: str, value: str | tuple[str, ...]) -> Any:
        """Return a value that is one of the choices of its option, or the items that are; warn about others."""
        option = self.known_options[name]
        if isinstance(value, str):
            return self.one_of(option.subtype, name, value, option.choices) or None
        return tuple(item for item in value if self.one_of(option.subtype, name, item, option.choices))

    def warn_of_unknown_option(self, name: str) -> None:
        """Warn about an unknown option, and suggest the nearest one or list all."""
        hint = __(self.elsewhere[name]) if name in self.elsewhere else did_you_mean(nearest(name, self.known_options))
        if not hint and self.known_options:
            hint = __("; known: %s") % ", ".join(self.known_options)
        message = __("%s has no option %r%s")
        warn(Subtype.UNKNOWN_OPTION, message, self.title, name, hint, location=self.location_of(name))

    def warn_of_value(self, name: str, text: str, error: ValueError) -> None:
        """Warn about an invalid value, and suggest a correction."""
        option = self.known_options[name]
        if name == "end" and not any(character.isdigit() for character in text):
            message = __("%r is not a date; leave the option %r out if the period has not ended")
            warn(option.subtype, message, text, name, location=self.location_of(name))
            return
        hint = did_you_mean(option.guess(text))
        warn(option.subtype, "%s: %s%s", name, error, hint, location=self.location_of(name))

    def check_list(self, name: str, text: str) -> None:
        """Warn about a list with empty or repeated items."""
        if not self.known_options[name].is_list or name in {mistake.option for mistake in self.block.mistakes}:
            return
        items = convert.items(text)
        twice = next((item for number, item in enumerate(items) if item and item in items[:number]), None)
        if not all(items):
            message = __("the option %r has an empty item; remove the extra comma")
            warn(Subtype.INVALID_LIST, message, name, location=self.location_of(name))
        elif twice:
            message = __("the option %r lists %r twice")
            warn(Subtype.INVALID_LIST, message, name, twice, location=self.location_of(name))

    def warn_of_options_in_text(self, *, skip_first: bool) -> list[str]:
        """Warn about options below a blank line or other text, where they are parsed as text; return their names.

        Args:
            skip_first: Whether the first paragraph has been reported already.
        """
        source, line = self.get_source_info()
        found: list[str] = []
        for paragraph in paragraphs(list(self.content))[skip_first:]:
            names = [name for text in paragraph.lines for name in unread_option(text, self.known_options)]
            if not names and paragraph.number == 0:
                names = bare_options(paragraph.lines, self.known_options)
            if names:
                message = __("the option %r is text here; move it directly below the first line of %s")
                location = f"{source}:{line + self.lines_above_content + paragraph.number_of(names[0])}"
                warn(Subtype.UNREAD_OPTION, message, names[0], self.title, location=location)
            found += names
        return found

    @property
    def lines_above_content(self) -> int:
        """Return the number of lines above the content; MyST and docutils define ``content_offset`` differently."""
        block = self.block_text.rstrip().splitlines()
        if self.in_markdown:
            block = "\n".join(block[:-1]).rstrip().splitlines()
        return len(block) - len("\n".join(self.content).rstrip().splitlines())

    @property
    def in_markdown(self) -> bool:
        """Return whether the directive is written in Markdown."""
        return not self.block_text.lstrip().startswith("..")

    def one_of(self, subtype: Subtype, option: str, value: str, known: Iterable[str], setting: str = "") -> str:
        """Return a value if it is one of the known values; otherwise warn and return an empty string.

        Args:
            subtype: The subtype of the warning.
            option: The option with the value.
            value: The value; an empty one is returned without a warning.
            known: The known values.
            setting: The setting that defines the known values, if any.
        """
        known = list(known)
        if not value or value in known:
            return value
        if not known and setting:
            hint = __("; %s in conf.py is empty") % setting
        else:
            hint = did_you_mean(nearest(value, known)) or __("; known: %s") % ", ".join(known)
            hint += __(" (see %s in conf.py)") % setting if setting else ""
        warn(subtype, __("unknown %s %r%s"), option, value, hint, location=self.location_of(option))
        return ""

    def warn_about_content(self) -> None:
        """Warn about content in a directive that takes only options."""
        if any(text.strip() for text in self.content) and not self.unread:
            message = __("%s takes options only, so %r is not shown; is the directive closed?")
            text = next(text.strip() for text in self.content if text.strip())
            warn(Subtype.UNEXPECTED_CONTENT, message, self.title, text, location=self.location_of())

    def check_vocabulary(self, values: dict[str, Any]) -> None:
        """Remove an unknown level or category from the values, with a warning."""
        for option, subtype, setting in (
            ("level", Subtype.UNKNOWN_LEVEL, "folio_levels"),
            ("category", Subtype.UNKNOWN_CATEGORY, "folio_categories"),
        ):
            known = self.config[setting]
            if option in values and not self.one_of(subtype, option, values[option], known, setting):
                del values[option]

    def set_source_line(self, node: ElementT, option: str) -> ElementT:
        """Set the source and the line of a node to those of an option; return the node."""
        node.source, line = self.location_of(option).rsplit(":", 1)
        node.line = int(line)
        return node

    def text_node(self, node: nodes.TextElement, text: str, fact: str) -> nodes.TextElement:
        """Add the text of an option to a node so that it is translated and collected; ``fact`` names the option."""
        node.rawsource = text
        node["fact"] = fact
        node += option_text(text)
        return self.set_source_line(node, fact)
