"""Where the same page is in the other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import _
from sphinx_folio.languages.settings import language_tag, own_name

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config


def settle_base_url(app: Sphinx, config: Config) -> None:
    """Make html_baseurl, which conf.py sets for the whole site, that of this language's folder."""
    folder = config.folio_languages.get(config.language, "")
    if config.html_baseurl and config.folio_languages:
        config.html_baseurl = f"{config.html_baseurl.rstrip('/')}/" + (f"{folder}/" if folder else "")


def add_alternates(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give templates ``folio_base_url``, the address of this language's root where it is known, and the languages.

    ``folio_languages`` has a dict for each language, with what a link to the same page needs:

    ``tag`` (BCP 47), ``name`` (what the language calls itself), ``current``, ``href`` (relative: it works from a file
    and below any path) and ``url`` (absolute; empty where html_baseurl is not set).
    """
    languages: dict[str, str] = app.config.folio_languages
    here = languages.get(app.config.language, "")
    base = app.config.html_baseurl.removesuffix(f"{here}/" if here else "")
    uri = app.builder.get_target_uri(pagename)
    up = context.get("content_root", "") + "../" * len(here.split("/") if here else [])
    context["folio_base_url"] = app.config.html_baseurl
    context["folio_languages_label"] = str(_("Language"))
    context["folio_languages"] = [
        {
            "tag": language_tag(language),
            "name": own_name(language),
            "current": language == app.config.language,
            "href": up + (f"{folder}/" if folder else "") + uri,
            "url": base + (f"{folder}/" if folder else "") + uri if base else "",
        }
        for language, folder in languages.items()
    ]
