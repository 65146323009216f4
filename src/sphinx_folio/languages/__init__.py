"""Build one source in several languages and check the translations: add ``sphinx_folio.languages`` to ``extensions``.

Each language is a separate Sphinx build of the same source (``-D language=en``) into its own folder. The modules

- warn about strings whose translation is missing, fuzzy or has different links (``catalogs``); ignore translations that
  add links or HTML (``catalogs``), and invalid catalogs (``catalog_reader``);
- make the labels of Mermaid diagrams translatable (``diagrams``), and hide page metadata (``metadata``), labels that
  Sphinx translates (``sphinx_labels``) and repeated alternative texts (``images``) from translators;
- lead to sections by the same readable anchors in every language (``anchors``);
- provide links to the same page in other languages for templates (``alternates``);
- translate texts that the theme furo has only in English, and set the direction of pages, with style sheets for those
  that are written from right to left (``interface``);
- keep names such as C++ whole in text from right to left (``isolation``);
- remove the spaces of wrapped lines in Chinese text (``typography``);
- check the written pages for text in another language (``pages``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension; Sphinx calls this function."""
    from sphinx_folio.languages.extension import connect  # noqa: PLC0415  commands need only the settings, not Sphinx

    return connect(app)
