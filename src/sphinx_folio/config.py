"""The extension's settings, each declared once and checked before a page is read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Literal

from babel.dates import format_date
from sphinx.errors import ConfigError

from sphinx_folio.dates import PartialDate
from sphinx_folio.i18n import SKELETONS, __, mark
from sphinx_folio.model import KEY_FORM

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting: name, default, what Sphinx does again when it changes, types, meaning, and its check."""

    name: str
    default: Any
    rebuild: Literal["env", "html", ""]
    types: tuple[type, ...]
    description: str
    check: Callable[[Any], str | None]


def _check_levels(value: Any) -> str | None:
    if not all(isinstance(level, str) and level.strip() for level in value):
        return str(__("every level is a word"))
    if len(set(value)) < len(value):
        return str(__("every level stands there once"))
    return None


def _check_categories(value: Any) -> str | None:
    for key, label in value.items():
        if not isinstance(key, str) or not KEY_FORM.fullmatch(key):
            return str(__("%r is no key: use lower-case ASCII letters, digits, dots and hyphens")) % (key,)
        if not isinstance(label, str) or not label.strip():
            return str(__("category %r needs a label")) % key
    return None


def _check_date_formats(value: Any) -> str | None:
    known = (*SKELETONS, "range")
    for language, formats in value.items():
        if not isinstance(language, str) or not isinstance(formats, dict):
            return str(__("write {'en': {'month': 'MMM y'}}: a language, then its formats"))
        for name, pattern in formats.items():
            if name not in known or not isinstance(pattern, str):
                return str(__("%r is no format of %r; there are %s")) % (name, language, ", ".join(known))
            if name == "range" and not ("{start}" in pattern and "{end}" in pattern):
                return str(__("the range of %r needs {start} and {end}")) % language
            try:
                if name == "range":
                    pattern.format(start="", end="")
                else:
                    format_date(date(2000, 1, 1), pattern, locale="en")
            except (ValueError, LookupError, AttributeError) as error:
                return str(__("%r is no pattern for %r of %r: %s")) % (pattern, name, language, error)
    return None


def _check_percentage(value: Any) -> str | None:
    return None if 0 <= value <= 100 else str(__("%r is no percentage between 0 and 100")) % value  # noqa: PLR2004


def _check_today(value: Any) -> str | None:
    if not value:
        return None
    try:
        today = PartialDate.parse(value)
    except ValueError as error:
        return str(error)
    return None if today.day else str(__("write a day, such as 2026-11-30"))


SETTINGS = (
    Setting(
        name="folio_levels",
        default=[],
        rebuild="env",
        types=(list, tuple),
        description=mark("The words for how well a skill is mastered, lowest first; none by default."),
        check=_check_levels,
    ),
    Setting(
        name="folio_categories",
        default={},
        rebuild="env",
        types=(dict,),
        description=mark("The categories of skills, key to label, in the order in which they are shown."),
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
        check=_check_date_formats,
    ),
    Setting(
        name="folio_evidence_fail_under",
        default=0,
        rebuild="",
        types=(int, float),
        description=mark("The percentage of skills and highlights, taken together, that must have evidence."),
        check=_check_percentage,
    ),
    Setting(
        name="folio_today",
        default="",
        rebuild="",
        types=(str,),
        description=mark("The day up to which open periods count; by default that of the build."),
        check=_check_today,
    ),
)


def declare_settings(app: Sphinx) -> None:
    """Tell Sphinx of every setting."""
    for setting in SETTINGS:
        types = frozenset(setting.types)
        app.add_config_value(setting.name, setting.default, setting.rebuild, types, setting.description)


def check_settings(app: Sphinx, config: Config) -> None:
    """Refuse settings of a wrong type or value before anything is read.

    Raises:
        ConfigError: A setting is wrong; the message names it and the remedy.
    """
    for setting in SETTINGS:
        value = config[setting.name]
        if not isinstance(value, setting.types):
            wanted = " or ".join(kind.__name__ for kind in setting.types)
            raise ConfigError(
                __("%s in conf.py is a %s; it must be a %s. %s")
                % (setting.name, type(value).__name__, wanted, setting.description)
            )
        problem = setting.check(value)
        if problem:
            raise ConfigError(__("%s in conf.py: %s. %s") % (setting.name, problem, setting.description))


def settle_today(app: Sphinx, config: Config) -> None:
    """Fill in today where the site does not set it: the day of SOURCE_DATE_EPOCH (UTC), else that of the build.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    if not config.folio_today:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()
        config.folio_today = now.date().isoformat()
