"""The command ``export``: write single files of the portfolio, such as the résumé as PDF, without its site."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from sphinx.errors import ConfigError, SphinxError

from sphinx_folio._common.application import temporary_application
from sphinx_folio._common.conf_errors import message_of
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.markup_names import markup_name
from sphinx_folio._common.settings import unknown_word
from sphinx_folio.cli.conf_reader import languages_in, read_conf
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError, UsageError
from sphinx_folio.cli.paths import from_current_folder, named_path
from sphinx_folio.cli.portfolio_folder import add_folder_options, find_portfolio, pages_folder, required_conf_folder
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.requirements_file import PIP, fix_of_extra, listed_extras
from sphinx_folio.cli.sphinx_output import WARNING, in_color, records, without_colors
from sphinx_folio.cli.terminal import progress, styled
from sphinx_folio.domain import portfolio_of
from sphinx_folio.export.files import FilesBuilder, make_file
from sphinx_folio.export.settings import EXPORTS, FULL_TEXT, LINKED_DATA, TWINS
from sphinx_folio.registry import registry_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinx_folio.registry import Export

OTHER_NAMES = {"text": "txt", "word": "docx", "vcf": "vcard", "md": TWINS, "yaml": "rendercv", "json-resume": "json"}
"""Words that users try → the names of the formats."""
STDOUT = Path("-")
OF_SITE = (TWINS, FULL_TEXT, "llms")
"""The formats that are made of written pages, or list them; all others need the pages to be read only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for."""

    formats: tuple[str, ...]
    view: str


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    formats = mark("formats to write, such as pdf, docx or json; without one, the formats are listed")
    action = parser.add_argument("formats", nargs="*", metavar="FORMAT", help=formats)
    action.completer = lambda **_arguments: [name for name in EXPORTS if name != LINKED_DATA]  # type: ignore[attr-defined]  # for argcomplete
    add_folder_options(parser)
    parser.add_argument("--language", help=mark("one of folio_languages (default: the language of the pages)"))
    parser.add_argument("--view", default="", help=mark("one of folio_views (default: the whole résumé)"))
    output = mark(
        "file, or folder for several formats; - is the standard output (default: build/files in the portfolio, with a"
        " folder for each further language)"
    )
    parser.add_argument("-o", "--output", type=named_path, metavar="FILE", help=output)
    private = mark("include private facts; writes into build/private/files, which must not be published")
    parser.add_argument("--private", action="store_true", help=private)


def run(arguments: Namespace) -> int:
    """Write the files, or list the formats; return the exit code."""
    settings = required_conf_folder(arguments.portfolio).resolve()
    root = find_portfolio(arguments.portfolio)
    request = Request(
        formats=tuple(dict.fromkeys(OTHER_NAMES.get(name, name) for name in arguments.formats)), view=arguments.view
    )
    _check_output(request, arguments.output)
    language, folder = _language(settings, arguments.language)
    overrides: dict[str, object] = {"language": language, **({"folio_private": True} if arguments.private else {})}
    pages, warnings = (arguments.pages or pages_folder(settings)).resolve(), io.StringIO()
    with application(settings, pages, overrides, request, warnings) as app:
        if not request.formats:
            sys.stdout.write("".join(f"{line}\n" for line in formats_of(app, settings, root)))
            return ExitCode.DONE
        with progress(str(__("Reading the pages …"))), redirect_stdout(sys.stderr):
            made = dict(files_of(app, request, root))
    default = root / "build" / ("private/files" if arguments.private else "files") / folder
    for path in write(made, arguments.output or default, is_folder=arguments.output is None or len(made) > 1):
        sys.stdout.write(str(__("wrote %s")) % path + "\n")
    messages = records(without_colors(warnings.getvalue()))
    number = sum(bool(WARNING.match(record)) for record in messages)
    if not number:
        return ExitCode.DONE
    sys.stderr.write("".join(map(in_color, messages)))
    summary = __("The pages have 1 warning.") if number == 1 else __("The pages have %d warnings.") % number
    sys.stderr.write(styled(str(summary), "red", sys.stderr) + "\n")
    return ExitCode.FAILED


def _check_output(request: Request, output: Path | None) -> None:
    """Check that several files have a folder.

    Raises:
        UsageError: They have not.
    """
    several = len(request.formats) > 1 or TWINS in request.formats
    if several and output is not None and (output == STDOUT or output.is_file()):
        raise UsageError(__("several files need a folder, not %s") % output)


def _language(settings: Path, wanted: str | None) -> tuple[str, str]:
    """Return the language to build, by default that of the pages, and its folder in the site.

    Raises:
        UsageError: The portfolio does not have the language.
    """
    languages = languages_in(settings)
    if wanted is not None and wanted not in languages:
        raise UsageError(__("unknown language %s") % unknown_word(wanted, languages))
    language = wanted or next(iter(languages))
    return language, languages[language]


@contextmanager
def application(
    settings: Path, pages: Path, overrides: dict[str, object], request: Request, warnings: TextIO
) -> Iterator[Sphinx]:
    """Create the application, with folders that last as long as the context.

    Raises:
        NotRunError: Sphinx ends with an error, or the exports are not loaded.
    """
    asked = {*request.formats} & {*OF_SITE}
    builder = "html" if asked else FilesBuilder.name
    try:
        if asked:
            overrides = {**overrides, **_with_exports(settings, asked)}
        with temporary_application(pages, settings, overrides, builder=builder, warnings=warnings) as app:
            yield app
    except ConfigError:
        raise
    except SphinxError as error:
        if "folio-files" in str(error):
            raise NotRunError(__("add 'sphinx_folio.export' to extensions in conf.py")) from None
        raise NotRunError(from_current_folder(message_of(error))) from None


def _with_exports(settings: Path, asked: set[str]) -> dict[str, object]:
    """Return the setting ``folio_exports`` with the formats that are asked for; nothing if it includes all."""
    chosen = [*read_conf(settings, {"folio_exports": [*EXPORTS]}).folio_exports]
    return {} if asked <= {*chosen} else {"folio_exports": [*chosen, *sorted(asked - {*chosen})]}


def formats_of(app: Sphinx, settings: Path, root: Path) -> Iterator[str]:
    """Yield a line for each format: its name, its file, and the command that installs what it lacks."""
    rows = [(export.name, export.filename, remedy(export, root)) for export in registry_of(app).exports.values()]
    rows += [(FULL_TEXT, f"{FULL_TEXT}.txt", ""), (TWINS, "*.md", "")]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, filename, lacking in rows:
        yield f"{name:{widths[0]}}  {filename:{widths[1]}}  {lacking}".rstrip()
    languages, views = languages_in(settings), app.config.folio_views
    yield ""
    if len(languages) > 1:
        yield str(__("Languages (--language): %s")) % ", ".join(languages)
    if views:
        yield str(__("Views (--view): %s")) % ", ".join(views)
    yield str(__("Write one with “%s export FORMAT”.")) % program_name()


def remedy(export: Export, root: Path) -> str:
    """Return how to install what an export lacks; empty if it lacks nothing."""
    missing = export.missing()
    if not missing:
        return ""
    return fix_of_extra(export.extra, *listed_extras(root)) if export.extra else f"{PIP} {' '.join(missing)}"


def files_of(app: Sphinx, request: Request, root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file.

    Raises:
        UsageError: A format or the view is unknown, or the format has no files of views.
        NotRunError: A library is not installed, or no page describes a person.
    """
    exports = registry_of(app).exports
    for name in request.formats:
        _check_format(name, exports, root, is_view=bool(request.view))
    if request.view and request.view not in app.config.folio_views:
        known = app.config.folio_views
        hint = unknown_word(request.view, known) if known else __("%r; folio_views is empty") % request.view
        raise UsageError(__("unknown view %s") % hint)
    if {*request.formats} & {*OF_SITE}:
        app.build(force_all=True)
    else:
        app.builder.compile_update_catalogs()  # as a build does
        app.builder.read()
        app.env.check_consistency()  # mistakes that show when pages are written remain unseen
    for name in request.formats:
        if name in OF_SITE:
            yield from _files_of_site(app, name)
            continue
        found = make_file(app, portfolio_of(app.env), exports[name], request.view)
        if found is None:
            message = __("no page describes a person; add the directive %s to the page of the résumé")
            raise NotRunError(str(message) % markup_name("person", app.config))
        yield found


def _check_format(name: str, exports: Mapping[str, Export], root: Path, *, is_view: bool) -> None:
    """Check that a format can be written.

    Raises:
        UsageError: The format is unknown or no file, or has no files of views.
        NotRunError: A library is not installed.
    """
    if name == LINKED_DATA:
        raise UsageError(__("%s is part of the pages, not a file; the command build writes it") % name)
    if name not in exports and name not in OF_SITE:
        raise UsageError(__("unknown format %s") % unknown_word(name, [*dict.fromkeys((*exports, *OF_SITE))]))
    if is_view and (name in OF_SITE or not exports[name].per_view):
        raise UsageError(__("the format %s has no files of views; leave out --view") % name)
    if name in exports and exports[name].missing():
        raise NotRunError(
            str(__("the format %s needs a library. To install it: %s")) % (name, remedy(exports[name], root))
        )


def _files_of_site(app: Sphinx, name: str) -> Iterator[tuple[str, bytes]]:
    pattern = "*.md" if name == TWINS else f"{name}.txt"
    for path in sorted(app.outdir.rglob(pattern)):
        where = path.relative_to(app.outdir)
        if where.parts[0] != "_sources":
            yield where.as_posix(), path.read_bytes()


def write(made: Mapping[str, bytes], output: Path, *, is_folder: bool) -> Iterator[Path]:
    """Write the files, and yield their paths; with ``-`` as output, yield nothing."""
    if output == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(b"".join(made.values()))
        sys.stdout.flush()
        return
    for name, data in made.items():
        path = output / name if is_folder or output.is_dir() else output
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield path
