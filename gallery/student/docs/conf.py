"""One page that is also the résumé."""

project = author = copyright = html_title = "Robin Sample"
extensions = [
    "myst_parser",
    "sphinx_folio.export",
    "sphinx_folio.assets",
    "sphinx_folio.search",
    "sphinx_folio.social",
]
primary_domain = "folio"
html_theme = "furo"
html_theme_options = {"announcement": "An example: this person is invented."}
folio_levels = ["used in courses", "used in projects"]
folio_categories = {"software": "Software", "hardware": "Hardware"}
folio_exports = ["pdf", "docx", "json"]
