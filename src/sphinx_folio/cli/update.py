"""The command ``update``: merge what has changed in the template of ``init`` into a portfolio, three ways."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from packaging.version import Version

from sphinx_folio import __version__
from sphinx_folio._common.conflicts import conflicts_in
from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import renamed_in
from sphinx_folio.cli.atomic import write_files
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.paths import not_utf8, problem_with
from sphinx_folio.cli.portfolio_folder import RECORD, add_folder_argument, find_portfolio, required_conf_folder
from sphinx_folio.cli.program import program_name
from sphinx_folio.cli.requirements_file import wheel_in
from sphinx_folio.cli.scaffold import compatible_requirement
from sphinx_folio.cli.template_record import as_text, read_record, template_files
from sphinx_folio.cli.terminal import styled

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from sphinx_folio.cli.scaffold import Plan
    from sphinx_folio.cli.template_record import Record

MAX_CONFLICTS = 127
"""The highest exit code of ``git merge-file`` that is a number of conflicts."""
DIFF_STYLES = {"+": "green", "-": "red", "@": "blue"}
"""The first character of a line of a diff → its color."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the update does to a file."""

    path: str
    before: str
    """Its text; empty if the file is new."""
    after: str
    is_new: bool = False

    @property
    def has_conflict(self) -> bool:
        """Return whether the owner and the template have changed the same lines."""
        return bool(conflicts_in(self.after))

    def diff(self) -> Iterator[str]:
        """Yield the lines of the difference."""
        old = "/dev/null" if self.is_new else self.path
        lines = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        yield from unified_diff(*lines, old, self.path)

    def summary(self) -> str:
        """Return a line for the user."""
        if self.has_conflict:
            return str(__("conflict: %s")) % self.path
        return str(__("new: %s") if self.is_new else __("updated: %s")) % self.path


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_folder_argument(parser)
    dry_run = mark("show the changes as a diff, and write nothing")
    parser.add_argument("-n", "--dry-run", action="store_true", help=dry_run)


def run(arguments: Namespace) -> int:
    """Merge the template of this version into the portfolio; return the exit code."""
    settings = required_conf_folder(arguments.folder)
    root = find_portfolio(arguments.folder)
    record = read_record(root)
    if Version(record.version) > Version(__version__):
        message = __("sphinx-folio %s made this portfolio, but %s runs; run “pip install --upgrade sphinx-folio”")
        raise NotRunError(str(message) % (record.version, __version__))
    new = template_files(_with_same_origin(record))
    found = list(changes(root, record, new))
    updated = replace(record, version=__version__, texts={path: new[path] for path in recorded(root, record, new)})
    if arguments.dry_run:
        lines = (line for change in found for line in change.diff())
        sys.stdout.write("".join(styled_diff(line if line.endswith("\n") else f"{line}\n") for line in lines))
    elif updated != record or found:
        texts = {change.path: change.after for change in found}
        write_files(root.resolve(), {**texts, RECORD: as_text(updated)}, overwrite=True)
    renamed = renamed_in(settings / "conf.py")
    sys.stdout.write("\n".join([*report(found, record, new, dry_run=arguments.dry_run), *renamed]) + "\n")
    return ExitCode.FAILED if renamed or any(change.has_conflict for change in found) else ExitCode.DONE


def _with_same_origin(record: Record) -> Plan:
    """Return the answers with a requirement that installs sphinx-folio from where the portfolio has it until now.

    Who updates it may have installed another commit, or a folder that no host can read.
    """
    lines = record.texts.get("requirements.txt", "").splitlines()
    pinned = (line for line in lines if (line.startswith("sphinx-folio[") and " @ " in line) or wheel_in(line))
    return replace(
        record.plan,
        engine=record.plan.engine or next(pinned, "") or compatible_requirement(record.plan.pages or ()),
    )


def changes(root: Path, record: Record, new: dict[str, str]) -> Iterator[Change]:
    """Yield what the template changes: files that the owner has deleted or written without it are left alone.

    Raises:
        NotRunError: A file cannot be read or merged, or still has a conflict of the last update.
    """
    for path, text in new.items():
        base, file = record.texts.get(path), root / path
        if not file.is_file():
            if base is None:
                yield Change(path=path, before="", after=text, is_new=True)
            continue
        before = _read(file)
        unresolved = conflicts_in(before)
        if unresolved:
            message = __("%s:%d has an unresolved conflict; edit it, then run “%s update” again")
            raise NotRunError(str(message) % (file, unresolved[0], program_name()))
        lines = before.replace("\r\n", "\n")
        if base is None or text in {base, lines}:
            continue
        after = text if lines == base else merged(lines, base, text, record.version)
        after = after.replace("\n", "\r\n") if "\r\n" in before else after
        if after != before:
            yield Change(path=path, before=before, after=after)


def recorded(root: Path, record: Record, new: dict[str, str]) -> list[str]:
    """Return the files to record: those that the template provided before, and those that the update adds."""
    return [path for path in new if path in record.texts or not (root / path).is_file()]


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except OSError as error:
        raise NotRunError(str(__("nothing was written: %s")) % problem_with(error)) from None
    except UnicodeDecodeError as error:
        raise NotRunError(str(__("nothing was written: %s")) % f"{file}: {not_utf8(error)}") from None


def merged(yours: str, base: str, template: str, version: str) -> str:
    """Merge the changes of the owner and of the template; where both changed the same lines, conflicts are marked.

    Raises:
        NotRunError: git is not installed, or has failed.
    """
    git = shutil.which("git")
    if git is None:
        raise NotRunError(__("update needs git to merge; install it from https://git-scm.com/ and try again"))
    labels = (str(__("yours")), f"sphinx-folio {version}", f"sphinx-folio {__version__}")
    with TemporaryDirectory(prefix="folio-update-") as folder:
        paths = [Path(folder, name) for name in ("yours", "base", "template")]
        for path, text in zip(paths, (yours, base, template), strict=True):
            path.write_bytes(text.encode())
        options = [option for label in labels for option in ("-L", label)]
        command = [git, "merge-file", "-p", *options, *map(str, paths)]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603  fixed, without a shell
    if not 0 <= done.returncode <= MAX_CONFLICTS:
        raise NotRunError(str(__("nothing was written: %s")) % done.stderr.decode(errors="replace").strip())
    return done.stdout.decode()


def styled_diff(line: str) -> str:
    """Return a line of a diff in color, if the standard output has colors."""
    style = DIFF_STYLES.get(line[0])
    return styled(line.rstrip("\n"), style, sys.stdout) + "\n" if style else line


def report(found: list[Change], record: Record, new: dict[str, str], *, dry_run: bool) -> Iterator[str]:
    """Yield the lines for the user."""
    yield from (change.summary() for change in found)
    for path in sorted(record.texts.keys() - new.keys()):
        yield str(__("no longer in the template: %s; delete it if you do not need it")) % path
    conflicts = [change.path for change in found if change.has_conflict]
    if dry_run:
        yield str(__("Nothing was written.") if found else __("The portfolio is up to date."))
    elif conflicts:
        yield str(__("Edit the lines between <<<<<<< and >>>>>>>, then run:"))
    elif found:
        yield str(__("Next, run:"))
    else:
        yield str(__("The portfolio is up to date."))
    if found and not dry_run:
        yield ""
        if any(change.path == "requirements.txt" for change in found):
            yield "    python -m pip install -r requirements.txt"
        yield "    python -m sphinx_folio build"
