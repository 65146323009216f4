"""German with English in catalogs; clients that are not named."""

language = "de"
folio_languages = {"de": "", "en": "en"}
project = author = copyright = html_title = "Kim Muster"
extensions = [
    "myst_parser",
    "sphinx_folio.export",
    "sphinx_folio.languages",
    "sphinx_folio.assets",
    "sphinx_folio.search",
    "sphinx_folio.social",
]
primary_domain = "folio"
html_theme = "furo"
html_theme_options = {
    "announcement": "Kim Muster ist erfunden · Kim Muster is invented",
    "light_css_variables": {"color-brand-primary": "#5b2a86", "color-brand-content": "#5b2a86"},
    "dark_css_variables": {"color-brand-primary": "#c9a6f0", "color-brand-content": "#c9a6f0"},
}
templates_path = ["_templates"]
html_static_path = ["_static"]
html_css_files = ["site.css"]
gettext_location = False
folio_exports = ["pdf", "docx", "json"]
folio_resume = "lebenslauf"
