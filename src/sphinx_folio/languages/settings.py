"""The setting folio_languages: which languages there are, which is the source's, and what each is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from babel import Locale

from sphinx_folio._common.i18n import __, is_language, mark
from sphinx_folio._common.settings import Setting, setting_error
from sphinx_folio._common.warnings import did_you_mean

if TYPE_CHECKING:
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
                __("%r is not a folder below that of the site; write its name without a slash at either end")
            ) % (folder,)
    folders = [folder.casefold() for folder in value.values()]
    twice = next((folder for folder in folders if folders.count(folder) > 1), None)
    return "" if twice is None else str(__("two languages have the folder %r")) % twice


SETTINGS = (
    Setting(
        name="folio_languages",
        default={},
        rebuild="env",
        types=(dict,),
        description=mark("The site's languages, each with its folder, that of the source first."),
        example='{"zh_CN": "", "en": "en"}',
        check=_check_languages,
    ),
)


def check_language(app: Sphinx, config: Config) -> None:
    """Refuse a build in a language that the site does not have.

    Raises:
        ConfigError: The message names the language and those that there are.
    """
    if config.folio_languages and config.language not in config.folio_languages:
        message = __("the language of this build, %r, is not among them: %s")
        problem = str(message) % (config.language, ", ".join(config.folio_languages))
        raise setting_error("folio_languages", problem)


def source_language(config: Config) -> str:
    """Return the language that pages are written in; empty if the site does not say."""
    return next(iter(config.folio_languages), "")


def is_translated(config: Config) -> bool:
    """Tell whether this build shows another language than the source's."""
    return bool(config.folio_languages) and config.language != source_language(config)


def language_tag(language: str) -> str:
    """Return a language as HTML names it (BCP 47)."""
    return language.replace("_", "-")


def own_name(language: str) -> str:
    """Return what a language calls itself."""
    locale = Locale.parse(language)
    name = locale.get_language_name(locale) or language
    return name[:1].upper() + name[1:]


def writes_han(language: str) -> bool:
    """Tell whether Han characters are at home in a language."""
    return language.partition("_")[0] in {"zh", "ja"}
