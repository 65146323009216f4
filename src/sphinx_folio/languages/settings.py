"""The setting folio_languages: which languages there are, which is the source's, and what each is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from sphinx.errors import ConfigError

from sphinx_folio.i18n import __

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def check_languages(app: Sphinx, config: Config) -> None:
    """Refuse a setting that names no languages, or that lacks the language of this build.

    Raises:
        ConfigError: The message says what is wrong and what would be right.
    """
    languages = config.folio_languages
    example = "folio_languages = {'zh_CN': '', 'en': 'en'}"
    if not isinstance(languages, dict):
        raise ConfigError(__("folio_languages in conf.py is a %s; write %s") % (type(languages).__name__, example))
    for language, folder in languages.items():
        try:
            Locale.parse(language)
        except (ValueError, TypeError, UnknownLocaleError):
            raise ConfigError(
                __("folio_languages in conf.py: %r is no language; write %s") % (language, example)
            ) from None
        if not isinstance(folder, str) or folder != folder.strip("/") or ".." in folder:
            raise ConfigError(__("folio_languages in conf.py: %r is no folder; write %s") % (folder, example))
    if len(set(languages.values())) < len(languages):
        raise ConfigError(
            __("folio_languages in conf.py: every language needs a folder of its own; write %s") % example
        )
    if languages and config.language not in languages:
        known = ", ".join(languages)
        raise ConfigError(
            __("folio_languages in conf.py lacks %r, the language of this build; it has %s") % (config.language, known)
        )


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
