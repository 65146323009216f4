"""The settings of sharing, and what follows from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import Setting

if TYPE_CHECKING:
    from sphinx.config import Config

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _check_accent(value: Any) -> str:
    return "" if COLOUR.fullmatch(value) else str(__("%r is not a color of six hexadecimal digits")) % value


SETTINGS = (
    Setting(
        name="folio_accent",
        default="#0b6b6b",
        rebuild="html",
        types=(str,),
        description=mark("The colour of cards and browsers' bars."),
        example='"#0b6b6b"',
        check=_check_accent,
    ),
    Setting(
        name="folio_cards",
        default=True,
        rebuild="html",
        types=(bool,),
        description=mark("Whether cards are drawn."),
        example="True",
    ),
)


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
