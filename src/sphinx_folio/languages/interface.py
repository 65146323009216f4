"""Translate the texts of the theme furo that are fixed English or missing in Sphinx's catalogs; set the direction.

Fixed texts are replaced when Jinja loads a template, so this package needs no copies of furo's templates, which would
become outdated. If a later furo changes a phrase, it stays English, and ``pages`` warns about it on translated pages.
"""

from __future__ import annotations

import re
from gettext import NullTranslations, translation
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from jinja2.ext import Extension
from sphinx.locale import get_translator

# What this module only marks for extraction is text that readers see, so its marker is named ``_``, too.
from sphinx_folio._common.i18n import CATALOG, CATALOG_FOLDER, catalog_languages, direction
from sphinx_folio._common.i18n import _ as translated
from sphinx_folio._common.i18n import mark as _
from sphinx_folio._common.output_pages import is_for_browsers
from sphinx_folio._common.static_files import copy_static

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

PHRASES: tuple[tuple[str, str], ...] = (
    ('aria-label="{}"', _("Toggle site navigation sidebar")),
    ('aria-label="{}"', _("Toggle table of contents sidebar")),
    ('aria-label="{}"', _("Toggle Light / Dark / Auto color theme")),
    ("<title>{}</title>", _("Contents")),
    ("<title>{}</title>", _("Menu")),
    ("<title>{}</title>", _("Expand")),
    ("<title>{}</title>", _("Light mode")),
    ("<title>{}</title>", _("Dark mode")),
    ("<title>{}</title>", _("Auto light/dark, in light mode")),
    ("<title>{}</title>", _("Auto light/dark, in dark mode")),
)
"""The context of a phrase in furo's templates, with a placeholder, and the phrase."""

FALLBACKS = (
    *(_("Skip to content"), _("Back to top"), _("Next"), _("Previous"), _("Home"), _("On this page")),
    *(_("View this page"), _("Edit this page"), _("Last updated on %(last_updated)s"), _("Logo of %s")),
    _("Please activate JavaScript to enable the search functionality."),
    *(_("Link to this heading"), _("Link to this definition"), _("Link to this term"), _("Link to this code")),
    *(_("Link to this image"), _("Link to this table"), _("Link to this toctree"), _("Navigation")),
    _("Searching for multiple words only shows matches that contain all words."),
)
"""Texts of Sphinx and of furo's templates that Sphinx's catalogs lack, in some languages or in all."""

MADE_WITH = (
    ("{% trans %}Made with {% endtrans -%}", "{}"),
    ("""{% trans %}<a href="https://www.sphinx-doc.org/">Sphinx</a> and {% endtrans -%}""", ""),
    ("""<a class="muted-link" href="https://pradyunsg.me">@pradyunsg</a>'s""", ""),
    ("Copyright &#169;", "&#169;"),
    ("""<a href="https://github.com/pradyunsg/furo">Furo</a>""", ""),
)


LANDMARKS = (
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="{}">', _("Site")),
    ('<aside class="toc-drawer', '<aside aria-label="{}" class="toc-drawer', _("On this page")),
    (
        '<div class="sidebar-tree">\n  {{ furo_navigation_tree }}\n</div>',
        '<nav class="sidebar-tree" aria-label="{}">\n  {{{{ furo_navigation_tree }}}}\n</nav>',
        _("Pages"),
    ),
)
"""Landmarks that furo leaves without an accessible name: original, replacement and name."""


BLOCK = "folio_languages"
"""The name of a block that is added above the content; a site's templates can fill it."""


class _TranslatedTemplates(Extension):
    """A Jinja extension that translates furo's templates when they are loaded."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template in the language of the build."""
        if not filename or "furo" not in PurePath(filename).parts:
            return source
        for form, phrase in PHRASES:
            source = source.replace(form.format(phrase), form.format(translated(phrase)))
        made_with = str(translated(_("Made with %s and %s"))) % (
            '<a href="https://www.sphinx-doc.org/" translate="no">Sphinx</a>',
            '<a href="https://github.com/pradyunsg/furo" translate="no">Furo</a>',
        )
        for original, replacement in MADE_WITH:
            source = source.replace(original, replacement.format(made_with))
        for original, form, label in LANDMARKS:
            source = source.replace(original, form.format(translated(label)))
        return source


_ARTICLE = re.compile(r"(?=<article\b)")
_MAIN = re.compile(r'(?<=role="main")[^<>]*>')


class _LanguageLinks(Extension):
    """A Jinja extension that adds a block for links to the other languages to the templates of any theme.

    It is outside of the article, from which search takes its snippets, if there is one.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template with the block."""
        place = None if BLOCK in source else _ARTICLE.search(source) or _MAIN.search(source)
        if not place:
            return source
        return f"{source[: place.end()]}{{% block {BLOCK} %}}{{% endblock %}}{source[place.end() :]}"


_ROOT_WITHOUT_DIRECTION = re.compile(r"<html(?![\w-])(?![^>]*\bdir=)")


class _RightToLeftTemplates(Extension):
    """A Jinja extension that sets the direction of pages, which themes do not."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template whose pages are written from right to left."""
        return _ROOT_WITHOUT_DIRECTION.sub('<html dir="rtl"', source)


class _Fallback(NullTranslations):
    """Translate texts with the catalog of this package, whatever the line breaks that templates have in them."""

    def gettext(self, message: str) -> str:
        """Return the translation, or the message."""
        text = " ".join(message.split())
        found = super().gettext(text) if text else text  # the header of a catalog is the translation of ""
        return message if found == text else found


def translate_fallbacks(app: Sphinx) -> None:
    """Translate texts that the catalogs of Sphinx lack with the catalog of this package."""
    language: str = app.config.language
    ours = _Fallback()
    ours.add_fallback(translation(CATALOG, CATALOG_FOLDER, catalog_languages(language), fallback=True))
    get_translator().add_fallback(ours)


def translate_templates(app: Sphinx) -> None:
    """Install the Jinja extensions: for the direction, for links to other languages, and for the texts of furo.

    The texts of a site that is only in English stay those of furo.
    """
    environment = getattr(getattr(app.builder, "templates", None), "environment", None)
    if environment is None:
        return
    if direction(app.config.language) == "rtl":
        environment.add_extension(_RightToLeftTemplates)
    is_english = app.config.language.partition("_")[0] == "en"
    if app.config.html_theme == "furo" and (len(app.config.folio_languages) > 1 or not is_english):
        environment.add_extension(_TranslatedTemplates)
    environment.add_extension(_LanguageLinks)


STATIC = Path(__file__).parent / "static"
AFTER_OTHER_STYLES = 850
"""The priority of style sheets that correct others."""


def add_switch_style(app: Sphinx) -> None:
    """Add the style sheet of the links between languages, which may be in a template of any site."""
    if is_for_browsers(app.builder) and len(app.config.folio_languages) > 1:
        copy_static(app, STATIC / "folio-languages.css")
        app.add_css_file("folio-languages.css")


def add_direction_styles(app: Sphinx) -> None:
    """Add the style sheets of pages that are written from right to left: for all themes, and for the theme."""
    if app.builder.format != "html" or direction(app.config.language) != "rtl":
        return
    theme: Any = getattr(app.builder, "theme", None)
    options = {f"theme_{name}": value for name, value in theme.get_options().items()} if theme else {}
    options |= {f"theme_{name}": value for name, value in app.config.html_theme_options.items()}
    for name in ("folio-rtl.css", f"folio-rtl-{app.config.html_theme}.css"):
        for source in STATIC.glob(f"{name}*"):  # with ".jinja" if it depends on the options of the theme
            copy_static(app, source, options)
            app.add_css_file(name, priority=AFTER_OTHER_STYLES)


def translate_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Translate the labels that furo's Python code writes into the navigation tree."""
    tree = context.get("furo_navigation_tree")
    if tree:
        context["furo_navigation_tree"] = tree.replace(
            "Toggle navigation of ", str(translated(_("Toggle navigation of ")))
        )
