"""The identifiers of publications in addresses."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ADDRESS = re.compile(
    r"https?://(?:(?:(?:dx|www)\.)?doi\.org/(?P<doi>10\..+)"
    r"|(?:www\.)?arxiv\.org/(?:abs|pdf)/(?P<arxiv>[\w.-]+?(?:/\d+)?(?:v\d+)?)(?:\.pdf)?)",
    re.IGNORECASE,
)


def identifier(url: str) -> str:
    """Return the DOI or the number on arXiv in an address, as citations give it; empty for other addresses."""
    match = _ADDRESS.fullmatch(url)
    if match is None:
        return ""
    return f"doi:{unquote(match['doi'])}" if match["doi"] else f"arXiv:{match['arxiv']}"
