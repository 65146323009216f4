"""The command ``build``: build a portfolio strictly, in every language that its conf.py names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.output_pages import SITE_BUILDERS
from sphinx_folio.cli.conf_reader import languages_in
from sphinx_folio.cli.conflicts import conflict_warnings
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.paths import folder_to_write, from_current_folder, named_path
from sphinx_folio.cli.portfolio_folder import add_folder_arguments, find_portfolio, pages_folder, required_conf_folder
from sphinx_folio.cli.sphinx_output import (
    KIND,
    WARNING,
    by_line,
    in_color,
    not_repeated,
    number_of,
    records,
    untranslated_lines,
)
from sphinx_folio.cli.terminal import progress, styled

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

STRICT = ("-n", "-W", "--keep-going")

CONF_ERROR = re.compile(
    r"\n.+!\n\n+Versions\n=+\n(?s:.*)"
    r"^ {4}(?:sphinx_folio\.export\.resume_pdf\.PdfError|sphinx\.errors\."
    r"(?:ConfigError|ThemeError|VersionRequirementError|SphinxError(?=: .+:\d+: )|ExtensionError"
    r"(?=: (?:Handler <function |.*\(exception: No module named ))))"
    r": (?P<text>.*(?:\n {4}.*)*)(?s:.*)",
    re.MULTILINE,
)
"""Sphinx's crash report (versions, traceback, request for a bug report) about a mistake of the author."""


class Result(NamedTuple):
    """The exit code and the output of a run of Sphinx."""

    code: int
    output: str


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_arguments(parser)
    add_builder_argument(parser)
    output = mark("folder for the site (default: build/html or build/dirhtml in the portfolio)")
    parser.add_argument("--output", type=named_path, metavar="FOLDER", help=output)
    doctrees = mark("folder for parsed pages (default: next to the site)")
    parser.add_argument("--doctrees", type=named_path, metavar="FOLDER", help=doctrees)
    private = mark("include private facts; builds into build/private/html, which must not be published")
    parser.add_argument("--private", action="store_true", help=private)
    verbose = mark("show the full output of Sphinx, with tracebacks")
    parser.add_argument("-v", "--verbose", action="store_true", help=verbose)


def add_builder_argument(parser: ArgumentParser) -> None:
    """Add the builder to the arguments of a command."""
    builder = mark("Sphinx builder: html (default), or dirhtml for URLs without .html")
    parser.add_argument("--builder", choices=SITE_BUILDERS, default=SITE_BUILDERS[0], help=builder)


def run(arguments: Namespace) -> int:
    """Build all languages in parallel; return the exit code."""
    root, settings = find_portfolio(arguments.folder), required_conf_folder(arguments.folder)
    languages = languages_in(settings)
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
