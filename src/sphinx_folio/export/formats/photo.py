"""Remove metadata, such as camera, place and time, from a photo, so that the PDF does not contain it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_START, _SCAN, _METADATA, _EXIF = b"\xff\xd8", 0xDA, 0xE1, b"Exif\0\0"
_KEPT_APPLICATION_DATA = {0xE0, 0xE2, 0xEE}
"""JFIF, color profiles, and how colors are stored (Adobe)."""
_APPLICATION_DATA, _COMMENT = range(0xE0, 0xF0), 0xFE
_FILL = 0xFF
"""A byte that may precede a marker any number of times (ITU-T T.81, B.1.1.2)."""
_ORIENTATION = 0x0112


def without_metadata(photo: bytes) -> bytes:
    """Return a JPEG without Exif data, except its orientation, and without XMP and comments; others unchanged.

    Typst leaves out the metadata of other formats.
    """
    if not photo.startswith(_START):
        return photo
    kept = [_START]
    for marker, segment in _segments(photo):
        if marker == _METADATA:
            kept.append(_only_orientation(segment[4:]))
        elif marker in _KEPT_APPLICATION_DATA or marker not in (*_APPLICATION_DATA, _COMMENT):
            kept.append(segment)
    return b"".join(kept)


def _segments(photo: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the markers of a JPEG with their segments; the last has all of the image from its first scan on."""
    position = len(_START)
    while position + 4 <= len(photo):
        if photo[position + 1] == _FILL:
            position += 1
            continue
        marker, length = photo[position + 1], int.from_bytes(photo[position + 2 : position + 4], "big")
        end = len(photo) if marker == _SCAN else position + 2 + length
        yield marker, photo[position:end]
        position = end


def _only_orientation(data: bytes) -> bytes:
    """Return a segment that has only the orientation of Exif data; empty if that has none."""
    tiff = data.removeprefix(_EXIF)
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if tiff == data or not order:
        return b""
    try:
        (directory,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, directory)
        entries = [struct.unpack_from(f"{order}HHIH", tiff, directory + 2 + 12 * number) for number in range(count)]
    except struct.error:
        return b""
    for tag, _type, _count, value in entries:
        if tag == _ORIENTATION:
            exif = _EXIF + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return b""
