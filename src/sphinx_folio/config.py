"""The settings of the portfolio itself."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from sphinx.errors import ConfigError

from sphinx_folio._common.i18n import SKELETONS, __, is_language, mark
from sphinx_folio._common.settings import Setting, is_text, unknown_word
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.records import KEY_FORM

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

EPOCH = "SOURCE_DATE_EPOCH"
DATE_FORMATS = (*SKELETONS, "range")


def _check_levels(value: Any) -> str:
    for level in value:
        if not is_text(level):
            return str(__("%r is not a level; write a word")) % (level,)
        if [*value].count(level) > 1:
            return str(__("the level %r is listed more than once")) % (level,)
    return ""


def _check_categories(value: Any) -> str:
    for key, label in value.items():
        if not isinstance(key, str) or not KEY_FORM.fullmatch(key):
            return str(__("%r is no key: use lower-case ASCII letters, digits, dots and hyphens")) % (key,)
        if not is_text(label):
            return str(__("category %r needs a label")) % key
    return ""


def _check_date_formats(value: Any) -> str:
    for language, formats in value.items():
        if not is_language(language):
            return str(__("%r is no language; write a code such as en, zh_CN or pt_BR")) % (language,)
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
        return str(__("%r is not a pattern for %r")) % (pattern, name)
    if name == "range" and not ("{start}" in pattern and "{end}" in pattern):
        return str(__("the range needs {start} and {end}"))
    try:
        if name == "range":
            pattern.format(start="", end="")
        else:
            format_date(date(2000, 1, 1), pattern, locale="en")
    except (ValueError, LookupError, AttributeError) as error:
        return str(__("%r is not a pattern for %r: %s")) % (pattern, name, error)
    return ""


def _check_percentage(value: Any) -> str:
    return "" if 0 <= value <= 100 else str(__("%r is no percentage between 0 and 100")) % value  # noqa: PLR2004


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
        description=mark("The words for how well a skill is mastered, lowest first; none by default."),
        example='["aware", "working", "expert"]',
        check=_check_levels,
    ),
    Setting(
        name="folio_categories",
        default={},
        rebuild="env",
        types=(dict,),
        description=mark("The categories of skills, key to label, in the order in which they are shown."),
        example='{"languages": "Languages", "networking": "Linux and networking"}',
        check=_check_categories,
    ),
    Setting(
        name="folio_date_formats",
        default={},
        rebuild="env",
        types=(dict,),
        description=mark(
            "By language, the patterns (Unicode TR 35) for a year, a month and a day, and how a range joins"
            " {start} and {end}. What is not set, Babel knows."
        ),
        example='{"en": {"month": "MMM y", "range": "{start} to {end}"}}',
        check=_check_date_formats,
    ),
    Setting(
        name="folio_evidence_fail_under",
        default=0,
        rebuild="",
        types=(int, float),
        description=mark("The percentage of skills and highlights, taken together, that must have evidence."),
        example="80",
        check=_check_percentage,
    ),
    Setting(
        name="folio_today",
        default="",
        rebuild="",
        types=(str,),
        description=mark("The day up to which open periods count; by default that of the build."),
        example='"2026-11-30"',
        check=_check_today,
    ),
)


def settle_today(app: Sphinx, config: Config) -> None:
    """Fill in today where the site does not set it: the day of SOURCE_DATE_EPOCH (UTC), else that of the build.

    See https://reproducible-builds.org/specs/source-date-epoch/.

    Raises:
        ConfigError: SOURCE_DATE_EPOCH is no whole number of seconds, which Sphinx does not accept either.
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
