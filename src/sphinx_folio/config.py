"""The settings of the extension ``sphinx_folio``, and their validation.

Each ``_check_…`` function returns a problem with a value as text, or an empty string; see ``_common.settings``.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from sphinx.errors import ConfigError

from sphinx_folio._common.i18n import SKELETONS, __, is_language, mark
from sphinx_folio._common.settings import Setting, is_text, is_web_address, unknown_word
from sphinx_folio.portfolio.dates import PartialDate
from sphinx_folio.portfolio.records import KEY_PATTERN
from sphinx_folio.verification.lock import LOCK_FILE, LockError, parse
from sphinx_folio.verification.questions import COUNTS, NEEDED, NEEDED_BY_MOST
from sphinx_folio.verification.questions import OPTIONS as QUESTION_OPTIONS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_folio.portfolio.verification import Lock

EPOCH = "SOURCE_DATE_EPOCH"
"""The environment variable that defines the date of reproducible builds, in seconds since 1970."""
DATE_FORMATS = (*SKELETONS, "birth", "range", "present")
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
            return str(__("%r is not a valid key; use lowercase ASCII letters, digits, dots and hyphens")) % (key,)
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
        elif name != "present":
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


def _check_repositories(value: Any) -> str:
    for address, path in value.items():
        if not is_web_address(address):
            return str(__("%r is not the address of a repository; write it as on its page")) % (address,)
        if not is_text(path):
            return str(__("repository %r needs the path of a clone or a bundle")) % address
    return ""


def _check_keys(value: Any) -> str:
    for name, path in value.items():
        if not is_text(name) or not is_text(path):
            return str(__("%r: %r is not the name of a signer with the path of a key file")) % (name, path)
    return ""


def _check_identities(value: Any) -> str:
    for identity in value:
        if not is_text(identity):
            return str(__("%r is not an identity; write a name or an email address as in commits")) % (identity,)
    return ""


def _check_archived(value: Any) -> str:
    for address in (address for pair in value.items() for address in pair):
        if not is_web_address(address):
            return str(__("%r is not a web address")) % (address,)
    return ""


def _check_counts(value: Any) -> str:
    for file, question in value.items():
        if not is_text(file) or not isinstance(question, dict):
            return str(__("%r needs a dictionary with the question that its figures answer")) % (file,)
        if fault := _fault_of_question(question):
            return f"{file}: {fault}"
    return ""


def _fault_of_question(question: dict[Any, Any]) -> str:
    unknown = next((name for name in question if name not in QUESTION_OPTIONS), None)
    if unknown is not None:
        return str(__("unknown property %s")) % unknown_word(unknown, QUESTION_OPTIONS)
    several = isinstance(question.get("count"), list | tuple)
    kinds = question["count"] if several else [question.get("count", "")]
    for kind in map(str, kinds):
        if kind not in COUNTS:
            return str(__("unknown count %s")) % unknown_word(kind, COUNTS)
        ways = [way for way in COUNTS[kind] if way == "month" or not several]
        if question.get("by", "") not in ways:
            known = ", ".join(map(repr, ways))
            return str(__("%r cannot be counted by %r; known: %s")) % (kind, question.get("by", ""), known)
        missing = next((name for name in NEEDED.get(kind, NEEDED_BY_MOST) if not question.get(name)), None)
        if missing:
            return str(__("the property %r is missing")) % (missing,)
    for name in ("areas", "events", "packages"):
        if not isinstance(question.get(name, {}), dict):
            return str(__("the property %r needs a dictionary")) % (name,)
    return ""


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
            "Date patterns by language (Unicode TR 35) for year, month, day and the month of birth, a range with"
            " {start} and {end}, and the word for present. By default those of Babel."
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
        name="folio_evidence_verified_under",
        default=0,
        rebuild="",
        types=(int, float),
        description=mark(
            "The percentage of skills and highlights, taken together, that must have evidence that the command verify"
            " has verified; below it, Sphinx warns."
        ),
        example="80",
        check=_check_percentage,
    ),
    Setting(
        name="folio_evidence_lock",
        default=LOCK_FILE,
        rebuild="",
        types=(str,),
        description=mark(
            "The file, relative to conf.py, into which the command verify writes its results; empty to ignore them."
        ),
        example='"evidence.lock"',
    ),
    Setting(
        name="folio_repositories",
        default={},
        rebuild="",
        types=(dict,),
        description=mark(
            "Address of a repository → path of a clone, a git folder or a bundle, relative to conf.py, for the command"
            " verify."
        ),
        example='{"https://github.com/example/pool": "../pool"}',
        check=_check_repositories,
    ),
    Setting(
        name="folio_identities",
        default=[],
        rebuild="",
        types=(list, tuple),
        description=mark(
            "The names and email addresses with which the person commits, or sha256: and the hash of one in lower case;"
            " never shown on a page."
        ),
        example='["Ada Example", "ada@example.org"]',
        check=_check_identities,
    ),
    Setting(
        name="folio_keys",
        default={},
        rebuild="",
        types=(dict,),
        description=mark(
            "Name of a signer → file, relative to conf.py, with its OpenPGP keys or with allowed SSH signers."
        ),
        example='{"GitHub": "keys/github.asc"}',
        check=_check_keys,
    ),
    Setting(
        name="folio_counts",
        default={},
        rebuild="",
        types=(dict,),
        description=mark(
            "CSV file (relative to conf.py) → what it counts, such as commits by month; the command verify counts again"
            " and compares."
        ),
        example=(
            '{"docs/months.csv": {"count": "commits", "by": "month", "repository": "https://github.com/example/pool",'
            ' "revision": "v1.0"}}'
        ),
        check=_check_counts,
    ),
    Setting(
        name="folio_archived",
        default={},
        rebuild="",
        types=(dict,),
        description=mark(
            "Address of a page → address of an archived copy, which is shown if the command verify finds the page gone."
        ),
        example='{"https://example.org/report": "https://web.archive.org/web/2023/https://example.org/report"}',
        check=_check_archived,
    ),
    Setting(
        name="folio_match",
        default=False,
        rebuild="env",
        types=(bool,),
        description=mark("Whether the directive match shows a field that compares a job posting with the portfolio."),
        example="True",
    ),
    Setting(
        name="folio_vocabulary",
        default="",
        rebuild="",
        types=(str,),
        description=mark(
            "A TOML file, relative to conf.py, with skills that the command match knows in addition to its own."
        ),
        example='"skills.toml"',
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


def day_of_build() -> str:
    """Return the day of SOURCE_DATE_EPOCH (UTC), or today.

    See https://reproducible-builds.org/specs/source-date-epoch/.

    Raises:
        ConfigError: SOURCE_DATE_EPOCH is not a whole number of seconds; Sphinx does not accept that either.
    """
    epoch = os.environ.get(EPOCH)
    try:
        now = datetime.now().astimezone() if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = __("the environment variable %s is %r; set it to whole seconds since 1970, or unset it")
        raise ConfigError(str(message) % (EPOCH, epoch)) from None
    return now.date().isoformat()


def set_default_today(app: Sphinx, config: Config) -> None:
    """Set ``folio_today``, if it is not set, to the day of the build."""
    config.folio_today = config.folio_today or day_of_build()


def read_lock(app: Sphinx, config: Config) -> Lock | None:
    """Return the content of the lock file, or None if there is none.

    Raises:
        ConfigError: It is not valid, or it was written by an incompatible version.
    """
    path = Path(app.confdir, config.folio_evidence_lock)
    if not config.folio_evidence_lock or not path.is_file():
        return None
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (LockError, UnicodeDecodeError, OSError) as error:
        message = __("%s cannot be used: %s; run “sphinx-folio verify” to write it again")
        raise ConfigError(str(message) % (path, error)) from error
