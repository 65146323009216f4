"""The language server, as a process, with an editor that speaks the protocol."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from sphinx_folio.cli import language_server
from sphinx_folio.cli.commands import main
from sphinx_folio.editor.index import Index
from sphinx_folio.editor.schema import built_in_schema
from sphinx_folio.editor.snippets import snippets
from sphinx_folio.editor.text import scan

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

Answer = TypeVar("Answer")
SOURCE = Path(__file__).parents[2] / "src"
CONF = """\
print("a line on standard output")
extensions = ["myst_parser", "sphinx_folio"]
primary_domain = "folio"
myst_enable_extensions = ["colon_fence"]
folio_levels = ["aware", "working", "expert"]
folio_categories = {"languages": "Languages", "networking": "Linux and networking"}
exclude_patterns = ["part.md"]
"""
INDEX = """\
# Portfolio

```{person} ada
:name: Ada
```

```{toctree}
skills
work
plain
```
"""
SKILLS = """\
# Skills

## Go

::::{skill} go
:category: languages
:level: expert

The one that I write most.
::::

## 网络 😀

```{skill} tcp-ip
:name: TCP/IP
:category: networking
```

~~~text
```{skill} in-code
```
~~~

I also write {skill}`rust`.
"""
PLAIN = """\
Plain
`````

Rust
~~~~

.. skill:: rust
   :category: languages

Text about :skill:`rust`.
"""
WORK = "# Work\n"
TALK = ":orphan:\n\nTalks\n=====\n\n.. talk:: deep\n   :title: Deep water\n"
UNKNOWN = "unknown skill 'nothing'; no known key is similar: correct it, or describe it with the directive skill"
TIMEOUT = 60


class Editor:
    """An editor with the server as a process; its methods wait for the answers."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.loop = asyncio.new_event_loop()
        self.thread = ThreadPoolExecutor(1)  # in this thread, the loop of a browser may run
        self.client = LanguageClient("test", "1")
        self.diagnostics: dict[str, list[lsp.Diagnostic]] = {}
        self.uris: dict[str, str] = {}
        self.problems: list[str] = []
        self.news = asyncio.Event()
        self.versions: dict[str, int] = {}

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def note(params: lsp.PublishDiagnosticsParams) -> None:
            name = params.uri.rpartition("/")[2]
            self.diagnostics[name], self.uris[name] = list(params.diagnostics), params.uri
            self.news.set()

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)  # type: ignore[untyped-decorator]
        def note_problem(params: lsp.ShowMessageParams) -> None:
            self.problems.append(params.message)
            self.news.set()

        self.run(self.start(arguments))

    def run(self, coroutine: Coroutine[Any, Any, Answer]) -> Answer:
        return self.thread.submit(self.loop.run_until_complete, coroutine).result()

    async def start(self, arguments: tuple[str, ...]) -> None:
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "LANGUAGE": "en"}
        command = ("-m", "sphinx_folio", "language-server", *arguments)
        await self.client.start_io(sys.executable, *command, env=environment)
        folders = [lsp.WorkspaceFolder(self.folder.as_uri(), "portfolio")]
        parameters = lsp.InitializeParams(lsp.ClientCapabilities(), workspace_folders=folders)
        self.capabilities = (await self.client.initialize_async(parameters)).capabilities
        self.client.initialized(lsp.InitializedParams())

    def close(self) -> None:
        async def end() -> None:
            await self.client.shutdown_async(None)
            self.client.exit(None)
            process = self.client._server
            assert process is not None
            self.exit_code = await process.wait()
            await self.client.stop()  # type: ignore[no-untyped-call]

        self.run(end())
        assert self.exit_code == 0
        self.loop.close()
        self.thread.shutdown()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def show(self, name: str, text: str) -> None:
        """Open a page, or change its text."""
        uri = self.uri(name)
        if name not in self.versions:
            self.versions[name] = 0
            item = lsp.TextDocumentItem(uri, "markdown", 0, text)
            self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
            return
        self.versions[name] += 1
        document = lsp.VersionedTextDocumentIdentifier(self.versions[name], uri)
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    def close_page(self, name: str) -> None:
        del self.versions[name]
        document = lsp.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))

    def at(self, name: str, text: str) -> tuple[lsp.TextDocumentIdentifier, lsp.Position]:
        """Show a text without its mark ``|``; return the position of the mark."""
        before, _mark, after = text.partition("|")
        self.show(name, before + after)
        last = before.rpartition("\n")[2]
        position = lsp.Position(before.count("\n"), len(last.encode("utf-16-le")) // 2)
        return lsp.TextDocumentIdentifier(self.uri(name)), position

    def complete(self, name: str, text: str) -> list[lsp.CompletionItem]:
        parameters = lsp.CompletionParams(*self.at(name, text))
        items = self.run(self.client.text_document_completion_async(parameters))
        assert isinstance(items, list)
        return items

    def completed(self, name: str, text: str, label: str) -> str:
        """Return the text of a page after one of the completions has been accepted."""
        item = next(item for item in self.complete(name, text) if item.label == label)
        edit = item.text_edit
        assert isinstance(edit, lsp.TextEdit)
        lines = text.replace("|", "").split("\n")
        line = lines[edit.range.start.line].encode("utf-16-le")
        start, end = (2 * position.character for position in (edit.range.start, edit.range.end))
        lines[edit.range.start.line] = (line[:start] + edit.new_text.encode("utf-16-le") + line[end:]).decode(
            "utf-16-le"
        )
        return "\n".join(lines)

    def hover(self, name: str, text: str) -> str:
        answer = self.run(self.client.text_document_hover_async(lsp.HoverParams(*self.at(name, text))))
        assert answer is None or isinstance(answer.contents, lsp.MarkupContent)
        return answer.contents.value if answer and isinstance(answer.contents, lsp.MarkupContent) else ""

    def definition(self, name: str, text: str) -> tuple[str, int]:
        parameters = lsp.DefinitionParams(*self.at(name, text))
        answer = self.run(self.client.text_document_definition_async(parameters))
        assert isinstance(answer, lsp.Location)
        return answer.uri.rpartition("/")[2], answer.range.start.line

    def wait_for(self, name: str, expected: list[str]) -> list[lsp.Diagnostic]:
        """Wait until a page has the diagnostics with these messages."""

        async def wait() -> None:
            while not self.problems and [item.message for item in self.diagnostics.get(name, [])] != expected:
                self.news.clear()
                await self.news.wait()

        try:
            self.run(asyncio.wait_for(wait(), TIMEOUT))
        except TimeoutError:
            assert [item.message for item in self.diagnostics.get(name, [])] == expected
        assert not self.problems
        return self.diagnostics.get(name, [])


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("portfolio")
    pages = {
        "conf.py": CONF,
        "index.md": INDEX,
        "skills.md": SKILLS,
        "work.md": WORK,
        "plain.rst": PLAIN,
        "people/mia.rst": TALK,
    }
    (folder / "people").mkdir()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    editor = Editor(folder)
    editor.show("work.md", WORK + "{skill}`nothing`\n")
    editor.wait_for("work.md", [UNKNOWN])  # from here on, the settings of conf.py are known
    yield editor
    editor.close()


SKILL_OPTIONS = ["category", "name", "level", "keywords", "start", "end", "formerly"]
KEYS = ["go", "rust", "tcp-ip"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("work.md", "```{skill} x\n:|\n```", SKILL_OPTIONS),
        ("work.md", ":::{skill} x\n:cat|\n:::", SKILL_OPTIONS),
        ("work.md", "```{folio:skill} x\n:category: languages\n:|", SKILL_OPTIONS[1:]),
        ("work.md", "```{skill} x\n---\ncategory: languages\nle|", SKILL_OPTIONS[1:]),
        ("work.md", "```{skill} x\n:level: |", ["aware", "working", "expert"]),
        ("work.md", "```{skill} x\n:level: exp|", ["aware", "working", "expert"]),
        ("work.md", "```{skill} x\n:category: |\n:level: aware\n```", ["languages", "networking"]),
        ("work.md", "```{evidence} x\n:kind: |", ["pull-request", "commit", "release", "report", "file", "page"]),
        ("work.md", "```{evidence} x\n:by: o|", ["own", "team"]),
        ("work.md", "```{project} x\n:skills: |", KEYS),
        ("work.md", "```{project} x\n:skills: go, r|", ["rust", "tcp-ip"]),
        ("work.md", "```{project} x\n:skills: go，|", ["rust", "tcp-ip"]),
        ("work.md", "```{project} x\n---\nlanguages: go, |", ["rust", "tcp-ip"]),
        ("work.md", "I write {skill}`|", KEYS),
        ("work.md", "I write {skill}`g|o` and more", KEYS),
        ("work.md", "我写 😀 {skill}`Go 语言 <|", KEYS),
        ("work.md", "I write {folio:skill}`the language <g|>`", KEYS),
        ("work.md", "{person}`|", ["ada"]),
        ("work.md", "{project}`|`", []),
        ("work.md", "```{skill} x\n:category: languages\n\n:|", []),  # text, not an option
        ("work.md", "```{skill} x\nThe text\n:|", []),
        ("work.md", "```{skill} x\n:categroy: |", []),  # no such option
        ("work.md", "```{skil} x\n:|", []),  # no such directive
        ("work.md", "Plain text|", []),
        ("work.md", "|", []),
        ("plain.rst", ".. skill:: x\n   :|", SKILL_OPTIONS),
        ("plain.rst", ".. folio:skill:: x\n   :category: languages\n   :keywords: a,\n     b\n   :lev|", ["name", "level", *SKILL_OPTIONS[4:]]),
        ("plain.rst", ".. skill:: x\n   :level: a|", ["aware", "working", "expert"]),
        ("plain.rst", ".. project:: x\n   :skills: go,tcp-ip,|", []),  # the entries of the shown page are not there
        ("plain.rst", "Text :skill:`|", ["go", "tcp-ip"]),
        ("plain.rst", "Text :folio:skill:`Go <g|", ["go", "tcp-ip"]),
        ("plain.rst", "At 10:|", []),
    ],
)  # fmt: skip
def test_completions(editor: Editor, name: str, text: str, expected: list[str]) -> None:
    if name == "work.md":
        editor.show("plain.rst", PLAIN)
    assert [item.label for item in editor.complete(name, text)] == expected


@pytest.mark.parametrize(
    ("name", "text", "label", "expected"),
    [
        ("work.md", "```{ski|", "skill", "```{skill} "),
        ("work.md", "```{|}", "skill", "```{skill}"),
        ("work.md", "::::{ski|} go", "skill", "::::{skill} go"),
        ("work.md", "```{folio:|", "folio:skill", "```{folio:skill} "),
        ("work.md", "I write {folio:sk|", "folio:skill", "I write {folio:skill}`"),
        ("plain.rst", ".. folio:|", "folio:skill", ".. folio:skill:: "),
        ("plain.rst", "Text :folio:|", "folio:skill", "Text :folio:skill:`"),
        ("work.md", "~~~{time|", "timeline", "~~~{timeline} "),
        ("work.md", "  ```{exam|", "evidence", "  ```{evidence} "),
        ("work.md", "很好 😀 {|", "skill", "很好 😀 {skill}`"),
        ("work.md", "I write {ski|}`go`", "skill", "I write {skill}`go`"),
        ("work.md", "```{skill} x\n:cat|", "category", "```{skill} x\n:category: "),
        ("work.md", "```{skill} x\n:cat|: languages", "category", "```{skill} x\n:category: languages"),
        ("work.md", "I write {skill}`g|o`.", "rust", "I write {skill}`rust`."),
        ("plain.rst", ".. |", "skill", ".. skill:: "),
        ("plain.rst", ".. pro|:: x", "project", ".. project:: x"),
        ("plain.rst", "Text :ski|", "skill", "Text :skill:`"),
        ("conf.py", "folio_le|", "folio_levels", "folio_levels = "),
        ("conf.py", "folio_|s = []", "folio_levels", "folio_levels = []"),
    ],
)  # fmt: skip
def test_accepted_completions(editor: Editor, name: str, text: str, label: str, expected: str) -> None:
    editor.show("plain.rst", PLAIN)
    assert editor.completed(name, text, label) == expected


def test_dates_that_are_offered_are_those_of_today(editor: Editor) -> None:
    month, year, day = (item.label for item in editor.complete("work.md", "```{position} x\n:start: |"))
    assert day.startswith(month)
    assert month.startswith(year)
    assert len(day) == len("2026-11-28")


def test_completions_are_described(editor: Editor) -> None:
    option = editor.complete("work.md", "```{skill} x\n:|")[0]
    assert (option.label, option.detail) == ("category", "required")
    assert isinstance(option.documentation, lsp.MarkupContent)
    assert option.documentation.value == "A key of folio_categories."
    key = editor.complete("work.md", "{skill}`tcp|")[2]
    assert (key.label, key.detail) == ("tcp-ip", "TCP/IP")


def test_completion_contains_what_is_not_saved(editor: Editor) -> None:
    editor.show("skills.md", SKILLS + "\n```{skill} zig\n")
    try:
        assert "zig" in [item.label for item in editor.complete("work.md", "{skill}`")]
    finally:
        editor.show("skills.md", SKILLS)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("work.md", "```{ski|ll} go", "**skill**\n\nA skill. Its usages, its years in use and its evidence are added"),
        ("work.md", "```{skill} x\n:cat|egory: languages", "A key of folio_categories."),
        ("work.md", "```{skill} x\n:category: net|working", "`networking`: Linux and networking\n\nA key of"),
        ("work.md", "```{evidence} x\n:date: 20|22", "Publication date. A date: 2021, 2021-08 or 2021-08-31."),
        ("work.md", "```{evidence} x\n:k|ind: file", "One of pull-request, commit,"),
        ("work.md", "```{project} x\n:skills: tcp-ip, ru|st", "**Rust**\n\nskill `rust`, plain.rst:7"),
        ("work.md", "{skill}`g|o`", "**Go**\n\nskill `go`, skills.md:5"),
        ("work.md", "{skill}`the lang|uage <tcp-ip>`", "**TCP/IP**\n\nskill `tcp-ip`, skills.md:14"),
        ("work.md", "{talk}`de|ep`", "**Deep water**\n\ntalk `deep`, people/mia.rst:6"),
        ("work.md", "{ski|ll}`go`", "A link to an entry of the type skill, by its key."),
        ("plain.rst", ".. skill:: x\n   :lev|el: expert", "A word of folio_levels."),
        ("plain.rst", ":skill:`g|o`", "**Go**"),
        ("conf.py", "folio_le|vels = []", "`folio_levels = []`\n\nThe skill levels, lowest first; none by default."),
        ("work.md", "Plain te|xt", ""),
        ("work.md", "{skill}`noth|ing`", ""),
    ],
)  # fmt: skip
def test_hover(editor: Editor, name: str, text: str, expected: str) -> None:
    if name != "plain.rst":
        editor.show("plain.rst", PLAIN)
    found = editor.hover(name, text)
    assert found.startswith(expected)
    assert bool(found) == bool(expected)


def test_definition(editor: Editor) -> None:
    assert editor.definition("work.md", "{skill}`g|o`") == ("skills.md", 4)
    assert editor.definition("work.md", "```{project} x\n:skills: go, tcp|-ip\n```") == ("skills.md", 13)


def test_characters_that_end_lines_in_python_alone(editor: Editor) -> None:
    text = "# Work\n\na\u2028b\x85c {skill}`g|o`\r\n\r\n{skill}`rsut`\n"
    assert editor.hover("work.md", text).startswith("**Go**")
    assert editor.definition("work.md", text) == ("skills.md", 4)
    why = "it is a control, bidirectional or private-use character; remove it"
    expected = [f"the character U+0085 is left out: {why}", "unknown skill 'rsut'; did you mean 'rust'?"]
    found = editor.wait_for("work.md", expected)
    assert found[-1].range.start == lsp.Position(4, 8)
    editor.show("skills.md", SKILLS.replace("The one", "The\u2028one"))
    assert editor.definition("work.md", "{skill}`tcp|-ip`") == ("skills.md", 13)
    editor.show("skills.md", SKILLS)
    editor.close_page("skills.md")


def test_a_page_of_an_older_commit_does_not_replace_the_page(editor: Editor) -> None:
    uri = editor.uri("work.md").replace("file:", "git:")
    editor.show("work.md", WORK)
    item = lsp.TextDocumentItem(uri, "markdown", 0, "# Work\n\n{skill}`old`\n")
    editor.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
    editor.show("work.md", WORK + "\n{skill}`nothing`\n")
    editor.wait_for("work.md", [UNKNOWN])
    editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
    editor.show("work.md", WORK)


def test_diagnostics_are_those_of_a_build_and_disappear(editor: Editor) -> None:
    editor.show("plain.rst", PLAIN)
    text = "# Work\n\nText 😀 {skill}`rsut`\n\n```{project} x\n:name: X\n:skils: go\n:start: 2021-13\n```\n"
    editor.show("work.md", text)
    found = editor.wait_for(
        "work.md",
        [
            "project has no option 'skils'; did you mean 'skills'?",
            "start: no such date: '2021-13' (month must be in 1..12)",
            "unknown skill 'rsut'; did you mean 'rust'?",
        ],
    )
    places = [(item.range.start.line, item.range.start.character, item.range.end.character) for item in found]
    assert places == [(6, 1, 6), (7, 8, 15), (2, 16, 20)]
    assert [item.code for item in found] == ["folio.unknown_option", "folio.invalid_date", "folio.unknown_key"]
    editor.show("work.md", WORK)
    editor.wait_for("work.md", [])


@pytest.mark.parametrize("page", ["work.md", "plain.rst"])
def test_unsaved_text_of_an_included_file(editor: Editor, page: str) -> None:
    saved = {"work.md": WORK, "plain.rst": PLAIN}[page]
    include = ".. include:: part.md\n" if page == "plain.rst" else "```{include} part.md\n```\n"
    role = ":skill:`nothing`" if page == "plain.rst" else "{skill}`nothing`"
    good = role.replace("nothing", "go")
    (editor.folder / "part.md").write_text(f"{good}\n", encoding="utf-8")
    editor.show(page, f"{saved}\n{include}")
    try:
        editor.show("part.md", f"😀 {role}\n")
        found = editor.wait_for("part.md", [UNKNOWN])
        assert found[0].range.start.character == 3 + role.index("nothing")
        editor.show("part.md", f"{good}\n")
        editor.wait_for("part.md", [])
        editor.show("part.md", f"{role}\n")
        editor.wait_for("part.md", [UNKNOWN])
    finally:
        editor.close_page("part.md")
        editor.wait_for("part.md", [])
        editor.show(page, saved)
        (editor.folder / "part.md").unlink()


def test_diagnostics_of_half_typed_text(editor: Editor) -> None:
    editor.show("work.md", "# Work\n\n```{project} x\n:na")
    editor.wait_for(
        "work.md",
        [
            "'project': Invalid options format: expected ':' after key",
            "this line is not an option; write it as ':name: value'",
        ],
    )
    editor.show("work.md", "# Work\n\n```{projct} x\n")
    editor.wait_for("work.md", ["there is no directive 'projct'; did you mean 'project'?"])
    editor.show("work.md", WORK)
    editor.wait_for("work.md", [])


def test_diagnostics_of_a_page_that_is_closed_without_saving_disappear(editor: Editor) -> None:
    editor.show("work.md", WORK + "{skill}`nothing`\n")
    editor.wait_for("work.md", [UNKNOWN])
    editor.close_page("work.md")
    editor.wait_for("work.md", [])


def test_diagnostics_of_pages_that_are_not_open(editor: Editor) -> None:
    editor.show("plain.rst", PLAIN.replace("skill:: rust", "skill:: zig"))
    editor.wait_for("skills.md", ["unknown skill 'rust'; did you mean 'zig'?"])
    editor.show("plain.rst", PLAIN)
    editor.wait_for("skills.md", [])


def test_an_error_in_conf_is_shown_there_until_it_is_corrected(editor: Editor) -> None:
    conf = editor.folder / "conf.py"
    conf.write_text(CONF + "folio_levels = 3\n", encoding="utf-8")
    editor.show("conf.py", CONF + "folio_levels = 3\n")
    editor.show("work.md", WORK)
    try:
        editor.wait_for(
            "conf.py",
            [
                'folio_levels: 3 is of type int, not list or tuple (example: folio_levels = ["aware", "working", "expert"])'
            ],
        )
        assert editor.diagnostics["conf.py"][0].range.start.line == CONF.count("\n")
        assert "expert" in [item.label for item in editor.complete("work.md", "```{skill} x\n:level: |")]
    finally:
        conf.write_text(CONF, encoding="utf-8")
        editor.show("work.md", WORK)
    editor.wait_for("conf.py", [])


@pytest.mark.parametrize(
    ("line", "shown", "message"),
    [
        ("def setup(app): 1 / 0", "conf.py", "ZeroDivisionError: division by zero"),
        (
            'extensions += ["missing_one"]',
            "conf.py",
            "Could not import extension missing_one (exception: No module named 'missing_one')",
        ),
        ('extensions += ["own"]', "work.md", "the build stopped with ValueError: no"),
    ],
)
def test_failures_of_extensions_are_shown_until_they_are_corrected(
    editor: Editor, line: str, shown: str, message: str
) -> None:
    conf = editor.folder / "conf.py"
    (editor.folder / "own.py").write_text(
        "from docutils.parsers.rst import Directive\n\n\n"
        "class Fails(Directive):\n    def run(self):\n        raise ValueError('no')\n\n\n"
        "def setup(app):\n    app.add_directive('fails', Fails)\n",
        encoding="utf-8",
    )
    path = f"import sys; sys.path.insert(0, {str(editor.folder)!r}); " if "own" in line else ""
    conf.write_text(f"{CONF}{path}{line}\n", encoding="utf-8")
    editor.show("conf.py", conf.read_text(encoding="utf-8"))
    editor.show("work.md", f"{WORK}\n```{{fails}}\n```\n" if shown == "work.md" else WORK)
    try:
        found = editor.wait_for(shown, [message])
        assert shown != "conf.py" or found[0].range.start.line == CONF.count("\n")
    finally:
        conf.write_text(CONF, encoding="utf-8")
        editor.show("work.md", WORK)
    editor.wait_for(shown, [])


@pytest.mark.parametrize(
    ("domain", "prefix"), [("", "folio:"), ('primary_domain = "folio"', ""), ("primary_domain = (", "folio:")]
)
def test_the_first_completions_have_the_prefix_that_the_portfolio_needs(
    tmp_path: Path, domain: str, prefix: str
) -> None:
    (tmp_path / "conf.py").write_text(f'extensions = ["sphinx_folio"]\n{domain}\n', encoding="utf-8")
    schema = built_in_schema(settings=tmp_path)
    assert schema["prefix"] == prefix
    body = snippets(schema, ["restructuredtext"])["folio person (restructuredtext)"]["body"]
    assert isinstance(body, list)
    assert body[0] == f".. {prefix}person:: ${{1:key}}"


def test_extensions_without_their_libraries_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sphinxcontrib.mermaid", None)
    monkeypatch.delitem(sys.modules, "sphinx_folio.diagrams", raising=False)
    schema = built_in_schema()
    assert "folio_diagram_renderer" not in schema["settings"]
    assert "folio_exports" in schema["settings"]
    assert "skill" in schema["directives"]


RST = """\
----
Used
----

.. skill:: one

Shown::

   .. skill:: literal

{0}

Go
{1}

.. skill:: go

.. note::

   .. skill:: nested
      :name: In a note

.. code-block:: rst

   .. skill:: in-code

Not an underline
..

.. skill:: last
"""


@pytest.mark.parametrize("character", "~`^\"'=-*+#.:_")
def test_entries_below_every_heading_of_restructuredtext_are_found(character: str) -> None:
    text = RST.format("Text", character * 2)
    found = scan(text, {"skill": "name"}, markdown=False)
    expected = [("one", "Used"), ("go", "Go"), ("nested", "In a note"), ("last", "last")]
    assert [(item.key, item.name) for item in found] == expected


def test_both_suffixes_of_markdown_are_those_of_pages(tmp_path: Path) -> None:
    for suffix in ("md", "markdown"):
        (tmp_path / f"page.{suffix}").write_text(f"```{{skill}} {suffix}\n", encoding="utf-8")
    assert Index(tmp_path).entries({"skill": "name"}, {})["skill"].keys() == {"md", "markdown"}


def test_pages_that_cannot_be_read_have_no_entries(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("```{skill} go\n", encoding="utf-8")
    (tmp_path / ".#page.md").symlink_to("user@host.1")  # as Emacs locks a page
    assert Index(tmp_path).entries({"skill": "name"}, {})["skill"].keys() == {"go"}


def test_a_portfolio_that_is_opened_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    for name, text in {"conf.py": CONF, "index.md": INDEX, "skills.md": SKILLS, "work.md": WORK}.items():
        (tmp_path / "real" / name).write_text(text, encoding="utf-8")
    editor = Editor(tmp_path / "link")
    try:
        editor.show("work.md", f"{WORK}{{skill}}`nothing`\n")
        editor.wait_for("work.md", [UNKNOWN])
        assert editor.uris["work.md"] == editor.uri("work.md")
        parameters = lsp.DefinitionParams(*editor.at("work.md", "{skill}`g|o`"))
        found = editor.run(editor.client.text_document_definition_async(parameters))
        assert isinstance(found, lsp.Location)
        assert found.uri == editor.uri("skills.md")
    finally:
        editor.close()


def test_a_folder_without_a_portfolio_has_completions(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    try:
        assert [item.label for item in editor.complete("page.md", "```{evidence} x\n:by: |")] == ["own", "team"]
        assert "skill" in editor.hover("page.md", "{ski|ll}`go`")
    finally:
        editor.close()


def test_a_portfolio_in_a_subfolder_is_found_by_the_page_that_is_opened(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").write_text('open("ran", "w")\nextensions = []\n', encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text("{doc}`nothing`\n", encoding="utf-8")
    folder = tmp_path / "people" / "ada"
    folder.mkdir(parents=True)
    for name, text in {"conf.py": CONF, "index.md": INDEX, "skills.md": SKILLS, "work.md": WORK}.items():
        (folder / name).write_text(text, encoding="utf-8")
    editor = Editor(tmp_path)
    try:
        assert editor.complete("docs/index.md", "{|") == []
        assert editor.hover("docs/index.md", "```{ski|ll} go") == ""
        editor.show("people/ada/work.md", f"{WORK}\n{{skill}}`nothing`\n")
        editor.wait_for("work.md", [UNKNOWN])
        levels = ["aware", "working", "expert"]
        found = editor.complete("people/ada/work.md", "```{skill} x\n:level: |")
        assert [item.label for item in found] == levels
        assert not (tmp_path / "docs" / "ran").exists()
    finally:
        editor.close()


def test_words_of_the_settings_do_not_wait_for_conf(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        'import missing\nfolio_levels = ("low", "high")\nfolio_categories = {"a": "A", "b": _("B"), **more}\n',
        encoding="utf-8",
    )
    words = built_in_schema(settings=tmp_path)["words"]
    assert words == {"folio_levels": {"low": "", "high": ""}, "folio_categories": {"a": "A", "b": ""}}


def run(*arguments: str, folder: Path | None = None) -> Any:
    command = (sys.executable, "-m", "sphinx_folio", "language-server", *arguments)
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "LANGUAGE": "zh_CN", "PYTHONIOENCODING": "utf-8"}
    printed = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, encoding="utf-8")
    return json.loads(printed.stdout)


def test_schema() -> None:
    schema = run("--schema")
    assert [*schema["directives"]["skill"]["options"]] == ["name", *SKILL_OPTIONS[:1], *SKILL_OPTIONS[2:]]
    assert schema["directives"]["evidence"]["options"]["by"] == {
        "help": "Whose work it shows: own or team.",
        "required": True,
        "list": False,
        "form": "text",
        "choices": ["own", "team"],
        "names": "",
    }
    assert schema["directives"]["project"]["options"]["skills"]["names"] == "skill"
    assert "publication" in schema["directives"]["entry-list"]["options"]["types"]["choices"]
    assert schema["directives"]["skill-matrix"]["options"]["since"]["form"] == "date"
    assert "views" in schema["directives"]["downloads"]["options"]
    assert schema["settings"]["folio_languages"]["default"] == "{}"
    assert schema["roles"][:3] == ["person", "position", "education"]


def test_options_that_take_keys_name_a_type() -> None:
    schema = run("--schema")
    known = {*schema["roles"], "folio_levels", "folio_categories"}
    for name, directive in schema["directives"].items():
        for option, about in directive["options"].items():
            assert about["names"] in {"", *known}, (name, option)
            if re.search(
                r"\bkeys? of (?:the |a )?(?:skills?|projects?|positions?|highlights?)\b", about["help"].lower()
            ):
                assert about["names"], (name, option)


def test_snippets(tmp_path: Path) -> None:
    printed = run("--snippets", folder=tmp_path)
    assert run("--snippets", "markdown", folder=tmp_path) == {
        name: about for name, about in printed.items() if "(markdown)" in name
    }
    assert printed["folio evidence (markdown)"] == {
        "scope": "markdown",
        "prefix": "folio-evidence",
        "description": "Something public that proves the entry that contains it, or the entries that its options name.",
        "body": [
            "```{evidence} ${1:key}",
            ":title: $2",
            ":kind: ${3|pull-request,commit,release,report,file,page|}",
            ":url: $4",
            ":by: ${5|own,team|}",
            ":date: $6",
            ":skills: $7",
            "",
            "$0",
            "```",
        ],
    }
    assert printed["folio skill (restructuredtext)"]["body"] == [
        *(".. skill:: ${1:key}", "   :category: $2", "   :start: $3", "", "   $0"),
    ]
    assert printed["folio skill-tags (markdown)"]["body"] == ["```{skill-tags}", "```"]
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    body = run("--snippets", "markdown", folder=tmp_path)["folio skill (markdown)"]["body"]
    assert body[:2] == ["```{skill} ${1:key}", ":category: ${2|languages,networking|}"]


def test_without_its_library_the_command_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(language_server, "find_spec", lambda name: None)
    assert main(["language-server"]) == 3
    assert capsys.readouterr().err == 'language-server needs pygls; run “pip install "sphinx-folio[editor]"”\n'
