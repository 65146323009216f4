"""Measure the figures that the colophon shows, and write docs/colophon-figures.csv.

    nox -s figures                      # builds, weights and, where Node and a Chromium are, Lighthouse's scores
    nox -s figures -- --no-lighthouse   # without the scores, which stay as they were

Build times are of both languages side by side, as ``nox -s docs`` builds them, medians. A page weighs what a browser
has to fetch to show it: page, styles and scripts, compressed by gzip.
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
FILE = ROOT / "docs" / "colophon-figures.csv"
LANGUAGES = {"zh_CN": "", "en": "en"}  # as folio_languages in conf.py
PAGES = ("index.html", "resume.html", "skills/index.html", "projects/spiderpool.html", "search.html")
TABLES = ("measured", "build", "weight", "lighthouse")
RUNS = 3
_LOADED = re.compile(r'<(?:script|link)\b[^>]+\b(?:src|href)="([^"]+\.(?:js|css)[^"]*)"')
_PAGE = re.compile(r"^(?P<page>\S+\.html)\b(?P<scores>.*)$", re.MULTILINE)
_SCORE = re.compile(r"\b(?P<category>[a-z][a-z-]+)[ :=]+(?P<score>\d{1,3})\b")


class Row(NamedTuple):
    """A figure: the table and the row and column in it, its number if it is one, and what is shown."""

    table: str
    row: str
    column: str
    figure: str
    shown: str


def build(folder: Path, language: str) -> None:
    """Build the site in a language into a folder, strictly."""
    output = folder / "html" / LANGUAGES[language]
    strict = ("-q", "-n", "-W", "--keep-going")
    asked = ("-d", str(folder / f"doctrees-{language}"), "-D", f"language={language}")
    command = (sys.executable, "-m", "sphinx", "-b", "html", "-c", ".", *strict, *asked, "docs", str(output))
    subprocess.run(command, cwd=ROOT, check=True)


def seconds(folder: Path) -> tuple[float, float]:
    """Return how long it takes to build all languages side by side: by the clock, and of processors."""
    begin, used = time.perf_counter(), os.times()
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda language: build(folder, language), LANGUAGES))
    after = os.times()
    processor = after.children_user + after.children_system - used.children_user - used.children_system
    return time.perf_counter() - begin, processor


def build_rows(folder: Path) -> list[Row]:
    """Return the times of builds from nothing, and of builds with nothing to do; leave the site in the folder."""
    times = {
        "cold": [seconds(folder / f"cold-{run}") for run in range(RUNS)],
        "idle": [seconds(folder / "cold-0") for _run in range(RUNS)],
    }
    return [
        Row("build", name, column, f"{taken:.1f}", f"{taken:.1f} s")
        for name, runs in times.items()
        for column, taken in zip(("clock", "processor"), map(statistics.median, zip(*runs, strict=True)), strict=True)
    ]


def weight(site: Path, page: str) -> int:
    """Return how many bytes a browser has to fetch for a page, compressed."""
    path = site / page
    addresses = _LOADED.findall(path.read_text(encoding="utf-8"))
    files = {path.parent.joinpath(urlsplit(address).path).resolve() for address in addresses}
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in (path, *sorted(files)))


def weight_rows(site: Path) -> list[Row]:
    """Return the weights of pages in both languages, and of the heaviest."""
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if "_static" not in path.parts]
    weights = {page: weight(site, page) for page in pages}
    rows = []
    for page in PAGES:
        for language, folder in LANGUAGES.items():
            weighed = weights[f"{folder}/{page}".lstrip("/")]
            rows.append(Row("weight", page, language, str(weighed), f"{weighed / 1000:.1f} kB"))
    for language, folder in LANGUAGES.items():
        own = {page: found for page, found in weights.items() if page.startswith("en/") == bool(folder)}
        heaviest = max(own.values())
        rows.append(Row("weight", "heaviest", language, str(heaviest), f"{heaviest / 1000:.1f} kB"))
    return rows


def score_rows(said: str) -> list[Row]:
    """Return the scores that benchmarks/lighthouse.py has printed: a page and its categories in a line."""
    found = {
        (line["page"], score["category"]): score["score"]
        for line in _PAGE.finditer(said)
        for score in _SCORE.finditer(line["scores"])
    }
    return [Row("lighthouse", page, category, score, score) for (page, category), score in found.items()]


def measured_rows(day: str) -> list[Row]:
    """Return when, of which commit and on what it was measured."""
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


def known_rows() -> list[Row]:
    """Return what the file holds already."""
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file)]


def main() -> int:
    """Measure, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-lighthouse", action="store_true", help="keep the scores that the file has")
    arguments = parser.parse_args()
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    scores = [row for row in known_rows() if row.table == "lighthouse" or row[:2] == ("measured", "scores")]
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
                print("Lighthouse gave no scores: those of before are kept.", file=sys.stderr)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(sorted([*rows, *scores], key=lambda row: TABLES.index(row.table)))
    print(f"{len(rows) + len(scores)} figures in {FILE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
