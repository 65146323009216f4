"""The model of contention on the page how-it-works, as a reference for the script of the page and for its table.

Two nodes allocate addresses from a pool of 16. A step takes 5 ms of model time; a read or a write takes one to three
steps, drawn from a fixed seed. A write succeeds if nobody has written the object since the read. A request makes up to
five attempts; the delays between them are 10 ms, each next one 1.5 times as long, rounded up to whole steps.
"""

from __future__ import annotations

import sys
from itertools import count
from typing import NamedTuple

SEED = 209
"""A run whose results are close to the medians of a thousand runs; a test compares them."""
POOL = 16
MS_PER_STEP = 5
BACKOFF = (2, 3, 5, 7)
"""Steps before the second and each later attempt: 10, 15, 22.5 and 33.75 ms."""
MODES = {"tickets": "共享池，有令牌", "free": "共享池，无令牌", "blocks": "每节点一个地址块"}
LOADS = ((8, 8), (12, 4))
WORKING = {"read", "write", "wait"}


class Result(NamedTuple):
    """What one run comes to."""

    writes: int
    conflicts: int
    failed: int
    milliseconds: int


class Request:
    """A Pod's request on a node, for an address of an object: the pool or the block."""

    def __init__(self, node: int, target: int) -> None:
        """Begin in the queue."""
        self.node, self.target = node, target
        self.phase, self.left, self.seen, self.attempts = "queue", 0, 0, 0


class Run:
    """One run, from the arrival of all requests to the last of them that is done or has failed."""

    def __init__(self, mode: str, load: tuple[int, int], seed: int) -> None:
        """Begin with all requests in the queue."""
        self.mode, self.state = mode, seed
        self.requests = [
            Request(node, node if mode == "blocks" else 0) for node in (0, 1) for _pod in range(load[node])
        ]
        self.capacity = POOL // 2 if mode == "blocks" else POOL
        self.versions = [0, 0]
        """Of each object; it is also the number of addresses that are taken."""
        self.writes = self.conflicts = 0

    def result(self) -> Result:
        """Step to the end."""
        self.admit()
        for step in count(1):
            for request in self.requests if step % 2 else reversed(self.requests):  # so that no node is always first
                if request.phase in WORKING:
                    self.advance(request)
            self.admit()
            if all(request.phase in {"done", "failed"} for request in self.requests):
                failed = sum(request.phase == "failed" for request in self.requests)
                return Result(self.writes, self.conflicts, failed, step * MS_PER_STEP)
        raise AssertionError

    def begin(self, request: Request, phase: str) -> None:
        """Begin a read or a write; it takes one to three steps."""
        self.state = self.state * 16807 % 2147483647
        request.phase, request.left = phase, 1 + self.state % 3

    def admit(self) -> None:
        """Let requests read that have a ticket, or need none."""
        for request in self.requests:
            is_busy = any(other.node == request.node and other.phase in WORKING for other in self.requests)
            if request.phase == "queue" and (self.mode == "free" or not is_busy):
                self.begin(request, "read")

    def advance(self, request: Request) -> None:
        """Work on a request for a step."""
        request.left -= 1
        if request.left:
            return
        if request.phase == "wait":
            self.begin(request, "read")
        elif request.phase == "write":
            self.finish_write(request)
        else:
            request.seen = self.versions[request.target]
            if request.seen == self.capacity:
                request.phase = "failed"
            else:
                self.begin(request, "write")

    def finish_write(self, request: Request) -> None:
        """Take an address, or conflict: then wait, or give up."""
        self.writes += 1
        request.attempts += 1
        if request.seen == self.versions[request.target]:
            self.versions[request.target] += 1
            request.phase = "done"
            return
        self.conflicts += 1
        if request.attempts > len(BACKOFF):
            request.phase = "failed"
        else:
            request.phase, request.left = "wait", BACKOFF[request.attempts - 1]


def run(mode: str, load: tuple[int, int], seed: int = SEED) -> Result:
    """Return the result of a run."""
    return Run(mode, load, seed).result()


def table() -> list[list[str]]:
    """Return the rows of the table on the page."""
    return [["方式", "Pod 数", "写入次数", "冲突次数", "失败数", "耗时（ms）"]] + [
        [name, " + ".join(map(str, load)), *map(str, run(mode, load))] for load in LOADS for mode, name in MODES.items()
    ]


if __name__ == "__main__":  # python tests/site/model.py > docs/spiderpool/contention-model.csv
    sys.stdout.write("".join(",".join(row) + "\n" for row in table()))
