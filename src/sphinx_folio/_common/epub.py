"""Declare in the manifest of an EPUB which of its pages contain SVG or MathML, as EPUB 3 requires; Sphinx does not."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from sphinx_folio import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.epub3 import Epub3Builder
    from sphinx.util.typing import ExtensionMetadata

PROPERTIES = {"mathml": re.compile(rb"<(?:\w+:)?math[\s>]"), "svg": re.compile(rb"<(?:\w+:)?svg[\s>]")}
"""The property of a page in the manifest → what such a page contains."""
PAGE = re.compile(r'(<item\b[^>]*\bhref="([^"]+)" media-type="application/xhtml\+xml")( />)')
"""An item of Sphinx's manifest that is a page without properties."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handler; Sphinx calls this once, although several of our extensions load this one."""
    app.connect("build-finished", add_properties)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def add_properties(app: Sphinx, exception: Exception | None) -> None:
    """Add the properties to the manifest, and pack the book again if that has changed."""
    path = Path(app.outdir, "content.opf")
    if exception or app.builder.name != "epub" or not path.is_file():
        return
    manifest = path.read_text(encoding="utf-8")
    changed = PAGE.sub(lambda item: f"{item[1]}{_properties_of(Path(app.outdir), item[2])}{item[3]}", manifest)
    if changed != manifest:
        path.write_text(changed, encoding="utf-8")
        cast("Epub3Builder", app.builder).build_epub()


def _properties_of(folder: Path, address: str) -> str:
    """Return the attribute of a page with its properties; empty if it has none."""
    path = folder / unquote(html.unescape(address))
    content = path.read_bytes() if path.is_file() else b""
    names = " ".join(name for name, pattern in PROPERTIES.items() if pattern.search(content))
    return f' properties="{names}"' if names else ""
