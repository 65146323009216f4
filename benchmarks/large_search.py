"""Measure what the first query of a visit costs on a generated portfolio of 1,000 projects.

    python benchmarks/large_search.py [SITE] [--projects 1000] [--sentences 40]

SITE is the built site of ``portfolios.py folio``; without it, the site is built first, which takes minutes. The script
needs the packages of requirements-tests.lock and Chromium (CHROMIUM_PATH, or ``chromium`` on PATH).

Each query is typed into the dialog of a page that has just been loaded. Files are counted when they have arrived: those
until the first result is shown, and those until nothing more is loaded; sizes are gzip, level 9, without the engine's
scripts. CPU time is that of the page's main thread, including the scripts that it parses. The sentences are taken at
random, with a fixed seed, from the prose of the projects; every word of that is common.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from playwright.sync_api import sync_playwright
from portfolios import generate, write
from search import ROOT, QuietHandler

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from portfolios import Portfolio

SEED = 20261129
NOTE_FILES = """() => {
  let search;
  window.delivered = []; // names of index files, as they arrive
  window.firstResult = null; // those that had arrived when the first result was shown
  const noting = (deliver, name) => (...content) => {
    window.delivered.push(name || content[0]);
    return deliver(...content);
  };
  Object.defineProperty(window, "folioSearch", {
    get: () => search,
    set: (found) => {
      if (found.shard) Object.assign(found, { index: noting(found.index, "index.js"), shard: noting(found.shard) });
      search = found;
    },
  });
}"""
NOTE_FIRST_RESULT = """() => new MutationObserver((_, observer) => {
  const isAnswered = /^(No|0)\\b/.test(document.querySelector("dialog [role=status]")?.textContent || "");
  if (!isAnswered && !document.querySelector("dialog ol a")) return;
  observer.disconnect();
  window.firstResult = [...window.delivered];
}).observe(document.body, { childList: true, subtree: true, characterData: true })"""
ANSWER = """async (text) => {
  const engine = await folioSearch.engine();
  const { found } = await engine.search(text);
  return found.slice(0, 1).map(({ engine, record }) => engine.core.pages[record[0]][0]);
}"""


class Query(NamedTuple):
    """A query, its kind, and the page that it is taken from, if that must be the first result."""

    kind: str
    text: str
    page: str = ""


class Cost(NamedTuple):
    """What a query costs until the first result, and until nothing more is loaded."""

    requests: int
    size: int
    cpu: float
    all_requests: int
    all_size: int
    all_cpu: float
    is_first: bool | None
    """Whether the page that the query is taken from comes first."""


def sentences(portfolio: Portfolio, number: int, *, chinese: bool = False) -> list[Query]:
    """Return random sentences of 8 to 15 words, or runs of Chinese characters, with their pages."""
    rng = random.Random(SEED)  # noqa: S311  reproducible, not for cryptography
    found = []
    for project in rng.sample(portfolio.projects, number):
        text = rng.choice(project.paragraphs)
        if chinese:
            sentence = rng.choice([part.partition("，")[0].split()[-1] for part in text.split("。")[:-1]])
        else:
            sentence = rng.choice([part.rpartition("。")[2].strip() for part in text.split(".")[:-1]])
        found.append(Query("sentence", sentence, f"projects/p{project.number}.html"))
    return found


def queries(portfolio: Portfolio) -> list[Query]:
    """Return 20 queries of different kinds."""
    english = sentences(portfolio, 6)
    chinese = sentences(portfolio, 2, chinese=True)
    three = " ".join(english[4].text.split()[2:5]).lower()
    two = " ".join(english[5].text.split()[3:5]).lower()
    return [
        Query("word", "webhook"),
        Query("word", "snapsh"),
        Query("word", "快照"),
        Query("two words", "certificate audit"),
        Query("two words", "kernel memory leak"),
        Query("two words", "网络延迟"),
        Query("name", portfolio.projects[417].title, "projects/p417.html"),
        Query("name", portfolio.skills[45], "skills/"),
        Query("misspelled", "certifcate"),
        Query("unknown", "zeppelin"),
        Query("phrase", f'"{three}"', english[4].page),
        Query("phrase", f'"{two}"'),
        Query("phrase", '"metric trace"'),
        Query("phrase", f'"{chinese[1].text[3:10]}"', chinese[1].page),
        Query("exclusion", "webhook -latency"),
        Query("exclusion", f'webhook -"{two}"'),
        *english[:3],
        chinese[0],
    ]


def measure(page: Page, address: str, folder: Path, query: Query) -> Cost:
    """Type a query in a new visit."""

    def cpu() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    def size(names: list[str]) -> int:
        paths = [folder / "_static" / "folio-search" / name for name in names]
        return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in paths)

    page.add_init_script(f"({NOTE_FILES})()")
    page.goto(f"{address}/projects/p1.html")
    page.evaluate(NOTE_FIRST_RESULT)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.wait_for_timeout(50)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = cpu()
    page.keyboard.insert_text(query.text)
    page.wait_for_function("window.firstResult", polling=5, timeout=60_000)
    until_first = cpu() - start
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    until_end = cpu() - start
    first, everything = page.evaluate("[window.firstResult, window.delivered]")
    found: list[Any] = page.evaluate(ANSWER, query.text)
    is_first = bool(found) and found[0].startswith(query.page) if query.page else None
    return Cost(len(first), size(first), until_first, len(everything), size(everything), until_end, is_first)


def main() -> None:
    """Print a table of the queries, and how many sentences find their page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", nargs="?", type=Path)
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--sentences", type=int, default=40)
    options = parser.parse_args()
    portfolio = generate(options.projects)
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = options.site or Path(work, "html")
        if not options.site:
            write("folio", portfolio, Path(work, "source"))
            command = [sys.executable, "-m", "sphinx", "-q", "-j", "auto", str(Path(work, "source")), str(site)]
            subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        handler = functools.partial(QuietHandler, directory=str(site))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}"
            print(
                "| kind | query | requests | kB | CPU ms | requests in all | kB in all | CPU ms in all | page first |"
            )
            print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
            costs = []
            for query in queries(portfolio):
                page = browser.new_page()  # without a cache
                costs.append(cost := measure(page, address, site, query))
                page.close()
                print(
                    f"| {query.kind} | {query.text} | {cost.requests} | {cost.size / 1000:.0f} | {cost.cpu:.0f} | "
                    f"{cost.all_requests} | {cost.all_size / 1000:.0f} | {cost.all_cpu:.0f} | "
                    f"{'' if cost.is_first is None else 'yes' if cost.is_first else 'no'} |",
                    flush=True,
                )
            medians = [statistics.median(values) for values in list(zip(*costs, strict=True))[:6]]
            print("medians:", ", ".join(f"{value:.0f}" for value in medians))
            page = browser.new_page()
            page.goto(f"{address}/search.html")
            for chinese in (False, True):
                taken = sentences(portfolio, options.sentences, chinese=chinese)
                answers = [page.evaluate(ANSWER, query.text) for query in taken]
                right = sum(found[:1] == [query.page] for found, query in zip(answers, taken, strict=True))
                language = "Chinese" if chinese else "English"
                print(f"{language} sentences that find their page first: {right} of {len(taken)}")
            server.shutdown()
        browser.close()


if __name__ == "__main__":
    main()
