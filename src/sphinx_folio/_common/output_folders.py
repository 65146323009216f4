"""Keep Sphinx from reading what a build has written, if that is in the folder of the pages."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from sphinx.util.matching import Matcher

from sphinx_folio._common.site_languages import languages_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

DOCTREES = "doctrees-"
"""How the names of the folders begin in which our commands keep parsed pages, one for each language."""
OF_COMMANDS = tuple(
    f"build/{name}" for name in ("check", f"{DOCTREES}*", "files", "dirhtml", "html", "live", "private")
)
"""The folders that our commands write into by default, relative to that of the portfolio."""


def exclude_output(app: Sphinx, config: Config) -> None:
    """Add the folders of this build and of our commands to ``exclude_patterns``, if they are not excluded already.

    All languages of a site get the same patterns: that of one must not read what another has written.
    """
    is_excluded = Matcher(config.exclude_patterns)
    site, doctrees, names = Path(app.outdir), Path(app.doctreedir), [*OF_COMMANDS]
    subfolder = PurePath(languages_of(config).get(config.language, ""))
    if subfolder.parts and site.parts[-len(subfolder.parts) :] == subfolder.parts:
        site = site.parents[len(subfolder.parts) - 1]
    if doctrees.name.startswith(DOCTREES):
        doctrees = doctrees.with_name(f"{DOCTREES}*")
    pages = Path(app.srcdir)
    names += [path.relative_to(pages).as_posix() for path in (site, doctrees) if pages in path.parents]
    new = [name for name in names if not any(map(is_excluded, _with_parents(name)))]
    config.exclude_patterns = [*config.exclude_patterns, *dict.fromkeys(new)]


def _with_parents(name: str) -> list[str]:
    path = PurePosixPath(name)  # patterns have slashes, also on Windows
    return [str(folder) for folder in (path, *path.parents)]
