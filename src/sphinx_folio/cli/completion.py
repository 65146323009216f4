"""The command ``completion``: print the script with which a shell completes commands and options."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.installation import with_extra
from sphinx_folio.cli.exit_codes import ExitCode, NotRunError
from sphinx_folio.cli.program import SCRIPT

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SHELLS = ("bash", "zsh", "fish")
LOAD = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"
"""The command with which zsh loads its completion system, which is off by default."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    shell = mark("%(choices)s; the manual says where to put the script")
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=shell)


def run(arguments: Namespace) -> int:
    """Print the script; return the exit code."""
    if not find_spec("argcomplete"):
        raise NotRunError(str(__("completion needs argcomplete; run “pip install %s”")) % with_extra("completion"))
    from argcomplete.shell_integration import shellcode  # noqa: PLC0415  an extra

    script = shellcode([SCRIPT], shell=arguments.shell)
    if arguments.shell == "zsh":
        first, end, rest = script.partition("\n")  # the first line names the command
        script = first + end + LOAD + rest
    sys.stdout.write(script)
    return ExitCode.DONE


def is_asked_to_complete() -> bool:
    """Return whether a shell has asked for completions, and argcomplete can answer."""
    return "_ARGCOMPLETE" in os.environ and find_spec("argcomplete") is not None


def complete(parser: ArgumentParser) -> None:
    """Print the completions and exit."""
    import argcomplete  # noqa: PLC0415  an extra

    argcomplete.autocomplete(parser)
