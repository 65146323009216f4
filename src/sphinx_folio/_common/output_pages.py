"""Whether a builder writes HTML pages for browsers, and their addresses and paths in the output folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx_folio._common.output_record import OutputRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

OTHERS = ("search", "genindex", "404")
"""Pages without a source document that a theme or a site may have."""
SITE_BUILDERS = ("html", "dirhtml")
"""The builders of Sphinx that make a site with a file for each page; the first is the default."""
NO_INDEX = '<meta name="robots" content="noindex">'
"""What keeps search engines from listing a page."""


def is_for_browsers(builder: Builder) -> bool:
    """Return whether the builder writes pages for browsers, and not for EPUB or a help viewer.

    Pages of an EPUB are XML without a head of their own, without scripts, and have no address.
    """
    return builder.format == "html" and not getattr(builder, "embedded", False)


def address_of_site(app: Sphinx) -> str:
    """Return ``html_baseurl`` with a slash at the end: the address of the pages of this build; empty if unknown."""
    base: str = app.config.html_baseurl if "//" in app.config.html_baseurl else ""
    return base + "/" if base and not base.endswith("/") else base


def output_pages(app: Sphinx) -> Iterator[Path]:
    """Yield the existing HTML files of this build, but not those of other languages in the same folder."""
    names = sorted({*app.env.all_docs, *OTHERS, *app.config.html_additional_pages})
    yield from filter(Path.is_file, (output_path(app, name) for name in names))


def output_path(app: Sphinx, pagename: str) -> Path:
    """Return the path of a page's file."""
    return cast("StandaloneHTMLBuilder", app.builder).get_output_path(pagename)


def address_in_site(app: Sphinx, docname: str, anchor: str = "") -> str:
    """Return the address of a page, or of an anchor on it, relative to the root of the site.

    With the builder singlehtml, all pages are parts of one page.
    """
    page, _sign, part = app.builder.get_target_uri(docname).partition("#")
    if part and not page:
        page = file_of_page(app, app.config.root_doc)
    return f"{page}#{anchor or part}" if anchor or part else page


def extra_files(app: Sphinx, name: str) -> Iterator[Path]:
    """Yield the files of this name that ``html_extra_path`` copies to the output folder."""
    for extra in app.config.html_extra_path:
        folder = Path(app.confdir, extra)
        yield from (path for path in (folder, folder / name) if path.name == name and path.is_file())


def expire_source_pages(app: Sphinx, stale: Collection[str]) -> None:
    """Make sphinx.ext.viewcode write its pages again if all pages of the site are stale: they look like these.

    It compares only the times of a module and its page.
    """
    if len(stale) == len(app.env.all_docs) and "sphinx.ext.viewcode" in app.extensions:
        for path in Path(app.outdir, "_modules").rglob("*.html"):
            os.utime(path, (0, 0))


def file_of_page(app: Sphinx, pagename: str) -> str:
    """Return the path of a page's file relative to the output folder."""
    path, folder = os.fspath(output_path(app, pagename)), f"{app.outdir}{os.sep}"
    return path.removeprefix(folder).replace(os.sep, "/")


def remove_pages_without_source(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Remove the files of pages whose source is gone; Sphinx keeps them, and they would be published."""
    if is_for_browsers(app.builder):
        files = [file_of_page(app, docname) for docname in env.all_docs]
        sources = [f"_sources/{_copied_source(app, docname)}" for docname in env.all_docs]
        OutputRecord(app.outdir, "pages").remove_stale([*files, *sources])
    return []


def _copied_source(app: Sphinx, docname: str) -> str:
    """Return the path of the copy of a page's source in the folder of the copies."""
    path = app.env.doc2path(docname, False).as_posix()
    suffix: str = app.config.html_sourcelink_suffix
    return path if path.endswith(suffix) else path + suffix
