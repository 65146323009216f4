"""The file requirements.txt of a portfolio: what it lists, and how to install what it lacks."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from sphinx_folio._common.advice import add_to_hook, is_hook
from sphinx_folio._common.i18n import __
from sphinx_folio._common.installation import with_extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIP = "python -m pip install"
_EXTRAS = re.compile(r"sphinx[-_.]folio[^\[#;]*\[([^\]]*)\]", re.IGNORECASE)
_INCLUDED = re.compile(r"\s*(?:-r|--requirement[ =])\s*(\S.*?)\s*")


def listed_extras(root: Path) -> tuple[set[str], str]:
    """Return the extras in requirements.txt, and the command that installs them; empty if there is no such file."""
    path = root / "requirements.txt"
    if not path.is_file():
        return set(), ""
    found = (_EXTRAS.search(line) for line in _lines(path))
    names = {name.strip() for match in found if match for name in match[1].split(",")}
    return names, f"{PIP} -r requirements.txt"


def listed_packages(root: Path) -> set[str]:
    """Return the normalized names of the packages in requirements.txt; empty if there is no such file."""
    return {canonicalize_name(wanted.name) for wanted in requirements_of(root)}


def requirements_of(root: Path) -> Iterator[Requirement]:
    """Yield the packages in requirements.txt."""
    for line in _lines(root / "requirements.txt"):
        with suppress(InvalidRequirement):  # an option or a file
            yield Requirement(line.partition(" --")[0].strip())


def _lines(path: Path, including: tuple[Path, ...] = ()) -> Iterator[str]:
    """Yield the lines of a requirements file and of those that it includes, joined at backslashes, without comments.

    As for pip, the file may be in UTF-16, as PowerShell writes it.
    """
    path = path.resolve()
    if not path.is_file() or path in including:
        return
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    text = re.sub(r"\\\r?\n", " ", data.decode(encoding, errors="replace"))
    for line in text.splitlines():
        plain = re.sub(r"(?:^|\s+)#.*", "", line)
        if match := _INCLUDED.fullmatch(plain):
            yield from _lines(path.parent / match[1], (*including, path))
        else:
            yield plain


def fix_of_package(package: str, listed: set[str], install: str) -> str:
    """Return the command that installs a package, or the change of requirements.txt that comes first.

    In the environment of a hook, it is the change of the configuration of pre-commit.
    """
    if is_hook():
        return add_to_hook(package)
    if not install:
        return f"{PIP} {package}"
    return install if package in listed else str(__("add %s to requirements.txt, then run: %s")) % (package, install)


def fix_of_extra(name: str, listed: set[str], install: str) -> str:
    """Return how to install an extra of this package, as :func:`fix_of_package` does."""
    if is_hook():
        return add_to_hook(f".[{name}]")
    if not install:
        return f"{PIP} {with_extra(name)}"
    if name in listed:
        return install
    return str(__("add %s to the extras of sphinx-folio in requirements.txt, then run: %s")) % (name, install)
