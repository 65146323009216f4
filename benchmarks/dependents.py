"""Check that an edit in a large portfolio rewrites only the pages that show it.

Usage: PYTHONPATH=src python benchmarks/dependents.py [projects] [skills]

The script generates a portfolio (by default, 1,000 projects with three highlights each, and 200 skills). It builds the
portfolio, builds it without a change, edits one highlight and builds it again. The exit code is 1 if the pages that the
last build wrote are not the pages that show the highlight.
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
    """Write the portfolio, with ten skills per page; return highlight → its skills."""
    rng = random.Random(seed)  # noqa: S311  reproducible, not for cryptography
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
    highlights = {}
    for number in range(projects):
        text = f"Project {number}\n=============\n\n.. project:: p{number}\n\n   What it is.\n"
        for claim in range(3):
            key = f"h{number}-{claim}"
            highlights[key] = rng.sample(range(skills), 3)
            tags = ", ".join(f"s{skill}" for skill in highlights[key])
            text += f"\n.. highlight:: {key}\n   :skills: {tags}\n\n   Claim {claim} of it.\n"
        (source / f"project{number}.rst").write_text(text, encoding="utf-8")
    return highlights


def build(source: Path, out: Path) -> tuple[set[str], float]:
    """Build the portfolio; return the names of the pages that were written, and the duration in seconds."""
    start_ns = time.time_ns()
    start = time.perf_counter()
    command = (sys.executable, "-m", "sphinx", "-q", "-d", out.with_name("doctrees"), source, out)
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - start
    return {path.stem for path in out.glob("*.html") if path.stat().st_mtime_ns >= start_ns}, seconds


def main() -> None:
    """Run the builds and print how many pages each wrote."""
    projects, skills = (int(number) for number in (*sys.argv[1:], *("1000", "200")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "source"), Path(folder, "html")
        highlights = write(source, projects, skills)
        written, seconds = build(source, out)
        print(f"clean build: {len(written)} pages, {seconds:.1f} s")
        written, seconds = build(source, out)
        print(f"build without a change: {len(written - {'search', 'genindex'})} pages, {seconds:.1f} s")
        edited = source / "project7.rst"
        edited.write_text(edited.read_text("utf-8").replace("Claim 1 of it.", "Another claim."), encoding="utf-8")
        written, seconds = build(source, out)
        expected = {"project7", "index"} | {f"skills{skill - skill % 10}" for skill in highlights["h7-1"]}
        rewritten = written - {"search", "genindex"}
        print(f"one highlight edited: {len(rewritten)} pages, {seconds:.1f} s; expected {sorted(expected)}")
        if rewritten != expected:
            sys.exit(f"not stale, but written: {sorted(rewritten - expected)}; stale: {sorted(expected - rewritten)}")


if __name__ == "__main__":
    main()
