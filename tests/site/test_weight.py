"""What a reader's browser has to fetch for a page: itself, its styles and its scripts, compressed."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

MOST = 45_000
"""Bytes that a page may weigh."""
MOST_WITH_FOUR_DIAGRAMS = 48_000
LONG = {"projects/spiderpool.html", "en/projects/spiderpool.html"}


def weight(site: Path, name: str) -> int:
    page = (site / name).read_text("utf-8")
    found = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+\.(?:js|css)[^"]*)"', page)
    files = {(site / name).parent.joinpath(urlsplit(address).path).resolve() for address in found}
    assert len(files) > 5
    return sum(len(gzip.compress(file.read_bytes())) for file in (site / name, *files))


def test_no_page_is_heavier_than_it_has_to_be(site: Path) -> None:
    names = {str(path.relative_to(site)) for path in site.rglob("*.html") if "_static" not in path.parts}
    weights = {name: weight(site, name) for name in names}
    assert {name: found for name, found in weights.items() if found > MOST and name not in LONG} == {}
    assert all(weights[name] <= MOST_WITH_FOUR_DIAGRAMS for name in LONG)
