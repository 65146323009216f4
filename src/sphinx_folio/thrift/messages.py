"""No records of messages that nobody gets to see."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sphinx.util.logging import NAMESPACE, VERBOSITY_MAP

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Messages:
    """The level of Sphinx's loggers during one build."""

    def __init__(self) -> None:
        """Begin with nothing changed."""
        self._level: int | None = None

    def begin(self, verbosity: int) -> None:
        """Pass over messages below what the verbosity (0 to 2, ``-v`` and ``-vv``) shows, before they are made."""
        logger = logging.getLogger(NAMESPACE)
        if self._level is None:
            self._level = logger.level
            logger.setLevel(max(logger.level, VERBOSITY_MAP[max(verbosity, 0)]))

    def end(self, app: Sphinx, exception: Exception | None) -> None:
        """Leave the loggers as they were found."""
        if self._level is not None:
            logging.getLogger(NAMESPACE).setLevel(self._level)
            self._level = None
