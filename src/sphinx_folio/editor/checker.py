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
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TextIO

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.tags import Tags

from sphinx_folio._common.conf_errors import message_of, page_in
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
_WORD = re.compile(r"[\w.]+")
_STRING = re.compile(r"([\"'])([\w.]+)\1")
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
        self._files: dict[Path, str] = {}
        self._included: dict[Path, str] = {}
        stream: Any = self._messages
        folders = (str(pages), str(settings), str(output), str(output / "doctrees"))
        extensions = [*Config.read(settings.resolve(), overrides={}, tags=Tags()).extensions, builder.__name__]
        overrides = {"extensions": extensions, "nitpicky": True}
        self.app = Sphinx(*folders, builder.EditorBuilder.name, overrides, status=None, warning=stream)
        self.app.connect("env-get-outdated", self._outdated)
        self.app.connect("source-read", self._replace, priority=1)
        self.app.connect("include-read", self._replace_included, priority=1)
        self._settings = list(self._messages)

    def check(self, texts: dict[str, str]) -> list[dict[str, Any]]:
        """Read the pages that have changed; return the warnings of all pages.

        Args:
            texts: The path of an open page → its text.
        """
        self._texts = {self.app.env.path2doc(path) or "": text for path, text in texts.items()}
        self._files = {Path(path).resolve(): text for path, text in texts.items()}
        self._messages[:] = self._settings
        self.app.build()
        return [found for message in self._messages if (found := as_diagnostic(message))]

    def _outdated(self, app: Sphinx, env: BuildEnvironment, *changed: set[str]) -> list[str]:
        """Return the pages whose texts in the editor, or those of included files, differ from what has been read."""
        names = {
            name for name in self._texts.keys() | self._read.keys() if self._texts.get(name) != self._read.get(name)
        }
        paths = self._files.keys() | self._included.keys()
        files = {path for path in paths if self._files.get(path) != self._included.get(path)}
        if files:
            for name, dependencies in env.dependencies.items():
                if any(Path(env.srcdir, path).resolve() in files for path in dependencies):
                    names.add(name)
        return [name for name in names if name in env.found_docs]

    def _replace(self, app: Sphinx, docname: str, source: list[str]) -> None:
        """Replace the text of a page by that of the editor."""
        self._read.pop(docname, None)
        if docname in self._texts:
            source[0] = self._read[docname] = self._texts[docname]

    def _replace_included(self, app: Sphinx, path: Path, docname: str, source: list[str]) -> None:
        """Replace the text of an included file by that of the editor, unless only a part of it is included."""
        file = Path(app.srcdir, path).resolve()
        self._included.pop(file, None)
        if file in self._files:
            text = self._included[file] = self._files[file]
            saved = file.read_text(encoding="utf-8-sig", errors="replace")
            source[0] = text if _shown_lines(source[0]) == _shown_lines(saved) else source[0]


def _shown_lines(text: str) -> list[str]:
    """Return the lines of a text as docutils reads them."""
    return [line.expandtabs(8).rstrip() for line in text.rstrip().splitlines()]


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

    checker = None
    try:
        with TemporaryDirectory() as output:
            checker = Checker(settings, pages, Path(output))
            answer({"schema": schema_of(checker.app, lambda message: str(__(message)) if message else "")})
            for request in requests:
                answer({"diagnostics": checker.check(json.loads(request))})
    except Exception as error:  # noqa: BLE001  any extension may have failed
        if not isinstance(error, SphinxError):
            traceback.print_exception(error)
        page = page_in(error, checker.app.env) if checker else ""
        answer({"diagnostics": [_diagnostic_of_failure(error, settings / "conf.py", page)]})


def _diagnostic_of_failure(error: Exception, conf: Path, page: str) -> dict[str, Any]:
    """Return an error that ends the process as a diagnostic, at the place that it names, or else on the page."""
    text = message_of(error)
    found = re.fullmatch(r"(.+?):(\d+): ((?s:.*))", text)
    if not found and not isinstance(error, SphinxError):
        text = str(__("the build stopped with %s")) % f"{type(error).__name__}: {error}"
    path, line = (page, 0) if page else (str(conf), _line_with_a_word_of(text, conf))
    if found:
        path, line, text = found[1], int(found[2]) - 1, found[3]
    return {"path": path, "line": line, "level": "ERROR", "message": text, "code": ""}


def _line_with_a_word_of(message: str, path: Path) -> int:
    """Return the first line that has a word of a message as a string, such as the name of an extension; 0 if none."""
    words = {*_WORD.findall(message)}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    found = (number for number, line in enumerate(lines) if any(text in words for _mark, text in _STRING.findall(line)))
    return next(found, 0)


def main() -> None:
    """Serve the portfolio whose folders are the arguments: that of conf.py and that of the pages."""
    init_messages()
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # what conf.py prints must not be among the answers
        serve(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin, answers)


if __name__ == "__main__":
    main()
