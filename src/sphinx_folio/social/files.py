"""Write the files for the whole site: web manifest, icons, ``robots.txt``, ``sitemap.xml`` and ``.nojekyll``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from sphinx.util import logging

from sphinx_folio._common import caches
from sphinx_folio._common.advice import how_to_install
from sphinx_folio._common.i18n import __, language_tag
from sphinx_folio._common.output_pages import SITE_BUILDERS, address_of_site, extra_files, output_path
from sphinx_folio._common.output_record import OutputRecord
from sphinx_folio._common.site_languages import is_translated, languages_of
from sphinx_folio._common.typesetting import missing_libraries
from sphinx_folio.social.cards import TOUCH_ICON, draw_icon, icon_rules
from sphinx_folio.social.head import CARDS, MANIFEST, svg_icon
from sphinx_folio.social.not_found import NAME as NOT_FOUND
from sphinx_folio.social.not_found import NOT_FOUND_FILE, is_copied, is_foreign
from sphinx_folio.social.settings import accent, root_address

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_logger = logging.getLogger(__name__)

ICON_SIZES = (TOUCH_ICON, 192, 512)
"""In pixels: for iPhones, and the sizes that Chrome requires of installable sites."""
SITEMAP = "sitemap.xml"
BUILDERS = {*SITE_BUILDERS, "singlehtml"}


def log_missing_libraries(app: Sphinx) -> None:
    """Log that cards are skipped because a library is not installed."""
    if app.config.folio_cards and address_of_site(app) and app.builder.name in BUILDERS and missing_libraries():
        message = __("no social cards: %s not installed; %s")
        _logger.info(message, ", ".join(missing_libraries()), how_to_install("social"))


def remove_stale_icons(app: Sphinx) -> None:
    """Remove drawn icons of earlier builds, before Sphinx copies static files: one of them may have such a name."""
    if app.builder.name in BUILDERS:
        OutputRecord(app.outdir, "icons").remove_stale(_drawn_icons(app))


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the manifest of a language; the build of the first language also writes the files of the whole site.

    Those are ``robots.txt``, the sitemap, and ``.nojekyll``, without which GitHub Pages omits ``_static`` if it
    publishes a branch. A site that is kept out of search engines has no sitemap; ``robots.txt`` does not forbid its
    pages, since search engines have to read in them that they must not be indexed. Files of the site that
    ``html_extra_path`` names are kept. Cards of pages that are gone are removed.
    """
    if exception or app.builder.name not in BUILDERS:
        return
    texts = {MANIFEST: json.dumps(_manifest(app), ensure_ascii=False, indent=2) + "\n"}
    if not is_translated(app.config):
        texts |= _files_of_site(app)
    kept = [name for name in (*texts, SITEMAP) if any(extra_files(app, name))]
    copied, foreign = [NOT_FOUND_FILE] if is_copied(app) else [], [NOT_FOUND_FILE] if is_foreign(app) else []
    cards, stale = _cards(app)
    OutputRecord(app.outdir, "social").remove_stale([*texts, *copied, *cards], keep=[*kept, *foreign], known=stale)
    for name, text in texts.items():
        if name not in kept:
            caches.write_if_changed(Path(app.outdir, name), text.encode())


def _cards(app: Sphinx) -> tuple[list[str], list[str]]:
    """Return the cards in the output folder: those of its pages, and stale ones."""
    cards: dict[bool, list[str]] = {True: [], False: []}
    is_wanted = bool(app.config.folio_cards and address_of_site(app))
    for path in sorted(Path(app.outdir, CARDS).rglob("*.png")):
        name = path.relative_to(app.outdir).as_posix()
        pagename = name.removeprefix(f"{CARDS}/").removesuffix(".png")
        cards[is_wanted and output_path(app, pagename).is_file()].append(name)
    return cards[True], cards[False]


def _drawn_icons(app: Sphinx) -> list[str]:
    """Return the icons that are made of that of the site, as paths in the output folder."""
    if missing_libraries() or not svg_icon(app):
        return []
    return [f"_static/{Path(app.config.html_favicon).stem}-{size}.png" for size in ICON_SIZES]


def _files_of_site(app: Sphinx) -> dict[str, str]:
    """Return name → text of the files that the build of the first language writes."""
    root = "" if app.config.folio_noindex else root_address(app.config)
    sitemaps = [f"Sitemap: {root}{name}\n" for name in (SITEMAP, *app.config.folio_sitemaps)] if root else []
    robots = "".join(["User-agent: *\nAllow: /\n", *(["\n"] if sitemaps else []), *sitemaps])
    return {".nojekyll": "", "robots.txt": robots} | ({SITEMAP: _sitemap(app, root)} if root else {})


def _manifest(app: Sphinx) -> dict[str, object]:
    """Return the web manifest (https://www.w3.org/TR/appmanifest/)."""
    config = app.config
    return {
        "name": config.html_title,
        "short_name": config.html_short_title or config.html_title,
        "lang": language_tag(config.language),
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": accent(config),
        "icons": _icons(app),
    }


def _icons(app: Sphinx) -> list[dict[str, str]]:
    """Return the icons of the manifest; write PNG icons in all sizes if the icon of the site is an SVG."""
    icon = Path(app.confdir, app.config.html_favicon or "")
    if not icon.is_file():
        return []
    if icon.suffix.lower() != ".svg":
        return [{"src": quote(f"_static/{icon.name}"), "sizes": "any"}]
    icons = [{"src": quote(f"_static/{icon.name}"), "sizes": "any", "type": "image/svg+xml"}]
    svg = svg_icon(app)
    if missing_libraries() or not svg:
        return icons
    for size in ICON_SIZES:
        path = Path(app.outdir, "_static", f"{icon.stem}-{size}.png")
        note = Path(app.doctreedir, "icons", f"{path.stem}.sha256")
        caches.update_file(path, note, icon_rules(svg, size), partial(draw_icon, svg, size))
        icons.append({"src": quote(f"_static/{path.name}"), "sizes": f"{size}x{size}", "type": "image/png"})
    return icons


def _sitemap(app: Sphinx, root: str) -> str:
    """Return the sitemap: the URLs of all pages in all languages.

    The format is that of https://www.sitemaps.org; ``hreflang`` links follow Google's extension for translated pages.
    """
    languages = languages_of(app.config)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    docnames = [
        docname
        for docname in sorted(app.env.all_docs)
        if docname != NOT_FOUND and not {"nosearch", "orphan"} <= app.env.metadata[docname].keys()
    ]  # those for readers who search
    # With the builder singlehtml, all documents are on one page.
    for uri in dict.fromkeys(app.builder.get_target_uri(docname).partition("#")[0] for docname in docnames):
        urls = {
            language_tag(language): f"{root}{folder}/{uri}" if folder else f"{root}{uri}"
            for language, folder in languages.items()
        }
        links = [
            f'    <xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(url)}/>'
            for tag, url in urls.items()
            if len(urls) > 1
        ]
        for url in urls.values():
            lines += ["  <url>", f"    <loc>{escape(url)}</loc>", *links, "  </url>"]
    return "\n".join([*lines, "</urlset>", ""])
