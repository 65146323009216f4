"""The files beside the pages: manifest and icons, ``robots.txt``, and a map of the site in all its languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from sphinx.util import logging

from sphinx_folio._common.i18n import __
from sphinx_folio.social.cards import TOUCH_ICON, draw_icon, missing_libraries
from sphinx_folio.social.head import MANIFEST, drawing_of
from sphinx_folio.social.settings import languages_of, root_address

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_logger = logging.getLogger(__name__)

SIZES = (TOUCH_ICON, 192, 512)
"""The sizes of icons in pixels: of home screens, and of installed sites (W3C Web Application Manifest)."""
BUILDERS = {"html", "dirhtml", "singlehtml"}


def say_what_lacks(app: Sphinx) -> None:
    """Say once that there will be no cards, if it is for want of a library."""
    if app.config.folio_cards and app.config.html_baseurl and app.builder.name in BUILDERS and missing_libraries():
        message = __("no cards: %s not installed; pip install sphinx-folio[social]")
        _logger.info(message, ", ".join(missing_libraries()))


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of a build in one language; those of the whole site with that of the source, at its root."""
    if exception or app.builder.name not in BUILDERS:
        return
    folder = Path(app.outdir)
    _write(folder / MANIFEST, json.dumps(_manifest(app), ensure_ascii=False, indent=2) + "\n")
    if next(iter(languages_of(app.config))) != app.config.language:
        return
    root = root_address(app.config)
    place = f"\nSitemap: {root}sitemap.xml\n" if root else ""
    _write(folder / "robots.txt", f"User-agent: *\nAllow: /\n{place}")
    if root:
        _write(folder / "sitemap.xml", _site_map(app, root))


def _manifest(app: Sphinx) -> dict[str, object]:
    """Return the manifest, with what icons there are."""
    config = app.config
    return {
        "name": config.html_title,
        "short_name": config.html_short_title or config.html_title,
        "lang": config.language.replace("_", "-"),
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": config.folio_accent,
        "icons": _icons(app),
    }


def _icons(app: Sphinx) -> list[dict[str, str]]:
    """Return the site's icon, and draw it as large as each device wants it if it is a drawing."""
    icon = Path(app.confdir, app.config.html_favicon or "")
    if not icon.is_file():
        return []
    if icon.suffix != ".svg":
        return [{"src": f"_static/{icon.name}", "sizes": "any"}]
    found = [{"src": f"_static/{icon.name}", "sizes": "any", "type": "image/svg+xml"}]
    if missing_libraries():
        return found
    drawing = drawing_of(app)
    for size in SIZES:
        path = Path(app.outdir, "_static", f"{icon.stem}-{size}.png")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draw_icon(drawing, size))
        found.append({"src": f"_static/{path.name}", "sizes": f"{size}x{size}", "type": "image/png"})
    return found


def _site_map(app: Sphinx, root: str) -> str:
    """Return the addresses of all pages in all languages (sitemaps.org), each with its twins (Google's hreflang)."""
    languages = languages_of(app.config)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for docname in sorted(app.env.all_docs):
        if {"nosearch", "orphan"} <= app.env.metadata[docname].keys():  # nothing leads there, and nothing is to
            continue
        uri = app.builder.get_target_uri(docname)
        twins = {
            language.replace("_", "-"): f"{root}{folder}/{uri}" if folder else f"{root}{uri}"
            for language, folder in languages.items()
        }
        links = [
            f'    <xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(address)}/>'
            for tag, address in twins.items()
            if len(twins) > 1
        ]
        for address in twins.values():
            lines += ["  <url>", f"    <loc>{escape(address)}</loc>", *links, "  </url>"]
    return "\n".join([*lines, "</urlset>", ""])


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
