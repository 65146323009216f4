"""The setting folio_languages, and queries of it: the source language, tags and display names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from babel import Locale

from sphinx_folio._common.i18n import __, is_language, language_tag, mark
from sphinx_folio._common.settings import Setting, setting_error
from sphinx_folio._common.warnings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config


_FOLDER = re.compile(r"[\w~-][\w.~-]*(?:/[\w~-][\w.~-]*)*")


def _check_languages(value: Any) -> str:
    for language, folder in value.items():
        if not is_language(language):
            meant = language.replace("-", "_") if isinstance(language, str) else None
            hint = did_you_mean(meant if is_language(meant) else None)
            return str(__("%r is not a language%s")) % (language, hint)
        if not isinstance(folder, str) or (folder and not _FOLDER.fullmatch(folder)):
            return str(
                __("%r is not a folder of the site; write a relative path without a leading or trailing slash")
            ) % (folder,)
    folders = [folder.casefold() for folder in value.values()]
    twice = next((folder for folder in folders if folders.count(folder) > 1), None)
    return "" if twice is None else str(__("two languages use the folder %r")) % twice


SETTINGS = (
    Setting(
        name="folio_languages",
        default={},
        rebuild="env",
        types=(dict,),
        description=mark("The languages of the site and their output folders; the language of the pages comes first."),
        example='{"zh_CN": "", "en": "en"}',
        check=_check_languages,
    ),
)


def check_language(app: Sphinx, config: Config) -> None:
    """Check that the language of the build is one of the site's languages.

    Raises:
        ConfigError: The language is not in ``folio_languages``; the message lists the known ones.
    """
    if config.folio_languages and config.language not in config.folio_languages:
        message = __("the language of this build, %r, is not listed; known: %s")
        problem = str(message) % (config.language, ", ".join(config.folio_languages))
        raise setting_error(config, "folio_languages", problem)


def own_name(language: str, others: Iterable[str] = ()) -> str:
    """Return the name of a language in this language, such as "Deutsch".

    If another language of the site has the same name, it includes the script or the country: "繁體中文".
    """
    locale = _locale(language)
    name = locale.get_language_name(locale) or language
    if any(other != language and _locale(other).language == locale.language for other in others):
        full = (f"{locale.language}_{part}" for part in (locale.script, locale.territory))
        name = next(filter(None, map(locale.languages.get, full)), locale.get_display_name(locale)) or name
    return name[:1].upper() + name[1:]


def _locale(language: str) -> Locale:
    """Return the locale of a language; Babel alone would ignore the script in ``sr@latin``."""
    return Locale.parse(language_tag(language), sep="-")


def writes_han(language: str) -> bool:
    """Return whether a language is written with Han characters."""
    return language.partition("_")[0] in {"zh", "ja", "yue"}
