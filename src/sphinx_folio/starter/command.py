"""``python -m sphinx_folio init FOLDER``: write a new portfolio, and never over something that is there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio.i18n import __
from sphinx_folio.starter.sample import LANGUAGES, Plan, engine_requirement, files

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping


class StarterError(Exception):
    """A portfolio cannot be written; the message says why and what would help."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("folder", type=Path, help=str(__("where the portfolio is to be")))
    known = str(__("the language of the pages: %s")) % ", ".join(LANGUAGES)
    parser.add_argument("--language", choices=LANGUAGES, default="en", metavar="LANGUAGE", help=known)
    second = str(__("a second language, into which the pages are translated"))
    parser.add_argument("--second", choices=LANGUAGES, metavar="LANGUAGE", help=second)
    engine = str(__("the requirement by which pip finds the engine; by default %s")) % engine_requirement()
    parser.add_argument("--engine", default="", metavar="REQUIREMENT", help=engine)
    replace = str(__("replace files that are there already; without this word, none is"))
    parser.add_argument("--overwrite", action="store_true", help=replace)


def run(arguments: Namespace) -> int:
    """Write the portfolio that is asked for; return the exit code."""
    try:
        write(arguments.folder, files(plan(arguments)), arguments.overwrite)
    except StarterError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    lines = (
        __("The portfolio stands in %s. What is in it is an invented sample; make it yours.") % arguments.folder,
        "",
        *(f"    {line}" for line in _next_steps(arguments.folder)),
    )
    sys.stdout.write("\n".join(map(str, lines)) + "\n")
    return 0


def plan(arguments: Namespace) -> Plan:
    """Return what the arguments ask for.

    Raises:
        StarterError: They contradict each other.
    """
    if arguments.second == arguments.language:
        raise StarterError(__("the second language is the first, %s; leave --second out") % arguments.second)
    if "\n" in arguments.engine:
        raise StarterError(__("a requirement is one line: %r") % arguments.engine)
    languages = tuple(filter(None, (arguments.language, arguments.second)))
    return Plan(languages=languages, engine=arguments.engine)


def write(folder: Path, texts: Mapping[str, str], overwrite: bool = False) -> None:
    """Write files into a folder, all or none.

    Args:
        folder: Where; it is made if it is not there.
        texts: Path in the folder → text.
        overwrite: Whether files that are there may be replaced.

    Raises:
        StarterError: The folder is a file, a file is there already, or the machine refuses.
    """
    if folder.exists() and not folder.is_dir():
        raise StarterError(__("%s is a file; name a folder") % folder)
    there = [path for path in texts if (folder / path).exists()]
    if there and not overwrite:
        message = __("%s holds %s already; name another folder, or let it be replaced with --overwrite")
        raise StarterError(message % (folder, ", ".join(there)))
    try:
        for path, text in texts.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise StarterError(__("the portfolio cannot be written: %s") % error) from None


def _next_steps(folder: Path) -> tuple[str, ...]:
    enter = () if folder.resolve() == Path.cwd() else (f"cd {folder}",)
    return (*enter, "python -m pip install -r requirements.txt", "python -m sphinx_folio build")
