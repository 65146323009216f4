"""``python -m sphinx_folio build``: build a portfolio strictly, in every language that its conf.py names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx.config import Config
from sphinx.util.tags import Tags

from sphinx_folio._common.i18n import __
from sphinx_folio._common.settings import check
from sphinx_folio.cli.portfolio_folder import portfolio_at
from sphinx_folio.cli.scaffold import untranslated_strings
from sphinx_folio.languages.settings import SETTINGS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

STRICT = ("-n", "-W", "--keep-going")

WARNING = re.compile(r"^(?:(?P<place>.+?): )?(?:WARNING|ERROR|CRITICAL): ", re.MULTILINE)

MISSING = re.compile(r"WARNING: (?P<string>.*\b(?P<language>\w+)/LC_MESSAGES/.*) \[folio\.untranslated\]")
"""A warning of a string without a translation; the same string may be missing on several lines."""

CONF_ERROR = re.compile(
    r"\n.+!\n\n+Versions\n=+\n(?s:.*)"
    r"^ {4}sphinx\.errors\."
    r"(?:ConfigError|ThemeError|VersionRequirementError|ExtensionError(?=: .*\(exception: No module named ))"
    r": (?P<text>.*(?:\n {4}.*)*)(?s:.*)",
    re.MULTILINE,
)
"""Sphinx's report of an error that the owner of conf.py can fix: versions, a traceback, where to file an issue."""


class Result(NamedTuple):
    """What a run of Sphinx printed, and its exit code."""

    code: int
    output: str


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of the command."""
    folder = str(__("where the portfolio is; by default here"))
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help=folder)
    pages = str(__("where the pages are; by default beside conf.py"))
    parser.add_argument("--pages", type=Path, help=pages)
    output = str(__("where the site is to be; by default build/html in the portfolio's folder"))
    parser.add_argument("--output", type=Path, help=output)
    private = str(__("tell private facts, into build/private/html: a copy that is not for publication"))
    parser.add_argument("--private", action="store_true", help=private)
    verbose = str(__("show all that Sphinx prints, with tracebacks"))
    parser.add_argument("-v", "--verbose", action="store_true", help=verbose)


def run(arguments: Namespace) -> int:
    """Build every language, side by side; return the exit code of the first that fails, else 0."""
    root = portfolio_at(arguments.folder)
    settings = folder_of_pages(root)
    if settings is None:
        return refuse(arguments.folder)
    languages = languages_of(settings)
    pages = arguments.pages or settings
    usual = root / "build" / ("private/html" if arguments.private else "html")
    output = (arguments.output or usual).resolve()
    options = ("-v" if arguments.verbose else "-q", *(("-D", "folio_private=1") if arguments.private else ()))
    commands = []
    for language, folder in languages.items():
        doctrees = output.with_name(f"doctrees-{language}")  # beside the site, so that it is not published
        where = ("-c", str(settings), "-d", str(doctrees), str(pages), str(output / folder))
        commands.append(("-b", "html", *STRICT, *options, "-D", f"language={language}", *where))
    results = sphinx(*commands, verbose=arguments.verbose)
    code = next((result.code for result in results if result.code), 0)
    if code:
        lines = [*untranslated(results), failure(results, settings, output)]
        sys.stderr.write("\n".join(lines) + "\n")
    else:
        sys.stdout.write(str(__("The site is built. Open %s")) % (output / "index.html").as_uri() + "\n")
    return code


def sphinx(*commands: tuple[str, ...], verbose: bool = False) -> list[Result]:
    """Run Sphinx for each command, in processes of their own side by side, and print each message once.

    An error of conf.py is printed without the traceback and the request for a bug report around it, unless verbose.
    """
    processes: list[subprocess.Popen[str]] = []

    def run_one(arguments: tuple[str, ...]) -> Result:
        command = (sys.executable, "-m", "sphinx", "--no-color", *arguments)
        process = subprocess.Popen(  # noqa: S603  the command is ours, without a shell
            command,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,  # in order with what goes to standard output
            encoding="utf-8",
            errors="replace",
        )
        processes.append(process)
        output, _nothing = process.communicate()
        return Result(process.returncode, output if verbose else CONF_ERROR.sub(text_of_error, output))

    printed: set[str] = set()
    results = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            for result in pool.map(run_one, commands):
                new = [record for record in records(result.output) if record not in printed]
                printed.update(new)
                sys.stderr.write("".join(new))
                sys.stderr.flush()
                results.append(result)
        except KeyboardInterrupt:
            for process in processes:
                process.terminate()
            raise
    return results


def text_of_error(report: re.Match[str]) -> str:
    """Return the text of an error out of Sphinx's report, which indents it."""
    return report["text"].replace("\n    ", "\n") + "\n"


def records(output: str) -> list[str]:
    """Split what Sphinx printed before each warning, so that one may have several lines."""
    starts = [found.start() for found in WARNING.finditer(output)]
    return [output[start:end] for start, end in pairwise(sorted({0, *starts, len(output)}))]


def untranslated(results: Iterable[Result]) -> Iterator[str]:
    """Yield for each language a line with the number of its strings that have no translation."""
    found = (MISSING.search(record) for result in results for record in records(result.output))
    strings = {(match["language"], match["string"]) for match in found if match}
    for language, number in sorted(Counter(language for language, _string in strings).items()):
        message = __("%s: run “python -m sphinx_folio messages” for a list.")
        yield str(message) % untranslated_strings(number, language)


def failure(results: Iterable[Result], settings: Path, output: Path) -> str:
    """Return the closing line of a build that failed: how many warnings there are, and where the first is."""
    warnings = list(dict.fromkeys(record for result in results for record in records(result.output)))
    heads = [found for found in map(WARNING.match, warnings) if found]
    place = (heads[0]["place"] if heads else None) or str(settings.resolve() / "conf.py")
    place = place.removeprefix(f"{Path.cwd()}{os.sep}")
    if not heads:
        message = str(__("The build failed."))
    elif len(heads) == 1:
        message = str(__("The build failed with 1 warning, at %s.")) % place
    else:
        message = str(__("The build failed with %d warnings, the first at %s.")) % (len(heads), place)
    if (output / "index.html").exists():  # Sphinx writes pages that it warns of
        message += " " + str(__("Do not publish %s.")) % output
    return message


def refuse(folder: Path) -> int:
    """Say that a folder holds no portfolio; return the exit code."""
    message = __("there is no conf.py in %s, nor in its folder docs; “python -m sphinx_folio init” makes one")
    sys.stderr.write(f"{message % folder.resolve()}\n")
    return 1


def folder_of_pages(folder: Path) -> Path | None:
    """Return the folder that holds conf.py: ``docs`` in a portfolio's folder, or that folder; nothing if none does."""
    return next((place for place in (folder / "docs", folder) if (place / "conf.py").is_file()), None)


def languages_of(settings: Path) -> dict[str, str]:
    """Return the languages of a portfolio, each with its folder in the site; that of the pages first.

    Raises:
        ConfigError: conf.py cannot be run, or its folio_languages is wrong.
    """
    config = Config.read(settings.resolve(), overrides={}, tags=Tags())
    config.add("folio_languages", {}, "env", frozenset({dict}))
    config.init_values()
    check(config, SETTINGS)
    return dict(config.folio_languages) or {config.language: ""}
