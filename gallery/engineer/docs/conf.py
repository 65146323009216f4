"""Three pages: projects with evidence, a diagram and a chart."""

project = author = copyright = html_title = "Toni Sample"
extensions = [
    "myst_parser",
    "sphinx_folio.diagrams",
    "sphinx_folio.export",
    "sphinx_folio.assets",
    "sphinx_folio.search",
    "sphinx_folio.social",
]
primary_domain = "folio"
html_theme = "furo"
html_theme_options = {
    "announcement": "An example: this person is invented.",
    "light_css_variables": {"color-brand-primary": "#a3460a", "color-brand-content": "#a3460a"},
    "dark_css_variables": {"color-brand-primary": "#f0a35e", "color-brand-content": "#f0a35e"},
}
folio_levels = ["working", "proficient", "expert"]
folio_categories = {"routing": "Routing", "automation": "Automation", "operations": "Operations"}
folio_exports = ["pdf", "json", "json-ld"]
folio_resume = "resume"
