"""Find the photo of the person: a file next to the résumé, which is copied for the PDF, or an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_folio._common.i18n import __
from sphinx_folio.export.settings import problem_with_photo

if TYPE_CHECKING:
    from pathlib import Path

NAME = "photo"
"""The name that the file gets beside conf.py, without its suffix."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//|[\w-]+(?:\.[\w-]+)+/")
"""The start of an address, which may lack its scheme."""


def is_address(image: str) -> bool:
    """Return whether the picture of a person is an address, not a file."""
    return bool(_ADDRESS.match(image))


def read_photo(image: str, folder: Path) -> tuple[str, bytes]:
    """Return the name and the content of a photo.

    Args:
        image: The path of the file, relative to the folder; it may begin with a slash, as on a site.
        folder: The folder with the résumé; other files are not read.

    Raises:
        ValueError: There is no such file in the folder, or it is not a photo; the message says why.
    """
    path = folder / image.lstrip("/\\")
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(__("the file is not in the folder of the résumé"))
        if problem := problem_with_photo(path):
            raise ValueError(problem)
        return NAME + path.suffix.lower(), path.read_bytes()
    except OSError as error:
        raise ValueError(error.strerror) from None
