"""What browsers show: which pages have changed, and the warnings."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVERYTHING = ""
"""The address that stands for all pages."""


class State:
    """The state of the site, which threads wait for. Each change has a number."""

    def __init__(self) -> None:
        """Start without changes."""
        self._condition = threading.Condition()
        self._changed: dict[str, int] = {}
        self._viewed: Counter[str] = Counter()
        self._questions: list[Future[Any]] = []
        self._report: dict[str, Any] = {}
        self.number = 0

    def note_pages(self, addresses: Iterable[str], *, everything: bool = False) -> None:
        """Note that pages were written; addresses begin with a slash."""
        with self._condition:
            self.number += 1
            self._changed |= dict.fromkeys([*addresses, *([EVERYTHING] if everything else [])], self.number)
            self._condition.notify_all()

    @contextmanager
    def viewing(self, address: str) -> Iterator[None]:
        """Note that a browser shows a page."""
        with self._condition:
            self._viewed[address] += 1
        try:
            yield
        finally:
            with self._condition:
                self._viewed[address] -= 1

    def viewed(self) -> list[str]:
        """Return the addresses of the pages that browsers show."""
        with self._condition:
            return sorted(+self._viewed)

    def report(self, report: dict[str, Any]) -> None:
        """Replace what all pages show: warnings and errors."""
        with self._condition:
            if report != self._report:
                self.number += 1
                self._report = report
                self._condition.notify_all()

    def wait(self, number: int, seconds: float) -> int:
        """Wait until there is a change after the given number, but not longer than some seconds; return its number."""
        with self._condition:
            self._condition.wait_for(lambda: self.number > number, seconds)
            return self.number

    def ask(self, seconds: float) -> Any:
        """Return the result of a complete build of all that is saved by now; None if it takes longer than that."""
        question: Future[Any] = Future()
        with self._condition:
            self._questions.append(question)
        try:
            return question.result(seconds)
        except TimeoutError:
            return None

    def questions(self) -> list[Future[Any]]:
        """Return the questions for a result that are open."""
        with self._condition:
            return [*self._questions]

    def answer(self, questions: Iterable[Future[Any]], result: Any) -> None:
        """Answer questions with the result of a build that has all that was saved when they were asked."""
        for question in questions:
            question.set_result(result)
        with self._condition:
            self._questions = [question for question in self._questions if not question.done()]

    def current_report(self) -> dict[str, Any]:
        """Return what all pages show."""
        with self._condition:
            return self._report

    def has_changed(self, address: str, number: int) -> bool:
        """Return whether a page was written after the change with the given number."""
        with self._condition:
            return max(self._changed.get(address, 0), self._changed.get(EVERYTHING, 0)) > number
