"""The schema of directives, options, roles and settings, made from the tables that the reference shows."""

from __future__ import annotations

import ast
from importlib import import_module
from typing import TYPE_CHECKING, TypedDict

from sphinx_folio import __version__
from sphinx_folio._common.application import temporary_application
from sphinx_folio._common.markup_names import markup_name
from sphinx_folio._common.settings import EXTENSIONS, PREFIX, assignments_in
from sphinx_folio.directives import options as convert
from sphinx_folio.directives.base import FolioDirective
from sphinx_folio.directives.entries import EntryDirective
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sphinx.application import Sphinx

    from sphinx_folio.directives.option_types import Option

PACKAGE = b"sphinx_folio"
FORMS: Mapping[Callable[[str], object], str] = {
    convert.date: "date",
    convert.url: "url",
    convert.email: "email",
    convert.links: "links",
    convert.keys: "keys",
    convert.pairs: "pairs",
    convert.positive: "number",
    convert.revision: "revision",
    convert.sketch: "sketch",
}
"""Converter → the name of the form of its values; all others are text."""


class OptionSchema(TypedDict):
    """An option of a directive."""

    help: str
    required: bool
    list: bool
    form: str
    """A value of ``FORMS``, or ``text``."""
    choices: list[str]
    """The only words that it accepts; empty if there are others."""
    names: str
    """What its values name: a type of entry, for their keys, or a setting, for its words; empty if neither."""


class DirectiveSchema(TypedDict):
    """A directive."""

    summary: str
    argument: str
    """The description of the argument; empty if there is none."""
    is_entry: bool
    """Whether it describes an object, whose key is its argument."""
    name_option: str
    """The option with the name of an entry, by default the title of its section; empty if there is none."""
    options: dict[str, OptionSchema]


class SettingSchema(TypedDict):
    """A setting."""

    help: str
    default: str
    """The default in Python syntax."""


class Schema(TypedDict):
    """The markup of a portfolio."""

    version: str
    prefix: str
    """What precedes the names of directives and roles: ``folio:``, or nothing if the domain is the primary one."""
    directives: dict[str, DirectiveSchema]
    roles: list[str]
    """The roles, each named as the type of the objects that it links to."""
    settings: dict[str, SettingSchema]
    words: dict[str, dict[str, str]]
    """Setting → its words with their labels, such as those of ``folio_levels`` and ``folio_categories``."""


def untranslated(message: str) -> str:
    """Return a message unchanged."""
    return message


def built_in_schema(translate: Callable[[str], str] = untranslated, settings: Path | None = None) -> Schema:
    """Return the schema of this package without the settings and extensions of a portfolio.

    Extensions whose libraries are not installed are left out: the extra for editors does not install them.

    Args:
        translate: Translates descriptions.
        settings: The folder of the conf.py that says whether names need a prefix; it is not run.
    """
    domain = "folio" if settings is None or _sets_domain(settings / "conf.py") else ""
    overrides = {"extensions": [*filter(_is_installed, EXTENSIONS)], "primary_domain": domain}
    with temporary_application(None, None, overrides) as app:
        schema = schema_of(app, translate)
    if settings:
        schema["words"].update(_words_in(settings / "conf.py"))
    return schema


def _words_in(path: Path) -> dict[str, dict[str, str]]:
    """Return the words of the settings, with their labels, as far as a conf.py shows them without running it."""
    words: dict[str, dict[str, str]] = {}
    for name, statement in assignments_in(path):
        match getattr(statement, "value", None):
            case ast.List(elts=items) | ast.Tuple(elts=items) if name == "folio_levels":
                words[name] = dict.fromkeys(filter(None, map(_string, items)), "")
            case ast.Dict(keys=keys, values=labels) if name == "folio_categories":
                pairs = zip(map(_string, keys), map(_string, labels), strict=True)
                words[name] = {key: label for key, label in pairs if key}
    return words


def names_package(settings: Path) -> bool:
    """Return whether conf.py, or a module next to it, names this package; other projects of Sphinx do not."""
    return any(PACKAGE in path.read_bytes() for path in settings.glob("*.py") if path.is_file())


def _string(node: ast.expr | None) -> str:
    """Return the text of a string; an empty one for other expressions."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_installed(extension: str) -> bool:
    try:
        import_module(extension)
    except ModuleNotFoundError:
        return False
    return True


def _sets_domain(path: Path) -> bool:
    """Return whether a conf.py makes ours the primary domain, as far as that shows without running it."""
    found = [item.statement for item in assignments_in(path) if item.name == "primary_domain"]
    values = (statement.value for statement in found if isinstance(statement, ast.Assign))
    return any(isinstance(value, ast.Constant) and value.value == "folio" for value in values)


def schema_of(app: Sphinx, translate: Callable[[str], str]) -> Schema:
    """Return the schema of an application: what its extensions have added, and the words of its settings."""
    types = [*registry_of(app).types]
    config = app.config
    directives = {
        name: _directive_schema(directive, types, translate)
        for name, directive in app.env.domains["folio"].directives.items()
        if issubclass(directive, FolioDirective)
    }
    settings = {
        name: SettingSchema(help=translate(value.description), default=repr(value.default))
        for name, value in sorted(config.values.items())
        if name.startswith(PREFIX)
    }
    return Schema(
        version=__version__,
        prefix=markup_name("", config),
        directives=directives,
        roles=types,
        settings=settings,
        words={
            "folio_levels": dict.fromkeys(config.folio_levels, ""),
            "folio_categories": {key: str(label) for key, label in config.folio_categories.items()},
        },
    )


def _directive_schema(
    directive: type[FolioDirective], types: list[str], translate: Callable[[str], str]
) -> DirectiveSchema:
    is_entry = issubclass(directive, EntryDirective)
    return DirectiveSchema(
        summary=translate(directive.summary),
        argument=translate(directive.argument_help),
        is_entry=is_entry,
        name_option=(directive.heading_fact or "title") if issubclass(directive, EntryDirective) else "",
        options={name: _option_schema(option, types, translate) for name, option in directive.known_options.items()},
    )


def _option_schema(option: Option, types: list[str], translate: Callable[[str], str]) -> OptionSchema:
    return OptionSchema(
        help=translate(option.help),
        required=option.required,
        list=option.is_list,
        form=FORMS.get(option.convert, "text"),
        choices=types if option.names == "types" else [*option.choices],
        names="" if option.names == "types" else option.names,
    )
