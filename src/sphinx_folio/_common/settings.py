"""Declare the settings of our extensions, check their values before pages are read, and warn about unknown settings."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeGuard
from warnings import catch_warnings

from sphinx.errors import ConfigError
from sphinx.locale import init

from sphinx_folio import __version__
from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, __, catalog_languages, mark
from sphinx_folio._common.output_folders import exclude_output
from sphinx_folio._common.output_record import remove_files_of_removed_extensions
from sphinx_folio._common.suggestions import nearest
from sphinx_folio._common.warnings import Subtype, did_you_mean, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

PREFIX = "folio_"
EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    "sphinx_folio": (
        "folio_archived",
        "folio_categories",
        "folio_counts",
        "folio_date_formats",
        "folio_evidence_fail_under",
        "folio_evidence_lock",
        "folio_evidence_verified_under",
        "folio_identities",
        "folio_keys",
        "folio_levels",
        "folio_match",
        "folio_level_scale",
        "folio_repositories",
        "folio_today",
        "folio_vocabulary",
    ),
    "sphinx_folio.csp": ("folio_csp_host", "folio_csp_sources"),
    "sphinx_folio.diagrams": ("folio_diagram_renderer",),
    "sphinx_folio.export": (
        "folio_accent",
        "folio_exports",
        "folio_private",
        "folio_resume",
        "folio_resume_date",
        "folio_resume_fonts",
        "folio_resume_font_families",
        "folio_json_resume_extra",
        "folio_resume_max_pages",
        "folio_resume_paper",
        "folio_resume_photo",
        "folio_resume_template",
        "folio_views",
    ),
    "sphinx_folio.languages": ("folio_languages",),
    "sphinx_folio.navigation": ("folio_navigation_most",),
    "sphinx_folio.redirects": ("folio_redirects",),
    "sphinx_folio.search": (
        "folio_search_aliases",
        "folio_search_vocabulary",
        "folio_search_page",
        "folio_search_split",
        "folio_search_stock_index",
    ),
    "sphinx_folio.social": ("folio_accent", "folio_cards", "folio_noindex", "folio_sitemaps"),
}
"""Extension → its settings, for hints about extensions that are not loaded; a test keeps this table complete."""

RENAMED: Mapping[str, str] = {}
"""Former name of a setting → its name now, for the build and the commands update and doctor; none since 0.1.0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting of one of our extensions."""

    name: str
    default: Any
    rebuild: Literal["env", "html", ""]
    """What a changed value invalidates: ``env`` (read all pages), ``html`` (write all pages) or nothing."""
    types: tuple[type, ...]
    description: str
    example: str
    """A valid value in Python syntax, for error messages."""
    check: Callable[[Any], str] = lambda _value: ""
    """Returns a description of the problem with a value of the right type, or an empty string."""

    def problem(self, value: Any) -> str:
        """Return a description of the problem with a value, or an empty string if it is valid."""
        # In Python, True is an int; in a setting, that is a mistake.
        if not isinstance(value, self.types) or (isinstance(value, bool) and bool not in self.types):
            wanted = " or ".join("None" if kind is type(None) else kind.__name__ for kind in self.types)
            return str(__("%r is of type %s, not %s")) % (value, type(value).__name__, wanted)
        return self.check(value)


def check_not_negative(value: Any) -> str:
    """Return an error message if a number is negative, or else an empty string; for :attr:`Setting.check`."""
    return str(__("%r is negative; write 0 or more")) % value if value < 0 else ""


def declare(app: Sphinx, settings: Iterable[Setting]) -> None:
    """Add the settings of an extension to Sphinx; their values are checked when conf.py has been read.

    Two extensions may have the same setting.
    """
    app.setup_extension(__name__)
    settings = tuple(settings)
    for setting in settings:
        if setting.name not in app.config:
            types = frozenset(setting.types)
            app.add_config_value(setting.name, setting.default, setting.rebuild, types, setting.description)
    app.connect("config-inited", lambda _app, config: check(config, settings))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add what all our extensions share: the catalog and the handlers of settings; Sphinx calls this once."""
    app.add_message_catalog(CATALOG, str(CATALOG_FOLDER))
    if app.config.language.startswith("zh_"):  # Sphinx does not know the scripts of Chinese
        init([CATALOG_FOLDER], catalog_languages(app.config.language)[-1], CATALOG)
    app.connect("config-inited", warn_of_unknown)
    app.connect("config-inited", check_address)
    app.connect("config-inited", exclude_output, priority=900)  # after the checks of settings
    app.connect("builder-inited", remove_files_of_removed_extensions)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def check(config: Config, settings: Iterable[Setting]) -> None:
    """Check the types and values of settings.

    Raises:
        ConfigError: A value is invalid; the message has the setting with its line, the problem and a valid example.
    """
    for setting in settings:
        problem = setting.problem(config[setting.name])
        if problem:
            raise setting_error(config, setting.name, problem, setting.example)


def setting_error(config: Config, name: str, problem: str, example: str = "") -> ConfigError:
    """Return the error to raise for a setting with an invalid value; its message begins with ``path:line: ``."""
    remedy = str(__(" (example: %s = %s)")) % (name, example) if example else ""
    location = setting_location(config, name)
    if location:
        return ConfigError(f"{location}: {name}: {problem}{remedy}")
    return ConfigError(str(__("%s in conf.py: %s")) % (name, problem) + remedy)


def unknown_word(word: object, known: Collection[str]) -> str:
    """Return the end of a message about an unknown word: the word, and a suggestion or all known words."""
    hint = did_you_mean(nearest(word, known)) if isinstance(word, str) else ""
    return f"{word!r}{hint or str(__('; known: %s')) % ', '.join(known)}"


def check_color(value: Any) -> str:
    """Return what is wrong with a color; empty if it is right."""
    return (
        "" if re.fullmatch("#[0-9a-fA-F]{6}", value) else str(__("%r is not a color of six hexadecimal digits")) % value
    )


ACCENT = Setting(
    name="folio_accent",
    default="",
    rebuild="html",
    types=(str,),
    description=mark(
        "The accent color of the PDF, of social cards and of the toolbar in mobile browsers; by default teal, in the"
        " PDF that of the template."
    ),
    example='"#7a1f5c"',
    check=lambda value: check_color(value) if value else "",
)
"""The setting that the files of the résumé share with social cards."""


ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*", re.IGNORECASE)
"""The address of a site."""
INCOMPLETE_ADDRESS = re.compile(r"\s*(?:https?:)?/*([\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[^\s?#]*)?)\s*", re.IGNORECASE)
"""An address without its beginning, or with a wrong one."""


def check_address(app: Sphinx, config: Config) -> None:
    """Check the address of the site, which canonical links, the sitemap and social cards contain.

    One without a host, such as ``/``, is accepted: many conf.py files have that for builds on other machines.

    Raises:
        ConfigError: It is not complete; the message has the complete address if that is known.
    """
    value = config.html_baseurl
    is_path = isinstance(value, str) and value.startswith("/") and not value.startswith("//")
    if not value or is_path or ADDRESS.fullmatch(str(value)):
        return
    if found := INCOMPLETE_ADDRESS.fullmatch(str(value)):
        problem = str(__("%r is not the address of a site; write %r")) % (value, f"https://{found[1]}")
        raise setting_error(config, "html_baseurl", problem)
    problem = str(__("%r is not the address of a site, which begins with https:// or http://")) % value
    raise setting_error(config, "html_baseurl", problem, '"https://example.org/"')


def is_web_address(value: object) -> TypeGuard[str]:
    """Return whether a value begins as the address of a web page does."""
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def is_text(value: object) -> bool:
    """Return whether a value is a string that is not blank."""
    return isinstance(value, str) and bool(value.strip())


# Names that are assigned in conf.py but declared by no extension


def warn_of_unknown(app: Sphinx, config: Config) -> None:
    """Warn about every name that begins with folio_ but is not a setting of a loaded extension."""
    assigned = {item.name for item in assignments(app)}
    for name in sorted({*assigned, *config.overrides, *_namespace(config)}):
        if not name.startswith(PREFIX) or name in config:
            continue
        if name in RENAMED:
            message = __("the setting %s is now %s; rename it in conf.py")
            warn(Subtype.UNKNOWN_SETTING, message, name, RENAMED[name], location=setting_location(config, name))
            continue
        owner = next((extension for extension, names in EXTENSIONS.items() if name in names), "")
        if owner:
            message = __("%s is a setting of %s; add %r to extensions in conf.py, or delete the setting")
            warn(Subtype.UNKNOWN_SETTING, message, name, owner, owner, location=setting_location(config, name))
            continue
        loaded = (known for known in config.values if known.startswith(PREFIX))
        others = (known for names in EXTENSIONS.values() for known in names)
        # The common prefix would make all names look similar.
        groups = ([known.removeprefix(PREFIX) for known in group] for group in (loaded, others))
        near = nearest(name.removeprefix(PREFIX), *groups)
        hint = did_you_mean(near and PREFIX + near) or __("; for your own variables, use a prefix other than folio_")
        warn(Subtype.UNKNOWN_SETTING, __("unknown setting %r%s"), name, hint, location=setting_location(config, name))


def _namespace(config: Config) -> Iterator[str]:
    """Yield the names of the variables in conf.py, including imported ones.

    Sphinx has no public API for them. Fallback without ``_raw_config``: no names; :func:`assignments` finds most.
    """
    namespace = vars(config).get("_raw_config")
    if isinstance(namespace, dict):
        for name, value in namespace.items():
            if isinstance(name, str) and not callable(value) and not isinstance(value, ModuleType):
                yield name


class Assignment(NamedTuple):
    """A statement in conf.py that assigns to a name, or to a setting as ``config.name``."""

    name: str
    statement: ast.stmt


def assignments(app: Sphinx) -> list[Assignment]:
    """Return the assignments in conf.py in the order of the file; an empty list without a conf.py."""
    return assignments_in(Path(app.confdir, "conf.py"))


def assignments_in(path: Path) -> list[Assignment]:
    """Return the assignments in a file like conf.py, in their order.

    There are none if the file does not exist or is not valid Python: it may be edited after Sphinx has run it.
    """
    return [*_assignments(_parsed(path))]


def _parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file; it is empty if the file does not exist or is not valid Python."""
    try:
        with catch_warnings(action="ignore"):  # Python has issued them when Sphinx executed the file
            return ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):  # a null byte is a ValueError in Python 3.11
        return ast.Module(body=[], type_ignores=[])


def renamed_in(path: Path) -> list[str]:
    """Return a message with the line for each setting in conf.py that has another name now; none if it is no Python."""
    message = str(__("the setting %s is now %s; rename it in conf.py"))
    lines = {item.name: item.statement.lineno for item in reversed(assignments_in(path)) if item.name in RENAMED}
    return [f"{path}:{line}: {message % (name, RENAMED[name])}" for name, line in sorted(lines.items())]


_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.comprehension)


def _assignments(node: ast.AST, statement: ast.stmt | None = None, *, local: bool = False) -> Iterator[Assignment]:
    for child in ast.iter_child_nodes(node):
        around = child if isinstance(child, ast.stmt) else statement
        name = _assigned_name(child, local=local)
        if name and around is not None:
            yield Assignment(name, around)
        yield from _assignments(child, around, local=local or isinstance(child, _SCOPES))


def _assigned_name(node: ast.AST, *, local: bool) -> str:
    """Return the name that a node assigns to, if it is a global of conf.py or a setting; otherwise an empty string."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) if not local:
            return name
        case ast.Attribute(value=owner, attr=name, ctx=ast.Store()) if _is_config(owner):
            return name
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(name)), ctx=ast.Store()) if _is_config(owner):
            return name
    return ""


def _is_config(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).rpartition(".")[2] == "config"


def setting_location(config: Config, name: str, word: str = "") -> str | None:
    """Return ``path:line`` of the last assignment to a setting in conf.py; None if there is none, as for ``-D``.

    Sphinx has no public API for the path of conf.py. Fallback without ``_raw_config``: None.

    Args:
        config: The configuration.
        name: The setting.
        word: A string in the value; if it is found, its line is returned instead.
    """
    namespace = vars(config).get("_raw_config")
    path = namespace.get("__file__") if isinstance(namespace, dict) else None
    if not isinstance(path, str) or name in config.overrides:
        return None
    statements = [item.statement for item in reversed(assignments_in(Path(path))) if item.name == name]
    if not statements:
        return None
    words = (
        node.lineno
        for statement in statements
        for node in ast.walk(statement)
        if word and isinstance(node, ast.Constant) and node.value == word
    )
    return f"{path}:{next(words, statements[0].lineno)}"


def location_of_word(app: Sphinx, word: str) -> str | None:
    """Return ``path:line`` of the first string in conf.py that is a word, in whatever setting, or None."""
    path = Path(app.confdir, "conf.py")
    lines = (node.lineno for node in ast.walk(_parsed(path)) if isinstance(node, ast.Constant) and node.value == word)
    line = min(lines, default=0)
    return f"{path}:{line}" if line else None
