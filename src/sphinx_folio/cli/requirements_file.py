"""The requirements file of a portfolio: what it lists, and how to install what it lacks."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from sphinx_folio._common.advice import add_to_hook, is_hook
from sphinx_folio._common.i18n import __
from sphinx_folio._common.installation import with_extra

if TYPE_CHECKING:
    from collections.abc import Iterator

PIP = "python -m pip install"
_EXTRAS = re.compile(r"sphinx[-_.]folio[^\[#;]*\[([^\]]*)\]", re.IGNORECASE)
_ENGINE = re.compile(r"sphinx[-_.]folio|^\s*(?:-e\b|--editable\b|\.)", re.IGNORECASE)
_READTHEDOCS_NAMES = re.compile(r"(?m)^[\s-]*requirements:\s*[\"']?([^\s\"'#]+)")
_INCLUDED = re.compile(r"\s*(?:-r|--requirement[ =])\s*(\S.*?)\s*")


def requirements_files(root: Path) -> list[str]:
    """Return the requirements files below the root: those that Read the Docs installs, else one in root or docs."""
    named = [name for name in _READTHEDOCS_NAMES.findall(_readthedocs(root)) if (root / name).is_file()]
    return named or [name for name in ("requirements.txt", "docs/requirements.txt") if (root / name).is_file()][:1]


def has_engine(root: Path) -> bool:
    """Return whether the requirements list this package, or a project whose requirements may."""
    is_project = re.search(r"(?m)^[\s-]*path:", _readthedocs(root)) is not None
    return is_project or any(_ENGINE.search(line) for line in _all_lines(root))


def is_for_readthedocs(root: Path) -> bool:
    """Return whether Read the Docs installs the requirements files."""
    return bool(requirements_files(root)) and _READTHEDOCS_NAMES.search(_readthedocs(root)) is not None


def is_for_site(root: Path) -> bool:
    """Return whether the requirements are those of the site: Read the Docs installs them, or they have Sphinx or us."""
    is_ours = any(re.search(r"sphinx[-_.]folio", line, re.IGNORECASE) for line in _all_lines(root))
    return is_ours or "sphinx" in listed_packages(root) or is_for_readthedocs(root)


def installed_packages(root: Path) -> set[str]:
    """Return the normalized names of the packages in the requirements, of Sphinx, and of all that these need.

    What a package needs is only known if it is installed here.
    """
    engine = [Requirement(f"sphinx-folio[{','.join(listed_extras(root)[0])}]")] if has_engine(root) else []
    waiting = [Requirement("sphinx"), *engine, *requirements_of(root)]
    found: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        key = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if key in found:
            continue
        found.add(key)
        with suppress(PackageNotFoundError):
            needed = map(Requirement, requires(wanted.name) or ())
            waiting += [each for each in needed if _is_needed(each, wanted.extras)]
    return {name for name, _extras in found}


def _is_needed(wanted: Requirement, extras: set[str]) -> bool:
    """Return whether a package with these extras needs another one on this system."""
    return wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras or {""})


def listed_extras(root: Path) -> tuple[set[str], str]:
    """Return the extras in the requirements, and the command that installs them; empty if there is no such file."""
    files = requirements_files(root)
    if not files:
        return set(), ""
    found = (_EXTRAS.search(line) for line in _all_lines(root))
    names = {name.strip() for match in found if match for name in match[1].split(",")}
    return names, f"{PIP} {' '.join(f'-r {name}' for name in files)}"


def listed_packages(root: Path) -> set[str]:
    """Return the normalized names of the packages in the requirements; empty if there is no such file."""
    return {canonicalize_name(wanted.name) for wanted in requirements_of(root)}


def requirements_of(root: Path) -> Iterator[Requirement]:
    """Yield the packages in the requirements."""
    for line in _all_lines(root):
        with suppress(InvalidRequirement):  # an option or a file
            yield Requirement(line.partition(" --")[0].strip())


def wheel_in(engine: str) -> str:
    """Return the relative path of the wheel that a requirement names; empty if it names none."""
    found = re.match(r"[^\s\[;#]+\.whl(?=[\s\[;#]|$)", engine.strip())
    is_relative = found and "://" not in found[0] and not Path(found[0]).is_absolute()
    return found[0] if found and is_relative else ""


def file_of(install: str) -> str:
    """Return the requirements file to change, which is the last one in the command that installs them."""
    return install.rpartition(" ")[2]


def _readthedocs(root: Path) -> str:
    paths = (root / f".readthedocs.{suffix}" for suffix in ("yaml", "yml"))
    return next((path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()), "")


def _all_lines(root: Path) -> Iterator[str]:
    for name in requirements_files(root):
        yield from _lines(root / name)


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
    """Return the command that installs a package, or the change of the requirements that comes first.

    In the environment of a hook, it is the change of the configuration of pre-commit.
    """
    if is_hook():
        return add_to_hook(package)
    if not install:
        return f"{PIP} {package}"
    if package in listed:
        return install
    return str(__("add %s to %s, then run: %s")) % (package, file_of(install), install)


def fix_of_extra(name: str, listed: set[str], install: str) -> str:
    """Return how to install an extra of this package, as :func:`fix_of_package` does."""
    if is_hook():
        return add_to_hook(f".[{name}]")
    if not install:
        return f"{PIP} {with_extra(name)}"
    if name in listed:
        return install
    return str(__("add %s to the extras of sphinx-folio in %s, then run: %s")) % (name, file_of(install), install)
