"""Publications from BibTeX, and a theme that comes with Sphinx."""

project = author = copyright = html_title = "Kaya Sample"
extensions = ["myst_parser", "sphinx_folio.export", "sphinx_folio.search", "sphinx_folio.social"]
primary_domain = "folio"
html_theme = "alabaster"
html_theme_options = {
    "description": "Karst hydrologist, invented for an example",
    "fixed_sidebar": True,
    "page_width": "1080px",
    "font_family": "Charter, Georgia, serif",
    "footer_text": "#666",
}
folio_exports = ["pdf", "json", "json-ld"]
folio_resume = "cv"
folio_resume_template = "academic"
