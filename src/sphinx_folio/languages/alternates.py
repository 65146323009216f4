"""Links to the same page in the other languages, for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_folio._common.i18n import _, language_tag
from sphinx_folio._common.output_pages import address_of_site, is_for_browsers
from sphinx_folio.languages.settings import own_name

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config


def set_language_base_url(app: Sphinx, config: Config) -> None:
    """Append the folder of the build's language to html_baseurl, which conf.py sets for the whole site."""
    folder = config.folio_languages.get(config.language, "")
    if config.html_baseurl and config.folio_languages:
        config.html_baseurl = f"{config.html_baseurl.rstrip('/')}/" + (f"{folder}/" if folder else "")


def add_alternates(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add ``folio_base_url``, ``folio_languages_label`` and ``folio_languages`` to the context of templates.

    ``folio_base_url`` is the URL of this language's root with a slash at the end, or empty. ``folio_languages`` has a
    dict for each language:

    ``tag`` (BCP 47), ``name`` (in the language itself), ``current`` (whether it is the language of the page), ``href``
    (relative address of the page, so that it also works for local files) and ``url`` (absolute; empty without
    html_baseurl). It is empty in builds that are not for browsers, such as an EPUB, which is in one language.
    """
    languages: dict[str, str] = app.config.folio_languages
    here = languages.get(app.config.language, "")
    base = app.config.html_baseurl.removesuffix(f"{here}/" if here else "")
    uri = app.builder.get_target_uri(pagename)
    up = context.get("content_root", "") + "../" * len(here.split("/") if here else [])
    context["folio_base_url"] = address_of_site(app)
    context["folio_languages_label"] = str(_("Language"))
    context["folio_languages"] = [
        {
            "tag": language_tag(language),
            "name": own_name(language, languages),
            "current": language == app.config.language,
            "href": up + (f"{folder}/" if folder else "") + uri,
            "url": base + (f"{folder}/" if folder else "") + uri if base else "",
        }
        for language, folder in (languages.items() if is_for_browsers(app.builder) else ())
    ]
