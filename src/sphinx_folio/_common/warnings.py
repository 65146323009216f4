"""All warning subtypes of our extensions; ``suppress_warnings = ["folio.<subtype>"]`` suppresses one."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import __, mark

if TYPE_CHECKING:
    from docutils import nodes


class Subtype(Enum):
    """The subtypes of warnings of type ``folio``; the value describes the cause, for the documentation."""

    BROKEN_REDIRECT = mark("A redirect starts at a page or an anchor that still exists, or leads to one that does not.")
    CSP_VIOLATION = mark("The Content-Security-Policy blocks something that a page loads, sends or runs.")
    DUPLICATE_KEY = mark("Two entries of a type have the same key; the first one in page order is used.")
    DUPLICATE_NAME = mark("Two objects of a type have the same name; readers cannot tell them apart.")
    DUPLICATE_OPTION = mark("A directive gives an option twice.")
    DUPLICATE_PERSON = mark("The site describes a second person; all entries and exports belong to the first.")
    EMPTY_NAME = mark("An entry has no name, neither from an option nor from the title of a section that it opens.")
    EVIDENCE_COVERAGE = mark("Evidence coverage is below the setting folio_evidence_fail_under.")
    EVIDENCE_VERIFICATION = mark("Verified evidence is below the setting folio_evidence_verified_under.")
    FAILED_CHECK = mark("The repository contradicts evidence or counts, according to the command verify.")
    FOREIGN_TEXT = mark("A text on a written page is in a different language than the page and has no language mark.")
    FUTURE_DATE = mark(
        "A date of evidence, a date of birth or the start of a period is later than the day of the build."
    )
    FUZZY_TRANSLATION = mark("A translation is marked as fuzzy; Sphinx would show the source text instead.")
    IDLE_EVIDENCE = mark("Evidence supports nothing: it is inside no entry and names none.")
    INVALID_CATALOG = mark("A translation catalog has a syntax error or a duplicate message, or is not in UTF-8.")
    INVALID_CHARACTER = mark(
        "A text contains a control, bidirectional or private-use character; the character is removed."
    )
    INVALID_DATE = mark("A date does not exist or is not written as 2021, 2021-08 or 2021-08-31.")
    INVALID_DIAGRAM = mark("A diagram cannot be drawn: Mermaid would reject its source.")
    INVALID_FORMULA = mark("A formula cannot be converted to MathML: a command is unknown, or the syntax is wrong.")
    INVALID_KEY = mark("A key contains characters other than lowercase ASCII letters, digits, dots and hyphens.")
    INVALID_LINK = mark("A link does not begin with http:, https: or mailto:.")
    INVALID_LIST = mark("A list has an empty item or a repeated one.")
    INVALID_OPTION = mark("The value of an option is invalid.")
    LONG_POLICY = mark("The Content-Security-Policy is longer than servers accept in their configuration.")
    LONG_RESUME = mark("The résumé does not fit on two pages, even at the smallest readable font size.")
    MISPLACED_ENTRY = mark("An entry or a summary is in a place where it has no effect, such as a block quote or code.")
    MISSING_ALTERNATIVE = mark("A diagram has no text that describes it.")
    MISSING_CONTENT = mark("A highlight or a summary has no text.")
    MISSING_KEY = mark("An entry has no key, or a table, a chart or a list of publications has no file.")
    MISSING_GLYPH = mark("No font of the résumé's PDF contains a character; a square is shown instead.")
    MISSING_LIBRARY = mark("The library for a file that folio_exports or downloads names is not installed.")
    MISSING_OPTION = mark("An entry lacks a required option.")
    MISSING_PERSON = mark("Résumé files are enabled, but no page describes a person.")
    MISSING_SETTING = mark("The directive match is on a page, but the setting folio_match is not true.")
    OUTSIDE_POSITION = mark(
        "A project starts before the position that it belongs to, or ends after it or not at all; or a heading names it"
        " below another position."
    )
    RENAMED_KEY = mark("A tag or a reference uses a former key of an object.")
    REVERSED_PERIOD = mark("A period ends before it starts.")
    SPLIT_RESUME = mark("The page that is the résumé has no positions and no education, but another page does.")
    STALE_CHECK = mark("Evidence or counts have changed since the command verify checked them.")
    TRANSLATION_MISMATCH = mark("A translation and its source differ in roles, keys, addresses or HTML.")
    UNCLOSED_FENCE = mark("The Markdown fence of an entry is not closed, or an inner fence closes it too early.")
    UNEXPECTED_CONTENT = mark("A directive that only takes options has text or a key.")
    UNKNOWN_CATEGORY = mark("A category is not in the setting folio_categories.")
    UNKNOWN_DIRECTIVE = mark("An unknown directive has a name similar to a directive of the portfolio.")
    UNKNOWN_KEY = mark("A tag, an option or a reference names an object that does not exist.")
    UNKNOWN_LEVEL = mark("A level is not in the setting folio_levels.")
    UNKNOWN_OPTION = mark("A directive has no option of this name.")
    UNKNOWN_ROLE = mark("An unknown role has a name similar to a role of the portfolio.")
    UNKNOWN_SETTING = mark("A name in conf.py begins with folio_ but is not a setting of a loaded extension.")
    UNPINNED = mark("A link to evidence follows a branch, whose content changes; link to a tag or a commit.")
    UNREAD_MARKUP = mark("Text looks like a directive or a role but is not parsed as one, or marks a conflict.")
    UNREAD_OPTION = mark("A line looks like an option but is not parsed as one.")
    UNREADABLE_DATA = mark(
        "A CSV file, a bibliography or an icon cannot be read, or lacks a column, an entry or a matching row."
    )
    UNTRANSLATED = mark("A string has no translation; Sphinx would show the source text instead.")

    @property
    def subtype(self) -> str:
        """Return the name of the subtype in Sphinx's settings."""
        return self.name.lower()


def warn(subtype: Subtype, message: str, *args: Any, location: nodes.Node | tuple[str, int] | str | None) -> None:
    """Log a warning of type ``folio``.

    Args:
        subtype: The subtype, by which the warning can be suppressed.
        message: A translated sentence with ``%`` placeholders.
        args: The values of the placeholders.
        location: The place of the mistake: a node, (docname, line) or "path:line"; None if there is none.
    """
    from sphinx.util import logging  # noqa: PLC0415  commands that use only did_you_mean start fast

    logging.getLogger(__name__).warning(message, *args, type="folio", subtype=subtype.subtype, location=location)


def did_you_mean(suggestion: str | None) -> str:
    """Return the end of a message with a suggestion, or an empty string without one."""
    return str(__("; did you mean %r?")) % suggestion if suggestion else ""
