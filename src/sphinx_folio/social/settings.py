"""The settings of this extension, and values derived from settings of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from sphinx_folio._common.i18n import mark
from sphinx_folio._common.settings import ACCENT, Setting
from sphinx_folio._common.site_languages import languages_of

if TYPE_CHECKING:
    from sphinx.config import Config

TEAL = "#0b6b6b"
"""The accent color without the setting, which is that of the style sheet."""
SETTINGS = (
    ACCENT,
    Setting(
        name="folio_cards",
        default=True,
        rebuild="html",
        types=(bool,),
        description=mark("Whether to render a social card for each page."),
        example="True",
    ),
    Setting(
        name="folio_noindex",
        default=False,
        rebuild="html",
        types=(bool,),
        description=mark("Whether to keep all pages out of search engines, for example in previews."),
        example="True",
    ),
    Setting(
        name="folio_sitemaps",
        default=[],
        rebuild="",
        types=(list, tuple),
        description=mark("Sitemaps of other projects in the same site, relative to its address, for robots.txt."),
        example='["manual/sitemap.xml"]',
    ),
)


def accent(config: Config) -> str:
    """Return the accent color."""
    return config.folio_accent or TEAL


def with_territory(language: str) -> str:
    """Add the likely territory of a language (Unicode CLDR), since Open Graph requires one: ``en`` → ``en_US``."""
    try:
        locale = Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return language
    subtags = get_global("likely_subtags")
    likely = subtags.get(str(locale)) or subtags.get(locale.language, "")
    territory = locale.territory or likely.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else locale.language


def root_address(config: Config) -> str:
    """Return the URL of the folder that contains all languages; empty if ``html_baseurl`` has no host."""
    base: str = config.html_baseurl
    folder = languages_of(config).get(config.language, "")
    if "//" not in base:
        return ""
    return base.rstrip("/").removesuffix(f"/{folder}" if folder else "") + "/"
