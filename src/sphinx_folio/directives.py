"""The directives for listings, and what all directives share: options that are read one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_folio import options as convert
from sphinx_folio.i18n import __
from sphinx_folio.model import nearest
from sphinx_folio.nodes import folio_listing
from sphinx_folio.warnings import Subtype, did_you_mean, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    ElementT = TypeVar("ElementT", bound=nodes.Element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option: its converter, what to warn of when that fails, and whether an entry can do without it."""

    convert: Callable[[str], Any] = convert.text
    subtype: Subtype = Subtype.INVALID_OPTION
    required: bool = False


NAME = Option(subtype=Subtype.EMPTY_NAME)
DATE = Option(convert=convert.date, subtype=Subtype.INVALID_DATE)
URL = Option(convert=convert.url, subtype=Subtype.INVALID_LINK)
WORDS = Option(convert=convert.words)
FORMERLY = Option(convert=convert.keys, subtype=Subtype.INVALID_KEY)
"""The keys that an object had before: their addresses lead to it for ever."""


class FolioDirective(SphinxDirective):
    """What all directives share: options that are read one by one, so that a slip costs no more than itself."""

    option_spec: ClassVar[dict[str, Any]] = convert.AnyOption()
    known_options: ClassVar[Mapping[str, Option]] = {}

    @property
    def title(self) -> str:
        """Return the directive's name as the author knows it."""
        return self.name.removeprefix("folio:")

    def place_of(self, option: str | None = None) -> str:
        """Return path and line of an option, or of the directive itself."""
        source, line = self.get_source_info()
        for offset, text in enumerate(self.block_text.splitlines()):
            if option and text.strip().lstrip(":").startswith(f"{option}:"):
                return f"{source}:{line + offset}"
        return f"{source}:{line}"

    def read_options(self) -> dict[str, Any]:
        """Return the options that can be read; warn of every other one, and of those that lack."""
        values = {}
        for name, text in self.options.items():
            option = self.known_options.get(name)
            if not option:
                hint = did_you_mean(nearest(name, self.known_options))
                message = __("%s has no option %r%s")
                warn(Subtype.UNKNOWN_OPTION, message, self.title, name, hint, location=self.place_of(name))
            elif not text and option.required:
                continue  # reported below as missing
            elif not text:
                message = __("the option %r of %s is empty; give it a value or leave it out")
                warn(option.subtype, message, name, self.title, location=self.place_of(name))
            else:
                try:
                    values[name] = option.convert(text)
                except ValueError as error:
                    warn(option.subtype, "%s: %s", name, error, location=self.place_of(name))
        for name, option in self.known_options.items():
            if option.required and not self.options.get(name):
                message = __("%s lacks its option %r")
                warn(Subtype.MISSING_OPTION, message, self.title, name, location=self.place_of())
        return values

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


class ListingDirective(FolioDirective):
    """Show rows of the whole portfolio; the directive's name says which, its options narrow them."""

    def run(self) -> list[nodes.Node]:
        """Return the place that is filled once all pages are read."""
        values = self.read_options()
        self.check_vocabulary(values)
        node = folio_listing(kind=self.title, key="", **values)
        self.set_source_info(node)
        return [node]


FILTERS: Mapping[str, Option] = {
    "category": Option(),
    "level": Option(),
    "project": Option(),
    "skill": Option(),
    "since": DATE,
}
LISTINGS: Mapping[str, tuple[str, ...]] = {
    "skill-tags": ("category", "level", "project"),
    "skill-index": ("category", "level", "project", "since"),
    "skill-matrix": ("category", "level", "project", "since"),
    "project-cards": ("skill", "since"),
    "timeline": ("since",),
    "highlight-list": ("project", "skill", "since"),
    "evidence-table": ("project", "skill", "since"),
    "evidence-coverage": ("category", "level"),
}
"""Listing → the options that narrow it."""


def listing_directives() -> dict[str, type[ListingDirective]]:
    """Return a directive for every listing."""
    made = {}
    for name, filters in LISTINGS.items():
        options = {option: FILTERS[option] for option in filters}
        made[name] = type("ListingDirective", (ListingDirective,), {"known_options": options})
    return made
