"""Build the portfolios of the gallery: ``python gallery/build.py OUTPUT DOCTREES``; `nox -s docs` does so.

It does what ``sphinx-folio build gallery/student`` does for each. The imports of Sphinx, which take longer than such a
build, are shared: the processes are forked from one that has them, where the system can do that.

The portfolios have no Content-Security-Policy of their own. A server that sends that of the site as a header sends it
for the portfolio and the manual, but not below ``sphinx-folio/gallery/``.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import resource_tracker
from pathlib import Path
from typing import NamedTuple

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells report it."""

try:
    from sphinx.application import builtin_extensions
    from sphinx.cmd.build import build_main

    from sphinx_folio.cli.build import STRICT
    from sphinx_folio.cli.conf_reader import languages_in
except KeyboardInterrupt:
    sys.exit(INTERRUPTED)

GALLERY = Path(__file__).resolve().parent
MODULES = (
    *("sphinx.cmd.build", *builtin_extensions, "myst_parser.parsers.sphinx_", "myst_parser.sphinx_ext.main"),
    *("sphinx_folio.cli.build", "sphinx_folio.extension", "sphinx_folio.export", "sphinx_folio.search", "furo"),
    *("docx", "jinja2.ext", "pypinyin", "rendercv_fonts", "typst"),
)
"""What most builds import."""
AS_EXAMPLES = ("-D", "folio_noindex=1")
"""Search engines are not to list invented people."""


class Build(NamedTuple):
    """A portfolio in one language."""

    pages: Path
    language: str
    output: Path
    doctrees: Path


def builds(output: Path, doctrees: Path) -> list[Build]:
    """Return what there is to build."""
    found = []
    for folder in sorted(path.parent.parent for path in GALLERY.glob("*/docs/conf.py")):
        for language, place in languages_in(folder / "docs").items():
            name = f"{folder.name}-{language}"
            found.append(Build(folder / "docs", language, output / folder.name / place, doctrees / name))
    return found


def run(build: Build) -> int:
    """Build one of them, as strictly as users do; return the exit code."""
    where = ("-d", str(build.doctrees), str(build.pages), str(build.output))
    return build_main(["-q", "-b", "html", *STRICT, *AS_EXAMPLES, "-D", f"language={build.language}", *where])


def main(output: Path, doctrees: Path) -> int:
    """Build all of them in parallel; return the worst exit code. Ctrl-C ends the other processes, too."""
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload(list(MODULES))
        resource_tracker.ensure_running()  # which would undo the next line
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # in the processes that start now and later
    with ProcessPoolExecutor(mp_context=context, max_tasks_per_child=1) as pool:  # Sphinx's registries are global
        results = pool.map(run, builds(output, doctrees))
        try:
            if forks:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            return max(results)
        except KeyboardInterrupt:
            threading.excepthook = lambda _failure: None  # the thread of the pool can fail without its processes
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.kill()
            return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
