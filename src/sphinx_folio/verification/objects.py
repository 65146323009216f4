"""Commits, tags and trees, parsed from objects whose content matches their name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from sphinx_folio.verification.git import InvalidObjectError, Raw

_IDENTITY = re.compile(rb"(?P<name>.*?) ?<(?P<email>[^<>]*)> (?P<time>-?\d{1,12}) (?P<zone>[+-]\d{4})")
_SIGNATURES = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN PGP MESSAGE-----", b"-----BEGIN SSH SIGNATURE-----")


class Identity(NamedTuple):
    """Who did something, and when, according to a field that anyone can write."""

    name: str
    email: str
    time: int
    """Seconds since 1970."""
    zone: int
    """The offset of the time zone in minutes."""

    def dates(self) -> tuple[str, ...]:
        """Return the date in the time zone of the field and in UTC; none if the time is implausible."""
        try:
            moment = datetime.fromtimestamp(self.time, UTC)
            local = moment.astimezone(timezone(timedelta(minutes=self.zone)))
        except (ValueError, OverflowError, OSError):
            return ()
        return tuple(dict.fromkeys(day.date().isoformat() for day in (local, moment)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: Identity | None
    """None if the field is malformed or there are several."""
    committer: Identity | None
    message: str
    payload: bytes
    """What a signature signs."""
    signature: bytes
    """The signature; empty if it is not signed."""

    @property
    def subject(self) -> str:
        """Return the first line of the message."""
        return self.message.partition("\n")[0].strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An annotated tag."""

    oid: str
    target: str
    kind: str
    """The type of the target."""
    tagger: Identity | None
    payload: bytes
    signature: bytes


class TreeItem(NamedTuple):
    """A line of a tree."""

    mode: str
    oid: str


def checked(oid: str, raw: Raw) -> Raw:
    """Return an object if its content matches its name.

    Raises:
        InvalidObjectError: It does not match: the object is damaged or forged.
    """
    header = f"{raw.kind} {len(raw.content)}\0".encode()
    if hashlib.sha1(header + raw.content, usedforsecurity=False).hexdigest() != oid:
        raise InvalidObjectError(f"the content of the object {oid} does not match its name")
    return raw


def parse_commit(oid: str, content: bytes) -> Commit:
    """Return a commit.

    Raises:
        InvalidObjectError: It is malformed.
    """
    header, _, message = content.partition(b"\n\n")
    fields, signature = _fields(header)
    trees = fields.get(b"tree", [])
    if len(trees) != 1 or b"\0" in header:
        raise InvalidObjectError(f"the commit {oid} is malformed")
    return Commit(
        oid=oid,
        tree=trees[0].decode("ascii", "replace"),
        parents=tuple(parent.decode("ascii", "replace") for parent in fields.get(b"parent", [])),
        author=_identity(fields, b"author"),
        committer=_identity(fields, b"committer"),
        message=_decoded(message, fields),
        payload=_without_signature(header) + b"\n\n" + message,
        signature=signature,
    )


def parse_tag(oid: str, content: bytes) -> Tag:
    """Return an annotated tag.

    Raises:
        InvalidObjectError: It is malformed.
    """
    header, _, _message = content.partition(b"\n\n")
    fields, _signature = _fields(header)
    if [len(fields.get(name, [])) for name in (b"object", b"type")] != [1, 1] or b"\0" in content:
        raise InvalidObjectError(f"the tag {oid} is malformed")
    starts = (content.rfind(b"\n" + mark) for mark in _SIGNATURES)
    start = max((found + 1 for found in starts if found >= 0), default=len(content))
    return Tag(
        oid=oid,
        target=fields[b"object"][0].decode("ascii", "replace"),
        kind=fields[b"type"][0].decode("ascii", "replace"),
        tagger=_identity(fields, b"tagger"),
        payload=content[:start],
        signature=content[start:],
    )


def parse_tree(oid: str, content: bytes) -> dict[bytes, TreeItem]:
    """Return the items of a tree by name.

    Raises:
        InvalidObjectError: It is malformed.
    """
    items: dict[bytes, TreeItem] = {}
    start = 0
    while start < len(content):
        end = content.find(b"\0", start)
        mode, _, name = content[start:end].partition(b" ")
        if end < 0 or not name or len(content) < end + 21:
            raise InvalidObjectError(f"the tree {oid} is malformed")
        items[name] = TreeItem(mode.decode("ascii", "replace"), content[end + 1 : end + 21].hex())
        start = end + 21
    return items


def _fields(header: bytes) -> tuple[dict[bytes, list[bytes]], bytes]:
    """Return the fields of a header, and the signature."""
    fields: dict[bytes, list[bytes]] = {}
    last: list[bytes] = []
    for line in header.split(b"\n"):
        if line.startswith(b" ") and last:
            last[-1] += b"\n" + line[1:]
        else:
            name, _, value = line.partition(b" ")
            last = fields.setdefault(name, [])
            last.append(value)
    signatures = fields.get(b"gpgsig", [])
    return fields, signatures[0] + b"\n" if len(signatures) == 1 else b""


def _without_signature(header: bytes) -> bytes:
    lines, inside = [], False
    for line in header.split(b"\n"):
        inside = line.startswith((b"gpgsig ", b"gpgsig-sha256 ")) or (inside and line.startswith(b" "))
        if not inside:
            lines.append(line)
    return b"\n".join(lines)


def _identity(fields: dict[bytes, list[bytes]], field: bytes) -> Identity | None:
    values = fields.get(field, [])
    match = _IDENTITY.fullmatch(values[0]) if len(values) == 1 else None
    if not match:
        return None
    zone = int(match["zone"])
    minutes = abs(zone) // 100 * 60 + abs(zone) % 100
    name, email = (_decoded(match[group], fields).strip() for group in ("name", "email"))
    return Identity(name, email, int(match["time"]), minutes if zone >= 0 else -minutes)


def _decoded(text: bytes, fields: dict[bytes, list[bytes]]) -> str:
    """Return a text in the encoding of its commit, or in UTF-8 if that is unknown or cannot decode it."""
    encoding = fields.get(b"encoding", [b"utf-8"])[0].decode("ascii", "replace")
    try:
        return text.decode(encoding, "replace")
    except (LookupError, ValueError):
        return text.decode("utf-8", "replace")
