"""Count the contributions to Spiderpool: what the commits touch, and which merges take in the work of others.

``python tests/site/contributions.py CLONE``, with a clone of spidernet-io/spiderpool, writes to ``tests/site/data/``:

- ``spiderpool-commit-areas.csv``: for each counted commit, its directories (``pkg/ipam``, ``cmd``), and ``tests`` if it
  touches a Go test;
- ``spiderpool-merges.csv``: the merge commits of pull requests that do not come from his fork.

From these and ``spiderpool-commits.csv``, it writes the tables of the page, ``docs/spiderpool/contributions-*.csv``; and
``docs/spiderpool/case-studies/testing-*.csv``, the lines of tests by package and by pull request.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

DATA = Path(__file__).parent / "data"
PAGES = Path(__file__).resolve().parents[2] / "docs" / "spiderpool"
MAIN = "a7fbd3b2968d13952572ab95092b2caf7aa08ea9"
RELEASE = "afe6f90b3442f4f2ecf3b69ead5930dd3f7f8b67"  # v0.5.1
SQUASH = "4d38ebfb74a6535f18ee9e4006be9a3ac89d17a7"  # the work of several people in one commit; it has no areas
AUTHOR = "^author iiice"  # he committed under two spellings
SHOWN = (
    "pkg/ipam",
    "pkg/ippoolmanager",
    "pkg/subnetmanager",
    "pkg/workloadendpointmanager",
    "pkg/reservedipmanager",
    "pkg/k8s",
    "pkg/limiter",
    "pkg/ip",
    "cmd",
    "docs",
    "tests",
)
TEST_PULL_REQUESTS = ("1097", "1157", "1178", "1181", "1189", "1251", "1258", "1354", "1402", "1472", "1489", "1577")
EVENTS = {
    "2022-05": "CODEOWNERS",
    "2022-09": "v0.2.0",
    "2022-10": "v0.3.0",
    "2023-02": "MAINTAINERS",
    "2023-03": "v0.4.0",
    "2023-04": "v0.4.1",
    "2023-05": "v0.5.0",
    "2023-06": "v0.5.1",
}


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


def count_tests(clone: str) -> list[dict[str, str]]:
    """Return, for each package, the lines of Go tests at v0.5.1 that git blame attributes to him."""
    files = git(clone, "ls-tree", "-r", "--name-only", RELEASE, "pkg", "cmd", "test").splitlines()
    counted: Counter[str] = Counter()
    for name in (name for name in files if name.endswith("_test.go")):
        blame = git(clone, "blame", "--line-porcelain", RELEASE, "--", name)
        counted["/".join(name.split("/")[:2]).removeprefix("pkg/")] += len(re.findall(AUTHOR, blame, re.MULTILINE))
    return [{"package": name, "lines": str(lines)} for name, lines in counted.most_common() if lines]


def count_test_steps(clone: str) -> list[dict[str, str]]:
    """Return, for each pull request that is about tests, the lines that it added to Go tests."""
    steps = []
    for number in TEST_PULL_REQUESTS:
        found = git(clone, "log", "--merges", "--format=%H %cs", f"--grep=Merge pull request #{number} from", MAIN)
        merge, date = found.split()[:2]
        added = git(clone, "diff", "--numstat", f"{merge}^1", merge, "--", "*_test.go", ":!vendor").splitlines()
        lines = sum(int(line.split("\t")[0]) for line in added)
        steps.append({"pull_request": f"#{number} · {date}", "lines": str(lines)})
    return steps


def timeline() -> list[dict[str, str]]:
    """Return the cells of the heat map: how many commits of a month touch an area, and what happened in the month."""
    month_of = {row["commit"]: row["author_date"][:7] for row in read("spiderpool-commits.csv")}
    counted: Counter[tuple[str, str]] = Counter()
    for row in read("spiderpool-commit-areas.csv"):
        counted.update((month_of[row["commit"]], area) for area in row["areas"].split())
    months = sorted({*month_of.values(), *EVENTS})
    cells = {(month, area): str(counted[month, area] or "") for month in months for area in SHOWN}
    cells |= {(month, "event"): EVENTS.get(month, "") for month in months}
    return [
        {"month": month, "area": area, "commits": cells[month, area]} for month in months for area in (*SHOWN, "event")
    ]


def work_by_month() -> list[dict[str, str]]:
    """Return, for each month, his commits and the pull requests of others that he merged."""
    counts = {
        "commits": Counter(row["author_date"][:7] for row in read("spiderpool-commits.csv")),
        "merges": Counter(row["date"][:7] for row in read("spiderpool-merges.csv")),
    }
    months = sorted(set().union(*counts.values()))
    return [
        {"month": month, "work": work, "count": str(counted[month])}
        for month in months
        for work, counted in counts.items()
    ]


if __name__ == "__main__":
    write(DATA / "spiderpool-commit-areas.csv", count_commits(sys.argv[1]))
    write(DATA / "spiderpool-merges.csv", count_merges(sys.argv[1]))
    write(PAGES / "contributions-areas.csv", timeline())
    write(PAGES / "contributions-months.csv", work_by_month())
    write(PAGES / "case-studies" / "testing-lines.csv", count_tests(sys.argv[1]))
    write(PAGES / "case-studies" / "testing-steps.csv", count_test_steps(sys.argv[1]))
