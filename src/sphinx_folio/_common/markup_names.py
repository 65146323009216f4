"""The names of our directives and roles as they have to be written on a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.config import Config

PREFIX = "folio:"
"""What precedes the names of our directives and roles on a site whose primary domain is another one."""


def markup_name(name: str, config: Config) -> str:
    """Return the name of one of our directives or roles, with the prefix if the site needs it."""
    return name if config.primary_domain == "folio" else f"{PREFIX}{name.removeprefix(PREFIX)}"
