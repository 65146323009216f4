"""What the address of evidence on a code host refers to: a pull request, a commit, a release, or lines of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_LINES = re.compile(r"L(?P<first>\d{1,7})(?:C\d+)?(?:-L?(?P<last>\d{1,7})(?:C\d+)?)?")
_PULL = re.compile(r"(?:-/)?(?:pull|pulls|merge_requests|pull-requests)/(?P<number>\d{1,9})(?:/.*)?")
_COMMIT = re.compile(r"(?:-/)?(?:commit|commits)/(?P<ref>[^/]+)/?")
_RELEASE = re.compile(r"(?:-/)?(?:releases/tag|-/releases|tags)/(?P<ref>.+?)/?|releases/download/(?P<file>[^/]+)/.*")
_FILE = re.compile(r"(?:-/)?(?:(?:blob|tree|raw|blame)|src/(?:commit|tag|branch)|src)/(?P<ref>[^/]+)(?:/(?P<path>.*))?")
_RAW_HOST = "raw.githubusercontent.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address refers to, within its repository."""

    repository: str
    kind: str
    """``pull-request``, ``commit``, ``release``, ``file``, or ``page`` for anything else."""
    number: int = 0
    """The number of a pull request."""
    ref: str = ""
    """A tag or a commit."""
    path: str = ""
    lines: tuple[int, int] | None = None
    """The first and the last line."""


def repository_address(text: str) -> str:
    """Return the address of a repository in its usual form: without ``.git`` and in lower case as hosts compare it."""
    parts = urlsplit(text.strip())
    path = parts.path.strip("/").removesuffix(".git")
    return f"https://{(parts.hostname or '').removeprefix('www.')}/{path}".lower()


def parse_address(url: str, repositories: tuple[str, ...]) -> Address | None:
    """Return what a URL refers to, or None if it is in none of the repositories."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host, path = (parts.hostname or "").removeprefix("www."), parts.path
    if host == _RAW_HOST:
        owner, name, rest = (*path.strip("/").split("/", 2), "", "", "")[:3]
        host, path = "github.com", f"/{owner}/{name}/raw/{rest.removeprefix('refs/tags/')}"
    for repository in repositories:
        start = repository_address(repository).removeprefix(f"https://{host.lower()}")
        if start.startswith("https://"):
            continue
        if path.lower() == start or path.lower().startswith(f"{start}/"):
            return _within(repository, path[len(start) :].strip("/"), parts.fragment)
    return None


def _within(repository: str, path: str, fragment: str) -> Address:
    if match := _PULL.fullmatch(path):
        return Address(repository=repository, kind="pull-request", number=int(match["number"]))
    if match := _COMMIT.fullmatch(path):
        return Address(repository=repository, kind="commit", ref=unquote(match["ref"]))
    if match := _RELEASE.fullmatch(path):
        return Address(repository=repository, kind="release", ref=unquote(match["ref"] or match["file"]))
    if match := _FILE.fullmatch(path):
        lines = _LINES.fullmatch(fragment)
        span = (int(lines["first"]), int(lines["last"] or lines["first"])) if lines else None
        where = unquote(match["path"] or "").strip("/")
        return Address(repository=repository, kind="file", ref=unquote(match["ref"]), path=where, lines=span)
    return Address(repository=repository, kind="page")
