"""The table of Traditional characters is what its generator makes of the Unihan database."""

from __future__ import annotations

from sphinx_folio._common.make_traditional import pairs_of
from sphinx_folio._common.traditional import SIMPLIFIED, TRADITIONAL

DATABASE = """\
# Unihan_Variants.txt
U+500B\tkSimplifiedVariant\tU+4E2A
U+4E2A\tkTraditionalVariant\tU+500B
U+5FA9\tkSimplifiedVariant\tU+590D U+5FA9
U+8457\tkSimplifiedVariant\tU+7740 U+8457
U+937E\tkSimplifiedVariant\tU+949F U+953A
U+20000\tkSimplifiedVariant\tU+4E00
"""


def test_characters_with_one_simplified_form_are_in_the_table() -> None:
    """Left out are one that is Simplified itself, one with two Simplified forms, and one beyond U+FFFF."""
    found = pairs_of(DATABASE)
    assert found == {"個": "个", "復": "复"}
    table = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
    assert found.items() <= table.items()
    assert "著" not in table
