"""The settings of sharing, and what follows from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from sphinx.errors import ConfigError

from sphinx_folio.i18n import __

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def check_accent(app: Sphinx, config: Config) -> None:
    """Stop if the accent is no colour.

    Raises:
        ConfigError: The message says what would be right.
    """
    if not COLOUR.fullmatch(config.folio_accent):
        raise ConfigError(__('folio_accent in conf.py is %r; write a colour as "#0b6b6b"') % config.folio_accent)


def territory_of(language: str) -> str:
    """Return a language with its likeliest territory, as Open Graph wants it: ``en`` is ``en_US`` (CLDR)."""
    try:
        locale = Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return language
    likely = get_global("likely_subtags").get(str(locale), "")
    territory = locale.territory or likely.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else locale.language


def languages_of(config: Config) -> dict[str, str]:
    """Return the site's languages with their folders; its only one if it has no setting for them."""
    named: dict[str, str] = getattr(config, "folio_languages", {})
    return named or {config.language: ""}


def root_address(config: Config) -> str:
    """Return the address of the whole site, below which the languages have their folders; empty if not known."""
    base: str = config.html_baseurl
    folder = languages_of(config).get(config.language, "")
    if not base:
        return ""
    return base.rstrip("/").removesuffix(f"/{folder}" if folder else "") + "/"
