"""The file requirements.txt of a portfolio: what it lists, and how to install what it lacks."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from sphinx_folio._common.i18n import __

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIP = "python -m pip install"


def listed_extras(root: Path) -> tuple[set[str], str]:
    """Return the extras in requirements.txt, and the command that installs them; empty if there is no such file."""
    path = root / "requirements.txt"
    if not path.is_file():
        return set(), ""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = (re.search(r"sphinx[-_]folio[^\[#;]*\[([^\]]*)\]", line) for line in lines)
    names = {name.strip() for match in found if match for name in match[1].split(",")}
    return names, f"{PIP} -r requirements.txt"


def listed_packages(root: Path) -> set[str]:
    """Return the normalized names of the packages in requirements.txt; empty if there is no such file."""
    return {canonicalize_name(wanted.name) for wanted in requirements_of(root)}


def requirements_of(root: Path) -> Iterator[Requirement]:
    """Yield the packages in requirements.txt."""
    path = root / "requirements.txt"
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        with suppress(InvalidRequirement):  # a comment, an option or a file
            yield Requirement(line.partition("#")[0].partition(" --")[0].strip())


def fix_of_package(package: str, listed: set[str], install: str) -> str:
    """Return the command that installs a package, or the change of requirements.txt that comes first."""
    if not install:
        return f"{PIP} {package}"
    return install if package in listed else str(__("add %s to requirements.txt, then run: %s")) % (package, install)


def fix_of_extra(name: str, listed: set[str], install: str) -> str:
    """Return the command that installs an extra of this package, or the change of requirements.txt that comes first."""
    if not install:
        return f'{PIP} "sphinx-folio[{name}]"'
    if name in listed:
        return install
    return str(__("add %s to the extras of sphinx-folio in requirements.txt, then run: %s")) % (name, install)
