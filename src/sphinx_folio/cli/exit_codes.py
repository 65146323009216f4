"""The exit codes of all commands, for scripts; the manual lists them from here."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import mark

if TYPE_CHECKING:
    from collections.abc import Mapping


class ExitCode(IntEnum):
    """What a command tells the script that has run it."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    """As in argparse."""
    NOT_RUN = 3
    HUNG_UP = 129
    """From here on: 128 + the number of the signal, as shells report it."""
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    TERMINATED = 143


MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.DONE: mark("The command succeeded and found no problems."),
    ExitCode.FAILED: mark(
        "The command ran and found something to correct: warnings of a build, evidence that a repository contradicts,"
        " a conflict of an update, something that the portfolio lacks."
    ),
    ExitCode.USAGE: mark("An argument is wrong: an unknown command, option, format, language or view."),
    ExitCode.NOT_RUN: mark(
        "The command could not run, and wrote nothing: no portfolio, an error in conf.py, a file that cannot be read"
        " or written, a library that is not installed."
    ),
    ExitCode.HUNG_UP: mark("The terminal was closed while the command ran (SIGHUP)."),
    ExitCode.INTERRUPTED: mark("The command was interrupted with Ctrl-C."),
    ExitCode.BROKEN_PIPE: mark("The program that reads the output, such as head, ended before the command."),
    ExitCode.TERMINATED: mark("The command was ended from outside (SIGTERM)."),
}
"""Exit code → its meaning, for the manual."""


class NotRunError(Exception):
    """The command cannot run; the message says why and what to do."""


class UsageError(Exception):
    """An argument is wrong; the message says which and what is near."""
