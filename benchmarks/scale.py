"""Measure what builds cost, beside bare Sphinx and other tools, and write benchmarks/RESULTS.md.

    nox -s bench                                    # 10 to 5,000 projects; rivals at 100; a quarter of an hour or so
    nox -s bench -- --sizes 10,100 --pairs 1        # quicker

Builds to be compared alternate, each in a process of its own and from nothing; CPU time is user and system time of the
process and of those that it started. Figures are medians of the pairs, ratios medians of the pairs' ratios. The floor
is bare Sphinx with MyST and furo over the same prose: no skills, no links between pages, no page in the sidebar.
sphinx-folio is measured alone and with packages/sphinx-speedups, which replaces functions of Sphinx and others.

The site itself is compared with a build of its Chinese pages with only what they need: no exports but linked data, no
search, social cards, CSP or navigation. The task is run as ``uvx nox -s docs`` in a fresh clone, beside the
same installation and the same builds by hand, with uv and its cache in place.
"""

from __future__ import annotations

import argparse
import compileall
import gzip
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from portfolios import make, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (ROOT / "src", ROOT / "packages" / "sphinx-speedups" / "src")
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
SPHINX = ("-m", "sphinx", "-q", "-b", "html")
EDITED = 7
"""The number of the project that is edited and weighed."""
OTHER = {"works": "does", "does": "works"}
USUAL = 1000
"""At how many projects, at most, changes, processes and weights are measured; above, one pair has to do."""
GROWN = 100
"""From how many projects on growth is told: below, starting Python and Sphinx is most of a build."""


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of processors, seconds on the clock, mebibytes at the peak."""

    cpu: float
    wall: float
    memory: float


def run(*command: str | Path, folder: Path) -> Cost:
    """Run a command and return what it took.

    Raises:
        RuntimeError: It failed; the message is what it said.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, SOURCES)), "SOURCE_DATE_EPOCH": "1795996800"}
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [str(word) for word in command], cwd=folder, env=environment, stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command}: {said.read().decode(errors='replace')[-3000:]}")
    wall = time.perf_counter() - begun
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


class Bench:
    """A folder with portfolios, and what was measured of them."""

    def __init__(self, folder: Path, pairs: int) -> None:
        """Work in an empty folder; measure so many pairs."""
        self.folder = folder
        self.pairs = pairs

    def source(self, variant: str, size: int) -> Path:
        """Return the folder of a portfolio, written when it is first asked for."""
        folder = self.folder / f"{variant}-{size}"
        if not folder.exists():
            write(variant, make(size), folder)
        return folder

    def output(self, variant: str, size: int) -> Path:
        """Return where a portfolio is built to."""
        return self.folder / f"{variant}-{size}-out"

    def build(self, variant: str, size: int, *options: str, clean: bool = True) -> Cost:
        """Build a portfolio, from nothing unless told otherwise."""
        source, output = self.source(variant, size), self.output(variant, size)
        if clean:
            shutil.rmtree(output, ignore_errors=True)
        if variant == "material":
            return run(sys.executable, "-m", "mkdocs", "build", "-q", "-d", output, folder=source)
        if variant == "hugo":
            return run("hugo", "--quiet", "--destination", output, folder=source)
        return run(sys.executable, *SPHINX, *options, source, output, folder=source)

    def against_floor(self, variant: str, size: int, measure: Callable[[str, int], Cost] | None = None) -> Compared:
        """Build floor and variant in turn."""
        measure = measure or self.build
        count = self.pairs if size <= USUAL else 1
        pairs = [(measure("floor", size), measure(variant, size)) for _ in range(count)]
        return Compared(*zip(*pairs, strict=True))

    def idle(self, variant: str, size: int) -> Cost:
        """Build again without a change."""
        return self.build(variant, size, clean=False)

    def edited(self, variant: str, size: int) -> Cost:
        """Build again after a word of one project changed."""
        path = self.source(variant, size) / "projects" / f"p{EDITED}.md"
        _change(
            path, re.compile(r"(How it works)( again)?"), lambda match: match[1] if match[2] else f"{match[1]} again"
        )
        return self.build(variant, size, clean=False)

    def renamed(self, variant: str, size: int) -> Cost:
        """Build again after a skill was renamed; on the floor, a word of a project changes."""
        if variant not in {"folio", "fast"}:
            return self.edited(variant, size)
        path = self.source(variant, size) / "skills" / "testing.md"
        last = re.compile(r"## (Renamed )?(?!.*^## )", re.MULTILINE | re.DOTALL)  # the first ones are favourites
        _change(path, last, lambda match: "## " if match[1] else "## Renamed ")
        return self.build(variant, size, clean=False)

    def written(self, size: int, change: Callable[[str, int], Cost]) -> set[str]:
        """Return the pages of the portfolio that a change writes again."""
        begun = time.time_ns()
        change("folio", size)
        output = self.output("folio", size)
        pages = {path.relative_to(output).as_posix(): path.stat().st_mtime_ns for path in output.rglob("*.html")}
        return {name for name, written in pages.items() if written >= begun} - {"search.html"}


@dataclass(frozen=True)
class Compared:
    """Costs of the floor and of something else, pair by pair."""

    floor: Sequence[Cost]
    other: Sequence[Cost]

    def ratio(self, unit: str = "cpu") -> float:
        """Return the median of the pairs' ratios."""
        return statistics.median(
            getattr(b, unit) / getattr(a, unit) for a, b in zip(self.floor, self.other, strict=True)
        )

    def medians(self, unit: str = "cpu") -> tuple[float, float]:
        """Return the medians of both."""
        return tuple(statistics.median(getattr(cost, unit) for cost in costs) for costs in (self.floor, self.other))  # type: ignore[return-value]


def _change(path: Path, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> None:
    time.sleep(0.01)
    path.write_text(pattern.sub(replacement, path.read_text("utf-8"), count=1), encoding="utf-8")


def weight(page: Path) -> int:
    """Return the bytes of a page, gzip level 9."""
    return len(gzip.compress(page.read_bytes(), 9, mtime=0))


def same_bytes(one: Path, other: Path) -> bool:
    """Tell whether two sites are the same."""

    def files(folder: Path) -> dict[str, bytes]:
        kept = (path for path in folder.rglob("*") if path.is_file() and ".doctrees" not in path.parts)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept if path.name != ".buildinfo"}

    return files(one) == files(other)


def sizes_table(bench: Bench, sizes: Sequence[int]) -> list[str]:
    """Build clean at all sizes."""
    lines = [
        (
            "| projects | floor, s CPU | sphinx-folio, s CPU | ratio | with speedups, s CPU | ratio"
            " | floor, MiB | sphinx-folio, MiB | ratio | with speedups, MiB | ratio |"
        ),
        "| ---: " * 11 + "|",
    ]
    seconds: dict[str, dict[int, float]] = {"folio": {}, "fast": {}}
    for size in sizes:
        compared = {variant: bench.against_floor(variant, size) for variant in seconds}
        cells = [f"{size:,}"]
        for unit, digits in (("cpu", 2), ("memory", 0)):
            cells.append(f"{compared['folio'].medians(unit)[0]:.{digits}f}")
            for one in compared.values():
                cells += [f"{one.medians(unit)[1]:.{digits}f}", f"{one.ratio(unit):.2f}"]
        for variant, one in compared.items():
            seconds[variant][size] = one.medians()[1]
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    large = [size for size in sizes if size >= GROWN]
    if len(large) > 1:
        first, last = large[0], large[-1]
        exponents = [math.log(taken[last] / taken[first]) / math.log(last / first) for taken in seconds.values()]
        lines += [
            "",
            (
                f"Growth of a clean build from {first:,} to {last:,} projects: exponent {exponents[0]:.2f},"
                f" with speedups {exponents[1]:.2f}."
            ),
        ]
    return lines


def changes_table(bench: Bench, size: int) -> list[str]:
    """Build again after changes."""
    lines = [
        "| work | floor, s CPU | sphinx-folio, s CPU | ratio | pages written |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    bench.build("floor", size)
    bench.build("folio", size)
    works = (("idle", bench.idle), ("one project edited", bench.edited), ("one skill renamed", bench.renamed))
    for name, change in works:
        compared = bench.against_floor("folio", size, change)
        floor, ours = compared.medians()
        count = len(bench.written(size, change))
        lines.append(f"| {name} | {floor:.2f} | {ours:.2f} | {compared.ratio():.2f} | {count} |")
        print(lines[-1], flush=True)
    return lines


def parallel_lines(bench: Bench, size: int) -> list[str]:
    """Build on two cores: Sphinx keeps one process of those that it is given for itself."""
    lines = []
    for variant, name in (("folio", "sphinx-folio"), ("fast", "sphinx-folio with speedups")):
        pairs = []
        for _ in range(bench.pairs):
            one = bench.build("floor", size)
            bench.build(variant, size)
            serial = bench.folder / "serial"
            shutil.rmtree(serial, ignore_errors=True)
            bench.output(variant, size).rename(serial)
            pairs.append((one, bench.build(variant, size, "-j", "3")))
        compared = Compared(*zip(*pairs, strict=True))
        floor, ours = compared.medians("wall")
        same = "the same bytes as a serial build" if same_bytes(serial, bench.output(variant, size)) else "OTHER BYTES"
        lines.append(
            f"On the clock, {size:,} projects: floor with one process {floor:.1f} s, {name} with `-j 3` on"
            f" {os.cpu_count()} cores {ours:.1f} s, ratio {compared.ratio('wall'):.2f}; {same}."
        )
    return lines


def weight_lines(bench: Bench, small: int, large: int) -> list[str]:
    """Weigh the same project's page in a small and a large portfolio."""
    weights = [weight(bench.output("folio", size) / "projects" / f"p{EDITED}.html") for size in (small, large)]
    told = f"A project's page, gzip: {weights[0] / 1000:.1f} kB among {small:,} projects,"
    return [f"{told} {weights[1] / 1000:.1f} kB among {large:,}, ratio {weights[1] / weights[0]:.2f}."]


SITE = (
    "myst_parser",
    "sphinx_design",
    *(f"sphinx_folio{part}" for part in ("", ".diagrams", ".export", ".reference")),
)
"""What the site's pages need to be built at all."""


def site_lines(folder: Path, pairs: int) -> list[str]:
    """Build the site in both languages with all that it has, and in one with as little as can be."""

    def build(name: str, *options: str) -> Cost:
        output = folder / name
        shutil.rmtree(output, ignore_errors=True)
        command = (sys.executable, *SPHINX, "-c", ROOT, "-d", output / "doctrees", *options)
        return run(*command, ROOT / "docs", output / "html", folder=ROOT)

    bare = ("-D", f"extensions={','.join(SITE)}", "-D", "folio_exports=json-ld")
    ratios, costs = [], []
    for _ in range(pairs):
        one = build("bare", *bare)
        both = (build("zh"), build("en", "-D", "language=en"))
        costs.append((one.cpu, sum(cost.cpu for cost in both)))
        ratios.append(costs[-1][1] / costs[-1][0])
    one_language, all_languages = (statistics.median(column) for column in zip(*costs, strict=True))
    return [
        (
            f"From nothing: one language, bare, {one_language:.2f} s CPU; both languages with PDF, exports, search,"
            f" cards and all else {all_languages:.2f} s, ratio {statistics.median(ratios):.2f}."
        )
    ]


def fresh_lines(folder: Path) -> list[str]:
    """Run the task in a fresh clone, and do the same by hand; nothing if uv is not there."""
    uv = shutil.which("uv")
    if not uv:
        return ["The task in a fresh clone was not measured: uv is not there."]
    clones = [folder / "task", folder / "hand"]
    for clone in clones:
        run("git", "clone", "--quiet", ROOT, clone, folder=folder)
    task, hand = clones
    by_task = run(uv, "tool", "run", "nox", "-s", "docs", folder=task).wall
    python = str(hand / "venv" / "bin" / "python")
    begun = time.perf_counter()
    run(uv, "venv", "--quiet", "venv", folder=hand)
    install = (uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", "requirements-docs.lock")
    run(*install, folder=hand)
    with ThreadPoolExecutor() as pool:
        builds = [
            (python, *SPHINX, "-c", ".", "-d", f"doctrees-{name}", *options, "docs", f"html/{name}")
            for name, options in (("zh", ()), ("en", ("-D", "language=en")))
        ]
        list(pool.map(lambda command: run(*command, folder=hand), builds))
    by_hand = time.perf_counter() - begun
    return [
        (
            f"In a fresh clone, on the clock: `uvx nox -s docs` {by_task:.1f} s; the same installation and builds by"
            f" hand {by_hand:.1f} s; difference {by_task - by_hand:.1f} s."
        )
    ]


def rivals_table(bench: Bench, size: int) -> list[str]:
    """Build clean with other tools."""
    lines = ["| tool | s CPU | ratio to the floor |", "| --- | ---: | ---: |"]
    named = {
        "folio": "sphinx-folio",
        "handwritten": "Sphinx, pages of skills by hand",
        "needs": f"sphinx-needs {version('sphinx-needs')}",
        "ablog": f"ABlog {version('ablog')}",
        "material": f"MkDocs Material {version('mkdocs-material')}",
        "hugo": f"Hugo {version('hugo')}",
    }
    for variant, name in named.items():
        compared = bench.against_floor(variant, size)
        lines.append(f"| {name} | {compared.medians()[1]:.2f} | {compared.ratio():.2f} |")
        print(lines[-1], flush=True)
    return lines


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description="Measure what builds cost.")
    parser.add_argument("--sizes", default="10,100,1000,5000")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--rivals", type=int, default=100, help="at how many projects; 0 for none")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    usual = max([size for size in sizes if size <= USUAL], default=sizes[0])
    for source in SOURCES:
        compileall.compile_dir(source, quiet=1)  # as an installer does with packages
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.pairs)
        blocks = [
            "# Builds, measured",
            "Made by `nox -s bench`; `benchmarks/scale.py` says how, `benchmarks/portfolios.py` of what.",
            (
                f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()},"
                f" Sphinx {version('sphinx')}, furo {version('furo')}; {options.pairs} pairs,"
                f" one above {USUAL:,} projects."
            ),
            "## Clean builds",
            "\n".join(sizes_table(bench, sizes)),
            "\n".join(weight_lines(bench, sizes[0], usual)),
            f"## Building again, {usual:,} projects",
            "\n".join(changes_table(bench, usual)),
            "## Two cores",
            "\n\n".join(parallel_lines(bench, usual)),
            "## This site",
            "\n\n".join([*site_lines(Path(folder), options.pairs), *fresh_lines(Path(folder))]),
        ]
        if options.rivals:
            blocks += [f"## Other tools, {options.rivals:,} projects", "\n".join(rivals_table(bench, options.rivals))]
    RESULTS.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
