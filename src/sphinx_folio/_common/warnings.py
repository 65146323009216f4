"""Every warning that the extension gives, in one place; each can be silenced as ``folio.<subtype>``."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinx_folio._common.i18n import __, mark

if TYPE_CHECKING:
    from docutils import nodes

_logger = logging.getLogger(__name__)


class Subtype(Enum):
    """The subtypes of warnings of type ``folio``; each value says what brought it about."""

    BROKEN_REDIRECT = mark("A redirect leads from what is still there, or to a page or an anchor that is not.")
    CSP_VIOLATION = mark("The Content-Security-Policy blocks something that a page loads, sends or runs.")
    DUPLICATE_KEY = mark("Two entries of a type claim the same key; the first one in page order is the object.")
    DUPLICATE_NAME = mark("Two objects of a type have the same name; readers cannot tell them apart.")
    DUPLICATE_OPTION = mark("A directive gives an option twice.")
    EMPTY_NAME = mark("An entry has no name: neither an option gives one nor does it open a section with a title.")
    EVIDENCE_COVERAGE = mark("Less of the portfolio has evidence than the setting folio_evidence_fail_under asks for.")
    FOREIGN_TEXT = mark("A text on a written page is in another language than the page, and not marked with it.")
    FUTURE_DATE = mark("A date of evidence, a birth or the start of a period is later than the day of the build.")
    FUZZY_TRANSLATION = mark("A translation is marked as unsure; Sphinx would show the source instead.")
    IDLE_EVIDENCE = mark("Evidence supports nothing: it stands in no entry and names none.")
    INVALID_CATALOG = mark("A catalog of translations breaks the format, repeats a message or is not in UTF-8.")
    INVALID_CHARACTER = mark("A text holds a control, bidirectional or private-use character; it is left out.")
    INVALID_DATE = mark("A date is not written as 2021, 2021-08 or 2021-08-31, or the calendar does not have it.")
    INVALID_DIAGRAM = mark("A diagram cannot be drawn: Mermaid would not understand it.")
    INVALID_KEY = mark("A key holds other characters than lower-case ASCII letters, digits, dots and hyphens.")
    INVALID_LINK = mark("A link is no address that begins with http:, https: or mailto:.")
    INVALID_LIST = mark("A list has an empty item or a repeated one.")
    INVALID_OPTION = mark("An option's value cannot be read.")
    LONG_POLICY = mark("The Content-Security-Policy is longer than servers take in their configuration.")
    LONG_RESUME = mark("The résumé does not fit on two pages, even in the smallest text that can be read well.")
    MISPLACED_ENTRY = mark("An entry or a summary is where it belongs to nothing, such as a block quote or code.")
    MISSING_ALTERNATIVE = mark("A diagram has no text that says what it shows.")
    MISSING_CONTENT = mark("A highlight or a summary has no text.")
    MISSING_KEY = mark("An entry has no key, or a table or chart no file.")
    MISSING_GLYPH = mark("No font of the résumé's PDF has a character; a square takes its place.")
    MISSING_OPTION = mark("An entry lacks an option that it cannot do without.")
    MISSING_PERSON = mark("Files of the résumé are asked for, but no page describes a person.")
    RENAMED_KEY = mark("A tag or a reference names an object by a key that it had before.")
    REVERSED_PERIOD = mark("A period ends before it starts.")
    TRANSLATION_MISMATCH = mark("A translation has other roles, keys, addresses or HTML than its source.")
    UNCLOSED_FENCE = mark("The Markdown fence of an entry is not closed, or an inner fence closes it too early.")
    UNEXPECTED_CONTENT = mark("A directive that takes options only has text or a key.")
    UNKNOWN_CATEGORY = mark("A category is not among the setting folio_categories.")
    UNKNOWN_DIRECTIVE = mark("An unknown directive has a name close to one of the portfolio's.")
    UNKNOWN_KEY = mark("A tag, an option or a reference names an object that no page holds.")
    UNKNOWN_LEVEL = mark("A level is not among the setting folio_levels.")
    UNKNOWN_OPTION = mark("A directive has no option of this name.")
    UNKNOWN_ROLE = mark("An unknown role has a name close to one of the portfolio's.")
    UNKNOWN_SETTING = mark("A name in conf.py begins with folio_ and is no setting of an extension that is loaded.")
    UNPINNED = mark("Evidence is linked where it changes with a branch; a tag or a commit would hold it.")
    UNREAD_MARKUP = mark("Text looks like a directive or a role but is not read as one.")
    UNREAD_OPTION = mark("A line looks like an option but is not read as one.")
    UNREADABLE_DATA = mark("A file of figures, a column of it or every row that is asked for is missing.")
    UNTRANSLATED = mark("A string has no translation; Sphinx would show the source instead.")

    @property
    def subtype(self) -> str:
        """Return the name by which Sphinx knows the subtype."""
        return self.name.lower()


def warn(subtype: Subtype, message: str, *args: Any, location: nodes.Node | tuple[str, int] | str | None) -> None:
    """Warn of an author's slip at its place.

    Args:
        subtype: What is wrong.
        message: A translated sentence with ``%`` places.
        args: What goes into those places.
        location: What the author has to look at: a node, a page and its line, a path and its line; or nothing.
    """
    _logger.warning(message, *args, type="folio", subtype=subtype.subtype, location=location)


def did_you_mean(suggestion: str | None) -> str:
    """Return the end of a sentence that offers the nearest known word, or nothing."""
    return str(__("; did you mean %r?")) % suggestion if suggestion else ""
