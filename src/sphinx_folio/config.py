"""The settings of the extension ``sphinx_folio``, and their validation.

Each ``_check_…`` function returns a problem with a value as text, or an empty string; see ``_common.settings``.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from sphinx.errors import ConfigError

from sphinx_folio._common.i18n import SKELETONS, __, is_language, mark
from sphinx_folio._common.settings import Setting, is_text, unknown_word
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.records import KEY_PATTERN

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

EPOCH = "SOURCE_DATE_EPOCH"
"""The environment variable that defines the date of reproducible builds, in seconds since 1970."""
DATE_FORMATS = (*SKELETONS, "range")
"""The keys of the setting ``folio_date_formats`` for one language."""


def _check_levels(value: Any) -> str:
    for level in value:
        if not is_text(level):
            return str(__("%r is not a level; write a word")) % (level,)
        if [*value].count(level) > 1:
            return str(__("the level %r is listed more than once")) % (level,)
    return ""


def _check_categories(value: Any) -> str:
    for key, label in value.items():
        if not isinstance(key, str) or not KEY_PATTERN.fullmatch(key):
            return str(__("%r is not a valid key; use lower-case ASCII letters, digits, dots and hyphens")) % (key,)
        if not is_text(label):
            return str(__("category %r needs a label")) % key
    return ""


def _check_date_formats(value: Any) -> str:
    for language, formats in value.items():
        if not is_language(language):
            return str(__("%r is not a language code; write a code such as en, zh_CN or pt_BR")) % (language,)
        if not isinstance(formats, dict):
            return str(__("the formats of %r are of type %s, not dict")) % (language, type(formats).__name__)
        for name, pattern in formats.items():
            problem = _check_date_format(name, pattern)
            if problem:
                return f"{language}: {problem}"
    return ""


def _check_date_format(name: object, pattern: object) -> str:
    if name not in DATE_FORMATS:
        return str(__("unknown format %s")) % unknown_word(name, DATE_FORMATS)
    if not isinstance(pattern, str) or not pattern.strip():
        return str(__("%r is not a valid pattern for %r")) % (pattern, name)
    if name == "range" and not ("{start}" in pattern and "{end}" in pattern):
        return str(__("the pattern for %r must contain {start} and {end}")) % name
    try:
        if name == "range":
            pattern.format(start="", end="")
        else:
            format_date(date(2000, 1, 1), pattern, locale="en")
    except (ValueError, LookupError, AttributeError) as error:
        return str(__("%r is not a valid pattern for %r: %s")) % (pattern, name, error)
    return ""


def _check_percentage(value: Any) -> str:
    return "" if 0 <= value <= 100 else str(__("%r is not a percentage between 0 and 100")) % value  # noqa: PLR2004


def _check_today(value: Any) -> str:
    if not value:
        return ""
    try:
        today = PartialDate.parse(value)
    except ValueError as error:
        return str(error)
    return "" if today.day else str(__("%r is not a full date")) % value


SETTINGS = (
    Setting(
        name="folio_levels",
        default=[],
        rebuild="env",
        types=(list, tuple),
        description=mark("The skill levels, lowest first; none by default."),
        example='["aware", "working", "expert"]',
        check=_check_levels,
    ),
    Setting(
        name="folio_level_scale",
        default=False,
        rebuild="env",
        types=(bool,),
        description=mark(
            "Whether to draw levels as steps of a scale as well as words. Use it only if your levels are such a scale."
        ),
        example="True",
    ),
    Setting(
        name="folio_categories",
        default={},
        rebuild="env",
        types=(dict,),
        description=mark("The skill categories: key → label, in display order."),
        example='{"languages": "Languages", "networking": "Linux and networking"}',
        check=_check_categories,
    ),
    Setting(
        name="folio_date_formats",
        default={},
        rebuild="env",
        types=(dict,),
        description=mark(
            "Date patterns by language (Unicode TR 35) for year, month and day, and a range with {start} and {end}."
            " By default those of Babel."
        ),
        example='{"en": {"month": "MMM y", "range": "{start} to {end}"}}',
        check=_check_date_formats,
    ),
    Setting(
        name="folio_evidence_fail_under",
        default=0,
        rebuild="",
        types=(int, float),
        description=mark(
            "The percentage of skills and highlights, taken together, that must have evidence; below it, Sphinx warns."
        ),
        example="80",
        check=_check_percentage,
    ),
    Setting(
        name="folio_today",
        default="",
        rebuild="",
        types=(str,),
        description=mark("The date at which ongoing periods end; by default the date of the build."),
        example='"2026-11-30"',
        check=_check_today,
    ),
)


def set_default_today(app: Sphinx, config: Config) -> None:
    """Set ``folio_today``, if it is not set, to the date of SOURCE_DATE_EPOCH (UTC) or of the build.

    See https://reproducible-builds.org/specs/source-date-epoch/.

    Raises:
        ConfigError: SOURCE_DATE_EPOCH is not a whole number of seconds; Sphinx does not accept that either.
    """
    if config.folio_today:
        return
    epoch = os.environ.get(EPOCH)
    try:
        now = datetime.now().astimezone() if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = __("the environment variable %s is %r; set it to whole seconds since 1970, or unset it")
        raise ConfigError(str(message) % (EPOCH, epoch)) from None
    config.folio_today = now.date().isoformat()
