"""Count the contributions to Spiderpool: what the commits touch, and which merges take in the work of others.

``python tests/site/contributions.py CLONE``, with a clone of spidernet-io/spiderpool, writes to ``tests/site/data/``:

- ``spiderpool-commit-areas.csv``: for each counted commit, its directories (``pkg/ipam``, ``cmd``), and ``tests`` if it
  touches a Go test;
- ``spiderpool-merges.csv``: the merge commits of pull requests that do not come from his fork.

The tests compare these with the tables of the pages, which ``sphinx-folio verify`` counts in another way.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

DATA = Path(__file__).parent / "data"
MAIN = "a7fbd3b2968d13952572ab95092b2caf7aa08ea9"
SQUASH = "4d38ebfb74a6535f18ee9e4006be9a3ac89d17a7"  # the work of several people in one commit; it has no areas


def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write the rows to a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def git(clone: str, *arguments: str) -> str:
    """Return the output of a git command."""
    command = ["git", "-C", clone, *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def areas(files: list[str]) -> set[str]:
    """Return the areas of the files that a commit touches."""
    found = {"tests" for name in files if name.endswith("_test.go") and not name.startswith("vendor/")}
    for name in files:
        first, *rest = name.split("/")
        found.add(f"{first}/{rest[0]}" if first == "pkg" and len(rest) > 1 else first if rest else "(root)")
    return found


def count_commits(clone: str) -> list[dict[str, str]]:
    """Return the areas of each counted commit."""
    return [
        {"commit": row["commit"], "areas": " ".join(sorted(areas(files)))}
        for row in read("spiderpool-commits.csv")
        if row["commit"] != SQUASH
        and (files := git(clone, "show", "--first-parent", "--name-only", "--format=", row["commit"]).split("\n")[:-1])
    ]


def count_merges(clone: str) -> list[dict[str, str]]:
    """Return the merge commits under his name whose pull request comes from another fork or branch."""
    log = git(clone, "log", "--merges", "--reverse", "--author=^iiice", "--format=%H,%aI,%s", MAIN)
    found = re.findall(r"(\w{40}),(\S+),Merge pull request #(\d+) from (?!iiiceoo/)", log)
    return [{"commit": commit, "date": date, "pull_request": number} for commit, date, number in found]


if __name__ == "__main__":
    write(DATA / "spiderpool-commit-areas.csv", count_commits(sys.argv[1]))
    write(DATA / "spiderpool-merges.csv", count_merges(sys.argv[1]))
