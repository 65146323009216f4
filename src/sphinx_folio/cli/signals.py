"""Let a command that is ended from outside clean up, as after Ctrl-C: it ends its processes and removes its files."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNALS = (signal.SIGTERM,) if sys.platform == "win32" else (signal.SIGTERM, signal.SIGHUP)


class EndedError(KeyboardInterrupt):
    """A signal has ended the command; what handles Ctrl-C handles this, too."""

    def __init__(self, number: int) -> None:
        """Note the number of the signal."""
        super().__init__()
        self.exit_code = 128 + number
        """What shells report."""


@contextmanager
def raised() -> Iterator[None]:
    """Raise :class:`EndedError` on the signals, except for those that are ignored, as by nohup, or handled already."""
    is_main = threading.current_thread() is threading.main_thread()  # another thread cannot have handlers
    handled = [number for number in SIGNALS if is_main and signal.getsignal(number) is signal.SIG_DFL]

    def end(number: int, _frame: object) -> None:
        restore()  # the same signal ends a command at once that does not end in time
        raise EndedError(number)

    def restore() -> None:
        for number in handled:
            signal.signal(number, signal.SIG_DFL)

    for number in handled:
        signal.signal(number, end)
    try:
        yield
    finally:
        restore()
