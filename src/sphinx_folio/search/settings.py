"""Declare and check the settings of search."""

from __future__ import annotations

from types import NoneType
from typing import Any

from sphinx_folio._common.i18n import __, mark
from sphinx_folio._common.settings import Setting, is_text


def _check_aliases(value: Any) -> str:
    """Return a description of the problem with a value, or an empty string."""
    for word, others in value.items():
        if not is_text(word):
            return str(__("%r is not a word")) % (word,)
        if not isinstance(others, list | tuple) or not others or not all(map(is_text, others)):
            return str(__("%r needs a list of words that mean the same, not %r")) % (word, others)
    return ""


def _check_split(value: Any) -> str:
    """Return a description of the problem with a value, or an empty string."""
    return "" if value >= 0 else str(__("%r is negative; write 0 or more")) % value


SETTINGS = (
    Setting(
        name="folio_search_aliases",
        default={},
        rebuild="",
        types=(dict,),
        description=mark("Synonyms: each word with a list of words that mean the same."),
        example='{"k8s": ["Kubernetes"]}',
        check=_check_aliases,
    ),
    Setting(
        name="folio_search_page",
        default=None,
        rebuild="html",
        types=(bool, NoneType),
        description=mark("Replace the theme's search page. With None, only furo's is replaced."),
        example="True",
    ),
    Setting(
        name="folio_search_stock_index",
        default=False,
        rebuild="html",
        types=(bool,),
        description=mark("Also build Sphinx's own search index when the search page is replaced."),
        example="True",
    ),
    Setting(
        name="folio_search_split",
        default=200_000,
        rebuild="",
        types=(int,),
        description=mark("Characters of text above which the index is split into files loaded on demand."),
        example="200000",
        check=_check_split,
    ),
)
