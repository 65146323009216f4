"""Import a résumé from a file or a folder, for the commands ``import`` and ``init --from``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __, mark
from sphinx_folio.cli.importing.fields import ImportOptions
from sphinx_folio.cli.importing.folder.site import read_folder
from sphinx_folio.cli.importing.items import MAX_FILE_SIZE, UnreadableResumeError
from sphinx_folio.cli.importing.pages import import_resume
from sphinx_folio.cli.importing.reading import checked, read_resume
from sphinx_folio.cli.importing.sources.linkedin import read_archive_folder
from sphinx_folio.cli.importing.sources.linkedin_tables import is_archive

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from pathlib import Path

    from sphinx_folio.cli.importing.items import Item
    from sphinx_folio.cli.importing.pages import Imported


def add_options(parser: ArgumentParser) -> None:
    """Add the options for reading a résumé, which ``init --from`` also has."""
    markdown = mark("interpret emphasis, code and links in the résumé as Markdown (default: show them as typed)")
    parser.add_argument("--markdown", action="store_true", help=markdown)
    days = mark("keep the days of dates (default: shorten dates to months)")
    parser.add_argument("--days", action="store_true", help=days)


def import_file(path: Path, language: str = "en", *, markdown: bool = False, days: bool = False) -> Imported:
    """Import a résumé from a file, or from the folder of a site.

    Args:
        path: The file or the folder.
        language: The language of the headings; English is the fallback.
        markdown: Whether texts are interpreted as Markdown.
        days: Whether to keep the days of dates.

    Raises:
        UnreadableResumeError: The file cannot be read or is invalid; each line of the message starts with its path.
    """
    folder = path if path.is_dir() else path.parent
    options = ImportOptions(language=language, markdown=markdown, days=days, folder=folder)
    try:
        if path.is_dir():
            read = read_archive_folder if is_archive(path) else read_folder
            return import_resume(checked(read(path)), options=options)
        return import_resume(_read_file(path), options=options)
    except OSError as error:
        raise UnreadableResumeError(f"{path}: {error.strerror}") from None
    except UnreadableResumeError as error:
        raise UnreadableResumeError("\n".join(f"{path}: {line}" for line in str(error).splitlines())) from None


def _read_file(path: Path) -> Item:
    with path.open("rb") as file:
        data = file.read(MAX_FILE_SIZE + 1)
    suffix = path.suffix.lower()
    if suffix == ".zip" and not data.startswith(b"PK"):
        raise UnreadableResumeError(__("a damaged ZIP archive; download it again"))
    if suffix == ".csv":
        raise UnreadableResumeError(__("looks like a part of LinkedIn data; name the ZIP archive or its folder"))
    return read_resume(data)
