"""Run Lighthouse (https://github.com/GoogleChrome/lighthouse) with mobile emulation on pages of the built site.

``nox -s lighthouse`` builds the site and runs this script. It needs Node (for ``npx``) and Chromium. The script serves
the site with gzip compression and cache headers, as hosts do.

It prints the scores of each page, and what lowers them. A score that only the name of a skill lowers counts as 100. The
score of performance varies with what else the machine does: where the first is below 100, the median of five counts, as
Lighthouse recommends (https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md). Then it prints the
time to the first paint on slow 3G (400 kbit/s, and 400 ms for each request, as WebPageTest defines it; connecting is
not included), the median of five.

By default, it looks at the most important pages; with ``--every-page``, at all that search engines may list, which
takes 10 seconds a page. Exit codes: 0 if all scores are 100 and each first paint takes 2 seconds at most, 1 if not, 2
if Node or Chromium is not installed.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Sequence

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("index.html", "resume.html", "spiderpool/index.html", "search.html")
LANGUAGES = ("", "en/")
RUNS = 5
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
NAMES = {"Go"}
"""The names of skills that Lighthouse takes for a text that says nothing, such as “click here”."""
NOT_LISTED = '<meta name="robots" content="noindex"'
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TEXT = {".html", ".css", ".js", ".json", ".svg", ".webmanifest"}
MAX_SCORE = 100
MAX_FIRST_PAINT = 2000
"""In milliseconds."""
SLOW_3G = (
    "--throttling-method=devtools",
    "--throttling.requestLatencyMs=400",
    "--throttling.downloadThroughputKbps=400",
    "--throttling.uploadThroughputKbps=400",
    "--throttling.cpuSlowdownMultiplier=1",
)


class CompressingHandler(SimpleHTTPRequestHandler):
    """A request handler for static files that compresses text files."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the header of a response, and return its body."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in TEXT or not path.is_file():
            return super().send_head()
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000" if "_static" in path.parts else "max-age=600")
        self.end_headers()
        return BytesIO(content)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the base class fixes the name
        """Do not log requests."""


def report(url: str, browser: str, categories: Sequence[str] = CATEGORIES, *more: str) -> dict[str, Any]:
    """Run Lighthouse once with more options; return its report."""
    flags = "--headless=new --no-sandbox --disable-gpu"
    options = (
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags={flags}",
        *more,
    )
    command = ("npx", "--yes", LIGHTHOUSE, url, *options)
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, check=True, timeout=300
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def scores(found: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """Return category → score from 0 to 100, and the titles of the audits that lower it, but for names of skills."""
    results = {}
    for name, category in found["categories"].items():
        audits = [found["audits"][audit["id"]] for audit in category["auditRefs"] if audit["weight"]]
        low = [audit for audit in audits if audit["score"] is not None and audit["score"] < 1]
        titles = "; ".join(audit["title"] for audit in low if not _is_of_names(audit))
        results[name] = (round(category["score"] * MAX_SCORE) if titles or not low else MAX_SCORE, titles)
    return results


def _is_of_names(audit: dict[str, Any]) -> bool:
    """Return whether an audit has found nothing but links with the name of a skill."""
    items = audit.get("details", {}).get("items", [])
    return bool(items) and all(item.get("text") in NAMES for item in items)


def listed_pages(folder: Path) -> list[str]:
    """Return the pages of a site that search engines may list: no redirects, and no examples."""
    pages = sorted(folder.rglob("*.html"))
    return [page.relative_to(folder).as_posix() for page in pages if NOT_LISTED not in page.read_text("utf-8")]


def summary(values: list[int]) -> str:
    """Return the median of values, and their range."""
    return f"{median(values):g} ({min(values)}–{max(values)})"


def look_at(address: str, browser: str) -> tuple[bool, str]:
    """Return whether all scores of a page are 100, and a line with its scores and what lowers them."""
    found = scores(report(address, browser))
    speeds = [found["performance"][0]]
    if speeds[0] < MAX_SCORE:
        speeds += [scores(report(address, browser, ("performance",)))["performance"][0] for _run in range(RUNS - 1)]
    found["performance"] = (round(median(speeds)), found["performance"][1] if median(speeds) < MAX_SCORE else "")
    line = "  ".join(f"{name} {score}" + (f" ({titles})" if titles else "") for name, (score, titles) in found.items())
    return all(score == MAX_SCORE for score, _titles in found.values()), line


def first_paints(address: str, browser: str) -> list[int]:
    """Return the milliseconds to the first paint on slow 3G, one for each run."""
    runs = (report(address, browser, ("performance",), *SLOW_3G) for _run in range(RUNS))
    return [round(run["audits"]["first-contentful-paint"]["numericValue"]) for run in runs]


def main(folder: Path, *, every_page: bool = False) -> int:
    """Run Lighthouse on pages of a site and print what is below 100; return the exit code."""
    browser = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not shutil.which("npx") or not browser:
        print("Lighthouse needs Node and Chromium; install both, or set CHROMIUM_PATH.", file=sys.stderr)
        return 2
    main_pages = [f"{language}{page}" for page in PAGES for language in LANGUAGES]
    others = listed_pages(folder) if every_page else []
    is_good = True
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(CompressingHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        for page in dict.fromkeys([*main_pages, *others]):
            is_perfect, line = look_at(address + page, browser)
            is_good &= is_perfect
            print(f"{page:44}", line, flush=True)
        for page in main_pages:
            times = first_paints(address + page, browser)
            is_good &= median(times) <= MAX_FIRST_PAINT
            print(f"{page:44}", f"first paint on slow 3G: {summary(times)} ms", flush=True)
        server.shutdown()
    return int(not is_good)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, help="the built site")
    parser.add_argument("--every-page", action="store_true", help="look at all pages that may be listed")
    arguments = parser.parse_args()
    sys.exit(main(arguments.folder, every_page=arguments.every_page))
