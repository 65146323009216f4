"""A strict Content-Security-Policy for the site: add ``sphinx_folio.policy`` to ``extensions`` of any site.

The build reads what it has written and puts the policy into ``content-security-policy.txt`` beside the pages, as the
value of the header of that name, for the host to send. Nothing inline is allowed but what stands in the pages, each
script, style and style attribute by its hash (CSP Level 3, https://www.w3.org/TR/CSP3/); nothing comes from elsewhere.

A header, not a ``<meta>``: pages opened from a file have no origin, so ``'self'`` would lock their own files out.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_folio import __version__
from sphinx_folio.written import written_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

FILE = "content-security-policy.txt"
RUN = {"", "module", "text/javascript", "application/javascript"}
"""The types of scripts that are run; others, such as linked data, are no business of the policy."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the policy when all pages are written."""
    app.connect("build-finished", write_policy)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


_ELEMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
"""A comment, or an element whose text is run or applied; whichever begins first holds what looks like the other."""
_ATTRIBUTE = re.compile(r"<[^<]*\bstyle\s*=[^<]*", re.IGNORECASE)


def _start_of(match: re.Match[str]) -> str:
    """Return the start tag of an element, and nothing of a comment."""
    return match[0].partition(">")[0] + ">" if match[1] else ""


class _Inline(HTMLParser):
    """Collect what is written into pages: scripts, styles, style attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found = 0
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        self.attributes: set[str] = set()
        self._into: set[str] | None = None
        self._text = ""

    def read(self, page: str) -> None:
        """Read a page: what may be such a piece of it, and all of it only where that was something else."""
        elements = [match[0] for match in _ELEMENT.finditer(page) if match[1]]
        tags = _ATTRIBUTE.findall(_ELEMENT.sub(_start_of, page))
        for piece in elements:
            self._read(piece)
        before = self.found
        for piece in tags:
            self._read(piece)
        if self.found - before < len(tags):
            self._read(page)

    def _read(self, piece: str) -> None:
        self._into = None
        self.feed(piece)
        self.reset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if "style" in found:
            self.found += 1
            self.attributes.add(found["style"] or "")
        if tag == "style":
            self._into, self._text = self.styles, ""
        elif tag == "script" and "src" not in found and (found.get("type") or "") in RUN:
            self._into, self._text = self.scripts, ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._into is not None and tag in {"script", "style"}:
            self._into.add(self._text)
            self._into = None


def policy_of(pages: Iterable[str]) -> str:
    """Return the strictest policy under which pages look and work as they do without one.

    Args:
        pages: the pages' HTML.

    Returns:
        The value of the header ``Content-Security-Policy``; the same for the same inline content in any order.
    """
    reader = _Inline()
    for page in pages:
        reader.read(page)
    attributes = ["'unsafe-hashes'", *_hashes(reader.attributes)] if reader.attributes else ["'none'"]
    directives = {
        "default-src": ["'self'"],  # Firefox fetches the page of rel=next ahead, which no other directive can allow
        "object-src": ["'none'"],
        "script-src": ["'self'", *_hashes(reader.scripts)],
        "style-src": ["'self'", *_hashes(reader.styles)],
        "style-src-attr": attributes,
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _hashes(texts: Iterable[str]) -> list[str]:
    return sorted(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)


def mend_translations(script: str) -> str:
    """Return Sphinx's script of translated words without the string that it would run as code, which no policy allows.

    A script that is written in another way is returned as it is.
    """
    before, after = "Documentation.addTranslations(", ");"
    text = script.strip()
    if not (text.startswith(before) and text.endswith(after)):
        return script
    catalog = json.loads(text.removeprefix(before).removesuffix(after))
    words = json.dumps(catalog["messages"], ensure_ascii=False, sort_keys=True)
    return (
        f"Object.assign(Documentation.TRANSLATIONS, {words});\n"
        f"Documentation.PLURAL_EXPR = (n) => {catalog['plural_expr']};\n"
        f"Documentation.LOCALE = {json.dumps(catalog['locale'])};\n"
    )


def write_policy(app: Sphinx, exception: Exception | None) -> None:
    """Write the policy of a build's pages beside them."""
    if exception or app.builder.name not in {"html", "dirhtml"}:
        return
    pages = (path.read_text(encoding="utf-8") for path in written_pages(app))
    script = Path(app.outdir, "_static", "translations.js")
    if script.is_file():
        script.write_text(mend_translations(script.read_text(encoding="utf-8")), encoding="utf-8")
    Path(app.outdir, FILE).write_text(policy_of(pages) + "\n", encoding="utf-8")
