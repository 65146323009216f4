"""SWHIDs (ISO/IEC 18670): identifiers of content that do not depend on a host, see https://www.swhid.org/.

The hashes of files, folders, commits and annotated tags are those of git.
"""

from __future__ import annotations

from urllib.parse import quote

ARCHIVE = "https://archive.softwareheritage.org/"
"""The archive that resolves the identifiers."""
TYPES = {"commit": "rev", "tag": "rel", "blob": "cnt", "tree": "dir"}
"""Type of a git object → type in a SWHID."""


def swhid(kind: str, oid: str) -> str:
    """Return the identifier of a git object, given by its type and its object ID (hash)."""
    return f"swh:1:{TYPES[kind]}:{oid}"


def qualified(
    identifier: str, *, origin: str, anchor: str = "", path: str = "", lines: tuple[int, int] | None = None
) -> str:
    """Return an identifier with its context.

    Args:
        identifier: The identifier.
        origin: The address of the repository.
        anchor: The identifier of the commit that contains it.
        path: The path of the file or folder in that commit.
        lines: The first and the last line.
    """
    found = [("origin", _escaped(origin)), ("anchor", anchor), ("path", _escaped(f"/{path}") if path else "")]
    if lines:
        found.append(("lines", f"{lines[0]}-{lines[1]}" if lines[0] != lines[1] else str(lines[0])))
    return ";".join((identifier, *(f"{name}={value}" for name, value in found if value)))


def archive_address(identifier: str) -> str:
    """Return the address of an identifier in the archive."""
    return ARCHIVE + quote(identifier, safe=":;=/@")


def _escaped(text: str) -> str:
    """Escape the characters that end a qualifier."""
    return text.replace("%", "%25").replace(";", "%3B")
