"""Read conf.py without loading the extensions, which may be missing."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

from sphinx_folio._common.site_languages import languages_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx.config import Config


def languages_in(settings: Path) -> dict[str, str]:
    """Return language → folder in the site; the language of the pages comes first.

    Raises:
        ConfigError: conf.py cannot be run, or its folio_languages is invalid.
    """
    return languages_of(read_conf(settings))


def read_conf(settings: Path, others: Mapping[str, Any] | None = None) -> Config:
    """Run conf.py and return its settings; what it prints goes to the standard error, as it is not a result.

    Args:
        settings: The folder of conf.py.
        others: The settings to return besides Sphinx's own and folio_languages, with their defaults.

    Raises:
        ConfigError: conf.py cannot be run, and the message says where; or its folio_languages is invalid.
    """
    from sphinx.config import Config  # noqa: PLC0415  a check without changes does not load it
    from sphinx.errors import ConfigError  # noqa: PLC0415
    from sphinx.util.tags import Tags  # noqa: PLC0415

    from sphinx_folio._common.conf_errors import message_of  # noqa: PLC0415
    from sphinx_folio._common.settings import check  # noqa: PLC0415
    from sphinx_folio.languages.settings import SETTINGS  # noqa: PLC0415

    with redirect_stdout(sys.stderr):
        try:
            config = Config.read(settings.resolve(), overrides={}, tags=Tags())
        except ConfigError as error:
            raise ConfigError(message_of(error)) from error
    for name, default in {"folio_languages": {}, **(others or {})}.items():
        config.add(name, default, "", ())
    config.init_values()
    check(config, SETTINGS)
    return config
