"""What can be counted in a repository.

A question is a dictionary with the properties ``OPTIONS``:

- ``count``: commits, merged (the person's merged pull requests), reviews (those of others that the person merged),
  lines or added (the lines that pull requests added); ``by``: month, directory, package or pull-request, or nothing for
  a single figure; by month, several can be counted in one table;
- ``repository`` and ``revision``: the history in which commits and merges are counted;
- ``without``: commits that are left out;
- commits by month: ``areas``, which are names with patterns of paths, and ``events``, which are months with a text that
  is listed but not checked;
- by directory: the ``depth`` of the directories, ``below`` which ones, and the ``least`` number of commits to list;
- lines: ``packages``, which are folders with the revisions at which their lines are counted;
- by pull-request: ``pull-requests``, their numbers;
- lines and added: ``files``, patterns of paths.

A pattern that begins with an exclamation mark leaves out what it matches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTS: Mapping[str, tuple[str, ...]] = {
    "commits": ("", "month", "directory"),
    "merged": ("", "month"),
    "reviews": ("", "month"),
    "lines": ("package",),
    "added": ("pull-request",),
}
"""What can be counted → by what."""
OPTIONS = (
    "count",
    "by",
    "repository",
    "revision",
    "without",
    "areas",
    "events",
    "depth",
    "below",
    "least",
    "packages",
    "pull-requests",
    "files",
)
"""The properties of a question."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "lines": ("repository", "packages"),
    "added": ("repository", "revision", "pull-requests"),
}
"""What is counted → the properties that it needs, if not only those of ``NEEDED_BY_MOST``."""
NEEDED_BY_MOST = ("repository", "revision")
