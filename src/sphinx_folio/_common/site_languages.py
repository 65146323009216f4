"""The languages of a site, which the setting ``folio_languages`` of ``sphinx_folio.languages`` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.config import Config


def languages_of(config: Config) -> dict[str, str]:
    """Return language → folder in the site, that of the pages first; without the setting, only that of the build."""
    languages: dict[str, str] = getattr(config, "folio_languages", {})
    return languages or {config.language: ""}


def source_language(config: Config) -> str:
    """Return the language of the pages, from which the others are translated."""
    return next(iter(languages_of(config)))


def is_translated(config: Config) -> bool:
    """Return whether the language of this build differs from that of the pages."""
    language: str = config.language
    return language != source_language(config)
