"""Addresses on code hosts: those that refer to a branch, which moves, instead of a revision."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

FORGES = frozenset({"bitbucket.org", "codeberg.org", "gitee.com", "github.com", "gitlab.com"})
"""Hosts whose addresses name owner, repository and revision."""
_FILE_PATH = re.compile(r"/[^/]+/[^/]+/(?:blob|tree|raw|edit|blame|src)/(?P<ref>[^/]+)")
_GITLAB_PATH = re.compile(r"/.+?/-/(?:blob|tree|raw|edit|blame)/(?P<ref>[^/]+)")
_RAW_PATH = re.compile(r"/[^/]+/[^/]+/(?:refs/heads/)?(?P<ref>[^/]+)")
_FIXED_REF = re.compile(r"[0-9a-f]{7,64}|v?\d+(?:\.\d+)+(?:[-+.][\w.+-]+)?|[\w.-]+-v?\d+\.\d+\.\d+")


def moving_branch(address: str) -> str:
    """Return the branch in a URL on a code host, or an empty string if the URL is pinned or on another host.

    A commit or a version tag such as ``v0.5.1`` pins a URL; any other name is considered a branch.
    """
    match = _reference(address)
    return match["ref"] if match and not _FIXED_REF.fullmatch(match["ref"]) else ""


def pinned(address: str, revision: str) -> str:
    """Return a URL with its branch replaced by a revision, or an empty string if either is missing."""
    match = _reference(address)
    if not match or not revision:
        return ""
    parts = urlsplit(address)
    return parts._replace(path=parts.path[: match.start("ref")] + revision + parts.path[match.end("ref") :]).geturl()


def _reference(address: str) -> re.Match[str] | None:
    """Find the branch, tag or commit in the path of a URL on a code host."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if host == "raw.githubusercontent.com":
        return _RAW_PATH.match(parts.path)
    return _GITLAB_PATH.match(parts.path) or (_FILE_PATH.match(parts.path) if host in FORGES else None)
