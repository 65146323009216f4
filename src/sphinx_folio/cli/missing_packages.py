"""Packages that a portfolio lacks: the extras of this package, and what to install for a module that is not found."""

from __future__ import annotations

import linecache
import re
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name
from sphinx.locale import __ as sphinx_message

import sphinx_folio
from sphinx_folio._common.advice import is_hook
from sphinx_folio._common.conflicts import UNRESOLVED, conflicts_in
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.installation import with_extra
from sphinx_folio._common.suggestions import nearest
from sphinx_folio.cli.portfolio_folder import conf_folder
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.requirements_file import fix_of_extra, fix_of_package, listed_extras, listed_packages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """An extra of this package."""

    modules: tuple[str, ...]
    """The modules that it installs."""
    why: str
    """What it is for, marked for translation."""
    others: tuple[str, ...] = ()
    """Modules that serve instead on some machines."""

    def missing(self) -> list[str]:
        """Return the modules that are not installed."""
        if self.others and all(map(is_found, self.others)):
            return []
        return [name for name in self.modules if not is_found(name)]


EXTRAS: Mapping[str, Extra] = {
    "pdf": Extra(modules=("typst", "rendercv_fonts"), why=mark("makes the résumé as PDF")),
    "docx": Extra(modules=("docx",), why=mark("makes the résumé as Word document")),
    "social": Extra(modules=("typst", "rendercv_fonts"), why=mark("draws the cards with which links are shown")),
    "diagrams": Extra(
        modules=("sphinxcontrib.mermaid", "merman"),
        others=("sphinxcontrib.mermaid", "mermaidx"),
        why=mark("draws Mermaid diagrams"),
    ),
    "bibtex": Extra(modules=("bibtexparser",), why=mark("reads publications from BibTeX files")),
    "editor": Extra(modules=("pygls",), why=mark("completes and checks pages in an editor")),
    "chinese": Extra(modules=("rjieba",), why=mark("lets search know Chinese words")),
    "match": Extra(modules=("pypdf",), why=mark("reads job postings in PDF")),
    "search-check": Extra(modules=("quickjs",), why=mark("lets search-check run the script of search")),
    "completion": Extra(modules=("argcomplete",), why=mark("completes commands and options in the shell")),
}
"""Extra → the modules that it installs, and what for."""

PACKAGES: Mapping[str, str] = {
    "autoapi": "sphinx-autoapi",
    "hoverxref": "sphinx-hoverxref",
    "notfound": "sphinx-notfound-page",
}
"""Module of an extension → its package, if that has another name."""
SAME_NAME = re.compile(r"sphinx|^myst_|^furo$")
"""Modules whose packages have the same name, by convention; the package of any other module is unknown."""
NAMESPACES = {"sphinxcontrib", "sphinxext"}
"""Modules that several packages share."""
MISSING_MODULE = re.compile(r"No module named '(?P<module>[\w.]+)'")
IN_CONF = re.compile(r"(?P<path>.+[/\\]conf\.py):(?P<line>\d+): ")
"""The place in conf.py with which a message begins."""
MISSING_THEME = "no theme named %r found (missing theme.toml?)"
"""A message of Sphinx, which translates it."""


def is_found(module: str) -> bool:
    """Return whether a module can be imported, as far as that is known without importing it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of the package around it
        return False


def cure_of(module: str, packages: set[str], extras: set[str], install: str, *, is_in_conf: bool = True) -> str:
    """Return what to do about a module that is not found: correct its name, or install its package.

    Args:
        module: The module, such as that of an extension in conf.py.
        packages: The packages in the requirements.
        extras: The extras of this package there.
        install: The command that installs the requirements; empty if there is none.
        is_in_conf: Whether conf.py has the name, where it may be misspelled.
    """
    top, _dot, rest = module.partition(".")
    if is_in_conf and (correction := _correction(module)):
        return correction
    extra = next((name for name, extra in EXTRAS.items() if module in extra.modules), None)
    if extra:
        return fix_of_extra(extra, extras, install)
    if is_in_conf and rest and top not in NAMESPACES and is_found(top):
        return str(__("correct the name %r in conf.py, or upgrade the package that should have it")) % module
    name = "-".join(module.split(".")[:2]) if top in NAMESPACES else top
    package = PACKAGES.get(name, canonicalize_name(name))
    if package in packages or name in PACKAGES or SAME_NAME.search(name):
        return fix_of_package(package, packages, install)
    if is_in_conf:
        fix = __("correct the name %r in conf.py, or install the package that provides it; see its documentation")
        return str(fix) % module
    return str(__("install the package that provides the module %r")) % module


def _correction(module: str) -> str:
    """Return how to correct the name of a module in conf.py; empty if nothing is near.

    Python joins two strings without a comma between them, which makes one name of two.
    """
    top, _dot, rest = module.partition(".")
    meant = nearest(module, _ours() if top == "sphinx_folio" else [] if rest else _installed())
    if meant and meant != module:
        return str(__("write %r in conf.py instead of %r")) % (meant, module)
    known = {*_installed(), *_ours(), *NAMESPACES}
    pairs = ((module[:end], module[end:]) for end in range(1, len(module)))
    two = next((pair for pair in pairs if all(_is_known(name, known) for name in pair)), None)
    return str(__("write a comma between %r and %r in conf.py")) % two if two else ""


def _is_known(module: str, known: Collection[str]) -> bool:
    """Return whether a module is among those that may be extensions, or is in a package that is."""
    return module in known or (module.partition(".")[0] in known and "." in module and is_found(module))


def hint_for_languages(languages: Iterable[str], root: Path) -> Iterator[str]:
    """Yield which optional extra serves the languages of a portfolio, unless the requirements have it."""
    extras, install = listed_extras(root)
    if any(language.startswith("zh") for language in languages) and "chinese" not in extras:
        message = __("Optional: sphinx-folio[chinese] lets search know Chinese words. To install it: %s")
        yield str(message) % fix_of_extra("chinese", extras, install)


def _installed() -> list[str]:
    """Return the modules that may be extensions or themes."""
    return sorted(item.name for item in iter_modules() if item.ispkg)


def _ours() -> list[str]:
    """Return the modules of this package that may be extensions."""
    return ["sphinx_folio", *(f"sphinx_folio.{item.name}" for item in iter_modules(sphinx_folio.__path__))]


def with_cure(error: str, root: Path) -> str:
    """Return the message of an error, with what to do about a module or a theme that is missing, or a conflict."""
    theme = re.escape(str(sphinx_message(MISSING_THEME))).replace("%r", "'(.+?)'")
    found = MISSING_MODULE.search(error) or re.search(theme, error)
    if found is None:
        return "\n".join([error, *_conflicts(root)])
    lines = [error.rstrip("\n")]
    if not any(text in error for name in EXTRAS for text in (with_extra(name), f".[{name}]")):
        extras, install = listed_extras(root)
        is_in_conf = found.re is not MISSING_MODULE or _is_in_conf(found[1], error[: found.start()])
        cure = cure_of(found[1], listed_packages(root), extras, install, is_in_conf=is_in_conf)
        lines.append(str(__("To correct that: %s")) % cure)
    if not is_hook():  # whose environment the command does not see
        lines.append(str(__("To list everything that is missing, run: %s")) % f"{program_name()} doctor")
    return "\n".join(lines)


def _is_in_conf(module: str, before: str) -> bool:
    """Return whether conf.py names a module that is missing, not something that it imports.

    Args:
        module: The module.
        before: The text before it in the error, such as the name of an extension or a traceback.
    """
    if place := IN_CONF.match(before):
        return module in re.split(r"[^\w.]+", linecache.getline(place["path"], int(place["line"])))
    _frames, is_traceback, last = before.rpartition('File "')
    is_named = re.search(rf"(?<![\w.]){re.escape(module)}\b", last)
    return is_named is not None and (not is_traceback or 'conf.py"' in last)


def _conflicts(root: Path) -> Iterator[str]:
    """Yield a line for each conflict in conf.py."""
    with suppress(OSError):  # of a path that is too long, or a file that cannot be read
        folder = conf_folder(root)
        if folder:
            conf = folder / "conf.py"
            lines = conflicts_in(conf.read_bytes().decode(errors="replace"))
            yield from (f"{conf}:{line}: {__(UNRESOLVED)}" for line in lines)
