"""Snippets for Visual Studio Code, made from the schema: one for each entry and listing, in both markups."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_folio.editor.schema import DirectiveSchema, Schema

MARKUPS = {"markdown": ("```{%s}", "```", ""), "restructuredtext": (".. %s::", "", "   ")}
"""The name of a markup in the editor → the opening line, the closing line and the indentation of its directives."""


def snippets(schema: Schema, markups: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return the name of each snippet → its prefix, its lines, its description and the markup that it is for."""
    return {
        f"folio {name} ({markup})": {
            "scope": markup,
            "prefix": f"folio-{name}",
            "description": directive["summary"],
            "body": [*_body(schema, schema["prefix"] + name, directive, markup)],
        }
        for name, directive in schema["directives"].items()
        for markup in markups
    }


def _body(schema: Schema, name: str, directive: DirectiveSchema, markup: str) -> Iterator[str]:
    """Yield the lines of a directive with its required options, or the first three if there are none."""
    opening, closing, indent = MARKUPS[markup]
    stop = count(1)
    argument = "" if not directive["argument"] else f" ${{{next(stop)}:{'key' if directive['is_entry'] else 'file'}}}"
    yield opening % name + argument
    options = directive["options"]
    shown = [option for option in options if options[option]["required"]]
    if directive["is_entry"]:
        usual = ("start", "date", "skills")
        shown += [option for option in usual if option in options and option not in shown]
    for option in shown:
        words = options[option]["choices"] or [*schema["words"].get(options[option]["names"], {})]
        number = next(stop)
        yield f"{indent}:{option}: " + (f"${{{number}|{','.join(words)}|}}" if words else f"${number}")
    yield from ["", f"{indent}$0", *([closing] if closing else [])] if directive["is_entry"] else [closing or "$0"]
