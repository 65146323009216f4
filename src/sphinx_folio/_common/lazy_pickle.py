"""What lies in Sphinx's environment by page: packed, so that a build that does not ask for it does not unpack it."""

from __future__ import annotations

import hashlib
import pickle
from typing import Generic, TypeVar, cast

T = TypeVar("T")


class LazyPickle(Generic[T]):
    """A value of one page. It does not change once it is packed.

    The environment is loaded by every build, written by every build that reads a page, and sent from every process that
    reads pages to the first: a value of many small records is one string of bytes on these ways.
    """

    __slots__ = ("_bytes", "_digest", "_value")

    def __init__(self, value: T) -> None:
        """Keep a value, packed when the environment is."""
        self._value: T | None = value
        self._bytes: bytes | None = None
        self._digest = ""

    @property
    def value(self) -> T:
        """Return the value, unpacked when it is first asked for."""
        if self._value is None:
            self._value = pickle.loads(cast("bytes", self._bytes))  # noqa: S301  as Sphinx does with the environment
        return cast("T", self._value)

    @property
    def digest(self) -> str:
        """Return a digest of the value; equal ones may have several."""
        if not self._digest:
            self._digest = hashlib.sha256(self._packed()).hexdigest()[:16]
        return self._digest

    def _packed(self) -> bytes:
        if self._bytes is None:
            self._bytes = pickle.dumps(self._value, pickle.HIGHEST_PROTOCOL)
        return self._bytes

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the bytes alone."""
        return _of_bytes, (self._packed(), self._digest)


def _of_bytes(packed: bytes, digest: str) -> LazyPickle[object]:
    kept: LazyPickle[object] = LazyPickle.__new__(LazyPickle)
    kept._value, kept._bytes, kept._digest = None, packed, digest  # noqa: SLF001  its own
    return kept
