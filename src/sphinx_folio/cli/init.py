"""The command ``init``: create a new portfolio; existing files are only replaced with ``--overwrite``."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.installation import local_path, origin, source_of_wheel
from sphinx_folio.cli.atomic import write_files
from sphinx_folio.cli.catalog_text import count_untranslated
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError, UsageError
from sphinx_folio.cli.importing.headings import labels_of
from sphinx_folio.cli.importing.pages import EXTRA_FILE
from sphinx_folio.cli.importing.report import import_report
from sphinx_folio.cli.importing.resume_file import add_options, import_file
from sphinx_folio.cli.language_codes import language_argument
from sphinx_folio.cli.missing_packages import hint_for_languages
from sphinx_folio.cli.paths import existing, named_path
from sphinx_folio.cli.portfolio_folder import RECORD, conf_folder
from sphinx_folio.cli.requirements_file import fix_of_extra, listed_extras, wheel_in
from sphinx_folio.cli.scaffold import (
    OPTIONAL,
    Plan,
    engine_requirement,
    files,
    translation_language,
    untranslated_settings,
)
from sphinx_folio.cli.sphinx_output import untranslated_message
from sphinx_folio.cli.template_record import record_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx_folio.cli.importing.pages import Imported


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("folder", type=named_path, help=mark("folder for the new portfolio; . is the current folder"))
    resume = mark("résumé to import instead of the sample, in any format that the command import reads")
    parser.add_argument("--from", type=existing, dest="resume", metavar="RESUME", help=resume)
    add_options(parser)
    language = mark(
        "language of the pages, such as de or zh_CN (default: %(default)s); without a translation, the sample is in"
        " English"
    )
    parser.add_argument("--language", type=language_argument, default="en", metavar="LANGUAGE", help=language)
    second = mark("second language, into which the pages are translated")
    parser.add_argument("--second", type=language_argument, metavar="LANGUAGE", help=second)
    engine = mark(
        "requirement for sphinx-folio in requirements.txt (default: what is installed, or versions compatible with it)"
    )
    parser.add_argument("--engine", default="", metavar="REQUIREMENT", help=engine)
    replace = mark("replace existing files, except README.md and the settings of git and hosts")
    parser.add_argument("--overwrite", action="store_true", help=replace)


def run(arguments: Namespace) -> int:
    """Create the portfolio; return the exit code."""
    _check_folder(arguments.folder)
    found = _imported(arguments)
    chosen = plan(arguments, found)
    texts = files(chosen)
    texts[RECORD] = record_of(chosen, texts, arguments.folder)
    photo = {f"docs/{name}": data for name, data in found.photo.items()} if found else {}
    kept = write_files(arguments.folder, {**texts, **photo}, overwrite=arguments.overwrite, optional=OPTIONAL)
    lines = [str(__("The portfolio is in %s.")) % arguments.folder.resolve(), *_notes(arguments, texts, kept)]
    if wheel := _wheel_of(arguments, chosen):
        message = __("requirements.txt names the file %s: add it to Git, or no host can build the site.")
        lines.append(str(message) % wheel)
    lines += import_report(found, has_home=True) if found else []
    steps = _next_steps(arguments, chosen, texts)
    lines += ["", str(__("Next, run:")), "", *(f"    {step}" for step in steps)]
    sys.stdout.write("\n".join(lines) + "\n")
    return ExitCode.DONE


def _check_folder(folder: Path) -> None:
    """Raise an error if a folder has a Sphinx site that ``init`` did not make, or is inside a portfolio."""
    settings = conf_folder(folder)
    if settings and not (folder / RECORD).is_file():
        message = __(
            "nothing was written: init did not make %s; to add sphinx-folio to this site, see “From an existing Sphinx"
            " site” in the manual; for a new portfolio, choose another folder"
        )
        raise NotRunError(str(message) % (settings / "conf.py"))
    if outer := _outer_portfolio(folder):
        message = __("nothing was written: %s is inside the portfolio %s; choose another folder")
        raise NotRunError(str(message) % (folder, outer))


def _outer_portfolio(folder: Path) -> Path | None:
    """Return the portfolio around a folder, or None."""
    return next((parent for parent in folder.resolve().parents if (parent / RECORD).is_file()), None)


def _imported(arguments: Namespace) -> Imported | None:
    if not arguments.resume:
        return None
    return import_file(arguments.resume, arguments.language, markdown=arguments.markdown, days=arguments.days)


def plan(arguments: Namespace, found: Imported | None) -> Plan:
    """Return the plan for the arguments, with the imported résumé or with the sample.

    Raises:
        UsageError: The arguments contradict each other.
    """
    if arguments.second == arguments.language:
        raise UsageError(
            __("both languages are %s; set --language to the language of the pages, or change or leave out --second")
            % arguments.second
        )
    if "\n" in arguments.engine:
        raise UsageError(__("--engine must be a single line, not %r") % arguments.engine)
    languages = tuple(filter(None, (arguments.language, arguments.second)))
    if found is None:
        return Plan(languages=languages, engine=arguments.engine)
    return Plan(
        languages=languages,
        engine=arguments.engine,
        name=found.name,
        lead=found.lead,
        summary=found.summary,
        contact=found.contact,
        pages={name: text for name, text in found.pages.items() if name not in {"index.md", EXTRA_FILE}},
        extra=found.pages.get(EXTRA_FILE, ""),
        photo=next(iter(found.photo), ""),
        levels=tuple(found.settings["folio_levels"]),
        unordered=found.unordered,
        categories=found.settings["folio_categories"],
    )


def _notes(arguments: Namespace, texts: Mapping[str, str], kept: Sequence[str]) -> Iterator[str]:
    """Yield notes about the files for the user."""
    if not arguments.resume:
        yield str(__("It contains an invented sample; replace it with your own content."))
        if not translation_language(arguments.language):
            yield str(__("There is no sample in %s: its pages are in English.")) % arguments.language
    elif not labels_of(arguments.language):
        yield str(__("There are no labels in %s: headings and labels are in English.")) % arguments.language
    if kept:
        yield str(__("Kept existing files: %s.")) % ", ".join(kept)
    if ".gitignore" in kept:
        present = (arguments.folder / ".gitignore").read_text(encoding="utf-8", errors="replace").split()
        missing = [line for line in texts[".gitignore"].split() if line not in present]
        if missing:
            yield str(__("Add these lines to .gitignore: %s")) % " ".join(missing)
    number = _count_untranslated(texts)
    if number:
        message = __("%s: the build fails until docs/locales is complete.")
        yield str(message) % untranslated_message(number, arguments.second)
    extras, install = listed_extras(arguments.folder)
    if "bibtex" not in extras:
        yield from (f"{path}: {fix_of_extra('bibtex', extras, install)}" for path in texts if path.endswith(".bib"))
    yield from hint_for_languages(filter(None, (arguments.language, arguments.second)), arguments.folder)


def _next_steps(arguments: Namespace, chosen: Plan, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the commands to run next, and as comments what to do between them."""
    if arguments.folder.resolve() != Path.cwd():
        yield f"cd {shlex.quote(str(arguments.folder))}"
    wheel = _wheel_of(arguments, chosen)
    if wheel and not Path(arguments.folder, wheel).exists():
        yield _step_for_wheel(wheel, is_asked_for=bool(arguments.engine))
    yield "python -m pip install -r requirements.txt"
    if arguments.second and (arguments.resume or _count_untranslated(texts)):
        yield "python -m sphinx_folio messages"
        yield _remark(__("fill in the translations that are missing in %s"), f"docs/locales/{arguments.second}")
        if names := [*untranslated_settings(chosen, arguments.second)]:
            message = __("translate what docs/conf.py sets for %s: %s")
            yield _remark(message, arguments.second, ", ".join(names))
    yield "python -m sphinx_folio build"


def _wheel_of(arguments: Namespace, chosen: Plan) -> str:
    """Return the relative path of the wheel that the requirements name; empty if they name none."""
    return wheel_in(arguments.engine or engine_requirement(chosen.pages or ()))


def _step_for_wheel(wheel: str, *, is_asked_for: bool) -> str:
    """Return the command that copies the installed wheel, or makes one of what was installed; else a comment.

    Args:
        wheel: The path of the wheel in the portfolio.
        is_asked_for: Whether the path was given with ``--engine``; then it may be another wheel than one made here.
    """
    if source := _origin_of(wheel):
        return f"cp {shlex.quote(source)} {shlex.quote(wheel)}"
    source = "" if is_asked_for else source_of_wheel(origin())
    if source and not source.endswith(".whl"):
        return f"python -m pip wheel --no-deps --wheel-dir . {shlex.quote(source)}"
    return _remark(__("copy the wheel to %s"), wheel)


def _remark(message: str, *args: str) -> str:
    """Return a message as a comment of the shell."""
    return f"# {str(message) % args}"


def _origin_of(wheel: str) -> str:
    """Return the path of the file from which a wheel was installed; empty if that was another one, or it is gone."""
    path = local_path(origin())
    return str(path) if path and path.name == Path(wheel).name and path.is_file() else ""


def _count_untranslated(texts: Mapping[str, str]) -> int:
    return sum(count_untranslated(text for path, text in texts.items() if path.endswith(".po")))
