"""Case studies under a style sheet of one's own."""

project = author = copyright = html_title = "Noor Sample"
extensions = ["myst_parser", "sphinx_folio", "sphinx_folio.search", "sphinx_folio.social"]
primary_domain = "folio"
html_theme = "alabaster"
html_theme_options = {"description": "Graphic designer, invented for an example"}
html_sidebars = {"**": ["about.html", "navigation.html", "searchfield.html"]}
html_static_path = ["_static"]
html_css_files = ["studio.css"]
html_show_sphinx = False
folio_accent = "#b8321a"
