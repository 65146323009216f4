"""Add a language to the text of a conf.py: only what is understood is changed, and everything else keeps its bytes."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.i18n import is_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


CONNECT = '%s.connect("config-inited", set_language, priority=100)'
"""The line in ``setup`` that connects the function which sets what depends on the language."""


class NotEditableError(Exception):
    """The setting cannot be found as a literal; the message has the lines to write by hand."""


class Change(NamedTuple):
    """A text to write at a position of the file, in bytes, in place of a number of bytes."""

    position: int
    text: str
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A new conf.py, and what its owner should look at."""

    text: str
    copied: Sequence[tuple[int, str]] = ()
    """Line and name of each dict by language that got an entry, whose value is that of another language."""
    compared: Sequence[int] = ()
    """The lines that compare the language of the build with a code."""
    texts: int = 0
    """The line that begins what is set for the new language alone; 0 if there is none."""
    by_hand: Sequence[str] = ()
    """Lines to write by hand into the function that sets what depends on the language, or this function itself."""
    connect: str = ""
    """The line to write into ``setup`` if the lines to write by hand are a function."""


@dataclass(slots=True, kw_only=True)
class ConfEditor:
    """Edits one conf.py."""

    text: str
    languages: Mapping[str, str]
    """``folio_languages`` as it is, or the language of the pages alone."""
    _changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Parse the file."""
        if not self.text.endswith("\n"):
            self.text += "\n"
        self._tree = ast.parse(self.text)
        self._starts = [0]
        for line in self.text.encode().splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    _tree: ast.Module = field(init=False)
    _starts: list[int] = field(init=False)

    def add_language(
        self,
        language: str,
        folder: str,
        *,
        texts: Mapping[str, str],
        only: Sequence[str],
        templates: bool,
        translations: Mapping[str, str],
        loaded: Sequence[str] = (),
    ) -> Edited:
        """Add a language, or what is missing for one that folio_languages has already.

        Args:
            language: The code of the language.
            folder: Its folder in the site.
            texts: Setting → its value in Python that a reader sees; a new function sets them for the language, unless
                the file has a function for that.
            only: Lines of Python that have to be run for this language alone, with ``config``.
            templates: Whether the setting ``templates_path`` has to be added.
            translations: Text → its translation, for texts in dicts by language.
            loaded: The extensions that the file loads, as far as known.

        Raises:
            NotEditableError: The setting folio_languages cannot be found or changed.
        """
        self._changes = []
        end: list[str] = []
        self._add_to_languages(language, folder, end)
        self._add_extension(loaded, end)
        end += ['templates_path = ["_templates"]'] if templates else []
        copied = [*self._add_to_dicts(language, translations)]
        lines = [*(() if copied else (f"config.{name} = {value}" for name, value in texts.items())), *only]
        by_hand = self._add_function(language, lines, end) if lines else []
        if end:
            self._changes.append(Change(self._starts[-1], "\n".join(end) + "\n"))
        others = [code for code in self.languages if code != language]
        new = ConfEditor(text=self._result(), languages=self.languages)
        return Edited(
            text=new.text,
            copied=[*new._lines_of(copied, language)],
            compared=[] if lines and not by_hand else [*new._compared(*others)],
            texts=min(new._compared(language), default=0) if lines and not by_hand else 0,
            by_hand=by_hand,
            connect=self._connect_line() if by_hand and not self._connected() else "",
        )

    def knows(self, language: str) -> bool:
        """Return whether something besides folio_languages depends on a language: a dict by language or a condition."""
        dicts = (node.value for node in self._tree.body if isinstance(node, ast.Assign))
        listed = self._assigned("folio_languages")
        in_dicts = (
            isinstance(key, ast.Constant) and key.value == language
            for value in dicts
            if isinstance(value, ast.Dict) and value is not listed
            for key in value.keys
        )
        return any(in_dicts) or any(self._compared(language))

    # The settings

    def _add_to_languages(self, language: str, folder: str, end: list[str]) -> None:
        if self.languages.get(language) is not None and len(self.languages) > 1:
            return
        new = {**self.languages, language: folder}
        line = f"folio_languages = {literal(new)}"
        by_hand = NotEditableError(f"folio_languages = {literal(self.languages)}")
        assigned = self._assigned("folio_languages")
        if assigned is None:
            anchor = self._assigned("language") or self._assigned("extensions")
            if len(self.languages) > 1 or (anchor is None and self._imports_all()):
                raise by_hand
            if anchor is None:
                end.append(line)
            else:
                self._changes.append(Change(self._after_line(anchor), f"{line}\n"))
        elif not isinstance(assigned, ast.Dict) or _value(assigned) != dict(self.languages):
            if _value(assigned) == {}:
                start, stop = self._position(assigned.lineno, assigned.col_offset), self._end(assigned)
                self._changes.append(Change(start, literal(new), stop - start))
                return
            raise by_hand
        else:
            self._append(f'"{language}": "{folder}"', assigned)

    def _imports_all(self) -> bool:
        """Return whether the file has settings of another module, which may be any."""
        return any(
            isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
            for node in self._tree.body
        )

    def _add_extension(self, loaded: Sequence[str], end: list[str]) -> None:
        """Add ``sphinx_folio.languages`` to the list of extensions if it lacks it, or extend the list at the end."""
        name = "sphinx_folio.languages"
        extensions = self._assigned("extensions")
        if extensions is None or name in loaded:
            return
        if not isinstance(extensions, ast.List) or not extensions.elts:
            end.append(f'extensions += ["{name}"]')
        elif name not in [element.value for element in extensions.elts if isinstance(element, ast.Constant)]:
            self._append(f'"{name}"', extensions)

    def _append(self, item: str, around: ast.List | ast.Dict) -> None:
        """Add an item to a list or a dict that is not empty, on a line of its own if the last item has one."""
        last = around.values[-1] if isinstance(around, ast.Dict) else around.elts[-1]
        first = (around.keys[-1] if isinstance(around, ast.Dict) else None) or last
        data, end = self.text.encode(), self._end_of_item(last)
        before = data[self._starts[first.lineno - 1] : self._position(first.lineno, first.col_offset)].decode()
        rest = re.match(rb"[ \t]*(?P<comma>,?)[ \t]*(?:#[^\r\n]*)?\r?\n", data[end:])
        if first.lineno == around.lineno or before.strip():
            self._changes.append(Change(end, f", {item}"))
            return
        if rest is None:
            self._changes.append(Change(end, f",\n{before}{item}"))
            return
        if not rest["comma"]:
            self._changes.append(Change(end, ","))
        self._changes.append(Change(end + rest.end(), f"{before}{item},\n"))

    def _add_to_dicts(self, language: str, translations: Mapping[str, str]) -> Iterator[str]:
        """Add an entry to each dict of the file that has one for every language; copy that of English or the source.

        Yield the names of the dicts.
        """
        others = {code: folder for code, folder in self.languages.items() if code != language}
        template = template_language(others)
        for node in self._tree.body:
            if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)):
                continue
            keys = [key.value for key in node.value.keys if isinstance(key, ast.Constant)]
            name = node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
            by_language = len(keys) == len(node.value.keys) > 1 and all(map(is_language, keys))
            if name == "folio_languages" or not by_language or not {*others} <= {*keys} or language in keys:
                continue
            copy = self._translated(node.value.values[keys.index(template)], translations)
            self._append(f'"{language}": {copy}', node.value)
            yield name

    def _translated(self, value: ast.expr, translations: Mapping[str, str]) -> str:
        """Return the source of a value, with the translations of the texts in it that are known."""
        start = self._position(value.lineno, value.col_offset)
        data = self.text.encode()[start : self._end(value)]
        known = [
            node for node in ast.walk(value) if isinstance(node, ast.Constant) and translations.get(str(node.value))
        ]
        for node in sorted(known, key=self._end, reverse=True):
            begin, end = self._position(node.lineno, node.col_offset) - start, self._end(node) - start
            data = data[:begin] + literal(translations[str(node.value)]).encode() + data[end:]
        return data.decode()

    def _add_function(self, language: str, lines: Sequence[str], end: list[str]) -> Sequence[str]:
        """Run lines for a language in the function that sets what depends on it, or in a new one.

        Return the lines that have no place.
        """
        block = [f'if config.language == "{language}":', *(f"    {line}" for line in lines)]
        new = [
            "def set_language(app, config):",
            '    """Translate the settings into the language of the build."""',
            *(f"    {line}" for line in block),
        ]
        if self._setup() is None:
            end += ["", "", *new, "", "", "def setup(app):", f"    {CONNECT % 'app'}"]
            return ()
        function = self._function()
        if function is None:
            return block if self._connected() else new
        last = function.body[-1]
        text = "".join(f"{' ' * last.col_offset}{line}\n" for line in block)
        self._changes.append(Change(self._after_line(last), text))
        return ()

    def _lines_of(self, names: Sequence[str], language: str) -> Iterator[tuple[int, str]]:
        """Yield the line of the entry for a language in each dict, and the name of the dict."""
        for name in names:
            found = self._assigned(name)
            for key in found.keys if isinstance(found, ast.Dict) else ():
                if isinstance(key, ast.Constant) and key.value == language:
                    yield key.lineno, name

    def _function(self) -> ast.FunctionDef | None:
        """Return the function that is connected to ``config-inited``, if its last statement can be followed by another.

        Its second argument has to be called ``config``.
        """
        connected = {function.id for function in self._connected() if isinstance(function, ast.Name)}
        for node in self._tree.body:
            if (
                isinstance(node, ast.FunctionDef)
                and node.name in connected
                and [argument.arg for argument in node.args.args[1:2]] == ["config"]
                and not isinstance(node.body[-1], ast.Return | ast.Raise)
            ):
                return node
        return None

    def _connected(self) -> list[ast.expr]:
        """Return the handlers of ``config-inited``."""
        return [
            call.args[1]
            for call in ast.walk(self._tree)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "connect"
            and len(call.args) > 1
            and isinstance(call.args[0], ast.Constant)
            and call.args[0].value == "config-inited"
        ]

    def _setup(self) -> ast.FunctionDef | None:
        found = (node for node in self._tree.body if isinstance(node, ast.FunctionDef) and node.name == "setup")
        return next(found, None)

    def _connect_line(self) -> str:
        """Return the line of ``setup`` that connects the function to be written by hand."""
        setup = self._setup()
        return CONNECT % next((item.arg for item in setup.args.args), "app") if setup else ""

    def _compared(self, *languages: str) -> Iterator[int]:
        """Yield the lines that compare something with the code of a language."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Compare) and any(
                isinstance(part, ast.Constant) and part.value in languages for part in node.comparators
            ):
                yield node.lineno

    # Positions

    def _assigned(self, name: str) -> ast.expr | None:
        """Return the last value that is assigned to a name at the top of the file."""
        found: ast.expr | None = None
        for node in self._tree.body:
            match node:
                case ast.Assign(targets=targets, value=value):
                    pass
                case ast.AnnAssign(target=target, value=value):
                    targets = [target]
                case _:
                    continue
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                found = value
        return found

    def _position(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column

    def _end(self, node: ast.expr) -> int:
        return self._position(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def _end_of_item(self, node: ast.expr) -> int:
        """Return the end of an item of a list or a dict, with the parentheses around it."""
        end = self._end(node)
        brackets = re.match(rb"(?:(?:\s|#.*)*\))*", self.text.encode()[end:])
        return end + (brackets.end() if brackets else 0)

    def _after_line(self, node: ast.expr | ast.stmt) -> int:
        return self._starts[node.end_lineno or node.lineno]

    def _result(self) -> str:
        data = self.text.encode()
        newline = "\r\n" if "\r\n" in self.text else "\n"
        in_order = sorted(self._changes, key=lambda change: change.position)
        for position, text, length in in_order[::-1]:  # from the end, so that positions stay right
            data = data[:position] + re.sub(r"\r?\n", newline, text).encode() + data[position + length :]
        return data.decode()


def template_language(languages: Mapping[str, str]) -> str:
    """Return the language whose settings a new one begins with: English if the site has it, else that of the pages."""
    return next((code for code in languages if code.partition("_")[0] == "en"), next(iter(languages)))


def literal(value: str | Mapping[str, str]) -> str:
    """Return a text, or a dict of texts, as Python in double quotes."""
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return "{" + ", ".join(f"{literal(key)}: {literal(text)}" for key, text in value.items()) + "}"


def _value(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
