"""The command ``build``: build a portfolio strictly, in every language that its conf.py names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.i18n import __, mark
from sphinx_folio.cli.conflicts import conflict_warnings
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.paths import folder_to_write, from_current_folder
from sphinx_folio.cli.portfolio_folder import add_folder_arguments, conf_folder, find_portfolio, pages_folder
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.terminal import progress, styled

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Collection, Container, Iterable

    from sphinx.config import Config

BUILDERS = ("html", "dirhtml")
"""The builders of Sphinx that make a site; the first is the default."""

STRICT = ("-n", "-W", "--keep-going")

WARNING = re.compile(r"^(?:(?P<location>.+?): )?(?:WARNING|ERROR|CRITICAL): ", re.MULTILINE)

KIND = re.compile(r"\b(?:WARNING|ERROR|CRITICAL)(?=: )")

MISSING = re.compile(r"WARNING: (?P<string>.*\b(?P<language>\w+)/LC_MESSAGES/.*) \[folio\.untranslated\]")
"""A warning about an untranslated string; the same string may be reported for several lines."""

TRANSLATED = re.compile(r":<translated>:\d*(?=: )")
"""The end of a place in a translated string; before it is the place of the string itself."""

UNTRANSLATED = frozenset({"folio", "folio.*", "folio.untranslated"})
"""The words of ``suppress_warnings`` with which a strict build accepts strings without a translation."""

CONF_ERROR = re.compile(
    r"\n.+!\n\n+Versions\n=+\n(?s:.*)"
    r"^ {4}(?:sphinx_folio\.export\.resume_pdf\.PdfError|sphinx\.errors\."
    r"(?:ConfigError|ThemeError|VersionRequirementError|ExtensionError"
    r"(?=: (?:Handler <function |.*\(exception: No module named ))))"
    r": (?P<text>.*(?:\n {4}.*)*)(?s:.*)",
    re.MULTILINE,
)
"""Sphinx's crash report (versions, traceback, request for a bug report) about an error in conf.py or a template."""


class Result(NamedTuple):
    """The exit code and the output of a run of Sphinx."""

    code: int
    output: str


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_arguments(parser)
    add_builder_argument(parser)
    output = mark("folder for the site (default: build/html or build/dirhtml in the portfolio)")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help=output)
    doctrees = mark("folder for parsed pages (default: next to the site)")
    parser.add_argument("--doctrees", type=Path, metavar="FOLDER", help=doctrees)
    private = mark("include private facts; builds into build/private/html, which must not be published")
    parser.add_argument("--private", action="store_true", help=private)
    verbose = mark("show the full output of Sphinx, with tracebacks")
    parser.add_argument("-v", "--verbose", action="store_true", help=verbose)


def add_builder_argument(parser: ArgumentParser) -> None:
    """Add the builder to the arguments of a command."""
    builder = mark("Sphinx builder: html (default), or dirhtml for URLs without .html")
    parser.add_argument("--builder", choices=BUILDERS, default=BUILDERS[0], help=builder)


def run(arguments: Namespace) -> int:
    """Build all languages in parallel; return the exit code."""
    root = find_portfolio(arguments.folder)
    settings = conf_folder(root)
    if settings is None:
        return report_missing_portfolio(arguments.folder)
    languages = languages_of(settings)
    pages = arguments.pages or pages_folder(settings)
    default = root / "build" / ("private" if arguments.private else "") / arguments.builder
    output = folder_to_write(not_pages((arguments.output or default).resolve(), pages, languages.values()))
    options = ("-v" if arguments.verbose else "-q", *(("-D", "folio_private=1") if arguments.private else ()))
    cache = folder_to_write((arguments.doctrees or output.parent).resolve())  # not in the site, which is published
    commands = []
    for language, folder in languages.items():
        where = ("-c", str(settings), "-d", str(cache / f"doctrees-{language}"), str(pages), str(output / folder))
        commands.append(("-b", arguments.builder, *STRICT, *options, "-D", f"language={language}", *where))
    conflicts = [from_current_folder(f"{line}\n") for line in conflict_warnings(root)]
    sys.stderr.writelines(map(in_color, conflicts))
    results = [Result(1, "".join(conflicts))] if conflicts else []
    with progress(str(__("Building %s …")) % ", ".join(languages)):
        results += run_sphinx(*commands, root=root, verbose=arguments.verbose)
    if any(result.code for result in results):  # 1 after warnings, 2 after an error that ended the build
        printed = (record for result in results for record in records(result.output))
        lines = [*untranslated_lines(printed), failure_message(results, output)]
        sys.stderr.write("\n".join([*lines[:-1], styled(lines[-1], "red", sys.stderr)]) + "\n")
        return ExitCode.FAILED if all(result.code in {0, 1} for result in results) else ExitCode.NOT_RUN
    sys.stdout.write(str(__("The site is built. Open %s")) % (output / "index.html").as_uri() + "\n")
    return ExitCode.DONE


def not_pages(output: Path, pages: Path, folders: Iterable[str]) -> Path:
    """Return the folder for a site unless it, or that of a language in it, is the folder of the pages.

    Raises:
        NotRunError: It is.
    """
    if any((output / folder).resolve() == pages.resolve() for folder in folders):
        raise NotRunError(str(__("%s is the folder of the pages; choose another one with --output")) % pages.resolve())
    return output


def run_sphinx(*commands: tuple[str, ...], root: Path, verbose: bool = False) -> list[Result]:
    """Run Sphinx for each command in parallel processes, and print each message once.

    Unless verbose, warnings are printed in the order of :func:`by_line`, and an error in conf.py is printed without its
    traceback and the request for a bug report.
    """
    processes: list[subprocess.Popen[str]] = []

    def run_one(arguments: tuple[str, ...]) -> Result:
        command = (sys.executable, "-m", "sphinx", "--no-color", *arguments)
        process = subprocess.Popen(  # noqa: S603  a fixed program, without a shell
            command,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,  # to keep the order of lines
            encoding="utf-8",
            errors="replace",
        )
        processes.append(process)
        output, _nothing = process.communicate()
        if not verbose:
            output = CONF_ERROR.sub(lambda report: error_message(report, root), output)
            output = from_current_folder("".join(by_line(records(output))))
        return Result(process.returncode, output)

    printed: set[str] = set()
    results = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            for code, output in pool.map(run_one, commands):
                kept = not_repeated(records(output), printed)
                new = [record for record in kept if record not in printed]
                printed.update(new)
                sys.stderr.write("".join(map(in_color, new)))
                sys.stderr.flush()
                results.append(Result(code, "".join(kept)))
        except KeyboardInterrupt:
            for process in processes:
                process.terminate()
            raise
    return results


def error_message(report: re.Match[str], root: Path) -> str:
    """Return the error message from Sphinx's crash report, without its indentation, and what to do about it.

    A report about a handler of an event is shortened only if the handler is in conf.py.
    """
    from sphinx_folio._common.conf_errors import message_in  # noqa: PLC0415  only after an error
    from sphinx_folio.cli.missing_packages import with_cure  # noqa: PLC0415

    if report["text"].startswith("Handler <function "):
        saved = re.search(r"saved in:\n *(.+)", report[0])
        message = message_in(Path(saved[1]).read_text("utf-8", "replace")) if saved and Path(saved[1]).is_file() else ""
        return f"{from_current_folder(message)}\n" if message else report[0]
    return with_cure(report["text"].replace("\n    ", "\n"), root) + "\n"


def records(output: str) -> list[str]:
    """Split the output of Sphinx before each warning; a warning may have several lines."""
    starts = [found.start() for found in WARNING.finditer(output)]
    return [output[start:end] for start, end in pairwise(sorted({0, *starts, len(output)}))]


def not_repeated(warnings: Iterable[str], known: Container[str]) -> list[str]:
    """Return warnings without those about translated strings that are known of the strings themselves."""
    return [
        record for record in warnings if TRANSLATED.sub("", record, 1) not in known or not TRANSLATED.search(record)
    ]


def by_line(warnings: Iterable[str]) -> list[str]:
    """Sort warnings by line within each file, and put missing translations last, after the mistakes of the source.

    Sphinx prints a warning when it is found: unknown keys, for example, only after all pages have been read.
    """
    places: dict[str, int] = {}

    def key(record: str) -> tuple[bool, int, int]:
        location = (found["location"] or "") if (found := WARNING.match(record)) else ""
        path, _colon, line = location.rpartition(":")
        path, number = (path, int(line)) if line.isdecimal() else (location, 0)
        return bool(MISSING.search(record)), places.setdefault(path or record, len(places)), number

    return sorted(warnings, key=key)


def in_color(record: str) -> str:
    """Return a message of Sphinx with its kind in color, if the standard error has colors."""
    return KIND.sub(lambda kind: styled(kind[0], "yellow" if kind[0] == "WARNING" else "red", sys.stderr), record, 1)


def untranslated_lines(warnings: Iterable[str]) -> list[str]:
    """Return a line with the number of untranslated strings in each language and with what to do; none without any."""
    found = map(MISSING.search, warnings)
    strings = {(match["language"], match["string"]) for match in found if match}
    languages = Counter(language for language, _string in strings)
    numbers = [untranslated_message(number, language) for language, number in sorted(languages.items())]
    message = __("%s: run “%s messages” to update the catalogs and list these strings, then translate them.")
    return [str(message) % ("; ".join(numbers), program_name())] if numbers else []


def untranslated_message(number: int, language: str, unsure: int = 0) -> str:
    """Return the first part of a message about untranslated strings.

    Args:
        number: How many strings have no translation.
        language: The language.
        unsure: How many translations are marked as fuzzy; if there are any and no other, only these are named.
    """
    parts = []
    if number == 1:
        parts.append(str(__("1 string has no translation in %s")) % language)
    elif number or not unsure:
        parts.append(str(__("%d strings have no translation in %s")) % (number, language))
    if unsure == 1:
        parts.append(str(__("1 translation in %s is unsure (fuzzy)")) % language)
    elif unsure:
        parts.append(str(__("%d translations in %s are unsure (fuzzy)")) % (unsure, language))
    return "; ".join(parts)


def failure_message(results: Iterable[Result], output: Path) -> str:
    """Return the last line of a failed build: the number of warnings, and the location of the first that has one."""
    warnings = list(dict.fromkeys(record for result in results for record in records(result.output)))
    heads = [found for found in map(WARNING.match, warnings) if found]
    location = next((from_current_folder(head["location"]) for head in heads if head["location"]), "")
    has_errors = any(KIND.search(found[0])[0] != "WARNING" for found in heads)  # type: ignore[index]  # it has one
    if not heads:
        message = str(__("The build failed."))
    elif not location:
        message = str(__("The build failed: %s.")) % number_of([head.string for head in heads])
    elif len(heads) == 1:
        one = (
            __("The build failed with 1 error, at %s.") if has_errors else __("The build failed with 1 warning, at %s.")
        )
        message = str(one) % location
    else:
        errors = __("The build failed with %d errors and warnings, the first at %s.")
        more = errors if has_errors else __("The build failed with %d warnings, the first at %s.")
        message = str(more) % (len(heads), location)
    if (output / "index.html").exists():  # Sphinx writes pages in spite of warnings
        message += " " + str(__("Do not publish %s.")) % output
    return message


def number_of(warnings: Collection[str]) -> str:
    """Return how many warnings there are, and that errors are among them."""
    heads = [found for found in map(WARNING.match, warnings) if found]
    kinds = {kind[0] for found in heads if (kind := KIND.search(found[0]))}
    number = len(warnings)
    if kinds <= {"WARNING"}:
        return str(__("1 warning")) if number == 1 else str(__("%d warnings")) % number
    return str(__("1 error")) if number == 1 else str(__("%d errors and warnings")) % number


def report_missing_portfolio(folder: Path) -> int:
    """Print that a folder contains no portfolio; return the exit code."""
    sys.stderr.write(f"{missing_portfolio(folder)}\n")
    return ExitCode.NOT_RUN


def required_conf_folder(folder: Path) -> Path:
    """Return the folder of conf.py of the portfolio that contains a folder.

    Raises:
        NotRunError: There is no portfolio.
    """
    settings = conf_folder(find_portfolio(folder))
    if settings is None:
        raise NotRunError(missing_portfolio(folder))
    return settings


def missing_portfolio(folder: Path) -> str:
    """Return the message that a folder contains no portfolio."""
    message = __("no conf.py in %s or its folders docs and source; run “%s init” to create a portfolio")
    return str(message) % (folder.resolve(), program_name())


def languages_of(settings: Path) -> dict[str, str]:
    """Return language → folder in the site; the language of the pages comes first.

    Raises:
        ConfigError: conf.py cannot be run, or its folio_languages is invalid.
    """
    return languages_in(read_conf(settings))


def languages_in(config: Config) -> dict[str, str]:
    """Return language → folder in the site, as in :func:`languages_of`."""
    return dict(config.folio_languages) or {config.language: ""}


def run_conf(settings: Path) -> Config:
    """Run conf.py and return what it sets; what it prints goes to the standard error, as it is no result of a command.

    Raises:
        ConfigError: conf.py cannot be run; the message says where.
    """
    from sphinx.config import Config  # noqa: PLC0415  a check without changes does not load Sphinx
    from sphinx.errors import ConfigError  # noqa: PLC0415
    from sphinx.util.tags import Tags  # noqa: PLC0415

    from sphinx_folio._common.conf_errors import message_of  # noqa: PLC0415  only after an error

    with redirect_stdout(sys.stderr):
        try:
            return Config.read(settings.resolve(), overrides={}, tags=Tags())
        except ConfigError as error:
            raise ConfigError(message_of(error)) from error


def read_conf(settings: Path) -> Config:
    """Return the settings in conf.py: Sphinx's own and folio_languages; others are not declared.

    Raises:
        ConfigError: conf.py cannot be run, or its folio_languages is invalid.
    """
    from sphinx_folio._common.settings import check  # noqa: PLC0415  a check without changes does not load Sphinx
    from sphinx_folio.languages.settings import SETTINGS  # noqa: PLC0415

    config = run_conf(settings)
    config.add("folio_languages", {}, "env", frozenset({dict}))
    config.init_values()
    check(config, SETTINGS)
    return config
