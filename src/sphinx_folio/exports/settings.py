"""The settings of the exports: which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from sphinx_folio.i18n import __

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

EXPORTS = ("json",)
"""All that there are, in the order in which they are offered."""


def declare_settings(app: Sphinx) -> None:
    """Tell Sphinx of every setting."""
    types = frozenset({list, tuple})
    app.add_config_value("folio_exports", list(EXPORTS), "env", types, "Which files are made: " + ", ".join(EXPORTS))


def check_settings(app: Sphinx, config: Config) -> None:
    """Refuse what cannot be meant.

    Raises:
        ConfigError: The message says what is wrong and what would be right.
    """
    unknown = [name for name in config.folio_exports if name not in EXPORTS]
    if unknown:
        raise ConfigError(
            __("folio_exports in conf.py: there is no %r; there are %s") % (unknown[0], ", ".join(EXPORTS))
        )
