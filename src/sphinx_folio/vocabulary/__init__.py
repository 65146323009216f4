"""A vocabulary of computing skills: their names in English and Chinese, broader skills and neighbors.

The data is in ``skills.toml``; the owner of a portfolio can add a file of the same form. Nothing here knows portfolios,
postings or search.
"""

from sphinx_folio.vocabulary.concepts import Concept, Vocabulary, VocabularyError, built_in, parse_concepts
from sphinx_folio.vocabulary.finding import Finder, Mention

__all__ = ["Concept", "Finder", "Mention", "Vocabulary", "VocabularyError", "built_in", "parse_concepts"]
