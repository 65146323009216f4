"""Which files a build has written, for those who read them again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

OTHERS = ("search", "genindex", "404")
"""Pages that a theme or a site may have besides its documents."""


def output_pages(app: Sphinx) -> Iterator[Path]:
    """Yield the pages of a build that are there, not those of another language below the same folder."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    names = sorted({*app.env.all_docs, *OTHERS, *app.config.html_additional_pages})
    yield from filter(Path.is_file, (Path(builder.get_output_path(name)) for name in names))


def file_of_page(app: Sphinx, pagename: str) -> str:
    """Return the name of a page's file below the output folder."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    return Path(builder.get_output_path(pagename)).relative_to(app.outdir).as_posix()
