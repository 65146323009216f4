"""Run Lighthouse (https://github.com/GoogleChrome/lighthouse) with mobile emulation on pages of the built site.

``nox -s lighthouse`` builds the site and runs this script. It needs Node (for ``npx``) and Chromium. The script serves
the site with gzip compression and cache headers, as hosts do. Scores vary by a point or two when the machine is busy.
Therefore each page is measured several times and the median counts, as Lighthouse recommends
(https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md).

The script prints the median, the lowest and the highest score of each category, from 0 to 100. Exit codes: 0 if all
medians are 100, 1 if not, 2 if Node or Chromium is not installed.
"""

from __future__ import annotations

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
from typing import Any, BinaryIO

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("index.html", "resume.html", "spiderpool/index.html", "search.html")
LANGUAGES = ("", "en/")
RUNS = 3
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


def scores(url: str, browser: str) -> dict[str, int]:
    """Run Lighthouse once; return category → score from 0 to 100."""
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = ("npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--chrome-flags={flags}")
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, check=True, timeout=300
    )
    categories = json.loads(done.stdout)["categories"]
    return {name: round(category["score"] * MAX_SCORE) for name, category in categories.items()}


def summary(name: str, values: list[int]) -> str:
    """Return a category with its median, and the range of its sorted scores if they differ."""
    score_range = f" ({values[0]}–{values[-1]})" if values[0] < values[-1] else ""
    return f"{name} {median(values)}{score_range}"


def main(folder: Path) -> int:
    """Run Lighthouse on each page of a site and print the scores; return the exit code."""
    browser = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not shutil.which("npx") or not browser:
        print("Lighthouse needs Node and Chromium; install both, or set CHROMIUM_PATH.", file=sys.stderr)
        return 2
    lowest = MAX_SCORE
    pages = [f"{language}{page}" for page in PAGES for language in LANGUAGES]
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(CompressingHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in pages:
            runs = [scores(f"http://127.0.0.1:{server.server_port}/{page}", browser) for _run in range(RUNS)]
            found = {name: sorted(run[name] for run in runs) for name in runs[0]}
            lowest = min(lowest, *(median(values) for values in found.values()))
            print(f"{page:28}" + "  ".join(summary(name, values) for name, values in found.items()), flush=True)
        server.shutdown()
    return int(lowest < MAX_SCORE)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
