"""Values in Sphinx's environment that are unpickled when they are first used."""

from __future__ import annotations

import hashlib
import pickle
from typing import Generic, TypeVar, cast

T = TypeVar("T")


class LazyPickle(Generic[T]):
    """A value that is pickled as bytes; do not change it after it was pickled or digested.

    Every build loads the environment, saves it if a page was read, and receives it from parallel readers. Handling one
    bytes object is much faster there than pickling many small records.
    """

    __slots__ = ("_bytes", "_digest", "_value")

    def __init__(self, value: T) -> None:
        """Wrap a value; it is pickled when its digest is needed or the environment is saved."""
        self._value: T | None = value
        self._bytes: bytes | None = None
        self._digest = ""

    @property
    def value(self) -> T:
        """Return the value; the first access unpickles it."""
        if self._value is None:
            self._value = pickle.loads(cast("bytes", self._bytes))  # noqa: S301  as Sphinx does with the environment
        return cast("T", self._value)

    @property
    def digest(self) -> str:
        """Return a digest of the pickled value; equal values may have different digests."""
        if not self._digest:
            self._digest = hashlib.sha256(self._pickled()).hexdigest()[:16]
        return self._digest

    def drop_value(self) -> None:
        """Free the memory of the value until it is used again; its bytes need much less."""
        self._pickled()
        self._value = None

    def _pickled(self) -> bytes:
        if self._bytes is None:
            self._bytes = pickle.dumps(self._value, pickle.HIGHEST_PROTOCOL)
        return self._bytes

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle only the bytes and the digest, not the value."""
        return _from_bytes, (self._pickled(), self._digest)


def _from_bytes(pickled: bytes, digest: str) -> LazyPickle[object]:
    lazy: LazyPickle[object] = LazyPickle.__new__(LazyPickle)
    lazy._value, lazy._bytes, lazy._digest = None, pickled, digest  # noqa: SLF001  a constructor of the same module
    return lazy
