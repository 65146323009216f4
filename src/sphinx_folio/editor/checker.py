"""The process that checks a portfolio for the language server: it keeps Sphinx loaded and reads changed pages again.

It reads requests from standard input, one JSON object a line, and answers each with one line. The first line that it
writes is the schema of the portfolio. A page may be open in the editor and not be saved: its text is a part of the
request. Nothing is written except into a temporary folder.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TextIO

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.tags import Tags

from sphinx_folio._common.conf_errors import message_of
from sphinx_folio._common.i18n import __, init_messages
from sphinx_folio.editor import builder
from sphinx_folio.editor.schema import schema_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(
    r"(?:(?P<path>[^\n]+?)(?::(?P<line>\d+))?(?::<[^>]+>:\d*)?: )?"
    r"(?P<level>WARNING|ERROR|CRITICAL): (?P<message>(?s:.+))"
)
_SUBTYPE = re.compile(r" \[(?P<code>[\w.-]+)\]$")


class Messages(list[str]):
    """The stream for Sphinx's warnings: each call of ``write`` adds one."""

    def write(self, text: str) -> int:
        """Add a warning."""
        self.append(text)
        return len(text)

    def flush(self) -> None:
        """Do nothing; streams have this method."""


class Checker:
    """Sphinx with the pages of a portfolio; texts of the editor replace those of the open pages."""

    def __init__(self, settings: Path, pages: Path, output: Path) -> None:
        """Load conf.py and the extensions.

        Raises:
            SphinxError: They cannot be loaded.
        """
        self._messages = Messages()
        self._texts: dict[str, str] = {}
        self._read: dict[str, str] = {}
        stream: Any = self._messages
        folders = (str(pages), str(settings), str(output), str(output / "doctrees"))
        extensions = [*Config.read(settings.resolve(), overrides={}, tags=Tags()).extensions, builder.__name__]
        overrides = {"extensions": extensions, "nitpicky": True}
        self.app = Sphinx(*folders, builder.EditorBuilder.name, overrides, status=None, warning=stream)
        self.app.connect("env-get-outdated", self._outdated)
        self.app.connect("source-read", self._replace, priority=1)
        self._settings = list(self._messages)

    def check(self, texts: dict[str, str]) -> list[dict[str, Any]]:
        """Read the pages that have changed; return the warnings of all pages.

        Args:
            texts: The path of an open page → its text.
        """
        self._texts = {self.app.env.path2doc(path) or "": text for path, text in texts.items()}
        self._messages[:] = self._settings
        self.app.build()
        return [found for message in self._messages if (found := as_diagnostic(message))]

    def _outdated(self, app: Sphinx, env: BuildEnvironment, *changed: set[str]) -> list[str]:
        """Return the pages whose texts in the editor differ from what has been read."""
        names = [
            name for name in self._texts.keys() | self._read.keys() if self._texts.get(name) != self._read.get(name)
        ]
        return [name for name in names if name in env.found_docs]

    def _replace(self, app: Sphinx, docname: str, source: list[str]) -> None:
        """Replace the text of a page by that of the editor."""
        self._read.pop(docname, None)
        if docname in self._texts:
            source[0] = self._read[docname] = self._texts[docname]


def as_diagnostic(message: str) -> dict[str, Any] | None:
    """Return a warning of Sphinx as a diagnostic: path, line from 0, level, message and code."""
    match = _WARNING.fullmatch(_COLOR.sub("", message).strip())
    if not match:
        return None
    text, code = match["message"], _SUBTYPE.search(match["message"])
    return {
        "path": match["path"] or "",
        "line": max(int(match["line"] or 1) - 1, 0),
        "level": match["level"],
        "message": text[: code.start()] if code else text,
        "code": code["code"] if code else "",
    }


def serve(settings: Path, pages: Path, requests: TextIO, answers: TextIO) -> None:
    """Answer requests until there are no more."""

    def answer(value: object) -> None:
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    try:
        with TemporaryDirectory() as output:
            checker = Checker(settings, pages, Path(output))
            answer({"schema": schema_of(checker.app, lambda message: str(__(message)) if message else "")})
            for request in requests:
                answer({"diagnostics": checker.check(json.loads(request))})
    except SphinxError as error:
        answer({"diagnostics": [_diagnostic_of_conf(message_of(error), settings / "conf.py")]})


def _diagnostic_of_conf(message: str, path: Path) -> dict[str, Any]:
    """Return an error of the settings as a diagnostic, at its line if the message begins with that."""
    found = re.fullmatch(rf"{re.escape(str(path))}:(\d+): ((?s:.*))", message)
    line, text = (int(found[1]) - 1, found[2]) if found else (0, message)
    return {"path": str(path), "line": line, "level": "ERROR", "message": text, "code": ""}


def main() -> None:
    """Serve the portfolio whose folders are the arguments: that of conf.py and that of the pages."""
    init_messages()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # what conf.py prints must not be among the answers
        serve(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin, answers)


if __name__ == "__main__":
    main()
