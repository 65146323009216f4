"""Add metadata for link previews and search engines to the head of a page."""

from __future__ import annotations

import html
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from sphinx.locale import _ as of_sphinx

from sphinx_folio._common import caches
from sphinx_folio._common.i18n import _, __
from sphinx_folio._common.output_pages import NO_INDEX, address_of_site, is_for_browsers
from sphinx_folio._common.site_languages import languages_of
from sphinx_folio._common.typesetting import missing_libraries
from sphinx_folio._common.warnings import Subtype, warn
from sphinx_folio.social.cards import HEIGHT, TOUCH_ICON, WIDTH, Card, can_draw, draw_card
from sphinx_folio.social.descriptions import description_of
from sphinx_folio.social.settings import accent, with_territory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx

MANIFEST = "site.webmanifest"
CARDS = "_images/cards"
_DESCRIPTION = re.compile(r'<meta\b(?=[^>]*\bname="description")[^>]*\bcontent="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]+>")


def add_to_head(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Append description, Open Graph data, manifest, icon and theme color to the ``metatags`` of a page."""
    if not is_for_browsers(app.builder) or "content_root" not in context:
        return
    metatags: str = context.get("metatags") or ""
    explicit = _DESCRIPTION.search(metatags)  # the author wrote a description with the directive ``meta``
    title = html.unescape(_TAG.sub("", context.get("title") or "")) or _title_of_generated(pagename, context)
    default = description_of(doctree) if doctree else " – ".join(filter(None, (title, app.config.html_title)))
    description = html.unescape(explicit[1]) if explicit else default
    lines = [NO_INDEX] if app.config.folio_noindex else []
    if description and not explicit:
        lines.append(f'<meta name="description" content="{html.escape(description)}">')
    lines.append(f'<link rel="manifest" href="{context["content_root"]}{MANIFEST}">')
    if svg_icon(app) and not missing_libraries():
        icon = quote(f"_static/{Path(app.config.html_favicon).stem}-{TOUCH_ICON}.png")
        lines.append(f'<link rel="apple-touch-icon" href="{context["content_root"]}{icon}">')
    lines.append(f'<meta name="theme-color" content="{accent(app.config)}">')
    if doctree is not None:
        properties = _open_graph(app, pagename, title, description, context.get("pageurl") or "")
        lines += [f'<meta property="{name}" content="{html.escape(text)}">' for name, text in properties]
        has_image = any(name == "og:image" for name, _text in properties)
        lines.append(f'<meta name="twitter:card" content="{"summary_large_image" if has_image else "summary"}">')
    context["metatags"] = "\n".join([metatags, *lines]).strip()


def _title_of_generated(pagename: str, context: Mapping[str, Any]) -> str:
    """Return the title of a page that Sphinx generates, whose template sets it; empty if it is not known."""
    if pagename == "search":
        return str(_("Search"))
    if pagename.startswith("genindex"):
        return str(of_sphinx("Index"))
    return str(context.get("indextitle", ""))  # an index of a domain


def _open_graph(app: Sphinx, pagename: str, title: str, description: str, url: str) -> list[tuple[str, str]]:
    """Return the Open Graph properties of a page (https://ogp.me/)."""
    config = app.config
    others = [language for language in languages_of(config) if language != config.language]
    properties = [
        ("og:type", "website" if pagename == config.root_doc else "article"),
        ("og:site_name", config.html_title),
        ("og:title", title),
        ("og:description", description),
        ("og:url", url),
        ("og:locale", with_territory(config.language)),
        *(("og:locale:alternate", with_territory(language)) for language in others),
    ]
    if cards_enabled(app) and url:
        address = re.sub(r"^https?://|/$|(/index)?\.html$", "", url)
        card = Card(
            site=config.html_title if can_draw(config.html_title) else "",
            title=next(filter(can_draw, (title, config.html_title)), address),
            text=description if can_draw(description) else "",
            address=address,
            accent=accent(config),
            language=re.split("[_@]", config.language)[0],
            picture=svg_icon(app),
        )
        properties += [
            ("og:image", address_of_site(app) + quote(_updated_card(app, pagename, card))),
            ("og:image:width", str(WIDTH)),
            ("og:image:height", str(HEIGHT)),
            ("og:image:alt", title if title == config.html_title else f"{config.html_title}: {title}"),
        ]
    return [(name, text) for name, text in properties if text]


def svg_icon(app: Sphinx) -> str:
    """Return the content of ``html_favicon`` if it is a well-formed SVG, otherwise an empty string."""
    text = _text_of_icon(Path(app.confdir, app.config.html_favicon or ""))
    return text if text and _mistake_in_svg(text) is None else ""


def check_icon(app: Sphinx) -> None:
    """Warn about an icon that is not a well-formed SVG: no card shows it, and no other icons are made of it."""
    icon = Path(app.confdir, app.config.html_favicon or "")
    text = _text_of_icon(icon)
    if text is not None and is_for_browsers(app.builder) and (error := _mistake_in_svg(text)):
        line, message = error
        warn(Subtype.UNREADABLE_DATA, __("%s cannot be read: %s"), icon.name, message, location=f"{icon}:{line}")


def _text_of_icon(icon: Path) -> str | None:
    """Return the text of an SVG, or None for any other file."""
    is_svg = icon.suffix.lower() == ".svg" and icon.is_file()
    return icon.read_text(encoding="utf-8-sig", errors="replace") if is_svg else None


@lru_cache(maxsize=4)
def _mistake_in_svg(text: str) -> tuple[int, str] | None:
    """Return the line of the first mistake and what is wrong, or None."""
    try:
        root = ET.fromstring(text)  # noqa: S314  a file of the site itself
    except ET.ParseError as error:
        return error.position[0], str(error)
    return None if root.tag == "{http://www.w3.org/2000/svg}svg" else (1, f"<{root.tag}>")


def cards_enabled(app: Sphinx) -> bool:
    """Return whether cards are rendered: they need absolute URLs and the optional dependencies."""
    return bool(app.config.folio_cards and address_of_site(app) and not missing_libraries())


def _updated_card(app: Sphinx, pagename: str, card: Card) -> str:
    """Render a card if it is missing or stale; return its path in the output folder."""
    name = f"{CARDS}/{pagename}.png"
    picture, note = Path(app.outdir, name), Path(app.doctreedir, "cards", f"{pagename}.sha256")
    caches.update_file(picture, note, card.digest(), partial(draw_card, card))
    return name
