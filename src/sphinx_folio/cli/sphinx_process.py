"""Run Sphinx in processes of its own, and print its messages, each once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from sphinx_folio.cli.paths import from_current_folder
from sphinx_folio.cli.sphinx_output import by_line, in_color, not_repeated, records

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
