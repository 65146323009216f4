"""What an editor shows at a place: completions and descriptions, from the schema and the entries of the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.markup_names import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from sphinx_folio.editor.index import Entry
    from sphinx_folio.editor.schema import DirectiveSchema, OptionSchema, Schema
    from sphinx_folio.editor.text import Place

FORM_HELP: Mapping[str, str] = {
    "date": mark("A date: 2021, 2021-08 or 2021-08-31."),
    "url": mark("An address that begins with http:, https: or mailto:."),
    "email": mark("An email address."),
    "links": mark("Links, separated by commas: GitHub <https://…>, Blog <https://…>."),
    "keys": mark("Keys, separated by commas."),
    "pairs": mark("Pairs, separated by commas: name = text."),
    "number": mark("A number above 0."),
    "revision": mark("A tag or a commit."),
    "sketch": mark("Boxes with -> between them, and | between those of one step."),
}
"""The form of a value → its description."""


class Completion(NamedTuple):
    """A word that an editor offers."""

    label: str
    insert: str
    """The text that replaces the word at the place."""
    kind: str
    """One of directive, role, option, value, entry and setting."""
    detail: str = ""
    """What it is, in a few words."""
    text: str = ""
    """Its description."""


class Answers:
    """Answers about the markup of one portfolio."""

    def __init__(
        self, schema: Schema, entries: Mapping[str, Mapping[str, Entry]], today: date, *, folder: Path, markdown: bool
    ) -> None:
        """Set what is known.

        Args:
            schema: The markup.
            entries: The entries by type and key.
            today: The date whose year, month and day are offered as dates.
            folder: The folder that the editor has open, to which shown paths are relative.
            markdown: Whether the page is Markdown and not reStructuredText.
        """
        self._schema, self._entries, self._today, self._markdown = schema, entries, today, markdown
        self._folder = folder

    def completions(self, place: Place) -> list[Completion]:
        """Return what can be at a place; the editor shows those that match what has been typed."""
        methods = {
            "directive": self._directives,
            "role": self._roles,
            "option": self._options,
            "value": self._values,
            "target": self._targets,
            "setting": self._settings,
        }
        return list(methods[place.kind](place)) if place.kind in methods else []

    def _directives(self, place: Place) -> Iterator[Completion]:
        end = "} " if self._markdown else ":: "
        for name, directive in self._schema["directives"].items():
            written = self._prefix(place) + name
            closed = place.rest.startswith(end.strip())
            yield Completion(written, written + ("" if closed else end), "directive", "", directive["summary"])

    def _roles(self, place: Place) -> Iterator[Completion]:
        end = "}`" if self._markdown else ":`"
        closed = place.rest.startswith(end[0])
        for name in self._schema["roles"]:
            written = self._prefix(place) + name
            yield Completion(written, written + ("" if closed else end), "role", "", _role_help(name))

    def _prefix(self, place: Place) -> str:
        """Return what precedes a name: that of the portfolio, or the one that has been typed."""
        return PREFIX if place.word.startswith(PREFIX) else self._schema["prefix"]

    def _options(self, place: Place) -> Iterator[Completion]:
        directive = self._schema["directives"].get(place.owner)
        options = directive["options"] if directive else {}
        for name in sorted(options, key=lambda name: not options[name]["required"]):
            if name in place.others:
                continue
            detail = str(__("required")) if options[name]["required"] else ""
            end = "" if place.rest.startswith(":") else ": "
            yield Completion(name, name + end, "option", detail, _option_help(options[name]))

    def _values(self, place: Place) -> Iterator[Completion]:
        option = self._option(place)
        if not option:
            return
        words = {**dict.fromkeys(option["choices"], ""), **self._schema["words"].get(option["names"], {})}
        for word, label in words.items():
            yield Completion(word, word, "value", label)
        yield from self._keys(option["names"], place)
        if option["form"] == "date":
            day = self._today.isoformat()
            for text in (day[:7], day[:4], day):
                yield Completion(text, text, "value", "", _option_help(option))

    def _targets(self, place: Place) -> Iterator[Completion]:
        yield from self._keys(place.owner, place)

    def _keys(self, objtype: str, place: Place) -> Iterator[Completion]:
        for key, entry in sorted(self._entries.get(objtype, {}).items()):
            if key not in place.others:
                yield Completion(key, key, "entry", entry.found.name, f"{objtype}, {self._shown(entry.path)}")

    def _shown(self, path: Path) -> str:
        """Return a path relative to the folder that the editor has open."""
        return str(path.relative_to(self._folder) if path.is_relative_to(self._folder) else path)

    def _settings(self, place: Place) -> Iterator[Completion]:
        for name, setting in self._schema["settings"].items():
            end = "" if place.rest.lstrip().startswith("=") else " = "
            yield Completion(name, name + end, "setting", setting["default"], setting["help"])

    def description(self, place: Place) -> str:
        """Return what is known about a place, in Markdown, or an empty string."""
        word = place.word.removeprefix(PREFIX)
        entry = self.entry(place)
        if entry:
            found = entry.found
            return f"**{found.name}**\n\n{found.type} `{found.key}`, {self._shown(entry.path)}:{found.line + 1}"
        if place.kind == "directive" and word in self._schema["directives"]:
            return _directive_help(word, self._schema["directives"][word])
        if place.kind == "role" and word in self._schema["roles"]:
            return _role_help(word)
        if place.kind == "setting" and word in self._schema["settings"]:
            setting = self._schema["settings"][word]
            return f"`{word} = {setting['default']}`\n\n{setting['help']}"
        option = self._option(place)
        label = self._schema["words"].get(option["names"], {}).get(word, "") if option else ""
        return (f"`{word}`: {label}\n\n" if label else "") + (_option_help(option) if option else "")

    def entry(self, place: Place) -> Entry | None:
        """Return the entry whose key is at a place."""
        option = self._option(place)
        names = {"target": place.owner, "title": place.owner, "argument": place.owner}
        objtype = option["names"] if option and place.kind == "value" else names.get(place.kind, "")
        return self._entries.get(objtype, {}).get(place.word)

    def _option(self, place: Place) -> OptionSchema | None:
        """Return the option at a place, or that of the value there."""
        directive = self._schema["directives"].get(place.owner)
        return (
            directive["options"].get(place.option or place.word)
            if directive and place.kind in {"option", "value"}
            else None
        )


def _role_help(objtype: str) -> str:
    return str(__("A link to an entry of the type %s, by its key.")) % objtype


def _directive_help(name: str, directive: DirectiveSchema) -> str:
    lines = [f"**{name}**", "", directive["summary"], ""]
    if directive["argument"]:
        lines += [str(__("Argument: %s")) % directive["argument"], ""]
    for option, schema in directive["options"].items():
        shown = f"**`:{option}:`**" if schema["required"] else f"`:{option}:`"
        lines.append(f"- {shown} {schema['help']}")
    return "\n".join(lines).strip()


def _option_help(option: OptionSchema) -> str:
    parts = [option["help"]]
    form = FORM_HELP.get(option["form"], "")
    if form and "2021-08" not in option["help"]:
        parts.append(str(__(form)))
    if any(word not in option["help"] for word in option["choices"]):
        parts.append(", ".join(f"`{word}`" for word in option["choices"]))
    return " ".join(filter(None, parts))
