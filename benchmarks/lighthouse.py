"""Run Lighthouse (https://github.com/GoogleChrome/lighthouse) with mobile emulation on pages of the built site.

``nox -s lighthouse`` builds the site and runs this script. It needs Node (for ``npx``) and Chromium. The script serves
the site with gzip compression and cache headers, as hosts do. Scores vary by a point or two when the machine is busy.
Therefore each page is measured several times and the median counts, as Lighthouse recommends
(https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md).

The script prints the median, the lowest and the highest score of each category, from 0 to 100. With ``--every-page``,
it first looks once at each page that search engines may list, for all categories but performance, which do not depend
on the machine, and prints what is wrong. This takes 6 seconds of CPU a page. Exit codes: 0 if all scores are 100, 1 if
not, 2 if Node or Chromium is not installed. A score that only the name of a skill lowers counts as 100.
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
    from collections.abc import Iterator, Sequence

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("index.html", "resume.html", "spiderpool/index.html", "search.html")
LANGUAGES = ("", "en/")
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
NAMES = {"Go"}
"""The names of skills that Lighthouse takes for a text that says nothing, such as “click here”."""
NOT_LISTED = '<meta name="robots" content="noindex"'
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TEXT = {".html", ".css", ".js", ".json", ".svg", ".webmanifest"}
MAX_SCORE = 100


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


def report(url: str, browser: str, categories: Sequence[str] = CATEGORIES) -> dict[str, Any]:
    """Run Lighthouse once; return its report."""
    flags = "--headless=new --no-sandbox --disable-gpu"
    options = ("--quiet", "--output=json", f"--only-categories={','.join(categories)}", f"--chrome-flags={flags}")
    command = ("npx", "--yes", LIGHTHOUSE, url, *options)
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, check=True, timeout=300
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def scores(found: dict[str, Any]) -> dict[str, int]:
    """Return category → score from 0 to 100."""
    return {name: round(category["score"] * MAX_SCORE) for name, category in found["categories"].items()}


def flaws(found: dict[str, Any]) -> Iterator[str]:
    """Yield each category that is below 100 for a reason, with the titles of the audits that lower it."""
    for name, category in found["categories"].items():
        audits = [found["audits"][audit["id"]] for audit in category["auditRefs"] if audit["weight"]]
        low = [audit for audit in audits if audit["score"] is not None and audit["score"] < 1]
        failed = [audit["title"] for audit in low if not _is_of_names(audit)]
        if failed:
            yield f"{name} {round(category['score'] * MAX_SCORE)}: {'; '.join(failed)}"


def _is_of_names(audit: dict[str, Any]) -> bool:
    """Return whether an audit has found nothing but links with the name of a skill."""
    items = audit.get("details", {}).get("items", [])
    return bool(items) and all(item.get("text") in NAMES for item in items)


def listed_pages(folder: Path) -> list[str]:
    """Return the pages of a site that search engines may list: no redirects, and no examples."""
    pages = sorted(folder.rglob("*.html"))
    return [page.relative_to(folder).as_posix() for page in pages if NOT_LISTED not in page.read_text("utf-8")]


def summary(name: str, values: list[int]) -> str:
    """Return a category with its median, and the range of its sorted scores if they differ."""
    score_range = f" ({values[0]}–{values[-1]})" if values[0] < values[-1] else ""
    return f"{name} {median(values)}{score_range}"


def main(folder: Path, *, every_page: bool = False) -> int:
    """Run Lighthouse on pages of a site and print the scores; return the exit code."""
    browser = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not shutil.which("npx") or not browser:
        print("Lighthouse needs Node and Chromium; install both, or set CHROMIUM_PATH.", file=sys.stderr)
        return 2
    lowest: float = MAX_SCORE
    is_flawed = False
    pages = [f"{language}{page}" for page in PAGES for language in LANGUAGES]
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(CompressingHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        for page in listed_pages(folder) if every_page else ():
            found = [*flaws(report(address + page, browser, CATEGORIES[1:]))]
            is_flawed |= bool(found)
            print(f"{page:44}", "  ".join(found) or "100", flush=True)
        for page in pages:
            runs = [scores(report(address + page, browser)) for _run in range(RUNS)]
            sorted_scores = {name: sorted(run[name] for run in runs) for name in runs[0]}
            lowest = min(lowest, *(median(values) for values in sorted_scores.values()))
            print(f"{page:28}" + "  ".join(summary(*of_one) for of_one in sorted_scores.items()), flush=True)
        server.shutdown()
    return int(is_flawed or lowest < MAX_SCORE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, help="the built site")
    parser.add_argument("--every-page", action="store_true", help="look at each page once, but for its performance")
    arguments = parser.parse_args()
    sys.exit(main(arguments.folder, every_page=arguments.every_page))
