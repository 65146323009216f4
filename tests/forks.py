"""Start Python modules in processes that are forked from one with the imports of most builds, which take longer than they.

``Forks.popen`` starts this file as a client, a process that any code may wait for, signal and kill as it does with the
module itself. The client sends its arguments, environment and streams to the server, and ends as the module ends.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress

MODULES = (
    *("myst_parser.parsers.sphinx_", "myst_parser.sphinx_ext.main", "furo", "docx", "jinja2.ext", "pypinyin", "typst"),
    *("rendercv_fonts", "sphinx_folio.cli.live.builder", "sphinx_folio.export", "sphinx_folio.extension"),
    *("sphinx_folio.csp", "sphinx_folio.languages", "sphinx_folio.navigation", "sphinx_folio.search"),
    *("sphinx_folio.social",),
)
"""What most builds import, in addition to Sphinx and its own extensions."""


class Forks:
    """A server of forked processes."""

    def __init__(self, folder: str) -> None:
        """Start it; its socket is in a folder with a short path."""
        self.address = os.path.join(folder, "forks")  # noqa: PTH118  the client has no time for pathlib
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(64)
            number = listener.fileno()
            command = [sys.executable, __file__, str(number)]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # with that of pytest
            self.process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, pass_fds=[number])

    def popen(self, command: tuple[str, ...], **options: object) -> subprocess.Popen[str]:
        """Start ``python -m MODULE`` as a fork."""
        client = (sys.executable, "-I", "-S", __file__, self.address)
        return subprocess.Popen((*client, *command[2:]), **options)  # type: ignore[call-overload, no-any-return]

    def stop(self) -> None:
        """Stop the server."""
        self.process.communicate()


def ask(address: str, arguments: list[str]) -> None:
    """Run a module as a fork of the server, and end as it does."""
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(address)
        socket.send_fds(server, [b"."], [0, 1, 2])
        with server.makefile("rw", encoding="utf-8") as lines:
            request = [arguments, os.getcwd(), dict(os.environ)]  # noqa: PTH109  as above
            lines.write(f"{json.dumps(request)}\n")
            lines.flush()
            pid = int(lines.readline())
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda number, _frame: os.kill(pid, number))
            code = int(lines.readline())
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)


def serve(listener: socket.socket) -> None:
    """Answer clients; return in each process that is to run a module."""
    while True:
        with suppress(ChildProcessError):  # there is none yet
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if 0 in select.select([listener.fileno(), 0], [], [])[0]:  # the end of the tests
            os._exit(0)
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _, streams, _, _ = socket.recv_fds(connection, 1, 3)
            lines = connection.makefile("rw", encoding="utf-8")
            sys.argv, folder, environment = json.loads(lines.readline())
            pid = os.fork()
            if pid == 0:
                connection.close()
                become(streams, folder, environment)
                return
            for stream in (0, 1, 2, *streams):
                os.close(stream)
            lines.write(f"{pid}\n")
            lines.flush()
            ended = os.pidfd_open(pid)
            if ended not in select.select([connection.fileno(), ended], [], [])[0]:  # the client has been killed
                os.kill(pid, signal.SIGKILL)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            with suppress(OSError):
                lines.write(f"{code}\n")
                lines.flush()
            os._exit(0)
        connection.close()


def become(streams: list[int], folder: str, environment: dict[str, str]) -> None:
    """Take over streams, a folder and an environment."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path.insert(0, folder)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115  a stream
    for name, number in (("stdout", 1), ("stderr", 2)):
        setattr(sys, name, open(number, "w", encoding="utf-8", errors="backslashreplace", buffering=1))  # noqa: PTH123, SIM115


if __name__ == "__main__" and len(sys.argv) > 2:
    ask(sys.argv[1], sys.argv[2:])
elif __name__ == "__main__":
    import runpy
    from importlib import import_module

    from sphinx.application import builtin_extensions

    for module in ("sphinx.cmd.build", *builtin_extensions, *MODULES):
        import_module(module)
    serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
