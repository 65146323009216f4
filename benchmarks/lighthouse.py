"""Run Lighthouse (https://github.com/GoogleChrome/lighthouse) on pages of the built site, as telephones would see them.

``nox -s lighthouse`` builds the site and runs this; it needs Node (for ``npx``) and a Chromium. The site is served as
hosts do, compressed. Every page is measured several times and the median counts, as Lighthouse advises
(https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md): a machine that is busy with something else
costs a page a hundredth or two. Prints the medians with the lowest and highest of each; leaves with 1 if a median is
below what is asked for.
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
PAGES = ("index.html", "resume.html", "projects/spiderpool.html", "search.html")
LANGUAGES = ("", "en/")
RUNS = 3
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TEXT = {".html", ".css", ".js", ".json", ".svg", ".webmanifest"}
HUNDRED = 100


class Compressing(SimpleHTTPRequestHandler):
    """A file server that compresses text."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the head of an answer, and return what follows."""
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
        """Say nothing."""


def scores(address: str, browser: str) -> dict[str, int]:
    """Return a page's scores in hundredths, by category."""
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = ("npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--chrome-flags={flags}")
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, check=True, timeout=300
    )
    categories = json.loads(done.stdout)["categories"]
    return {name: round(category["score"] * HUNDRED) for name, category in categories.items()}


def told(name: str, values: list[int]) -> str:
    """Return a category with its median, and the range of its runs if they differ."""
    spread = f" ({values[0]}–{values[-1]})" if values[0] < values[-1] else ""
    return f"{name} {median(values)}{spread}"


def main(folder: Path) -> int:
    """Run Lighthouse on each page and print what it says."""
    browser = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not shutil.which("npx") or not browser:
        print("Lighthouse needs Node and a Chromium: install both, or set CHROMIUM_PATH.", file=sys.stderr)
        return 2
    lowest = HUNDRED
    pages = [f"{language}{page}" for page in PAGES for language in LANGUAGES]
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressing, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in pages:
            runs = [scores(f"http://127.0.0.1:{server.server_port}/{page}", browser) for _run in range(RUNS)]
            found = {name: sorted(run[name] for run in runs) for name in runs[0]}
            lowest = min(lowest, *(median(values) for values in found.values()))
            print(f"{page:28}" + "  ".join(told(name, values) for name, values in found.items()), flush=True)
        server.shutdown()
    return int(lowest < HUNDRED)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
