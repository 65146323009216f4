"""What a conversion to JSON Resume returns: the résumé, and a list of omitted parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_folio.cli.importing.folder.bibliographies import Bibliography


OTHER_SECTIONS = "other-sections"
"""The field for sections that no part of JSON Resume is for: a list of objects with ``title`` and ``entries``."""


class ConvertedResume(dict[str, Any]):
    """A JSON Resume that was made from another format."""

    is_markdown = False
    """Whether the format defines its texts as Markdown."""

    def __init__(self, content: dict[str, Any]) -> None:
        """Set the content of the résumé."""
        super().__init__(content)
        self.skipped: list[str] = []
        """The parts that are left out: the place in the source, and the reason."""
        self.layout = ""
        """For a folder, the kind of its site, such as ``al-folio (Jekyll)``."""
        self.files: list[str] = []
        """For a folder, the files that were read, and the part of the résumé that each became."""
        self.moved: dict[str, str] = {}
        """For a folder, former address of a page → path of the item that it became; empty for the whole résumé."""
        self.notes: list[str] = []
        """What was changed: the path of the field, and the change."""
        self.places: dict[str, str] = {}
        """Path of an object → its place in the source, such as ``Positions.csv``, which reports show instead."""
        self.columns: dict[str, Mapping[str, str]] = {}
        """Section → field → its name in the source, such as a column; for each section in ``places``."""
        self.order: list[str] = []
        """The names of the sections in the order of the source; sections that are missing here come last."""
        self.language = ""
        """The code of the language that the source names; empty if it names none."""
        self.bibliographies: list[Bibliography] = []
        """For a folder, the files with publications."""


class MarkdownResume(ConvertedResume):
    """A JSON Resume whose texts are Markdown."""

    is_markdown = True
