"""Measure the figures for the colophon, and write manual/colophon-figures.csv.

    nox -s figures                      # build times, page weights and Lighthouse scores (needs Node and Chromium)
    nox -s figures -- --no-lighthouse   # keep the Lighthouse scores of the file

Build times are medians for both languages, built in parallel as ``nox -s docs`` does. The weight of a page is the size
of all files that a browser needs to show it: page, style sheets and scripts, compressed by gzip.
"""

from __future__ import annotations

import argparse
import csv
import gzip
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
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "manual" / "colophon-figures.csv"
LANGUAGES = {"zh_CN": "", "en": "en"}  # as folio_languages in conf.py
PAGES = ("index.html", "resume.html", "skills/index.html", "spiderpool/index.html", "search.html")
TABLES = ("measured", "build", "weight", "lighthouse")
RUNS = 3
_LOADED = re.compile(r'<(?:script|link)\b[^>]+\b(?:src|href)="([^"]+\.(?:js|css)[^"]*)"')
_PAGE = re.compile(r"^(?P<page>\S+\.html)\b(?P<scores>.*)$", re.MULTILINE)
_SCORE = re.compile(r"\b(?P<category>[a-z][a-z-]+)[ :=]+(?P<score>\d{1,3})\b")


class Row(NamedTuple):
    """A row of the CSV file: one cell of a table in the colophon."""

    table: str
    """One of ``TABLES``."""
    row: str
    column: str
    figure: str
    """The number without a unit; empty if the cell is text."""
    shown: str
    """The text of the cell."""


def build(folder: Path, language: str) -> None:
    """Build the site in a language; warnings are errors."""
    output = folder / "html" / LANGUAGES[language]
    strict = ("-q", "-n", "-W", "--keep-going")
    options = ("-d", str(folder / f"doctrees-{language}"), "-D", f"language={language}")
    command = (sys.executable, "-m", "sphinx", "-b", "html", "-c", ".", *strict, *options, "docs", str(output))
    subprocess.run(command, cwd=ROOT, check=True)


def measure_build(folder: Path) -> tuple[float, float]:
    """Build all languages in parallel; return the wall-clock time and the CPU time in seconds."""
    start, before = time.perf_counter(), os.times()
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda language: build(folder, language), LANGUAGES))
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, cpu


def build_rows(folder: Path) -> list[Row]:
    """Return the times of clean builds and of builds without a change; the site is in ``cold-0/html`` of the folder."""
    times = {
        "cold": [measure_build(folder / f"cold-{run}") for run in range(RUNS)],
        "idle": [measure_build(folder / "cold-0") for _run in range(RUNS)],
    }
    return [
        Row("build", name, column, f"{seconds:.1f}", f"{seconds:.1f} s")
        for name, runs in times.items()
        for column, seconds in zip(("clock", "processor"), map(statistics.median, zip(*runs, strict=True)), strict=True)
    ]


def weight(site: Path, page: str) -> int:
    """Return the compressed size in bytes of a page with its style sheets and scripts."""
    path = site / page
    urls = _LOADED.findall(path.read_text(encoding="utf-8"))
    files = {path.parent.joinpath(urlsplit(url).path).resolve() for url in urls}
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in (path, *sorted(files)))


def weight_rows(site: Path) -> list[Row]:
    """Return the weights of selected pages, and of the heaviest page, in each language."""
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    weights = {page: weight(site, page) for page in pages if not page.startswith("sphinx-folio/")}  # not the manual
    rows = []
    for page in PAGES:
        for language, folder in LANGUAGES.items():
            size = weights[f"{folder}/{page}".lstrip("/")]
            rows.append(Row("weight", page, language, str(size), f"{size / 1000:.1f} kB"))
    for language, folder in LANGUAGES.items():
        heaviest = max(size for page, size in weights.items() if page.startswith("en/") == bool(folder))
        rows.append(Row("weight", "heaviest", language, str(heaviest), f"{heaviest / 1000:.1f} kB"))
    return rows


def score_rows(output: str) -> list[Row]:
    """Parse the output of benchmarks/lighthouse.py: lines with a page, its categories and their scores."""
    scores = {
        (line["page"], score["category"]): score["score"]
        for line in _PAGE.finditer(output)
        for score in _SCORE.finditer(line["scores"])
    }
    return [Row("lighthouse", page, category, score, score) for (page, category), score in scores.items()]


def measured_rows(day: str) -> list[Row]:
    """Return the date, the commit, the machine and the software versions of the measurement."""
    git = shutil.which("git") if (ROOT / ".git").exists() else None
    describe = [git, "describe", "--always", "--dirty", "--exclude=*"] if git else []
    commit = subprocess.run(describe, cwd=ROOT, capture_output=True, text=True, check=False).stdout if describe else ""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", cpuinfo.read_text(encoding="utf-8"), re.MULTILINE)
        processor = found[1].strip() if found else processor
    facts = {
        "date": day,
        "commit": commit.strip() or "–",
        "machine": f"{processor} × {os.cpu_count()}, {platform.system()}",
        "software": f"Python {platform.python_version()}, Sphinx {version('sphinx')}",
    }
    return [Row("measured", name, "", "", fact) for name, fact in facts.items()]


def existing_rows() -> list[Row]:
    """Return the rows of the file; return none if it does not exist."""
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


def main() -> int:
    """Run all measurements and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-lighthouse", action="store_true", help="keep the Lighthouse scores of the file")
    arguments = parser.parse_args()
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    scores = [row for row in existing_rows() if row.table == "lighthouse" or row[:2] == ("measured", "scores")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*measured_rows(day), *build_rows(folder)]
        site = folder / "cold-0" / "html"
        rows += weight_rows(site)
        if not arguments.no_lighthouse:
            command = [sys.executable, str(ROOT / "benchmarks" / "lighthouse.py"), str(site)]
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
            found = score_rows(done.stdout)
            if found:
                commit = next(row.shown for row in rows if row.row == "commit")
                scores = [Row("measured", "scores", "", "", f"{day}, {commit}"), *found]
            else:
                print("Lighthouse returned no scores; keeping the existing ones.", file=sys.stderr)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Row._fields)
        ordered = sorted([*rows, *scores], key=lambda row: TABLES.index(row.table))
        writer.writerows(ordered)
    print(f"Wrote {len(rows) + len(scores)} figures to {FILE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
