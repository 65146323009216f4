"""The search language for themes that bring their own search page: index and query cut Chinese the same way.

Sphinx cuts a Chinese text into words only where jieba is installed, and never cuts the query; its search page for
Chinese even stops at an undefined stemmer in Sphinx 9.0.0 to 9.1.0 (sphinx-doc/sphinx#14229). Here index and query
cut every run of Han characters into overlapping pairs, and the index holds the single characters too.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from sphinx.search.en import SearchEnglish

from sphinx_folio._common.cjk import CHARACTERS

HAN_IN_JAVASCRIPT = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}"
"""The same as ``CHARACTERS``, as JavaScript writes it."""

SCORER = Path(__file__).with_name("stock-scorer.js")
"""How results are ranked on Sphinx's own search page; it goes with the splitter into language_data.js."""


class ChineseSearch(SearchEnglish):
    """Chinese text with English words in it: Han by pairs of characters, everything else by words."""

    lang = "zh"
    # language_name stays English: from it Sphinx makes the name of the stemmer that the page uses.

    _run: ClassVar[re.Pattern[str]] = re.compile(rf"(?P<han>[{CHARACTERS}]+)|(?:(?![{CHARACTERS}])\w)+")

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
        """Return the terms of a text: words, Han characters, and pairs of neighbouring Han characters."""
        terms: list[str] = []
        for match in self._run.finditer(input):
            run = match[0]
            if match["han"]:
                terms += run
                terms += map("".join, pairwise(run))
            else:
                terms.append(run)
        return terms


class EnglishSearch(ChineseSearch):
    """English text with Chinese in it: the same cut."""

    lang = "en"
    language_name = "English"
