"""Warnings as records that can be stored between builds and logged again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.util.logging import NAMESPACE, get_node_location, getLogger

if TYPE_CHECKING:
    from collections.abc import Iterable


class WarningRecord(NamedTuple):
    """A logged warning, before Sphinx filters it or adds its type and location to the message."""

    logger: str
    level: int
    message: str
    type: str | None
    subtype: str | None
    location: str | tuple[str, int] | None
    once: bool

    @classmethod
    def from_record(cls, record: logging.LogRecord) -> WarningRecord:
        """Return the warning in a log record."""
        try:
            message = logging.LogRecord.getMessage(record)  # without the location that Sphinx's subclasses add
        except (TypeError, ValueError):  # placeholders and arguments do not match; Sphinx shows the message as it is
            message = str(record.msg)
        attributes = vars(record)
        location = attributes.get("location")
        if isinstance(location, nodes.Node):
            location = get_node_location(location)
        name = record.name.removeprefix(f"{NAMESPACE}.")
        once = bool(attributes.get("once"))
        return cls(name, record.levelno, message, attributes.get("type"), attributes.get("subtype"), location, once)

    def log(self) -> None:
        """Log the warning again."""
        log = getLogger(self.logger).log
        log(
            self.level,
            self.message,
            type=self.type,
            subtype=self.subtype,
            location=self.location,
            once=self.once,
        )


def load_warnings(rows: Iterable[list[Any]]) -> list[WarningRecord]:
    """Return warnings from their JSON form: lists of fields."""
    return [WarningRecord._make(tuple(value) if isinstance(value, list) else value for value in row) for row in rows]
