"""Start Sphinx in this process, without writing into the portfolio."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@contextmanager
def temporary_application(
    pages: Path | None,
    settings: Path | None,
    overrides: Mapping[str, object],
    *,
    builder: str = "dummy",
    warnings: TextIO | None = None,
) -> Iterator[Sphinx]:
    """Create an application whose output is in a temporary folder, and restore docutils afterwards.

    Args:
        pages: The folder of the pages; None if there are none.
        settings: The folder of conf.py; None if there is none.
        overrides: Settings that replace those of conf.py.
        builder: The name of the builder.
        warnings: The stream for warnings; None discards them.

    Raises:
        SphinxError: conf.py or an extension cannot be loaded.
    """
    with TemporaryDirectory(prefix="folio-") as folder, patch_docutils(settings), docutils_namespace():
        with redirect_stdout(sys.stderr):  # of conf.py and extensions
            app = Sphinx(
                pages or folder,
                settings,
                Path(folder, "html"),
                Path(folder, "doctrees"),
                builder,
                dict(overrides),
                status=None,
                warning=warnings or io.StringIO(),
                parallel=os.cpu_count() or 1,
            )
        yield app
