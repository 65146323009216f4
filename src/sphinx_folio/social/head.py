"""What stands in the head of a page for those who link to it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_folio._common import caches
from sphinx_folio._common.i18n import _
from sphinx_folio.social.cards import HEIGHT, TOUCH_ICON, WIDTH, Card, draw_card, missing_libraries
from sphinx_folio.social.descriptions import description_of
from sphinx_folio.social.settings import languages_of, territory_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

MANIFEST = "site.webmanifest"
CARDS = "_images/cards"
_DESCRIPTION = re.compile(r'<meta\b(?=[^>]*\bname="description")[^>]*\bcontent="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]+>")


def add_to_head(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add description, Open Graph data, manifest and colour to what Sphinx puts in the head of a page."""
    if app.builder.format != "html" or "content_root" not in context:
        return
    above: str = context.get("metatags") or ""
    own = _DESCRIPTION.search(above)
    title = html.unescape(_TAG.sub("", context.get("title") or "")) or str(_("Search"))
    written = description_of(doctree) if doctree else f"{title} – {app.config.html_title}"
    about = html.unescape(own[1]) if own else written
    lines = [f'<meta name="description" content="{html.escape(about)}">'] if about and not own else []
    lines.append(f'<link rel="manifest" href="{context["content_root"]}{MANIFEST}">')
    if drawing_of(app) and not missing_libraries():
        icon = f"_static/{Path(app.config.html_favicon).stem}-{TOUCH_ICON}.png"
        lines.append(f'<link rel="apple-touch-icon" href="{context["content_root"]}{icon}">')
    lines.append(f'<meta name="theme-color" content="{app.config.folio_accent}">')
    if doctree is not None:
        facts = _facts(app, pagename, title, about, context.get("pageurl") or "")
        lines += [f'<meta property="{name}" content="{html.escape(text)}">' for name, text in facts]
        lines.append('<meta name="twitter:card" content="summary_large_image">')
    context["metatags"] = "\n".join([above, *lines]).strip()


def _facts(app: Sphinx, pagename: str, title: str, about: str, address: str) -> list[tuple[str, str]]:
    """Return the Open Graph data of a page (ogp.me)."""
    config = app.config
    others = [language for language in languages_of(config) if language != config.language]
    facts = [
        ("og:type", "website" if pagename == config.root_doc else "article"),
        ("og:site_name", config.html_title),
        ("og:title", title),
        ("og:description", about),
        ("og:url", address),
        ("og:locale", territory_of(config.language)),
        *(("og:locale:alternate", territory_of(language)) for language in others),
    ]
    if wants_cards(app) and address:
        card = Card(
            site=config.html_title,
            title=title,
            text=about,
            address=re.sub(r"^https?://|/$|(/index)?\.html$", "", address),
            accent=config.folio_accent,
            language=config.language.partition("_")[0],
            picture=drawing_of(app),
        )
        facts += [
            ("og:image", f"{config.html_baseurl.rstrip('/')}/{_settle(app, pagename, card)}"),
            ("og:image:width", str(WIDTH)),
            ("og:image:height", str(HEIGHT)),
            ("og:image:alt", f"{config.html_title}: {title}"),
        ]
    return [(name, text) for name, text in facts if text]


def drawing_of(app: Sphinx) -> str:
    """Return the site's icon if it is a drawing."""
    icon = Path(app.confdir, app.config.html_favicon or "")
    return icon.read_text(encoding="utf-8") if icon.suffix == ".svg" and icon.is_file() else ""


def wants_cards(app: Sphinx) -> bool:
    """Tell whether cards are drawn: somebody can find them, and there is something to draw them with."""
    return bool(app.config.folio_cards and app.config.html_baseurl and not missing_libraries())


def _settle(app: Sphinx, pagename: str, card: Card) -> str:
    """Draw a card unless the output folder has it already, and return its name; its digest is kept in a cache."""
    name = f"{CARDS}/{pagename}.png"
    picture, note = Path(app.outdir, name), Path(app.doctreedir, "cards", f"{pagename}.sha256")
    drawn = caches.content_or_none(picture)
    if drawn is None or caches.read(note, card.digest()) != caches.digest_of_bytes(drawn).encode():
        drawn = draw_card(card)
        with caches.replace_file(picture) as file:
            file.write(drawn)
        caches.write(note, card.digest(), caches.digest_of_bytes(drawn).encode())
    return name
