"""The directive ``publications``: the entries of a bibliography as publications."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList

from sphinx_folio._common.advice import how_to_install
from sphinx_folio._common.cjk import HAN
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.directives.option_types import SKILLS, Option, choice_option, list_option
from sphinx_folio.doctree.nodes import folio_term, folio_untranslated
from sphinx_folio.portfolio.dates import PartialDate, Period
from sphinx_folio.portfolio.queries.work import newest_first_key
from sphinx_folio.types.publication import PublicationDirective

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.directives.bibliography.item import Contents, Item


class PublicationsDirective(FolioDirective):
    """Show the entries of a BibTeX or CSL-JSON file as publications, newest first."""

    summary = mark(
        "The entries of a BibTeX or CSL-JSON file as publications, newest first. The key of each is its citation key in"
        " lower case, with hyphens."
    )
    argument_help = mark("A BibTeX (.bib) or CSL-JSON (.json) file, relative to the page.")
    optional_arguments = 1  # the file is required, but only an optional argument lets us warn with our own subtype
    final_argument_whitespace = True
    has_content = True  # content causes a warning; with False, docutils would drop the directive
    known_options: ClassVar[Mapping[str, Option]] = {
        "keys": list_option(mark("The citation keys of the entries to show; by default all entries.")),
        "skills": list_option(
            mark("Keys of skills that all of them show; a field skills in the file adds those of one entry."),
            "skill",
        ),
        "group-by": choice_option(mark("year: groups the entries by year; those without a date come first."), ["year"]),
    }

    def run(self) -> list[nodes.Node]:
        """Return the entries in a container, so that none of them takes its name or its anchor from the section."""
        values = self.read_options()
        self.warn_about_content()
        if not self.arguments:
            message = __("%s has no file; write the path of a BibTeX or CSL-JSON file after its name")
            warn(Subtype.MISSING_KEY, message, self.title, location=self.location_of())
            return []
        relative, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        contents = self._read(relative, path)
        for mistake in contents.mistakes:
            warn(Subtype.UNREADABLE_DATA, "%s", mistake.says, location=f"{path}:{mistake.line}")
        chosen = self._chosen(contents.items, values)
        if "group-by" not in values:
            blocks = self._entries(chosen, path, values)
        else:
            blocks = []
            for year, items in _by_year(chosen).items():
                title = [nodes.rubric("", year, translatable=False)] if year else []
                if entries := self._entries(items, path, values):
                    blocks.append(nodes.container("", *title, *entries, classes=["folio-year"]))
        return [nodes.container("", *blocks, classes=["folio-publications"])] if blocks else []

    def _entries(self, items: list[Item], path: str, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the nodes of entries."""
        return [node for item in items for node in self._entry(item, path, values)]

    def _read(self, relative: str, path: str) -> Contents:
        """Return the contents of the file; warn if it cannot be read."""
        from sphinx_folio.directives.bibliography import READERS  # noqa: PLC0415  few sites have a bibliography
        from sphinx_folio.directives.bibliography.item import Contents, MissingLibraryError  # noqa: PLC0415

        suffix = PurePath(path).suffix.lower()
        if suffix not in READERS:
            message = __("%s is not a bibliography; write the path of a .bib file (BibTeX) or a .json file (CSL-JSON)")
            warn(Subtype.UNREADABLE_DATA, message, self.arguments[0], location=self.location_of())
            return Contents()
        try:
            return READERS[suffix](Path(path).read_text(encoding="utf-8-sig"))
        except MissingLibraryError as error:
            self.env.note_reread()  # until it is installed
            message = __("%s needs the library %s, which is not installed; %s")
            library, extra = error.args
            values = relative, library, how_to_install(extra)
            warn(Subtype.UNREADABLE_DATA, message, *values, location=self.location_of())
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            warn(Subtype.UNREADABLE_DATA, __("%s cannot be read: %s"), relative, reason, location=self.location_of())
        return Contents()

    def _chosen(self, items: list[Item], values: dict[str, Any]) -> list[Item]:
        """Return the entries that the option ``keys`` names, or all, newest first; warn about unknown keys."""
        keys = values.get("keys", ())
        known = {item.citation_key for item in items}
        for key in keys if items else ():
            if key not in known:
                message = __("%s has no entry %r%s")
                hint = did_you_mean(nearest(key, known))
                location = self.location_of("keys")
                warn(Subtype.UNREADABLE_DATA, message, self.arguments[0], key, hint, location=location)
        chosen = [item for item in items if not keys or item.citation_key in keys]
        return sorted(chosen, key=_order)

    def _entry(self, item: Item, path: str, values: dict[str, Any]) -> list[nodes.Node]:
        """Return the node of an entry; warn if it has no title."""
        if "title" not in item.options:
            message = __("%r has no title")
            warn(Subtype.EMPTY_NAME, message, item.citation_key, location=f"{path}:{item.line}")
            return []
        skills = ", ".join(dict.fromkeys((*values.get("skills", ()), *SKILLS.convert(item.options.get("skills", "")))))
        options = {**item.options, **({"skills": skills} if skills else {})}
        directive = _ItemDirective(
            *("publication", [item.key], options, StringList(), self.lineno, self.content_offset, ""),
            *(self.state, self.state_machine),
        )
        directive.path, directive.item = path, item
        return directive.run()


def _order(item: Item) -> tuple[bool, bool, int, int]:
    """Return a sort key: newest first, as in exports; without a valid date last."""
    date = _date(item)
    return newest_first_key(Period(date, date) if date else None)


def _by_year(items: list[Item]) -> dict[str, list[Item]]:
    """Return entries by year; those without a valid date are first, under an empty year."""
    groups: dict[str, list[Item]] = {"": []}
    for item in items:
        date = _date(item)
        groups.setdefault(str(date.year) if date else "", []).append(item)
    return groups


def _date(item: Item) -> PartialDate | None:
    """Return the date of an entry; None if it has none or an invalid one, which is reported when the entry is made."""
    try:
        return PartialDate.parse(item.options.get("date", ""))
    except ValueError:
        return None


class _ItemDirective(PublicationDirective):
    """A publication whose options come from a file, to which warnings refer."""

    path: str
    item: Item

    def location_of(self, option: str | None = None) -> str:
        """Return ``path:line`` of an option in the file, or of the publication; on the page for skills of all."""
        if option == "skills" and option not in self.item.lines:
            return super().location_of()
        return f"{self.path}:{self.item.lines.get(option or '', self.item.line)}"

    def inline_text(self, text: str, option: str) -> nodes.TextElement:
        """Return a text of an option; only a status, or one with Han characters, has to be translated for readers."""
        is_translated = option == "status" or HAN.search(text)
        return self.text_node(folio_term() if is_translated else folio_untranslated(), text, option)
