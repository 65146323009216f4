"""The command ``build``: build a portfolio strictly, in every language that its conf.py names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, mark
from sphinx_folio.cli.conf_reader import languages_in
from sphinx_folio.cli.conflicts import conflict_warnings
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.paths import folder_to_write, from_current_folder, named_path
from sphinx_folio.cli.portfolio_folder import (
    add_builder_argument,
    add_folder_arguments,
    find_portfolio,
    pages_folder,
    required_conf_folder,
)
from sphinx_folio.cli.sphinx_output import (
    KIND,
    WARNING,
    in_color,
    number_of,
    records,
    untranslated_lines,
)
from sphinx_folio.cli.sphinx_process import Result, run_sphinx
from sphinx_folio.cli.terminal import progress, styled

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable
    from pathlib import Path

STRICT = ("-n", "-W", "--keep-going")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_arguments(parser)
    add_builder_argument(parser)
    output = mark("folder for the site (default: build/html or build/dirhtml in the portfolio)")
    parser.add_argument("--output", type=named_path, metavar="FOLDER", help=output)
    doctrees = mark("folder for parsed pages (default: in the folder build of the portfolio)")
    parser.add_argument("--doctrees", type=named_path, metavar="FOLDER", help=doctrees)
    private = mark("include private facts; builds into build/private/html, which must not be published")
    parser.add_argument("--private", action="store_true", help=private)
    verbose = mark("show the full output of Sphinx, with tracebacks")
    parser.add_argument("-v", "--verbose", action="store_true", help=verbose)


def run(arguments: Namespace) -> int:
    """Build all languages in parallel; return the exit code."""
    root, settings = find_portfolio(arguments.folder), required_conf_folder(arguments.folder)
    languages = languages_in(settings)
    pages = arguments.pages or pages_folder(settings)
    default = root / "build" / ("private" if arguments.private else "") / arguments.builder
    output = folder_to_write(not_pages((arguments.output or default).resolve(), pages, languages.values()))
    options = ("-v" if arguments.verbose else "-q", *(("-D", "folio_private=1") if arguments.private else ()))
    build = (root / "build").resolve()  # git ignores it, and it is not published
    parsed = output.parent if output.is_relative_to(build) else build / f"{output.name}-doctrees"
    cache = folder_to_write((arguments.doctrees or parsed).resolve())
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
