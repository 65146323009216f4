"""Compare the CPU time and memory of builds with bare Sphinx and other tools, and write benchmarks/RESULTS.md.

    nox -s bench                                    # 10 to 5,000 projects, other tools at 100 and 1,000
    nox -s bench -- --sizes 10,100 --pairs 1        # faster

The two builds of a comparison alternate. Each is a clean build in its own process. CPU time is the user and system time
of the process and its children. Times are medians of all pairs; ratios are medians of the ratios of the pairs. The
first build of each variant is not measured, because Python compiles the modules then.

The baseline, called the floor, is bare Sphinx with MyST and furo and the same prose: no skills, no links between pages,
an empty sidebar. sphinx-folio is measured alone and with packages/sphinx-speedups, which monkey-patches Sphinx.

The site of this repository is compared with a build of its Chinese pages with the minimum of extensions and exports.
"""

from __future__ import annotations

import argparse
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
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from portfolios import generate, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (ROOT / "src", ROOT / "packages" / "sphinx-speedups" / "src")
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
SPHINX = ("-m", "sphinx", "-q", "-b", "html")
EDITED = 7
"""The number of the project that is edited, and whose page size is measured."""
MAX_REPEATED = 1000
"""The largest number of projects with repeated pairs and with further measurements; larger builds run once."""
SMALLEST = 10
"""The number of projects of the builds that are not measured."""
MIN_GROWTH = 100
"""The smallest number of projects for the growth exponent; smaller builds are dominated by the start of Python."""


BYTECODE = tempfile.TemporaryDirectory(prefix="folio-bytecode-")
"""The folder of compiled modules: some installers do not compile, and some environments do not allow it."""


@dataclass(frozen=True)
class Cost:
    """The cost of a command."""

    cpu: float
    """CPU time in seconds."""
    wall: float
    """Wall-clock time in seconds."""
    memory: float
    """Peak resident memory in MiB."""


MEASURE = """
import os, sys

child = os.fork()
if not child:
    os.dup2(2, 1)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command; prints its CPU time in seconds and its peak memory in KiB.

Linux counts the memory of the process that starts another one as memory of the latter, so that a large process cannot
measure a small one. This is a small one.
"""


def run(*command: str | Path, folder: Path) -> Cost:
    """Run a command in a folder, with the source of the packages on the path.

    Raises:
        RuntimeError: The command failed; the message contains the end of its output.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, SOURCES)),
        "PYTHONPYCACHEPREFIX": BYTECODE.name,
        "PYTHONDONTWRITEBYTECODE": "",
        "SOURCE_DATE_EPOCH": "1795996800",
    }
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", MEASURE, *map(str, command)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    wall = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr[-3000:]}")
    cpu, memory = map(float, done.stdout.split())
    return Cost(cpu, wall, memory / 1024)


class Bench:
    """Builds portfolios in a folder and measures them. Portfolios are identified by variant and number of projects."""

    def __init__(self, folder: Path, pairs: int) -> None:
        """Use an empty folder; measure a number of pairs per comparison."""
        self.folder = folder
        self.pairs = pairs
        self._compiled: set[str] = set()

    def source(self, variant: str, size: int) -> Path:
        """Return the source folder of a portfolio; write it on the first call."""
        folder = self.folder / f"{variant}-{size}"
        if not folder.exists():
            write(variant, generate(size), folder)
        return folder

    def output(self, variant: str, size: int) -> Path:
        """Return the output folder of a portfolio."""
        return self.folder / f"{variant}-{size}-out"

    def build(self, variant: str, size: int, *options: str, clean: bool = True) -> Cost:
        """Build a portfolio, incrementally if ``clean`` is false."""
        if variant not in self._compiled:
            self._compiled.add(variant)
            self.build(variant, SMALLEST)
        source, output = self.source(variant, size), self.output(variant, size)
        if clean:
            shutil.rmtree(output, ignore_errors=True)
        if variant == "material":
            return run(sys.executable, "-m", "mkdocs", "build", "-q", "-d", output, folder=source)
        if variant == "zensical":  # writes beside its sources, where it has its cache, too
            return run(sys.executable, "-m", "zensical", "build", *(["--clean"] if clean else []), folder=source)
        if variant == "hugo":
            return run("hugo", "--quiet", "--destination", output, folder=source)
        return run(sys.executable, *SPHINX, *options, source, output, folder=source)

    def against_floor(self, variant: str, size: int, measure: Callable[[str, int], Cost] | None = None) -> Comparison:
        """Measure the floor and a variant in turn; by default, clean builds."""
        measure = measure or self.build
        count = self.pairs if size <= MAX_REPEATED else 1
        pairs = [(measure("floor", size), measure(variant, size)) for _ in range(count)]
        return Comparison(*zip(*pairs, strict=True))

    def idle(self, variant: str, size: int) -> Cost:
        """Build incrementally without a change."""
        return self.build(variant, size, clean=False)

    def edited(self, variant: str, size: int) -> Cost:
        """Build incrementally after a change of a word in one project."""
        path = self.source(variant, size) / "projects" / f"p{EDITED}.md"
        _change(
            path, re.compile(r"(How it works)( again)?"), lambda match: match[1] if match[2] else f"{match[1]} again"
        )
        return self.build(variant, size, clean=False)

    def renamed(self, variant: str, size: int) -> Cost:
        """Build incrementally after a skill was renamed; without skills, after a change of a word in one project."""
        if variant not in {"folio", "fast"}:
            return self.edited(variant, size)
        path = self.source(variant, size) / "skills" / "testing.md"
        last = re.compile(r"## (Renamed )?(?!.*^## )", re.MULTILINE | re.DOTALL)  # the first ones are popular
        _change(path, last, lambda match: "## " if match[1] else "## Renamed ")
        return self.build(variant, size, clean=False)

    def rewritten(self, size: int, change: Callable[[str, int], Cost]) -> set[str]:
        """Build sphinx-folio's variant with a change; return the pages that were written again."""
        start = time.time_ns()
        change("folio", size)
        output = self.output("folio", size)
        pages = {path.relative_to(output).as_posix(): path.stat().st_mtime_ns for path in output.rglob("*.html")}
        return {name for name, written in pages.items() if written >= start} - {"search.html"}


@dataclass(frozen=True)
class Comparison:
    """The costs of the floor and of another variant, in pairs."""

    floor: Sequence[Cost]
    other: Sequence[Cost]

    def ratio(self, unit: str = "cpu") -> float:
        """Return the median of the ratios of all pairs; the unit is a field of :class:`Cost`."""
        pairs = zip(self.floor, self.other, strict=True)
        return float(statistics.median(getattr(b, unit) / getattr(a, unit) for a, b in pairs))

    def medians(self, unit: str = "cpu") -> tuple[float, float]:
        """Return the medians of the floor and of the other variant."""
        floor, other = (statistics.median(getattr(cost, unit) for cost in costs) for costs in (self.floor, self.other))
        return floor, other


def _change(path: Path, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> None:
    """Replace the first match of a pattern in a file."""
    time.sleep(0.01)  # so that the modification time differs from that of the last build
    path.write_text(pattern.sub(replacement, path.read_text("utf-8"), count=1), encoding="utf-8")


def compressed_size(page: Path) -> int:
    """Return the size of a page in bytes, compressed by gzip level 9."""
    return len(gzip.compress(page.read_bytes(), 9, mtime=0))


def are_identical(one: Path, other: Path) -> bool:
    """Return whether two sites are byte-identical."""

    def files(folder: Path) -> dict[str, bytes]:
        paths = (path for path in folder.rglob("*") if path.is_file() and ".doctrees" not in path.parts)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.name != ".buildinfo"}

    return files(one) == files(other)


def sizes_table(bench: Bench, sizes: Sequence[int]) -> list[str]:
    """Compare clean builds of all sizes; return a table in Markdown and a line about the growth."""
    lines = [
        (
            "| projects | floor, s CPU | sphinx-folio, s CPU | ratio | with speedups, s CPU | ratio"
            " | floor, MiB | sphinx-folio, MiB | ratio | with speedups, MiB | ratio |"
        ),
        "| ---: " * 11 + "|",
    ]
    seconds: dict[str, dict[int, float]] = {"folio": {}, "fast": {}}
    for size in sizes:
        comparisons = {variant: bench.against_floor(variant, size) for variant in seconds}
        cells = [f"{size:,}"]
        for unit, digits in (("cpu", 2), ("memory", 0)):
            cells.append(f"{comparisons['folio'].medians(unit)[0]:.{digits}f}")
            for one in comparisons.values():
                cells += [f"{one.medians(unit)[1]:.{digits}f}", f"{one.ratio(unit):.2f}"]
        for variant, one in comparisons.items():
            seconds[variant][size] = one.medians()[1]
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    large = [size for size in sizes if size >= MIN_GROWTH]
    if len(large) > 1:
        first, last = large[0], large[-1]
        exponents = [math.log(times[last] / times[first]) / math.log(last / first) for times in seconds.values()]
        lines += [
            "",
            (
                f"Growth of CPU time from {first:,} to {last:,} projects: exponent {exponents[0]:.2f},"
                f" with speedups {exponents[1]:.2f}."
            ),
        ]
    return lines


def changes_table(bench: Bench, size: int) -> list[str]:
    """Compare incremental builds; return a table in Markdown."""
    lines = [
        "| change | floor, s CPU | sphinx-folio, s CPU | ratio | pages written |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    bench.build("floor", size)
    bench.build("folio", size)
    changes = (("none", bench.idle), ("one project edited", bench.edited), ("one skill renamed", bench.renamed))
    for name, change in changes:
        compared = bench.against_floor("folio", size, change)
        floor, ours = compared.medians()
        count = len(bench.rewritten(size, change))
        lines.append(f"| {name} | {floor:.2f} | {ours:.2f} | {compared.ratio():.2f} | {count} |")
        print(lines[-1], flush=True)
    return lines


def parallel_lines(bench: Bench, size: int) -> list[str]:
    """Compare a serial build of the floor with parallel builds; with ``-j 3``, there are two worker processes."""
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
        compared = Comparison(*zip(*pairs, strict=True))
        floor, ours = compared.medians("wall")
        result = (
            "byte-identical to a serial build"
            if are_identical(serial, bench.output(variant, size))
            else "NOT IDENTICAL to a serial build"
        )
        lines.append(
            f"Wall-clock time, {size:,} projects: floor with one process {floor:.1f} s, {name} with `-j 3` on"
            f" {os.cpu_count()} cores {ours:.1f} s, ratio {compared.ratio('wall'):.2f}; {result}."
        )
    return lines


def page_size_lines(bench: Bench, small: int, large: int) -> list[str]:
    """Compare the size of a project's page in a small and a large portfolio."""
    sizes = [compressed_size(bench.output("folio", size) / "projects" / f"p{EDITED}.html") for size in (small, large)]
    start = f"Size of a project's page, gzip: {sizes[0] / 1000:.1f} kB among {small:,} projects,"
    return [f"{start} {sizes[1] / 1000:.1f} kB among {large:,}, ratio {sizes[1] / sizes[0]:.2f}."]


SITE = (
    "myst_parser",
    "sphinx_design",
    *(f"sphinx_folio{part}" for part in ("", ".diagrams", ".export", ".redirects", ".reference")),
)
"""The extensions that the pages of the site cannot be built without."""


def site_lines(folder: Path, pairs: int) -> list[str]:
    """Compare the site, in both languages with all extensions, with its Chinese pages and the minimum of extensions."""

    def build(name: str, *options: str) -> Cost:
        output = folder / name
        shutil.rmtree(output, ignore_errors=True)
        command: tuple[str | Path, ...] = (sys.executable, *SPHINX, "-c", ROOT, "-d", output / "doctrees", *options)
        return run(*command, ROOT / "docs", output / "html", folder=ROOT)

    minimal = ("-D", f"extensions={','.join(SITE)}", "-D", "folio_exports=json-ld")
    ratios, costs = [], []
    for name, options in (("minimal", minimal), ("zh", ()), ("en", ("-D", "language=en"))):
        build(name, *options)  # not measured: compiles the modules
    for _ in range(pairs):
        one = build("minimal", *minimal)
        both = (build("zh"), build("en", "-D", "language=en"))
        costs.append((one.cpu, sum(cost.cpu for cost in both)))
        ratios.append(costs[-1][1] / costs[-1][0])
    one_language, all_languages = (statistics.median(column) for column in zip(*costs, strict=True))
    return [
        (
            f"Clean builds: one language with the minimum of extensions {one_language:.2f} s CPU; both languages with"
            f" all extensions {all_languages:.2f} s, ratio {statistics.median(ratios):.2f}."
        )
    ]


def other_tools_table(bench: Bench, size: int) -> list[str]:
    """Compare clean builds, builds without a change and memory with other tools; return a table in Markdown."""
    lines = [
        "| tool | clean, s CPU | ratio to the floor | clean, s | again, s CPU | again, s | MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    names = {
        "folio": "sphinx-folio",
        "fast": "sphinx-folio with speedups",
        "handwritten": "Sphinx, handwritten pages of skills",
        "needs": f"sphinx-needs {version('sphinx-needs')}",
        "ablog": f"ABlog {version('ablog')}",
        "material": f"MkDocs Material {version('mkdocs-material')}",
        "zensical": f"Zensical {version('zensical')}",
        "hugo": f"Hugo {version('hugo')}",
    }
    for variant, name in names.items():
        compared = bench.against_floor(variant, size)
        wall, memory = (compared.medians(unit)[1] for unit in ("wall", "memory"))
        again = bench.idle(variant, size)
        lines.append(
            f"| {name} | {compared.medians()[1]:.2f} | {compared.ratio():.2f} | {wall:.2f}"
            f" | {again.cpu:.2f} | {again.wall:.2f} | {memory:.0f} |"
        )
        print(lines[-1], flush=True)
    return lines


def main() -> None:
    """Run all benchmarks and write the results."""
    parser = argparse.ArgumentParser(
        description="Compare the CPU time and memory of builds with bare Sphinx and other tools."
    )
    parser.add_argument("--sizes", default="10,100,1000,5000", help="numbers of projects (default: %(default)s)")
    parser.add_argument("--pairs", type=int, default=3, help="repetitions of each comparison (default: %(default)s)")
    parser.add_argument(
        "--rivals",
        default="100,1000",
        help="numbers of projects for other tools; an empty value skips them (default: %(default)s)",
    )
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    largest = max([size for size in sizes if size <= MAX_REPEATED], default=sizes[0])
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.pairs)
        blocks = [
            "# Build benchmarks",
            "Written by `nox -s bench`. Method: `benchmarks/scale.py`. Pages: `benchmarks/portfolios.py`.",
            (
                f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()},"
                f" Sphinx {version('sphinx')}, furo {version('furo')}; pairs: {options.pairs},"
                f" above {MAX_REPEATED:,} projects: 1."
            ),
            "## Clean builds",
            "\n".join(sizes_table(bench, sizes)),
            "\n".join(page_size_lines(bench, sizes[0], largest)),
            f"## Incremental builds, {largest:,} projects",
            "\n".join(changes_table(bench, largest)),
            "## Parallel builds",
            "\n\n".join(parallel_lines(bench, largest)),
            "## This site",
            "\n\n".join(site_lines(Path(folder), options.pairs)),
        ]
        for size in filter(None, options.rivals.split(",")):
            blocks += [f"## Other tools, {int(size):,} projects", "\n".join(other_tools_table(bench, int(size)))]
    RESULTS.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
