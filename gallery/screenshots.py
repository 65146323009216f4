"""Renew the pictures of the gallery in the manual: ``python gallery/screenshots.py build/html``, after ``nox -s docs``.

It needs what requirements-tests.lock installs, and Chromium: on PATH, or that of ``playwright install chromium``.
"""

from __future__ import annotations

import base64
import shutil
import sys
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

GALLERY = Path(__file__).resolve().parent
PICTURES = GALLERY.parent / "manual" / "gallery"
WINDOW = ViewportSize(width=1280, height=800)
SCALE = 0.5  # a picture has half of the pixels of the window in each direction
QUALITY = 55


def main(site: Path) -> None:
    """Write a picture of the first page of each portfolio."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        session = page.context.new_cdp_session(page)
        for folder in sorted(path.parent.parent for path in GALLERY.glob("*/docs/conf.py")):
            page.goto((site / "sphinx-folio" / "gallery" / folder.name / "index.html").resolve().as_uri())
            clip = {"x": 0, "y": 0, **WINDOW, "scale": SCALE}
            shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": clip})
            (PICTURES / f"{folder.name}.webp").write_bytes(base64.b64decode(shot["data"]))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
