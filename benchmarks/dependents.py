"""Count the pages that one edit writes again in a large portfolio.

Usage: PYTHONPATH=src python benchmarks/dependents.py [projects] [skills]

A portfolio of so many projects (1,000 by default, with three highlights each) and skills (200) is built twice: once
clean, then after one highlight was touched. What the second build wrote is compared with what shows that highlight.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONF = """
extensions = ["sphinx_folio"]
primary_domain = "folio"
html_theme = "basic"
folio_levels = ["aware", "working", "expert"]
folio_categories = {"languages": "Languages"}
folio_today = "2026-11-30"
"""


def write(source: Path, projects: int, skills: int, seed: int = 1) -> dict[str, list[int]]:
    """Write the portfolio, ten skills a page; return the skills of every highlight."""
    chooser = random.Random(seed)  # noqa: S311  replayable, not secret
    source.mkdir()
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    names = [f"skills{page}" for page in range(0, skills, 10)] + [f"project{number}" for number in range(projects)]
    toctree = "".join(f"   {name}\n" for name in names)
    (source / "index.rst").write_text(f"Home\n====\n\n.. toctree::\n\n{toctree}", encoding="utf-8")
    for first in range(0, skills, 10):
        entries = (
            f"\nSkill {key}\n---------\n\n.. skill:: s{key}\n   :category: languages\n"
            for key in range(first, min(first + 10, skills))
        )
        (source / f"skills{first}.rst").write_text("Skills\n======\n" + "".join(entries), encoding="utf-8")
    shown = {}
    for number in range(projects):
        text = f"Project {number}\n=============\n\n.. project:: p{number}\n\n   What it is.\n"
        for claim in range(3):
            key = f"h{number}-{claim}"
            shown[key] = chooser.sample(range(skills), 3)
            tags = ", ".join(f"s{skill}" for skill in shown[key])
            text += f"\n.. highlight:: {key}\n   :skills: {tags}\n\n   Claim {claim} of it.\n"
        (source / f"project{number}.rst").write_text(text, encoding="utf-8")
    return shown


def build(source: Path, out: Path) -> tuple[set[str], float]:
    """Build, and return the pages written and the seconds it took."""
    begun = time.time_ns()
    started = time.perf_counter()
    command = (sys.executable, "-m", "sphinx", "-q", "-d", out.with_name("doctrees"), source, out)
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - started
    return {path.stem for path in out.glob("*.html") if path.stat().st_mtime_ns >= begun}, seconds


def main() -> None:
    """Build, touch, build again, and print the counts."""
    projects, skills = (int(number) for number in (*sys.argv[1:], *("1000", "200")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "source"), Path(folder, "html")
        shown = write(source, projects, skills)
        written, seconds = build(source, out)
        print(f"clean build: {len(written)} pages, {seconds:.1f} s")
        written, seconds = build(source, out)
        print(f"idle build: {len(written - {'search', 'genindex'})} pages, {seconds:.1f} s")
        touched = source / "project7.rst"
        touched.write_text(touched.read_text("utf-8").replace("Claim 1 of it.", "Another claim."), encoding="utf-8")
        written, seconds = build(source, out)
        expected = {"project7", "index"} | {f"skills{skill - skill % 10}" for skill in shown["h7-1"]}
        got = written - {"search", "genindex"}
        print(f"one highlight edited: {len(got)} pages, {seconds:.1f} s; expected {len(expected)}: {sorted(expected)}")
        if got != expected:
            sys.exit(f"written without need: {sorted(got - expected)}; missed: {sorted(expected - got)}")


if __name__ == "__main__":
    main()
