"""Options of directives: their descriptions, converters and warnings, and the options that several directives have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import mark
from sphinx_folio._common.spelling import ascii_form
from sphinx_folio._common.warnings import Subtype
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.options import no_guesses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a directive."""

    help: str = ""
    """The description for the reference, marked for translation."""
    convert: Callable[[str], Any] = convert.text
    """Converts the text to the value; raises ValueError if the text is invalid."""
    subtype: Subtype = Subtype.INVALID_OPTION
    """The subtype of the warning about an invalid value."""
    required: bool = False
    guesses: Callable[[str], Iterable[str]] = no_guesses
    """Returns likely corrections of an invalid value."""
    is_list: bool = False
    choices: tuple[str, ...] = ()
    """The only values that it accepts; empty if there are others."""
    names: str = ""
    """What its values name: a type of entry, for their keys; ``types``, for the types; or a setting, for its words."""

    def guess(self, text: str) -> str:
        """Return the first valid correction of a text, or an empty string."""
        for guess in (*self.guesses(text), ascii_form(text)):
            if guess != text and convert.is_readable(self.convert, guess):
                return guess
        return ""


def name_option(help: str = mark("The name; by default the title of the section that the entry opens.")) -> Option:  # noqa: A002
    """Return the option that names an entry instead of the title of its section."""
    return Option(help=help, subtype=Subtype.EMPTY_NAME)


def date_option(help: str, *, required: bool = False) -> Option:  # noqa: A002  named as in argparse
    """Return an option whose value is a partial date: a year, a month or a day."""
    return Option(
        help=help, convert=convert.date, subtype=Subtype.INVALID_DATE, required=required, guesses=convert.date_guesses
    )


def url_option(help: str, *, required: bool = False) -> Option:  # noqa: A002
    """Return an option whose value is a URL."""
    return Option(
        help=help, convert=convert.url, subtype=Subtype.INVALID_LINK, required=required, guesses=convert.url_guesses
    )


def list_option(help: str, names: str = "") -> Option:  # noqa: A002
    """Return an option whose value is a list separated by commas."""
    return Option(help=help, convert=convert.words, is_list=True, names=names)


def choice_option(help: str, choices: Iterable[str], *, required: bool = False, is_list: bool = False) -> Option:  # noqa: A002
    """Return an option that accepts only some words."""
    words = convert.words if is_list else convert.text
    return Option(help=help, convert=words, choices=tuple(choices), required=required, is_list=is_list)


KEY_HELP = mark("The object's key, which is part of its address: lowercase ASCII letters, digits, dots and hyphens.")
START_HELP = mark("Start date: 2021, 2021-08 or 2021-08-31.")
START = date_option(START_HELP)
END = date_option(mark("End date; leave it out if ongoing."))
DATES = Option(help=mark("The dates as this entry shows them, in your own words; by default made of start and end."))
SKILLS = list_option(mark("Keys of skills, separated by commas; shown as linked tags."), "skill")
FORMERLY = Option(
    help=mark("Former keys of the object; their addresses still work."),
    convert=convert.keys,
    subtype=Subtype.INVALID_KEY,
    guesses=convert.key_guesses,
    is_list=True,
)
