"""Remove files of ours from ``_static`` that an earlier build wrote and this one does not need.

They belong to a setting that has changed, such as the languages of the site, or to an extension that conf.py does not
load any more. Every extension of ours that writes such files loads this one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinx.util.fileutil import copy_asset

from sphinx_folio import __version__
from sphinx_folio._common.draft import is_check
from sphinx_folio._common.output_pages import is_for_browsers
from sphinx_folio._common.output_record import OutputRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

LAST = 999
_FOLDER = "_static"
_needed: WeakKeyDictionary[Sphinx, set[str]] = WeakKeyDictionary()
"""The files and folders in ``_static`` that a build needs."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handlers; Sphinx calls this once, although several of our extensions load this one."""
    _needed[app] = set()
    app.connect("env-updated", _remove_stale)  # before Sphinx copies the files of the site, which may have their names
    app.connect("build-finished", _record, priority=LAST)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def need(app: Sphinx, *names: str) -> None:
    """Keep files or folders in ``_static`` that this build writes; call it while the builder is initialized."""
    _needed[app].update(names)


def copy_static(app: Sphinx, source: Path, context: Mapping[str, Any] | None = None) -> None:
    """Copy a file to ``_static``; with a context, render it if it is a template."""
    copy_asset(source, Path(app.outdir, _FOLDER), context=dict(context or {}), force=True)
    need(app, source.name.removesuffix(".jinja"))


def _remove_stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    if is_for_browsers(app.builder) and not is_check(app):
        OutputRecord(app.outdir, "static").remove_stale(_files(app))
    return []


def _record(app: Sphinx, exception: Exception | None) -> None:
    """Record the files in folders, which are written last."""
    if exception is None:
        _remove_stale(app, app.env)


def _files(app: Sphinx) -> Iterator[str]:
    """Yield the needed files, those in folders as far as they exist, as paths relative to the output folder."""
    for name in _needed[app]:
        path = Path(app.outdir, _FOLDER, name)
        if path.is_dir():
            yield from (file.relative_to(app.outdir).as_posix() for file in path.rglob("*") if file.is_file())
        else:
            yield f"{_FOLDER}/{name}"
