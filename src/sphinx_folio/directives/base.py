"""What all directives share: options that are read one by one, so that a mistake costs no more than itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.spelling import ascii_form
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.option_lines import bare_options, check_lines, paragraphs, unread_option
from sphinx_folio.directives.options import no_guesses
from sphinx_folio.doctree.text_check import report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from sphinx_folio.directives.option_lines import Block

    ElementT = TypeVar("ElementT", bound=nodes.Element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option: what it means, its converter, the warning if that fails, and whether it is required."""

    help: str = ""
    """What it means, for the reference; marked for translation."""
    convert: Callable[[str], Any] = convert.text
    subtype: Subtype = Subtype.INVALID_OPTION
    required: bool = False
    guesses: Callable[[str], Iterable[str]] = no_guesses
    """Returns likely corrections of a value that cannot be converted."""
    is_list: bool = False

    def guess(self, text: str) -> str:
        """Return the first guess that can be converted, or an empty string."""
        for guess in (*self.guesses(text), ascii_form(text)):
            if guess != text and convert.is_readable(self.convert, guess):
                return guess
        return ""


def name_option(help: str = mark("The name; by default the title of the section that the entry opens.")) -> Option:  # noqa: A002
    """Return the option that names an entry in the place of its section's title."""
    return Option(help=help, subtype=Subtype.EMPTY_NAME)


def date_option(help: str, *, required: bool = False) -> Option:  # noqa: A002  named as in argparse
    """Return an option that is a partial date."""
    return Option(
        help=help, convert=convert.date, subtype=Subtype.INVALID_DATE, required=required, guesses=convert.date_guesses
    )


def url_option(help: str, *, required: bool = False) -> Option:  # noqa: A002
    """Return an option that is an address."""
    return Option(
        help=help, convert=convert.url, subtype=Subtype.INVALID_LINK, required=required, guesses=convert.url_guesses
    )


def list_option(help: str) -> Option:  # noqa: A002
    """Return an option that is a list separated by commas."""
    return Option(help=help, convert=convert.words, is_list=True)


KEY_HELP = mark("The object's key, which stands in its address: lower-case ASCII letters, digits, dots and hyphens.")
START_HELP = mark("When it began: 2021, 2021-08 or 2021-08-31.")
START = date_option(START_HELP)
END = date_option(mark("When it ended; without it, it goes on."))
SKILLS = list_option(mark("Keys of skills, separated by commas; they are shown as linked tags."))
FORMERLY = Option(
    help=mark("Keys that the object had before; their addresses keep leading to it."),
    convert=convert.keys,
    subtype=Subtype.INVALID_KEY,
    guesses=convert.key_guesses,
    is_list=True,
)


class FolioDirective(SphinxDirective):
    """What all directives share: options that are read one by one, so that a slip costs no more than itself."""

    summary: ClassVar[str] = ""
    """What the directive is for, for the reference; marked for translation."""
    argument_help: ClassVar[str] = ""
    """What its argument is, if it takes one."""
    option_spec: ClassVar[dict[str, Any]] = convert.AnyOption()
    known_options: ClassVar[Mapping[str, Option]] = {}
    block: Block
    """The option lines; set by ``read_options``."""
    unread: frozenset[str]
    """The options whose lines are malformed or misplaced; set by ``read_options``."""

    @property
    def title(self) -> str:
        """Return the directive's name as the author knows it."""
        return self.name.removeprefix("folio:")

    def place_of(self, option: str | None = None) -> str:
        """Return path and line of an option, or of the directive itself."""
        source, line = self.get_source_info()
        for offset, text in enumerate(self.block_text.splitlines()):
            if option and text.strip().lstrip(":").casefold().startswith(f"{option.casefold()}:"):
                return f"{source}:{line + offset}"
        return f"{source}:{line}"

    def read_options(self) -> dict[str, Any]:
        """Return the options that can be read; warn of every other one, and of those that lack."""
        self.options = {name: report(text, location=self.place_of(name)) for name, text in self.options.items()}
        self.check_option_lines()
        values = {
            name: value for name, text in self.options.items() if (value := self.value_of(name, text)) is not None
        }
        for name, option in self.known_options.items():
            unread = name in self.unread and name not in self.options
            if option.required and not self.options.get(name) and not unread:
                message = __("%s lacks its option %r")
                warn(Subtype.MISSING_OPTION, message, self.title, name, location=self.place_of())
        return values

    def check_option_lines(self) -> None:
        """Warn of lines that look like options but are not; record which options they mean."""
        source, line = self.get_source_info()
        self.block = check_lines(self.block_text, line, self.known_options, self.options)
        for slip in self.block.slips:
            warn(slip.subtype, "%s", slip.message, location=f"{source}:{slip.line}")
        in_text = self.warn_of_options_in_text(skip_first=bool(self.block.slips))
        self.unread = self.block.names.union(in_text) - self.options.keys()

    def value_of(self, name: str, text: str) -> Any:
        """Return the value of an option; warn and return nothing if there is none that can be read."""
        option = self.known_options.get(name)
        if not option:
            self.warn_of_unknown_option(name)
        elif not text and not option.required:  # a required one is reported as missing
            message = __("the option %r of %s is empty; give it a value or leave it out")
            warn(option.subtype, message, name, self.title, location=self.place_of(name))
        elif text:
            try:
                value = option.convert(text)
            except ValueError as error:
                self.warn_of_value(name, text, error)
            else:
                self.check_list(name, text)
                return value
        return None

    def warn_of_unknown_option(self, name: str) -> None:
        """Warn of an option that the directive does not have; offer the nearest, or all."""
        hint = did_you_mean(nearest(name, self.known_options))
        if not hint and self.known_options:
            hint = __("; known: %s") % ", ".join(self.known_options)
        message = __("%s has no option %r%s")
        warn(Subtype.UNKNOWN_OPTION, message, self.title, name, hint, location=self.place_of(name))

    def warn_of_value(self, name: str, text: str, error: ValueError) -> None:
        """Warn of a value that cannot be converted; suggest a correction."""
        option = self.known_options[name]
        if name == "end" and not any(character.isdigit() for character in text):
            message = __("%r is not a date; leave the option %r out if the period has not ended")
            warn(option.subtype, message, text, name, location=self.place_of(name))
            return
        hint = did_you_mean(option.guess(text))
        warn(option.subtype, "%s: %s%s", name, error, hint, location=self.place_of(name))

    def check_list(self, name: str, text: str) -> None:
        """Warn of a list with empty or repeated items."""
        if not self.known_options[name].is_list or name in {slip.option for slip in self.block.slips}:
            return
        items = convert.items(text)
        twice = next((item for number, item in enumerate(items) if item and item in items[:number]), None)
        if not all(items):
            message = __("the option %r has an empty item; remove the extra comma")
            warn(Subtype.INVALID_LIST, message, name, location=self.place_of(name))
        elif twice:
            message = __("the option %r has %r twice")
            warn(Subtype.INVALID_LIST, message, name, twice, location=self.place_of(name))

    def warn_of_options_in_text(self, *, skip_first: bool) -> list[str]:
        """Warn of options below a blank line or other text, which makes them text; return their names.

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
                place = f"{source}:{line + self.lines_above_content + paragraph.number_of(names[0])}"
                warn(Subtype.UNREAD_OPTION, message, names[0], self.title, location=place)
            found += names
        return found

    @property
    def lines_above_content(self) -> int:
        """Return the number of lines above the content; MyST and docutils do not agree on ``content_offset``."""
        block = self.block_text.rstrip().splitlines()
        if self.in_markdown:
            block = "\n".join(block[:-1]).rstrip().splitlines()
        return len(block) - len("\n".join(self.content).rstrip().splitlines())

    @property
    def in_markdown(self) -> bool:
        """Return whether the directive is written in Markdown."""
        return not self.block_text.lstrip().startswith("..")

    def one_of(self, subtype: Subtype, option: str, value: str, known: Iterable[str], setting: str = "") -> str:
        """Return a word of a vocabulary; warn and return nothing if it is none of it."""
        known = list(known)
        if not value or value in known:
            return value
        if not known and setting:
            hint = __("; %s in conf.py lists none") % setting
        else:
            hint = did_you_mean(nearest(value, known)) or __("; known: %s") % ", ".join(known)
            hint += __(" (see %s in conf.py)") % setting if setting else ""
        warn(subtype, __("unknown %s %r%s"), option, value, hint, location=self.place_of(option))
        return ""

    def warn_of_content(self) -> None:
        """Warn of content in a directive that shows none."""
        if any(text.strip() for text in self.content) and not self.unread:
            message = __("%s takes options only, so %r is not shown; is the directive closed?")
            text = next(text.strip() for text in self.content if text.strip())
            warn(Subtype.UNEXPECTED_CONTENT, message, self.title, text, location=self.place_of())

    def check_vocabulary(self, values: dict[str, Any]) -> None:
        """Take out a level or a category that the site does not know."""
        for option, subtype, setting in (
            ("level", Subtype.UNKNOWN_LEVEL, "folio_levels"),
            ("category", Subtype.UNKNOWN_CATEGORY, "folio_categories"),
        ):
            known = self.config[setting]
            if option in values and not self.one_of(subtype, option, values[option], known, setting):
                del values[option]

    def settle(self, node: ElementT, option: str) -> ElementT:
        """Let a node know where its option was written."""
        node.source, line = self.place_of(option).rsplit(":", 1)
        node.line = int(line)
        return node

    def text_node(self, node: nodes.TextElement, text: str, fact: str) -> nodes.TextElement:
        """Fill a node with an option's text so that it is translated and collected as a field."""
        node.rawsource = text
        node["fact"] = fact
        node += nodes.Text(text)
        return self.settle(node, fact)
