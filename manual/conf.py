"""Settings of the manual of sphinx-folio; `nox -s docs` builds it into the folder sphinx-folio/ of the site."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PORTFOLIO = runpy.run_path(str(Path(__file__).resolve().parent.parent / "conf.py"))

# Site

project = "sphinx-folio"
author = "iiiceoo"
copyright = "iiiceoo"
language = "en"  # of the pages; `nox -s docs` builds all folio_languages
folio_languages = {"en": "", "zh_CN": "zh"}
html_title = "sphinx-folio"
html_baseurl = PORTFOLIO["html_baseurl"] and f"{PORTFOLIO['html_baseurl'].rstrip('/')}/sphinx-folio/"
folio_csp_host = PORTFOLIO["folio_csp_host"]
folio_noindex = PORTFOLIO["folio_noindex"]

# Markup and extensions; all of sphinx_folio are loaded, because the reference lists their settings

extensions = [*PORTFOLIO["extensions"], "sphinx_folio.reference"]
folio_exports = []  # there is no person here
exclude_patterns = ["locales"]
locale_dirs = ["locales"]
smartquotes = False  # keep quotation marks, and hyphens in URLs, as typed
gettext_location = False  # catalogs do not change when only line numbers do
primary_domain = "folio"
folio_search_vocabulary = ["vocabulary.txt", "../src/sphinx_folio/search/vocabulary.txt"]
myst_enable_extensions = PORTFOLIO["myst_enable_extensions"]

# Appearance, as that of the portfolio

html_theme = PORTFOLIO["html_theme"]
html_theme_options = PORTFOLIO["html_theme_options"]
html_static_path = ["../docs/_static"]
html_favicon = "../docs/_static/icon.svg"
templates_path = ["../docs/_templates"]
html_css_files = PORTFOLIO["html_css_files"]
html_js_files = PORTFOLIO["html_js_files"]
html_use_index = False
html_domain_indices = False
html_copy_source = False
html_show_sourcelink = False
latex_engine = PORTFOLIO["latex_engine"]
latex_elements = PORTFOLIO["latex_elements"]

# The reference was one page; its anchors still lead to what they led to

ONCE_IN_REFERENCE = {
    "entries": (
        *("reference-directives", "directive-person", "directive-summary", "directive-skill", "directive-position"),
        *("directive-project", "directive-education", "directive-publication", "directive-highlight"),
        *("directive-evidence", "reference-roles"),
    ),
    "listings": (
        *("reference-listings", "directive-skill-tags", "directive-skill-index", "directive-skill-matrix"),
        *("directive-project-cards", "directive-timeline", "directive-highlight-list", "directive-evidence-table"),
        *("directive-evidence-coverage", "directive-evidence-checks", "directive-downloads", "reference-figures"),
        *("directive-figure-table", "directive-figure-chart", "directive-key-figure"),
    ),
    "settings": (
        *("reference-extensions", "reference-api", "reference-settings", "reference-warnings"),
        "reference-stability",
    ),
    "commands": ("reference-commands",),
}
folio_redirects = {
    f"reference#{anchor}": f"{page}#{anchor}" for page, anchors in ONCE_IN_REFERENCE.items() for anchor in anchors
} | {"guides#guide-host": "hosting#guide-host"}

# Links to the portfolio in the language of the build, `[text](portfolio:resume)`, and to the examples in gallery/

PORTFOLIO_FOLDER = {"en": "../en/", "zh_CN": "../../"}
GALLERY_FOLDER = {"en": "gallery/", "zh_CN": "../gallery/"}
SOURCE = "https://github.com/iiiceoo/sphinx-folio/tree/main/"
FOOT = {"en": "The portfolio of iiiceoo", "zh_CN": "iiiceoo 的作品集"}


def link_to_portfolio(app: Sphinx, config: Config) -> None:
    """Set the addresses of the portfolio's pages and the gallery, relative to the folder of the build."""
    folder = PORTFOLIO_FOLDER[config.language]
    schemes = ("http", "https", "mailto")
    config.myst_url_schemes = {
        **dict.fromkeys(schemes),
        "portfolio": f"{folder}{{{{path}}}}.html",
        "gallery": f"{GALLERY_FOLDER[config.language]}{{{{path}}}}/index.html",
        "source": f"{SOURCE}{{{{path}}}}",
    }
    config.html_context = {"foot_links": {FOOT[config.language]: f"{folder}index.html"}}


def setup(app: Sphinx) -> None:
    """Set what depends on the language of the build."""
    app.connect("config-inited", link_to_portfolio, priority=100)
    app.add_lexer("sh", PORTFOLIO["ShellLexer"])
    app.connect("config-inited", PORTFOLIO["set_latex_fonts"], priority=100)
