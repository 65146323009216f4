"""The style sheets of all pages as one file, which a browser fetches once for the whole site.

Sheets that follow each other on every page become one with their rules in the same order. What it holds is known only
when all pages are written. So pages are written with a link to its name, and the link gets the digest of the content
afterwards: a browser cannot take an old file for a new one.
"""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinx_folio.caches import write_if_changed
from sphinx_folio.stylesheets import can_be_joined, joined, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER = "_static"
FILE = "folio-styles{}.css"
_LINK = re.compile(rf'(href="(?:[^"]*/)?({FOLDER}/folio-styles(?:-\d+)?\.css))(?:\?v=\w*)?"')
_PLAIN = {"rel": "stylesheet", "type": "text/css"}


class Bundles:
    """The bundles of one build; empty until the first page tells which style sheets all pages have."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.files: dict[str, list[Any]] = {}
        """Name of a bundle below the output → the style sheets that it stands for, as Sphinx keeps them."""
        self._known: list[Any] | None = None

    def find(self, sheets: Sequence[Any], output: Path) -> None:
        """Make bundles of the style sheets that all pages have; the same ones make the same bundles again."""
        ordered = sorted(sheets, key=lambda sheet: sheet.priority)
        if ordered == self._known:
            return
        self._known = ordered
        runs = (list(run) for fit, run in groupby(ordered, lambda sheet: _is_fit(sheet, output)) if fit)
        worthwhile = [run for run in runs if len(run) > 1]
        self.files = {
            f"{FOLDER}/{FILE.format(f'-{number}' if number > 1 else '')}": run
            for number, run in enumerate(worthwhile, start=1)
        }

    def replace(self, sheets: Iterable[Any]) -> list[Any]:
        """Return a page's style sheets with bundles for those that the page has whole and in order."""
        ordered = sorted(sheets, key=lambda sheet: sheet.priority)
        for name, run in self.files.items():
            starts = [place for place, sheet in enumerate(ordered) if sheet == run[0]]
            if len(starts) == 1 and ordered[starts[0] : starts[0] + len(run)] == run:
                bundle = type(run[0])(name, priority=run[0].priority)
                ordered[starts[0] : starts[0] + len(run)] = [bundle]
        return ordered

    def write(self, output: Path, pages: Iterable[Path]) -> None:
        """Write the bundles of what their style sheets now hold, and let the links of pages say what that is."""
        versions = {}
        for name, run in self.files.items():
            content = joined((_read(sheet, output), _media(sheet)) for sheet in run)
            versions[name] = sha256(content.encode()).hexdigest()[:8]
            write_if_changed(output / name, content.encode())
        for page in pages if versions else ():
            html = page.read_text(encoding="utf-8")
            head, end, body = html.partition("</head>")
            settled = _LINK.sub(lambda link: f'{link[1]}?v={versions.get(link[2], "")}"', head)
            if settled != head:
                page.write_text(f"{settled}{end}{body}", encoding="utf-8")


def _is_fit(sheet: Any, output: Path) -> bool:
    """Tell whether a style sheet is a file of the site's own, a plain one, and means the same in a bundle."""
    path = PurePosixPath(sheet.filename)
    plain = {name: value for name, value in sheet.attributes.items() if name != "media"} == _PLAIN
    if not plain or path.parts[0] != FOLDER or ".." in path.parts:
        return False
    try:
        return can_be_joined((output / path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return False


def _read(sheet: Any, output: Path) -> str:
    path = PurePosixPath(sheet.filename)
    return moved((output / path).read_text(encoding="utf-8"), str(path.parent.relative_to(FOLDER)))


def _media(sheet: Any) -> str:
    media: str = sheet.attributes.get("media") or ""
    return "" if media == "all" else media
