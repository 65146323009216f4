"""Measure the time from saving a file to the event in the browser with ``sphinx-folio live``, into benchmarks/live.md.

    nox -s bench -- live                           # 50 edits of this site, and 10 of a portfolio with 1,000 projects
    nox -s bench -- live --edits 20 --projects 0

Ten kinds of edits take turns. An edit is seen when the pages of all languages that show it have got the event that
reloads them. The next edit follows a second after the site is complete, as an author reads before going on; with
--pause 0 it follows at once, while the workers prepare for it, and waits for them. At the end, all files of the site
are compared with those of a clean build. CPU time is that of the workers from the start of a build to its event; it
depends less on what else the machine does.
"""

from __future__ import annotations

import argparse
import filecmp
import http.client
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple

from portfolios import generate, write

from sphinx_folio.cli.live.command import Live
from sphinx_folio.cli.live.server import HOST, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_folio.cli.live.site import Site

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "live.md"
PATIENCE = 300
"""Seconds after which a missing event is an error."""
RECORDS = {".buildinfo"}
"""Files that no reader gets: they record how the site was built."""


class Measured(Live):
    """A server in this process, which notes the CPU time that its workers report with the pages that they wrote."""

    def __init__(self, folder: Path, pages: str) -> None:
        """Serve a portfolio and wait for the first build."""
        self.folder, self.pages = folder, folder / pages
        super().__init__(folder / "build" / "live")
        self.add(folder, self.pages, "")
        self.costs: dict[str, float] = {}
        """The address of a page → CPU seconds from the start of the build until the page was reported."""
        self.server = Server(folder / "build" / "live" / "html", self.state, 0)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self._thread = threading.Thread(target=self.run)
        self._thread.start()
        self.wait_until_complete(0)

    def print(self, line: str) -> None:
        """Print nothing: what this script prints is enough."""

    def _handle(self, site: Site, message: dict[str, Any]) -> None:
        pages = [message["page"]] if "page" in message else message.get("pages", [])
        self.costs |= {site.address(page): message["cpu"] for page in pages}
        super()._handle(site, message)

    def events(self, page: str) -> Iterator[str]:
        """Yield the names of the events that a page in a browser gets from now on."""
        connection = http.client.HTTPConnection(HOST, self.server.server_address[1], timeout=PATIENCE)
        try:
            connection.request("GET", page)
            html = connection.getresponse().read().decode()
            address = re.findall(r'data-events="([^"]+)"', html)[-1].replace("&amp;", "&")
            connection.request("GET", address)
            response = connection.getresponse()
            while line := response.readline().decode():
                if line.startswith("event: "):
                    yield line[7:].strip()
        finally:
            connection.close()

    def wait_until_complete(self, number: int) -> None:
        """Wait until all that was changed after a change of the state is built completely."""
        limit = time.monotonic() + PATIENCE
        while not (self.state.number > number and self.state.current_report().get("complete")):
            if time.monotonic() > limit:
                raise TimeoutError(self.state.current_report())
            number = min(number, self.state.wait(self.state.number, 1.0))

    def time(self, edit: Edit) -> tuple[float, float]:
        """Save an edit; return the seconds, and the CPU seconds of the workers, until all its pages have the event.

        Return when the site is complete.
        """
        arrived: SimpleQueue[float] = SimpleQueue()
        ready = threading.Barrier(len(edit.pages) + 1)

        def listen(page: str) -> None:
            for number, name in enumerate(self.events(page)):
                if number == 0:
                    ready.wait()  # the first event is the report; from now on, the server knows this page
                if name == "reload":
                    arrived.put(time.perf_counter())
                    return

        for page in edit.pages:
            threading.Thread(target=listen, args=(page,), daemon=True).start()
        ready.wait()
        before, self.costs = self.state.number, {}
        start = time.perf_counter()
        edit.save()
        seen = max(arrived.get(timeout=PATIENCE) for _page in edit.pages)
        cpu = sum(self.costs.get(page, 0.0) for page in edit.pages)
        self.wait_until_complete(before)
        return seen - start, cpu

    def differences(self) -> list[str]:
        """Return the files that differ from those of a clean build."""
        clean = self.folder.with_name(f"{self.folder.name}-clean")  # outside of what the server watches
        words = ("--pages", str(self.pages), "--output", str(clean / "html"))
        command = [sys.executable, "-m", "sphinx_folio", "build", str(self.folder), *words]
        subprocess.run(command, check=False, capture_output=True)
        one, other = self.folder / "build" / "live" / "html", clean / "html"
        names = {path.relative_to(root) for root in (one, other) for path in root.rglob("*") if path.is_file()}
        return sorted(str(name) for name in names if name.name not in RECORDS and not _same(one / name, other / name))

    def end(self) -> None:
        """End the server and the workers."""
        self.is_running = False
        self._thread.join()
        self.stop()
        self.server.shutdown()
        self.server.server_close()


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


class Edit(NamedTuple):
    """An edit, and the pages that show it."""

    kind: str
    save: Callable[[], object]
    pages: tuple[str, ...]


def appended(path: Path, text: str) -> Callable[[], object]:
    """Return a function that adds a paragraph to a file."""

    def save() -> None:
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")

    return save


def replaced(path: Path, pattern: str, replacement: str) -> Callable[[], object]:
    """Return a function that replaces the first match in a file.

    Raises:
        ValueError: There is none: the benchmark has to follow the site.
    """

    def save() -> None:
        text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        if not count:
            raise ValueError(path, pattern)
        path.write_text(text, encoding="utf-8")

    return save


def edits_of_site(folder: Path, number: int) -> Iterator[Edit]:
    """Yield edits of this site, of ten kinds in turn."""
    docs = folder / "docs"
    index, home, new = docs / "spiderpool" / "index.md", docs / "index.md", docs / "new-page.md"
    about = ("/spiderpool/index.html", "/en/spiderpool/index.html")
    for turn in range(number // 10 + 1):
        mark = f"edit {turn}"
        yield Edit("a sentence", appended(index, f"A {mark}."), about)
        yield Edit("a heading", appended(index, f"## The {mark}"), about)
        yield Edit("a list", appended(index, f"- One {mark}\n- Two"), about)
        yield Edit("a link", appended(index, f"[{mark}](../resume.md)"), about)
        yield Edit("a skill in a text", appended(index, f"{{skill}}`go` in {mark}."), about)
        yield Edit("the résumé", appended(docs / "resume.md", f"An {mark}."), ("/resume.html", "/en/resume.html"))
        skills, more = docs / "skills" / "networking.md", rf"\1, {mark}"
        yield Edit("a skill's keywords", replaced(skills, r"^(:keywords: .*)$", more), ("/skills/networking.html",))
        yield Edit("a mistake", appended(index, f"{{skill}}`nothing-{turn}`"), about)
        yield Edit("its correction", replaced(index, rf"^{{skill}}`nothing-{turn}`$", "Corrected."), about)
        if turn % 2 == 0:
            new.write_text("# New\n", encoding="utf-8")
            change = replaced(home, r"^projects/index$", "projects/index\nnew-page")
        else:
            new.unlink()
            change = replaced(home, r"^new-page\n", "")
        yield Edit("a page, added or removed", change, ("/index.html", "/en/index.html"))


def edits_of_portfolio(folder: Path, number: int) -> Iterator[Edit]:
    """Yield edits of a generated portfolio: a word in a project."""
    for turn in range(number):
        project = folder / "projects" / f"p{turn + 7}.md"
        save = replaced(project, "How it works", "How it works again")
        yield Edit("a word in a project", save, (f"/projects/p{turn + 7}.html",))


def measure(live: Measured, edits: Iterator[Edit], number: int, pause: float) -> list[tuple[str, float, float]]:
    """Return the kind, the seconds and the CPU seconds of each edit; wait some seconds before each."""
    found = []
    for edit, _number in zip(edits, range(number), strict=False):
        time.sleep(pause)
        seconds, cpu = live.time(edit)
        print(f"{edit.kind}: {seconds:.2f} s, {cpu:.2f} s of CPU time", flush=True)
        found.append((edit.kind, seconds, cpu))
    return found


def row(name: str, found: list[tuple[str, float, float]]) -> str:
    """Return a row of the table."""
    cells = [name, str(len(found))]
    for column in (1, 2):
        values = [float(item[column]) for item in found]
        cut = statistics.quantiles(values, n=20, method="inclusive") if len(values) > 1 else values * 19
        cells += [f"{statistics.median(values):.2f}", f"{cut[18]:.2f}"]
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    """Measure, and write the results; return the exit code, 1 if the site differs from a clean build."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds before each edit (default: 1)")
    arguments = parser.parse_args()
    rows, same = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        folder.mkdir()
        for item in ("docs", "conf.py", "evidence.lock", "keys"):
            copy = shutil.copytree if (ROOT / item).is_dir() else shutil.copy
            copy(ROOT / item, folder / item)
        (folder / "src").symlink_to(ROOT / "src")
        live = Measured(folder, "docs")
        try:
            found = measure(live, edits_of_site(folder, arguments.edits), arguments.edits, arguments.pause)
            differences = live.differences()
        finally:
            live.end()
        kinds = list(dict.fromkeys(kind for kind, _seconds, _cpu in found))
        rows += [row(kind, [item for item in found if item[0] == kind]) for kind in kinds]
        rows.append(row("**this site, two languages**", found))
        same.append(("this site", differences))
        if arguments.projects:
            folder = Path(name, "generated")
            write("folio", generate(arguments.projects), folder)
            live = Measured(folder, ".")
            try:
                found = measure(live, edits_of_portfolio(folder, 10), 10, arguments.pause)
                differences = live.differences()
            finally:
                live.end()
            rows.append(row(f"**{arguments.projects:,} projects, one language**", found))
            same.append((f"{arguments.projects:,} projects", differences))
    write_results(rows, same, arguments.pause)
    return 1 if any(differences for _name, differences in same) else 0


def write_results(rows: list[str], same: list[tuple[str, list[str]]], pause: float) -> None:
    """Write the tables."""
    load = os.getloadavg()[1]
    lines = [
        "# From saving to seeing",
        "",
        "`nox -s bench -- live` wrote this file; `benchmarks/live.py` says what is measured.",
        f"Python {platform.python_version()}, Sphinx {version('sphinx')}, {os.cpu_count()} processors,",
        f"mean load while measuring: {load:.0f}. With a load above the number of processors, seconds include waiting",
        "for other programs. CPU time does not; it is the sum over all languages, which are built in parallel.",
        f"Each edit follows {pause:g} s after the site is complete.",
        "",
        "| edit | number | seconds, p50 | p95 | CPU seconds, p50 | p95 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        "",
        *(
            f"- {name}: " + (f"differs from a clean build in {', '.join(found)}" if found else "equal to a clean build")
            for name, found in same
        ),
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
