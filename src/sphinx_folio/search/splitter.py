"""Search languages for Sphinx's own index, which themes with their own search page use.

Sphinx splits Chinese text into words only if jieba is installed, and never splits the query; in Sphinx 9.0.0 to 9.1.0
its search page for Chinese also fails on an undefined stemmer (sphinx-doc/sphinx#14229). Here index and query both
split every run of Han characters into overlapping pairs; the index also contains the single characters.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from sphinx.search.en import SearchEnglish

from sphinx_folio._common.cjk import HAN_CHARACTERS

HAN_IN_JAVASCRIPT = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}"
"""The character class ``HAN_CHARACTERS`` in the syntax of JavaScript."""

SCORER = Path(__file__).with_name("stock-scorer.js")
"""Replaces the ranking of Sphinx's search page; Sphinx writes it into ``language_data.js`` with the splitter."""


class ChineseSearch(SearchEnglish):
    """Chinese, possibly with English words: pairs of Han characters, and words."""

    lang = "zh"
    # language_name stays English: Sphinx derives the name of the JavaScript stemmer from it.

    _token: ClassVar[re.Pattern[str]] = re.compile(rf"(?P<han>[{HAN_CHARACTERS}]+)|(?:(?![{HAN_CHARACTERS}])\w)+")

    js_splitter_code = rf"""
var splitQuery = (query) =>
  [...query.matchAll(/([{HAN_IN_JAVASCRIPT}]+)|(?:(?![{HAN_IN_JAVASCRIPT}])[\p{{L}}\p{{N}}_])+/gu)].flatMap(
    ([run, han]) => {{
      const characters = [...run];
      if (!han || characters.length < 2) return [run];
      return characters.slice(1).map((character, index) => characters[index] + character);
    }},
  );
""" + SCORER.read_text(encoding="utf-8")

    def split(self, input: str) -> list[str]:  # noqa: A002  Sphinx fixes the name
        """Return the terms of a text: words, Han characters, and overlapping pairs of Han characters."""
        terms: list[str] = []
        for match in self._token.finditer(input):
            token = match[0]
            if match["han"]:
                terms += token
                terms += map("".join, pairwise(token))
            else:
                terms.append(token)
        return terms


class EnglishSearch(ChineseSearch):
    """English, possibly with Chinese: split in the same way."""

    lang = "en"
    language_name = "English"
