"""Warnings as records, and the files that hold them between builds."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.util.logging import NAMESPACE, get_node_location, getLogger

from sphinx_folio import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Warned(NamedTuple):
    """A warning as it was logged, before Sphinx suppresses it or adds its type and location to the message."""

    logger: str
    level: int
    message: str
    type: str | None
    subtype: str | None
    location: str | tuple[str, int] | None
    once: bool

    @classmethod
    def from_record(cls, record: logging.LogRecord) -> Warned:
        """Return the warning that a log record holds."""
        try:
            message = logging.LogRecord.getMessage(record)  # without the location that Sphinx's subclasses add
        except (TypeError, ValueError):  # placeholders and arguments do not match; Sphinx shows the message as it is
            message = str(record.msg)
        said = vars(record)
        location = said.get("location")
        if isinstance(location, nodes.Node):
            location = get_node_location(location)
        name = record.name.removeprefix(f"{NAMESPACE}.")
        once = bool(said.get("once"))
        return cls(name, record.levelno, message, said.get("type"), said.get("subtype"), location, once)

    def log(self) -> None:
        """Give the warning again."""
        log = getLogger(self.logger).log
        log(
            self.level,
            self.message,
            type=self.type,
            subtype=self.subtype,
            location=self.location,
            once=self.once,
        )


def load_warnings(rows: Iterable[list[Any]]) -> list[Warned]:
    """Return warnings from a note."""
    return [Warned._make(tuple(value) if isinstance(value, list) else value for value in row) for row in rows]


def load(path: Path) -> dict[str, Any]:
    """Return the content of a note; nothing if there is none, or if it is damaged or of another version."""
    try:
        digest, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    content: dict[str, Any] = json.loads(text) if digest == _digest(text) else {}
    return content


def save(path: Path, content: dict[str, Any]) -> None:
    """Write a note completely or not at all; leave it alone if it has this content already."""
    text = json.dumps(content)
    if load(path) == json.loads(text):
        return
    draft = path.with_suffix(".new")
    draft.write_text(f"{_digest(text)}\n{text}", encoding="utf-8")
    draft.replace(path)


def _digest(text: str) -> str:
    return hashlib.sha256(f"{__version__} {text}".encode()).hexdigest()
