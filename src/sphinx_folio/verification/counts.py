"""Count in a repository what a CSV file claims; ``questions`` says what can be asked."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from sphinx_folio.verification.ladder import own_lines
from sphinx_folio.verification.repository import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_folio.verification.ladder import People, PullRequests
    from sphinx_folio.verification.objects import Commit
    from sphinx_folio.verification.repository import Repository

TEXT_COLUMN = "share"
"""A column for readers, which is not compared."""


_FORK = re.compile(r"Merge pull request #\d+ from (?P<owner>[^/\s]+)/")


class CountError(Exception):
    """A question cannot be answered; the message is a code."""


def answer(
    question: Mapping[str, Any], repository: Repository, people: People, pull_requests: PullRequests
) -> list[dict[str, str]]:
    """Return the rows that answer a question.

    Raises:
        CountError: The clone is incomplete.
        NotFoundError: A revision is not in the repository.
        GitError: An object is missing or damaged.
    """
    if repository.is_shallow:
        raise CountError("incomplete-clone")
    if not people:
        raise CountError("no-identities")
    kind, by = question["count"], question.get("by", "")
    if kind == "lines":
        return _lines(question, repository, people)
    if kind == "added":
        return _added(question, repository, pull_requests)
    if not isinstance(kind, str):
        return _several(question, repository, people, pull_requests)
    commits = _own_commits(question, repository, people, pull_requests)
    if by == "directory":
        return _by_directory(question, repository, commits)
    return _by_month(question, repository, commits) if by == "month" else [{kind: str(len(commits))}]


def as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Return rows as the text of a CSV file."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def matches(rows: Sequence[Mapping[str, str]], text: str) -> bool:
    """Return whether the text of a CSV file has the same rows, in any order."""
    claimed = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="", restval="")
    compared = [name for name in (rows[0] if rows else ()) if name != TEXT_COLUMN]
    return sorted([row.get(name) or "" for name in compared] for row in claimed) == sorted(
        [row[name] for name in compared] for row in rows
    )


def _own_commits(
    question: Mapping[str, Any], repository: Repository, people: People, pull_requests: PullRequests
) -> list[Commit]:
    """Return the commits that are counted: the person's, or the merges of the person's or of others' pull requests."""
    left_out = {repository.resolve(name).commit.oid for name in question.get("without", ())}
    reached = repository.reachable([repository.resolve(question["revision"]).commit.oid]) - left_out
    kind = question["count"]
    if kind == "commits":
        commits = map(repository.commit, sorted(reached))
        return [commit for commit in commits if len(commit.parents) < 2 and people.wrote(commit.author)]  # noqa: PLR2004
    merged = ([merge for merge in found if merge.oid in reached] for found in pull_requests.merges.values())
    merges = [min(found, key=_time) for found in merged if found]  # one may be merged again, after a revert
    if kind == "merged":
        return [merge for merge in merges if _is_own(merge, repository, people)]
    return [merge for merge in merges if people.wrote(merge.author) and not _is_own(merge, repository, people)]


def _is_own(merge: Commit, repository: Repository, people: People) -> bool:
    """Return whether a merged pull request is the person's.

    It is, if it comes from the person's fork, which GitHub names in the merge. From another place, the person must have
    written and committed its last commit: others may cherry-pick what the person wrote.
    """
    fork = _FORK.match(merge.subject)
    if fork and people.include(fork["owner"], ""):
        return True
    for oid in repository.parents(merge)[1:]:
        commit = repository.commit(oid)
        while len(commit.parents) > 1 and repository.parents(commit):  # the branch was updated from its target
            commit = repository.commit(commit.parents[0])
        if people.wrote(commit.author) and people.wrote(commit.committer):
            return True
    return False


def _time(commit: Commit) -> tuple[int, str]:
    """Return when a commit was made."""
    return commit.committer.time if commit.committer else 0, commit.oid


def _month(commit: Commit) -> str:
    """Return the month in which a commit was written, or a merge was made, in the time zone of its author."""
    days = commit.author.dates() if commit.author else ()
    return days[0][: len("2022-04")] if days else ""


def _by_directory(
    question: Mapping[str, Any], repository: Repository, commits: Iterable[Commit]
) -> list[dict[str, str]]:
    """Return the number of commits that change files in each directory, most first."""
    counts: Counter[str] = Counter()
    below = tuple(f"{folder}/" for folder in question.get("below", ())) or ("",)
    depth = question.get("depth", 1)
    for commit in commits:
        found = (path.split("/") for path in repository.changed(commit) if path.startswith(below))
        counts.update({"/".join(parts[:depth]) for parts in found if len(parts) > depth})
    least = question.get("least", 1)
    rows = [(name, number) for name, number in counts.items() if number >= least]
    return [
        {"directory": name, "commits": str(number)} for name, number in sorted(rows, key=lambda row: (-row[1], row[0]))
    ]


def _by_month(question: Mapping[str, Any], repository: Repository, commits: Iterable[Commit]) -> list[dict[str, str]]:
    """Return the number of commits in each month; with areas, of those that change files of each area, and events."""
    if "areas" not in question:
        numbers = Counter(map(_month, commits))
        return [{"month": month, question["count"]: str(number)} for month, number in sorted(numbers.items())]
    areas: Mapping[str, Sequence[str]] = question["areas"]
    events: Mapping[str, str] = question.get("events", {})
    counts: Counter[tuple[str, str]] = Counter()
    months = {*events}
    for commit in commits:
        month, paths = _month(commit), repository.changed(commit)
        months.add(month)
        counts.update(
            (month, name) for name, patterns in areas.items() if any(_matches(path, patterns) for path in paths)
        )
    rows = []
    for month in sorted(months):
        rows += [{"month": month, "area": name, "commits": str(counts[month, name])} for name in areas]
        if events:
            rows.append({"month": month, "area": "event", "commits": events.get(month, "")})
    return rows


def _several(
    question: Mapping[str, Any], repository: Repository, people: People, pull_requests: PullRequests
) -> list[dict[str, str]]:
    """Return several counts for each month in which one of them is not 0."""
    counts = {
        kind: Counter(map(_month, _own_commits({**question, "count": kind}, repository, people, pull_requests)))
        for kind in question["count"]
    }
    months = sorted(set[str]().union(*counts.values()))
    return [
        {"month": month, "work": kind, "count": str(counted[month])}
        for month in months
        for kind, counted in counts.items()
    ]


def _added(question: Mapping[str, Any], repository: Repository, pull_requests: PullRequests) -> list[dict[str, str]]:
    """Return the lines that each pull request added when it was merged, with the day of the merge."""
    patterns = question.get("files", ("*",))
    reached = repository.reachable([repository.resolve(question["revision"]).commit.oid])
    rows = []
    for number in question["pull-requests"]:
        found = [merge for merge in pull_requests.merges.get(number, ()) if merge.oid in reached]
        if not found:
            raise NotFoundError("missing")
        merge = min(found, key=_time)
        days = merge.committer.dates() if merge.committer else ()
        lines = sum(lines for path, lines in repository.added(merge).items() if _matches(path, patterns))
        rows.append({"pull_request": " · ".join([f"#{number}", *days[:1]]), "lines": str(lines)})
    return rows


def start(question: Mapping[str, Any], repository: Repository) -> None:
    """Start in the background what takes long to answer a question.

    Raises:
        NotFoundError: A revision is not in the repository.
        GitError: An object is missing or damaged.
    """
    if question["count"] == "lines" and not repository.is_shallow:
        commits = [(package, repository.resolve(revision).commit) for package, revision in _packages(question)]
        repository.start_blame(
            (commit, path) for package, commit in commits for path in _files(question, repository, commit, package)
        )


def _packages(question: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each package with each revision at which its lines are counted."""
    yield from ((package, revision) for package, names in question["packages"].items() for revision in names)


def _files(question: Mapping[str, Any], repository: Repository, commit: Commit, package: str) -> list[str]:
    patterns = question.get("files", ("*",))
    return [path for path in repository.files(commit, package) if _matches(path, patterns)]


def _lines(question: Mapping[str, Any], repository: Repository, people: People) -> list[dict[str, str]]:
    """Return the lines in each package that the person changed last, and their share in percent."""
    rows = []
    for package, revision in _packages(question):
        commit = repository.resolve(revision).commit
        counted = [repository.blame(commit, path) for path in _files(question, repository, commit, package)]
        total = sum(sum(counts.values()) for counts in counted)
        own = sum(own_lines(repository, people, counts) for counts in counted)
        percent = f"{100 * own / total:.0f}" if total else "0"
        rows.append(
            {
                "package": package,
                "revision": revision,
                "lines": str(own),
                "percent": percent,
                "share": f"{percent}%",
            }
        )
    return rows


def _matches(path: str, patterns: Iterable[str]) -> bool:
    """Return whether a path matches a pattern, and none that begins with an exclamation mark; ``*`` matches slashes."""
    wanted = [pattern for pattern in patterns if not pattern.startswith("!")]
    unwanted = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    return any(fnmatchcase(path, pattern) for pattern in wanted) and not any(
        fnmatchcase(path, pattern) for pattern in unwanted
    )
