"""``python -m sphinx_folio init FOLDER``: write a new portfolio, and never over something that is there."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio.i18n import __
from sphinx_folio.importing.command import imported
from sphinx_folio.importing.reading import UnreadableResumeError
from sphinx_folio.starter.sample import LANGUAGES, Plan, engine_requirement, files, language_code

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from sphinx_folio.importing.pages import Imported


class StarterError(Exception):
    """A portfolio cannot be written; the message says why and what would help."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("folder", type=Path, help=str(__("where the portfolio is to be")))
    resume = str(__("a JSON Resume (https://jsonresume.org/) whose facts stand in the place of the sample's"))
    parser.add_argument("--from", type=Path, dest="resume", metavar="RESUME", help=resume)
    known = str(__("the language of the pages; the sample is there in %s, other languages begin with the English one"))
    chosen = known % ", ".join(LANGUAGES)
    parser.add_argument("--language", type=_language, default="en", metavar="LANGUAGE", help=chosen)
    second = str(__("a second language, into which the pages are translated"))
    parser.add_argument("--second", type=_language, metavar="LANGUAGE", help=second)
    engine = str(__("the requirement by which pip finds the engine; by default %s")) % engine_requirement()
    parser.add_argument("--engine", default="", metavar="REQUIREMENT", help=engine)
    replace = str(__("replace files that are there already; without this word, none is"))
    parser.add_argument("--overwrite", action="store_true", help=replace)


def _language(text: str) -> str:
    """Return a language that is asked for; argparse tells the user of another."""
    try:
        return language_code(text)
    except ValueError:
        message = __("%r is no language; write a code such as en, zh_CN or pt_BR")
        raise ArgumentTypeError(message % text) from None


def run(arguments: Namespace) -> int:
    """Write the portfolio that is asked for; return the exit code."""
    try:
        found = imported(arguments.resume, arguments.language) if arguments.resume else None
        write(arguments.folder, files(plan(arguments, found)), arguments.overwrite)
    except (StarterError, UnreadableResumeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    lines = [str(__("The portfolio stands in %s.")) % arguments.folder]
    if found is None:
        lines.append(str(__("What is in it is an invented sample; make it yours.")))
    if arguments.language not in LANGUAGES and not arguments.language.startswith("en_"):
        message = __("There is no sample in %s: headings and labels are English, what Sphinx and the theme say is not.")
        lines.append(str(message) % arguments.language)
    if found is not None and len(found.settings["folio_levels"]) > 1:
        levels = __("Put folio_levels in docs/conf.py in order, lowest first; now they stand as the résumé names them.")
        lines.append(str(levels))
    if found is not None and found.left:
        lines += [
            "",
            str(__("This of the résumé has no place of its own:")),
            "",
            *(f"    {line}" for line in found.left),
        ]
    lines += ["", str(__("Build it:")), "", *(f"    {line}" for line in _next_steps(arguments.folder))]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def plan(arguments: Namespace, found: Imported | None) -> Plan:
    """Return what the arguments ask for, with an imported résumé or with the sample.

    Raises:
        StarterError: They contradict each other.
    """
    if arguments.second == arguments.language:
        raise StarterError(__("the second language is the first, %s; leave --second out") % arguments.second)
    if "\n" in arguments.engine:
        raise StarterError(__("a requirement is one line: %r") % arguments.engine)
    if found is not None and arguments.second:
        raise StarterError(__("a résumé comes in one language; leave --second out and translate its pages later"))
    if arguments.second and not {arguments.language, arguments.second} <= LANGUAGES.keys():
        message = __("the sample can be had in two of %s; leave --second out and translate the pages later")
        raise StarterError(message % ", ".join(LANGUAGES))
    languages = tuple(filter(None, (arguments.language, arguments.second)))
    if found is None:
        return Plan(languages=languages, engine=arguments.engine)
    return Plan(
        languages=languages,
        engine=arguments.engine,
        name=found.name,
        pages={name: text for name, text in found.pages.items() if name != "index.md"},
        levels=tuple(found.settings["folio_levels"]),
        categories=found.settings["folio_categories"],
    )


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
