"""The language server: it connects an editor with the answers and with the process that checks the portfolio."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import ServerTextPosition, ServerTextRange

from sphinx_folio import __version__
from sphinx_folio._common.i18n import __
from sphinx_folio._common.page_suffixes import MARKDOWN, PAGES
from sphinx_folio.editor.answers import Answers
from sphinx_folio.editor.index import Index
from sphinx_folio.editor.schema import built_in_schema, names_package
from sphinx_folio.editor.text import lines_of, place_at, setting_at

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pygls.workspace import TextDocument

    from sphinx_folio.editor.answers import Completion
    from sphinx_folio.editor.text import Place

    Find = Callable[[Path, Path], tuple[Path | None, Path]]

PAUSE = 0.2
"""The seconds after a change until the portfolio is checked; changes within them are checked together."""
LONGEST_ANSWER = 2**28
CHARACTERS = ["{", ":", "`", "<", ",", " "]
"""The characters after which an editor asks for completions without being told to."""
CHANGES = (
    *(lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE),
    *(lsp.TEXT_DOCUMENT_DID_SAVE, lsp.TEXT_DOCUMENT_DID_CLOSE),
)
KINDS = {
    "directive": lsp.CompletionItemKind.Class,
    "role": lsp.CompletionItemKind.Function,
    "option": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.EnumMember,
    "entry": lsp.CompletionItemKind.Reference,
    "setting": lsp.CompletionItemKind.Variable,
}
SEVERITIES = {"WARNING": lsp.DiagnosticSeverity.Warning}


class Server(LanguageServer):
    """The server of one portfolio: that of the first folder of the workspace, or else that of the first opened page."""

    def __init__(self, find: Find) -> None:
        """Set what does not depend on the portfolio.

        Args:
            find: Returns the folder of conf.py, or None, and that of the pages of the portfolio around a folder; its
                second argument is the folder that the editor has open.
        """
        # pygls would apply edits to lines that other characters end, too, such as U+2028.
        super().__init__("sphinx-folio", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self._find = find
        self._changed = asyncio.Event()
        self._process: Process | None = None
        self._conf_time = 0
        self._with_diagnostics: set[Path] = set()

    def open_portfolio(self, root: Path) -> None:
        """Use the portfolio around the folder that the editor has open, and check it after changes."""
        self._root, self._folder = root.resolve(), root
        self._use(*self._find(root, root))
        self._task = asyncio.create_task(self._check_after_changes())

    def _use(self, settings: Path | None, pages: Path) -> None:
        """Use a portfolio by the folder of conf.py, if there is one, and that of its pages."""
        self._settings = settings
        self._pages, self._pages_in_editor = pages.resolve(), pages.absolute()
        self._index = Index(self._pages)
        self._schema = built_in_schema(lambda message: str(__(message)) if message else "", settings)
        self._conf_time = 0

    def note_change(self, uri: str) -> None:
        """Check the portfolio soon; it may be around this page, if it is not around the folder."""
        path = Path(to_fs_path(uri) or "") if uri.startswith("file:") else None
        if path and not self._has_portfolio() and path.resolve().is_relative_to(self._root):
            settings, pages = self._find(path.parent, self._folder)
            if settings and names_package(settings):
                self._use(settings, pages)
        self._changed.set()

    def _has_portfolio(self) -> bool:
        return self._settings is not None and names_package(self._settings)

    def close(self) -> None:
        """Let the process that checks end; it removes its temporary folder first."""
        if self._process and self._process.stdin:
            self._process.stdin.close()

    # Answers

    def place(self, uri: str, position: lsp.Position) -> tuple[Place, Answers, lsp.Range] | None:
        """Return what is at a position, the answers about it, and its range; None if there is nothing.

        Pages of another project of Sphinx have no answers.
        """
        if self._settings and not self._has_portfolio():
            return None
        document = self.workspace.get_text_document(uri)
        path = Path(document.path)
        lines = lines_of(document.source)
        at = document.position_codec.position_from_client_units(lines, position)
        if path.name == "conf.py":
            place = setting_at(lines[at.line] if at.line < len(lines) else "", at.character)
        elif path.suffix in PAGES:
            place = place_at(lines, at.line, at.character, markdown=path.suffix in MARKDOWN)
        else:
            place = None
        if place is None:
            return None
        names = {name: item["name_option"] for name, item in self._schema["directives"].items() if item["is_entry"]}
        entries = self._index.entries(names, self._documents())
        today = datetime.now(tz=UTC).astimezone().date()
        answers = Answers(self._schema, entries, today, folder=self._root, markdown=path.suffix in MARKDOWN)
        return place, answers, _range(document, lines, at.line, place.start, place.end)

    def uri(self, path: Path) -> str:
        """Return the address of a file; that of a page is the one in the editor, which may have opened a link."""
        if path.is_relative_to(self._pages):
            path = self._pages_in_editor / path.relative_to(self._pages)
        return from_fs_path(str(path)) or ""

    def _documents(self) -> dict[Path, str]:
        """Return the open pages with their texts; an editor may also have open what they were in an older commit."""
        documents = self.workspace.text_documents.values()
        paths = {Path(item.path).resolve(): item for item in documents if item.uri.startswith("file:")}
        return {
            path: document.source
            for path, document in paths.items()
            if path.suffix in PAGES and path.is_relative_to(self._pages)
        }

    # Diagnostics

    async def _check_after_changes(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(PAUSE)
            self._changed.clear()
            diagnostics = await self._check(self._settings) if self._settings and self._has_portfolio() else []
            if diagnostics is not None:
                self._publish(diagnostics)

    async def _check(self, settings: Path) -> list[dict[str, Any]] | None:
        """Return the diagnostics of all pages; None if the process has ended without an answer."""
        time = (settings / "conf.py").stat().st_mtime_ns if (settings / "conf.py").is_file() else 0
        if self._process is None or self._process.returncode is not None or time != self._conf_time:
            self.close()
            self._conf_time = time
            command = (sys.executable, "-m", "sphinx_folio.editor.checker", str(settings), str(self._pages))
            pipe = asyncio.subprocess.PIPE
            environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=pipe, stdout=pipe, limit=LONGEST_ANSWER, env=environment
            )
            first = await self._read(self._process)
            if "schema" not in first:
                return first.get("diagnostics")
            self._schema = first["schema"]
        texts = {str(path): text for path, text in self._documents().items()}
        if self._process.stdin:
            self._process.stdin.write(json.dumps(texts).encode() + b"\n")
        return (await self._read(self._process)).get("diagnostics")

    @staticmethod
    async def _read(process: Process) -> dict[str, Any]:
        line = await process.stdout.readline() if process.stdout else b""
        if not line:
            await process.wait()
            return {}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _publish(self, diagnostics: list[dict[str, Any]]) -> None:
        """Send the diagnostics of each page that has some, or had."""
        by_path: dict[Path, list[dict[str, Any]]] = {}
        for diagnostic in diagnostics:
            if diagnostic["path"]:
                by_path.setdefault(Path(diagnostic["path"]), []).append(diagnostic)
        for path in sorted(by_path.keys() | self._with_diagnostics):
            uri = self.uri(path)
            document = self.workspace.get_text_document(uri)
            of_page = by_path.get(path, ()) if path.is_file() else ()
            found = [_diagnostic(document, item, self._root) for item in of_page]
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=found))
        self._with_diagnostics = {*by_path}


def _range(document: TextDocument, lines: Sequence[str], line: int, start: int, end: int) -> lsp.Range:
    """Return a range of a line in the units of the editor."""
    found = ServerTextRange(ServerTextPosition(line, start), ServerTextPosition(line, end))
    return document.position_codec.range_to_client_units(lines, found)


def _diagnostic(document: TextDocument, item: Mapping[str, Any], root: Path) -> lsp.Diagnostic:
    """Return a diagnostic at the first word of its line that it quotes, or at the whole line.

    Args:
        document: The page.
        item: The diagnostic of the checker.
        root: The folder that the editor has open; paths in the message become relative to it.
    """
    lines = lines_of(document.source)
    line = min(item["line"], max(len(lines) - 1, 0))
    text = lines[line].rstrip() if lines else ""
    words = (word for word in item["message"].split("'")[1::2] if word and word in text)
    word = next(words, "")
    start = text.index(word) if word else len(text) - len(text.lstrip())
    return lsp.Diagnostic(
        range=_range(document, lines, line, start, start + len(word) if word else len(text)),
        message=item["message"].replace(f"{root}{os.sep}", ""),
        severity=SEVERITIES.get(item["level"], lsp.DiagnosticSeverity.Error),
        code=item["code"] or None,
        source="sphinx-folio",
    )


def _items(completions: list[Completion], place: lsp.Range) -> Iterator[lsp.CompletionItem]:
    for number, item in enumerate(completions):
        yield lsp.CompletionItem(
            label=item.label,
            kind=KINDS[item.kind],
            detail=item.detail or None,
            documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, item.text) if item.text else None,
            sort_text=f"{number:05}",
            text_edit=lsp.TextEdit(range=place, new_text=item.insert),
        )


def make_server(find: Find) -> Server:
    """Return a server with its handlers; see :class:`Server`."""
    server = Server(find)

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        uri = params.workspace_folders[0].uri if params.workspace_folders else params.root_uri
        server.open_portfolio(Path(to_fs_path(uri) or "") if uri else Path())

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=CHARACTERS))
    def complete(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        found = server.place(params.text_document.uri, params.position)
        return [*_items(found[1].completions(found[0]), found[2])] if found else []

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        found = server.place(params.text_document.uri, params.position)
        text = found[1].description(found[0]) if found else ""
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), found[2]) if found and text else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def define(params: lsp.DefinitionParams) -> lsp.Location | None:
        found = server.place(params.text_document.uri, params.position)
        entry = found[1].entry(found[0]) if found else None
        if not entry:
            return None
        start = lsp.Position(entry.found.line, 0)
        return lsp.Location(server.uri(entry.path), lsp.Range(start, start))

    for change in CHANGES:

        @server.feature(change)
        def note(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:  # pygls gives the server to this name
            ls.note_change(params.text_document.uri)

    @server.feature(lsp.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.close()

    return server
