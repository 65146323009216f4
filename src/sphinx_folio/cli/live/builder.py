"""Builders that write first the pages that the author looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.builders import Builder

WRITTEN = "folio-first-page-written"
"""The event after each page that is written before the others."""


class LiveBuilder(StandaloneHTMLBuilder):
    """Sphinx's builder ``html``; it writes the same files, in another order."""

    first: Sequence[str] = ()
    """The pages to write before all others, if they have to be written at all."""
    only_pages = False
    """Whether nothing but pages has changed since the last build in this process."""

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield the pages whose files are older than what they are made of, apart from their sources."""
        if not self.only_pages:
            yield from super().get_outdated_docs()

    def copy_assets(self) -> None:
        """Copy static files and downloads."""
        if self.only_pages:
            self.copy_download_files()
        else:
            super().copy_assets()

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write pages, the first ones with their pictures."""
        first = [docname for docname in self.first if docname in docnames]
        for docname in first:
            super().write_documents({docname})
            self.copy_image_files()
            self.events.emit(WRITTEN, docname)
        super().write_documents(docnames - {*first})


class LiveDirectoryBuilder(LiveBuilder, DirectoryHTMLBuilder):
    """Sphinx's builder ``dirhtml``; it writes the same files, in another order."""


LIVE: Mapping[type[Builder], type[LiveBuilder]] = {
    StandaloneHTMLBuilder: LiveBuilder,
    DirectoryHTMLBuilder: LiveDirectoryBuilder,
}
"""Builder of Sphinx → the one that replaces it."""


class LiveApplication(Sphinx):
    """An application with one of these builders, unless an extension has replaced Sphinx's."""

    def preload_builder(self, name: str) -> None:
        """Replace Sphinx's builder, after all extensions are loaded."""
        super().preload_builder(name)
        self.add_event(WRITTEN)
        if builder := LIVE.get(self.registry.builders[name]):
            self.add_builder(builder, override=True)
